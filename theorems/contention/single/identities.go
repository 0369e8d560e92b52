package single

import (
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/polynomial"
)

// Identity is an equation between polynomials, one step of a proof for all values
// of its variables.
type Identity struct {
	Name        string
	Left, Right polynomial.Poly
}

// Check reports whether both sides are the same polynomial.
// Coefficients are compared, so that it holds for all values of the symbols or not at all.
func (i Identity) Check() error {
	// As polynomials, whatever the symbols stand for.
	if !i.Left.Equal(i.Right) {
		return fmt.Errorf("%s: the two sides differ", i.Name)
	}
	return nil
}

// The first one that does not hold is told.
func checkIdentities(list []Identity) error {
	for _, i := range list {
		if err := i.Check(); err != nil {
			return err
		}
	}
	return nil
}

// symbols returns the variables of polynomials in n variables, and constants.
// The function is for integers.
func symbols(n int) ([]polynomial.Poly, func(int64) polynomial.Poly) {
	v := each.To(n, func(i int) polynomial.Poly { return polynomial.Variable(n, i) })
	return v, func(c int64) polynomial.Poly { return polynomial.Constant(n, rational.NewInt(c)) }
}

// PhiIdentities are the identities behind CRS-P3.2 and CRS-P3.6 for all ρ, in the
// symbols ρ, z, E = e^(ρ/2), Z = e^z, W = e^(ρ−z) and T = e^(z−ρ/2), with D = 1 + ρE. Each
// side is derived from the definitions of Dφ, which is 2E − Z up to ρ/2 and W beyond,
// and of 2Dγ = ρT: by differentiation with Z' = Z, W' = −W and T' = T, by reflection of z
// to ρ − z, which exchanges Z and W, or by evaluation at 0, ρ/2 or ρ. Primitives, which
// are guessed, are proved by their derivative and one value.
func PhiIdentities() []Identity {
	v, k := symbols(6)
	rho, z, e, bigZ, w, t := v[0], v[1], v[2], v[3], v[4], v[5]
	d := k(1).Add(rho.Mul(e))
	derivative := func(p polynomial.Poly) polynomial.Poly { // d/dz
		// Each symbol that depends on z brings its own derivative.
		return partial(p, 1).Add(partial(p, 3).Mul(bigZ)).Sub(partial(p, 4).Mul(w)).Add(partial(p, 5).Mul(t))
	}
	atZero := func(p polynomial.Poly) polynomial.Poly { return p.Substitute(1, k(0)).Substitute(3, k(1)) }
	// Twice the value of p at ρ/2, for p of degree 1 in z; twice z is ρ there.
	atMiddle := func(p polynomial.Poly) polynomial.Poly {
		slope := partial(p, 1)
		return k(2).Mul(p.Sub(slope.Mul(z))).Add(slope.Mul(rho)).Substitute(3, e).Substitute(4, e).Substitute(5, k(1))
	}
	atEnd := func(p polynomial.Poly) polynomial.Poly { return p.Substitute(1, rho).Substitute(5, e) }
	reflected := func(p polynomial.Poly) polynomial.Poly { // of what holds z and Z only through W
		return p.Substitute(4, bigZ)
	}

	before, after := k(2).Mul(e).Sub(bigZ), w                // Dφ
	integralBefore := k(2).Mul(e).Mul(z).Sub(bigZ).Add(k(1)) // D∫φ over [0, z]
	integralAfter := d.Sub(w)                                // likewise
	slack := d.Sub(integralBefore).Sub(before)               // D(1 − ∫φ − φ)
	// Nonnegative for every s, as e^(−s) is at least 1 − s.
	tangent := k(2).Mul(t).Sub(k(2)).Add(rho.Sub(k(2).Mul(z))) // 2(e^−s − 1 + s), s = ρ/2 − z
	gamma := rho.Mul(t)                                        // 2Dγ
	return []Identity{
		{"φ is continuous at ρ/2", atMiddle(before), atMiddle(after)},
		{"φ(z) + φ(ρ−z) = 2α_0", before.Add(reflected(after)), k(2).Mul(e)},
		{"φ is the derivative of its integral before ρ/2", derivative(integralBefore), before},
		{"the integral starts at 0", atZero(integralBefore), k(0)},
		{"φ is the derivative of its integral beyond", derivative(integralAfter), after},
		{"the integral is continuous at ρ/2", atMiddle(integralBefore), atMiddle(integralAfter)},
		{"φ = 1 − ∫φ beyond ρ/2", after, d.Sub(integralAfter)},
		{"the slack before ρ/2 is 2e^z − (2+2z−ρ)E", slack, k(2).Mul(bigZ).Sub(k(2).Add(k(2).Mul(z)).Sub(rho).Mul(e))},
		{"the slack is 2E(e^−s − 1 + s), as Z = ET", slack.Substitute(3, e.Mul(t)), e.Mul(tangent)},
		{"γ is a primitive of γ", derivative(gamma), gamma},
		{"γ(z) + ∫γ over [z, ρ] = ρα_0/2", gamma.Add(atEnd(gamma).Sub(gamma)), rho.Mul(e)},
	}
}

// partial returns the derivative of p by its variable i.
func partial(p polynomial.Poly, i int) polynomial.Poly {
	var terms []polynomial.Term
	// Term by term: the power comes down as a factor.
	for _, t := range p.Terms() {
		if t.Exps[i] == 0 {
			continue
		}
		exponents := append([]int(nil), t.Exps...)
		exponents[i]--
		terms = append(terms, polynomial.Term{Coef: t.Coef.Mul(rational.NewInt(int64(t.Exps[i]))), Exps: exponents})
	}
	return polynomial.FromTerms(p.NumVars(), terms)
}
