package lp

import (
	"context"

	"pstar/rational"
)

// fraction is num/den with den > 0, not always in lowest terms: those of one solution
// nearly agree in their denominators, and taking out a common factor is dear where numbers are
// long. Where lowest terms came for free they are kept in lowest.
type fraction struct {
	num, den rational.Int
	lowest   rational.Rat
	known    bool // lowest is set
}

func fractionOf(v rational.Rat) fraction { return fraction{v.Num(), v.Den(), v, true} }

// rat returns the fraction in lowest terms.
func (f fraction) rat() rational.Rat {
	if f.known {
		return f.lowest
	}
	return rational.RatFromInts(f.num, f.den)
}

func (f fraction) neg() fraction { return fraction{f.num.Neg(), f.den, f.lowest.Neg(), f.known} }

// shortBits is a length up to which lowest terms are cheap.
const shortBits = 256

// newFraction returns num/den for den > 0.
func newFraction(num, den rational.Int) fraction {
	if num.IsZero() || den.IsOne() || den.BitLen() <= shortBits && num.BitLen() <= shortBits {
		return fractionOf(rational.RatFromInts(num, den))
	}
	return fraction{num: num, den: den}
}

// over returns f divided by d ≠ 0.
func (f fraction) over(d rational.Int) fraction {
	if d.Sign() < 0 {
		f, d = f.neg(), d.Neg()
	}
	if d.IsOne() {
		return f
	}
	if f.known {
		return fractionOf(f.lowest.Mul(rational.RatFromInts(rational.NewInt(1), d)))
	}
	if g := rational.GCD(f.num, d); !g.IsOne() {
		f.num, d = f.num.DivExact(g), d.DivExact(g)
	}
	return newFraction(f.num, f.den.Mul(d))
}

// minusProducts returns b − Σ value[e]·x[index[e]] over all e but that of the index skip.
func minusProducts(b rational.Int, index []int32, value []rational.Int, x []fraction, skip int32) fraction {
	terms, last := 0, 0
	for e, i := range index {
		if i != skip && !x[i].num.IsZero() {
			terms, last = terms+1, e
		}
	}
	if terms == 0 {
		return fractionOf(rational.RatFromInt(b))
	}
	if f := x[index[last]]; terms == 1 && b.IsZero() && f.known {
		return fractionOf(f.lowest.Mul(rational.RatFromInt(value[last].Neg())))
	}
	s := sum{num: b, den: rational.NewInt(1)}
	for e, i := range index {
		if i != skip && !x[i].num.IsZero() {
			s.addOver(value[e].Neg().Mul(x[i].num), x[i].den)
		}
	}
	return newFraction(s.num, s.den)
}

// rats returns fractions in lowest terms. Long ones take long to reduce, so it looks at ctx.
func rats(ctx context.Context, list []fraction) ([]rational.Rat, error) {
	out := make([]rational.Rat, len(list))
	for i, f := range list {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if !f.num.IsZero() {
			out[i] = f.rat()
		}
	}
	return out, nil
}
