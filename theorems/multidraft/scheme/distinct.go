package scheme

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme/internal/rejection"
)

// maxRejections bounds the tree of rejections that recursive rejection without
// replacement goes through, counted in visited tokens.
const maxRejections = 1 << 24

// maxRejectionBits bounds the binary digits of all that is added up there, each number as long as
// the longest.
const maxRejectionBits = 1 << 28

// rejectionBits bounds the digits of what is added up: each set of tokens that may be rejected before the last draft has a mass of
// its own to divide by.
func rejectionBits(s *multidraft.Instance) int64 {
	sets := int64(0)
	for k := range s.K() {
		if sets += multidraft.BoundedPower(s.N(), k); sets > maxRejections {
			break
		}
	}
	if k, n := s.K()-1, s.N(); k >= 1 && n <= multidraft.MaxTokens {
		sets = min(sets, 1+int64(multidraft.CountSupports(k, n)))
	}
	return sets * int64(s.Rows()[0].Unit.BitLen())
}

// planRecursiveDistinct is recursive rejection of drafts without replacement.
// With V the tokens not drawn yet and p_V the law p on them,
//
//	A(r, V, k) = sum of min(p_V, r) + sum over x of (p_V - r)^+(x) A(r', V - x, k-1),
//
// where r' is (r - p_V)^+ normalised: each way to be rejected leads to another V,
// and there is no product form. Time and the size of the tree are O(n^K).
func planRecursiveDistinct(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	// Of an iid instance p is taken, and drawn from without replacement; it may have too few
	// tokens for K draws.
	drawn, err := multidraft.New(multidraft.ModelWithoutReplacement, s.K(), []multidraft.Distribution{s.Rows()[0]}, s.Target())
	if err != nil {
		return plan{}, undefinedf(RecursiveDistinct, "%v", err)
	}
	// Tokens that are never drafted act as one: the tree branches over drafted tokens alone.
	merged, tokens := drawn.Merge()
	// Beyond, the acceptance is enclosed by another way, and no law is added up.
	if visits := multidraft.BoundedPower(merged.N(), s.K()); visits > maxRejections || visits > maxRejectionBits/rejectionBits(merged) {
		return planDistinctPaths(ctx, drawn, o)
	}
	t := &rejections{ctx: ctx, p: merged.Rows()[0], k: s.K(), law: make([]rational.Rat, merged.N())}
	if err := t.visit(merged.Target(), nil, one); err != nil {
		return plan{}, err
	}
	return plan{
		instance: drawn, law: unmerge(t.law, tokens, s.Target()),
		acceptance: enclose.Point(t.accepted),
		decide:     func(word []int) Decision { return decideDistinct(s.Rows()[0], s.Target(), word) },
	}, nil
}

// maxExactVisits bounds the sequences of rejected tokens that [RejectDistinctInTurn] goes through, one second or a few.
const maxExactVisits = 1 << 17

// RejectDistinctInTurn is the acceptance of recursive rejection for s, whose drafts are without replacement, as a fraction however long that
// is: what only an enclosure leaves open, as whether it is equal to another fraction. It fails with *theorems.Unsettled if too many sequences of
// tokens may be rejected, and if ctx ends.
func RejectDistinctInTurn(ctx context.Context, s *multidraft.Instance) (rational.Rat, error) {
	merged, _ := s.Merge()
	t := &rejections{ctx: ctx, p: merged.Rows()[0], k: s.K(), law: make([]rational.Rat, merged.N()), most: maxExactVisits}
	err := t.visit(merged.Target(), nil, one)
	return t.accepted, err
}

// planDistinctPaths is for more tokens than the tree is for. The law of the output is not added up: that it
// is q is a theorem, and said to be one.
func planDistinctPaths(ctx context.Context, drawn *multidraft.Instance, o Options) (plan, error) {
	within := rejection.DefaultWidth
	if o.Within != nil {
		within = *o.Within
	}
	accepted, err := rejection.Enclose(ctx, drawn, within)
	if err != nil {
		return plan{}, err
	}
	parameters := []Parameter{{"law of the output", "q by a theorem (MD-R2: wor_lossless), not added up"}}
	return plan{
		instance: drawn, law: drawn.Target(), acceptance: accepted, parameters: append(parameters, wider("the acceptance", accepted, within)...),
		decide: func(word []int) Decision { return decideDistinct(drawn.Rows()[0], drawn.Target(), word) },
	}, nil
}

// rejections adds up what recursive rejection without replacement gives.
type rejections struct {
	ctx      context.Context
	p        multidraft.Distribution
	k        int
	accepted rational.Rat
	law      []rational.Rat

	visits, most int // sequences that were gone through, and how many may be; 0 if as many as there are
}

