package certificate

import (
	"math/big"
	"strconv"
	"strings"
)

// bigInt reads an integer written in a string.
func (r *reader) bigInt() *big.Int {
	s := r.text()
	r.spend(1, parseCost(len(s)))
	v, ok := parseBigInt(s)
	if !ok {
		r.wrongNumber(isInteger(s, len(s)), "expected an integer in a string, of at most %d digits without leading zeros, found %s", MaxDigits, clip(s))
	}
	return v
}

// rational reads a fraction written in a string: an integer, or "a/b" in lowest
// terms with b > 1. So every number has one spelling.
func (r *reader) rational() *big.Rat {
	s := r.text()
	r.spend(1, parseCost(len(s)))
	num, den, isFraction := strings.Cut(s, "/")
	if !isFraction {
		den = "1"
	}
	a, ok := parseBigInt(num)
	b, okDen := parseBigInt(den)
	if !ok || !okDen || isFraction && b.Cmp(one) <= 0 {
		r.wrongNumber(isInteger(num, len(num)) && isInteger(den, len(den)) && den[0] != '-' && den != "0" && (!isFraction || den != "1"), "expected an integer or a fraction a/b with b > 1 in a string, of at most %d digits each, found %s", MaxDigits, clip(s))
	}
	v := r.fraction(a, b)
	if v.Denom().Cmp(b) != 0 {
		r.rejectLast("fraction %s is not in lowest terms", clip(s))
	}
	return v
}

// wrongNumber rejects the scalar read last: for its length only, or for its form.
func (r *reader) wrongNumber(tooLong bool, format string, args ...any) {
	if tooLong {
		r.beyondLast(format, args...)
	}
	r.rejectLast(format, args...)
}

// fraction is a/b in lowest terms, for b > 0.
func (r *reader) fraction(a, b *big.Int) *big.Rat {
	r.spend(1, gcdCost(wordsOf(a), wordsOf(b)))
	return new(big.Rat).SetFrac(a, b)
}

// probability reads a rational number that is not negative.
func (r *reader) probability() *big.Rat {
	v := r.rational()
	if v.Sign() < 0 {
		r.rejectLast("probability %s is negative", short(v))
	}
	return v
}

var one = big.NewInt(1)

// parseBigInt parses 0 or -?[1-9][0-9]*, within the cap on digits.
func parseBigInt(s string) (*big.Int, bool) {
	if !isInteger(s, MaxDigits) {
		return nil, false
	}
	if len(s) <= maxIntegerDigits {
		v, _ := strconv.ParseInt(s, 10, 64) // 18 digits fit
		return big.NewInt(v), true
	}
	return new(big.Int).SetString(s, 10)
}
