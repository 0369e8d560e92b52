package scheme_test

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
)

// myRule is the selection rule under test, as a user's code has it: for every
// set of drafted tokens, the law of the output. Tokens count from 0.
func myRule() *scheme.Table {
	half := rational.NewRat(1, 2)
	return &scheme.Table{Rows: []scheme.Row{
		{Drafts: []int{0}, Tokens: []int{0}, Weights: []rational.Rat{rational.NewRat(1, 1)}},
		{Drafts: []int{1}, Tokens: []int{1}, Weights: []rational.Rat{rational.NewRat(1, 1)}},
		{Drafts: []int{0, 1}, Tokens: []int{0, 1}, Weights: []rational.Rat{half, half}},
	}}
}

// A property test of a selection rule in a user's own suite: the output must
// have law q exactly, and no rule may accept more often.
func Example() {
	p, _ := multidraft.NewDistribution("p", []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 2)})
	q, _ := multidraft.NewDistribution("q", []rational.Rat{rational.NewRat(2, 5), rational.NewRat(3, 5)})
	instance, err := multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{p}, q)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := scheme.CheckRule(context.Background(), instance, myRule())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("lossless:", report.Lossless(), "optimal:", report.Optimal(), "P* =", report.Best)
	fmt.Printf("token %d has probability %v, want %v\n", report.Wrong+1, report.Law[report.Wrong], q.At(report.Wrong))
	// Output:
	// lossless: false optimal: false P* = 1
	// token 1 has probability 1/2, want 2/5
}

// The optimal rule itself passes the test.
func ExampleOptimalRule() {
	p, _ := multidraft.NewDistribution("p", []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 2)})
	q, _ := multidraft.NewDistribution("q", []rational.Rat{rational.NewRat(2, 5), rational.NewRat(3, 5)})
	instance, _ := multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{p}, q)
	rule, err := scheme.OptimalRule(context.Background(), instance)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := scheme.CheckRule(context.Background(), instance, rule.Table())
	fmt.Println(report.Optimal(), err)
	fmt.Println("choose token 1 from {1,2} with probability", rule.Beta[2].Weights[0])
	// Output:
	// true <nil>
	// choose token 1 from {1,2} with probability 3/10
}
