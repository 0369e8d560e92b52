package lp

import (
	"errors"
	"fmt"

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
// It takes time proportional to the number of terms. Verify panics if r is nil.
func (p *Problem) Verify(r *Result) error {
	if r == nil {
		panic("lp: Verify of a nil result")
	}
	if err := p.Validate(); err != nil {
		return err
	}
	switch r.Verdict {
	case Optimal:
		return p.verifyOptimal(r)
	case Infeasible:
		return p.verifyInfeasible(r)
	case Unbounded:
		return p.verifyUnbounded(r)
	case NoVerdict:
		return errors.New("lp: result carries no verdict")
	}
	return fmt.Errorf("lp: unknown verdict %d", int(r.Verdict))
}

func (p *Problem) verifyOptimal(r *Result) error {
	if err := p.verifyPoint(r.Primal); err != nil {
		return err
	}
	if value := p.Constant.Add(p.objective(r.Primal)); !value.Equal(r.Value) {
		return fmt.Errorf("lp: the objective at the point is %v, the stated value %v", value, r.Value)
	}
	bound, err := p.dualBound(r)
	if err != nil {
		return err
	}
	if !bound.Equal(r.Value) {
		return fmt.Errorf("lp: the multipliers prove the bound %v, the stated value is %v", bound, r.Value)
	}
	return nil
}

// dualBound returns the bound on the objective that weak duality gives.
func (p *Problem) dualBound(r *Result) (rational.Rat, error) {
	none := rational.Rat{}
	if err := lengths("Dual", len(r.Dual), "rows", len(p.Rows)); err != nil {
		return none, err
	}
	if err := lengths("Reduced", len(r.Reduced), "variables", len(p.Variables)); err != nil {
		return none, err
	}
	// When maximising, the bounds change places.
	down := p.Sense == Minimise
	sum := p.Constant
	combined := p.combineRows(r.Dual)
	for i, row := range p.Rows {
		part, err := least(r.Dual[i], row.Lower, row.Upper, down)
		if err != nil {
			return none, fmt.Errorf("lp: dual multiplier of %s: %w", p.rowName(i), err)
		}
		sum = sum.Add(part)
	}
	for j, v := range p.Variables {
		if d := v.Cost.Sub(combined[j]); !d.Equal(r.Reduced[j]) {
			return none, fmt.Errorf("lp: reduced cost of %s is %v, stated as %v", p.variableName(j), d, r.Reduced[j])
		}
		part, err := least(r.Reduced[j], v.Lower, v.Upper, down)
		if err != nil {
			return none, fmt.Errorf("lp: reduced cost of %s: %w", p.variableName(j), err)
		}
		sum = sum.Add(part)
	}
	return sum, nil
}

func (p *Problem) verifyInfeasible(r *Result) error {
	if r.Conflict.In != NoConflict {
		return p.verifyConflict(r.Conflict)
	}
	if err := lengths("Farkas", len(r.Farkas), "rows", len(p.Rows)); err != nil {
		return err
	}
	var atLeast, atMost rational.Rat
	for i, row := range p.Rows {
		part, err := least(r.Farkas[i], row.Lower, row.Upper, true)
		if err != nil {
			return fmt.Errorf("lp: Farkas multiplier of %s: %w", p.rowName(i), err)
		}
		atLeast = atLeast.Add(part)
	}
	for j, w := range p.combineRows(r.Farkas) {
		v := p.Variables[j]
		part, err := least(w, v.Lower, v.Upper, false)
		if err != nil {
			return fmt.Errorf("lp: Farkas combination at %s: %w", p.variableName(j), err)
		}
		atMost = atMost.Add(part)
	}
	if atLeast.Cmp(atMost) <= 0 {
		return fmt.Errorf("lp: Farkas combination is at least %v by the rows and at most %v by the variables: no contradiction", atLeast, atMost)
	}
	return nil
}

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
	if !lower.Finite || !upper.Finite || lower.Value.Cmp(upper.Value) <= 0 {
		return errors.New("lp: the bounds named in the conflict are not crossed")
	}
	return nil
}

