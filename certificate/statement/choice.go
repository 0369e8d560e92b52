package statement

import "pstar/certificate/kernel"

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
	r.Open('{')
	c := &choice{means: readNumbers(r.Member("means"))}
	c.orders = [2][]kernel.Num{readNumbers(r.Member("forward")), readNumbers(r.Member("backward"))}
	r.Close('}')
	// Elements have numbers, the same in all lists.
	if n := len(c.means); n == 0 || len(c.orders[0]) != n || len(c.orders[1]) != n {
		r.Fail("the lists of a choice must have the same length, at least 1")
	}
	for _, mean := range c.means {
		if mean.Sign() < 0 {
			r.Fail("a mean is negative")
		}
	}
	return c
}

// readNumbers reads a list of numbers.
// Of any kind; what they must be, the caller says.
func readNumbers(r *kernel.Reader) (list []kernel.Num) {
	for k := range r.List() {
		// Before the number is read: what a document may be is bounded, not only what is
		// kept.
		if k == MaxElements {
			r.Fail("more than %d elements", MaxElements)
		}
		list = append(list, r.Number())
		kept(r, list[k])
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
	t := write("Definition 5", kernel.Implied)
	t.reader = r
	sums := [...][]kernel.Poly{t.list("p", "M forward", n), t.list("p", "M backward", n)}
	// Exponentials stand behind the sums of which they are.
	powers := [...][]kernel.Poly{t.list("p", "U forward", n), t.list("p", "U backward", n)}
	for k, list := range c.orders {
		sequence, m := arrival(k, n), sums[k]
		// With c = 0 the exponential has the factor 0 in its row, and may be any; it must be
		// one.
		first, exponent := list[sequence[0]], minus
		switch first.Sign() {
		case 1:
			exponent = r.Over(kernel.Int(-2), first)
		// The exponent −2/c M would be positive.
		case -1:
			r.Fail("a number of a choice is negative")
		}
		for i := range n {
			t.Exponentials = append(t.Exponentials, kernel.Assignment{Symbol: (2+k)*n + i, Value: r.Keep(times(exponent, m[i]))})
		}
		for at, i := range sequence {
			left := r.Plus(one, list[i].Neg())
			// A choice above 1 or below 0 makes the theorem false, and is not refused here.
			t.row(kernel.GE, term(list[i]))
			t.row(kernel.GE, term(left))
			// The sum before the first element is 0, and there is none to descend from.
			if at == 0 {
				t.fact(kernel.EQ, m[i])
			} else {
				before := sequence[at-1]
				t.fact(kernel.EQ, m[i], less(m[before]), term(r.Times(list[before], c.means[before]).Neg()))
				t.row(kernel.GE, term(r.Plus(list[before], list[i].Neg())))
			}
			t.row(kernel.GE, term(r.Plus(left, first.Neg())), less(m[i]))
			t.row(kernel.GE, term(left), times(kernel.Int(-2), m[i]), times(first.Neg(), powers[k][i]))
		}
	}
	return &t.Theorem
}
