package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// A choice is numbers c of both orders, by element, and mean sizes.
// They are what Algorithm 3 is told: the probability with which element i is to be accepted,
// whatever its size, if the order is this one.
// It has at least one element, and all lists are of one length; the numbers may be any.
type choice struct {
	means  []kernel.Num
	orders [2][]kernel.Num
}

// readChoice reads {"means":[NUM,…],"forward":[NUM,…],"backward":[NUM,…]}, of the same length.
func readChoice(r *kernel.Reader) *choice {
	c := &choice{}
	r.Open('{')
	r.Member("means")
	for _, mean := range readNumbers(r) {
		if mean.Sign() < 0 {
			r.Fail("a mean is negative")
		}
		c.means = append(c.means, mean)
	}
	for k, name := range []string{"forward", "backward"} {
		r.Member(name)
		c.orders[k] = readNumbers(r)
		// Elements have numbers, the same in all lists.
		if len(c.orders[k]) != len(c.means) || len(c.means) == 0 {
			r.Fail("the lists of a choice must have the same length, at least 1")
		}
	}
	r.Close('}')
	return c
}

// readNumbers reads a list of numbers.
// Of any kind; what they must be, the caller says.
func readNumbers(r *kernel.Reader) (list []kernel.Num) {
	for r.Open('['); r.More(); {
		// Before the number is read: what a document may be is bounded, not only what is
		// kept.
		if len(list) == MaxElements {
			r.Fail("more than %d elements", MaxElements)
		}
		list = append(list, r.Number())
		r.Kept(kernel.Fact{Poly: kernel.Poly{{C: list[len(list)-1]}}})
	}
	return list
}

// arrival lists the elements 0..n-1 in the order of arrival: forward (0), or backward.
// Only these two orders have a distribution of 1/2 each; weighted lists of orders are a builder
// of their own.
// 0 is the forward order.
func arrival(order, n int) []int {
	list := make([]int, n)
	for k := range list {
		if list[k] = k; order == 1 {
			list[k] = n - 1 - k
		}
	}
	return list
}

// theorem makes the theorem "Definition 5", implied. Symbols, p: M forward[i]; M backward[i],
// the sums of the c_j μ_j before i; U forward[i]; U backward[i], exponentials, of −2/c M where
// c, that of the first element, is not 0, else of −M. Facts, in each order: M = 0 for the first
// element, and for the others M − the M of the element before − its c μ = 0. Rows, in each
// order, for each i: c_i ≥ 0; 1 − c_i ≥ 0; the c of the element before − c_i ≥ 0, but for the
// first; 1 − c − c_i − M ≥ 0; 1 − c_i − 2M − c U ≥ 0. M is a symbol, and not a number that is
// computed here, since the exponential of it is a symbol, too, whose enclosure is for the proof
// to find.
func (c *choice) theorem(r *kernel.Reader) *kernel.Theorem {
	n := len(c.means)
	t := &kernel.Theorem{Name: "Definition 5", Kind: kernel.Implied}
	// Exponentials stand behind the sums of which they are.
	for _, name := range []string{"M forward", "M backward", "U forward", "U backward"} {
		for i := range n {
			t.Symbols = append(t.Symbols, kernel.Symbol{Name: fmt.Sprintf("%s[%d]", name, i+1)})
		}
	}
	for k, list := range c.orders {
		sequence := arrival(k, n)
		first := list[sequence[0]]
		// The exponent −2/c M would be positive.
		if first.Sign() < 0 {
			r.Fail("a number of a choice is negative")
		}
		for at, i := range sequence {
			sum, u := k*n+i, (2+k)*n+i
			fact := term(one, sum)
			// A choice above 1 or below 0 makes the theorem false, and is not refused here.
			rows := []kernel.Poly{term(list[i]), term(r.Plus(one, list[i].Neg()))}
			// The sum before the first element is 0, and there is none to descend from.
			if at > 0 {
				before := sequence[at-1]
				fact = term(r.Times(list[before], c.means[before]).Neg()).Plus(minus, term(one, k*n+before)).Plus(one, fact)
				rows = append(rows, term(r.Plus(list[before], list[i].Neg())))
			}
			t.Facts = append(t.Facts, r.Kept(kernel.Fact{Relation: kernel.EQ, Poly: fact}))
			withoutFirst := term(r.Plus(r.Plus(one, list[i].Neg()), first.Neg()))
			fromOne := term(r.Plus(one, list[i].Neg()))
			rows = append(rows, withoutFirst.Plus(minus, term(one, sum)), fromOne.Plus(kernel.Int(-2), term(one, sum)).Plus(minus, term(first, u)))
			for _, p := range rows {
				t.Rows = append(t.Rows, r.Kept(kernel.Fact{Poly: p}))
			}
		}
	}
	// The exponents are listed behind all facts, by the order of their symbols.
	for k, list := range c.orders {
		// With c = 0 the exponential has the factor 0 in its row, and may be any; it must be
		// one.
		exponent := minus
		if first := list[arrival(k, n)[0]]; first.Sign() > 0 {
			exponent = r.Over(kernel.Int(-2), first)
		}
		for i := range n {
			t.Exponentials = append(t.Exponentials, kernel.Assignment{Symbol: (2+k)*n + i, Value: term(exponent, k*n+i)})
		}
	}
	return t
}
