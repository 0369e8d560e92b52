package fm

import (
	"math/bits"

	"pstar/rational"
)

// vector is an integer vector in machine words if all entries fit (small), else
// in wide integers. Exactly one of the two is set.
type vector struct {
	small []int64
	wide  rational.Vector
	bound uint64 // at least the greatest |entry| of small
}

// It keeps v if it is wide.
func newVector(v rational.Vector) vector {
	small := make([]int64, len(v))
	var bound uint64
	for i, x := range v {
		word, ok := x.Int64()
		// The least word has no negative, on which magnitude relies.
		if !ok || word == -1<<63 {
			return vector{wide: v}
		}
		small[i] = word
		bound = max(bound, magnitude(word))
	}
	return vector{small: small, bound: bound}
}

// x is not the least word.
func magnitude(x int64) uint64 {
	if x < 0 {
		return uint64(-x)
	}
	return uint64(x)
}

// One of the two is empty.
func (v *vector) size() int { return max(len(v.small), len(v.wide)) }

func (v *vector) at(i int) rational.Int {
	if v.small != nil {
		return rational.NewInt(v.small[i])
	}
	return v.wide[i]
}

func (v *vector) sign(i int) int {
	if v.small == nil {
		return v.wide[i].Sign()
	}
	switch x := v.small[i]; {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// integers returns the entries from..to-1.
// They are new, and belong to the caller.
func (v *vector) integers(from, to int) rational.Vector {
	out := make(rational.Vector, to-from)
	for i := range out {
		out[i] = v.at(from + i)
	}
	return out
}

// fits reports whether a·x + b·y stays below 2^63.
func fits(a, x, b, y uint64) bool {
	hi1, lo1 := bits.Mul64(a, x)
	hi2, lo2 := bits.Mul64(b, y)
	// Both products in 128 bits; of the sum neither a carry nor the sign bit may be set.
	sum, carry := bits.Add64(lo1, lo2, 0)
	return hi1|hi2|carry == 0 && sum < 1<<63
}

// cancel returns the primitive vector of a·p + b·n, with positive a and b chosen
// so that entry c, positive in p and negative in n, vanishes. It reports the
// numbers a and b after division by the content d, as fractions a/d and b/d.
func cancel(p, n *vector, c int) (sum vector, a, b rational.Rat) {
	x, y := n.at(c).Neg(), p.at(c)
	// The smallest factors that do: entries grow by what is multiplied, and the content is
	// found sooner.
	if g := rational.GCD(x, y); !g.IsOne() {
		x, y = x.DivExact(g), y.DivExact(g)
	}
	s, okS := x.Int64()
	t, okT := y.Int64()
	var content rational.Int
	// One test for all entries, by the bounds of both vectors, instead of one for each.
	if okS && okT && p.small != nil && n.small != nil && fits(uint64(s), p.bound, uint64(t), n.bound) {
		sum.small = make([]int64, len(p.small))
		// The compiler need not look at each index of n then.
		ns := n.small[:len(p.small)]
		for i, v := range p.small {
			sum.small[i] = s*v + t*ns[i]
		}
		content = rational.NewInt(sum.normalise())
	} else {
		wide := rational.Combine(x, p.integers(0, p.size()), y, n.integers(0, n.size()))
		content = wide.Content()
		sum = newVector(wide.Primitive())
	}
	return sum, rational.RatFromInts(x, content), rational.RatFromInts(y, content)
}

// normalise divides a small vector by its content, which it returns, and sets
// the bound.
// Words of 0 alone have the content 1.
func (v *vector) normalise() int64 {
	g := wordContent(v.small)
	v.bound = 0
	for i, x := range v.small {
		if g > 1 {
			x /= g
			v.small[i] = x
		}
		v.bound = max(v.bound, magnitude(x))
	}
	return g
}

// wordContent is the greatest common divisor; it stops at the first sign that it
// is 1. That of a zero vector is 1 here.
func wordContent(v []int64) int64 {
	var g uint64
	for _, x := range v {
		if x == 0 {
			continue
		}
		for m := magnitude(x); m != 0; {
			g, m = m, g%m
		}
		if g == 1 {
			return 1
		}
	}
	return int64(max(g, 1))
}
