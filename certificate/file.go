package certificate

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"pstar/certificate/gunzip"
	"pstar/certificate/kernel"
	"pstar/certificate/statement"
)

// MaxDocument bounds the bytes of a document that is accepted, and those of a compressed
// file.
const MaxDocument = kernel.MaxDocument

// Check reads one document from r to its end, gzip-compressed or plain, and
// checks it. It returns what the document establishes, or an [*Invalid] if it is
// rejected, or the error of r if it cannot be read.
//
// A nil error means: every claim of the report holds, provided that the packages of this
// folder are right. Check reads at most [MaxDocument]
// bytes and holds the document in memory.
func Check(r io.Reader) (*Report, error) { return CheckContext(context.Background(), r) }

// CheckContext is [Check] for somebody who may stop waiting: when ctx ends the error is its
// cause, and says nothing about the document. It does not end a Read that lasts.
func CheckContext(ctx context.Context, r io.Reader) (*Report, error) {
	return checkLimited(ctx, r, MaxDocument)
}

// CheckFile is [Check] for the file at path.
func CheckFile(path string) (*Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Check(file)
}

// CheckBytes is [CheckContext] for a document that is in memory, and not compressed.
func CheckBytes(ctx context.Context, data []byte) (*Report, error) {
	report, err := kernel.CheckContext(ctx, data, statement.Builders)
	var invalid *kernel.Invalid
	if errors.As(err, &invalid) {
		return nil, InvalidOf(data, invalid)
	}
	// The end of the context says nothing about the document.
	if err != nil {
		return nil, err
	}
	r := &Report{Digest: report.Digest, found: report}
	for k, c := range report.Claims {
		// The name of a theorem that is written out is its author's, and no tag of a paper.
		if report.Builder == "literal" {
			report.Claims[k].Tag = strconv.Quote(c.Tag)
		}
		r.Claims = append(r.Claims, Claim{report.Claims[k].Tag, c.Status})
	}
	return r, nil
}

// checkLimited is [CheckContext] with a limit that tests can reach.
func checkLimited(ctx context.Context, r io.Reader, limit int64) (*Report, error) {
	data, err := readLimited(ctx, r, limit)
	if err != nil {
		return nil, err
	}
	return CheckBytes(ctx, data)
}

// ReadDocument returns the bytes of the document that [Check] would check, decompressed. Its errors
// are those of Check for a file that holds no document.
func ReadDocument(ctx context.Context, r io.Reader) ([]byte, error) {
	return readLimited(ctx, r, MaxDocument)
}

// readLimited reads and decompresses. What is wrong with the compressed bytes is
// the fault of the document; only errors of r itself are errors of another kind. It
// reads at most one byte more than the limit from r, and so ends with an endless r too:
// compressed bytes may go on for ever and decompress to nothing.
func readLimited(ctx context.Context, r io.Reader, limit int64) ([]byte, error) {
	source := &source{ctx: ctx, reader: r, left: limit + 1, limit: limit}
	buffered := bufio.NewReader(source)
	// By the first bytes: r may be no file, and a name says nothing.
	if magic, _ := buffered.Peek(2); string(magic) != "\x1f\x8b" {
		return source.readAll(buffered)
	}
	// Readers differ on whether further members belong to a file: there may be none.
	data, err := gunzip.Member(buffered, limit)
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
	case gunzip.ErrTooLong:
		return tooLong(s.limit)
	case gunzip.ErrBlocks:
		invalid := documentFault("the gzip file has " + err.Error())
		invalid.Limit = true
		return invalid
	case gunzip.ErrTrailing:
		return documentFault("the gzip file goes on after its first member")
	}
	return documentFault("not a gzip file: " + err.Error())
}

// tooLong is the error of a document beyond the limit, which as far as it was read may be right.
func tooLong(limit int64) error {
	invalid := documentFault(fmt.Sprintf("the document has more than %d bytes", limit))
	invalid.Limit = true
	return invalid
}

// documentFault is about the document as a whole, of which no place can be named.
func documentFault(reason string) *Invalid {
	return &Invalid{Place: "document", Line: 1, Reason: reason}
}
