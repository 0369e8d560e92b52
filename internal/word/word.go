// Package word has what several engines ask of integers in machine words: whether a sum of
// products fits, what their common divisor is, whether the entries of a vector are words, and
// numbers to hash with.
package word

import (
	"math"
	"math/bits"

	"pstar/rational"
)

// Magnitude is |x|, of the least word too.
func Magnitude(x int64) uint64 {
	if x < 0 {
		return -uint64(x)
	}
	return uint64(x)
}

// Fits reports whether a·x + b·y stays below 2^63. With sums of magnitudes for the numbers no
// order of the additions can overflow.
func Fits(a, x, b, y uint64) bool {
	hi1, lo1 := bits.Mul64(a, x)
	hi2, lo2 := bits.Mul64(b, y)
	// Both products in 128 bits; of the sum neither a carry nor the sign bit may be set.
	sum, carry := bits.Add64(lo1, lo2, 0)
	return hi1|hi2|carry == 0 && sum < 1<<63
}

// GCD is the greatest common divisor, by Euclid's algorithm; that of 0 and y is y. The smaller
// number is best the first.
func GCD(x, y uint64) uint64 {
	for x != 0 {
		x, y = y%x, x
	}
	return y
}

// Content is the greatest common divisor of the entries, at least 1: that of a zero vector
// is 1 here. It stops at the first sign that it is 1.
func Content(v []int64) int64 {
	var g uint64
	for _, x := range v {
		// The divisor of all entries so far is the smaller number, as a rule, and comes first.
		if x != 0 {
			g = GCD(g, Magnitude(x))
		}
		if g == 1 {
			return 1
		}
	}
	return int64(max(g, 1))
}

// Of returns the entries of a vector as words, with the greatest of their magnitudes; false if
// one is no word, or the least, which has no negative.
func Of(v rational.Vector) (small []int64, bound uint64, ok bool) {
	small = make([]int64, len(v))
	for i, x := range v {
		w, ok := x.Int64()
		if !ok || w == math.MinInt64 {
			return nil, 0, false
		}
		small[i] = w
		bound = max(bound, Magnitude(w))
	}
	return small, bound, true
}

// Scrambled spreads the bits of a small number (the finalizer of splitmix64).
func Scrambled(x uint64) uint64 {
	x = (x + 1) * 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
