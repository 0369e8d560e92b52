package certificate

import (
	"iter"
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
// Support 0, in MD-L4. Drops may compute the drops as they are written, since
// there are many; nil is none.
type EliminationStep struct {
	Support uint64
	Token   int
	Drops   iter.Seq[EliminationDrop]
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

// Limits of an elimination part: the checker keeps a row for each set of tokens.
const (
	maxEliminationTokens  = 14
	maxEliminationEntries = 1 << 24
	maxMultiplier         = 1 << 20
)

// eliminationPart checks the stages and says which lemmas hold.
func eliminationPart(r *reader, s *supports) (feasible, optimum bool, drops int) {
	if columns := eliminationColumns(s); s.n > maxEliminationTokens || columns<<s.n > maxEliminationEntries {
		r.beyondNext("the cell is too large for an elimination")
	}
	var done []string
	r.list(3, func(int) {
		r.object(func() {
			lemma := ""
			r.member("lemma", func() {
				lemma = r.text()
				if !slices.Contains([]string{lemmaFeasible, lemmaSelected, lemmaOptimum}, lemma) {
					r.rejectLast("unknown lemma %s", clip(lemma))
				}
				if slices.Contains(done, lemma) || len(done) > 0 && lemma < done[len(done)-1] {
					r.rejectLast("lemmas are not in order")
				}
			})
			r.member("steps", func() { drops += newEliminationChecker(r, s, lemma).steps() })
			done = append(done, lemma)
		})
	})
	optimum = slices.Contains(done, lemmaSelected) && slices.Contains(done, lemmaOptimum)
	feasible = slices.Contains(done, lemmaFeasible)
	if !feasible && !optimum {
		r.rejectNext("the stages prove nothing: expected MD-L2, or MD-L3 and MD-L4")
	}
	return feasible, optimum, drops
}

// eliminationChecker follows one stage.
type eliminationChecker struct {
	*reader
	*supports
	lemma string

	rows   [][]int32 // by set of tokens, of the present system; in MD-L4 by A∪V
	covers [][]int32 // in MD-L4, by W
	rest   []int64   // of the drop being read
	count  int       // drops

	done    int // supports of two or more tokens eliminated so far
	merged  set // G of the support being eliminated
	targets set // tokens whose t is eliminated, in MD-L4
}

// steps reads the steps, which must come in the one order of the format, and
// returns the number of drops.
func (c *eliminationChecker) steps() int {
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
			c.member("drops", func() { c.step(i+1, m) })
		})
	})
	if n != len(moves) {
		c.rejectNext("step %d of %s is missing: there are %d steps", n+1, c.lemma, len(moves))
	}
	c.checkEnd()
	return c.count
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
