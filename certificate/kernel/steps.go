package kernel

// rules are the rules a step may name.
var rules map[string]func(*checker)

func init() { // a rule with steps in it uses the table
	rules = map[string]func(*checker){
		"combine":   (*checker).combine,
		"define":    (*checker).define,
		"dualise":   (*checker).dualise,
		"invariant": (*checker).invariant,
		"sort":      (*checker).sortRule,
		"split":     (*checker).split,
		"witness":   (*checker).witness,
	}
}

// steps reads STEPS in the scope that is open.
func (c *checker) steps() {
	n := 0
	for c.Open('['); c.More(); n++ {
		c.enter("step", n)
		c.Open('{')
		c.Member("rule")
		name := c.Text()
		rule, known := rules[name]
		if !known {
			c.Fail("there is no such rule")
		}
		c.place[len(c.place)-1].rule = name
		c.applied++
		rule(c)
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
