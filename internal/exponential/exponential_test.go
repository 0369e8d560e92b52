package exponential

import (
	"math"
	"math/rand/v2"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
)

func rat(t *testing.T, x float64) rational.Rat {
	t.Helper()
	r, err := rational.RatFromFloat64(x)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Exponentials against enclosures.
func TestExponentialErrors(t *testing.T) {
	rng := rand.New(rand.NewPCG(80, 0))
	for trial := range 500 {
		x := math.Ldexp(1+rng.Float64(), rng.IntN(60)-50)
		if trial < 200 {
			x = math.Ldexp(float64(trial), -6) // where the table changes
		}
		if x >= Max {
			continue
		}
		exact := enclose.Exp(rat(t, -x), 1100)
		rung, left := Rung(x)
		check := func(name string, got float64, want enclose.Interval, roundings float64) {
			g := rat(t, got)
			off := rational.MaxRat(g.Sub(want.Lo).Abs(), g.Sub(want.Hi).Abs())
			if off.Float64() > roundings*0x1p-53*want.Hi.Float64() {
				t.Fatalf("%s of %v = %v, off by %v of %v u", name, x, got, off.Float64()/want.Hi.Float64()/0x1p-53, roundings)
			}
		}
		check("exp", left, exact, NegError)
		check("Neg", Neg(x), exact, NegError)
		check("1 - exp", rung, enclose.Point(rational.NewRat(1, 1)).Sub(exact), RungError)
	}
	if Neg(Max) != 0 || Neg(0) != 1 {
		t.Error("the ends are wrong")
	}
}
