package scheme

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// rejectedBySteps is 1 minus what recursive rejection leaves, by its definition: residuals normalised one by one.
func rejectedBySteps(s *multidraft.Instance) rational.Rat {
	left, r := one, s.Target().Rats()
	for _, p := range s.Rows() {
		var all rational.Rat
		for i := range r {
			r[i] = rational.MaxRat(r[i].Sub(p.At(i)), rational.Rat{})
			all = all.Add(r[i])
		}
		if left = left.Mul(all); all.IsZero() {
			break
		}
		for i := range r {
			r[i] = r[i].Quo(all)
		}
	}
	return one.Sub(left)
}

// longInstance has laws of long fractions, so that few drafts make a long acceptance.
func longInstance(t *testing.T, k int, p, q []int64) *multidraft.Instance {
	t.Helper()
	law := func(weights []int64) multidraft.Distribution {
		var list []rational.Int
		for _, w := range weights {
			list = append(list, rational.NewInt(w).Mul(rational.NewInt(3).Pow(400)).Add(rational.NewInt(w)))
		}
		// Odd, and prime to the others.
		list[0] = list[0].Add(rational.NewInt(2))
		return multidraft.Must(multidraft.FromWeights("p", list))
	}
	return multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{law(p)}, law(q)))
}

// Of long fractions the acceptance is enclosed around the exact one, as narrowly as said, and the law is q.
func TestLongRecursionIsEnclosed(t *testing.T) {
	for _, c := range []struct {
		k    int
		p, q []int64
	}{
		{110, []int64{1, 500}, []int64{5, 3}},
		{110, []int64{1, 999, 1000}, []int64{5, 1, 2}},
		{110, []int64{0, 2, 3, 9000}, []int64{3, 1, 5, 1}},
		{110, []int64{3, 4, 7}, []int64{3, 4, 7}},
	} {
		s := longInstance(t, c.k, c.p, c.q)
		exact := rejectedBySteps(s)
		for _, width := range []rational.Rat{rational.NewRat(1, 1000), rational.Dyadic(rational.NewInt(1), -500)} {
			e := evaluate(t, Recursive, s, Options{Within: &width})
			if !e.Acceptance.Contains(exact) || e.Acceptance.Width().Cmp(width) > 0 || !e.Lossless() || e.plan.decide != nil {
				t.Errorf("%v: %s does not hold %s", c, e.Acceptance.Decimal(30), exact.Decimal(30))
			}
			if !slices.ContainsFunc(e.Parameters, func(p Parameter) bool { return p.Name == "acceptance" }) {
				t.Errorf("%v: %v do not say that the acceptance is enclosed", c, e.Parameters)
			}
		}
		if e := evaluate(t, Recursive, s, Options{}); e.Acceptance.Exact() && !exact.Equal(e.Acceptance.Lo) {
			t.Errorf("%v: %v is exact", c, e.Acceptance)
		}
	}
}

// Whatever the digits, the enclosure holds the exact value, and is a few units wide.
func TestEnclosedRecursion(t *testing.T) {
	for _, k := range []int{1, 2, 5, 9} {
		oracle.Generated(t, 83, 40, k, 5, multidraft.ModelIID, func(s *multidraft.Instance) {
			exact := rejectedBySteps(s)
			for _, digits := range []uint{2, 10, 70} {
				e, err := enclosedRecursion(t.Context(), s, digits)
				if unit := rational.Dyadic(rational.NewInt(1), -int(digits)); err != nil || !e.Contains(exact) || e.Width().Cmp(unit.Mul(rational.NewRat(4, 1))) > 0 {
					t.Fatalf("%v to %d digits: %v, %v, want %v", s, digits, e, err, exact)
				}
			}
		})
	}
}

