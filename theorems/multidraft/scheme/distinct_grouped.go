package scheme

import (
	"context"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// groupedDrafts encloses the acceptance of recursive rejection without replacement over a vocabulary, where
// there are too many sequences of rejected tokens for distinctPaths. In its notation let V(p_1, ..., p_k) be the
// probability that all later drafts are rejected, too, if tokens of these probabilities were: for k = K-1 it is
// φ(μ_{K+1})/φ(μ_K), and else
//
//	1/φ(μ_{k+1}) · sum over y not drawn yet of (μ_{k+2} p_y - max(q_y, μ_{k+1} p_y))^+ V(p_1, ..., p_k, p_y).
//
// As μ_2 = 1 the weight of y is W_y(μ_{k+2}) - W_y(μ_{k+1}), where W_y(μ) = (μ p_y - max(q_y, p_y))^+. A token that was
// rejected has q < μp for the μ of that time and all later ones, so that its weight would be p times the step
// from μ_{k+1} to μ_{k+2}: the sum is that over all y less these terms. So V is a function of the numbers p_1, ..., p_k
// alone, and tokens are grouped by their probabilities. In a group of tokens with a <= p <= b a function f of p is
// f(a) + (p - a) s, where s is one of its slopes in between, so that two sums over the group, of the weights
// and of the weights times p - a, enclose what it contributes up to their product with the spread of
// slopes: second order in b - a. From groups of one token those drawn already are left out.
//
// φ and the weights are piecewise linear and all else is smooth, so that slopes exist but for finitely many
// places. Enclosures are by floats whose operations are rounded outwards. The time is that of as many
// sequences of groups as there are drafts but one.
type groupedDrafts struct {
	k      int
	phi    *excess
	groups []*similar
	unit   rational.Int // of p
}

// A similar is a group of tokens with nearly the same p.
type similar struct {
	p      span // from the least to the largest
	single bool
	weight rational.Int // of a single token

	first, moment span // sums of (p - q)^+ and of (p - q)^+ (p - a)

	// Sums over the tokens in ascending order of their thresholds m/p, where m = max(q, p): of p, m, and
	// both times p - a.
	thresholds []float64
	sums       [][4]span
}

// A weighed is a token with its p, max(q, p) and (p - q)^+.
type weighed struct{ p, m, first span }

// maxGroups bounds the groups for so many drafts. At 128 000 tokens these take about five seconds for K up to 6, ten for
// K = 7 and 25 for K = 8, for some 1e-12, 1e-10, 1e-7, 1e-5, 1e-4 and 1e-3, and tenfold less or more as few tokens have most of p.
//
// Tried and lost from K = 5 on: states that differ little taken together, by cells of μ and of what the
// tokens in groups weigh together, with what V owes to their squares bounded apart. That is several times narrower where the likeliest
// tokens have a percent each, and wider where they have a tenth; a law of a few likely tokens has too many cells.
//
// Lost as well: as many groups for the next draft as what is summed up there weighs, from 2 to 64, for values and for slopes apart. At
// the same time that is no narrower, as groups have about equal errors already.
//
// What is wide is not where the middle lies: for K = 6 and 11 groups or more that moved by less than a thousandth of the width.
// Slopes spread as intervals over what is drawn later, too, though these draws are the same sums for each token of a group. At the mean of a
// group, where the sum of weights times p - a vanishes, only the change of one slope over its own group counts: the smooth part of that is
// second order with coarse groups behind it, and kinks are what it lacks a bound for, the most p of ratios in a window
// where later draws may take μ.
var maxGroups = map[int]int{3: 1400, 4: 160, 5: 42, 6: 18, 7: 11, 8: 8}

// ratioSlack is more than ratios of spans may be off by, as a part of them.
const ratioSlack = 0x1p-46

// A varying is a number with its slope.
type varying struct{ v, d span }

func (a varying) plus(b varying) varying  { return varying{a.v.plus(b.v), a.d.plus(b.d)} }
func (a varying) minus(b varying) varying { return varying{a.v.minus(b.v), a.d.minus(b.d)} }

// times has the slope of a product.
func (a varying) times(b varying) varying {
	return varying{a.v.by(b.v), a.d.by(b.v).plus(a.v.by(b.d))}
}

// over is for b above 0.
func (a varying) over(b varying) varying {
	v := a.v.dividedBy(b.v)
	return varying{v, a.d.minus(v.by(b.d)).dividedBy(b.v)}
}

// A state is what was rejected, and what follows from that.
type state struct {
	drawn   []*similar    // of the tokens that are alone
	left    rational.Int  // unit of p less these
	alike   []varying     // p of the others
	outside varying       // 1 - P
	mu, phi varying       // μ_{k+1} with its φ
	weights []groupWeight // W(μ_{k+1}) of all groups
}

// A groupWeight has the sums of W_y(μ), of W_y(μ) (p_y - a), and the slope of the first in μ.
type groupWeight struct{ w, moment, mass span }

// encloseGroups is the acceptance for s, which has three or more drafts without replacement, by about so many
// groups. It fails if ctx ends.
func encloseGroups(ctx context.Context, s *multidraft.Instance, groups int) (enclose.Interval, error) {
	p, q := s.Rows()[0], s.Target()
	x := &groupedDrafts{k: s.K(), phi: newExcess(p, q), unit: p.Unit}
	x.group(p, q, groups)
	rejecting := slices.DeleteFunc(slices.Clone(x.groups), func(g *similar) bool { return g.first.hi == 0 })
	// No draft is ever rejected.
	if len(rejecting) == 0 {
		return enclose.Point(one), nil
	}
	start := state{left: p.Unit, outside: varying{v: span{1, 1}}, mu: varying{v: span{1, 1}}, weights: make([]groupWeight, len(x.groups))}
	for _, g := range rejecting {
		start.phi.v = start.phi.v.plus(g.first)
	}
	var rejected span
	for _, g := range rejecting {
		if err := ctx.Err(); err != nil {
			return enclose.Interval{}, err
		}
		term, _ := x.contribution(start, g, groupWeight{w: g.first, moment: g.moment})
		rejected = rejected.plus(term)
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

// contribution encloses the sum over the tokens of a group of weights, of which sums are given, times V. Where only
// tokens that are alone were drawn V is a probability, whatever floats can tell; else it is not ok if they cannot.
func (x *groupedDrafts) contribution(s state, g *similar, sums groupWeight) (term span, ok bool) {
	v, ok := x.rejected(x.draw(s, g, varying{v: span{g.p.lo, g.p.lo}}), false)
	term = sums.w.by(v.v)
	if ok && !g.single {
		var slope varying
		slope, ok = x.rejected(x.draw(s, g, varying{v: g.p, d: span{1, 1}}), true)
		term = term.plus(sums.moment.by(slope.d))
	}
	// What is no number, as something was divided by next to nothing, is not ok either.
	ok = ok && term.hi-term.lo <= 1
	if len(s.alike) > 0 {
		return term, ok
	}
	if !ok {
		return span{0, sums.w.hi}, true
	}
	return span{max(term.lo, 0), min(term.hi, sums.w.hi)}, true
}

// draw adds a token of the group, of this p, to those drawn.
func (x *groupedDrafts) draw(s state, g *similar, p varying) state {
	if !g.single {
		s.alike = append(s.alike[:len(s.alike):len(s.alike)], p)
		s.outside = s.outside.minus(p)
		return s
	}
	s.drawn = append(s.drawn[:len(s.drawn):len(s.drawn)], g)
	s.left = s.left.Sub(g.weight)
	s.outside = varying{v: spanOf(s.left, x.unit)}
	for _, p := range s.alike {
		s.outside = s.outside.minus(p)
	}
	return s
}

// excess is φ of a number with its slope.
func (x *groupedDrafts) excess(mu varying) varying {
	fall := x.phi.falls(mu.v).by(mu.d)
	return varying{x.phi.value(mu.v), span{-fall.hi, -fall.lo}}
}

// rejected is V, and with its slope if that is wanted: then numbers may be intervals of such numbers. It is not
// ok if nothing is left to draw from, or too little for floats to tell.
func (x *groupedDrafts) rejected(s state, slope bool) (total varying, ok bool) {
	if s.outside.v.lo <= 0 || s.phi.v.lo <= 0 {
		return total, false
	}
	step := s.phi.over(s.outside)
	next := s
	next.mu = s.mu.plus(step)
	next.phi = x.excess(next.mu)
	// The last draft is summed over in closed form.
	if len(s.drawn)+len(s.alike) == x.k-1 {
		return next.phi.over(s.phi), true
	}
	next.weights = make([]groupWeight, len(x.groups))
	for j, g := range x.groups {
		next.weights[j] = g.weights(next.mu.v, slope)
	}
	for j, g := range x.groups {
		after, before := next.weights[j], s.weights[j]
		sums := groupWeight{w: after.w.minus(before.w).positive(), moment: after.moment.minus(before.moment).positive()}
		// None of them is rejected next, or the one token was drawn.
		if sums.w.hi <= 0 || g.single && slices.Contains(s.drawn, g) {
			continue
		}
		if slope {
			v, ok := x.rejected(x.draw(next, g, varying{v: g.p}), true)
			if !ok {
				return total, false
			}
			// The two parts of the slope of a weight have one sign each, and not their difference.
			d := after.mass.by(v.v).by(next.mu.d).minus(before.mass.by(v.v).by(s.mu.d)).plus(sums.w.by(v.d))
			total = total.plus(varying{sums.w.by(v.v), d})
			continue
		}
		term, ok := x.contribution(next, g, sums)
		if !ok {
			return total, false
		}
		total.v = total.v.plus(term)
	}
	// Those drawn already were among them.
	for _, p := range s.alike {
		again := next
		again.alike = append(again.alike[:len(again.alike):len(again.alike)], p)
		again.outside = again.outside.minus(p)
		v, ok := x.rejected(again, slope)
		if !ok {
			return total, false
		}
		total = total.minus(p.times(step).times(v))
	}
	return total.over(s.phi), true
}
