package contention

import "pstar/rational"

// PhiAt returns φ(z) of CRS-P3.2, for 0 ≤ z ≤ ρ.
func PhiAt(rho, z rational.Rat) rational.Real {
	s := exponentialsOf(rho)
	return s.phi(z).Real().Quo(s.d.Real())
}

// PhiBound returns 1 − ∫φ over [0, z], the bound on φ(z) in CRS-P3.2.
func PhiBound(rho, z rational.Rat) rational.Real {
	s := exponentialsOf(rho)
	return s.d.Sub(s.integral(z)).Real().Quo(s.d.Real())
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