// K-SEQ with long powers: γ* where the exact surplus turns, and the acceptance around the exact one.
func TestLongKSEQIsEnclosed(t *testing.T) {
	// 1 - (1-β)^K and γβ, by their definitions.
	sides := func(s *multidraft.Instance, gamma rational.Rat) (accepted, within rational.Rat) {
		var beta rational.Rat
		for i := range s.N() {
			beta = beta.Add(rational.MinRat(s.Rows()[0].At(i), s.Target().At(i).Quo(gamma)))
		}
		return one.Sub(one.Sub(beta).Pow(s.K())), gamma.Mul(beta)
	}
	for _, c := range []struct {
		k    int
		p, q []int64
	}{
		{200, []int64{1, 500}, []int64{5, 3}},
		{150, []int64{0, 2, 3, 9000}, []int64{3, 1, 5, 1}},
	} {
		s := longInstance(t, c.k, c.p, c.q)
		e := evaluate(t, KSEQ, s, Options{})
		if len(e.Parameters) != 4 || e.Acceptance.Exact() || !e.Lossless() {
			t.Fatalf("%v: %v, %v", c, e.Parameters, e.Acceptance)
		}
		low, high := oracle.Rat(t, e.Parameters[0].Value), oracle.Rat(t, e.Parameters[1].Value)
		least, within := sides(s, high)
		if least.Cmp(within) > 0 {
			t.Errorf("%v: γ* is above %v", c, high)
		}
		most, within := sides(s, low)
		if most.Cmp(within) <= 0 {
			t.Errorf("%v: γ* is not above %v", c, low)
		}
		if !e.Acceptance.Contains(least) || !e.Acceptance.Contains(most) || e.Acceptance.Width().Cmp(rational.Dyadic(rational.NewInt(1), -50)) > 0 {
			t.Errorf("%v: acceptance %s, want %s..%s", c, e.Acceptance.Decimal(30), least.Decimal(30), most.Decimal(30))
		}
		// Below γ* the law is another, and too long to be told.
		kseq, err := Lookup(KSEQ)
		if err != nil {
			t.Fatal(err)
		}
		var unsettled *theorems.Unsettled
		if _, err := kseq.Evaluate(t.Context(), s, Options{Gamma: &low}); !errors.As(err, &unsettled) {
			t.Errorf("%v: %v, want no value for γ = %v", c, err, low)
		}
	}
}

// K of the limit takes no long power where nothing long is printed.
func TestAllDraftsThereMayBe(t *testing.T) {
	s := oracle.IIDInstance(t, multidraft.MaxDrafts, "1/3,2/3", "1/2,1/2")
	for _, name := range []string{KSEQ, Recursive, Hybrid, Importance} {
		e := evaluate(t, name, s, Options{Few: 1})
		if e.Acceptance.Lo.Cmp(rational.NewRat(999_999, 1_000_000)) < 0 || e.Acceptance.Hi.Cmp(one) > 0 || !e.Lossless() {
			t.Errorf("%s: %s", name, e.Acceptance.Decimal(20))
		}
	}
}

// What is worked out in fractions alone is refused where these are too long, at once and with their size.
func TestTooManyDraftsAreRefused(t *testing.T) {
	long := longInstance(t, 5000, []int64{1, 500}, []int64{5, 3})
	product := multidraft.Must(multidraft.New(multidraft.ModelIndependent, 500, slices.Repeat(long.Rows()[:1], 500), long.Target()))
	for _, c := range []struct {
		scheme string
		s      *multidraft.Instance
	}{{MultiStage, long}, {AlphabetIS, long}, {Recursive, product}} {
		chosen, err := Lookup(c.scheme)
		if err != nil {
			t.Fatal(err)
		}
		var unsettled *theorems.Unsettled
		if _, err := chosen.Evaluate(t.Context(), c.s, Options{}); !errors.As(err, &unsettled) || !strings.Contains(err.Error(), "digits together") {
			t.Errorf("%s: %v", c.scheme, err)
		}
	}
	// The restricted target is P* of the truncated law, scaled: enclosed like P*.
	e := evaluate(t, AlphabetMD, long, Options{Alphabet: []int{0}})
	if keep := long.Target().At(0); e.Acceptance.Hi.Cmp(keep) > 0 || e.Acceptance.Lo.IsZero() || !e.Lossless() {
		t.Errorf("%s, want at most %v", e.Acceptance.Decimal(20), keep)
	}
}

// The law of the selected token attains P* where a table of weights would take long.
func TestImportanceWithoutATable(t *testing.T) {
	s := longInstance(t, 40, []int64{1, 2, 3, 4, 5, 6, 7, 8}, []int64{8, 7, 6, 5, 4, 3, 2, 1})
	e := evaluate(t, Importance, s, Options{})
	if best := optimum.MinByEnumeration(s); e.plan.decide != nil || !e.Acceptance.Exact() || !e.Acceptance.Lo.Equal(best.Value) || !e.Lossless() {
		t.Errorf("%v, want %v without a table", e.Acceptance, best.Value)
	}
}
