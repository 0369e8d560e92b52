package rejection

import (
	"context"
	"math"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
)

// groupedDrafts encloses the acceptance of recursive rejection without replacement over a vocabulary, where
// there are too many sequences of rejected tokens for distinctPaths.
//
// The chain. In the notation of distinctPaths let D be the tokens rejected before draft k. That draft is y and rejected
// with the probability w_y/φ(μ_k), where w_y = (μ_{k+1} p_y - max(q_y, μ_k p_y))^+. As max(q, μp) = μp + (q - μp)^+ and
// Σ (μp - q)^+ = μ - 1 + φ(μ), the sum of all w_y is μ_{k+1} - μ_k - φ(μ_k) + φ(μ_{k+1}); less those of D, which are
// p (μ_{k+1} - μ_k) each, that is φ(μ_{k+1}), since (μ_{k+1} - μ_k)(1 - p(D)) = φ(μ_k). So all drafts are rejected with
// the probability
//
//	E φ(μ_{K+1}), where y is drawn with probability w_y/φ(μ_{k+1}) among those not in D, for k < K,
//
// and μ_2 = 1. Let R be this expectation, from a state on. It depends on μ and on the numbers p of the tokens in D alone if
//
//	R(D) = 1/φ(μ_{k+1}) · (sum over all y of w_y R(D + p_y) less that over d in D of d (μ_{k+1} - μ_k) R(D + d)),
//
// which defines it for any numbers d, and all factors of R together are 1 for these, too.
//
// Groups. In a group of tokens, with p between a and b, R(D + p) is a function f of p. With any m in between,
//
//	f(p) = f(m) + e (p - m) + c (p - m)²/2 + the integral of r + j - j(m) from m to p,
//
// where f' = E + r + j is an even part, a rough one and one with jumps, e = E(m) + j(m), and c is between bounds of E'. The slope of φ rises in steps, and is near to a line
// in a span with many: what is off the line is in r. Else the steps are in j, and as they go up the last integral is not below 0, and at most the distance
// from m times all of them on that side. So three sums over the group, of the weights and of these times p - a and
// (p - a)², enclose what it contributes, second order in b - a by r and j, else third. Numbers d of D that stand for tokens of
// the group are taken from these sums. Bounds of f', E', r and j are those of a curve (see bend). Tokens that are alone
// are not grouped, and those of them that were drawn are left out. m is about the mean.
//
// Each draft has a partition of its own, of groups of those of the draft before: later ones matter less. A token that was alone when it was
// drawn, and is in a group later, is taken from the sums of that group like any number.
//
// Enclosures are by floats whose operations are rounded outwards. The time is that of as many sequences of groups as there are
// drafts but one.
type groupedDrafts struct {
	ctx    context.Context
	k      int
	phi    *excess
	unit   rational.Int   // of p
	tokens []groupedToken // in the order of groups
	steps  int            // states that were gone through
	ended  bool           // ctx did

	partitions [][]*similar // each of groups of the one before
	of         []int        // the partition for each draft
	curves     []int        // the same for curves

	// Memory for what states of one draft have, and curves.
	scratch scratch
	values  [maxGrouped]struct {
		weights [2][]groupWeight
		coarse  []groupMass
	}
}

// ends counts a state, and looks at ctx now and then: an end makes all that follows not ok, and is told as an error.
func (x *groupedDrafts) ends() bool {
	if x.steps++; x.steps%1024 == 0 {
		x.ended = x.ctx.Err() != nil
	}
	return x.ended
}

// A similar is a group of tokens with nearly the same p.
type similar struct {
	p      span // from the least to the largest
	single bool
	weight rational.Int // of a single token
	in     []*similar   // the group that has it, by partition; nil where that is finer

	first groupWeight // of (p - q)^+

	// Sums over the tokens in ascending order of their thresholds m/p, where m = max(q, p): of p, m, and
	// both times p - a, and both times its square.
	thresholds []float64
	places     finder
	sums       [][6]span
}

// A weighed is a token with its p, max(q, p) and (p - q)^+.
type weighed struct{ p, m, first span }

// fewGroups are the first to be tried.
const fewGroups = 8

