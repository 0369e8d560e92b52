package rejection

import (
	"math"
	"slices"
)

// A curve is a number as a function of p in an interval: spans of its values and of its slopes, which are a sum of three parts. The even
// part is continuous, and changes at a rate in a span; the rough part is no larger than a number; and the third goes up and down by so much in all.
// All functions here are continuous and made of finitely many smooth pieces. Lengths are that of the interval.
type curve struct {
	v, slope, rate span
	rough          float64
	jumps          jumps
}

// jumps are by how much a function goes up in all, and down.
type jumps struct{ up, down float64 }

// half is no less than the function, but for a constant, which may be even. Of the jumps of several functions together it is
// no less than the sum of their absolute values.
func (j jumps) half() float64 { return sum(j.up, j.down) / 2 }

func (j jumps) plus(k jumps) jumps { return jumps{sum(j.up, k.up), sum(j.down, k.down)} }

func (j jumps) negative() jumps { return jumps{j.down, j.up} }

// either goes up or down by that much more.
func (j jumps) either(x float64) jumps { return jumps{sum(j.up, x), sum(j.down, x)} }

// by is for the product with a function in a span: where that is below 0 up is down. As d(bj) = b dj + jb', what its slopes add is for the caller.
func (j jumps) by(b span) jumps {
	above, under := max(b.hi, 0), max(-b.lo, 0)
	return jumps{sum(product(j.up, above), product(j.down, under)), sum(product(j.down, above), product(j.up, under))}
}

// off is the size of what is not even.
func (a curve) off() float64 { return sum(a.rough, a.jumps.half()) }

// even is a span of the even part of slopes.
func (a curve) even() span { return a.slope.wider(a.off()) }

// point is a number in x, the same for all p.
func point(x span) curve { return curve{v: x} }

func (a curve) plus(b curve) curve {
	return curve{a.v.plus(b.v), a.slope.plus(b.slope), a.rate.plus(b.rate), sum(a.rough, b.rough), a.jumps.plus(b.jumps)}
}

func (a curve) minus(b curve) curve { return a.plus(b.negative()) }

func (a curve) negative() curve {
	return curve{a.v.negative(), a.slope.negative(), a.rate.negative(), a.rough, a.jumps.negative()}
}

// times: of (ab)' = a'b + ab' the even part is Ab + aB, where A and B are those of a' and b', and changes at the rate
// A'b + Ab' + a'B + aB'.
func (a curve) times(b curve, length float64) curve {
	j := a.jumps.by(b.v).plus(b.jumps.by(a.v))
	turned := sum(product(a.jumps.half(), b.slope.size()), product(b.jumps.half(), a.slope.size()))
	return curve{
		a.v.by(b.v), a.slope.by(b.v).plus(a.v.by(b.slope)),
		a.rate.by(b.v).plus(a.v.by(b.rate)).plus(a.even().by(b.slope)).plus(a.slope.by(b.even())),
		sum(product(a.rough, b.v.size()), product(b.rough, a.v.size())),
		j.either(product(turned, length)),
	}
}

// inverse is for a above 0: of -a'/a² the even part is -A/a², which changes at the rate 2Aa'/a³ - A'/a²; the slope of 1/a² is -2a'/a³.
func (a curve) inverse(length float64) curve {
	v := span{1, 1}.over(a.v)
	square := v.times(v)
	cube := square.times(v)
	bend := cube.by(a.slope).by(a.even())
	turned := product(product(2*a.jumps.half(), a.slope.size()), cube.hi)
	return curve{
		v, square.by(a.slope).negative(), bend.plus(bend).minus(square.by(a.rate)), product(square.hi, a.rough),
		a.jumps.negative().by(square).either(product(turned, length)),
	}
}

// A bent is a state as a function of the p of one token. Other tokens that were drawn are numbers in spans: what holds
// for all of these holds for the sums over the tokens of groups.
type bent struct {
	drawn   []*similar
	alike   []like
	p       curve
	own     int     // how often p is among those drawn
	length  float64 // of the interval of p
	outside curve
	mu, phi curve
	at      window // of φ for this μ
	masses  []groupMass
}

// A groupMass has the sum of W_y(μ) and its slope.
type groupMass struct{ w, mass span }

