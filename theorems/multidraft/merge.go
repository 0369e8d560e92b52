package multidraft

import (
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems"
)

// Drafted returns which tokens may be drafted at all.
func (in *Instance) Drafted() []bool {
	// Of independent drafts a token that any of them may be.
	may := make([]bool, in.N())
	for _, row := range in.Rows() {
		for i, w := range row.Weights.All() {
			may[i] = may[i] || !w.IsZero()
		}
	}
	// Joint laws have no rows, and the other models no words.
	for _, w := range in.Words() {
		for _, x := range w.Tokens {
			may[x] = true
		}
	}
	return may
}

// Rest is the place of the merged token in the list of merge.
const Rest = -1

// Merge makes one token of all that are never drafted: whatever a selection
// rule does with them, only their total probability matters to the acceptance.
// It returns the tokens kept, ascending, with rest as the last entry if there
// is a merged token.
func (in *Instance) Merge() (*Instance, []int) {
	may := in.Drafted()
	var kept []int
	place := make([]int, in.N())
	for i, ok := range may {
		if ok {
			place[i] = len(kept)
			kept = append(kept, i)
		}
	}
	// One token alone, or none, is nothing to merge.
	if len(kept) >= in.N()-1 {
		return in, Identity(in.N())
	}
	// Sums are kept: the merged token has the target of all that it stands for.
	merged := &Instance{target: in.target.gather(kept)}
	switch d := in.drafts.(type) {
	case *IID:
		merged.drafts = iid(d.k, d.rows[0].gather(kept))
	case *Independent:
		rows := make([]Distribution, d.k)
		for k, row := range d.rows {
			rows[k] = row.gather(kept)
		}
		merged.drafts = &Independent{newProductDrafts(rows)}
	case *WithoutReplacement:
		merged.drafts = Must(withoutReplacement(d.k, d.row.gather(kept)))
	case *Joint:
		words := d.Words()
		// The copies may be changed: Words hands out its own.
		for _, w := range words {
			for j, x := range w.Tokens {
				w.Tokens[j] = place[x]
			}
		}
		merged.drafts = Must(NewJoint(d.k, merged.N(), words))
	}
	return merged, append(kept, Rest)
}

// Identity lists 0..n-1.
func Identity(n int) []int {
	return each.To(n, func(i int) int { return i })
}

// gather keeps the weights of the tokens and adds one entry for the others.
func (d Distribution) gather(tokens []int) Distribution {
	weights := rational.NewPacked(len(tokens) + 1)
	for j, i := range tokens {
		weights.Set(j, d.Weights.At(i))
	}
	weights.Set(len(tokens), d.Unit.Sub(d.MassOf(tokens)))
	return Distribution{Weights: weights, Unit: d.Unit}
}

// ListWords lists the words of positive probability. It fails if there may be
// more than MaxSupports.
func (in *Instance) ListWords() ([]Word, error) {
	if in.Model() == ModelJoint {
		return in.Words(), nil
	}
	// Before the first word is made.
	if BoundedPower(in.N(), in.K()) > MaxSupports {
		return nil, &theorems.Unsettled{Reason: fmt.Sprintf("%s drafts: %d tokens may be drafted, too many for exact flows at K = %d (at most %d sets or words of drafts)",
			in.Model(), in.N(), in.K(), MaxSupports)}
	}
	var words []Word
	EachWord(in.K(), in.N(), func(word []int) {
		if p := in.drafts.Word(word); !p.IsZero() {
			words = append(words, Word{Tokens: append([]int(nil), word...), Probability: p})
		}
	})
	return words, nil
}
