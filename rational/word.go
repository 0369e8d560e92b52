package rational

import "math/bits"

// This file holds the machine-word arithmetic under the fast path of Int.
// Each function says whether its result is exact.

// add64 returns a+b and whether it did not overflow: a sum overflows exactly if
// its sign differs from the sign of both operands.
func add64(a, b int64) (int64, bool) {
	s := a + b
	return s, (a^s)&(b^s) >= 0
}

// sub64 returns a-b and whether it did not overflow: a difference overflows
// exactly if the signs of a and b differ and its sign is not that of a.
func sub64(a, b int64) (int64, bool) {
	d := a - b
	return d, (a^b)&(a^d) >= 0
}

// mul64 returns a·b and whether it did not overflow. The unsigned 128-bit product
// is corrected to the signed one; it fits exactly if its high word repeats the
// sign of the low one.
func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(a), uint64(b))
	high := int64(hi) - (a>>63)&b - (b>>63)&a
	return int64(lo), high == int64(lo)>>63
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
	shift := bits.TrailingZeros64(a | b)
	a >>= bits.TrailingZeros64(a)
	for {
		b >>= bits.TrailingZeros64(b)
		if a > b {
			a, b = b, a
		}
		b -= a
		if b == 0 {
			return a << shift
		}
	}
}
