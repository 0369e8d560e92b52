package study

import (
	"fmt"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// truncatedByDefinition solves the truncated program as [MD] states it, eqs. 8 to
// 12, G.1 and 199 to 201, by the general solver: one variable w_ij for each pair
// of Ω_1, all other weights fixed.
func truncatedByDefinition(t *testing.T, s *multidraft.Instance, size int, half bool) rational.Rat {
	t.Helper()
	p1, p2, q := s.Rows()[0].Rats(), s.Rows()[1].Rats(), s.Target().Rats()
	key := func(i int) rational.Rat { return q[i].Sub(p1[i].Mul(p2[i])) }
	order := multidraft.Identity(s.N())
	slices.SortStableFunc(order, func(i, j int) int { return key(j).Cmp(key(i)) })
	zero := lp.At(rational.Rat{})
	program := &lp.Problem{Sense: lp.Maximise}
	rows := make([]lp.Row, s.N()) // m_i - p_I(i) <= 0
	fixed := make([]rational.Rat, s.N())
	for i := range rows {
		m := program.AddVariable(lp.Variable{Cost: one, Lower: zero, Upper: lp.At(q[i])})
		rows[i].Terms = []lp.Term{{Variable: m, Coefficient: one}}
		fixed[i] = p1[i].Mul(p2[i])
	}
	for a, i := range order {
		for b := a + 1; b < len(order); b++ {
			j := order[b]
			pair := p1[i].Mul(p2[j]).Add(p1[j].Mul(p2[i]))
			switch {
			case b < size:
				w := program.AddVariable(lp.Variable{Name: fmt.Sprint("w", i, j), Lower: zero, Upper: lp.At(one)})
				rows[i].Terms = append(rows[i].Terms, lp.Term{Variable: w, Coefficient: pair.Neg()})
				rows[j].Terms = append(rows[j].Terms, lp.Term{Variable: w, Coefficient: pair})
				fixed[j] = fixed[j].Add(pair)
			case a >= size && half:
				fixed[i] = fixed[i].Add(pair.Mul(rational.NewRat(1, 2)))
				fixed[j] = fixed[j].Add(pair.Mul(rational.NewRat(1, 2)))
			default:
				fixed[i] = fixed[i].Add(pair)
			}
		}
	}
	for i := range rows {
		rows[i].Upper = lp.At(fixed[i])
		program.AddRow(rows[i])
	}
	r, err := lp.Solve(t.Context(), program, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r.Value
}

func TestMDE12_TruncatedProgramByDefinition(t *testing.T) {
	for _, model := range []string{multidraft.ModelIID, multidraft.ModelIndependent} {
		for index := range 2 * len(multidraft.Kinds()) {
			in, err := multidraft.Generate(11, index, 2, 4, model)
			if err != nil {
				t.Fatal(err)
			}
			s := in
			for size := 1; size <= 4; size++ {
				for _, half := range []bool{false, true} {
					c, err := CompareTruncated(t.Context(), s, size, half)
					if err != nil {
						t.Fatal(err)
					}
					if want := truncatedByDefinition(t, s, size, half); !c.Left.Equal(want) {
						t.Errorf("%v, %s: acceptance %v, by definition %v", in, c.Detail, c.Left, want)
					}
				}
			}
		}
	}
}
