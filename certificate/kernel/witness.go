package kernel

// witness: the facts hold for unknowns that are polynomials in the other symbols.
//
// Sound: these values, divided by the number of over, are unknowns as they are said to exist.
// Facts are multiplied by a power of that number, which is positive.
//
// A witness may depend on the parameters, and on numbers that steps have defined from them: an
// optimal solution is often made of minima and quotients.
func (c *checker) witness() {
	// The denominator that all values have in common is told apart, so that long fractions are
	// integers in the document, and in the work of checking it.
	values := map[int]Poly{}
	var goals []Fact
	for s := range c.Member("values").Ascending(len(c.theorem.Symbols)) {
		values[s] = c.Poly(len(c.nonnegative))
		// A value must be known before the unknowns are.
		if c.Hold(2); !c.unknowns[s] || values[s].Holds(c.unknowns) {
			c.Fail("symbol %d is not an unknown, or its value holds an unknown", s)
		}
		// An unknown that is not listed is 0, which is nonnegative.
		if c.nonnegative[s] {
			goals = append(goals, atLeast0(values[s]))
		}
	}
	over := c.factor("over")
	// Only facts with unknowns: the others are what the scope assumes.
	for _, k := range c.with {
		f := c.theorem.Facts[k]
		goals = append(goals, c.at(f, over, values, c.isUnknown))
	}
	// Where the values are numbers there is nothing left to do: the goals are plain to see, and
	// the list of steps is empty.
	c.inner("steps", func(s *scope) { s.goals = goals })
}

// homogeneous multiplies each term of a polynomial by a power of over, so that this and its
// unknowns are as many in each term. Without it 1/over would have to be put in place of the
// unknowns, and all numbers become fractions.
func (c *checker) homogeneous(p Poly, over Num) Poly {
	if over.IsOne() {
		return p
	}
	degree := func(m Mono) (n int) {
		for k := m.Degree() - 1; k >= 0; k-- {
			if c.unknowns[m.Symbol(k)] {
				n++
			}
		}
		return n
	}
	// Unknowns with repetition: x² has two.
	most := 0
	for _, t := range p {
		most = max(most, degree(t.M))
	}
	scaled := make(Poly, len(p))
	for k, t := range p {
		// All terms get the same power, so that the sign of the whole is that of the fact.
		for i := degree(t.M); i < most; i++ {
			t.C = c.Times(t.C, over)
		}
		scaled[k] = t
	}
	return scaled
}

// at is a fact at values for the symbols that are replaced, divided by over; it is kept, and
// multiplied by a power of over.
func (c *checker) at(f Fact, over Num, values map[int]Poly, replaced func(s int) bool) Fact {
	p := c.kept(c.substitute(c.homogeneous(f.Poly, over), values, replaced))
	c.tellAt(f, over, values, replaced, p)
	return Fact{Relation: f.Relation, Poly: p}
}

func (c *checker) isUnknown(s int) bool { return c.unknowns[s] }

// substitute puts values in place of the symbols that are to be replaced, 0 where there is
// none. It is what refutations, witnesses and inductions do to a fact, with other symbols that
// are replaced. Terms of p may become alike, which the sum takes care of.
func (c *checker) substitute(p Poly, values map[int]Poly, replaced func(s int) bool) Poly {
	c.Spend(1)
	for _, t := range p {
		var factors []Poly
		for k := 0; k < t.M.Degree(); k++ {
			s := t.M.Symbol(k)
			// A symbol that stays.
			factor := c.symbol(s)
			if replaced(s) {
				// A missing value is the empty polynomial, 0.
				factor = values[s]
			}
			// A term of degree 64 may be a product of 64 polynomials.
			c.Spend(dearWork)
			factors = append(factors, factor)
		}
		c.sum.Add(t.C, factors...)
	}
	return c.sum.Poly()
}
