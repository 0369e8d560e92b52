package enclose

import (
	"math/big"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"pstar/rational"

	"github.com/ALTree/bigfloat"
)

// powerBounds encloses e^x for x > 0 by the definition (1+x/n)^n < e^x < (1+x/n)^(n+m)
// with m ≥ x, a method that has nothing in common with the series. It is coarse.
func powerBounds(x rational.Rat, n uint) Interval {
	base := rational.NewRat(1, 1).Add(x.Quo(rational.NewRat(int64(n), 1)))
	ceil, _ := floor(x).Add(rational.NewInt(1)).Int64()
	lo := base.Pow(int(n))
	return Interval{lo, lo.Mul(base.Pow(int(ceil)))}
}

func fractionOf(r *rand.Rand, size int64) rational.Rat {
	return rational.NewRat(r.Int64N(2*size+1)-size, 1+r.Int64N(size))
}

// Intersects reports whether x and y have a common point.
func (x Interval) Intersects(y Interval) bool {
	return x.Lo.Cmp(y.Hi) <= 0 && y.Lo.Cmp(x.Hi) <= 0
}

func TestExpAgainstPowers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 61))
	for range 60 {
		x := rational.NewRat(1+r.Int64N(60), 1+r.Int64N(20))
		e, coarse := Exp(x, 40), powerBounds(x, 400)
		if !e.Intersects(coarse) {
			t.Fatalf("exp(%s): %s and %s are disjoint", x, e.Decimal(10), coarse.Decimal(10))
		}
		if inverse := Exp(x.Neg(), 40); !e.Mul(inverse).Contains(rational.NewRat(1, 1)) {
			t.Fatalf("exp(%s)·exp(−%s) does not contain 1", x, x)
		}
	}
}

// Two precisions must give nested truths, and the guessing library must agree
// where it is known to work.
func TestExpAtTwoPrecisionsAndAgainstBigfloat(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 61))
	for range 200 {
		x := fractionOf(r, 1+r.Int64N(300))
		bits := uint(1 + r.IntN(200))
		coarse, fine := Exp(x, bits), Exp(x, bits+64)
		if !coarse.Intersects(fine) {
			t.Fatalf("exp(%s): disjoint at %d and %d bits", x, bits, bits+64)
		}
		if !x.IsZero() && !coarse.narrowRelative(bits) {
			t.Fatalf("exp(%s): %s is wider than 2^-%d", x, coarse, bits)
		}
		g, _ := bigfloat.Exp(new(big.Float).SetPrec(400).SetRat(x.Big())).Rat(nil)
		if wide := slack(Exp(x, 200), 190); !x.IsZero() && !wide.Contains(rational.RatFromBig(g)) {
			t.Fatalf("exp(%s): bigfloat is off by more than 2^-190", x)
		}
	}
}

// slack widens x by 2^−bits of its lower end on both sides.
func slack(x Interval, bits int) Interval {
	d := x.Lo.Abs().Mul(rational.Dyadic(rational.NewInt(1), -bits))
	return Interval{x.Lo.Sub(d), x.Hi.Add(d)}
}

// Arguments at which bigfloat goes wrong: its Exp(−745) has 11 right bits.
func TestExpFarOut(t *testing.T) {
	for _, v := range []int64{-745, 745, -2000, 3000} {
		e := Exp(rational.NewRat(v, 1), 100)
		half := Exp(rational.NewRat(v, 2), 120)
		if !e.Intersects(half.Mul(half)) || !e.narrowRelative(100) {
			t.Errorf("exp(%d): %s", v, e)
		}
	}
	if got := Exp(rational.Rat{}, 10); !got.Lo.Equal(rational.NewRat(1, 1)) || !got.Hi.Equal(rational.NewRat(1, 1)) {
		t.Errorf("exp(0) = %s", got)
	}
	tiny := Exp(rational.NewRat(1, 1<<62), 200)
	if !tiny.narrowRelative(200) || tiny.Lo.Cmp(rational.NewRat(1, 1)) <= 0 {
		t.Errorf("exp(2^-62) = %s", tiny)
	}
}

