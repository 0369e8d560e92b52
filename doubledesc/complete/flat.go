package complete

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/lp"
	"pstar/rational"
)

// checkFlat shows that the rows are zero wherever they and the equations hold: the
// negative of each is among them, or some combination with coefficients of at
// least 1 vanishes modulo the equations (so that where all are nonnegative none is positive).
//
// If Σ c_k a_k = 0 modulo equations with all c_k ≥ 1, then at a point of the cone each
// a_k x ≥ 0, and a sum of these with positive factors is 0: so each is 0. By Farkas'
// lemma there is such a combination whenever the rows are zero on the cone.
func (p *prover) checkFlat(dim int, rows, equations []cone.Vector) error {
	// Mostly an equation was written as two inequalities.
	if inPairs(rows) {
		return nil
	}
	entries := 0
	// The unknowns are the coefficients; each coordinate of the sum must be 0.
	problem := &lp.Problem{}
	coordinates := slices.Repeat([]lp.Row{{Lower: lp.At(rational.Rat{}), Upper: lp.At(rational.Rat{})}}, dim)
	add := func(vectors []cone.Vector, lower lp.Bound) {
		for _, a := range vectors {
			x := problem.AddVariable(lp.Variable{Lower: lower})
			for _, e := range a {
				coordinates[e.Index].Terms = append(coordinates[e.Index].Terms, lp.Term{Variable: x, Coefficient: rational.RatFromInt(e.Value)})
				entries++
			}
		}
	}
	// At least 1 stands for positive: a combination can be scaled.
	add(rows, lp.At(rational.RatFromInt(rational.NewInt(1))))
	add(equations, lp.Bound{})
	for _, row := range coordinates {
		problem.AddRow(row)
	}
	if err := p.spend(1000, len(rows)+len(equations)+entries/10); err != nil {
		return err
	}
	r, err := lp.Solve(p.ctx, problem, lp.Options{})
	// The answer of the solver is verified, as this is a check.
	if err == nil {
		err = problem.Verify(r)
	}
	// The error is that of ctx, and not about the rows.
	if err != nil && p.ctx.Err() != nil {
		return context.Cause(p.ctx)
	}
	if err == nil && r.Verdict != lp.Optimal {
		err = &Wrong{"generators are incomplete: a row that is zero on all of them is not zero on the cone"}
	}
	return err
}

// inPairs reports whether the negative of each row, up to a factor, is among the rows.
func inPairs(rows []cone.Vector) bool {
	have := map[string]bool{}
	for _, a := range rows {
		have[a.Primitive().Key()] = true
	}
	for _, a := range rows {
		if !have[a.Neg().Primitive().Key()] {
			return false
		}
	}
	return true
}
