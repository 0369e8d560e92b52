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

func newScaled(x []rational.Rat) *scaled {
	v := &scaled{x: x, sum: equations.NewSum()}
	v.num, v.den = equations.Common(len(x), func(k int) (num, den rational.Int) { return x[k].Num(), x[k].Den() })
	return v
}

// activity returns the sum of the products of the terms with x, until the next call.
func (v *scaled) activity(terms []Term) *equations.Sum {
	return v.combine(rational.Rat{}, terms, one)
}

// combine returns c + sign·Σ of the products of the terms with x, until the next call.
func (v *scaled) combine(c rational.Rat, terms []Term, sign rational.Rat) *equations.Sum {
	s := v.sum
	// The denominators have little in common: the sum brings them together as it goes.
	if v.num == nil {
		s.Start()
		s.Add(one, c)
		addProducts(s, terms, v.x, sign)
		return s
	}
	// The coefficients of one row have short denominators, mostly one.
	den := c.Den()
	for _, t := range terms {
		den = equations.Multiple(den, t.Coefficient.Den())
	}
	v.acc.Reset()
	v.acc.AddMul(equations.Over(c.Num(), c.Den(), den), v.den)
	for _, t := range terms {
		if x := v.num[t.Variable]; !x.IsZero() {
			a := sign.Mul(t.Coefficient)
			v.acc.AddMul(equations.Over(a.Num(), a.Den(), den), x)
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