func (p *Problem) verifyUnbounded(r *Result) error {
	if err := p.verifyPoint(r.Primal); err != nil {
		return err
	}
	if err := lengths("Ray", len(r.Ray), "variables", len(p.Variables)); err != nil {
		return err
	}
	for j, v := range p.Variables {
		if leaves(r.Ray[j], v.Lower, v.Upper) {
			return fmt.Errorf("lp: the ray leaves the bounds of %s", p.variableName(j))
		}
	}
	for i, row := range p.Rows {
		if leaves(activity(row, r.Ray), row.Lower, row.Upper) {
			return fmt.Errorf("lp: the ray leaves the bounds of %s", p.rowName(i))
		}
	}
	gain := p.objective(r.Ray)
	if p.Sense == Minimise {
		gain = gain.Neg()
	}
	if gain.Sign() <= 0 {
		return errors.New("lp: the ray does not improve the objective")
	}
	return nil
}

// verifyPoint checks that x is feasible.
func (p *Problem) verifyPoint(x []rational.Rat) error {
	if err := lengths("Primal", len(x), "variables", len(p.Variables)); err != nil {
		return err
	}
	for j, v := range p.Variables {
		if outside(x[j], v.Lower, v.Upper) {
			return fmt.Errorf("lp: %s = %v violates its bounds", p.variableName(j), x[j])
		}
	}
	for i, row := range p.Rows {
		if a := activity(row, x); outside(a, row.Lower, row.Upper) {
			return fmt.Errorf("lp: %s = %v violates its bounds", p.rowName(i), a)
		}
	}
	return nil
}

// objective returns Σ c_j x_j, without the constant.
func (p *Problem) objective(x []rational.Rat) rational.Rat {
	var sum rational.Rat
	for j, v := range p.Variables {
		sum = sum.Add(v.Cost.Mul(x[j]))
	}
	return sum
}

// combineRows returns Σ_i y_i a_ij for every variable j.
func (p *Problem) combineRows(y []rational.Rat) []rational.Rat {
	w := make([]rational.Rat, len(p.Variables))
	for i, row := range p.Rows {
		if y[i].IsZero() {
			continue
		}
		for _, t := range row.Terms {
			w[t.Variable] = w[t.Variable].Add(y[i].Mul(t.Coefficient))
		}
	}
	return w
}

func activity(row Row, x []rational.Rat) rational.Rat {
	var sum rational.Rat
	for _, t := range row.Terms {
		sum = sum.Add(t.Coefficient.Mul(x[t.Variable]))
	}
	return sum
}

// least returns the least value of y·b over lower ≤ b ≤ upper, or the greatest if
// down is false. It fails if there is none because a bound is absent.
func least(y rational.Rat, lower, upper Bound, down bool) (rational.Rat, error) {
	if y.IsZero() {
		return rational.Rat{}, nil
	}
	bound, side := lower, "lower"
	if (y.Sign() > 0) != down {
		bound, side = upper, "upper"
	}
	if !bound.Finite {
		return rational.Rat{}, fmt.Errorf("%v needs the %s bound, which is absent", y, side)
	}
	return y.Mul(bound.Value), nil
}

func outside(x rational.Rat, lower, upper Bound) bool {
	return lower.Finite && x.Cmp(lower.Value) < 0 || upper.Finite && x.Cmp(upper.Value) > 0
}

// leaves reports whether moving at rate x crosses a bound in the end.
func leaves(x rational.Rat, lower, upper Bound) bool {
	return lower.Finite && x.Sign() < 0 || upper.Finite && x.Sign() > 0
}

func lengths(field string, n int, of string, want int) error {
	if n != want {
		return fmt.Errorf("lp: %s has %d entries for %d %s", field, n, want, of)
	}
	return nil
}
