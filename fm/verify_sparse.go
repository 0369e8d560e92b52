package fm

import (
	"slices"

	"pstar/rational"
)

// sparse is a row of a verifier: its entries that are not zero, by column.
type sparse []sparseEntry

type sparseEntry struct {
	column int
	value  rational.Rat
}

// Columns ascend in it, as at relies on.
func sparseOf(v rational.RatVector) sparse {
	var l sparse
	for c, x := range v {
		if !x.IsZero() {
			l = append(l, sparseEntry{c, x})
		}
	}
	return l
}

// trivialLine is the row 1 > 0.
var trivialLine = sparse{{0, rational.NewRat(1, 1)}}

// neg returns -l.
func (l sparse) neg() sparse {
	m := make(sparse, len(l))
	for i, e := range l {
		m[i] = sparseEntry{e.column, e.value.Neg()}
	}
	return m
}

// at returns the entry of a column.
// By halving: rows are short, and asked for often.
func (l sparse) at(column int) rational.Rat {
	i, found := slices.BinarySearchFunc(l, column, func(e sparseEntry, c int) int { return e.column - c })
	if !found {
		return rational.Rat{}
	}
	return l[i].value
}

// dot returns the product with a point.
// Entries of the point that are zero cost nothing.
func (l sparse) dot(point rational.RatVector) rational.Rat {
	var sum rational.Rat
	for _, e := range l {
		if x := point[e.column]; !x.IsZero() {
			sum = sum.Add(e.value.Mul(x))
		}
	}
	return sum
}

// equal reports whether l and m are the same row.
func (l sparse) equal(m sparse) bool {
	return slices.EqualFunc(l, m, func(a, b sparseEntry) bool { return a.column == b.column && a.value.Equal(b.value) })
}

// alike reports whether l is a positive multiple of m.
// Two rows that are 0 are alike.
func (l sparse) alike(m sparse) bool {
	// No entry to take the factor from.
	if len(l) == 0 || len(m) == 0 {
		return len(l) == len(m)
	}
	factor := l[0].value.Quo(m[0].value)
	return factor.Sign() > 0 && slices.EqualFunc(l, m, func(a, b sparseEntry) bool {
		return a.column == b.column && a.value.Equal(b.value.Mul(factor))
	})
}

// adder sums multiples of lines.
// It is reused for all lines of a verification.
type adder struct {
	values  rational.RatVector
	used    []bool
	columns []int // those used
	work    int64 // entries added so far
}

func newAdder(columns int) *adder {
	return &adder{values: make(rational.RatVector, columns), used: make([]bool, columns)}
}

// add adds a multiple of a sparse.
func (a *adder) add(l sparse, factor rational.Rat) {
	a.work += int64(len(l)) + 1
	one := factor.Equal(rational.NewRat(1, 1))
	for _, e := range l {
		// Only columns that were touched are read and cleared: rows have few entries, and there
		// are many rows.
		if !a.used[e.column] {
			a.used[e.column] = true
			a.columns = append(a.columns, e.column)
		}
		x := e.value
		// Multipliers are 1 so often that not multiplying is worth a question.
		if !one {
			x = x.Mul(factor)
		}
		a.values[e.column] = a.values[e.column].Add(x)
	}
}

// sum returns what has been added, and begins anew.
func (a *adder) sum() sparse {
	slices.Sort(a.columns)
	var l sparse
	for _, c := range a.columns {
		if x := a.values[c]; !x.IsZero() {
			l = append(l, sparseEntry{c, x})
		}
	}
	a.clear()
	return l
}

// isZero reports whether what has been added vanishes.
func (a *adder) isZero() bool {
	for _, c := range a.columns {
		if !a.values[c].IsZero() {
			return false
		}
	}
	return true
}

// clear begins anew.
func (a *adder) clear() {
	for _, c := range a.columns {
		a.values[c], a.used[c] = rational.Rat{}, false
	}
	a.columns = a.columns[:0]
}
