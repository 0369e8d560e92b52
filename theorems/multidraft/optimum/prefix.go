package optimum

import (
	"fmt"
	"slices"

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
	draftUnit := draft.Unit.Pow(uint(k))
	var drafted, targeted, least rational.Int // the empty prefix has gap 0
	length := 0
	for j, i := range order {
		drafted = drafted.Add(draft.Weights[i])
		targeted = targeted.Add(target.Weights[i])
		gap := targeted.Mul(draftUnit).Sub(drafted.Pow(uint(k)).Mul(target.Unit))
		if gap.Cmp(least) < 0 {
			least, length = gap, j+1
		}
	}
	tokens := order[:length:length]
	slices.Sort(tokens)
	return newMinimum(least, draftUnit.Mul(target.Unit), tokens)
}

// ByRatio returns the tokens with p_i > 0 in ascending order of q_i/p_i, equal
// ratios by token. The tokens with p_i = 0 are left out: behind the others
// they can only raise q(S).
func ByRatio(p, q multidraft.Distribution) []int {
	keys := ratioKeys(p, q)
	order := make([]int, 0, len(keys))
	for i, w := range p.Weights {
		if !w.IsZero() {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		if c := keys[i].Cmp(keys[j]); c != 0 {
			return c
		}
		if c := q.Weights[i].Mul(p.Weights[j]).Cmp(q.Weights[j].Mul(p.Weights[i])); c != 0 {
			return c
		}
		return i - j
	})
	return order
}

// ratioKeys returns the integer parts of c q_i/p_i for one power c of two,
// near 2^40 for probabilities; the key is 0 where p_i = 0. Cross-multiplying
// in every comparison is slow for wide numbers: the keys, mostly of one word,
// decide all but near ties, and exactly.
func ratioKeys(p, q multidraft.Distribution) []rational.Int {
	shift := 40 + p.Unit.BitLen() - q.Unit.BitLen()
	two := rational.NewInt(2)
	above, below := two.Pow(uint(max(shift, 0))), two.Pow(uint(max(-shift, 0)))
	keys := make([]rational.Int, len(p.Weights))
	for i, w := range p.Weights {
		if !w.IsZero() {
			keys[i], _ = q.Weights[i].Mul(above).QuoRem(w.Mul(below))
		}
	}
	return keys
}
