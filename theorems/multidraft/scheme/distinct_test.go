package scheme

import (
	"errors"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/scheme/internal/rejection"
)

// The sums over sequences hold what the tree of residuals gives, with zeros and ties.
func TestDistinctPathsAgainstTheTree(t *testing.T) {
	c, err := Lookup(RecursiveDistinct)
	if err != nil {
		t.Fatal(err)
	}
	narrow := rational.NewRat(1, 1).Quo(rational.RatFromInt(rational.PowerOfTwo(100)))
	for k := 1; k <= 5; k++ {
		for n := k; n <= 6; n++ {
			for index := range 2 * len(multidraft.Kinds()) {
				s, err := multidraft.Generate(97, index, k, n, multidraft.ModelWithoutReplacement)
				if err != nil {
					t.Fatal(err)
				}
				want, err := c.Evaluate(t.Context(), s, Options{})
				if err != nil {
					t.Fatal(err)
				}
				if !want.Acceptance.Exact() {
					t.Fatalf("%v: %v, want a number", s, want.Acceptance)
				}
				// In turn and without the law, which ends early where no draft is accepted any more.
				if alone, err := RejectDistinctInTurn(t.Context(), s); err != nil || !alone.Equal(want.Acceptance.Lo) {
					t.Fatalf("%v, p = %v, q = %v: %v alone, %v, with the law %v", s, s.Rows()[0].Rats(), s.Target().Rats(), alone, err, want.Acceptance.Lo)
				}
				got, err := rejection.Enclose(t.Context(), s, narrow)
				if err != nil || !got.Contains(want.Acceptance.Lo) || got.Width().Cmp(narrow) > 0 {
					t.Fatalf("%v, p = %v, q = %v: %v, %v, by the tree %v", s, s.Rows()[0].Rats(), s.Target().Rats(), got, err, want.Acceptance.Lo)
				}
			}
		}
	}
}

// Over a vocabulary two drafts are enclosed, and many are refused.
func TestDistinctPathsOfAVocabulary(t *testing.T) {
	rng := oracle.NewRand(98)
	law := func(n int) multidraft.Distribution {
		w := make([]rational.Int, n)
		for i := range w {
			w[i] = rational.NewInt(rng.Int64N(1 << 40))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	c, err := Lookup(RecursiveDistinct)
	if err != nil {
		t.Fatal(err)
	}
	drafts := func(k, n int) *multidraft.Instance {
		return multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, k, []multidraft.Distribution{law(n)}, law(n)))
	}
	s := drafts(2, 5000)
	e, err := c.Evaluate(t.Context(), s, Options{})
	if err != nil || e.Acceptance.Width().Float64() > 1e-40 || !e.Lossless() {
		t.Fatalf("%v, %v", e, err)
	}
	with, err := recursiveAcceptance(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelIID, 2, s.Rows()[:1], s.Target())), Options{})
	if err != nil || !with.Exact() {
		t.Fatalf("%v, %v", with, err)
	}
	if e.Acceptance.Lo.Cmp(with.Lo) < 0 || e.Acceptance.Hi.Cmp(e.Best.Lo) > 0 { // MD-R2
		t.Errorf("%v, with replacement %v, at most %v", e.Acceptance, with, e.Best)
	}
	if c, err = Lookup(Importance); err != nil {
		t.Fatal(err)
	}
	if best, err := c.Evaluate(t.Context(), s, Options{}); err != nil || best.Acceptance != best.Best || !best.Gap.Exact() || !best.Gap.Lo.IsZero() || !best.Lossless() {
		t.Errorf("%v, %v", best, err)
	}
	if c, err = Lookup(RecursiveDistinct); err != nil {
		t.Fatal(err)
	}
	// Many sequences of few tokens: groups are narrow enough, and are taken.
	if e, err = c.Evaluate(t.Context(), drafts(3, 520), Options{}); err != nil || e.Acceptance.Width().Float64() < 1e-20 || e.Acceptance.Width().Float64() > 1e-9 {
		t.Errorf("%v, %v, want an interval of groups", e.Acceptance, err)
	}
	// A width that is not reached is said, and none that is.
	for _, asked := range []struct {
		within rational.Rat
		wider  bool
	}{{rational.NewRat(1, 1<<40), false}, {one.Quo(rational.RatFromInt(rational.PowerOfTwo(200))), true}} {
		if e, err = c.Evaluate(t.Context(), s, Options{Within: &asked.within}); err != nil || e.Acceptance.Exact() {
			t.Fatalf("%v, %v, want an interval", e, err)
		}
		if said := slices.ContainsFunc(e.Parameters, func(p Parameter) bool { return p.Name == "width of the acceptance" }); said != asked.wider {
			t.Errorf("within %v: %v, want the width there: %v", asked.within, e.Parameters, asked.wider)
		}
	}
	var unsettled *theorems.Unsettled
	if _, err := c.Evaluate(t.Context(), drafts(9, 300), Options{}); !errors.As(err, &unsettled) {
		t.Errorf("%v, want no value", err)
	}
}

