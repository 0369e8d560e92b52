package guess

import (
	"cmp"
	"math"
	"slices"
)

// crash puts variables of the problem in the place of logical ones that are fixed, which
// those of equations are, so that the basis stays near to triangular (R. E. Bixby,
// 1992). It begins with free variables, then takes those with one bound. Among
// equals chance decides: that spreads what many rows would ask of one column. It is a
// heuristic: the basis need not be regular, since only the structure is looked at, and
// a factorisation replaces what depends on other columns.
func (g *Guess) crash() {
	c := newCrasher(g)
	for _, j := range c.order {
		// Others stay out of the basis; a row that gets none keeps its logical
		// variable.
		if i := c.row(j); i >= 0 {
			c.assign(i, j)
		}
	}
}

// A row is taken if its basic variable is decided: at the beginning where the logical
// variable may move, since that is as good as any.
type crasher struct {
	*Guess
	order []int32
	taken []bool    // rows whose basic variable stays
	count []int32   // entries of chosen columns in every row
	size  []float64 // of the pivots of the rows that are taken
}

func newCrasher(g *Guess) *crasher {
	c := &crasher{Guess: g, taken: make([]bool, g.rows), count: make([]int32, g.rows), size: make([]float64, g.rows)}
	for i := range g.rows {
		// A logical variable that can move is a good basic one.
		if j := g.columns + i; g.lower[j] != g.upper[j] {
			c.taken[i], c.count[i], c.size[i] = true, 1, 1
		}
	}
	// Rank by the number of bounds, then by chance.
	type ranked struct {
		column int32
		bounds int
		chance float64
	}
	list := make([]ranked, 0, g.columns)
	for j := range int32(g.columns) {
		r := ranked{column: j, chance: g.random()}
		// How many bounds there are: a free variable can leave the basis least.
		for _, b := range []float64{g.lower[j], g.upper[j]} {
			if !math.IsInf(b, 0) {
				r.bounds++
			}
		}
		// A fixed variable in the basis can only be in the way.
		if g.lower[j] != g.upper[j] {
			list = append(list, r)
		}
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.bounds, b.bounds), cmp.Compare(a.chance, b.chance))
	})
	for _, r := range list {
		c.order = append(c.order, r.column)
	}
	return c
}

// row returns the row for which column j should become basic, or −1: one that no chosen
// column meets and where j is about its largest, or one that is not taken and
// beside which all that j has in rows that are is small.
//
// A column that meets no chosen one in its pivot row keeps the matrix triangular up to
// order; small entries beside large pivots keep it nearly so.
func (c *crasher) row(j int32) int32 {
	index, value := c.byColumn.Part(int(j))
	largest := 0.0
	// The largest entry of the column is a measure for the others.
	for _, v := range value {
		largest = max(largest, math.Abs(v))
	}
	best, size, spoilt := int32(-1), 0.0, false
	for e, i := range index {
		v := math.Abs(value[e])
		switch {
		// The row is empty so far.
		case c.count[i] == 0 && v >= 0.99*largest:
			return i
		case c.taken[i]:
			// It is taken: the question is whether this column would spoil it.
			spoilt = spoilt || v > 0.01*c.size[i]
		case v > size:
			best, size = i, v
		}
	}
	// In a row that is taken this column would be as large as its pivot, and so the
	// matrix might be singular.
	if spoilt {
		return -1
	}
	return best
}

// assign makes j basic for row i, whose logical variable leaves.
func (c *crasher) assign(i, j int32) {
	index, value := c.byColumn.Part(int(j))
	// Entries of chosen columns count in all of their rows.
	for e, k := range index {
		c.count[k]++
		// The pivot, by which later columns are measured in this row.
		if k == i {
			c.size[i] = math.Abs(value[e])
		}
	}
	c.taken[i] = true
	c.leave(int32(c.columns) + i)
	c.Head[i], c.Where[j] = j, InBasis
}
