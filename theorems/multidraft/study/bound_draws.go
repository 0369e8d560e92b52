package study

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
)

// equal are two comparisons that say that both sides are equal.
func equal(tag string, a, b rational.Rat) []Comparison {
	return []Comparison{{Tag: tag, Left: a, Right: b}, {Tag: tag, Left: b, Right: a, Detail: "the converse"}}
}

// withOneMore is the instance with one draft more, or nil if there are not as many tokens
// to draw.
func withOneMore(s *multidraft.Instance) *multidraft.Instance {
	// The model decides whether there may be one more: without replacement it needs K + 1
	// tokens.
	more, err := s.WithCount(s.K() + 1)
	if err != nil {
		return nil
	}
	return more
}

// compareMore compares P* of K + 1 drafts with P* of K, drawn with and without replacement, or of iid drafts with.
func compareMore(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	var list []Comparison
	// The statement is about both ways to draw; the second needs no instances of its own.
	draws := []*multidraft.Instance{s, withReplacement(s)}
	if s.Model() == multidraft.ModelIID {
		draws = draws[:1]
	}
	for _, s := range draws {
		more := withOneMore(s)
		if more == nil {
			continue
		}
		few, err := optimum.Of(ctx, s)
		if err != nil {
			return nil, err
		}
		many, err := optimum.Of(ctx, more)
		if err != nil {
			return nil, err
		}
		list = append(list, Comparison{Tag: TagMore, Left: many.Value, Right: few.Value, Detail: s.Model()})
	}
	return list, nil
}

// maxConvexTokens is the largest alphabet of which all sets are compared.
const maxConvexTokens = 6

// compareConvexity compares the differences of B without replacement per unit of p, for all
// sets S, x in S and y off S of a small alphabet, and for the sets of the first tokens of a
// larger one.
func compareConvexity(_ context.Context, s *multidraft.Instance) ([]Comparison, error) {
	b := map[multidraft.Set]rational.Rat{}
	at := func(set multidraft.Set) rational.Rat {
		// B(∅) = 0 is the zero value. Each other set is asked for by up to 2n pairs, and B of it
		// is the costly part.
		if _, known := b[set]; !known && set != 0 {
			b[set] = s.Drafts().B(set)
		}
		return b[set]
	}
	// Draws without replacement come from one law, in which all differences are measured.
	p := s.Rows()[0]
	var list []Comparison
	// Neither empty nor full: an x inside and a y outside are needed.
	for set := multidraft.Set(1); set < multidraft.FullSet(s.N()); set++ {
		// Sets of the first tokens alone are of the form 2^j - 1, which this tells without a loop.
		if s.N() > maxConvexTokens && set&(set+1) != 0 {
			continue
		}
		for _, x := range set.Tokens() {
			for _, y := range (multidraft.FullSet(s.N()) &^ set).Tokens() {
				// The statement divides by both probabilities.
				if p.Weights.At(x).IsZero() || p.Weights.At(y).IsZero() {
					continue
				}
				// The last step into S against the next step out of it: convexity is that the
				// later one is not less steep.
				right := at(set).Sub(at(set &^ (1 << x))).Quo(p.At(x))
				left := at(set | 1<<y).Sub(at(set)).Quo(p.At(y))
				list = append(list, Comparison{Tag: TagConvex, Left: left, Right: right, Detail: fmt.Sprintf("S = %v, x = %d, y = %d", set, x+1, y+1)})
			}
		}
	}
	return list, nil
}

// compareDisguise compares P* of two drafts without replacement with that of two independent
// drafts of other laws: with h = p/(1-p), g = p h and H = Σh,
// P* = 1 + H (P*_independent(p, h/H; (q+g)/H) - 1).
func compareDisguise(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	p, q := s.Rows()[0].Rats(), s.Target().Rats()
	var sum rational.Rat
	h, target := make([]rational.Rat, len(p)), make([]rational.Rat, len(p))
	for i, x := range p {
		// Two draws without replacement need two tokens of positive probability, so that no p_i is
		// 1.
		h[i] = x.Quo(one.Sub(x))
		target[i] = q[i].Add(x.Mul(h[i]))
		sum = sum.Add(h[i])
	}
	for i := range p {
		// Both become laws: the sum of q + g is H as well, because Σg = Σh - Σp = H - 1.
		h[i], target[i] = h[i].Quo(sum), target[i].Quo(sum)
	}
	// The two laws differ in general, so that the drafts are independent and not iid.
	drafts, err := multidraft.NewIndependent([][]rational.Rat{p, h})
	if err != nil {
		return nil, err
	}
	law, err := multidraft.NewDistribution("q", target)
	if err != nil {
		return nil, err
	}
	in, err := multidraft.NewInstance(drafts, law)
	if err != nil {
		return nil, err
	}
	independent, err := optimum.Of(ctx, in)
	if err != nil {
		return nil, err
	}
	best, err := optimum.Of(ctx, s)
	if err != nil {
		return nil, err
	}
	return equal(TagDisguise, best.Value, one.Add(sum.Mul(independent.Value.Sub(one)))), nil
}

