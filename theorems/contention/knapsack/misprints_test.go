package knapsack

import (
	"context"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// Each printed statement that doc.go corrects is false as printed.

func TestMisprint_LemmasC3And44(t *testing.T) {
	// Σ_{j<i} c(j) without μ_j: the choice by φ for ten equal elements would violate
	// (4.1).
	mu := single.Uniform(10, one)
	c := PhiChoice(mu)[contention.Forward]
	sum := rational.RatVector(c[:9]).Sum()
	if c[9].Cmp(one.Sub(c[0]).Sub(sum)) <= 0 {
		t.Error("(4.1) holds without the means")
	}
	if len(Definition5(mu, PhiChoice(mu))) > 0 {
		t.Error("(4.1) or (4.2) fails with the means")
	}
}

func TestMisprint_Proposition43(t *testing.T) {
	// 22/9 + 2z/9 − z²/9 against φ(z) + 2∫φ at z = 0, where the latter is 4/9.
	printed, right := rational.NewRat(22, 9), PhiAt(zero)
	if printed.Equal(right) || printed.Cmp(one) <= 0 {
		t.Error("the printed bracket is φ(0), or at most 1")
	}
	// At z = 1: 4/9 + 2/3 − 2/9 = φ(1) + 2∫φ = 2/9 + 2/3.
	if !rational.NewRat(8, 9).Equal(PhiAt(one).Add(rational.NewRat(2, 3))) {
		t.Error("the corrected bracket is wrong at 1")
	}
}

// Proof of Lemma 4.2: the second case is c > Pr[0 < T ≤ 1−s]. As printed, c > Pr[0 ≤ T > 1−s], it holds together with the first one,
// c ≤ Pr[0 < T ≤ 1−s]: when the second of two elements of size 1/2 and probability 1/2 arrives, with s = 1/2 and c = 1/5.
func TestMisprint_Lemma42(t *testing.T) {
	fifth := rational.NewRat(1, 5)
	elements := []Element{{{half, half}}, {{half, half}}}
	c := contention.Choice{{half, fifth}, {fifth, half}}
	seen := false
	watch := func(o contention.Order, i int, unit rational.Int, atoms []load[rational.Rat]) {
		if o != contention.Forward || i != 1 {
			return
		}
		above, within := zero, zero // Pr[T > 1/2], Pr[0 < T ≤ 1/2]
		for _, a := range atoms[1:] {
			if rational.RatFromInts(a.at, unit).Cmp(half) > 0 {
				above = above.Add(a.mass)
			} else {
				within = within.Add(a.mass)
			}
		}
		seen = fifth.Cmp(within) <= 0 && fifth.Cmp(above) > 0
	}
	if _, err := enumerate(context.Background(), elements, c, &exactMasses{work: maxExactWork, watch: watch}); err != nil || !seen {
		t.Errorf("the cases as printed exclude each other, %v", err)
	}
}
