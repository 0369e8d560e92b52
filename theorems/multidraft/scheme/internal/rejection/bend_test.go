package rejection

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// formal is R from its definition, for any numbers that were drawn: over all tokens, and less those.
func formal(p, q []rational.Rat, k int, mu rational.Rat, drawn []rational.Rat) rational.Rat {
	phi := func(mu rational.Rat) (sum rational.Rat) {
		for i := range p {
			sum = sum.Add(rational.MaxRat(q[i].Sub(mu.Mul(p[i])), rational.Rat{}))
		}
		return sum
	}
	outside := one
	for _, d := range drawn {
		outside = outside.Sub(d)
	}
	step := phi(mu).Quo(outside)
	next := mu.Add(step)
	if len(drawn) == k-1 {
		return phi(next)
	}
	behind := func(d rational.Rat) rational.Rat {
		return formal(p, q, k, next, append(drawn[:len(drawn):len(drawn)], d))
	}
	var sum rational.Rat
	for i := range p {
		if w := next.Mul(p[i]).Sub(rational.MaxRat(q[i], mu.Mul(p[i]))); w.Sign() > 0 {
			sum = sum.Add(w.Mul(behind(p[i])))
		}
	}
	for _, d := range drawn {
		sum = sum.Sub(d.Mul(step).Mul(behind(d)))
	}
	return sum.Quo(phi(next))
}

// inPairs makes groups of two tokens, and returns the state after the first rejection.
func (x *groupedDrafts) inPairs() state {
	var ends []int
	for i := 0; i < len(x.tokens); i += 2 {
		ends = append(ends, i+2)
	}
	x.partition([][]int{ends})
	x.of, x.curves = make([]int, x.k-1), make([]int, x.k-1)
	return state{outside: span{1, 1}, mu: span{1, 1}, phi: x.phi.value(span{1, 1}), coarse: x.masses(1, span{1, 1}, new([]groupMass))}
}

// Values, slopes and their rate are in the spans of a curve, and these are narrow, as the tokens of a group
// have nearly the same p: too narrow for a wrong sign of any part. Where a slope jumps the rate says nothing.
func TestCurvesAgainstTheDefinition(t *testing.T) {
	rng := oracle.NewRand(105)
	smooth := 0
	for trial := range 12 {
		k := 3 + trial%2
		var weightsP, weightsQ []rational.Int
		for range 4 {
			w, v := 1<<30+rng.Int64N(1<<31), rng.Int64N(1<<32)
			weightsP = append(weightsP, rational.NewInt(w), rational.NewInt(w+1<<10))
			weightsQ = append(weightsQ, rational.NewInt(v), rational.NewInt(v))
		}
		p, q := oracle.Weighted(t, weightsP), oracle.Weighted(t, weightsQ)
		x := newGroupedDrafts(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, q)))
		start := x.inPairs()
		for _, g := range x.groupsOf(0) {
			if g.first.w.hi == 0 {
				continue
			}
			f, ok := x.bend(start, g)
			if !ok {
				t.Fatalf("p = %v, q = %v: no curve", weightsP, weightsQ)
			}
			a, b := multidraft.Must(rational.RatFromFloat64(g.p.lo)), multidraft.Must(rational.RatFromFloat64(g.p.hi))
			middle := a.Add(b).Quo(rational.NewRat(2, 1))
			at := func(d rational.Rat) rational.Rat { return formal(p.Rats(), q.Rats(), k, one, []rational.Rat{d}) }
			low, mid, high := at(a), at(middle), at(b)
			length := b.Sub(a)
			slope := high.Sub(low).Quo(length)
			rate := low.Add(high).Sub(mid).Sub(mid).Mul(rational.NewRat(4, 1)).Quo(length.Mul(length))
			within := func(name string, x rational.Rat, s span, narrow float64) {
				t.Helper()
				if x.Float64() < s.lo || x.Float64() > s.hi || s.hi-s.lo > narrow*max(1, s.size()) {
					t.Errorf("K = %d, p = %v, q = %v: %s %v, in %v", k, weightsP, weightsQ, name, x.Float64(), s)
				}
			}
			within("value", mid, f.v, 1e-4)
			if f.off() < 1e-12 {
				smooth++
				within("slope", slope, f.slope, 1e-3)
				within("rate", rate, f.rate, 1e-2)
			}
		}
	}
	if smooth < 10 {
		t.Errorf("%d smooth curves only", smooth)
	}
}

// Slopes between places in wide groups, where they jump: each is in its span, and two differ by what jumps go up and down by, twice the rough part, and the rate times how far
// the places are apart, no more.
func TestRoughCurves(t *testing.T) {
	rng := oracle.NewRand(106)
	rough := 0
	for trial := range oracle.Many(t, 10) {
		k := 3 + trial%2
		var weightsP, weightsQ []rational.Int
		for range 8 {
			weightsP = append(weightsP, rational.NewInt(1<<30+rng.Int64N(1<<32)))
			weightsQ = append(weightsQ, rational.NewInt(rng.Int64N(1<<33)))
		}
		p, q := oracle.Weighted(t, weightsP), oracle.Weighted(t, weightsQ)
		x := newGroupedDrafts(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, q)))
		start := x.inPairs()
		for _, g := range x.groupsOf(0) {
			f, ok := x.bend(start, g)
			if g.first.w.hi == 0 || !ok || f.off() == 0 {
				continue
			}
			rough++
			const places = 6
			a, step := multidraft.Must(rational.RatFromFloat64(g.p.lo)), (g.p.hi-g.p.lo)/places
			length := multidraft.Must(rational.RatFromFloat64(step))
			var values []rational.Rat
			for range places {
				values = append(values, formal(p.Rats(), q.Rats(), k, one, []rational.Rat{a}))
				a = a.Add(length)
			}
			var slopes []float64
			for i := range places - 1 {
				slopes = append(slopes, values[i+1].Sub(values[i]).Quo(length).Float64())
			}
			const rounding = 1e-12
			for i, s := range slopes {
				if s < f.slope.lo-rounding || s > f.slope.hi+rounding {
					t.Errorf("K = %d, p = %v, q = %v: slope %v, in %v", k, weightsP, weightsQ, s, f.slope)
				}
				for j, other := range slopes[:i] {
					// Means over places whose distances have this mean.
					even := f.rate.by(span{float64(i-j) * step, float64(i-j) * step}).plus(span{-f.jumps.down, f.jumps.up}).wider(2*f.rough + rounding)
					if s-other < even.lo || s-other > even.hi {
						t.Errorf("K = %d, p = %v, q = %v: slopes %v and %v, want them to differ by %v", k, weightsP, weightsQ, other, s, even)
					}
				}
			}
		}
	}
	if rough < 10 {
		t.Errorf("%d rough curves only", rough)
	}
}
