package input

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"pstar/cmd/verify/internal/run"
	"pstar/format/npy"
)

// arrayName splits the name of an array: FILE.npy, FILE.npz, FILE.npz:NAME and
// FILE.safetensors:NAME. The kind is "" if it is none.
func arrayName(text string) (path, array, kind string) {
	path = text
	for _, kind := range []string{".npz", ".safetensors"} {
		if i := strings.LastIndex(strings.ToLower(text), kind+":"); i >= 0 {
			path, array = text[:i+len(kind)], text[i+len(kind)+1:]
		}
	}
	switch kind = strings.ToLower(filepath.Ext(path)); kind {
	case ".npy", ".npz", ".safetensors":
		return path, array, kind
	}
	return text, "", ""
}

// IsArray reports whether the value of a flag names an array.
func IsArray(text string) bool {
	_, _, kind := arrayName(text)
	return kind != ""
}

// An Array is an array that is read row by row.
type Array struct {
	*npy.Reader
	Source  *run.Source // nil for an archive
	closers []io.Closer
}

// OpenArray opens an array by its name. Errors are ready to be returned by the command.
func OpenArray(c *run.Call, text string) (*Array, error) {
	path, name, kind := arrayName(text)
	a := &Array{}
	var err error
	if kind == ".npz" {
		err = a.openArchive(c, path, name)
	} else if a.Source, err = c.OpenFile(path); err == nil {
		a.closers = append(a.closers, a.Source)
		if kind == ".npy" {
			a.Reader, err = npy.NewReader(path, a.Source)
		} else {
			a.Reader, err = npy.OpenSafetensors(path, a.Source, name)
		}
		err = a.Source.Explain(err)
	}
	if err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

// openArchive opens a file that is read at any place, and so no pipe.
func (a *Array) openArchive(c *run.Call, path, name string) error {
	source, err := c.OpenFile(path) // says what is wrong with the name as of any file
	if err != nil {
		return err
	}
	source.Close()
	file, err := os.Open(path)
	if err != nil {
		return run.UsageErrorf("cannot read %s: %v", path, run.Reason(err))
	}
	a.closers = append(a.closers, file)
	info, err := file.Stat()
	if err != nil {
		return run.UsageErrorf("cannot read %s: %v", path, run.Reason(err))
	}
	n, content, err := npy.OpenNPZ(path, file, info.Size(), name)
	if err != nil {
		return run.UsageErrorf("%v", err)
	}
	a.Reader, a.closers = n, append(a.closers, content)
	return nil
}

// Explain says what is wrong with the file while it is read.
func (a *Array) Explain(err error) error {
	if a.Source == nil || err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return a.Source.Explain(err)
}

// Close closes all that is open.
func (a *Array) Close() {
	for _, c := range a.closers {
		c.Close()
	}
}
