package optimum

import (
	"slices"
	"testing"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
)

// smallPairs are searches over few tokens, with all values g(S) by definition, and a(S).
func smallPairs(t *testing.T, check func(x *pairSearch, sets [][]int, g, a []rational.Int)) {
	t.Helper()
	rng := oracle.NewRand(77)
	for range 150 {
		n := 1 + rng.IntN(5)
		law := func() multidraft.Distribution {
			w := make([]rational.Int, n)
			for i := range w {
				w[i] = rational.NewInt(rng.Int64N(4))
			}
			w[rng.IntN(n)] = rational.NewInt(4)
			return multidraft.Must(multidraft.FromWeights("p", w))
		}
		a, b, q := law(), law(), law()
		for _, sign := range []int64{1, -1} {
			x := newPairSearch(a, b, q, sign, newPairGuess(a, b, q))
			sets := each.Of(withSubsets(multidraft.NewTokenSet(n), multidraft.Identity(n)), multidraft.TokenSet.Tokens)
			var values, masses []rational.Int
			for _, set := range sets {
				values = append(values, x.sOf(set).Sub(x.c.Mul(x.mass(x.a, set)).Mul(x.mass(x.b, set))))
				masses = append(masses, x.mass(x.a, set))
			}
			check(x, sets, values, masses)
		}
	}
}

// What is said to be proved of an interval holds, whatever set is the best so far; of a single number what is
// not proved gives a better set.
func TestTangentsProveWhatHolds(t *testing.T) {
	proofs, better := 0, 0
	smallPairs(t, func(x *pairSearch, sets [][]int, g, a []rational.Int) {
		for start := 0; start < len(sets); start += 1 + len(sets)/4 {
			for from := int64(0); rational.NewInt(from).Cmp(x.total) <= 0; from++ {
				for to := from; to <= from+3 && rational.NewInt(to).Cmp(x.total) <= 0; to++ {
					x.known = false
					x.keep(sets[start])
					before := x.least
					if !x.proved(rational.NewInt(from), rational.NewInt(to)) {
						if from == to && x.least.Cmp(before) >= 0 {
							t.Fatalf("q = %v, a = %v, b = %v: at a(S) = %d neither a proof nor a set below %v", x.q, x.a, x.b, from, before)
						}
						better++
						continue
					}
					proofs++
					for j := range sets {
						if a[j].Cmp(rational.NewInt(from)) >= 0 && a[j].Cmp(rational.NewInt(to)) <= 0 && g[j].Cmp(x.least) < 0 {
							t.Fatalf("q = %v, a = %v, b = %v: %v has %v, proved at %d..%d are %v", x.q, x.a, x.b, sets[j], g[j], from, to, x.least)
						}
					}
				}
			}
		}
	})
	if proofs < 1000 || better < 1000 {
		t.Errorf("%d proofs, %d without: the test sees too few", proofs, better)
	}
}

// A set that is offered is improved until it is the set of its own tangent, which is all that can be proved.
func TestOfferedSetsAreTheirOwnTangents(t *testing.T) {
	smallPairs(t, func(x *pairSearch, sets [][]int, _, _ []rational.Int) {
		for _, set := range sets {
			x.known = false
			x.offer(set)
			if own := x.tangentSet(x.bestA, x.bestB); !slices.Equal(own, x.best) {
				t.Fatalf("q = %v, a = %v, b = %v: from %v to %v, whose tangent has %v", x.q, x.a, x.b, set, x.best, own)
			}
		}
	})
}
