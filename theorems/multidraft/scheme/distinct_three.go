package scheme

import (
	"context"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// threeDrafts encloses the acceptance of recursive rejection of three drafts without replacement over a
// vocabulary, where there are too many pairs of rejected tokens for distinctPaths. In its notation μ_2 = 1,
// and with D = φ(1), P the probability of the first token rejected and p that of the second
//
//	μ_3 = 1 + D/(1-P),  μ_4 = μ_3 + φ(μ_3)/(1-P-p),
//
// and all three drafts are rejected with the probability
//
//	1/D · sum over x of (p_x - q_x)^+ · 1/φ(μ_3) · sum over y other than x of (μ_3 p_y - max(q_y, p_y))^+ φ(μ_4).
//
// The inner sum over all y depends on x by P alone, and of y φ(μ_4) depends on p_y alone: tokens are grouped
// by their probabilities. In a group of tokens with a <= p <= b a function f of p is f(a) + (p - a) s, where s
// is one of its slopes in between, so that two sums over the group, of the weights and of the weights
// times p - a, enclose what it contributes up to their product with the spread of slopes: second order
// in b - a. The terms y = x are taken off one by one, but from groups of one token they are left out.
//
// φ and the weights are piecewise linear and all else is smooth, so that slopes exist but for finitely many
// places. Enclosures are by floats whose operations are rounded outwards.
type threeDrafts struct {
	phi    *excess
	groups []*similar
	unit   rational.Int // of p
	d      span         // D
}

// A similar is a group of tokens with nearly the same p.
type similar struct {
	p       span // from the least to the largest
	single  bool
	weight  rational.Int // of a single token
	outside span         // 1 - p of a single token

	// Of the first draft: sums of (p - q)^+ and of (p - q)^+ (p - a).
	first, moment span
	tokens        []weighed // with a positive first, unless the group is single

	// Sums over the tokens in ascending order of their thresholds m/p, where m = max(q, p): of p, m, and
	// both times p - a.
	thresholds []float64
	sums       [][4]span
}

// A weighed is a token with its p, max(q, p) and (p - q)^+.
type weighed struct{ p, m, first span }

// maxGroups bounds the groups: the time is that of all pairs of them.
const maxGroups = 1400

// ratioSlack is more than ratios of spans may be off by, as a part of them.
const ratioSlack = 0x1p-46

// encloseThree is the acceptance for s, which has three drafts without replacement. It fails if ctx ends.
func encloseThree(ctx context.Context, s *multidraft.Instance, groups int) (enclose.Interval, error) {
	p, q := s.Rows()[0], s.Target()
	x := &threeDrafts{phi: newExcess(p, q), unit: p.Unit}
	x.group(p, q, groups)
	rejecting := slices.DeleteFunc(slices.Clone(x.groups), func(g *similar) bool { return g.first.hi == 0 })
	// No draft is ever rejected.
	if len(rejecting) == 0 {
		return enclose.Point(one), nil
	}
	for _, g := range rejecting {
		x.d = x.d.plus(g.first)
	}
	var rejected span
	for _, g := range rejecting {
		if err := ctx.Err(); err != nil {
			return enclose.Interval{}, err
		}
		rejected = rejected.plus(x.firstRejected(g))
	}
	// D is a sum of exact weights, and more than their roundings unless p and q differ by as little.
	if x.d.lo > 0 {
		rejected = rejected.over(x.d)
	} else {
		rejected = span{0, 1}
	}
	// Whatever rounding says, it is a probability.
	lo, err := rational.RatFromFloat64(max(rejected.lo, 0))
	if err != nil {
		panic("scheme: " + err.Error())
	}
	hi, err := rational.RatFromFloat64(min(rejected.hi, 1))
	if err != nil {
		panic("scheme: " + err.Error())
	}
	return enclose.Interval{Lo: one.Sub(hi), Hi: one.Sub(lo)}, nil
}

// firstRejected is the sum over the tokens x of the group, as the first draft, of (p_x - q_x)^+ times the
// mean of φ(μ_4) over the second: 1/φ(μ_3) times the inner sum.
func (x *threeDrafts) firstRejected(g *similar) span {
	outside := g.outside
	if !g.single {
		outside = span{1, 1}.minus(span{g.p.lo, g.p.lo})
	}
	mu := span{1, 1}.plus(x.d.over(outside))
	phi := x.phi.value(mu)
	// The mean is at most φ(μ_3), which falls with P: what is known in any case.
	most := g.first.times(span{0, phi.hi})
	if outside.lo <= 0 || phi.lo <= 0 {
		return span{0, g.first.hi}
	}
	var skip *similar
	if g.single {
		skip = g
	}
	mean := x.second(outside, mu, phi, skip).over(phi)
	if g.single {
		return g.first.times(span{min(mean.lo, phi.hi), min(mean.hi, phi.hi)})
	}
	slope, ok := x.slope(g)
	if !ok {
		return most
	}
	sum := g.first.times(mean).plus(g.moment.scaled(slope))
	for _, t := range g.tokens {
		sum = sum.minus(x.twice(t))
	}
	return span{max(sum.lo, 0), min(sum.hi, most.hi)}
}

// second is the inner sum over all tokens but those of skip, for a P of which outside is 1 - P.
func (x *threeDrafts) second(outside, mu, phi span, skip *similar) span {
	var sum span
	for _, g := range x.groups {
		w, moment := g.weights(mu)
		// None of them is rejected as the second draft.
		if g == skip || w.hi <= 0 {
			continue
		}
		left := outside.minus(g.p)
		// Two likely tokens leave little, which floats would lose.
		if skip != nil && g.single && left.lo < outside.lo/16 {
			left = spanOf(x.unit.Sub(skip.weight).Sub(g.weight), x.unit)
		}
		// Next to nothing is left to draw from: all that is known is that φ falls.
		if left.lo <= 0 {
			sum = sum.plus(w.times(span{0, phi.hi}))
			continue
		}
		near := left
		if !g.single {
			near = outside.minus(span{g.p.lo, g.p.lo})
		}
		sum = sum.plus(w.times(x.phi.value(mu.plus(phi.over(near)))))
		if !g.single {
			// φ falls, and μ_4 grows with p by φ(μ_3)/(1-P-p)^2.
			falls := x.phi.falls(mu.plus(phi.over(left))).times(phi.over(left.times(left)))
			sum = sum.minus(moment.times(falls))
		}
	}
	return sum
}

// slope encloses the slopes in P of the inner sum over all tokens divided by φ(μ_3), for the P of a group; ok is
// false if that cannot be done.
func (x *threeDrafts) slope(g *similar) (slope span, ok bool) {
	outside := span{1, 1}.minus(g.p)
	mu := span{1, 1}.plus(x.d.over(outside))
	phi := x.phi.value(mu)
	if outside.lo <= 0 || phi.lo <= 0 {
		return span{}, false
	}
	grows := x.d.over(outside.times(outside)) // μ_3
	falls := x.phi.falls(mu)
	var sum, change span
	for _, h := range x.groups {
		w, _ := h.weights(mu)
		left := outside.minus(h.p)
		if w.hi <= 0 {
			continue
		}
		if left.lo <= 0 {
			return span{}, false
		}
		next := mu.plus(phi.over(left))
		value := x.phi.value(next)
		sum = sum.plus(w.times(value))
		// The weights grow by p for each token that has one, and μ_4 = μ_3 + φ(μ_3)/(1-P-p) by the sum of three.
		change = change.plus(h.mass(mu).times(grows).times(value))
		moves := grows.minus(falls.times(grows).over(left)).plus(phi.over(left.times(left)))
		change = change.minus(w.times(x.phi.falls(next)).scaled(moves))
	}
	// Of a quotient by φ(μ_3), which falls.
	part := change.dividedBy(phi)
	return part.plus(sum.times(falls).times(grows).over(phi.times(phi))), true
}

// twice is the term of a token that would be drawn and rejected twice.
func (x *threeDrafts) twice(t weighed) span {
	outside := span{1, 1}.minus(t.p)
	mu := span{1, 1}.plus(x.d.over(outside))
	phi := x.phi.value(mu)
	if phi.lo <= 0 {
		return t.first.times(span{0, phi.hi})
	}
	w := mu.times(t.p).minus(t.m).positive()
	return t.first.times(w).times(x.phi.value(mu.plus(phi.over(outside.minus(t.p))))).over(phi)
}
