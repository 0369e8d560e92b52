package statement

import "pstar/certificate/kernel"

// MaxElements is the largest number of elements of an instance.
// A symbol for each number of each order.
const MaxElements = 1 << 16

// readUnit reads [NUM,…],"value":NUM: the probabilities x of LP-SI, and its value.
func readUnit(r *kernel.Reader) (x []kernel.Num, value kernel.Num) {
	x = readNumbers(r)
	// An element that is active with probability 2 would make a program, but no problem.
	for _, p := range x {
		if p.Sign() < 0 || r.Plus(one, p.Neg()).Sign() < 0 {
			r.Fail("a probability must be between 0 and 1")
		}
	}
	if len(x) == 0 {
		r.Fail("there are no elements")
	}
	return x, r.Member("value").Number()
}

// unitTheorem makes the theorem "LP-SI" for probabilities x, of kind feasible. Symbols: beta,
// p; forward[i], u+; backward[i], u+; sum forward[i], u, the sum of x_j forward[j] for j ≤ i;
// sum backward[i], u, that of x_j backward[j] for j ≥ i. Facts: forward[i] + backward[i] − 2
// beta ≥ 0 for each i; then in each order, for each i in the order, 1 − c_i − the sum before ≥
// 0, and the sum of i − the sum before − x_i c_i = 0. Row: value − beta ≥ 0. Sums have symbols
// of their own, so that a fact has three terms, and not as many as there are elements. The
// program for one unit of the builder "units" says the same in three variables for each place:
// with two thousand elements, whose optimum has three thousand digits, its certificate would
// not fit in a document.
func unitTheorem(x []kernel.Num, value kernel.Num) *kernel.Theorem {
	t, n := write("LP-SI", kernel.Feasible), len(x)
	beta := t.symbol("p", "beta")
	chances := [...][]kernel.Poly{t.list("u+", "forward", n), t.list("u+", "backward", n)}
	sums := [...][]kernel.Poly{t.list("u", "sum forward", n), t.list("u", "sum backward", n)}
	for i := range n {
		t.fact(kernel.GE, chances[0][i], chances[1][i], times(kernel.Int(-2), beta))
	}
	for order, c := range chances {
		var before kernel.Poly
		for _, i := range arrival(order, n) {
			t.fact(kernel.GE, term(one), less(c[i]), less(before))
			t.fact(kernel.EQ, sums[order][i], less(before), times(x[i].Neg(), c[i]))
			before = sums[order][i]
		}
	}
	t.row(kernel.GE, term(value), less(beta))
	return &t.Theorem
}
