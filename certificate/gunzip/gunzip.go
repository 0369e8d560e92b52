package gunzip

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

var (
	// ErrTooLong says that the data are longer than the caller allows.
	ErrTooLong = errors.New("more bytes than are allowed")
	// ErrBlocks says that there are more blocks than [Member] takes.
	ErrBlocks = errors.New("more than 2^24 blocks, or 2^18 with codes of their own")
	// ErrTrailing says that something stands behind the member.
	ErrTrailing = errors.New("the file goes on after its first member")
)

// Member returns the data of the member of gzip that r consists of, at most limit bytes.
//
// The error is [ErrTooLong], [ErrBlocks] or [ErrTrailing], that of r, [io.ErrUnexpectedEOF] if the file is cut off, or one
// whose text says what is wrong, and where. A header may have all fields; its checksum is compared if it has one. Member
// holds twice the data in the end, and little else. It ends at what is wrong, without reading all that stands behind it.
//
// There are at most 2^24 blocks, and 2^18 with codes of their own: more than compressors make of 2^26 bytes. They begin one
// where that saves something or a buffer is full, which is far behind 256 bytes but for the smallest buffer of zlib, or where
// their caller wants all bytes so far, with an empty one behind it.
func Member(r io.Reader, limit int64) ([]byte, error) { return (&decoder{}).member(r, limit) }

// member is Member with a new decoder.
func (d *decoder) member(r io.Reader, limit int64) (data []byte, err error) {
	defer func() {
		switch f := recover().(type) {
		case nil:
		case failure:
			data, err = nil, f.error
		default:
			panic(f)
		}
	}()
	d.r, d.out.limit = bufio.NewReader(r), limit
	d.gone = header(d.r)
	for last := false; !last; {
		last = d.block()
	}
	d.out.finish()
	d.trailer()
	return bytes.Join(d.out.parts, nil), nil
}

// A failure is what functions of this package panic with, and Member returns.
type failure struct{ error }

// fail ends the work.
func fail(err error) { panic(failure{err}) }

// wrong fails at the place that was reached.
func (s *stream) wrong(what string) {
	fail(fmt.Errorf("%s, before byte %d", what, s.offset()))
}

// trailer compares what stands behind the blocks with the data.
func (d *decoder) trailer() {
	d.align()
	if d.take(32) != d.out.sum {
		d.wrong("the checksum is not that of the data")
	}
	if d.take(32) != uint32(d.out.done) {
		d.wrong("the length is not that of the data")
	}
	if d.more() {
		fail(ErrTrailing)
	}
}
