package rational

import (
	"fmt"
	"slices"
)

// RatVector is a vector of fractions. By convention it is not changed once built.
type RatVector []Rat

// Dot returns the sum of v[i]·w[i]. It panics if the lengths differ.
func (v RatVector) Dot(w RatVector) Rat {
	sameLength("Dot", len(v), len(w))
	var sum Rat
	for i, c := range v {
		// Products of zeros would be added as fractions, which costs more than the look at them.
		if !c.IsZero() && !w[i].IsZero() {
			sum = sum.Add(c.Mul(w[i]))
		}
	}
	return sum
}

// Add returns v + w. It panics if the lengths differ.
func (v RatVector) Add(w RatVector) RatVector {
	sameLength("Add", len(v), len(w))
	out := make(RatVector, len(v))
	for i, c := range v {
		out[i] = c.Add(w[i])
	}
	return out
}

// Sub returns v - w. It panics if the lengths differ.
func (v RatVector) Sub(w RatVector) RatVector {
	sameLength("Sub", len(v), len(w))
	out := make(RatVector, len(v))
	for i, c := range v {
		out[i] = c.Sub(w[i])
	}
	return out
}

// Scale returns s·v.
func (v RatVector) Scale(s Rat) RatVector {
	out := make(RatVector, len(v))
	for i, c := range v {
		out[i] = s.Mul(c)
	}
	return out
}

// Sum returns the sum of the entries.
func (v RatVector) Sum() Rat {
	var sum Rat
	for _, c := range v {
		sum = sum.Add(c)
	}
	return sum
}

// IsZero reports whether every entry is zero.
func (v RatVector) IsZero() bool {
	return !slices.ContainsFunc(v, func(c Rat) bool { return !c.IsZero() })
}

// Equal reports whether v and w have the same length and entries.
func (v RatVector) Equal(w RatVector) bool { return slices.EqualFunc(v, w, Rat.Equal) }

// Denominator returns the least common denominator of the entries, at least one.
func (v RatVector) Denominator() Int {
	lcm := NewInt(1)
	for _, c := range v {
		// The entries that are integers leave it as it is.
		if c.IsInt() {
			continue
		}
		// So do most others of a long list, and a remainder is cheaper than a greatest
		// common divisor.
		if _, rest := lcm.QuoRem(c.den); !rest.IsZero() {
			lcm = LCM(lcm, c.den)
		}
	}
	return lcm
}

// Integers returns the least d > 0 and the integer vector m with v = m/d.
func (v RatVector) Integers() (m Vector, d Int) {
	// The least one, so that m has no factor in common with d as a whole.
	d = v.Denominator()
	m = make(Vector, len(v))
	for i, c := range v {
		m[i] = c.num.Mul(d.DivExact(c.Den()))
	}
	return m, d
}

// Primitive returns the primitive integer vector in the direction of v, which is
// v scaled by a positive number; the zero vector stays zero.
func (v RatVector) Primitive() Vector {
	m, _ := v.Integers()
	return m.Primitive()
}

// String returns the entries in brackets, separated by spaces.
func (v RatVector) String() string { return fmt.Sprint([]Rat(v)) }
