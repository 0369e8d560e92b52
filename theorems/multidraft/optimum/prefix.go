package optimum

import (
	"fmt"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// MinByPrefix computes min over S of q(S) + 1 - p(S)^k, the best acceptance
// probability with k iid drafts from p (MD-T3): the
// minimum is attained on a prefix of the tokens in ascending order of q_i/p_i,
// those with p_i = 0 last, and exact sorting is needed only where it can be (see
// [Groups]). Time O(n log n) operations on integers at worst, and O(n) for a vocabulary; the length
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
	least := NewGroups(draft, target).least(k)
	return Minimum{Value: least.value, Tokens: least.set(least.lengths[0]).Tokens()}
}

// A prefixMinimum is the least q(S) + 1 - p(S)^k over the prefixes of the order by q_i/p_i, the
// lengths that attain it, ascending, and the tokens of these prefixes.
type prefixMinimum struct {
	value   rational.Rat
	lengths []int
	set     func(length int) multidraft.TokenSet
}

// least compares exactly the prefixes that sift leaves.
func (g *Groups) least(k int) prefixMinimum {
	draftUnit := g.p.Unit.Pow(uint(k))
	list := g.opened(k)
	var least rational.Int // the empty prefix has gap 0
	var lengths []int
	g.eachSum(list, g.sift(k, list), func(length int, drafted, targeted rational.Int) {
		gap := targeted.Mul(draftUnit).Sub(drafted.Pow(uint(k)).Mul(g.q.Unit))
		switch c := gap.Cmp(least); {
		// All that attained the old minimum are out.
		case c < 0:
			least, lengths = gap, append(lengths[:0], length)
		case c == 0:
			lengths = append(lengths, length)
		}
	})
	value := newMinimum(least, draftUnit.Mul(g.q.Unit), nil).Value
	return prefixMinimum{value, lengths, func(length int) multidraft.TokenSet { return g.set(list, length) }}
}

// eachSum calls visit with the sums of the weights of each prefix that is left, exactly: as they were
// found, if that was in words, or else once more.
func (g *Groups) eachSum(list []segment, left []prefixSum, visit func(length int, drafted, targeted rational.Int)) {
	if g.drafted.exact && g.targeted.exact {
		for _, s := range left {
			visit(s.length, rational.NewInt(int64(s.drafted)), rational.NewInt(int64(s.targeted)))
		}
		return
	}
	visit(0, rational.Int{}, rational.Int{})
	left = left[1:]
	var drafted, targeted rational.Sum
	for j, between := range g.between(list) {
		drafted.Add(between.drafted.Int())
		targeted.Add(between.targeted.Int())
		tokens, length := list[j].tokens, list[j].length-len(list[j].tokens)
		for {
			if len(left) > 0 && left[0].length == length {
				visit(length, drafted.Int(), targeted.Int())
				left = left[1:]
			}
			if len(tokens) == 0 {
				break
			}
			drafted.Add(g.p.Weights.At(tokens[0]))
			targeted.Add(g.q.Weights.At(tokens[0]))
			tokens, length = tokens[1:], length+1
		}
	}
}

// A weightSum has exact sums of weights.
type weightSum struct{ drafted, targeted rational.Sum }

// between sums the weights between the tokens of each segment and those of the segment before it.
func (g *Groups) between(list []segment) []weightSum {
	sums := make([]weightSum, len(list))
	// For each group which segment it comes before, len(list) if its tokens are those of one.
	before := make([]int, list[len(list)-1].last+1)
	next := 0
	for j, s := range list {
		for ; next < s.first(); next++ {
			before[next] = j
		}
		for ; next <= int(s.last); next++ {
			before[next] = len(list)
		}
	}
	for i, j := range g.group {
		if int(j) < len(before) && before[j] < len(list) {
			sum := &sums[before[j]]
			sum.drafted.Add(g.p.Weights.At(i))
			sum.targeted.Add(g.q.Weights.At(i))
		}
	}
	return sums
}
