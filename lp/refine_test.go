package lp

import (
	"context"
	"math/rand/v2"
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
			s := newRevised(formOf(p))
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

// Fractions with long denominators make integers beyond the range of float64, which the
// guess sees all the same: no exact pivot is needed.
func TestLongCoefficientsAreGuessed(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 9))
	number := func() rational.Rat {
		return rational.NewRat(1+r.Int64N(1e18), 1+r.Int64N(1e18))
	}
	p := &Problem{Sense: Maximise}
	for range 30 {
		p.AddVariable(Variable{Cost: number(), Lower: At(rational.Rat{}), Upper: At(number())})
	}
	for range 20 {
		row := Row{Upper: At(number())}
		for j := range p.Variables {
			row.Terms = append(row.Terms, Term{j, number()})
		}
		p.AddRow(row)
	}
	f := formOf(p)
	if bits := f.equations[0][0].value.BitLen(); bits < 1100 {
		t.Fatalf("coefficients of %d bits are in the range of float64", bits)
	}
	s := newRevised(f)
	result, err := s.run(context.Background())
	if err != nil || result.Verdict != Optimal {
		t.Fatal(result, err)
	}
	if s.pivots != 0 {
		t.Errorf("%d exact pivots", s.pivots)
	}
}
