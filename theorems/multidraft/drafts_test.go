package multidraft_test

import (
	"slices"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

func TestSupportLawAgainstAllWords(t *testing.T) {
	oracle.SmallCells(4, 4, func(k, n int, model string) {
		oracle.Generated(t, 1, 20, k, n, model, func(in *multidraft.Instance) {
			d := in.Drafts()
			want := oracle.SupportLaw(d)
			var total rational.Rat
			for j, b := range d.SupportLaw() {
				if !b.Equal(want[j]) {
					t.Fatalf("%v: b of %v is %v, words give %v", in, multidraft.Supports(k, n)[j], b, want[j])
				}
				total = total.Add(b)
			}
			if !total.Equal(oracle.One) {
				t.Fatalf("%v: law of the support sums to %v", in, total)
			}
			for s := range multidraft.FullSet(n) + 1 {
				if !d.B(s).Equal(oracle.B(d, s)) {
					t.Fatalf("%v: B(%v) = %v, words give %v", in, s, d.B(s), oracle.B(d, s))
				}
			}
		})
	})
}

// The identity behind MD-T2 and MD-T3 for iid drafts: the b_T by
// inclusion-exclusion, and their sum over T within S against p(S)^K.
func TestMDT2_IIDSupportLawByInclusionExclusion(t *testing.T) {
	oracle.Generated(t, 2, 16, 3, 6, multidraft.ModelIID, func(in *multidraft.Instance) {
		d := in.Drafts().(*multidraft.IID)
		for j, set := range multidraft.Supports(3, 6) {
			var want rational.Rat
			for a := set; a != 0; a = (a - 1) & set {
				var mass rational.Rat
				for _, i := range a.Tokens() {
					mass = mass.Add(d.P()[i])
				}
				term := mass.Pow(3)
				if (set.Len()-a.Len())%2 == 1 {
					term = term.Neg()
				}
				want = want.Add(term)
			}
			if !d.SupportLaw()[j].Equal(want) {
				t.Fatalf("%v: b of %v is %v, inclusion-exclusion gives %v", in, set, d.SupportLaw()[j], want)
			}
		}
	})
}

func TestIntegerFormIsTheSmallestCommonUnit(t *testing.T) {
	oracle.SmallCells(3, 4, func(k, n int, model string) {
		oracle.Generated(t, 3, 16, k, n, model, func(in *multidraft.Instance) {
			want := rational.NewInt(1)
			for _, x := range append(in.Drafts().SupportLaw(), in.Target().Rats()...) {
				want = rational.LCM(want, x.Den())
			}
			g := in.Integer()
			if !g.Unit.Equal(want) {
				t.Fatalf("%v: unit %v, want %v", in, g.Unit, want)
			}
			for j, b := range in.Drafts().SupportLaw() {
				if !rational.RatFromInts(g.Supply[j], g.Unit).Equal(b) {
					t.Fatalf("%v: supply of %v is %v/%v, want %v", in, g.Supports[j], g.Supply[j], g.Unit, b)
				}
			}
			for i, q := range in.Target().Rats() {
				if !rational.RatFromInts(g.Demand[i], g.Unit).Equal(q) {
					t.Fatalf("%v: demand of %d is %v/%v, want %v", in, i+1, g.Demand[i], g.Unit, q)
				}
			}
		})
	})
}

func TestBadDraftsAreErrorsThatNameThePlace(t *testing.T) {
	half := oracle.Rats(t, "1/2,1/2")
	word := func(p string, tokens ...int) multidraft.Word {
		return multidraft.Word{Tokens: tokens, Probability: oracle.Rat(t, p)}
	}
	iid := func(k int, p string) error { _, err := multidraft.NewIID(k, oracle.Rats(t, p)); return err }
	joint := func(words ...multidraft.Word) error { _, err := multidraft.NewJoint(2, 2, words); return err }
	independent := func(p ...[]rational.Rat) error { _, err := multidraft.NewIndependent(p); return err }
	distinct := func(k int, p string) error {
		_, err := multidraft.NewWithoutReplacement(k, oracle.Rats(t, p))
		return err
	}
	instance := func(q string) error {
		target, err := multidraft.NewDistribution("q", oracle.Rats(t, q))
		if err == nil {
			_, err = multidraft.NewInstance(multidraft.Must(multidraft.NewIID(2, half)), target)
		}
		return err
	}

	for _, c := range []struct {
		err  error
		want string
	}{
		{iid(0, "1"), "K = 0"},
		{iid(multidraft.MaxDrafts+1, "1"), "K = 65537"},
		{iid(2, "1/2,-1/2,1"), "p_2 = -1/2 is negative"},
		{iid(2, "1/2,1/4"), "p sums to 3/4"},
		{func() error { _, err := multidraft.NewIID(2, nil); return err }(), "p: empty distribution"},
		{independent(), "K = 0"},
		{independent(half, oracle.Rats(t, "1")), "draft 2 has 1 tokens, draft 1 has 2"},
		{independent(half, oracle.Rats(t, "1/2,1/3")), "draft 2: p sums to 5/6"},
		{distinct(3, "1/2,1/2,0"), "positive probability to 2 tokens, want at least K = 3"},
		{distinct(2, "1/2,1/3,0"), "p sums to 5/6"},
		{joint(), "law: empty"},
		{joint(word("1", 0)), "word 1: 1 tokens, want K = 2"},
		{joint(word("1", 0, 2)), "word 1: draft 2 is token 3, want 1..2"},
		{joint(word("1", -1, 0)), "word 1: draft 1 is token 0, want 1..2"},
		{joint(word("1/2", 0, 1), word("1/2", 0, 1)), "word 2 is listed twice"},
		{joint(word("3/2", 0, 1), word("-1/2", 0, 0)), "law_2 = -1/2 is negative"},
		{joint(word("1/2", 0, 1)), "law sums to 1/2"},
		{instance("1"), "q has 1 entries, the drafts have 2 tokens"},
		{instance("1/2,1/3"), "q sums to 5/6"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", c.err, c.want)
		}
	}
}

func TestDraftMisusePanics(t *testing.T) {
	d := multidraft.Must(multidraft.NewIID(2, oracle.Rats(t, "1/2,1/2")))
	large := multidraft.Must(multidraft.NewIID(2, oracle.Weighted(t, slices.Repeat(rational.NewVector(1), 63)).Rats()))
	for name, misuse := range map[string]func(){
		"short word":    func() { d.Word([]int{0}) },
		"outside token": func() { d.Word([]int{0, 2}) },
		"outside set":   func() { d.B(multidraft.SetOf(2)) },
		"many tokens":   func() { large.B(0) },
		"many supports": func() { large.SupportLaw() },
	} {
		if !panics(misuse) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func TestJointLawIsSortedWithoutZeros(t *testing.T) {
	d := multidraft.Must(multidraft.NewJoint(2, 2, []multidraft.Word{
		{Tokens: []int{1, 0}, Probability: oracle.Rat(t, "1/3")},
		{Tokens: []int{1, 1}},
		{Tokens: []int{0, 1}, Probability: oracle.Rat(t, "2/3")},
	}))
	words := d.Words()
	if len(words) != 2 || multidraft.TokenList(words[0].Tokens) != "1,2" || multidraft.TokenList(words[1].Tokens) != "2,1" {
		t.Errorf("Words() = %v", words)
	}
}

func BenchmarkSupportLaw(b *testing.B) {
	for _, model := range multidraft.Models() {
		b.Run(model, func(b *testing.B) {
			for b.Loop() {
				in, err := multidraft.Generate(1, 0, 6, 14, model)
				if err != nil {
					b.Fatal(err)
				}
				in.Integer()
			}
		})
	}
}

// A law is long if its numbers are many and long: long ones of few sets, and short ones of many, are not.
func TestLongLaws(t *testing.T) {
	rng := oracle.NewRand(18)
	distinct := func(k, n int, weight func(i int) rational.Int) *multidraft.Instance {
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = weight(i)
		}
		p := multidraft.Must(multidraft.FromWeights("p", w))
		return multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{p}, p))
	}
	floats := func(int) rational.Int { return rational.NewInt(1 + rng.Int64N(1<<32)) }
	long := func(int) rational.Int { return rational.PowerOfTwo(3000).Add(rational.NewInt(rng.Int64N(1 << 40))) }
	equal := func(int) rational.Int { return rational.NewInt(1) }
	small := func(i int) rational.Int { return rational.NewInt(int64(1 + i%7)) }
	two := func(i int) rational.Int { return rational.PowerOfTwo(i % 2 * 70) }
	zeros := func(i int) rational.Int { return rational.NewInt(int64(max(0, 5-i)) << 40) }
	for _, c := range []struct {
		k, n   int
		weight func(i int) rational.Int
		want   bool
	}{
		{4, 20, floats, false}, {4, 36, floats, true}, {3, 100, floats, true}, {2, 300, floats, false}, {8, 128000, floats, true},
		{4, 10, long, false}, {4, 30, long, true},
		{4, 60, equal, false}, {4, 40, small, false}, {4, 40, two, false}, {4, 128000, zeros, false}, {60, 62, floats, true},
	} {
		if got := distinct(c.k, c.n, c.weight).LongLaw(); got != c.want {
			t.Errorf("%d of %d tokens, p = %v ...: %v, want %v", c.k, c.n, c.weight(0), got, c.want)
		}
	}
	s := distinct(8, 1000, floats)
	if !s.LongLaw() || multidraft.Must(multidraft.New(multidraft.ModelIID, 8, s.Rows()[:1], s.Target())).LongLaw() {
		t.Error("iid drafts have no such law")
	}
}

// What is kept of a law has the weight that is left for its unit, and tokens that are never drafted have what others leave as one.
func TestRestrictedAndMergedLaws(t *testing.T) {
	q := multidraft.Must(multidraft.NewDistribution("q", oracle.Rats(t, "1/2,1/8,1/8,1/4")))
	kept := q.Only(func(i int) bool { return i > 1 })
	if want := oracle.Rats(t, "0,0,1/3,2/3"); !slices.EqualFunc(kept.Rats(), want, rational.Rat.Equal) {
		t.Errorf("%v, want %v", kept.Rats(), want)
	}
	p := multidraft.Must(multidraft.NewDistribution("p", oracle.Rats(t, "0,1/2,1/2,0")))
	merged, _ := multidraft.Must(multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{p}, q)).Merge()
	if want := oracle.Rats(t, "1/8,1/8,3/4"); !slices.EqualFunc(merged.Target().Rats(), want, rational.Rat.Equal) {
		t.Errorf("%v, want %v", merged.Target().Rats(), want)
	}
}
