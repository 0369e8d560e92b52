package rejection

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// maxPaths bounds the sequences of rejected tokens that are gone through where the tree of
// residuals is too large.
const maxPaths = 1 << 23

// fewPaths are gone through in a second; where there are more, groups of tokens may do sooner what is
// narrow.
const fewPaths = 1 << 18

// maxGrouped is the most drafts for which groups are few enough.
const maxGrouped = 8

// DefaultWidth is the width that is wanted if none is asked for.
var DefaultWidth = rational.NewRat(1, 1000000000)

var one = rational.Whole(1)

// distinctPaths encloses the acceptance of recursive rejection without replacement (MD-R2) without writing
// a residual down. With φ(μ) = sum of (q - μp)^+ the residual after k-1 rejections is
// (q - μ_k p)^+ normalised, where μ_1 = 0 and, if the tokens rejected so far have the
// probability P together,
//
//	μ_{k+1} = μ_k + φ(μ_k)/(1 - P):
//
// drawing off the rejected tokens replaces p by p/(1-P), and these have no residual. The draft x is
// drawn and rejected with the probability
//
//	(μ_{k+1} p_x - max(q_x, μ_k p_x))^+ / φ(μ_k),
//
// and all K are with the sum over sequences x_1, ..., x_{K-1} of the products of these for
// k < K, times φ(μ_{K+1})/φ(μ_K), which is that of the last draft, whichever it is. One sequence takes a
// binary search among the ratios q/p: n^(K-1) of them, not n^K tokens.
//
// Numbers are integers in units of 2^-pathBits, rounded outwards. φ falls, and μ + φ(μ)/(1-P) does not:
// its slope is 1 - p(A)/(1-P), where A are the tokens with q > μp that are not rejected: at the lower end of
// an interval a rejected token may seem to be among them, and is left out.
type distinctPaths struct {
	ctx  context.Context
	p, q multidraft.Distribution
	k    int

	byRatio    []int          // tokens with p > 0, of the largest q/p first
	sumP, sumQ []rational.Int // over the first of them, with the q of tokens without p

	lower, upper rational.Int // of the probability that all drafts are rejected
}

const pathBits = 160

// fixed is an interval in units of 2^-pathBits.
type fixed struct{ lo, hi rational.Int }

var fixedUnit = rational.PowerOfTwo(pathBits)

// Enclose is the acceptance for s, whose drafts are without replacement: by groups of tokens where
// three to eight drafts have too many sequences, or many and groups are narrow. It fails with
// *theorems.Unsettled if more drafts have too many, and if ctx ends.
func Enclose(ctx context.Context, s *multidraft.Instance, within rational.Rat) (enclose.Interval, error) {
	x := newDistinctPaths(ctx, s)
	// Known before the first sequence.
	sequences := x.count()
	if sequences > fewPaths && s.K() > 2 && s.K() <= maxGrouped {
		accepted, err := refineGroups(ctx, s, within)
		// Sequences take longer, for more digits than are wanted.
		if err != nil || sequences > maxPaths || accepted.Width().Cmp(within) <= 0 {
			return accepted, err
		}
	}
	if sequences > maxPaths {
		return enclose.Interval{}, &theorems.Unsettled{Reason: fmt.Sprintf("%d tokens may be drafted, too many for recursive rejection without replacement at K = %d (at most %d sequences of %d rejected tokens)",
			len(x.byRatio), s.K(), maxPaths, s.K()-1)}
	}
	return x.enclose()
}

func newDistinctPaths(ctx context.Context, s *multidraft.Instance) *distinctPaths {
	x := &distinctPaths{ctx: ctx, p: s.Rows()[0], q: s.Target(), k: s.K()}
	x.byRatio = optimum.ByRatio(x.p, x.q)
	// Largest ratio first, so that the tokens with q > μp are a prefix.
	slices.Reverse(x.byRatio)
	x.addUp()
	return x
}

