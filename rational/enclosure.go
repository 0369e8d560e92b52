package rational

import (
	"fmt"
	"math/big"
)

// Interval is a closed interval [Lo, Hi] with rational ends: everything that is
// known about a real number. Arithmetic on intervals is exact on the ends, so
// the result contains every value that the operation takes on members of the
// operands; only [Interval.Outward] rounds, and it rounds outward.
type Interval struct{ Lo, Hi Rat }

// Point returns [x, x].
func Point(x Rat) Interval { return Interval{x, x} }

// NewInterval returns [lo, hi]. It panics if lo > hi.
func NewInterval(lo, hi Rat) Interval {
	if lo.Cmp(hi) > 0 {
		panic("rational: interval with crossed ends")
	}
	return Interval{lo, hi}
}

// Width returns Hi − Lo.
func (x Interval) Width() Rat { return x.Hi.Sub(x.Lo) }

// Mid returns the midpoint.
func (x Interval) Mid() Rat { return x.Lo.Add(x.Hi).Mul(NewRat(1, 2)) }

// Contains reports whether Lo ≤ v ≤ Hi.
func (x Interval) Contains(v Rat) bool { return x.Lo.Cmp(v) <= 0 && v.Cmp(x.Hi) <= 0 }

// Intersects reports whether x and y have a common point.
func (x Interval) Intersects(y Interval) bool {
	return x.Lo.Cmp(y.Hi) <= 0 && y.Lo.Cmp(x.Hi) <= 0
}

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

// Neg returns −x.
func (x Interval) Neg() Interval { return Interval{x.Hi.Neg(), x.Lo.Neg()} }

// Add returns x + y.
func (x Interval) Add(y Interval) Interval { return Interval{x.Lo.Add(y.Lo), x.Hi.Add(y.Hi)} }

// Sub returns x − y.
func (x Interval) Sub(y Interval) Interval { return Interval{x.Lo.Sub(y.Hi), x.Hi.Sub(y.Lo)} }

// Mul returns x · y.
func (x Interval) Mul(y Interval) Interval {
	a, b, c, d := x.Lo.Mul(y.Lo), x.Lo.Mul(y.Hi), x.Hi.Mul(y.Lo), x.Hi.Mul(y.Hi)
	return Interval{MinRat(MinRat(a, b), MinRat(c, d)), MaxRat(MaxRat(a, b), MaxRat(c, d))}
}

// Scale returns c · x.
func (x Interval) Scale(c Rat) Interval {
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
	unit := RatFromInts(NewInt(1), tenTo(digits))
	lo := RatFromInt(floor(x.Lo.Quo(unit))).Mul(unit)
	hi := RatFromInt(floor(x.Hi.Quo(unit).Neg()).Neg()).Mul(unit)
	if lo.Equal(hi) {
		return lo.Decimal(digits)
	}
	return fmt.Sprintf("[%s, %s]", lo.Decimal(digits), hi.Decimal(digits))
}

// floor returns the greatest integer that is at most x.
func floor(x Rat) Int {
	q, r := x.num.QuoRem(x.Den())
	if r.Sign() < 0 {
		return q.Sub(NewInt(1))
	}
	return q
}

// floorTo rounds x down to a multiple of 2^−bits.
func floorTo(x Rat, bits uint) Rat { return dyadic(floorScaled(x, bits), bits) }

// floorRelative rounds x down to a multiple of 2^−s, where 2^s·|x| ≥ 2^bits.
func floorRelative(x Rat, bits uint) Rat {
	if x.IsZero() {
		return x
	}
	shift := int(bits) + 1 + x.Den().BitLen() - x.num.BitLen() // |x| ≥ 2^(num − 1 − den)
	if shift < 0 {
		unit := powerOfTwo(-shift)
		return RatFromInt(floor(x.Quo(RatFromInt(unit))).Mul(unit))
	}
	return floorTo(x, uint(shift))
}

// floorScaled returns ⌊x·2^bits⌋.
func floorScaled(x Rat, bits uint) *big.Int {
	n := x.num.Big()
	n.Lsh(n, bits)
	return n.Div(n, x.Den().Big()) // Euclidean, which is floor for a positive divisor
}

// dyadic returns n / 2^bits.
func dyadic(n *big.Int, bits uint) Rat {
	return reduce(IntFromBig(n), powerOfTwo(int(bits)))
}

// narrowRelative reports whether x is positive and at most 2^−bits·Lo wide.
func (x Interval) narrowRelative(bits uint) bool {
	return x.Lo.Sign() > 0 && x.Width().Mul(RatFromInt(powerOfTwo(int(bits)))).Cmp(x.Lo) <= 0
}
