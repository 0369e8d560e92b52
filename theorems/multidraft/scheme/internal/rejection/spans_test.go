package rejection

import (
	"math"
	"testing"

	"pstar/rational"
	"pstar/theorems/multidraft/internal/oracle"
)

// The next float or the one behind it, of numbers of every size.
func TestOutwards(t *testing.T) {
	rng := oracle.NewRand(104)
	numbers := []float64{0, 1, 0x1p-1074, 0x1p-1022, 0x1.fffffffffffffp-1023, 0x1.fffffffffffffp-1000}
	for range 2000 {
		numbers = append(numbers, math.Ldexp(1+rng.Float64(), rng.IntN(2090)-1074))
	}
	for _, x := range numbers {
		// Numbers that are not negative; what is below the least of them may be 0.
		if got, up := more(x), math.Nextafter(x, math.Inf(1)); got < up || x > 0x1p-999 && got > math.Nextafter(math.Nextafter(up, math.Inf(1)), math.Inf(1)) {
			t.Fatalf("%x more than %x", got, x)
		}
		if got, down := less(x), math.Nextafter(x, math.Inf(-1)); got > max(0, down) || x > 0x1p-999 && got < math.Nextafter(math.Nextafter(down, math.Inf(-1)), math.Inf(-1)) {
			t.Fatalf("%x less than %x", got, x)
		}
		for _, x := range []float64{x, -x} {
			down, up := math.Nextafter(x, math.Inf(-1)), math.Nextafter(x, math.Inf(1))
			if got := below(x); got > down || got < math.Nextafter(math.Nextafter(down, math.Inf(-1)), math.Inf(-1)) {
				t.Fatalf("%x below %x", got, x)
			}
			if got := above(x); got < up || got > math.Nextafter(math.Nextafter(up, math.Inf(1)), math.Inf(1)) {
				t.Fatalf("%x above %x", got, x)
			}
		}
	}
}

