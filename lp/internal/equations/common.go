package equations

import "pstar/rational"

// maxCommonBits is a length beyond which a common denominator would make short numbers long.
const maxCommonBits = 2048

// Common returns n fractions over one denominator, or no numerators if that is long.
func Common(n int, fraction func(k int) (num, den rational.Int)) (nums []rational.Int, den rational.Int) {
	den = rational.NewInt(1)
	for k := range n {
		num, d := fraction(k)
		if num.IsZero() {
			continue
		}
		if den = Multiple(den, d); den.BitLen() > maxCommonBits {
			return nil, den
		}
	}
	nums = make([]rational.Int, n)
	for k := range n {
		if num, d := fraction(k); !num.IsZero() {
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

// Over returns the numerator of num/d over the multiple den of d.
func Over(num, d, den rational.Int) rational.Int {
	switch {
	case d.IsOne():
		return num.Mul(den)
	case d.Equal(den):
		return num
	}
	return num.Mul(den.DivExact(d))
}
