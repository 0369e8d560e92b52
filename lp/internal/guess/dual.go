package guess

import (
	"context"
	"math"
	"slices"
)

// Outcome is what a float method believes. It is believed, not known: package lp finds
// out exactly.
type Outcome int

const (
	Nothing Outcome = iota
	Optimal
	Infeasible // the row of the tableau at Belief.Row proves it, or Belief.Outside
	Unbounded  // the edge of Belief.Entering proves it
)

// Belief is an outcome with what it rests on. What is set besides Outcome depends on
// it.
type Belief struct {
	Outcome  Outcome
	Row      int    // if infeasible: the position of a basic variable out of bounds, or −1
	Outside  []int8 // if infeasible without a row: on which side of its bounds the variable at every position is
	Scale    []int  // of these variables: each is 2^Scale times that whose distance was added up; nil for 1
	Entering int32  // if unbounded: a nonbasic variable
}

// dual runs the dual simplex method (C. E. Lemke, 1954) with steepest-edge weights
// (J. J. Forrest and D. Goldfarb, 1992) and a ratio test that flips bounds (I. Maros,
// 2003). Costs that have the wrong sign are shifted at first and wherever rounding
// asks for it; the basis it ends with is primal feasible.
//
// If its costs were shifted, what it ends with is no optimum of the problem: the primal
// method takes over with the true costs. A basis that is infeasible stays so under any
// costs, so that Infeasible needs no true ones.
func (g *Guess) dual(ctx context.Context) Belief {
	fresh, stalled, failures := len(g.etaAt) == 0, 0, 0
	// At the beginning reduced costs may have any sign.
	g.makeDualFeasible()
	renew := func() bool {
		// Also after a new factorisation costs must be such that the method can go on.
		if fresh = g.refactor(); fresh {
			g.makeDualFeasible()
		}
		return fresh
	}
	for g.tick(ctx) {
		// Too many changes, or too full.
		if g.stale() && !renew() {
			break
		}
		// A row out of bounds, and what may enter for it.
		r, q, step := g.leaving(), int32(-1), 0.0
		if r >= 0 {
			g.tableauRow(r)
			q, step = g.dualRatio(r)
		}
		switch {
		// Nothing limits the step, or nothing is out of bounds: it is believed only of
		// a fresh factorisation.
		case q < 0 && !fresh:
			if !renew() {
				return Belief{}
			}
		// No variable is out of bounds any more.
		case r < 0:
			return Belief{Outcome: Optimal}
		// Nothing can enter for a variable that is out: its row has no solution.
		case q < 0:
			return Belief{Outcome: Infeasible, Row: r}
		case g.dualStep(r, q, step):
			fresh = false
			// Steps of no length: ties among costs, which are broken after a while.
			if math.Abs(step) > 1e-12 {
				stalled = 0
			} else if stalled++; stalled > g.rows/2+200 {
				g.perturbCosts()
				stalled = 0
			}
		default:
			// Even a fresh factorisation does not make this pivot good.
			if fresh {
				g.edge[r] *= 1e4 // try another row
			}
			// Several failures in a row mean that float64 is at its end here.
			if failures++; failures > maxFailures || !renew() {
				return Belief{}
			}
		}
	}
	return Belief{}
}

// maxFailures is how many pivots may turn out too inaccurate before a method gives up.
// Each has cost a factorisation.
const maxFailures = 20

// makeDualFeasible flips boxed variables to the bound that suits their reduced cost,
// and shifts the cost of others. A boxed variable can rest on either bound, and so
// needs no shift. The values are computed anew, as bounds were changed.
func (g *Guess) makeDualFeasible() {
	flipped := false
	// Each nonbasic variable that can move must have the right sign.
	for j, w := range g.Where {
		d := g.d[j]
		switch {
		case w == InBasis || g.lower[j] == g.upper[j] || w == AtLower && d >= 0 || w == AtUpper && d <= 0:
		case w == AtLower && d < -dualFeasible && !math.IsInf(g.upper[j], 1):
			g.Where[j], flipped = AtUpper, true
		case w == AtUpper && d > dualFeasible && !math.IsInf(g.lower[j], -1):
			g.Where[j], flipped = AtLower, true
		// The cost is moved so that the reduced one is 0.
		default:
			g.goal[j] -= d
			// Whatever is left is shifted away, however small.
			g.d[j] = 0
		}
	}
	if flipped {
		g.computeValues()
	}
}

// leaving returns the position of the basic variable furthest out of bounds, as
// measured by the steepest edge, or −1. Distance squared over weight is the square of
// the distance in the direction of the edge.
func (g *Guess) leaving() int {
	best, at := 0.0, -1
	for p, out := range g.gap {
		if out > best*g.edge[p] {
			// A weight of the position is the squared length of its row.
			best, at = out/g.edge[p], p
		}
	}
	return at
}

