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
		if math.IsNaN(f) || math.IsInf(f, 0) {
			panic(fmt.Sprintf("npy: %v has no exact value", f))
		}
		// Zero is a multiple of anything.
		if m, exponent := split(f); m != 0 {
			least = min(least, exponent)
		}
	}
	numerators = make([]rational.Int, len(floats))
	var long []int
	for i, f := range floats {
		m, exponent := split(f)
		x, short := rational.ShiftedWord(m, uint(exponent-least))
		// Zero is, whatever its exponent.
		if numerators[i] = x; !short {
			long = append(long, i)
		}
	}
	rational.ShiftLong(numerators, long, func(i int) (int64, uint) {
		m, exponent := split(floats[i])
		return m, uint(exponent - least)
	})
	// least is at most 0, so that the unit is an integer.
	return numerators, rational.PowerOfTwo(-least)
}

// split writes a finite number as an odd integer, or 0, times a power of two.
// The word has a sign, 11 bits of exponent and 52 of mantissa; 1075 is the bias of
// exponents and the 52 bits together.
func split(f float64) (mantissa int64, exponent int) {
	word := math.Float64bits(f)
	m, e := word&(1<<52-1), int(word>>52&(1<<11-1))
	// Subnormal numbers have no hidden bit, and the exponent of the smallest others.
	if e > 0 {
		m, e = m|1<<52, e-1
	}
	twos := bits.TrailingZeros64(m)
	// All bits are turned for a minus sign, and one is added.
	sign := int64(word) >> 63
	return (int64(m>>twos) ^ sign) - sign, e - 1074 + twos
}
