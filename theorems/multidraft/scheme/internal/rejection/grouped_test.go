package rejection

import (
	"math"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// Groups of tokens enclose what the sums over sequences give: few groups, whose slopes matter, and as many as
// there are tokens.
func TestGroupsAgainstSequences(t *testing.T) {
	kinds := len(multidraft.Kinds())
	for k, c := range map[int]struct{ most, instances int }{3: {9, 5 * kinds / 3}, 4: {7, 4 * kinds / 3}, 5: {6, 4 * kinds / 3}, 6: {7, kinds}, 7: {8, kinds / 2}, 8: {9, 2}} {
		// Of as many drafts as tokens one is always accepted.
		for n := k + min(1, k/6); n <= c.most; n++ {
			for index := range oracle.Many(t, c.instances) {
				s, err := multidraft.Generate(99, index, k, n, multidraft.ModelWithoutReplacement)
				if err != nil {
					t.Fatal(err)
				}
				want, err := newDistinctPaths(t.Context(), s).enclose()
				if err != nil {
					t.Fatal(err)
				}
				// One less than tokens: those alone for the first draft are in groups later.
				counts := []int{1, 2, 4, n - 1, n}
				// Many drafts take long.
				if k > 6 {
					counts = []int{1, 3}
				}
				for _, groups := range counts {
					got, err := newGroupedDrafts(t.Context(), s).enclose(groups)
					if err != nil || got.Lo.Cmp(want.Lo) > 0 || got.Hi.Cmp(want.Hi) < 0 {
						t.Fatalf("%v, %d groups, p = %v, q = %v: %v, %v, want %v", s, groups, s.Rows()[0].Rats(), s.Target().Rats(), got, err, want)
					}
				}
			}
		}
	}
}

// smoothLaw is a law of weights between 1 and 9, of tokens enough for groups.
func smoothLaw(n int, seed uint64) multidraft.Distribution {
	rng := oracle.NewRand(seed)
	w := make([]rational.Int, n)
	for i := range w {
		w[i] = rational.NewInt(1<<40 + rng.Int64N(1<<43))
	}
	return multidraft.Must(multidraft.FromWeights("p", w))
}

// The error falls with the square of the width of groups and more: with a tenth as many groups as tokens it is small
// enough for a wrong sign of a slope or of its rate to show.
func TestGroupsAreNarrow(t *testing.T) {
	for _, c := range []struct {
		k, n   int
		widths map[int]float64 // by the number of groups
	}{
		{3, 100, map[int]float64{4: 5e-8, 10: 2.2e-9, 30: 1.4e-11, 100: 1e-12}},
		{4, 40, map[int]float64{4: 5.5e-7, 10: 2.3e-8, 20: 1.9e-10, 30: 1e-11, 40: 1e-12}},
		{5, 16, map[int]float64{8: 6e-5, 12: 1.2e-6, 16: 1e-12}},
	} {
		p, q := smoothLaw(c.n, 1), smoothLaw(c.n, 2)
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, c.k, []multidraft.Distribution{p}, q))
		want, err := Enclose(t.Context(), s, DefaultWidth)
		if err != nil {
			t.Fatal(err)
		}
		for groups, width := range c.widths {
			got, err := newGroupedDrafts(t.Context(), s).enclose(groups)
			if err != nil || got.Lo.Cmp(want.Lo) > 0 || got.Hi.Cmp(want.Hi) < 0 || got.Width().Float64() > width {
				t.Errorf("K = %d, %d groups: %v of width %v, %v, want %v", c.k, groups, got, got.Width().Float64(), err, want)
			}
		}
	}
}

