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
// inhom_equations (the constant last), constraints ("1 2 >= 3", but no symbolic ones), nonnegative. A file has
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
//
// Types are words followed by a number of rows and the numbers, wherever lines end: so
// it goes word by word, one ahead.
type reader struct {
	*rows.Reader
	word  string // the one in hand
	line  int    // of it
	rest  string // what stands behind a comment without a blank, on the line of its end
	ended int    // that line
	eof   bool
	space int // dimension
	kind  cone.Representation
	only  bool // equations so far, and no inequality
	notes []string
}

// Read reads a file; see package porta for what is returned. Numbers are exact;
// decimals are read, too.
func Read(r io.Reader, file string) (p *cone.Polyhedron, lines []int, notes []string, err error) {
	// Until an inequality comes, what there is are equations.
	f := &reader{Reader: rows.NewReader(r, file), only: true}
	if err := f.read(); err != nil {
		return nil, nil, nil, err
	}
	return f.Polyhedron(f.kind, f.space+1), f.Lines, f.notes, nil
}

// next goes to the next word; commas and brackets are none. At the end of the file the
// word is empty and eof is set, which is no error by itself.
func (r *reader) next() error {
	for {
		text, line, err := r.piece()
		if err == io.EOF {
			r.eof, r.word, r.line = true, "", line
			return nil
		}
		if err != nil {
			return err
		}
		// A comment ends a word, as a blank does.
		before, comment, begins := strings.Cut(text, "/*")
		if begins {
			if err := r.skip(comment, line); err != nil {
				return err
			}
		}
		if before != "" {
			r.word, r.line = before, line
			return nil
		}
	}
}

// piece returns what is left behind a comment, or else what stands before the next blank.
func (r *reader) piece() (string, int, error) {
	if text := r.rest; text != "" {
		r.rest = ""
		return text, r.ended, nil
	}
	// Up to a blank, a comma or a bracket.
	word, line, err := r.ReadWord()
	return string(word), line, err
}

// skip goes to the end of a comment that begins with this text, on a line. The end may stand
// within a word, and a new word begins behind it: one who looked for it at the ends of
// words only would pass over all up to the end of the next comment.
func (r *reader) skip(text string, begin int) error {
	// The line of the end, for what stands behind it.
	r.ended = begin
	for {
		if _, rest, ends := strings.Cut(text, "*/"); ends {
			r.rest = rest
			return nil
		}
		word, line, err := r.ReadWord()
		if err == io.EOF {
			return r.Fail(begin, "the comment /* is not closed by */")
		}
		if err != nil {
			return err
		}
		text, r.ended = string(word), line
	}
}

// kindOf says what the rows of a type are. place brings the numbers of the file into
// the order of package cone.
type kindOf struct {
	representation cone.Representation
	linear         bool
	extra          int // columns besides the dimension
	place          func(values []rational.Rat) []rational.Rat
}

// constantFirst moves the constant, which stands last. Normaliz has it last, package
// cone first.
func constantFirst(v []rational.Rat) []rational.Rat {
	return append([]rational.Rat{v[len(v)-1]}, v[:len(v)-1]...)
}

// zero and one put a constant in front that the file does not have.
func zero(v []rational.Rat) []rational.Rat { return append([]rational.Rat{{}}, v...) }
func one(v []rational.Rat) []rational.Rat  { return append([]rational.Rat{rational.Whole(1)}, v...) }

// kindNamed is the type with a name.
func kindNamed(name string) (kind kindOf, known bool) {
	switch name {
	case "cone":
		return kindOf{cone.VRepresentation, false, 0, zero}, true
	case "subspace":
		return kindOf{cone.VRepresentation, true, 0, zero}, true
	case "vertices":
		return kindOf{cone.VRepresentation, false, 1, constantFirst}, true
	case "polytope":
		return kindOf{cone.VRepresentation, false, 0, one}, true
	case "inequalities":
		return kindOf{cone.HRepresentation, false, 0, zero}, true
	case "equations":
		return kindOf{cone.HRepresentation, true, 0, zero}, true
	case "inhom_inequalities":
		return kindOf{cone.HRepresentation, false, 1, constantFirst}, true
	case "inhom_equations":
		return kindOf{cone.HRepresentation, true, 1, constantFirst}, true
	}
	return kindOf{}, false
}

// read reads the dimension, and then one item after the other.
func (r *reader) read() error {
	// Files begin with their dimension, without which no row could be read.
	if err := r.next(); err != nil {
		return err
	}
	// Normaliz permits other things first, but writes this.
	if r.word != "amb_space" {
		return r.Fail(r.line, "expected amb_space n at the start, found %.40q", r.word)
	}
	// It leaves the dimension to the first row in brackets.
	if err := r.next(); err != nil {
		return err
	}
	if r.word == "auto" {
		return r.Fail(r.line, "amb_space auto is not read here; expected the dimension, which is the number of coordinates")
	}
	// The constant is a column more, for which the limit has room.
	n, err := r.number("the dimension after amb_space", 1, rows.MaxColumns-2)
	if err != nil {
		return err
	}
	r.space = n
	// Until the file ends, wherever that is.
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
	return r.number(what, low, high)
}

// number reads the number in hand, and goes on to the next word.
func (r *reader) number(what string, low, high int) (int, error) {
	// A number too long for a word is too large as well.
	n, err := strconv.Atoi(r.word)
	if err != nil || n < low || n > high {
		return 0, r.Fail(r.line, "expected %s, from %d to %d, found %.40q", what, low, high, r.word)
	}
	return n, r.next()
}

