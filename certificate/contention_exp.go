package certificate

import (
	"fmt"
	"math/big"
)

// Limits on exponentials.
const (
	maxExponent    = 4096 // of |x| in e^x
	firstPrecision = 64   // bits, doubled until a comparison is decided
	lastPrecision  = 4096
)

// exp returns lo ≤ e^x ≤ hi, both multiples of 2^−work for some work > p. It rejects
// x > maxExponent; for x < −maxExponent it returns 0 and a bound of e^−maxExponent.
//
// With y = x/2^k, |y| ≤ 1/2, the terms of Σ y^m/m! are computed in units of 2^−work,
// each from the one before with one rounding: an error of at most two units, as
// the factor |y|/m halves that of the one before. The sum stops after a term of at
// most one unit, and the rest of the series is then at most three. So with m terms
// the error is at most 2m+3 units. Then the bounds are squared k times, rounded
// outward; a lower bound that is not positive becomes 0.
func (r *reader) exp(x *big.Rat, p uint) (lo, hi *big.Rat) {
	if limit := big.NewRat(maxExponent, 1); r.cmp(new(big.Rat).Abs(x), limit) > 0 {
		if x.Sign() > 0 {
			r.beyondNext("the exponent %s is beyond %d", short(x), maxExponent)
		}
		_, hi = r.exp(limit.Neg(limit), p)
		return ratZero, hi
	}
	// |num| < 2^(bits of num) and den ≥ 2^(bits of den − 1), so that k makes |y| ≤ 1/2.
	k := uint(max(0, x.Num().BitLen()-x.Denom().BitLen()+2))
	work := p + 2*k + 16
	one := new(big.Int).Lsh(big.NewInt(1), work)
	denominator := new(big.Int).Lsh(x.Denom(), k)
	term, total := new(big.Int).Set(one), new(big.Int).Set(one)
	terms := int64(1)
	for m := int64(1); term.CmpAbs(big.NewInt(1)) > 0; m++ {
		r.spend(3, mulCost(wordsOf(term)+1, wordsOf(denominator)))
		term.Mul(term, x.Num())
		term.Quo(term, new(big.Int).Mul(denominator, big.NewInt(m)))
		total.Add(total, term)
		terms++
	}
	slack := big.NewInt(2*terms + 3)
	low, high := new(big.Int).Sub(total, slack), new(big.Int).Add(total, slack)
	if low.Sign() < 0 {
		low.SetInt64(0)
	}
	for range k {
		r.spend(2, mulCost(wordsOf(high), wordsOf(high)))
		low.Rsh(low.Mul(low, low), work)
		high.Rsh(high.Mul(high, high), work)
		high.Add(high, big.NewInt(1))
	}
	return r.fraction(low, one), r.fraction(high, one)
}

// atPrecisions calls decide with growing precisions until it reports true, and
// says whether it did.
func atPrecisions(decide func(bits uint) bool) bool {
	for bits := uint(firstPrecision); bits <= lastPrecision; bits *= 2 {
		if decide(bits) {
			return true
		}
	}
	return false
}

// decimal spells a number for people.
func decimal(x *big.Rat) string { return fmt.Sprintf("%s (%s)", short(x), x.FloatString(10)) }