// Pairs and triples of tokens with nearly the same p, whose ratios are near to each other or not: by as many groups
// enclosures are narrow, and what R' jumps by between two of them shows.
func TestGroupsOfTwins(t *testing.T) {
	rng := oracle.NewRand(7001)
	for range oracle.Many(t, 60) {
		k, m, size := 3+rng.IntN(3), 2+rng.IntN(3), 2+rng.IntN(2)
		if k == 5 {
			size = 2
		}
		spread := int64(1) << (8 + rng.IntN(22))
		var p, q []rational.Int
		for range m {
			w, near, kind := int64(1)<<30+rng.Int64N(1<<32), rng.Int64N(1<<33), rng.IntN(3)
			for range size {
				x := w + rng.Int64N(spread)
				v := [3]int64{rng.Int64N(1 << 33), near + rng.Int64N(spread), max(0, x+rng.Int64N(2*spread)-spread)}[kind]
				p, q = append(p, rational.NewInt(x)), append(q, rational.NewInt(v))
			}
		}
		if len(p) < k {
			continue
		}
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k,
			[]multidraft.Distribution{multidraft.Must(multidraft.FromWeights("p", p))}, multidraft.Must(multidraft.FromWeights("q", q))))
		want, err := Enclose(t.Context(), s, DefaultWidth)
		if err != nil {
			t.Fatal(err)
		}
		for _, groups := range []int{1, m, m + 2} {
			got, err := newGroupedDrafts(t.Context(), s).enclose(groups)
			if err != nil || got.Lo.Cmp(want.Lo) > 0 || got.Hi.Cmp(want.Hi) < 0 {
				t.Fatalf("K = %d, %d groups, p = %v, q = %v: %v, %v, want %v", k, groups, p, q, got, err, want)
			}
		}
	}
}

// Where one or two tokens have nearly all of p, hardly anything is left to draw from behind them.
func TestGroupsOfPeaks(t *testing.T) {
	rng := oracle.NewRand(100)
	for trial := range 60 {
		p, q := make([]rational.Int, 8), make([]rational.Int, 8)
		for i := range p {
			p[i], q[i] = rational.NewInt(1+rng.Int64N(9)), rational.NewInt(rng.Int64N(1<<20))
		}
		p[rng.IntN(8)], p[rng.IntN(8)] = rational.PowerOfTwo(20+trial), rational.PowerOfTwo(10+rng.IntN(30))
		k := 3 + trial%2
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k,
			[]multidraft.Distribution{multidraft.Must(multidraft.FromWeights("p", p))}, multidraft.Must(multidraft.FromWeights("q", q))))
		want, err := Enclose(t.Context(), s, DefaultWidth)
		if err != nil {
			t.Fatal(err)
		}
		for _, groups := range []int{2, 8} {
			got, err := newGroupedDrafts(t.Context(), s).enclose(groups)
			if err != nil || got.Lo.Cmp(want.Hi) > 0 || got.Hi.Cmp(want.Lo) < 0 {
				t.Fatalf("p = %v, q = %v: %v, %v, want %v", p, q, got, err, want)
			}
			// One token alone costs no digits.
			if groups == 8 && trial < 20 && got.Width().Float64() > 1e-9 {
				t.Errorf("p = %v, q = %v: %v is wide", p, q, got.Width().Float64())
			}
		}
	}
}

// Three tokens are never wanted, two of them in a group, and the ratio of a likely one is what μ is behind the third and the middle of these two: there
// R' jumps, in the worst place. So what the group contributes is near the end of its interval: less for jumps, or the wrong side, would show.
func TestGroupsAroundJumps(t *testing.T) {
	rng := oracle.NewRand(108)
	for range oracle.Many(t, 200) {
		m, third, heavy := (20+40*rng.Float64())/1000, (200+200*rng.Float64())/1000, (100+200*rng.Float64())/1000
		apart := m / 4 * (1 + rng.Float64()) / 2
		// As long as all others are wanted φ(μ) is 1 - μ(1 - u), where u is the p of the three.
		u := 2*m + third
		before := 1 + u/(1-third)
		left := 1 - before*(1-u)
		after := before + left/(1-third-m)
		law := func(list ...float64) multidraft.Distribution {
			var w []rational.Int
			for _, x := range list {
				w = append(w, rational.NewInt(int64(x*(1<<60))))
			}
			return oracle.Weighted(t, w)
		}
		x := newGroupedDrafts(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 3,
			[]multidraft.Distribution{law(third, m+apart, m-apart, heavy, 1-u-heavy)}, law(0, 0, 0, heavy*after, 1-heavy*after))))
		// The two are next to each other, as the least likely of those that may be rejected.
		is := func(p float64) func(groupedToken) bool {
			return func(y groupedToken) bool { return math.Abs(y.p.hi-p) < 1e-9 }
		}
		at, of := slices.IndexFunc(x.tokens, is(third)), slices.IndexFunc(x.tokens, is(m+apart))
		x.partition([][]int{slices.DeleteFunc([]int{1, 2, 3, 4, 5}, func(end int) bool { return end == of+1 })})
		x.of, x.curves = make([]int, 2), make([]int, 2)
		if of < at {
			at--
		}
		first, pair := x.groupsOf(0)[at], x.groupsOf(0)[of]
		s := x.draw(state{left: x.unit, outside: span{1, 1}}, first, first.p)
		s.mu, s.phi = span{before, before}, span{left, left}
		got, ok := x.contribution(s, pair, pair.weights(s.mu).minus(pair.weights(span{1, 1})))
		want := 0.0
		for _, y := range []float64{m - apart, m + apart} {
			mu := before + left/(1-third-y)
			want += (before - 1) * y * (max(0, heavy*(after-mu)) + max(0, 1-heavy*after-mu*(1-u-heavy)))
		}
		const rounding = 1e-14
		// What else is not known is second order, too, but less.
		if !ok || want < got.lo-rounding || want > got.hi+rounding || got.hi-want > 0.3*(got.hi-got.lo) {
			t.Fatalf("p of %v and %v around %v, μ to %v: %v, want %v", third, heavy, m, after, got, want)
		}
	}
}

