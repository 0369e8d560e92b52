package statement

import (
	"fmt"
	"slices"

	"pstar/certificate/kernel"
)

// units is contention resolution with k units for the probabilities x, in orders of arrival
// with weights, of which the guarantee times total is a sum. It is a linear program, and stated
// as one: the theorem is that of the builder "program", whose reader need only see that these
// are the rows meant.
type units struct {
	program
	x        []kernel.Num
	k        int
	arrivals [][]int
	weights  []kernel.Num
	total    kernel.Num
	// state and accept are the symbols p[o,t,s] and a[o,t,s], by o·n + t, then s.
	state, accept [][]kernel.Poly
}

// readUnits reads "orders":INT,"units":INT,"x":[NUM,…],"value":NUM, and makes the theorem of
// "program", with the value as its optimum, of this program: maximise beta. Variables, all of
// at least 0: beta; then for each order o, for each place t = 0..n−1 in it, p[o,t,s], s =
// 0..min(k,t), the probability that s units are gone when the element at this place arrives;
// and a[o,t,s], s = 0..min(k−1,t), that of this and of accepting it, given that it is active.
//
// Rows: for each element, in their own order, the sum of its a − orders·beta ≥ 0; then for each
// o, t: for each s, p[o,0,0] = 1, or p[o,t,s] − p[o,t−1,s] + x a[o,t−1,s] − x a[o,t−1,s−1] = 0
// with the x of the element at t−1, without what is not there; and for each s, p[o,t,s] −
// a[o,t,s] ≥ 0.
func readUnits(r *kernel.Reader) kernel.Statement {
	u := &units{program: program{maximise: true, outcome: optimal}}
	// One order, or forward and backward.
	orders := r.Member("orders").Below(1, 3)
	// More units than elements are as many as elements: then all can be accepted.
	u.k = r.Member("units").Below(1, MaxElements)
	u.x, u.value = readUnit(r.Member("x"))
	for o := range orders {
		u.arrivals, u.weights = append(u.arrivals, arrival(o, len(u.x))), append(u.weights, one)
	}
	u.total = kernel.Int(int64(orders))
	return u.statement(r, fmt.Sprintf("k = %d, %s", u.k, Many(len(u.x), "element")), "CRS-KLP",
		fmt.Sprintf("for k = %d, %d probabilities and %d orders", u.k, len(u.x), orders))
}

// statement makes the program, and the claim with this tag on what it is for.
func (u *units) statement(r *kernel.Reader, title, tag, what string) kernel.Statement {
	n := len(u.x)
	// States are as many as places times units: refused before any is made.
	if len(u.arrivals)*n*(2*min(u.k, n)+1) > kernel.MaxSymbols-4 {
		r.Fail("there are too many states for the symbols of a theorem")
	}
	u.reader = r
	// Of at least 0, as no guarantee is less.
	beta := u.variable("u+", "beta")
	guarantees := slices.Repeat([]kernel.Poly{times(u.total.Neg(), beta)}, n)
	for o, order := range u.arrivals {
		for t, i := range order {
			u.state = append(u.state, u.places("p", o, t, u.k))
			accept := u.places("a", o, t, u.k-1)
			u.accept = append(u.accept, accept)
			// Symbols ascend from order to order. To add up polynomials would copy them for each of
			// the orders, of which there may be 65 536.
			for _, a := range accept {
				guarantees[i] = append(guarantees[i], times(u.weights[o], a)...)
			}
		}
	}
	for _, g := range guarantees {
		// At least 0: a guarantee that each element has.
		u.fact(kernel.GE, g)
	}
	for o, order := range u.arrivals {
		u.rows(o, order)
	}
	return single("contention resolution, "+title, u.finish(beta),
		kernel.Claim{Tag: tag, Status: "checked", Text: fmt.Sprintf("%s the program of the document has the value %v", what, u.value)})
}

// places adds the variables of a place, s = 0..min(most, t).
func (u *units) places(name string, o, t, most int) (symbols []kernel.Poly) {
	for s := range min(most, t) + 1 {
		symbols = append(symbols, u.variable("u+", name+"[%d,%d,%d]", o, t, s))
	}
	return symbols
}

// at is one of the symbols, or 0 if it is not there.
// Beyond either end there is no state: what would come from there is 0.
func at(symbols []kernel.Poly, s int) kernel.Poly {
	if s < 0 || s >= len(symbols) {
		return nil
	}
	return symbols[s]
}

// rows adds those of an order.
// The law of the state at a place is that at the place before, moved by what was accepted
// there; a part of each state is accepted, at most all of it.
func (u *units) rows(o int, order []int) {
	for t := range order {
		place := o*len(order) + t
		for s, state := range u.state[place] {
			// At the first place all units are there, for sure.
			if t == 0 {
				u.fact(kernel.EQ, state, term(minus))
				continue
			}
			// What was there and not moved on, and what moved here: with x the probability that
			// the element before was active.
			x, before, accepted := u.x[order[t-1]], u.state[place-1], u.accept[place-1]
			u.fact(kernel.EQ, state, less(at(before, s)), times(x, at(accepted, s)), times(x.Neg(), at(accepted, s-1)))
		}
		for s, accepted := range u.accept[place] {
			u.fact(kernel.GE, u.state[place][s], less(accepted))
		}
	}
}
