package extended

import (
	"slices"

	"pstar/lp/internal/lists"
)

// LU is a factorisation of the basis matrix into L U up to the order of rows, by
// columns from left to right, in the order that package lu has found in float64 and with the
// same pivots where they are not small.
//
// It looks for no order of its own: fill and work are those of float64's order. It is
// stored by columns, L with multipliers below the pivot, U above it with steps in place
// of rows.
type LU struct {
	position     []int32 // the column of every step
	row          []int32 // the pivot row of every step
	step         []int32 // of every row, −1 before it has one
	inversePivot []Number
	lower        lists.Of[Number] // rows below the pivot, with multipliers
	upper        lists.Of[Number] // steps above the pivot
	work         []Number         // by rows
}

// Of the 192 bits of a number. The threshold for pivots is loose: the order of float64
// is kept unless a pivot would lose a quarter of the digits.
const (
	cancelledBits = 182 // what is left of a difference that loses more bits is rounding
	pivotBits     = 50  // a pivot is at most so many bits smaller than the largest entry
	noPivotBits   = 185 // what is so much smaller than the column was is no pivot
)

// Less returns x − y, or zero if only rounding errors are left. Otherwise zeros would
// fill up with numbers that are nothing but error.
func (x Number) Less(y Number) Number {
	// Exponents differ by as many bits as were lost.
	z := x.Minus(y)
	if x.hi != 0 && z.hi != 0 && z.Exponent < x.Exponent-cancelledBits {
		return Number{}
	}
	return z
}

// Factor factors the matrix whose columns are given, in the order of order and with the
// pivot rows of wish where they will do. It returns the positions without a pivot, and
// as many rows.
//
// Positions are the columns of the basis, and are processed in this order; for each,
// the steps before are applied, and a pivot is chosen among the rows that have none.
func (f *LU) Factor(size int, order, wish []int32, column func(position int32) ([]int32, []Number)) (positions, rows []int32) {
	f.position, f.row, f.inversePivot = f.position[:0], f.row[:0], f.inversePivot[:0]
	f.lower.Reset()
	f.upper.Reset()
	f.step, f.work = slices.Grow(f.step[:0], size)[:size], slices.Grow(f.work[:0], size)[:size]
	clear(f.work)
	// No row has a step yet.
	for i := range f.step {
		f.step[i] = -1
	}
	// The rows in which the column at hand has been written to, to be cleared after it.
	var seen []int32
	for k, p := range order {
		seen = seen[:0]
		// The first step that can matter for this column; the size of its largest
		// entry.
		first, largest := len(f.row), int64(0)
		index, value := column(p)
		for e, i := range index {
			f.work[i] = value[e]
			// It begins where the column has its first entry in a row of an earlier
			// step.
			if seen = append(seen, i); f.step[i] >= 0 {
				first = min(first, int(f.step[i]))
			}
			if e == 0 || value[e].Exponent > largest {
				largest = value[e].Exponent
			}
		}
		seen = f.reduce(first, seen)
		if !f.take(p, wish[k], seen, largest) {
			positions = append(positions, p)
		}
	}
	// As many rows as positions have no pivot.
	if len(positions) > 0 {
		// Rows without a step go with positions without a pivot.
		for i, s := range f.step {
			if s < 0 {
				rows = append(rows, int32(i))
			}
		}
	}
	return positions, rows
}

// reduce applies the earlier steps to the column in work. seen has the rows in which
// the column has entries, which grow by fill.
func (f *LU) reduce(first int, seen []int32) []int32 {
	// In order, since fill goes to rows of later steps only.
	for s := first; s < len(f.row); s++ {
		// What is left of the column in a pivot row is an entry of U.
		v := f.work[f.row[s]]
		if v.IsZero() {
			continue
		}
		f.upper.Add(int32(s), v)
		index, value := f.lower.Part(s)
		for e, i := range index {
			// Fill.
			if f.work[i].IsZero() {
				seen = append(seen, i)
			}
			f.work[i] = f.work[i].Less(value[e].Times(v))
		}
	}
	return seen
}

// take makes the column in work that of the next step, if there is a pivot, and clears
// it. Where there is no pivot, U must forget the column.
func (f *LU) take(position, wish int32, seen []int32, largest int64) bool {
	// The largest entry that is left.
	pivot := int32(-1)
	// Only rows without a step can hold the pivot.
	for _, i := range seen {
		if f.step[i] < 0 && !f.work[i].IsZero() && (pivot < 0 || f.work[i].Abs().Cmp(f.work[pivot].Abs()) > 0) {
			pivot = i
		}
	}
	// It is rounding beside what the column was.
	if pivot >= 0 && f.work[pivot].Exponent < largest-noPivotBits {
		pivot = -1
	}
	// The pivot of float64 is taken where it is not much smaller, as the order was made
	// for it.
	if pivot >= 0 && f.step[wish] < 0 && !f.work[wish].IsZero() && f.work[wish].Exponent >= f.work[pivot].Exponent-pivotBits {
		pivot = wish
	}
	if pivot >= 0 {
		f.step[pivot] = int32(len(f.row))
		f.row, f.position = append(f.row, pivot), append(f.position, position)
		inverse := f.work[pivot].Inverse()
		f.inversePivot = append(f.inversePivot, inverse)
		f.work[pivot] = Number{}
		for _, i := range seen {
			// What is below the pivot is L, as multiples of it.
			if f.step[i] < 0 && !f.work[i].IsZero() {
				f.lower.Add(i, f.work[i].Times(inverse))
			}
			f.work[i] = Number{}
		}
		f.lower.End()
		f.upper.End()
		return true
	}
	for _, i := range seen {
		f.work[i] = Number{}
	}
	// What reduce added since the last column that was ended.
	f.upper.Index, f.upper.Value = f.upper.Index[:f.upper.Start[len(f.row)]], f.upper.Value[:f.upper.Start[len(f.row)]]
	return false
}

// Forward solves B x = v for v by rows, which is destroyed, and x by positions. First L
// by steps, then U from the last step back. Operations are applied where they have
// something to do.
func (f *LU) Forward(v, x []Number) {
	for s, r := range f.row {
		if c := v[r]; !c.IsZero() {
			index, value := f.lower.Part(s)
			for e, i := range index {
				v[i] = v[i].Less(c.Times(value[e]))
			}
		}
	}
	for s := len(f.row) - 1; s >= 0; s-- {
		c := v[f.row[s]]
		if c.IsZero() {
			x[f.position[s]] = c
			continue
		}
		c = c.Times(f.inversePivot[s])
		x[f.position[s]] = c
		index, value := f.upper.Part(s)
		for e, t := range index {
			r := f.row[t]
			v[r] = v[r].Less(c.Times(value[e]))
		}
	}
}

// Backward solves Bᵀ y = c for c by positions and y by rows. First Uᵀ by steps, then Lᵀ
// from the last step back.
func (f *LU) Backward(c, y []Number) {
	// By columns of U: all that comes before is known.
	for s, r := range f.row {
		v := c[f.position[s]]
		index, value := f.upper.Part(s)
		for e, t := range index {
			if w := y[f.row[t]]; !w.IsZero() {
				v = v.Less(w.Times(value[e]))
			}
		}
		y[r] = v.Times(f.inversePivot[s])
	}
	for s := len(f.row) - 1; s >= 0; s-- {
		// Backwards through L.
		v := y[f.row[s]]
		index, value := f.lower.Part(s)
		for e, i := range index {
			if w := y[i]; !w.IsZero() {
				v = v.Less(w.Times(value[e]))
			}
		}
		y[f.row[s]] = v
	}
}
