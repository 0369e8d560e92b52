package enclose

import (
	"math"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// A random expression is evaluated in floats, in intervals at a low precision and
// at a high one.
func TestRealExpressions(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 61))
	for range 300 {
		x, f := randomReal(r, 4)
		e, ok := x.Enclose(rational.Dyadic(rational.NewInt(1), -60))
		if !ok || math.IsNaN(f) || math.Abs(f) > 1e6 {
			continue
		}
		if mid := e.Mid().Float64(); math.Abs(mid-f) > 1e-6*(1+math.Abs(f)) {
			t.Fatalf("enclosed at %v, the float is %v", mid, f)
		}
	}
}

func randomReal(r *rand.Rand, depth int) (Real, float64) {
	if depth == 0 {
		q := fractionOf(r, 9)
		return RealOf(q), q.Float64()
	}
	x, a := randomReal(r, depth-1)
	y, b := randomReal(r, depth-1)
	switch r.IntN(6) {
	case 0:
		return x.Add(y), a + b
	case 1:
		return x.Sub(y), a - b
	case 2:
		return x.Mul(y), a * b
	case 3:
		return x.Mul(x).Sqrt(), math.Abs(a)
	case 4:
		return x.Quo(y.Mul(y).Add(RealOf(rational.NewRat(1, 2)))), a / (b*b + 0.5)
	}
	if math.Abs(a) > 20 {
		return x, a
	}
	return x.Exp(), math.Exp(a)
}

// Real numbers are enclosed as narrowly as asked, unless they are none.
func TestRealsAreEnclosed(t *testing.T) {
	golden := RealOf(rational.NewRat(5, 1)).Sqrt().Sub(RealOf(rational.NewRat(1, 1))).Quo(RealOf(rational.NewRat(2, 1)))
	twoOrder := RealOf(rational.NewRat(1, 1)).Quo(RealOf(rational.NewRat(1, 1)).Add(RealOf(rational.NewRat(-1, 2)).Exp()))
	narrow := rational.Dyadic(rational.NewInt(1), -5000)
	if e, ok := golden.Sub(twoOrder).Enclose(narrow); !ok || e.Hi.Sign() >= 0 {
		t.Errorf("(√5−1)/2 is not less than 1/(1+e^(−1/2)): %s, %t", e.Decimal(12), ok)
	}
	two := RealOf(rational.NewRat(2, 1))
	if e, ok := two.Sqrt().Mul(two.Sqrt()).Enclose(narrow); !ok || !e.Contains(rational.NewRat(2, 1)) || e.Width().Cmp(narrow) > 0 {
		t.Error("√2·√2 was not enclosed in 2^-5000")
	}
	if e, ok := RealOf(rational.NewRat(4, 2)).Enclose(narrow); !ok || !e.Exact() {
		t.Error("4/2 is not a point")
	}
	if _, ok := two.Quo(two.Sub(two)).Enclose(rational.NewRat(1, 2)); ok {
		t.Error("2/0 was enclosed")
	}
	if _, ok := RealOf(rational.NewRat(-2, 1)).Sqrt().Enclose(rational.NewRat(1, 2)); ok {
		t.Error("√−2 was enclosed")
	}
}

// tiny is e^x for an x at which e^x has thousands of zeros before its first digit.
func tiny(x int64) Real { return RealOf(rational.NewRat(x, 1)).Exp() }

