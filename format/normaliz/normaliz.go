// Package normaliz reads and writes polyhedra in the format of Normaliz, files named .in.
//
//	amb_space 2
//	vertices 2          points, the denominator last
//	0 1 2
//	0 0 1
//	cone 1              rays
//	1 0
//
// Of the many types of input it takes those that describe a polyhedron over the rationals:
// cone, subspace, vertices and polytope; inequalities, equations, inhom_inequalities and
// inhom_equations (the constant last), constraints ("1 2 >= 3"), nonnegative. A file has
// generators or rows, not both. Without vertices and without inhomogeneous rows it is a cone,
// with its apex at the origin. Equations alone are taken in the nonnegative orthant, as
// Normaliz does. Other types, among them those of lattices, are errors. Words that ask for
// computations are passed over with a note, and comments between /* and */ without one.
package normaliz

import (
	"io"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/rational"
)

// reader reads one file, word by word.
type reader struct {
	*rows.Reader
	word  string // the one in hand
	line  int    // of it
	last  int    // line of the word before
	eof   bool
	space int // dimension
	kind  cone.Representation
	only  bool // equations so far, and no inequality
	notes []string
}

// Read reads a file; see package porta for what is returned.
func Read(r io.Reader, file string) (p *cone.Polyhedron, lines []int, notes []string, err error) {
	f := &reader{Reader: rows.NewReader(r, file), only: true}
	if err := f.read(); err != nil {
		return nil, nil, nil, err
	}
	return f.Polyhedron(f.kind, f.space+1), f.Lines, f.notes, nil
}

// next goes to the next word; commas and brackets are none.
func (r *reader) next() error {
	r.last = r.line
	for {
		word, line, err := r.ReadWord()
		if err == io.EOF {
			r.eof, r.word, r.line = true, "", line
			return nil
		}
		if err != nil {
			return err
		}
		text := string(word)
		if !strings.HasPrefix(text, "/*") {
			r.word, r.line = text, line
			return nil
		}
		for text = text[2:]; !strings.HasSuffix(text, "*/"); text = string(word) {
			if word, _, err = r.ReadWord(); err == io.EOF {
				return r.Fail(line, "the comment /* is not closed by */")
			}
			if err != nil {
				return err
			}
		}
	}
}

// kindOf says what the rows of a type are.
type kindOf struct {
	representation cone.Representation
	linear         bool
	extra          int // columns besides the dimension
	place          func(values []rational.Rat) []rational.Rat
}

// constantFirst moves the constant, which stands last.
func constantFirst(v []rational.Rat) []rational.Rat {
	return append([]rational.Rat{v[len(v)-1]}, v[:len(v)-1]...)
}

func constant(c int64) func(v []rational.Rat) []rational.Rat {
	return func(v []rational.Rat) []rational.Rat { return append([]rational.Rat{rational.NewRat(c, 1)}, v...) }
}

var kinds = map[string]kindOf{
	"cone":               {cone.VRepresentation, false, 0, constant(0)},
	"subspace":           {cone.VRepresentation, true, 0, constant(0)},
	"vertices":           {cone.VRepresentation, false, 1, constantFirst},
	"polytope":           {cone.VRepresentation, false, 0, constant(1)},
	"inequalities":       {cone.HRepresentation, false, 0, constant(0)},
	"equations":          {cone.HRepresentation, true, 0, constant(0)},
	"inhom_inequalities": {cone.HRepresentation, false, 1, constantFirst},
	"inhom_equations":    {cone.HRepresentation, true, 1, constantFirst},
}

func (r *reader) read() error {
	if err := r.next(); err != nil {
		return err
	}
	if r.word != "amb_space" {
		return r.Fail(r.line, "expected amb_space n at the start, found %.40q", r.word)
	}
	n, err := r.count("the dimension after amb_space", 1, rows.MaxColumns-2)
	if err != nil {
		return err
	}
	r.space = n
	for !r.eof {
		if err := r.item(); err != nil {
			return err
		}
	}
	return r.settle()
}

// count reads the number that follows, and goes on to the next word.
func (r *reader) count(what string, low, high int) (int, error) {
	if err := r.next(); err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(r.word)
	if err != nil || n < low || n > high {
		return 0, r.Fail(r.line, "expected %s, from %d to %d, found %.40q", what, low, high, r.word)
	}
	return n, r.next()
}

