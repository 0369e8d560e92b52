package analysis

import (
	"context"
	"errors"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// Alternative returns another optimal point than r.Primal, where r is an optimal result of
// [Solve] for p, or nil if there is none. It solves programs on the face of the optimal points:
// one for all variables and rows that are not basic and rest on a bound, and two for each free
// one that is not basic and has no multiplier, of which there are few.
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
	face := optimalFace(p, r)
	for _, sum := range movers(p, r) {
		for j := range face.Variables {
			face.Variables[j].Cost = rational.Rat{}
		}
		for _, t := range sum {
			c := &face.Variables[t.Variable].Cost
			*c = c.Add(t.Coefficient)
		}
		s, err := lp.Solve(ctx, face, lp.Options{})
		switch {
		case err != nil:
			return nil, err
		// Any step along the ray is another optimal point: the sum grows on it.
		case s.Verdict == lp.Unbounded:
			for j, d := range s.Ray {
				s.Primal[j] = r.Primal[j].Add(d)
			}
			return s.Primal, nil
		// What the sum counts has moved, and the point with it.
		case !s.Value.Equal(objective(face, r.Primal)):
			return s.Primal, nil
		}
	}
	return nil, nil
}

// movers returns sums of variables of which one can grow on the face of the optimal points if
// and only if there is another optimal point than r.Primal.
// A point is determined by what is not basic there, so another one moves some of that. What
// rests on a bound has one way to go, and none of it goes back for another: one sum counts all
// of its moves. What is free has two ways, and moves of two such could cancel in a sum: each
// way of each is a sum of its own. What has a multiplier moves in no optimal point.
func movers(p *lp.Problem, r *lp.Result) (sums [][]lp.Term) {
	var bounded []lp.Term
	add := func(s lp.Status, multiplier rational.Rat, terms []lp.Term) {
		switch {
		case s == lp.Basic || !multiplier.IsZero():
		case s == lp.AtZero:
			sums = append(sums, terms, negated(terms))
		// What is at its upper bound can only fall, so its fall is what is counted.
		case s == lp.AtUpper:
			bounded = append(bounded, negated(terms)...)
		default:
			bounded = append(bounded, terms...)
		}
	}
	for j, s := range r.Basis.Variables {
		add(s, r.Reduced[j], []lp.Term{{Variable: j, Coefficient: one}})
	}
	// A row moves as the sum of its terms does.
	for i, s := range r.Basis.Rows {
		add(s, r.Dual[i], p.Rows[i].Terms)
	}
	if bounded != nil {
		sums = append([][]lp.Term{bounded}, sums...)
	}
	return sums
}

// negated returns the terms of minus the sum of terms.
func negated(terms []lp.Term) []lp.Term {
	return each.Of(terms, func(t lp.Term) lp.Term { return lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Neg()} })
}

// optimalFace returns the program whose points are the optimal ones of p, with the objective
// zero, to be maximised. Its variables and rows may be overwritten, the terms of its rows not.
// The face is described by complementary slackness with the multipliers of r, which are
// optimal: it is the same set whatever optimal multipliers r has.
func optimalFace(p *lp.Problem, r *lp.Result) *lp.Problem {
	face := &lp.Problem{Sense: lp.Maximise, Variables: append([]lp.Variable(nil), p.Variables...), Rows: append([]lp.Row(nil), p.Rows...)}
	for j := range face.Variables {
		v := &face.Variables[j]
		v.Cost = rational.Rat{}
		// A variable with a reduced cost stays at the bound that it is on.
		if !r.Reduced[j].IsZero() {
			v.Lower, v.Upper = lp.At(r.Primal[j]), lp.At(r.Primal[j])
		}
	}
	lower, _ := p.Slacks(r)
	for i := range face.Rows {
		// By complementary slackness a row with a multiplier is on one of its bounds.
		if row := &face.Rows[i]; !r.Dual[i].IsZero() {
			if lower[i].Finite && lower[i].Value.IsZero() {
				row.Upper = row.Lower
			} else {
				row.Lower = row.Upper
			}
		}
	}
	return face
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
