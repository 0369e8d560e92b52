package study

import (
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/internal/oracle"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
)

// The corrected statements hold where the printed ones fail. The numbers of equations are those of
// the papers.

// randomLaw is a law of positive probabilities.
func randomLaw(rng *rand.Rand, n int) multidraft.Distribution {
	w := make([]rational.Int, n)
	for i := range w {
		w[i] = rational.NewInt(1 + rng.Int64N(20))
	}
	return multidraft.Must(multidraft.FromWeights("p", w))
}

// massOn is p(S) as a function of S.
func massOn(p multidraft.Distribution) func(s multidraft.Set) rational.Rat {
	return func(s multidraft.Set) rational.Rat { return rational.RatFromInts(p.MassOf(s.Tokens()), p.Unit) }
}

// sides are two sides that are equal as corrected, and the right one as printed.
type sides struct{ left, corrected, printed rational.Rat }

func checkMisprint(t *testing.T, sides func(rng *rand.Rand, p, q func(multidraft.Set) rational.Rat) sides) {
	t.Helper()
	rng, differ := oracle.NewRand(140), false
	for range 50 {
		x := sides(rng, massOn(randomLaw(rng, 6)), massOn(randomLaw(rng, 6)))
		if !x.left.Equal(x.corrected) {
			t.Fatalf("corrected: %v, want %v", x.corrected, x.left)
		}
		differ = differ || !x.printed.Equal(x.left)
	}
	if !differ {
		t.Error("as printed it holds, too")
	}
}

func total(terms ...rational.Rat) (sum rational.Rat) {
	for _, v := range terms {
		sum = sum.Add(v)
	}
	return sum
}

var two = rational.NewRat(2, 1)

// [MD] (140): the products of U with Ω∖W are counted twice.
func TestMisprint_MD140(t *testing.T) {
	checkMisprint(t, func(rng *rand.Rand, p, _ func(multidraft.Set) rational.Rat) sides {
		w := 1 + multidraft.Set(rng.IntN(1<<6-2))
		w1 := w & multidraft.Set(rng.IntN(1<<6))
		u, off := w&^w1, multidraft.FullSet(6)&^w
		rest := total(p(w1).Mul(p(w1)), p(u).Mul(p(u)), two.Mul(p(w1)).Mul(p(u).Add(p(off))))
		last := p(u).Mul(p(off))
		return sides{p(w).Mul(p(w)).Add(two.Mul(p(w)).Mul(p(off))), rest.Add(two.Mul(last)), rest.Add(last)}
	})
}

// [MD] after (144): the first sum is squared; with it the row is that of Lemma 4, q(S) + t(V_1) + Pr(some draft is
// off S and V_1).
func TestMisprint_MD144(t *testing.T) {
	checkMisprint(t, func(rng *rand.Rand, p, _ func(multidraft.Set) rational.Rat) sides {
		in := multidraft.Set(rng.IntN(1 << 6)) // S and V_1
		off := multidraft.FullSet(6) &^ in
		cross := two.Mul(p(in)).Mul(p(off))
		return sides{one.Sub(p(in).Mul(p(in))), p(off).Mul(p(off)).Add(cross), p(off).Add(cross)}
	})
}

// [IS] (72): squares of p(S_1∖R), and p(R) in place of q(R); the products are all counted twice.
func TestMisprint_IS72(t *testing.T) {
	checkMisprint(t, func(rng *rand.Rand, p, q func(multidraft.Set) rational.Rat) sides {
		s1, s2 := multidraft.Set(rng.IntN(1<<6)), multidraft.Set(rng.IntN(1<<6))
		both := s1 & s2
		a, b, r := p(s1&^both), p(s2&^both), p(both)
		sums := q(s1 | s2).Add(q(both))
		return sides{
			total(q(s1), q(s2)).Sub(p(s1).Mul(p(s1))).Sub(p(s2).Mul(p(s2))),
			sums.Sub(total(a.Mul(a), r.Mul(r), two.Mul(a).Mul(r), b.Mul(b), r.Mul(r), two.Mul(b).Mul(r))),
			sums.Sub(total(a, r.Mul(r), two.Mul(a).Mul(q(both)), b.Mul(b), b.Mul(r), r.Mul(r), two.Mul(b).Mul(r))),
		}
	})
}

// [IS] (154), [MD] (167): "+" between the two sums. With all variables eliminated the row is t(S) <= Pr(some draft is
// in S), of which the second sum is the part with one draft off S.
func TestMisprint_MD167(t *testing.T) {
	checkMisprint(t, func(rng *rand.Rand, p, _ func(multidraft.Set) rational.Rat) sides {
		s := 1 + multidraft.Set(rng.IntN(1<<6-2))
		off := multidraft.FullSet(6) &^ s
		// Without the sign the two sums, of which the first is empty, are a product.
		return sides{one.Sub(p(off).Mul(p(off))), p(s).Mul(p(s)).Add(two.Mul(p(s)).Mul(p(off))), p(s).Mul(p(s))}
	})
}

