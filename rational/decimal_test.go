package rational

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
)

func TestDecimalTable(t *testing.T) {
	for _, c := range []struct {
		x      string
		digits int
		want   string
		exact  bool
	}{
		{"0", 0, "0", true}, {"0", 3, "0.000", true}, {"5", 0, "5", true}, {"-5", 2, "-5.00", true},
		{"1/4", 2, "0.25", true}, {"1/4", 1, "0.2", false}, {"3/4", 1, "0.8", false}, {"-1/4", 1, "-0.2", false}, {"-3/4", 1, "-0.8", false},
		{"1/2", 0, "0", false}, {"3/2", 0, "2", false}, {"5/2", 0, "2", false}, {"-1/2", 0, "0", false}, {"-3/2", 0, "-2", false},
		{"1/3", 5, "0.33333", false}, {"2/3", 5, "0.66667", false}, {"-2/3", 5, "-0.66667", false},
		{"999/1000", 2, "1.00", false}, {"-999/1000", 2, "-1.00", false}, {"1/1000000", 3, "0.000", false}, {"-1/1000000", 3, "0.000", false},
		{"1/1024", 10, "0.0009765625", true}, {"1/1024", 9, "0.000976562", false},
		{"123456789012345678901234567890", 1, "123456789012345678901234567890.0", true},
	} {
		x, err := ParseRat(c.x)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Decimal(c.digits); got != c.want || x.IsDecimal(c.digits) != c.exact {
			t.Errorf("Decimal(%s, %d) = %s, exact %t; want %s, %t", c.x, c.digits, got, x.IsDecimal(c.digits), c.want, c.exact)
		}
	}
	mustPanic(t, "rational: negative number of digits", func() { Rat{}.Decimal(-1) })
}

// As many digits of a small number as of a large one, cut and not rounded.
func TestScientific(t *testing.T) {
	for text, want := range map[string]string{"1": "1.00e0", "-1/3": "-3.33e-1", "2/3": "6.67e-1", "1/1024": "9.77e-4", "999999": "1.00e6", "998999": "9.99e5", "1000000": "1.00e6", "-7/8": "-8.75e-1",
		"1/1000000007": "1.00e-9", "1/10": "1.00e-1", "12345678901234567890": "1.23e19",
		"1005/1000": "1.01e0", "1015/1000": "1.02e0", "1025/1000": "1.02e0", "99995/1000000": "1.00e-1", "99949/1000000": "9.99e-2", // ties to even
		// What is not 1 is not said to be.
		"9999/10000": "9.99e-1", "-9999/10000": "-9.99e-1", "999999999999/1000000000000": "9.99e-1", "10001/10000": "1.01e0", "-10001/10000": "-1.01e0", "-1": "-1.00e0"} {
		x, err := ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Scientific(3); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	// Of random numbers the text is off by half a unit of its last digit, and by one at most where the nearest would be 1; it is 1 of 1 alone.
	r := newRand(23)
	for range 5000 {
		x := NewRat(r.Int64N(2e6)-1e6, 1+r.Int64N(2e6)).Mul(NewRat(10, 1).Pow(r.IntN(20) - 10))
		if r.IntN(3) == 0 {
			x = NewRat(1, 1).Add(x.Mul(NewRat(1, 10).Pow(6 + r.IntN(9))))
		}
		if x.IsZero() {
			continue
		}
		digits := 2 + r.IntN(5)
		text := x.Scientific(digits)
		read, ok := new(big.Rat).SetString(text)
		mantissa, exponent, found := strings.Cut(strings.TrimPrefix(text, "-"), "e")
		power, err := strconv.Atoi(exponent)
		if !ok || !found || err != nil || len(mantissa) != digits+1 || mantissa[0] == '0' {
			t.Fatalf("%v prints as %q", x, text)
		}
		unit, back := NewRat(10, 1).Pow(power-digits+1), RatFromBig(read)
		// Nearest but for what is less than a unit from 1; below a power of ten the unit is a tenth.
		limit := unit.Mul(NewRat(1, 2))
		if x.Abs().Sub(NewRat(1, 1)).Abs().Cmp(unit) < 0 {
			limit = unit
		}
		one := back.Abs().Equal(NewRat(1, 1))
		if back.Sub(x).Abs().Cmp(limit) > 0 || one != x.Abs().Equal(NewRat(1, 1)) {
			t.Fatalf("%v prints as %q", x, text)
		}
	}
	for _, f := range []func(){func() { Rat{}.Scientific(3) }, func() { NewRat(1, 3).Scientific(1) }} {
		mustPanic(t, "rational: Scientific is for numbers other than 0 and at least two digits", f)
	}
}

// No decimal is that of an integer unless the number is it.
func TestApproximate(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0.000", "1": "1.000", "-2": "-2.000", "1/3": "0.333", "1/1024": "0.001",
		"1/3000": "3.3e-4", "-1/3000": "-3.3e-4", "1/2000": "5.0e-4", "1/1999": "0.001",
		"9999/10000": "1 - 1.0e-4", "10001/10000": "1 + 1.0e-4", "-9999/10000": "-1 + 1.0e-4", "-10001/10000": "-1 - 1.0e-4",
		"1999/2000": "1 - 5.0e-4", "1998/2000": "0.999", "123456789999999/10000": "12345679000 - 1.0e-4",
	} {
		x, err := ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Approximate(3); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if got := x.WithDecimal(3); !x.IsInt() && !strings.HasSuffix(got, want) {
			t.Errorf("%s: %s, want %s at its end", text, got, want)
		}
	}
	// For the number of digits of a page, over random fractions: what is read back is within the digits shown.
	r := newRand(21)
	for range 2000 {
		x := NewRat(r.Int64N(9)-4, 1).Add(NewRat(r.Int64N(2001)-1000, 1+r.Int64N(1e6)).Mul(NewRat(1, 10).Pow(r.IntN(30))))
		text := x.Approximate(10)
		sum := new(big.Rat)
		for _, term := range strings.Split(strings.ReplaceAll(text, " - ", " -"), " ") {
			if y, ok := new(big.Rat).SetString(term); ok {
				sum.Add(sum, y)
			} else if term != "+" {
				t.Fatalf("%v prints as %q", x, text)
			}
		}
		if back := RatFromBig(sum); back.IsInt() != x.IsInt() || back.Sub(x).Abs().Cmp(NewRat(1, 1e10)) > 0 {
			t.Fatalf("%v prints as %q", x, text)
		}
	}
}

