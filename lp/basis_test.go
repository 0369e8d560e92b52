package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// From the last basis nothing is left to do, whatever it has shown; after a row or a variable has been
// added, or from any basis at all, the answer is that from scratch.
func TestStart(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	ctx := context.Background()
	again, moved := map[Verdict]int{}, map[Verdict]int{}
	for trial := range 400 {
		p := randomInstance(r, trial%2 == 0).problem
		if _, crossed := findConflict(p); crossed || len(p.Variables) == 0 {
			continue
		}
		first, err := Solve(ctx, p, Options{Method: Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		basics := 0
		for _, s := range append(append([]Status(nil), first.Basis.Variables...), first.Basis.Rows...) {
			if s == Basic {
				basics++
			}
		}
		if basics != len(p.Rows) {
			t.Fatalf("%d basic of %d rows", basics, len(p.Rows))
		}
		second, err := Solve(ctx, p, Options{Start: first.Basis})
		if err != nil || second.Verdict != first.Verdict || !second.Value.Equal(first.Value) {
			t.Fatalf("%v %v, then %v %v (%v)", first.Verdict, first.Value, second.Verdict, second.Value, err)
		}
		if again[first.Verdict]++; second.Pivots > 0 {
			moved[first.Verdict]++
		}
		j := p.AddVariable(Variable{Cost: rational.NewRat(-1, 1), Lower: At(rational.Rat{}), Upper: At(rational.NewRat(3, 1))})
		p.AddRow(Row{Terms: []Term{{j, rational.NewRat(1, 1)}, {0, rational.NewRat(1, 1)}}, Upper: At(rational.NewRat(5, 1))})
		want, err := Solve(ctx, p, Options{Method: Dense})
		if err != nil {
			t.Fatal(err)
		}
		random := &Basis{}
		for range len(p.Variables) {
			random.Variables = append(random.Variables, Status(r.IntN(4)))
		}
		for range r.IntN(len(p.Rows) + 1) {
			random.Rows = append(random.Rows, Status(r.IntN(4)))
		}
		for _, b := range []*Basis{first.Basis, random, {}} {
			got, err := Solve(ctx, p, Options{Start: b})
			if err != nil || got.Verdict != want.Verdict || !got.Value.Equal(want.Value) {
				t.Fatalf("%v %v, from a basis %v %v (%v)", want.Verdict, want.Value, got.Verdict, got.Value, err)
			}
		}
	}
	for _, v := range []Verdict{Optimal, Infeasible, Unbounded} {
		if again[v] < 30 {
			t.Errorf("only %d are %v", again[v], v)
		}
		// What is out of bounds in the last basis of the dictionary may be other than what its first
		// phase minimised, so that a few refutations are found anew.
		if moved[v] > 0 && (v != Infeasible || moved[v]*50 > again[v]) {
			t.Errorf("pivots from %d of %d bases that are %v", moved[v], again[v], v)
		}
	}
}

// Slacks are the distances from the bounds that exist.
func TestSlacks(t *testing.T) {
	b := NewBuilder(Maximise)
	x := b.Var("x")
	b.Objective(Times(1, x))
	b.AtMost("a", 4, Times(2, x))
	b.Range("b", "1/2", 7, Times(1, x))
	p, _ := b.Problem()
	r, err := b.Solve(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	lower, upper := p.Slacks(r)
	if lower[0].Finite || !upper[0].Value.IsZero() || lower[1].Value.String() != "3/2" || upper[1].Value.String() != "5" {
		t.Errorf("%v %v", lower, upper)
	}
	if d := p.Distances(r); len(d) != 2 || !d[0].IsZero() || d[1].String() != "3/2" {
		t.Errorf("distances %v", d)
	}
	p.Rows = append(p.Rows, Row{Terms: []Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}}}, Row{Terms: []Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}}, Lower: At(rational.NewRat(-5, 1))})
	if d := p.Distances(r); len(d) != 4 || !d[2].IsZero() || d[3].String() != "7" {
		t.Errorf("distances %v", d)
	}
	if lower, _ := p.Slacks(&Result{}); lower != nil || p.Distances(&Result{}) != nil {
		t.Error("slacks without a point")
	}
}

// From the basis of an optimum that float64 does not see there is no way to go either.
func TestStartOfWideProgram(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 2))
	for trial := range 4 {
		p := wideProgram(t, r, 30, 60)
		first := solveWith(t, p, Options{Method: Sparse})
		again := solveWith(t, p, Options{Start: first.Basis})
		if again.Verdict != Optimal || !again.Value.Equal(first.Value) || again.Pivots > 0 {
			t.Errorf("trial %d: %v after %d pivots, want %v", trial, again.Value, again.Pivots, first.Value)
		}
	}
}
