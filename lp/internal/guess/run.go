package guess

import (
	"context"
)

// rounds bounds how often the two methods take turns.
const rounds = 8

// Run looks for an optimal basis: the dual method for a feasible basis, under shifted
// costs where it must be, then the primal one for the true costs.
func (g *Guess) Run(ctx context.Context, t Target) Belief {
	g.limit = g.iterations + 20000 + 40*(g.rows+g.columns)
	if g.Blurred() {
		g.limit = g.iterations + 100 + (g.rows+g.columns)/2
	}
	var b Belief
	for round := range rounds {
		g.restore(t)
		start := g.refactor
		if round == 0 && !g.KeepStart {
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
		if g.listAll(); len(g.attractive) == 0 {
			return b
		}
		if b = g.primal(ctx); b.Outcome == Nothing {
			return b
		}
		g.restore(t)
		if !g.refactor() {
			return Belief{}
		}
		if g.leaving() < 0 {
			return b
		}
	}
	return b
}

// restore sets bounds and costs to the true ones.
func (g *Guess) restore(t Target) {
	copy(g.lower, t.lower)
	copy(g.upper, t.upper)
	copy(g.goal, t.cost)
}

// Blurred reports whether the coefficients differ so much, scaled as well as can be, that
// little is to be expected of float64.
func (g *Guess) Blurred() bool { return g.spread > blurredBits }

// blurredBits is half the range of the coefficients as a power of two; those of the
// Netlib collection have at most 11.
const blurredBits = 20
