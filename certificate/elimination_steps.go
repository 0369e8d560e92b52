package certificate

// eliminationStep is a step being checked. The variable has the coefficient +1 in
// the row lower >= 0, -1 in upper >= 0, and -1, 0 or 1 in the rows of sets.
type eliminationStep struct {
	number       int
	column       int
	lower, upper []coefficient
}

type coefficient struct {
	column int
	value  int32
}

// step reads the drops of a step and then carries it out: the row of a set with
// the variable is replaced by its combination with lower or upper, whichever has
// the opposite sign.
func (c *eliminationChecker) step(number int, m variable) {
	s := &eliminationStep{number: number}
	c.expect('[')
	c.path = append(c.path, level{list: true})
	if c.lemma == lemmaOptimum {
		c.targetStep(s, m)
	} else {
		c.blockStep(s, m)
	}
	c.leave()
	if !c.peek(']') {
		c.rejectNext("step %d of %s: all combinations are dropped, and there is one more", number, c.lemma)
	}
	c.expect(']')

	c.spend(len(c.rows), 20)
	for _, row := range c.rows {
		for _, x := range s.bound(row) {
			row[x.column] += x.value
		}
	}
}

// bound is what has to be added to a row to have the variable cancel.
func (s *eliminationStep) bound(row []int32) []coefficient {
	switch row[s.column] {
	case 0:
		return nil
	case 1:
		return s.upper
	}
	return s.lower
}

// blockStep eliminates α_T(j), merging j into G: α_j >= 0 is the lower bound and
// α_G = b_T - α_T(T∖G) >= 0 gives the upper one. It reads a drop for each pair of
// rows of sets with opposite signs, up to symmetry.
func (c *eliminationChecker) blockStep(s *eliminationStep, m variable) {
	if c.merged == 0 {
		c.merged = tokenBit(tokensOf(m.support)[0])
	}
	index := c.n + c.done
	s.upper = []coefficient{{c.b(index), 1}}
	at := c.alpha(index)
	for k, token := range tokensOf(m.support) {
		if tokenBit(token)&c.merged == 0 {
			s.upper = append(s.upper, coefficient{at + k, -1})
		}
		if token == m.token {
			s.column, s.lower = at+k, []coefficient{{at + k, 1}}
		}
	}
	c.eachPair(c.classes(m), func(first, second set) {
		if c.rows[first][s.column] > 0 && c.rows[second][s.column] < 0 {
			c.begin(s, []set{first, second})
			c.addRow(c.rows[first])
			c.addRow(c.rows[second])
			c.proof(s)
		}
	})
	c.merged |= tokenBit(m.token)
	if c.merged == m.support {
		c.merged, c.done = 0, c.done+1
	}
}

// targetStep eliminates t_j in MD-L4: 0 <= t_j <= q_j. Ω1 are the tokens before
// j. It reads a drop for t_j >= 0 with each t(W) <= C(W), and for each row of z
// with those, up to symmetry.
func (c *eliminationChecker) targetStep(s *eliminationStep, m variable) {
	j, before := tokenBit(m.token), c.targets
	s.column = c.t(m.token)
	s.lower = []coefficient{{s.column, 1}}
	s.upper = []coefficient{{c.q(m.token), 1}, {s.column, -1}}
	c.targets |= j
	rest := (tokenBit(c.n)<<1 - 1) &^ c.targets
	for w := set(0); ; w = (w - rest) & rest { // the subsets of rest
		c.begin(s, []set{0, 0, w | j})
		c.rest[s.column]++
		c.addRow(c.covers[w|j])
		c.proof(s)
		if w == rest {
			break
		}
	}
	classes := make([]int, c.n)
	for i := range classes {
		if i+1 >= m.token {
			classes[i] = min(i, m.token)
		}
	}
	c.eachPair(classes, func(first, second set) {
		if first&second&j != 0 && second&before == 0 {
			c.begin(s, []set{first & before, first &^ before, second})
			c.addRow(c.rows[first])
			c.addRow(c.covers[second])
			c.proof(s)
		}
	})
}

