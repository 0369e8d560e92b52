package decide

import (
	"math/big"

	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/witness"
)

// Document is the certificate of results: the theorems of their claims, written out, each with its proof or its
// refutation. Results without a theorem, undecided ones, have no part in it; nil is returned if none has.
func Document(results []*Result) witness.Document {
	var list []witness.LiteralProof
	for _, r := range results {
		for _, s := range r.Settled {
			if r.Status != Refuted || s.Refuted {
				list = append(list, s.certificate())
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return witness.Literal(list)
}

func (s *Settled) certificate() witness.LiteralProof {
	p := witness.LiteralProof{Theorem: s.Theorem()}
	switch {
	case s.Refuted:
		p.Refuted = &witness.Refutation{Point: s.Point, Row: s.Row}
		if s.Row < 0 {
			p.Refuted.Steps = []witness.Step{s.contradictionAt()}
		}
	case s.steps != nil:
		p.Rows = s.steps
	default:
		p.Rows = s.rowSteps()
		if s.Iff {
			p.Exists = s.existsSteps()
		}
	}
	return p
}

var (
	one      = rational.NewRat(1, 1)
	minusOne = theorem.Fact{Relation: theorem.GE, Poly: theorem.Poly{{C: theorem.Int(-1)}}}
)

// constantPoly is a number, not 0, as a polynomial.
func constantPoly(c rational.Rat) theorem.Poly {
	return theorem.Poly{{C: theorem.Number(c.Big())}}
}

// symbolPoly is a number, not 0, times a symbol.
func symbolPoly(c rational.Rat, symbol int) theorem.Poly {
	return theorem.Poly{{C: theorem.Number(c.Big()), M: theorem.Product(symbol)}}
}

// sign is the reference to the fact that a nonnegative symbol is ≥ 0.
func sign(symbol int) int { return -1 - symbol }

// shares are the products and equations of a sum of facts.
func (s *Settled) shares(c *witness.Combine, list []statement.Share) {
	for _, share := range list {
		if s.relation(share.Number) == statement.Equal {
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(share.Factor), Fact: share.Number})
		} else {
			c.Products = append(c.Products, witness.Product{Factor: share.Factor, Facts: []int{share.Number}})
		}
	}
}

// relation is that of a fact, or of a row, which are numbered behind the facts, images behind the others.
func (s *Settled) relation(number int) statement.Relation { return s.numbered(number).Relation }

func (s *Settled) numbered(number int) statement.Row {
	if number < len(s.Facts) {
		return s.Facts[number]
	}
	if number -= len(s.Facts); number < len(s.Problem.Rows) {
		return s.Problem.Rows[number]
	}
	return s.Images[number-len(s.Problem.Rows)].Row
}

// rowSteps prove that the rows follow from the facts.
func (s *Settled) rowSteps() (steps []witness.Step) {
	zero := -1 // the fact 1 = 0, once it has been derived
	for i, p := range s.Follow {
		switch {
		case !p.Absurd:
			c := witness.Combine{Goal: i}
			s.shares(&c, p.Shares)
			steps = append(steps, c)
		default:
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
func (s *Settled) absurdity(p *Proof) witness.Step {
	var constant rational.Rat
	strict := -1
	for k, share := range p.Shares {
		row := s.numbered(share.Number)
		constant = constant.Add(share.Factor.Mul(row.Form.Constant()))
		if row.Relation == statement.Above {
			strict = k
		}
	}
	c := witness.Combine{New: &minusOne, Times: constant.Neg()}
	list := p.Shares
	if constant.Sign() == 0 { // a·f·(−1) = the other facts, for a strict fact f
		f := p.Shares[strict]
		c.Times, c.By = f.Factor, []int{f.Number}
		list = append(append([]statement.Share(nil), list[:strict]...), list[strict+1:]...)
	}
	s.shares(&c, list)
	return c
}

// nought derives 1 = 0 from the fact −1 ≥ 0.
func nought(absurd int) witness.Step {
	products := []witness.Product{{Factor: one, Facts: []int{absurd}}}
	return witness.Combine{New: &theorem.Fact{Relation: theorem.EQ, Poly: constantPoly(one)}, Products: products, Converse: products}
}

// anything settles a goal by 1 = 0: g = g·1, or 1 + (g − 1)·1 if it is strict.
func anything(goal int, poly theorem.Poly, strict bool, zero int) witness.Step {
	c := witness.Combine{Goal: goal}
	if strict {
		c.Products = []witness.Product{{Factor: one}}
		poly = lessOne(poly)
	}
	if len(poly) > 0 {
		c.Equations = []witness.Equation{{Poly: poly, Fact: zero}}
	}
	return c
}

// lessOne is a polynomial less 1.
func lessOne(p theorem.Poly) theorem.Poly {
	constant := theorem.Int(-1)
	if len(p) > 0 && p[0].M.Degree() == 0 {
		constant = theorem.Number(new(big.Rat).Sub(p[0].C.Rat(), big.NewRat(1, 1)))
		p = p[1:]
	}
	if constant.Sign() == 0 {
		return p
	}
	return append(theorem.Poly{{C: constant}}, p...)
}

// contradictionAt derives −1 ≥ 0 from the facts with unknowns at the point, which are numbered behind the facts: a sum by the generator has
// no unknowns but with negative coefficients, and is negative, or is 0 with a strict fact.
func (s *Settled) contradictionAt() witness.Step {
	value := s.dual.rows[s.generator].Form.At(s.Point)
	factor := one
	if s.generator >= len(s.dual.rays) && value.Sign() > 0 { // a line, the other way
		factor = factor.Neg()
		value = value.Neg()
	}
	c := witness.Combine{Times: value.Neg()}
	y := s.dual.generator(s.generator)
	strict := -1
	for _, e := range y {
		if value.IsZero() && s.Facts[s.dual.facts[e.Index]].Relation == statement.Above {
			strict = e.Index
			c.Times, c.By = rational.RatFromInt(e.Value), []int{len(s.Facts) + e.Index}
		}
	}
	for _, e := range y {
		number, f := len(s.Facts)+e.Index, factor.Mul(rational.RatFromInt(e.Value))
		switch {
		case e.Index == strict:
		case s.Facts[s.dual.facts[e.Index]].Relation == statement.Equal:
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(f), Fact: number})
		default:
			c.Products = append(c.Products, witness.Product{Factor: f, Facts: []int{number}})
		}
	}
	return c
}
