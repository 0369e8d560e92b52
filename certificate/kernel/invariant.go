package kernel

// invariant: facts on the state of a process hold at the end, as they hold at the start and survive
// each step.
//
// Sound: induction on the number of times. Everything that is known of the state is
// hidden in both scopes; other symbols do not change.
func (c *checker) invariant() {
	p := c.theorem.Process
	if p == nil || c.depth != 1 {
		c.Fail("invariant belongs into the steps of the rows of a theorem with a process, not into an inner scope")
	}
	state := p.State(c.theorem)
	c.Member("facts")
	facts := c.Reader.facts(len(c.theorem.Symbols))
	replaced := func(s int) bool { return s < len(state) && state[s] }
	goals := func(assignments []Assignment) (list []Fact) {
		values := map[int]Poly{}
		for _, a := range assignments {
			values[a.Symbol] = a.Value
		}
		for _, f := range facts {
			list = append(list, Fact{Relation: f.Relation, Poly: c.made(c.substitute(f.Poly, values, replaced))})
		}
		return list
	}
	c.inner("start", func(s *scope) {
		c.hide(state)
		s.goals = goals(p.Start)
	})
	c.inner("step", func(s *scope) {
		// Symbols that steps have added stand where those of the process are numbered.
		if len(c.nonnegative) != len(c.theorem.Symbols) {
			c.Fail("invariant must come before symbols are defined")
		}
		c.hide(state)
		for _, symbol := range p.Symbols {
			c.addSymbol(symbol.Nonnegative)
		}
		for _, f := range append(append([]Fact(nil), p.Facts...), facts...) {
			c.addFact(f)
		}
		s.goals = goals(p.Update)
	})
	c.derived(facts...)
}
