package lp

import (
	"math/rand/v2"
	"testing"
)

// In the program of a cell every equation gets a variable of its own, and the basis is
// regular and feasible.
func TestCrashSolvesTheEquationsOfACell(t *testing.T) {
	r := newRevised(newForm(newCell(rand.New(rand.NewPCG(52, 1)), 3, 6).importance()))
	r.guess.restore(r.trueTarget())
	r.guess.crash()
	for i := range r.equations {
		if j := r.columns + i; r.lower[j].Finite && r.upper[j].Finite && r.at.where[j] == inBasis {
			t.Errorf("the logical variable of equation %d is still basic", i)
		}
	}
	if !r.guess.refactor() || r.guess.leaving() >= 0 {
		t.Error("the basis is singular or not feasible")
	}
}

// Whatever the problem, what crash leaves is a basis: as many different variables as rows.
func TestCrashLeavesABasis(t *testing.T) {
	rng := rand.New(rand.NewPCG(52, 2))
	for range 300 {
		r := newRevised(newForm(mediumProblem(rng, 1+rng.IntN(12), 1+rng.IntN(8))))
		r.guess.restore(r.trueTarget())
		r.guess.crash()
		basic := 0
		for _, w := range r.at.where {
			if w == inBasis {
				basic++
			}
		}
		for _, j := range r.at.head {
			if r.at.where[j] != inBasis {
				t.Fatalf("variable %d is at the head but not in the basis", j)
			}
		}
		if basic != len(r.at.head) {
			t.Fatalf("%d variables are basic, in %d rows", basic, len(r.at.head))
		}
		for j, w := range r.at.where {
			if w == atLower && !r.lower[j].Finite || w == atUpper && !r.upper[j].Finite {
				t.Fatalf("variable %d rests on a bound that is not there", j)
			}
		}
	}
}
