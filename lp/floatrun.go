package lp

import (
	"context"
	"math"
)

// target is the bounds and costs that a guess is to work with, in its scale.
type target struct {
	lower, upper, cost []float64
}

// rounds bounds how often the two methods take turns.
const rounds = 8

// run looks for an optimal basis: the dual method for a feasible basis, under shifted
// costs where it must be, then the primal one for the true costs.
func (g *guess) run(ctx context.Context, t target) belief {
	g.limit = g.iterations + 20000 + 40*(g.rows+g.columns)
	var b belief
	for round := range rounds {
		g.restore(t)
		if round == 0 && g.flat(t) {
			clear(g.goal)
			if g.iterations == 0 {
				g.crash()
			}
		}
		if !g.refactor() {
			return belief{}
		}
		if b = g.dual(ctx); b.outcome != believeOptimal {
			return b
		}
		g.restore(t)
		if !g.refactor() {
			return belief{}
		}
		if g.listAll(); len(g.attractive) == 0 {
			return b
		}
		if b = g.primal(ctx); b.outcome == believeNothing {
			return b
		}
		g.restore(t)
		if !g.refactor() {
			return belief{}
		}
		if g.leaving() < 0 {
			return b
		}
	}
	return b
}

// restore sets bounds and costs to the true ones.
func (g *guess) restore(t target) {
	copy(g.lower, t.lower)
	copy(g.upper, t.upper)
	copy(g.goal, t.cost)
}

// flat reports whether few variables have a cost that the dual method can begin with, one
// that it need not shift away. Its steps would then have the length zero, so it looks for
// any feasible basis first.
func (g *guess) flat(t target) bool {
	costed := 0
	for j, c := range t.cost {
		if c > 0 && !math.IsInf(t.lower[j], -1) || c < 0 && !math.IsInf(t.upper[j], 1) {
			costed++
		}
	}
	return costed*4 < g.columns
}
