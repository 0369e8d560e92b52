package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

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
	r.Member("value")
	return x, r.Number()
}

// UnitTheorem makes the theorem "LP-SI" for probabilities x, of kind feasible. Symbols: beta,
// p; forward[i], u+; backward[i], u+; sum forward[i], u, the sum of x_j forward[j] for j ≤ i;
// sum backward[i], u, that of x_j backward[j] for j ≥ i. Facts: forward[i] + backward[i] − 2
// beta ≥ 0 for each i; then in each order, for each i in the order, 1 − c_i − the sum before ≥
// 0, and the sum of i − the sum before − x_i c_i = 0. Row: value − beta ≥ 0. Sums have symbols
// of their own, so that a fact has three terms, and not as many as there are elements. The
// program for one unit of the builder "units" says the same in three variables for each place:
// with two thousand elements, whose optimum has three thousand digits, its certificate would
// not fit in a document.
func UnitTheorem(x []kernel.Num, value kernel.Num) *kernel.Theorem {
	n := len(x)
	t := &kernel.Theorem{Name: "LP-SI", Kind: kernel.Feasible, Symbols: []kernel.Symbol{{Name: "beta"}}}
	for _, name := range []string{"forward", "backward"} {
		for i := range n {
			t.Symbols = append(t.Symbols, kernel.Symbol{Name: fmt.Sprintf("%s[%d]", name, i+1), Unknown: true, Nonnegative: true})
		}
	}
	for _, name := range []string{"sum forward", "sum backward"} {
		for i := range n {
			t.Symbols = append(t.Symbols, kernel.Symbol{Name: fmt.Sprintf("%s[%d]", name, i+1), Unknown: true})
		}
	}
	fact := func(relation kernel.Relation, parts ...kernel.Poly) {
		var sum kernel.Poly
		for _, p := range parts {
			sum = sum.Plus(one, p)
		}
		t.Facts = append(t.Facts, kernel.Fact{Relation: relation, Poly: sum})
	}
	for i := range n {
		fact(kernel.GE, term(kernel.Int(-2), 0), term(one, 1+i), term(one, 1+n+i))
	}
	for order := range 2 {
		var before kernel.Poly
		for _, i := range arrival(order, n) {
			c, sum := 1+order*n+i, 1+(2+order)*n+i
			fact(kernel.GE, term(one), term(minus, c), kernel.Poly(nil).Plus(minus, before))
			fact(kernel.EQ, term(x[i].Neg(), c), kernel.Poly(nil).Plus(minus, before), term(one, sum))
			before = term(one, sum)
		}
	}
	t.Rows = []kernel.Fact{{Relation: kernel.GE, Poly: term(value).Plus(one, term(minus, 0))}}
	return t
}
