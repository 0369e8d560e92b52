package classes

import (
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
)

// Chosen returns the probability with which each draft of a word is chosen. It panics if
// the word does not have K tokens of the alphabet.
func (e *Evaluation) Chosen(word []int) []rational.Rat {
	e.checkWord(word)
	// The classes that each draft may get depend on its own ratio alone.
	classes := each.Of(word, func(i int) []rational.Rat { return e.rule.probabilities(e.ratio(i)) })
	chosen := make([]rational.Rat, len(word))
	upTo := make([]rational.Rat, len(word)) // that a draft has a class up to c - 1
	for c := range e.rule.Classes {
		// Draft j is chosen with class c if those before it have a lower one, and those behind
		// it no higher one.
		for j := range word {
			p := classes[j][c]
			for l := range word {
				switch {
				case p.IsZero():
				case l < j:
					p = p.Mul(upTo[l])
				case l > j:
					p = p.Mul(upTo[l].Add(classes[l][c]))
				}
			}
			chosen[j] = chosen[j].Add(p)
		}
		for j := range word {
			upTo[j] = upTo[j].Add(classes[j][c])
		}
	}
	return chosen
}

// checkWord panics for a word that no drafts can be. A ratio q/p exists only where p is above 0.
func (e *Evaluation) checkWord(word []int) {
	if len(word) != e.s.K() {
		panic(fmt.Sprintf("classes: %d drafts, want K = %d", len(word), e.s.K()))
	}
	for _, i := range word {
		if i < 0 || i >= e.s.N() || e.s.Rows()[0].Weights.At(i).IsZero() {
			panic(fmt.Sprintf("classes: token %d cannot be drafted", i+1))
		}
	}
}

// ratio is q_i/p_i, for a token that can be drafted.
func (e *Evaluation) ratio(i int) rational.Rat {
	p, q := e.s.Rows()[0], e.s.Target()
	// By weights: a ratio of two fractions would be reduced twice.
	return rational.RatFromInts(q.Weights.At(i).Mul(p.Unit), p.Weights.At(i).Mul(q.Unit))
}

// Selected returns t_i, the probability that the draft chosen is token i.
func (e *Evaluation) Selected(i int) rational.Rat {
	p := e.s.Rows()[0].At(i)
	if p.IsZero() {
		return p
	}
	// τ between two levels is interpolated as the classes are: the choice of a level is a draw.
	b, next, first := e.rule.at(e.ratio(i))
	return p.Mul(first.Mul(e.Tau[b]).Add(one.Sub(first).Mul(e.Tau[next])))
}

// Accept returns the probability with which token i is accepted once it is chosen.
func (e *Evaluation) Accept(i int) rational.Rat {
	t := e.Selected(i)
	// min(1, q_i/t_i), of which a token that is never chosen needs none.
	if q := e.s.Target().At(i); q.Cmp(t) < 0 {
		return q.Quo(t)
	}
	return one
}
