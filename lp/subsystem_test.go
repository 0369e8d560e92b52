package lp

import (
	"context"
	"math/rand/v2"
	"testing"
)

// The bounds of a subsystem have no common point by the oracle of all minimal faces, and
// without any one of them they have.
func TestIrreducible(t *testing.T) {
	r := rand.New(rand.NewPCG(47, 1))
	ctx := context.Background()
	infeasible, sizes := 0, map[int]int{}
	for trial := range 600 {
		p := randomInstance(r, false).problem
		s, err := Solve(ctx, p, Options{Method: Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != Infeasible {
			if _, err := p.Irreducible(ctx, s); err == nil {
				t.Fatal("what is feasible has an infeasible subsystem")
			}
			continue
		}
		infeasible++
		sides, err := p.Irreducible(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		sizes[len(sides)]++
		if feasible(t, p, sides) {
			t.Fatalf("trial %d: %v have a common point", trial, sides)
		}
		for k := range sides {
			if !feasible(t, p, append(append([]Side(nil), sides[:k]...), sides[k+1:]...)) {
				t.Fatalf("trial %d: %v have no common point without %v", trial, sides, sides[k])
			}
		}
	}
	if infeasible < 100 || sizes[2] == 0 || sizes[3] == 0 {
		t.Errorf("%d infeasible, sizes %v", infeasible, sizes)
	}
}

// feasible asks the oracle whether the bounds have a common point.
func feasible(t *testing.T, p *Problem, sides []Side) bool {
	t.Helper()
	sys := &system{n: len(p.Variables)}
	for _, s := range sides {
		row := make([]int64, sys.n+1)
		put := func(j int, v int64) { row[j] += v }
		scale := int64(1)
		terms := []Term{{s.Index, one}}
		if !s.Variable {
			terms = p.Rows[s.Index].Summed()
		}
		b := p.Bound(s)
		for _, term := range append(terms, Term{0, b.Value}) {
			d, _ := term.Coefficient.Den().Int64()
			scale *= d
		}
		for _, term := range append(terms, Term{sys.n, b.Value}) {
			n, _ := term.Coefficient.Num().Int64()
			d, _ := term.Coefficient.Den().Int64()
			put(term.Variable, n*(scale/d))
		}
		if !s.Upper {
			for k := range row {
				row[k] = -row[k]
			}
		}
		sys.rows = append(sys.rows, row)
	}
	return sys.feasible()
}

// A bound by itself, and crossed bounds, are subsystems too.
func TestIrreducibleOfCrossedBounds(t *testing.T) {
	b := NewBuilder(Minimise)
	x, _ := b.Var("x"), b.Between("y", 3, 2)
	b.AtMost("c", -1, Times(1, x))
	b.AtLeast("nothing", 1)
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	s := solve(t, p, LargestCoefficient)
	sides, err := p.Irreducible(context.Background(), s)
	if err != nil || len(sides) != 2 || sides[0] != (Side{true, 1, false}) || sides[1] != (Side{true, 1, true}) {
		t.Errorf("%v %v", sides, err)
	}
	p.Variables[1].Lower = Bound{}
	p.Rows[0].Upper = Bound{}
	s = solve(t, p, LargestCoefficient)
	sides, err = p.Irreducible(context.Background(), s)
	if err != nil || len(sides) != 1 || sides[0] != (Side{false, 1, false}) {
		t.Errorf("%v %v", sides, err)
	}
	if _, err := p.Irreducible(context.Background(), nil); err == nil {
		t.Error("nil has an infeasible subsystem")
	}
}