// [IS] (168), first line: the sums are over T and off it, as in the line for R. As printed a law that
// accepts a draft in T whenever there is one breaks it.
func TestMisprint_IS168(t *testing.T) {
	checkMisprint(t, func(rng *rand.Rand, p, _ func(multidraft.Set) rational.Rat) sides {
		set := 1 + multidraft.Set(rng.IntN(1<<6-2)) // T
		r := set & multidraft.Set(rng.IntN(1<<6))
		all := multidraft.FullSet(6)
		row := func(inner multidraft.Set) rational.Rat {
			return p(set).Mul(p(set)).Add(two.Mul(p(inner)).Mul(p(all &^ inner)))
		}
		accepted := one.Sub(p(all &^ set).Mul(p(all &^ set)))
		return sides{accepted, row(set), row(r)}
	})
}

// [IS] (7), (9): w_{k,i} is the weight with which k is chosen from {i, k}; w_{i,k} = 1 - w_{k,i}
// is that of the other.
func TestMisprint_IS7(t *testing.T) {
	rng, differ := oracle.NewRand(7), false
	for range 20 {
		p := randomLaw(rng, 3)
		var w [3][3]rational.Rat
		for i := range 3 {
			for k := range i {
				w[i][k] = rational.NewRat(rng.Int64N(5), 4)
				w[k][i] = one.Sub(w[i][k])
			}
		}
		for k := range 3 {
			var law rational.Rat // of Y, word by word
			for x := range 3 {
				for y := range 3 {
					switch mass := p.At(x).Mul(p.At(y)); {
					case x == k && y == k:
						law = law.Add(mass)
					case x == k || y == k:
						law = law.Add(mass.Mul(w[k][x+y-k]))
					}
				}
			}
			corrected, printed := p.At(k).Mul(p.At(k)), p.At(k).Mul(p.At(k))
			for i := range 3 {
				if i != k {
					pairs := two.Mul(p.At(i)).Mul(p.At(k))
					corrected, printed = corrected.Add(pairs.Mul(w[k][i])), printed.Add(pairs.Mul(w[i][k]))
				}
			}
			if !law.Equal(corrected) {
				t.Fatalf("corrected: %v, want %v", corrected, law)
			}
			differ = differ || !law.Equal(printed)
		}
	}
	if !differ {
		t.Error("as printed it holds, too")
	}
}

// [IS] (3), (18), (36), [MD] (40): weights sum to 1 over the token that is chosen, for each set of drafts.
func TestMisprint_Normalisation(t *testing.T) {
	s := multidraft.Must(multidraft.New(multidraft.ModelIID, 2, []multidraft.Distribution{randomLaw(oracle.NewRand(3), 3)}, randomLaw(oracle.NewRand(4), 3)))
	rule, err := scheme.OptimalRule(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	byToken := map[int]rational.Rat{}
	for _, row := range rule.Beta {
		if sum := total(row.Weights...); !sum.Equal(one) {
			t.Errorf("the weights of %v sum to %v", row.Drafts, sum)
		}
		for j, y := range row.Tokens {
			byToken[y] = byToken[y].Add(row.Weights[j])
		}
	}
	differ := false
	for _, sum := range byToken {
		differ = differ || !sum.Equal(one)
	}
	if !differ {
		t.Error("as printed it holds, too")
	}
}

// [MD] D.1: "q_i > p_i^3" must be >=; [MD] (110): the row of {1,3} has a minus, and as printed is
// no condition at all.
func TestMisprint_MDD(t *testing.T) {
	value := func(k int, p, q []int64) rational.Rat {
		law := func(v []int64) multidraft.Distribution {
			w := make([]rational.Int, len(v))
			for i, x := range v {
				w[i] = rational.NewInt(x)
			}
			return multidraft.Must(multidraft.FromWeights("p", w))
		}
		o, err := optimum.Of(t.Context(), multidraft.Must(multidraft.New(multidraft.ModelIID, k, []multidraft.Distribution{law(p)}, law(q))))
		if err != nil {
			t.Fatal(err)
		}
		return o.Value
	}
	if v := value(3, []int64{2, 1, 1}, []int64{1, 4, 3}); !v.Equal(one) { // q_1 = p_1^3
		t.Errorf("P* = %v where q_1 = p_1^3", v)
	}
	if v := value(2, []int64{2, 1, 2}, []int64{4, 17, 4}); v.Cmp(one) >= 0 { // q_1 + q_3 = 8/25 < (p_1 + p_3)^2 = 16/25
		t.Errorf("P* = %v where q_1 + q_3 < (p_1 + p_3)^2", v)
	}
}