// maxSteps bounds the states that are gone through for one number of groups, a minute or so, up to how well their number is foreseen.
//
// Tried and lost: V = R/φ in place of R, with slopes that spread as intervals in place of their rates, is 10 to 1000 times
// wider from K = 5 on, since what V owes to φ does not cancel. Redrawn tokens as branches of their own take three times as long.
// Steps of φ' in windows of the length that μ moves by, in place of all that a span has, are a tenth to a third less, since heavy
// tokens are somewhere in the span; without these widths would be a seventh to a hundredth at K = 5. Groups that are halved by how likely the drafts before them are
// are about as wide in the same time: a third less at K = 6 for few tokens with most of p, twice as wide at K = 8 for a smooth law. As many groups for
// each draft, and eight for all curves, are 1.4 to 8 times as wide at K = 6 and 7. Curves for states that hold others, in place of a curve for each of these,
// are met again by a tenth of the states where slopes are a fiftieth wider, which is 20 times as wide in the end. Fewer groups where the sequence before is less likely, for drafts
// and for curves, are no narrower in the same time. With 22 groups for all curves in place of 6 for the same drafts widths at K = 6 are a half, in ten times the time: the interval of p
// itself is what is rough. Fewer groups behind a number that is drawn again are up to twice as wide for a tenth of the states less: its factor is small, but the slope of that is not.
//
// At K = 5, where what jumps add was on both sides, the middle of the interval was off by a fiftieth of its width and less, with ten groups as well: wide are bounds of what jumps of slopes
// add up to. At K = 8 the rate is as wide, most of it slopes of factors times what slopes of R are not known by.
const maxSteps = 1 << 26

// ratioSlack is more than ratios of spans may be off by, as a part of them.
const ratioSlack = 0x1p-46

// A state is what was rejected, and what follows from that.
type state struct {
	drawn   []*similar    // of the tokens that are alone
	left    rational.Int  // unit of p less these
	alike   []like        // the others
	outside span          // 1 - P
	mu, phi span          // μ_{k+1} with its φ
	weights []groupWeight // W(μ_{k+1}) of the groups of the draft after this one
	coarse  []groupMass   // the same of the groups for the next curves, if there are any
}

// A like is a number that stands for a token of a group.
type like struct {
	group *similar
	p     span
}

// A groupWeight has the sums of W_y(μ), of W_y(μ) (p_y - a) and of W_y(μ) (p_y - a)².
type groupWeight struct {
	w, moment, square span
	drawn             float64 // what was subtracted for tokens drawn before
}

func (a groupWeight) minus(b groupWeight) groupWeight {
	return groupWeight{w: a.w.minus(b.w).positive(), moment: a.moment.minus(b.moment).positive(), square: a.square.minus(b.square).positive()}
}

// without is less a token drawn before, whose weight is p times the step of μ.
func (a groupWeight) without(d like, step span) groupWeight {
	w, over := d.p.times(step), d.p.minus(span{d.group.p.lo, d.group.p.lo})
	moment := w.by(over)
	return groupWeight{a.w.minus(w), a.moment.minus(moment), a.square.minus(moment.by(over)), above(a.drawn + w.hi)}
}

// refineGroups is the acceptance for s, which has three or more drafts without replacement, by more and more groups until it
// is as narrow as wanted or that would take too long. It fails if ctx ends.
func refineGroups(ctx context.Context, s *multidraft.Instance, within rational.Rat) (enclose.Interval, error) {
	x := newGroupedDrafts(ctx, s)
	best := enclose.Interval{Hi: one}
	for groups := fewGroups; ; {
		got, err := x.enclose(groups)
		if err != nil {
			return got, err
		}
		best = enclose.Interval{Lo: rational.MaxRat(best.Lo, got.Lo), Hi: rational.MinRat(best.Hi, got.Hi)}
		more := x.more(groups)
		if best.Width().Cmp(within) <= 0 || groups >= len(x.tokens) || more == 0 {
			return best, nil
		}
		groups += more
	}
}

