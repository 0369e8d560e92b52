package lp

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
)

// Three problems over x ≥ 0 and 0 ≤ y ≤ 4 with the row 1 ≤ x + y ≤ limit:
// minimise x + 2y is optimal at (1,0), maximise with no limit is unbounded along
// (1,0), and a limit below zero with the lower bound removed is infeasible.
func verifyProblem() *Problem {
	one, zero := rational.NewRat(1, 1), rational.Rat{}
	return &Problem{
		Variables: []Variable{
			{Name: "x", Cost: one, Lower: At(zero)},
			{Name: "y", Cost: rational.NewRat(2, 1), Lower: At(zero), Upper: At(rational.NewRat(4, 1))},
		},
		Rows: []Row{{Name: "sum", Terms: []Term{{0, one}, {1, one}}, Lower: At(one)}},
	}
}

func TestVerifyRejects(t *testing.T) {
	optimal := verifyProblem()
	unbounded := verifyProblem()
	unbounded.Sense = Maximise
	infeasible := verifyProblem()
	infeasible.Rows[0].Lower, infeasible.Rows[0].Upper = Bound{}, At(rational.NewRat(-1, 1))
	crossed := verifyProblem()
	crossed.Variables[1].Lower = At(rational.NewRat(5, 1))
	equation := verifyProblem()
	equation.Rows[0].Upper = equation.Rows[0].Lower

	cases := []struct {
		name    string
		problem *Problem
		forge   func(r *Result)
		want    string
	}{
		{"zero value", optimal, func(r *Result) { *r = Result{} }, "no verdict"},
		{"unknown verdict", optimal, func(r *Result) { r.Verdict = 9 }, "unknown verdict"},
		{"value", optimal, func(r *Result) { r.Value = rational.NewRat(2, 1) }, "stated value"},
		{"no point", optimal, func(r *Result) { r.Primal = nil }, "Primal has 0 entries"},
		{"point out of bounds", optimal, func(r *Result) { r.Primal[0] = rational.NewRat(-1, 1) }, "variable x = -1"},
		{"point off the row", optimal, func(r *Result) { r.Primal[0] = rational.NewRat(1, 2) }, "row sum = 1/2"},
		{"worse point", optimal, func(r *Result) {
			r.Primal[0], r.Value = rational.NewRat(2, 1), rational.NewRat(2, 1)
		}, "prove the bound 1"},
		{"no duals", optimal, func(r *Result) { r.Dual = nil }, "Dual has 0 entries"},
		{"no reduced costs", optimal, func(r *Result) { r.Reduced = nil }, "Reduced has 0 entries"},
		{"reduced cost", optimal, func(r *Result) { r.Reduced[1] = rational.NewRat(2, 1) }, "reduced cost of variable y is 1"},
		{"dual without a bound", optimal, func(r *Result) {
			r.Dual[0], r.Reduced[0], r.Reduced[1] = rational.NewRat(-1, 1), rational.NewRat(2, 1), rational.NewRat(3, 1)
		}, "needs the upper bound"},
		{"reduced cost without a bound", optimal, func(r *Result) {
			r.Dual[0], r.Reduced[0], r.Reduced[1] = rational.NewRat(2, 1), rational.NewRat(-1, 1), rational.Rat{}
		}, "reduced cost of variable x: -1 needs the upper bound"},
		{"infeasible with nothing", optimal, func(r *Result) { *r = Result{Verdict: Infeasible} }, "Farkas has 0 entries"},
		{"zero Farkas multipliers", infeasible, func(r *Result) { r.Farkas[0] = rational.Rat{} }, "no contradiction"},
		{"Farkas of the wrong sign", infeasible, func(r *Result) { r.Farkas[0] = rational.NewRat(1, 1) }, "needs the lower bound"},
		{"Farkas against a variable without bound", optimal, func(r *Result) {
			*r = Result{Verdict: Infeasible, Farkas: parse(t, "1")}
		}, "combination at variable x"},
		{"conflict without crossing", optimal, func(r *Result) {
			*r = Result{Verdict: Infeasible, Conflict: Conflict{VariableConflict, 1}}
		}, "not crossed"},
		{"conflict beyond the end", crossed, func(r *Result) { r.Conflict.Index = 2 }, "names nothing"},
		{"conflict before the begin", crossed, func(r *Result) { r.Conflict.Index = -1 }, "names nothing"},
		{"conflict of equal bounds", equation, func(r *Result) {
			*r = Result{Verdict: Infeasible, Conflict: Conflict{RowConflict, 0}}
		}, "not crossed"},
		{"conflict in the wrong kind", crossed, func(r *Result) { r.Conflict.In = 3 }, "names nothing"},
		{"conflict in the wrong list", crossed, func(r *Result) { r.Conflict.In = RowConflict }, "names nothing"},
		{"no ray", unbounded, func(r *Result) { r.Ray = nil }, "Ray has 0 entries"},
		{"ray out of a variable", unbounded, func(r *Result) { r.Ray[1] = rational.NewRat(1, 1) }, "leaves the bounds of variable y"},
		{"ray out of a row", infeasible, func(r *Result) {
			*r = Result{Verdict: Unbounded, Primal: parse(t, "0,0"), Ray: parse(t, "1,0")}
		}, "row sum"},
		{"zero ray", unbounded, func(r *Result) { r.Ray[0] = rational.Rat{} }, "does not improve"},
		{"ray the wrong way", optimal, func(r *Result) {
			*r = Result{Verdict: Unbounded, Primal: r.Primal, Ray: parse(t, "1,0")}
		}, "does not improve"},
	}
	for _, c := range cases {
		r := solve(t, c.problem, LargestCoefficient)
		c.forge(r)
		if err := c.problem.Verify(r); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want something with %q", c.name, err, c.want)
		}
	}
}

// Whatever Verify accepts is true: witnesses with some entries and perhaps the
// verdict replaced are either rejected or say what the oracle says.
func TestVerifyIsSound(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	accepted := 0
	for range 1500 {
		c := randomInstance(r, r.IntN(2) == 0)
		verdict, value := c.answer()
		truth := solve(t, c.problem, LargestCoefficient)
		for range 10 {
			forged := forge(r, c.problem, truth)
			if c.problem.Verify(forged) != nil {
				continue
			}
			accepted++
			if forged.Verdict != verdict || forged.Verdict == Optimal && !forged.Value.Equal(value) {
				t.Fatalf("accepted %+v, oracle %v %v\n%+v", forged, verdict, value, c.problem)
			}
		}
	}
	if accepted < 100 {
		t.Errorf("only %d forgeries accepted: the test shows nothing", accepted)
	}
}

func forge(r *rand.Rand, p *Problem, truth *Result) *Result {
	f := *truth
	fill := func(v []rational.Rat, n int) []rational.Rat {
		if v == nil {
			v = make([]rational.Rat, n)
		}
		v = slices.Clone(v)
		if n > 0 && r.IntN(2) == 0 {
			v[r.IntN(n)] = rational.NewRat(r.Int64N(5)-2, 1)
		}
		return v
	}
	f.Primal, f.Reduced, f.Ray = fill(f.Primal, len(p.Variables)), fill(f.Reduced, len(p.Variables)), fill(f.Ray, len(p.Variables))
	f.Dual, f.Farkas = fill(f.Dual, len(p.Rows)), fill(f.Farkas, len(p.Rows))
	if r.IntN(3) == 0 {
		f.Verdict = Verdict(r.IntN(4))
	}
	if r.IntN(4) == 0 {
		f.Value = f.Value.Add(rational.NewRat(r.Int64N(3)-1, 1))
	}
	return &f
}
