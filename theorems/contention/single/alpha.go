package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// exponentials of one ρ: E = e^(ρ/2) and D = 1 + ρE, the common denominator of
// everything that CRS-T1.2 and CRS-T1.3 are about.
// Over D every number of the two theorems is a sum of exponentials, so that comparisons are
// decided.
type exponentials struct {
	rho  rational.Rat
	e, d enclose.ExpSum
}

// ρ is not negative, so D is at least 1.
func exponentialsOf(rho rational.Rat) exponentials {
	// ρ/2 as a fraction: the exponent is exact, and only the sum is a real number.
	e := enclose.ExpOf(rho.Mul(half))
	return exponentials{rho, e, enclose.ExpSumOf(one).Add(e.Scale(rho))}
}

// Alpha returns α_0(ρ) = e^(ρ/2)/(1 + ρ e^(ρ/2)) as an expression; see CRS-T1.2.
// It can be enclosed as closely as is asked for; to compare with it use [CompareAlpha].
func Alpha(rho rational.Rat) enclose.Real {
	x := exponentialsOf(rho)
	return x.e.Real().Quo(x.d.Real())
}

// FixedOrderLimit is the best guarantee for one fixed order in the limit of many small
// elements of sum ρ, 1/(1 + ρ): Σ x_i c accepted before the last leave c(1 + ρ) ≤ 1.
// ρ may be any number but −1; as a guarantee it is meant for ρ ≥ 0.
func FixedOrderLimit(rho rational.Rat) rational.Rat { return one.Add(rho).Inv() }

// AnyOrderLimit bounds the guarantee for any order in that limit, (1 − e^(−ρ))/ρ: Σ x_i c is
// at most the probability that somebody is active. ρ is positive.
func AnyOrderLimit(rho rational.Rat) enclose.Real {
	// The probability that somebody is active, of many small elements with the sum ρ.
	active := enclose.RealOf(one).Sub(enclose.RealOf(rho.Neg()).Exp())
	return active.Quo(enclose.RealOf(rho))
}

// CompareAlpha returns the sign of v − α_0(ρ), which is always decided: it is that
// of v·(1 + ρE) − E, a sum of exponentials.
func CompareAlpha(v, rho rational.Rat) int {
	x := exponentialsOf(rho)
	// v·D against E: the denominators are gone, and sums of exponentials have an order that is always decided.
	return x.d.Scale(v).Cmp(x.e)
}

// Landmarks returns, for ρ = 1, the best guarantees for a fixed order and a
// random order, and that of a static threshold for two orders.
// They do not depend on an instance, and are shown beside results for ρ = 1 alone.
func Landmarks() []contention.Landmark {
	// All as expressions, of which a caller takes as many digits as it prints.
	real := func(num, den int64) enclose.Real { return enclose.RealOf(rational.NewRat(num, den)) }
	return []contention.Landmark{
		{Name: "fixed order: 1/2", Value: real(1, 2)},
		{Name: "static threshold, or linear φ: (√5 − 1)/2", Value: real(5, 1).Sqrt().Sub(real(1, 1)).Quo(real(2, 1))},
		{Name: "forward-backward, worst case: " + contention.WorstCase, Value: Alpha(one)},
		{Name: "random order: 1 − 1/e", Value: real(1, 1).Sub(real(-1, 1).Exp())},
	}
}

// UnitPoint is the feasible point of CRS-L3.3: C[σ][i]/D, where D = 1 + ρE, is the
// mean of φ over [x_σ(i), x_σ(i)+x_i]; for x_i = 0, its value there.
// Elements are numbered as in x, whatever the order.
type UnitPoint struct {
	C [2][]enclose.ExpSum
	D enclose.ExpSum
}

// PhiPoint verifies CRS-L3.3 for x exactly and returns its point: the point is
// feasible for LP-SI, and both orders together give every element α_0(ρ). Hence
// LPOPT(n, x) ≥ α_0(ρ), which is CRS-T1.2. The error, which a correct theorem never
// gives, names the violated constraint; it is also that of [Validate], or
// ctx.Err().
//
// Each comparison is one of sums of up to five exponentials, decided exactly.
// It takes O(n) of them.
func PhiPoint(ctx context.Context, x []rational.Rat) (*UnitPoint, error) {
	if err := Validate(x); err != nil {
		return nil, err
	}
	n := len(x)
	// Everything is times D = 1 + ρE, which is positive.
	s := exponentialsOf(rational.RatVector(x).Sum())
	p := &UnitPoint{D: s.d}
	for _, o := range contention.Orders {
		p.C[o] = make([]enclose.ExpSum, n)
		// The intervals of the x_i follow one another along the order, from 0 to ρ.
		start := zero
		for _, i := range o.Sequence(n) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			// By the order and not by the number: the interval is where the element stands in
			// this order.
			c := s.mean(start, start.Add(x[i]))
			p.C[o][i] = c
			// c + Σ_{j <_σ i} x_j c_σ(j) ≤ 1, where the sum is ∫φ over [0, start].
			// φ is not negative; if a mean were, the point would be none whatever the sums
			// are.
			if c.Add(s.integral(start)).Cmp(s.d) > 0 || c.Sign() < 0 {
				return nil, fmt.Errorf("%s order, element %d: the point of Lemma 3.3 is not feasible", o, i+1)
			}
			start = start.Add(x[i])
		}
	}
	// Element by element, as both orders are known now.
	for i := range n {
		// The interval of an element in one order is the mirror image of that in the other, and φ(z) + φ(ρ−z) = 2α_0.
		if p.C[contention.Forward][i].Add(p.C[contention.Backward][i]).Cmp(s.e.Scale(two)) != 0 {
			return nil, fmt.Errorf("element %d: the point of Lemma 3.3 does not give α_0", i+1)
		}
	}
	return p, nil
}

// phi returns D·φ(z).
// It is defined on [0, ρ] by two pieces, which agree at ρ/2.
func (s exponentials) phi(z rational.Rat) enclose.ExpSum {
	if z.Cmp(s.rho.Mul(half)) <= 0 {
		return s.e.Scale(two).Sub(enclose.ExpOf(z))
	}
	return enclose.ExpOf(s.rho.Sub(z))
}

// integral returns D·∫φ over [0, z]: 2Ez − e^z + 1 for z ≤ ρ/2, and D − e^(ρ−z)
// beyond.
func (s exponentials) integral(z rational.Rat) enclose.ExpSum {
	if z.Cmp(s.rho.Mul(half)) <= 0 {
		return s.e.Scale(z.Mul(two)).Sub(enclose.ExpOf(z)).Add(enclose.ExpSumOf(one))
	}
	return s.d.Sub(enclose.ExpOf(s.rho.Sub(z)))
}

// mean returns D times the mean of φ over [a, b].
// The interval may have the middle ρ/2 inside, as the integral knows both pieces.
func (s exponentials) mean(a, b rational.Rat) enclose.ExpSum {
	// An element that is never active has an interval without length: φ is continuous, and its value there will do.
	if a.Equal(b) {
		return s.phi(a)
	}
	// The difference of two integrals over the length, which is positive here.
	return s.integral(b).Sub(s.integral(a)).Scale(b.Sub(a).Inv())
}
