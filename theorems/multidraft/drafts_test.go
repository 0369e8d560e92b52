package multidraft

import (
	"strings"
	"testing"

	"pstar/rational"
)

func TestSupportLawAgainstAllWords(t *testing.T) {
	smallCells(4, 4, func(k, n int, model string) {
		generated(t, 1, 20, k, n, model, func(in *Instance) {
			d := in.Drafts()
			want := naiveSupportLaw(d)
			var total rational.Rat
			for j, b := range d.SupportLaw() {
				if !b.Equal(want[j]) {
					t.Fatalf("%v: b of %v is %v, words give %v", in, Supports(k, n)[j], b, want[j])
				}
				total = total.Add(b)
			}
			if !total.Equal(one) {
				t.Fatalf("%v: law of the support sums to %v", in, total)
			}
			for s := range FullSet(n) + 1 {
				if !d.B(s).Equal(naiveB(d, s)) {
					t.Fatalf("%v: B(%v) = %v, words give %v", in, s, d.B(s), naiveB(d, s))
				}
			}
		})
	})
}

// The identity behind MD-T2 and MD-T3 for iid drafts: the b_T by
// inclusion-exclusion, and their sum over T within S against p(S)^K.
func TestMDT2_IIDSupportLawByInclusionExclusion(t *testing.T) {
	generated(t, 2, 16, 3, 6, ModelIID, func(in *Instance) {
		d := in.Drafts().(*IID)
		for j, set := range Supports(3, 6) {
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
	smallCells(3, 4, func(k, n int, model string) {
		generated(t, 3, 16, k, n, model, func(in *Instance) {
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
	half := rats(t, "1/2,1/2")
	word := func(p string, tokens ...int) Word { return Word{Tokens: tokens, Probability: rat(t, p)} }
	iid := func(k int, p string) error { _, err := NewIID(k, rats(t, p)); return err }
	joint := func(words ...Word) error { _, err := NewJoint(2, 2, words); return err }
	independent := func(p ...[]rational.Rat) error { _, err := NewIndependent(p); return err }
	distinct := func(k int, p string) error { _, err := NewWithoutReplacement(k, rats(t, p)); return err }
	instance := func(q string) error { _, err := NewInstance(must(NewIID(2, half)), rats(t, q)); return err }
	long := make([]rational.Rat, MaxTokens+1)

	for _, c := range []struct {
		err  error
		want string
	}{
		{iid(0, "1"), "K = 0"},
		{iid(MaxDrafts+1, "1"), "K = 65537"},
		{iid(2, "1/2,-1/2,1"), "p_2 = -1/2 is negative"},
		{iid(2, "1/2,1/4"), "p sums to 3/4"},
		{func() error { _, err := NewIID(2, nil); return err }(), "alphabet of 0 tokens"},
		{func() error { _, err := NewIID(2, long); return err }(), "alphabet of 63 tokens"},
		{independent(), "K = 0"},
		{independent(half, rats(t, "1")), "draft 2 has 1 tokens, draft 1 has 2"},
		{independent(half, rats(t, "1/2,1/3")), "draft 2: p sums to 5/6"},
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
	d := must(NewIID(2, rats(t, "1/2,1/2")))
	for name, misuse := range map[string]func(){
		"short word":    func() { d.Word([]int{0}) },
		"outside token": func() { d.Word([]int{0, 2}) },
		"outside set":   func() { d.B(SetOf(2)) },
	} {
		if !panics(misuse) {
			t.Errorf("%s: no panic", name)
		}
	}
}

func TestJointLawIsSortedWithoutZeros(t *testing.T) {
	d := must(NewJoint(2, 2, []Word{
		{Tokens: []int{1, 0}, Probability: rat(t, "1/3")},
		{Tokens: []int{1, 1}},
		{Tokens: []int{0, 1}, Probability: rat(t, "2/3")},
	}))
	words := d.Words()
	if len(words) != 2 || tokenList(words[0].Tokens) != "1,2" || tokenList(words[1].Tokens) != "2,1" {
		t.Errorf("Words() = %v", words)
	}
}

func BenchmarkSupportLaw(b *testing.B) {
	for _, model := range Models() {
		b.Run(model, func(b *testing.B) {
			for b.Loop() {
				in, err := Generate(1, 0, 6, 14, model)
				if err != nil {
					b.Fatal(err)
				}
				in.Integer()
			}
		})
	}
}
