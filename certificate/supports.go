package certificate

import (
	"math/big"
	"math/bits"
)

// Bounds of a cell.
const (
	MaxTokens = 62
	MaxDrafts = 64
)

// A set of tokens is a bit set: token i is bit i-1.
type set = uint64

// tokenBit is the set {token}.
func tokenBit(token int) set { return 1 << (token - 1) }

// supports are the nonempty sets of at most min(K,N) tokens in canonical order.
// The first N are the singletons; those that follow are the 𝒯 of the theory.
type supports struct {
	n    int   // tokens
	most int   // tokens of a largest support
	sets []set // canonical order
}

// countSupports is Σ C(n,t) over t = 1..min(k,n).
func countSupports(k, n int) *big.Int {
	count := new(big.Int)
	for t := 1; t <= min(k, n); t++ {
		count.Add(count, new(big.Int).Binomial(int64(n), int64(t)))
	}
	return count
}

func newSupports(k, n int) *supports {
	s := &supports{n: n, most: min(k, n)}
	s.sets = make([]set, 0, countSupports(k, n).Int64())
	for size := 1; size <= s.most; size++ {
		s.extend(0, 1, size)
	}
	return s
}

// extend appends the sets that add size tokens, from the token first on, to prefix.
func (s *supports) extend(prefix set, first, size int) {
	if size == 0 {
		s.sets = append(s.sets, prefix)
		return
	}
	for token := first; token+size-1 <= s.n; token++ {
		s.extend(prefix|tokenBit(token), token+1, size-1)
	}
}

// pairsUp are the supports of at least two tokens, 𝒯.
func (s *supports) pairsUp() []set { return s.sets[s.n:] }

// tokensOf lists a set in ascending order.
func tokensOf(s set) []int {
	tokens := make([]int, 0, bits.OnesCount64(s))
	for ; s != 0; s &= s - 1 {
		tokens = append(tokens, 1+bits.TrailingZeros64(s))
	}
	return tokens
}
