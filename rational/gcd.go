package rational

import (
	"math"
	"math/big"
	"math/bits"
)

// GCD returns the greatest common divisor of x and y, which is never negative;
// GCD(0, y) = |y| and GCD(0, 0) = 0.
func GCD(x, y Int) Int {
	if x.wide == nil && y.wide == nil {
		return intFromUint64(gcd64(abs64(x.small), abs64(y.small)))
	}
	// The other side may be wide: gcdWide takes no zeros.
	if x.IsZero() {
		return y.Abs()
	}
	if y.IsZero() {
		return x.Abs()
	}
	return gcdWide(x, y)
}

// gcdWide takes nonzero operands, at least one of them wide.
func gcdWide(x, y Int) Int {
	// Magnitudes: the sign has no part in a divisor.
	if x.wide != nil && y.wide != nil {
		a, okA := x.twoWords()
		b, okB := y.twoWords()
		// Two words each is what elimination brings about most often just beyond the machine word.
		if okA && okB {
			g := GCD128(a, b)
			if g[1] == 0 {
				return intFromUint64(g[0])
			}
			return fromWords(g[:], false)
		}
		// Enclosures have denominators that are powers of two.
		for _, power := range []*big.Int{x.wide, y.wide} {
			if zeros := int(power.TrailingZeroBits()); zeros == power.BitLen()-1 {
				return PowerOfTwo(min(int(x.wide.TrailingZeroBits()), int(y.wide.TrailingZeroBits())))
			}
		}
		return narrow(new(big.Int).GCD(nil, nil, x.wide, y.wide))
	}
	// One of the two is wide: x from here on.
	if x.wide == nil {
		x, y = y, x
	}
	// One remainder brings the wide operand down to machine words.
	if y.small == 1 || y.small == -1 {
		return Int{small: 1}
	}
	m := abs64(y.small)
	return intFromUint64(gcd64(m, remainderWord(x.wide, m)))
}

// remainderWord returns |x| modulo m > 0.
func remainderWord(x *big.Int, m uint64) uint64 {
	// The digits of |x| to the base of a machine word, least first.
	list := x.Bits()
	// On machines of 32 bits a big.Word is half of what the division below takes.
	if bits.UintSize != 64 {
		var r big.Int
		r.Abs(x)
		return r.Rem(&r, new(big.Int).SetUint64(m)).Uint64()
	}
	var r uint64
	// Schoolbook division by one word, most significant first; the quotient is not wanted.
	for i := len(list) - 1; i >= 0; i-- {
		_, r = bits.Div64(r, uint64(list[i]), m)
	}
	return r
}

// LCM returns the least common multiple of x and y, which is never negative; it
// is 0 if x or y is.
func LCM(x, y Int) Int {
	if x.IsZero() || y.IsZero() {
		return Int{}
	}
	return x.DivExact(GCD(x, y)).Mul(y).Abs()
}

// intFromUint64 is v, which may be one digit longer than int64.
func intFromUint64(v uint64) Int {
	if v <= math.MaxInt64 {
		return Int{small: int64(v)}
	}
	return Int{wide: new(big.Int).SetUint64(v)}
}
