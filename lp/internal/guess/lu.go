package guess

import "math"

// lu is a factorisation of a square sparse matrix in float64, whose columns are
// called positions, into a product of elementary column operations L and a
// permuted upper triangular matrix U. Singletons are pivots first, as they cause no
// fill; the rest, the nucleus, is eliminated in the order of H. M. Markowitz (1957)
// with a threshold on the size of the pivots.
//
// It is part of the guess: nothing that is computed with it decides anything.
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

// luParts is a list of lists of indices with values.
type luParts struct {
	start []int32
	index []int32
	value []float64
}

func (p *luParts) reset() {
	p.start = append(p.start[:0], 0)
	p.index, p.value = p.index[:0], p.value[:0]
}

func (p *luParts) add(i int32, v float64) {
	p.index, p.value = append(p.index, i), append(p.value, v)
}

func (p *luParts) end() { p.start = append(p.start, int32(len(p.index))) }

func (p *luParts) part(k int) ([]int32, []float64) {
	a, b := p.start[k], p.start[k+1]
	return p.index[a:b], p.value[a:b]
}

// tiny stands for a zero that arose by cancellation, so that the pattern of a
// vector stays the set of its nonzero entries.
const tiny = 1e-100

// sparseVector is a dense vector with the list of its nonzero entries.
type sparseVector struct {
	value   []float64
	pattern []int32
}

func newSparseVector(n int) *sparseVector { return &sparseVector{value: make([]float64, n)} }

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
		v.pattern = append(v.pattern, i)
	}
	if s := old + x; s != 0 {
		v.value[i] = s
	} else {
		v.value[i] = tiny
	}
}

// forward solves B x = v: v is indexed by rows and cleared, x by positions and
// expected to be clear.
func (f *lu) forward(v, x *sparseVector) {
	for k, r := range f.lowerRow {
		c := v.value[r]
		if c == 0 {
			continue
		}
		index, value := f.lower.part(k)
		for e, i := range index {
			v.add(i, -value[e]*c)
		}
	}
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
		if math.Abs(c) < dropped {
			continue
		}
		c /= f.pivot[k]
		p := f.pivotCol[k]
		x.value[p] = c
		x.pattern = append(x.pattern, p)
		index, value := f.upperCols.part(k)
		for e, i := range index {
			v.value[i] -= value[e] * c
		}
	}
	v.pattern = v.pattern[:0]
}

// dropped is the size below which numbers are taken for rounding errors of zero.
const dropped = 1e-14

// backward solves Bᵀ y = c: c is indexed by positions and cleared, y by rows and
// expected to be clear.
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
		sum := 0.0
		index, value := f.lower.part(k)
		for e, i := range index {
			sum += value[e] * y.value[i]
		}
		if sum != 0 {
			y.add(f.lowerRow[k], -sum)
		}
	}
}
