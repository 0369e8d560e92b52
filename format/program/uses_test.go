package program

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// The bounds that are used, times their multipliers, add up to the objective and its value, or
// to nothing and a positive number; each multiplier has the sign of its bound.
func TestUsesAddUp(t *testing.T) {
	random := rand.New(rand.NewPCG(72, 1))
	seen := map[lp.Verdict]int{}
	crossed := 0
	for range 400 {
		p := randomProgram(random)
		r, err := lp.Solve(context.Background(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		seen[r.Verdict]++
		// What the sum must be: the objective and its value, or nothing and more than 0.
		want := make([]rational.Rat, len(p.Variables))
		if r.Verdict == lp.Optimal {
			for j, v := range p.Variables {
				want[j] = v.Cost
			}
		}
		if r.Conflict.In != lp.NoConflict {
			crossed++
		}
		total := rational.Rat{}
		up := r.Verdict == lp.Infeasible || p.Sense == lp.Minimise
		for _, u := range Uses(p, r) {
			var terms []lp.Term
			var bounds [2]lp.Bound
			if u.In == lp.RowConflict {
				terms, bounds = p.Rows[u.Index].Terms, [2]lp.Bound{p.Rows[u.Index].Upper, p.Rows[u.Index].Lower}
			} else {
				v := p.Variables[u.Index]
				terms, bounds = []lp.Term{{Variable: u.Index, Coefficient: rational.NewRat(1, 1)}}, [2]lp.Bound{v.Upper, v.Lower}
			}
			b := bounds[0]
			if u.Lower {
				b = bounds[1]
			}
			if !b.Finite || u.Multiplier.Sign() > 0 != (u.Lower == up) {
				t.Fatalf("%v: the multiplier %v of a bound %v, which is the lower one: %v", r.Verdict, u.Multiplier, b, u.Lower)
			}
			for _, term := range terms {
				want[term.Variable] = want[term.Variable].Sub(u.Multiplier.Mul(term.Coefficient))
			}
			total = total.Add(u.Multiplier.Mul(b.Value))
		}
		right := r.Verdict == lp.Unbounded || r.Verdict == lp.Infeasible && total.Sign() > 0 || r.Verdict == lp.Optimal && total.Equal(r.Value)
		left := slices.ContainsFunc(want, func(x rational.Rat) bool { return !x.IsZero() })
		if r.Verdict != lp.Unbounded && left || !right {
			t.Fatalf("%v %v: the uses leave %v, and add up to %v", r.Verdict, r.Value, want, total)
		}
	}
	if seen[lp.Optimal] < 20 || seen[lp.Infeasible]-crossed < 20 || crossed < 20 || seen[lp.Unbounded] < 20 {
		t.Errorf("%v, %d by crossed bounds", seen, crossed)
	}
}

// randomProgram has three variables and three rows, with bounds that may be missing, equal or crossed.
func randomProgram(random *rand.Rand) *lp.Problem {
	number := func() rational.Rat { return rational.NewRat(int64(random.IntN(7)-3), int64(1+random.IntN(3))) }
	bounds := func() (lower, upper lp.Bound) {
		if random.IntN(3) > 0 {
			lower = lp.At(number())
		}
		switch random.IntN(4) {
		case 0:
			upper = lower
		case 1:
			upper = lp.At(number().Add(rational.NewRat(2, 1)))
		}
		return lower, upper
	}
	p := &lp.Problem{Sense: []lp.Sense{lp.Minimise, lp.Maximise}[random.IntN(2)]}
	for range 3 {
		lower, upper := bounds()
		p.AddVariable(lp.Variable{Cost: number(), Lower: lower, Upper: upper})
	}
	for range 3 {
		row := lp.Row{}
		row.Lower, row.Upper = bounds()
		for j := range p.Variables {
			row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: number()})
		}
		p.AddRow(row)
	}
	return p
}
