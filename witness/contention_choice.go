package witness

import (
	"math/big"

	"pstar/certificate/kernel"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// A FeasibleChoice is a choice of both orders that is feasible (Definition 5) for mean sizes,
// or that Algorithm 3 attains for sizes, or both.
//
// Orders are forward and backward, by element and not by place in the order. All numbers
// are exact; of the exponential in the definition only bounds are used.
type FeasibleChoice struct {
	Means  []rational.Rat
	Orders [2][]rational.Rat
	// Sizes are, if Algorithm 3 attains the choice, the values of the size of each element with
	// their positive probabilities.
	Sizes [][][2]rational.Rat
	// Unclaimed: the document does not say that Definition 5 certifies the choice.
	Unclaimed bool
}

// choiceProof writes the proof of the theorem "Definition 5".
// Its work is in the last row of each element, which holds an exponential: the others are
// numbers.
type choiceProof struct {
	*proof.Writer
	*FeasibleChoice
	theorem        *kernel.Theorem
	facts, symbols int // so many so far
}

// rows settles the rows that hold symbols; those of numbers settle themselves. M is the sum
// before the element, as a number. Each sum before an element is made a number, one after the
// other, so that rows become numbers, too.
func (p *choiceProof) rows() {
	// Goals are counted as they come: four for the first element of an order and five for
	// others.
	goal, known := 0, -1 // the fact that the sum before is what it is
	p.facts, p.symbols = len(p.theorem.Facts), len(p.theorem.Symbols)
	p.each(func(order, at, i int, sum, first rational.Rat) {
		if at == 0 {
			known = -1
		} else {
			goal++ // descent
		}
		n := len(p.Means)
		known = p.sum(order*n+i, order*n+at, known, sum)
		// The goal is linear in the sum.
		p.equal(goal+2, known, -1)
		p.exponential(goal+3, order, i, known, sum, first)
		goal += 4
	})
}

// each calls visit for the elements of each order, as they come, with what those before take on
// average, and the first choice of the order, the constant c of the exponential.
func (c *FeasibleChoice) each(visit func(order, at, i int, sum, first rational.Rat)) {
	for order, list := range c.Orders {
		var sum, first rational.Rat
		for at := range c.Means {
			i := at
			// The backward order sees the elements from the last one.
			if order == 1 {
				i = len(c.Means) - 1 - at
			}
			if at == 0 {
				first = list[i]
			}
			visit(order, at, i, sum, first)
			sum = sum.Add(list[i].Mul(c.Means[i]))
		}
	}
}

// shown says whether there is a proof of each row of the theorem. There is none of a row that is
// false, nor of one with an exponential that holds by next to nothing. With equality the
// exponential is that of 0, as that of any other rational number is irrational.
func (c *FeasibleChoice) shown() bool {
	all, before := true, rational.Rat{}
	c.each(func(order, at, i int, sum, first rational.Rat) {
		one, x := rational.NewRat(1, 1), c.Orders[order][i]
		// Rows without an exponential are numbers.
		for _, n := range []rational.Rat{x, one.Sub(x), one.Sub(first).Sub(x).Sub(sum), one.Sub(x).Sub(sum).Sub(sum)} {
			all = all && n.Sign() >= 0
		}
		if at > 0 {
			all = all && x.Cmp(before) <= 0
		}
		if first.Sign() > 0 {
			_, _, _, enough := lower(sum, first, x)
			all = all && enough
		}
		before = x
	})
	return all
}

// sum adds the fact that a symbol is a number, from the fact with this number and that for the
// element before.
func (p *choiceProof) sum(symbol, fact, before int, value rational.Rat) int {
	p.have("=", proof.Monomial(symbol).Plus(kernel.Int(-1), proof.Number(value.Big())), nil, func() {
		p.Constant(1, fact, fact+1)
		// The first sum is 0 by its own fact.
		if before >= 0 {
			p.Constant(1, before, before+1)
		}
	})
	p.facts++
	return p.facts - 1
}

// equal settles a goal with a multiple of an equation.
func (p *choiceProof) equal(goal, equation, times int) {
	p.Combine(goal, nil, func() { p.Constant(times, equation, equation+1) })
}

// exponential settles 1 − c_i − 2M − c U ≥ 0, U = e^(−2M/c): with D = e^(2M/c − x), P = e^x,
// for a number x just below 2M/c, U D P = 1, D ≥ 1, and P is at least some number l, so that l
// U ≤ 1.
func (p *choiceProof) exponential(goal, order, i, known int, sum, first rational.Rat) {
	// The exponential has the factor 0.
	if first.IsZero() {
		p.equal(goal, known, -2)
		return
	}
	n := len(p.Means)
	one, two := rational.NewRat(1, 1), rational.NewRat(2, 1)
	x, terms, l, _ := lower(sum, first, p.Orders[order][i])
	u, d, e := (2+order)*n+i, p.symbols, p.symbols+1
	scaled := proof.Monomial(order*n + i).Times(proof.Number(two.Quo(first).Big()))
	minus := kernel.Int(-1)
	// D has the small rest of the exponent, P the rational number x: together with U they
	// multiply to 1.
	p.symbol(scaled.Plus(minus, proof.Number(x.Big())))
	p.symbol(proof.Number(x.Big()))
	p.symbols += 2
	// U > 0 from no terms, D ≥ 1 + its exponent from the tangent, P from a Taylor
	// polynomial.
	for _, b := range [][2]int{{u, 0}, {d, 2}, {e, terms}} {
		p.Rule("exponential", "bound", func() {
			p.Int(b[0])
			p.Int(b[1])
		})
	}
	p.Rule("exponential", "product", func() {
		p.Tuple(u, d, e)
		p.Tuple()
	})
	// Numbers of the facts that these rules add, in their order.
	positive, tangent, taylor, product := p.facts, p.facts+1, p.facts+2, p.facts+3
	above := p.facts + 4 // D ≥ 1
	p.facts += 5
	p.have(">=", proof.Monomial(d).Plus(minus, proof.Number(one.Big())), func() { p.Product(1, tangent) }, func() { p.multiple(two.Quo(first), known) })
	// The goal times l: each product below is of facts that are not negative, and what is
	// left is l − l·c_i − 2lM − c, a number.
	p.ScaledCombine(goal, l, func() {
		p.RatTerm(first.Big(), positive, taylor)        // c U (P − l)
		p.RatTerm(first.Mul(l).Big(), positive, above)  // c l U (D − 1)
		p.RatTerm(first.Big(), positive, taylor, above) // c U (P − l)(D − 1)
	}, func() {
		p.multiple(l.Mul(two).Neg(), known)
		p.multiple(first.Neg(), product)
	})
}

// lower is a number just below the exponent 2M/c, with a number of terms of its Taylor polynomial
// that is enough, if there is one, and the sum of these.
func lower(sum, first, c rational.Rat) (x rational.Rat, terms int, l rational.Rat, enough bool) {
	one, exponent := rational.NewRat(1, 1), sum.Add(sum).Quo(first)
	// Room is 1 − 2M − c_i.
	room := one.Sub(sum).Sub(sum).Sub(c) // at least first/l is wanted
	// A rounded exponent keeps numbers short; how far is found by trying, with a few more bits
	// each time.
	// It ends: where the choice is feasible with room to spare, some precision shows it, and
	// with equality the exponent is 0. Where it is not feasible no precision does.
	for bits := uint(24); ; bits *= 2 {
		// An exponent beyond 16 says hardly more than 16 does, and takes more terms.
		x = rational.MinRat(down(exponent, bits), rational.NewRat(16, 1))
		power := one
		l = rational.Rat{}
		// As few terms as will do, since each lengthens the document.
		for terms = 0; terms < 64 && (terms == 0 || room.Mul(l).Cmp(first) < 0); {
			// The number of terms of a bound is even.
			for range 2 {
				l = l.Add(power)
				terms++
				power = power.Mul(x).Quo(rational.NewRat(int64(terms), 1))
			}
		}
		if enough = room.Mul(l).Cmp(first) >= 0; enough || bits > 200 {
			return x, terms, l, enough
		}
	}
}

// down is x rounded down to a multiple of 2^−bits.
//
// Below and not above: the polynomial at a smaller number is a bound all the same.
func down(x rational.Rat, bits uint) rational.Rat {
	b := x.Big()
	scaled := new(big.Int).Lsh(b.Num(), bits)
	return rational.RatFromBig(new(big.Rat).SetFrac(scaled.Div(scaled, b.Denom()), new(big.Int).Lsh(big.NewInt(1), bits)))
}

// symbol adds a symbol for an exponential.
func (p *choiceProof) symbol(exponent kernel.Poly) {
	p.Rule("exponential", "symbol", func() { p.poly(exponent) })
}

// poly writes a polynomial as it is.
func (p *choiceProof) poly(q kernel.Poly) { p.Poly(q, rational.NewRat(1, 1)) }

// have adds a fact.
func (p *choiceProof) have(relation string, q kernel.Poly, products, equations func()) {
	p.Have(relation, func() { p.poly(q) }, products, equations)
}

// multiple is a number times an equation.
func (p *choiceProof) multiple(c rational.Rat, equation int) {
	p.Equation(equation, func() {
		// The format has no terms of coefficient 0.
		if !c.IsZero() {
			p.RatTerm(c.Big())
		}
	})
}
