package gunzip

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// Bits of the flags; the first, that the data are text, is of no concern.
const (
	hasSum      = 1 << 1
	hasExtra    = 1 << 2
	hasName     = 1 << 3
	hasComment  = 1 << 4
	flagsUnused = 7 << 5
)

// header reads what stands before the blocks, and returns how many bytes that are.
func header(r *bufio.Reader) int64 {
	h := heading{r: r}
	fixed := h.bytes(10)
	if fixed[0] != 0x1f || fixed[1] != 0x8b {
		fail(errors.New("it does not begin as gzip does"))
	}
	if fixed[2] != 8 {
		fail(errors.New("the method of compression is not known"))
	}
	flags := fixed[3]
	// What they will mean nobody knows, RFC 1952 wants an error.
	if flags&flagsUnused != 0 {
		fail(errors.New("flags without a meaning are set"))
	}
	if flags&hasExtra != 0 {
		h.extra()
	}
	if flags&hasName != 0 {
		h.text()
	}
	if flags&hasComment != 0 {
		h.text()
	}
	if sum := h.sum; flags&hasSum != 0 && binary.LittleEndian.Uint16(h.bytes(2)) != uint16(sum) {
		fail(errors.New("the checksum of the header is not its own"))
	}
	return h.size
}

// A heading is a header that is being read.
type heading struct {
	r    *bufio.Reader
	size int64  // of what was read
	sum  uint32 // of the same
	buf  [10]byte
}

// bytes returns the next ones, at most as many as there is room for, until it is called again.
func (h *heading) bytes(n int) []byte {
	if _, err := io.ReadFull(h.r, h.buf[:n]); err != nil {
		fail(early(err))
	}
	h.add(h.buf[:n])
	return h.buf[:n]
}

// add counts bytes that were read.
func (h *heading) add(part []byte) {
	h.size += int64(len(part))
	h.sum = crc32.Update(h.sum, crc32.IEEETable, part)
}

// extra reads a field that has its length before it.
func (h *heading) extra() {
	for left := int(binary.LittleEndian.Uint16(h.bytes(2))); left > 0; {
		left -= len(h.bytes(min(left, len(h.buf))))
	}
}

// text reads to a byte 0. A name may be as long as the file.
func (h *heading) text() {
	for {
		part, err := h.r.ReadSlice(0)
		h.add(part)
		if err == nil {
			return
		}
		if err != bufio.ErrBufferFull {
			fail(early(err))
		}
	}
}

// early is err, or that the file ends too early.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
