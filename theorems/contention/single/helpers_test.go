package single

import (
	"context"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

func solve(t *testing.T, x []rational.Rat) *Unit {
	t.Helper()
	u, err := Solve(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// bySolver is LPOPT by the general solver.
func bySolver(t *testing.T, x []rational.Rat) *Unit {
	t.Helper()
	u, err := solveProgram(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// randomX returns n probabilities, some of them 0 or 1.
func randomX(r *rand.Rand, n int) []rational.Rat {
	x := make([]rational.Rat, n)
	for i := range x {
		switch den := 1 + r.Int64N(12); r.IntN(12) {
		case 0:
			x[i] = zero
		case 1:
			x[i] = one
		default:
			x[i] = rational.NewRat(r.Int64N(den+1), den)
		}
	}
	return x
}

// The half program against LP-SI itself, solved by the general solver.
