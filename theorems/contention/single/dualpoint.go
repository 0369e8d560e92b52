package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
)

// DualPoint verifies CRS-L3.5 for x_i = ρ/N with N odd, exactly: its point is
// feasible for the dual of LP-SI, and its value is at most α_0(ρ) + (ρ+2)/N. Hence
// LPOPT is at most that (CRS-T3.4), and with N growing CRS-T1.3. It returns the value as value/d.
//
// The point, in the paper's scale: ξ(i) = ρα_0 except in the middle m = (N+1)/2,
// where it makes Σξ(i)/N = 1; y_f(i) is 0 before the middle, (ξ(m)+1)/2 in it and
// γ(ρi/N) after it; y_b is its mirror image, and so are its constraints.
//
// With s = ρ/N, r = e^s and D = 1 + ρE the sum of the γ(ρj/N) over j > i is ρ/(2DE)·(r^(N+1) − r^(i+1))/(r − 1), and then
// (3.11) for i > m, times (r − 1)·2DE/ρ, is
//
//	(r^N − r^i)(1 − (1 − s)r) ≥ 0,
//
// so that one comparison decides it for all i; in the middle y alone suffices; and before it the sum does not depend on i.
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
	// All is times D = 1 + ρE.
	s := exponentialsOf(rho)
	// As fractions: N may be as large as it likes.
	count := rational.NewRat(int64(n), 1)
	share := rho.Quo(count)
	xi := s.e.Scale(rho)                                       // D·ξ(i)
	xiMiddle := s.d.Scale(count).Sub(xi.Scale(count.Sub(one))) // D·ξ(m)
	middle := xiMiddle.Add(s.d).Scale(half)                    // D·y_f(m)
	// Σξ/N = 1 leaves this for the middle, which for ρα_0 < 1 is positive.
	if xiMiddle.Sign() < 0 {
		return value, d, fmt.Errorf("ξ is negative in the middle")
	}
	// 1 ≥ (1 − s)e^s, the comparison that stands for all elements behind the middle.
	if enclose.ExpSumOf(one).Cmp(enclose.ExpOf(share).Scale(one.Sub(share))) < 0 {
		return value, d, fmt.Errorf("constraint (3.11) is violated behind the middle")
	}
	// From here on all is times r − 1, which is positive, or 1 for ρ = 0, where γ is 0.
	times := enclose.ExpSumOf(one)
	var later enclose.ExpSum // D·Σ_{j>m} y_f(j)
	if rho.Sign() > 0 {
		times = enclose.ExpOf(share).Sub(times)
		// The first element behind the middle.
		end := rational.NewRat(int64(n+3), 2) // m + 1
		// A geometric sum: γ at the end less γ at its beginning, over r − 1, which is put off.
		later = s.gamma(rho.Add(share)).Sub(s.gamma(share.Mul(end)))
	}
	// The middle one is behind all of those before it.
	later = later.Add(middle.Mul(times))
	// Before the middle y is 0, so that x times the sum behind must reach ξ/2 alone.
	if n > 1 && later.Scale(share).Cmp(xi.Scale(half).Mul(times)) < 0 {
		return value, d, fmt.Errorf("constraint (3.11) is violated before the middle")
	}
	// Both orders count, and the paper's scale is N times ours.
	value, d = later.Scale(two.Quo(count)), s.d.Mul(times)
	if limit := s.e.Add(s.d.Scale(rho.Add(two).Quo(count))).Mul(times); value.Cmp(limit) > 0 {
		return value, d, fmt.Errorf("the value of the dual point exceeds α_0 + (ρ+2)/N")
	}
	return value, d, ctx.Err()
}

// gamma returns D·γ(z) = ρ·e^(z−ρ/2)/2; see CRS-P3.6.
//
// Its derivative is itself, which makes the sums of CRS-L3.5 geometric.
// In the scale of D, as everything here.
func (s exponentials) gamma(z rational.Rat) enclose.ExpSum {
	return enclose.ExpOf(z.Sub(s.rho.Mul(half))).Scale(s.rho.Mul(half))
}
