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
