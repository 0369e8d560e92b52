// Package vector has the integer vectors of an elimination: in machine words as long as their entries fit, and as
// primitive vectors after each combination.
package vector

import (
	"pstar/internal/word"
	"pstar/rational"
)

// Vector is an integer vector in machine words if all entries fit (Small), else
// in wide integers. Exactly one of the two is set.
type Vector struct {
	Small []int64
	wide  rational.Vector
	bound uint64 // at least the greatest |entry| of Small
}

// New is v in words if they fit; else it keeps v.
func New(v rational.Vector) Vector {
	small, bound, ok := word.Of(v)
	if !ok {
		return Vector{wide: v}
	}
	return Vector{Small: small, bound: bound}
}

// Size is the number of entries. One of the two lists is empty.
func (v *Vector) Size() int { return max(len(v.Small), len(v.wide)) }

// At returns entry i.
func (v *Vector) At(i int) rational.Int {
	if v.Small != nil {
		return rational.NewInt(v.Small[i])
	}
	return v.wide[i]
}

// Sign returns the sign of entry i.
func (v *Vector) Sign(i int) int {
	if v.Small == nil {
		// The wide entries know their signs; only words are compared here.
		return v.wide[i].Sign()
	}
	switch x := v.Small[i]; {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// Integers returns the entries from..to-1.
// They are new, and belong to the caller.
func (v *Vector) Integers(from, to int) rational.Vector {
	out := make(rational.Vector, to-from)
	for i := range out {
		out[i] = v.At(from + i)
	}
	return out
}

// Cancel returns the primitive vector of a·p + b·n, with positive a and b chosen
// so that entry c, positive in p and negative in n, vanishes. It reports the
// numbers a and b after division by the content d, as fractions a/d and b/d.
func Cancel(p, n *Vector, c int) (sum Vector, a, b rational.Rat) {
	// Entry c of a·p + b·n is |n_c|·p_c - p_c·|n_c| = 0, whatever common factor is taken out of
	// both.
	x, y := n.At(c).Neg(), p.At(c)
	// The smallest factors that do: entries grow by what is multiplied, and the content is
	// found sooner.
	if g := rational.GCD(x, y); !g.IsOne() {
		x, y = x.DivExact(g), y.DivExact(g)
	}
	s, okS := x.Int64()
	t, okT := y.Int64()
	var content rational.Int
	// One test for all entries, by the bounds of both vectors, instead of one for each.
	if okS && okT && p.Small != nil && n.Small != nil && word.Fits(uint64(s), p.bound, uint64(t), n.bound) {
		sum.Small = make([]int64, len(p.Small))
		// The compiler need not look at each index of n then.
		ns := n.Small[:len(p.Small)]
		for i, v := range p.Small {
			sum.Small[i] = s*v + t*ns[i]
		}
		content = rational.NewInt(sum.normalise())
	} else {
		wide := rational.Combine(x, p.Integers(0, p.Size()), y, n.Integers(0, n.Size()))
		content = wide.Content()
		sum = New(wide.Primitive())
	}
	return sum, rational.RatFromInts(x, content), rational.RatFromInts(y, content)
}

// normalise divides a small vector by its content, which it returns, and sets
// the bound.
// Words of 0 alone have the content 1.
func (v *Vector) normalise() int64 {
	g := word.Content(v.Small)
	v.bound = 0
	for i, x := range v.Small {
		if g > 1 {
			x /= g
			v.Small[i] = x
		}
		v.bound = max(v.bound, word.Magnitude(x))
	}
	return g
}
