package lp

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// countdown is a context that ends when it has been asked a number of times.
type countdown struct {
	context.Context
	left, asked int
}

func (c *countdown) Err() error {
	c.asked++
	if c.asked > c.left {
		return context.Canceled
	}
	return nil
}

// A solution can be stopped at every step, of which there is at least one for each number
// that is reconstructed, reduced or verified; it returns at once and without a result.
func TestSolveStopsAtEveryStep(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 1))
	seen := map[Verdict]int{}
	for trial := range 24 {
		p := mediumProblem(r, 6, 6)
		if trial%3 > 0 {
			p = &Problem{Sense: Maximise}
			for range 6 {
				p.AddVariable(Variable{Cost: rational.NewRat(1+r.Int64N(9), 7), Lower: At(rational.Rat{})})
			}
			for range 5 {
				row := Row{Upper: At(rational.NewRat(1+r.Int64N(9), 3))}
				for j := range 6 { // negative coefficients, if any, leave the problem unbounded
					row.Terms = append(row.Terms, Term{j, rational.NewRat(int64(3-2*(trial%3))*(1+r.Int64N(9)), 5)})
				}
				p.AddRow(row)
			}
		}
		full := &countdown{Context: context.Background(), left: 1 << 30}
		want, err := Solve(full, p, Options{Method: Sparse})
		if err != nil {
			t.Fatal(err)
		}
		if want.Conflict.In != NoConflict {
			continue
		}
		seen[want.Verdict]++
		least := map[Verdict]int{
			Optimal:    2*len(p.Rows) + 3*len(p.Variables), // reconstruct and reduce y, d; verify x, d
			Infeasible: 2*len(p.Rows) + len(p.Variables),
			Unbounded:  2 * len(p.Rows),
		}[want.Verdict]
		if full.asked < least {
			t.Errorf("%v: the context was looked at %d times, want at least %d", want.Verdict, full.asked, least)
		}
		for left := 0; left < full.asked; left++ {
			ctx := &countdown{Context: context.Background(), left: left}
			got, err := Solve(ctx, p, Options{Method: Sparse})
			if got != nil && p.Verify(got) == nil {
				continue // the last questions came after the result was there
			}
			if got != nil || !errors.Is(err, context.Canceled) || ctx.asked > left+8 {
				t.Fatalf("%v, stopped at %d of %d: %v %v after %d questions", want.Verdict, left, full.asked, got, err, ctx.asked)
			}
		}
	}
	if seen[Optimal] < 5 || seen[Infeasible] < 5 || seen[Unbounded] < 5 {
		t.Errorf("too few of a kind: %v", seen)
	}
}
