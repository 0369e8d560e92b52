package gunzip

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
)

// A Fault is what is wrong with a file that can be read.
type Fault struct {
	Reason string
	Limit  bool // it is too long, and so far not wrong
}

func (f *Fault) Error() string { return f.Reason }

// Document returns the bytes of the document that r consists of, plain or as one member of gzip, at most limit. The error is a
// [*Fault], or that of r, or the cause of ctx when that ends. It
// reads at most one byte more than the limit from r, and so ends with an endless r too:
// compressed bytes may go on for ever and decompress to nothing.
func Document(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	source := &source{ctx: ctx, reader: r, left: limit + 1, limit: limit}
	buffered := bufio.NewReader(source)
	// By the first bytes: r may be no file, and a name says nothing.
	if magic, _ := buffered.Peek(2); string(magic) != "\x1f\x8b" {
		return source.readAll(buffered)
	}
	// Readers differ on whether further members belong to a file: there may be none.
	data, err := Member(buffered, limit)
	if err != nil {
		return nil, source.blame(err)
	}
	return data, nil
}

// readAll reads a document that is not compressed. Its parts are put together in the end,
// so that no more than twice the document is held.
func (s *source) readAll(plain io.Reader) ([]byte, error) {
	var parts [][]byte
	// Small at first, as most documents are.
	part := make([]byte, 0, 1<<16)
	for left := s.limit; ; {
		n, err := plain.Read(part[len(part):cap(part)])
		part = part[:len(part)+n]
		if left -= int64(n); left < 0 {
			return nil, tooLong(s.limit)
		}
		if err == io.EOF {
			return bytes.Join(append(parts, part), nil), nil
		}
		if err != nil {
			return nil, err // of the source
		}
		// Full parts stay where they are, so that nothing is copied before the end.
		if len(part) == cap(part) {
			parts, part = append(parts, part), make([]byte, 0, 1<<20)
		}
	}
}

// source reads no more than a number of bytes, and remembers why it failed.
type source struct {
	ctx    context.Context
	reader io.Reader
	left   int64
	limit  int64
	err    error
}

// Read is that of the reader, which it asks for no more than is left. It is called by one
// goroutine.
func (s *source) Read(p []byte) (int, error) {
	// Between reads; one that lasts is not ended.
	if s.ctx.Err() != nil {
		s.err = context.Cause(s.ctx)
		return 0, s.err
	}
	// Not io.EOF, or a document that is cut off here could look whole.
	if s.left == 0 {
		s.err = tooLong(s.limit)
		return 0, s.err
	}
	n, err := s.reader.Read(p[:min(int64(len(p)), s.left)])
	s.left -= int64(n)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// blame returns the error of the source if it failed; else err lies in the compressed
// bytes.
func (s *source) blame(err error) error {
	// Whatever decompresses passes on only what the source has said.
	if s.err != nil {
		return s.err
	}
	switch err {
	case ErrTooLong:
		return tooLong(s.limit)
	case ErrBlocks:
		return &Fault{"the gzip file has " + err.Error(), true}
	case ErrTrailing:
		return &Fault{Reason: "the gzip file goes on after its first member"}
	}
	return &Fault{Reason: "not a gzip file: " + err.Error()}
}

// tooLong is the error of a document beyond the limit, which as far as it was read may be right.
func tooLong(limit int64) error {
	return &Fault{fmt.Sprintf("the document has more than %d bytes", limit), true}
}
