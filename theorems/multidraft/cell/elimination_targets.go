package cell

import (
	"fmt"

	"pstar/theorems/multidraft"
)

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
	// The symmetry is of the system before the step, in which Ω1 is gone.
	drops := &targetDrops{n: s.n, supports: s.supports, classes: allDifferent(s.n), done: s.targets, token: 1 << j}
	if s.orbits {
		for i := range drops.classes {
			drops.classes[i] = 0 // Ω1 is a prefix of the tokens
			// Token j has a class of its own, and those behind it another: neither may be
			// exchanged with Ω1.
			if i >= j {
				drops.classes[i] = min(i, j+1)
			}
		}
	}
	step.Drops = drops.seq
	s.targets |= drops.token
	// t_j ≤ q_j, which makes j one of the tokens that q stands for.
	limit := s.limitRow(j)
	for w := range subsets(multidraft.FullSet(s.n) &^ s.targets) {
		for targets := range subsets(drops.done) {
			// Checked for all pairs and not one for each orbit: there are few, 2^(n-1) in each
			// step.
			if !s.boundRow(targets, w|drops.token).add(limit).equal(s.boundRow(targets|drops.token, w)) {
				return step, fmt.Errorf("moving token %d from t to q does not give a row of z", j+1)
			}
			step.Kept++
		}
	}
	var err error
	drops.each(func(d *EliminationDrop, copies int) bool {
		step.Listed++
		step.Pairs += copies
		// Each combination in full, whatever it is named.
		err = s.checkDrop(d, j)
		return err == nil
	})
	return step, err
}

// targetDrops lists the dropped combinations of a step of MD-L4: of t_j >= 0 with
// the rows t(W) <= C(W), and of the rows of z with those, one for each orbit: a
// permutation within Ω1 and one within what is left of Ω2 are symmetries.
type targetDrops struct {
	n        int
	supports []multidraft.Set
	classes  []int
	done     multidraft.Set // Ω1
	token    multidraft.Set // {j}
}

func (t *targetDrops) each(visit func(d *EliminationDrop, copies int) bool) {
	// Rows t(W) ≤ C(W) with j in W, of which W without j is what stays.
	for w := range subsets(multidraft.FullSet(t.n) &^ t.done &^ t.token) {
		d := EliminationDrop{Second: w | t.token, NoBound: true}
		// The row of the empty set is 0 <= 0.
		if w != 0 {
			d.Rows = []EliminationTerm{{Set: w}}
		}
		for _, support := range t.supports {
			// Supports that j alone brings into C(W).
			if support&t.token != 0 && support&w == 0 {
				d.Supports = append(d.Supports, support)
			}
		}
		if !visit(&d, 1) {
			return
		}
	}
	eachPair(t.classes, func(first, second multidraft.Set, copies int) bool {
		// The row of z must have j in V, the other j in W, and W lies in Ω2.
		if first&second&t.token == 0 || second&t.done != 0 {
			return true
		}
		d := t.bound(first&t.done, first&^t.done, second)
		return visit(&d, copies)
	})
}

// bound is the combination of the row of z for (targets, v) with the row of w.
func (t *targetDrops) bound(targets, v, w multidraft.Set) EliminationDrop {
	d := EliminationDrop{First: v, FirstTargets: targets, Second: w,
		Rows: []EliminationTerm{{Set: v &^ w, Bound: true, Targets: targets}}}
	if w&^v != 0 {
		d.Rows = append(d.Rows, EliminationTerm{Set: w &^ v})
	}
	// What the row of z covers besides S and V.
	rest := multidraft.FullSet(t.n) &^ (targets | v)
	for _, support := range t.supports {
		meets := func(s multidraft.Set) int { return indicator(support&s != 0) }
		// b_T occurs more often on the left than on the right: what is over is b_T >= 0.
		if meets(rest)+meets(w) > meets(rest|v&w)+meets(w&^v) {
			d.Supports = append(d.Supports, support)
		}
	}
	return d
}

func (t *targetDrops) seq(yield func(EliminationDrop) bool) {
	t.each(func(d *EliminationDrop, _ int) bool { return yield(*d) })
}

// checkDrop checks that a combination is the sum of its rows and supports.
func (s *augmented) checkDrop(d *EliminationDrop, j int) error {
	// Either t_j ≥ 0 or a row of z, and with it always a row t(W) ≤ C(W).
	combination := s.signRow(j)
	if !d.NoBound {
		combination = s.boundRow(d.FirstTargets, d.First)
	}
	combination = combination.add(s.coverRow(d.Second))
	sum := make(form, s.columns)
	for _, r := range d.Rows {
		if r.Bound {
			sum = sum.add(s.boundRow(r.Targets, r.Set))
		} else {
			sum = sum.add(s.coverRow(r.Set))
		}
	}
	for _, t := range d.Supports {
		sum[s.number[t]]++
	}
	if !combination.equal(sum) {
		return fmt.Errorf("the combination with the row of %v is not redundant as claimed", d.Second)
	}
	return nil
}
