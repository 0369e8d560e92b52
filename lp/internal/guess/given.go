package guess

import "math"

// maxTried is how many rows or edges of a given basis are tried for a proof. Each costs about as
// much as a step, and a basis that proves something mostly does so by one of the first.
const maxTried = 200

// Refuting takes the factors of the basis at hand, see [Guess.Order], and returns the belief that
// it shows the problem to be infeasible, or Nothing. The list outside tells of every
// position on which side of its bounds the basic variable is. Such a basis is one that a method ended
// with: all that is out of bounds together refutes the problem, or one row of the tableau
// does. No basis is changed.
func (g *Guess) Refuting(t Target, outside []int8) Belief {
	if g.restore(t); !g.factored() {
		return Belief{}
	}
	// The dictionary knows no scale, but the other methods do.
	scales := g.Scales(g.Head)
	for _, scale := range [][]int{scales, nil} {
		for p, side := range outside {
			if side == 0 {
				continue
			}
			by := 0
			if scale == nil {
				by = scales[p]
			}
			g.spare.Add(int32(p), math.Ldexp(float64(side), by))
		}
		if g.combineRows(); len(g.entrants(1)) == 0 {
			return Belief{Outcome: Infeasible, Row: nothing, Outside: outside, Scale: scale}
		}
	}
	tried := 0
	for p, side := range outside {
		if side == 0 || tried == maxTried {
			continue
		}
		tried++
		if g.tableauRow(p); len(g.entrants(float64(side))) == 0 {
			return Belief{Outcome: Infeasible, Row: p}
		}
	}
	// Float64 may not have seen the proof, and one solution finds out.
	if g.Blurred() {
		return Belief{Outcome: Infeasible, Row: nothing, Outside: outside, Scale: scales}
	}
	return Belief{}
}

// factored reports whether float64 found a pivot for every row: the basis may be regular all the
// same.
func (g *Guess) factored() bool { return g.factors.Complete() && len(g.etaAt) == 0 }

// Edge is a nonbasic variable with the direction, 1 or −1, in which moving it improves the
// objective.
type Edge struct {
	Variable  int32
	Direction int
}

// Unblocked returns the belief that one of the edges of the basis at hand, which is feasible, is never
// blocked, or Nothing. It is for edges as Refuting is for rows.
func (g *Guess) Unblocked(t Target, edges []Edge) Belief {
	if g.restore(t); !g.factored() {
		return Belief{}
	}
	for _, e := range edges[:min(len(edges), maxTried)] {
		if g.tableauColumn(e.Variable); g.open(e) {
			return Belief{Outcome: Unbounded, Entering: e.Variable}
		}
	}
	return Belief{}
}

// open reports whether no bound is in the way of an edge, whose column is in col.
func (g *Guess) open(e Edge) bool {
	for _, p := range g.col.Pattern {
		if _, _, blocks := g.room(p, float64(e.Direction)); blocks {
			return false
		}
	}
	// Its own bound would be in the way as well.
	return e.Direction > 0 && math.IsInf(g.upper[e.Variable], 1) || e.Direction < 0 && math.IsInf(g.lower[e.Variable], -1)
}
