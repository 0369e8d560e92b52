package convexity

import (
	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/witness"
)

// A product is one of symbols and at most one fact proved before, all nonnegative.
type product struct {
	over    multidraft.Set // r of this set, 1 for none
	symbols []int
	fact    int
}

// A multiple is a polynomial times the equation e_A.
type multiple struct {
	f    theorem.Poly
	gone multidraft.Set
}

// add proves f >= 0 as a sum of products, multiples of equations, and terms that are seen to be
// nonnegative, and returns the number of the fact.
func (p *prover) add(f theorem.Poly, products []product, multiples []multiple) int {
	// A step that shows 0 >= 0 would be one more fact for the checker, and products with it would
	// be empty.
	if len(f) == 0 {
		return none
	}
	c := p.combination(products, multiples)
	c.New = &theorem.Fact{Relation: theorem.GE, Poly: f}
	p.steps = append(p.steps, c)
	p.next++
	return p.next - 1
}

func (p *prover) combination(products []product, multiples []multiple) witness.Combine {
	var c witness.Combine
	for _, q := range products {
		// A multiple of 0.
		if q.fact == none {
			continue
		}
		w := witness.Product{Factor: rational.NewRat(1, 1), Facts: []int{q.fact}}
		for _, s := range q.symbols {
			w.Facts = append(w.Facts, p.signs[s])
		}
		if q.over != 0 {
			w.Facts = append(w.Facts, p.signs[p.symbols[q.over]])
		}
		c.Products = append(c.Products, w)
	}
	for _, e := range multiples {
		if len(e.f) > 0 {
			c.Equations = append(c.Equations, witness.Equation{Poly: e.f, Fact: p.facts[key{kind: "e", gone: e.gone}]})
		}
	}
	return c
}

// once looks a fact up, or makes it.
func (p *prover) once(k key, prove func() int) int {
	// Many sums need it: proved once, it is one step of the document.
	if fact, known := p.facts[k]; known {
		return fact
	}
	fact := prove()
	p.facts[k] = fact
	return fact
}

// fewer proves W_k(A) >= W_{k+1}(A) for S. At k = 0
//
//	1 - r_A p(S∖A) = r_A (sum of p off S and A) - e_A,
//
// and else it is the sum of r_A p_z (W_{k-1}(A+z) - W_k(A+z)).
func (p *prover) fewer(gone multidraft.Set, draws int) int {
	return p.once(key{"fewer", 0, gone, draws}, func() int {
		f := minus(p.within(p.set(), gone, draws), p.within(p.set(), gone, draws+1))
		// The start of the induction, from the equation of A alone.
		if draws == 0 {
			return p.add(f, nil, []multiple{{number(-1), gone}})
		}
		return p.add(f, p.each(p.set()&^gone, gone, func(z int) int { return p.fewer(gone|1<<z, draws-1) }), nil)
	})
}

// each lists the products r_A p_z fact(z).
func (p *prover) each(tokens, over multidraft.Set, fact func(z int) int) (list []product) {
	for _, z := range tokens.Tokens() {
		list = append(list, product{over, []int{z}, fact(z)})
	}
	return list
}

// lower proves W_k(A) >= W_k(A+x) for S and x in S∖A. With V the sum of p_z W_{k-1}(A+x+z), z in
// S∖A∖x, and r' = r_{A+x}, so that W_k(A+x) = r' V, it is
//
//	r_A p_x (W_{k-1}(A+x) - W_k(A+x)) + sum of r_A p_z (W_{k-1}(A+z) - W_{k-1}(A+z+x)) + r' V e_A - r_A V e_{A+x}.
func (p *prover) lower(gone multidraft.Set, draws int) int {
	return p.once(key{"lower", 0, gone, draws}, func() int {
		s, more := p.set(), gone|1<<x
		f := minus(p.within(s, gone, draws), p.within(s, more, draws))
		if len(f) == 0 {
			return none
		}
		products := p.each(s&^more, gone, func(z int) int { return p.lower(gone|1<<z, draws-1) })
		products = append(products, product{gone, []int{x}, p.fewer(more, draws-1)})
		v := p.drawn(s, more, 0, draws)
		return p.add(f, products, []multiple{{p.over(more, v), gone}, {negative(p.over(gone, v)), more}})
	})
}

