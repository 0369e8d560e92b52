package lp

import (
	"pstar/lp/internal/equations"
	"pstar/rational"
)

// scaled is a vector of fractions that sums of products are taken with. The numbers of a
// witness have denominators that nearly agree; over a common one, unless that is
// long, the sums are sums of integers.
type scaled struct {
	x   []rational.Rat
	num []rational.Int // over den, or nil
	den rational.Int
	acc rational.Sum
	sum *equations.Sum // the last one
}

// maxCommonBits is a length beyond which a common denominator would make short numbers long.
const maxCommonBits = 2048

func newScaled(x []rational.Rat) *scaled {
	v := &scaled{x: x, den: rational.NewInt(1), sum: equations.NewSum()}
	for _, f := range x {
		if v.den = commonMultiple(v.den, f.Den()); v.den.BitLen() > maxCommonBits {
			return v
		}
	}
	v.num = make([]rational.Int, len(x))
	for j, f := range x {
		if !f.IsZero() {
			v.num[j] = over(f, v.den)
		}
	}
	return v
}

// commonMultiple returns the least common multiple of two positive numbers, which mostly are
// one, or equal.
func commonMultiple(a, b rational.Int) rational.Int {
	if b.IsOne() || a.Equal(b) {
		return a
	}
	return rational.LCM(a, b)
}

// over returns the numerator of f over the multiple den of its denominator.
func over(f rational.Rat, den rational.Int) rational.Int {
	if f.IsInt() {
		return f.Num().Mul(den)
	}
	if d := f.Den(); !d.Equal(den) {
		return f.Num().Mul(den.DivExact(d))
	}
	return f.Num()
}

// activity returns the sum of the products of the terms with x, until the next call.
func (v *scaled) activity(terms []Term) *equations.Sum {
	return v.combine(rational.Rat{}, terms, one)
}

// combine returns c + sign·Σ of the products of the terms with x, until the next call.
func (v *scaled) combine(c rational.Rat, terms []Term, sign rational.Rat) *equations.Sum {
	s := v.sum
	if v.num == nil {
		s.Start()
		s.Add(one, c)
		addProducts(s, terms, v.x, sign)
		return s
	}
	den := c.Den()
	for _, t := range terms {
		den = commonMultiple(den, t.Coefficient.Den())
	}
	v.acc.Reset()
	v.acc.AddMul(over(c, den), v.den)
	for _, t := range terms {
		if !v.num[t.Variable].IsZero() {
			v.acc.AddMul(over(sign.Mul(t.Coefficient), den), v.num[t.Variable])
		}
	}
	s.Num, s.Den = v.acc.Int(), den.Mul(v.den)
	return s
}

// addProducts adds sign·Σ of the products of the terms with x, one by one.
func addProducts(s *equations.Sum, terms []Term, x []rational.Rat, sign rational.Rat) {
	for _, t := range terms {
		if !x[t.Variable].IsZero() {
			s.Add(sign.Mul(t.Coefficient), x[t.Variable])
		}
	}
}
