package kernel

// invariant: facts on the state of a process hold at the end, as they hold at the start and
// survive each step.
//
// Sound: induction on the number of times. Everything that is known of the state is hidden in
// both scopes; other symbols do not change. Exponentials of the state change with it, to those
// that new symbols stand for.
//
// The run is a given one, from its start to an end with the facts of the theorem. Parameters
// are the same throughout, so that facts without state symbols, derived ones too, may be used
// at each time. What holds of the state at the end does not hold before.
func (c *checker) invariant() {
	// In an inner scope there would be more assumptions, and perhaps some on the end of the
	// run.
	p := c.theorem.Process
	if p == nil || c.depth != 1 {
		c.Fail("invariant belongs into the steps of the rows of a theorem with a process, not into an inner scope")
	}
	// Symbols that steps have added stand where those of the process are numbered.
	if len(c.nonnegative) != len(c.theorem.Symbols) {
		c.Fail("invariant must come before symbols are defined")
	}
	// A document may have as many of these steps as it has room for, and each goes over all symbols,
	// over the facts of the process some times, and over what becomes of the state twice.
	c.Spend(len(c.theorem.Symbols) + len(p.Symbols) + 4*len(p.Facts) +
		16*(len(p.Start)+len(p.Exponentials)) + 2*len(c.theorem.Exponentials))
	for _, a := range c.theorem.Exponentials {
		c.Look(a.Value)
	}
	state := p.State(c.theorem)
	// In symbols of the theorem only: those of the process are gone after each time.
	facts := c.Member("facts").Facts(len(c.theorem.Symbols))
	// Its symbols of the state have no meaning here: what is to be shown holds none.
	c.inner("start", func(s *scope) {
		c.hide(state)
		s.goals = c.changed(facts, p.Start, state)
	})
	// The state is that before; the facts of the rule hold for it, and are to hold for the
	// polynomials of update. All of these are computed from the state before, at once.
	c.inner("step", func(s *scope) {
		c.hide(state)
		for _, symbol := range p.Symbols {
			c.addSymbol(symbol.Nonnegative)
		}
		// Symbols of the process have the numbers that its polynomials name, since none stand
		// before them.
		for _, a := range p.Exponentials {
			c.exponents[a.Symbol] = a.Value
		}
		for _, f := range append(append([]Fact(nil), p.Facts...), facts...) {
			c.addFact(f)
		}
		s.goals = c.changed(facts, p.Update, state)
	})
	// At the end, as after any number of times.
	c.derived(facts...)
}

// changed returns the facts when the state has these values. It adds a symbol for each
// exponential of the theorem that depends on the state, in order, for what it becomes. An
// exponential of the state is no polynomial in it: it gets a symbol for the value that it has
// after the change, of which the rule exponential then says what is true.
func (c *checker) changed(facts []Fact, assignments []Assignment, state []bool) (list []Fact) {
	replaced := func(s int) bool { return state[s] }
	values := map[int]Poly{}
	for _, a := range assignments {
		values[a.Symbol] = a.Value
	}
	for _, a := range c.theorem.Exponentials {
		if state[a.Symbol] {
			exponent := c.kept(c.substitute(a.Value, values, replaced))
			c.Count(64, 2)
			s := c.addSymbol(false)
			c.exponents[s], values[a.Symbol] = exponent, c.symbol(s)
		}
	}
	for _, f := range facts {
		list = append(list, c.at(f, Int(1), values, replaced))
	}
	return list
}
