package multidraft

import (
	"context"
	"fmt"

	"pstar/rational"
)

// maxRejections bounds the tree of rejections that recursive rejection without
// replacement goes through, counted in visited tokens.
const maxRejections = 1 << 24

// planRecursiveDistinct is recursive rejection of drafts without replacement.
// With V the tokens not drawn yet and p_V the law p on them,
//
//	A(r, V, k) = sum of min(p_V, r) + sum over x of (p_V - r)^+(x) A(r', V - x, k-1),
//
// where r' is (r - p_V)^+ normalised: each way to be rejected leads to another V,
// and there is no product form. Time and the size of the tree are O(n^K).
func planRecursiveDistinct(ctx context.Context, s *Setting, _ SchemeOptions) (plan, error) {
	drawn, err := NewSetting(ModelWithoutReplacement, s.k, []Distribution{s.rows[0]}, s.target)
	if err != nil {
		return plan{}, undefinedf(SchemeRecursiveDistinct, "%v", err)
	}
	merged, tokens := drawn.merge()
	if boundedPower(merged.N(), s.k) > maxRejections {
		return plan{}, fmt.Errorf("%d tokens may be drafted, too many for the tree of rejections at K = %d (at most %d steps)",
			merged.N(), s.k, maxRejections)
	}
	t := &rejections{ctx: ctx, p: merged.rows[0], k: s.k, law: make([]rational.Rat, merged.N())}
	if err := t.visit(merged.target, nil, one); err != nil {
		return plan{}, err
	}
	return plan{
		setting: drawn, law: unmerge(t.law, tokens, s.target),
		acceptance: Exactly(t.accepted),
		decide:     func(word []int) Decision { return decideDistinct(s.rows[0], s.target, word) },
	}, nil
}

// rejections adds up what recursive rejection without replacement gives.
type rejections struct {
	ctx      context.Context
	p        Distribution
	k        int
	accepted rational.Rat
	law      []rational.Rat
}

// visit comes with the probability of having rejected the tokens in this order,
// and the residual r they left.
func (t *rejections) visit(r Distribution, rejected []int, reached rational.Rat) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	if len(rejected) == t.k {
		for i, w := range r.weights {
			if !w.IsZero() {
				t.law[i] = t.law[i].Add(reached.Mul(rational.RatFromInts(w, r.unit)))
			}
		}
		return nil
	}
	left := t.p.without(rejected)
	next := residualAfter(r, left)
	scale := reached.Quo(rational.RatFromInt(r.unit.Mul(left.unit)))
	for x, w := range left.weights {
		if w.IsZero() {
			continue
		}
		wanted, offered := r.weights[x].Mul(left.unit), w.Mul(r.unit)
		if kept := scale.Mul(rational.RatFromInt(minInt(wanted, offered))); !kept.IsZero() {
			t.accepted = t.accepted.Add(kept)
			t.law[x] = t.law[x].Add(kept)
		}
		if refused := offered.Sub(wanted); refused.Sign() > 0 {
			err := t.visit(next, append(rejected[:len(rejected):len(rejected)], x), scale.Mul(rational.RatFromInt(refused)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// without returns d conditioned on not being one of the tokens.
func (d Distribution) without(tokens []int) Distribution {
	left := Distribution{weights: append([]rational.Int(nil), d.weights...), unit: d.unit.Sub(d.massOf(tokens))}
	for _, x := range tokens {
		left.weights[x] = rational.Int{}
	}
	return left
}

// residualAfter is (r - p)^+ normalised, of unit 0 if it vanishes.
func residualAfter(r, p Distribution) Distribution {
	next := Distribution{weights: make([]rational.Int, len(r.weights))}
	for i := range r.weights {
		next.weights[i] = positivePart(r.weights[i].Mul(p.unit).Sub(p.weights[i].Mul(r.unit)))
		next.unit = next.unit.Add(next.weights[i])
	}
	return next
}

// unmerge gives the law of the merged token to its tokens in proportion to q,
// as the scheme itself does: none of them is ever drafted.
func unmerge(law []rational.Rat, tokens []int, q Distribution) Distribution {
	d := InCommonUnit(law)
	if tokens[len(tokens)-1] != rest {
		return d
	}
	merged := len(tokens) - 1
	restWeight := q.unit.Sub(q.massOf(tokens[:merged]))
	if restWeight.IsZero() {
		restWeight = rational.NewInt(1)
	}
	out := Distribution{weights: make([]rational.Int, len(q.weights)), unit: d.unit.Mul(restWeight)}
	for i, w := range q.weights {
		out.weights[i] = d.weights[merged].Mul(w)
	}
	for j, i := range tokens[:merged] {
		out.weights[i] = d.weights[j].Mul(restWeight)
	}
	return out
}

func decideDistinct(p, q Distribution, word []int) Decision {
	residuals := []Distribution{q}
	lefts := make([]Distribution, len(word))
	for k := range word {
		lefts[k] = p.without(word[:k])
		residuals = append(residuals, residualAfter(residuals[k], lefts[k]))
	}
	return decideInTurn(word, residuals, func(k, x int) rational.Rat {
		return rejectionKeep(residuals[k], lefts[k], x)
	})
}
