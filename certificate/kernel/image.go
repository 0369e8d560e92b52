package kernel

// image adds the image of a row under a product of generators, to the facts from which there have to be unknowns.
//
// Sound: the theorem says that there are unknowns where all images of the rows hold, and only these are assumed there.
func (c *checker) image() {
	c.Member("row")
	row := c.theorem.Rows[c.Below(0, len(c.theorem.Rows))]
	if !c.images {
		c.Fail("images of rows are known only in the steps of exists")
	}
	c.Member("by")
	p := row.Poly
	for c.Open('['); c.More(); {
		g := c.theorem.Generators[c.Below(0, len(c.theorem.Generators))]
		c.sum.clear()
		for _, t := range p {
			c.sum.add(t.C, t.M.Image(g, c.singles))
		}
		p = c.sum.poly()
	}
	c.derived(Fact{Relation: row.Relation, Poly: c.made(p)})
}