// masses are those of the groups for curves of a draft.
func (x *groupedDrafts) masses(draft int, mu span, kept *[]groupMass) []groupMass {
	groups := x.partitions[x.curves[draft]]
	if len(*kept) < len(groups) {
		*kept = make([]groupMass, len(groups))
	}
	list := (*kept)[:len(groups)]
	clear(list)
	for j, g := range groups {
		if list[j].w = g.heft(mu); list[j].w.hi > 0 {
			list[j].mass = g.mass(mu)
		}
	}
	return list
}

// bend is R after a token of the group is drawn, as a function of its p. It is not ok where floats cannot tell, or
// where μ is not known to rise with p: that it does is what bounds its jumps.
func (x *groupedDrafts) bend(s state, g *similar) (curve, bool) {
	start := bent{p: curve{v: g.p, slope: span{1, 1}}, outside: point(s.outside), mu: point(s.mu), phi: point(s.phi), masses: s.coarse, length: above(g.p.hi - g.p.lo)}
	start.alike = append(x.scratch.alike[:0], s.alike...)
	start.drawn = x.scratch.drawn[:0]
	start.at = x.phi.window(s.mu)
	for _, d := range s.drawn {
		// Where it is one of a group later it is left out by its p.
		if x.alone(d) {
			start.drawn = append(start.drawn, d)
		} else {
			start.alike = append(start.alike, like{d, d.p})
		}
	}
	return x.bentRejected(start.again())
}

// alone is whether a token is so for all drafts.
func (x *groupedDrafts) alone(g *similar) bool { return g.in[len(x.partitions)-1].single }

// draw adds a token of the group.
func (s bent) draw(x *groupedDrafts, g *similar) bent {
	s.outside.v = s.outside.v.minus(g.p)
	if !x.alone(g) {
		s.alike = append(s.alike, like{g, g.p})
		return s
	}
	s.drawn = append(s.drawn, g)
	s.phi = s.at.excess(s.mu, s.drawn, s.length)
	return s
}

// again adds p.
func (s bent) again() bent {
	s.own++
	s.outside.v = s.outside.v.minus(s.p.v)
	// p has the slope 1.
	s.outside.slope = span{-float64(s.own), -float64(s.own)}
	return s
}

// A fall is p(A) as a function of μ in a span, without tokens drawn. It is near to a line that falls at a rate, or taken as what falls anyhow.
type fall struct {
	of          span // all values
	near        bool
	rate, rough float64 // of the line, and how far from it
	drop        float64 // what tokens drawn seem to have in φ
}

// without is p(A) less tokens drawn. One of them has q < μp, as
// does every number of the span for which it can have been rejected; for the others R is multiplied by a weight that is 0,
// and any function will do there: the one with φ less what it has, for which the factors of R are 1 together, too.
func (at window) without(mu span, drawn []*similar) fall {
	f := fall{of: at.falls}
	// The steps of tokens drawn are not there, and are off the line that has them.
	rate, rough := at.rate, at.rough
	for _, g := range drawn {
		if over := above(g.sums[1][1].hi - below(mu.lo*g.p.lo)); over > 0 {
			f.of.lo, f.drop = below(f.of.lo-g.p.hi), above(f.drop+over)
			rough = above(rough + g.p.hi)
		}
	}
	f.of = f.of.positive()
	// What is off a line may be on either side. What falls is known to, and that is worth twice as much.
	if 4*rough < f.of.hi-f.of.lo {
		f.near, f.rate, f.rough = true, rate, rough
	}
	return f
}

// excess is φ less what tokens drawn have of it, for μ that does not fall, with the slope -p(A)μ'. Near a line the even part is that line
// times that of μ'. Else it is the middle of p(A) times that of μ', and what p(A) falls by goes up.
func (at window) excess(mu curve, drawn []*similar, length float64) curve {
	v, f := at.value, at.without(mu.v, drawn)
	v.lo = below(v.lo - f.drop)
	phi := curve{v: v.positive(), slope: f.of.by(mu.slope).negative()}
	half, size := mu.jumps.half(), mu.slope.size()
	if f.near {
		line := f.of.wider(f.rough)
		phi.rate = span{f.rate, f.rate}.by(mu.slope).by(mu.even()).minus(line.by(mu.rate))
		phi.rough = sum(product(f.rough, size), product(line.size(), mu.rough))
		phi.jumps = mu.jumps.by(line).negative().either(product(product(half, product(math.Abs(f.rate), size)), length))
		return phi
	}
	rising := risen(f.of.negative(), mu, length)
	rising.v = phi.v
	return rising
}