// Numbers so small, or exponents so wide, that rounding to a fixed number of places
// would lose them.
func TestRealsKeepRelativePrecision(t *testing.T) {
	r := func(v int64) Real { return RealOf(rational.NewRat(v, 1)) }
	difference := tiny(60).Sub(tiny(60)) // zero, but known only to be small
	narrow := rational.Dyadic(rational.NewInt(1), -80)
	for _, c := range []struct {
		name string
		x    Real
		want int64
	}{
		{"e^−10000 · e^10000", tiny(-10000).Mul(tiny(10000)), 1},
		{"1/e^60000 · e^60000", r(1).Quo(tiny(60000)).Mul(tiny(60000)), 1},
		{"exp(e^60 − e^60)", difference.Exp(), 1},
		{"e^60 − e^60", difference, 0},
		{"√(e^−10000)·e^5000", tiny(-10000).Sqrt().Mul(tiny(5000)), 1},
		{"e^(−10^9)", tiny(-1e9), 0},
	} {
		e, ok := c.x.Enclose(narrow)
		if !ok || !e.Contains(rational.NewRat(c.want, 1)) {
			t.Errorf("%s: %s, %t", c.name, e.Decimal(12), ok)
		}
	}
	for _, c := range []struct {
		name     string
		positive Real
	}{
		{"e^−10000", tiny(-10000)},
		{"exp(e^−10000) − 1", tiny(-10000).Exp().Sub(r(1))},
		{"√(e^−10000) − e^−5001", tiny(-10000).Sqrt().Sub(tiny(-5001))},
	} {
		if e, _ := c.positive.Enclose(rational.Dyadic(rational.NewInt(1), -20000)); e.Lo.Sign() <= 0 {
			t.Errorf("%s is not above zero", c.name)
		}
	}
	if _, ok := tiny(1e9).Enclose(narrow); ok {
		t.Error("e^(10^9) was enclosed")
	}
}

// Exponents beyond what can be written out, which a user may type.
func TestExpSumSignOfExtremes(t *testing.T) {
	r := rational.NewRat
	term := func(c, x rational.Rat) ExpSum { return NewExpSum(ExpTerm{c, x}) }
	far := rational.RatFromInt(rational.NewInt(10).Pow(3000))
	small := far.Inv()
	for _, c := range []struct {
		x    ExpSum
		want int
	}{
		{ExpOf(far.Neg()), 1},
		{term(r(-1, 1), far), -1},
		{ExpOf(far).Sub(ExpOf(far.Add(small))), -1},
		{ExpSumOf(small).Sub(ExpOf(far.Neg())), 1},
		{ExpOf(far.Neg()).Sub(term(r(2, 1), far.Neg())), -1},
		{ExpSumOf(r(1, 1)).Add(ExpSumOf(small)).Sub(ExpOf(small)), -1},
		{ExpOf(r(100000, 1)).Sub(ExpOf(r(99999, 1))), 1},
	} {
		if got := c.x.Sign(); got != c.want {
			t.Errorf("sign %d, want %d", got, c.want)
		}
	}
	if _, ok := ExpOf(far).Real().Enclose(rational.NewRat(1, 1)); ok {
		t.Error("e^(10^3000) was enclosed")
	}
}

func TestExpSumSign(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 61))
	for range 200 {
		var x, y ExpSum
		for range 3 {
			x = x.Add(NewExpSum(ExpTerm{fractionOf(r, 5), fractionOf(r, 5)}))
			y = y.Add(NewExpSum(ExpTerm{fractionOf(r, 5), fractionOf(r, 5)}))
		}
		product := x.Mul(y)
		if got, want := product.Sign(), x.Sign()*y.Sign(); got != want {
			t.Fatalf("sign of (%s)·(%s) is %d, want %d", x, y, got, want)
		}
		if !x.Add(y).Mul(x.Sub(y)).Sub(x.Mul(x).Sub(y.Mul(y))).IsZero() {
			t.Fatalf("(x+y)(x−y) ≠ x²−y² for %s, %s", x, y)
		}
	}
	// A difference of 10^-30 is still decided.
	near := rational.RatFromInts(rational.NewInt(10).Pow(30), rational.NewInt(1))
	e := Exp(rational.NewRat(1, 1), 98).Lo.Mul(near)
	approximation := rational.RatFromInt(floor(e)).Quo(near)
	if ExpOf(rational.NewRat(1, 1)).Cmp(ExpSumOf(approximation)) != 1 {
		t.Error("e is not above its decimal expansion cut after 30 digits")
	}
}
