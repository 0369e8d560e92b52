package kernel

// split: the goals follow where a polynomial is ≥ 0, and where it is < 0.
//
// Sound: one of the two holds at every point.
func (c *checker) split() {
	c.Member("on")
	on := c.poly(len(c.nonnegative))
	outer := c.scope
	same := func(s *scope) {
		s.goals = outer.goals
		s.settled = append([]bool(nil), outer.settled...)
		s.existence, s.existenceSettled = outer.existence, outer.existenceSettled
	}
	c.inner("nonnegative", func(s *scope) {
		same(s)
		c.derived(Fact{Relation: GE, Poly: on})
	})
	c.inner("negative", func(s *scope) {
		same(s)
		c.derived(Fact{Relation: GT, Poly: c.made(c.total("-", on))})
	})
	c.settle()
}
