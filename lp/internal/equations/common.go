package equations

import "pstar/rational"

// maxCommonBits is a length beyond which a common denominator would make short numbers long.
const maxCommonBits = 2048

// Common returns n fractions over one denominator, or no numerators if that is long.
// The list is gone through twice, so that fraction must give the same each time. The
// numerators are in the order of the fractions; those of zeros are the zero value.
func Common(n int, fraction func(k int) (num, den rational.Int)) (nums []rational.Int, den rational.Int) {
	den = rational.NewInt(1)
	for k := range n {
		num, d := fraction(k)
		// A zero needs no denominator.
		if num.IsZero() {
			continue
		}
		// Beyond that each fraction is better off with its own; den is then of no use.
		if den = Multiple(den, d); den.BitLen() > maxCommonBits {
			return nil, den
		}
	}
	nums = make([]rational.Int, n)
	for k := range n {
		if num, d := fraction(k); !num.IsZero() {
			// d divides den, as it went into it.
			nums[k] = Over(num, d, den)
		}
	}
	return nums, den
}

// Multiple returns the least common multiple of two positive numbers, which mostly are equal,
// or the second is one.
func Multiple(a, b rational.Int) rational.Int {
	if b.IsOne() || a.Equal(b) {
		return a
	}
	return rational.LCM(a, b)
}

// Over returns the numerator of num/d over the multiple den of d. It is exact: d
// divides den.
func Over(num, d, den rational.Int) rational.Int {
	switch {
	// The two cases that are most frequent cost no division.
	case d.IsOne():
		return num.Mul(den)
	case d.Equal(den):
		return num
	}
	return num.Mul(den.DivExact(d))
}