// more is how many groups are added: for at most exp(1.5) times as many sequences, so that all that came before take less than the last, and no more than may be
// gone through. There are none if that is not twice as many.
func (x *groupedDrafts) more(groups int) int {
	more := max(1, 3*groups/(2*(x.k-1)))
	for more > 0 && (x.steps > maxSteps/2 || float64(x.steps)*math.Pow(1+float64(more)/float64(groups), float64(x.k-1)) > maxSteps) {
		more--
	}
	return more
}

func newGroupedDrafts(ctx context.Context, s *multidraft.Instance) *groupedDrafts {
	p, q := s.Rows()[0], s.Target()
	x := &groupedDrafts{ctx: ctx, k: s.K(), phi: newExcess(p, q), unit: p.Unit}
	x.scratch.drawn, x.scratch.alike = make([]*similar, 0, maxGrouped), make([]like, 0, maxGrouped)
	x.sortTokens(p, q)
	return x
}

// enclose is by about so many groups.
func (x *groupedDrafts) enclose(groups int) (enclose.Interval, error) {
	x.group(groups)
	x.steps = 0
	rejecting := slices.DeleteFunc(slices.Clone(x.groupsOf(0)), func(g *similar) bool { return g.first.w.hi == 0 })
	// No draft is ever rejected.
	if len(rejecting) == 0 {
		return enclose.Point(one), nil
	}
	start := state{
		drawn: make([]*similar, 0, maxGrouped), alike: make([]like, 0, maxGrouped), left: x.unit, outside: span{1, 1},
		mu: span{1, 1}, weights: make([]groupWeight, len(x.groupsOf(1))), coarse: x.masses(1, span{1, 1}, new([]groupMass)),
	}
	for _, g := range rejecting {
		start.phi = start.phi.plus(g.first.w)
	}
	var rejected span
	for _, g := range rejecting {
		term, _ := x.contribution(start, g, g.first)
		rejected = rejected.plus(term)
	}
	rejected = rejected.dividedBy(start.phi)
	// Whatever rounding says, it is a probability.
	lo, err := rational.RatFromFloat64(max(rejected.lo, 0))
	if err != nil {
		panic("rejection: " + err.Error())
	}
	hi, err := rational.RatFromFloat64(min(rejected.hi, 1))
	if err != nil {
		panic("rejection: " + err.Error())
	}
	return enclose.Interval{Lo: one.Sub(hi), Hi: one.Sub(lo)}, x.ctx.Err()
}

// contribution encloses the sum over the tokens of a group of weights, of which sums are given, times R. Where only
// tokens that are alone were drawn R is between 0 and φ, whatever floats can tell; else it is not ok if they cannot.
func (x *groupedDrafts) contribution(s state, g *similar, sums groupWeight) (term span, ok bool) {
	at := g.near(sums)
	v, ok := x.rejected(x.draw(s, g, span{at, at}))
	term = sums.w.by(v)
	if ok && !g.single {
		var f curve
		f, ok = x.bend(s, g)
		term = term.plus(g.around(sums, at, f))
	}
	// What is no number, as something was divided by next to nothing, is not ok either.
	ok = ok && term.hi-term.lo <= 1
	if len(s.alike) > 0 {
		return term, ok
	}
	most := sums.w.by(s.phi).hi
	if !ok {
		return span{0, most}, true
	}
	return span{max(term.lo, 0), min(term.hi, most)}, true
}

// near is about the mean p of the group, where what is of first order vanishes. Any number of it will do.
func (g *similar) near(sums groupWeight) float64 {
	at := g.p.lo + (sums.moment.lo+sums.moment.hi)/(sums.w.lo+sums.w.hi)
	// What is no number is not in between, either.
	if !(at > g.p.lo) {
		return g.p.lo
	}
	return min(at, g.p.hi)
}

