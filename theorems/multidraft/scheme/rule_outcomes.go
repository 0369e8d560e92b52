package scheme

import (
	"slices"

	"pstar/theorems/multidraft"
)

// outcomes lists the words of positive probability, or the sets as words that
// list their tokens.
func outcomes(s *multidraft.Instance, byWord bool) ([]multidraft.Word, error) {
	// The law of the set is there in closed form, and there are far fewer sets than words.
	if !byWord && s.Model() != multidraft.ModelJoint && s.HasSupports() {
		// b_T, by the model's own formula.
		var sets []multidraft.Word
		supports := multidraft.Supports(s.K(), s.N())
		for j, b := range s.Drafts().SupportLaw() {
			if !b.IsZero() {
				sets = append(sets, multidraft.Word{Tokens: supports[j].Tokens(), Probability: b})
			}
		}
		return sets, nil
	}
	words, err := draftedWords(s)
	if err != nil || byWord {
		return words, err
	}
	var sets []multidraft.Word
	place := map[string]int{}
	for _, w := range words {
		// The set of a word is its tokens without repetition.
		set := slices.Compact(multidraft.SortedCopy(w.Tokens))
		key := multidraft.TokenList(set)
		// Several words have one set; in the order of their first word, so that reports are the
		// same each time.
		if j, known := place[key]; known {
			sets[j].Probability = sets[j].Probability.Add(w.Probability)
			continue
		}
		place[key] = len(sets)
		sets = append(sets, multidraft.Word{Tokens: set, Probability: w.Probability})
	}
	return sets, nil
}

// draftedWords lists the words of positive probability by way of the tokens that
// may be drafted, which may be few.
func draftedWords(s *multidraft.Instance) ([]multidraft.Word, error) {
	// The n^K words of a vocabulary of which a few tokens are drafted are few.
	merged, tokens := s.Merge()
	words, err := merged.ListWords()
	if err != nil {
		return nil, err
	}
	list := make([]multidraft.Word, len(words))
	for j, w := range words {
		list[j] = multidraft.Word{Tokens: make([]int, len(w.Tokens)), Probability: w.Probability}
		// Back to the tokens of the instance.
		for k, x := range w.Tokens {
			list[j].Tokens[k] = tokens[x]
		}
	}
	return list, nil
}
