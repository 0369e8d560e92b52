package multidraft

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"
)

// A TokenSet is a set of tokens of an alphabet of any size, in one bit for each token of the alphabet. The zero value
// is the empty set of no tokens. A copy shares its bits: nothing is added once one was made. [Set] is for
// the small alphabets whose sets are gone through.
type TokenSet struct{ words []uint64 }

// NewTokenSet returns the set of the given tokens of 0..n−1.
func NewTokenSet(n int, tokens ...int) TokenSet {
	s := TokenSet{make([]uint64, (n+63)/64)}
	for _, i := range tokens {
		s.Add(i)
	}
	return s
}

// Add puts token i into the set, which must be of an alphabet that has it.
func (s TokenSet) Add(i int) { s.words[i>>6] |= 1 << (i & 63) }

// AddIf adds token i if in is 1, and nothing if it is 0, without a branch that no processor can predict.
func (s TokenSet) AddIf(i int, in uint64) { s.words[i>>6] |= in << (i & 63) }

// Clone returns a copy that shares nothing.
func (s TokenSet) Clone() TokenSet { return TokenSet{slices.Clone(s.words)} }

// Len returns the number of tokens in the set.
func (s TokenSet) Len() int {
	count := 0
	for _, w := range s.words {
		count += bits.OnesCount64(w)
	}
	return count
}

// All goes through the tokens of the set, ascending.
func (s TokenSet) All() iter.Seq[int] {
	return func(yield func(int) bool) {
		for j, w := range s.words {
			for ; w != 0; w &= w - 1 {
				if !yield(j<<6 + bits.TrailingZeros64(w)) {
					return
				}
			}
		}
	}
}

// Tokens lists the tokens of the set, ascending. It is never nil, and the caller owns it.
func (s TokenSet) Tokens() []int {
	return slices.AppendSeq(make([]int, 0, s.Len()), s.All())
}

// String returns the tokens in brackets, numbered from 0 and separated by spaces.
func (s TokenSet) String() string { return fmt.Sprint(s.Tokens()) }

// Compare is [CompareTokens] of the lists of tokens of two sets of one alphabet.
func (s TokenSet) Compare(t TokenSet) int {
	if d := s.Len() - t.Len(); d != 0 {
		return d
	}
	// The zero value has fewer words, and equals the empty set.
	for j, w := range s.words[:min(len(s.words), len(t.words))] {
		// The lists differ first at the least token that one of them lacks, which the other has there.
		if differ := w ^ t.words[j]; differ != 0 {
			if w&differ&-differ != 0 {
				return -1
			}
			return 1
		}
	}
	return 0
}
