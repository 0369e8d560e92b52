package cell

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/witness"
)

// A Refutation is a counterexample to the claim that with K iid drafts
//
//	P* = min over S of q(S) + 1 - p(S)^E,  and  P* = 1 iff q(S) >= p(S)^E for all S,
//
// for an exponent E other than K: the theorems MD-T3 and MD-T2 with a wrong
// exponent. One of the true and the claimed value is 1 and the other is not,
// so that it refutes both.
type Refutation struct {
	Exponent int
	// Instance has iid drafts.
	Instance *multidraft.Instance
	// Truth is P* with its witness.
	Truth *optimum.Agreement
	// Claimed is the least q(S) + 1 - p(S)^E, and ClaimedAt the smallest set
	// attaining it.
	Claimed   rational.Rat
	ClaimedAt multidraft.Set
}

// RefuteExponent finds a counterexample to the exponent e for k drafts over n
// tokens. The identity behind the exponent is that p(S)^k is the sum of b_T
// over T within S; the search goes through drafts that are even on the first
// tokens, and sets S of first tokens, for the first point where the identity
// with e in place of k fails. There it takes a q that just reaches the
// smaller side on every set of first tokens: the value with that side's
// exponent is 1, and the other is not. Both values are then computed, P* by
// CrossCheck.
//
// It fails if e == k, which is the theorem; if e is not in 1..MaxDrafts (for
// e = 0 the power of p({}) = 0 has no agreed value); if n < 2, where P* = 1
// whatever the exponent; if k or n is out of range or the cell has more than
// MaxSupports supports; or if ctx ends.
func RefuteExponent(ctx context.Context, k, n, e int, o optimum.Options) (*Refutation, error) {
	if err := multidraft.CheckShape(k, n); err != nil {
		return nil, err
	}
	switch {
	case e < 1 || e > multidraft.MaxDrafts:
		return nil, fmt.Errorf("exponent %d, want 1..%d", e, multidraft.MaxDrafts)
	case e == k:
		return nil, fmt.Errorf("exponent %d is the right one for K = %d", e, k)
	case n < 2:
		return nil, fmt.Errorf("alphabet of %d token: every exponent gives 1", n)
	case multidraft.CountSupports(k, n) > multidraft.MaxSupports:
		return nil, fmt.Errorf("%d supports at K=%d, n=%d, more than %d", multidraft.CountSupports(k, n), k, n, multidraft.MaxSupports)
	}
	// One token alone has p(S) of 0 and 1 only.
	for tokens := 2; tokens <= n; tokens++ {
		r, err := refuteAt(ctx, k, e, evenOn(tokens, n), o)
		if r != nil || err != nil {
			return r, err
		}
	}
	return nil, fmt.Errorf("no counterexample to exponent %d at K=%d, n=%d among even drafts", e, k, n)
}

// refuteAt looks for a counterexample with the draft distribution p. It returns
// nil if the identity holds for all sets of first tokens.
func refuteAt(ctx context.Context, k, e int, p []rational.Rat, o optimum.Options) (*Refutation, error) {
	// Two models over one p: B of each is its power of p(S).
	truth, claim := multidraft.Must(multidraft.NewIID(k, p)), multidraft.Must(multidraft.NewIID(e, p))
	firstTokens := each.To(len(p), func(i int) int { return i })
	for size := 1; size < len(p); size++ {
		s := multidraft.FullSet(size)
		// The sign says which of the two claims the smaller sum.
		order := truth.B(s).Cmp(claim.B(s))
		// On these sets both exponents agree, as on all where p(S) is 0 or 1.
		if order == 0 {
			continue
		}
		// The smaller of the two is met by q on every set of first tokens: its own value is 1, and
		// the larger one is violated at S.
		smaller := truth
		if order > 0 {
			smaller = claim
		}
		return newRefutation(ctx, truth, claim, multidraft.Vertex(smaller, firstTokens), o)
	}
	return nil, nil
}

// newRefutation computes both values and makes sure that they refute the claim.
func newRefutation(ctx context.Context, truth, claim *multidraft.IID, q []rational.Rat, o optimum.Options) (*Refutation, error) {
	in := multidraft.Must(multidraft.NewInstance(truth, multidraft.Must(multidraft.NewDistribution("q", q))))
	agreement, err := optimum.CrossCheck(ctx, in, o)
	if err != nil {
		return nil, err
	}
	// The claimed value by the same sort as the true one, with E in place of K.
	claimed := optimum.MinOverPrefixes(claim.K(), claim.Rows()[0], in.Target())
	// Both values are computed anew: the construction is a way to find the instance, and no
	// argument.
	if agreement.Value.Equal(one) == claimed.Value.Equal(one) {
		return nil, fmt.Errorf("%v: P* is %v and the claimed value %v, where just one should be 1", in, agreement.Value, claimed.Value)
	}
	return &Refutation{Exponent: claim.K(), Instance: in, Truth: agreement, Claimed: claimed.Value, ClaimedAt: claimed.Set()}, nil
}

// certificate is the refutation as a document: the optimum, and that the claimed minimum is 1, or a set at which it is not.
func (x *Refutation) certificate(k int) (witness.Document, error) {
	instance := optimum.InstanceWitness(x.Instance, x.Truth)
	// One set below 1 shows that the claimed minimum is not 1; that it is 1 takes all prefixes in
	// their order.
	if !x.Claimed.Equal(one) {
		return witness.Exponent(k, x.Exponent, &instance, nil, x.ClaimedAt.Tokens())
	}
	return witness.Exponent(k, x.Exponent, &instance, optimum.ByRatio(x.Instance.Rows()[0], x.Instance.Target()), nil)
}

// evenOn is the uniform distribution on the first of n tokens.
func evenOn(first, n int) []rational.Rat {
	p := make([]rational.Rat, n)
	for i := range first {
		p[i] = rational.NewRat(1, int64(first))
	}
	return p
}

var one = rational.Whole(1)
