package polyhedra

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/format"
	"pstar/format/ine"
	"pstar/format/text"
)

// outputFormat says in which format a polyhedron is written.
type outputFormat struct {
	to string // empty for ine
}

// register adds the flag, with one help for all commands that write a polyhedron.
func (f *outputFormat) register(flags *run.FlagSet) {
	flags.StringVar(&f.to, "to", "", "`format` of the result: "+strings.Join(format.Polyhedra(), ", ")+" (default ine)")
}

// check looks for formats that there are none of.
func (f *outputFormat) check() error {
	// The object has more than the rows, and a flag of its own.
	if f.to == "json" {
		return run.UsageErrorf("-to json: -json does that")
	}
	return checkFormat("-to", f.to)
}

// name is the format that is written.
func (f *outputFormat) name() string { return cmp.Or(f.to, "ine") }

// other reports whether the result is not to be written as an .ine file.
func (f *outputFormat) other() bool { return f.name() != "ine" }

// writeOther writes the result in the format asked for.
//
// The error is bad usage if the format has no form for the result, such as lines in one
// that has only rays.
func (f *outputFormat) writeOther(out *cone.Polyhedron) func(w io.Writer) error {
	// The flag was checked.
	to, _ := format.PolyhedronNamed(f.name())
	return func(w io.Writer) error {
		// The writer alone knows what its format has no form for.
		err := to.Write(w, out)
		var none *text.NoFormError
		if errors.As(err, &none) { // the fault of nobody, but another format is needed
			return run.UsageErrorf("-to %s: %v", to.Name, err)
		}
		if err != nil {
			return fmt.Errorf("-to %s: %w", to.Name, err)
		}
		return nil
	}
}

// namesLine is the line of an .ine file with these names, if there is one word for each of its columns but the first;
// a table has names with blanks, too, which would be read as more of them.
func namesLine(t *run.Talk, names []string, columns int) []ine.Option {
	if len(names) == 0 || len(names) != columns-1 {
		return nil
	}
	if slices.ContainsFunc(names, func(name string) bool { return len(strings.Fields(name)) != 1 }) {
		t.Note("names of columns with blanks in them are left out")
		return nil
	}
	return []ine.Option{{Word: "names", Args: names}}
}

// columnNames are those of the file; its last line of names counts.
func columnNames(file *ine.File) (names []string) {
	for _, o := range file.Options {
		if o.Word == "names" {
			names = o.Args
		}
	}
	return names
}

// noteNames says that the names of a file are not written, as formats other than .ine have none.
func (f *outputFormat) noteNames(t *run.Talk, file *ine.File) {
	if len(file.Options) > 0 {
		t.Note("-to %s has no place for names of columns, which are left out", f.to)
	}
}

// noteName says that a file has the name of another format than it is written in, or of a
// compressed one: under this name it would not be read back. What is called .txt may be anything.
func noteName(t *run.Talk, path, written string) {
	if strings.HasSuffix(path, ".gz") {
		t.Note("%s is not compressed: gzip does it", certificate.FileName(path))
	}
	name := strings.TrimSuffix(path, ".gz")
	promised, known := format.PolyhedronEnding(name)
	if known && promised.Name != written && !strings.EqualFold(filepath.Ext(name), ".txt") {
		if written == "matrix" || written == "csv" { // which say nothing of what their rows are
			written += " with -convention"
		}
		t.Note("%s is no file of the format %s, which its name promises; -from %s reads it", certificate.FileName(path), promised.Name, written)
	}
}
