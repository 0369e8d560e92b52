package enclose

import (
	"encoding/csv"
	"math/rand/v2"
	"os"
	"testing"

	"pstar/rational"
)

// The functions that are enclosed, by name.
var enclosed = map[string]func(rational.Rat, uint) Interval{"exp": Exp, "log": Log, "sqrt": Sqrt}

// Values computed elsewhere; the first line of the file says by what.
func TestEnclosuresAgainstTable(t *testing.T) {
	file, err := os.Open("testdata/oracle.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table := csv.NewReader(file)
	table.Comment = '#'
	rows, err := table.ReadAll()
	if err != nil || len(rows) != 200 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		x, err := rational.ParseRat(row[1])
		if err != nil {
			t.Fatal(err)
		}
		value, err := rational.ParseRat(row[2])
		if err != nil {
			t.Fatal(err)
		}
		for _, bits := range []uint{3, 40, 160, 400} {
			e := enclosed[row[0]](x, bits)
			// 60 digits are right to 2^−196 of the value.
			if error := value.Abs().Mul(rational.Dyadic(rational.NewInt(1), -196)); !(Interval{e.Lo.Sub(error), e.Hi.Add(error)}).Contains(value) {
				t.Errorf("%s(%s) at %d bits: %s misses %s", row[0], x, bits, e.Decimal(50), row[2])
			}
			if limit := rational.MaxRat(value.Abs(), rational.NewRat(1, 1)).Mul(rational.Dyadic(rational.NewInt(1), -int(bits))); e.Width().Cmp(limit) > 0 {
				t.Errorf("%s(%s) at %d bits is too wide", row[0], x, bits)
			}
		}
	}
}

// fractionExp encloses e^x, x ≠ 0, by the continued fraction
//
//	tanh(x/2) = x/(2 + x²/(6 + x²/(10 + …))),  e^x = (1 + tanh(x/2))/(1 − tanh(x/2)),
//
// cut at both of two consecutive depths: all its parts are positive for x > 0, so
// that the two values lie on different sides of the limit. It shares nothing with
// the series and needs no rounding.
func fractionExp(x rational.Rat, depth int64) Interval {
	y := x.Abs()
	square := y.Mul(y)
	cut := func(depth int64) rational.Rat {
		tail := rational.NewRat(4*depth+2, 1)
		for k := depth - 1; k >= 0; k-- {
			tail = rational.NewRat(4*k+2, 1).Add(square.Quo(tail))
		}
		return y.Quo(tail)
	}
	a, b := cut(depth), cut(depth+1)
	one := rational.NewRat(1, 1)
	e := Interval{rational.MinRat(a, b), rational.MaxRat(a, b)}
	e = Interval{one.Add(e.Lo).Quo(one.Sub(e.Lo)), one.Add(e.Hi).Quo(one.Sub(e.Hi))}
	if x.Sign() < 0 {
		e, _ = e.Inv()
	}
	return e
}

func checkExp(t *testing.T, x rational.Rat, bits uint) {
	t.Helper()
	e := Exp(x, bits)
	depth := int64(bits)/4 + 8
	if whole, ok := floor(x.Abs()).Int64(); ok {
		depth += whole
	}
	second := fractionExp(x, depth)
	if !second.narrowRelative(bits) {
		t.Fatalf("exp(%s): depth %d is not enough for %d bits", x, depth, bits)
	}
	if !e.narrowRelative(bits) || !e.Intersects(second) {
		t.Fatalf("exp(%s) at %d bits: %s and the continued fraction %s", x, bits, e.Decimal(30), second.Decimal(30))
	}
}

func TestExpAgainstContinuedFraction(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 61))
	for range 300 {
		if x := fractionOf(r, 1+r.Int64N(60)); !x.IsZero() {
			checkExp(t, x, uint(2+r.IntN(180)))
		}
	}
	for _, x := range []rational.Rat{rational.NewRat(1, 1<<40), rational.NewRat(-1, 1<<40), rational.NewRat(1, 1<<62), rational.NewRat(-3, 1<<20)} {
		for _, bits := range []uint{5, 20, 39, 40, 41, 100} {
			checkExp(t, x, bits)
		}
	}
}

// checkLog compares with the series of the inverse hyperbolic tangent.
func checkLog(t *testing.T, x rational.Rat, bits uint) {
	t.Helper()
	e := Log(x, bits)
	m, k := mantissa(x)
	terms := int(bits)/3 + 12 // |z| ≤ 1/3
	series := atanhLog(m, terms).Add(atanhLog(rational.NewRat(2, 1), terms).Scale(rational.NewRat(int64(k), 1)))
	if limit := rational.Dyadic(rational.NewInt(1), -int(bits)); e.Width().Cmp(limit) > 0 || series.Width().Cmp(limit) > 0 || !e.Intersects(series) {
		t.Fatalf("ln(%s) at %d bits: %s and the series %s", x, bits, e.Decimal(30), series.Decimal(30))
	}
	if sign, decided := e.Sign(); !decided || sign != x.Cmp(rational.NewRat(1, 1)) {
		t.Fatalf("ln(%s) at %d bits: %s has no sign", x, bits, e.Decimal(30))
	}
}

func TestLogNearOne(t *testing.T) {
	for _, shift := range []int{1, 5, 30, 31, 32, 33, 34, 61, 300} {
		for _, sign := range []int64{1, -1} {
			x := rational.NewRat(1, 1).Add(rational.Dyadic(rational.NewInt(sign), -shift))
			checkLog(t, x, 32)
			relative := Log(x, 32)
			if sign < 0 {
				relative = Interval{}.Sub(relative)
			}
			if !relative.narrowRelative(32) {
				t.Errorf("ln(1 %+d·2^-%d) is too wide", sign, shift)
			}
		}
	}
}

func FuzzEnclosures(f *testing.F) {
	f.Add(int64(-745), int64(1), uint8(100))
	f.Add(int64(1), int64(3), uint8(7))
	f.Add(int64(1), int64(1<<62), uint8(60))
	f.Fuzz(func(t *testing.T, num, den int64, bits uint8) {
		if den == 0 || num == 0 || num == -1<<63 || den == -1<<63 {
			return
		}
		x := rational.NewRat(num, den)
		checkLog(t, x.Abs(), max(2, uint(bits)))
		s := Sqrt(x.Abs(), uint(bits))
		if s.Lo.Mul(s.Lo).Cmp(x.Abs()) > 0 || s.Hi.Mul(s.Hi).Cmp(x.Abs()) < 0 {
			t.Fatalf("√%s is not in %s", x.Abs(), s)
		}
		if x.Abs().Cmp(rational.NewRat(2000, 1)) > 0 {
			x = rational.NewRat(num%2000, 1+den&15)
		}
		if !x.IsZero() {
			checkExp(t, x, max(2, uint(bits)))
		}
	})
}
