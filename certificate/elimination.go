package certificate

import (
	"math/bits"
	"slices"
)

// Lemmas of an elimination, in the order of its stages.
const (
	lemmaFeasible = "MD-L2"
	lemmaSelected = "MD-L3"
	lemmaOptimum  = "MD-L4"
)

// An Elimination is the augmented Fourier-Motzkin elimination of a cell: MD-L2,
// or MD-L3 followed by MD-L4, or all three. FORMAT.md, "Elimination part", has
// the systems, the order of the steps and the pairs that each step has to drop.
// Sets of tokens are integers here, token i being bit i-1.
type Elimination struct {
	Stages []EliminationStage
}

// An EliminationStage is one lemma with all its steps.
type EliminationStage struct {
	Lemma string
	Steps []EliminationStep
}

// An EliminationStep eliminates α_T(Token) with T = Support, or t_Token, with
// Support 0, in MD-L4.
type EliminationStep struct {
	Support uint64
	Token   int
	Drops   []EliminationDrop
}

// An EliminationDrop is a combination of two rows that is left out because it is
// the sum of rows of the next system and of b_T >= 0. Targets is used in MD-L4
// only.
type EliminationDrop struct {
	Targets, First, Second uint64
	Rows                   []EliminationTerm
	Supports               []EliminationTerm
}

// An EliminationTerm is a multiple of the row of a set; in MD-L4, if Bound, of
// that of z for (Targets, Set). Among Supports it is a multiple of b_Set >= 0.
type EliminationTerm struct {
	Set        uint64
	Bound      bool
	Targets    uint64
	Multiplier int64
}

// Limits of an elimination part: the checker keeps a vector for each set of
// tokens.
const (
	maxEliminationTokens  = 12
	maxEliminationEntries = 1 << 24
	maxMultiplier         = 1 << 20
)

// eliminationPart checks the stages and says which lemmas hold.
func eliminationPart(r *reader, s *supports) (feasible, optimum bool, drops int) {
	if columns := eliminationColumns(s); s.n > maxEliminationTokens || columns<<s.n > maxEliminationEntries {
		r.rejectNext("the cell is too large for an elimination")
	}
	var done []string
	r.list(3, func(int) {
		r.object(func() {
			c := &eliminationChecker{reader: r, supports: s}
			r.member("lemma", func() {
				c.lemma = r.text()
				if !slices.Contains([]string{lemmaFeasible, lemmaSelected, lemmaOptimum}, c.lemma) {
					r.rejectLast("unknown lemma %s", clip(c.lemma))
				}
				if slices.Contains(done, c.lemma) || len(done) > 0 && c.lemma < done[len(done)-1] {
					r.rejectLast("lemmas are not in order")
				}
			})
			r.member("steps", func() { drops += c.steps() })
			done = append(done, c.lemma)
		})
	})
	optimum = slices.Contains(done, lemmaSelected) && slices.Contains(done, lemmaOptimum)
	feasible = slices.Contains(done, lemmaFeasible)
	if !feasible && !optimum {
		r.rejectNext("the stages prove nothing: expected MD-L2, or MD-L3 and MD-L4")
	}
	return feasible, optimum, drops
}

// eliminationColumns counts q, t, z, the b_T and the α_T(i).
func eliminationColumns(s *supports) int {
	columns := 2*s.n + 1 + len(s.sets)
	for _, t := range s.pairsUp() {
		columns += bits.OnesCount64(t)
	}
	return columns
}

// eliminationChecker follows one stage.
type eliminationChecker struct {
	*reader
	*supports
	lemma string

	done    int // supports of two or more tokens eliminated so far
	merged  set // G of the support being eliminated
	targets set // tokens whose t is eliminated, in MD-L4
}

// steps reads the steps, which must come in the one order of the format, and
// returns the number of drops.
func (c *eliminationChecker) steps() (drops int) {
	c.checkStart()
	moves := c.moves()
	n := c.list(len(moves), func(i int) {
		c.object(func() {
			m := moves[i]
			c.member("support", func() {
				if found := set(c.integer(0, 1<<c.n)); found != m.support {
					c.rejectLast("step %d of %s eliminates a variable of support %d, found %d", i+1, c.lemma, m.support, found)
				}
			})
			c.member("token", func() {
				if found := int(c.integer(1, int64(c.n))); found != m.token {
					c.rejectLast("step %d of %s eliminates token %d, found %d", i+1, c.lemma, m.token, found)
				}
			})
			c.member("drops", func() { drops += c.drops(i+1, c.step(m)) })
		})
	})
	if n != len(moves) {
		c.rejectNext("step %d of %s is missing: there are %d steps", n+1, c.lemma, len(moves))
	}
	return drops
}

