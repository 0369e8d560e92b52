package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/format"
	"pstar/format/ine"
	"pstar/format/matrix"
	"pstar/format/program"
	"pstar/format/text"
	"pstar/theorems/statement/expand"
)

// A source is the reader's own file and how it is to be read.
type source struct {
	path       string
	from       string // a format by its name, or empty: the name of the file says which
	convention string // what the rows of a matrix are
	relax      bool   // integers are not asked for
}

// register adds the flags.
func (s *source) register(flags *flag.FlagSet) {
	flags.StringVar(&s.path, "against", "", "compare with the reader's own `file`")
	flags.StringVar(&s.from, "from", "", "read the file of --against in that `format`")
	flags.StringVar(&s.convention, "convention", "", "what the rows of a plain matrix are")
	flags.BoolVar(&s.relax, "relax", false, "read the program without its demands for integers")
}

// read reads a theorem file, a linear program or a polyhedron, and hands remarks on what the
// reader takes for granted to note. By the ending of the name; a file without a known one is a
// theorem file. The error is that of opening or reading; it names the file, and the line where
// there is one.
func (s source) read(note func(remark string)) (model, error) {
	reader, err := s.reader()
	if err != nil {
		return nil, err
	}
	f, err := os.Open(s.path)
	if err != nil {
		return nil, s.unread(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, s.unread(errors.New("it is a directory"))
	}
	// As verify reads it; the limit on what it decompresses to is that of the reader.
	in, err := text.Plain(f, s.path)
	if err != nil {
		return nil, s.unread(err)
	}
	m, err := reader(in, note)
	if err == nil {
		// A reader may stop at the last line of its format. That the file was cut or damaged
		// behind it must show, too.
		err = text.Rest(in)
	}
	if err != nil {
		return nil, err
	}
	return m, nil
}

// unread says that the file cannot be read, and why, in the words of other files.
func (s source) unread(err error) error {
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return fmt.Errorf("cannot read %s: %w", certificate.FileName(s.path), err)
}

// reader is what reads the file, by --from or by its name.
func (s source) reader() (func(io.Reader, func(string)) (model, error), error) {
	kind, isProgram := format.ProgramNamed(s.from)
	polyhedron, isPolyhedron := format.PolyhedronNamed(s.from)
	if s.from == "" {
		kind, isProgram = format.ProgramOf(s.path)
		polyhedron, isPolyhedron = s.polyhedron()
	} else if !isProgram && !isPolyhedron {
		return nil, fmt.Errorf("--from %s: expected mps, fixed, lp, %s", s.from, strings.Join(format.Polyhedra(), ", "))
	}
	matrices := isPolyhedron && (polyhedron.Name == "matrix" || polyhedron.Name == "csv")
	switch c := matrix.Convention(s.convention); {
	case c != "" && !slices.Contains(matrix.Conventions(), c):
		return nil, fmt.Errorf("--convention %s: expected one of %v", c, matrix.Conventions())
	case c != "" && !matrices:
		return nil, fmt.Errorf("--convention is of plain matrices; --from matrix or --from csv says that the file is one")
	case matrices && c == "": // as its own flags are called
		return nil, fmt.Errorf("%s is a plain matrix, which does not say what its rows are; expected --convention, one of %v", certificate.FileName(s.path), matrix.Conventions())
	}
	switch {
	case isProgram:
		return func(in io.Reader, note func(string)) (model, error) {
			problem, err := kind.Read(in, s.path, program.Options{Relax: s.relax, Note: note})
			return &programModel{file: s.path, problem: problem, relaxed: s.relax}, err
		}, nil
	case isPolyhedron:
		return func(in io.Reader, note func(string)) (model, error) {
			read := polyhedron.Read
			if polyhedron.Name == "ine" {
				read = listed
			}
			f, err := read(in, s.path, matrix.Convention(s.convention))
			if err != nil {
				return nil, err
			}
			return modelOf(f, s.path, note)
		}, nil
	}
	return s.claims, nil
}

// polyhedron is the format that the name of the file promises. What is called .txt may be
// anything, and is a theorem file unless something says that it is a matrix.
func (s source) polyhedron() (format.Polyhedron, bool) {
	name := strings.TrimSuffix(s.path, ".gz")
	if strings.EqualFold(filepath.Ext(name), ".txt") && s.convention == "" {
		return format.Polyhedron{}, false
	}
	return format.PolyhedronEnding(name)
}

// listed reads rows as a list, which theorems are of: representatives of orbits, too.
func listed(in io.Reader, path string, _ matrix.Convention) (*ine.File, error) {
	return ine.ReadListed(in, path)
}

// claims reads a theorem file.
func (s source) claims(in io.Reader, _ func(string)) (model, error) {
	systems, err := expand.Read(in, s.path)
	// Of another kind of file, such as a table, the reader's error would be of no use alone.
	if ending := filepath.Ext(strings.TrimSuffix(s.path, ".gz")); err != nil && !strings.EqualFold(ending, ".thm") {
		err = fmt.Errorf("%w; it was read as a theorem file, as its name has no ending of a linear program or polyhedron (--from says that it is one)", err)
	}
	return &claims{s.path, systems}, err
}
