package optimum

import (
	"cmp"
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
		for i, w := range p.Weights.All() {
			if !w.IsZero() {
				want = append(want, i)
			}
		}
		slices.SortStableFunc(want, func(i, j int) int {
			return q.Weights.At(i).Mul(p.Weights.At(j)).Cmp(q.Weights.At(j).Mul(p.Weights.At(i)))
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

// Ratios that agree in the digits that are sorted by come in descending order, which is as far from the order
// as can be; those that differ there are in order before any is compared.
func TestByRatioOfNeighbours(t *testing.T) {
	const n = 100
	p, q := make([]rational.Int, n), make([]rational.Int, n)
	for i := range p {
		p[i], q[i] = rational.PowerOfTwo(40), rational.NewInt(1<<40+int64(n-i)<<10)
	}
	order := ByRatio(multidraft.Must(multidraft.FromWeights("p", p)), multidraft.Must(multidraft.FromWeights("q", q)))
	for j, i := range order {
		if i != n-1-j {
			t.Fatalf("the order is %v", order)
		}
	}
	rng := oracle.NewRand(75)
	for _, digits := range []int{0, 1, 11, 12, 30, 44} {
		list := make([]keyedToken, n)
		for i := range list {
			list[i] = keyedToken{rng.Uint64N(1<<digits) << 20, i}
		}
		want := slices.Clone(list)
		slices.SortStableFunc(want, func(a, b keyedToken) int { return cmp.Compare(a.key, b.key) })
		if sortByDigits(list); !slices.Equal(list, want) {
			t.Errorf("of %d digits: %v", digits, list)
		}
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
			if !p.Weights.At(i).IsZero() && rng.IntN(2) == 0 {
				l = q.At(i).Quo(p.At(i)) // a threshold that a token has
			}
			var wantP, wantQ rational.Rat
			for j := range p.Weights.Len() {
				if q.At(j).Cmp(l.Mul(p.At(j))) > 0 {
					wantP, wantQ = wantP.Add(p.At(j)), wantQ.Add(q.At(j))
				}
			}
			factor := rational.NewInt(1 + rng.Int64N(3)) // l need not be in lowest terms
			weightP, weightQ := ratios.Above(l.Num().Mul(factor), l.Den().Mul(factor))
			if gotP, gotQ := rational.RatFromInts(weightP, p.Unit), rational.RatFromInts(weightQ, q.Unit); !gotP.Equal(wantP) || !gotQ.Equal(wantQ) {
				t.Fatalf("above %v: %v and %v, want %v and %v", l, gotP, gotQ, wantP, wantQ)
			}
		}
	}
}

// everyPrefix is Groups.least without a sieve.
func everyPrefix(k int, p, q multidraft.Distribution) (least rational.Rat, lengths []int) {
	least, lengths = one, []int{0}
	var drafted, targeted rational.Rat
	for j, i := range ByRatio(p, q) {
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

// Neither groups nor the sieve drop a prefix that binds, not even where all of them do, or all but for
// the last digit; and the sets are the prefixes of the order.
func TestSieveKeepsWhatBinds(t *testing.T) {
	rng := oracle.NewRand(73)
	for trial := range 300 {
		k, n := 1+rng.IntN(9), 1+rng.IntN(60)
		p, q := hardPair(rng, n, []int{8, 64, 400}[rng.IntN(3)])
		if trial%3 > 0 {
			// q(S) = p(S)^k for the prefixes in the order of the tokens.
			weights := make([]rational.Int, n)
			var before, sum rational.Int
			for i, w := range p.Weights.All() {
				sum = sum.Add(w)
				weights[i] = sum.Pow(uint(k)).Sub(before)
				before = sum.Pow(uint(k))
			}
			if i := rng.IntN(n); trial%3 == 1 {
				weights[i] = weights[i].Add(rational.NewInt(1))
			}
			q = multidraft.Must(multidraft.FromWeights("q", weights))
		}
		least, lengths := everyPrefix(k, p, q)
		bits := rng.IntN(8)
		got := groupsOf(p, q, bits).least(k)
		if !got.value.Equal(least) || !slices.Equal(got.lengths, lengths) {
			t.Fatalf("k = %d, p = %v, q = %v, 2^%d groups an octave: %v at %v, want %v at %v", k, p, q, bits, got.value, got.lengths, least, lengths)
		}
		order := ByRatio(p, q)
		for _, length := range lengths {
			if want := multidraft.SortedCopy(order[:length]); !slices.Equal(got.set(length).Tokens(), want) {
				t.Fatalf("k = %d, p = %v, q = %v: prefix of %d tokens %v, want %v", k, p, q, length, got.set(length), want)
			}
		}
	}
}

// Groups and the sieve leave few of many prefixes: they are there to save a sort, and exact powers.
func TestSieveLeavesFew(t *testing.T) {
	rng := oracle.NewRand(74)
	for k := 1; k <= 8; k++ {
		g := NewGroups(floatDistribution(rng, 20_000), floatDistribution(rng, 20_000))
		list := g.opened(k)
		tokens := 0
		for _, s := range list {
			tokens += len(s.tokens)
		}
		if tokens > 4000 {
			t.Errorf("K = %d: %d of 20000 tokens are sorted", k, tokens)
		}
		if left := g.sift(k, list); len(left) > 200 {
			t.Errorf("K = %d: %d of 20000 prefixes are left", k, len(left))
		}
	}
}

// The tokens of a block have smaller ratios than those of the next, exactly, also where many are as
// near to a border of groups as keys can tell, and where they are beyond all groups.
func TestBlocksFollowRatios(t *testing.T) {
	rng := oracle.NewRand(76)
	joined := false
	for range 300 {
		n, bits := 2+rng.IntN(40), rng.IntN(8)
		p, q := hardPair(rng, n, []int{8, 64, 400}[rng.IntN(3)])
		if rng.IntN(2) == 0 {
			p, q = nearBorder(rng, n, bits)
		}
		g := groupsOf(p, q, bits)
		for i := range n {
			for j := range n {
				if g.group[i] == noGroup || g.group[j] == noGroup {
					continue
				}
				above := g.blockOf(i) > g.blockOf(j)
				if above && q.Weights.At(i).Mul(p.Weights.At(j)).Cmp(q.Weights.At(j).Mul(p.Weights.At(i))) <= 0 {
					t.Fatalf("p = %v, q = %v, 2^%d groups an octave: token %d is in a block above that of %d", p, q, bits, i, j)
				}
				joined = joined || g.group[i] != g.group[j] && g.blockOf(i) == g.blockOf(j)
			}
		}
	}
	if !joined {
		t.Error("no groups were joined")
	}
}

func (g *Groups) blockOf(token int) int {
	return slices.IndexFunc(g.blocks, func(b block) bool { return g.group[token] <= b.last })
}

// nearBorder makes tokens whose q_i/p_i is at a border of groups, or differs from it in the last of
// more digits than keys look at. The borders stand half a group beside q = p.
func nearBorder(rng *rand.Rand, n, bits int) (p, q multidraft.Distribution) {
	a, b := make([]rational.Int, n), make([]rational.Int, n)
	for i := range a {
		scale := rational.NewInt(1 + rng.Int64N(1<<62)).Mul(rational.NewInt(1 + rng.Int64N(1<<62)))
		// 1 + 2^-(bits+1) is the border above 1.
		half := rational.NewInt(1 << (bits + 1))
		a[i] = scale.Mul(half)
		b[i] = a[i].Add(scale).Add(rational.NewInt(rng.Int64N(3) - 1))
		// In the middle of the group above, which is joined for the others.
		if rng.IntN(4) == 0 {
			b[i] = b[i].Add(scale)
		}
	}
	p, q = multidraft.Must(multidraft.FromWeights("p", a)), multidraft.Must(multidraft.FromWeights("q", b))
	// The last token brings both to the same sum.
	a[n-1] = a[n-1].Add(q.Unit.Sub(p.Unit))
	return multidraft.Must(multidraft.FromWeights("p", a)), multidraft.Must(multidraft.FromWeights("q", b))
}

// Numbers of fixed point are too small, and by less than is said.
func TestFixedPointErrors(t *testing.T) {
	rng := oracle.NewRand(75)
	scale := rational.RatFromInt(rational.PowerOfTwo(fixedBits))
	for range 100 {
		d := multidraft.Must(multidraft.FromWeights("p", wideWeights(rng, 1+rng.IntN(50), []int{8, 64, 400}[rng.IntN(3)])))
		sums := newFixedSums(d.Unit)
		var exact rational.Rat
		var words uint64
		for i := range d.Weights.Len() {
			words += sums.word(d.Weights.At(i))
			x := sums.probability(words)
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

// Sums of one law may be exact in a word, and those of the other not.
func TestPrefixesOfLongWeights(t *testing.T) {
	rng := oracle.NewRand(63)
	for trial := range 100 {
		n, k := 1+rng.IntN(8), 1+rng.IntN(4)
		short, long := make([]rational.Int, n), make([]rational.Int, n)
		for i := range n {
			short[i] = rational.NewInt(1 + rng.Int64N(20))
			long[i] = rational.PowerOfTwo(90).Mul(rational.NewInt(1 + rng.Int64N(20))).Add(rational.NewInt(rng.Int64()))
		}
		p, q := oracle.Weighted(t, short), oracle.Weighted(t, long)
		if trial%2 == 0 {
			p, q = q, p
		}
		s := multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{p}, q))
		if got, want := MinOverPrefixes(k, p, q), MinByEnumeration(s); !got.Value.Equal(want.Value) || !slices.Equal(got.Tokens, want.Tokens) {
			t.Fatalf("K = %d, p = %v, q = %v: %v, want %v", k, p.Weights, q.Weights, got, want)
		}
	}
}
