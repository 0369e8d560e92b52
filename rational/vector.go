package rational

import (
	"fmt"
	"slices"
)

// Vector is a vector of integers. By convention it is not changed once built.
type Vector []Int

// NewVector returns the vector with the given entries.
func NewVector(v ...int64) Vector {
	out := make(Vector, len(v))
	for i, c := range v {
		out[i] = NewInt(c)
	}
	return out
}

// sameLength panics unless two lengths agree: they are of vectors that op combines.
func sameLength(op string, n, m int) {
	if n != m {
		panic(fmt.Sprintf("rational: %s of vectors of length %d and %d", op, n, m))
	}
}

// Dot returns the sum of v[i]·w[i]. It panics if the lengths differ.
func (v Vector) Dot(w Vector) Int {
	sameLength("Dot", len(v), len(w))
	// Most products stay in two words, and allocate nothing.
	if hi, lo, ok := dotWords(v, w); ok {
		return IntFrom128(hi, lo)
	}
	// From the beginning: what was added up to the overflow is not kept.
	var sum Sum
	for i, c := range v {
		sum.AddMul(c, w[i])
	}
	return sum.Int()
}

// dotWords returns the product of vectors of machine words in 128 bits; it gives up
// at the first wide entry or overflow.
func dotWords(v, w Vector) (hi int64, lo uint64, ok bool) {
	// The sum of products is exact in 128 bits or given up.
	for i, c := range v {
		if c.wide != nil || w[i].wide != nil {
			return 0, 0, false
		}
		h, l := mul128(c.small, w[i].small)
		if hi, lo, ok = add128(hi, lo, h, l); !ok {
			return 0, 0, false
		}
	}
	return hi, lo, true
}

// Neg returns -v.
func (v Vector) Neg() Vector {
	out := make(Vector, len(v))
	for i, c := range v {
		out[i] = c.Neg()
	}
	return out
}

// IsZero reports whether every entry is zero.
func (v Vector) IsZero() bool {
	return !slices.ContainsFunc(v, func(c Int) bool { return !c.IsZero() })
}

// Equal reports whether v and w have the same length and entries.
func (v Vector) Equal(w Vector) bool { return slices.EqualFunc(v, w, Int.Equal) }

// Content returns the greatest common divisor of the entries: never negative, and
// zero for the zero vector.
func (v Vector) Content() Int {
	// GCD(0, c) = |c|, so that the first entry begins.
	var g Int
	for _, c := range v {
		// Zeros divide nothing, and are most of a vector.
		if c.IsZero() {
			continue
		}
		if g = GCD(g, c); g.IsOne() {
			break
		}
	}
	return g
}

// Primitive returns v divided by its content: the shortest integer vector in the
// same direction. The sign never flips; the zero vector stays zero. The result is
// v itself if there is nothing to divide.
func (v Vector) Primitive() Vector {
	// Positive, so that directions stay.
	g := v.Content()
	if g.IsZero() || g.IsOne() {
		return v
	}
	out := make(Vector, len(v))
	for i, c := range v {
		out[i] = c.DivExact(g)
	}
	return out
}

// Combine returns a·v + b·w. It panics if the lengths differ.
func Combine(a Int, v Vector, b Int, w Vector) Vector {
	sameLength("Combine", len(v), len(w))
	out := make(Vector, len(v))
	combineInto(out, a, v, b, w)
	return out
}

// CombinePrimitive returns the primitive vector of a·v + b·w. It is
// Combine(a, v, b, w).Primitive() with one allocation.
func CombinePrimitive(a Int, v Vector, b Int, w Vector) Vector {
	out := Combine(a, v, b, w)
	// The vector is new, and may be divided in place.
	g := out.Content()
	if g.IsZero() || g.IsOne() {
		return out
	}
	for i, c := range out {
		out[i] = c.DivExact(g)
	}
	return out
}

// combineInto stores a·v + b·w; the loop over machine words has no calls.
func combineInto(out Vector, a Int, v Vector, b Int, w Vector) {
	// The factors are looked at once, and not for each entry.
	words := a.wide == nil && b.wide == nil
	for i := range out {
		if words && v[i].wide == nil && w[i].wide == nil {
			s, ok1 := mul64(a.small, v[i].small)
			t, ok2 := mul64(b.small, w[i].small)
			// Not looked at if a product has overflowed: the three are tested together.
			u, ok3 := add64(s, t)
			if ok1 && ok2 && ok3 {
				out[i] = Int{small: u}
				continue
			}
		}
		out[i] = a.Mul(v[i]).Add(b.Mul(w[i]))
	}
}

// Rats returns v with rational entries.
func (v Vector) Rats() RatVector {
	out := make(RatVector, len(v))
	for i, c := range v {
		out[i] = RatFromInt(c)
	}
	return out
}

// String returns the entries in brackets, separated by spaces.
func (v Vector) String() string { return fmt.Sprint([]Int(v)) }