// A law is never rejected if it is that of the target.
func TestGroupsOfTheTarget(t *testing.T) {
	p := smoothLaw(50, 3)
	s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 3, []multidraft.Distribution{p}, p))
	if got, err := newGroupedDrafts(t.Context(), s).enclose(10); err != nil || !got.Exact() || !got.Lo.Equal(one) {
		t.Errorf("%v, %v, want 1", got, err)
	}
}

// Laws as no model has them: powers of two that are far apart, differences in the last of a thousand digits, tokens that are
// never wanted. Nothing that is divided by next to nothing comes out as a number.
func TestGroupsOfExtremes(t *testing.T) {
	rng := oracle.NewRand(101)
	for trial := range 80 {
		k := 3 + rng.IntN(2)
		n := k + rng.IntN(8-k)
		p, q := make([]rational.Int, n), make([]rational.Int, n)
		for i := range p {
			switch trial % 4 {
			case 0:
				p[i], q[i] = rational.PowerOfTwo(rng.IntN(1100)), rational.PowerOfTwo(rng.IntN(1100))
			case 1:
				p[i] = rational.PowerOfTwo(60 * i)
				q[i] = p[i].Add(rational.NewInt(rng.Int64N(3)))
			case 2:
				p[i] = rational.PowerOfTwo(1000).Add(rational.NewInt(rng.Int64N(1 << 30)))
				q[i] = p[i].Add(rational.NewInt(rng.Int64N(1 << 30)))
			case 3:
				p[i], q[i] = rational.PowerOfTwo(i), rational.NewInt(rng.Int64N(2))
			}
		}
		q[rng.IntN(n)] = rational.PowerOfTwo(rng.IntN(1100)).Add(rational.NewInt(1))
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k,
			[]multidraft.Distribution{multidraft.Must(multidraft.FromWeights("p", p))}, multidraft.Must(multidraft.FromWeights("q", q))))
		want, err := Enclose(t.Context(), s, DefaultWidth)
		if err != nil {
			t.Fatal(err)
		}
		for _, groups := range []int{1, 3, 2 * n} {
			if got, err := newGroupedDrafts(t.Context(), s).enclose(groups); err != nil || got.Lo.Cmp(want.Hi) > 0 || got.Hi.Cmp(want.Lo) < 0 {
				t.Fatalf("p = %v, q = %v: %v, %v, want %v", p, q, got, err, want)
			}
		}
	}
}

// Sequences are gone through where they are not too many and more digits are asked for than groups have.
func TestSequencesWhereGroupsAreWide(t *testing.T) {
	s := oracle.InstanceFor(t, multidraft.ModelWithoutReplacement, 7,
		"60/297,50/297,40/297,35/297,30/297,25/297,12/297,11/297,10/297,9/297,8/297,7/297",
		"60/240,50/240,40/240,35/240,30/240,25/240,0,0,0,0,0,0")
	groups, err := Enclose(t.Context(), s, DefaultWidth)
	if err != nil || groups.Width().Cmp(DefaultWidth) > 0 || groups.Width().Float64() < 1e-20 {
		t.Fatalf("groups: %v of width %v, %v, want what is DefaultWidth enough", groups, groups.Width().Float64(), err)
	}
	got, err := Enclose(t.Context(), s, rational.NewRat(1, 1<<60))
	if err != nil || got.Width().Float64() > 1e-40 || got.Lo.Cmp(groups.Lo) < 0 || got.Hi.Cmp(groups.Hi) > 0 {
		t.Errorf("%v, %v, want it to be DefaultWidth and within %v", got, err, groups)
	}
}
