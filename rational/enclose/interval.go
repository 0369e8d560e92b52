// Package enclose knows real numbers by intervals with rational ends.
//
// [Exp], [Log] and [Sqrt] return an [Interval] whose correctness is proved, not estimated; a
// [Real] is an expression in Exp and Sqrt that is enclosed as narrowly as asked. An [ExpSum] is a sum
// of rational multiples of e^r, r rational, whose sign is decided, zero included (the numbers
// e^r are linearly independent, by the theorem of Lindemann and Weierstrass).
//
// An exponential to b bits takes some 200 multiplications and b/200 squarings of numbers
// of b bits, a logarithm two exponentials at a guess. Misuse, such as the logarithm of a negative number,
// panics with a message that starts with "enclose:"; that a width is not reached within
// the limit is a result. The file guess.go alone calls a library of floating-point
// functions, for a guess that is proved or given up.
package enclose

import (
	"fmt"
	"math/big"

	"pstar/rational"
)

// Interval is a closed interval [Lo, Hi] with rational ends: everything that is
// known about a real number. Arithmetic on intervals is exact on the ends, so
// the result contains every value that the operation takes on members of the
// operands; only [Interval.Outward] rounds, and it rounds outward.
type Interval struct{ Lo, Hi rational.Rat }

// Point returns [x, x].
func Point(x rational.Rat) Interval { return Interval{x, x} }

// NewInterval returns [lo, hi]. It panics if lo > hi.
func NewInterval(lo, hi rational.Rat) Interval {
	if lo.Cmp(hi) > 0 {
		panic("enclose: interval with crossed ends")
	}
	return Interval{lo, hi}
}

// Exact reports whether the interval is one number.
func (x Interval) Exact() bool { return x.Lo.Equal(x.Hi) }

// Width returns Hi − Lo.
func (x Interval) Width() rational.Rat { return x.Hi.Sub(x.Lo) }

// Mid returns the midpoint.
func (x Interval) Mid() rational.Rat { return x.Lo.Add(x.Hi).Mul(rational.NewRat(1, 2)) }

// Contains reports whether Lo ≤ v ≤ Hi.
func (x Interval) Contains(v rational.Rat) bool { return x.Lo.Cmp(v) <= 0 && v.Cmp(x.Hi) <= 0 }

// Sign returns the sign of every member and true, or 0 and false if members
// differ in sign.
func (x Interval) Sign() (sign int, decided bool) {
	switch {
	case x.Lo.Sign() > 0:
		return 1, true
	case x.Hi.Sign() < 0:
		return -1, true
	}
	return 0, x.Lo.IsZero() && x.Hi.IsZero()
}

// Add returns x + y.
func (x Interval) Add(y Interval) Interval { return Interval{x.Lo.Add(y.Lo), x.Hi.Add(y.Hi)} }

// Sub returns x − y.
func (x Interval) Sub(y Interval) Interval { return Interval{x.Lo.Sub(y.Hi), x.Hi.Sub(y.Lo)} }

// Mul returns x · y.
func (x Interval) Mul(y Interval) Interval {
	a, b, c, d := x.Lo.Mul(y.Lo), x.Lo.Mul(y.Hi), x.Hi.Mul(y.Lo), x.Hi.Mul(y.Hi)
	return Interval{rational.MinRat(rational.MinRat(a, b), rational.MinRat(c, d)), rational.MaxRat(rational.MaxRat(a, b), rational.MaxRat(c, d))}
}

// Scale returns c · x.
func (x Interval) Scale(c rational.Rat) Interval {
	if c.Sign() < 0 {
		return Interval{x.Hi.Mul(c), x.Lo.Mul(c)}
	}
	return Interval{x.Lo.Mul(c), x.Hi.Mul(c)}
}

// Inv returns {1/v : v in x} and true, or nothing and false if x contains zero.
func (x Interval) Inv() (Interval, bool) {
	if x.Lo.Sign() <= 0 && x.Hi.Sign() >= 0 {
		return Interval{}, false
	}
	return Interval{x.Hi.Inv(), x.Lo.Inv()}, true
}

// Outward returns the smallest interval around x whose ends are multiples of
// 2^−bits.
func (x Interval) Outward(bits uint) Interval {
	return Interval{floorTo(x.Lo, bits), floorTo(x.Hi.Neg(), bits).Neg()}
}

// OutwardRelative returns an interval around x whose ends have about the given number
// of significant bits: it widens x by less than 2^−bits of each end, and a sign that is
// known remains so.
func (x Interval) OutwardRelative(bits uint) Interval {
	return Interval{floorRelative(x.Lo, bits), floorRelative(x.Hi.Neg(), bits).Neg()}
}

// String returns "[lo, hi]" with both ends as fractions.
func (x Interval) String() string { return fmt.Sprintf("[%s, %s]", x.Lo, x.Hi) }

// Decimal returns the interval with its ends rounded outward to the given number
// of decimal digits, "[0.6224, 0.6225]", or the one number if both are exact.
func (x Interval) Decimal(digits int) string {
	lo, hi := x.Decimals(digits)
	if lo == hi {
		return lo
	}
	return fmt.Sprintf("[%s, %s]", lo, hi)
}

// Decimals returns the greatest decimal of so many digits that is at most the lower end, and
// the least one that is at least the upper end.
func (x Interval) Decimals(digits int) (lo, hi string) {
	unit := rational.NewRat(10, 1).Pow(-digits)
	return rational.RatFromInt(floor(x.Lo.Quo(unit))).Mul(unit).Decimal(digits),
		rational.RatFromInt(floor(x.Hi.Quo(unit).Neg()).Neg()).Mul(unit).Decimal(digits)
}

// floor returns the greatest integer that is at most x.
func floor(x rational.Rat) rational.Int {
	q, r := x.Num().QuoRem(x.Den())
	if r.Sign() < 0 {
		return q.Sub(rational.NewInt(1))
	}
	return q
}

// floorTo rounds x down to a multiple of 2^−bits.
func floorTo(x rational.Rat, bits uint) rational.Rat { return dyadic(floorScaled(x, bits), bits) }

// floorRelative rounds x down to a multiple of 2^−s, where 2^s·|x| ≥ 2^bits.
func floorRelative(x rational.Rat, bits uint) rational.Rat {
	if x.IsZero() {
		return x
	}
	shift := int(bits) + 1 + x.Den().BitLen() - x.Num().BitLen() // |x| ≥ 2^(num − 1 − den)
	if shift < 0 {
		unit := rational.PowerOfTwo(-shift)
		return rational.RatFromInt(floor(x.Quo(rational.RatFromInt(unit))).Mul(unit))
	}
	return floorTo(x, uint(shift))
}

// floorScaled returns ⌊x·2^bits⌋.
func floorScaled(x rational.Rat, bits uint) *big.Int {
	n := x.Num().Big()
	n.Lsh(n, bits)
	return n.Div(n, x.Den().Big()) // Euclidean, which is floor for a positive divisor
}

// dyadic returns n / 2^bits.
func dyadic(n *big.Int, bits uint) rational.Rat {
	return rational.Dyadic(rational.IntFromBig(n), -int(bits))
}

// narrowRelative reports whether x is positive and at most 2^−bits·Lo wide.
func (x Interval) narrowRelative(bits uint) bool {
	return x.Lo.Sign() > 0 && x.Width().Mul(rational.RatFromInt(rational.PowerOfTwo(int(bits)))).Cmp(x.Lo) <= 0
}
