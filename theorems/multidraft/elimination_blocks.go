package multidraft

import "fmt"

// move is one variable to eliminate: α_T(token), or t_token if support is -1.
type move struct{ support, token int }

// moves lists the variables in order: for each support of at least two tokens,
// in canonical order, its tokens after the first; in MD-L4, all tokens.
func (s *augmented) moves() []move {
	var moves []move
	if s.lemma == LemmaOptimum {
		for i := range s.n {
			moves = append(moves, move{-1, i})
		}
		return moves
	}
	for index, t := range s.supports {
		for _, i := range t.Tokens()[1:] {
			moves = append(moves, move{index, i})
		}
	}
	return moves
}

// eliminate performs and checks one step.
func (s *augmented) eliminate(m move) (EliminationStep, error) {
	if m.support < 0 {
		return s.eliminateTarget(m.token)
	}
	t := s.supports[m.support]
	if s.merged == 0 { // the first token goes by the equation α_T(T) = b_T
		s.merged = 1 << t.Tokens()[0]
	}
	before := *s
	s.merged |= 1 << m.token
	if s.merged == t {
		s.merged, s.done = 0, s.done+1
	}
	step := EliminationStep{Support: t, Merged: before.merged, Token: m.token}
	b := &blockStep{before: &before, after: s, step: &step,
		column: before.alpha[m.support] + (t & (1<<m.token - 1)).Len() - 1}
	if err := b.keepRows(); err != nil {
		return step, err
	}
	return step, b.dropPairs()
}

// blockStep eliminates α_T(j), whose column is given, merging j into G.
type blockStep struct {
	before, after *augmented
	step          *EliminationStep
	column        int
	rows, next    []form // by set of tokens, before and after
}

// keepRows checks the rows of the next system: the row of each set is the old one
// where the variable does not occur, else the combination with α_j >= 0 or
// α_G >= 0, the only two rows without a set in which it occurs; and these two
// together give α_{G∪j} >= 0.
func (b *blockStep) keepRows() error {
	j, g := Set(1)<<b.step.Token, b.step.Merged
	single, group := b.before.alphaRow(j), b.before.alphaRow(g)
	if single[b.column] != 1 || group[b.column] != -1 {
		return fmt.Errorf("the variable is not bounded as expected")
	}
	for set := Set(0); set <= FullSet(b.before.n); set++ {
		row, next := b.before.row(set), b.after.row(set)
		kept := row
		switch row[b.column] {
		case 0:
		case 1:
			kept = row.add(group)
			b.step.Kept++
		case -1:
			kept = row.add(single)
			b.step.Kept++
		default:
			return fmt.Errorf("coefficient %d in the row of %v", row[b.column], set)
		}
		if !kept.equal(next) {
			return fmt.Errorf("the row of %v is not what the lemma says", set)
		}
		b.rows, b.next = append(b.rows, row), append(b.next, next)
	}
	b.step.Kept++
	if !single.add(group).equal(b.before.alphaRow(j | g)) {
		return fmt.Errorf("the bounds of the variable do not give the merged one")
	}
	return nil
}

// dropPairs proves every combination of two rows of sets redundant, one for each
// orbit.
func (b *blockStep) dropPairs() (err error) {
	classes := allDifferent(b.before.n)
	if b.before.orbits {
		classes = b.before.symmetric(b.step)
	}
	eachPair(classes, func(first, second Set, copies int) bool {
		p, n := b.rows[first], b.rows[second]
		if p[b.column] <= 0 || n[b.column] >= 0 {
			return true
		}
		d := EliminationDrop{First: first, Second: second, Rows: twoRows(first, second)}
		rest := b.next[first|second].add(b.next[first&second])
		for index, t := range b.after.supports {
			if b.after.excess(t, first, second) && index < b.before.done {
				d.Supports = append(d.Supports, t)
				rest[b.after.b(index)]++
			}
		}
		if !p.add(n).equal(rest) {
			err = fmt.Errorf("the combination of the rows of %v and %v is not redundant as claimed", first, second)
			return false
		}
		b.step.Drops = append(b.step.Drops, d)
		b.step.Pairs += copies
		return true
	})
	return err
}

// twoRows are the union and the intersection; the row of the empty set is 0 >= 0
// and is left out.
func twoRows(first, second Set) []EliminationTerm {
	terms := []EliminationTerm{{Set: first | second}}
	if first&second != 0 {
		terms = append(terms, EliminationTerm{Set: first & second})
	}
	return terms
}

// excess says whether an eliminated support makes up for the difference between
// two rows and those of union and intersection.
func (s *augmented) excess(t, first, second Set) bool {
	if s.lemma == LemmaFeasible {
		return t.SubsetOf(first|second) && !t.SubsetOf(first) && !t.SubsetOf(second)
	}
	return t&first != 0 && t&second != 0 && t&first&second == 0
}
