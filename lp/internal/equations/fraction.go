package equations

import (
	"context"

	"pstar/rational"
)

// Fraction is num/den with den > 0, not always in lowest terms: those of one solution
// nearly agree in their denominators, and taking out a common factor is dear where numbers are
// long. Where lowest terms came for free they are kept in lowest.
type Fraction struct {
	Num, Den rational.Int
	lowest   rational.Rat
	known    bool // lowest is set
}

// Lowest terms come for free where a rational number is at hand.
func fractionOf(v rational.Rat) Fraction { return Fraction{v.Num(), v.Den(), v, true} }

// Rat returns the fraction in lowest terms.
func (f Fraction) Rat() rational.Rat {
	// Otherwise it is computed again each time: nothing is kept.
	if f.known {
		return f.lowest
	}
	return rational.RatFromInts(f.Num, f.Den)
}

// Neg returns −f.
func (f Fraction) Neg() Fraction { return Fraction{f.Num.Neg(), f.Den, f.lowest.Neg(), f.known} }

// shortBits is a length up to which lowest terms are cheap. Below it a greatest common
// divisor costs no more than the products around it.
const shortBits = 256

// newFraction returns num/den for den > 0.
func newFraction(num, den rational.Int) Fraction {
	// An integer is in lowest terms, and a short fraction is brought there, which keeps
	// what is computed with it short.
	if num.IsZero() || den.IsOne() || den.BitLen() <= shortBits && num.BitLen() <= shortBits {
		return fractionOf(rational.RatFromInts(num, den))
	}
	return Fraction{Num: num, Den: den}
}

// Over returns f divided by d ≠ 0.
func (f Fraction) Over(d rational.Int) Fraction {
	// Denominators are positive.
	if d.Sign() < 0 {
		f, d = f.Neg(), d.Neg()
	}
	if d.IsOne() {
		return f
	}
	// One greatest common divisor, of a number that is in lowest terms: the result is
	// too.
	if f.known {
		return fractionOf(f.lowest.Mul(rational.RatFromInts(rational.NewInt(1), d)))
	}
	// The common divisor with the numerator alone: it is short if d is, whatever the
	// length of the fraction.
	if g := rational.GCD(f.Num, d); !g.IsOne() {
		f.Num, d = f.Num.DivExact(g), d.DivExact(g)
	}
	return newFraction(f.Num, f.Den.Mul(d))
}

// minusProducts returns b − Σ value[e]·x[index[e]] over all e but that of the index
// skip. It is the right side of an equation with all unknowns but one put in. Zeros
// cost nothing, and one term alone stays in lowest terms.
func minusProducts(b rational.Int, index []int32, value []rational.Int, x []Fraction, skip int32) Fraction {
	terms, last := 0, 0
	for e, i := range index {
		if i != skip && !x[i].Num.IsZero() {
			terms, last = terms+1, e
		}
	}
	// Nothing but b.
	if terms == 0 {
		return fractionOf(rational.RatFromInt(b))
	}
	if f := x[index[last]]; terms == 1 && b.IsZero() && f.known {
		return fractionOf(f.lowest.Mul(rational.RatFromInt(value[last].Neg())))
	}
	// Fractions of one solution nearly agree in their denominators, which is what Sum
	// is for.
	s := Sum{Num: b, Den: rational.NewInt(1)}
	for e, i := range index {
		if i != skip && !x[i].Num.IsZero() {
			s.AddOver(value[e].Neg().Mul(x[i].Num), x[i].Den)
		}
	}
	return newFraction(s.Num, s.Den)
}

// Rats returns fractions in lowest terms. Long ones take long to reduce, so it looks at
// ctx. It is for results: what stays inside the solver is better left as it is.
func Rats(ctx context.Context, list []Fraction) ([]rational.Rat, error) {
	out := make([]rational.Rat, len(list))
	for i, f := range list {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// The zero value is 0 already.
		if !f.Num.IsZero() {
			out[i] = f.Rat()
		}
	}
	return out, nil
}
