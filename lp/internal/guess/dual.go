package guess

import (
	"context"
	"math"
	"slices"
)

// Outcome is what a float method believes.
type Outcome int

const (
	Nothing Outcome = iota
	Optimal
	Infeasible // the row of the tableau at Belief.Row proves it, or Belief.Outside
	Unbounded  // the edge of Belief.Entering proves it
)

// Belief is an outcome with what it rests on.
type Belief struct {
	Outcome  Outcome
	Row      int    // if infeasible: the position of a basic variable out of bounds, or −1
	Outside  []int8 // if infeasible without a row: on which side of its bounds the variable at every position is
	Entering int32  // if unbounded: a nonbasic variable
}

// dual runs the dual simplex method (C. E. Lemke, 1954) with steepest-edge weights
// (J. J. Forrest and D. Goldfarb, 1992) and a ratio test that flips bounds (I. Maros,
// 2003). Costs that have the wrong sign are shifted at first and wherever rounding
// asks for it; the basis it ends with is primal feasible.
func (g *Guess) dual(ctx context.Context) Belief {
	fresh, stalled, failures := len(g.etaAt) == 0, 0, 0
	g.makeDualFeasible()
	renew := func() bool {
		if fresh = g.refactor(); fresh {
			g.makeDualFeasible()
		}
		return fresh
	}
	for g.tick(ctx) {
		if g.stale() && !renew() {
			break
		}
		r, q, step := g.leaving(), int32(-1), 0.0
		if r >= 0 {
			g.tableauRow(r)
			q, step = g.dualRatio(r)
		}
		switch {
		case q < 0 && !fresh:
			if !renew() {
				return Belief{}
			}
		case r < 0:
			return Belief{Outcome: Optimal}
		case q < 0:
			return Belief{Outcome: Infeasible, Row: r}
		case g.dualStep(r, q, step):
			fresh = false
			if math.Abs(step) > 1e-12 {
				stalled = 0
			} else if stalled++; stalled > g.rows/2+200 {
				g.perturbCosts()
				stalled = 0
			}
		default:
			if fresh {
				g.edge[r] *= 1e4 // try another row
			}
			if failures++; failures > maxFailures || !renew() {
				return Belief{}
			}
		}
	}
	return Belief{}
}

// maxFailures is how many pivots may turn out too inaccurate before a method gives up.
const maxFailures = 20

// makeDualFeasible flips boxed variables to the bound that suits their reduced cost,
// and shifts the cost of others.
func (g *Guess) makeDualFeasible() {
	flipped := false
	for j, w := range g.Where {
		d := g.d[j]
		switch {
		case w == InBasis || g.lower[j] == g.upper[j] || w == AtLower && d >= 0 || w == AtUpper && d <= 0:
		case w == AtLower && d < -dualFeasible && !math.IsInf(g.upper[j], 1):
			g.Where[j], flipped = AtUpper, true
		case w == AtUpper && d > dualFeasible && !math.IsInf(g.lower[j], -1):
			g.Where[j], flipped = AtLower, true
		default:
			g.goal[j] -= d
			g.d[j] = 0
		}
	}
	if flipped {
		g.computeValues()
	}
}

// leaving returns the position of the basic variable furthest out of bounds, as
// measured by the steepest edge, or −1.
func (g *Guess) leaving() int {
	best, at := 0.0, -1
	for p, out := range g.gap {
		if out > best*g.edge[p] {
			best, at = out/g.edge[p], p
		}
	}
	return at
}

// dualRatio chooses the variable that enters for position r and returns the step of
// the reduced costs, flipping variables that are passed on the way; it returns −1 if
// nothing limits the step.
func (g *Guess) dualRatio(r int) (int32, float64) {
	p := g.Head[r]
	sign, slope := 1.0, g.x[p]-g.upper[p]
	if g.x[p] < g.lower[p] {
		sign, slope = -1, g.lower[p]-g.x[p]
	}
	list := g.candidates[:0]
	for _, j := range g.alpha.pattern {
		a := sign * g.alpha.value[j]
		w := g.Where[j]
		if math.Abs(a) > noPivot && (w == AtLower && a > 0 || w == AtUpper && a < 0 || w == AtZero) && g.lower[j] != g.upper[j] {
			list = append(list, j)
		}
	}
	g.candidates = list
	var passed []int32
	for len(list) > 0 {
		bound := math.Inf(1)
		for _, j := range list {
			bound = min(bound, (math.Abs(g.d[j])+dualFeasible)/math.Abs(g.alpha.value[j]))
		}
		group, drop := 0, 0.0
		best, at, ties := 0.0, int32(-1), 0.0
		for k, j := range list {
			a := math.Abs(g.alpha.value[j])
			if math.Abs(g.d[j])/a > bound {
				continue
			}
			drop += a * (g.upper[j] - g.lower[j])
			// A random choice among equals spreads what several rows ask for.
			if a > best {
				best, at, ties = a, j, 1
			} else if a == best {
				if ties++; g.random()*ties < 1 {
					at = j
				}
			}
			list[k], list[group] = list[group], list[k]
			group++
		}
		// If all of the group can be flipped, the slope stays positive beyond it.
		if slope-drop > 0 && group < len(list) {
			slope -= drop
			passed = append(passed, list[:group]...)
			list = list[group:]
			continue
		}
		g.flip(passed)
		return at, g.dualLength(at, sign, list[:group])
	}
	if len(passed) > 0 {
		panic("lp: every candidate was passed")
	}
	return -1, 0
}

