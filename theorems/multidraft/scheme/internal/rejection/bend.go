package rejection

import "slices"

// A curve is a number as a function of p in an interval: spans of its values and of its slopes, which are a sum of two parts. The even
// part is continuous, and changes at a rate in a span; the rough part, with all places where slopes jump, is no larger than a number.
// All functions here are continuous and made of finitely many smooth pieces.
type curve struct {
	v, slope, rate span
	rough          float64
}

// even is a span of the even part of slopes.
func (a curve) even() span { return a.slope.wider(a.rough) }

// point is a number in x, the same for all p.
func point(x span) curve { return curve{v: x} }

func (a curve) plus(b curve) curve {
	return curve{a.v.plus(b.v), a.slope.plus(b.slope), a.rate.plus(b.rate), above(a.rough + b.rough)}
}

func (a curve) minus(b curve) curve { return a.plus(b.negative()) }

func (a curve) negative() curve {
	return curve{a.v.negative(), a.slope.negative(), a.rate.negative(), a.rough}
}

// times: of (ab)' = a'b + ab' the even part is Ab + aB, where A and B are those of a' and b', and changes at the rate
// A'b + Ab' + a'B + aB'.
func (a curve) times(b curve) curve {
	return curve{
		a.v.by(b.v), a.slope.by(b.v).plus(a.v.by(b.slope)),
		a.rate.by(b.v).plus(a.v.by(b.rate)).plus(a.even().by(b.slope)).plus(a.slope.by(b.even())),
		above(above(a.rough*b.v.size()) + above(b.rough*a.v.size())),
	}
}

// inverse is for a above 0: of -a'/a² the even part is -A/a², which changes at the rate 2Aa'/a³ - A'/a².
func (a curve) inverse() curve {
	v := span{1, 1}.over(a.v)
	square := v.times(v)
	bend := square.times(v).by(a.slope).by(a.even())
	return curve{v, square.by(a.slope).negative(), bend.plus(bend).minus(square.by(a.rate)), above(square.hi * a.rough)}
}

// A bent is a state as a function of the p of one token. Other tokens that were drawn are numbers in spans: what holds
// for all of these holds for the sums over the tokens of groups.
type bent struct {
	drawn   []*similar
	alike   []like
	p       curve
	own     int // how often p is among those drawn
	outside curve
	mu, phi curve
	masses  []groupMass
}

// A groupMass has the sum of W_y(μ) and its slope.
type groupMass struct{ w, mass span }

// masses are those of the groups for curves of a draft.
func (x *groupedDrafts) masses(draft int, mu span) []groupMass {
	groups := x.partitions[x.curves[draft]]
	list := make([]groupMass, len(groups))
	for j, g := range groups {
		if list[j].w = g.weights(mu).w; list[j].w.hi > 0 {
			list[j].mass = g.mass(mu)
		}
	}
	return list
}

// bend is R after a token of the group is drawn, as a function of its p. It is not ok where floats cannot tell, or
// where μ is not known to rise with p: that it does is what bounds its jumps.
func (x *groupedDrafts) bend(s state, g *similar) (curve, bool) {
	start := bent{p: curve{v: g.p, slope: span{1, 1}}, outside: point(s.outside), mu: point(s.mu), phi: point(s.phi), masses: s.coarse}
	start.alike = append(start.alike, s.alike...)
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
		s.alike = append(s.alike[:len(s.alike):len(s.alike)], like{g, g.p})
		return s
	}
	s.drawn = append(s.drawn[:len(s.drawn):len(s.drawn)], g)
	s.phi = x.excess(s.mu, s.drawn)
	return s
}

// again adds p.
func (s bent) again() bent {
	s.own++
	s.outside = s.outside.minus(s.p)
	return s
}

// A fall is p(A) as a function of μ in a span, without tokens drawn: a line that falls at a rate, and what is not on it.
type fall struct {
	of          span // all values
	rate, rough float64
	drop        float64 // what tokens drawn seem to have in φ
}

// falls is p(A) without tokens drawn. One of them has q < μp, as
// does every number of the span for which it can have been rejected; for the others R is multiplied by a weight that is 0,
// and any function will do there: the one with φ less what it has, for which the factors of R are 1 together, too.
func (x *groupedDrafts) falls(mu span, drawn []*similar) fall {
	f := fall{of: x.phi.falls(mu)}
	// A step, or a line where that is nearer. The steps of tokens drawn are not there, and are off the line that has them.
	f.rough = above(f.of.hi-f.of.lo) / 2
	rate, rough := x.phi.line(mu)
	for _, g := range drawn {
		if over := above(g.sums[1][1].hi - below(mu.lo*g.p.lo)); over > 0 {
			f.of.lo, f.drop = below(f.of.lo-g.p.hi), above(f.drop+over)
			rough = above(rough + g.p.hi)
		}
	}
	if rough < f.rough {
		f.rate, f.rough = rate, rough
	}
	f.of = f.of.positive()
	return f
}

