package decide

import (
	"math/big"

	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
	"pstar/witness"
)

// Document is the certificate of results: the theorems of their claims, written out, each with its proof or its
// refutation. Results without a theorem, undecided ones, have no part in it; nil is
// returned if none has. What the document says is not taken from the text of the file:
// each theorem is written out, and the checker compares it with the file if asked to.
func Document(results []*Result) witness.Document {
	var list []witness.LiteralProof
	for _, r := range results {
		for _, s := range r.Settled {
			// A refuted claim on an optimum has a proof of its other half before the
			// refutation; only what refutes has a part in the certificate then.
			if r.Status != theorems.Refuted || s.Refuted {
				list = append(list, s.certificate())
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return witness.Literal(list)
}

// certificate is the theorem with what shows it: a point, the steps of a proof by hand,
// or the steps that its proofs by linear programs come to.
func (s *Settled) certificate() witness.LiteralProof {
	p := witness.LiteralProof{Theorem: s.Theorem()}
	switch {
	case s.Refuted:
		p.Refuted = &witness.Refutation{Point: s.Point, Row: s.Row}
		// All rows hold at the point, and there are no unknowns: that is a
		// contradiction among the facts at the point, which the kernel wants to see
		// derived.
		if s.Row < 0 {
			p.Refuted.Steps = []witness.Step{s.contradictionAt()}
		}
	case s.steps != nil:
		p.Rows = s.steps
	default:
		p.Rows = s.rowSteps()
		// An iff has two parts: the rows follow from the facts, and where the rows hold
		// there are unknowns.
		if s.Iff {
			p.Exists = s.existsSteps()
		}
	}
	return p
}

var one = rational.Whole(1)

// minusOne is −1 ≥ 0, by which the kernel knows a contradiction.
func minusOne() *theorem.Fact {
	return &theorem.Fact{Relation: theorem.GE, Poly: theorem.Poly{{C: theorem.Int(-1)}}}
}

// constantPoly is a number, not 0, as a polynomial.
func constantPoly(c rational.Rat) theorem.Poly {
	return theorem.Poly{{C: theorem.Number(c.Big())}}
}

// symbolPoly is a number, not 0, times a symbol.
func symbolPoly(c rational.Rat, symbol int) theorem.Poly {
	return theorem.Poly{{C: theorem.Number(c.Big()), M: theorem.Product(symbol)}}
}

// sign is the reference to the fact that a nonnegative symbol is ≥ 0. The kernel
// numbers these facts from −1 downwards.
func sign(symbol int) int { return -1 - symbol }

// shares are the products and equations of a sum of facts. The kernel has two lists of
// summands: products of facts ≥ 0 with a positive number, and equations times any
// polynomial.
func (s *Settled) shares(c *witness.Combine, list []statement.Share) {
	for _, share := range list {
		if s.relation(share.Number) == statement.Equal {
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(share.Factor), Fact: share.Number})
		} else {
			c.Products = append(c.Products, witness.Product{Factor: share.Factor, Facts: []int{share.Number}})
		}
	}
}

// relation is that of a fact, or of a row. Rows are numbered behind the facts, images
// of rows behind the other rows: so the shares of proofs count, and the kernel too.
func (s *Settled) relation(number int) statement.Relation { return s.numbered(number).Relation }

// numbered is the row with a number as proofs count: facts, rows, images.
func (s *Settled) numbered(number int) statement.Row {
	if number < len(s.Facts) {
		return s.Facts[number]
	}
	if number -= len(s.Facts); number < len(s.Problem.Rows) {
		return s.Problem.Rows[number]
	}
	return s.Images[number-len(s.Problem.Rows)].Row
}

// rowSteps prove that the rows follow from the facts. Each is one combination, except
// where a proof shows that the facts contradict each other: that is derived once, as 1
// = 0, and settles all rows that rest on it.
func (s *Settled) rowSteps() (steps []witness.Step) {
	zero := -1 // the fact 1 = 0, once it has been derived
	for i, p := range s.Follow {
		switch {
		// The share list is the sum; what is left of the row is nonnegative by itself,
		// which the kernel sees.
		case !p.Absurd:
			c := witness.Combine{Goal: i}
			s.shares(&c, p.Shares)
			steps = append(steps, c)
		default:
			// The two steps add two facts behind those of the theorem; the second one
			// is 1 = 0.
			if zero < 0 {
				zero = len(s.Facts) + 1
				steps = append(steps, s.absurdity(p), nought(zero-1))
			}
			row := s.Problem.Rows[i]
			steps = append(steps, anything(i, row.Form.Poly(), row.Relation == statement.Above, zero))
		}
	}
	return steps
}

// absurdity derives −1 ≥ 0 from facts of which a sum is negative, or is 0 although one of them is strict.
//
// The sum of the shares is a number ≤ 0 less multiples of nonnegative symbols. If the
// number is negative, the sum divided by it is −1 ≥ 0. If it is 0, a strict fact f has
// a share a > 0, and the sum says a·f = −(the others) ≤ 0, although f > 0: the kernel
// derives −1·(a·f) ≥ 0 and divides by what is positive.
func (s *Settled) absurdity(p *farkas.Proof) witness.Step {
	var constant rational.Rat
	strict := -1
	for k, share := range p.Shares {
		row := s.numbered(share.Number)
		constant = constant.Add(share.Factor.Mul(row.Form.Constant()))
		if row.Relation == statement.Above {
			strict = k
		}
	}
	c := witness.Combine{New: minusOne(), Times: constant.Neg()}
	list := p.Shares
	if constant.Sign() == 0 { // a·f·(−1) = the other facts, for a strict fact f
		f := p.Shares[strict]
		c.Times, c.By = f.Factor, []int{f.Number}
		list = append(append([]statement.Share(nil), list[:strict]...), list[strict+1:]...)
	}
	s.shares(&c, list)
	return c
}

// nought derives 1 = 0 from the fact −1 ≥ 0. An equation is two inequalities for the
// kernel: 1 ≥ 0 is the fact and a number, and −1 ≥ 0 is the fact.
func nought(absurd int) witness.Step {
	products := []witness.Product{{Factor: one, Facts: []int{absurd}}}
	return witness.Combine{New: &theorem.Fact{Relation: theorem.EQ, Poly: constantPoly(one)}, Products: products, Converse: products}
}

// anything settles a goal by 1 = 0: g = g·1, or 1 + (g − 1)·1 if it is strict. By 1 = 0
// any polynomial is 0. Of a strict goal the product 1 with no facts is what makes it
// more than 0.
func anything(goal int, poly theorem.Poly, strict bool, zero int) witness.Step {
	c := witness.Combine{Goal: goal}
	if strict {
		c.Products = []witness.Product{{Factor: one}}
		poly = lessOne(poly)
	}
	// The polynomial may be 0 by now, and the kernel has no equations with a factor 0.
	if len(poly) > 0 {
		c.Equations = []witness.Equation{{Poly: poly, Fact: zero}}
	}
	return c
}

// lessOne is a polynomial less 1. The constant term comes first, if there is one, and
// is left out where it cancels.
func lessOne(p theorem.Poly) theorem.Poly {
	constant := theorem.Int(-1)
	if len(p) > 0 && p[0].M.Degree() == 0 {
		constant = theorem.Number(new(big.Rat).Sub(p[0].C.Rat(), big.NewRat(1, 1)))
		p = p[1:]
	}
	// Adding the constant −1 has made it 0, which is no term.
	if constant.Sign() == 0 {
		return p
	}
	return append(theorem.Poly{{C: constant}}, p...)
}

// contradictionAt derives −1 ≥ 0 from the facts with unknowns at the point, which are
// numbered behind the facts: a sum by the generator has no unknowns but with negative
// coefficients, and is negative, or is 0 with a strict fact. Parameters are numbers
// there, so that each fact is one on the unknowns alone.
func (s *Settled) contradictionAt() witness.Step {
	value := s.dual.rows[s.generator].Form.At(s.Point)
	factor := one
	// What a line requires is an equation; it may fail by being too large, and then the
	// opposite of the line is a multiplier as well.
	if s.generator >= len(s.dual.rays) && value.Sign() > 0 { // a line, the other way
		factor = factor.Neg()
		value = value.Neg()
	}
	c := witness.Combine{Times: value.Neg()}
	y := s.dual.generator(s.generator)
	strict := -1
	// Any strict fact of the generator will do, the last one is taken; only where the
	// sum is 0 is one needed.
	for _, e := range y {
		if value.IsZero() && s.Facts[s.dual.facts[e.Index]].Relation == statement.Above {
			strict = e.Index
			c.Times, c.By = rational.RatFromInt(e.Value), []int{len(s.Facts) + e.Index}
		}
	}
	for _, e := range y {
		number, f := len(s.Facts)+e.Index, factor.Mul(rational.RatFromInt(e.Value))
		switch {
		// It stands on the other side already.
		case e.Index == strict:
		case s.Facts[s.dual.facts[e.Index]].Relation == statement.Equal:
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(f), Fact: number})
		default:
			c.Products = append(c.Products, witness.Product{Factor: f, Facts: []int{number}})
		}
	}
	return c
}
