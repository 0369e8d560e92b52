// Package extended has floating-point numbers of 192 bits with exponents that do not overflow, and a factorisation of a
// basis in them. It goes on where float64 has too few digits, and like all of the guess decides nothing.
package extended

import (
	"math"
	"math/big"
	"math/bits"

	"pstar/rational"
)

// Number is a floating-point number with a mantissa of 192 bits: ±0.M·2^exponent, where
// the highest bit of M is set, or zero if M is. Its exponent cannot overflow for numbers
// that a file can hold. Results are truncated, so the last bits are not right. Doubles
// of doubles would have done for 106 bits, and their exponents would overflow where
// this is needed.
type Number struct {
	hi, mid, lo uint64
	Exponent    int64
	Negative    bool
}

// mantissaBits is what Exponent counts from.
const mantissaBits = 192

// A mantissa that is not zero has its highest bit set, so that one word tells.
func (x Number) IsZero() bool { return x.hi == 0 }

// Neg is −x.
func (x Number) Neg() Number {
	x.Negative = !x.Negative
	return x
}

// Abs is |x|.
func (x Number) Abs() Number {
	x.Negative = false
	return x
}

// Sign returns −1, 0 or 1.
func (x Number) Sign() int {
	switch {
	case x.hi == 0:
		return 0
	case x.Negative:
		return -1
	}
	return 1
}

// Shifted returns x·2^by. It is exact: only the exponent changes.
func (x Number) Shifted(by int64) Number {
	x.Exponent += by
	return x
}

// extendedInt returns v, rounded. Truncated where it has more than 192 bits.
func FromInt(v rational.Int) Number {
	if small, ok := v.Int64(); ok {
		// Most numbers of a problem are short.
		return FromInt64(small)
	}
	return fromBig(v.Big())
}

// extendedInt64 is v, exactly.
func FromInt64(v int64) Number {
	if v == 0 {
		return Number{}
	}
	x := Number{hi: uint64(v), Exponent: 64, Negative: v < 0}
	if v < 0 {
		// Of the smallest int64, too: negation wraps around to its size.
		x.hi = -x.hi
	}
	// The highest bit comes to the top of the word.
	shift := bits.LeadingZeros64(x.hi)
	x.hi <<= shift
	x.Exponent -= int64(shift)
	return x
}

// extendedBig returns v, rounded; v is destroyed. It is given a copy by its callers.
func fromBig(v *big.Int) Number {
	x := Number{Exponent: int64(v.BitLen()), Negative: v.Sign() < 0}
	if v.Sign() == 0 {
		return x
	}
	v.Abs(v)
	// Longer numbers are cut, shorter ones filled up with zeros.
	if n := v.BitLen() - mantissaBits; n > 0 {
		v.Rsh(v, uint(n))
	} else {
		v.Lsh(v, uint(-n))
	}
	var bytes [24]byte
	v.FillBytes(bytes[:])
	word := func(k int) (w uint64) {
		for _, b := range bytes[8*k : 8*k+8] {
			w = w<<8 | uint64(b)
		}
		return w
	}
	x.hi, x.mid, x.lo = word(0), word(1), word(2)
	return x
}

// extendedQuotient returns num/den, rounded, for den > 0. Short numbers need no big
// integers, and are most.
func FromQuotient(num, den rational.Int) Number {
	// Many denominators are 1.
	if den.IsOne() {
		return FromInt(num)
	}
	if num.BitLen() <= 63 && den.BitLen() <= 63 {
		return FromInt(num).Quotient(FromInt(den))
	}
	n, d := num.Big(), den.Big()
	// So many bits that the quotient has 192, and two for the truncation.
	by := max(0, mantissaBits+2+d.BitLen()-n.BitLen())
	n.Lsh(n, uint(by))
	return fromBig(n.Quo(n, d)).Shifted(-int64(by))
}

// Plus is the sum, truncated: the smaller number is shifted to the exponent of the
// larger one.
func (x Number) Plus(y Number) Number {
	if x.hi == 0 {
		return y
	}
	if y.hi == 0 {
		return x
	}
	// x has the larger exponent from here on.
	if x.Exponent < y.Exponent {
		x, y = y, x
	}
	// Not negative now.
	d := uint64(x.Exponent - y.Exponent)
	// It is smaller than the last bit.
	if d >= mantissaBits {
		return x
	}
	// Whole words first, then bits.
	for ; d >= 64; d -= 64 {
		y.hi, y.mid, y.lo = 0, y.hi, y.mid
	}
	if d > 0 {
		y.lo = y.lo>>d | y.mid<<(64-d)
		y.mid = y.mid>>d | y.hi<<(64-d)
		y.hi >>= d
	}
	// Mantissas are added or subtracted, by the signs.
	if x.Negative == y.Negative {
		return x.increased(y)
	}
	return x.diminished(y)
}

// increased adds the mantissa of y. A carry out of the highest word moves all bits by
// one.
func (x Number) increased(y Number) Number {
	var carry uint64
	x.lo, carry = bits.Add64(x.lo, y.lo, 0)
	x.mid, carry = bits.Add64(x.mid, y.mid, carry)
	x.hi, carry = bits.Add64(x.hi, y.hi, carry)
	if carry > 0 {
		x.lo = x.lo>>1 | x.mid<<63
		x.mid = x.mid>>1 | x.hi<<63
		x.hi = x.hi>>1 | 1<<63
		x.Exponent++
	}
	return x
}

