// Package lu factors a sparse basis in float64 and solves with it and its transpose. It is part of a guess: nothing
// that is computed with it decides anything.
package lu

import (
	"math"

	"pstar/lp/internal/lists"
)

// Factors is a factorisation of a square sparse matrix in float64, whose columns are
// called positions, into a product of elementary column operations L and a
// permuted upper triangular matrix U. Singletons are pivots first, as they cause no
// fill; the rest, the nucleus, is eliminated in the order of H. M. Markowitz (1957)
// with a threshold on the size of the pivots.
//
// Rows and positions keep their numbers, and steps have numbers of their own, in the
// order of the pivots: so nothing is ever moved.
type Factors struct {
	Size               int
	PivotRow, PivotCol []int32 // of every step; pivotCol is a position
	stepOfCol          []int32
	stepOfRow          []int32
	pivot              []float64
	lower              lists.Of[float64] // for every elementary operation, the rows and multipliers
	lowerRow           []int32           // the pivot row of every elementary operation
	UpperRows          lists.Of[float64] // for every step, the positions right of the pivot
	upperCols          lists.Of[float64] // for every step, the rows above the pivot
}

// Complete reports whether every row has a pivot.
func (f *Factors) Complete() bool { return len(f.pivot) == f.Size }

// Tiny stands for a zero that arose by cancellation, so that the pattern of a
// vector stays the set of its nonzero entries. It is far below any tolerance, so that
// nothing depends on it.
const Tiny = 1e-100

// Vector is a dense vector with the list of its nonzero entries. Outside the
// pattern values are 0. An index stands in the pattern once, except where a value was
// set to 0 and came back.
type Vector struct {
	Value   []float64
	Pattern []int32
}

// NewVector is 0 of length n.
func NewVector(n int) *Vector { return &Vector{Value: make([]float64, n)} }

// Clear costs the length of the pattern, not that of the vector.
func (v *Vector) Clear() {
	for _, i := range v.Pattern {
		v.Value[i] = 0
	}
	v.Pattern = v.Pattern[:0]
}

// Add adds x to entry i.
func (v *Vector) Add(i int32, x float64) {
	old := v.Value[i]
	if old == 0 {
		// The entry is in the pattern from now on.
		v.Pattern = append(v.Pattern, i)
	}
	if s := old + x; s != 0 {
		// A sum of exactly 0 stays in the pattern, and must not be taken for absent.
		v.Value[i] = s
	} else {
		v.Value[i] = Tiny
	}
}

// Forward solves B x = v: v is indexed by rows and cleared, x by positions and
// expected to be clear.
//
// First the operations of L in their order, then U from the last step that can matter
// back to the first.
func (f *Factors) Forward(v, x *Vector) {
	for k, r := range f.lowerRow {
		c := v.Value[r]
		// The operation does nothing to this vector.
		if c == 0 {
			continue
		}
		index, value := f.lower.Part(k)
		for e, i := range index {
			v.Add(i, -value[e]*c)
		}
	}
	// Rows without an entry have no step that matters.
	last := -1
	for _, i := range v.Pattern {
		last = max(last, int(f.stepOfRow[i]))
	}
	f.triangle(last, -1, v, x, f.PivotRow, f.PivotCol, &f.upperCols)
}

// Dropped is the size below which numbers are taken for rounding errors of zero.
const Dropped = 1e-14

// triangle solves with U, from step k on in steps of by: at[k] has the right side of step k in v, to[k] is where its
// solution goes in x, and off has what the solution takes off other entries of v. Both are as in [Factors.Forward].
func (f *Factors) triangle(k, by int, v, x *Vector, at, to []int32, off *lists.Of[float64]) {
	for ; k >= 0 && k < f.Size; k += by {
		c := v.Value[at[k]]
		if c == 0 {
			continue
		}
		v.Value[at[k]] = 0
		// Rounding that is not worth a pass over a list.
		if math.Abs(c) < Dropped {
			continue
		}
		c /= f.pivot[k]
		x.Value[to[k]] = c
		x.Pattern = append(x.Pattern, to[k])
		index, value := off.Part(k)
		for e, i := range index {
			// The entry may be new; the pattern of v is of no use any more.
			v.Value[i] -= value[e] * c
		}
	}
	v.Pattern = v.Pattern[:0]
}

// Backward solves Bᵀ y = c: c is indexed by positions and cleared, y by rows and
// expected to be clear.
//
// First Uᵀ from the first step that can matter on, then the operations of L backwards.
func (f *Factors) Backward(c, y *Vector) {
	first := f.Size
	for _, p := range c.Pattern {
		first = min(first, int(f.stepOfCol[p]))
	}
	f.triangle(first, 1, c, y, f.PivotCol, f.PivotRow, &f.UpperRows)
	for k := len(f.lowerRow) - 1; k >= 0; k-- {
		// All entries below the pivot of the operation are gathered.
		sum := 0.0
		index, value := f.lower.Part(k)
		for e, i := range index {
			sum += value[e] * y.Value[i]
		}
		// An operation takes effect on its pivot row only.
		if sum != 0 {
			y.Add(f.lowerRow[k], -sum)
		}
	}
}
