package contention

import (
	"fmt"

	"pstar/rational"
)

// UnitPhi proves CRS-P3.2 for a given ρ > 0 on the whole of [0, ρ]: φ is continuous
// and decreasing, (φ(z) + φ(ρ−z))/2 = α_0(ρ), and φ(z) ≤ 1 − ∫φ over [0, z], with
// equality from ρ/2 on. It panics unless 0 < ρ ≤ 1000.
//
// All inequalities are multiplied by D = 1 + ρE. With E = e^(ρ/2), Dφ(z) is 2E − e^z
// up to ρ/2 and e^(ρ−z) beyond, and the slack of the last inequality up to ρ/2 is
// h(z) = 2e^z − (2 + 2z − ρ)E. It has a double zero at ρ/2, so that no enclosure of
// its values decides it there; h” = 2e^z does.
//
// For all ρ at once: with z = ρ/2 − t, h = 2E·(e^−t − 1 + t), which is nonnegative
// because e^−t ≥ 1 − t; [PhiIdentities] checks the identity.
func UnitPhi(rho rational.Rat) ([]Claim, error) {
	mustBePhiRange(rho)
	middle := rho.Mul(half)
	s := exponentialsOf(rho)
	minus := rational.NewRat(-1, 1)
	if gap := s.e.Scale(two).Sub(rational.ExpOf(middle)).Sub(rational.ExpOf(rho.Sub(middle))); !gap.IsZero() {
		return nil, fmt.Errorf("φ jumps at ρ/2")
	}
	claims := []Claim{{Name: "continuous", Statement: "φ has the same value from both sides at ρ/2"}}
	for _, c := range []struct {
		name, statement string
		f               expPoly
		from, to        rational.Rat
		touch           *rational.Rat
	}{
		{"decreasing-before", "-D·φ'(z) = e^z > 0 on [0, ρ/2]",
			expPoly{{polynomial{one}, polynomial{zero, one}}}, zero, middle, nil},
		{"decreasing-after", "-D·φ'(z) = e^(ρ-z) > 0 on [ρ/2, ρ]",
			expPoly{{polynomial{one}, polynomial{rho, minus}}}, middle, rho, nil},
		{"slack", "D·(1 - φ(z) - ∫φ) = 2e^z - (2 + 2z - ρ)E ≥ 0 on [0, ρ/2]",
			expPoly{
				{polynomial{two}, polynomial{zero, one}},
				{polynomial{rho.Sub(two), two.Neg()}, polynomial{middle}},
			}, zero, middle, &middle},
	} {
		cells, err := c.f.prove(c.from, c.to, c.touch)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.statement, err)
		}
		claims = append(claims, Claim{c.name, c.statement, cells})
	}
	return append(claims, Claim{Name: "symmetric", Statement: "(φ(z) + φ(ρ-z))/2 = α_0(ρ)"},
		Claim{Name: "tight", Statement: "φ(z) = 1 - ∫φ on [ρ/2, ρ]"}), checkIdentities(PhiIdentities())
}

// UnitGamma proves CRS-P3.6 for a given ρ > 0 on the whole of [ρ/2, ρ]: γ is
// increasing and 1-Lipschitz, and γ(z) + ∫γ over [z, ρ] = ρα_0/2. It panics unless
// 0 < ρ ≤ 1000.
func UnitGamma(rho rational.Rat) ([]Claim, error) {
	mustBePhiRange(rho)
	middle := rho.Mul(half)
	power := polynomial{middle.Neg(), one} // z − ρ/2
	increasing, err := expPoly{{polynomial{rho}, power}}.prove(middle, rho, nil)
	if err != nil {
		return nil, err
	}
	lipschitz, err := expPoly{
		{polynomial{two}, polynomial{zero}},
		{polynomial{two.Mul(rho)}, polynomial{middle}},
		{polynomial{rho.Neg()}, power},
	}.prove(middle, rho, nil)
	if err != nil {
		return nil, err
	}
	return []Claim{
		{"gamma-increasing", "2D·γ'(z) = ρe^(z-ρ/2) > 0 on [ρ/2, ρ]", increasing},
		{"gamma-lipschitz", "2D·(1 - γ'(z)) = 2 + 2ρE - ρe^(z-ρ/2) ≥ 0 on [ρ/2, ρ]", lipschitz},
		{Name: "gamma-integral", Statement: "γ(z) + ∫γ = ρα_0/2 on [ρ/2, ρ]"},
	}, checkIdentities(PhiIdentities())
}

func mustBePhiRange(rho rational.Rat) {
	if rho.Sign() <= 0 || rho.Cmp(rational.NewRat(1000, 1)) > 0 {
		panic("contention: ρ must be positive and at most 1000")
	}
}
