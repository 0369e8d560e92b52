package certificate

import (
	"math/big"
	"math/bits"
)

// A set of tokens is a bit set: token i is bit i-1.
type set = uint64

// tokenBit is the set {token}.
func tokenBit(token int) set { return 1 << (token - 1) }

// before says whether a precedes b in the canonical order: by size, then
// lexicographically by the ascending list of tokens. Of two different sets of one
// size, the first is the one that owns the least token in which they differ.
func before(a, b set) bool {
	if d := bits.OnesCount64(a) - bits.OnesCount64(b); d != 0 {
		return d < 0
	}
	differ := a ^ b
	return a&(differ&-differ) != 0
}

// supports are the nonempty sets of at most min(K,N) tokens in canonical order.
// The first N are the singletons; those that follow are the 𝒯 of the theory.
type supports struct {
	n     int   // tokens
	most  int   // tokens of a largest support
	sets  []set // canonical order
	first []int // by size: how many supports are smaller
	// choose[a][b] is C(a,b), for a < n and b <= most.
	choose [][]int32
}

// MaxSupports bounds the number of supports of a statement of the family multidraft.
const MaxSupports = 1 << 20

// countSupports is Σ C(n,t) over t = 1..min(k,n).
func countSupports(k, n int) *big.Int {
	count := new(big.Int)
	for t := 1; t <= min(k, n); t++ {
		count.Add(count, new(big.Int).Binomial(int64(n), int64(t)))
	}
	return count
}

func newSupports(k, n int) *supports {
	s := &supports{n: n, most: min(k, n), first: []int{0}}
	s.sets = make([]set, 0, countSupports(k, n).Int64())
	for size := 1; size <= s.most; size++ {
		s.first = append(s.first, len(s.sets))
		s.extend(0, 1, size)
	}
	s.first = append(s.first, len(s.sets))
	s.choose = make([][]int32, n)
	for a := range s.choose {
		s.choose[a] = make([]int32, s.most+1)
		s.choose[a][0] = 1
		for b := 1; a > 0 && b <= s.most; b++ {
			s.choose[a][b] = s.choose[a-1][b-1] + s.choose[a-1][b]
		}
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

// has says whether t is a support, for a set of tokens t.
func (s *supports) has(t set) bool {
	return t != 0 && bits.OnesCount64(t) <= s.most
}

// index is the position of the support t in canonical order. Of the sets of its
// size the last is {n-|t|+1,..,n}. Those that come after t are counted by the
// place i from which on they differ from t: they continue with tokens beyond the
// i-th token c of t, in C(n-c, |t|-i+1) ways.
func (s *supports) index(t set) int {
	left := bits.OnesCount64(t)
	last := s.first[left+1] - 1
	for ; t != 0; t &= t - 1 {
		last -= int(s.choose[s.n-1-bits.TrailingZeros64(t)][left])
		left--
	}
	return last
}

// layer are the supports of one size.
func (s *supports) layer(size int) []set { return s.sets[s.first[size]:s.first[size+1]] }

// pairsUp are the supports of at least two tokens, 𝒯.
func (s *supports) pairsUp() []set { return s.sets[s.n:] }

// tokens reads a strictly increasing list of tokens.
func (r *reader) tokens(n int) set {
	var s set
	least := int64(1)
	r.list(n, func(int) {
		token := r.integer(1, int64(n))
		if token < least {
			r.rejectLast("tokens are not strictly increasing")
		}
		least = token + 1
		s |= tokenBit(int(token))
	})
	return s
}

// tokensOf lists a set in ascending order.
func tokensOf(s set) []int {
	tokens := make([]int, 0, bits.OnesCount64(s))
	for ; s != 0; s &= s - 1 {
		tokens = append(tokens, 1+bits.TrailingZeros64(s))
	}
	return tokens
}
