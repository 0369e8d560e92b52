package kernel

// ruleTable is what checks a step, by name: of a function, since a rule with steps in it comes
// back to the table. The list is closed: a rule is trusted code, and a document cannot bring
// one.
func ruleTable() map[string]func(*checker) {
	return map[string]func(*checker){
		"block":       existence((*checker).block),
		"combine":     (*checker).combine,
		"define":      (*checker).define,
		"dualise":     existence((*checker).dualise),
		"exponential": (*checker).exponential,
		"generate":    (*checker).generate,
		"image":       (*checker).image,
		"invariant":   (*checker).invariant,
		"prefix":      (*checker).prefix,
		"project":     existence((*checker).project),
		"sort":        (*checker).sortRule,
		"split":       (*checker).split,
		"witness":     existence((*checker).witness),
	}
}

// existence is a rule that shows that there are unknowns with the facts.
func existence(rule func(*checker)) func(*checker) {
	return func(c *checker) {
		// In other scopes there is nothing to be shown to exist.
		if !c.scope.existence {
			c.Fail("the scope has no unknowns to be shown")
		}
		rule(c)
		c.scope.existenceSettled = true
	}
}

// steps reads STEPS in the scope that is open.
func (c *checker) steps() {
	n := 0
	for c.Open('['); c.More(); n++ {
		c.Enter("step", n)
		c.Open('{')
		name := c.Member("rule").Text()
		check := c.rules[name]
		// An unknown word is no step that could be skipped.
		if check == nil {
			c.Fail("there is no such rule")
		}
		c.Rule(name)
		c.applied++
		c.tellStep(name)
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
