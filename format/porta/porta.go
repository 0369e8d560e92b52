// Package porta reads and writes polyhedra in the format of PORTA: systems of rows, files
// named .ieq, and generators, files named .poi. Christof and Löbel's manual describes it.
//
//	DIM = 2
//	VALID
//	0 0
//	INEQUALITIES_SECTION
//	( 1) x1 + 2/3x2 <= 5
//	( 2) x1 - x2 == 0
//	END
//
//	DIM = 2
//	CONV_SECTION
//	( 1) 0 1/2
//	CONE_SECTION
//	( 1) 1 0
//	END
//
// Rows may have terms and numbers on both sides. The sections VALID, LOWER_BOUNDS,
// UPPER_BOUNDS and COMMENT are read over: they steer PORTA's programs, and
// say nothing about the polyhedron; so says a note, but for VALID and COMMENT. ELIMINATION_ORDER has a number for
// each variable: 0 if it is kept, else when it is to be eliminated, from 1. Rays without
// points are the cone with its apex at the origin. Lines are written as two opposite rays,
// since the format has none.
package porta

import (
	"errors"
	"io"
	"strconv"
	"strings"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/rational"
)

// reader reads one file.
//
// Sections may come in any order, but for DIM; the file holds rows or generators, never
// both.
type reader struct {
	*rows.Reader
	dim   int
	kind  cone.Representation
	notes []string
	order *Order
}

// Order is what the section ELIMINATION_ORDER says to PORTA's fmel.
type Order struct {
	Variables []int // to be eliminated, from 1, the first one first
	Line      int
}

// Read reads a file, whose name is used in errors; those in the file are of type
// *text.SyntaxError. The lines of the rows, and remarks on what has no effect, come with it. The order is nil
// if the file has none.
func Read(r io.Reader, file string) (p *cone.Polyhedron, lines []int, order *Order, notes []string, err error) {
	// One reader for a file, as what it has said so far decides on what may follow.
	f := &reader{Reader: rows.NewReader(r, file)}
	if err := f.read(); err != nil {
		return nil, nil, nil, nil, err
	}
	return f.Polyhedron(f.kind, f.dim+1), f.Lines, f.order, f.notes, nil
}

// sections by name: what their lines are. What a line means depends on the section it
// stands in.
var sections = map[string]func(*reader, int, string) error{
	"INEQUALITIES_SECTION": (*reader).row,
	"CONV_SECTION":         func(r *reader, line int, text string) error { return r.generator(line, text, 1) },
	"CONE_SECTION":         func(r *reader, line int, text string) error { return r.generator(line, text, 0) },
	"VALID":                pass,
	"LOWER_BOUNDS":         pass,
	"UPPER_BOUNDS":         pass,
	"ELIMINATION_ORDER":    (*reader).elimination,
	"COMMENT":              pass,
}

// pass reads over a line.
func pass(*reader, int, string) error { return nil }

// elimination reads the line of the order.
func (r *reader) elimination(line int, text string) error {
	if r.order != nil {
		return r.Fail(line, "a second order of elimination, after that in line %d", r.order.Line)
	}
	words := strings.Fields(text)
	if len(words) != r.dim {
		return r.Fail(line, "expected %d numbers, one for each variable, found %d", r.dim, len(words))
	}
	at := map[int]int{} // variables by when they are eliminated
	for i, word := range words {
		k, err := strconv.Atoi(word)
		if err != nil || k < 0 || at[k] > 0 {
			return r.Fail(line, "number %d: expected 0, or a number from 1 that stands once, found %.40q", i+1, word)
		}
		if k > 0 {
			at[k] = i + 1
		}
	}
	r.order = &Order{Line: line}
	for k := 1; k <= len(at); k++ {
		if at[k] == 0 {
			return r.Fail(line, "%d variables are to be eliminated, and none of them as number %d", len(at), k)
		}
		r.order.Variables = append(r.order.Variables, at[k])
	}
	return nil
}

// read goes through the file, line by line, until END.
func (r *reader) read() error {
	// Before the first section no line has a meaning.
	section := func(r *reader, line int, text string) error {
		return r.Fail(line, "expected the name of a section, such as INEQUALITIES_SECTION or CONV_SECTION, found %.40q", text)
	}
	for {
		text, line, err := r.ReadLine()
		// The word END is what tells a whole file from one that is cut off.
		if err == io.EOF {
			return r.Fail(line, "the file ends without a line END")
		}
		if err != nil {
			return err
		}
		// Blanks at both ends have no meaning.
		text = strings.TrimSpace(text)
		// The first word is enough to know a section by.
		word := text
		if end := strings.IndexAny(text, " \t"); end >= 0 {
			word = text[:end]
		}
		switch next, ok := sections[word]; {
		// Between sections, or within one.
		case text == "":
		case text == "END":
			return r.end(line)
		// A comment may have a line that only begins so.
		case word == "DIM" || strings.HasPrefix(text, "DIM="):
			if err := r.dimension(line, text); err != nil {
				return err
			}
		// The dimension is needed to read rows.
		case ok:
			if r.dim == 0 {
				return r.Fail(line, "expected a line DIM = n before %s", word)
			}
			section = next
			if err := r.enter(line, word); err != nil {
				return err
			}
		default:
			if err := section(r, line, text); err != nil {
				return err
			}
		}
	}
}

// dimension reads DIM = n, with or without blanks around the sign.
func (r *reader) dimension(line int, text string) error {
	// With or without blanks around the sign.
	number := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(strings.TrimPrefix(text, "DIM")), "="))
	// Of a number too long for a word the error is the same.
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n >= rows.MaxColumns {
		return r.Fail(line, "expected DIM = n, with n from 1 to %d, found %.40q", rows.MaxColumns-1, text)
	}
	if r.dim != 0 { // rows may have been read, of so many columns
		return r.Fail(line, "a second line DIM = n")
	}
	r.dim = n
	return nil
}

