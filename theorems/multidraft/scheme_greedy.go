package multidraft

import (
	"context"

	"pstar/rational"
)

// planGreedy is the greedy scheme of Hu et al. (arXiv 2502.18779): the first K-1
// drafts are fixed, the set T of the likeliest tokens of p (of equal ones the
// first), and the last is drawn from p off T. The acceptance is
//
//	q(T) + sum over x not in T of min(q_x, p_x / (1 - p(T))),
//
// the best for this law of the drafts: accept the last draft x with probability
// min(1, q_x (1 - p(T))/p_x), else draw from what is left of q, where all of q(T)
// is left and tokens of T are accepted drafts.
func planGreedy(_ context.Context, s *Setting, _ SchemeOptions) (plan, error) {
	p, q := s.rows[0], s.target
	if p.Positive() < s.k {
		return plan{}, undefinedf(SchemeGreedy, "p gives positive probability to %d tokens, want at least K = %d", p.Positive(), s.k)
	}
	fixed := p.Likeliest(s.k - 1)
	last := p.without(fixed)
	drafts, err := greedySetting(fixed, last, q)
	if err != nil {
		return plan{}, err
	}
	spec := speculate(last, q)
	inFixed := make([]bool, s.N())
	for _, i := range fixed {
		inFixed[i] = true
	}
	best := rational.RatFromInts(spec.total, spec.unit).Add(rational.RatFromInts(q.massOf(fixed), q.unit))
	return plan{
		setting: drafts, law: spec.law(), acceptance: Exactly(best), known: &best,
		parameters: []Parameter{{"T", "{" + tokenList(sortedCopy(fixed)) + "}"}},
		decide:     func(word []int) Decision { return decideGreedy(spec, inFixed, word) },
	}, nil
}

// greedySetting is the joint law of the fixed tokens and the last draft.
func greedySetting(fixed []int, last, q Distribution) (*Setting, error) {
	var words []Word
	for x, w := range last.weights {
		if !w.IsZero() {
			word := append(append([]int(nil), fixed...), x)
			words = append(words, Word{Tokens: word, Probability: rational.RatFromInts(w, last.unit)})
		}
	}
	return NewJointSetting(len(fixed)+1, words, q)
}

func decideGreedy(spec *speculation, inFixed []bool, word []int) Decision {
	x := word[len(word)-1]
	d := spec.decide([]int{x}, []rational.Rat{one})
	left := d.Left()
	if left.IsZero() {
		return d
	}
	off := d.Rest.only(func(i int) bool { return !inFixed[i] })
	for _, i := range word[:len(word)-1] {
		if mass := left.Mul(d.Rest.At(i)); !mass.IsZero() {
			d.Accepted, d.Mass = append(d.Accepted, i), append(d.Mass, mass)
		}
	}
	d.Rest = Distribution{}
	if !off.unit.IsZero() {
		d.Rest = off
	}
	return d
}
