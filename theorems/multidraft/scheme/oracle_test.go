package scheme

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// The greedy scheme's acceptance by its formula, T being the likeliest K-1 tokens
// of p.
func TestGreedyByFormula(t *testing.T) {
	for index := range 2 * len(multidraft.Kinds()) {
		in, err := multidraft.Generate(12, index, 3, 5, multidraft.ModelIID)
		if err != nil {
			t.Fatal(err)
		}
		s := in
		if s.Rows()[0].Positive() < 3 {
			continue
		}
		p, q := s.Rows()[0].Rats(), s.Target().Rats()
		order := multidraft.Identity(5)
		slices.SortStableFunc(order, func(i, j int) int { return p[j].Cmp(p[i]) })
		left := one.Sub(p[order[0]]).Sub(p[order[1]])
		want := q[order[0]].Add(q[order[1]])
		for _, x := range order[2:] {
			want = want.Add(rational.MinRat(q[x], p[x].Quo(left)))
		}
		if e := evaluate(t, Greedy, s, Options{}); !e.Acceptance.Lo.Equal(want) {
			t.Errorf("%v: acceptance %v, by the formula %v", in, e.Acceptance, want)
		}
	}
}

// Recursive rejection with rationals, step by step.
func TestRecursiveRejectionByFormula(t *testing.T) {
	oracle.SmallInstances(t, func(name string, s *multidraft.Instance) {
		if s.Model() != multidraft.ModelIID && s.Model() != multidraft.ModelIndependent {
			return
		}
		r, missed := s.Target().Rats(), one
		for _, row := range s.Rows() {
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
		if e := evaluate(t, Recursive, s, Options{}); !e.Acceptance.Lo.Equal(one.Sub(missed)) {
			t.Errorf("%s: acceptance %v, by the formula %v", name, e.Acceptance, one.Sub(missed))
		}
	})
}
