package multidraft

import (
	"fmt"
	"math/bits"
	"sync"
)

// MaxTokens is the largest alphabet whose subsets a Set can hold with every
// size 1<<n still representable.
const MaxTokens = 62

// MaxSupports is the largest number of supports a cell (K, n) may have. It
// bounds the memory of everything that lists them.
const MaxSupports = 1 << 20

// A Set is a set of tokens, one bit per token. Tokens are numbered from 0 in
// Go and from 1 in everything printed.
type Set uint64

// SetOf returns the set of the given tokens. It panics if a token lies outside
// 0..MaxTokens-1.
func SetOf(tokens ...int) Set {
	var s Set
	for _, i := range tokens {
		if i < 0 || i >= MaxTokens {
			panic(fmt.Sprintf("multidraft: token %d outside 0..%d", i, MaxTokens-1))
		}
		// A token that comes twice is in the set once.
		s |= 1 << i
	}
	return s
}

// FullSet returns the whole alphabet {0, ..., n-1}.
func FullSet(n int) Set {
	checkAlphabet(n)
	return 1<<n - 1
}

// Has reports whether token i is in s.
func (s Set) Has(i int) bool { return i >= 0 && i < 64 && s>>i&1 == 1 }

// Len returns the number of tokens in s.
func (s Set) Len() int { return bits.OnesCount64(uint64(s)) }

// SubsetOf reports whether every token of s is in t.
func (s Set) SubsetOf(t Set) bool { return s&^t == 0 }

// Tokens returns the tokens of s in ascending order.
func (s Set) Tokens() []int {
	tokens := make([]int, 0, s.Len())
	// From the lowest on, each step taking one bit away.
	for r := s; r != 0; r &= r - 1 {
		tokens = append(tokens, r.Lowest())
	}
	return tokens
}

// Lowest returns the smallest token of a nonempty set.
func (s Set) Lowest() int { return bits.TrailingZeros64(uint64(s)) }

// Compare orders sets canonically: by size, then lexicographically by their
// ascending token lists. It returns -1, 0 or +1.
func (s Set) Compare(t Set) int {
	switch {
	case s.Len() != t.Len():
		if s.Len() < t.Len() {
			return -1
		}
		return 1
	case s == t:
		return 0
	}
	// Between sets of one size, the lists first differ where the smaller of
	// the tokens that only one set has stands; the set holding it comes first.
	if s.Has((s ^ t).Lowest()) {
		return -1
	}
	return 1
}

// String writes the set with its tokens numbered from 1, as in "{1,3}".
func (s Set) String() string {
	return "{" + TokenList(s.Tokens()) + "}"
}

// CountSupports returns the number of possible supports of k drafts over n
// tokens, the sum of C(n, t) over 1 <= t <= min(k, n).
func CountSupports(k, n int) int {
	checkCell(k, n)
	total := 0
	// Numbers of drafts above n reach no further set.
	for t := 1; t <= min(k, n); t++ {
		total += binomials()[n][t]
	}
	return total
}

// Supports lists the possible supports of k drafts over n tokens, that is the
// sets T with 1 <= |T| <= min(k, n), in canonical order: by size, then
// lexicographically by ascending token list. The first n are the singletons.
// It panics if k < 1, n is outside 1..MaxTokens, or there are more than
// MaxSupports.
func Supports(k, n int) []Set {
	count := CountSupports(k, n)
	if count > MaxSupports {
		panic(fmt.Sprintf("multidraft: %d supports at K=%d, n=%d, more than %d", count, k, n, MaxSupports))
	}
	// All in one block of the right size.
	supports := make([]Set, 0, count)
	for t := 1; t <= min(k, n); t++ {
		supports = appendSubsets(supports, 0, 0, t, n)
	}
	return supports
}

// appendSubsets appends base with every way of adding size tokens from
// first..n-1, in lexicographic order.
func appendSubsets(list []Set, base Set, first, size, n int) []Set {
	if size == 0 {
		return append(list, base)
	}
	// No further: behind i there must be size-1 more tokens.
	for i := first; i <= n-size; i++ {
		list = appendSubsets(list, base|1<<i, i+1, size-1, n)
	}
	return list
}

// SupportIndex returns the place of the nonempty set t in Supports(k, n), for
// any k >= |t|; the place does not depend on k. It panics if t is empty or
// has a token outside 0..n-1.
func SupportIndex(n int, t Set) int {
	// Sets come from the program: a wrong one is a fault.
	if t == 0 || !t.SubsetOf(FullSet(n)) {
		panic(fmt.Sprintf("multidraft: %v is not a support over %d tokens", t, n))
	}
	size := t.Len()
	index, binomials := 0, binomials()
	// All smaller sets stand before.
	for smaller := 1; smaller < size; smaller++ {
		index += binomials[n][smaller]
	}
	// The sets after t in lexicographic order agree with it up to some token
	// and have a larger one there.
	index += binomials[n][size] - 1
	// Of the sets of this size those that come later are counted and taken off.
	for left := size; t != 0; t, left = t&(t-1), left-1 {
		index -= binomials[n-1-t.Lowest()][left]
	}
	return index
}

// binomials()[n][k] is C(n, k) for n <= MaxTokens; all of them fit an int64.
// It is eight pages of memory, which few runs need.
var binomials = sync.OnceValue(pascal)

// pascal makes the triangle by additions, none of which overflows up to MaxTokens.
func pascal() *[MaxTokens + 1][MaxTokens + 1]int {
	var table [MaxTokens + 1][MaxTokens + 1]int
	for n := range table {
		// C(n, 0), from which each row grows; what is above the diagonal stays 0.
		table[n][0] = 1
		for k := 1; k <= n; k++ {
			table[n][k] = table[n-1][k-1] + table[n-1][k]
		}
	}
	return &table
}

// checkAlphabet panics for an alphabet that no Set holds: sizes of the user's are checked before,
// by CheckShape.
func checkAlphabet(n int) {
	if n < 1 || n > MaxTokens {
		panic(fmt.Sprintf("multidraft: alphabet of %d tokens, want 1..%d", n, MaxTokens))
	}
}

// checkCell panics likewise for a cell.
func checkCell(k, n int) {
	checkAlphabet(n)
	if k < 1 {
		panic(fmt.Sprintf("multidraft: %d drafts, want at least 1", k))
	}
}
