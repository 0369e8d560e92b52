package lp

import (
	"context"
	"testing"

	"pstar/rational"
)

// Differences that float64 does not see are magnified until it does: no exact pivot is
// needed, in whichever order the variables and rows come and whether the point or
// the multipliers are wrong at first.
func TestRefinementSparesExactPivots(t *testing.T) {
	one, tiny := rational.NewRat(1, 1), rational.NewRat(1, 10).Pow(40)
	less := one.Sub(tiny)
	for _, swapped := range []bool{false, true} {
		a, b := one, less
		if swapped {
			a, b = less, one
		}
		primal, dual := &Problem{Sense: Maximise}, &Problem{}
		x := primal.AddVariable(Variable{Cost: one, Lower: At(rational.Rat{})})
		for _, limit := range []rational.Rat{a, b} {
			primal.AddRow(Row{Terms: []Term{{x, one}}, Upper: At(limit)})
		}
		row := Row{Lower: At(one)}
		for _, cost := range []rational.Rat{a, b} {
			row.Terms = append(row.Terms, Term{dual.AddVariable(Variable{Cost: cost, Lower: At(rational.Rat{})}), one})
		}
		dual.AddRow(row)
		for name, p := range map[string]*Problem{"primal": primal, "dual": dual} {
			s := newRevised(newForm(p))
			r, err := s.run(context.Background())
			if err != nil || !r.Value.Equal(less) {
				t.Fatalf("%s, swapped %v: %v %v", name, swapped, r, err)
			}
			if s.pivots != 0 {
				t.Errorf("%s, swapped %v: %d exact pivots", name, swapped, s.pivots)
			}
		}
	}
}
