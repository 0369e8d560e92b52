package scheme

import (
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// Groups of tokens enclose what the sums over sequences give: few groups, whose slopes matter, and as many as
// there are tokens.
func TestThreeDraftsAgainstSequences(t *testing.T) {
	for n := 3; n <= 9; n++ {
		for index := range 3 * len(multidraft.Kinds()) {
			s, err := multidraft.Generate(99, index, 3, n, multidraft.ModelWithoutReplacement)
			if err != nil {
				t.Fatal(err)
			}
			want, err := encloseDistinct(t.Context(), s)
			if err != nil {
				t.Fatal(err)
			}
			for _, groups := range []int{1, 2, 4, n} {
				got, err := encloseThree(t.Context(), s, groups)
				if err != nil || got.Lo.Cmp(want.Lo) > 0 || got.Hi.Cmp(want.Hi) < 0 {
					t.Fatalf("%v, %d groups, p = %v, q = %v: %v, %v, want %v", s, groups, s.Rows()[0].Rats(), s.Target().Rats(), got, err, want)
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

// The error falls with the square of the width of groups: with a tenth as many groups as tokens it is small
// enough for a wrong sign of a slope to show.
func TestThreeDraftsAreNarrow(t *testing.T) {
	p, q := smoothLaw(100, 1), smoothLaw(100, 2)
	s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 3, []multidraft.Distribution{p}, q))
	want, err := encloseDistinct(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for groups, width := range map[int]float64{4: 2e-5, 10: 2e-6, 30: 2e-7, 100: 1e-12} {
		got, err := encloseThree(t.Context(), s, groups)
		if err != nil || got.Lo.Cmp(want.Lo) > 0 || got.Hi.Cmp(want.Hi) < 0 || got.Width().Float64() > width {
			t.Errorf("%d groups: %v of width %v, %v, want %v", groups, got, got.Width().Float64(), err, want)
		}
	}
}

// Where one or two tokens have nearly all of p, hardly anything is left to draw from behind them.
func TestThreeDraftsOfPeaks(t *testing.T) {
	rng := oracle.NewRand(100)
	for trial := range 60 {
		p, q := make([]rational.Int, 8), make([]rational.Int, 8)
		for i := range p {
			p[i], q[i] = rational.NewInt(1+rng.Int64N(9)), rational.NewInt(rng.Int64N(1<<20))
		}
		p[rng.IntN(8)], p[rng.IntN(8)] = rational.PowerOfTwo(20+trial), rational.PowerOfTwo(10+rng.IntN(30))
		s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 3,
			[]multidraft.Distribution{multidraft.Must(multidraft.FromWeights("p", p))}, multidraft.Must(multidraft.FromWeights("q", q))))
		want, err := encloseDistinct(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		for _, groups := range []int{2, 8} {
			got, err := encloseThree(t.Context(), s, groups)
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

// A law is never rejected if it is that of the target.
func TestThreeDraftsOfTheTarget(t *testing.T) {
	p := smoothLaw(50, 3)
	s := multidraft.Must(multidraft.New(multidraft.ModelWithoutReplacement, 3, []multidraft.Distribution{p}, p))
	if got, err := encloseThree(t.Context(), s, 10); err != nil || !got.Exact() || !got.Lo.Equal(one) {
		t.Errorf("%v, %v, want 1", got, err)
	}
}