// The printed number is within half a unit in the last place, on the even side of
// a tie, and equal to x exactly if IsDecimal says so.
func TestDecimalRandom(t *testing.T) {
	r := newRand(20)
	for i := range 10_000 {
		x, digits := randomRat(r), r.IntN(12)
		if i%2 == 0 {
			x = NewRat(r.Int64N(2001)-1000, 1<<r.IntN(8)) // ties are common
		}
		s := x.Decimal(digits)
		printed, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("%v prints as %q", x, s)
		}
		ulp := new(big.Rat).SetFrac(big.NewInt(1), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil))
		gap := new(big.Rat).Sub(printed, x.Big())
		c := new(big.Rat).Add(gap.Abs(gap), gap).Cmp(ulp)
		if c > 0 || c == 0 && strings.IndexByte("02468", s[len(s)-1]) < 0 {
			t.Fatalf("%v prints as %s with %d digits", x, s, digits)
		}
		if x.IsDecimal(digits) != (gap.Sign() == 0) {
			t.Fatalf("IsDecimal(%v, %d) = %t", x, digits, x.IsDecimal(digits))
		}
	}
}

// A ratio has the decimals of the fraction that it is.
func TestApproximateRatio(t *testing.T) {
	for _, c := range []struct {
		num, den int64
		want     string
	}{{2, 6, "0.333"}, {-2, 6, "-0.333"}, {5, 10000, "5.0e-4"}, {19998, 20000, "1 - 1.0e-4"}, {15, 10000, "0.002"}, {12, 4, "3.000"}, {0, 9, "0.000"}} {
		if got := ApproximateRatio(NewInt(c.num), NewInt(c.den), 3); got != c.want {
			t.Errorf("%d/%d is %s, not %s", c.num, c.den, got, c.want)
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("a denominator below 1 is taken")
		}
	}()
	ApproximateRatio(NewInt(1), NewInt(-2), 3)
}
