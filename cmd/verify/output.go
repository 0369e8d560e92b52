package main

import (
	"bufio"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// writeFile writes a file as a whole or not at all: to a temporary file beside
// it, synced and then renamed. Names ending in .gz are compressed. An error,
// also of write, leaves what was there before.
func writeFile(path string, write func(w io.Writer) error) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".tmp*")
	if err != nil {
		return usageErrorf("cannot write %s: %v", path, reason(err))
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
		}
	}()
	if err := writeCompressed(temp, strings.HasSuffix(path, ".gz"), write); err != nil {
		return err
	}
	err = temp.Chmod(0o644)
	if err == nil {
		err = temp.Sync()
	}
	if err == nil {
		err = temp.Close()
	}
	if err == nil {
		err = os.Rename(temp.Name(), path)
	}
	if err != nil {
		return usageErrorf("cannot write %s: %v", path, reason(err))
	}
	return nil
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
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return usageErrorf("cannot write %s: it is a directory", path)
	}
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".tmp*")
	if err != nil {
		return usageErrorf("cannot write %s: %v", path, reason(err))
	}
	temp.Close()
	return os.Remove(temp.Name())
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