// count is the number of sequences, whose tokens are all different, or more than maxPaths.
func (x *distinctPaths) count() int64 {
	sequences := int64(1)
	for drawn := range x.k - 1 {
		if sequences *= int64(len(x.byRatio) - drawn); sequences > maxPaths {
			break
		}
	}
	return sequences
}

// enclose goes through all sequences.
func (x *distinctPaths) enclose() (enclose.Interval, error) {
	start := fixed{}
	// No rejection yet: μ_1 = 0, φ(0) = 1 and probability 1.
	err := x.visit(nil, rational.Int{}, start, x.phi(start), fixed{fixedUnit, fixedUnit})
	return enclose.Interval{
		// The complement turns the ends round; rounding may leave the upper one above 1.
		Lo: one.Sub(rational.MinRat(one, rational.RatFromInts(x.upper, fixedUnit))),
		Hi: one.Sub(rational.RatFromInts(x.lower, fixedUnit)),
	}, err
}

// addUp makes the prefix sums. Tokens without p have an infinite ratio: their q is in every
// prefix, the empty one too.
func (x *distinctPaths) addUp() {
	// Of the tokens before any ratio: those without p.
	var p, q rational.Int
	for i, w := range x.p.Weights.All() {
		if w.IsZero() {
			q = q.Add(x.q.Weights.At(i))
		}
	}
	x.sumP, x.sumQ = []rational.Int{p}, []rational.Int{q}
	for _, i := range x.byRatio {
		p, q = p.Add(x.p.Weights.At(i)), q.Add(x.q.Weights.At(i))
		x.sumP, x.sumQ = append(x.sumP, p), append(x.sumQ, q)
	}
}

// bounds of φ at both ends of an interval: phi[0] at the lower end, which is the larger one.
type phis [2]fixed

// values is what φ may be in the interval.
func (f phis) values() fixed { return fixed{f[1].lo, f[0].hi} }

func (x *distinctPaths) phi(mu fixed) phis {
	low := x.phiAt(mu.lo)
	// As at the start, where μ is 0: one search in place of two.
	if mu.lo.Equal(mu.hi) {
		return phis{low, low}
	}
	return phis{low, x.phiAt(mu.hi)}
}

// phiAt is q(A) - μ p(A) for the tokens with q > μp, which are the first ones by their ratio.
func (x *distinctPaths) phiAt(mu rational.Int) fixed {
	count := sort.Search(len(x.byRatio), func(j int) bool {
		i := x.byRatio[j]
		// q_i > μ p_i without a quotient: both sides times the units and 2^pathBits.
		return x.q.Weights.At(i).Mul(x.p.Unit).Mul(fixedUnit).Cmp(mu.Mul(x.p.Weights.At(i)).Mul(x.q.Unit)) <= 0
	})
	num := x.sumQ[count].Mul(x.p.Unit).Mul(fixedUnit).Sub(mu.Mul(x.sumP[count]).Mul(x.q.Unit))
	return divided(num, num, x.p.Unit.Mul(x.q.Unit))
}

// divided rounds lo/unit down and hi/unit up, for numbers that are not negative.
func divided(lo, hi, unit rational.Int) fixed {
	low, _ := lo.QuoRem(unit)
	// Rounded up unless the division is exact.
	high, rest := hi.QuoRem(unit)
	if !rest.IsZero() {
		high = high.Add(rational.NewInt(1))
	}
	return fixed{low, high}
}

