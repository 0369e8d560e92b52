package farkas

import (
	"context"
	"slices"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
)

// slack solves: how far can all strict rows be above 0 at once, at most 1, where further is at least 0, if it is not nil?
// The last variable is the distance; of the rows behind those of f, the first is that of further, if there is one.
//
// If the greatest distance is positive, its point has all strict rows; if it is 0 or
// less, the dual is a proof by Motzkin that no point has them.
func (f *Facts) slack(ctx context.Context, further statement.Form) (*lp.Result, error) {
	p := *f.program
	// A copy of everything that is changed; terms too, as rows share them with the
	// program of the facts.
	p.Sense = lp.Maximise
	// At most 1, since else it could be unbounded.
	p.Variables = append(slices.Clone(p.Variables), lp.Variable{Cost: rational.NewRat(1, 1), Upper: lp.At(rational.NewRat(1, 1))})
	p.Rows = slices.Clone(p.Rows)
	distance := len(p.Variables) - 1
	for _, i := range f.strict {
		p.Rows[i].Terms = append(slices.Clone(p.Rows[i].Terms), lp.Term{Variable: distance, Coefficient: rational.NewRat(-1, 1)})
	}
	if further != nil {
		p.AddRow(lp.Row{Terms: Terms(further), Lower: lp.At(further.Constant().Neg())})
	}
	return lp.Solve(ctx, &p, lp.Options{})
}

// interior finds a point with all rows, or shows that there is none. It is asked at
// most once of a list of facts.
func (f *Facts) interior(ctx context.Context) (*inside, error) {
	// It has been asked before.
	if f.inside != nil {
		return f.inside, nil
	}
	r, err := f.slack(ctx, nil)
	if err != nil {
		return nil, err
	}
	in := &inside{}
	switch {
	// Not even the closed rows have a point.
	case r.Verdict == lp.Infeasible:
		in.absurd = f.contradiction(r)
	// All strict rows are positive there.
	case r.Value.Sign() > 0:
		in.point = Point(r.Primal[:len(f.symbols)])
	default: // Σ y·rows ≤ value·… with the shares of strict rows adding up to 1: Motzkin
		in.absurd = f.weighted(negated(r.Dual), rational.NewRat(1, 1))
		in.absurd.Absurd = true
	}
	f.inside = in
	return in, nil
}

// negated are the
// multipliers of a maximum, which belong to the negative of its objective.
func negated(y []rational.Rat) []rational.Rat {
	return each.Of(y, rational.Rat.Neg)
}

// strictly settles a goal that is > 0, of which the minimum on the closed rows, as solved, is 0.
func (f *Facts) strictly(ctx context.Context, goal statement.Row, closed *lp.Result) (*Proof, Point, error) {
	if len(f.strict) == 0 {
		return nil, Point(closed.Primal), nil // the goal is 0 there
	}
	r, err := f.slack(ctx, goal.Form.Scale(rational.NewRat(-1, 1)))
	if err != nil {
		return nil, nil, err
	}
	switch y := negated(r.Dual); {
	case r.Verdict == lp.Infeasible:
		panic("farkas: a program has changed") // the minimum was 0
	// A point inside where goal ≤ 0, so the goal fails.
	case r.Value.Sign() > 0:
		return nil, Point(r.Primal[:len(f.symbols)]), nil
	// The bound on the goal has no share in the proof: the strict rows contradict the
	// others by themselves.
	case y[len(f.rows)].IsZero():
		in, err := f.interior(ctx)
		if err != nil {
			return nil, nil, err
		}
		return in.absurd, nil, nil
	// Divided by the share of the goal, what is left is goal = Σ shares, among them one
	// of a strict row: so goal > 0.
	default:
		return f.weighted(y, y[len(f.rows)]), nil, nil
	}
}

// Contradictory reports whether no point has all rows. The rows are linear. Strict ones
// count as such: x > 0 and x <= 0 contradict each other.
func Contradictory(ctx context.Context, symbols []statement.Symbol, rows []statement.Row) (bool, error) {
	in, err := New(symbols, rows).interior(ctx)
	if err != nil {
		return false, err
	}
	return in.absurd != nil, nil
}