// dualLength returns the step of the reduced costs when q enters, after shifting the
// costs of the group where the step would make a reduced cost change its sign.
func (g *Guess) dualLength(q int32, sign float64, group []int32) float64 {
	step := g.d[q] / g.alpha.value[q]
	if step*sign < 0 {
		g.goal[q] -= g.d[q]
		g.d[q] = 0
		step = 0
	}
	for _, j := range group {
		after := g.d[j] - step*g.alpha.value[j]
		if j != q && (g.Where[j] == AtLower && after < 0 || g.Where[j] == AtUpper && after > 0) {
			g.goal[j] -= after
			g.d[j] -= after
		}
	}
	return step
}

// flip moves variables to their other bounds.
func (g *Guess) flip(list []int32) {
	if len(list) == 0 {
		return
	}
	slices.Sort(list)
	for _, j := range list {
		to, place := g.lower[j], AtLower
		if g.Where[j] == AtLower {
			to, place = g.upper[j], AtUpper
		}
		change := to - g.x[j]
		g.x[j], g.Where[j] = to, place
		index, value := g.column(j)
		for e, i := range index {
			g.work.add(i, -value[e]*change)
		}
	}
	g.ftran(g.work, g.spare)
	for _, p := range g.spare.pattern {
		g.x[g.Head[p]] += g.spare.value[p]
		g.measure(int(p))
	}
	g.spare.clear()
}

// dualStep brings q into the basis at position r; it reports whether row and column
// of the tableau agree well enough to do so.
func (g *Guess) dualStep(r int, q int32, step float64) bool {
	g.tableauColumn(q)
	pivot, other := g.col.value[r], g.alpha.value[q]
	if math.Abs(pivot-other) > 1e-7*(1+math.Abs(pivot)) || math.Abs(pivot) < noPivot {
		return false
	}
	p := g.Head[r]
	bound, place := g.upper[p], AtUpper
	if g.x[p] < g.lower[p] {
		bound, place = g.lower[p], AtLower
	}
	for _, j := range g.alpha.pattern {
		g.d[j] -= step * g.alpha.value[j]
	}
	g.d[q], g.d[p] = 0, -step
	change := (g.x[p] - bound) / pivot
	g.updateEdges(r, pivot)
	for _, i := range g.col.pattern {
		g.x[g.Head[i]] -= change * g.col.value[i]
	}
	g.x[q] += change
	g.x[p] = bound
	g.exchange(r, q, place)
	for _, i := range g.col.pattern {
		g.measure(int(i))
	}
	return true
}

// updateEdges brings the steepest-edge weights up to date.
func (g *Guess) updateEdges(r int, pivot float64) {
	weight := 0.0
	for _, i := range g.rho.pattern {
		v := g.rho.value[i]
		weight += v * v
		g.work.add(i, v)
	}
	g.tau.clear()
	g.ftran(g.work, g.tau)
	for _, i := range g.col.pattern {
		if int(i) == r {
			continue
		}
		k := g.col.value[i] / pivot
		g.edge[i] = max(g.edge[i]+k*(k*weight-2*g.tau.value[i]), 1e-4)
	}
	g.edge[r] = max(weight/(pivot*pivot), 1e-4)
}

// perturbCosts moves the costs of nonbasic variables a little away from a tie.
func (g *Guess) perturbCosts() {
	for j, w := range g.Where {
		size := (1 + math.Abs(g.goal[j])) * (0.5 + g.random()) * 1e-6
		switch {
		case w == AtLower && g.lower[j] < g.upper[j]:
			g.goal[j], g.d[j] = g.goal[j]+size, g.d[j]+size
		case w == AtUpper && g.lower[j] < g.upper[j]:
			g.goal[j], g.d[j] = g.goal[j]-size, g.d[j]-size
		}
	}
}
