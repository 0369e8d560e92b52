package doubledesc

import (
	"context"
	"errors"

	"pstar/cone"
	"pstar/doubledesc/complete"
	"pstar/internal/bitset"
)

// Complete reports whether the rays v of the cone h, as [Rays] returns them, were shown
// to be all of its extreme rays, by an argument that shares nothing with the
// conversion; see package complete. A ray that is missing is a [*Fault]. False says
// that the proof was given up, as it would have taken more than about half of the
// conversion, whose effort is that counted by [Options]. The answer depends on the
// arguments only, not on the machine.
//
// For the polar of a cone it shows of [Facets] that no facet is missing.
func Complete(ctx context.Context, h *cone.H, v *cone.V, effort int64) (bool, error) {
	return completeFrom(ctx, h, v, nil, effort, 1)
}

// completeFrom is [Complete] where the rows that are zero at each ray are known, or nil.
func completeFrom(ctx context.Context, h *cone.H, v *cone.V, tight []bitset.Set, effort int64, workers int) (bool, error) {
	budget := completeBudget(h, v, effort)
	var r complete.Result
	var err error
	if tight == nil {
		r, err = complete.Check(ctx, h, v, budget)
	} else {
		r, err = complete.CheckIncidences(ctx, h, v, ofInequalities(tight, h), budget, workers)
	}
	var wrong *complete.Wrong
	if errors.As(err, &wrong) {
		return false, &Fault{err}
	}
	return r.Proved, err
}

// ofInequalities takes equations, which come after the inequalities, out of sets of rows.
func ofInequalities(tight []bitset.Set, h *cone.H) []bitset.Set {
	// The sets stay as they are, and may be many.
	if len(h.Equations) == 0 {
		return tight
	}
	m := len(h.Inequalities)
	on := bitset.Several(len(tight), m)
	for i, s := range tight {
		if copy(on[i], s); m&63 != 0 {
			on[i][m>>6] &= 1<<(m&63) - 1
		}
	}
	return on
}

// completeBudget is the work allowed for a proof of completeness, in steps of one to three
// nanoseconds: what it takes to look at each ray and row, three eighths of the effort of the
// conversion, which is about half of its time, and where that is little, up to some fifteen milliseconds
// more. Most of what is proved with the full budget takes far less.
func completeBudget(h *cone.H, v *cone.V, effort int64) int64 {
	look := 10 * int64(len(v.Rays)+1) * int64(len(h.Inequalities)+len(h.Equations))
	return look + effort/8*3 + max(0, leastBudget-effort/8*7)
}

const leastBudget = 10e6
