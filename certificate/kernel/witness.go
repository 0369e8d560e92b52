package kernel

// witness: the facts hold for unknowns that are polynomials in the other symbols.
//
// Sound: these values are unknowns as they are said to exist.
func (c *checker) witness() {
	if !c.scope.existence {
		c.Fail("the scope has no unknowns to be shown")
	}
	values, listed := c.values()
	var goals []Fact
	for _, s := range listed {
		if c.theorem.Symbols[s].Nonnegative {
			goals = append(goals, Fact{GE, values[s]})
		}
	}
	for _, f := range c.theorem.Facts {
		if c.theorem.unknown(f.Poly) {
			goals = append(goals, Fact{f.Relation, c.made(c.substitute(f.Poly, values, c.isUnknown))})
		}
	}
	c.inner("steps", func(s *scope) { s.goals = goals })
	c.scope.existenceSettled = true
}

// values reads the values of unknowns, which ascend.
func (c *checker) values() (map[int]Poly, []int) {
	values, listed := map[int]Poly{}, []int(nil)
	c.Member("values")
	least := 0
	for c.Open('['); c.More(); {
		c.Open('[')
		c.Next()
		s := c.Below(least, len(c.theorem.Symbols))
		if !c.theorem.Symbols[s].Unknown {
			c.Fail("symbol %d is not an unknown", s)
		}
		least = s + 1
		c.Next()
		p := c.poly(len(c.nonnegative))
		if c.theorem.unknown(p) {
			c.Fail("the value of an unknown holds an unknown")
		}
		c.Close(']')
		values[s], listed = p, append(listed, s)
	}
	return values, listed
}

func (c *checker) isUnknown(s int) bool { return c.unknowns[s] }

// substitute puts values in place of the symbols that are to be replaced, 0 where there is none.
func (c *checker) substitute(p Poly, values map[int]Poly, replaced func(s int) bool) Poly {
	c.sum.clear()
	for _, t := range p {
		product := Poly{{C: t.C}}
		for k := 0; k < t.M.degree(); k++ {
			s := t.M.symbol(k)
			factor := Poly{{Int(1), c.single(s)}}
			if replaced(s) {
				factor = values[s]
			}
			c.spend(dearWork)
			if k+1 == t.M.degree() {
				c.sum.addProduct(Int(1), product, factor)
				break
			}
			c.spare.clear()
			c.spare.addProduct(Int(1), product, factor)
			product = c.spare.poly()
		}
		if t.M.degree() == 0 {
			c.sum.add(t.C, "")
		}
	}
	return c.sum.poly()
}
