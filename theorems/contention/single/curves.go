package single

import (
	"pstar/rational"
	"pstar/rational/enclose"
)

// PhiAt returns φ(z) of CRS-P3.2, for 0 ≤ z ≤ ρ.
func PhiAt(rho, z rational.Rat) enclose.Real {
	s := exponentialsOf(rho)
	return s.phi(z).Real().Quo(s.d.Real())
}

// PhiBound returns 1 − ∫φ over [0, z], the bound on φ(z) in CRS-P3.2.
func PhiBound(rho, z rational.Rat) enclose.Real {
	s := exponentialsOf(rho)
	return s.d.Sub(s.integral(z)).Real().Quo(s.d.Real())
}
