package analysis_test

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/lp/analysis"
)

// How far a cost may move before another point is better, and how far a limit before another
// one is worth more.
func ExampleCostRange() {
	ctx := context.Background()
	b := lp.NewBuilder(lp.Maximise)
	x, y := b.Var("x"), b.Var("y")
	b.Objective(lp.Times(3, x), lp.Times(5, y))
	hours := b.AtMost("hours", 10, lp.Times(1, x), lp.Times(2, y))
	b.AtMost("stock", 8, lp.Times(1, x), lp.Times(1, y))
	p, err := b.Problem()
	if err != nil {
		fmt.Println(err)
		return
	}
	r, _ := lp.Solve(ctx, p, lp.Options{})
	cost, _ := analysis.CostRange(ctx, p, r, int(x))
	_, limit, _ := analysis.SideRange(ctx, p, r, hours)
	other, _ := analysis.Alternative(ctx, p, r)
	fmt.Println(r.Primal, "while x earns", cost.Lower.Value, "to", cost.Upper.Value)
	fmt.Println("an hour is worth", r.Dual[hours], "from", limit.Lower.Value, "to", limit.Upper.Value)
	fmt.Println("another optimal point:", other != nil)
	// Output:
	// [6 2] while x earns 5/2 to 5
	// an hour is worth 2 from 8 to 16
	// another optimal point: false
}

// Three rows, two of which have no common point.
func ExampleIrreducible() {
	ctx := context.Background()
	b := lp.NewBuilder(lp.Minimise)
	x, y := b.Var("x"), b.Var("y")
	b.AtLeast("demand", 5, lp.Times(1, x), lp.Times(1, y))
	b.AtMost("hours", 8, lp.Times(2, x), lp.Times(2, y))
	b.AtMost("stock", 3, lp.Times(1, x))
	p, _ := b.Problem()
	r, _ := lp.Solve(ctx, p, lp.Options{})
	sides, err := analysis.Irreducible(ctx, p, r)
	for _, s := range sides {
		fmt.Println(p.RowName(s.Index), analysis.Bound(p, s).Value)
	}
	fmt.Println(r.Verdict, err)
	// Output:
	// row demand 5
	// row hours 8
	// infeasible <nil>
}
