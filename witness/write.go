package witness

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/certificate"
)

// A Document writes itself as a certificate, the same bytes each time. Its only errors
// are those of w.
type Document interface{ Write(w io.Writer) error }

// A Maker makes a document. It may take long, and may fail.
type Maker func() (Document, error)

// Ready is the maker of a document that is there already.
func Ready(d Document) Maker { return func() (Document, error) { return d, nil } }

// A Place is a file that is to hold a certificate.
type Place struct {
	// Path is the name of the file. If it ends in .gz the document is compressed.
	Path string
	// Replace puts content into the file, whole or not at all.
	Replace func(path string, content []byte) error
}

// Written tells of a certificate that stands in its place.
type Written struct {
	// Report is what the checker says that it establishes.
	Report *certificate.Report
	// Passed is why the first maker's document was not the one written, or nil.
	Passed error
}

// Unwritable is the error of a certificate that the format cannot hold, such as one
// with too long numbers, whether that is known beforehand or found by the checker.
type Unwritable struct{ Reason string }

func (e *Unwritable) Error() string { return e.Reason }

// AtMost is an [*Unwritable] if there are more things than the format allows.
func AtMost(limit int, things string, n int) error {
	if n > limit {
		return &Unwritable{Reason: fmt.Sprintf("a certificate has at most %d %s, found %d", limit, things, n)}
	}
	return nil
}

// Refused is the error of a certificate that was made and that the checker rejects, not
// for a limit, although it should not be: a fault of this program.
type Refused struct{ Invalid *certificate.Invalid }

func (e *Refused) Error() string {
	return fmt.Sprintf("our own checker refuses the certificate, %v", e.Invalid)
}

func (e *Refused) Unwrap() error { return e.Invalid }

// Write puts a certificate into its place: of the documents made, in order, the first
// that the checker accepts. The bytes that it accepts, compressed if they are to be, are
// the bytes that Replace gets, and it is called for no others.
//
// The error is [*Unwritable] or [*Refused] for the first document if there is no such
// one, and else that of a maker or of Replace, or the cause if ctx ends. Making and
// checking can take some ten seconds that do not look at ctx; when that ends they are
// not waited for. In all these cases the file is as it was. The memory it takes is
// that of the checker.
func Write(ctx context.Context, at Place, makers ...Maker) (*Written, error) {
	if len(makers) == 0 {
		panic("witness: no document to write")
	}
	var passed error
	for _, m := range makers {
		content, report, err := await(ctx, func() ([]byte, *certificate.Report, error) {
			return accepted(ctx, m, strings.HasSuffix(at.Path, ".gz"))
		})
		var unwritable *Unwritable
		var refused *Refused
		switch {
		case err == nil:
			return &Written{report, passed}, at.Replace(at.Path, content)
		case !errors.As(err, &unwritable) && !errors.As(err, &refused):
			return nil, err
		case passed == nil:
			passed = err
		}
	}
	return nil, passed
}

// await calls f and returns what it returns, or the cause if ctx ends before.
func await(ctx context.Context, f func() ([]byte, *certificate.Report, error)) ([]byte, *certificate.Report, error) {
	var content []byte
	var report *certificate.Report
	done := make(chan error, 1)
	go func() {
		var err error
		content, report, err = f()
		done <- err
	}()
	select {
	case <-ctx.Done():
		return nil, nil, context.Cause(ctx) // content and report may still be written to
	case err := <-done:
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return content, report, err
	}
}

// accepted encodes a document and lets the checker accept it.
func accepted(ctx context.Context, m Maker, compress bool) ([]byte, *certificate.Report, error) {
	d, err := m()
	if err != nil {
		return nil, nil, err
	}
	content, err := encode(ctx, d, compress, certificate.MaxDocument)
	if err != nil {
		return nil, nil, err
	}
	report, err := certificate.Check(bytes.NewReader(content))
	var invalid *certificate.Invalid
	switch {
	case !errors.As(err, &invalid):
	case invalid.Limit:
		err = &Unwritable{fmt.Sprintf("beyond what the format allows, %v", invalid)}
	default:
		err = &Refused{invalid}
	}
	return content, report, err
}

// encode returns the bytes of the file, of a document of at most limit bytes.
func encode(ctx context.Context, d Document, compress bool, limit int) ([]byte, error) {
	var content bytes.Buffer
	var packed *gzip.Writer
	to := io.Writer(&content)
	if compress {
		packed = gzip.NewWriter(&content) // no name and no time: the same bytes each time
		to = packed
	}
	if err := d.Write(&bounded{ctx, to, limit}); err != nil {
		return nil, err
	}
	if packed != nil {
		if err := packed.Close(); err != nil {
			return nil, err
		}
	}
	return content.Bytes(), nil
}

// bounded is a writer that fails after a number of bytes, and when ctx ends.
type bounded struct {
	ctx  context.Context
	w    io.Writer
	left int
}

// Write implements io.Writer.
func (b *bounded) Write(p []byte) (int, error) {
	if b.ctx.Err() != nil {
		return 0, context.Cause(b.ctx)
	}
	if b.left -= len(p); b.left < 0 {
		return 0, &Unwritable{"the certificate is longer than the format allows"}
	}
	return b.w.Write(p)
}
