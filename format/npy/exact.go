package npy

import (
	"fmt"
	"math"
	"math/bits"

	"pstar/rational"
)

// Exact writes finite numbers as integers over one unit, a power of two, without a single
// greatest common divisor. It panics if a number is infinite or none.
//
// The unit is the smallest power of two that all of them are multiples of, at least
// 2^−1074; it is 1 if all are integers, so that numbers that are all even keep their
// factors. The numbers are those of the file, not what they were rounded from.
func Exact(floats []float64) (numerators []rational.Int, unit rational.Int) {
	least := 0
	for _, f := range floats {
		// Zero is a multiple of anything.
		if f != 0 {
			_, exponent := split(f)
			least = min(least, exponent)
		}
	}
	numerators = rational.Shifted(len(floats), func(i int) (int64, uint) {
		if floats[i] == 0 {
			// split has no odd part of 0.
			return 0, 0
		}
		mantissa, exponent := split(floats[i])
		return mantissa, uint(exponent - least)
	})
	// least is at most 0, so that the unit is an integer.
	return numerators, rational.PowerOfTwo(-least)
}

// split writes a finite number other than zero as an odd integer times a power of two.
// The word has a sign, 11 bits of exponent and 52 of mantissa; 1075 is the bias of
// exponents and the 52 bits together.
func split(f float64) (mantissa int64, exponent int) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		panic(fmt.Sprintf("npy: %v has no exact value", f))
	}
	// The sign is taken off first.
	if f < 0 {
		mantissa, exponent = split(-f)
		return -mantissa, exponent
	}
	word := math.Float64bits(f)
	mantissa, exponent = int64(word&(1<<52-1)), int(word>>52)
	if exponent == 0 {
		exponent = 1 // subnormal: no hidden bit
	} else {
		mantissa |= 1 << 52
	}
	// The mantissa is not 0, since f is not.
	twos := bits.TrailingZeros64(uint64(mantissa))
	return mantissa >> twos, exponent - 1075 + twos
}
