package guess

import (
	"context"
)

// rounds bounds how often the two methods take turns. Most problems need one; what
// takes more seldom ends.
const rounds = 8

// Run looks for an optimal basis: the dual method for a feasible basis, under shifted
// costs where it must be, then the primal one for the true costs.
//
// A belief of Infeasible or Unbounded ends it at once, as does a failure. Otherwise it
// ends when both methods are content at the true bounds and costs.
func (g *Guess) Run(ctx context.Context, t Target) Belief {
	// The limits let most problems end by themselves.
	g.limit = g.iterations + 20000 + 40*(g.rows+g.columns)
	// Where float64 will not get far, it should not take long.
	if g.Blurred() {
		g.limit = g.iterations + 100 + (g.rows+g.columns)/2
	}
	var b Belief
	for round := range rounds {
		g.restore(t)
		start := g.refactor
		if round == 0 && !g.KeepStart {
			// Only the very first start prepares a basis; later rounds continue.
			start = func() bool { return g.begin(t) }
		}
		if !start() {
			return Belief{}
		}
		if b = g.dual(ctx); b.Outcome != Optimal {
			return b
		}
		g.restore(t)
		if !g.refactor() {
			return Belief{}
		}
		// No cost was shifted in a way that matters: the dual optimum is one.
		if g.listAll(); len(g.attractive) == 0 {
			return b
		}
		// Unbounded, or optimal for bounds that may have been perturbed.
		if b = g.primal(ctx); b.Outcome == Nothing {
			return b
		}
		g.restore(t)
		if !g.refactor() {
			return Belief{}
		}
		// Nothing is out of the true bounds.
		if g.leaving() < 0 {
			return b
		}
	}
	return b
}

// restore sets bounds and costs to the true ones. Perturbations and shifts are gone by
// it; the basis stays.
func (g *Guess) restore(t Target) {
	copy(g.lower, t.lower)
	copy(g.upper, t.upper)
	copy(g.goal, t.cost)
}

// Blurred reports whether the coefficients differ so much, scaled as well as can be, that
// little is to be expected of float64. Then package lp goes on with numbers of 192 bits
// sooner.
func (g *Guess) Blurred() bool { return g.spread > blurredBits }

// blurredBits is half the range of the coefficients as a power of two; those of the
// Netlib collection have at most 11.
const blurredBits = 20