// begin begins a drop, which must be of the rows with these names.
func (c *eliminationChecker) begin(s *eliminationStep, names []set) {
	if c.peek(']') {
		c.rejectNext("step %d of %s: the combination of the rows %v is dropped without proof", s.number, c.lemma, names)
	}
	c.separate()
	c.expect('[')
	c.path = append(c.path, level{list: true})
	for _, name := range names {
		c.separate()
		if found := set(c.integer(0, 1<<c.n)); found != name {
			c.rejectLast("step %d of %s: expected the combination of the rows %v", s.number, c.lemma, names)
		}
	}
	clear(c.rest)
	c.count++
}

// proof ends a drop: its terms must make the sum of the rows added.
func (c *eliminationChecker) proof(s *eliminationStep) {
	c.separate()
	c.list(1<<c.n, func(int) { c.rowTerm(s) })
	c.separate()
	c.list(len(c.sets), func(int) { c.supportTerm() })
	for _, x := range c.rest {
		if x != 0 {
			c.rejectNext("step %d of %s: the proof does not give the combination of rows", s.number, c.lemma)
		}
	}
	c.leave()
	c.expect(']')
}

func (c *eliminationChecker) addRow(row []int32) {
	c.spend(len(row), 1)
	for i, x := range row {
		c.rest[i] += int64(x)
	}
}

// rowTerm reads [set, multiplier] or [set, targets, multiplier] and takes it off,
// as a multiple of a row of the next system.
func (c *eliminationChecker) rowTerm(s *eliminationStep) {
	numbers := c.numbers(3)
	if len(numbers) == 3 && c.lemma != lemmaOptimum || len(numbers) < 2 {
		c.rejectLast("expected a set and a multiplier")
	}
	name := c.setOf(numbers[0])
	if c.lemma == lemmaOptimum && name&c.targets != 0 {
		c.rejectLast("there is no such row in the next system")
	}
	row := c.rows[name]
	switch {
	case len(numbers) == 3:
		targets := c.setOf(numbers[1])
		if targets&^c.targets != 0 {
			c.rejectLast("there is no such row of z")
		}
		row = c.rows[name|targets]
	case c.lemma == lemmaOptimum:
		row = c.covers[name]
	}
	multiplier := c.multiplier(numbers)
	c.spend(len(row), 1)
	for i, x := range row {
		c.rest[i] -= multiplier * int64(x)
	}
	for _, x := range s.bound(row) {
		c.rest[x.column] -= multiplier * int64(x.value)
	}
}

// supportTerm reads [support, multiplier] and takes it off, as a multiple of
// b_T >= 0.
func (c *eliminationChecker) supportTerm() {
	numbers := c.numbers(2)
	if len(numbers) != 2 {
		c.rejectLast("expected a support and a multiplier")
	}
	support := c.setOf(numbers[0])
	if !c.has(support) {
		c.rejectLast("%d is not a support", numbers[0])
	}
	c.rest[c.b(c.index(support))] -= c.multiplier(numbers)
}

func (c *eliminationChecker) numbers(limit int) []int64 {
	var numbers [3]int64
	n := c.list(limit, func(i int) { numbers[i] = c.integer(0, 1<<30) })
	return numbers[:n]
}

func (c *eliminationChecker) setOf(v int64) set {
	if v>>c.n != 0 {
		c.rejectLast("%d is not a set of tokens", v)
	}
	return set(v)
}

// multiplier is the last of the numbers of a term.
func (c *eliminationChecker) multiplier(numbers []int64) int64 {
	m := numbers[len(numbers)-1]
	if m > maxMultiplier {
		c.beyondLast("expected a multiplier from 1 to %d", maxMultiplier)
	}
	if m < 1 {
		c.rejectLast("expected a multiplier from 1 to %d", maxMultiplier)
	}
	return m
}
