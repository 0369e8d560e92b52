package equations

import (
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Sums agree with fractions in lowest terms, also where long denominators come and go.
func TestSumAgreesWithFractions(t *testing.T) {
	r := rand.New(rand.NewPCG(53, 1))
	s := NewSum()
	for range 200 {
		s.Start()
		want := rational.Rat{}
		for range 1 + r.IntN(4) {
			a := rational.NewRat(r.Int64N(9)-4, 1+r.Int64N(6))
			b := rational.NewRat(1, 1+r.Int64N(3)).Pow([]int{1, 2, 40, 5000}[r.IntN(4)])
			s.Add(a, b)
			want = want.Add(a.Mul(b))
		}
		if !s.Value().Equal(want) || s.Cmp(want) != 0 || s.Sign() != want.Sign() {
			t.Fatalf("%v, want %v", s.Value(), want)
		}
	}
}
