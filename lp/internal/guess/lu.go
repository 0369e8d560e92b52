package guess

import "math"

// lu is a factorisation of a square sparse matrix in float64, whose columns are
// called positions, into a product of elementary column operations L and a
// permuted upper triangular matrix U. Singletons are pivots first, as they cause no
// fill; the rest, the nucleus, is eliminated in the order of H. M. Markowitz (1957)
// with a threshold on the size of the pivots.
//
// It is part of the guess: nothing that is computed with it decides anything.
//
// Rows and positions keep their numbers, and steps have numbers of their own, in the
// order of the pivots: so nothing is ever moved.
type lu struct {
	size               int
	pivotRow, pivotCol []int32 // of every step; pivotCol is a position
	stepOfCol          []int32
	stepOfRow          []int32
	pivot              []float64
	lower              luParts // for every elementary operation, the rows and multipliers
	lowerRow           []int32 // the pivot row of every elementary operation
	upperRows          luParts // for every step, the positions right of the pivot
	upperCols          luParts // for every step, the rows above the pivot
}

// luParts is a list of lists of indices with values. List k is between start[k] and
// start[k+1].
type luParts struct {
	start []int32
	index []int32
	value []float64
}

// reset leaves no lists.
func (p *luParts) reset() {
	p.start = append(p.start[:0], 0)
	p.index, p.value = p.index[:0], p.value[:0]
}

// add appends to the list that is being made; end closes it.
func (p *luParts) add(i int32, v float64) {
	p.index, p.value = append(p.index, i), append(p.value, v)
}

func (p *luParts) end() { p.start = append(p.start, int32(len(p.index))) }

// part is list k; it must not be changed.
func (p *luParts) part(k int) ([]int32, []float64) {
	a, b := p.start[k], p.start[k+1]
	return p.index[a:b], p.value[a:b]
}

// tiny stands for a zero that arose by cancellation, so that the pattern of a
// vector stays the set of its nonzero entries. It is far below any tolerance, so that
// nothing depends on it.
const tiny = 1e-100

// sparseVector is a dense vector with the list of its nonzero entries. Outside the
// pattern values are 0. An index stands in the pattern once, except where a value was
// set to 0 and came back.
type sparseVector struct {
	value   []float64
	pattern []int32
}

func newSparseVector(n int) *sparseVector { return &sparseVector{value: make([]float64, n)} }

// clear costs the length of the pattern, not that of the vector.
func (v *sparseVector) clear() {
	for _, i := range v.pattern {
		v.value[i] = 0
	}
	v.pattern = v.pattern[:0]
}

// add adds x to entry i.
func (v *sparseVector) add(i int32, x float64) {
	old := v.value[i]
	if old == 0 {
		// The entry is in the pattern from now on.
		v.pattern = append(v.pattern, i)
	}
	if s := old + x; s != 0 {
		// A sum of exactly 0 stays in the pattern, and must not be taken for absent.
		v.value[i] = s
	} else {
		v.value[i] = tiny
	}
}

// forward solves B x = v: v is indexed by rows and cleared, x by positions and
// expected to be clear.
//
// First the operations of L in their order, then U from the last step that can matter
// back to the first.
func (f *lu) forward(v, x *sparseVector) {
	for k, r := range f.lowerRow {
		c := v.value[r]
		// The operation does nothing to this vector.
		if c == 0 {
			continue
		}
		index, value := f.lower.part(k)
		for e, i := range index {
			v.add(i, -value[e]*c)
		}
	}
	// Rows without an entry have no step that matters.
	last := -1
	for _, i := range v.pattern {
		last = max(last, int(f.stepOfRow[i]))
	}
	for k := last; k >= 0; k-- {
		r := f.pivotRow[k]
		c := v.value[r]
		if c == 0 {
			continue
		}
		v.value[r] = 0
		// Rounding that is not worth a pass over a column.
		if math.Abs(c) < dropped {
			continue
		}
		c /= f.pivot[k]
		p := f.pivotCol[k]
		x.value[p] = c
		x.pattern = append(x.pattern, p)
		index, value := f.upperCols.part(k)
		for e, i := range index {
			// The row may be new; the pattern of v is of no use any more.
			v.value[i] -= value[e] * c
		}
	}
	v.pattern = v.pattern[:0]
}

// dropped is the size below which numbers are taken for rounding errors of zero.
const dropped = 1e-14

// backward solves Bᵀ y = c: c is indexed by positions and cleared, y by rows and
// expected to be clear.
//
// First Uᵀ from the first step that can matter on, then the operations of L backwards.
func (f *lu) backward(c, y *sparseVector) {
	first := f.size
	for _, p := range c.pattern {
		first = min(first, int(f.stepOfCol[p]))
	}
	for k := first; k < f.size; k++ {
		p := f.pivotCol[k]
		v := c.value[p]
		if v == 0 {
			continue
		}
		c.value[p] = 0
		if math.Abs(v) < dropped {
			continue
		}
		v /= f.pivot[k]
		r := f.pivotRow[k]
		y.value[r] = v
		y.pattern = append(y.pattern, r)
		index, value := f.upperRows.part(k)
		for e, j := range index {
			c.value[j] -= value[e] * v
		}
	}
	c.pattern = c.pattern[:0]
	for k := len(f.lowerRow) - 1; k >= 0; k-- {
		// All entries below the pivot of the operation are gathered.
		sum := 0.0
		index, value := f.lower.part(k)
		for e, i := range index {
			sum += value[e] * y.value[i]
		}
		// An operation takes effect on its pivot row only.
		if sum != 0 {
			y.add(f.lowerRow[k], -sum)
		}
	}
}
