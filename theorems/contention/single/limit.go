package single

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
)

// UniformLimit verifies for x_i = x = ρ/N, N odd and N ≥ 2ρ, that LPOPT lies between
// α_0(ρ) and
//
//	1/(ρ + exp(−(ρ/2)(1 + 1/N)(1 + ρ/N))),
//
// which tends to 1/(ρ + e^(−ρ/2)) = α_0(ρ) as N grows. With CRS-U this is CRS-T1.3:
// no scheme has a better guarantee than α_0(ρ) on all instances with Σx = ρ.
//
// For every N it follows from ln(1 − x) ≥ −x − x² for 0 ≤ x ≤ 1/2: by CRS-U, LPOPT is
// 1/(ρ + q^((N+1)/2)) with q = 1 − x, and (N+1)/2·(x + x²) = (ρ/2)(1 + 1/N)(1 + ρ/N); the
// lower bound is q ≤ e^−x. (The logarithm: the derivative of ln(1−x) + x + x² is
// x(1 − 2x)/(1−x) ≥ 0, and both sides are 0 at 0.) For the given N this function
// decides both inequalities as such.
//
// The error, which a correct theorem never gives, names the side that fails. It panics
// unless [ValidateUniform] accepts the arguments, N is odd and N ≥ 2ρ.
func UniformLimit(n int, rho rational.Rat) error {
	// CRS-U has the value in closed form.
	value := UniformValue(n, rho)
	count := rational.NewRat(int64(n), 1)
	if n%2 == 0 || count.Cmp(rho.Mul(two)) < 0 {
		panic("single: the limit needs an odd number of elements, at least 2ρ")
	}
	// q ≤ e^(−x), which is the lower side.
	if CompareAlpha(value, rho) < 0 {
		return fmt.Errorf("LPOPT is less than α_0")
	}
	// (N+1)/2 times x + x².
	exponent := rho.Mul(half).Mul(one.Add(count.Inv())).Mul(one.Add(rho.Quo(count)))
	// value·(ρ + e^−exponent) ≤ 1
	product := enclose.ExpSumOf(rho).Add(enclose.ExpOf(exponent.Neg())).Scale(value)
	if product.Cmp(enclose.ExpSumOf(one)) > 0 {
		return fmt.Errorf("LPOPT exceeds the upper bound that tends to α_0")
	}
	return nil
}
