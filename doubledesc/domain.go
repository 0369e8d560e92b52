package doubledesc

import (
	"context"
	"fmt"
	"math/big"

	"pstar/cone"
	"pstar/internal/bitset"
)

// Orbits is the set of extreme rays of a cone under a symmetry, one ray for
// each orbit.
type Orbits struct {
	Symmetry *cone.Symmetry
	// Domain is the part of the cone in the fundamental domain D: its extreme
	// rays and lines. Each of its rays generates, with the lines and the
	// symmetry, but not every one need be extreme in the whole cone.
	Domain *cone.V
	// Orbits are the orbits of extreme rays of the whole cone.
	Orbits []Orbit
	// Complete says that no ray of Domain, and so no orbit, is missing: see the
	// function [Complete].
	Complete bool
}

// Orbit is one orbit of extreme rays, modulo lineality.
type Orbit struct {
	Representative cone.Vector // in D, canonical
	Size           *big.Int
}

// RaysOverDomain finds the extreme rays of a cone that is invariant under a
// symmetry, by conversion of its part C∩D in the fundamental domain D.
//
// Any point can be permuted into D. If r is an extreme ray of C, a permuted
// copy of it lies in D, is extreme in C, and so is extreme in the smaller cone
// C∩D. Hence the extreme rays of C are in the orbits of those of C∩D, and are
// found by keeping the ones whose tight rows in C have full rank. Rows of C that
// other rows imply within D (see [cone.Symmetry.ImpliedInDomain]) are left out
// of the conversion; for the cones of multi-draft sampling what remains is
// simplicial.
//
// Rows are taken in as given, after those of the domain, whatever o.Order says.
// The rays of C∩D are checked as in [Rays], and shown to be all by [Complete] if that is
// affordable, as it is where they are simplicial. It is an error if the symmetry is
// malformed, does not map the rows of h onto themselves, or moves a line of the
// lineality space (then orbits modulo lineality would need another count).
func RaysOverDomain(ctx context.Context, h *cone.H, s *cone.Symmetry, o Options) (*Orbits, error) {
	if err := checkSymmetry(ctx, h, s); err != nil {
		return nil, err
	}
	part := &cone.H{Dim: h.Dim, Equations: h.Equations}
	needed, err := NeededInDomain(ctx, h, s)
	if err != nil {
		return nil, err
	}
	part.Inequalities = append(s.DomainRows(), needed...)
	// Rows that bring coordinates of their own come with these ascending, as a
	// rule: then the first phase appends to long vectors and never copies them.
	o.Order = AsGiven
	o.Method = DoubleDescription
	var effort int64
	o.Effort = &effort
	domain, err := Rays(ctx, part, o)
	if err != nil {
		return nil, err
	}
	if err := checkLines(h, s, domain.Lines); err != nil {
		return nil, err
	}
	// Points of D satisfy the rows left out, but that is an argument: check it.
	if err := checkAllRows(ctx, h, domain); err != nil {
		return nil, err
	}
	result := &Orbits{Symmetry: s, Domain: domain}
	if result.Complete, err = Complete(ctx, part, domain, effort); err != nil {
		return nil, err
	}
	err = result.keepExtreme(ctx, h)
	return result, err
}

func checkSymmetry(ctx context.Context, h *cone.H, s *cone.Symmetry) error {
	if err := h.Validate(); err != nil {
		return err
	}
	if s.Dim != h.Dim {
		return fmt.Errorf("doubledesc: symmetry of dimension %d for a cone of dimension %d", s.Dim, h.Dim)
	}
	if err := s.Validate(); err != nil {
		return err
	}
	row, ok, err := s.Preserves(ctx, h)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("doubledesc: the symmetry does not preserve the cone: it maps row %v to no row", row)
	}
	return nil
}

// checkLines reports whether the lineality space of h is that of its part in the
// domain and fixed by the symmetry.
func checkLines(h *cone.H, s *cone.Symmetry, lines []cone.Vector) error {
	if want := h.Dim - cone.Rank(h.Rows(), h.Dim); len(lines) != want {
		return fmt.Errorf("doubledesc: the symmetry moves lines of the lineality space: it fixes %d dimensions of %d", len(lines), want)
	}
	for _, line := range lines {
		for _, c := range s.Chains {
			for _, swap := range c.Swaps {
				if !line.Permute(swap).Equal(line) {
					return fmt.Errorf("doubledesc: the symmetry moves the line %v of the lineality space", line)
				}
			}
		}
	}
	return nil
}

