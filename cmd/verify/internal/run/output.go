package run

import (
	"bufio"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"pstar/certificate"
	"pstar/internal/crew"
)

// WriteFile writes an output: a file as a whole or not at all, that is to a temporary
// file beside it, synced and then renamed; a stream, a device or a pipe as it comes.
// Names ending in .gz are compressed. An error, also of write and of the end of the
// command's context, leaves the file that was there before.
func (c *Call) WriteFile(path string, write func(io.Writer) error) error {
	return c.put(c.Limited(), path, strings.HasSuffix(path, ".gz"), write)
}

// WriteLast is WriteFile for what is to be kept although the context of the command has ended:
// the limit is over, and this is what is left of the work. It may be given up all the same, and
// then what was there stays.
func (c *Call) WriteLast(path string, write func(io.Writer) error) error {
	return c.put(context.WithoutCancel(c.Limited()), path, strings.HasSuffix(path, ".gz"), write)
}

// WriteBytes is WriteFile for content that is compressed already if it is to be.
func (c *Call) WriteBytes(path string, content []byte) error {
	return c.put(c.Limited(), path, false, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// put writes an output to whatever is at a path. Errors are ready to be returned by commands:
// that the context has ended, or else that the file cannot be written, and why.
//
// The context is that of the command, whatever write itself looks at.
func (c *Call) put(ctx context.Context, path string, compress bool, write func(io.Writer) error) error {
	if err := c.files.writing(path, false); err != nil {
		return err
	}
	p, err := placeOf(path)
	// What is at the place decides how it is written.
	if err == nil {
		// Writers make megabytes from what is in memory, and none of them looks at the context.
		limited := func(w io.Writer) error { return write(allowed{ctx, w}) }
		switch p.kind {
		case standardOutput:
			err = writeCompressed(blocking{ctx, c.file}, compress, limited)
		case standardError:
			err = writeCompressed(blocking{ctx, c.Stderr}, compress, limited)
		case special, opened:
			err = writeSpecial(ctx, p, compress, limited)
		default:
			err = c.temps.replace(p.path, compress, limited)
		}
	}
	// The end of the context says more than that a write failed, and comes first.
	if err != nil {
		err = cannotWrite(path, err)
	}
	return ended(ctx, err)
}

// cannotWrite is the error of an output that cannot be written: one of usage, since another
// name, or more room, is what helps.
func cannotWrite(path string, err error) error {
	return UsageErrorf("cannot write %s: %v", certificate.FileName(path), Reason(err))
}

// Print writes a result to standard output until the context of the command
// ends. A write that blocks, on a pipe that nobody reads, is left then.
func (c *Call) Print(write func(io.Writer) error) error {
	ctx := c.Limited()
	// Each write is a goroutine that may be left, so there must not be one for each line.
	b := bufio.NewWriterSize(allowed{ctx, blocking{ctx, c.Stdout}}, 1<<16)
	// The text is made piece by piece, and is never held as a whole.
	err := write(b)
	if err == nil {
		err = b.Flush()
	}
	return ended(ctx, err)
}

// allowed is a writer that fails once the context has ended, with its cause. It does not leave
// a write that blocks; blocking does.
type allowed struct {
	ctx context.Context
	w   io.Writer
}

// Allowed returns a writer that fails once the context of the call has ended.
func (c *Call) Allowed(w io.Writer) io.Writer { return allowed{c.Limited(), w} }

// Write implements io.Writer.
func (a allowed) Write(p []byte) (int, error) {
	// Before each write, so that a limit ends the longest output.
	if a.ctx.Err() != nil {
		return 0, context.Cause(a.ctx)
	}
	return a.w.Write(p)
}

// blocking is a writer that leaves a write when the context ends.
type blocking struct {
	ctx context.Context
	w   io.Writer
}

// Write implements io.Writer. After an error p may still be read.
func (b blocking) Write(p []byte) (int, error) {
	return crew.Await(b.ctx, func() (int, error) { return b.w.Write(p) })
}

// writeSpecial writes to what is there and stays there. A pipe that nobody reads
// blocks already when it is opened.
func writeSpecial(ctx context.Context, p place, compress bool, write func(io.Writer) error) error {
	// Not to be truncated: what stands there is not ours.
	flags := os.O_WRONLY
	// What somebody holds open has something in it, which stays.
	if p.kind == opened {
		flags |= os.O_APPEND
	}
	file, err := crew.Await(ctx, func() (*os.File, error) { return os.OpenFile(p.path, flags, 0) })
	if err != nil {
		return err
	}
	// What a terminal or a pipe is slow to take must not outlast a limit.
	if err := writeCompressed(blocking{ctx, file}, compress, write); err != nil {
		go file.Close() // it waits for a write that was left
		return err
	}
	return file.Close()
}

// writeCompressed calls write with a writer that has a buffer, and compresses what it writes if
// that is asked for. Nothing of an output that failed is flushed.
//
// Compression is that of the library at its usual level: the same bytes from the same version.
func writeCompressed(w io.Writer, compress bool, write func(w io.Writer) error) error {
	// Small writes are put together, whatever they go to.
	buffered := bufio.NewWriter(w)
	if !compress {
		if err := write(buffered); err != nil {
			return err
		}
		return buffered.Flush()
	}
	packed := gzip.NewWriter(buffered) // no name and no time: the same bytes each time
	if err := write(packed); err != nil {
		return err
	}
	if err := packed.Close(); err != nil {
		return err
	}
	return buffered.Flush()
}

// Work of hours must not end with a name that was mistyped, so that each command looks at its
// outputs before it begins.

// CheckWritable reports early, before long work, that the result cannot be written to a file.
// What runs that were killed have left beside a file goes. Of a file that is standard
// output nothing else may stand there: the result goes to standard error from then on.
func (c *Call) CheckWritable(path string) error {
	failed, err := c.look(path)
	if failed != nil {
		return cannotWrite(path, failed)
	}
	return err
}

// CheckBeside is [Call.CheckWritable] for files beside a verdict, such as its certificate: that one cannot be
// written is only said, since the verdict comes in any case. Paths that are empty are of flags that were
// not given. The error is one of usage: two of them are one file.
func (c *Call) CheckBeside(paths ...string) error {
	if err := CheckDistinct(paths...); err != nil {
		return err
	}
	for _, path := range paths {
		if path == "" {
			continue
		}
		// One by one, in the order of the flags.
		failed, err := c.look(path)
		if err != nil {
			return err
		}
		if failed != nil {
			c.SayUnwritable(cannotWrite(path, failed))
		}
	}
	return nil
}

// CheckDistinct is an error of usage if two of the files are one, by whatever names: whoever writes last would
// replace what the other wrote, and on standard output one stands alone. Other streams and devices are
// never replaced, and "" is of a flag that was not given.
func CheckDistinct(paths ...string) error {
	for i, path := range paths {
		if slices.ContainsFunc(paths[:i], func(before string) bool { return sameFile(before, path) }) {
			return UsageErrorf("%s is the file of two flags", certificate.FileName(path))
		}
	}
	return nil
}

// files are those that a call reads, and those that it has said to write. None is both: what was read would be
// replaced, most likely by a slip.
type files struct {
	sync.Mutex
	read, written []string
}

// reading notes a file that is read. The error, of usage, is that it is to be written.
func (f *files) reading(path string) error {
	f.Lock()
	defer f.Unlock()
	f.read = append(f.read, path)
	return readAndWritten(path, f.written)
}

// writing is the error, of usage, that a file which is to be written is read. It is noted if it is written later.
func (f *files) writing(path string, later bool) error {
	f.Lock()
	defer f.Unlock()
	if later {
		f.written = append(f.written, path)
	}
	return readAndWritten(path, f.read)
}

// readAndWritten is the error that a file is one of others, by whatever name. Standard input is not standard output.
func readAndWritten(path string, others []string) error {
	if path == "-" || !slices.ContainsFunc(others, func(other string) bool { return sameFile(other, path) }) {
		return nil
	}
	return UsageErrorf("%s is the file to read and to write", certificate.FileName(path))
}

// CheckFolder makes the folder of the certificates of several tasks, "" for none, and looks at
// the place of the first of them. That the folder cannot be made is only said; standard output is
// none.
func (c *Call) CheckFolder(folder, first string) error {
	switch folder {
	case "":
		return nil
	case "-":
		return UsageErrorf("-certificate -: the certificates of several tasks need a directory, and standard output is none")
	}
	// Those on the way to it, too.
	if err := os.MkdirAll(folder, 0o755); err != nil {
		c.SayUnwritable(UsageErrorf("cannot make the directory %s: %v", certificate.FileName(folder), Reason(err)))
		return nil
	}
	// One file of the folder stands for all: they are written the same way.
	ClearLitter(folder + string(filepath.Separator))
	return c.CheckBeside(first)
}

// SayUnwritable says early what will be an error once the verdict is printed.
func (c *Call) SayUnwritable(err error) {
	fmt.Fprintf(c.Stderr, "verify: %v; this goes on to the verdict\n", err)
}

// look tries the place of a file. What failed is the cause why it cannot be written; err is
// that the command line asks for what cannot be, two outputs in one place.
func (c *Call) look(path string) (failed, err error) {
	if err := c.files.writing(path, true); err != nil {
		return nil, err
	}
	// Where the output goes is decided by what is there, not by its name.
	p, failed := placeOf(path)
	switch {
	case failed != nil:
	case p.kind == regular:
		ClearLitter(p.path)
		failed = c.temps.try(p.path)
	case p.kind == standardOutput:
		// The first that goes there has moved the result away.
		if c.Stdout == c.Stderr {
			return nil, UsageErrorf("%s: another file goes to standard output already", certificate.FileName(path))
		}
		c.Stdout = c.Stderr
	}
	return failed, nil
}

// Reason returns the cause of a file error without the name of the temporary
// file.
func Reason(err error) error {
	// Errors of files come in layers, each with the name of a file, which messages have already.
	for {
		switch e := err.(type) {
		case *os.PathError:
			err = e.Err
		case *os.LinkError:
			err = e.Err
		default:
			return err
		}
	}
}
