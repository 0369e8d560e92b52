package enclose

import (
	"math/big"
	"math/bits"

	"pstar/rational"
)

// Power returns an interval that contains x^n and whose ends are multiples of 2^−precision, at
// most two of which apart. It is for exponents with which the power itself is too long to be
// written out, and panics unless 0 ≤ x ≤ 1.
//
// Squarings and products of numbers from 0 to 1 are rounded down for the lower end and up for the
// upper one. The exact power of either rounded number bounds x^n; what m multiplications of numbers
// up to 1 are off by adds up to less than 2(n + m) units, and log2 n more digits than asked make
// that less than one unit of those asked for.
func Power(x rational.Rat, n uint, precision uint) Interval {
	if x.Sign() < 0 || x.Cmp(rational.NewRat(1, 1)) > 0 {
		panic("enclose: power of a number that is not in 0..1")
	}
	digits := precision + uint(bits.Len(n)) + 3
	lo, hi := floorScaled(x, digits), new(big.Int).Neg(floorScaled(x.Neg(), digits))
	return Interval{dyadic(fixedPower(lo, n, digits, false), digits), dyadic(fixedPower(hi, n, digits, true), digits)}.Outward(precision)
}

// fixedPower is x^n of numbers in units of 2^−digits, each product rounded up or down, from the first binary digit of n on.
func fixedPower(x *big.Int, n, digits uint, up bool) *big.Int {
	power := new(big.Int).Lsh(big.NewInt(1), digits)
	// Added before the digits are cut off: all but one in the last place.
	var carry big.Int
	if up {
		carry.Sub(power, big.NewInt(1))
	}
	times := func(y *big.Int) {
		power.Mul(power, y)
		power.Rsh(power.Add(power, &carry), digits)
	}
	for i := bits.Len(n) - 1; i >= 0; i-- {
		times(power)
		if n>>i&1 == 1 {
			times(x)
		}
	}
	return power
}

// ComparePower returns -1, 0 or 1 as x^n is less than, equal to or greater than y, for 0 ≤ x ≤ 1: by enclosures
// of twice as many digits each time, and exactly where these are as long as the power itself: at once for a short one, and
// for a long one hardly ever, as it is in lowest terms and equal to no y of a shorter denominator.
func ComparePower(x rational.Rat, n uint, y rational.Rat) int {
	// It takes all digits to tell a small power from 0, and none are needed.
	if y.Sign() <= 0 && !x.IsZero() {
		return 1
	}
	for precision := uint(64); ; precision *= 2 {
		// Not shorter than x^n: an enclosure would cost more than the power.
		if precision >= n*uint(x.Den().BitLen()) {
			return x.Pow(int(n)).Cmp(y)
		}
		switch power := Power(x, n, precision); {
		case power.Lo.Cmp(y) > 0:
			return 1
		case power.Hi.Cmp(y) < 0:
			return -1
		}
	}
}
