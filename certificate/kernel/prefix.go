package kernel

import (
	"math/big"

	"pstar/certificate/reading"
)

// prefix: a·y + h(x) ≥ 0, where x = Σ w_i s_i, y = Σ v_i s_i, 0 ≤ s_i ≤ 1, w_i ≥ 0, a > 0, and
// h is concave where x ≥ 0, as it is at every prefix of the symbols with w_i > 0 in ascending
// order of v_i/w_i.
//
// Sound: take any s. Let s' fill the symbols in that order, each up to 1, until x is that of s;
// those with w_i = 0 have v_i ≥ 0, and are 0 in s'. No other s' with this x has a smaller y:
// moving x from a symbol to one before it does not raise y. All symbols of s' are 0 or 1 but
// one, t, between two prefixes; x and y are linear in t, so that a·y + h(x) is concave in t,
// and at least its lesser value at t = 0 and t = 1.
//
// It proves a minimum over 2^n sets, or over a cube, from n + 1 of its points. The numbers are
// integers and are added up as such: with 128 000 tokens an identity of polynomials would be as
// long as the document again, and fractions would have denominators of half a million digits.
func (c *checker) prefix() {
	c.Member("goal")
	goal, settled := c.goal()
	p := &prefixes{checker: c, goal: goal}
	p.x, p.w = c.weighted("x")
	p.y, p.v = c.weighted("y")
	// The two would move together.
	if p.x == p.y {
		c.Fail("x and y are the same symbol")
	}
	p.readGoal(goal)
	p.readBounds()
	p.walk()
	// As in combine.
	if settled != nil {
		*settled = true
	} else {
		c.derived(goal)
	}
}

// prefixes is what the rule prefix reads.
type prefixes struct {
	*checker
	x, y int
	w, v []*big.Int // by symbol; nil for 0
	goal Fact
	// The number times y plus the numbers times powers of x.
	ofY     *big.Int
	powers  []power
	bounded []bool // by symbol: it is at most 1
}

// A term of h.
type power struct {
	degree int
	c      *big.Int
}

// whole is the number, which must be an integer.
// Fractions are refused, not scaled: the goal and the weights would need different scales.
func (c *checker) whole(x Num) *big.Int {
	if !x.Rat().IsInt() {
		c.Fail("a number is not an integer")
	}
	n := x.Rat().Num()
	c.Spend(8 + length(n)/4)
	return n
}

// weighted reads the member with this name, [SYM z,REF], and returns z and the integers of the
// fact z − Σ w_s s = 0. The fact defines z; whatever else may stand in it, also y in the fact
// of x, is a number s that is bounded like others, or else refused in walk.
func (c *checker) weighted(name string) (z int, w []*big.Int) {
	c.Member(name).Open('[')
	z = c.Below(0, len(c.nonnegative))
	f := c.reference()
	c.Close(']')
	c.Spend(len(c.nonnegative))
	w = make([]*big.Int, len(c.nonnegative))
	// Degree 1 and no constant: of each symbol at most one term.
	for _, t := range f.Poly {
		if len(t.M) != symbolBytes {
			c.Fail("the fact of %s is not linear, or has a constant", name)
		}
		w[t.M.Symbol(0)] = c.whole(t.C.Neg())
	}
	if f.Relation != EQ || w[z] == nil || w[z].Cmp(big.NewInt(-1)) != 0 {
		c.Fail("the fact of %s is not an equation of the symbol and others", name)
	}
	// z is no s of its own.
	w[z] = nil
	return z, w
}

// readGoal takes the goal apart, and rejects one that is not concave.
// A sum of y, a constant, x, and negative multiples of higher powers of x is concave for x ≥ 0.
func (p *prefixes) readGoal(goal Fact) {
	// With > nothing is different, but no theorem needs it; an equation does not hold between
	// prefixes.
	if goal.Relation != GE {
		p.Fail("the goal is not of the kind >=")
	}
	for _, t := range goal.Poly {
		n, degree := p.whole(t.C), t.M.Degree()
		if degree == 1 && t.M.Symbol(0) == p.y {
			p.ofY = n
			continue
		}
		for k := 0; k < degree; k++ {
			if t.M.Symbol(k) != p.x {
				p.Fail("a term of the goal is neither y nor a power of x")
			}
		}
		// x² is convex, and least between two prefixes.
		if degree > 1 && n.Sign() > 0 {
			p.Fail("a power of x has a positive coefficient")
		}
		p.powers = append(p.powers, power{degree, n})
	}
	// With a negative multiple of y the sum would be least where y is largest.
	if p.ofY == nil || p.ofY.Sign() < 0 {
		p.Fail("y has no positive coefficient")
	}
}

