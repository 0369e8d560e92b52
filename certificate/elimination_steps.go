package certificate

import (
	"math/bits"
	"slices"
)

// step carries out a step: it checks the rows that are kept, and lists what has
// to be dropped.
func (c *eliminationChecker) step(m variable) pendingStep {
	if c.lemma == lemmaOptimum {
		return c.targetStep(m.token)
	}
	if c.merged == 0 {
		c.merged = tokenBit(tokensOf(m.support)[0])
	}
	index := c.n + c.done
	j := tokenBit(m.token)
	column := c.alpha(index) + bits.OnesCount64(m.support&(j-1))
	single, group := c.zero(), c.zero()
	c.addAlpha(single, index, j, 1)
	c.addAlpha(group, index, c.merged, 1)
	classes := c.classes(m)
	before := c.setRows()

	c.merged |= j
	if c.merged == m.support {
		c.merged, c.done = 0, c.done+1
	}
	after := c.setRows()
	c.checkKept(before, after, single, group, column)

	todo := pendingStep{row: func(s set) []int64 { return after[s] }}
	eachPair(classes, func(first, second set) {
		if before[first][column] > 0 && before[second][column] < 0 {
			todo.drops = append(todo.drops, pending{first: first, second: second, sum: added(before[first], before[second])})
		}
	})
	return todo
}

// checkStart checks that the rows of the augmented system follow from those of
// single tokens; in MD-L4, those of z from the one for all tokens. Like checkKept
// it guards the argument.
func (c *eliminationChecker) checkStart() {
	all := tokenBit(c.n)<<1 - 1
	for s := set(1); s <= all; s++ {
		v, want := c.zero(), []int64(nil)
		if c.lemma == lemmaOptimum {
			v, want = added(c.boundRow(0, all), c.coverRow(all&^s)), c.boundRow(0, s)
		} else {
			for _, token := range tokensOf(s) {
				v = added(v, c.setRow(tokenBit(token)))
			}
			want = c.setRow(s)
		}
		if !slices.Equal(v, want) {
			c.rejectNext("the augmented system does not follow from the given one")
		}
	}
}

func (c *eliminationChecker) setRows() [][]int64 {
	rows := make([][]int64, 1<<c.n)
	for s := range rows {
		rows[s] = c.setRow(set(s))
	}
	return rows
}

// checkKept checks that the rows of the next system are the old ones where the
// variable does not occur, and else their combinations with the two bounds of
// the variable, α_j >= 0 and α_G >= 0. It cannot fail for any document: it
// guards the argument of FORMAT.md.
func (c *eliminationChecker) checkKept(before, after [][]int64, single, group []int64, column int) {
	ok := single[column] == 1 && group[column] == -1
	for s, row := range before {
		switch row[column] {
		case 0:
		case 1:
			row = added(row, group)
		case -1:
			row = added(row, single)
		default:
			ok = false
		}
		ok = ok && slices.Equal(row, after[s])
	}
	if !ok {
		c.rejectNext("the next system does not arise from the present one")
	}
}

// targetStep eliminates t_j in MD-L4. Ω1 are the tokens before j.
func (c *eliminationChecker) targetStep(token int) pendingStep {
	j := tokenBit(token)
	before := c.targets
	rest := (tokenBit(c.n)<<1 - 1) &^ before &^ j
	c.targets |= j
	limit, sign := c.zero(), c.zero()
	limit[c.q(token)], limit[c.t(token)], sign[c.t(token)] = 1, -1, 1

	var todo pendingStep
	todo.bound = c.boundRow
	todo.row = func(s set) []int64 {
		if s&c.targets != 0 {
			return nil
		}
		return c.coverRow(s)
	}
	for w := set(0); ; w = (w - rest) & rest { // the subsets of rest
		for targets := set(0); ; targets = (targets - before) & before {
			if !slices.Equal(added(c.boundRow(targets, w|j), limit), c.boundRow(targets|j, w)) {
				c.rejectNext("the next system does not arise from the present one")
			}
			if targets == before {
				break
			}
		}
		todo.drops = append(todo.drops, pending{0, 0, w | j, added(sign, c.coverRow(w|j))})
		if w == rest {
			break
		}
	}
	classes := make([]int, c.n)
	for i := range classes {
		if i+1 >= token {
			classes[i] = min(i, token)
		}
	}
	eachPair(classes, func(first, second set) {
		if first&second&j != 0 && second&before == 0 {
			todo.drops = append(todo.drops, pending{first & before, first &^ before, second,
				added(c.boundRow(first&before, first&^before), c.coverRow(second))})
		}
	})
	return todo
}

// classes gives each token the least one with which it may be exchanged without
// changing the system before or after the step: the exchange must preserve T, G,
// j and the set of eliminated supports.
func (c *eliminationChecker) classes(m variable) []int {
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

// eachPair lists one pair of sets for each orbit under the permutations within
// classes: along the tokens of a class, those in neither set come first, then
// those in the first only, in the second only, and in both.
func eachPair(classes []int, visit func(first, second set)) {
	last := make([]int, len(classes))
	var next func(i int, first, second set)
	next = func(i int, first, second set) {
		if i == len(classes) {
			visit(first, second)
			return
		}
		c := classes[i]
		least := last[c]
		for k := least; k < 4; k++ {
			last[c] = k
			bit := set(1) << i
			next(i+1, first|bit*set(k&1), second|bit*set(k>>1))
		}
		last[c] = least
	}
	next(0, 0, 0)
}
