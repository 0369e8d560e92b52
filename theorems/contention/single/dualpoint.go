package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
)

// DualPoint verifies CRS-L3.5 for x_i = ρ/N with N odd, exactly: its point is
// feasible for the dual of LP-SI, and its value is at most α_0(ρ) + (ρ+2)/N. Hence
// LPOPT is at most that (CRS-T3.4), and with N growing CRS-T1.3. It returns D =
// 1 + ρE times the value of the point, and D.
//
// The point, in the paper's scale: ξ(i) = ρα_0 except in the middle m = (N+1)/2,
// where it makes Σξ(i)/N = 1; y_f(i) is 0 before the middle, (ξ(m)+1)/2 in it and
// γ(ρi/N) after it; y_b is its mirror image, and so are its constraints.
//
// The error names what fails, which for a correct theorem is only N even, N < 1 or
// ρ < 0; or it is ctx.Err().
func DualPoint(ctx context.Context, n int, rho rational.Rat) (value, d enclose.ExpSum, err error) {
	if n < 1 || n%2 == 0 {
		return value, d, fmt.Errorf("expected an odd number of elements, found %d", n)
	}
	if rho.Sign() < 0 {
		return value, d, fmt.Errorf("expected a nonnegative sum of probabilities, found %s", rho)
	}
	s := exponentialsOf(rho)
	count := rational.NewRat(int64(n), 1)
	share := rho.Quo(count)
	xi := s.e.Scale(rho)                                       // D·ξ(i)
	xiMiddle := s.d.Scale(count).Sub(xi.Scale(count.Sub(one))) // D·ξ(m)
	if xiMiddle.Sign() < 0 {
		return value, d, fmt.Errorf("ξ is negative in the middle")
	}
	later := enclose.ExpSum{} // D·Σ_{j>i} y_f(j)
	for i := n; i >= 1; i-- {
		if err := ctx.Err(); err != nil {
			return value, d, err
		}
		var y enclose.ExpSum
		bound := xi
		switch middle := (n + 1) / 2; {
		case i > middle:
			y = s.gamma(share.Mul(rational.NewRat(int64(i), 1)))
		case i == middle:
			bound = xiMiddle
			y = xiMiddle.Add(s.d).Scale(half)
		}
		if y.Add(later.Scale(share)).Cmp(bound.Scale(half)) < 0 {
			return value, d, fmt.Errorf("element %d: constraint (3.11) is violated", i)
		}
		later = later.Add(y)
	}
	value = later.Scale(two.Quo(count))
	if limit := s.e.Add(s.d.Scale(rho.Add(two).Quo(count))); value.Cmp(limit) > 0 {
		return value, d, fmt.Errorf("the value of the dual point exceeds α_0 + (ρ+2)/N")
	}
	return value, s.d, nil
}

// gamma returns D·γ(z) = ρ·e^(z−ρ/2)/2; see CRS-P3.6.
func (s exponentials) gamma(z rational.Rat) enclose.ExpSum {
	return enclose.ExpOf(z.Sub(s.rho.Mul(half))).Scale(s.rho.Mul(half))
}
