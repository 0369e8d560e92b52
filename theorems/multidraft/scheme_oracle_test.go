package multidraft

import (
	"fmt"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// truncatedByDefinition solves the truncated program as [MD] states it, eqs. 8 to
// 12, G.1 and 199 to 201, by the general solver: one variable w_ij for each pair
// of Ω_1, all other weights fixed.
func truncatedByDefinition(t *testing.T, s *Setting, size int, half bool) rational.Rat {
	t.Helper()
	p1, p2, q := s.rows[0].Rats(), s.rows[1].Rats(), s.target.Rats()
	key := func(i int) rational.Rat { return q[i].Sub(p1[i].Mul(p2[i])) }
	order := identity(s.N())
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
	for _, model := range []string{ModelIID, ModelIndependent} {
		for index := range 2 * len(Kinds()) {
			in, err := Generate(11, index, 2, 4, model)
			if err != nil {
				t.Fatal(err)
			}
			s := SettingOf(in)
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

// The greedy scheme's acceptance by its formula, T being the likeliest K-1 tokens
// of p.
func TestGreedyByFormula(t *testing.T) {
	for index := range 2 * len(Kinds()) {
		in, err := Generate(12, index, 3, 5, ModelIID)
		if err != nil {
			t.Fatal(err)
		}
		s := SettingOf(in)
		if s.rows[0].Positive() < 3 {
			continue
		}
		p, q := s.rows[0].Rats(), s.target.Rats()
		order := identity(5)
		slices.SortStableFunc(order, func(i, j int) int { return p[j].Cmp(p[i]) })
		left := one.Sub(p[order[0]]).Sub(p[order[1]])
		want := q[order[0]].Add(q[order[1]])
		for _, x := range order[2:] {
			want = want.Add(rational.MinRat(q[x], p[x].Quo(left)))
		}
		if e := evaluate(t, SchemeGreedy, s, SchemeOptions{}); !e.Acceptance.Lower.Equal(want) {
			t.Errorf("%v: acceptance %v, by the formula %v", in, e.Acceptance, want)
		}
	}
}

// Recursive rejection with rationals, step by step.
func TestRecursiveRejectionByFormula(t *testing.T) {
	smallSettings(t, func(name string, s *Setting) {
		if s.Model() != ModelIID && s.Model() != ModelIndependent {
			return
		}
		r, missed := s.target.Rats(), one
		for _, row := range s.rows {
			p := row.Rats()
			var kept, total rational.Rat
			for i := range r {
				kept = kept.Add(rational.MinRat(r[i], p[i]))
				r[i] = rational.MaxRat(r[i].Sub(p[i]), rational.Rat{})
				total = total.Add(r[i])
			}
			missed = missed.Mul(one.Sub(kept))
			if total.IsZero() {
				break
			}
			for i := range r {
				r[i] = r[i].Quo(total)
			}
		}
		if e := evaluate(t, SchemeRecursive, s, SchemeOptions{}); !e.Acceptance.Lower.Equal(one.Sub(missed)) {
			t.Errorf("%s: acceptance %v, by the formula %v", name, e.Acceptance, one.Sub(missed))
		}
	})
}
