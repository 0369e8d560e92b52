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
	for i, r := range v.Rays {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		products := incidence.NonZero(r)
		if row := firstViolated(h, products); row >= 0 {
			return fmt.Errorf("doubledesc: ray %d violates row %d", i+1, row+1)
		}
		if !extreme(incidence, products, len(rows), h.Dim, rank) {
			return fmt.Errorf("doubledesc: ray %d is not extreme", i+1)
		}
	}
	return nil
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
func extreme(incidence *cone.Incidence, products []cone.Product, rows, dim, rank int) bool {
	if rows == rank {
		return len(products) == 1
	}
	return len(products) > 0 && cone.HasRank(incidence.Tight(products), dim, rank-1)
}
