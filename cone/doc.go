// Package cone holds polyhedral cones in both descriptions and the exact
// questions that every engine asks about them.
//
// # Notation
//
// A row a is an integer vector. As an inequality it is the closed halfspace
// {x : a·x >= 0}; as an equation it is the hyperplane {x : a·x = 0}. The side
// is always >= 0; there is no right-hand side. A polyhedron
// {x : b + A x >= 0} is the cone {(x_0, x) : b x_0 + A x >= 0, x_0 >= 0} cut
// at x_0 = 1.
//
// An [H] is a cone by its rows: the intersection of halfspaces and
// hyperplanes. A [V] is a cone by its generators: all sums of nonnegative
// multiples of rays and arbitrary multiples of lines.
//
// The lineality space of a cone C is C ∩ -C. A ray is extreme if it is not a
// sum of two members of C that are not multiples of it modulo lineality. The
// minimal generators of C are one ray for each extreme ray modulo lineality,
// and a basis of the lineality space; [V.Canonical] writes them in the one way
// in which two equal cones agree entry by entry.
//
// All vectors are sparse ([Vector]), since the rows of the cones in this field
// have two or three nonzero entries among thousands.
//
// # Symmetry
//
// A [Symmetry] is a product of symmetric groups, each permuting blocks of
// coordinates. [Symmetry.DomainRows] cuts out a fundamental domain,
// [Symmetry.CanonicalForm] names an orbit and [Symmetry.Orbit] lists one.
//
// # Files
//
// [ReadFile] reads the format of cddlib and lrs:
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
//	strict_inequality        ignored  ignored  error, but for ReadStrictFile
//	voronoi                                    error
//
// The peers look for options word by word, even within a title. Here the first
// line before begin that is not well-formed as an option is the title: hull and
// nonnegative stand alone on their lines, and the first argument of any other
// option begins like a number. So "hull of points", "linearity is nice" and
// "random polytope" are titles, with a note if a peer could take them for more.
package cone
