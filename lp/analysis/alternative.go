package analysis

import (
	"context"
	"errors"

	"pstar/lp"
	"pstar/rational"
)

// Alternative returns another optimal point than r.Primal, where r is an optimal result of
// [Solve] for p, or nil if there is none. It solves up to two programs on the face of the
// optimal points: how far the variables and rows that are not basic can move there decides.
// The basis of r, which proves nothing elsewhere, must be the one that Solve returned.
// Any other optimal point will do; that it is a vertex is not promised.
func Alternative(ctx context.Context, p *lp.Problem, r *lp.Result) ([]rational.Rat, error) {
	if err := verifyOptimum(ctx, p, r); err != nil {
		return nil, err
	}
	// Nothing has been verified of a basis, so its shape is looked at before it is indexed.
	if b := r.Basis; b == nil || len(b.Variables) != len(p.Variables) || len(b.Rows) != len(p.Rows) {
		return nil, errors.New("analysis: expected a result with a basis of the problem")
	}
	// Free variables that rest on zero may go either way, so there are two programs; all others have one
	// way to go.
	for _, up := range []bool{true, false} {
		face, moves := optimalFace(p, r, up)
		// Nothing may move in this direction: the program would have the objective zero.
		if !moves {
			continue
		}
		// Where the sum stands at the point at hand.
		at := objective(face, r.Primal)
		s, err := lp.Solve(ctx, face, lp.Options{})
		switch {
		case err != nil:
			return nil, err
		// Any step along the ray is another optimal point.
		case s.Verdict == lp.Unbounded:
			for j, d := range s.Ray {
				s.Primal[j] = r.Primal[j].Add(d)
			}
			return s.Primal, nil
		// The sum of what may move has moved. If it has not, nothing can, since none of it may go back.
		case !s.Value.Equal(at):
			return s.Primal, nil
		}
	}
	return nil, nil
}

// optimalFace returns the program whose points are the optimal ones of p, with the sum of
// what is not basic, away from its bounds, to be maximised; a free variable is to go up or
// down. It reports whether anything may move.
// The face is described by complementary slackness with the multipliers of r, which are
// optimal: it is the same set whatever optimal multipliers r has.
func optimalFace(p *lp.Problem, r *lp.Result, up bool) (face *lp.Problem, moves bool) {
	// Bounds and costs are overwritten below. The terms of the rows are shared with p, and
	// only read.
	face = &lp.Problem{Sense: lp.Maximise, Variables: append([]lp.Variable(nil), p.Variables...), Rows: append([]lp.Row(nil), p.Rows...)}
	weight := func(s lp.Status, multiplier rational.Rat) (w rational.Rat) {
		// What has a multiplier stays where it is in every optimal point; what is basic follows the others.
		if s != lp.Basic && multiplier.IsZero() {
			moves = true
			w = rational.NewRat(1, 1)
			// What is at its upper bound can only fall, so its fall is what is counted.
			if s == lp.AtUpper || s == lp.AtZero && !up {
				w = w.Neg()
			}
		}
		return w
	}
	for j := range face.Variables {
		v := &face.Variables[j]
		// A variable with a reduced cost stays at the bound that it is on.
		if v.Cost = weight(r.Basis.Variables[j], r.Reduced[j]); !r.Reduced[j].IsZero() {
			v.Lower, v.Upper = lp.At(r.Primal[j]), lp.At(r.Primal[j])
		}
	}
	lower, _ := p.Slacks(r)
	for i := range face.Rows {
		row := &face.Rows[i]
		// By complementary slackness a row with a multiplier is on one of its bounds.
		if !r.Dual[i].IsZero() {
			if lower[i].Finite && lower[i].Value.IsZero() {
				row.Upper = row.Lower
			} else {
				row.Lower = row.Upper
			}
		}
		// A row moves as the sum of its terms does, so its weight goes to the variables.
		if w := weight(r.Basis.Rows[i], r.Dual[i]); !w.IsZero() {
			for _, t := range row.Terms {
				c := &face.Variables[t.Variable].Cost
				*c = c.Add(w.Mul(t.Coefficient))
			}
		}
	}
	return face, moves
}

// objective returns the value of the objective of p at x, without the constant.
func objective(p *lp.Problem, x []rational.Rat) (sum rational.Rat) {
	for j, v := range p.Variables {
		if !v.Cost.IsZero() && !x[j].IsZero() {
			sum = sum.Add(v.Cost.Mul(x[j]))
		}
	}
	return sum
}
