package classes

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/multidraft"
)

// powers is a law of weights m·2^-e with e up to most.
func powers(t *testing.T, rng *rand.Rand, n, most int) multidraft.Distribution {
	t.Helper()
	weights := make([]rational.Int, n)
	for i := range weights {
		if rng.IntN(8) > 0 || i == 0 {
			weights[i] = rational.NewInt(1 + rng.Int64N(9)).Mul(rational.PowerOfTwo(rng.IntN(most + 1)))
		}
	}
	d, err := multidraft.FromWeights("law", weights)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Tokens whose mass is not seen in floats beside 1, or is none, and whose ratios are none either, do not end the search
// for a rule: what they can lose is as little.
func TestTinyTails(t *testing.T) {
	rng := rand.New(rand.NewPCG(18, 7))
	gap := rational.NewRat(1, 1_000_000_000)
	for _, most := range []int{20, 60, 200, 1200, 3000} {
		for range 120 {
			k, n := 1+rng.IntN(8), 1+rng.IntN(8)
			s, err := multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{powers(t, rng, n, most)}, powers(t, rng, n, most*rng.IntN(2)))
			if err != nil {
				t.Fatal(err)
			}
			_, e, err := Optimal(context.Background(), s, gap)
			var unsettled *theorems.Unsettled
			if errors.As(err, &unsettled) {
				t.Errorf("%v: p = %v, q = %v: %v", s, s.Rows()[0].Rats(), s.Target().Rats(), err)
			} else if err != nil {
				t.Fatal(err)
			} else if e.Gap.Cmp(gap) > 0 || e.Gap.Sign() < 0 {
				t.Errorf("%v: gap %v", s, e.Gap)
			}
		}
	}
}
