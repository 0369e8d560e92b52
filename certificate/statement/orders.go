package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// readOrders reads "x":[NUM,…],"value":NUM,"weights":[NUM,…],"arrivals":[INT,…], the elements
// from 1 on in each order, order after order, and makes the program of "units" for one unit and
// these orders, where the row of an element is the sum of weight·a − beta ≥ 0. Orders are
// permutations that the document lists: a program for any distribution on a few of them.
func readOrders(r *kernel.Reader) kernel.Statement {
	u := &units{program: program{maximise: true, outcome: optimal}, k: 1, total: one}
	u.x, u.value = readUnit(r.Member("x"))
	u.weights = readNumbers(r.Member("weights"))
	r.Member("arrivals").Open('[')
	sum := kernel.Num{}
	for _, w := range u.weights {
		if sum = r.Plus(sum, w); w.Sign() < 0 {
			r.Fail("a weight is negative")
		}
		// As many elements as there are, none of them twice: all.
		order, seen := make([]int, len(u.x)), make([]bool, len(u.x))
		for t := range order {
			if order[t] = r.Below(1, len(u.x)+1) - 1; seen[order[t]] {
				r.Fail("an order has element %d twice", order[t]+1)
			}
			seen[order[t]] = true
		}
		u.arrivals = append(u.arrivals, order)
	}
	r.Close(']')
	// They are probabilities. With none the guarantee would be a sum over no order.
	if !sum.Equal(one) {
		r.Fail("the weights do not sum to 1")
	}
	what := fmt.Sprintf("%d weighted orders", len(u.weights))
	return u.statement(r, fmt.Sprintf("%d elements, %s", len(u.x), what), "CRS-OLP", fmt.Sprintf("for %d probabilities and %s", len(u.x), what))
}
