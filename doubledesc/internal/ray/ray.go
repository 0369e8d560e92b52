// Package ray holds vectors of a double description: machine words that widen to big integers
// one vector at a time, when an entry overflows. They share memory only where Combine is told to.
package ray

import (
	"math/bits"

	"pstar/cone"
	"pstar/internal/word"
	"pstar/rational"
)

// Vector is a generator of the second phase: a primitive vector in the working
// coordinates, in machine words if all entries fit (small), else in wide integers.
// Exactly one of the two is set. It is not changed once made, unless its memory is
// given to Combine.
type Vector struct {
	small  []int64
	wide   rational.Vector
	bound  uint64  // at least the greatest |entry| of small
	sparse []int32 // the nonzero coordinates of small, if there are at most maxSparse
}

// maxSparse is the number of entries up to which a ray keeps the list of its
// coordinates. Rows that bring a coordinate of their own have unit rays; adding
// a multiple of one to a long ray then touches one entry.
const maxSparse = 8

// Halfspace is a row in the working coordinates.
type Halfspace struct {
	Index  []int32 // coordinates
	Values []rational.Int
	small  []int64 // the values, if all fit a word
	norm   uint64  // sum of |small|, or the maximum word if that overflows
}

// NewHalfspace keeps both slices. A row with a value that does not fit is always
// multiplied with wide integers.
func NewHalfspace(index []int32, values []rational.Int) Halfspace {
	h := Halfspace{Index: index, Values: values, small: make([]int64, len(values))}
	for i, v := range values {
		// A value that fits no word makes the row a wide one.
		x, ok := v.Int64()
		// The smallest word has no negative of its own.
		if !ok || x == -1<<63 {
			h.small = nil
			return h
		}
		h.small[i] = x
		// The norm is the sum of sizes, or the largest word.
		sum, carry := bits.Add64(h.norm, word.Magnitude(x), 0)
		if carry != 0 {
			sum = 1<<64 - 1
		}
		h.norm = sum
	}
	return h
}

// At returns entry i, widened: callers that look at single entries do not decide the
// time.
func (r *Vector) At(i int32) rational.Int {
	if r.small != nil {
		return rational.NewInt(r.small[i])
	}
	return r.wide[i]
}

// Neg returns −r in memory of its own; the list of coordinates is shared, which nobody
// changes.
func (r *Vector) Neg() Vector {
	n := *r
	// A wide vector has no list of coordinates, and nobody looks at its bound.
	if r.small == nil {
		n.wide = r.wide.Neg()
		return n
	}
	n.small = make([]int64, len(r.small))
	for i, x := range r.small {
		n.small[i] = -x
	}
	return n
}

// Sparse returns the vector with its zeros left out.
func (r *Vector) Sparse() cone.Vector {
	var v cone.Vector
	// One of the two has a length.
	for i := range max(len(r.small), len(r.wide)) {
		if x := r.At(int32(i)); !x.IsZero() {
			v = append(v, cone.Entry{Index: i, Value: x})
		}
	}
	return v
}

// Dot returns the product of a row and a vector. In machine words if the greatest
// possible sum fits; that is looked at once, and not at each entry.
func (h *Halfspace) Dot(r *Vector) rational.Int {
	// Decided once for the whole vector; the bound holds for each partial sum too.
	if h.small != nil && r.small != nil && word.Fits(h.norm, r.bound, 0, 0) {
		var sum int64
		for k, i := range h.Index {
			sum += h.small[k] * r.small[i]
		}
		return rational.NewInt(sum)
	}
	var sum rational.Sum
	for k, i := range h.Index {
		sum.AddMul(h.Values[k], r.At(i))
	}
	return sum.Int()
}

// Combine returns the primitive vector in the direction of a·x + b·y, for positive a
// and b. If reuse is set, x is not needed any more and its memory may become the
// result's.
func Combine(a rational.Int, x *Vector, b rational.Int, y *Vector, reuse bool) Vector {
	// The factors are brought to lowest terms first: they are products with a row, and
	// often share one.
	if g := rational.GCD(a, b); !g.IsOne() {
		a, b = a.DivExact(g), b.DivExact(g)
	}
	s, okS := a.Int64()
	t, okT := b.Int64()
	if okS && okT && x.small != nil && y.small != nil && word.Fits(uint64(s), x.bound, uint64(t), y.bound) {
		bound := uint64(s)*x.bound + uint64(t)*y.bound
		// Only the entries of y change.
		if s == 1 && y.sparse != nil {
			return addSparse(x, t, y, bound, reuse)
		}
		return combineSmall(s, x, t, y, bound, reuse)
	}
	// A wide operand, or a result that could be too long. Whether it is, combineWide
	// sees.
	return combineWide(a, x, b, y)
}

// addSparse returns x + t·y for a y with few entries. The result may have the memory of
// x.
func addSparse(x *Vector, t int64, y *Vector, bound uint64, reuse bool) Vector {
	sum := x.small
	if !reuse {
		sum = append([]int64(nil), x.small...)
	}
	// No other entry changes: so the cost is that of y, but for finish.
	for _, i := range y.sparse {
		sum[i] += t * y.small[i]
	}
	return finish(sum, bound)
}

// combineSmall returns s·x + t·y, whose entries fit a word.
func combineSmall(s int64, x *Vector, t int64, y *Vector, bound uint64, reuse bool) Vector {
	// Memory of its own, unless it was given up.
	sum := x.small
	if !reuse {
		sum = make([]int64, len(x.small))
	}
	// The slice tells the compiler that ys is as long as sum.
	ys := y.small[:len(sum)]
	for i, v := range x.small {
		sum[i] = s*v + t*ys[i]
	}
	return finish(sum, bound)
}

// finish divides out the content and records bound and support.
func finish(v []int64, bound uint64) Vector {
	g := word.Content(v)
	if g > 1 {
		// All is divided anyway, so that the bound is found anew and is exact.
		bound = 0
		for i, x := range v {
			v[i] = x / g
			bound = max(bound, word.Magnitude(v[i]))
		}
	} else if bound > 1<<20 {
		bound = 0 // keep the bound from drifting away from the entries
		for _, x := range v {
			bound = max(bound, word.Magnitude(x))
		}
	}
	// The support is found anew, as entries may have cancelled.
	return Vector{small: v, bound: bound, sparse: support(v)}
}

// support returns the coordinates of the nonzero entries, or nil if there are
// more than maxSparse. It stops counting beyond.
func support(v []int64) []int32 {
	n := 0
	for _, x := range v {
		if x != 0 {
			if n++; n > maxSparse {
				return nil
			}
		}
	}
	// Never nil, even for the vector 0: nil stands for too many.
	list := make([]int32, 0, n)
	for i, x := range v {
		if x != 0 {
			list = append(list, int32(i))
		}
	}
	return list
}

// combineWide is the way for all that does not fit; its result may fit again.
func combineWide(a rational.Int, x *Vector, b rational.Int, y *Vector) Vector {
	// One operand may be small while the other is wide.
	n := max(len(x.small), len(x.wide))
	sum := make(rational.Vector, n)
	for i := range sum {
		var s rational.Sum
		s.AddMul(a, x.At(int32(i)))
		s.AddMul(b, y.At(int32(i)))
		sum[i] = s.Int()
	}
	// It is small again if dividing has made it so.
	return New(sum.Primitive())
}

// New takes over a primitive vector. It fits a word or not as a whole.
func New(v rational.Vector) Vector {
	small, bound, ok := word.Of(v)
	// One wide entry makes the vector wide.
	if !ok {
		return Vector{wide: v}
	}
	return Vector{small: small, bound: bound, sparse: support(small)}
}
