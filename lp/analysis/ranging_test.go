package analysis

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/lp"
	"pstar/rational"
)

// inRange reports whether v belongs to the range.
func inRange(v rational.Rat, g Range) bool {
	return !(g.Lower.Finite && v.Cmp(g.Lower.Value) < 0) && !(g.Upper.Finite && v.Cmp(g.Upper.Value) > 0)
}

// probes are numbers in and around a range: its ends, a little beyond them, and far away.
func probes(at rational.Rat, g Range) []rational.Rat {
	list := []rational.Rat{at, rational.NewRat(-1e6, 1), rational.NewRat(1e6, 1)}
	for _, b := range []lp.Bound{g.Lower, g.Upper} {
		if b.Finite {
			for _, by := range []int64{-1, 0, 1} {
				list = append(list, b.Value.Add(rational.NewRat(by, 1e9)))
			}
		}
	}
	return list
}

// drawnOptimal draws a program and solves it, by one method after the other; the result is nil if it has no optimum.
func drawnOptimal(t *testing.T, r *rand.Rand, trial int) (*lp.Problem, *lp.Result) {
	t.Helper()
	p := drawn(r, trial%3 > 0)
	if s := solved(t, p, lp.Options{Method: lp.Method(trial % 3)}); s.Verdict == lp.Optimal {
		return p, s
	}
	return p, nil
}

// With a cost in its range, and with no other, the point stays optimal: the dense method says so,
// which an oracle has approved of.
func TestCostRange(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 1))
	ctx := context.Background()
	optimal, narrow := 0, 0
	for trial := range 900 {
		p, s := drawnOptimal(t, r, trial)
		if s == nil {
			continue
		}
		optimal++
		for j := range p.Variables {
			g, err := CostRange(ctx, p, s, j)
			if err != nil {
				t.Fatal(err)
			}
			if g.Lower.Finite && g.Upper.Finite {
				narrow++
			}
			cost := p.Variables[j].Cost
			for _, v := range probes(cost, g) {
				q := *p
				q.Variables = append([]lp.Variable(nil), p.Variables...)
				q.Variables[j].Cost = v
				at := objective(&q, s.Primal).Add(q.Constant)
				if stays := optimumIs(t, &q, at); stays != inRange(v, g) {
					t.Fatalf("trial %d: cost %v of variable %d: the point stays optimal: %v, range %v", trial, v, j, stays, g)
				}
			}
		}
	}
	if optimal < 200 || narrow < 15 {
		t.Errorf("%d optimal, %d narrow ranges", optimal, narrow)
	}
}

// optimumIs reports whether the optimum of q is at.
func optimumIs(t *testing.T, q *lp.Problem, at rational.Rat) bool {
	t.Helper()
	s := solved(t, q, lp.Options{Method: lp.Dense})
	return s.Verdict == lp.Optimal && s.Value.Equal(at)
}

// With a bound in its range, and with no other, the optimum is what the multipliers say.
func TestSideRange(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 2))
	ctx := context.Background()
	checked, narrow := 0, 0
	for trial := range 400 {
		p, s := drawnOptimal(t, r, trial)
		if s == nil {
			continue
		}
		for i, row := range p.Rows {
			lower, upper, err := SideRange(ctx, p, s, i)
			if err != nil {
				t.Fatal(err)
			}
			both := row.Lower.Finite && row.Upper.Finite && row.Lower.Value.Equal(row.Upper.Value)
			for _, up := range []bool{false, true} {
				b, g := row.Lower, lower
				if up {
					b, g = row.Upper, upper
				}
				if !b.Finite {
					if g != (Range{}) {
						t.Fatalf("trial %d: an absent bound has the range %v", trial, g)
					}
					continue
				}
				checked++
				if g.Lower.Finite && g.Upper.Finite {
					narrow++
				}
				for _, v := range probes(b.Value, g) {
					q := *p
					q.Rows = append([]lp.Row(nil), p.Rows...)
					if both || !up {
						q.Rows[i].Lower = lp.At(v)
					}
					if both || up {
						q.Rows[i].Upper = lp.At(v)
					}
					var slope rational.Rat
					if y := s.Dual[i]; both || up != ((y.Sign() > 0) == (p.Sense == lp.Minimise)) {
						slope = y
					}
					got := solved(t, &q, lp.Options{Method: lp.Dense})
					stays := got.Verdict == lp.Optimal && got.Value.Equal(s.Value.Add(slope.Mul(v.Sub(b.Value))))
					if stays != inRange(v, g) {
						t.Fatalf("trial %d: row %d, bound %v: %v %v, slope %v, range %v", trial, i, v, got.Verdict, got.Value, slope, g)
					}
				}
			}
		}
	}
	if checked < 100 || narrow < 20 {
		t.Errorf("%d bounds, %d narrow ranges", checked, narrow)
	}
}

// Ranges of what is not optimal, or of nothing, are errors.
func TestRangesOfNothing(t *testing.T) {
	ctx := context.Background()
	b := lp.NewBuilder(lp.Minimise)
	x := b.Var("x")
	b.AtLeast("c", 1, lp.Times(1, x))
	p, _ := b.Problem()
	s := solved(t, p, lp.Options{})
	for _, k := range []int{-1, 1} {
		if _, err := CostRange(ctx, p, s, k); err == nil {
			t.Errorf("variable %d has a cost range", k)
		}
		if _, _, err := SideRange(ctx, p, s, k); err == nil {
			t.Errorf("row %d has a range", k)
		}
	}
	if _, err := CostRange(ctx, p, nil, 0); err == nil {
		t.Error("nil has ranges")
	}
	if _, _, err := SideRange(ctx, p, &lp.Result{Verdict: lp.Infeasible}, 0); err == nil {
		t.Error("an infeasible result has ranges")
	}
	if _, err := CostRange(ctx, nil, s, 0); err == nil {
		t.Error("a nil problem has ranges")
	}
}

// Without a context or a basis the functions return errors.
func TestNothingGiven(t *testing.T) {
	var none context.Context
	r := &lp.Result{Verdict: lp.Optimal}
	if _, err := Irreducible(none, &lp.Problem{}, &lp.Result{Verdict: lp.Infeasible}); err == nil {
		t.Error("Irreducible in a nil context")
	}
	if _, err := Alternative(none, &lp.Problem{}, r); err == nil {
		t.Error("Alternative in a nil context")
	}
	if _, err := Alternative(context.Background(), &lp.Problem{}, r); err == nil {
		t.Error("Alternative without a basis")
	}
}
