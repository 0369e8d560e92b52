package certificate

// classes gives each token the least one with which it may be exchanged without
// changing the system before or after the step: the exchange must preserve T, G,
// j and the set of eliminated supports.
func (c *eliminationChecker) classes(m variable) []int {
	c.spend(c.n*c.n*(c.n+c.done), 30)
	kind := func(token int) int {
		switch bit := tokenBit(token); {
		case token == m.token:
			return 0
		case bit&c.merged != 0:
			return 1
		case bit&m.support != 0:
			return 2
		}
		return 3
	}
	classes := make([]int, c.n)
	for i := range classes {
		classes[i] = i
		for o := range i {
			if classes[o] == o && kind(i+1) == kind(o+1) && c.exchangeable(tokenBit(i+1)|tokenBit(o+1)) {
				classes[i] = o
				break
			}
		}
	}
	return classes
}

// exchangeable says whether exchanging two tokens maps eliminated supports to
// eliminated supports.
func (c *eliminationChecker) exchangeable(both set) bool {
	for index := range c.n + c.done {
		t := c.sets[index]
		if in := t & both; in != 0 && in != both && c.index(t^both) >= c.n+c.done {
			return false
		}
	}
	return true
}

// pairCost is that of coming to a pair of sets.
const pairCost = 40

// eachPair lists one pair of sets for each orbit under the permutations within
// classes: along the tokens of a class, those in neither set come first, then
// those in the first only, in the second only, and in both.
func (c *eliminationChecker) eachPair(classes []int, visit func(first, second set)) {
	last := make([]int, len(classes))
	var next func(i int, first, second set)
	next = func(i int, first, second set) {
		if i == len(classes) {
			c.spend(1, pairCost)
			visit(first, second)
			return
		}
		class := classes[i]
		least := last[class]
		for k := least; k < 4; k++ {
			last[class] = k
			bit := set(1) << i
			next(i+1, first|bit*set(k&1), second|bit*set(k>>1))
		}
		last[class] = least
	}
	next(0, 0, 0)
}
