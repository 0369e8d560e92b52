package format

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/format/ine"
	"pstar/format/matrix"
	"pstar/format/normaliz"
	"pstar/format/porta"
	"pstar/format/text"
	"pstar/internal/each"
)

// Polyhedron is a format of polyhedra.
type Polyhedron struct {
	Name    string   // by which a user asks for it
	endings []string // of the names of its files
	// Read reads a polyhedron; file names it in errors, which are of type
	// *text.SyntaxError unless r itself fails, and c says what the rows of a matrix are.
	Read func(r io.Reader, file string, c matrix.Convention) (*ine.File, error)
	// Write writes a polyhedron so that Read returns the same one.
	Write func(w io.Writer, p *cone.Polyhedron) error
}

// polyhedra are the formats of polyhedra. The first is what a file is taken for that
// neither name nor beginning tell apart.
var polyhedra = []Polyhedron{
	{"ine", []string{".ine", ".ext", ".json"}, readIne, ine.Write},
	{"porta", []string{".ieq", ".poi"}, readPorta, porta.Write},
	{"normaliz", []string{".in"}, readNormaliz, normaliz.Write},
	{"matrix", []string{".mat", ".txt"}, readMatrix, writeMatrix},
	{"csv", []string{".csv", ".tsv"}, readMatrix, writeCSV},
}

// Polyhedra returns the names of the formats of polyhedra.
func Polyhedra() []string {
	return each.Of(polyhedra, func(p Polyhedron) string { return p.Name })
}

// PolyhedronNamed returns the format with the name.
func PolyhedronNamed(name string) (Polyhedron, bool) {
	i := slices.IndexFunc(polyhedra, func(p Polyhedron) bool { return p.Name == name })
	if i < 0 {
		return Polyhedron{}, false
	}
	return polyhedra[i], true
}

// PolyhedronEnding returns the format that the name of a file promises, if its ending is one of
// those of polyhedra, whatever the case of the letters.
func PolyhedronEnding(path string) (Polyhedron, bool) {
	ending := strings.ToLower(filepath.Ext(path))
	i := slices.IndexFunc(polyhedra, func(p Polyhedron) bool { return slices.Contains(p.endings, ending) })
	if i < 0 {
		return Polyhedron{}, false
	}
	return polyhedra[i], true
}

// PolyhedronOf returns the format that the name of a file promises, or its first bytes, or
// that of .ine files.
//
// start may be cut anywhere; a few hundred bytes are enough. The name counts more than
// the bytes: a reader's error then tells what does not fit.
func PolyhedronOf(path string, start []byte) Polyhedron {
	if p, ok := PolyhedronEnding(path); ok {
		return p
	}
	// Only kinds that are formats of polyhedra; others are for the hint after an error.
	for _, k := range kinds {
		if p, ok := PolyhedronNamed(k.format); ok && k.is(firstWords(start)) {
			return p
		}
	}
	return polyhedra[0]
}

// readIne is the reader of .ine files, which say themselves what their rows are.
func readIne(r io.Reader, file string, c matrix.Convention) (*ine.File, error) {
	return ine.Read(r, file)
}

// readNormaliz is the reader of files whose format has one meaning of rows, too.
func readNormaliz(r io.Reader, file string, c matrix.Convention) (*ine.File, error) {
	p, lines, notes, err := normaliz.Read(r, file)
	return plain(file, p, lines, notes, err)
}

// plain makes a file of what the reader of another format returns.
//
// Such files have no options of their own and no rows that are implied: all rows are written.
func plain(file string, p *cone.Polyhedron, lines []int, notes []string, err error) (*ine.File, error) {
	if err != nil {
		return nil, named(file, err)
	}
	return &ine.File{Source: file, Polyhedron: *p, Lines: lines, Notes: notes, Written: len(p.Rows)}, nil
}

// named is an error with the name of the file: one of the text has it, and one of the reader below, such as
// that of a compressed file that is cut off, has not.
func named(file string, err error) error {
	if syntax := new(text.SyntaxError); errors.As(err, &syntax) {
		return err
	}
	return fmt.Errorf("%s: %w", file, err)
}

// readPorta reads a file of PORTA. Its order of elimination becomes the option of lrs that says the same.
func readPorta(r io.Reader, file string, c matrix.Convention) (*ine.File, error) {
	p, lines, order, notes, err := porta.Read(r, file)
	f, err := plain(file, p, lines, notes, err)
	if err == nil && order != nil && len(order.Variables) > 0 {
		// Their number comes first.
		args := each.Of(append([]int{len(order.Variables)}, order.Variables...), strconv.Itoa)
		f.Options = []ine.Option{{Word: "eliminate", Args: args, Line: order.Line}}
	}
	return f, err
}