// compareRecursive compares the acceptance of recursive rejection by sums of positive parts
// with that of the scheme written out.
func compareRecursive(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	// The rule itself, and not the formula, and first: where it is too long there is nothing to compare.
	written, err := scheme.RejectInTurn(s)
	if err != nil {
		return nil, err
	}
	short, err := stepValue(ctx, s, scheme.Recursive, scheme.Options{})
	if err != nil {
		return nil, err
	}
	return equal(TagRecursive, short.Lo, written), nil
}

// compareOnlyEqual compares 1 with the acceptance of SpecInfer and SpecTr where p and q
// differ.
func compareOnlyEqual(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	// For p = q both accept everything, and the strict inequality is not claimed.
	if s.Rows()[0].FirstDifference(s.Target()) < 0 {
		return nil, nil
	}
	var list []Comparison
	for _, name := range []string{scheme.Recursive, scheme.KSEQ} {
		c, err := compareBelowOne(ctx, s, name)
		if err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, nil
}

// maxDigitsDrafts is the number of drafts up to which [compareBelowOne] takes digits for all of them.
const maxDigitsDrafts = 4096

// compareBelowOne compares 1 with the acceptance of a scheme, enclosed to as many digits as it takes. What is missed
// falls with the power K of a number that is seldom below a quarter, and in few instances near 2^-12. Of thousands of drafts
// that would be too many digits.
func compareBelowOne(ctx context.Context, s *multidraft.Instance, name string) (Comparison, error) {
	within := func(o scheme.Options) (Comparison, error) {
		accepted, err := stepValue(ctx, s, name, o)
		if err != nil {
			return Comparison{}, err
		}
		return Comparison{Tag: TagOnlyEqual, Strict: true, Detail: name}.settle(enclose.Point(one), accepted)
	}
	if s.K() <= maxDigitsDrafts {
		few, many := rational.NewRat(1, 1<<2).Pow(s.K()), rational.NewRat(1, 1<<12).Pow(s.K())
		if c, err := within(scheme.Options{Within: &few}); err == nil {
			return c, nil
		}
		return within(scheme.Options{Within: &many})
	}
	return within(scheme.Options{})
}

// compareMatching compares P* with what list matching accepts.
func compareMatching(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	// P* of many drafts is enclosed, far more narrowly than the two sides mostly are apart.
	best, err := stepValue(ctx, s, CurveOptimal, scheme.Options{})
	if err != nil {
		return nil, err
	}
	c, err := Comparison{Tag: TagMatching}.settle(best, enclose.Point(ListMatching(s.K(), s.Rows()[0], s.Target())))
	if err != nil {
		return nil, err
	}
	return []Comparison{c}, nil
}

// ListMatching is a lower bound of the acceptance of list matching by Gumbel variables
// (Rowan, Phan, Khisti, arXiv 2506.05632) with K iid drafts from p and target q, the sum of
//
//	K / (sum over i of max(p_i/p_j, q_i/q_j) + (K-1)/q_j)
//
// over the tokens j with p_j q_j > 0. It is at most P*. O(n²).
func ListMatching(k int, p, q multidraft.Distribution) rational.Rat {
	var total rational.Rat
	for j := range p.Weights.Len() {
		pj, qj := p.At(j), q.At(j)
		// The term is 0 in the limit, but its formula divides by both.
		if pj.IsZero() || qj.IsZero() {
			continue
		}
		// (K-1)/q_j, then the sum over i.
		below := rational.NewRat(int64(k-1), 1).Quo(qj)
		for i := range p.Weights.Len() {
			below = below.Add(rational.MaxRat(p.At(i).Quo(pj), q.At(i).Quo(qj)))
		}
		total = total.Add(rational.NewRat(int64(k), 1).Quo(below))
	}
	return total
}

// compareGreedy compares what the greedy scheme accepts with P* of the law of its drafts, by a
// flow. For two drafts it is SpecHub.
func compareGreedy(ctx context.Context, s *multidraft.Instance) ([]Comparison, error) {
	c, err := scheme.Lookup(scheme.Greedy)
	if err != nil {
		return nil, err
	}
	e, err := c.Evaluate(ctx, s, scheme.Options{})
	var undefined *scheme.UndefinedError
	if errors.As(err, &undefined) {
		return nil, nil // fewer than K tokens can be drafted
	}
	if err != nil {
		return nil, err
	}
	// P* of the drafts that the scheme draws, not of those of s: the greedy scheme has a law of
	// its own.
	best, err := optimum.Of(ctx, e.Instance)
	if err != nil {
		return nil, err
	}
	return equal(TagGreedy, e.Acceptance.Lo, best.Value), nil
}