// around is the sum of weights times f(p) - f(at) = e (p - at) + c (p - at)²/2, the rough part of f' times p - at at most, and what jumps add: where
// they go up that is not below 0, on either side, and at most the jumps of that side times p - at.
func (g *similar) around(sums groupWeight, at float64, f curve) span {
	over, length := span{at, at}.minus(span{g.p.lo, g.p.lo}), above(g.p.hi-g.p.lo)
	first := sums.moment.minus(sums.w.by(over))
	second := sums.square.minus(over.by(sums.moment.plus(sums.moment))).plus(over.by(over).by(sums.w))
	// Absolute values: of what was not drawn, where that of p - at is at most the root of squares, and of what was.
	drawn := above(sums.drawn * length)
	squares := above(second.size() + above(drawn*length))
	apart := above(math.Sqrt(above(above(sums.w.size()+sums.drawn) * squares)))
	// Each of the drawn is no farther than length.
	rough := above(above(apart+drawn) * f.rough)
	// On one side of the place, of half the sum of absolute values and of what the sides differ by.
	side, j := above(above(apart+first.size())+drawn)/2, f.jumps
	jumps := span{-sum(product(j.down, side), product(j.up, drawn)), sum(product(j.up, side), product(j.down, drawn))}
	return first.by(f.even()).plus(weighted(second, above(squares+above(drawn*length)), f.rate).by(span{0.5, 0.5})).plus(jumps).wider(rough)
}

// draw adds a token of the group, of this p, to those drawn. States that follow one after the other have the same memory for these.
func (x *groupedDrafts) draw(s state, g *similar, p span) state {
	if !g.single {
		s.alike = append(s.alike, like{g, p})
		s.outside = s.outside.minus(p)
		return s
	}
	s.drawn = append(s.drawn, g)
	s.left = s.left.Sub(g.weight)
	s.outside = spanOf(s.left, x.unit)
	for _, d := range s.alike {
		s.outside = s.outside.minus(d.p)
	}
	return s
}

// rejected is R. It is not ok if nothing is left to draw from, or too little for floats to tell.
func (x *groupedDrafts) rejected(s state) (total span, ok bool) {
	if x.ends() || s.outside.lo <= 0 {
		return total, false
	}
	step := s.phi.dividedBy(s.outside)
	next := s
	next.mu = s.mu.plus(step)
	next.phi = x.phi.value(next.mu)
	// The last draft is summed over in closed form.
	if len(s.drawn)+len(s.alike) == x.k-1 {
		return next.phi, true
	}
	if next.phi.lo <= 0 {
		return total, false
	}
	draft := len(s.drawn) + len(s.alike)
	afters := x.weights(draft, next.mu, &x.values[draft].weights[0])
	// A curve of the last draft but one has no groups behind it.
	next.weights, next.coarse = nil, nil
	if draft < x.k-2 {
		next.weights, next.coarse = afters, x.masses(draft+1, next.mu, &x.values[draft].coarse)
		if x.of[draft+1] != x.of[draft] {
			next.weights = x.weights(draft+1, next.mu, &x.values[draft].weights[1])
		}
	}
	for j, g := range x.groupsOf(draft) {
		after, before := afters[j], s.weights[j]
		// None of them is rejected next, or the one token was drawn.
		if after.w.hi == 0 || g.single && slices.Contains(s.drawn, g) {
			continue
		}
		term, ok := x.contribution(next, g, s.less(x.of[draft], g, after.minus(before), step))
		if !ok {
			return total, false
		}
		total = total.plus(term)
	}
	return total.dividedBy(next.phi), true
}

// groupsOf are the groups for a draft; the first is 0.
func (x *groupedDrafts) groupsOf(draft int) []*similar { return x.partitions[x.of[draft]] }

// weights are those of the groups for a draft.
func (x *groupedDrafts) weights(draft int, mu span, kept *[]groupWeight) []groupWeight {
	groups := x.groupsOf(draft)
	if len(*kept) < len(groups) {
		*kept = make([]groupWeight, len(groups))
	}
	list := (*kept)[:len(groups)]
	for j, g := range groups {
		list[j] = g.weights(mu)
	}
	return list
}

// less takes those from the sums of a group of the partition that were drawn already and are among them.
func (s state) less(partition int, g *similar, sums groupWeight, step span) groupWeight {
	for _, d := range s.alike {
		if d.group.in[partition] == g {
			sums = sums.without(like{g, d.p}, step)
		}
	}
	for _, d := range s.drawn {
		if d.in[partition] == g {
			sums = sums.without(like{g, d.p}, step)
		}
	}
	return sums
}