// The logarithm by the series of the inverse hyperbolic tangent, with its rest:
// ln m = 2·(z + z³/3 + …), z = (m−1)/(m+1), rest below 2·z^(2k+3)/((2k+3)(1−z²)).
func atanhLog(m rational.Rat, terms int) Interval {
	one := rational.NewRat(1, 1)
	z := m.Sub(one).Quo(m.Add(one))
	square, power, sum := z.Mul(z), z, rational.Rat{}
	for k := range terms {
		sum = sum.Add(power.Quo(rational.NewRat(int64(2*k+1), 1)))
		power = power.Mul(square)
	}
	rest := power.Abs().Quo(one.Sub(square))
	return Interval{sum.Sub(rest), sum.Add(rest)}.Scale(rational.NewRat(2, 1))
}

func TestLogAgainstSeries(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 61))
	for range 150 {
		x := rational.NewRat(1+r.Int64N(1000), 1+r.Int64N(1000))
		if x.Equal(rational.NewRat(1, 1)) {
			continue
		}
		checkLog(t, x, uint(2+r.IntN(90)))
		e := Log(x, 50)
		if back := (Interval{Exp(e.Lo, 60).Lo, Exp(e.Hi, 60).Hi}); !back.Contains(x) {
			t.Fatalf("exp(ln %s) does not contain it", x)
		}
	}
}

// At a few bits every rounding shows: the enclosure must still contain e^x.
func TestExpAtLowPrecision(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 61))
	for range 3000 {
		x := fractionOf(r, 1+r.Int64N(40))
		coarse, fine := expTo(x, uint(1+r.IntN(12))), Exp(x, 100)
		if x.IsZero() {
			continue
		}
		if coarse.Lo.Cmp(fine.Hi) > 0 || coarse.Hi.Cmp(fine.Lo) < 0 {
			t.Fatalf("exp(%s): %s misses %s", x, coarse.Decimal(12), fine.Decimal(12))
		}
	}
}

// Products of members lie in the product.
func TestIntervalMul(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 61))
	random := func() Interval {
		a, b := fractionOf(r, 9), fractionOf(r, 9)
		return NewInterval(rational.MinRat(a, b), rational.MaxRat(a, b))
	}
	for range 2000 {
		x, y := random(), random()
		product := x.Mul(y)
		tight := 0
		for _, a := range []rational.Rat{x.Lo, x.Mid(), x.Hi} {
			for _, b := range []rational.Rat{y.Lo, y.Mid(), y.Hi} {
				v := a.Mul(b)
				if !product.Contains(v) {
					t.Fatalf("%s·%s is not in %s·%s = %s", a, b, x, y, product)
				}
				if v.Equal(product.Lo) || v.Equal(product.Hi) {
					tight++
				}
			}
		}
		if tight < 2 {
			t.Fatalf("%s·%s = %s is not tight", x, y, product)
		}
	}
}

// Guesses over the whole range that is asked for: they may be wrong, but they are
// numbers, and of the size of a logarithm.
func TestGuessesAreFinite(t *testing.T) {
	one := rational.NewRat(1, 1)
	for _, m := range []rational.Rat{rational.NewRat(3, 4), rational.NewRat(2, 1), rational.NewRat(4, 3), one.Add(rational.Dyadic(one.Num(), -5000)), one.Sub(rational.Dyadic(one.Num(), -1000))} {
		for _, bits := range []uint{0, 1, 64, 883, 884, 885, 5000} {
			if g := guessLog(m, bits); g.Abs().Cmp(one) > 0 {
				t.Errorf("ln %s at %d bits is guessed as %s", m.Decimal(10), bits, g.Decimal(10))
			}
		}
	}
}