// Every operation encloses what exact numbers of its arguments give, with signs of all kinds, and no more
// than rounding beyond.
func TestSpansEnclose(t *testing.T) {
	rng := oracle.NewRand(101)
	exact := func(f float64) rational.Rat {
		x, err := rational.RatFromFloat64(f)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	draw := func(signed bool) span {
		a, b := rng.Float64(), rng.Float64()
		if signed {
			a, b = a-0.5, b-0.5
			// Products with 0 have a way of their own.
			if rng.IntN(10) == 0 {
				return span{}
			}
		}
		return span{min(a, b), max(a, b)}
	}
	for range 500 {
		a, b, s, r := draw(false), draw(false), draw(true), draw(true)
		for name, c := range map[string]struct {
			got, of, with span
			op            func(x, y rational.Rat) rational.Rat
		}{
			"plus":      {a.plus(s), a, s, rational.Rat.Add},
			"minus":     {a.minus(s), a, s, rational.Rat.Sub},
			"times":     {a.times(b), a, b, rational.Rat.Mul},
			"over":      {a.over(b), a, b, rational.Rat.Quo},
			"scaled":    {a.scaled(s), a, s, rational.Rat.Mul},
			"by":        {s.by(r), s, r, rational.Rat.Mul},
			"dividedBy": {s.dividedBy(a), a, a, func(x, y rational.Rat) rational.Rat { return exact(s.lo).Quo(y) }},
		} {
			// The ends are at corners.
			lo, hi := rational.NewRat(1<<60, 1), rational.NewRat(-1<<60, 1)
			for _, x := range []float64{c.of.lo, c.of.hi} {
				for _, y := range []float64{c.with.lo, c.with.hi} {
					value := c.op(exact(x), exact(y))
					if name == "dividedBy" {
						lo, hi = rational.MinRat(lo, value), rational.MaxRat(hi, exact(s.hi).Quo(exact(y)))
						value = exact(s.hi).Quo(exact(y))
					}
					lo, hi = rational.MinRat(lo, value), rational.MaxRat(hi, value)
				}
			}
			slack := rational.MaxRat(lo.Abs(), hi.Abs()).Mul(rational.NewRat(1, 1<<50)).Add(rational.NewRat(1, 1<<60))
			if exact(c.got.lo).Cmp(lo) > 0 || exact(c.got.hi).Cmp(hi) < 0 || lo.Sub(exact(c.got.lo)).Cmp(slack) > 0 || exact(c.got.hi).Sub(hi).Cmp(slack) > 0 {
				t.Fatalf("%s of %v, %v and %v: %v, want %v to %v", name, a, b, s, c.got, lo.Float64(), hi.Float64())
			}
		}
	}
}

// A fraction lies in its span, also one of more digits than a float has, and of very small numbers.
func TestSpanOf(t *testing.T) {
	rng := oracle.NewRand(102)
	for range 500 {
		unit := rational.NewInt(1 + rng.Int64N(1<<62)).Mul(rational.PowerOfTwo(rng.IntN(200))).Add(rational.NewInt(rng.Int64N(1 << 62)))
		w, _ := unit.QuoRem(rational.NewInt(1 + rng.Int64N(1<<62)))
		got := spanOf(w, unit)
		lo, errLo := rational.RatFromFloat64(got.lo)
		hi, errHi := rational.RatFromFloat64(got.hi)
		if x := rational.RatFromInts(w, unit); errLo != nil || errHi != nil || lo.Cmp(x) > 0 || hi.Cmp(x) < 0 || got.hi > got.lo*(1+0x1p-48) {
			t.Fatalf("%v/%v in %v", w, unit, got)
		}
	}
}

// A total encloses the exact sum of all lower ends, and that of all upper ones, and is not wider for rounding many times.
func TestTotals(t *testing.T) {
	rng := oracle.NewRand(107)
	exact := func(f float64) rational.Rat {
		x, err := rational.RatFromFloat64(f)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for range 5 {
		var sum total
		var low, high rational.Rat
		if got := sum.span(); got != (span{}) {
			t.Errorf("nothing adds up to %v", got)
		}
		for i := range 3000 {
			x := span{lo: math.Ldexp(rng.Float64(), -rng.IntN(60))}
			if x.hi = x.lo; i%3 == 0 {
				x.hi = above(x.lo)
			}
			sum.add(x)
			low, high = low.Add(exact(x.lo)), high.Add(exact(x.hi))
			if i%100 == 0 {
				got := sum.span()
				if exact(got.lo).Cmp(low) > 0 || exact(got.hi).Cmp(high) < 0 {
					t.Fatalf("%v, want it to hold %v to %v", got, low.Float64(), high.Float64())
				}
				if off := got.hi - got.lo - high.Sub(low).Float64(); off > 0x1p-49*got.hi {
					t.Fatalf("%v after %d numbers is wider by %v", got, i, off)
				}
			}
		}
	}
}

// Bounds of sizes are no less than the sum and the product, and those of 0 are exact: the least numbers there are would not stay so.
func TestSizes(t *testing.T) {
	rng := oracle.NewRand(110)
	for range 1000 {
		a, b := rng.Float64(), math.Ldexp(rng.Float64(), -rng.IntN(1070))
		exact := func(f float64) rational.Rat {
			x, err := rational.RatFromFloat64(f)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
		if got := sum(a, b); exact(got).Cmp(exact(a).Add(exact(b))) < 0 || got > (a+b)*(1+0x1p-50) {
			t.Fatalf("%v + %v is at most %v", a, b, got)
		}
		if got := product(a, b); exact(got).Cmp(exact(a).Mul(exact(b))) < 0 || got > a*b*(1+0x1p-50)+0x1p-998 {
			t.Fatalf("%v times %v is at most %v", a, b, got)
		}
		if sum(a, 0) != a || sum(0, a) != a || product(a, 0) != 0 || product(0, a) != 0 {
			t.Fatalf("%v and 0 are rounded", a)
		}
	}
	a := span{-0.25, 0.5}
	if a.plus(span{}) != a || (span{}).plus(a) != a || a.minus(span{}) != a || a.by(span{}) != (span{}) || (span{}).by(a) != (span{}) || a.wider(0) != a {
		t.Errorf("%v and 0 are rounded", a)
	}
}