// risen is a slope: of a number in a span that does not fall as p rises, times the slope of μ. That number is the middle m of the span and a part v that
// goes up by its length in all; of μ' = M + r + j the product with M is even for m and jumps for v. So do mj and vj, the latter by no more than
// the size of v times what j jumps by, and that of j times what v does. For a sum of such numbers, of tokens that have all of their p or a part of it
// as m, all these add up to the same.
func risen(of span, mu curve, length float64) curve {
	m := middle(of)
	steps := jumps{up: 2 * of.minus(m).size()}
	turned := product(product(steps.half(), mu.rate.size()), length)
	both := sum(product(steps.half(), sum(mu.jumps.up, mu.jumps.down)), product(steps.up, mu.jumps.half()))
	return curve{
		slope: of.by(mu.slope), rate: m.by(mu.rate), rough: product(of.size(), mu.rough),
		jumps: mu.jumps.by(m).plus(steps.by(mu.even())).either(sum(turned, both)),
	}
}

// stepped is the state with the next μ, and by how much that is larger.
func (x *groupedDrafts) stepped(s bent) (next bent, step curve, ok bool) {
	if x.ends() || s.outside.v.lo <= 0 {
		return next, step, false
	}
	inverse := s.outside.inverse(s.length)
	step = s.phi.times(inverse, s.length)
	next = s
	next.mu = s.mu.plus(step)
	// μ' (1 - p(A)/s) and the rest: neither is below 0 if p(A) is at most s, which sums of spans would not show.
	if s.mu.slope.hi > 0 {
		keeps := span{1, 1}.minus(s.at.without(s.mu.v, s.drawn).of.times(inverse.v))
		next.mu.slope = keeps.by(s.mu.slope).plus(s.phi.v.by(inverse.slope))
	}
	if next.mu.slope.lo < 0 {
		return next, step, false
	}
	next.at = x.phi.window(next.mu.v)
	next.phi = next.at.excess(next.mu, s.drawn, s.length)
	return next, step, true
}

// bentRejected is R, as groupedDrafts has it.
func (x *groupedDrafts) bentRejected(s bent) (total curve, ok bool) {
	next, step, ok := x.stepped(s)
	if !ok {
		return total, false
	}
	draft := len(s.drawn) + len(s.alike) + s.own
	if draft == x.k-1 {
		return next.phi, true
	}
	if next.phi.v.lo <= 0 {
		return total, false
	}
	afters := x.masses(draft, next.mu.v, &x.scratch.masses[draft][0])
	next.masses = afters
	if draft < x.k-2 && x.curves[draft+1] != x.curves[draft] {
		next.masses = x.masses(draft+1, next.mu.v, &x.scratch.masses[draft][1])
	}
	inverse := next.phi.inverse(s.length)
	part := step.times(inverse, s.length)
	shares := x.scratch.shares[draft][:0]
	for j, g := range x.partitions[x.curves[draft]] {
		if afters[j].w.hi == 0 || g.single && slices.Contains(s.drawn, g) {
			continue
		}
		a := shareOf(afters[j], s.masses[j], next.mu, s.mu, inverse, s.length)
		for _, d := range s.alike {
			if d.group.in[x.curves[draft]] == g {
				a.less(point(d.p).times(part, s.length))
			}
		}
		if a.r, ok = x.bentRejected(next.draw(x, g)); !ok {
			return total, false
		}
		shares = append(shares, a)
	}
	var a share
	for range s.own {
		a.less(s.p.times(part, s.length))
	}
	if a.r, ok = x.bentRejected(next.again()); !ok {
		return total, false
	}
	shares = append(shares, a)
	x.scratch.shares[draft] = shares
	return mean(shares, s.length), true
}

// A share is the sum over some tokens of factors c of R, with the sums of absolute values of these, of their slopes and of
// their rates, and R behind them.
type share struct {
	c                   curve
	most, slopes, rates float64
	r                   curve
}

