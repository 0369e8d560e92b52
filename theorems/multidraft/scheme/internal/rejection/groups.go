package rejection

import (
	"cmp"
	"math"
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// An excess is the function φ(μ) = sum of (q - μp)^+, by the tokens in descending order of q/p: for the tokens A
// with q > μp it is q(A) - μ p(A).
type excess struct {
	ratios []float64
	places finder // of the ratios with the other sign, which ascend
	p, q   []span // over the first of them, with the q of tokens without p
}

func newExcess(p, q multidraft.Distribution) *excess {
	order := optimum.ByRatio(p, q)
	slices.Reverse(order)
	x := &excess{}
	var sumP, sumQ rational.Sum
	for i, w := range p.Weights.All() {
		if w.IsZero() {
			sumQ.Add(q.Weights.At(i))
		}
	}
	add := func() {
		x.p, x.q = append(x.p, spanOf(sumP.Int(), p.Unit)), append(x.q, spanOf(sumQ.Int(), q.Unit))
	}
	add()
	for _, i := range order {
		x.ratios = append(x.ratios, spanOf(q.Weights.At(i), q.Unit).hi/spanOf(p.Weights.At(i), p.Unit).hi)
		sumP.Add(p.Weights.At(i))
		sumQ.Add(q.Weights.At(i))
		add()
	}
	negative := make([]float64, len(x.ratios))
	for j, r := range x.ratios {
		negative[j] = -r
	}
	x.places = newFinder(negative, -usualMost, -usualLeast)
	return x
}

// Where μ is, mostly.
const usualLeast, usualMost = 0.5, 4

// count is how many tokens have a larger ratio, up to ratioSlack.
func (x *excess) count(mu float64) int { return x.places.count(-mu) }

// value is φ. For any set in place of A the difference is at most φ, and less by no more than what tokens
// have that are wrongly in it or not: ratioSlack of q at most.
func (x *excess) value(mu span) span {
	low, high := x.count(mu.hi), x.count(mu.lo)
	return span{
		below(x.q[low].lo - above(mu.hi*x.p[low].hi)),
		above(above(x.q[high].hi-below(mu.lo*x.p[high].lo)) + ratioSlack),
	}.positive()
}

// falls is the negative slope of φ, p(A).
func (x *excess) falls(mu span) span {
	return span{x.p[x.count(mu.hi*(1+ratioSlack))].lo, x.p[x.count(mu.lo*(1-ratioSlack))].hi}
}

// mostBlocks is how many parts of a span a line is compared in.
const mostBlocks = 16

// line is a line near the negative slope of φ in a span: the rate at which it falls, and how far off it that is at most. Ends of
// blocks are numbers of tokens in A: with a to b of them μ is between the ratios of the token b+1 and of the token a.
func (x *excess) line(mu span) (rate, rough float64) {
	return x.lineOf(mu, x.count(mu.hi*(1+ratioSlack)), x.count(mu.lo*(1-ratioSlack)))
}

// lineOf is line where least to most tokens are in A.
func (x *excess) lineOf(mu span, least, most int) (rate, rough float64) {
	length := mu.hi - mu.lo
	// A step or none is no line.
	if most-least < 2 || length <= 0 {
		return 0, math.Inf(1)
	}
	rate = (x.p[most].hi - x.p[least].lo) / length
	off := span{math.Inf(1), math.Inf(-1)}
	for block, a := 0, least; a <= most; block++ {
		b := max(a, least+(most-least)*(block+1)/mostBlocks)
		from, to := mu.lo, mu.hi
		if b < most {
			from = max(from, x.ratios[b]*(1-ratioSlack))
		}
		if a > least {
			to = min(to, x.ratios[a-1]*(1+ratioSlack))
		}
		// What the line has fallen by is added.
		off = off.hull(span{below(x.p[a].lo + below(rate*below(from-mu.lo))), above(x.p[b].hi + above(rate*above(to-mu.lo)))})
		a = b + 1
	}
	return rate, above(off.hi-off.lo) / 2
}

// A window is what φ and its slope are in a span of μ.
type window struct {
	value, falls span
	rate, rough  float64 // of a line near the slope
}

// window looks for the ends of the span once. With ratios that are off by ratioSlack in the other direction φ is off by as much again.
func (x *excess) window(mu span) window {
	least, most := x.count(mu.hi*(1+ratioSlack)), x.count(mu.lo*(1-ratioSlack))
	w := window{falls: span{x.p[least].lo, x.p[most].hi}}
	w.value = span{
		below(x.q[least].lo - above(mu.hi*x.p[least].hi)),
		above(above(x.q[most].hi-below(mu.lo*x.p[most].lo)) + 2*ratioSlack),
	}.positive()
	w.rate, w.rough = x.lineOf(mu, least, most)
	return w
}

// A groupedToken is a token that is to be put into a group, with its exact weight.
type groupedToken struct {
	weighed
	weight rational.Int
	often  float64 // about how likely it is to be rejected, at most
}

// sortTokens has those of p from the likeliest to the least, and behind them those that are never rejected.
func (x *groupedDrafts) sortTokens(p, q multidraft.Distribution) {
	var list []groupedToken
	for i, w := range p.Weights.All() {
		if w.IsZero() {
			continue
		}
		e := groupedToken{weighed: weighed{p: spanOf(w, p.Unit), m: spanOf(q.Weights.At(i), q.Unit)}, weight: w}
		if over := w.Mul(q.Unit).Sub(q.Weights.At(i).Mul(p.Unit)); over.Sign() > 0 {
			e.m, e.first = e.p, spanOf(over, p.Unit.Mul(q.Unit))
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b groupedToken) int { return cmp.Compare(b.p.lo, a.p.lo) })
	// The largest μ is reached if the likeliest tokens are drawn.
	mu, left := 1.0, 1.0
	for _, e := range list[:x.k-2] {
		if left -= e.p.hi; left > 0 {
			mu += x.phi.value(span{mu, mu}).hi / left
		}
	}
	for i, e := range list {
		list[i].often = max(0, mu*e.p.hi-e.m.lo) + e.first.hi
	}
	slices.SortStableFunc(list, func(a, b groupedToken) int {
		return cmp.Compare(min(b.often, 0x1p-1074), min(a.often, 0x1p-1074))
	})
	x.tokens = list
}

// group makes partitions: about so many groups for the first draft, and fewer for later ones and for curves. For as many as there are
// tokens all are alone for each draft.
//
// The same tokens are alone as likely for all of them: where one of these is in a group later, nearly nothing may be left to draw from.
func (x *groupedDrafts) group(most int) {
	drafts := x.k - 1
	of, curves := make([]int, drafts), make([]int, drafts)
	for j := range drafts {
		of[j] = max(1, most-3*most*j/(7*(drafts-1)))
		curves[j] = max(1, (7*most-3*most*max(0, j-1)/max(1, drafts-2))/10)
		if most >= len(x.tokens) {
			of[j], curves[j] = most, most
		}
	}
	sizes := slices.Concat(of, curves)
	slices.Sort(sizes)
	slices.Reverse(sizes)
	sizes = slices.Compact(sizes)
	x.of, x.curves = nil, nil
	for j := range drafts {
		x.of, x.curves = append(x.of, slices.Index(sizes, of[j])), append(x.curves, slices.Index(sizes, curves[j]))
	}
	var ends [][]int
	for level, size := range sizes {
		list := groupEnds(x.tokens, size, most/2)
		if level > 0 {
			list = coarser(ends[level-1], list)
		}
		ends = append(ends, list)
	}
	x.partition(ends)
}

// coarser moves ends on to those of a finer partition.
func coarser(finer, ends []int) (list []int) {
	for _, end := range ends {
		j, _ := slices.BinarySearch(finer, end)
		if len(list) == 0 || list[len(list)-1] < finer[j] {
			list = append(list, finer[j])
		}
	}
	return list
}

// partition makes the groups between ends, from the finest partition on. Groups with the same tokens are one.
func (x *groupedDrafts) partition(ends [][]int) {
	x.partitions = nil
	for level, list := range ends {
		var groups []*similar
		start, first := 0, 0
		for _, end := range list {
			g := (*similar)(nil)
			if level > 0 {
				last, _ := slices.BinarySearch(ends[level-1], end)
				if last == first {
					g = x.partitions[level-1][first]
				}
				first = last + 1
			}
			if g == nil {
				g = groupOf(x.tokens[start:end])
				g.in = make([]*similar, len(ends))
			}
			groups, start = append(groups, g), end
		}
		x.partitions = append(x.partitions, groups)
	}
	// What has a group has those in it.
	for level := len(ends) - 1; level >= 0; level-- {
		for j, g := range x.partitions[level] {
			if level+1 < len(ends) {
				above, _ := slices.BinarySearch(ends[level+1], ends[level][j])
				copy(g.in[level+1:], x.partitions[level+1][above].in[level+1:])
			}
			g.in[level] = g
		}
	}
}

func groupOf(list []groupedToken) *similar {
	tokens := make([]weighed, 0, len(list))
	for _, e := range list {
		tokens = append(tokens, e.weighed)
	}
	g := newSimilar(tokens)
	if g.single {
		g.weight = list[0].weight
	}
	return g
}

// groupEnds says where groups end in a list by descending p, where those that are never rejected follow: about so many, of which
// no more than mostAlone have one token because that is likely.
func groupEnds(list []groupedToken, most, mostAlone int) []int {
	total, rejected := 0.0, 0
	for _, e := range list {
		total += e.p.hi
		if e.often > 0 {
			rejected++
		}
	}
	// Likely tokens are alone: of those that remain when all before them are drawn each has so small a part that
	// much is left when several like it are drawn, too.
	tail, alone := total, 0
	for alone < min(rejected, mostAlone) && list[alone].p.hi > tail/16 {
		tail -= list[alone].p.hi
		alone++
	}
	// The ends of the groups if mass times width squared, which is what the error grows with, is at most
	// that much in each.
	cuts := func(error float64) []int {
		var ends []int
		mass := 0.0
		for j, start := 0, 0; j < rejected; j++ {
			mass += list[j].often
			width := list[start].p.hi - list[j].p.lo
			if j > start && (mass*width*width > error || start < alone) {
				ends, start, mass = append(ends, j), j, list[j].often
			}
		}
		if rejected > 0 {
			ends = append(ends, rejected)
		}
		return ends
	}
	// The error falls until there are too many.
	ends := cuts(1)
	for error := 0.8; error > 0x1p-200; error *= 0.8 {
		finer := cuts(error)
		if len(finer) > most {
			break
		}
		ends = finer
	}
	if rejected < len(list) {
		ends = append(ends, len(list))
	}
	return ends
}

// newSimilar adds up what a group has.
func newSimilar(tokens []weighed) *similar {
	g := &similar{p: tokens[0].p, single: len(tokens) == 1}
	for _, t := range tokens {
		g.p = g.p.hull(t.p)
	}
	least := span{g.p.lo, g.p.lo}
	var w, moment, square total
	for _, t := range tokens {
		if t.first.hi > 0 {
			above := t.p.minus(least).positive()
			w.add(t.first)
			moment.add(t.first.times(above))
			square.add(t.first.times(above).times(above))
		}
	}
	g.first = groupWeight{w: w.span(), moment: moment.span(), square: square.span()}
	slices.SortFunc(tokens, func(a, b weighed) int { return cmp.Compare(a.m.hi/a.p.hi, b.m.hi/b.p.hi) })
	var sums [6]total
	g.sums = append(g.sums, [6]span{})
	for _, t := range tokens {
		above := t.p.minus(least).positive()
		var now [6]span
		for j, v := range [6]span{t.p, t.m, t.p.times(above), t.m.times(above), t.p.times(above).times(above), t.m.times(above).times(above)} {
			sums[j].add(v)
			now[j] = sums[j].span()
		}
		g.thresholds, g.sums = append(g.thresholds, t.m.hi/t.p.hi), append(g.sums, now)
	}
	g.places = newFinder(g.thresholds, usualLeast, usualMost)
	return g
}

// count is how many tokens have a smaller threshold, up to ratioSlack.
func (g *similar) count(mu float64) int {
	return g.places.count(mu)
}

// weights are the sums of w = (μp - m)^+ and of w (p - a). As for φ any set
// gives a lower bound, and the set that is right but for rounding one that is nearly the largest.
func (g *similar) weights(mu span) (list groupWeight) {
	// Not one token is near its threshold.
	if g.thresholds[0] > mu.hi*(1+ratioSlack) {
		return list
	}
	low, high := &g.sums[g.count(mu.lo)], &g.sums[g.count(mu.hi)]
	all := &g.sums[len(g.thresholds)]
	sum := func(p, m int) span {
		slack := above(above(ratioSlack*mu.hi) * all[p].hi)
		return span{
			below(below(mu.lo*low[p].lo) - low[m].hi),
			above(above(above(mu.hi*high[p].hi)-high[m].lo) + slack),
		}.positive()
	}
	return groupWeight{w: sum(0, 1), moment: sum(2, 3), square: sum(4, 5)}
}

// heft is the sum of w alone.
func (g *similar) heft(mu span) span {
	if g.thresholds[0] > mu.hi*(1+ratioSlack) {
		return span{}
	}
	low, high := &g.sums[g.count(mu.lo)], &g.sums[g.count(mu.hi)]
	slack := above(above(ratioSlack*mu.hi) * g.sums[len(g.thresholds)][0].hi)
	return span{
		below(below(mu.lo*low[0].lo) - low[1].hi),
		above(above(above(mu.hi*high[0].hi)-high[1].lo) + slack),
	}.positive()
}

// mass is the p of the tokens with μp > m.
func (g *similar) mass(mu span) span {
	return span{g.sums[g.count(mu.lo*(1-ratioSlack))][0].lo, g.sums[g.count(mu.hi*(1+ratioSlack))][0].hi}
}
