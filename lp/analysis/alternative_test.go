package analysis

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp"
)

// Another optimal point is optimal and another one; and where there is none, no variable can
// be larger or smaller at the same value.
func TestAlternative(t *testing.T) {
	r := rand.New(rand.NewPCG(41, 1))
	ctx := context.Background()
	several, unique := 0, 0
	for trial := range 500 {
		p := drawn(r, trial%2 == 0)
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
