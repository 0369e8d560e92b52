package guess

import "math"

// begin takes the place of [Guess.refactor] before the first run of the dual method, and
// prepares a basis and costs for that. Costs of the wrong sign are shifted away there, and steps
// have the length zero where none remain, so where there are few others it looks for any
// feasible basis first, and leaves the costs to the primal method. It reports whether
// there is a regular basis.
func (g *Guess) begin(t Target) bool {
	flat := g.flat(t)
	switch {
	// A later run continues where the one before ended, and its basis is better than
	// any that could be made up here.
	case g.iterations > 0 && flat:
		// Costs are all given up for this run, and come back for the primal method.
		clear(g.goal)
		return g.refactor()
	// There are costs enough for the dual method to go by.
	case g.iterations > 0:
		return g.refactor()
	// Or there are, with those of the budgets.
	case !flat || g.borrowCosts():
		// The basis of logical variables, with slacks in place of fixed ones.
		g.useSlacks()
		return g.refactor()
	}
	// There are so few costs that a feasible basis is what is missing.
	if !g.tryCrash() {
		return false
	}
	// Nothing is out of bounds: the dual method has nothing to do, and costs are for
	// the primal one. Or most costs have the wrong sign, so that it would begin by
	// shifting them away.
	right, wrong, all := g.signs()
	// The factor is for variables that the dual method could use a cost of.
	if g.outside() == 0 || wrong > 0 && right*fewCosts < all {
		clear(g.goal)
		clear(g.d)
	}
	return true
}

// fewCosts is such that one variable in so many must have a cost that serves.
const fewCosts = 4

// flat reports whether few variables have a cost that the dual method can begin with, one
// that it need not shift away. Fixed and basic variables count as well: it is a rough
// measure.
func (g *Guess) flat(t Target) bool {
	costed := 0
	for j, c := range t.cost {
		// A positive cost keeps a variable at its lower bound, if there is one.
		if c > 0 && !math.IsInf(t.lower[j], -1) || c < 0 && !math.IsInf(t.upper[j], 1) {
			costed++
		}
	}
	return costed*fewCosts < g.columns
}

// useSlacks puts variables that occur in one equation and cost nothing in the place of
// its logical variable, which is fixed. Their columns are multiples of that of the
// logical variable, so the basis stays regular, and a variable that can move is better
// in it than one that cannot.
func (g *Guess) useSlacks() {
	for j := range int32(g.columns) {
		index, _ := g.byColumn.Part(int(j))
		if len(index) != 1 || g.goal[j] != 0 || g.lower[j] == g.upper[j] {
			// It costs something, or cannot move.
			continue
		}
		i := index[0]
		if k := int32(g.columns) + i; g.Head[i] == k && g.lower[k] == g.upper[k] {
			// Only fixed logical variables are worth replacing.
			g.leave(k)
			g.Head[i], g.Where[j] = j, InBasis
		}
	}
}

// tryCrash takes the basis of [Guess.crash], unless that has many more variables out of
// bounds than the one at hand. It reports whether it found a regular basis. It costs
// two factorisations.
func (g *Guess) tryCrash() bool {
	if !g.refactor() {
		return false
	}
	// As a measure of the start alone: how many variables are out of bounds.
	kept, before := g.Basis.Clone(), g.outside()
	g.crash()
	if !g.refactor() {
		return false
	}
	// A crash basis may have more out of bounds, in return for fewer fixed variables.
	if g.outside() <= 2*before {
		return true
	}
	// The crash made it worse than it was.
	*g.Basis = *kept
	return g.refactor()
}

// outside returns how many basic variables are out of bounds.
func (g *Guess) outside() (count int) {
	for _, out := range g.gap {
		if out > 0 {
			count++
		}
	}
	return count
}

// borrowCosts adds the sum of all budgets to the objective, if most variables have a share in it or one
// budget is long, and reports whether it did. A budget is a row with one bound from which each of its variables moves
// away when it leaves its own, so that the dual method need not shift these costs. Without
// costs that method has no objective to tell it how far it is, and wanders about; with these
// it uses as little of the budgets as it can, and where they are too small that is soon known. The
// primal method has the true costs. Random costs in place of these made most programs slower.
func (g *Guess) borrowCosts() bool {
	cost, costed, longest := make([]float64, g.columns), 0, 0
	for i := range g.rows {
		sign := g.budget(i)
		if sign == 0 {
			continue
		}
		index, value := g.byRow.Part(i)
		longest = max(longest, len(index))
		for e, j := range index {
			// Costs of different signs are those of variables with two bounds, and may cancel.
			if cost[j] == 0 {
				costed++
			}
			cost[j] += sign * value[e]
		}
	}
	// As many variables as there are without costs of their own, where that is worth it.
	if costed*fewCosts < g.columns*(fewCosts-1) && longest*longBudget < g.columns {
		return false
	}
	for j, c := range cost {
		g.goal[j] += c
	}
	return true
}

// longBudget is such that a row of one variable in so many is an objective, rather than one of many conditions.
const longBudget = 8

// budget returns 1 or −1 if row i, times that, is bounded from above only, and least where each of
// its variables is on a bound, and 0 otherwise.
func (g *Guess) budget(i int) float64 {
	k, sign := g.columns+i, 1.0
	noLower, noUpper := math.IsInf(g.lower[k], -1), math.IsInf(g.upper[k], 1)
	switch {
	// An equation or a range, or no condition at all.
	case noLower == noUpper:
		return 0
	// Bounded from below: the other sign makes it one from above.
	case noUpper:
		sign = -1
	}
	index, value := g.byRow.Part(i)
	for e, j := range index {
		if up := sign*value[e] > 0; up && math.IsInf(g.lower[j], -1) || !up && math.IsInf(g.upper[j], 1) {
			return 0
		}
	}
	return sign
}

// signs counts the nonbasic variables that may move, and those of them with a reduced cost
// that suits one of their bounds, or that the dual method must shift away. A variable
// that has a bound on each side can always be put on the right one, and so is never
// wrong.
func (g *Guess) signs() (right, wrong, all int) {
	for j, w := range g.Where {
		if w == InBasis || g.lower[j] == g.upper[j] {
			// It cannot move, and its cost does not matter.
			continue
		}
		all++
		d := g.d[j]
		switch {
		// Neither: it serves no step, and needs no shift.
		case math.Abs(d) <= dualFeasible:
		case d > 0 && !math.IsInf(g.lower[j], -1), d < 0 && !math.IsInf(g.upper[j], 1):
			right++
		default:
			wrong++
		}
	}
	return right, wrong, all
}
