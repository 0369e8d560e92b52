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
	// A name may contain colons of its own, such as that of a drive: only one behind the ending of
	// an archive separates the array.
	path = text
	for _, kind := range []string{".npz", ".safetensors"} {
		if i := strings.LastIndex(strings.ToLower(text), kind+":"); i >= 0 {
			path, array = text[:i+len(kind)], text[i+len(kind)+1:]
		}
	}
	switch kind = strings.ToLower(filepath.Ext(path)); kind {
	// An archive without the name of an array is an array too: if it has but one, that one is meant.
	case ".npy", ".npz", ".safetensors":
		return path, array, kind
	}
	// Anything else is numbers, which the caller reads.
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
	Source *run.Source // nil for an archive
	// What is to be closed in the end, in the order in which it was opened.
	closers []io.Closer
}

// OpenArray opens an array by its name. Errors are ready to be returned by the command.
func OpenArray(c *run.Call, text string) (*Array, error) {
	// The caller has asked IsArray before, so that the kind is never "" here.
	path, name, kind := arrayName(text)
	a := &Array{}
	var err error
	// A .npz is a zip, whose directory stands at its end: it needs a file, while the two others are
	// streams, and may come through a pipe.
	if kind == ".npz" {
		err = a.openArchive(c, path, name)
	} else if a.Source, err = c.OpenFile(path); err == nil {
		a.closers = append(a.closers, a.Source)
		if kind == ".npy" {
			a.Reader, err = npy.NewReader(path, a.Source)
		} else {
			a.Reader, err = npy.OpenSafetensors(path, a.Source, a.Source.Size(), name)
		}
		// A limit that ended the reading is the reason then, and not the half of a header that was read.
		err = a.Source.Explain(err)
	}
	// What was opened before the error is not left open.
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
	// From here on the file is read at any place, which a source does not do.
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
	// The member of the archive is unpacked as it is read, so that it must be closed as well.
	a.Reader, a.closers = n, append(a.closers, content)
	return nil
}

// Explain says what is wrong with the file while it is read.
func (a *Array) Explain(err error) error {
	// The end of the array is no error, and an archive has no source that could explain one.
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