// variable is what a step eliminates.
type variable struct {
	support set // 0 in MD-L4
	token   int
}

func (c *eliminationChecker) moves() (moves []variable) {
	if c.lemma == lemmaOptimum {
		for token := 1; token <= c.n; token++ {
			moves = append(moves, variable{0, token})
		}
		return moves
	}
	for _, t := range c.pairsUp() {
		for _, token := range tokensOf(t)[1:] {
			moves = append(moves, variable{t, token})
		}
	}
	return moves
}

// pending is a combination that the step has to drop: the sum that the proof
// must reach.
type pending struct {
	targets, first, second set
	sum                    []int64
}

// pendingStep is a step that has been carried out: what to drop, and the rows of
// the next system by which a proof may name them.
type pendingStep struct {
	drops []pending
	row   func(s set) []int64
	bound func(targets, s set) []int64 // nil but in MD-L4
}

// drops reads the drops of a step, one for each pending combination, in order.
func (c *eliminationChecker) drops(step int, todo pendingStep) int {
	n := c.list(len(todo.drops), func(i int) { c.drop(step, todo, todo.drops[i]) })
	if n != len(todo.drops) {
		c.rejectNext("step %d of %s: a dropped combination has no proof; %d are needed, %d given", step, c.lemma, len(todo.drops), n)
	}
	return n
}

// drop reads one drop and checks that its terms make the combination.
func (c *eliminationChecker) drop(step int, todo pendingStep, p pending) {
	names := []set{p.first, p.second}
	if c.lemma == lemmaOptimum {
		names = []set{p.targets, p.first, p.second}
	}
	rest := slices.Clone(p.sum)
	c.list(len(names)+2, func(i int) {
		switch {
		case i < len(names):
			if found := set(c.integer(0, 1<<c.n)); found != names[i] {
				c.rejectLast("step %d of %s: expected the combination of the rows %v", step, c.lemma, names)
			}
		case i == len(names):
			c.list(1<<c.n, func(int) { subtract(rest, c.rowTerm(todo)) })
		default:
			c.list(len(c.sets), func(int) { subtract(rest, c.supportTerm()) })
		}
	})
	for _, x := range rest {
		if x != 0 {
			c.rejectNext("step %d of %s: the proof does not give the combination of the rows %v", step, c.lemma, names)
		}
	}
}

func subtract(v, w []int64) {
	for i, x := range w {
		v[i] -= x
	}
}

// rowTerm reads [set, multiplier] or [set, targets, multiplier].
func (c *eliminationChecker) rowTerm(todo pendingStep) []int64 {
	numbers := c.numbers(3)
	if len(numbers) == 3 && todo.bound == nil || len(numbers) < 2 {
		c.rejectLast("expected a set and a multiplier")
	}
	s := c.setOf(numbers[0])
	if len(numbers) == 2 {
		return c.scaled(todo.row(s), numbers[1])
	}
	targets := c.setOf(numbers[1])
	if targets&^c.targets != 0 || s&c.targets != 0 {
		c.rejectLast("there is no such row of z")
	}
	return c.scaled(todo.bound(targets, s), numbers[2])
}

// supportTerm reads [support, multiplier], a multiple of b_T >= 0.
func (c *eliminationChecker) supportTerm() []int64 {
	numbers := c.numbers(2)
	if len(numbers) != 2 {
		c.rejectLast("expected a support and a multiplier")
	}
	support := c.setOf(numbers[0])
	if !c.has(support) {
		c.rejectLast("%d is not a support", numbers[0])
	}
	v := c.zero()
	v[c.b(c.index(support))] = 1
	return c.scaled(v, numbers[1])
}

func (c *eliminationChecker) numbers(limit int) (numbers []int64) {
	c.list(limit, func(int) { numbers = append(numbers, c.integer(0, 1<<30)) })
	return numbers
}

func (c *eliminationChecker) setOf(v int64) set {
	if v>>c.n != 0 {
		c.rejectLast("%d is not a set of tokens", v)
	}
	return set(v)
}

// scaled multiplies a row by a positive multiplier.
func (c *eliminationChecker) scaled(row []int64, multiplier int64) []int64 {
	if row == nil {
		c.rejectLast("there is no such row in the next system")
	}
	if multiplier < 1 || multiplier > maxMultiplier {
		c.rejectLast("expected a multiplier from 1 to %d", maxMultiplier)
	}
	v := slices.Clone(row)
	for i := range v {
		v[i] *= multiplier
	}
	return v
}