// NeededInDomain returns inequalities of h that imply all others within the
// fundamental domain: rows with the same entries off the keys are compared with
// each other, and those implied by another one are left out. (The result may
// still be redundant.) If ctx ends, the error is its cause.
// It compares pairs within groups: quadratic in the size of a group, and linear in their
// number.
func NeededInDomain(ctx context.Context, h *cone.H, s *cone.Symmetry) ([]cone.Vector, error) {
	isKey := make([]bool, h.Dim)
	for _, c := range s.Chains {
		for _, k := range c.Keys {
			isKey[k] = true
		}
	}
	groups := map[string][]int{}
	needed := make([]bool, len(h.Inequalities))
	for i, a := range h.Inequalities {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// The entries off the keys, by which groups are told apart.
		var off cone.Vector
		for _, e := range a {
			if !isKey[e.Index] {
				off = append(off, e)
			}
		}
		key := off.Key()
		groups[key] = keepNeeded(h, s, groups[key], i, needed)
	}
	// In the order of h.
	var rows []cone.Vector
	for i, a := range h.Inequalities {
		if needed[i] {
			rows = append(rows, a)
		}
	}
	return rows, nil
}

// keepNeeded adds row i to a group of rows none of which implies another in D,
// unless one of them implies it, and drops those that it implies.
// The group stays free of rows that imply each other.
func keepNeeded(h *cone.H, s *cone.Symmetry, group []int, i int, needed []bool) []int {
	a := h.Inequalities[i]
	var kept []int
	for _, j := range group {
		b := h.Inequalities[j]
		if s.ImpliedInDomain(a, b) {
			return group // b implies a; nothing that a implies was in the group
		}
		if s.ImpliedInDomain(b, a) {
			needed[j] = false
			continue
		}
		kept = append(kept, j)
	}
	needed[i] = true
	return append(kept, i)
}

// checkAllRows reports a ray of v that violates a row of h.
// The error counts rays and rows from 1.
func checkAllRows(ctx context.Context, h *cone.H, v *cone.V) error {
	signs := newSigns(h)
	tight := bitset.New(signs.rows)
	for i, r := range v.Rays {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if row := signs.at(r, tight); row >= 0 {
			return fmt.Errorf("doubledesc: ray %d of the domain violates row %d", i+1, row+1)
		}
	}
	return nil
}

// keepExtreme finds the orbits of the rays of C∩D that are extreme in C.
// Of the images in the domain the greatest one is the representative, so that it does not
// depend on the order.
func (o *Orbits) keepExtreme(ctx context.Context, h *cone.H) error {
	rows := h.Rows()
	rank := cone.Rank(rows, h.Dim)
	signs, ranks := newSigns(h), newRanks(rows, h.Dim)
	tight := bitset.New(len(rows))
	seen := map[string]bool{}
	for _, r := range o.Domain.Rays {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// An image of one that was looked at before.
		if seen[r.Key()] {
			continue
		}
		representative := r
		for _, image := range o.Symmetry.ImagesInDomain(r) {
			seen[o.Domain.Reduce(image).Key()] = true
			if image.Cmp(representative) > 0 {
				representative = image
			}
		}
		// Extreme in the whole cone is more than in its part, which has the domain's rows
		// as well.
		if signs.at(representative, tight); ranks.extreme(tight, rank) {
			o.Orbits = append(o.Orbits, Orbit{representative, o.Symmetry.OrbitSize(representative)})
		}
	}
	return nil
}

// Count returns the number of extreme rays of the whole cone.
func (o *Orbits) Count() *big.Int {
	total := new(big.Int)
	for _, orbit := range o.Orbits {
		total.Add(total, orbit.Size)
	}
	return total
}

// Expand lists all extreme rays of the whole cone, canonical. Memory grows with
// their number.
// An orbit may have as many rays as the symmetry has elements.
func (o *Orbits) Expand() *cone.V {
	all := &cone.V{Dim: o.Domain.Dim, Lines: o.Domain.Lines}
	for _, orbit := range o.Orbits {
		all.Rays = append(all.Rays, o.Symmetry.Orbit(orbit.Representative)...)
	}
	return all.Canonical()
}
