package scheme

import (
	"context"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
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
func planGreedy(_ context.Context, s *multidraft.Instance, _ Options) (plan, error) {
	p, q := s.Rows()[0], s.Target()
	// After K-1 fixed tokens one must be left to draw.
	if p.Positive() < s.K() {
		return plan{}, undefinedf(Greedy, "p gives positive probability to %d tokens, want at least K = %d", p.Positive(), s.K())
	}
	fixed := p.Likeliest(s.K() - 1)
	last := without(p, fixed)
	drafts, err := greedyInstance(fixed, last, q)
	if err != nil {
		return plan{}, err
	}
	// The last draft is a single draft of the law off T.
	spec := speculate(last, q)
	inFixed := make([]bool, s.N())
	for _, i := range fixed {
		inFixed[i] = true
	}
	best := enclose.Point(rational.RatFromInts(spec.total, spec.unit).Add(rational.RatFromInts(q.MassOf(fixed), q.Unit)))
	return plan{
		// P* of this law is what the scheme accepts: there is nothing to compute it by.
		instance: drafts, law: spec.law(), acceptance: best, known: &best,
		parameters: []Parameter{{"T", "{" + multidraft.TokenList(multidraft.SortedCopy(fixed)) + "}"}},
		decide:     func(word []int) Decision { return decideGreedy(spec, inFixed, word) },
	}, nil
}

// greedyInstance is the joint law of the fixed tokens and the last draft.
func greedyInstance(fixed []int, last, q multidraft.Distribution) (*multidraft.Instance, error) {
	// One word for each token that the last draft can be: the tokens of T come first in all.
	var words []multidraft.Word
	for x, w := range last.Weights.All() {
		// A word for each last draft that there may be.
		if !w.IsZero() {
			word := append(append([]int(nil), fixed...), x)
			words = append(words, multidraft.Word{Tokens: word, Probability: rational.RatFromInts(w, last.Unit)})
		}
	}
	return multidraft.NewJointInstance(len(fixed)+1, words, q)
}

// decideGreedy takes what is left after the last draft apart: tokens of T in it are drafts, and
// count as accepted.
func decideGreedy(spec *speculation, inFixed []bool, word []int) Decision {
	x := word[len(word)-1]
	d := spec.decide([]int{x}, []rational.Rat{one})
	// What speculative sampling of the last draft would draw anew.
	left := d.Left()
	// The last draft is accepted for certain.
	if left.IsZero() {
		return d
	}
	// A token of T that is drawn then is a draft, and counts as accepted.
	off := d.Rest.Only(func(i int) bool { return !inFixed[i] })
	for _, i := range word[:len(word)-1] {
		if mass := left.Mul(d.Rest.At(i)); !mass.IsZero() {
			d.Accepted, d.Mass = append(d.Accepted, i), append(d.Mass, mass)
		}
	}
	d.Rest = multidraft.Distribution{}
	// q may have nothing left off T.
	if !off.Unit.IsZero() {
		d.Rest = off
	}
	return d
}
