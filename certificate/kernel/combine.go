package kernel

import "iter"

// combine: times·(Π by)·goal = Σ NUM·Π REF + Σ POLY·REF + rest, as an identity of polynomials.
//
// Sound: the products of facts ≥ 0 are ≥ 0, facts = 0 are 0, the rest is ≥ 0 as its terms have
// positive coefficients and nonnegative symbols; and times and Π by are > 0. What is ≥ 0, and
// its negative, is 0.
//
// Where it is incomplete: the number of products is what a prover finds. By Farkas' lemma
// linear facts need no products of two; beyond that, Positivstellensätze say what suffices.
func (c *checker) combine() {
	c.Member("goal")
	goal, settled := c.goal()
	// Without by and times the goal itself is the sum; with them the proof divides, by what is
	// > 0 only: to divide by what is ≥ 0 would show anything where it is 0.
	positive := Poly{{C: c.factor("times")}} // times·Π by
	if c.Has("by") {
		for range c.List() {
			f := c.reference()
			// Also an equation is refused here: what is 0 is not > 0.
			if f.Relation != GT {
				c.Fail("a fact of by must be strict")
			}
			positive = c.product(Int(1), positive, f.Poly)
		}
	}
	// Products are only known to be ≥ 0, so that an equation with products has been shown from
	// one side. From equations alone it is an identity, both sides at once.
	if c.shows(positive, goal) && goal.Relation == EQ {
		c.Member("converse").Open('{')
		c.shows(Poly{{C: Int(-1)}}, goal)
		c.Close('}')
	}
	// A new fact counts from here on; a goal of the scope is noted, and does not become a fact
	// by that.
	if settled != nil {
		*settled = true
	} else {
		c.derived(goal)
	}
}

// shows reads what the goal times a positive polynomial is the sum of. If there are products,
// an equation is only shown to be ≥ 0. It returns whether there were products.
func (c *checker) shows(positive Poly, goal Fact) (products bool) {
	c.sum.Add(Int(1), positive, goal.Poly)
	strict, count := c.products()
	c.equations()
	if goal.Relation == EQ && count > 0 {
		// The other side is for converse to show.
		goal.Relation = GE
	}
	c.holds(goal.Relation, strict)
	return count > 0
}

// holds rejects what is left in the sum if it does not show the relation.
// This is the one place in which combine and project accept.
func (c *checker) holds(relation Relation, strict bool) {
	if reason := c.rest(c.sum.Terms(), relation, strict); reason != "" {
		c.Fail("%s", reason)
	}
	// For export to other solvers; the verdict is the same with it and without.
	c.tell(relation)
	c.sum.Clear()
}

// factor reads the member with this name, a positive number, which is 1 if it is missing.
// A spelling of 1 that is written out is accepted: it makes the document longer, and nothing
// wrong.
func (c *checker) factor(name string) Num {
	if !c.Has(name) {
		return Int(1)
	}
	n := c.Number()
	// times 0 would make every goal an identity.
	if n.Sign() <= 0 {
		c.Fail("the number of %s must be positive", name)
	}
	return n
}

// goal reads a GOAL: the number of a goal of the scope, and where to note that it is
// settled; or a fact that is to be added.
// The goals of the scope that is open only: those of an outer one are settled by the rule that
// opened this one, or not at all.
func (c *checker) goal() (Fact, *bool) {
	if c.Peek() == '[' {
		return c.Fact(len(c.nonnegative)), nil
	}
	k := c.Below(0, len(c.scope.goals))
	return c.scope.goals[k], &c.scope.settled[k]
}

// products subtracts the products from the sum. strict says that one of them is > 0, as it has
// a positive number and strict facts only. Factors may repeat, so that squares of facts and of
// signs are there; squares of other polynomials are not, and a proof that needs one splits by
// the sign of what is squared.
func (c *checker) products() (strict bool, count int) {
	for range c.Member("products").Lists() {
		count++
		n := c.Number()
		// A negative multiple of what is ≥ 0 is ≤ 0.
		if n.Sign() <= 0 {
			c.Fail("the number of a product must be positive")
		}
		// The product of no factors is the number itself, which is > 0.
		allStrict, factors := true, make([]Poly, 0, 4)
		for c.Peek() != ']' {
			// Each takes two bytes of a document, and more of memory.
			f := c.reference()
			if len(factors) == maxDegree {
				c.Exceed("a product has more than the %d factors that the format allows", maxDegree)
			}
			factors, allStrict = append(factors, f.Poly), allStrict && f.Relation == GT
		}
		c.sum.Add(n.Neg(), factors...)
		// One strict product makes the whole sum strict, as the others are ≥ 0.
		strict = strict || allStrict
	}
	return strict, count
}

// equations subtracts the multiples of facts = 0 from the sum.
// Multiples are any polynomials, of either sign: 0 times anything is 0.
func (c *checker) equations() {
	for range c.Member("equations").Lists() {
		held := c.Held()
		p := c.Poly(len(c.nonnegative))
		// It is added up and forgotten; counting it as kept would bound proofs by what they no
		// longer hold.
		c.Release(held)
		// Signs of symbols are no equations, so that negative numbers are refused here.
		first := c.Below(0, len(c.facts))
		last := first
		// A run of equations of one form, such as Σ_i a_T(i) = b_T for all T, is named by its
		// ends: the proof of a cell would be fifty times as long otherwise.
		if c.Peek() != ']' { // all facts from one to another
			last = c.Below(first+1, len(c.facts))
		}
		for k := first; k <= last; k++ {
			c.note(k)
			switch f := c.facts[k]; {
			// A run may not smuggle in one that is hidden.
			case c.hidden[k]:
				c.Fail("fact %d is hidden here", k)
			case f.Relation != EQ:
				c.Fail("a fact of equations must be an equation")
			default:
				c.Spend(1)
				c.sum.Add(Int(-1), p, f.Poly)
			}
		}
	}
}

// rest says why terms, which are left of an identity, are not what the relation demands: none for =, and terms
// that are at least 0 for the others; for > also something that is positive. This is what is
// trusted of an identity: everything else is a prover's word.
func (c *checker) rest(terms iter.Seq[Term], relation Relation, strict bool) string {
	for t := range terms {
		if relation == EQ {
			return "the two sides are not the same polynomial"
		}
		if t.C.Sign() < 0 {
			return "the rest has a term with a negative coefficient"
		}
		// A positive number times symbols that are ≥ 0. That x² ≥ 0 for any x is not known here: both symbols
		// must be nonnegative.
		for k := range t.M.Degree() {
			if !c.nonnegative[t.M.Symbol(k)] {
				return "the rest has a term whose symbols are not all nonnegative"
			}
		}
		// A constant that is positive makes it strict.
		strict = strict || t.M.Degree() == 0
	}
	if relation == GT && !strict {
		return "nothing of it is strict"
	}
	return ""
}
