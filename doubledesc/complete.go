package doubledesc

import (
	"context"
	"fmt"

	"pstar/cone"
	"pstar/doubledesc/complete"
	"pstar/doubledesc/internal/program"
	"pstar/lp"
	"pstar/rational"
)

// CheckComplete reports whether the generators v, which lie in the cone h,
// generate all of it; v must have passed [Check]. It proves it by package complete,
// with much more work than [Complete] allows. If that is not enough, v is converted back to
// facets and equations, and h is shown to satisfy them: every facet must be a row of h,
// up to a positive factor and the equations, and every equation must follow from the
// rows of h, if need be by linear programming. What that relies on is that the
// conversion back misses no facet; with [Check] it makes an error of one conversion
// show in the other. It also looks at the graph of v: it must be connected, and each ray
// must have at least as many neighbours as the dimension of the cone less one, modulo
// lineality, as the rays of a pointed cone have.
func CheckComplete(ctx context.Context, h *cone.H, v *cone.V, o Options) error {
	r, err := complete.Check(ctx, h, v, mostForComplete)
	if err != nil || r.Proved {
		return err
	}
	return checkBack(ctx, h, v, o)
}

// mostForComplete is the work after which a proof of completeness is given up and the
// conversion back is tried: some ten seconds.
const mostForComplete = 1 << 32

// checkBack is the part of [CheckComplete] that converts back.
func checkBack(ctx context.Context, h *cone.H, v *cone.V, o Options) error {
	hull, err := Facets(ctx, v, o)
	if err != nil {
		return err
	}
	return compareHull(ctx, h, v, hull)
}

// compareHull shows that h satisfies the facets and equations of v.
func compareHull(ctx context.Context, h *cone.H, v *cone.V, hull *cone.H) error {
	for i, e := range hull.Equations {
		if err := followsEquation(ctx, h, e); err != nil {
			return fmt.Errorf("doubledesc: generators are incomplete: equation %d of their hull, %v = 0: %w", i+1, e, err)
		}
	}
	have := map[string]bool{}
	for _, a := range (&cone.V{Dim: h.Dim, Rays: h.Inequalities, Lines: hull.Equations}).Canonical().Rays {
		have[a.Key()] = true
	}
	for i, a := range hull.Inequalities {
		if !have[a.Key()] {
			return fmt.Errorf("doubledesc: generators are incomplete: facet %d of their hull, %v >= 0, is no row", i+1, a)
		}
	}
	dim := h.Dim - len(hull.Equations) - len(v.Lines)
	return checkGraph(ctx, h, v, dim)
}

// followsEquation returns an error unless e is zero on the cone.
func followsEquation(ctx context.Context, h *cone.H, e cone.Vector) error {
	rank := cone.Rank(h.Equations, h.Dim)
	if cone.Rank(append(h.Equations[:len(h.Equations):len(h.Equations)], e), h.Dim) == rank {
		return nil
	}
	for _, side := range []cone.Vector{e, e.Neg()} {
		p := coneProgram(h, side)
		r, err := program.Solve(ctx, p)
		if err != nil {
			return err
		}
		if err := p.Verify(r); err != nil {
			return err
		}
		if r.Verdict != lp.Optimal {
			return fmt.Errorf("does not hold on the cone")
		}
	}
	return nil
}

// coneProgram asks for the least value of a vector over a cone: 0 or -∞.
func coneProgram(h *cone.H, goal cone.Vector) *lp.Problem {
	p := &lp.Problem{}
	for i := range h.Dim {
		p.AddVariable(lp.Variable{Cost: rational.RatFromInt(goal.At(i))})
	}
	zero := lp.At(rational.Rat{})
	for _, a := range h.Inequalities {
		p.AddRow(lp.Row{Terms: program.Terms(a), Lower: zero})
	}
	for _, a := range h.Equations {
		p.AddRow(lp.Row{Terms: program.Terms(a), Lower: zero, Upper: zero})
	}
	return p
}

// checkGraph looks for a graph that no cone of the dimension has.
func checkGraph(ctx context.Context, h *cone.H, v *cone.V, dim int) error {
	g, err := Adjacency(ctx, h, v)
	if err != nil {
		return err
	}
	for i, list := range g.Neighbours {
		if len(list) < dim-1 {
			return fmt.Errorf("doubledesc: ray %d has %d neighbours in a cone of dimension %d, want at least %d", i+1, len(list), dim, dim-1)
		}
	}
	if !g.Connected() {
		return fmt.Errorf("doubledesc: the graph of the rays is not connected")
	}
	return nil
}
