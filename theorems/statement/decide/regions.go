package decide

import (
	"context"
	"slices"

	"pstar/theorems/statement"
)

// Regions fills in the critical regions of the closed form of an optimum: where each of its terms is the least, or the greatest for a
// minimum. They cover all feasible parameters, and overlap where terms are equal only.
// Each is found by making the comparisons with all other terms minimal, one polyhedron
// for each term; without a form, or for other claims, nothing happens.
func Regions(ctx context.Context, r *Result) error {
	f := r.Form
	if f == nil || !f.Optimum {
		return nil
	}
	given := slices.Concat(assumptions(r.System), f.closed)
	f.Regions = nil
	for k, t := range f.Terms {
		stage(ctx, "the region of term %d of %d", k+1, len(f.Terms))
		var rows []statement.Row
		for j, other := range f.Terms {
			// Of a maximum the least term counts: other − term >= 0.
			form := other.Form.Minus(t.Form)
			if !r.System.Objective.Maximize {
				form = t.Form.Minus(other.Form)
			}
			// The comparison of a term with itself says nothing.
			if j != k {
				rows = append(rows, statement.Row{Form: form})
			}
		}
		region, err := minimal(ctx, given, rows, nil)
		if err != nil {
			return err
		}
		f.Regions = append(f.Regions, region)
	}
	return nil
}
