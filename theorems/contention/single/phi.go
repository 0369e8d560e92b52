package single

import (
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention/interval"
)

// ProvePhi proves CRS-P3.2 for a given ρ ≥ 0 on the whole of [0, ρ], that φ is continuous
// there, and that its inequality is tight from ρ/2 on. It panics unless 0 ≤ ρ ≤ 100 000.
//
// All inequalities are multiplied by D = 1 + ρE and divided by E = e^(ρ/2): Dφ(z) is 2E − e^z
// up to ρ/2 and e^(ρ−z) beyond, and the slack of the last inequality up to ρ/2 is
// E·h(z) with h(z) = 2e^(z−ρ/2) − (2 + 2z − ρ). It has a double zero at ρ/2, so that no enclosure of
// its values decides it there; h″ = 2e^(z−ρ/2) does.
//
// For all ρ at once: with z = ρ/2 − t, h = 2(e^−t − 1 + t), which is nonnegative
// because e^−t ≥ 1 − t; [PhiIdentities] checks the identity.
func ProvePhi(rho rational.Rat) ([]interval.Claim, error) {
	mustBePhiRange(rho)
	// All of it is for one ρ; the certificate of the row is for all.
	middle := rho.Mul(half)
	s := exponentialsOf(rho)
	minus := rational.NewRat(-1, 1)
	// Both pieces at ρ/2: 2E − E, and E.
	if gap := s.e.Scale(two).Sub(enclose.ExpOf(middle)).Sub(enclose.ExpOf(rho.Sub(middle))); !gap.IsZero() {
		return nil, fmt.Errorf("φ jumps at ρ/2")
	}
	claims := []interval.Claim{{Name: "continuous", Statement: "φ has the same value from both sides at ρ/2"}}
	// Each inequality on its interval, with the place where it touches 0 if there is one.
	for _, c := range []struct {
		name, statement string
		f               interval.ExpPoly
		from, to        rational.Rat
		touch           *rational.Rat
	}{
		{"decreasing-before", "-D·φ'(z) = e^z > 0 on [0, ρ/2]",
			interval.ExpPoly{{Factor: interval.Polynomial{one}, Exponent: interval.Polynomial{zero, one}}}, zero, middle, nil},
		{"decreasing-after", "-D·φ'(z)/E = e^(ρ/2-z) > 0 on [ρ/2, ρ]",
			interval.ExpPoly{{Factor: interval.Polynomial{one}, Exponent: interval.Polynomial{middle, minus}}}, middle, rho, nil},
		{"slack", "D·(1 - φ(z) - ∫φ)/E = 2e^(z-ρ/2) - (2 + 2z - ρ) ≥ 0 on [0, ρ/2]",
			interval.ExpPoly{
				{Factor: interval.Polynomial{two}, Exponent: interval.Polynomial{middle.Neg(), one}},
				{Factor: interval.Polynomial{rho.Sub(two), two.Neg()}, Exponent: interval.Polynomial{zero}},
			}, zero, middle, &middle},
	} {
		// By subdivision, with the double zero as a place that is proved apart.
		cells, err := c.f.Prove(c.from, c.to, c.touch)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.statement, err)
		}
		claims = append(claims, interval.Claim{Name: c.name, Statement: c.statement, Cells: cells})
	}
	return append(claims, interval.Claim{Name: "symmetric", Statement: "the mean of φ(z) and φ(ρ-z) is α_0(ρ)"},
		interval.Claim{Name: "tight", Statement: "φ(z) = 1 - ∫φ on [ρ/2, ρ]"}), checkIdentities(PhiIdentities())
}

// ProveGamma proves CRS-P3.6 for a given ρ ≥ 0 on the whole of [ρ/2, ρ]: γ is
// increasing and 1-Lipschitz, and γ(z) + ∫γ over [z, ρ] = ρα_0/2. It panics unless
// 0 ≤ ρ ≤ 100 000.
// An error says where an inequality could not be proved.
func ProveGamma(rho rational.Rat) ([]interval.Claim, error) {
	mustBePhiRange(rho)
	middle := rho.Mul(half)
	// 2Dγ is ρ times e to this power.
	power := interval.Polynomial{middle.Neg(), one} // z − ρ/2
	// The interval is a point, and γ is 0 on it.
	if rho.IsZero() {
		return []interval.Claim{{Name: "gamma-zero", Statement: "γ = 0 and ρα_0 = 0 at z = 0, the whole interval for ρ = 0"}}, nil
	}
	// γ' = γ, so that its sign is that of ρ times a power of e.
	increasing, err := interval.ExpPoly{{Factor: interval.Polynomial{rho}, Exponent: power}}.Prove(middle, rho, nil)
	if err != nil {
		return nil, err
	}
	// 1 − γ' times 2D/E: of the three terms the last, which is subtracted, is at most ρ.
	lipschitz, err := interval.ExpPoly{
		{Factor: interval.Polynomial{two}, Exponent: interval.Polynomial{middle.Neg()}},
		{Factor: interval.Polynomial{two.Mul(rho)}, Exponent: interval.Polynomial{zero}},
		{Factor: interval.Polynomial{rho.Neg()}, Exponent: interval.Polynomial{rho.Neg(), one}},
	}.Prove(middle, rho, nil)
	if err != nil {
		return nil, err
	}
	return []interval.Claim{
		{Name: "gamma-increasing", Statement: "2D·γ'(z) = ρe^(z-ρ/2) > 0 on [ρ/2, ρ]", Cells: increasing},
		{Name: "gamma-lipschitz", Statement: "2D·(1 - γ'(z))/E = 2/E + 2ρ - ρe^(z-ρ) ≥ 0 on [ρ/2, ρ]", Cells: lipschitz},
		{Name: "gamma-integral", Statement: "γ(z) + ∫γ = ρα_0/2 on [ρ/2, ρ]"},
	}, checkIdentities(PhiIdentities())
}

// InPhiRange reports whether 0 ≤ ρ ≤ 100 000, for which [ProvePhi] and [ProveGamma] are.
// Beyond it the exponentials have more digits than anybody wants to wait for.
func InPhiRange(rho rational.Rat) bool {
	return rho.Sign() >= 0 && rho.Cmp(rational.NewRat(100_000, 1)) <= 0
}

// It is a mistake of the caller, who can ask InPhiRange.
func mustBePhiRange(rho rational.Rat) {
	if !InPhiRange(rho) {
		panic("single: ρ must be from 0 to 100000")
	}
}
