package multidraft

import (
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
)

// A Word is one possible value of the drafts X_1, ..., X_K with its
// probability.
type Word struct {
	Tokens      []int
	Probability rational.Rat
}

// Joint is an explicit law of the drafts: any law on words of length K (MD-T4).
type Joint struct {
	draftBase
	words []Word // increasing, of positive probability
}

// NewJoint returns the law of k drafts over n tokens that gives the listed
// words their probabilities and all others 0. It fails if k is out of range, if a word has another length than k or a token outside 0..n-1, if a
// word is listed twice, if a probability is negative, or if they do not sum to
// exactly 1.
func NewJoint(k, n int, words []Word) (*Joint, error) {
	if err := checkCount(k); err != nil {
		return nil, err
	}
	if len(words) == 0 {
		return nil, fmt.Errorf("law: %w", errEmptyDistribution)
	}
	// All, those of probability 0 too: they are checked like the others.
	probabilities := make([]rational.Rat, len(words))
	var kept []Word
	for j, w := range words {
		if err := checkJointWord(k, n, w.Tokens); err != nil {
			return nil, fmt.Errorf("word %d: %w", j+1, err)
		}
		probabilities[j] = w.Probability
		// A word of probability 0 is never drafted, and would only cost time.
		if w.Probability.Sign() > 0 {
			kept = append(kept, Word{Tokens: slices.Clone(w.Tokens), Probability: w.Probability})
		}
	}
	// Its probabilities could be added, but a word that is listed twice is more likely a slip.
	if place := repeatedWord(words); place >= 0 {
		return nil, fmt.Errorf("word %d is listed twice", place+1)
	}
	// Signs and the sum are those of any distribution.
	if _, err := NewDistribution("law", probabilities); err != nil {
		return nil, err
	}
	// Sorted, so that Word finds one by halving and reports have one order.
	slices.SortFunc(kept, func(v, w Word) int { return slices.Compare(v.Tokens, w.Tokens) })
	base := newDraftBase(k, n, func() *integerLaw { return jointLaw(k, n, kept) })
	return &Joint{draftBase: base, words: kept}, nil
}

// checkJointWord says what is wrong with a word, with drafts and tokens numbered from 1.
func checkJointWord(k, n int, word []int) error {
	if len(word) != k {
		return fmt.Errorf("%d tokens, want K = %d", len(word), k)
	}
	for place, x := range word {
		if x < 0 || x >= n {
			return fmt.Errorf("draft %d is token %d, want 1..%d", place+1, x+1, n)
		}
	}
	return nil
}

// repeatedWord returns the place of the first word that occurs earlier in the
// list too, or -1.
func repeatedWord(words []Word) int {
	// Places are sorted and not words, so that the word that is told is the later one in the
	// list.
	places := each.To(len(words), func(j int) int { return j })
	slices.SortStableFunc(places, func(i, j int) int { return slices.Compare(words[i].Tokens, words[j].Tokens) })
	repeated := -1
	for j := 1; j < len(places); j++ {
		// Equal words stand beside each other, in the order of the list: the later one is the
		// repetition.
		if slices.Equal(words[places[j-1]].Tokens, words[places[j]].Tokens) && (repeated < 0 || places[j] < repeated) {
			repeated = places[j]
		}
	}
	return repeated
}

// Model returns ModelJoint.
func (d *Joint) Model() string { return ModelJoint }

// Words lists the words of positive probability in lexicographic order. The
// caller owns the list.
func (d *Joint) Words() []Word {
	return each.Of(d.words, func(w Word) Word { return Word{Tokens: slices.Clone(w.Tokens), Probability: w.Probability} })
}

// Word returns the probability the law gives to the word.
// O(log of the number of words).
func (d *Joint) Word(word []int) rational.Rat {
	d.checkWord(word)
	place, found := slices.BinarySearchFunc(d.words, word, func(w Word, tokens []int) int {
		return slices.Compare(w.Tokens, tokens)
	})
	if !found {
		return rational.Rat{}
	}
	return d.words[place].Probability
}

// B returns the probability of the words over s.
// Word by word: a joint law has no formula.
func (d *Joint) B(s Set) rational.Rat {
	d.checkSet(s)
	var sum rational.Rat
	for _, w := range d.words {
		if SetOf(w.Tokens...).SubsetOf(s) {
			sum = sum.Add(w.Probability)
		}
	}
	return sum
}

// jointLaw adds up the words of each support, in one unit.
func jointLaw(k, n int, words []Word) *integerLaw {
	// Several words have one set, such as 1,2 and 2,1.
	supports := Supports(k, n)
	probabilities := each.Of(words, func(w Word) rational.Rat { return w.Probability })
	law := InCommonUnit(probabilities)
	weights := make([]rational.Int, len(supports))
	for j, w := range words {
		place := SupportIndex(n, SetOf(w.Tokens...))
		weights[place] = weights[place].Add(law.Weights.At(j))
	}
	return newIntegerLaw(supports, weights, law.Unit)
}
