package lp

import (
	"context"
	"errors"
	"fmt"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/lists"
	"pstar/rational"
)

// Verify checks exactly that the witness in r proves its verdict on p, and returns
// what is wrong otherwise. It uses only p and r, nothing of the solver:
//
//   - Optimal: the point is feasible, the multipliers have the signs that the
//     bounds permit, and the value, the objective at the point and the bound by weak
//     duality are the same number.
//   - Infeasible: the Farkas multipliers refute p, or the named bounds are crossed.
//   - Unbounded: the point is feasible, and so is moving along the ray for ever, which
//     improves the objective.
//
// It takes time proportional to the number of terms. A nil result proves nothing.
func (p *Problem) Verify(r *Result) error {
	return p.VerifyContext(context.Background(), r)
}

// VerifyContext is [Problem.Verify], or fails with the cause with which ctx has ended.
func (p *Problem) VerifyContext(ctx context.Context, r *Result) error {
	if err := p.given(ctx); err != nil {
		return err
	}
	if r == nil {
		return errors.New("lp: the result is nil")
	}
	return p.verify(ctx, r)
}

// verify is VerifyContext for a valid problem and a result.
func (p *Problem) verify(ctx context.Context, r *Result) error {
	switch r.Verdict {
	case Optimal:
		return p.verifyOptimal(ctx, r)
	case Infeasible:
		return p.verifyInfeasible(ctx, r)
	case Unbounded:
		return p.verifyUnbounded(ctx, r)
	case NoVerdict:
		return errors.New("lp: result carries no verdict")
	}
	return fmt.Errorf("lp: unknown verdict %d", int(r.Verdict))
}

