package analysis

import (
	"context"
	"errors"
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// small is the size, as rows times variables, up to which programs are solved from nothing.
// There a basis to start from costs more than it saves. The number decides on time alone,
// not on answers.
const small = 400

var one, minus = rational.Whole(1), rational.Whole(-1)

// Range is the set of numbers from Lower to Upper; a bound that is absent is infinite.
type Range struct{ Lower, Upper lp.Bound }

// CostRange returns the set of costs of variable j with which the point r.Primal stays
// optimal, all else as it is; r is an optimal result for p. The set depends on the point alone,
// not on a basis: where several bases belong to the point it is the union of what they give.
// It solves two programs of the size of p. It fails if p has no variable j, if r is no optimal
// result for p, and if ctx ends.
//
// The point is optimal for a cost if no direction into the feasible set improves it. Those
// directions with −1 or 1 at j say how far the cost may go up or down.
func CostRange(ctx context.Context, p *lp.Problem, r *lp.Result, j int) (Range, error) {
	if err := verifyOptimum(ctx, p, r); err != nil {
		return Range{}, err
	}
	if j < 0 || j >= len(p.Variables) {
		return Range{}, fmt.Errorf("analysis: there is no variable %d", j)
	}
	cone := directions(p, r)
	variable := cone.Variables[j]
	// What a direction with that step at j costs at least, absent if there is no such direction.
	rate := func(step int64) (lp.Bound, error) {
		// The bounds of the call before are taken back.
		cone.Variables[j] = variable
		at := rational.NewRat(step, 1)
		// The point is on a bound that forbids this direction: the cost has no limit there.
		if step < 0 && variable.Lower.Finite || step > 0 && variable.Upper.Finite {
			return lp.Bound{}, nil
		}
		cone.Variables[j].Lower, cone.Variables[j].Upper = lp.At(at), lp.At(at)
		s, err := lp.Solve(ctx, cone, near(p, r))
		// No direction has that step: the variable cannot move that way, whatever it costs.
		if err != nil || s.Verdict == lp.Infeasible {
			return lp.Bound{}, err
		}
		// The point stays optimal while the cost changes by δ as long as this value plus
		// δ·step is no improvement.
		return lp.At(s.Value), nil
	}
	// The least cost of a direction in which the variable falls, and of one in which it rises, by one.
	down, err := rate(-1)
	if err != nil {
		return Range{}, err
	}
	up, err := rate(1)
	if err != nil {
		return Range{}, err
	}
	// In a fall by one the variable's own cost counts negatively, in a rise positively. So
	// the rise says how far the cost may go down, with its sign turned.
	up.Value = up.Value.Neg()
	// When maximising, the better direction is the dearer one, and the ends change places.
	if p.Sense == lp.Maximise {
		up, down = down, up
	}
	return Range{Lower: moved(up, variable.Cost), Upper: moved(down, variable.Cost)}, nil
}

// moved adds v to a bound that is there.
// An absent bound stays absent, as infinity moved by v is infinity.
func moved(b lp.Bound, v rational.Rat) lp.Bound {
	if b.Finite {
		b.Value = b.Value.Add(v)
	}
	return b
}

// directions returns the program over the directions in which one may go from r.Primal, with
// the objective of p.
// They are a cone: its rows and bounds are those that the point is on, moved to zero.
func directions(p *lp.Problem, r *lp.Result) *lp.Problem {
	cone := &lp.Problem{Sense: p.Sense, Variables: append([]lp.Variable(nil), p.Variables...), Rows: append([]lp.Row(nil), p.Rows...)}
	for j := range cone.Variables {
		// A bound that the point is not on forbids no direction, since a short enough step
		// stays inside.
		v := &cone.Variables[j]
		v.Lower, v.Upper = met(distance(v.Lower, r.Primal[j])), met(distance(v.Upper, r.Primal[j]))
	}
	// The slacks of the rows at the point, with the bounds that are absent left so.
	lower, upper := p.Slacks(r)
	for i := range cone.Rows {
		cone.Rows[i].Lower, cone.Rows[i].Upper = met(lower[i]), met(upper[i])
	}
	return cone
}

// distance returns |v − b|, absent if the bound is.
func distance(b lp.Bound, v rational.Rat) lp.Bound {
	if b.Finite {
		b.Value = b.Value.Sub(v).Abs()
	}
	return b
}

// met returns the bound zero for a bound at that distance if it is zero: a direction may not
// cross what the point is on. All other bounds are out of reach of a direction.
func met(slack lp.Bound) lp.Bound {
	if slack.Finite && slack.Value.IsZero() {
		return lp.At(rational.Rat{})
	}
	return lp.Bound{}
}

// SideRange returns the sets of values of the lower and the upper bound of row i with which
// the multipliers r.Dual and r.Reduced stay optimal, all else as it is; r is an optimal result
// for p. Over these sets the optimum is linear in the bound, and its slope is the multiplier of
// the row if that rests on the bound, and otherwise zero. The bounds of an equation move together,
// and an absent bound has the range without bounds. It solves two programs of the size
// of p for each bound. It fails if p has no row i, if r is no optimal result for p, and if ctx ends.
func SideRange(ctx context.Context, p *lp.Problem, r *lp.Result, i int) (lower, upper Range, err error) {
	if err := verifyOptimum(ctx, p, r); err != nil {
		return lower, upper, err
	}
	if i < 0 || i >= len(p.Rows) {
		return lower, upper, fmt.Errorf("analysis: there is no row %d", i)
	}
	row := p.Rows[i]
	// Of an equation each bound alone may move only one way before nothing is feasible;
	// what is asked for is how the number on the right side may move.
	if row.Lower.Finite && row.Upper.Finite && row.Lower.Value.Equal(row.Upper.Value) {
		lower, err = sideRange(ctx, p, r, i, true, true)
		return lower, lower, err
	}
	if row.Lower.Finite {
		if lower, err = sideRange(ctx, p, r, i, true, false); err != nil {
			return lower, upper, err
		}
	}
	if row.Upper.Finite {
		upper, err = sideRange(ctx, p, r, i, false, true)
	}
	return lower, upper, err
}

// sideRange moves the lower or the upper bound of row i, or both: a new variable says how far,
// over the points that are optimal where the bound is then.
// The range is in values of the bound, not of how far it moves. The multipliers stay
// optimal where some point is feasible and complementary to them, and that is what the
// program asks for.
func sideRange(ctx context.Context, p *lp.Problem, r *lp.Result, i int, lower, upper bool) (Range, error) {
	// A copy: rows are overwritten, and a variable is added.
	face := optimalFace(p, r)
	// t is free: it is positive where the bound goes up.
	t := face.AddVariable(lp.Variable{Cost: one})
	row := p.Rows[i]
	// What remains of the row at its place: the other bound, which does not move.
	still := row
	// The row with t taken away, so that its bound is where the row's bound was plus t.
	moving := lp.Row{Terms: append(append([]lp.Term(nil), row.Terms...), lp.Term{Variable: t, Coefficient: minus})}
	// Where the bound is that moves. Of an equation both are the same number, and either will do.
	at := row.Upper
	if upper {
		moving.Upper, still.Upper = row.Upper, lp.Bound{}
	}
	if lower {
		moving.Lower, still.Lower, at = row.Lower, lp.Bound{}, row.Lower
	}
	// A multiplier's sign says on which bound of the row it rests; the sense of the
	// objective turns it.
	onLower := (r.Dual[i].Sign() > 0) == (p.Sense == lp.Minimise)
	switch {
	// Without a multiplier the row is only to hold, wherever its bound is then. The face had it
	// as it was, without t.
	case r.Dual[i].IsZero():
		face.Rows[i] = still
	// The multiplier rests on the bound that moves, so the row does.
	case lower && onLower || upper && !onLower || lower && upper:
		face.Rows[i], moving.Lower, moving.Upper = still, at, at
	}
	// Otherwise the multiplier rests on the bound that stays: the row keeps its equation in
	// the face, and moving only says that the bound that moves is not crossed. The place of
	// moving is the last, so that the other rows keep their numbers.
	face.AddRow(moving)
	var out Range
	// How far the bound may go down and up are two optima over the same set.
	for _, end := range []struct {
		sense lp.Sense
		bound *lp.Bound
	}{{lp.Minimise, &out.Lower}, {lp.Maximise, &out.Upper}} {
		face.Sense = end.sense
		s, err := lp.Solve(ctx, face, near(p, r))
		if err != nil {
			return out, err
		}
		// Unbounded: there is no end on that side. Infeasible it cannot be, as the point at hand is one of
		// the set.
		if s.Verdict == lp.Optimal {
			*end.bound = lp.At(s.Value.Add(at.Value))
		}
	}
	return out, nil
}

// near returns the options for a program like p, whose result is r: its basis is a good place
// to start from, unless p is so small that a dense dictionary is faster.
func near(p *lp.Problem, r *lp.Result) lp.Options {
	if len(p.Rows)*len(p.Variables) <= small {
		return lp.Options{}
	}
	return lp.Options{Start: r.Basis}
}

// verifyOptimum checks that r is an optimal result for p.
// A result of another program may have the right shape; its verification is what tells.
func verifyOptimum(ctx context.Context, p *lp.Problem, r *lp.Result) error {
	if r == nil || r.Verdict != lp.Optimal {
		return errors.New("analysis: expected an optimal result")
	}
	return p.VerifyContext(ctx, r)
}
