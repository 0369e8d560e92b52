package optimum

import (
	"errors"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// Boxes find the minimum that enumeration finds, with zeros in laws and where several sets bind,
// too.
func TestBoxesAgainstEnumeration(t *testing.T) {
	proved := 0
	for k := 3; k <= 4; k++ {
		for n := 2; n <= 7; n++ {
			for index := range 2 * len(multidraft.Kinds()) {
				in, err := multidraft.Generate(61, index, k, n, multidraft.ModelIndependent)
				if err != nil {
					t.Fatal(err)
				}
				o, err := boxOptimumWithin(t.Context(), in, 1000)
				if err != nil {
					t.Fatalf("%v: %v", in, err)
				}
				proved++
				if want := MinByEnumeration(in); !o.Value.Equal(want.Value) || !in.Bound(multidraft.SetOf(o.Binding.Smallest.Tokens()...)).Equal(want.Value) {
					t.Fatalf("%v: %v at %v, want %v", in, o.Value, o.Binding.Smallest, want.Value)
				}
			}
		}
	}
	if proved < 300 {
		t.Errorf("%d instances only", proved)
	}
}

// The radius of a ball is a float below the exact one: the least part of a slope in what a token can move it by.
func TestBallsAreSmallerThanExact(t *testing.T) {
	found := 0
	oracle.Generated(t, 63, 60, 3, 6, multidraft.ModelIndependent, func(s *multidraft.Instance) {
		x := newBoxSearch(s)
		b, masses := x.around(x.best), []rational.Rat{}
		for _, row := range x.rows {
			masses = append(masses, rational.RatFromInts(row.MassOf(x.best), row.Unit))
		}
		slopes, ok := x.slopes(x.best, masses)
		if !ok {
			return
		}
		exact := one
		for place, i := range x.free {
			var weight rational.Rat
			for k, w := range remainderWeights(masses) {
				weight = weight.Add(w.Mul(x.rows[k].At(i)))
			}
			if !weight.IsZero() {
				exact = rational.MinRat(exact, slopes[place].Abs().Quo(weight))
			}
		}
		found++
		if radius, err := rational.RatFromFloat64(b.radius); err != nil || radius.Cmp(exact) >= 0 || exact.Sub(radius).Cmp(rational.NewRat(1, 1e9)) > 0 {
			t.Errorf("%v: radius %v, exactly %v", s, b.radius, exact)
		}
	})
	if found < 10 {
		t.Errorf("%d balls only", found)
	}
}

// The first box holds the masses of the base, and the limit is not below the best value: both are floats, on the safe side of what is exact.
func TestBoxesBeginOnTheSafeSide(t *testing.T) {
	found := 0
	oracle.Generated(t, 62, 60, 3, 6, multidraft.ModelIndependent, func(s *multidraft.Instance) {
		x := newBoxSearch(s)
		for j, from := range x.first().from {
			exact := rational.RatFromInts(s.Rows()[j].MassOf(x.base), s.Rows()[j].Unit)
			if start, err := rational.RatFromFloat64(from); err != nil || start.Cmp(exact) > 0 || start.Sign() > 0 && start.Equal(exact) {
				t.Errorf("%v: the box begins at %v, the base has %v", s, from, exact)
			}
		}
		if x.least.IsZero() {
			return
		}
		found++
		if limit, err := rational.RatFromFloat64(x.limit); err != nil || limit.Cmp(x.least) <= 0 {
			t.Errorf("%v: the limit %v is below %v", s, x.limit, x.least)
		}
	})
	if found < 10 {
		t.Errorf("%d instances only", found)
	}
}

func law(weights ...int64) multidraft.Distribution {
	list := make([]rational.Int, len(weights))
	for i, w := range weights {
		list[i] = rational.NewInt(w)
	}
	return multidraft.Must(multidraft.FromWeights("p", list))
}

// Where no first descent finds the best set a box does, and a set that is worse does not take its place.
func TestBoxesFindBetterSets(t *testing.T) {
	for _, laws := range [][4]multidraft.Distribution{
		{law(5, 3, 1, 5, 9, 7, 4), law(4, 3, 7, 877, 9, 780, 6), law(921, 5, 982, 6, 6, 5, 8), law(779, 9, 573, 4, 2, 4, 2)},
		{law(6, 6, 9, 3, 626), law(365, 8, 224, 183, 284), law(4, 831, 9, 685, 9), law(8, 797, 346, 882, 3)},
		{law(9, 3, 5, 4, 9, 6), law(6, 255, 2, 757, 6, 5), law(6, 4, 2, 2, 9, 1), law(560, 719, 6, 635, 1, 3)},
		{law(9, 8, 787, 821, 385, 158), law(9, 9, 1, 682, 320, 7), law(350, 806, 560, 6, 8, 824), law(125, 674, 606, 8, 2, 6)},
	} {
		s := multidraft.Must(multidraft.New(multidraft.ModelIndependent, 3, laws[:3], laws[3]))
		want := MinByEnumeration(s)
		x := newBoxSearch(s)
		if first := one.Add(x.least); first.Cmp(want.Value) <= 0 {
			t.Errorf("%v: %v is found at once", laws, first)
		}
		for set := range multidraft.FullSet(s.N()) + 1 {
			x.offer(set.Tokens())
		}
		if all := one.Add(x.least); !all.Equal(want.Value) || !s.Bound(multidraft.SetOf(x.best...)).Equal(want.Value) {
			t.Errorf("%v: of all sets %v at %v, want %v", laws, all, x.best, want.Value)
		}
		o, err := boxOptimumWithin(t.Context(), s, 3000)
		if err != nil || !o.Value.Equal(want.Value) || !s.Bound(multidraft.SetOf(o.Binding.Smallest.Tokens()...)).Equal(want.Value) {
			t.Errorf("%v: %v, %v, want %v", laws, o, err, want.Value)
		}
	}
}

// A token that one draft alone drafts, and with and without which the best set binds, leaves the
// search without a value, and without a wrong one.
func TestBoxesSayWhatTheyDoNotSettle(t *testing.T) {
	rows := []multidraft.Distribution{law(0, 1, 0, 0), law(0, 2, 1, 0), law(1, 0, 1, 1)}
	s := multidraft.Must(multidraft.New(multidraft.ModelIndependent, 3, rows, law(1, 1, 1, 0)))
	_, err := boxOptimumWithin(t.Context(), s, 300)
	var unsettled *theorems.Unsettled
	if !errors.As(err, &unsettled) {
		t.Errorf("%v, want no value", err)
	}
}

// On larger alphabets they agree with the largest flow.
func TestBoxesAgainstFlow(t *testing.T) {
	rng := oracle.NewRand(62)
	for k, n := range map[int]int{3: 30, 4: 14, 5: 9, 7: 5} {
		for range 3 {
			var rows []multidraft.Distribution
			for range k {
				rows = append(rows, floatDistribution(rng, n))
			}
			s := multidraft.Must(multidraft.New(multidraft.ModelIndependent, k, rows, floatDistribution(rng, n)))
			o, err := boxOptimumWithin(t.Context(), s, 1000)
			if err != nil {
				t.Fatal(err)
			}
			w, err := LargestFlow(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			if value := rational.RatFromInts(w.Flow.Value, w.Network.Unit); !o.Value.Equal(value) {
				t.Errorf("K = %d, n = %d: %v, by flow %v", k, n, o.Value, value)
			}
		}
	}
}

// No set in a ball is better than its center, whatever the last draft does.
func TestBallsHoldNoBetterSet(t *testing.T) {
	balls, inside := 0, 0
	for index := range 200 {
		in, err := multidraft.Generate(63, index, 3, 6, multidraft.ModelIndependent)
		if err != nil {
			t.Fatal(err)
		}
		x := newBoxSearch(in)
		base := multidraft.SetOf(x.base...)
		for set := multidraft.Set(0); set < 1<<6; set++ {
			if set&base != base {
				continue
			}
			b := x.around(set.Tokens())
			if b.radius <= 0 {
				continue
			}
			balls++
			for other := multidraft.Set(0); other < 1<<6; other++ {
				near := true
				for k, at := range b.center {
					mass := rational.RatFromInts(x.rows[k].MassOf(other.Tokens()), x.rows[k].Unit).Float64()
					near = near && mass >= at-b.radius && mass <= at+b.radius
				}
				if !near || other == set || other&base != base {
					continue
				}
				if inside++; in.Bound(other).Cmp(in.Bound(set)) < 0 {
					t.Fatalf("%v: the ball around %v of radius %v holds %v, which is better", in, set, b.radius, other)
				}
			}
		}
	}
	if balls < 100 || inside < 100 {
		t.Errorf("%d balls with %d other sets: the test sees too few", balls, inside)
	}
}

// A bound at the corners of a box is at most the value of every set in it, for any slopes l.
func TestCornersBoundEverySetInABox(t *testing.T) {
	rng := oracle.NewRand(64)
	inside := 0
	for index := range 160 {
		// Of five drafts it is by chords.
		drafts := 3 + index%2*2
		in, err := multidraft.Generate(65, index, drafts, 5, multidraft.ModelIndependent)
		if err != nil {
			t.Fatal(err)
		}
		x := newBoxSearch(in)
		for range 20 {
			b := box{make([]float64, drafts-1), make([]float64, drafts-1)}
			for k := range drafts - 1 {
				b.from[k] = rng.Float64()
				b.to[k] = b.from[k] + (1-b.from[k])*rng.Float64()
			}
			l, _ := x.start(b.center())
			l[rng.IntN(drafts-1)] += rng.Float64() - 0.5
			least, _ := x.lowest(b, l)
			for set := multidraft.Set(0); set < 1<<5; set++ {
				within := true
				for k := range drafts - 1 {
					mass := rational.RatFromInts(x.rows[k].MassOf(set.Tokens()), x.rows[k].Unit).Float64()
					within = within && mass >= b.from[k] && mass <= b.to[k]
				}
				if !within {
					continue
				}
				if inside++; set&multidraft.SetOf(x.base...) == multidraft.SetOf(x.base...) && in.Bound(set).Float64()-1 < least-1e-12 {
					t.Fatalf("%v: the bound %v of a box with %v, worth %v", in, least, set, in.Bound(set).Float64()-1)
				}
			}
		}
	}
	if inside < 1000 {
		t.Errorf("%d sets in boxes: the test sees too few", inside)
	}
}

// Chords are below a concave function, and near it: a tenth of a sagitta would show.
func TestBelowConcave(t *testing.T) {
	f := func(t float64) float64 { return -t * t / 2 }
	from, to := 0.25, 0.75
	below := belowConcave(f, from, to)
	sagitta := 0.1 * 0.1 / 8
	for j := range 1001 {
		at := from + (to-from)*float64(j)/1000
		if gap := f(at) - below(at); gap < -1e-15 || gap > 1.01*sagitta {
			t.Fatalf("at %v: below by %v, want 0 to %v", at, gap, sagitta)
		}
	}
	if point := belowConcave(f, 0.5, 0.5)(0.5); point != f(0.5) {
		t.Errorf("of a point %v", point)
	}
}

// What floats guess of a set and its ball is what exact arithmetic finds, wherever that is a ball at all.
func TestGuessesOfBalls(t *testing.T) {
	near := func(a, b float64) bool { return a-b < roughly && b-a < roughly }
	balls := 0
	for index := range 200 {
		in, err := multidraft.Generate(66, index, 3+index%2, 5, multidraft.ModelIndependent)
		if err != nil {
			t.Fatal(err)
		}
		x := newBoxSearch(in)
		base := multidraft.SetOf(x.base...)
		for set := multidraft.Set(0); set < 1<<5; set++ {
			if set&base != base {
				continue
			}
			guess, value := x.guess(set.Tokens())
			if want := in.Bound(set).Float64() - 1; !near(value, want) {
				t.Fatalf("%v: %v is worth %v, want %v", in, set, value, want)
			}
			b := x.around(set.Tokens())
			if b.radius <= 0 {
				continue
			}
			balls++
			for k, at := range b.center {
				if !near(at, guess.center[k]) || !near(b.radius, guess.radius) {
					t.Fatalf("%v: the ball of %v is %v, guessed as %v", in, set, b, guess)
				}
			}
		}
	}
	if balls < 100 {
		t.Errorf("%d balls: the test sees too few", balls)
	}
}

// A set that is better than the best by less than what floats may be off by is found.
func TestBoxesOfferWhatIsBarelyBetter(t *testing.T) {
	found := 0
	oracle.Generated(t, 67, 60, 3, 6, multidraft.ModelIndependent, func(s *multidraft.Instance) {
		x := newBoxSearch(s)
		center, want := x.around(x.best).center, x.least
		if _, last := x.start(center); want.IsZero() || len(x.best) != len(x.descend(append(slices.Clone(center), last))) {
			return
		}
		found++
		x.best, x.least = nil, want.Add(rational.NewRat(1, 1e10))
		x.limit = x.least.Float64() + 0x1p-52
		if x.settled(box{center, center}); !x.least.Equal(want) {
			t.Errorf("%v: %v, want %v", s, x.least, want)
		}
	})
	if found < 10 {
		t.Errorf("%d instances only", found)
	}
}
