package vocabulary

import (
	"context"
	"math"

	"pstar/internal/exponential"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

// Draws without replacement are the first K of clocks that ring at exponential times, that
// of token i at the rate p_i. With c = 1 - p(S) the first clock off S rings at the rate c,
// so that
//
//	1 - Pr(all K draws lie in S) = integral over s >= 0 of F(s) c exp(-c s) ds,
//
// where F(s) is the probability that fewer than K clocks of S have rung by s: the sum of
// π_0, ..., π_{K-1}, where π_k = Pr(exactly k of them) follows from token to token by
//
//	π_k <- π_k exp(-p_i s) + π_{k-1} (1 - exp(-p_i s)).
//
// One pass at each node s gives the integrand of all prefixes. Nothing is subtracted, so
// that all errors of rounding are relative. They are bounded by roundings: with u = 2^-53
// and n tokens, each of the n factors exp(-p_i s) is computed up to expError u beside what
// the rounding of its argument makes, and each of the n steps rounds twice; the roundings of
// arguments, 6u relative, count as their sum, which is at most maxExponent where the
// product is larger than exp(-maxExponent) = 2^-923, and what is smaller is lost in tiny:
// F is a sum of fewer than n^(K-1)/(K-1)! < 2^650 products. K - 1 factors are off by at most
// ringError u. Products are not fused with sums: the bytes printed do not depend on the
// machine.
//
// The integral is split at 1, 2, 4, ... On each panel [a, b] the integrand f is entire, and
// with |f| <= M on the ellipse with foci a and b whose half-axes sum to ρ (b-a)/2 there
// is a polynomial of degree m-1 that is closer than 2 M ρ^(1-m)/(ρ-1). The rule of m nodes
// integrates those exactly and has positive weights, so that it is wrong by at most twice
// that, times b - a. The ellipse lies in Re s >= r and |s| <= d; there
//
//	|exp(-p_i s)| <= exp(-p_i r) and |1 - exp(-p_i s)| <= min(p_i d max(1, exp(-p_i r)), 1 + exp(-p_i r)),
//
// and one more pass with these in place of the factors bounds M for all prefixes. As F
// decreases, what is left behind the last panel [a, b] is at most F(b) exp(-c b).
//
// Laws of very low temperature have probabilities that floats do not hold. No node is
// beyond 2^(maxPanels-1) = 2^899, where a rate that is wrong by 2^-1075, as those below 2^-1022
// are, makes an exponent wrong by less than 2^-175, and fewer than 2^25 of them F by less than tiny.
// A c below leastOff, which would be lost before its clock rings, is not integrated: nothing is
// known of such a prefix but that it is between 0 and 1.
type clocks struct {
	k     int
	rates []float64 // p_i in order, up to 6u, or to 2^-1075
	off   []float64 // c behind each prefix, up to 6u; 0 if it is 0 or blind
	blind []bool    // prefixes of which nothing is known

	integral, excess []float64 // of each prefix: by the rule, and what it may be wrong by
	nodes            int
}

const (
	unitRoundoff = 0x1p-53
	expError     = exponential.NegError
	ringError    = exponential.RungError + 6 // of the argument
	maxExponent  = exponential.Max
	tiny         = 0x1p-140
	leastOff     = 0x1p-1000
	maxClocks    = 32 // drafts
	tailWanted   = 1e-14
	maxPanels    = 900
)

// clockEnclosure is P* of K drafts without replacement as an interval.
func clockEnclosure(ctx context.Context, s *multidraft.Instance) (*Enclosure, error) {
	p, q := s.Rows()[0], s.Target()
	order := optimum.ByRatio(p, q)
	x := newClocks(s.K(), p, order)
	if err := x.integrate(ctx); err != nil {
		return nil, err
	}
	lower, upper := x.bounds()
	// q(S) + 1 - B(S) is 1 for the empty set, and q(S) + 1 if S has fewer than K tokens.
	low, high := make([]rational.Int, len(order)+1), make([]rational.Int, len(order)+1)
	var targeted rational.Sum
	for j := range low {
		if j > 0 {
			targeted.Add(q.Weights.At(order[j-1]))
		}
		sum := targeted.Int().Mul(rational.PowerOfTwo(clockBits))
		lo, hi := 1.0, 1.0
		// Fewer tokens than draws cannot hold them all: B(S) is 0 exactly.
		if j >= s.K() {
			lo, hi = lower[j], upper[j]
		}
		low[j] = sum.Add(q.Unit.Mul(rational.NewInt(int64(math.Floor(math.Ldexp(lo, clockBits))))))
		high[j] = sum.Add(q.Unit.Mul(rational.NewInt(int64(math.Ceil(math.Ldexp(hi, clockBits))))))
	}
	left, least, most := contenders(low, high)
	unit := q.Unit.Mul(rational.PowerOfTwo(clockBits))
	return &Enclosure{
		Value:  enclose.Interval{Lo: rational.RatFromInts(least, unit), Hi: rational.RatFromInts(most, unit)},
		Method: MethodClocks, Known: len(left) == 1, Smallest: multidraft.NewTokenSet(s.N(), order[:left[0]]...),
	}, nil
}

// clockBits are the binary digits of a bound; floats between 0 and 1 have no more that count.
const clockBits = 60

func newClocks(k int, p multidraft.Distribution, order []int) *clocks {
	all := optimum.Floats(p)
	n := len(order)
	x := &clocks{k: k, rates: make([]float64, n), off: make([]float64, n+1), blind: make([]bool, n+1), integral: make([]float64, n+1), excess: make([]float64, n+1)}
	outside := p.Unit
	unit, shift := p.Unit.Leading()
	for j := range n + 1 {
		m, e := outside.Leading()
		x.off[j] = math.Ldexp(float64(m)/float64(unit), e-shift)
		// Not 0, and too small for the panels to reach its decay.
		if m > 0 && x.off[j] < leastOff {
			x.off[j], x.blind[j] = 0, true
		}
		if j < n {
			x.rates[j] = all[order[j]]
			outside = outside.Sub(p.Weights.At(order[j]))
		}
	}
	return x
}

// integrate adds up the panels.
func (x *clocks) integrate(ctx context.Context) error {
	rule := clockRule()
	for panel := range maxPanels {
		a, b := 0.0, 1.0
		// From 0 to 1, then from each power of two to the next.
		if panel > 0 {
			a, b = math.Ldexp(1, panel-1), math.Ldexp(1, panel)
		}
		for j, t := range rule.nodes {
			if err := ctx.Err(); err != nil {
				return err
			}
			weight := rule.weights[j] * (b - a)
			x.pass(a+(b-a)*t, func(j int, f float64) { x.integral[j] += float64(weight * f * x.off[j]) })
			x.nodes++
		}
		// Half-axes 2 and sqrt 3 times (b-a)/2, which is ρ = 3.73; 3 and sqrt 8 on the first
		// panel, where the ellipse reaches to -1.
		axis, growth := 2.0, 3.7
		if panel == 0 {
			axis, growth = 3, 5.8
		}
		middle, half := (a+b)/2, (b-a)/2
		truncation := 1.01 * 4 * (b - a) / (growth - 1)
		for range len(rule.nodes) - 1 {
			truncation /= growth
		}
		x.bound(middle-axis*half, middle+axis*half, func(j int, m float64) { x.excess[j] += float64(truncation*m) + tiny })
		if x.tail(b) {
			return nil
		}
	}
	return nil
}

// pass calls visit with F(s) exp(-c s) for each prefix.
func (x *clocks) pass(s float64, visit func(j int, f float64)) {
	pi := make([]float64, x.k)
	pi[0] = 1
	visit(0, exponential.Neg(x.off[0]*s))
	for j, rate := range x.rates {
		rung, left := exponential.Rung(rate * s)
		for k := x.k - 1; k > 0; k-- {
			pi[k] = float64(pi[k]*left) + float64(pi[k-1]*rung)
		}
		pi[0] *= left
		sum := 0.0
		for _, v := range pi {
			sum += v
		}
		visit(j+1, sum*exponential.Neg(x.off[j+1]*s))
	}
}

// bound calls visit with a bound of the integrand where Re s >= r and |s| <= d, less what
// exponentials beyond maxExponent lose: times the length b - a of the panel that is at most tiny,
// since b - a <= 2r behind the first panel and x exp(-x) for x = c r is at most maxExponent
// exp(-maxExponent) there.
func (x *clocks) bound(r, d float64, visit func(j int, m float64)) {
	pi := make([]float64, x.k)
	pi[0] = 1
	grows := func(rate float64) float64 { // exp(-rate r), rounded up
		// Only the first panel's ellipse reaches below 0, where the exponential grows.
		if r >= 0 {
			return exponential.Neg(rate * r)
		}
		return 1 / exponential.Neg(-rate*r)
	}
	for j, rate := range x.rates {
		left := grows(rate)
		rung := min(rate*d*max(1, left), 1+left)
		for k := x.k - 1; k > 0; k-- {
			pi[k] = float64(pi[k]*left) + float64(pi[k-1]*rung)
		}
		pi[0] *= left
		sum := 0.0
		for _, v := range pi {
			sum += v
		}
		// The hundredth is more than all roundings.
		visit(j+1, 1.01*sum*x.off[j+1]*grows(x.off[j+1]))
	}
}

// tail reports whether what is left behind s is small enough for all prefixes or the
// last panel is reached, and then adds it to what the rule may be wrong by.
func (x *clocks) tail(s float64) bool {
	most := 0.0
	left := make([]float64, len(x.off))
	x.pass(s, func(j int, f float64) {
		// Of the others the value is known without an integral, or nothing is.
		if j >= x.k && x.off[j] > 0 {
			left[j] = 1.01 * f
			most = max(most, left[j])
		}
	})
	// Another panel, twice as long.
	if most > tailWanted && s < math.Ldexp(1, maxPanels-1) {
		return false
	}
	for j, v := range left {
		x.excess[j] += v + tiny
	}
	return true
}

// bounds returns what the integral of each prefix lies between.
func (x *clocks) bounds() (lower, upper []float64) {
	n, k := float64(len(x.rates)), float64(x.k)
	roundings := (expError+2)*n + 7*maxExponent + (ringError+1)*k + 3*float64(x.nodes) + 100
	relative := 1.01 * roundings * unitRoundoff
	lower, upper = make([]float64, len(x.off)), make([]float64, len(x.off))
	for j, v := range x.integral {
		// Nothing is known of it: an interval that holds every probability.
		if x.blind[j] {
			lower[j], upper[j] = 0, 1
			continue
		}
		lower[j] = max(0, float64(v*(1-relative))-float64(1.01*x.excess[j])-tiny)
		upper[j] = min(1, float64(v*(1+relative))+float64(1.01*x.excess[j])+tiny)
	}
	return lower, upper
}
