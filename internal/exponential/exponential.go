// Package exponential computes exp(-x) in floating point with known errors, and not by the
// library of the machine: the same bits everywhere, and bounds that a proof can name.
package exponential

import (
	"math"
	"sync"

	"pstar/rational"
	"pstar/rational/enclose"
)

// Bounds of relative errors in units of 2^-53, and the largest x: beyond that exp(-x) is
// taken for 0, which is wrong by less than 2^-923.
const (
	NegError  = 4
	RungError = 294
	Max       = 640
)

// Rung returns 1 - exp(-x) and exp(-x), for a float x >= 0.
//
// For x < 2^-6 the series of (1 - exp(-x))/x to the seventh power of x is wrong by less
// than x^8/9! < 2^-66; its sum is near 1, and each of its steps rounds by at most u times
// a number less than 2^-6, but the last: 3u for it and the product with x are enough. Then
// 1 minus that is wrong by u, and less than u/8 of what the other is wrong by.
//
// For larger x exp(-x) is wrong by NegError u, and 1 minus it by that over 1 - exp(-2^-6),
// which is less than 65 NegError u, and u.
func Rung(x float64) (rung, left float64) {
	// 1 - exp(-x) by way of exp(-x) would lose the digits that are wanted here.
	if x < 0x1p-6 {
		rung = float64(x * series(x))
		return rung, 1 - rung
	}
	left = Neg(x)
	return 1 - left, left
}

// series is (1 - exp(-x))/x by Horner's rule.
func series(x float64) float64 {
	sum := 1.0 / 40320
	for _, c := range [...]float64{1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 1.0 / 2, 1} {
		// The conversion forbids a fused multiplication, which some machines would use and others not.
		sum = c - float64(sum*x)
	}
	return sum
}

// Neg returns exp(-x) for a float x >= 0, and 0 for x >= Max. With x = a + b/64 + r
// for integers a and b and r < 2^-6, which is exact, it is a product of two table entries,
// which is known to little more than u, and of exp(-r), wrong by less than 1.2 u; with the
// last product that makes less than 4 u.
func Neg(x float64) float64 {
	switch {
	case x < 0x1p-6:
		return 1 - float64(x*series(x))
	case x >= Max:
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

// exponentialTables are exp(-a) for whole a, and exp(-b/64) for b < 64, each as a pair.
type exponentialTables struct{ coarse, fine [Max]pair }

// exponentials are made once, from proved enclosures, and so are the same on every machine.
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

// enclosedExponential is exp(-x) as the float nearest to it, and the rest.
func enclosedExponential(x rational.Rat) pair {
	// exp(-640) is 2^-923.3: more than 120 of so many digits count.
	m := enclose.Exp(x, 1050).Mid()
	hi := m.Float64()
	exact, err := rational.RatFromFloat64(hi)
	if err != nil {
		panic("exponential: " + err.Error())
	}
	return pair{hi, m.Sub(exact).Float64()}
}
