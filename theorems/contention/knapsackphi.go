package contention

import (
	"fmt"

	"pstar/rational"
)

// KnapsackPhi proves CRS-P4.3 on the whole of [0, 1] for φ(z) = 4/9 − 2z/9: it is
// decreasing, (φ(z) + φ(1−z))/2 = 1/3 (4.15), φ(z) ≤ 1 − φ(0) − ∫φ (4.16), whose slack
// is (1−z)²/9, and φ(z) ≤ 1 − 2∫φ − φ(0)·exp(−2∫φ/φ(0)) (4.17), by subdivision.
func KnapsackPhi() ([]Claim, error) {
	r := rational.NewRat
	phi := polynomial{r(4, 9), r(-2, 9)}
	integral := polynomial{zero, r(4, 9), r(-1, 9)}
	constant := func(v rational.Rat) polynomial { return polynomial{v} }
	scale := func(p polynomial, v rational.Rat) polynomial { return p.mul(constant(v)) }
	if !samePolynomial(integral.derivative(), phi) {
		return nil, fmt.Errorf("the integral of φ is wrong")
	}
	reflected := polynomial{r(4, 9).Sub(r(2, 9)), r(2, 9)} // φ(1−z)
	if !samePolynomial(phi.add(reflected), constant(r(2, 3))) {
		return nil, fmt.Errorf("(4.15) is not an identity")
	}
	slack := constant(one.Sub(phi[0])).add(scale(integral, one.Neg())).add(scale(phi, one.Neg()))
	root := polynomial{r(1, 3), r(-1, 3)} // (1−z)/3
	if !samePolynomial(slack, root.mul(root)) {
		return nil, fmt.Errorf("the slack of (4.16) is not (1−z)²/9")
	}
	f := expPoly{
		{constant(one).add(scale(integral, two.Neg())).add(scale(phi, one.Neg())), constant(zero)},
		{constant(phi[0].Neg()), scale(integral, two.Neg().Quo(phi[0]))},
	}
	cells, err := f.prove(zero, one, nil)
	if err != nil {
		return nil, fmt.Errorf("(4.17): %w", err)
	}
	return []Claim{
		{Name: "decreasing", Statement: "φ'(z) = -2/9"},
		{Name: "symmetric", Statement: "(φ(z) + φ(1-z))/2 = 1/3 (4.15)"},
		{Name: "slack", Statement: "1 - φ(0) - ∫φ - φ(z) = (1-z)²/9 (4.16)"},
		{"exponential", "1 - 2∫φ - φ(0)·exp(-2∫φ/φ(0)) - φ(z) > 0 on [0, 1] (4.17)", cells},
	}, nil
}

func samePolynomial(p, q polynomial) bool {
	for k := range max(len(p), len(q)) {
		a, b := zero, zero
		if k < len(p) {
			a = p[k]
		}
		if k < len(q) {
			b = q[k]
		}
		if !a.Equal(b) {
			return false
		}
	}
	return true
}

// KnapsackPhiAt returns φ(z) = 4/9 − 2z/9 of CRS-P4.3.
func KnapsackPhiAt(z rational.Rat) rational.Rat {
	return rational.NewRat(4, 9).Sub(z.Mul(rational.NewRat(2, 9)))
}

// KnapsackPhiBounds returns the right sides of (4.16) and (4.17) at z.
func KnapsackPhiBounds(z rational.Rat) (linear, exponential rational.Real) {
	first := KnapsackPhiAt(zero)
	mass := rational.NewRat(4, 9).Mul(z).Sub(z.Mul(z).Mul(rational.NewRat(1, 9))) // ∫φ
	return rational.RealOf(one.Sub(first).Sub(mass)), slack42(zero, first, mass).Real()
}

// KnapsackLandmarks returns the guarantees known for the knapsack problem.
func KnapsackLandmarks() []Landmark {
	real := func(num, den int64) rational.Real { return rational.RealOf(rational.NewRat(num, den)) }
	return []Landmark{
		{"fixed order: 1/(3 + e^(−2))", real(1, 1).Quo(real(3, 1).Add(real(-2, 1).Exp()))},
		{"forward-backward, attained: 1/3", real(1, 3)},
		{"forward-backward, upper bound: 1/(2 + e^(−1))", Alpha(two)},
		{"random order, upper bound: (1 − e^(−2))/2", real(1, 1).Sub(real(-2, 1).Exp()).Quo(real(2, 1))},
	}
}
