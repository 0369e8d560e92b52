package classes

import (
	"math/rand/v2"
	"sort"
)

// A Selector draws outputs of a rule, as a server of models would.
//
// Draws are made in floating point: probabilities are off by about 1e-13. What an
// [Evaluation] says is exact.
type Selector struct {
	e             *Evaluation
	p, q          []float64
	levels        []float64 // ratios
	classes       [][]threshold
	tau           []float64
	order         []int // tokens by the residual's pieces, those that are never drafted first
	up            []float64
	residualTotal float64
}

// A threshold is a class with the probability of those up to it.
type threshold struct {
	class int
	upTo  float64
}

// Selector prepares draws: O(n), once for a pair p and q.
func (e *Evaluation) Selector() *Selector {
	s := &Selector{e: e}
	// Floats of the exact law: draws need no more digits.
	draft, target := e.s.Rows()[0], e.s.Target()
	pUnit, qUnit := float(draft.Unit), float(target.Unit)
	for b, l := range e.rule.Levels {
		s.levels = append(s.levels, l.Ratio.Float64())
		s.tau = append(s.tau, e.Tau[b].Float64())
		up := 0.0
		var list []threshold
		for _, w := range l.Class {
			// Ascending sums: a class is found by halving.
			up += w.Probability.Float64()
			list = append(list, threshold{w.Class, up})
		}
		s.classes = append(s.classes, list)
	}
	// Residuals of rounding would be drawn from as if they were some: what is below noise is 0.
	for i := range draft.Weights.Len() {
		s.p = append(s.p, float(draft.Weights.At(i)).over(pUnit))
		s.q = append(s.q, float(target.Weights.At(i)).over(qUnit))
		if rest := s.q[i] - s.selected(i); rest > noise*s.q[i] {
			s.residualTotal += rest
			s.order, s.up = append(s.order, i), append(s.up, s.residualTotal)
		}
	}
	return s
}

// noise is what q_i - t_i may be, relative to q_i, where it is 0.
const noise = 1e-13

// at is [Rule.at] in floating point.
func (s *Selector) at(ratio float64) (b, next int, first float64) {
	last := len(s.levels) - 1
	switch after := sort.SearchFloat64s(s.levels, ratio); {
	// Below the first level that one counts alone, as beyond the last.
	case after == 0:
		return 0, 0, 1
	case after > last:
		return last, last, 1
	default:
		return after - 1, after, (s.levels[after] - ratio) / (s.levels[after] - s.levels[after-1])
	}
}

// selected is t_i.
func (s *Selector) selected(i int) float64 {
	if s.p[i] == 0 {
		return 0
	}
	b, next, first := s.at(s.q[i] / s.p[i])
	return s.p[i] * (first*s.tau[b] + (1-first)*s.tau[next])
}

// Select returns an output for the drafts, and whether it is one that was accepted. It panics
// if the word does not have K tokens that can be drafted.
func (s *Selector) Select(word []int, random *rand.Rand) (token int, accepted bool) {
	s.e.checkWord(word)
	// Below all classes, so that the first draft is taken if no other is higher.
	best, highest := 0, -1
	for j, i := range word {
		b, next, first := s.at(s.q[i] / s.p[i])
		// A level is drawn, then a class of it.
		if b != next && random.Float64() >= first {
			b = next
		}
		list, u := s.classes[b], random.Float64()
		place := min(sort.Search(len(list), func(c int) bool { return u < list[c].upTo }), len(list)-1)
		if class := list[place].class; class > highest {
			best, highest = j, class
		}
	}
	// Of equal classes the first draft: the comparison above is strict.
	i := word[best]
	// Without a residual rejection would have no output: what is left is rounding.
	if len(s.order) == 0 || random.Float64()*s.selected(i) < s.q[i] {
		return i, true
	}
	// By inversion; rounding may put the goal behind the last sum.
	goal := random.Float64() * s.residualTotal
	return s.order[min(sort.SearchFloat64s(s.up, goal), len(s.order)-1)], false
}