// dualRatio chooses the variable that enters for position r and returns the step of
// the reduced costs, flipping variables that are passed on the way; it returns −1 if
// nothing limits the step.
//
// The slope is how fast the dual objective grows: the distance out of bounds at first.
// Each variable whose reduced cost comes to 0 can be flipped to its other bound instead
// of ending the step, at a loss of |alpha| times its range (the long-step rule); the
// step ends where the slope would become negative. The tolerance on reduced costs
// (Harris) lets a group be passed together, of which the largest pivot is taken.
func (g *Guess) dualRatio(r int) (int32, float64) {
	p := g.Head[r]
	// As if it were too large; if it is too small all signs are turned.
	sign, slope := 1.0, g.x[p]-g.upper[p]
	if g.x[p] < g.lower[p] {
		sign, slope = -1, g.lower[p]-g.x[p]
	}
	list := g.entrants(sign)
	var passed []int32
	for len(list) > 0 {
		// How far the step may go if each reduced cost may be wrong by the tolerance.
		bound := math.Inf(1)
		for _, j := range list {
			bound = min(bound, (math.Abs(g.d[j])+dualFeasible)/math.Abs(g.alpha.Value[j]))
		}
		group, drop := 0, 0.0
		best, at, ties, most, equals := 0.0, int32(-1), 0.0, 0, 0.0
		for k, j := range list {
			a := math.Abs(g.alpha.Value[j])
			if math.Abs(g.d[j])/a > bound {
				continue
			}
			drop += a * (g.upper[j] - g.lower[j])
			// Among equals the one that helps most rows, and among those chance decides.
			if a > best {
				best, at, ties, most, equals = a, j, 1, g.helps(j), 1
			} else if a == best {
				if ties++; g.random()*ties < triedTies {
					at, most, equals = g.moreHelpful(at, j, most, equals)
				}
			}
			list[k], list[group] = list[group], list[k]
			group++
		}
		// If all of the group can be flipped, the slope stays positive beyond it.
		if slope-drop > 0 && group < len(list) {
			slope -= drop
			passed = append(passed, list[:group]...)
			// The rest of the list is looked at again, with the slope that is left.
			list = list[group:]
			continue
		}
		// Only now is it known which are passed: of the last group none is.
		g.flip(passed)
		return at, g.dualLength(at, sign, list[:group])
	}
	if len(passed) > 0 {
		panic("lp: every candidate was passed")
	}
	return -1, 0
}

// triedTies is how many of equally good variables are asked what else they do: all, if there are no more,
// and otherwise a random choice of little more.
const triedTies = 8

// moreHelpful returns at or j, whichever brings more rows nearer to their bounds, with how many that are and
// how many variables have had as many. The choice among these is random, which spreads what several rows ask for.
func (g *Guess) moreHelpful(at, j int32, most int, equals float64) (int32, int, float64) {
	switch h := g.helps(j); {
	case h > most:
		return j, h, 1
	case h == most:
		if equals++; g.random()*equals < 1 {
			at = j
		}
	}
	return at, most, equals
}

// helps returns how many rows that are out of bounds come nearer to them when the nonbasic variable j leaves
// its own, less those that get further away. Where costs do not tell variables apart, and no step of the
// dual objective either, as in a program without costs, what is left to go by is how many rows one
// variable serves: each row that is served on the way saves a step. Only rows whose logical
// variable is basic are counted, for which a look at the column is enough.
func (g *Guess) helps(j int32) (count int) {
	index, value := g.column(j)
	for e, i := range index {
		k := g.columns + int(i)
		if g.Where[k] != InBasis {
			continue
		}
		// A variable on its upper bound comes down.
		toward := 0
		switch x := g.x[k]; {
		case x < g.lower[k]-feasible:
			toward = 1
		case x > g.upper[k]+feasible:
			toward = -1
		}
		if value[e] > 0 == (g.Where[j] == AtUpper) {
			toward = -toward
		}
		count += toward
	}
	return count
}

// entrants lists the nonbasic variables that may enter for the row at hand: those whose move
// brings it down, if the sign is 1, or up. Without any its variable cannot come within its bounds.
func (g *Guess) entrants(sign float64) []int32 {
	list := g.candidates[:0]
	for _, j := range g.alpha.Pattern {
		// By the sign all cases become that of a variable that is too large.
		a := sign * g.alpha.Value[j]
		w := g.Where[j]
		if math.Abs(a) > noPivot && (w == AtLower && a > 0 || w == AtUpper && a < 0 || w == AtZero) && g.lower[j] != g.upper[j] {
			list = append(list, j)
		}
	}
	g.candidates = list
	return list
}

