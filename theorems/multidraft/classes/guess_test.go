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

// The masses of levels are those of the tokens, and keep their mean. Once no spread is too large the law of the levels can be reached, and where
// none is too large at first no level is added.
func TestGuessedMasses(t *testing.T) {
	refined, left := 0, 0
	for _, n := range []int{6, 60} {
		for k := 2; k <= 4; k++ {
			oracle.Generated(t, 94, 24, k, n, multidraft.ModelIID, func(s *multidraft.Instance) {
				g := newGuess(s, newSums(s))
				begun, worst := len(g.levels), checkMasses(t, g)
				if !g.refine() {
					return
				}
				if after := checkMasses(t, g); after < -1e-8 {
					t.Fatalf("%v: the first of the levels %v have %v less than they must", s, g.levels, -after)
				}
				switch {
				case len(g.levels) > begun && worst >= 0:
					t.Fatalf("%v: levels are added where none is needed: %v", s, g.levels)
				case len(g.levels) > begun:
					refined++
				case worst >= 0:
					left++
				}
			})
		}
	}
	if refined < 20 || left < 20 {
		t.Errorf("%d guesses refined, %d left: the test sees too few", refined, left)
	}
}

// checkMasses returns by how much the first levels, those of the worst, have more than k drafts put there at least.
func checkMasses(t *testing.T, g *guess) (worst float64) {
	t.Helper()
	worst = 1
	mass, value := 0.0, 0.0
	for b, w := range g.masses() {
		mass, value = mass+w, value+w*float64(g.levels[b])
		worst = min(worst, value-math.Pow(mass, float64(g.k)))
	}
	n := len(g.ratios)
	if math.Abs(mass-g.pUp[n]) > 1e-9 || math.Abs(value-g.tUp[n]) > 1e-8 {
		t.Fatalf("the levels %v have mass %v and value %v, want %v and %v", g.levels, mass, value, g.pUp[n], g.tUp[n])
	}
	return worst
}
