package classes

import (
	"math"
	"testing"

	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
)

// The law that is guessed gives the minimising set what K drafts put there at least, and all tokens 1 together; it rises with the
// ratio q/p, inside the set no token has less than q, and outside none more.
func TestGuessedLaws(t *testing.T) {
	for k := 1; k <= 4; k++ {
		for n := 1; n <= 6; n++ {
			oracle.Generated(t, 93, 24, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				sums := newSums(s)
				g := newGuess(s, sums)
				cut := len(optimum.MinOverPrefixes(k, sums.p, sums.q).Tokens)
				all := g.pUp[len(g.pUp)-1]
				if inside := math.Pow(g.pUp[cut], float64(k)); math.Abs(g.tUp[cut]-inside) > 1e-9 || math.Abs(g.tUp[len(g.tUp)-1]-all) > 1e-9 {
					t.Fatalf("%v: p = %v, q = %v: %v inside and %v together, want %v and %v",
						s, s.Rows()[0].Rats(), s.Target().Rats(), g.tUp[cut], g.tUp[len(g.tUp)-1], inside, all)
				}
				for j, i := range sums.order {
					q := sums.q.At(i).Quo(sums.p.At(i)).Float64()
					if j < cut && g.ratios[j] < q-1e-9 || j >= cut && g.ratios[j] > q+1e-9 || j > 0 && g.ratios[j] < g.ratios[j-1]-1e-9 {
						t.Fatalf("%v: p = %v, q = %v: ratios %v", s, s.Rows()[0].Rats(), s.Target().Rats(), g.ratios)
					}
				}
			})
		}
	}
}