// excess is φ less what tokens drawn have of it, for μ that does not fall: of its slope -p(A)μ' the even part is that of the line
// times that of μ'.
func (x *groupedDrafts) excess(mu curve, drawn []*similar) curve {
	v, f := x.phi.value(mu.v), x.falls(mu.v, drawn)
	v.lo = below(v.lo - f.drop)
	line := f.of.wider(f.rough)
	return curve{
		v.positive(), f.of.by(mu.slope).negative(),
		span{f.rate, f.rate}.by(mu.slope).by(mu.even()).minus(line.by(mu.rate)),
		above(above(f.rough*mu.slope.size()) + above(line.size()*mu.rough)),
	}
}

// bentRejected is R, as groupedDrafts has it.
func (x *groupedDrafts) bentRejected(s bent) (total curve, ok bool) {
	if x.ends() || s.outside.v.lo <= 0 {
		return total, false
	}
	inverse := s.outside.inverse()
	step := s.phi.times(inverse)
	next := s
	next.mu = s.mu.plus(step)
	// μ' (1 - p(A)/s) and the rest: neither is below 0 if p(A) is at most s, which sums of spans would not show.
	if s.mu.slope.hi > 0 {
		keeps := span{1, 1}.minus(x.falls(s.mu.v, s.drawn).of.times(inverse.v))
		next.mu.slope = keeps.by(s.mu.slope).plus(s.phi.v.by(inverse.slope))
	}
	if next.mu.slope.lo < 0 {
		return total, false
	}
	next.phi = x.excess(next.mu, s.drawn)
	draft := len(s.drawn) + len(s.alike) + s.own
	if draft == x.k-1 {
		return next.phi, true
	}
	if next.phi.v.lo <= 0 {
		return total, false
	}
	afters := x.masses(draft, next.mu.v)
	next.masses = afters
	if draft < x.k-2 && x.curves[draft+1] != x.curves[draft] {
		next.masses = x.masses(draft+1, next.mu.v)
	}
	inverse = next.phi.inverse()
	part := step.times(inverse)
	var shares []share
	for j, g := range x.partitions[x.curves[draft]] {
		if afters[j].w.hi == 0 || g.single && slices.Contains(s.drawn, g) {
			continue
		}
		a := shareOf(afters[j], s.masses[j], next.mu, s.mu, inverse)
		for _, d := range s.alike {
			if d.group.in[x.curves[draft]] == g {
				a.less(point(d.p).times(part))
			}
		}
		if a.r, ok = x.bentRejected(next.draw(x, g)); !ok {
			return total, false
		}
		shares = append(shares, a)
	}
	var a share
	for range s.own {
		a.less(s.p.times(part))
	}
	if a.r, ok = x.bentRejected(next.again()); !ok {
		return total, false
	}
	return mean(append(shares, a)), true
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
	a.most, a.slopes, a.rates = above(a.most+c.v.size()), above(a.slopes+c.slope.size()), above(a.rates+c.rate.size())
}

// shareOf is that of a group, w/φ with w = W(next) - W(mu). Here W' is p where W is above 0: half of it is even where that is not
// known, and half is rough. A token has both slopes or the first alone, and their difference is at most the larger one.
func shareOf(after, before groupMass, next, mu, inverse curve) share {
	w := curve{
		after.w.minus(before.w).positive(), after.mass.by(next.slope).minus(before.mass.by(mu.slope)),
		after.mass.by(next.rate).minus(before.mass.by(mu.rate)),
		above(above(above(above(after.mass.hi-after.mass.lo)/2*next.slope.hi)+above(after.mass.hi*next.rough)) +
			above(above(above(before.mass.hi-before.mass.lo)/2*mu.slope.hi)+above(before.mass.hi*mu.rough))),
	}
	slopes := above(after.mass.hi * max(next.slope.hi, mu.slope.hi))
	rates := above(above(after.mass.hi*next.rate.size()) + above(before.mass.hi*mu.rate.size()))
	i, even := inverse.slope.size(), inverse.even().size()
	a := share{c: w.times(inverse)}
	a.most = a.c.v.size()
	a.slopes = above(above(slopes*inverse.v.hi) + above(w.v.hi*i))
	a.rates = above(above(above(rates*inverse.v.hi)+above(w.v.hi*inverse.rate.size())) + above(above(above(slopes+w.rough)*i)+above(slopes*even)))
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
// where C and E are the even parts of c' and R': what remains is small, as all R are nearly the same. All C together are the rough parts
// of c', with the other sign.
func mean(shares []share) (total curve) {
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
		total.slope = total.slope.plus(weighted(a.c.v, a.most, d)).plus(weighted(a.c.slope, a.slopes, v))
		total.rate = total.rate.plus(weighted(a.c.v, a.most, c)).plus(weighted(a.c.slope, a.slopes, d.wider(a.r.rough))).
			plus(weighted(a.c.even(), above(a.slopes+a.c.rough), d)).plus(weighted(a.c.rate, a.rates, v)).
			wider(above(base.slope.size() * a.c.rough))
		total.rough = above(total.rough + above(above(a.most*a.r.rough)+above(a.c.rough*v.size())))
	}
	return total
}
