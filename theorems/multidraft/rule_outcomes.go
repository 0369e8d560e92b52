package multidraft

import (
	"slices"
)

// outcomes lists the words of positive probability, or the sets as words that
// list their tokens.
func (s *Setting) outcomes(byWord bool) ([]Word, error) {
	if !byWord && s.model != ModelJoint && s.N() <= MaxTokens && CountSupports(s.k, s.N()) <= MaxSupports {
		in, err := s.Instance()
		if err != nil {
			return nil, err
		}
		var sets []Word
		supports := Supports(s.k, s.N())
		for j, b := range in.drafts.SupportLaw() {
			if !b.IsZero() {
				sets = append(sets, Word{Tokens: supports[j].Tokens(), Probability: b})
			}
		}
		return sets, nil
	}
	words, err := s.draftedWords()
	if err != nil || byWord {
		return words, err
	}
	var sets []Word
	place := map[string]int{}
	for _, w := range words {
		set := slices.Compact(sortedCopy(w.Tokens))
		key := tokenList(set)
		if j, known := place[key]; known {
			sets[j].Probability = sets[j].Probability.Add(w.Probability)
			continue
		}
		place[key] = len(sets)
		sets = append(sets, Word{Tokens: set, Probability: w.Probability})
	}
	return sets, nil
}

// draftedWords lists the words of positive probability by way of the tokens that
// may be drafted, which may be few.
func (s *Setting) draftedWords() ([]Word, error) {
	merged, tokens := s.merge()
	words, err := merged.ListWords()
	if err != nil {
		return nil, err
	}
	list := make([]Word, len(words))
	for j, w := range words {
		list[j] = Word{Tokens: make([]int, len(w.Tokens)), Probability: w.Probability}
		for k, x := range w.Tokens {
			list[j].Tokens[k] = tokens[x]
		}
	}
	return list, nil
}
