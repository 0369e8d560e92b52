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
	"pstar/theorems"
)

// Documents and what makes them are parts of reports.
// A maker, and not a document, since most are never asked for: the second one is, where the
// first is too long.
type (
	Document = theorems.Document
	Maker    = theorems.Maker
)

// Ready is the maker of a document that is there already.
//
// It never fails.
func Ready(d Document) Maker { return func() (Document, error) { return d, nil } }

// A Place is a file that is to hold a certificate.
// How a file is replaced is for the command to say, which knows of folders, links and devices.
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
// It says nothing against the result: a number may be too long for any certificate.
type Unwritable struct{ Reason string }

// Error implements error.
func (e *Unwritable) Error() string { return e.Reason }

// Refused is the error of a certificate that was made and that the checker rejects, not
// for a limit, although it should not be: a fault of this program.
// The result that has been printed may be wrong then, or the writer, or the checker: it has to
// be said.
type Refused struct{ Invalid *certificate.Invalid }

// Error implements error.
func (e *Refused) Error() string {
	return fmt.Sprintf("our own checker refuses the certificate, %v", e.Invalid)
}

// Unwrap gives the checker's reason, with its place in the document.
func (e *Refused) Unwrap() error { return e.Invalid }

// Accepted is a document that the checker has accepted: its bytes, and what they
// establish. Only [Accept] makes one, so that nobody need ask the checker again.
type Accepted struct {
	content []byte
	report  *certificate.Report
}

// Write implements [Document].
func (a *Accepted) Write(w io.Writer) error {
	_, err := w.Write(a.content)
	return err
}

// Report is what the checker says that the document establishes.
func (a *Accepted) Report() *certificate.Report { return a.report }

// Accept asks the checker. The error is [*Unwritable] if a limit of the format is in the
// way, [*Refused] if the document should be accepted and is not, that of the document, or
// the cause if ctx ends.
func Accept(ctx context.Context, d Document) (*Accepted, error) {
	// It has been asked.
	if a, ok := d.(*Accepted); ok {
		return a, nil
	}
	// In memory and whole: nothing reaches the file before the checker has seen the end of
	// it.
	var content bytes.Buffer
	// No more is made than what the format allows: a writer that goes on is stopped.
	if err := d.Write(&bounded{ctx, &content, certificate.MaxDocument}); err != nil {
		return nil, err
	}
	report, err := certificate.CheckBytes(ctx, content.Bytes())
	var invalid *certificate.Invalid
	switch {
	case err == nil:
		return &Accepted{content.Bytes(), report}, nil
	// The end of ctx, or a fault in reading.
	case !errors.As(err, &invalid):
		return nil, err
	// The checker has come to the end of the format, and found nothing wrong on the way.
	case invalid.Limit:
		return nil, &Unwritable{fmt.Sprintf("beyond what the format allows, %v", invalid)}
	}
	return nil, &Refused{invalid}
}

// Write puts a certificate into its place: of the documents made, in order, the first
// that the checker accepts. What Replace gets are the bytes that it accepted, or what
// decompresses to them, and it is called for no others.
//
// The error is [*Unwritable] or [*Refused] for the first document if there is no such
// one, and else that of a maker or of Replace, or the cause if ctx ends. In all these
// cases the file is as it was. The memory it takes is that of the checker, and the
// document.
func Write(ctx context.Context, at Place, makers ...Maker) (*Written, error) {
	// A caller without any has made a mistake, which no user can mend.
	if len(makers) == 0 {
		panic("witness: no document to write")
	}
	var passed error
	// The next one is only made if this one does not fit or is refused.
	for _, m := range makers {
		content, report, err := accepted(ctx, m, strings.HasSuffix(at.Path, ".gz"))
		var unwritable *Unwritable
		var refused *Refused
		switch {
		case err == nil:
			return &Written{report, passed}, at.Replace(at.Path, content)
		// The end of the context is the reason, whatever a maker says of it.
		case ctx.Err() != nil:
			return nil, context.Cause(ctx)
		// Another document would not mend that.
		case !errors.As(err, &unwritable) && !errors.As(err, &refused):
			return nil, err
		// The first maker's is what is told in the end: its document is the one that was
		// wanted.
		case passed == nil:
			passed = err
		}
	}
	return nil, passed
}

// accepted makes a document that the checker accepts, and returns the bytes of its file.
func accepted(ctx context.Context, m Maker, compress bool) ([]byte, *certificate.Report, error) {
	d, err := m()
	if err != nil {
		return nil, nil, err
	}
	a, err := Accept(ctx, d)
	if err != nil {
		return nil, nil, err
	}
	content := a.content
	// The checker has seen the bytes as they are before compression.
	if compress {
		content, err = packed(ctx, content)
	}
	return content, a.report, err
}

// packed compresses bytes, and sees that they come back.
func packed(ctx context.Context, content []byte) ([]byte, error) {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b) // no name and no time: the same bytes each time
	if _, err := (&bounded{ctx, zip, len(content)}).Write(content); err != nil {
		return nil, err
	}
	if err := zip.Close(); err != nil {
		return nil, err
	}
	// The compressor is not ours, and this is cheap beside the check.
	back, err := gzip.NewReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		return nil, err
	}
	// What is compressed is asked back: the file is what somebody reads in ten years.
	if same, err := equal(back, content); err != nil || !same {
		return nil, fmt.Errorf("the compressed certificate does not decompress to what the checker accepted: %v", err)
	}
	return b.Bytes(), nil
}

// equal says whether the bytes of a reader, to its end, are those.
//
// It holds a block at a time, and ends at the first difference.
func equal(r io.Reader, content []byte) (bool, error) {
	block := make([]byte, 1<<16)
	for {
		// One byte more than is left, so that what is too long shows.
		n, err := io.ReadFull(r, block[:min(len(block), len(content)+1)])
		if n > len(content) || !bytes.Equal(block[:n], content[:n]) {
			return false, nil
		}
		content = content[n:]
		switch {
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return len(content) == 0, nil
		case err != nil:
			return false, err
		}
	}
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
	// Nothing of this piece is written: the document is thrown away.
	if b.left -= len(p); b.left < 0 {
		return 0, &Unwritable{"the certificate is longer than the format allows"}
	}
	return b.w.Write(p)
}

// Proof is a document that is there already.
type Proof []byte

// Write writes the document.
func (p Proof) Write(w io.Writer) error {
	_, err := w.Write(p)
	return err
}
