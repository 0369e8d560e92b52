package rejection

import (
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// φ and its slopes, and what groups weigh, lie in their spans for each number of a span, narrow or wide: summed
// exactly over the tokens.
func TestFunctionsOfGroups(t *testing.T) {
	rng := oracle.NewRand(103)
	exact := func(f float64) rational.Rat { return multidraft.Must(rational.RatFromFloat64(f)) }
	for range 100 {
		const n = 9
		w, v := make([]rational.Int, n), make([]rational.Int, n)
		for i := range w {
			w[i], v[i] = rational.NewInt(1+rng.Int64N(1<<50)), rational.NewInt(rng.Int64N(1<<50))
			// Ratios that are equal, and tokens of one law alone.
			if i > 6 {
				w[i], v[i] = w[i-1], v[i-1]
			}
		}
		w[rng.IntN(3)] = rational.Int{}
		p, q := oracle.Weighted(t, w), oracle.Weighted(t, v)
		phi := newExcess(p, q)
		// A group of all tokens that p has.
		var tokens []weighed
		for i := range n {
			if !p.At(i).IsZero() {
				y := weighed{p: spanOf(p.Weights.At(i), p.Unit), m: spanOf(q.Weights.At(i), q.Unit)}
				if over := p.At(i).Sub(q.At(i)); over.Sign() > 0 {
					y.m, y.first = y.p, spanOf(over.Num(), over.Den())
				}
				tokens = append(tokens, y)
			}
		}
		g := newSimilar(tokens)
		for range 10 {
			mu := span{4 * rng.Float64(), 0}
			mu.hi = mu.lo
			if rng.IntN(2) == 0 {
				mu.hi += rng.Float64()
			}
			at := exact(mu.lo + (mu.hi-mu.lo)*rng.Float64())
			within := func(name string, x rational.Rat, s span) {
				t.Helper()
				if exact(s.lo).Cmp(x) > 0 || exact(s.hi).Cmp(x) < 0 {
					t.Fatalf("%s: %v is not in %v, for %v in %v, p = %v, q = %v", name, x.Float64(), s, at, mu, w, v)
				}
			}
			var value, falls rational.Rat
			for i := range n {
				if over := q.At(i).Sub(at.Mul(p.At(i))); over.Sign() > 0 {
					value, falls = value.Add(over), falls.Add(p.At(i))
				}
			}
			within("φ", value, phi.value(mu))
			within("slope of φ", falls, phi.falls(mu))
			a := exact(g.p.lo)
			var sum, moment, square, mass, first, firstMoment, firstSquare rational.Rat
			for i := range n {
				y := p.At(i)
				if over := at.Mul(y).Sub(rational.MaxRat(y, q.At(i))); over.Sign() > 0 {
					sum, moment, mass = sum.Add(over), moment.Add(over.Mul(y.Sub(a))), mass.Add(y)
					square = square.Add(over.Mul(y.Sub(a)).Mul(y.Sub(a)))
				}
				if over := y.Sub(q.At(i)); over.Sign() > 0 {
					first, firstMoment = first.Add(over), firstMoment.Add(over.Mul(y.Sub(a)))
					firstSquare = firstSquare.Add(over.Mul(y.Sub(a)).Mul(y.Sub(a)))
				}
			}
			got := g.weights(mu)
			within("weights", sum, got.w)
			within("moment", moment, got.moment)
			within("squares", square, got.square)
			within("mass", mass, g.mass(mu))
			within("first", first, g.first.w)
			within("first moment", firstMoment, g.first.moment)
			within("first squares", firstSquare, g.first.square)
		}
	}
}

// The slope of φ is no farther from a line in a span than is said, at places all over the span and on both sides of each step; and the line is nearer
// than a constant where there are many small steps, and not much farther where one is large.
func TestLinesOfExcess(t *testing.T) {
	rng := oracle.NewRand(104)
	nearer := 0
	for trial := range 200 {
		n := 3 + rng.IntN(400)
		w, v := make([]rational.Int, n), make([]rational.Int, n)
		for i := range w {
			w[i], v[i] = rational.NewInt(1<<20+rng.Int64N(1<<20)), rational.NewInt(1+rng.Int64N(1<<21))
		}
		if trial%2 == 0 {
			w[0] = rational.NewInt(1 << 25)
		}
		x := newExcess(oracle.Weighted(t, w), oracle.Weighted(t, v))
		mu := span{lo: 2 * rng.Float64()}
		mu.hi = mu.lo + rng.Float64()
		rate, rough := x.line(mu)
		places := []float64{mu.lo, mu.hi}
		for _, r := range x.ratios {
			for _, at := range []float64{r * (1 - 0x1p-40), r * (1 + 0x1p-40)} {
				if mu.lo <= at && at <= mu.hi {
					places = append(places, at)
				}
			}
		}
		least, most, steps := 2.0, -1.0, x.count(mu.lo)-x.count(mu.hi)
		for _, at := range places {
			on := x.p[x.count(at)].hi + rate*(at-mu.lo)
			least, most = min(least, on), max(most, on)
		}
		if off := (most - least) / 2; steps > 1 && off > rough*(1+1e-9) || off > 1 {
			t.Fatalf("p = %v, q = %v, %v: off by %v, want at most %v", w, v, mu, off, rough)
		}
		constant := (x.p[x.count(mu.lo)].hi - x.p[x.count(mu.hi)].lo) / 2
		if steps > 60 && trial%2 == 1 {
			nearer++
			if rough > constant/2 {
				t.Errorf("%d steps: %v from a line, and %v from a constant", steps, rough, constant)
			}
		}
	}
	if nearer < 10 {
		t.Errorf("%d spans with many steps only", nearer)
	}
}

// Each partition is of groups of the one before, of all tokens, and what has a group says so. Groups with the same tokens are one.
func TestPartitions(t *testing.T) {
	p, q := smoothLaw(60, 4), smoothLaw(60, 5)
	for k := 3; k <= 8; k++ {
		x := newGroupedDrafts(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, q)))
		for _, most := range []int{1, 2, 7, 30, 59, 60, 100} {
			x.group(most)
			if len(x.of) != k-1 || len(x.curves) != k-1 {
				t.Fatalf("K = %d: partitions for %d drafts, and curves for %d", k, len(x.of), len(x.curves))
			}
			for j := range k - 1 {
				// A draft is of groups of those of the one before, and so are its curves.
				if j > 0 && (x.of[j] < x.of[j-1] || x.curves[j] < x.curves[j-1] || x.curves[j] < x.of[j-1]) {
					t.Errorf("K = %d, %d groups: partitions %v, for curves %v", k, most, x.of, x.curves)
				}
			}
			for level, groups := range x.partitions {
				tokens := 0
				for _, g := range groups {
					tokens += len(g.thresholds)
					if g.in[level] != g {
						t.Errorf("K = %d, %d groups: a group is not in itself", k, most)
					}
				}
				if tokens != 60 {
					t.Errorf("K = %d, %d groups: %d tokens in %d groups", k, most, tokens, len(groups))
				}
				// Behind those that may be rejected are those that never are.
				if most >= 60 && slices.ContainsFunc(groups[:len(groups)-1], func(g *similar) bool { return !g.single }) {
					t.Errorf("K = %d, %d groups: not all tokens are alone", k, most)
				}
				if level == 0 {
					continue
				}
				inside := map[*similar]int{}
				for _, g := range x.partitions[level-1] {
					outer := g.in[level]
					inside[outer] += len(g.thresholds)
					if g.p.lo < outer.p.lo || g.p.hi > outer.p.hi || len(g.thresholds) == len(outer.thresholds) && g != outer {
						t.Errorf("K = %d, %d groups: %v in %v", k, most, g.p, outer.p)
					}
				}
				for _, g := range groups {
					if inside[g] != len(g.thresholds) {
						t.Errorf("K = %d, %d groups: %d of %d tokens in %v", k, most, inside[g], len(g.thresholds), g.p)
					}
				}
			}
		}
	}
}