// visit comes with the probability of having rejected the tokens in this order,
// and the residual r they left.
func (t *rejections) visit(r multidraft.Distribution, rejected []int, reached rational.Rat) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	if t.visits++; t.most > 0 && t.visits > t.most {
		return &theorems.Unsettled{Reason: fmt.Sprintf("%s: more than %d sequences of tokens may be rejected", RecursiveDistinct, t.most)}
	}
	// All drafts are rejected: the output is drawn from the last residual.
	if len(rejected) == t.k {
		// Added with the probability of the whole path; nothing of it is accepted.
		for i, w := range r.Weights.All() {
			if !w.IsZero() {
				t.law[i] = t.law[i].Add(reached.Mul(rational.RatFromInts(w, r.Unit)))
			}
		}
		return nil
	}
	// p given the tokens not drawn yet, and what a rejection of the next draft leaves.
	left := without(t.p, rejected)
	// Nothing is accepted any more, which is all that is asked for where visits are counted: both sides of MD-R2 are then equal.
	if t.most > 0 && disjoint(r, left) {
		return nil
	}
	next := residualAfter(r, left)
	// The weights below are in the product of both units.
	scale := reached.Quo(rational.RatFromInt(r.Unit.Mul(left.Unit)))
	for x, w := range left.Weights.All() {
		// It cannot be drawn: it was before, or p does not have it.
		if w.IsZero() {
			continue
		}
		// r_x against p_V(x), both times the units: whether the draft is wanted as often as it
		// comes.
		wanted, offered := r.Weights.At(x).Mul(left.Unit), w.Mul(r.Unit)
		if kept := scale.Mul(rational.RatFromInt(minInt(wanted, offered))); !kept.IsZero() {
			t.accepted = t.accepted.Add(kept)
			t.law[x] = t.law[x].Add(kept)
		}
		// The last index keeps its own copy of the list: other branches append to the same prefix.
		if refused := offered.Sub(wanted); refused.Sign() > 0 {
			err := t.visit(next, append(rejected[:len(rejected):len(rejected)], x), scale.Mul(rational.RatFromInt(refused)))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// disjoint reports whether no token has a weight in both.
func disjoint(a, b multidraft.Distribution) bool {
	for x, w := range a.Weights.All() {
		if !w.IsZero() && !b.Weights.At(x).IsZero() {
			return false
		}
	}
	return true
}

// without returns d conditioned on not being one of the tokens.
func without(d multidraft.Distribution, tokens []int) multidraft.Distribution {
	// A copy: the weights of d are shared.
	left := multidraft.Distribution{Weights: d.Weights.Clone(), Unit: d.Unit.Sub(d.MassOf(tokens))}
	for _, x := range tokens {
		left.Weights.Set(x, rational.Int{})
	}
	return left
}

// residualAfter is (r - p)^+ normalised, of unit 0 if it vanishes.
func residualAfter(r, p multidraft.Distribution) multidraft.Distribution {
	next := multidraft.Distribution{Weights: rational.NewPacked(r.Weights.Len())}
	for i := range r.Weights.Len() {
		// Crosswise, since the two laws have units of their own.
		next.Weights.Set(i, positivePart(r.Weights.At(i).Mul(p.Unit).Sub(p.Weights.At(i).Mul(r.Unit))))
		next.Unit = next.Unit.Add(next.Weights.At(i))
	}
	return next
}

// unmerge gives the law of the merged token to its tokens in proportion to q,
// as the scheme itself does: none of them is ever drafted.
func unmerge(law []rational.Rat, tokens []int, q multidraft.Distribution) multidraft.Distribution {
	d := multidraft.InCommonUnit(law)
	// Nothing was merged.
	if tokens[len(tokens)-1] != multidraft.Rest {
		return d
	}
	// The last place is that of the merged token.
	merged := len(tokens) - 1
	restWeight := q.Unit.Sub(q.MassOf(tokens[:merged]))
	// The merged tokens have no target either, and the law gives them nothing; any factor but 0
	// will do.
	if restWeight.IsZero() {
		restWeight = rational.NewInt(1)
	}
	out := multidraft.Distribution{Weights: rational.NewPacked(q.Weights.Len()), Unit: d.Unit.Mul(restWeight)}
	for i, w := range q.Weights.All() {
		out.Weights.Set(i, d.Weights.At(merged).Mul(w))
	}
	// Tokens that were kept have their own weight, in the larger unit.
	for j, i := range tokens[:merged] {
		out.Weights.Set(i, d.Weights.At(j).Mul(restWeight))
	}
	return out
}

// decideDistinct offers the drafts in turn. Both the residual and the law of the next draft depend
// on which tokens came before, so that they are made for this word: O(K n).
func decideDistinct(p, q multidraft.Distribution, word []int) Decision {
	residuals := []multidraft.Distribution{q}
	lefts := make([]multidraft.Distribution, len(word))
	// Each draft has the law off those before it, and each residual follows from both.
	for k := range word {
		lefts[k] = without(p, word[:k])
		residuals = append(residuals, residualAfter(residuals[k], lefts[k]))
	}
	return decideInTurn(word, residuals, func(k, x int) rational.Rat {
		return rejectionKeep(residuals[k], lefts[k], x)
	})
}
