// Package rows is what the formats of polyhedra share beside package text: rows of fractions
// and the words of a matrix.
package rows

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/cone"
	"pstar/format/text"
	"pstar/rational"
)

// MaxColumns bounds the columns of a file, which may promise any number before its rows.
const MaxColumns = 1 << 20

// maxBits bounds the common denominator of a row. A thousand fractions with short
// denominators that have nothing in common stay below.
const maxBits = 1 << 17

// New returns the row of these numbers over one denominator. The error is one of a row
// of wild fractions, whose integers would fill the memory. Zeros have no entry.
func New(values []rational.Rat) (cone.Row, error) {
	// One common denominator for the row, positive as all denominators are.
	scale := rational.NewInt(1)
	for _, x := range values {
		if scale = rational.LCM(scale, x.Den()); scale.BitLen() > maxBits {
			return cone.Row{}, errors.New("the common denominator of the row is too long")
		}
	}
	var v cone.Vector
	for i, x := range values {
		if x.Sign() != 0 {
			v = append(v, cone.Entry{Index: i, Value: x.Num().Mul(scale.DivExact(x.Den()))})
		}
	}
	return cone.Row{Vector: v, Scale: scale}, nil
}

// Values returns the numbers of a row. They have been divided by the denominator again.
func Values(r cone.Row, columns int) []rational.Rat {
	values := make([]rational.Rat, columns)
	for _, e := range r.Vector {
		values[e.Index] = rational.RatFromInts(e.Value, r.Denominator())
	}
	return values
}

// Reader collects the rows of a file. Lines and Rows go in step.
type Reader struct {
	*text.Scanner
	Lines []int // where each row begins
	Rows  []cone.Row
}

// NewReader returns a reader of a file. A line may be 64 MiB, as that of a matrix with
// a million columns; a word 64 KiB.
func NewReader(r io.Reader, file string) *Reader {
	s := text.NewScanner(r, file)
	s.MaxLine, s.MaxWord = 1<<26, 1<<16
	return &Reader{Scanner: s}
}

// Add adds the row of these numbers, which stands on a line.
func (r *Reader) Add(line int, values []rational.Rat, linear bool) error {
	// Only the reader knows the line of a fault.
	row, err := New(values)
	if err != nil {
		return r.Fail(line, "%v", err)
	}
	row.Linear = linear
	r.Rows = append(r.Rows, row)
	r.Lines = append(r.Lines, line)
	return nil
}

// Numbers reads the words of a line as numbers, and returns an error unless there are so
// many; any number of them will do if count is negative. Columns are counted from 1 in
// messages.
func (r *Reader) Numbers(line int, words []string, count int) ([]rational.Rat, error) {
	if count >= 0 && len(words) != count {
		return nil, r.Fail(line, "expected %d numbers in this row, found %d", count, len(words))
	}
	values := make([]rational.Rat, len(words))
	for i, word := range words {
		x, err := Number(word)
		if err != nil {
			return nil, r.Fail(line, "column %d: %v", i+1, err)
		}
		values[i] = x
	}
	return values, nil
}

// Number reads a number, whose integers may begin with zeros. ParseRat refuses leading
// zeros, which tables have.
func Number(word string) (rational.Rat, error) {
	// A sign of its own, so that the zeros behind it are seen.
	sign, rest := "", word
	if strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, "+") {
		sign, rest = rest[:1], rest[1:]
	}
	for len(rest) > 1 && rest[0] == '0' && rest[1] >= '0' && rest[1] <= '9' {
		// A single 0 stays.
		rest = rest[1:]
	}
	return rational.ParseRat(sign + rest)
}

// Polyhedron returns the rows as a polyhedron. Nothing of them is checked: that the constant of a generator is not
// negative, and that of a line is 0, the readers see to.
func (r *Reader) Polyhedron(kind cone.Representation, columns int) *cone.Polyhedron {
	return &cone.Polyhedron{Representation: kind, Columns: columns, Rows: r.Rows}
}

// Writable returns an error for what a format that names its coordinates, and says which rows
// are generators, has no words for.
func Writable(p *cone.Polyhedron, format string) error {
	switch {
	case p.Columns < 2:
		return &text.NoFormError{What: "a polyhedron without coordinates", Format: format}
	case p.Representation == cone.VRepresentation && len(p.Rows) == 0:
		// A file without rows would be read as no restriction: the whole space.
		return &text.NoFormError{What: "the empty polyhedron, without generators,", Format: format}
	}
	return Closed(p, format)
}

// Closed returns an error for strict rows, for formats that would make other rows of them.
func Closed(p *cone.Polyhedron, format string) error {
	// The first one is named, counted from 1.
	if i := slices.IndexFunc(p.Rows, func(r cone.Row) bool { return r.Strict }); i >= 0 {
		return &text.NoFormError{What: fmt.Sprintf("row %d, which is strict,", i+1), Format: format}
	}
	return nil
}

// Write runs lines on a buffer before w, and returns the first error of w.
func Write(w io.Writer, lines func(b *bufio.Writer)) error {
	// Errors of the buffer stay, so that Flush returns the first.
	b := bufio.NewWriterSize(w, 1<<16)
	lines(b)
	return b.Flush()
}