// Wrong guesses of either sign are corrected, or the bracket would not hold.
func TestLogFromBadGuesses(t *testing.T) {
	for _, m := range []rational.Rat{rational.NewRat(7, 5), rational.NewRat(3, 4), rational.NewRat(2, 1), rational.NewRat(1001, 1000)} {
		right := guessLog(m, 98)
		for _, guess := range []rational.Rat{
			{}, rational.NewRat(1, 1), rational.NewRat(-1, 1), rational.NewRat(1, 3), rational.NewRat(1<<40, 1), rational.NewRat(-1<<40, 1),
			right.Neg(), right.Add(rational.Dyadic(rational.NewInt(1), -89)), right.Sub(rational.Dyadic(rational.NewInt(1), -89)),
		} {
			e := provedLog(m, guess, 90)
			if lo, hi := Exp(e.Lo, 120), Exp(e.Hi, 120); lo.Lo.Cmp(m) > 0 || hi.Hi.Cmp(m) < 0 {
				t.Errorf("from %s: ln %s is not in %s", guess, m, e.Decimal(20))
			}
		}
	}
}

// A guess of any quality must lead to the right bracket.
func TestLogBeyondTheRangeOfGuesses(t *testing.T) {
	a, b := Log(rational.NewRat(3, 1), 2000), Log(rational.NewRat(3, 1), 100)
	if !a.Intersects(b) || a.Width().Cmp(rational.Dyadic(rational.NewInt(1), -2000)) > 0 {
		t.Error("ln 3 at 2000 bits")
	}
	if got := Log(rational.NewRat(1, 1), 30); !got.Width().IsZero() || !got.Lo.IsZero() {
		t.Errorf("ln 1 = %s", got)
	}
}

func TestSqrt(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 61))
	for range 300 {
		x := fractionOf(r, 1000).Abs()
		s := Sqrt(x, 70)
		if s.Lo.Mul(s.Lo).Cmp(x) > 0 || s.Hi.Mul(s.Hi).Cmp(x) < 0 {
			t.Fatalf("√%s is not in %s", x, s)
		}
		if exact := Sqrt(x.Mul(x), 5); !exact.Lo.Equal(x) || !exact.Hi.Equal(x) {
			t.Fatalf("√(%s²) = %s", x, exact)
		}
	}
}

func TestGuessesAreSafeConcurrently(t *testing.T) {
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() { Log(rational.NewRat(int64(i+2), 3), 1200) })
	}
	group.Wait()
}

func TestIntervalBasics(t *testing.T) {
	x := NewInterval(rational.NewRat(-1, 3), rational.NewRat(1, 2))
	if got := x.Decimal(2); got != "[-0.34, 0.50]" {
		t.Errorf("outward decimal %s", got)
	}
	if got := x.Outward(2); got.Lo.String() != "-1/2" || got.Hi.String() != "1/2" {
		t.Errorf("outward %s", got)
	}
	if got := x.Mul(x); got.Lo.String() != "-1/6" || got.Hi.String() != "1/4" {
		t.Errorf("product %s", got)
	}
	if _, ok := x.Inv(); ok {
		t.Error("an interval around zero was inverted")
	}
	for _, f := range []func(){
		func() { NewInterval(rational.NewRat(1, 1), rational.Rat{}) },
		func() { Log(rational.Rat{}, 5) },
		func() { Sqrt(rational.NewRat(-1, 1), 5) },
		func() { Exp(rational.NewRat(1<<17, 1), 5) },
		func() { RealOf(rational.Rat{}).Enclose(rational.Rat{}) },
	} {
		if message := panicOf(f); !strings.HasPrefix(message, "enclose: ") {
			t.Errorf("panic message %q", message)
		}
	}
}

func panicOf(f func()) (message string) {
	defer func() { message, _ = recover().(string) }()
	f()
	return ""
}

func TestDecimalsEnclose(t *testing.T) {
	for _, text := range []string{"1/3", "-1/3", "1/4", "0", "2/3", "-1/1000000"} {
		x, err := rational.ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		low, high := Point(x).Decimals(3)
		below, _ := rational.ParseRat(low)
		above, _ := rational.ParseRat(high)
		width := above.Sub(below)
		if below.Cmp(x) > 0 || above.Cmp(x) < 0 || width.Cmp(rational.NewRat(1, 1000)) > 0 {
			t.Errorf("%s lies between %v and %v", text, below, above)
		}
	}
}
