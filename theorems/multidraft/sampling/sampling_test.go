package sampling

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
)

var r = rational.NewRat

// referenceBits are those to which exponentials of the reference are known, as parts of themselves.
const referenceBits = 400

// exact is the fraction that a float is.
func exact(t *testing.T, x float64) rational.Rat {
	t.Helper()
	v, err := rational.RatFromFloat64(x)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// reference is the softmax to 400 bits, 0 at minus infinity. Equal logits have equal numbers.
func reference(t *testing.T, logits []float64, temperature rational.Rat) []rational.Rat {
	t.Helper()
	top := exact(t, slices.Max(logits))
	law := make([]rational.Rat, len(logits))
	for i, l := range logits {
		if !math.IsInf(l, -1) {
			law[i] = enclose.Exp(exact(t, l).Sub(top).Quo(temperature), referenceBits).Mid()
		}
	}
	return normalized(law)
}

// normalized divides by the sum; it is nil if that is 0.
func normalized(law []rational.Rat) []rational.Rat {
	var sum rational.Rat
	for _, x := range law {
		sum = sum.Add(x)
	}
	if sum.IsZero() {
		return nil
	}
	list := make([]rational.Rat, len(law))
	for i, x := range law {
		list[i] = x.Quo(sum)
	}
	return list
}

func variation(a, b []rational.Rat) (total rational.Rat) {
	for i := range a {
		total = total.Add(a[i].Sub(b[i]).Abs())
	}
	return total.Mul(r(1, 2))
}

// fractions are the weights as numbers.
func fractions(weights rational.Packed) []rational.Rat {
	list := make([]rational.Rat, weights.Len())
	for i, w := range weights.All() {
		list[i] = rational.RatFromInt(w)
	}
	return list
}

// randomLogits has ties, tokens that are masked, and numbers of few digits as float16 has them.
func randomLogits(rng *rand.Rand) []float64 {
	logits := make([]float64, 1+rng.IntN(10))
	spread := []float64{0.5, 4, 40, 300}[rng.IntN(4)]
	kind := rng.IntN(3)
	for i := range logits {
		switch l := rng.NormFloat64() * spread; kind {
		case 0:
			logits[i] = l
		case 1: // eleven binary digits
			mantissa, exponent := math.Frexp(l)
			logits[i] = math.Ldexp(math.RoundToEven(math.Ldexp(mantissa, 11)), exponent-11)
		default:
			logits[i] = math.Round(l / spread)
		}
		if i > 0 && rng.IntN(6) == 0 {
			logits[i] = math.Inf(-1)
		}
		if i > 0 && rng.IntN(4) == 0 {
			logits[i] = logits[rng.IntN(i)]
		}
	}
	return logits
}

// remove takes a token out of both laws, the likeliest that is left or any.
func remove(rng *rand.Rand, got, want []rational.Rat) {
	gone := rng.IntN(len(got))
	if rng.IntN(2) == 0 {
		for i := range want {
			if want[i].Cmp(want[gone]) > 0 {
				gone = i
			}
		}
	}
	got[gone], want[gone] = rational.Rat{}, rational.Rat{}
}

var temperatures = []rational.Rat{r(1, 1), r(1, 2), r(1, 10), r(7, 1), r(1, 3)}

// The law of a softmax is within [Law.Away] of the one to 400 bits, also given that some tokens are
// gone, and each fine weight within its relative bound.
func TestSoftmaxIsWithinItsBound(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for trial := range 300 {
		logits, temperature, fine := randomLogits(rng), temperatures[trial%len(temperatures)], trial%2 == 1
		law, err := Softmax(logits, temperature, fine)
		if err != nil {
			t.Fatal(err)
		}
		got, want := fractions(law.Weights), reference(t, logits, temperature)
		for count := range 3 {
			if count > 0 {
				remove(rng, got, want)
			}
			got, want := normalized(got), normalized(want)
			if got == nil || want == nil {
				break // the bound is 1
			}
			bound := law.Away(count)
			if off := variation(got, want); off.Cmp(bound) > 0 {
				t.Errorf("logits %v at %v, %d gone: off by %v, bound %v", logits, temperature, count, off.Float64(), bound.Float64())
			}
			if count == 0 && bound.Cmp(r(1, 1e9)) > 0 {
				t.Errorf("logits %v at %v: the bound %v says little", logits, temperature, bound.Float64())
			}
		}
		got, want = normalized(fractions(law.Weights)), reference(t, logits, temperature)
		for i, w := range law.Weights.All() {
			if fine && !w.IsZero() && got[i].Sub(want[i]).Abs().Quo(want[i]).Cmp(law.relative.Mul(r(11, 10))) > 0 {
				t.Errorf("logits %v at %v: token %d is off by more than the part %v", logits, temperature, i+1, law.relative.Float64())
			}
			if math.IsInf(logits[i], -1) && !w.IsZero() {
				t.Errorf("token %d is masked and has the weight %v", i+1, w)
			}
		}
	}
}

// The bound of a factor is the sum of its three parts, which errors met in practice do not come near: 1920 for the exponential, 4 max|l|/T
// for the logits and 5, twice and in units of 2^-53.
func TestSoftmaxCountsItsErrors(t *testing.T) {
	for _, c := range []struct {
		far  float64
		t    rational.Rat
		want float64
	}{{0, r(1, 1), 1925}, {1, r(1, 1), 1929}, {3, r(1, 2), 1949}} {
		law, err := Softmax([]float64{0, -c.far}, c.t, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := law.relative.Float64() * 0x1p53 / 2.01; math.Abs(got-c.want) > 1e-6 {
			t.Errorf("logits 0 and %v at %v: %v, want %v", -c.far, c.t, got, c.want)
		}
	}
}

// A token is in doubt if the sum before it is as near to the goal as weights of the largest are loose, or twice what all are
// off by: 6 beside 6.2 of 10, where a tenth of 6 or twice 3 in 100 may be wrong.
func TestNucleusCountsBothErrors(t *testing.T) {
	order := []int{0, 1}
	for loose, relative := range map[rational.Rat]rational.Rat{r(1, 10): {}, {}: r(3, 100)} {
		law := &Law{Weights: rational.Pack(rational.NewVector(6, 4)), Rounded: true, loose: loose, relative: relative}
		if keep, open := (Truncation{TopP: r(62, 100)}).nucleus(law, order); keep != 2 || open != rational.NewInt(4) {
			t.Errorf("loose %v, relative %v: %d tokens are kept, %v in doubt, want 2 and 4", loose, relative, keep, open)
		}
		if keep, open := (Truncation{TopP: r(67, 100)}).nucleus(law, order); keep != 2 || !open.IsZero() {
			t.Errorf("loose %v, relative %v: %d tokens are kept, %v in doubt, want 2 and none", loose, relative, keep, open)
		}
	}
}

// Beside a part of the largest exponential a token is kept as the logits say, however near it is: equal ones at all parts, one that is a little
// less at none that is as near to 1, and both as fractions, which floats round to the same.
func TestMinPGoesByTheLogits(t *testing.T) {
	for _, c := range []struct {
		less, part string
		keep       bool
	}{
		{"0", "1", true}, {"1e-30", "1", false}, {"1e-30", "0.999999999999999999999999999999", true}, {"1e-30", "0.9999999999999999999999999999995", false},
		// ln 2 to forty digits, from below and from above.
		{"0.6931471805599453094172321214581765680755", "1/2", true}, {"0.6931471805599453094172321214581765680756", "1/2", false},
		{"9000", "1e-3909", true}, {"9000", "1e-3908", false}, {"70000", "1e-4096", false},
	} {
		number := func(text string) rational.Rat {
			x, err := rational.ParseRat(text)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		less := number(c.less)
		law, err := Softmax([]float64{1, 1 - less.Float64()}, r(1, 1), false)
		if err != nil {
			t.Fatal(err)
		}
		law.Meant(func(i int) (rational.Rat, bool) { return r(1, 1).Sub(less.Mul(r(int64(i), 1))), true })
		if keep := (Truncation{MinP: number(c.part)}).frequent(law, []int{0, 1}); keep != 1 && keep != 2 || keep == 2 != c.keep {
			t.Errorf("%s below the largest, part %s: %d are kept", c.less, c.part, keep)
		}
	}
}

// Of equal logits a sum meets the border exactly, and is enough; of different ones it is decided until they are too many.
func TestTopPGoesByTheLogits(t *testing.T) {
	for n := range 12 {
		law, err := Softmax(make([]float64, n+1), r(1, 3), false)
		if err != nil {
			t.Fatal(err)
		}
		x := Truncation{TopP: r(int64(n/2+1), int64(n+1))}
		if open := x.Apply(law, multidraft.Identity(n+1)); open || law.Positive() != n/2+1 {
			t.Errorf("%v of %d equal tokens: %d are kept, open %v", x.TopP, n+1, law.Positive(), open)
		}
	}
	for n, want := range map[int]bool{mostDifferent: false, mostDifferent + 1: true} {
		logits := make([]float64, n, n+1)
		for i := range logits {
			logits[i] = -float64(i) / 1024
		}
		logits = append(logits, math.Inf(-1))
		law, err := Softmax(logits, r(1, 1), false)
		if err != nil {
			t.Fatal(err)
		}
		// A sum of the rounded law is nearer than its errors to one of the law that is meant.
		first := multidraft.Distribution{Weights: law.Weights}.MassOf(multidraft.Identity(100))
		x := Truncation{TopP: rational.RatFromInts(first, law.Weights.Sum())}
		if open := x.Apply(law, multidraft.Identity(n+1)); open != want || law.Positive() != 100 && law.Positive() != 101 {
			t.Errorf("%d different logits: %d are kept, open %v", n, law.Positive(), open)
		}
	}
}

func TestSoftmaxRefuses(t *testing.T) {
	for _, bad := range [][]float64{{math.NaN()}, {1, math.Inf(1)}, {math.Inf(-1)}, {}, {0, 1e16}} {
		if _, err := Softmax(bad, r(1, 1), false); err == nil {
			t.Errorf("%v has a softmax", bad)
		}
	}
	for _, bad := range []rational.Rat{{}, r(-1, 1), r(1, 1e6), r(1e6, 1)} {
		if ValidTemperature(bad) {
			t.Errorf("the temperature %v is valid", bad)
		}
	}
}

// truncated keeps the tokens that the flags name, from what they say: token by token, and with all sums
// formed anew. The order is that of the numbers, of equal ones the first.
func truncated(x Truncation, law []rational.Rat) []rational.Rat {
	before := func(j, i int) bool { c := law[j].Cmp(law[i]); return c > 0 || c == 0 && j < i }
	kept := make([]bool, len(law))
	rank := func(i int) (n int) {
		for j := range law {
			if before(j, i) {
				n++
			}
		}
		return n
	}
	for i := range law {
		kept[i] = x.TopK == 0 || rank(i) < x.TopK
	}
	if !x.TopP.IsZero() {
		was := slices.Clone(kept)
		for i := range law {
			var all, likelier rational.Rat
			for j := range law {
				if was[j] {
					all = all.Add(law[j])
				}
				if was[j] && before(j, i) {
					likelier = likelier.Add(law[j])
				}
			}
			kept[i] = was[i] && likelier.Cmp(x.TopP.Mul(all)) < 0
		}
	}
	var largest rational.Rat
	for _, p := range law {
		largest = rational.MaxRat(largest, p)
	}
	result := make([]rational.Rat, len(law))
	for i, p := range law {
		if kept[i] && (x.MinP.IsZero() || p.Cmp(x.MinP.Mul(largest)) >= 0) {
			result[i] = p
		}
	}
	return result
}

// randomTruncation has borders on which sums of equal tokens lie exactly.
func randomTruncation(rng *rand.Rand) (x Truncation) {
	parts := []rational.Rat{{}, r(1, 1), r(2, 3), r(1, 2), r(9, 10), r(1, 3), r(999, 1000)}
	x.TopK = rng.IntN(5)
	x.TopP = parts[rng.IntN(len(parts))]
	x.MinP = parts[rng.IntN(len(parts))]
	return x
}

// atTheBorder has borders so near a sum of likeliest tokens, or a token, that rounding moves them to the other side: a law to 400 bits tells on which
// they are.
func atTheBorder(rng *rand.Rand, law []rational.Rat) (x Truncation) {
	near := r(1e15+2*rng.Int64N(2)-1, 1e15)
	sorted := slices.SortedFunc(slices.Values(law), func(a, b rational.Rat) int { return b.Cmp(a) })
	if rng.IntN(2) == 0 {
		x.MinP = rational.MinRat(r(1, 1), sorted[rng.IntN(len(sorted))].Quo(sorted[0]).Mul(near))
		return x
	}
	for _, p := range sorted[:1+rng.IntN(len(sorted))] {
		x.TopP = x.TopP.Add(p)
	}
	x.TopP = rational.MinRat(r(1, 1), x.TopP.Mul(near))
	return x
}

// Of exact weights top-k, top-p and min-p keep what they say, and nothing is open.
func TestTruncationOfExactWeights(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for range 3000 {
		weights := rational.NewPacked(1 + rng.IntN(7))
		for i := range weights.Len() {
			weights.Set(i, rational.NewInt(rng.Int64N(5)))
		}
		weights.Set(0, rational.NewInt(1))
		law, x := Exact(weights), randomTruncation(rng)
		want := truncated(x, fractions(weights))
		if open := x.Apply(law, nil); open || !law.Away(0).IsZero() || !slices.EqualFunc(fractions(law.Weights), want, rational.Rat.Equal) {
			t.Fatalf("%v of %v: %v, want %v, open %v", x, weights, law.Weights, want, open)
		}
	}
}

// What a softmax and a truncation leave is within [Law.Away] of the truncation of the one to 400 bits,
// and has the same tokens, also where these meet a border or nearly do.
func TestTruncationOfASoftmaxIsWithinItsBound(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for trial := range 600 {
		logits, temperature, x := randomLogits(rng), temperatures[trial%len(temperatures)], randomTruncation(rng)
		law, err := Softmax(logits, temperature, trial%2 == 1)
		if err != nil {
			t.Fatal(err)
		}
		if trial%3 == 0 {
			x = atTheBorder(rng, reference(t, logits, temperature))
		}
		open := x.Apply(law, ByLogits(logits))
		want := truncated(x, reference(t, logits, temperature))
		got := fractions(law.Weights)
		if open {
			t.Errorf("%v of %v at %v is open", x, logits, temperature)
		}
		for i := range got {
			// A token too small for its weight may be kept by both.
			if kept := !want[i].IsZero(); kept != !got[i].IsZero() && want[i].Cmp(r(1, 1e15)) > 0 {
				t.Errorf("%v of %v at %v: token %d is kept: %v, want %v", x, logits, temperature, i+1, !kept, kept)
			}
		}
		for count := range 2 {
			if count > 0 {
				remove(rng, got, want)
			}
			a, b := normalized(got), normalized(want)
			if a == nil || b == nil {
				break
			}
			if off, bound := variation(a, b), law.Away(count); off.Cmp(bound) > 0 {
				t.Errorf("%v of %v at %v, %d gone: off by %v, bound %v", x, logits, temperature, count, off.Float64(), bound.Float64())
			}
		}
	}
}

// P* of the rounded laws is within [Moved] of P* of those to 400 bits, with each model of drafts.
func TestPStarMovesByNoMoreThanTheBound(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	ctx := context.Background()
	for trial := range 100 {
		k, n := 1+rng.IntN(2), 2+rng.IntN(2)
		model := []string{multidraft.ModelIID, multidraft.ModelWithoutReplacement, multidraft.ModelIndependent}[trial%3]
		laws := 1
		if model == multidraft.ModelIndependent {
			laws = k
		}
		var rounded []*Law
		var given, meant []multidraft.Distribution
		for j := range 1 + laws { // q, then p
			logits := make([]float64, n)
			// What is left of the likeliest is hardly there.
			far := j > 0 && trial%4 == 1
			for i := range logits {
				logits[i] = math.Round(rng.NormFloat64()*4) * 0.7
				if far && i > 0 {
					logits[i] -= 30
				}
			}
			law, err := Softmax(logits, r(1, 1), trial%4 > 1)
			if err != nil {
				t.Fatal(err)
			}
			d, err := multidraft.FromPacked("weights", law.Weights)
			if err != nil {
				t.Fatal(err)
			}
			e, err := multidraft.NewDistribution("reference", reference(t, logits, r(1, 1)))
			if err != nil {
				t.Fatal(err)
			}
			rounded, given, meant = append(rounded, law), append(given, d), append(meant, e)
		}
		var best []rational.Rat
		for _, list := range [][]multidraft.Distribution{given, meant} {
			s, err := multidraft.New(model, k, list[1:], list[0])
			if err != nil {
				t.Fatal(err)
			}
			o, err := optimum.Of(ctx, s)
			if err != nil {
				t.Fatal(err)
			}
			best = append(best, o.Value)
		}
		if off, bound := best[0].Sub(best[1]).Abs(), Moved(rounded[0], rounded[1:], k, model); off.Cmp(bound) > 0 {
			t.Errorf("%d %s drafts: P* is off by %v, bound %v", k, model, off.Float64(), bound.Float64())
		}
	}
}