// visit comes with the tokens rejected and their weight, μ_k with its φ, and the probability of these
// rejections divided by φ(μ_k).
func (x *distinctPaths) visit(rejected []int, weight rational.Int, mu fixed, phi phis, scale fixed) error {
	if err := x.ctx.Err(); err != nil {
		return err
	}
	// Whatever the next draft is: μ depends on what was rejected before it.
	next := x.next(rejected, weight, mu, phi)
	// The last draft is summed over in closed form.
	if len(rejected) == x.k-1 {
		x.record(scale, x.phi(next).values())
		return nil
	}
	// One φ for all tokens that follow.
	nextPhi := x.phi(next)
	left := nextPhi.values()
	for i, w := range x.p.Weights.All() {
		// Never drafted, or drawn already.
		if w.IsZero() || slices.Contains(rejected, i) {
			continue
		}
		refused := x.refused(i, mu, next)
		// Certainly accepted: this sequence has probability 0. An upper end above 0 may be
		// rounding, and is followed.
		if refused.hi.IsZero() {
			continue
		}
		// Interval times interval: neither has a negative end.
		reached := divided(scale.lo.Mul(refused.lo), scale.hi.Mul(refused.hi), fixedUnit)
		if left.lo.IsZero() {
			// Whatever follows, all others are rejected with a probability up to 1.
			x.record(reached, fixed{rational.Int{}, fixedUnit})
			continue
		}
		if err := x.visit(append(rejected[:len(rejected):len(rejected)], i), weight.Add(w), next, nextPhi, over(reached, left)); err != nil {
			return err
		}
	}
	return nil
}

// next is μ_{k+1}, from each end of μ_k.
func (x *distinctPaths) next(rejected []int, weight rational.Int, mu fixed, phi phis) fixed {
	unit := x.p.Unit.Mul(x.q.Unit)
	// The lower end: φ there, less what rejected tokens seem to have above μp, as their residual
	// is 0 in truth.
	least := phi[0].lo.Mul(unit)
	for _, i := range rejected {
		wanted := x.q.Weights.At(i).Mul(x.p.Unit).Mul(fixedUnit)
		least = least.Sub(maxInt(wanted.Sub(mu.lo.Mul(x.p.Weights.At(i)).Mul(x.q.Unit)), rational.Int{}))
	}
	// Only the half that is rounded towards the end in question is used of each quotient.
	low := divided(maxInt(least, rational.Int{}).Mul(x.p.Unit), rational.Int{}, unit.Mul(x.p.Unit.Sub(weight))).lo
	// μ and φ(μ)/(1−P) are rounded apart, each outwards.
	high := divided(rational.Int{}, phi[1].hi.Mul(x.p.Unit), x.p.Unit.Sub(weight)).hi
	return fixed{mu.lo.Add(low), mu.hi.Add(high)}
}

// refused is μ_{k+1} p_x - max(q_x, μ_k p_x), at least 0.
func (x *distinctPaths) refused(i int, mu, next fixed) fixed {
	w, unit := x.p.Weights.At(i).Mul(x.q.Unit), x.p.Unit.Mul(x.q.Unit)
	wanted := x.q.Weights.At(i).Mul(x.p.Unit).Mul(fixedUnit)
	// Least with the least μ_{k+1} and the largest μ_k, and the other way round: both ends are
	// outward.
	least := maxInt(next.lo.Mul(w).Sub(maxInt(wanted, mu.hi.Mul(w))), rational.Int{})
	most := maxInt(next.hi.Mul(w).Sub(maxInt(wanted, mu.lo.Mul(w))), rational.Int{})
	return divided(least, most, unit)
}

// over is the quotient of two intervals, the second without 0.
func over(a, b fixed) fixed {
	// The least over the largest, and the largest over the least.
	return fixed{divided(a.lo.Mul(fixedUnit), a.lo.Mul(fixedUnit), b.hi).lo, divided(a.hi.Mul(fixedUnit), a.hi.Mul(fixedUnit), b.lo).hi}
}

// record adds a product to the probability that all are rejected.
func (x *distinctPaths) record(a, b fixed) {
	product := divided(a.lo.Mul(b.lo), a.hi.Mul(b.hi), fixedUnit)
	x.lower, x.upper = x.lower.Add(product.lo), x.upper.Add(product.hi)
}

// maxInt is the larger of two.
func maxInt(x, y rational.Int) rational.Int {
	if x.Cmp(y) < 0 {
		return y
	}
	return x
}
