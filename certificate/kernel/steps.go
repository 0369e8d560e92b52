package kernel

// ruleTable is what checks a step, by name: of a function, since a rule with steps in it comes
// back to the table. The list is closed: a rule is trusted code, and a document cannot bring
// one.
func ruleTable() map[string]func(*checker) {
	return map[string]func(*checker){
		"block":       (*checker).block,
		"combine":     (*checker).combine,
		"define":      (*checker).define,
		"dualise":     (*checker).dualise,
		"exponential": (*checker).exponential,
		"generate":    (*checker).generate,
		"image":       (*checker).image,
		"invariant":   (*checker).invariant,
		"prefix":      (*checker).prefix,
		"project":     (*checker).project,
		"sort":        (*checker).sortRule,
		"split":       (*checker).split,
		"witness":     (*checker).witness,
	}
}

// steps reads STEPS in the scope that is open.
func (c *checker) steps() {
	n := 0
	for c.Open('['); c.More(); n++ {
		c.Enter("step", n)
		c.Open('{')
		c.Member("rule")
		name := c.Text()
		check := c.rules[name]
		// An unknown word is no step that could be skipped.
		if check == nil {
			c.Fail("there is no such rule")
		}
		c.Rule(name)
		c.applied++
		check(c)
		c.Close('}')
		c.Leave()
	}
}

// inner reads the member name, the steps of an inner scope.
func (c *checker) inner(name string, begin func(s *scope)) {
	c.Member(name)
	c.Enter(name, -1)
	c.open(begin)
	c.Leave()
}