// less takes away a factor.
func (a *share) less(c curve) {
	a.c = a.c.minus(c)
	a.most, a.slopes, a.rates = sum(a.most, c.v.size()), sum(a.slopes, c.slope.size()), sum(a.rates, c.rate.size())
}

// shareOf is that of a group, w/φ with w = W(next) - W(mu). Here W' is p where W is above 0, which rises with μ. A token has both slopes
// or the first alone, and their difference is at most the larger one.
func shareOf(after, before groupMass, next, mu, inverse curve, length float64) share {
	w := risen(after.mass, next, length).minus(risen(before.mass, mu, length))
	w.v = after.w.minus(before.w).positive()
	slopes := product(after.mass.hi, max(next.slope.hi, mu.slope.hi))
	rates := sum(product(after.mass.hi, next.rate.size()), product(before.mass.hi, mu.rate.size()))
	i, even := inverse.slope.size(), inverse.even().size()
	a := share{c: w.times(inverse, length)}
	// Each token has slopes of its own, which the jumps of 1/φ meet.
	a.c.jumps = a.c.jumps.either(product(product(inverse.jumps.half(), slopes), length))
	a.most = a.c.v.size()
	a.slopes = sum(product(slopes, inverse.v.hi), product(w.v.hi, i))
	a.rates = sum(sum(product(rates, inverse.v.hi), product(w.v.hi, inverse.rate.size())), sum(product(sum(slopes, sum(w.rough, w.jumps.half())), i), product(slopes, even)))
	return a
}

// weighted is the sum of products of numbers, whose sum and sum of absolute values are given, with others in a span:
// the sum times its middle, up to half its width for each.
func weighted(sum span, most float64, of span) span {
	m := middle(of)
	apart := of.minus(m).size()
	off := above(most * apart)
	return sum.by(m).plus(span{-off, off})
}

// middle is a number about there, and exact.
func middle(s span) span { m := (s.lo + s.hi) / 2; return span{m, m} }

// mean is the sum of cR, where all c together are 1. So all c' are 0 together, and constants may be taken from R and R' in
//
//	the sum of c'R + cR', of which CR + cE is even, and of C'R + CR' + c'E + cE',
//
// where C and E are the even parts of c' and R': what remains is small, as all R are nearly the same. All C together are what of all c' is not
// even, with the other sign. Where c' jumps by j and R' by k the slope does by ck and j(R - a constant).
func mean(shares []share, length float64) (total curve) {
	// The constants of those that have most.
	var heaviest share
	for _, a := range shares {
		if a.c.v.hi > heaviest.c.v.hi {
			heaviest = a
		}
	}
	r := heaviest.r
	base := curve{v: middle(r.v), slope: middle(r.slope), rate: middle(r.rate)}
	total = base
	for _, a := range shares {
		v, d, c := a.r.v.minus(base.v), a.r.slope.minus(base.slope), a.r.rate.minus(base.rate)
		total.v = total.v.plus(weighted(a.c.v, a.most, v))
		// The sums of factors above 0 and below it, and what of all c' is not even.
		positive, negative := max(0, above(a.most+a.c.v.hi)/2), max(0, above(a.most-a.c.v.lo)/2)
		off := sum(a.c.rough, a.c.jumps.half())
		total.slope = total.slope.plus(weighted(a.c.v, a.most, d)).plus(weighted(a.c.slope, a.slopes, v))
		total.rate = total.rate.plus(weighted(a.c.v, a.most, c)).plus(weighted(a.c.slope, a.slopes, d.wider(a.r.off()))).
			plus(weighted(a.c.slope.wider(off), sum(a.slopes, off), d)).plus(weighted(a.c.rate, a.rates, v)).
			wider(product(base.slope.size(), off))
		total.rough = sum(total.rough, sum(product(a.most, a.r.rough), product(a.c.rough, v.size())))
		turned := sum(product(a.r.jumps.half(), a.slopes), product(a.c.jumps.half(), a.r.slope.size()))
		total.jumps = total.jumps.plus(a.r.jumps.by(span{-negative, positive})).plus(a.c.jumps.by(v)).either(product(turned, length))
	}
	return total
}

// scratch is memory for lists of curves, by draft.
type scratch struct {
	drawn  []*similar
	alike  []like
	shares [maxGrouped][]share
	masses [maxGrouped][2][]groupMass
}
