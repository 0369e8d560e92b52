package cell

import (
	"context"
	"fmt"

	"pstar/theorems/multidraft"
)

// move is one variable to eliminate: α_T(token), or t_token if support is -1.
type move struct{ support, token int }

// moves lists the variables in order: for each support of at least two tokens,
// in canonical order, its tokens after the first; in MD-L4, all tokens.
func (s *augmented) moves() []move {
	// MD-L4 has one variable for each token, and no block left.
	var moves []move
	if s.lemma == LemmaOptimum {
		for i := range s.n {
			moves = append(moves, move{-1, i})
		}
		return moves
	}
	// The first token of each support goes by its equation and is no move.
	for index, t := range s.supports {
		for _, i := range t.Tokens()[1:] {
			moves = append(moves, move{index, i})
		}
	}
	return moves
}

// eliminate performs and checks one step.
func (s *augmented) eliminate(ctx context.Context, m move) (EliminationStep, error) {
	// A variable of MD-L4.
	if m.support < 0 {
		return s.eliminateTarget(m.token)
	}
	t := s.supports[m.support]
	if s.merged == 0 { // the first token goes by the equation α_T(T) = b_T
		s.merged = 1 << t.Tokens()[0]
	}
	// A copy whose table is the old one: the new rows are written out from the formula, and the
	// step is checked between the two.
	before := *s
	s.merged |= 1 << m.token
	// The whole block is gone: α_T is b_T, and the next support begins with nothing merged.
	if s.merged == t {
		s.merged, s.done = 0, s.done+1
	}
	// Written out by the formula of the lemma; nothing was combined for it.
	s.table = s.rows()
	step := EliminationStep{Support: t, Merged: before.merged, Token: m.token}
	b := &blockStep{before: &before, after: s, step: &step,
		column: before.alpha[m.support] + (t & (1<<m.token - 1)).Len() - 1}
	drops := &blockDrops{lemma: s.lemma, eliminated: before.supports[:before.done],
		classes: before.classes(&step), group: before.merged, token: 1 << m.token}
	if err := b.keepRows(drops); err != nil {
		return step, err
	}
	step.Drops = drops.seq
	return step, b.dropPairs(ctx, drops)
}

// blockStep eliminates α_T(j), whose column is given, merging j into G.
type blockStep struct {
	before, after *augmented
	step          *EliminationStep
	column        int
}

// keepRows checks the rows of the next system: the row of each set is the old one
// where the variable does not occur, else the combination with α_j >= 0 or
// α_G >= 0, the only two rows without a set in which it occurs; and these two
// together give α_{G∪j} >= 0. The signs must be those by which drops are listed.
func (b *blockStep) keepRows(drops *blockDrops) error {
	j, g := multidraft.Set(1)<<b.step.Token, b.step.Merged
	single, group := b.before.alphaRow(j), b.before.alphaRow(g)
	// All that follows adds these two rows to take the variable away.
	if single[b.column] != 1 || group[b.column] != -1 {
		return fmt.Errorf("the variable is not bounded as expected")
	}
	// The row of the empty set too: it is 0 ≥ 0 before and after.
	for set := multidraft.Set(0); set <= multidraft.FullSet(b.before.n); set++ {
		row := b.before.table[set]
		// Without the variable it goes on as it is.
		kept := row
		switch row[b.column] {
		case 0:
		case 1:
			kept = row.add(group)
			b.step.Kept++
		case -1:
			kept = row.add(single)
			b.step.Kept++
		}
		if !kept.equal(b.after.table[set]) {
			return fmt.Errorf("the row of %v is not what the lemma says", set)
		}
		// Pairs are listed by a formula for the sign: if it were wrong for a set, a combination
		// would be passed over and never be checked.
		if int(row[b.column]) != drops.sign(set) {
			return fmt.Errorf("coefficient %d in the row of %v", row[b.column], set)
		}
	}
	b.step.Kept++
	if !single.add(group).equal(b.before.alphaRow(j | g)) {
		return fmt.Errorf("the bounds of the variable do not give the merged one")
	}
	return nil
}

