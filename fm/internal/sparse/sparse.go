// Package sparse has the rows with which an elimination is verified: by their entries that are not zero, added up with
// multipliers. It shares nothing with the vectors of the elimination itself.
package sparse

import (
	"slices"

	"pstar/rational"
)

// Row is a row of a verifier: its entries that are not zero, by column.
type Row []Entry

// Entry is one that is not zero.
type Entry struct {
	Column int
	Value  rational.Rat
}

// Of has the entries of a vector. Columns ascend in it, as at relies on.
func Of(v rational.RatVector) Row {
	var l Row
	// Zeros are left out once, here, instead of being asked for in each product.
	for c, x := range v {
		if !x.IsZero() {
			l = append(l, Entry{c, x})
		}
	}
	return l
}

// Trivial is the row 1 > 0.
var Trivial = Row{{0, rational.Whole(1)}}

// Neg returns -l.
func (l Row) Neg() Row {
	m := make(Row, len(l))
	for i, e := range l {
		m[i] = Entry{e.Column, e.Value.Neg()}
	}
	return m
}

// At returns the entry of a column.
// By halving: rows are short, and asked for often.
func (l Row) At(column int) rational.Rat {
	i, found := slices.BinarySearchFunc(l, column, func(e Entry, c int) int { return e.Column - c })
	if !found {
		return rational.Rat{}
	}
	return l[i].Value
}

// Dot returns the product with a point.
// Entries of the point that are zero cost nothing.
func (l Row) Dot(point rational.RatVector) rational.Rat {
	var sum rational.Rat
	for _, e := range l {
		if x := point[e.Column]; !x.IsZero() {
			sum = sum.Add(e.Value.Mul(x))
		}
	}
	return sum
}

// Equal reports whether l and m are the same row.
func (l Row) Equal(m Row) bool {
	return slices.EqualFunc(l, m, func(a, b Entry) bool { return a.Column == b.Column && a.Value.Equal(b.Value) })
}

// Alike reports whether l is a positive multiple of m.
// Two rows that are 0 are alike.
func (l Row) Alike(m Row) bool {
	// No entry to take the factor from.
	if len(l) == 0 || len(m) == 0 {
		return len(l) == len(m)
	}
	// The first entries leave only this factor, and the others must agree with it.
	factor := l[0].Value.Quo(m[0].Value)
	return factor.Sign() > 0 && slices.EqualFunc(l, m, func(a, b Entry) bool {
		return a.Column == b.Column && a.Value.Equal(b.Value.Mul(factor))
	})
}

// Adder sums multiples of lines.
// It is reused for all lines of a verification.
type Adder struct {
	Values  rational.RatVector
	used    []bool
	columns []int // those used
}

// NewAdder adds rows with so many columns.
func NewAdder(columns int) *Adder {
	return &Adder{Values: make(rational.RatVector, columns), used: make([]bool, columns)}
}

// Add adds a multiple of a row.
func (a *Adder) Add(l Row, factor rational.Rat) {
	// Found once for the row, and not for each of its entries.
	one := factor.Equal(rational.NewRat(1, 1))
	for _, e := range l {
		// Only columns that were touched are read and cleared: rows have few entries, and there
		// are many rows.
		if !a.used[e.Column] {
			a.used[e.Column] = true
			a.columns = append(a.columns, e.Column)
		}
		x := e.Value
		// Multipliers are 1 so often that not multiplying is worth a question.
		if !one {
			x = x.Mul(factor)
		}
		a.Values[e.Column] = a.Values[e.Column].Add(x)
	}
}

// Sum returns what has been added, and begins anew.
func (a *Adder) Sum() Row {
	// In the order of columns, whatever the order in which rows have touched them.
	slices.Sort(a.columns)
	var l Row
	for _, c := range a.columns {
		if x := a.Values[c]; !x.IsZero() {
			l = append(l, Entry{c, x})
		}
	}
	a.Clear()
	return l
}

// IsZero reports whether what has been added vanishes.
func (a *Adder) IsZero() bool {
	for _, c := range a.columns {
		if !a.Values[c].IsZero() {
			return false
		}
	}
	return true
}

// Clear begins anew.
func (a *Adder) Clear() {
	for _, c := range a.columns {
		a.Values[c], a.used[c] = rational.Rat{}, false
	}
	a.columns = a.columns[:0]
}
