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

// expBounds returns lo ≤ e^x ≤ hi, both multiples of 2^−p, for |x| ≤ maxExponent.
//
// With y = x/2^k, |y| ≤ 1/2, the terms of Σ y^m/m! are computed in units of 2^−p,
// each from the one before with one rounding: an error of at most two units, as
// the factor |y|/m halves that of the one before. The sum stops after a term of at
// most one unit, and the rest of the series is then at most three. So with m terms
// the error is at most 2m+3 units. Then the bounds are squared k times, rounded
// outward; a lower bound that is not positive becomes 0.
func expBounds(x *big.Rat, p uint) (lo, hi *big.Rat) {
	k := uint(0)
	for y := new(big.Rat).Abs(x); y.Cmp(ratHalf) > 0; k++ {
		y.Mul(y, ratHalf)
	}
	work := p + 2*k + 16
	one := new(big.Int).Lsh(big.NewInt(1), work)
	denominator := new(big.Int).Lsh(x.Denom(), k)
	term, total := new(big.Int).Set(one), new(big.Int).Set(one)
	terms := int64(1)
	for m := int64(1); term.CmpAbs(big.NewInt(1)) > 0; m++ {
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
		low.Rsh(low.Mul(low, low), work)
		high.Rsh(high.Mul(high, high), work)
		high.Add(high, big.NewInt(1))
	}
	return new(big.Rat).SetFrac(low, one), new(big.Rat).SetFrac(high, one)
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

// boundExponent rejects an exponential out of range.
func (r *reader) boundExponent(x *big.Rat) {
	if new(big.Rat).Abs(x).Cmp(big.NewRat(maxExponent, 1)) > 0 {
		r.rejectNext("the exponent %s is beyond %d", short(x), maxExponent)
	}
}

// decimal spells a number for people.
func decimal(x *big.Rat) string { return fmt.Sprintf("%s (%s)", short(x), x.FloatString(10)) }
