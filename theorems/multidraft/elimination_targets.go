package multidraft

import "fmt"

// eliminateTarget eliminates t_j in MD-L4. With Ω1 the tokens eliminated before
// and Ω2 the others, the rows are, for S ⊆ Ω1, V ⊆ Ω2, W ⊆ Ω2, i ∈ Ω2,
//
//	z <= q(S) + t(V) + C(Ω∖(S∪V)),  t(W) <= C(W),  0 <= t_i <= q_i.
//
// A row of z with j in V is combined with t_j <= q_j, which moves j from V to S,
// and with t(W) <= C(W), which is dropped as the sum of the rows of V∖W and W∖V;
// t_j >= 0 is combined with t_j <= q_j, which is q_j >= 0, and with t(W) <= C(W),
// which is dropped as the row of W∖j.
func (s *augmented) eliminateTarget(j int) (EliminationStep, error) {
	step := EliminationStep{Token: j}
	bit := Set(1) << j
	left := FullSet(s.n) &^ s.targets // Ω2
	done := s.targets
	s.targets |= bit
	sign, limit := s.signRow(j), s.limitRow(j)
	for w := range subsets(left &^ bit) {
		cover := s.coverRow(w | bit)
		d := EliminationDrop{Second: w | bit, NoBound: true}
		if w != 0 {
			d.Rows = []EliminationTerm{{Set: w}}
		}
		if err := s.drop(&step, d, sign.add(cover)); err != nil {
			return step, err
		}
		for targets := range subsets(done) {
			bound := s.boundRow(targets, w|bit) // w runs over V∖j here
			if !bound.add(limit).equal(s.boundRow(targets|bit, w)) {
				return step, fmt.Errorf("moving token %d from t to q does not give a row of z", j+1)
			}
			step.Kept++
		}
	}
	return step, s.dropBounds(&step, done, bit)
}

// dropBounds drops the combinations of the rows of z with those of t(W) <= C(W),
// one for each orbit: a permutation within Ω1 and one within what is left of Ω2
// are symmetries.
func (s *augmented) dropBounds(step *EliminationStep, done, bit Set) (err error) {
	classes := allDifferent(s.n)
	if s.orbits {
		for i := range classes {
			classes[i] = 0 // Ω1 is a prefix of the tokens
			if i >= step.Token {
				classes[i] = min(i, step.Token+1)
			}
		}
	}
	eachPair(classes, func(first, second Set, copies int) bool {
		if first&second&bit == 0 || second&done != 0 {
			return true
		}
		err = s.dropBound(step, first&done, first&^done, second)
		step.Pairs += copies - 1
		return err == nil
	})
	return err
}

// dropBound drops the combination of the row of z for (targets, v) with the row
// of w.
func (s *augmented) dropBound(step *EliminationStep, targets, v, w Set) error {
	d := EliminationDrop{First: v, FirstTargets: targets, Second: w,
		Rows: []EliminationTerm{{Set: v &^ w, Bound: true, Targets: targets}}}
	if w&^v != 0 {
		d.Rows = append(d.Rows, EliminationTerm{Set: w &^ v})
	}
	return s.drop(step, d, s.boundRow(targets, v).add(s.coverRow(w)))
}

// drop checks that a combination is the sum of the rows given and of b_T for
// those T that this leaves with coefficient 1, and files it.
func (s *augmented) drop(step *EliminationStep, d EliminationDrop, combination form) error {
	sum := make(form, s.columns)
	for _, r := range d.Rows {
		if r.Bound {
			sum = sum.add(s.boundRow(r.Targets, r.Set))
		} else {
			sum = sum.add(s.coverRow(r.Set))
		}
	}
	for index, t := range s.supports {
		if c := s.b(index); combination[c]-sum[c] == 1 {
			sum[c]++
			d.Supports = append(d.Supports, t)
		}
	}
	if !combination.equal(sum) {
		return fmt.Errorf("the combination with the row of %v is not redundant as claimed", d.Second)
	}
	step.Drops = append(step.Drops, d)
	step.Pairs++
	return nil
}
