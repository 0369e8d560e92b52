package lp

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// inRange reports whether v belongs to the range.
func inRange(v rational.Rat, g Range) bool { return !outside(v, g.Lower, g.Upper) }

// probes are numbers in and around a range: its ends, a little beyond them, and far away.
func probes(at rational.Rat, g Range) []rational.Rat {
	list := []rational.Rat{at, rational.NewRat(-1e6, 1), rational.NewRat(1e6, 1)}
	for _, b := range []Bound{g.Lower, g.Upper} {
		if b.Finite {
			for _, by := range []int64{-1, 0, 1} {
				list = append(list, b.Value.Add(rational.NewRat(by, 1e9)))
			}
		}
	}
	return list
}

// With a cost in its range, and with no other, the point stays optimal: the oracle of all
// minimal faces says so, or where costs are not integers the dense method, which that oracle
// has approved of.
func TestCostRange(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 1))
	ctx := context.Background()
	optimal, narrow := 0, 0
	for trial := range 900 {
		c := randomInstance(r, trial%3 > 0)
		p := c.problem
		s, err := Solve(ctx, p, Options{Method: Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != Optimal {
			continue
		}
		optimal++
		for j := range p.Variables {
			g, err := p.CostRange(ctx, s, j)
			if err != nil {
				t.Fatal(err)
			}
			if g.Lower.Finite && g.Upper.Finite {
				narrow++
			}
			cost := p.Variables[j].Cost
			for _, v := range probes(cost, g) {
				q := *p
				q.Variables = append([]Variable(nil), p.Variables...)
				q.Variables[j].Cost = v
				at := q.objective(s.Primal).Value().Add(q.Constant)
				if stays := optimumIs(t, c, &q, j, at); stays != inRange(v, g) {
					t.Fatalf("trial %d: cost %v of variable %d: the point stays optimal: %v, range %v", trial, v, j, stays, g)
				}
			}
		}
	}
	if optimal < 200 || narrow < 15 {
		t.Errorf("%d optimal, %d narrow ranges", optimal, narrow)
	}
}

// optimumIs reports whether the optimum of q is at; q is c.problem with another cost of
// variable j.
func optimumIs(t *testing.T, c *instance, q *Problem, j int, at rational.Rat) bool {
	t.Helper()
	if v := q.Variables[j].Cost; v.IsInt() {
		other := *c
		other.problem, other.cost = q, append([]int64(nil), c.cost...)
		n, _ := v.Num().Int64()
		if q.Sense == Maximise {
			n = -n
		}
		other.cost[j] = n
		verdict, value := other.answer()
		return verdict == Optimal && value.Equal(at)
	}
	s := solveWith(t, q, Options{Method: Dense})
	return s.Verdict == Optimal && s.Value.Equal(at)
}

// With a bound in its range, and with no other, the optimum is what the multipliers say.
func TestSideRange(t *testing.T) {
	r := rand.New(rand.NewPCG(43, 2))
	ctx := context.Background()
	checked, narrow := 0, 0
	for trial := range 400 {
		p := randomInstance(r, trial%3 > 0).problem
		s, err := Solve(ctx, p, Options{Method: Method(trial % 3)})
		if err != nil {
			t.Fatal(err)
		}
		if s.Verdict != Optimal {
			continue
		}
		for i, row := range p.Rows {
			lower, upper, err := p.SideRange(ctx, s, i)
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
					q.Rows = append([]Row(nil), p.Rows...)
					if both || !up {
						q.Rows[i].Lower = At(v)
					}
					if both || up {
						q.Rows[i].Upper = At(v)
					}
					var slope rational.Rat
					if y := s.Dual[i]; both || up != ((y.Sign() > 0) == (p.Sense == Minimise)) {
						slope = y
					}
					got := solveWith(t, &q, Options{Method: Dense})
					stays := got.Verdict == Optimal && got.Value.Equal(s.Value.Add(slope.Mul(v.Sub(b.Value))))
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
	b := NewBuilder(Minimise)
	x := b.Var("x")
	b.AtLeast("c", 1, Times(1, x))
	p, _ := b.Problem()
	s := solve(t, p, LargestCoefficient)
	for _, k := range []int{-1, 1} {
		if _, err := p.CostRange(ctx, s, k); err == nil {
			t.Errorf("variable %d has a cost range", k)
		}
		if _, _, err := p.SideRange(ctx, s, k); err == nil {
			t.Errorf("row %d has a range", k)
		}
	}
	if _, err := p.CostRange(ctx, nil, 0); err == nil {
		t.Error("nil has ranges")
	}
	if _, _, err := p.SideRange(ctx, &Result{Verdict: Infeasible}, 0); err == nil {
		t.Error("an infeasible result has ranges")
	}
	if _, err := (*Problem)(nil).CostRange(ctx, s, 0); err == nil {
		t.Error("a nil problem has ranges")
	}
}