// wider proves W_k(A+y) for S+y >= W_k(A) for S. With V the sum of p_z W_{k-1}(A+z), z in S∖A,
// and r' = r_{A+y} it is
//
//	sum of r' p_z (W_{k-1}(A+z+y) - W_{k-1}(A+z)) + r' r_A p_y V - r' V e_A + r_A V e_{A+y}.
func (p *prover) wider(gone multidraft.Set, draws int) int {
	return p.once(key{"wider", 0, gone, draws}, func() int {
		s, more := p.set(), gone|1<<p.y()
		f := minus(p.within(p.all, more, draws), p.within(s, gone, draws))
		if len(f) == 0 {
			return none
		}
		products := p.each(s&^gone, more, func(z int) int { return p.wider(gone|1<<z, draws-1) })
		v := p.drawn(s, gone, 0, draws)
		return p.add(f, products, []multiple{{negative(p.over(more, v)), gone}, {p.over(gone, v), more}})
	})
}

// above proves p_x E_k(A) >= W_k(A) for S - W_k(A) for S-x, A without x: it is
//
//	r_A p_x (W_{k-1}(A) - W_{k-1}(A+x)) + r_A p_x p_x E_{k-1}(A+x)
//
// and the sum over z in S∖A∖x of r_A p_z times the same at A+z, k-1.
func (p *prover) above(gone multidraft.Set, draws int) int {
	return p.once(key{"above", 0, gone, draws}, func() int {
		s := p.set()
		f := minus(symbol(x).Times(p.between(gone, draws)), minus(p.within(s, gone, draws), p.within(s&^(1<<x), gone, draws)))
		if len(f) == 0 {
			return none
		}
		products := p.each(s&^gone&^(1<<x), gone, func(z int) int { return p.above(gone|1<<z, draws-1) })
		if draws > 1 { // W_0 is 1 for both
			products = append(products, product{gone, []int{x}, p.lower(gone, draws-1)})
		}
		return p.add(f, products, nil)
	})
}

// below proves W_k(A) for S+y - W_k(A) for S >= p_y E_k(A): it is
//
//	r_A p_y (W_{k-1}(A+y) for S+y - W_{k-1}(A) for S)
//
// and the sum over z in S∖A of r_A p_z times the same at A+z, k-1.
func (p *prover) below(gone multidraft.Set, draws int) int {
	return p.once(key{"below", 0, gone, draws}, func() int {
		s := p.set()
		f := minus(minus(p.within(p.all, gone, draws), p.within(s, gone, draws)), symbol(p.y()).Times(p.between(gone, draws)))
		if len(f) == 0 {
			return none
		}
		products := p.each(s&^gone, gone, func(z int) int { return p.below(gone|1<<z, draws-1) })
		if draws > 1 {
			products = append(products, product{gone, []int{p.y()}, p.wider(gone, draws-1)})
		}
		return p.add(f, products, nil)
	})
}

// rarer proves p(S)^k >= W_k(A) for S: it is
//
//	r_A p(A) (sum of p off S) p(S)^{k-1} + sum of r_A p_z (p(S)^{k-1} - W_{k-1}(A+z))
//	  - p(S)^k e_A + r_A (p(S) - p(A)) p(S)^{k-1} e_∅,
//
// where for A = ∅ the equations cancel.
func (p *prover) rarer(gone multidraft.Set, draws int) int {
	return p.once(key{"rarer", 0, gone, draws}, func() int {
		s := p.set()
		f := minus(power(p.mass(s), draws), p.within(s, gone, draws))
		if len(f) == 0 {
			return none
		}
		products := p.each(s&^gone, gone, func(z int) int { return p.rarer(gone|1<<z, draws-1) })
		var multiples []multiple
		if gone != 0 {
			left := p.over(gone, p.mass(s&^gone)).Times(power(p.mass(s), draws-1))
			multiples = []multiple{{negative(power(p.mass(s), draws)), gone}, {left, 0}}
		}
		return p.add(f, products, multiples)
	})
}

// convex claims MD-W2 and settles it: p_x times below plus p_y times above.
func (p *prover) convex() {
	px, py := symbol(x), symbol(p.y())
	more := minus(p.within(p.all, 0, p.k), p.within(p.set(), 0, p.k))
	less := minus(p.within(p.set(), 0, p.k), p.within(p.set()&^(1<<x), 0, p.k))
	p.claim(minus(px.Times(more), py.Times(less)), []product{
		{symbols: []int{x}, fact: p.below(0, p.k)},
		{symbols: []int{p.y()}, fact: p.above(0, p.k)},
	})
}

// rare claims MD-W1 for S and settles it.
func (p *prover) rare() {
	p.claim(minus(power(p.mass(p.set()), p.k), p.within(p.set(), 0, p.k)), []product{{fact: p.rarer(0, p.k)}})
}

// claim makes f >= 0 the row of the theorem, which is a sum of products.
func (p *prover) claim(f theorem.Poly, products []product) {
	p.theorem.Rows = []theorem.Fact{{Relation: theorem.GE, Poly: f}}
	p.steps = append(p.steps, p.combination(products, nil))
}
