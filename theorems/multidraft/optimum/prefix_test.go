package optimum

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// wideWeights draws weights of up to so many binary digits, some of them zero.
func wideWeights(rng *rand.Rand, n, digits int) []rational.Int {
	weights := make([]rational.Int, n)
	for i := range weights {
		if rng.IntN(8) == 0 {
			continue
		}
		weights[i] = rational.NewInt(rng.Int64N(1 << 40))
		for range rng.IntN(digits/32 + 1) {
			weights[i] = weights[i].Mul(rational.NewInt(1 << 32)).Add(rational.NewInt(rng.Int64N(1 << 32)))
		}
	}
	weights[rng.IntN(n)] = rational.NewInt(1)
	return weights
}

// hardPair is a pair of laws with ratios that are equal, nearly equal, or far apart.
func hardPair(rng *rand.Rand, n, digits int) (p, q multidraft.Distribution) {
	a, b := wideWeights(rng, n, digits), wideWeights(rng, n, digits)
	for range n {
		i, j := rng.IntN(n), rng.IntN(n)
		factor := rational.NewInt(1 + rng.Int64N(5))
		switch rng.IntN(4) {
		case 0:
			a[i], b[i] = a[j].Mul(factor), b[j].Mul(factor)
		case 1:
			a[i], b[i] = a[j].Mul(factor), b[j].Mul(factor).Add(rational.NewInt(1))
		case 2:
			b[i] = a[i]
		}
	}
	a[rng.IntN(n)], b[rng.IntN(n)] = rational.NewInt(1), rational.NewInt(1)
	return multidraft.Must(multidraft.FromWeights("p", a)), multidraft.Must(multidraft.FromWeights("q", b))
}

func TestByRatioAgainstComparisons(t *testing.T) {
	rng := oracle.NewRand(71)
	for range 300 {
		p, q := hardPair(rng, 1+rng.IntN(200), []int{8, 64, 400}[rng.IntN(3)])
		var want []int
		for i, w := range p.Weights {
			if !w.IsZero() {
				want = append(want, i)
			}
		}
		slices.SortStableFunc(want, func(i, j int) int {
			return q.Weights[i].Mul(p.Weights[j]).Cmp(q.Weights[j].Mul(p.Weights[i]))
		})
		if got := ByRatio(p, q); !slices.Equal(got, want) {
			t.Fatalf("p = %v, q = %v: order %v, want %v", p, q, got, want)
		}
	}
}