// readMatrix reads a plain matrix. Without a convention the same numbers are several
// polyhedra, so that none is the default.
func readMatrix(r io.Reader, file string, c matrix.Convention) (*ine.File, error) {
	if c == "" {
		return nil, &text.SyntaxError{File: file, Line: 1, Msg: fmt.Sprintf("a plain matrix does not say what its rows are; expected -convention, one of %v", matrix.Conventions())}
	}
	p, lines, names, err := matrix.Read(r, file, c)
	if err != nil {
		return nil, named(file, err)
	}
	f := &ine.File{Source: file, Polyhedron: *p, Lines: lines, Written: len(p.Rows)}
	// The head of a table names columns, and goes the way of the option "names" from here
	// on.
	if names != nil {
		f.Options = []ine.Option{{Word: "names", Args: names, Line: 1}}
	}
	return f, nil
}

// writeMatrix and writeCSV write a matrix, with blanks or commas between its columns.
func writeMatrix(w io.Writer, p *cone.Polyhedron) error { return matrix.Write(w, p, " ") }
func writeCSV(w io.Writer, p *cone.Polyhedron) error    { return matrix.Write(w, p, ",") }

// kinds of files by how they begin, and what to do with them.
//
// The first that fits counts. None of these looks beyond the first words, so that a hint
// may be wrong: it is said of files that could not be read.
var kinds = []kind{
	{"gzip", "unpack it first", "", nil, []string{"\x1f\x8b"}},
	{"UTF-16", "write it as UTF-8", "", nil, []string{"\xff\xfe", "\xfe\xff"}},
	{"an array of NumPy", "write it as CSV", "", nil, []string{"\x93NUMPY"}},
	{"MPS", "use verify lp", "", []string{"NAME", "ROWS", "OBJSENSE", "OBJSENSE:"}, nil},
	{"the CPLEX LP format", "use verify lp", "", []string{"maximize", "minimize", "maximum", "minimum", "max", "min", "max:", "min:", "\\"}, nil},
	{"a theorem file", "use verify prove", "", []string{"theorem"}, nil},
	{"a certificate", "use verify check", "", nil, []string{`{"format"`, `{"statement"`}},
	// An object is read by the reader of .ine files, which says what it lacks.
	{"JSON", "use -from ine", "ine", nil, []string{"{\"", "{}"}},
	{"JSON", "expected an object with \"representation\", \"columns\" and \"rows\", as -json writes it", "", nil, []string{"["}},
	{"VIPR", "use viprchk", "", []string{"VER"}, nil},
	{"SMT-LIB", "use z3 or cvc5", "", nil, []string{"(set-", "(declare-", "(assert"}},
	{"PORTA", "use -from porta", "porta", []string{"DIM", "DIM="}, nil},
	{"Normaliz", "use -from normaliz", "normaliz", []string{"amb_space"}, nil},
	{"cddlib and lrs", "use -from ine", "", []string{"H-representation", "V-representation", "begin", "linearity"}, nil},
}

// kind is what a file may be.
type kind struct {
	name   string
	advice string
	format string   // of polyhedra
	first  []string // the first word is one of these, in either case,
	begins []string // or the file begins with one of these, blanks left out
}

// is reports whether a file that begins with these words is of the kind.
func (k kind) is(words []string) bool {
	return len(words) > 0 && slices.ContainsFunc(k.first, func(n string) bool { return strings.EqualFold(n, words[0]) }) ||
		slices.ContainsFunc(k.begins, func(t string) bool { return strings.HasPrefix(strings.Join(words, ""), t) })
}

// firstWords returns the words that a file begins with, after comments.
func firstWords(start []byte) []string {
	// Editors of Windows put a mark in front, which is no part of the first word.
	start = bytes.TrimPrefix(start, []byte("\uFEFF"))
	for _, line := range strings.Split(string(start), "\n") {
		words := strings.Fields(line)
		// Comments in most of these formats begin with one of these.
		if len(words) > 0 && !strings.ContainsAny(words[0][:1], "*#") {
			return words
		}
	}
	return nil
}

// Recognise says what a file looks like by its first bytes, and what to do with it, as in
// "this looks like MPS: use verify lp"; it returns "" if it looks like nothing known.
func Recognise(start []byte) string {
	for _, k := range kinds {
		if k.is(firstWords(start)) {
			return "this looks like " + k.name + ": " + k.advice
		}
	}
	return ""
}