// readBounds reads the run of facts 1 − s ≥ 0.
// A run of facts, which stand beside each other in every theorem that needs them.
func (p *prefixes) readBounds() {
	p.Member("bounds").Open('[')
	first := p.Below(0, len(p.facts))
	last := p.Below(first, len(p.facts))
	p.Close(']')
	p.bounded = make([]bool, len(p.nonnegative))
	for k := first; k <= last; k++ {
		p.Spend(2)
		f := p.facts[k]
		if p.hidden[k] || f.Relation == EQ || len(f.Poly) != 2 || !f.Poly[0].C.IsOne() || len(f.Poly[0].M) > 0 ||
			!f.Poly[1].C.Equal(Int(-1)) || len(f.Poly[1].M) != symbolBytes {
			p.Fail("fact %d is hidden, or does not say that a symbol is at most 1", k)
		}
		p.bounded[f.Poly[1].M.Symbol(0)] = true
	}
}

// walk reads the order and checks the goal at every prefix.
// Each symbol with a weight comes once: bounded is taken back when it has come, and left
// counts.
func (p *prefixes) walk() {
	left := 0
	for s, w := range p.w {
		switch {
		// x would not grow along the order.
		case w != nil && w.Sign() < 0, p.v[s] != nil && p.v[s].Sign() < 0 && w == nil:
			p.Fail("symbol %d has a negative weight", s)
		// s ≥ 0 is the other bound.
		case (w != nil || p.v[s] != nil) && !p.nonnegative[s]:
			p.Fail("symbol %d is not declared nonnegative", s)
		case w != nil:
			left++
		}
	}
	x, y, before := new(big.Int), new(big.Int), -1
	p.at(x, y)
	for p.Member("order").Open('['); p.More(); left-- {
		s := p.Below(0, len(p.nonnegative))
		if p.w[s] == nil || !p.bounded[s] {
			p.Fail("symbol %d has no weight, no bound, or stands in the order before", s)
		}
		// A symbol with a weight in x alone raises x at no cost, and comes first.
		if p.v[s] == nil {
			p.v[s] = new(big.Int)
		}
		// Ratios are compared by products, exactly.
		if before >= 0 && p.product(p.v[before], p.w[s]).Cmp(p.product(p.v[s], p.w[before])) > 0 {
			p.Fail("symbol %d has a lesser ratio than the one before it", s)
		}
		p.tellNext(x, y, before, s)
		before = s
		p.bounded[s] = false // so that it does not come again
		p.Spend(4)
		p.at(x.Add(x, p.w[s]), y.Add(y, p.v[s]))
	}
	if left != 0 {
		p.Fail("%d symbols with a weight do not stand in the order", left)
	}
}

// at rejects if the goal does not hold for these numbers x and y.
// Powers are made anew at each prefix: their numbers are as long as the powers of the total
// weight.
func (p *prefixes) at(x, y *big.Int) {
	sum := p.product(p.ofY, y)
	for _, h := range p.powers {
		words := length(x) * h.degree
		if words > reading.MaxWords {
			p.Exceed("a number has more than the %d words that the format allows", reading.MaxWords)
		}
		p.Spend(dearWork + words*words/32)
		power := new(big.Int).Exp(x, big.NewInt(int64(h.degree)), nil)
		p.Spend(length(sum) / 2)
		sum.Add(sum, p.product(h.c, power))
	}
	if sum.Sign() < 0 {
		p.Fail("the goal does not hold at the prefix of the order that ends here")
	}
	p.tellPrefix(x, y, sum)
}

// product multiplies integers.
func (p *prefixes) product(a, b *big.Int) *big.Int {
	p.Spend(4 + (length(a)+length(b))/2 + length(a)*length(b)/16)
	return new(big.Int).Mul(a, b)
}

// length is that of an integer in words.
func length(a *big.Int) int { return 1 + a.BitLen()/64 }
