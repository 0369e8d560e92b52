package enclose

import (
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// An enclosure holds the exact power, is as narrow as it says, and is no wider where the power is long.
func TestPowerAgainstExactPowers(t *testing.T) {
	rng := rand.New(rand.NewPCG(31, 0))
	for range 1000 {
		den := 1 + rng.Int64N(1000)
		x := rational.NewRat(rng.Int64N(den+1), den)
		n, precision := uint(rng.IntN(200)), uint(rng.IntN(90))
		exact, e := x.Pow(int(n)), Power(x, n, precision)
		if !e.Contains(exact) {
			t.Fatalf("%v^%d to %d digits: %v does not hold %v", x, n, precision, e, exact)
		}
		if unit := rational.Dyadic(rational.NewInt(1), -int(precision)); e.Width().Cmp(unit.Add(unit)) > 0 {
			t.Fatalf("%v^%d to %d digits: the width is %v", x, n, precision, e.Width())
		}
	}
	for _, x := range []rational.Rat{{}, rational.NewRat(1, 1)} {
		if e := Power(x, 1<<16, 100); !e.Exact() || !e.Lo.Equal(x) {
			t.Errorf("%v to a power is %v", x, e)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a power of 2 is taken")
		}
	}()
	Power(rational.NewRat(2, 1), 2, 10)
}

// Comparisons are those of exact powers, also with the power itself and with numbers next to it.
func TestComparePowerAgainstExactPowers(t *testing.T) {
	rng := rand.New(rand.NewPCG(32, 0))
	for range 150 {
		den := 2 + rng.Int64N(1<<40)
		x := rational.NewRat(rng.Int64N(den+1), den)
		n := uint(1 + rng.IntN(300))
		exact := x.Pow(int(n))
		small := rational.Dyadic(rational.NewInt(1), -rng.IntN(3000))
		for _, y := range []rational.Rat{exact, exact.Add(small), exact.Sub(small), {}, rational.NewRat(rng.Int64N(100), 100)} {
			if got, want := ComparePower(x, n, y), exact.Cmp(y); got != want {
				t.Fatalf("%v^%d against %v: %d, want %d", x, n, y, got, want)
			}
		}
	}
	// Decided by 128 digits of a million.
	if ComparePower(rational.NewRat(999_999_999_999, 1_000_000_000_000), 1<<16, rational.NewRat(999_999_934_464, 1_000_000_000_000)) != 1 {
		t.Error("(1 - x)^K is more than 1 - Kx")
	}
}
