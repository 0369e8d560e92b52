package lp

import (
	"context"
	"errors"

	"pstar/rational"
)

// Alternative returns another optimal point than r.Primal, where r is an optimal result of
// [Solve] for p, or nil if there is none. It solves up to two programs on the face of the
// optimal points: how far the variables and rows that are not basic can move there decides.
// The basis of r, which proves nothing elsewhere, must be the one that Solve returned.
func (p *Problem) Alternative(ctx context.Context, r *Result) ([]rational.Rat, error) {
	if err := p.verifyOptimum(ctx, r); err != nil {
		return nil, err
	}
	if b := r.Basis; b == nil || len(b.Variables) != len(p.Variables) || len(b.Rows) != len(p.Rows) {
		return nil, errors.New("lp: expected a result with a basis of the problem")
	}
	for _, up := range []bool{true, false} {
		face, moves := p.optimalFace(r, up)
		if !moves {
			continue
		}
		at := face.objective(r.Primal).Value()
		s, err := Solve(ctx, face, Options{})
		switch {
		case err != nil:
			return nil, err
		case s.Verdict == Unbounded:
			for j, d := range s.Ray {
				s.Primal[j] = r.Primal[j].Add(d)
			}
			return s.Primal, nil
		case !s.Value.Equal(at):
			return s.Primal, nil
		}
	}
	return nil, nil
}

// optimalFace returns the program whose points are the optimal ones of p, with the sum of
// what is not basic, away from its bounds, to be maximised; a free variable is to go up or
// down. It reports whether anything may move.
func (p *Problem) optimalFace(r *Result, up bool) (face *Problem, moves bool) {
	face = &Problem{Sense: Maximise, Variables: append([]Variable(nil), p.Variables...), Rows: append([]Row(nil), p.Rows...)}
	weight := func(s Status, multiplier rational.Rat) (w rational.Rat) {
		if s != Basic && multiplier.IsZero() {
			moves = true
			w = rational.NewRat(1, 1)
			if s == AtUpper || s == AtZero && !up {
				w = w.Neg()
			}
		}
		return w
	}
	for j := range face.Variables {
		v := &face.Variables[j]
		if v.Cost = weight(r.Basis.Variables[j], r.Reduced[j]); !r.Reduced[j].IsZero() {
			v.Lower, v.Upper = At(r.Primal[j]), At(r.Primal[j])
		}
	}
	x := newScaled(r.Primal)
	for i := range face.Rows {
		row := &face.Rows[i]
		if !r.Dual[i].IsZero() {
			v := x.activity(row.Terms).Value()
			row.Lower, row.Upper = At(v), At(v)
		}
		if w := weight(r.Basis.Rows[i], r.Dual[i]); !w.IsZero() {
			for _, t := range row.Terms {
				c := &face.Variables[t.Variable].Cost
				*c = c.Add(w.Mul(t.Coefficient))
			}
		}
	}
	return face, moves
}
