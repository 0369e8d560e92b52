package optimum

import (
	"math"
	"sync"

	"pstar/rational"
	"pstar/rational/enclose"
)

// Exponentials that are computed here and not by the library of the machine, so that their
// errors are known: exp(-x) up to expError u, 1 - exp(-x) up to ringError u, relative, for the
// float x >= 0.

// ring returns 1 - exp(-x) and exp(-x).
//
// For x < 2^-6 the series of (1 - exp(-x))/x to the seventh power of x is wrong by less
// than x^8/9! < 2^-66; its sum is near 1, and each of its steps rounds by at most u times
// a number less than 2^-6, but the last: 3u for it and the product with x are enough. Then
// 1 minus that is wrong by u, and less than u/8 of what the other is wrong by.
//
// For larger x exp(-x) is wrong by expError u, and 1 minus it by that over 1 - exp(-2^-6),
// which is less than 65 expError u, and u. To ringError belong 6u of the argument, too.
func ring(x float64) (rung, left float64) {
	if x < 0x1p-6 {
		rung = float64(x * series(x))
		return rung, 1 - rung
	}
	left = stay(x)
	return 1 - left, left
}

func series(x float64) float64 {
	sum := 1.0 / 40320
	for _, c := range [...]float64{1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1} {
		sum = c - float64(sum*x)
	}
	return sum
}

// stay returns exp(-x), and less than exp(-maxExponent) beyond that. With x = a + b/64 + r
// for integers a and b and r < 2^-6, which is exact, it is a product of two table entries,
// which is known to little more than u, and of exp(-r), wrong by less than 1.2 u; with the
// last product that makes less than 4 u.
func stay(x float64) float64 {
	switch {
	case x < 0x1p-6:
		return 1 - float64(x*series(x))
	case x >= maxExponent:
		return 0
	}
	t := exponentials()
	whole := math.Floor(64 * x)
	r := x - whole/64
	k := int(whole)
	return t.fine[k%64].times(t.coarse[k/64]) * (1 - float64(r*series(r)))
}

// A pair is a float and a correction, whose sum is known to more digits.
type pair struct{ hi, lo float64 }

// times is the product up to little more than half a unit: u.
func (a pair) times(b pair) float64 {
	hi := a.hi * b.hi
	error := math.FMA(a.hi, b.hi, -hi)
	return hi + (error + float64(a.hi*b.lo) + float64(a.lo*b.hi))
}

type exponentialTables struct{ coarse, fine [maxExponent]pair }

var exponentials = sync.OnceValue(func() *exponentialTables {
	t := &exponentialTables{}
	for k := range t.coarse {
		t.coarse[k] = enclosedExponential(rational.NewRat(int64(-k), 1))
	}
	for k := range 64 {
		t.fine[k] = enclosedExponential(rational.NewRat(int64(-k), 64))
	}
	return t
})

func enclosedExponential(x rational.Rat) pair {
	// exp(-640) is 2^-923.3: more than 120 of so many digits count.
	m := enclose.Exp(x, 1050).Mid()
	hi := m.Float64()
	exact, err := rational.RatFromFloat64(hi)
	if err != nil {
		panic("optimum: " + err.Error())
	}
	return pair{hi, m.Sub(exact).Float64()}
}