// dualLength returns the step of the reduced costs when q enters, after shifting the
// costs of the group where the step would make a reduced cost change its sign. A small
// step in the wrong direction comes from the tolerance of the ratio test; shifting
// costs makes it one of no length.
func (g *Guess) dualLength(q int32, sign float64, group []int32) float64 {
	// By rounding: the step is 0 and the cost is moved instead.
	step := g.d[q] / g.alpha.Value[q]
	if step*sign < 0 {
		g.goal[q] -= g.d[q]
		g.d[q] = 0
		step = 0
	}
	for _, j := range group {
		after := g.d[j] - step*g.alpha.Value[j]
		// It was passed within the tolerance.
		if j != q && (g.Where[j] == AtLower && after < 0 || g.Where[j] == AtUpper && after > 0) {
			g.goal[j] -= after
			g.d[j] -= after
		}
	}
	return step
}

// flip moves variables to their other bounds. All at once, since each change is a
// multiple of a column: one solve serves them all.
func (g *Guess) flip(list []int32) {
	if len(list) == 0 {
		return
	}
	// In order, so that sums are formed in the same way each time.
	slices.Sort(list)
	for _, j := range list {
		to, place := g.lower[j], AtLower
		if g.Where[j] == AtLower {
			to, place = g.upper[j], AtUpper
		}
		// Its move changes the basic variables, by its column.
		change := to - g.x[j]
		g.x[j], g.Where[j] = to, place
		index, value := g.column(j)
		for e, i := range index {
			g.work.Add(i, -value[e]*change)
		}
	}
	g.ftran(g.work, g.spare)
	for _, p := range g.spare.Pattern {
		g.x[g.Head[p]] += g.spare.Value[p]
		g.measure(int(p))
	}
	g.spare.Clear()
}

// dualStep brings q into the basis at position r; it reports whether row and column
// of the tableau agree well enough to do so. The pivot is known twice, by row and by
// column; where the two differ the factorisation has become too inaccurate.
func (g *Guess) dualStep(r int, q int32, step float64) bool {
	g.tableauColumn(q)
	pivot, other := g.col.Value[r], g.alpha.Value[q]
	if math.Abs(pivot-other) > 1e-7*(1+math.Abs(pivot)) || math.Abs(pivot) < noPivot {
		return false
	}
	p := g.Head[r]
	// The variable that leaves goes to the bound that it has violated.
	bound, place := g.upper[p], AtUpper
	if g.x[p] < g.lower[p] {
		bound, place = g.lower[p], AtLower
	}
	// The row was computed for the ratio test.
	if step != 0 {
		for _, j := range g.alpha.Pattern {
			g.d[j] -= step * g.alpha.Value[j]
		}
	}
	// A basic variable has none; what leaves takes over the step.
	g.d[q], g.d[p] = 0, -step
	// How far q moves, from how far p is out.
	change := (g.x[p] - bound) / pivot
	g.updateEdges(r, pivot)
	for _, i := range g.col.Pattern {
		g.x[g.Head[i]] -= change * g.col.Value[i]
	}
	g.x[q] += change
	g.x[p] = bound
	g.exchange(r, q, place)
	// The gaps of all that has moved, and of q in its new position.
	for _, i := range g.col.Pattern {
		g.measure(int(i))
	}
	return true
}

// updateEdges brings the steepest-edge weights up to date. The recurrence of Forrest
// and Goldfarb, for the weights of the rows of the inverse, with the exact weight of
// the row that leaves; a floor keeps rounding from making one of them 0 or less. The
// length of the row of the inverse, exactly.
func (g *Guess) updateEdges(r int, pivot float64) {
	weight := 0.0
	for _, i := range g.rho.Pattern {
		v := g.rho.Value[i]
		weight += v * v
		g.work.Add(i, v)
	}
	g.tau.Clear()
	g.ftran(g.work, g.tau)
	for _, i := range g.col.Pattern {
		if int(i) == r {
			continue
		}
		// How much of the pivot row goes into this one.
		k := g.col.Value[i] / pivot
		g.edge[i] = max(g.edge[i]+k*(k*weight-2*g.tau.Value[i]), 1e-4)
	}
	g.edge[r] = max(weight/(pivot*pivot), 1e-4)
}

// perturbCosts moves the costs of nonbasic variables a little away from a tie. Basic
// variables and free ones are left alone: their reduced costs are 0. The change has the
// sign that keeps the reduced cost right.
func (g *Guess) perturbCosts() {
	for j, w := range g.Where {
		// In proportion to the cost, by a random factor between a half and three
		// halves.
		size := (1 + math.Abs(g.goal[j])) * (0.5 + g.random()) * 1e-6
		switch {
		case w == AtLower && g.lower[j] < g.upper[j]:
			g.goal[j], g.d[j] = g.goal[j]+size, g.d[j]+size
		case w == AtUpper && g.lower[j] < g.upper[j]:
			g.goal[j], g.d[j] = g.goal[j]-size, g.d[j]-size
		}
	}
}
