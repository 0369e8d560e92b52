package knapsack

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/interval"
	"pstar/theorems/contention/single"
)

// ProvePhi proves CRS-P4.3 on the whole of [0, 1] for φ(z) = 4/9 − 2z/9: it is
// decreasing, (φ(z) + φ(1−z))/2 = 1/3 (4.15), φ(z) ≤ 1 − φ(0) − ∫φ (4.16), whose slack
// is (1−z)²/9, and φ(z) ≤ 1 − 2∫φ − φ(0)·exp(−2∫φ/φ(0)) (4.17), by subdivision.
func ProvePhi() ([]interval.Claim, error) {
	r := rational.NewRat
	phi := interval.Polynomial{r(4, 9), r(-2, 9)}
	integral := interval.Polynomial{zero, r(4, 9), r(-1, 9)}
	constant := func(v rational.Rat) interval.Polynomial { return interval.Polynomial{v} }
	scale := func(p interval.Polynomial, v rational.Rat) interval.Polynomial { return p.Mul(constant(v)) }
	// What is used as the integral of φ is one: its derivative is φ, and it is 0 at 0.
	if !samePolynomial(integral.Derivative(), phi) {
		return nil, fmt.Errorf("the integral of φ is wrong")
	}
	reflected := interval.Polynomial{r(4, 9).Sub(r(2, 9)), r(2, 9)} // φ(1−z)
	if !samePolynomial(phi.Add(reflected), constant(r(2, 3))) {
		return nil, fmt.Errorf("(4.15) is not an identity")
	}
	// (4.16) less its left side, a square.
	slack := constant(one.Sub(phi[0])).Add(scale(integral, one.Neg())).Add(scale(phi, one.Neg()))
	root := interval.Polynomial{r(1, 3), r(-1, 3)} // (1−z)/3
	if !samePolynomial(slack, root.Mul(root)) {
		return nil, fmt.Errorf("the slack of (4.16) is not (1−z)²/9")
	}
	// (4.17) less its left side: a polynomial, and an exponential of a polynomial.
	f := interval.ExpPoly{
		{Factor: constant(one).Add(scale(integral, two.Neg())).Add(scale(phi, one.Neg())), Exponent: constant(zero)},
		{Factor: constant(phi[0].Neg()), Exponent: scale(integral, two.Neg().Quo(phi[0]))},
	}
	cells, err := f.Prove(zero, one, nil)
	if err != nil {
		return nil, fmt.Errorf("(4.17): %w", err)
	}
	return []interval.Claim{
		{Name: "decreasing", Statement: "φ'(z) = -2/9"},
		{Name: "symmetric", Statement: "the mean of φ(z) and φ(1-z) is 1/3 (4.15)"},
		{Name: "slack", Statement: "1 - φ(0) - ∫φ - φ(z) = (1-z)²/9 (4.16)"},
		{Name: "exponential", Statement: "1 - 2∫φ - φ(0)·exp(-2∫φ/φ(0)) - φ(z) > 0 on [0, 1] (4.17)", Cells: cells},
	}, nil
}

func samePolynomial(p, q interval.Polynomial) bool {
	for k := range max(len(p), len(q)) {
		// Polynomials may end with zeros: the missing coefficients are 0.
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

// PhiAt returns φ(z) = 4/9 − 2z/9 of CRS-P4.3.
func PhiAt(z rational.Rat) rational.Rat {
	return rational.NewRat(4, 9).Sub(z.Mul(rational.NewRat(2, 9)))
}

// PhiBounds returns the right sides of (4.16) and (4.17) at z.
//
// φ lies below both on [0, 1], touching the first at 1: CRS-P4.3.
func PhiBounds(z rational.Rat) (linear, exponential enclose.Real) {
	first := PhiAt(zero)
	mass := rational.NewRat(4, 9).Mul(z).Sub(z.Mul(z).Mul(rational.NewRat(1, 9))) // ∫φ
	return enclose.RealOf(one.Sub(first).Sub(mass)), slack42(zero, first, mass).Real()
}

// Landmarks returns the guarantees known for the knapsack problem.
func Landmarks() []contention.Landmark {
	real := func(num, den int64) enclose.Real { return enclose.RealOf(rational.NewRat(num, den)) }
	return []contention.Landmark{
		{Name: "low and high sizes apart: 1/(2(1 + e^(−1/2)))", Value: single.Alpha(one).Quo(real(2, 1))},
		{Name: "fixed order: 1/(3 + e^(−2))", Value: real(1, 1).Quo(real(3, 1).Add(real(-2, 1).Exp()))},
		{Name: "forward-backward, attained: 1/3", Value: real(1, 3)},
		{Name: "forward-backward, upper bound: 1/(2 + e^(−1))", Value: single.Alpha(two)},
		{Name: "random order, upper bound: (1 − e^(−2))/2", Value: real(1, 1).Sub(real(-2, 1).Exp()).Quo(real(2, 1))},
	}
}