// Ratios beyond what keys hold are compared exactly.
func TestByRatioOfExtremes(t *testing.T) {
	huge := rational.PowerOfTwo(300_000)
	one, two := rational.NewInt(1), rational.NewInt(2)
	p := multidraft.Must(multidraft.FromWeights("p", []rational.Int{one, huge, huge, two, one, one}))
	q := multidraft.Must(multidraft.FromWeights("q", []rational.Int{huge, two, one, huge.Mul(two.Add(one)), {}, one}))
	if got, want := ByRatio(p, q), []int{4, 2, 1, 5, 0, 3}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

// A set above a threshold, against a comparison of every token.
func TestRatiosAbove(t *testing.T) {
	rng := oracle.NewRand(72)
	for range 100 {
		p, q := hardPair(rng, 1+rng.IntN(60), 64)
		ratios := NewRatios(p, q)
		for range 20 {
			i := rng.IntN(p.N())
			l := rational.NewRat(rng.Int64N(9), 4)
			if !p.Weights[i].IsZero() && rng.IntN(2) == 0 {
				l = q.At(i).Quo(p.At(i)) // a threshold that a token has
			}
			var wantP, wantQ rational.Rat
			for j := range p.Weights {
				if q.At(j).Cmp(l.Mul(p.At(j))) > 0 {
					wantP, wantQ = wantP.Add(p.At(j)), wantQ.Add(q.At(j))
				}
			}
			if gotP, gotQ := ratios.Above(l); !gotP.Equal(wantP) || !gotQ.Equal(wantQ) {
				t.Fatalf("above %v: %v and %v, want %v and %v", l, gotP, gotQ, wantP, wantQ)
			}
		}
	}
}

// everyPrefix is leastPrefixes without a sieve.
func everyPrefix(k int, p, q multidraft.Distribution, order []int) (least rational.Rat, lengths []int) {
	least, lengths = one, []int{0}
	var drafted, targeted rational.Rat
	for j, i := range order {
		drafted, targeted = drafted.Add(p.At(i)), targeted.Add(q.At(i))
		switch value := targeted.Add(one).Sub(drafted.Pow(k)); value.Cmp(least) {
		case -1:
			least, lengths = value, []int{j + 1}
		case 0:
			lengths = append(lengths, j+1)
		}
	}
	return least, lengths
}

// The sieve drops no prefix that binds, not even where all of them do, or all but for
// the last digit.
func TestSieveKeepsWhatBinds(t *testing.T) {
	rng := oracle.NewRand(73)
	for trial := range 300 {
		k, n := 1+rng.IntN(9), 1+rng.IntN(60)
		p, q := hardPair(rng, n, []int{8, 64, 400}[rng.IntN(3)])
		if trial%3 > 0 {
			// q(S) = p(S)^k for the prefixes in the order of the tokens.
			weights := make([]rational.Int, n)
			var before, sum rational.Int
			for i, w := range p.Weights {
				sum = sum.Add(w)
				weights[i] = sum.Pow(uint(k)).Sub(before)
				before = sum.Pow(uint(k))
			}
			if i := rng.IntN(n); trial%3 == 1 {
				weights[i] = weights[i].Add(rational.NewInt(1))
			}
			q = multidraft.Must(multidraft.FromWeights("q", weights))
		}
		order := ByRatio(p, q)
		least, lengths := everyPrefix(k, p, q, order)
		if got := leastPrefixes(k, p, q, order); !got.value.Equal(least) || !slices.Equal(got.lengths, lengths) {
			t.Fatalf("k = %d, p = %v, q = %v: %v at %v, want %v at %v", k, p, q, got.value, got.lengths, least, lengths)
		}
	}
}

// The sieve leaves few of many prefixes: it is there to save exact powers.
func TestSieveLeavesFew(t *testing.T) {
	rng := oracle.NewRand(74)
	p, q := floatDistribution(rng, 20_000), floatDistribution(rng, 20_000)
	if left, _ := siftPrefixes(8, p, q, ByRatio(p, q)); len(left) > 200 {
		t.Errorf("%d of 20000 prefixes are left", len(left))
	}
}

// Numbers of fixed point are too small, and by less than is said.
func TestFixedPointErrors(t *testing.T) {
	rng := oracle.NewRand(75)
	scale := rational.RatFromInt(rational.PowerOfTwo(fixedBits))
	for range 100 {
		d := multidraft.Must(multidraft.FromWeights("p", wideWeights(rng, 1+rng.IntN(50), []int{8, 64, 400}[rng.IntN(3)])))
		sums := newFixedSums(d.Unit)
		var exact rational.Rat
		for i := range d.Weights {
			x := sums.add(sums.word(d.Weights[i]))
			exact = exact.Add(d.At(i))
			k := 1 + rng.IntN(20)
			for power, bound := range map[int]int64{1: errorAfter(i + 1), k: int64(k) * (errorAfter(i+1) + 1)} {
				error := exact.Pow(power).Mul(scale).Sub(rational.NewRat(int64(fixedPower(x, power)), 1))
				if power == 1 {
					error = exact.Mul(scale).Sub(rational.NewRat(int64(x), 1))
				}
				if error.Sign() < 0 || error.Cmp(rational.NewRat(bound, 1)) >= 0 {
					t.Fatalf("the power %d of a sum of %d weights is too small by %v, want 0 to %d", power, i+1, error, bound)
				}
			}
		}
	}
}
