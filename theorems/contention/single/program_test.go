package single

import (
	"fmt"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/contention"
)

// program returns LP-SI for x as a linear program in the variables β, c_f(1..n),
// c_b(1..n), in this order. Its rows are first, for each element,
// c_f(i) + c_b(i) − 2β ≥ 0, then for each order and element c_σ(i) + Σ_{j <_σ i}
// x_j c_σ(j) ≤ 1.
//
// The rows are necessary for every scheme: acceptance of i given that it is active
// needs that nobody was accepted before, an event of probability 1 − Σ_{j <_σ i}
// x_j c_σ(j) that does not depend on whether i is active. Hence the value bounds
// every guarantee, and by [Attain] it is one (CRS-L3.1).
func program(x []rational.Rat) *lp.Problem {
	n := len(x)
	p := &lp.Problem{Name: "LP-SI", Sense: lp.Maximise}
	p.AddVariable(lp.Variable{Name: "beta", Cost: one, Lower: lp.At(zero)})
	for _, o := range contention.Orders {
		for i := range n {
			p.AddVariable(lp.Variable{Name: fmt.Sprintf("c_%s_%d", o, i+1), Lower: lp.At(zero)})
		}
	}
	for i := range n {
		p.AddRow(lp.Row{Name: fmt.Sprintf("fair_%d", i+1), Lower: lp.At(zero), Terms: []lp.Term{
			{Variable: 0, Coefficient: two.Neg()},
			{Variable: unitVariable(n, contention.Forward, i), Coefficient: one},
			{Variable: unitVariable(n, contention.Backward, i), Coefficient: one},
		}})
	}
	for _, o := range contention.Orders {
		for i := range n {
			row := lp.Row{Name: fmt.Sprintf("free_%s_%d", o, i+1), Upper: lp.At(one)}
			row.Terms = append(row.Terms, lp.Term{Variable: unitVariable(n, o, i), Coefficient: one})
			for j := range n {
				if before(o, j, i) {
					row.Terms = append(row.Terms, lp.Term{Variable: unitVariable(n, o, j), Coefficient: x[j]})
				}
			}
			p.AddRow(row)
		}
	}
	return p
}

func unitVariable(n int, o contention.Order, i int) int { return 1 + int(o)*n + i }

// before reports whether j arrives before i.
func before(o contention.Order, j, i int) bool {
	if o == contention.Forward {
		return j < i
	}
	return j > i
}