// item reads one type of input with its rows, or a word that asks for a computation.
func (r *reader) item() error {
	name, line := r.word, r.line
	kind, known := kinds[name]
	switch {
	case known || name == "constraints":
		if name == "constraints" {
			kind.representation = cone.HRepresentation
		}
		if err := r.represent(line, name, kind.representation); err != nil {
			return err
		}
		n, err := r.count("the number of rows after "+name, 0, 1<<30)
		if err != nil {
			return err
		}
		for range n {
			if err := r.row(name, kind); err != nil {
				return err
			}
		}
		return nil
	case name == "nonnegative":
		if err := r.represent(line, name, cone.HRepresentation); err != nil {
			return err
		}
		r.nonnegative(line)
		return r.next()
	}
	if err := r.next(); err != nil {
		return err
	}
	if name == "" || name[0] < 'A' || name[0] > 'Z' || !r.eof && r.word != "" && strings.Trim(r.word[:1], "-0123456789") == "" {
		return r.Fail(line, "%.40q is no type of input that is read here; expected one of cone, subspace, vertices, polytope, inequalities, equations, inhom_inequalities, inhom_equations, constraints, nonnegative", name)
	}
	r.notes = append(r.notes, r.File+":"+strconv.Itoa(line)+": "+name+" has no effect here, and is ignored")
	return nil
}

func (r *reader) represent(line int, name string, kind cone.Representation) error {
	if r.kind != 0 && r.kind != kind {
		return r.Fail(line, "%s beside rows of the other kind: a file has generators or rows here, not both", name)
	}
	r.kind = kind
	return nil
}

func (r *reader) nonnegative(line int) {
	r.only = false
	for i := range r.space {
		r.Rows = append(r.Rows, cone.Row{Vector: cone.Unit(i+1, 1)})
		r.Lines = append(r.Lines, line)
	}
}

// row reads one row.
func (r *reader) row(name string, kind kindOf) error {
	line := r.line
	values, err := r.values(name, r.space+kind.extra)
	if err != nil {
		return err
	}
	if name == "constraints" {
		return r.constraint(line, values)
	}
	if name == "vertices" && values[r.space].Sign() <= 0 {
		return r.Fail(line, "the last number of a row of vertices is its denominator; expected it to be positive")
	}
	r.only = r.only && kind.linear
	return r.Add(line, kind.place(values), kind.linear)
}

// values reads so many numbers.
func (r *reader) values(name string, count int) ([]rational.Rat, error) {
	values := make([]rational.Rat, count)
	for i := range values {
		if r.eof {
			return nil, r.Fail(r.line, "the file ends within %s; expected %d numbers a row", name, count)
		}
		x, err := rows.Number(r.word)
		if err != nil {
			return nil, r.Fail(r.line, "column %d of a row of %s: %v", i+1, name, err)
		}
		values[i] = x
		if err := r.next(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// constraint reads the relation and the number on the right.
func (r *reader) constraint(line int, values []rational.Rat) error {
	relation := r.word
	if err := r.next(); err != nil {
		return err
	}
	right, err := r.values("constraints", 1)
	if err != nil {
		return err
	}
	row := append([]rational.Rat{right[0].Neg()}, values...)
	switch relation {
	case "=", ">=":
	case "<=":
		for i := range row {
			row[i] = row[i].Neg()
		}
	case ">", "<": // of integers
		return r.Fail(line, "a strict constraint says something about integers only; expected <=, >= or =")
	default:
		return r.Fail(line, "expected <=, >= or = behind %d numbers, found %.40q", r.space, relation)
	}
	r.only = r.only && relation == "="
	return r.Add(line, row, relation == "=")
}

// settle adds what the file does not say.
func (r *reader) settle() error {
	switch {
	case r.kind == 0:
		return r.Fail(r.line, "the file ends without rows or generators")
	case r.kind == cone.HRepresentation && r.only && len(r.Rows) > 0:
		r.notes = append(r.notes, r.File+": equations alone are taken in the nonnegative orthant, as Normaliz does")
		r.nonnegative(r.line)
	case r.kind == cone.VRepresentation:
		for _, row := range r.Rows {
			if row.IsVertex() {
				return nil
			}
		}
		r.Rows = append(r.Rows, cone.Row{Vector: cone.Unit(0, 1)})
		r.Lines = append(r.Lines, r.line)
	}
	return nil
}
