package analysis

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// Another optimal point is optimal and another one; and where there is none, no variable can
// be larger or smaller at the same value.
func TestAlternative(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	ctx := context.Background()
	several, unique := 0, 0
	for trial := range 1000 {
		p := drawn(r, trial%2 == 0)
		// Free variables without a cost may go both ways, and only together.
		for j := range p.Variables {
			if trial%4 > 1 && r.IntN(3) > 0 {
				p.Variables[j] = lp.Variable{}
			}
		}
		s, err := lp.Solve(ctx, p, lp.Options{Method: lp.Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != lp.Optimal {
			continue
		}
		other, err := Alternative(ctx, p, s)
		if err != nil {
			t.Fatal(err)
		}
		if other != nil {
			several++
			same := true
			for j, x := range other {
				same = same && x.Equal(s.Primal[j])
			}
			there := *s
			there.Primal = other
			if err := p.Verify(&there); err != nil || same {
				t.Fatalf("trial %d: %v is no other optimum than %v (%v)", trial, other, s.Primal, err)
			}
			continue
		}
		unique++
		face := *p
		cost := lp.Row{Lower: lp.At(s.Value.Sub(p.Constant)), Upper: lp.At(s.Value.Sub(p.Constant))}
		face.Variables = append([]lp.Variable(nil), p.Variables...)
		for j := range p.Variables {
			cost.Terms = append(cost.Terms, lp.Term{Variable: j, Coefficient: p.Variables[j].Cost})
			face.Variables[j].Cost = one.Sub(one)
		}
		face.Rows = append(append([]lp.Row(nil), p.Rows...), cost)
		for j := range p.Variables {
			for _, sense := range []lp.Sense{lp.Minimise, lp.Maximise} {
				q := face
				q.Sense, q.Constant = sense, one.Sub(one)
				q.Variables = append([]lp.Variable(nil), face.Variables...)
				q.Variables[j].Cost = one
				got, err := lp.Solve(ctx, &q, lp.Options{})
				if err != nil || got.Verdict != lp.Optimal || !got.Value.Equal(s.Primal[j]) {
					t.Fatalf("trial %d: variable %d may be %v %v besides %v (%v)", trial, j, got.Verdict, got.Value, s.Primal[j], err)
				}
			}
		}
	}
	if several < 20 || unique < 20 {
		t.Errorf("%d with several optima, %d with one", several, unique)
	}
}

// Two free variables that are not basic may move only against each other: x up and y down, so
// that no sum of the two shows it, while z rests on its bound.
func TestAlternativeOfFreeVariables(t *testing.T) {
	ctx := context.Background()
	free := lp.Variable{}
	p := &lp.Problem{Variables: []lp.Variable{free, free, {Cost: one, Lower: lp.At(one)}}}
	both := []lp.Term{{Variable: 0, Coefficient: one}, {Variable: 1, Coefficient: one}}
	p.Rows = []lp.Row{{Terms: both, Lower: lp.At(one.Sub(one))}, {Terms: both, Upper: lp.At(one.Sub(one))}}
	for _, method := range []lp.Method{0, 1, 2} {
		s, err := lp.Solve(ctx, p, lp.Options{Method: method})
		if err != nil {
			t.Fatal(err)
		}
		other, err := Alternative(ctx, p, s)
		if err != nil || other == nil {
			t.Fatalf("method %d: %v, %v beside %v", method, other, err, s.Primal)
		}
		there := *s
		there.Primal = other
		if err := p.Verify(&there); err != nil || other[0].Equal(s.Primal[0]) {
			t.Errorf("method %d: %v is no other optimum than %v (%v)", method, other, s.Primal, err)
		}
	}
}

// A free variable that is not basic may move one way only, up or down, and is asked both ways.
func TestAlternativeOfOneWay(t *testing.T) {
	ctx := context.Background()
	term := []lp.Term{{Variable: 0, Coefficient: one}}
	zero := lp.At(one.Sub(one))
	for way, row := range map[string]lp.Row{"up": {Terms: term, Lower: zero}, "down": {Terms: term, Upper: zero}} {
		p := &lp.Problem{Variables: []lp.Variable{{}}, Rows: []lp.Row{row}}
		s, err := lp.Solve(ctx, p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		// As a solver may return it: x rests at 0, and the row is basic.
		s.Primal = []rational.Rat{{}}
		s.Basis = &lp.Basis{Variables: []lp.Status{lp.AtZero}, Rows: []lp.Status{lp.Basic}}
		other, err := Alternative(ctx, p, s)
		if err != nil || other == nil || other[0].Sign() == 0 || (other[0].Sign() > 0) != (way == "up") {
			t.Errorf("%s: %v, %v beside %v", way, other, err, s.Primal)
		}
	}
}

// Of a result without a basis, as one has from a file, the range of a side is known all the same.
func TestSideRangeWithoutABasis(t *testing.T) {
	p := &lp.Problem{Variables: []lp.Variable{{Cost: one, Lower: lp.At(one.Sub(one))}}}
	p.Rows = []lp.Row{{Terms: []lp.Term{{Variable: 0, Coefficient: one}}, Lower: lp.At(one)}}
	s, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	with, _, err := SideRange(context.Background(), p, s, 0)
	if err != nil {
		t.Fatal(err)
	}
	s.Basis = nil
	without, _, err := SideRange(context.Background(), p, s, 0)
	if err != nil || !without.Lower.Value.Equal(with.Lower.Value) || without.Upper.Finite != with.Upper.Finite || without.Lower.Finite != with.Lower.Finite {
		t.Errorf("%v without a basis, %v with one (%v)", without, with, err)
	}
}
