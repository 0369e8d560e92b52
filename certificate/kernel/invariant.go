package kernel

// invariant: facts on the state of a process hold at the end, as they hold at the start and survive
// each step.
//
// Sound: induction on the number of times. Everything that is known of the state is
// hidden in both scopes; other symbols do not change. Exponentials of the state change with it, to those that
// new symbols stand for.
func (c *checker) invariant() {
	p := c.theorem.Process
	if p == nil || c.depth != 1 {
		c.Fail("invariant belongs into the steps of the rows of a theorem with a process, not into an inner scope")
	}
	// Symbols that steps have added stand where those of the process are numbered.
	if len(c.nonnegative) != len(c.theorem.Symbols) {
		c.Fail("invariant must come before symbols are defined")
	}
	state := p.State(c.theorem)
	c.Member("facts")
	facts := c.Reader.facts(len(c.theorem.Symbols))
	c.inner("start", func(s *scope) {
		c.hide(state)
		s.goals = c.changed(facts, p.Start, state)
	})
	c.inner("step", func(s *scope) {
		c.hide(state)
		for _, symbol := range p.Symbols {
			c.addSymbol(symbol.Nonnegative)
		}
		for _, a := range p.Exponentials {
			c.exponents[a.Symbol] = a.Value
		}
		for _, f := range append(append([]Fact(nil), p.Facts...), facts...) {
			c.addFact(f)
		}
		s.goals = c.changed(facts, p.Update, state)
	})
	c.derived(facts...)
}

// changed returns the facts when the state has these values. It adds a symbol for each exponential of the theorem that
// depends on the state, in order, for what it becomes.
func (c *checker) changed(facts []Fact, assignments []Assignment, state []bool) (list []Fact) {
	replaced := func(s int) bool { return state[s] }
	values := map[int]Poly{}
	for _, a := range assignments {
		values[a.Symbol] = a.Value
	}
	for _, a := range c.theorem.Exponentials {
		if state[a.Symbol] {
			exponent := c.made(c.substitute(a.Value, values, replaced))
			c.hold(2)
			s, w := c.newSymbol()
			c.exponents[s], values[a.Symbol] = exponent, w
		}
	}
	for _, f := range facts {
		list = append(list, Fact{Relation: f.Relation, Poly: c.made(c.substitute(f.Poly, values, replaced))})
	}
	return list
}
