package rational

import (
	"encoding/json"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// Numbers that the compiler knows are those that are computed.
func TestConstants(t *testing.T) {
	for _, n := range []int64{0, 1, -1, 7, math.MaxInt64, math.MinInt64} {
		if got, want := Whole(n), NewRat(n, 1); got != want {
			t.Errorf("Whole(%d) is %v", n, got)
		}
	}
	if got, want := Half(), NewRat(1, 2); got != want {
		t.Errorf("Half() is %v", got)
	}
}

func checkRatOps(t *testing.T, x, y Rat) {
	t.Helper()
	a, b := x.Big(), y.Big()
	checkRat(t, "x", x, a)
	checkRat(t, "RatFromBig", RatFromBig(a), a)
	checkRat(t, "Add", x.Add(y), new(big.Rat).Add(a, b))
	checkRat(t, "Sub", x.Sub(y), new(big.Rat).Sub(a, b))
	checkRat(t, "Mul", x.Mul(y), new(big.Rat).Mul(a, b))
	checkRat(t, "Neg", x.Neg(), new(big.Rat).Neg(a))
	checkRat(t, "Abs", x.Abs(), new(big.Rat).Abs(a))
	if !y.IsZero() {
		checkRat(t, "Quo", x.Quo(y), new(big.Rat).Quo(a, b))
		checkRat(t, "Inv", y.Inv(), new(big.Rat).Inv(b))
	}
	if got, want := x.Cmp(y), a.Cmp(b); got != want {
		t.Fatalf("Cmp(%v, %v) = %d, want %d", x, y, got, want)
	}
	if x.Equal(y) != (a.Cmp(b) == 0) || x.Sign() != a.Sign() || x.IsInt() != a.IsInt() || x.IsZero() != (a.Sign() == 0) {
		t.Fatalf("a predicate of %v, %v is wrong", x, y)
	}
	if x.String() != a.RatString() || string(x.Append(nil)) != a.RatString() {
		t.Fatalf("String of %v = %q", a, x)
	}
	low, high := x, y
	if a.Cmp(b) > 0 {
		low, high = y, x
	}
	if !MinRat(x, y).Equal(low) || !MaxRat(x, y).Equal(high) {
		t.Fatalf("MinRat or MaxRat of %v, %v is wrong", x, y)
	}
}

func TestRatOpsRandom(t *testing.T) {
	r := newRand(10)
	for _, draw := range []func(*rand.Rand) Rat{smallRat, randomRat} {
		for range 15_000 {
			checkRatOps(t, draw(r), draw(r))
		}
	}
}

// Equal values must have equal parts, whatever they were computed from.
func TestRatEqualByMeaning(t *testing.T) {
	r := newRand(11)
	for range 5_000 {
		x, y := randomRat(r), randomRat(r)
		if z := x.Add(y).Sub(y); !z.Equal(x) || z.Cmp(x) != 0 {
			t.Fatalf("%v + %v - %v = %v", x, y, y, z)
		}
	}
}

func TestRatFromIntsAtEdges(t *testing.T) {
	for _, a := range edges() {
		for _, b := range edges() {
			if b.Sign() != 0 {
				checkRat(t, "RatFromInts", RatFromInts(IntFromBig(a), IntFromBig(b)), new(big.Rat).SetFrac(a, b))
			}
		}
	}
	checkRat(t, "NewRat", NewRat(6, -4), big.NewRat(-3, 2))
	checkRat(t, "zero value", Rat{}, new(big.Rat))
	mustPanic(t, "rational: zero denominator", func() { NewRat(1, 0) })
}

func TestRatPow(t *testing.T) {
	r := newRand(12)
	for range 2_000 {
		x, n := randomRat(r), r.IntN(9)-4
		if x.IsZero() && n < 0 {
			mustPanic(t, "rational: division by zero", func() { x.Pow(n) })
			continue
		}
		want := big.NewRat(1, 1)
		for range max(n, -n) {
			want.Mul(want, x.Big())
		}
		if n < 0 {
			want.Inv(want)
		}
		checkRat(t, "Pow", x.Pow(n), want)
	}
	checkRat(t, "1^MinInt", NewRat(-1, 1).Pow(math.MinInt), big.NewRat(1, 1))
}

func TestRatDivisionByZero(t *testing.T) {
	mustPanic(t, "rational: division by zero", func() { Rat{}.Inv() })
	mustPanic(t, "rational: division by zero", func() { NewRat(1, 2).Quo(Rat{}) })
}

func TestRatFromFloat64(t *testing.T) {
	r := newRand(13)
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.5, 3, 1 << 53, 1 << 62, 1 << 63, -(1 << 63), 1 << 64,
		math.MaxFloat64, math.SmallestNonzeroFloat64, 0x1p-1022, float64(float32(0.1)), -0x1.8p-3}
	for range 20_000 {
		values = append(values, math.Float64frombits(r.Uint64()), float64(r.Float32()), float64(r.Int64N(2000))/64)
	}
	for _, f := range values {
		x, err := RatFromFloat64(f)
		if math.IsNaN(f) || math.IsInf(f, 0) {
			if err == nil {
				t.Fatalf("RatFromFloat64(%v) = %v", f, x)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		checkRat(t, "RatFromFloat64", x, new(big.Rat).SetFloat64(f))
		if back := x.Float64(); back != f {
			t.Fatalf("Float64 of %v = %v", f, back)
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if x, err := RatFromFloat64(f); err == nil {
			t.Errorf("RatFromFloat64(%v) = %v", f, x)
		}
	}
}

func TestScaleByTwo(t *testing.T) {
	r := newRand(14)
	for range 5_000 {
		m, e := randomBig(r), r.IntN(300)-150
		two := new(big.Int).Lsh(big.NewInt(1), uint(max(e, -e)))
		want := new(big.Rat).SetFrac(new(big.Int).Mul(m, two), big.NewInt(1))
		if e < 0 {
			want.SetFrac(m, two)
		}
		checkRat(t, "Dyadic", Dyadic(IntFromBig(m), e), want)
	}
}

func TestJSONRoundTrip(t *testing.T) {
	type values struct {
		N Int
		X []Rat
	}
	in := values{NewInt(math.MinInt64).Neg(), []Rat{{}, NewRat(-3, 7), NewRat(5, 1)}}
	text, err := json.Marshal(in)
	if want := `{"N":"9223372036854775808","X":["0","-3/7","5"]}`; err != nil || string(text) != want {
		t.Fatalf("%s, %v; want %s", text, err, want)
	}
	var out values
	if err := json.Unmarshal(text, &out); err != nil || !out.N.Equal(in.N) || !RatVector(out.X).Equal(in.X) {
		t.Errorf("read back %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"N":"08"}`), &out); err == nil || !out.N.Equal(in.N) {
		t.Errorf("accepted 08, or changed the value: %v, %v", out.N, err)
	}
	if err := json.Unmarshal([]byte(`{"X":["1/0"]}`), &out); err == nil {
		t.Error("accepted 1/0")
	}
}
