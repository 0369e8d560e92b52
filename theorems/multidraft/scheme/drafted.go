package scheme

import (
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// maxDraftedWords bounds the words of drafts that Drafted goes through.
const maxDraftedWords = 1 << 14

// Drafted returns Pr(the output is one of the drafts), found by going through all
// words of drafts, and whether that was possible: it is not without a table of
// the rule, or with more than 2^14 words. It is at least the acceptance and at
// most P*: a token drawn after a rejection may happen to be another draft. For
// IS and recursive rejection the two are equal; for SS of several drafts, K-SEQ
// with γ > γ* and the truncated schemes they may differ. For K-SEQ with γ* it is that of the rule
// with the upper end of the enclosure of γ*.
func (e *Evaluation) Drafted() (p rational.Rat, ok bool) {
	if e.plan.decide == nil {
		return p, false
	}
	// Counted before a word is made.
	merged, _ := e.plan.instance.Merge()
	// A joint law lists its words, and has as many as it has.
	if merged.Model() != multidraft.ModelJoint && multidraft.BoundedPower(merged.N(), merged.K()) > maxDraftedWords || len(merged.Words()) > maxDraftedWords {
		return p, false
	}
	words, err := draftedWords(e.plan.instance)
	if err != nil {
		return p, false
	}
	// Each word counts with its probability.
	for _, w := range words {
		d := e.plan.decide(w.Tokens)
		among := rational.RatVector(d.Mass).Sum()
		// What is drawn after all are rejected may be one of them by chance.
		if left := one.Sub(among); !left.IsZero() {
			for _, x := range slices.Compact(multidraft.SortedCopy(w.Tokens)) {
				among = among.Add(left.Mul(d.Rest.At(x)))
			}
		}
		p = p.Add(w.Probability.Mul(among))
	}
	return p, true
}
