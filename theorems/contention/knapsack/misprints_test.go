package knapsack

import (
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