// mustVerify checks a witness that exact arithmetic gave; if it does not hold, the
// arithmetic is wrong.
func (p *Problem) mustVerify(ctx context.Context, r *Result) (*Result, error) {
	err := p.verify(ctx, r)
	switch {
	case err == nil:
		return r, nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	panic("lp: the witness found does not hold: " + err.Error())
}

// verifyOptimal checks that the point is feasible, that it has the value, and that no feasible
// point is better: the three together are a proof, by weak duality.
func (p *Problem) verifyOptimal(ctx context.Context, r *Result) error {
	if err := p.verifyPoint(ctx, r.Primal); err != nil {
		return err
	}
	if value := p.objective(r.Primal); value.Cmp(r.Value.Sub(p.Constant)) != 0 {
		return fmt.Errorf("lp: the objective at the point is %v, the stated value %v", value.Value().Add(p.Constant), r.Value)
	}
	// The bound holds for every feasible point, whatever the multipliers are, as long as their signs
	// fit the bounds. Equality makes the point optimal.
	bound, err := p.dualBound(ctx, r)
	if err != nil {
		return err
	}
	if bound.Cmp(r.Value) != 0 {
		return fmt.Errorf("lp: the multipliers prove the bound %v, the stated value is %v", bound.Value(), r.Value)
	}
	return nil
}

// dualBound returns the bound on the objective that weak duality gives.
func (p *Problem) dualBound(ctx context.Context, r *Result) (*equations.Sum, error) {
	if err := lengths("Dual", len(r.Dual), "rows", len(p.Rows)); err != nil {
		return nil, err
	}
	if err := lengths("Reduced", len(r.Reduced), "variables", len(p.Variables)); err != nil {
		return nil, err
	}
	// When maximising, the bounds change places.
	down := p.Sense == Minimise
	total := equations.NewSum()
	total.Add(one, p.Constant)
	// A multiplier times its row is at least the multiplier times the bound that it rests on.
	for i, row := range p.Rows {
		if err := addLeast(total, r.Dual[i], row.Lower, row.Upper, down); err != nil {
			return nil, fmt.Errorf("lp: dual multiplier of %s: %w", p.RowName(i), err)
		}
	}
	columns := p.transpose()
	y := newScaled(r.Dual)
	for j, v := range p.Variables {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// The reduced costs are recomputed, not believed: they are what is left of the costs when the
		// rows have been taken off.
		if d := y.combine(v.Cost, columns[j], minus); d.Cmp(r.Reduced[j]) != 0 {
			return nil, fmt.Errorf("lp: reduced cost of %s is %v, stated as %v", p.VariableName(j), d.Value(), r.Reduced[j])
		}
		if err := addLeast(total, r.Reduced[j], v.Lower, v.Upper, down); err != nil {
			return nil, fmt.Errorf("lp: reduced cost of %s: %w", p.VariableName(j), err)
		}
	}
	return total, nil
}

var one, minus = rational.Whole(1), rational.Whole(-1)

// verifyInfeasible checks the two bounds on one sum of rows that contradict each other.
func (p *Problem) verifyInfeasible(ctx context.Context, r *Result) error {
	if r.Conflict.In != NoConflict {
		return p.verifyConflict(r.Conflict)
	}
	if err := lengths("Farkas", len(r.Farkas), "rows", len(p.Rows)); err != nil {
		return err
	}
	// The sum of the rows is at least what their bounds give, and at most what the bounds of the
	// variables allow.
	atLeast, atMost, f := equations.NewSum(), equations.NewSum(), newScaled(r.Farkas)
	for i, row := range p.Rows {
		if err := addLeast(atLeast, r.Farkas[i], row.Lower, row.Upper, true); err != nil {
			return fmt.Errorf("lp: Farkas multiplier of %s: %w", p.RowName(i), err)
		}
	}
	for j, column := range p.transpose() {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		v := p.Variables[j]
		if err := addLeast(atMost, f.activity(column).Value(), v.Lower, v.Upper, false); err != nil {
			return fmt.Errorf("lp: Farkas combination at %s: %w", p.VariableName(j), err)
		}
	}
	// Equality is no contradiction: some point may attain it.
	if atLeast.Cmp(atMost.Value()) <= 0 {
		return fmt.Errorf("lp: Farkas combination is at least %v by the rows and at most %v by the variables: no contradiction", atLeast.Value(), atMost.Value())
	}
	return nil
}

// verifyConflict checks that the bounds that c names are crossed.
func (p *Problem) verifyConflict(c Conflict) error {
	var lower, upper Bound
	switch {
	case c.In == RowConflict && c.Index >= 0 && c.Index < len(p.Rows):
		lower, upper = p.Rows[c.Index].Lower, p.Rows[c.Index].Upper
	case c.In == VariableConflict && c.Index >= 0 && c.Index < len(p.Variables):
		lower, upper = p.Variables[c.Index].Lower, p.Variables[c.Index].Upper
	default:
		return fmt.Errorf("lp: conflict names nothing: kind %d, index %d", int(c.In), c.Index)
	}
	// Equal bounds fix a value and contradict nothing.
	if !lower.Finite || !upper.Finite || lower.Value.Cmp(upper.Value) <= 0 {
		return errors.New("lp: the bounds named in the conflict are not crossed")
	}
	return nil
}

// verifyUnbounded checks that the ray leads from the feasible point through feasible points for ever,
// and the objective with it.
func (p *Problem) verifyUnbounded(ctx context.Context, r *Result) error {
	if err := p.verifyPoint(ctx, r.Primal); err != nil {
		return err
	}
	if err := lengths("Ray", len(r.Ray), "variables", len(p.Variables)); err != nil {
		return err
	}
	// A bound that exists on the side to which the ray goes is reached in the end.
	for j, v := range p.Variables {
		if leaves(r.Ray[j].Sign(), v.Lower, v.Upper) {
			return fmt.Errorf("lp: the ray leaves the bounds of %s", p.VariableName(j))
		}
	}
	ray := newScaled(r.Ray)
	for i, row := range p.Rows {
		if leaves(ray.activity(row.Terms).Sign(), row.Lower, row.Upper) {
			return fmt.Errorf("lp: the ray leaves the bounds of %s", p.RowName(i))
		}
	}
	// The constant does not count for a direction.
	gain := p.objective(r.Ray).Sign()
	if p.Sense == Minimise {
		gain = -gain
	}
	if gain <= 0 {
		return errors.New("lp: the ray does not improve the objective")
	}
	return nil
}

// verifyPoint checks that x is feasible.
func (p *Problem) verifyPoint(ctx context.Context, x []rational.Rat) error {
	if err := lengths("Primal", len(x), "variables", len(p.Variables)); err != nil {
		return err
	}
	for j, v := range p.Variables {
		if outside(x[j], v.Lower, v.Upper) {
			return fmt.Errorf("lp: %s = %v violates its bounds", p.VariableName(j), x[j])
		}
	}
	point := newScaled(x)
	for i, row := range p.Rows {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if a := point.activity(row.Terms); violates(a, row.Lower, row.Upper) {
			return fmt.Errorf("lp: %s = %v violates its bounds", p.RowName(i), a.Value())
		}
	}
	return nil
}

// objective returns Σ c_j x_j, without the constant.
func (p *Problem) objective(x []rational.Rat) *equations.Sum {
	total := equations.NewSum()
	for j, v := range p.Variables {
		total.Add(v.Cost, x[j])
	}
	return total
}

// transpose returns the terms of every variable, with the row in place of the
// variable.
func (p *Problem) transpose() [][]Term {
	return lists.Transposed(len(p.Variables), len(p.Rows), func(i int) []Term { return p.Rows[i].Terms },
		func(t Term, i int) (int, Term) { return t.Variable, Term{i, t.Coefficient} })
}

// addLeast adds the least value of y·b over lower ≤ b ≤ upper, or the greatest if
// down is false. It fails if there is none because a bound is absent.
func addLeast(s *equations.Sum, y rational.Rat, lower, upper Bound, down bool) error {
	// Without a multiplier the bound need not exist.
	if y.IsZero() {
		return nil
	}
	bound, side := lower, "lower"
	// The least value of a positive multiple is at the lower bound, that of a negative one at the
	// upper bound; the greatest the other way round.
	if (y.Sign() > 0) != down {
		bound, side = upper, "upper"
	}
	if !bound.Finite {
		return fmt.Errorf("%v needs the %s bound, which is absent", y, side)
	}
	s.Add(y, bound.Value)
	return nil
}

// outside reports whether x violates a bound.
func outside(x rational.Rat, lower, upper Bound) bool {
	return lower.Finite && x.Cmp(lower.Value) < 0 || upper.Finite && x.Cmp(upper.Value) > 0
}

// leaves reports whether moving at a rate of the given sign crosses a bound in the end.
func leaves(sign int, lower, upper Bound) bool {
	return lower.Finite && sign < 0 || upper.Finite && sign > 0
}

// lengths returns an error if a vector of the result has another length than it must have.
func lengths(field string, n int, of string, want int) error {
	if n != want {
		return fmt.Errorf("lp: %s has %d entries for %d %s", field, n, want, of)
	}
	return nil
}

// violates reports whether the sum violates a bound.
func violates(s *equations.Sum, lower, upper Bound) bool {
	return lower.Finite && s.Cmp(lower.Value) < 0 || upper.Finite && s.Cmp(upper.Value) > 0
}
