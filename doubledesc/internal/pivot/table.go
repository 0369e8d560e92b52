package pivot

import (
	"math/big"

	"pstar/rational"
)

// number is the arithmetic of a table. Places are those of a slice. It is an interface
// of few methods on whole slices, so that the loops are within one and need no calls.
type number[W any] interface {
	fromBig(x *big.Int) W
	sign(x W) int
	neg(x W) W
	divideBy(d W)                          // prepares eliminate and dot for a divisor d > 0
	eliminate(to, by []W, p, f W)          // to[i] = (to[i]·p - f·by[i]) / d
	dot(x, y []W) W                        // x·y / d
	compare(a, b, c, d W) int              // the sign of a·b - c·d
	least(x, a []W, found []int32) []int32 // places of the least x/-a with a < 0, for x >= 0
	content(v []W) W                       // the greatest common divisor of the entries
	exact(x W) W                           // x / d, of one word or two as x is
	integer(x W) rational.Int
}

// table writes functionals, the slots, in terms of a basis of them, the columns: the entry of
// column c and slot s over the denominator is the coefficient of the functional columns[c] in
// slots[s]. Entries are minors of the matrix of all functionals, and the denominator is that of
// the basis up to sign (Edmonds 1967), so that the division in pivot leaves no remainder.
type table[W any] struct {
	number[W]
	columns, slots []int32 // labels of functionals
	place          []int32 // by label: its column, or its slot as -1 - slot
	entries        []W     // column by column
	denominator    W
}

// column is the list of the entries of a column; it may be changed.
func (t *table[W]) column(c int) []W {
	n := len(t.slots)
	return t.entries[c*n : c*n+n : c*n+n]
}

// pivot exchanges the functional of a column with that of a slot.
func (t *table[W]) pivot(c, s int) {
	by := t.column(c)
	// p is the pivot. The new denominator is its size, since denominators are positive.
	p, negative := by[s], t.sign(by[s]) < 0
	flip := func(x W, when bool) W {
		if when {
			return t.neg(x)
		}
		return x
	}
	t.divideBy(t.denominator)
	size := flip(p, negative)
	// Both are positive, so that equal squares are equal numbers.
	same := t.compare(size, size, t.denominator, t.denominator) == 0
	for d := range t.columns {
		if d == c {
			continue
		}
		to := t.column(d)
		f := to[s]
		// Otherwise a column with 0 in the slot is still multiplied, for the new
		// denominator.
		if same && t.sign(f) == 0 {
			continue
		}
		f = flip(f, negative)
		t.eliminate(to, by, size, f)
		// eliminate has made it 0; in terms of the new functional it is −f over the
		// pivot.
		to[s] = t.neg(f)
	}
	if negative {
		for i, x := range by {
			by[i] = t.neg(x)
		}
	}
	// The functional that leaves is 1/p of the slot's, less the rest: signs of the
	// column turn with that of p.
	by[s] = flip(t.denominator, negative)
	t.denominator = size
	t.columns[c], t.slots[s] = t.slots[s], t.columns[c]
	t.place[t.columns[c]] = int32(c)
	t.place[t.slots[s]] = int32(-1 - s)
}

// copyFrom makes t equal to u, which has the same shape. Memory is kept, as a walk
// copies tables all the time.
func (t *table[W]) copyFrom(u *table[W]) {
	t.columns = append(t.columns[:0], u.columns...)
	t.slots = append(t.slots[:0], u.slots...)
	t.place = append(t.place[:0], u.place...)
	t.entries = append(t.entries[:0], u.entries...)
	t.denominator = u.denominator
}
