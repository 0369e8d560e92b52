package run

import (
	"context"
	"errors"
	"io"
	"os"

	"pstar/certificate"
	"pstar/internal/crew"
)

// Source is a file or standard input that is read for as long as a context
// lasts. A read that blocks, on a terminal or a pipe, is left when it ends.
type Source struct {
	ctx   context.Context // when it ends, so does reading
	Name  string          // for messages
	r     io.Reader
	block []byte
	left  []byte // of the block, still to be handed out
	err   error  // of the last read, or the cause of the end of the context
}

// Open opens a file; "-" is standard input. A pipe without a writer blocks
// already here. Reading ends with the context that [Limits.Context] made. An
// error is ready to be returned by the command.
func (c *Call) Open(path string) (*Source, error) {
	if path == "-" {
		return &Source{ctx: c.Limited(), Name: "standard input", r: c.stdin}, nil
	}
	return c.OpenFile(path)
}

// OpenFile is open without a name for standard input.
func (c *Call) OpenFile(path string) (*Source, error) {
	// It bears the limits and the interrupt.
	ctx := c.Limited()
	if err := c.files.reading(path); err != nil {
		return nil, err
	}
	// To open a pipe waits for whoever writes, perhaps for ever.
	file, err := crew.Await(ctx, func() (*os.File, error) { return os.Open(path) })
	// Reading would say so too, but in the words of the system, and after a header was expected.
	if err == nil {
		var info os.FileInfo
		if info, err = file.Stat(); err == nil && info.IsDir() {
			err = errIsDirectory
		}
	}
	if err != nil {
		return nil, readError(ctx, path, err)
	}
	return &Source{ctx: ctx, Name: path, r: file}, nil
}

// readError says that a file cannot be read, unless the context has ended.
func readError(ctx context.Context, name string, err error) error {
	return ended(ctx, UsageErrorf("cannot read %s: %v", certificate.FileName(name), Reason(err)))
}

// Fail says that the file cannot be read, for the reason err.
func (s *Source) Fail(err error) error { return readError(s.ctx, s.Name, err) }

// Explain says what is wrong with a file: that it cannot be read, or else what its reader
// says. A reader that is cut off complains of a file that ends too early, which is not why.
func (s *Source) Explain(err error) error {
	switch {
	case err == nil:
		return nil
	case s.err != nil && !errors.Is(s.err, io.EOF):
		return readError(s.ctx, s.Name, s.err)
	}
	return UsageErrorf("%v", err)
}

// Read implements io.Reader. When the context ends, the error is its cause.
func (s *Source) Read(p []byte) (int, error) {
	// What is in memory already is not handed out either: a limit is a limit.
	if s.ctx.Err() != nil {
		s.left, s.err = nil, context.Cause(s.ctx)
	}
	if len(s.left) == 0 && s.err == nil {
		// Made once: lines are cut from it by the reader above.
		if s.block == nil {
			s.block = make([]byte, 1<<16)
		}
		// A read that is left behind keeps the block, and nobody reads on.
		var n int
		n, s.err = crew.Await(s.ctx, func() (int, error) { return s.r.Read(s.block) })
		s.left = s.block[:n]
	}
	// No more than is asked for; the rest waits.
	n := copy(p, s.left)
	s.left = s.left[n:]
	// The error comes once all that was read before it has been handed out.
	if n == 0 {
		return 0, s.err
	}
	return n, nil
}

// Close closes a file; standard input stays open.
func (s *Source) Close() error {
	// Closing standard input would end it for whoever comes after.
	if file, ok := s.r.(*os.File); ok && s.Name != "standard input" {
		return file.Close()
	}
	return nil
}

// Size is the length of a file, or -1 if it has none, as a pipe.
func (s *Source) Size() int64 {
	if file, ok := s.r.(*os.File); ok {
		if info, err := file.Stat(); err == nil && info.Mode().IsRegular() {
			return info.Size()
		}
	}
	return -1
}

// Seek implements io.Seeker for files, from their beginning; standard input has no places to go
// to, and arrays of several parts cannot be read from it.
func (s *Source) Seek(offset int64, whence int) (int64, error) {
	file, ok := s.r.(*os.File)
	if !ok || whence != io.SeekStart {
		return 0, errors.New("cannot be read from the middle")
	}
	// What was read ahead is of another place, and so is its error.
	s.left, s.err = nil, nil
	return file.Seek(offset, whence)
}
