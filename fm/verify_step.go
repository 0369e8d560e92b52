package fm

import (
	"context"
	"fmt"
	"slices"

	"pstar/fm/internal/sparse"
	"pstar/rational"
)

// stepRows are the rows before and after a step, as sets, and the pairs that it
// has dealt with.
type stepRows struct {
	*Step
	before, after map[int]bool
	pairs         map[[2]int]bool
}

// step checks one step and numbers its rows.
// An error says what is wrong with the step; the caller adds its number.
func (v *verifier) step(ctx context.Context, step *Step) error {
	s := stepRows{step, setOf(step.Before), setOf(step.After), make(map[[2]int]bool)}
	if !slices.Equal(s.Before, v.last) {
		return fmt.Errorf("it does not begin with the rows of the step before")
	}
	if s.Variable >= 0 && !slices.Contains(v.Eliminate, s.Variable) {
		return fmt.Errorf("variable %d is not one of those to be eliminated", s.Variable)
	}
	// They are computed anew: what the step says of its rows is not used.
	for _, k := range s.New {
		line, strict, err := v.combine(s, k)
		// A number that stood for another row already would let a proof speak of either.
		if _, used := v.lines[k.Row]; err != nil || used || !s.after[k.Row] {
			return fmt.Errorf("new row %d is not a combination in which the variable cancels", k.Row)
		}
		s.pairs[[2]int{k.Positive, k.Negative}] = true
		v.lines[k.Row], v.strict[k.Row] = line, strict
	}
	for i := range s.Dropped {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		d := &s.Dropped[i]
		if err := v.drop(s, d); err != nil {
			return fmt.Errorf("drop %d: %w", i+1, err)
		}
		// A row that was there before is free of the variable or the pair is missed; a combination
		// without a number is one of the pairs that have to be dealt with.
		if d.Row < 0 {
			s.pairs[[2]int{d.Positive, d.Negative}] = true
		}
	}
	v.last = s.After
	return v.accounted(s)
}

// Repetitions are lost, which accounted notices by their number.
func setOf(list []int) map[int]bool {
	set := make(map[int]bool, len(list))
	for _, x := range list {
		set[x] = true
	}
	return set
}

// combine recomputes a combination of rows before the step.
// The adder is empty afterwards, also after an error.
func (v *verifier) combine(s stepRows, k Combination) (sum sparse.Row, strict bool, err error) {
	strict, err = v.addCombination(s, k)
	return v.adder.Sum(), strict, err
}

// addCombination gives the adder a combination of rows before the step, in which the
// variable must cancel.
func (v *verifier) addCombination(s stepRows, k Combination) (strict bool, err error) {
	if s.Variable < 0 || !s.before[k.Positive] || !s.before[k.Negative] || k.P.Sign() <= 0 || k.N.Sign() <= 0 {
		return false, fmt.Errorf("it is not a positive combination of two rows before the step")
	}
	p, n := v.lines[k.Positive], v.lines[k.Negative]
	v.adder.Add(p, k.P)
	v.adder.Add(n, k.N)
	// Positive in the one row: then it is negative in the other, and the pair is one of those
	// that elimination combines.
	if c := v.System.column(s.Variable); p.At(c).Sign() <= 0 || !v.adder.Values[c].IsZero() {
		return false, fmt.Errorf("the variable does not cancel")
	}
	return v.strict[k.Positive] || v.strict[k.Negative], nil
}

// drop checks that a dropped row is the sum of its proof, and that the proof has
// a strict row if it is strict.
// The proof may only name rows that are kept, so that proofs do not lean on each other.
func (v *verifier) drop(s stepRows, d *Drop) error {
	defer v.adder.Clear()
	strict := v.strict[d.Row]
	if d.Row < 0 {
		var err error
		if strict, err = v.addCombination(s, d.Combination); err != nil {
			return err
		}
	} else if !s.before[d.Row] {
		return fmt.Errorf("row %d is not there to be dropped", d.Row)
	} else {
		v.adder.Add(v.lines[d.Row], rational.NewRat(1, 1))
	}
	// The sum implies that the row is >= 0; that it is > 0 only if a strict row takes part.
	proved := !strict
	for _, t := range d.Proof {
		if !s.after[t.Row] || t.Multiplier.Sign() <= 0 {
			return fmt.Errorf("row %d of the proof was not kept, or its multiplier is not positive", t.Row)
		}
		v.adder.Add(v.lines[t.Row], t.Multiplier.Neg())
		proved = proved || v.strict[t.Row]
	}
	if !v.adder.IsZero() || !proved {
		return fmt.Errorf("the proof does not give the row dropped")
	}
	return nil
}

// accounted checks that every row and every pair was kept or dropped, and that
// nothing else was kept.
func (v *verifier) accounted(s stepRows) error {
	dropped := make(map[int]bool)
	// Rows of before that a proof removes.
	for _, d := range s.Dropped {
		dropped[d.Row] = true
	}
	var positive, negative []int
	kept := len(s.New)
	for _, id := range s.Before {
		sign := 0
		if s.Variable >= 0 {
			sign = v.lines[id].At(v.System.column(s.Variable)).Sign()
		}
		switch {
		case sign > 0:
			positive = append(positive, id)
		case sign < 0:
			negative = append(negative, id)
		// Free of the variable, or nothing is eliminated: such a row stays or is dropped by a
		// proof. Rows with the variable may not stay, which the count below sees.
		case s.after[id]:
			kept++
		case !dropped[id]:
			return fmt.Errorf("row %d disappears without a proof", id)
		}
	}
	for _, p := range positive {
		// Each pair once at least, kept or dropped with its proof.
		for _, n := range negative {
			if !s.pairs[[2]int{p, n}] {
				return fmt.Errorf("the combination of rows %d and %d is missing", p, n)
			}
		}
	}
	// So many as are accounted for, none twice.
	if kept != len(s.After) || len(s.after) != kept {
		return fmt.Errorf("rows appear from nowhere")
	}
	return nil
}
