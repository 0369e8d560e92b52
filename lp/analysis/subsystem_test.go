package analysis

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/lp"
)

// The bounds of a subsystem have no common point, and without any one of them they have.
func TestIrreducible(t *testing.T) {
	r := rand.New(rand.NewPCG(47, 1))
	ctx := context.Background()
	infeasible, sizes := 0, map[int]int{}
	for trial := range 600 {
		p := drawn(r, false)
		s, err := lp.Solve(ctx, p, lp.Options{Method: lp.Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != lp.Infeasible {
			if _, err := Irreducible(ctx, p, s); err == nil {
				t.Fatal("what is feasible has an infeasible subsystem")
			}
			continue
		}
		infeasible++
		sides, err := Irreducible(ctx, p, s)
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

// feasible asks the solver, whose witnesses are verified, whether the bounds have a common point.
func feasible(t *testing.T, p *lp.Problem, sides []Side) bool {
	t.Helper()
	return solved(t, Only(p, sides), lp.Options{Method: lp.Dense}).Verdict != lp.Infeasible
}

// A bound by itself, and crossed bounds, are subsystems too.
func TestIrreducibleOfCrossedBounds(t *testing.T) {
	b := lp.NewBuilder(lp.Minimise)
	x, _ := b.Var("x"), b.Between("y", 3, 2)
	b.AtMost("c", -1, lp.Times(1, x))
	b.AtLeast("nothing", 1)
	p, err := b.Problem()
	if err != nil {
		t.Fatal(err)
	}
	s := solved(t, p, lp.Options{})
	sides, err := Irreducible(context.Background(), p, s)
	if err != nil || len(sides) != 2 || sides[0] != (Side{true, 1, false}) || sides[1] != (Side{true, 1, true}) {
		t.Errorf("%v %v", sides, err)
	}
	p.Variables[1].Lower = lp.Bound{}
	p.Rows[0].Upper = lp.Bound{}
	s = solved(t, p, lp.Options{})
	sides, err = Irreducible(context.Background(), p, s)
	if err != nil || len(sides) != 1 || sides[0] != (Side{false, 1, false}) {
		t.Errorf("%v %v", sides, err)
	}
	if _, err := Irreducible(context.Background(), p, nil); err == nil {
		t.Error("nil has an infeasible subsystem")
	}
}

// A side that a problem does not have is a mistake of the caller.
func TestNoSuchSide(t *testing.T) {
	misuse := func(name string, call func()) {
		defer func() {
			if text, ok := recover().(string); !ok || !strings.HasPrefix(text, "analysis: ") {
				t.Errorf("%s: panic %q", name, text)
			}
		}()
		call()
	}
	for _, s := range []Side{{Variable: true}, {Index: -1}, {Index: 2, Upper: true}} {
		misuse(fmt.Sprint(s), func() { Bound(&lp.Problem{Rows: make([]lp.Row, 2)}, s) })
	}
	misuse("nil", func() { Only(nil, nil) })
}
