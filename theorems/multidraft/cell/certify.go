package cell

import (
	"pstar/certificate"
	"pstar/rational/polynomial"
)

// identityPart writes the polynomials of the supports, terms by increasing
// exponents.
func identityPart(supports []polynomial.Poly) *certificate.Identity {
	part := &certificate.Identity{}
	for _, b := range supports {
		// All monomials have the same degree, so descending graded order is
		// descending lexicographic order.
		terms := b.Terms()
		list := make([]certificate.Term, len(terms))
		for i, t := range terms {
			list[len(terms)-1-i] = certificate.Term{Exponents: t.Exps, Coefficient: t.Coef.Big()}
		}
		part.Supports = append(part.Supports, list)
	}
	return part
}