// Two drafts over a few hundred tokens have a tree that is small, and fractions that are not: they are enclosed, around the sum over the
// first draft.
func TestLongFractionsWithoutReplacement(t *testing.T) {
	rng := oracle.NewRand(98)
	law := func() multidraft.Distribution {
		var w []rational.Int
		for range 300 {
			w = append(w, rational.NewInt(1+rng.Int64N(1<<50)))
		}
		return multidraft.Must(multidraft.FromWeights("p", w))
	}
	s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 2, []multidraft.Distribution{law()}, law()))
	p, q := s.Rows()[0].Rats(), s.Target().Rats()
	digits := func(x rational.Rat) enclose.Interval { return enclose.Point(x).Outward(300) }
	var left rational.Rat
	for i := range p {
		left = left.Add(rational.MaxRat(rational.Rat{}, q[i].Sub(p[i])))
	}
	// 1 - left at the first draft; and at the second, off a first one x that was rejected.
	want := digits(one.Sub(left))
	for x := range p {
		rejected := p[x].Sub(q[x])
		if rejected.Sign() <= 0 {
			continue
		}
		second := digits(rational.Rat{})
		for y := range p {
			if y != x {
				second = second.Add(digits(rational.MinRat(p[y].Quo(one.Sub(p[x])), rational.MaxRat(rational.Rat{}, q[y].Sub(p[y])).Quo(left))))
			}
		}
		want = want.Add(second.Scale(rejected).Outward(300))
	}
	e := evaluate(t, RecursiveDistinct, s, Options{})
	if e.Acceptance.Exact() || e.Acceptance.Width().Cmp(rational.Dyadic(rational.NewInt(1), -120)) > 0 || e.Acceptance.Lo.Cmp(want.Hi) > 0 || want.Lo.Cmp(e.Acceptance.Hi) > 0 || !e.Lossless() {
		t.Errorf("%s, want %s", e.Acceptance.Decimal(45), want.Decimal(45))
	}
}

// Sequences that may be rejected are counted, and end where the target has nothing left of what can be drawn: of
// eleven tokens the ninth has all that is accepted, and the rest of the target cannot be drafted.
func TestRejectDistinctInTurnEnds(t *testing.T) {
	p := multidraft.Must(multidraft.FromWeights("p", rational.NewVector(7, 6, 5, 4, 3, 2, 1, 8, 9, 10, 0)))
	for _, c := range []struct {
		q    rational.Vector
		want string
	}{
		{rational.NewVector(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 10), "1/11"},
		{rational.NewVector(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), "0"},
		{rational.NewVector(0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 1), ""},
	} {
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 8, []multidraft.Distribution{p}, multidraft.Must(multidraft.FromWeights("q", c.q))))
		got, err := RejectDistinctInTurn(t.Context(), s)
		var open *theorems.Unsettled
		if c.want == "" && !errors.As(err, &open) || c.want != "" && (err != nil || got.String() != c.want) {
			t.Errorf("q = %v: %v, %v, want %q", c.q, got, err, c.want)
		}
	}
}