// item reads one type of input with its rows, or a word that asks for a computation.
// Anything else that looks like a computation, a word in capitals without numbers
// behind, is passed over with a note.
func (r *reader) item() error {
	// The word in hand begins the item.
	name, line := r.word, r.line
	kind, known := kindNamed(name)
	switch {
	case known || name == "constraints":
		// Constraints have no fixed form of row.
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
		if r.word == "symbolic" {
			return r.Fail(r.line, "symbolic %s are not read here; expected rows of numbers, such as 1 2 >= 3", name)
		}
		// Rows are read by their numbers, not by lines.
		for range n {
			if err := r.row(name, kind); err != nil {
				return err
			}
		}
		return nil
	// It stands for rows and has no number behind.
	case name == "nonnegative":
		if err := r.represent(line, name, cone.HRepresentation); err != nil {
			return err
		}
		r.nonnegative(line)
		return r.next()
	}
	// What stands behind tells a computation from a type.
	if err := r.next(); err != nil {
		return err
	}
	// In small letters it would be a type; with a number behind, one that is not known
	// here.
	if name == "" || name[0] < 'A' || name[0] > 'Z' || !r.eof && r.word != "" && strings.Trim(r.word[:1], "-0123456789") == "" {
		return r.Fail(line, "%.40q is no type of input that is read here; expected one of cone, subspace, vertices, polytope, inequalities, equations, inhom_inequalities, inhom_equations, constraints, nonnegative", name)
	}
	r.notes = append(r.notes, r.File+":"+strconv.Itoa(line)+": "+name+" has no effect here, and is ignored")
	return nil
}

// represent notes whether the file has rows or generators.
func (r *reader) represent(line int, name string, kind cone.Representation) error {
	// 0 as long as the file has said neither.
	if r.kind != 0 && r.kind != kind {
		return r.Fail(line, "%s beside rows of the other kind: a file has generators or rows here, not both", name)
	}
	r.kind = kind
	return nil
}

// nonnegative adds x ≥ 0 for each coordinate.
func (r *reader) nonnegative(line int) {
	// With the signs stated, equations are not alone.
	r.only = false
	for i := range r.space {
		// One for each coordinate.
		r.Rows = append(r.Rows, cone.Row{Vector: cone.Unit(i+1, 1)})
		r.Lines = append(r.Lines, line)
	}
}

// row reads one row. The line is that of its first word.
func (r *reader) row(name string, kind kindOf) error {
	line := r.line
	values, err := r.values(name, r.space+kind.extra)
	// A place in the file comes with the error.
	if err != nil {
		return err
	}
	if name == "constraints" {
		// The coefficients are read; the relation is the next word.
		return r.constraint(line, values)
	}
	// With 0 it would be a direction, which Normaliz does not permit here either.
	if name == "vertices" && values[r.space].Sign() <= 0 {
		return r.Fail(line, "the last number of a row of vertices is its denominator; expected it to be positive")
	}
	// Whether there are equations only matters at the end.
	r.only = r.only && kind.linear
	return r.Add(line, kind.place(values), kind.linear)
}

// values reads so many numbers.
func (r *reader) values(name string, count int) ([]rational.Rat, error) {
	// As many as the dimension and the type ask for.
	values := make([]rational.Rat, count)
	// Numbers of a row may stand on several lines.
	for i := range values {
		// Without the test the empty word would be called no number.
		if r.eof {
			return nil, r.Fail(r.line, "the file ends within %s; expected %d numbers a row", name, count)
		}
		// Fractions and decimals are numbers as well.
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

// constraint reads the relation and the number on the right. It reads NUMBERS REL
// NUMBER.
func (r *reader) constraint(line int, values []rational.Rat) error {
	relation := r.word
	if err := r.next(); err != nil {
		return err
	}
	// It must be there: a homogeneous constraint has the 0 written out.
	right, err := r.values("constraints", 1)
	if err != nil {
		return err
	}
	// The right side becomes the constant.
	row := append([]rational.Rat{right[0].Neg()}, values...)
	switch relation {
	case "=", ">=":
	case "<=":
		for i := range row {
			// At most is at least for the negatives.
			row[i] = row[i].Neg()
		}
	// Normaliz takes strict relations for those of lattice points, x > 0 for x ≥ 1.
	case ">", "<": // of integers
		return r.Fail(line, "a strict constraint says something about integers only; expected <=, >= or =")
	default:
		return r.Fail(line, "expected <=, >= or = behind %d numbers, found %.40q", r.space, relation)
	}
	// Only equations leave the sign of coordinates to the convention.
	r.only = r.only && relation == "="
	return r.Add(line, row, relation == "=")
}

// settle adds what the file does not say. A cone without vertices has its apex at the
// origin.
func (r *reader) settle() error {
	switch {
	// A dimension alone is no polyhedron, not even the whole space.
	case r.kind == 0:
		return r.Fail(r.line, "the file ends without rows or generators")
	// A file of no rows at all is left to be the whole space.
	case r.kind == cone.HRepresentation && r.only && len(r.Rows) > 0:
		r.notes = append(r.notes, r.File+": equations alone are taken in the nonnegative orthant, as Normaliz does")
		r.nonnegative(r.line)
	case r.kind == cone.VRepresentation:
		// A vertex makes it a polyhedron.
		for _, row := range r.Rows {
			if row.IsVertex() {
				return nil
			}
		}
		// The origin, on no line of the file: it gets that of the end.
		r.Rows = append(r.Rows, cone.Row{Vector: cone.Unit(0, 1)})
		r.Lines = append(r.Lines, r.line)
	}
	return nil
}
