package guess

import (
	"math"
	"math/big"
	"math/bits"

	"pstar/rational"
)

// extended is a floating-point number with a mantissa of 192 bits: ±0.M·2^exponent, where
// the highest bit of M is set, or zero if M is. Its exponent cannot overflow for numbers
// that a file can hold. Results are truncated, so the last bits are not right. Doubles
// of doubles would have done for 106 bits, and their exponents would overflow where
// this is needed.
type extended struct {
	hi, mid, lo uint64
	exponent    int64
	negative    bool
}

const extendedBits = 192

// A mantissa that is not zero has its highest bit set, so that one word tells.
func (x extended) isZero() bool { return x.hi == 0 }

func (x extended) neg() extended {
	x.negative = !x.negative
	return x
}

func (x extended) abs() extended {
	x.negative = false
	return x
}

// sign returns −1, 0 or 1.
func (x extended) sign() int {
	switch {
	case x.hi == 0:
		return 0
	case x.negative:
		return -1
	}
	return 1
}

// shifted returns x·2^by. It is exact: only the exponent changes.
func (x extended) shifted(by int64) extended {
	x.exponent += by
	return x
}

// extendedInt returns v, rounded. Truncated where it has more than 192 bits.
func extendedInt(v rational.Int) extended {
	if small, ok := v.Int64(); ok {
		// Most numbers of a problem are short.
		return extendedInt64(small)
	}
	return extendedBig(v.Big())
}

// extendedInt64 is v, exactly.
func extendedInt64(v int64) extended {
	if v == 0 {
		return extended{}
	}
	x := extended{hi: uint64(v), exponent: 64, negative: v < 0}
	if v < 0 {
		// Of the smallest int64, too: negation wraps around to its size.
		x.hi = -x.hi
	}
	// The highest bit comes to the top of the word.
	shift := bits.LeadingZeros64(x.hi)
	x.hi <<= shift
	x.exponent -= int64(shift)
	return x
}

