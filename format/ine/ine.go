// Package ine reads and writes polyhedra in the format of cddlib and lrs, files named .ine
// (rows) and .ext (generators). The title, the options and the remarks of a file are kept
// beside the polyhedron, a [cone.Polyhedron], which is all that the engines see.
//
// The grammar is
//
//	file    = { heading } "begin" m d type { number } "end" { heading }
//	heading = "H-representation" | "V-representation" | option | title | comment
//	m       = rows, or "*****" if they are not counted
//	type    = "integer" | "rational" | "real"
//
// From begin to end words are separated by any space and line ends; headings are
// lines, except that begin and the representation may be followed by more on the
// same line. A comment runs from a word that begins with * or # to the end of
// the line. A byte order mark is skipped.
//
// Numbers are decimal integers with optional sign and leading zeros; fractions of
// these, without a sign below, also under the type integer; and under real, all
// that [rational.ParseRat] reads. Everything is exact.
//
// Options that say what the rows are, where cddlib 0.94 and lrs 7.1 agree with
// each other, are read as they do. Where these two differ, so that one of them
// ignores what is said, it is honoured, with a note in [File.Notes] that says so:
//
//	                         cddlib   lrs      here
//	linearity                yes      yes      yes
//	  going on on next line  ignored  yes      yes
//	equality, partial_enum   yes      ignored  yes, with a note
//	hull before begin        ignored  yes      yes, with a note
//	hull after end           yes      ignored  yes, with a note
//	nonnegative before begin ignored  yes      yes, with a note
//	nonnegative after end    ignored  ignored  ignored, with a note
//	row (t, x) with t > 0    x/t      x/t      x/t, with a note
//	row (t, x) with t < 0    varies   varies   error
//	decimals under rational  wrong    error    error
//	H- and V-representation  last     last     error
//	v-representation         ignored  ignored  error
//	V-rep... after end       ignored  ignored  error, or a note if said before
//	more rows than m         error    ignored  ignored, with a note
//	strict_inequality        ignored  ignored  error, but for ReadStrict
//	voronoi                                    error
//
// The peers look for options word by word, even within a title. Here the first
// line before begin that is not well-formed as an option is the title: hull and
// nonnegative stand alone on their lines, and the first argument of any other
// option begins like a number. So "hull of points", "linearity is nice" and
// "random polytope" are titles, with a note if a peer could take them for more.
package ine

import (
	"pstar/cone"
	"pstar/rational"
)

// NumberType is the third word of the size line of a file.
type NumberType string

const (
	Integer  NumberType = "integer"
	Rational NumberType = "rational"
	Real     NumberType = "real" // decimals, which are read exactly
)

// File is a polyhedron in the format of cddlib and lrs, files named .ine
// (H-representation) and .ext (V-representation); see the package documentation:
//
//	name or comment
//	H-representation
//	linearity 1 3
//	begin
//	 m d rational
//	 ... m rows of d numbers ...
//	end
//	options
//
// Column 1 belongs to the constant, so that the polyhedron lies in R^(d-1).
type File struct {
	Source  string     // the name under which it was read, for messages
	Name    string     // the title line, if there is one
	Numbers NumberType // as declared
	cone.Polyhedron
	Lines []int // where each row begins in the file, if it comes from one
	// Written is the number of rows that stand in the file; those of the option
	// nonnegative follow them. Only the reader sets it.
	Written int
	// Options are the lines before begin and after end that say something other
	// than what the rows are. The reader has acted on linearity, hull, nonnegative
	// and their like; these here are left to the caller.
	Options []Option
	// Notes are remarks on the file, with their place: what in it is ignored, and
	// what another program would read otherwise.
	Notes []string
}

// Option is one option line.
type Option struct {
	Word string
	Args []string
	Line int
}

// divides reports whether every entry of v is a multiple of x, which is positive.
//
// Such a vector over this denominator is one of integers.
func divides(x rational.Int, v cone.Vector) bool {
	// Zeros are not in the vector, and are multiples of anything.
	for _, e := range v {
		if _, r := e.Value.QuoRem(x); !r.IsZero() {
			return false
		}
	}
	return true
}
