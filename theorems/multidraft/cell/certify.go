package cell

import (
	"context"
	"fmt"

	"pstar/certificate"
	"pstar/cone"
	"pstar/doubledesc"
	"pstar/rational/polynomial"
)

// conePart writes the rays in the fundamental domain as a simplicial ray list:
// facets of C∩D and rays in the order in which each ray is positive on its own
// facet and zero on the others.
func conePart(ctx context.Context, p *ConeProof) (*certificate.ConePart, error) {
	if p.Domain == nil {
		return nil, fmt.Errorf("the certificate needs the rays over the %s", MethodDomain)
	}
	facets, rows, err := domainFacets(ctx, p.Cone)
	if err != nil {
		return nil, err
	}
	part := &certificate.ConePart{
		Rows:  rows,
		Rays:  make([][]certificate.Entry, len(facets)),
		Count: p.Rays(),
	}
	if len(p.Domain.Domain.Rays) != len(facets) {
		return nil, fmt.Errorf("%d rays and %d facets in the fundamental domain: not simplicial", len(p.Domain.Domain.Rays), len(facets))
	}
	incidence := cone.NewIncidence(facets, p.Cone.H.Dim)
	for _, r := range p.Domain.Domain.Rays {
		r = p.Cone.Normal(r)
		products := incidence.NonZero(r)
		if len(products) != 1 || part.Rays[products[0].Row] != nil {
			return nil, fmt.Errorf("ray %v is not alone off one facet of the fundamental domain", r)
		}
		part.Rays[products[0].Row] = rayEntries(r)
	}
	return part, nil
}

// domainFacets returns the facets of the cone's part in the fundamental domain:
// the domain rows, then the rows of the cone that are needed there, whose
// numbers are returned too.
func domainFacets(ctx context.Context, c *Cone) (facets []cone.Vector, numbers []int, err error) {
	number := make(map[string]int, len(c.H.Inequalities))
	for i, a := range c.H.Inequalities {
		number[a.Key()] = i
	}
	facets = c.Symmetry.DomainRows()
	needed, err := doubledesc.NeededInDomain(ctx, c.H, c.Symmetry)
	for _, a := range needed {
		facets = append(facets, a)
		numbers = append(numbers, number[a.Key()])
	}
	return facets, numbers, err
}

func rayEntries(r cone.Vector) []certificate.Entry {
	entries := make([]certificate.Entry, len(r))
	for i, e := range r {
		value, ok := e.Value.Int64()
		if !ok {
			panic("cell: ray entry beyond 64 bits")
		}
		entries[i] = certificate.Entry{Coordinate: e.Index, Value: value}
	}
	return entries
}

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
