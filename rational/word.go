package rational

import (
	"math"
	"math/bits"
)

// This file holds the machine-word arithmetic under the fast path of Int.
// Each function says whether its result is exact.

// add64 returns a+b and whether it did not overflow: a sum overflows exactly if
// its sign differs from the sign of both operands.
func add64(a, b int64) (int64, bool) {
	// Wraps around; the signs tell whether it has.
	s := a + b
	return s, (a^s)&(b^s) >= 0
}

// sub64 returns a-b and whether it did not overflow: a difference overflows
// exactly if the signs of a and b differ and its sign is not that of a.
func sub64(a, b int64) (int64, bool) {
	d := a - b
	return d, (a^b)&(a^d) >= 0
}

// mul64 returns a·b and whether it did not overflow.
func mul64(a, b int64) (int64, bool) {
	hi, lo := mul128(a, b)
	return int64(lo), fits64(hi, lo)
}

// mul128 returns a·b in two's complement, which is the unsigned product of the two
// words less the one operand, shifted by a word, wherever the other is negative.
func mul128(a, b int64) (hi int64, lo uint64) {
	// As words without sign, which is off by 2^64 times the other operand for each that is
	// negative.
	h, lo := bits.Mul64(uint64(a), uint64(b))
	return int64(h) - (a>>63)&b - (b>>63)&a, lo
}

// add128 returns the sum of two numbers of 128 bits and whether it did not overflow.
func add128(h1 int64, l1 uint64, h2 int64, l2 uint64) (hi int64, lo uint64, ok bool) {
	// Carry of the low words into the high ones.
	lo, carry := bits.Add64(l1, l2, 0)
	hi = h1 + h2 + int64(carry)
	return hi, lo, (h1^hi)&(h2^hi) >= 0
}

// fits64 reports whether a number of 128 bits is its low word: whether its high
// word repeats the sign of the low one.
func fits64(hi int64, lo uint64) bool { return hi == int64(lo)>>63 }

// quo128 returns the quotient of a number of 128 bits by d, which is not zero, and
// whether the division is exact and the quotient less than 2^63 in absolute value.
func quo128(hi int64, lo uint64, d int64) (int64, bool) {
	// Magnitudes are divided; the signs are put together at the end.
	h, l := uint64(hi), lo
	if hi < 0 {
		var borrow uint64
		l, borrow = bits.Sub64(0, lo, 0)
		h, _ = bits.Sub64(0, h, borrow)
	}
	// |-2^63| fits, without a sign.
	m := abs64(d)
	// The quotient does not fit a word, and the instruction would trap.
	if h >= m {
		return 0, false
	}
	// h < m: the quotient has one word.
	q, r := bits.Div64(h, l, m)
	if r != 0 || q > math.MaxInt64 {
		return 0, false
	}
	// The signs differ.
	if hi^d < 0 {
		return -int64(q), true
	}
	return int64(q), true
}

// abs64 returns |a|, which always fits into uint64.
func abs64(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// gcd64 returns the greatest common divisor, by Stein's binary algorithm;
// gcd64(0, b) = b.
func gcd64(a, b uint64) uint64 {
	if a == 0 {
		return b
	}
	if b == 0 {
		return a
	}
	// The common power of two; the others divide only one of the two numbers, and drop out.
	shift := bits.TrailingZeros64(a | b)
	// Without factors of two both stay odd in the loop.
	a >>= bits.TrailingZeros64(a)
	b >>= bits.TrailingZeros64(b)
	for b != 0 && a != 1 {
		// Both are odd: replace them by their minimum and the odd part of their
		// distance, without a branch, as no processor can predict which is larger.
		diff, borrow := bits.Sub64(b, a, 0)
		less := -borrow // all ones if b < a
		a += diff & less
		b = ((diff ^ less) - less) >> (bits.TrailingZeros64(diff) & 63)
	}
	return a << shift
}
