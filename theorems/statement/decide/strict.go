package decide

import (
	"context"
	"slices"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
)

// slack solves: how far can all strict rows be above 0 at once, at most 1, where further is at least 0, if it is not nil?
// The last variable is the distance; of the rows behind those of f, the first is that of further, if there is one.
func (f *facts) slack(ctx context.Context, further statement.Form) (*lp.Result, error) {
	p := *f.program
	p.Sense = lp.Maximise
	p.Variables = append(slices.Clone(p.Variables), lp.Variable{Cost: rational.NewRat(1, 1), Upper: lp.At(rational.NewRat(1, 1))})
	p.Rows = slices.Clone(p.Rows)
	distance := len(p.Variables) - 1
	for _, i := range f.strict {
		p.Rows[i].Terms = append(slices.Clone(p.Rows[i].Terms), lp.Term{Variable: distance, Coefficient: rational.NewRat(-1, 1)})
	}
	if further != nil {
		p.AddRow(lp.Row{Terms: terms(further), Lower: lp.At(further.Constant().Neg())})
	}
	return lp.Solve(ctx, &p, lp.Options{})
}

// interior finds a point with all rows, or shows that there is none.
func (f *facts) interior(ctx context.Context) (*inside, error) {
	if f.inside != nil {
		return f.inside, nil
	}
	r, err := f.slack(ctx, nil)
	if err != nil {
		return nil, err
	}
	in := &inside{}
	switch {
	case r.Verdict == lp.Infeasible:
		in.absurd = f.contradiction(r)
	case r.Value.Sign() > 0:
		in.point = Point(r.Primal[:len(f.symbols)])
	default: // Σ y·rows ≤ value·… with the shares of strict rows adding up to 1: Motzkin
		in.absurd = f.weighted(negated(r.Dual), rational.NewRat(1, 1))
		in.absurd.Absurd = true
	}
	f.inside = in
	return in, nil
}

// Multipliers of a maximum belong to the negative of its objective.
func negated(y []rational.Rat) []rational.Rat {
	list := make([]rational.Rat, len(y))
	for i, c := range y {
		list[i] = c.Neg()
	}
	return list
}

// strictly settles a goal that is > 0, of which the minimum on the closed rows, as solved, is 0.
func (f *facts) strictly(ctx context.Context, goal statement.Row, closed *lp.Result) (*Proof, Point, error) {
	if len(f.strict) == 0 {
		return nil, Point(closed.Primal), nil // the goal is 0 there
	}
	r, err := f.slack(ctx, goal.Form.Scale(rational.NewRat(-1, 1)))
	if err != nil {
		return nil, nil, err
	}
	switch y := negated(r.Dual); {
	case r.Verdict == lp.Infeasible:
		panic("decide: a program has changed") // the minimum was 0
	case r.Value.Sign() > 0:
		return nil, Point(r.Primal[:len(f.symbols)]), nil
	case y[len(f.rows)].IsZero():
		in, err := f.interior(ctx)
		if err != nil {
			return nil, nil, err
		}
		return in.absurd, nil, nil
	default:
		return f.weighted(y, y[len(f.rows)]), nil, nil
	}
}

// missed reports whether an optimum is not attained for some of the given parameters. A dual d of a problem p that asks for unknowns better than P has the generators of
// one that asks for unknowns as good as P, and then a bound on P is strict only if other facts make it so.
func missed(ctx context.Context, p *statement.Problem, d *dual, given []statement.Row) (bool, error) {
	var bounds []statement.Row
	for i, row := range d.rows {
		if row.Form.Coefficient(p.Optimum).IsZero() {
			continue
		}
		row.Relation = statement.AtLeast
		for _, e := range d.generator(i) {
			if f := p.Facts[d.facts[e.Index]]; f.Relation == statement.Above && f.Form.Coefficient(p.Optimum).IsZero() {
				row.Relation = statement.Above
			}
		}
		bounds = append(bounds, row)
	}
	needed, err := minimal(ctx, given, bounds, nil)
	return slices.ContainsFunc(needed, func(r statement.Row) bool { return r.Relation == statement.Above }), err
}
