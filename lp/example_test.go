package lp_test

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// Two products share 10 hours of work; the second one is limited to 3.
func ExampleSolve() {
	rat := rational.NewRat
	p := &lp.Problem{Sense: lp.Maximise}
	x := p.AddVariable(lp.Variable{Name: "x", Cost: rat(3, 1), Lower: lp.At(rat(0, 1))})
	y := p.AddVariable(lp.Variable{Name: "y", Cost: rat(5, 1), Lower: lp.At(rat(0, 1)), Upper: lp.At(rat(3, 1))})
	p.AddRow(lp.Row{Name: "hours", Upper: lp.At(rat(10, 1)), Terms: []lp.Term{{x, rat(3, 1)}, {y, rat(2, 1)}}})
	r, err := lp.Solve(context.Background(), p, lp.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Verdict, r.Value)
	fmt.Println("point", r.Primal, "multipliers", r.Dual, "reduced costs", r.Reduced)
	fmt.Println("error:", p.Verify(r))
	// Output:
	// optimal 19
	// point [4/3 3] multipliers [1] reduced costs [0 3]
	// error: <nil>
}

// How far a cost may move before another point is better, and how far a limit before another
// one is worth more.
func ExampleProblem_CostRange() {
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
	cost, _ := p.CostRange(ctx, r, int(x))
	_, limit, _ := p.SideRange(ctx, r, hours)
	other, _ := p.Alternative(ctx, r)
	fmt.Println(r.Primal, "while x earns", cost.Lower.Value, "to", cost.Upper.Value)
	fmt.Println("an hour is worth", r.Dual[hours], "from", limit.Lower.Value, "to", limit.Upper.Value)
	fmt.Println("another optimal point:", other != nil)
	// Output:
	// [6 2] while x earns 5/2 to 5
	// an hour is worth 2 from 8 to 16
	// another optimal point: false
}

// Three rows, two of which have no common point.
func ExampleProblem_Irreducible() {
	ctx := context.Background()
	b := lp.NewBuilder(lp.Minimise)
	x, y := b.Var("x"), b.Var("y")
	b.AtLeast("demand", 5, lp.Times(1, x), lp.Times(1, y))
	b.AtMost("hours", 8, lp.Times(2, x), lp.Times(2, y))
	b.AtMost("stock", 3, lp.Times(1, x))
	p, _ := b.Problem()
	r, _ := lp.Solve(ctx, p, lp.Options{})
	sides, err := p.Irreducible(ctx, r)
	for _, s := range sides {
		fmt.Println(p.RowName(s.Index), p.Bound(s).Value)
	}
	fmt.Println(r.Verdict, err)
	// Output:
	// row demand 5
	// row hours 8
	// infeasible <nil>
}
