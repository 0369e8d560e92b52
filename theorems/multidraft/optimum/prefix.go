package optimum

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MinByPrefix computes min over S of q(S) + 1 - p(S)^k, the best acceptance
// probability with k iid drafts from p (MD-T3), with one exact sort: the
// minimum is attained on a prefix of the tokens in ascending order of q_i/p_i,
// those with p_i = 0 last. Time O(n log n) operations on integers; the length
// of p is not limited to MaxTokens. It fails if k is not in 1..MaxDrafts, if
// the lengths differ, or if p or q is not a distribution.
//
// Why a prefix: -x^k is concave, hence the least of its tangents, so that
//
//	min over S = min over c of (k-1)c^k + sum over i of min(0, q_i - k c^(k-1) p_i),
//
// and a minimiser S of the left side minimises the sum at c = p(S): it holds
// the tokens with q_i/p_i below the threshold k c^(k-1) and none above. Among
// tokens at the threshold q(S) - p(S)^k is strictly concave in the part of
// their mass that S takes (k > 1), so S takes all of them or none. Therefore
// the shortest prefix that attains the minimum, whichever way ties are
// ordered, is the smallest minimising set. (For k = 1 the sets are those
// between {q_i < p_i} and {q_i <= p_i}, and the shortest prefix is again the
// smallest.)
func MinByPrefix(k int, p, q []rational.Rat) (Minimum, error) {
	if k < 1 || k > multidraft.MaxDrafts {
		return Minimum{}, fmt.Errorf("K = %d drafts, want 1..%d", k, multidraft.MaxDrafts)
	}
	if len(p) != len(q) {
		return Minimum{}, fmt.Errorf("q has %d entries, p has %d", len(q), len(p))
	}
	draft, err := multidraft.NewDistribution("p", p)
	if err != nil {
		return Minimum{}, err
	}
	target, err := multidraft.NewDistribution("q", q)
	if err != nil {
		return Minimum{}, err
	}
	return MinOverPrefixes(k, draft, target), nil
}

// MinOverPrefixes is [MinByPrefix] for distributions over the same tokens.
func MinOverPrefixes(k int, draft, target multidraft.Distribution) Minimum {
	order := ByRatio(draft, target)
	least := leastPrefixes(k, draft, target, order)
	return Minimum{Value: least.value, Tokens: Ascending(draft.N(), order[:least.lengths[0]])}
}

// A prefixMinimum is the least q(S) + 1 - p(S)^k over the prefixes of an order, and the
// lengths that attain it, ascending.
type prefixMinimum struct {
	value   rational.Rat
	lengths []int
}

// leastPrefixes compares exactly the prefixes that siftPrefixes leaves.
func leastPrefixes(k int, p, q multidraft.Distribution, order []int) prefixMinimum {
	draftUnit := p.Unit.Pow(uint(k))
	var least rational.Int // the empty prefix has gap 0
	var lengths []int
	eachSum(k, p, q, order, func(length int, drafted, targeted rational.Int) {
		gap := targeted.Mul(draftUnit).Sub(drafted.Pow(uint(k)).Mul(q.Unit))
		switch c := gap.Cmp(least); {
		// All that attained the old minimum are out.
		case c < 0:
			least, lengths = gap, append(lengths[:0], length)
		case c == 0:
			lengths = append(lengths, length)
		}
	})
	return prefixMinimum{newMinimum(least, draftUnit.Mul(q.Unit), nil).Value, lengths}
}

// eachSum calls visit with the sums of the weights of each prefix that is left, exactly: as they were
// found, if that was in words, or else once more.
func eachSum(k int, p, q multidraft.Distribution, order []int, visit func(length int, drafted, targeted rational.Int)) {
	left, exact := siftPrefixes(k, p, q, order)
	if exact {
		for _, s := range left {
			visit(s.length, rational.NewInt(int64(s.drafted)), rational.NewInt(int64(s.targeted)))
		}
		return
	}
	var drafted, targeted rational.Sum
	length := 0
	for _, s := range left {
		for _, i := range order[length:s.length] {
			drafted.Add(p.Weights[i])
			targeted.Add(q.Weights[i])
		}
		length = s.length
		visit(length, drafted.Int(), targeted.Int())
	}
}

// Ascending sorts some of the tokens 0..n-1, none of them twice.
func Ascending(n int, tokens []int) []int {
	in := make([]bool, n)
	for _, i := range tokens {
		in[i] = true
	}
	list := make([]int, 0, len(tokens))
	for i, here := range in {
		if here {
			list = append(list, i)
		}
	}
	return list
}
