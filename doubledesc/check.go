package doubledesc

import (
	"context"
	"fmt"

	"pstar/cone"
)

// Check reports the first generator of v that is wrong for the cone h: a ray
// that violates a row, is not extreme or occurs twice modulo lineality, or
// lines that do not span the lineality space. It does not decide whether an
// extreme ray is missing.
//
// It is written against package cone alone and shares no state with the
// conversion. Cost: one sparse rank computation for each ray.
func Check(ctx context.Context, h *cone.H, v *cone.V) error {
	if v.Dim != h.Dim {
		return fmt.Errorf("doubledesc: generators of dimension %d for a cone of dimension %d", v.Dim, h.Dim)
	}
	rows := h.Rows()
	rank := cone.Rank(rows, h.Dim)
	if len(v.Lines) != h.Dim-rank || cone.Rank(v.Lines, h.Dim) != len(v.Lines) {
		return fmt.Errorf("doubledesc: %d lines, want a basis of a lineality space of dimension %d", len(v.Lines), h.Dim-rank)
	}
	for i, line := range v.Lines {
		for _, a := range rows {
			if !a.Dot(line).IsZero() {
				return fmt.Errorf("doubledesc: line %d is not in the lineality space", i+1)
			}
		}
	}
	if n := len(v.Canonical().Rays); n != len(v.Rays) {
		return fmt.Errorf("doubledesc: %d rays, but only %d different ones modulo lineality", len(v.Rays), n)
	}
	incidence := cone.NewIncidence(rows, h.Dim)
	ranks := newRanks(rows, h.Dim)
	for i, r := range v.Rays {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		products := incidence.NonZero(r)
		if row := firstViolated(h, products); row >= 0 {
			return fmt.Errorf("doubledesc: ray %d violates row %d", i+1, row+1)
		}
		if !ranks.extreme(products, rank) {
			return fmt.Errorf("doubledesc: ray %d is not extreme", i+1)
		}
	}
	return nil
}

// ranks finds ranks of many sets of the same rows.
type ranks struct {
	rows        []cone.Vector
	dim         int
	elimination *cone.Elimination
	residues    []cone.Residues
}

func newRanks(rows []cone.Vector, dim int) *ranks {
	r := &ranks{rows: rows, dim: dim, elimination: cone.NewElimination(rows, dim)}
	for _, a := range rows {
		r.residues = append(r.residues, r.elimination.Residues(a))
	}
	return r
}

// tightHave reports whether the rows without a product have rank want, which
// they cannot exceed. Rows that are independent modulo a prime are independent;
// if the prime gives too few, the exact rank decides.
func (r *ranks) tightHave(nonZero []cone.Product, want int) bool {
	r.elimination.Reset()
	tight := make([]cone.Vector, 0, want)
	for i, next := 0, 0; i < len(r.rows); i++ {
		if next < len(nonZero) && nonZero[next].Row == i {
			next++
			continue
		}
		if r.elimination.Rank() == want {
			return true
		}
		r.elimination.Add(r.residues[i])
		tight = append(tight, r.rows[i])
	}
	return r.elimination.Rank() == want || cone.Rank(tight, r.dim) == want
}

// firstViolated returns the first row of h, inequalities before equations, that
// a vector with these products violates, or -1.
func firstViolated(h *cone.H, products []cone.Product) int {
	for _, p := range products {
		if p.Value.Sign() < 0 || p.Row >= len(h.Inequalities) {
			return p.Row
		}
	}
	return -1
}

// extreme reports whether a member of the cone with these products is an extreme
// ray: its tight rows have rank one less than all rows. Where the rows are
// independent, as those of a simplicial cone are, that means all but one.
func (r *ranks) extreme(products []cone.Product, rank int) bool {
	if len(r.rows) == rank {
		return len(products) == 1
	}
	return len(products) > 0 && r.tightHave(products, rank-1)
}