// enter begins a section.
func (r *reader) enter(line int, word string) error {
	// Sections that say nothing of the polyhedron leave it as it is.
	kind := r.kind
	switch word {
	// A kind that the file has already is what the next section must agree with.
	case "INEQUALITIES_SECTION":
		kind = cone.HRepresentation
	case "CONV_SECTION", "CONE_SECTION":
		kind = cone.VRepresentation
	// They could be taken for bounds of the polyhedron, and so are pointed out.
	case "LOWER_BOUNDS", "UPPER_BOUNDS":
		r.notes = append(r.notes, r.File+":"+strconv.Itoa(line)+": "+word+" has no effect here, and is ignored")
	}
	// One kind for all of a file.
	if r.kind != 0 && kind != r.kind {
		return r.Fail(line, "a file has rows or generators, not both; expected no %s", word)
	}
	r.kind = kind
	return nil
}

// end sees that the file has said what it is.
func (r *reader) end(line int) error {
	if r.kind == 0 {
		return r.Fail(line, "expected a section INEQUALITIES_SECTION, CONV_SECTION or CONE_SECTION before END")
	}
	// It could be a second polyhedron.
	for {
		switch text, line, err := r.ReadLine(); {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case strings.TrimSpace(text) != "":
			r.notes = append(r.notes, r.File+":"+strconv.Itoa(line)+": what stands behind END is ignored")
			return nil
		}
	}
}

// unnumbered takes the number of a row, as in "( 1) x1 <= 1", off its text. A row may
// begin with an expression in parentheses, which is left alone.
func unnumbered(text string) string {
	// Otherwise the row has no number, which PORTA does not ask for.
	if rest, ok := strings.CutPrefix(text, "("); ok {
		// Only a number is taken for one.
		if number, rest, ok := strings.Cut(rest, ")"); ok {
			if _, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
				return strings.TrimSpace(rest)
			}
		}
	}
	return text
}

// generator adds a vertex, of constant 1, or a ray, of constant 0.
func (r *reader) generator(line int, text string, constant int64) error {
	// Rows of generators have no variables, just as many numbers as there are.
	values, err := r.Numbers(line, strings.Fields(unnumbered(text)), r.dim)
	if err != nil {
		return err
	}
	return r.Add(line, append([]rational.Rat{rational.NewRat(constant, 1)}, values...), false)
}

// relations by their sign: the sign of left less right where they hold. Longer signs
// come before those that they contain.
var relations = []struct {
	text string
	sign int
}{{"<=", -1}, {"=<", -1}, {">=", 1}, {"=>", 1}, {"==", 0}, {"=", 0}}

// row moves all terms to one side; for <= it is the right one.
func (r *reader) row(line int, text string) error {
	// The number of a row says nothing: rows count in the order of the file.
	text = unnumbered(text)
	for _, relation := range relations {
		// The first sign that occurs.
		left, right, ok := strings.Cut(text, relation.text)
		if !ok {
			continue
		}
		// The constant, then a coefficient for each coordinate.
		values := make([]rational.Rat, r.dim+1)
		side := rational.NewRat(1, 1)
		if relation.sign < 0 {
			side = side.Neg()
		}
		// The right side counts with the opposite sign.
		for _, expression := range []string{left, right} {
			if err := r.expression(expression, side, values); err != nil {
				return r.Fail(line, "%v", err)
			}
			side = side.Neg()
		}
		return r.Add(line, values, relation.sign == 0)
	}
	return r.Fail(line, "expected one of <=, >=, == in the row %.40q", text)
}

// expression adds the terms of an expression, times a factor, to the values. An
// expression is a sum of terms, each a number, a variable, or a number times a
// variable. Blanks may stand anywhere but in a number.
func (r *reader) expression(text string, factor rational.Rat, values []rational.Rat) error {
	// Blanks stand between terms, or between a sign and its term.
	words := strings.Fields(text)
	if len(words) == 0 {
		return errors.New("expected terms on both sides of the relation")
	}
	// Where a sign was forgotten, x1 2 would become x12.
	for i, word := range words[1:] {
		if before := words[i]; isDigit(before[len(before)-1]) && (isDigit(word[0]) || word[0] == '.') {
			return errors.New("expected a sign between " + strconv.Quote(shortened(before)) + " and " + strconv.Quote(shortened(word)))
		}
	}
	text = strings.Join(words, "")
	// A term ends before the next sign.
	for len(text) > 0 {
		// The sign belongs to the term that follows it.
		end := 1 // of the term
		for end < len(text) && text[end] != '+' && text[end] != '-' {
			end++
		}
		term := text[:end]
		text = text[end:]
		// Names of variables are x and a number, and nothing else.
		number, index, isVariable := strings.Cut(term, "x")
		// The constant is entry 0.
		at := 0
		if isVariable {
			var err error
			if at, err = strconv.Atoi(index); err != nil || at < 1 || at > r.dim {
				return errors.New("expected a variable x1 to x" + strconv.Itoa(r.dim) + ", found " + strconv.Quote(shortened(term)))
			}
			// As in 2*x1, and -x1.
			number = strings.TrimSuffix(number, "*")
			if number == "" || number == "+" || number == "-" {
				number += "1"
			}
		}
		// The number may have a sign in front.
		x, err := rows.Number(number)
		if err != nil {
			return errors.New("expected a term such as 2/3x1 or a number, found " + strconv.Quote(shortened(term)))
		}
		values[at] = values[at].Add(factor.Mul(x))
	}
	return nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// shortened keeps messages short.
func shortened(text string) string { return text[:min(len(text), 40)] }
