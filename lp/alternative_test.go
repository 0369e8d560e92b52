package lp

import (
	"context"
	"math/rand/v2"
	"testing"
)

// Another optimal point is optimal and another one; and where there is none, no variable can
// be larger or smaller at the same value.
func TestAlternative(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	ctx := context.Background()
	several, unique := 0, 0
	for trial := range 500 {
		p := randomInstance(r, trial%2 == 0).problem
		s, err := Solve(ctx, p, Options{Method: Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != Optimal {
			continue
		}
		other, err := p.Alternative(ctx, s)
		if err != nil {
			t.Fatal(err)
		}
		if other != nil {
			several++
			same := true
			for j, x := range other {
				same = same && x.Equal(s.Primal[j])
			}
			if err := p.verifyPoint(ctx, other); err != nil || same || !p.objective(other).Value().Equal(p.objective(s.Primal).Value()) {
				t.Fatalf("trial %d: %v is no other optimum than %v (%v)", trial, other, s.Primal, err)
			}
			continue
		}
		unique++
		face := *p
		cost := Row{Lower: At(s.Value.Sub(p.Constant)), Upper: At(s.Value.Sub(p.Constant))}
		face.Variables = append([]Variable(nil), p.Variables...)
		for j := range p.Variables {
			cost.Terms = append(cost.Terms, Term{j, p.Variables[j].Cost})
			face.Variables[j].Cost = one.Sub(one)
		}
		face.Rows = append(append([]Row(nil), p.Rows...), cost)
		for j := range p.Variables {
			for _, sense := range []Sense{Minimise, Maximise} {
				q := face
				q.Sense, q.Constant = sense, one.Sub(one)
				q.Variables = append([]Variable(nil), face.Variables...)
				q.Variables[j].Cost = one
				got, err := Solve(ctx, &q, Options{})
				if err != nil || got.Verdict != Optimal || !got.Value.Equal(s.Primal[j]) {
					t.Fatalf("trial %d: variable %d may be %v %v besides %v (%v)", trial, j, got.Verdict, got.Value, s.Primal[j], err)
				}
			}
		}
	}
	if several < 20 || unique < 20 {
		t.Errorf("%d with several optima, %d with one", several, unique)
	}
}