// diminished subtracts the mantissa of y. If y was larger, which can only be with the
// same exponent, the sign changes.
func (x Number) diminished(y Number) Number {
	var borrow uint64
	// A borrow out of the highest word: y was larger.
	x.lo, borrow = bits.Sub64(x.lo, y.lo, 0)
	x.mid, borrow = bits.Sub64(x.mid, y.mid, borrow)
	x.hi, borrow = bits.Sub64(x.hi, y.hi, borrow)
	if borrow > 0 {
		x.lo, borrow = bits.Sub64(0, x.lo, 0)
		x.mid, borrow = bits.Sub64(0, x.mid, borrow)
		x.hi, _ = bits.Sub64(0, x.hi, borrow)
		x.Negative = !x.Negative
	}
	// Leading zeros are shifted out: that is where digits are lost by cancellation.
	for x.hi == 0 {
		if x.mid == 0 && x.lo == 0 {
			return Number{}
		}
		x.hi, x.mid, x.lo = x.mid, x.lo, 0
		x.Exponent -= 64
	}
	if n := bits.LeadingZeros64(x.hi); n > 0 {
		x.hi = x.hi<<n | x.mid>>(64-n)
		x.mid = x.mid<<n | x.lo>>(64-n)
		x.lo <<= n
		x.Exponent -= int64(n)
	}
	return x
}

// Minus is the difference, by plus.
func (x Number) Minus(y Number) Number {
	y.Negative = !y.Negative
	return x.Plus(y)
}

// Times is the product without the three lowest partial products, which would change
// the last bits only.
func (x Number) Times(y Number) Number {
	if x.hi == 0 || y.hi == 0 {
		return Number{}
	}
	// The words of the product from high to low; six of nine products matter.
	h2, l2 := bits.Mul64(x.hi, y.hi)
	h1, l1 := bits.Mul64(x.hi, y.mid)
	g1, k1 := bits.Mul64(x.mid, y.hi)
	h0, _ := bits.Mul64(x.hi, y.lo)
	m0, _ := bits.Mul64(x.mid, y.mid)
	g0, _ := bits.Mul64(x.lo, y.hi)
	// Of the third word the lowest carries are lost.
	lo, c := bits.Add64(l1, k1, 0)
	mid, c2 := bits.Add64(l2, h1, c)
	h2 += c2
	mid, c2 = bits.Add64(mid, g1, 0)
	h2 += c2
	// What is carried out of the third word.
	for _, w := range [3]uint64{h0, m0, g0} {
		lo, c = bits.Add64(lo, w, 0)
		mid, c = bits.Add64(mid, 0, c)
		h2 += c
	}
	z := Number{h2, mid, lo, x.Exponent + y.Exponent, x.Negative != y.Negative}
	// The product of two numbers in [1/2, 1) is at least 1/4.
	if z.hi>>63 == 0 {
		z.hi = z.hi<<1 | z.mid>>63
		z.mid = z.mid<<1 | z.lo>>63
		z.lo <<= 1
		z.Exponent--
	}
	return z
}

// Inverse returns 1/x for x ≠ 0, by Newton's method. Each step doubles the digits that
// are right, beginning with those of float64.
func (x Number) Inverse() Number {
	// 1/m for the mantissa m in [1/2, 1).
	m := x
	m.Exponent, m.Negative = 0, false
	// m is away from 0 and from overflow, whatever the size of x.
	y := FromFloat(1 / m.Float())
	for range 2 { // 52, 104, 208 bits
		y = y.Plus(y.Times(FromInt64(1).Minus(m.Times(y))))
	}
	// The mantissa was inverted; the exponent turns its sign.
	y.Exponent -= x.Exponent
	y.Negative = x.Negative
	return y
}

// Quotient is x/y for y ≠ 0, with the error of the inverse and one more.
func (x Number) Quotient(y Number) Number { return x.Times(y.Inverse()) }

// extendedFloat returns a finite number.
func FromFloat(v float64) Number {
	// 53 bits of the mantissa make an integer.
	m, e := math.Frexp(v)
	return FromInt64(int64(m * (1 << 53))).Shifted(int64(e) - 53)
}

// largest stands for numbers beyond it in float64, which must not become infinite.
const largest = 1e300

// Float returns x in float64, as far as its range goes. What is too large becomes
// largest, not infinite; what is too small, 0.
func (x Number) Float() float64 {
	// Exponents beyond float64 are cut first.
	e := max(min(x.Exponent, 1<<12), -1<<12)
	v := math.Ldexp(float64(x.hi)/(1<<64), int(e))
	v = min(v, largest)
	if x.Negative {
		return -v
	}
	return v
}

// Log returns the logarithm of the absolute value to the base 2. Only the first word
// counts; of zero it is −∞.
func (x Number) Log() float64 { return math.Log2(float64(x.hi)) - 64 + float64(x.Exponent) }

// Cmp returns −1, 0 or 1 as x is less than, equal to or greater than y.
func (x Number) Cmp(y Number) int {
	sx, sy := x.Sign(), y.Sign()
	// Numbers of different signs need no look at their size.
	if sx != sy {
		if sx < sy {
			return -1
		}
		return 1
	}
	// Equal numbers have equal fields, as there is one way to write each but zero.
	if sx == 0 || x == y {
		return 0
	}
	// With the same sign the exponents decide, then the mantissas.
	larger := x.Exponent > y.Exponent
	if x.Exponent == y.Exponent {
		larger = x.hi > y.hi || x.hi == y.hi && (x.mid > y.mid || x.mid == y.mid && x.lo > y.lo)
	}
	// Of negative numbers the larger in size is the smaller one.
	if larger == (sx > 0) {
		return 1
	}
	return -1
}