// dropPairs proves every combination of two rows of sets redundant, one for each
// orbit.
func (b *blockStep) dropPairs(ctx context.Context, drops *blockDrops) (err error) {
	const poll = 1 << 12 // drops between two looks at the context
	drops.each(func(d *EliminationDrop, copies int) bool {
		if !b.redundant(d) {
			err = fmt.Errorf("the combination of the rows of %v and %v is not redundant as claimed", d.First, d.Second)
			return false
		}
		b.step.Listed++
		b.step.Pairs += copies
		if b.step.Listed%poll == 0 {
			err = ctx.Err()
		}
		return err == nil
	})
	return err
}

// redundant checks that the combination is the sum of the rows of the union and
// the intersection and of b_T >= 0 for the supports named.
func (b *blockStep) redundant(d *EliminationDrop) bool {
	// Both from the system after the step: a dropped row must follow from what is kept.
	union, meet := b.after.table[d.First|d.Second], b.after.table[d.First&d.Second]
	left := b.before.table[d.First].add(b.before.table[d.Second])
	// b_T ≥ 0 once for each support named.
	for _, t := range d.Supports {
		left[b.after.number[t]]--
	}
	// Coefficient by coefficient, all columns of the system.
	for i, x := range left {
		if x != union[i]+meet[i] {
			return false
		}
	}
	return true
}

// blockDrops lists the dropped combinations of a step: all pairs of rows of sets
// with opposite signs.
type blockDrops struct {
	lemma        Lemma
	eliminated   []multidraft.Set // the supports done
	classes      []int
	group, token multidraft.Set // G and {j}
}

// sign is the coefficient of the variable in the row of a set: in MD-L2, +1 if
// the set has G but not j, -1 if it has j but not all of G; in MD-L3, +1 if it has
// j and nothing of G, -1 if it has something of G and not j.
func (b *blockDrops) sign(set multidraft.Set) int {
	hasToken := set&b.token != 0
	switch hasGroup := b.group.SubsetOf(set); {
	case b.lemma == LemmaFeasible && hasToken != hasGroup:
		return 1 - 2*indicator(hasToken)
	case b.lemma == LemmaSelected && hasToken != (b.group&set != 0):
		return 2*indicator(hasToken) - 1
	}
	return 0
}

// each visits one combination of each orbit with the size of the orbit.
func (b *blockDrops) each(visit func(d *EliminationDrop, copies int) bool) {
	eachPair(b.classes, func(first, second multidraft.Set, copies int) bool {
		// Only a row with + and one with - combine; the order makes each pair appear once.
		if b.sign(first) <= 0 || b.sign(second) >= 0 {
			return true
		}
		d := EliminationDrop{First: first, Second: second, Rows: twoRows(first, second)}
		// Eliminated supports alone: of others the rows have variables, which add up without
		// excess.
		for _, t := range b.eliminated {
			if b.excess(t, first, second) {
				d.Supports = append(d.Supports, t)
			}
		}
		return visit(&d, copies)
	})
}

// seq lists the drops anew for a writer: keeping them would take more memory than making them
// takes time.
func (b *blockDrops) seq(yield func(EliminationDrop) bool) {
	b.each(func(d *EliminationDrop, _ int) bool { return yield(*d) })
}

// twoRows are the union and the intersection; the row of the empty set is 0 >= 0
// and is left out.
func twoRows(first, second multidraft.Set) []EliminationTerm {
	// The row of the union is never empty: both sets have a token.
	terms := []EliminationTerm{{Set: first | second}}
	if first&second != 0 {
		terms = append(terms, EliminationTerm{Set: first & second})
	}
	return terms
}

// excess says whether an eliminated support makes up for the difference between
// two rows and those of union and intersection.
func (b *blockDrops) excess(t, first, second multidraft.Set) bool {
	// Lies in the union and in neither of the two: union and meet together charge it once more.
	if b.lemma == LemmaFeasible {
		return t.SubsetOf(first|second) && !t.SubsetOf(first) && !t.SubsetOf(second)
	}
	// Meets both and not what they share: counted twice before, once after.
	return t&first != 0 && t&second != 0 && t&first&second == 0
}
