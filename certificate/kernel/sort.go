package kernel

// sortRule: in a symmetric scope, symbols that the symmetry permutes in every way may be taken
// to descend.
//
// Sound: two of the generators make all permutations of the listed symbols. Take a point at
// which what the scope assumes holds. A product of the two moves it to a point at which the
// symbols descend. What is assumed holds there too, since generators map it onto itself, and so
// the inner scope shows the goals there; and these are mapped onto themselves as well.
//
// Only in a symmetric scope: where a fact has been derived, or a symbol added, the point that a
// product moves the given one to need not satisfy it. A goal that was settled before is shown
// again inside, since the order is assumed there and the goal is not of that point but of all.
func (c *checker) sortRule() {
	if !c.scope.symmetric {
		c.Fail("the scope is not symmetric")
	}
	var list []int
	seen := map[int]bool{}
	for range c.Member("symbols").List() {
		s := c.Below(0, len(c.nonnegative))
		if seen[s] {
			c.Fail("symbol %d is listed twice", s)
		}
		// An entry twice would make a "permutation" that takes two places to one.
		seen[s] = true
		list = append(list, s)
	}
	// Of one symbol there is nothing to sort, and no exchange.
	if len(list) < 2 {
		c.Fail("sort needs two symbols")
	}
	// An exchange of two neighbours and a rotation make all permutations of a list; what the
	// two do to other symbols does not matter, as the products are taken whole.
	if !c.permuted(list, func(a action) []int32 { return a.symbols }) {
		c.Fail("no generator exchanges the first two symbols of the list, or none rotates it")
	}
	// The inner scope has these goals, none of them settled, and no symmetry, as the order
	// breaks it.
	outer := c.scope
	c.inner("steps", func(s *scope) {
		s.goals, s.existence = outer.goals, outer.existence
		for k := 1; k < len(list); k++ {
			c.derived(c.compared(GE, "+-", c.symbol(list[k-1]), c.symbol(list[k])))
		}
	})
	c.settle()
}

// permuted says whether one generator exchanges the first two of a list and fixes the others,
// and one rotates it. Of two the exchange is the rotation.
func (c *checker) permuted(list []int, of func(a action) []int32) bool {
	exchanged := append([]int{list[1], list[0]}, list[2:]...)
	rotated := append(append([]int(nil), list[1:]...), list[0])
	return c.moves(list, exchanged, of) && c.moves(list, rotated, of)
}

// moves says whether some generator takes each of from to that of to.
// Facts as well as symbols are moved: block permutes facts.
func (c *checker) moves(from, to []int, of func(a action) []int32) bool {
	c.known()
	for _, a := range c.acts {
		same := true
		for k, s := range from {
			same = same && int(of(a)[s]) == to[k]
		}
		c.Spend(len(from))
		if same {
			return true
		}
	}
	return false
}

// split: the goals follow where a polynomial is ≥ 0, and where it is < 0.
//
// Sound: one of the two holds at every point.
//
// Both inner scopes keep what is settled: it holds at every point of the outer one.
func (c *checker) split() {
	on := c.Member("on").Poly(len(c.nonnegative))
	outer := c.scope
	same := func(s *scope) {
		s.goals = outer.goals
		s.settled = append([]bool(nil), outer.settled...)
		s.existence, s.existenceSettled = outer.existence, outer.existenceSettled
	}
	c.inner("nonnegative", func(s *scope) {
		same(s)
		c.derived(atLeast0(on))
	})
	c.inner("negative", func(s *scope) {
		same(s)
		c.derived(c.compared(GT, "-", on))
	})
	c.settle()
}
