package program

import (
	"pstar/lp"
	"pstar/rational"
)

// Use is a bound of a row or a variable that a proof takes times a multiplier: a positive one
// for expression ≥ bound, a negative one for expression ≤ bound, or the other way round if the
// proof is that of a maximum.
type Use struct {
	In         lp.ConflictKind // what the index counts
	Index      int
	Lower      bool
	Multiplier rational.Rat
}

// Uses lists the bounds that prove r, a result of p that was verified: those that add up to a bound of the objective,
// or to a contradiction, rows before variables. An unbounded problem has none. There is one use of each
// row and variable, but for crossed bounds, the lower of which less the upper is the contradiction.
func Uses(p *lp.Problem, r *lp.Result) (list []Use) {
	rows, variables, up := r.Dual, r.Reduced, p.Sense == lp.Minimise
	switch c := r.Conflict; {
	// They contradict each other by themselves, and the solver has no multipliers then.
	case c.In != lp.NoConflict:
		return []Use{{c.In, c.Index, true, rational.NewRat(1, 1)}, {c.In, c.Index, false, rational.NewRat(-1, 1)}}
	case r.Verdict == lp.Infeasible:
		rows, variables, up = r.Farkas, left(p, r.Farkas), true
	}
	add := func(in lp.ConflictKind, y []rational.Rat) {
		for i, m := range y {
			// A multiplier that is not 0 has a bound: the result was verified.
			if !m.IsZero() {
				list = append(list, Use{in, i, m.Sign() > 0 == up, m})
			}
		}
	}
	add(lp.RowConflict, rows)
	add(lp.VariableConflict, variables)
	return list
}

// left is what a sum of rows leaves of each variable, negated, for bounds of variables to cancel.
func left(p *lp.Problem, multipliers []rational.Rat) []rational.Rat {
	rest := make([]rational.Rat, len(p.Variables))
	for i, row := range p.Rows {
		for _, t := range row.Terms {
			rest[t.Variable] = rest[t.Variable].Sub(multipliers[i].Mul(t.Coefficient))
		}
	}
	return rest
}
