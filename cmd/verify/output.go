package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// writeFile writes a file as a whole or not at all: to a temporary file beside
// it, synced and then renamed. Names ending in .gz are compressed. An error,
// also of write, leaves what was there before. A link is followed; what is not a
// regular file, such as a device or a pipe, is written to and not replaced.
func writeFile(path string, write func(w io.Writer) error) error {
	return putFile(path, strings.HasSuffix(path, ".gz"), write)
}

// writeBytes is writeFile for content that is compressed already if it is to be.
func writeBytes(path string, content []byte) error {
	return putFile(path, false, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

func putFile(path string, compress bool, write func(w io.Writer) error) error {
	target, special, err := outputTarget(path)
	if err == nil && special {
		err = writeSpecial(target, compress, write)
	} else if err == nil {
		err = replaceFile(target, compress, write)
	}
	if err != nil {
		return usageErrorf("cannot write %s: %v", path, reason(err))
	}
	return nil
}

// writeLong is writeFile until the context of the command ends: then there is no
// file, and the error is the cause.
func (c *call) writeLong(path string, write func(io.Writer) error) error {
	ctx := c.limited()
	return ended(ctx, writeFile(path, func(w io.Writer) error { return write(allowed{ctx, w}) }))
}

// print writes a result to standard output until the context of the command
// ends. A write that blocks, on a pipe that nobody reads, is left then.
func (c *call) print(write func(io.Writer) error) error {
	ctx := c.limited()
	b := bufio.NewWriterSize(allowed{ctx, blocking{ctx, c.stdout}}, 1<<16)
	err := write(b)
	if err == nil {
		err = b.Flush()
	}
	return ended(ctx, err)
}

// allowed is a writer that fails once the context has ended.
type allowed struct {
	ctx context.Context
	w   io.Writer
}

// Write implements io.Writer.
func (a allowed) Write(p []byte) (int, error) {
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
	return await(b.ctx, func() (int, error) { return b.w.Write(p) })
}

// outputTarget follows links, and reports whether the file is there and is not a
// regular one.
func outputTarget(path string) (target string, special bool, err error) {
	if target, err = filepath.EvalSymlinks(path); err != nil {
		return path, false, nil // not there yet, or a link to nothing: creating it will tell
	}
	info, err := os.Stat(target)
	if err != nil {
		return "", false, err
	}
	if info.IsDir() {
		return "", false, errIsDirectory
	}
	return target, !info.Mode().IsRegular(), nil
}

var errIsDirectory = errors.New("it is a directory")

func writeSpecial(path string, compress bool, write func(w io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := writeCompressed(file, compress, write); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}

// replaceFile writes a temporary file and puts it in the place of path, with the
// permissions of the file that was there.
func replaceFile(path string, compress bool, write func(w io.Writer) error) (err error) {
	temp, err := createTemp(path)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
		}
	}()
	if err := writeCompressed(temp, compress, write); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// createTemp makes a new file beside path, with the permissions of the file at
// path or, if there is none, those of a new file.
func createTemp(path string) (*os.File, error) {
	mode := os.FileMode(0o666) // less the umask
	info, statErr := os.Stat(path)
	if statErr == nil {
		mode = info.Mode().Perm()
	}
	for try := 0; ; try++ {
		name := filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.tmp%d-%d", filepath.Base(path), os.Getpid(), try))
		file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) && try < 1000 {
			continue
		}
		if err == nil && statErr == nil {
			err = file.Chmod(mode)
		}
		return file, err
	}
}

func writeCompressed(w io.Writer, compress bool, write func(w io.Writer) error) error {
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

// checkWritable reports early, before long work, that a file cannot be written.
func checkWritable(path string) error {
	target, special, err := outputTarget(path)
	if err == nil && !special {
		var temp *os.File
		if temp, err = createTemp(target); err == nil {
			temp.Close()
			err = os.Remove(temp.Name())
		}
	}
	if err != nil {
		return usageErrorf("cannot write %s: %v", path, reason(err))
	}
	return nil
}

// reason returns the cause of a file error without the name of the temporary
// file.
func reason(err error) error {
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
