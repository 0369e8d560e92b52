package kernel

// rule is what checks a step of this name, or nil. A switch, and not a table, since a rule with
// steps in it comes back here.
func rule(name string) func(*checker) {
	switch name {
	case "block":
		return (*checker).block
	case "combine":
		return (*checker).combine
	case "define":
		return (*checker).define
	case "dualise":
		return (*checker).dualise
	case "exponential":
		return (*checker).exponential
	case "generate":
		return (*checker).generate
	case "image":
		return (*checker).image
	case "invariant":
		return (*checker).invariant
	case "prefix":
		return (*checker).prefix
	case "project":
		return (*checker).project
	case "sort":
		return (*checker).sortRule
	case "split":
		return (*checker).split
	case "witness":
		return (*checker).witness
	}
	return nil
}

// steps reads STEPS in the scope that is open.
func (c *checker) steps() {
	n := 0
	for c.Open('['); c.More(); n++ {
		c.enter("step", n)
		c.Open('{')
		c.Member("rule")
		name := c.Text()
		check := rule(name)
		if check == nil {
			c.Fail("there is no such rule")
		}
		c.place[len(c.place)-1].rule = name
		c.applied++
		check(c)
		c.Close('}')
		c.leave()
	}
}

// inner reads the member name, the steps of an inner scope.
func (c *checker) inner(name string, begin func(s *scope)) {
	c.Member(name)
	c.enter(name, -1)
	c.open(begin)
	c.leave()
}
