package lp

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
)

// Range is the set of numbers from Lower to Upper; a bound that is absent is infinite.
type Range struct{ Lower, Upper Bound }

// CostRange returns the set of costs of variable j with which the point r.Primal stays
// optimal, all else as it is; r is an optimal result for p. The set depends on the point alone,
// not on a basis: where several bases belong to the point it is the union of what they give.
// It solves two programs of the size of p.
//
// The point is optimal for a cost if no direction into the feasible set improves it. Those
// directions with −1 or 1 at j say how far the cost may go up or down.
func (p *Problem) CostRange(ctx context.Context, r *Result, j int) (Range, error) {
	if err := p.verifyOptimum(ctx, r); err != nil {
		return Range{}, err
	}
	if j < 0 || j >= len(p.Variables) {
		return Range{}, fmt.Errorf("lp: there is no variable %d", j)
	}
	cone := p.directions(r.Primal)
	variable := cone.Variables[j]
	rate := func(step int64) (Bound, error) {
		cone.Variables[j] = variable
		at := rational.NewRat(step, 1)
		if outside(at, variable.Lower, variable.Upper) {
			return Bound{}, nil
		}
		cone.Variables[j].Lower, cone.Variables[j].Upper = At(at), At(at)
		s, err := Solve(ctx, cone, p.near(r))
		if err != nil || s.Verdict == Infeasible {
			return Bound{}, err
		}
		return At(s.Value), nil
	}
	down, err := rate(-1)
	if err != nil {
		return Range{}, err
	}
	up, err := rate(1)
	if err != nil {
		return Range{}, err
	}
	up.Value = up.Value.Neg()
	if p.Sense == Maximise {
		up, down = down, up
	}
	return Range{Lower: up.plus(variable.Cost), Upper: down.plus(variable.Cost)}, nil
}

// plus adds v to a bound that is there.
func (b Bound) plus(v rational.Rat) Bound {
	if b.Finite {
		b.Value = b.Value.Add(v)
	}
	return b
}

// directions returns the program over the directions in which one may go from x, with the
// objective of p.
func (p *Problem) directions(x []rational.Rat) *Problem {
	cone := &Problem{Sense: p.Sense, Variables: append([]Variable(nil), p.Variables...), Rows: append([]Row(nil), p.Rows...)}
	for j := range cone.Variables {
		v := &cone.Variables[j]
		v.Lower, v.Upper = met(v.Lower, x[j]), met(v.Upper, x[j])
	}
	point := newScaled(x)
	for i := range cone.Rows {
		row := &cone.Rows[i]
		v := point.activity(row.Terms).Value()
		row.Lower, row.Upper = met(row.Lower, v), met(row.Upper, v)
	}
	return cone
}

// met returns the bound zero if v is on b, and none otherwise.
func met(b Bound, v rational.Rat) Bound {
	if b.Finite && b.Value.Equal(v) {
		return At(rational.Rat{})
	}
	return Bound{}
}

// SideRange returns the sets of values of the lower and the upper bound of row i with which
// the multipliers r.Dual and r.Reduced stay optimal, all else as it is; r is an optimal result
// for p. Over these sets the optimum is linear in the bound, and its slope is the multiplier of
// the row if that rests on the bound, and otherwise zero. The bounds of an equation move together,
// and an absent bound has the range without bounds. It solves two programs of the size
// of p for each bound.
func (p *Problem) SideRange(ctx context.Context, r *Result, i int) (lower, upper Range, err error) {
	if err := p.verifyOptimum(ctx, r); err != nil {
		return lower, upper, err
	}
	if i < 0 || i >= len(p.Rows) {
		return lower, upper, fmt.Errorf("lp: there is no row %d", i)
	}
	row := p.Rows[i]
	if row.Lower.Finite && row.Upper.Finite && row.Lower.Value.Equal(row.Upper.Value) {
		lower, err = p.sideRange(ctx, r, i, true, true)
		return lower, lower, err
	}
	if row.Lower.Finite {
		if lower, err = p.sideRange(ctx, r, i, true, false); err != nil {
			return lower, upper, err
		}
	}
	if row.Upper.Finite {
		upper, err = p.sideRange(ctx, r, i, false, true)
	}
	return lower, upper, err
}

// sideRange moves the lower or the upper bound of row i, or both: a new variable says how far,
// over the points that are optimal where the bound is then.
func (p *Problem) sideRange(ctx context.Context, r *Result, i int, lower, upper bool) (Range, error) {
	face, _ := p.optimalFace(r, true)
	for j := range face.Variables {
		face.Variables[j].Cost = rational.Rat{}
	}
	t := face.AddVariable(Variable{Cost: one})
	row := p.Rows[i]
	still := row
	moving := Row{Terms: append(append([]Term(nil), row.Terms...), Term{t, minus})}
	at := row.Upper
	if upper {
		moving.Upper, still.Upper = row.Upper, Bound{}
	}
	if lower {
		moving.Lower, still.Lower, at = row.Lower, Bound{}, row.Lower
	}
	onLower := (r.Dual[i].Sign() > 0) == (p.Sense == Minimise)
	switch {
	case r.Dual[i].IsZero():
		face.Rows[i] = still
	case lower && onLower || upper && !onLower || lower && upper:
		// The multiplier rests on the bound that moves, so the row does.
		face.Rows[i], moving.Lower, moving.Upper = still, at, at
	}
	face.AddRow(moving)
	var out Range
	for _, end := range []struct {
		sense Sense
		bound *Bound
	}{{Minimise, &out.Lower}, {Maximise, &out.Upper}} {
		face.Sense = end.sense
		s, err := Solve(ctx, face, p.near(r))
		if err != nil {
			return out, err
		}
		if s.Verdict == Optimal {
			*end.bound = At(s.Value.Add(at.Value))
		}
	}
	return out, nil
}

// near returns the options for a program like p, whose result is r.
func (p *Problem) near(r *Result) Options {
	if len(p.Rows)*len(p.Variables) <= denseLimit {
		return Options{}
	}
	return Options{Start: r.Basis}
}

// verifyOptimum checks that r is an optimal result for p.
func (p *Problem) verifyOptimum(ctx context.Context, r *Result) error {
	if err := p.given(ctx); err != nil {
		return err
	}
	if r == nil || r.Verdict != Optimal {
		return errors.New("lp: expected an optimal result")
	}
	return p.verify(ctx, r)
}