// extendedBig returns v, rounded; v is destroyed. It is given a copy by its callers.
func extendedBig(v *big.Int) extended {
	x := extended{exponent: int64(v.BitLen()), negative: v.Sign() < 0}
	if v.Sign() == 0 {
		return x
	}
	v.Abs(v)
	// Longer numbers are cut, shorter ones filled up with zeros.
	if n := v.BitLen() - extendedBits; n > 0 {
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
func extendedQuotient(num, den rational.Int) extended {
	// Many denominators are 1.
	if den.IsOne() {
		return extendedInt(num)
	}
	if num.BitLen() <= 63 && den.BitLen() <= 63 {
		return extendedInt(num).quotient(extendedInt(den))
	}
	n, d := num.Big(), den.Big()
	// So many bits that the quotient has 192, and two for the truncation.
	by := max(0, extendedBits+2+d.BitLen()-n.BitLen())
	n.Lsh(n, uint(by))
	return extendedBig(n.Quo(n, d)).shifted(-int64(by))
}

// plus is the sum, truncated: the smaller number is shifted to the exponent of the
// larger one.
func (x extended) plus(y extended) extended {
	if x.hi == 0 {
		return y
	}
	if y.hi == 0 {
		return x
	}
	// x has the larger exponent from here on.
	if x.exponent < y.exponent {
		x, y = y, x
	}
	// Not negative now.
	d := uint64(x.exponent - y.exponent)
	// It is smaller than the last bit.
	if d >= extendedBits {
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
	if x.negative == y.negative {
		return x.increased(y)
	}
	return x.diminished(y)
}

// increased adds the mantissa of y. A carry out of the highest word moves all bits by
// one.
func (x extended) increased(y extended) extended {
	var carry uint64
	x.lo, carry = bits.Add64(x.lo, y.lo, 0)
	x.mid, carry = bits.Add64(x.mid, y.mid, carry)
	x.hi, carry = bits.Add64(x.hi, y.hi, carry)
	if carry > 0 {
		x.lo = x.lo>>1 | x.mid<<63
		x.mid = x.mid>>1 | x.hi<<63
		x.hi = x.hi>>1 | 1<<63
		x.exponent++
	}
	return x
}

// diminished subtracts the mantissa of y. If y was larger, which can only be with the
// same exponent, the sign changes.
func (x extended) diminished(y extended) extended {
	var borrow uint64
	// A borrow out of the highest word: y was larger.
	x.lo, borrow = bits.Sub64(x.lo, y.lo, 0)
	x.mid, borrow = bits.Sub64(x.mid, y.mid, borrow)
	x.hi, borrow = bits.Sub64(x.hi, y.hi, borrow)
	if borrow > 0 {
		x.lo, borrow = bits.Sub64(0, x.lo, 0)
		x.mid, borrow = bits.Sub64(0, x.mid, borrow)
		x.hi, _ = bits.Sub64(0, x.hi, borrow)
		x.negative = !x.negative
	}
	// Leading zeros are shifted out: that is where digits are lost by cancellation.
	for x.hi == 0 {
		if x.mid == 0 && x.lo == 0 {
			return extended{}
		}
		x.hi, x.mid, x.lo = x.mid, x.lo, 0
		x.exponent -= 64
	}
	if n := bits.LeadingZeros64(x.hi); n > 0 {
		x.hi = x.hi<<n | x.mid>>(64-n)
		x.mid = x.mid<<n | x.lo>>(64-n)
		x.lo <<= n
		x.exponent -= int64(n)
	}
	return x
}

// minus is the difference, by plus.
func (x extended) minus(y extended) extended {
	y.negative = !y.negative
	return x.plus(y)
}

// times is the product without the three lowest partial products, which would change
// the last bits only.
func (x extended) times(y extended) extended {
	if x.hi == 0 || y.hi == 0 {
		return extended{}
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
	z := extended{h2, mid, lo, x.exponent + y.exponent, x.negative != y.negative}
	// The product of two numbers in [1/2, 1) is at least 1/4.
	if z.hi>>63 == 0 {
		z.hi = z.hi<<1 | z.mid>>63
		z.mid = z.mid<<1 | z.lo>>63
		z.lo <<= 1
		z.exponent--
	}
	return z
}

// inverse returns 1/x for x ≠ 0, by Newton's method. Each step doubles the digits that
// are right, beginning with those of float64.
func (x extended) inverse() extended {
	// 1/m for the mantissa m in [1/2, 1).
	m := x
	m.exponent, m.negative = 0, false
	// m is away from 0 and from overflow, whatever the size of x.
	y := extendedFloat(1 / m.float())
	for range 2 { // 52, 104, 208 bits
		y = y.plus(y.times(extendedInt64(1).minus(m.times(y))))
	}
	// The mantissa was inverted; the exponent turns its sign.
	y.exponent -= x.exponent
	y.negative = x.negative
	return y
}

// quotient is x/y for y ≠ 0, with the error of the inverse and one more.
func (x extended) quotient(y extended) extended { return x.times(y.inverse()) }

// extendedFloat returns a finite number.
func extendedFloat(v float64) extended {
	// 53 bits of the mantissa make an integer.
	m, e := math.Frexp(v)
	return extendedInt64(int64(m * (1 << 53))).shifted(int64(e) - 53)
}

// float returns x in float64, as far as its range goes. What is too large becomes
// largestFloat, not infinite; what is too small, 0.
func (x extended) float() float64 {
	// Exponents beyond float64 are cut first.
	e := max(min(x.exponent, 1<<12), -1<<12)
	v := math.Ldexp(float64(x.hi)/(1<<64), int(e))
	v = min(v, largestFloat)
	if x.negative {
		return -v
	}
	return v
}

// log returns the logarithm of the absolute value to the base 2. Only the first word
// counts; of zero it is −∞.
func (x extended) log() float64 { return math.Log2(float64(x.hi)) - 64 + float64(x.exponent) }

// cmp returns −1, 0 or 1 as x is less than, equal to or greater than y.
func (x extended) cmp(y extended) int {
	sx, sy := x.sign(), y.sign()
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
	larger := x.exponent > y.exponent
	if x.exponent == y.exponent {
		larger = x.hi > y.hi || x.hi == y.hi && (x.mid > y.mid || x.mid == y.mid && x.lo > y.lo)
	}
	// Of negative numbers the larger in size is the smaller one.
	if larger == (sx > 0) {
		return 1
	}
	return -1
}
