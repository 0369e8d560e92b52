// Package matrix reads and writes polyhedra as plain matrices: a row of numbers a line, with
// blanks, commas or semicolons between them, and nothing that says what they mean. So the
// reader is told a convention:
//
//	b+A       b + A·x >= 0, the constant first, as in .ine files
//	A<=b      A·x <= b, the constant last
//	A>=b      A·x >= b
//	points    each row is a vertex
//	rays      each row is a ray of a cone
//	1x        vertices (1, x) and rays (0, x), as in .ext files
//	flux      the columns of a stoichiometric matrix S are reactions: S·v = 0, v >= 0
//
// Lines that are empty or begin with # or % are passed over, and so is a first line of names,
// without any number, as tables have it. Numbers may be in quotation marks, as in CSV.
//
// The first line decides how many columns there are; all others must have as many.
package matrix

import (
	"io"
	"strings"

	"pstar/cone"
	"pstar/format/rows"
	"pstar/format/text"
	"pstar/rational"
)

// Convention says what the rows are. It is what a user gives, spelled as in the list
// above.
type Convention string

const (
	ConstantFirst Convention = "b+A"
	AtMost        Convention = "A<=b"
	AtLeast       Convention = "A>=b"
	Points        Convention = "points"
	Rays          Convention = "rays"
	Homogeneous   Convention = "1x"
	Flux          Convention = "flux"
)

// Conventions lists all conventions.
func Conventions() []Convention {
	return []Convention{ConstantFirst, AtMost, AtLeast, Points, Rays, Homogeneous, Flux}
}

// Read reads a matrix; the errors of the file are of type *text.SyntaxError. Names are those
// of the coordinates, if the file has a line of them.
//
// Lines are those of the rows, for messages; rows that the convention adds have the
// line of the last one. Memory is that of the matrix.
func Read(r io.Reader, file string, c Convention) (p *cone.Polyhedron, lines []int, names []string, err error) {
	f := rows.NewReader(r, file)
	// Not known before the first line.
	columns := -1
	for {
		line, number, err := f.ReadLine()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, nil, err
		}
		words := split(line)
		if len(words) == 0 {
			continue
		}
		// The first line decides.
		if columns < 0 {
			columns = len(words)
			if columns > rows.MaxColumns {
				return nil, nil, nil, f.Fail(number, "more than %d columns", rows.MaxColumns)
			}
			// Only the first line can be one of names.
			if names = header(words); names != nil {
				continue
			}
		}
		values, err := f.Numbers(number, words, columns)
		if err == nil {
			err = add(f, c, number, values)
		}
		if err != nil {
			return nil, nil, nil, err
		}
	}
	// For a network without metabolites only the names tell how many reactions there
	// are.
	if columns < 0 || len(f.Rows) == 0 && c != Flux {
		return nil, nil, nil, &text.SyntaxError{File: file, Line: 1, Msg: "expected rows of numbers, found none"}
	}
	return finish(f, c, columns), f.Lines, coordinates(names, c), nil
}

// coordinates are the names without that of the constant, which is no coordinate.
func coordinates(names []string, c Convention) []string {
	switch {
	case names == nil:
		return nil
	case c == ConstantFirst || c == Homogeneous:
		return names[1:]
	case c == AtMost || c == AtLeast:
		return names[:len(names)-1]
	}
	return names
}

// split returns the words of a line: none of an empty one and of a comment. The first
// separator that occurs is that of the line: a comma within blanks is one.
func split(line string) []string {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' || line[0] == '%' {
		return nil
	}
	for _, separator := range []string{";", ",", "\t"} {
		if strings.Contains(line, separator) {
			words := strings.Split(line, separator)
			for i, w := range words {
				// A separator may stand with blanks.
				w = strings.TrimSpace(w)
				if len(w) >= 2 && w[0] == '"' && w[len(w)-1] == '"' {
					w = w[1 : len(w)-1]
				}
				words[i] = w
			}
			return words
		}
	}
	// Blanks alone: any number of them is one separator.
	return strings.Fields(line)
}

// header returns the words if none is a number. A single number makes it a row, so that
// a table whose first column is a year is not lost.
func header(words []string) []string {
	for _, w := range words {
		if _, err := rows.Number(w); err == nil {
			return nil
		}
	}
	return words
}

// add turns a row of the convention into b + A·x ≥ 0, or into a generator with its
// constant in front.
func add(f *rows.Reader, c Convention, line int, v []rational.Rat) error {
	last := len(v) - 1
	zero, one := rational.Rat{}, rational.NewRat(1, 1)
	switch c {
	// It is written as it is kept.
	case ConstantFirst:
	case AtMost, AtLeast:
		// b moves to the front; the sign is that of the side on which it stands.
		v = append([]rational.Rat{v[last]}, v[:last]...)
		for i := range v {
			if (i == 0) == (c == AtLeast) {
				v[i] = v[i].Neg()
			}
		}
	case Points:
		v = append([]rational.Rat{one}, v...)
	case Rays, Flux:
		v = append([]rational.Rat{zero}, v...)
	case Homogeneous:
		// A generator with another positive number is a multiple of a vertex.
		if v[0].Sign() < 0 {
			return f.Fail(line, "the first number of a generator is %v; expected 1 for a vertex or 0 for a ray", v[0])
		}
	// Callers look the convention up; another one is their mistake.
	default:
		panic("matrix: unknown convention")
	}
	return f.Add(line, v, c == Flux)
}

// finish adds what the convention says of all. What a convention says of all rows:
// fluxes are nonnegative, rays have their apex at the origin.
func finish(f *rows.Reader, c Convention, columns int) *cone.Polyhedron {
	switch c {
	case Points:
		return f.Polyhedron(cone.VRepresentation, columns+1)
	case Rays:
		// The apex of the cone.
		f.Rows = append(f.Rows, cone.Row{Vector: cone.Unit(0, 1)})
		f.Lines = append(f.Lines, f.Lines[len(f.Lines)-1])
		return f.Polyhedron(cone.VRepresentation, columns+1)
	case Homogeneous:
		return f.Polyhedron(cone.VRepresentation, columns)
	case Flux:
		// Fluxes are nonnegative unless declared otherwise.
		for i := range columns {
			f.Rows = append(f.Rows, cone.Row{Vector: cone.Unit(i+1, 1)})
			f.Lines = append(f.Lines, f.Line)
		}
		return f.Polyhedron(cone.HRepresentation, columns+1)
	}
	return f.Polyhedron(cone.HRepresentation, columns)
}
