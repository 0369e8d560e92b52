package kernel

import (
	"math/big"

	"pstar/certificate/theorem"
)

// exponential: symbols that stand for e^l, l a polynomial, and what is true of them.
//
// Sound: the symbol is the number so named. A Taylor polynomial of e^l of odd degree, or the
// empty one, is at most e^l for all l, as the remainder is an even power with a positive
// factor; and e^l > 0. The product of e^l and e^m is e^(l+m).
//
// These three facts, for all polynomials l, are all that is ever assumed of e^l: monotonicity,
// upper bounds (by e^l e^−l = 1) and convexity are derived from them.
func (c *checker) exponential() {
	kind := c.Member("as").Word("symbol", "bound", "product")
	c.Member("of").Open('[')
	switch kind {
	// l may hold other exponentials: it is a number all the same.
	case "symbol":
		l := c.Poly(len(c.nonnegative))
		c.Hold(2)
		c.exponents[c.addSymbol(false)] = l
		// A new symbol, and no fact: what it is cannot be said by a polynomial.
		c.derived()
	// For numbers l it is an enclosure, for polynomials an inequality.
	case "bound":
		s, l := c.exponentialSymbol()
		c.exponentialBound(s, l, c.Below(0, maxTaylor+1))
	// e^l is known by l alone, so that equal sums of exponents make equal products.
	case "product":
		first, a := c.exponentials()
		second, b := c.exponentials()
		if len(c.total("+-", a, b)) > 0 {
			c.Fail("the exponents of the two products have different sums")
		}
		c.derived(c.compared(EQ, "+-", Poly{{C: Int(1), M: Product(first...)}}, Poly{{C: Int(1), M: Product(second...)}}))
	}
	c.Close(']')
}

// maxTaylor bounds the terms of a Taylor polynomial.
// Numbers in factorials of more would be long, and a proof has no use for them.
const maxTaylor = 64

// exponentialBound adds s − 1 − l − l²/2 − … ≥ 0 with n terms, n even; s > 0 if there are none.
// With an odd number of terms the remainder has the sign of l: for l < 0 it is not a lower
// bound.
func (c *checker) exponentialBound(s int, l Poly, n int) {
	if n%2 == 1 {
		c.Fail("the number of terms must be even")
	}
	relation, total := GT, c.symbol(s)
	power := Poly{{C: Int(1)}} // of l, over a factorial
	for k := 1; k <= n; k++ {
		relation = GE
		total = c.total("+-", total, power)
		power = c.product(theorem.Number(big.NewRat(1, int64(k))), power, l)
	}
	c.derived(c.compared(relation, "+", total))
}

// exponentialSymbol reads the number of a symbol that is an exponential, and returns its
// exponent.
func (c *checker) exponentialSymbol() (s int, l Poly) {
	s = c.Below(0, len(c.nonnegative))
	l, known := c.exponents[s]
	if !known {
		c.Fail("symbol %d is not an exponential", s)
	}
	return s, l
}

// exponentials reads a list of symbols for e^l and returns it, with the sum of the l.
func (c *checker) exponentials() (list []int, total Poly) {
	for range c.List() {
		s, l := c.exponentialSymbol()
		if len(list) == maxDegree {
			c.Exceed("a term has more than the %d symbols that the format allows", maxDegree)
		}
		list, total = append(list, s), c.total("++", total, l)
	}
	return list, total
}
