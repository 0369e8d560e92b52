package rational

import (
	"math"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

// checkIntOps compares every operation on the pair with math/big.
func checkIntOps(t *testing.T, a, b *big.Int) {
	t.Helper()
	x, y := IntFromBig(a), IntFromBig(b)
	checkUnary(t, x, a)
	checkInt(t, "Add", x.Add(y), new(big.Int).Add(a, b))
	checkInt(t, "Sub", x.Sub(y), new(big.Int).Sub(a, b))
	checkInt(t, "Mul", x.Mul(y), new(big.Int).Mul(a, b))
	checkInt(t, "GCD", GCD(x, y), new(big.Int).GCD(nil, nil, new(big.Int).Abs(a), new(big.Int).Abs(b)))
	if got, want := x.Cmp(y), a.Cmp(b); got != want {
		t.Fatalf("Cmp(%v, %v) = %d, want %d", x, y, got, want)
	}
	if got, want := x.Equal(y), a.Cmp(b) == 0; got != want {
		t.Fatalf("Equal(%v, %v) = %t", x, y, got)
	}
	if !x.Equal(IntFromBig(a)) {
		t.Fatalf("%v differs from its copy", x)
	}
	checkDivision(t, x, y, a, b)
	hi, lo := x.Modulo128()
	low := new(big.Int).And(a, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 128), big.NewInt(1)))
	if got := new(big.Int).SetUint64(uint64(hi)); got.Lsh(got, 64).Or(got, new(big.Int).SetUint64(lo)).Cmp(low) != 0 {
		t.Fatalf("Modulo128(%v) = %v, want %v", a, got, low)
	}
	// Operands are immutable.
	checkInt(t, "left operand", x, a)
	checkInt(t, "right operand", y, b)
}

func checkUnary(t *testing.T, x Int, a *big.Int) {
	t.Helper()
	checkInt(t, "IntFromBig", x, a)
	checkInt(t, "Neg", x.Neg(), new(big.Int).Neg(a))
	checkInt(t, "Abs", x.Abs(), new(big.Int).Abs(a))
	if x.Sign() != a.Sign() || x.IsZero() != (a.Sign() == 0) || x.BitLen() != a.BitLen() || x.String() != a.String() {
		t.Fatalf("sign, size or text of %v is wrong", a)
	}
	if text := x.Append([]byte("x")); string(text) != "x"+a.String() {
		t.Fatalf("Append(%v) gives %s", a, text)
	}
	if x.IsOne() != (a.Cmp(big.NewInt(1)) == 0) {
		t.Fatalf("IsOne(%v) = %t", a, x.IsOne())
	}
	if v, ok := x.Int64(); ok != a.IsInt64() || ok && v != a.Int64() || !ok && v != 0 {
		t.Fatalf("Int64(%v) = %d, %t", a, v, ok)
	}
	if back, err := ParseInt(x.String()); err != nil || !back.Equal(x) {
		t.Fatalf("ParseInt(%v) = %v, %v", x, back, err)
	}
}

func checkDivision(t *testing.T, x, y Int, a, b *big.Int) {
	t.Helper()
	if b.Sign() == 0 {
		mustPanic(t, "rational: division by zero", func() { x.QuoRem(y) })
		return
	}
	wantQ, wantR := new(big.Int).QuoRem(a, b, new(big.Int))
	q, r := x.QuoRem(y)
	checkInt(t, "quotient", q, wantQ)
	checkInt(t, "remainder", r, wantR)
	checkInt(t, "DivExact", x.Mul(y).DivExact(y), a)
	if wantR.Sign() != 0 {
		mustPanic(t, "rational: DivExact leaves a remainder", func() { x.DivExact(y) })
	}
	lcm := LCM(x, y)
	checkInt(t, "LCM·GCD", lcm.Mul(GCD(x, y)), new(big.Int).Abs(new(big.Int).Mul(a, b)))
}

func TestIntOpsAtEdges(t *testing.T) {
	for _, a := range edges() {
		for _, b := range edges() {
			checkIntOps(t, a, b)
		}
	}
}

func TestIntOpsRandom(t *testing.T) {
	r := newRand(1)
	for range 50_000 {
		checkIntOps(t, randomBig(r), randomBig(r))
	}
}

// Quotients of two words, whose first guess is wrong now and then: divisors that begin with few or many ones.
func TestQuotientsOfTwoWords(t *testing.T) {
	r := newRand(7)
	word := func() uint64 { return [4]uint64{0, 1, ^uint64(0), r.Uint64()}[r.IntN(4)] >> (r.IntN(2) * r.IntN(64)) }
	two := func() *big.Int {
		x := new(big.Int).SetUint64(word())
		return x.Or(x.Lsh(x, 64), new(big.Int).SetUint64(word()))
	}
	for range 100_000 {
		a, b := two(), two()
		if b.Sign() == 0 {
			continue
		}
		wantQ, wantR := new(big.Int).QuoRem(a, b, new(big.Int))
		q, rem := IntFromBig(a).QuoRem(IntFromBig(b))
		checkInt(t, "quotient", q, wantQ)
		checkInt(t, "remainder", rem, wantR)
	}
}

func TestIntPow(t *testing.T) {
	r := newRand(2)
	for range 500 {
		a, n := randomBig(r), r.IntN(12)
		checkInt(t, "Pow", IntFromBig(a).Pow(uint(n)), new(big.Int).Exp(a, big.NewInt(int64(n)), nil))
	}
	checkInt(t, "0^0", Int{}.Pow(0), big.NewInt(1))
}

func TestLeading(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 42))
	for width := range 300 {
		x := new(big.Int).Lsh(big.NewInt(1), uint(width))
		for _, y := range []*big.Int{x, new(big.Int).Sub(x, big.NewInt(1)), new(big.Int).Sub(x, new(big.Int).Rsh(new(big.Int).SetUint64(random.Uint64()), 65))} {
			mantissa, exponent := IntFromBig(new(big.Int).Neg(y)).Leading()
			low := new(big.Int).SetUint64(mantissa)
			if exponent < 0 {
				if y.Cmp(low.Rsh(low, uint(-exponent))) != 0 {
					t.Fatalf("Leading(-%v) = %d, %d", y, mantissa, exponent)
				}
				continue
			}
			high := new(big.Int).Add(low, big.NewInt(1))
			if y.Cmp(low.Lsh(low, uint(exponent))) < 0 || y.Cmp(high.Lsh(high, uint(exponent))) >= 0 || y.Sign() > 0 && mantissa>>63 == 0 {
				t.Fatalf("Leading(-%v) = %d, %d", y, mantissa, exponent)
			}
		}
	}
}

func TestLCMOfZero(t *testing.T) {
	if got := LCM(Int{}, NewInt(5)); !got.IsZero() {
		t.Errorf("LCM(0, 5) = %v", got)
	}
	if got := LCM(NewInt(math.MinInt64), Int{}); !got.IsZero() {
		t.Errorf("LCM(MinInt64, 0) = %v", got)
	}
}

// The words that overflow are few; the least one has four traps of its own.
func TestIntMinInt64(t *testing.T) {
	least, minusOne := NewInt(math.MinInt64), NewInt(-1)
	two63 := "9223372036854775808"
	q, r := least.QuoRem(minusOne)
	for what, got := range map[string]Int{
		"Neg": least.Neg(), "Abs": least.Abs(), "Mul": least.Mul(minusOne), "GCD": GCD(least, Int{}), "QuoRem": q,
	} {
		if got.String() != two63 || got.wide == nil {
			t.Errorf("%s gives %v, want %s", what, got, two63)
		}
	}
	if !r.IsZero() {
		t.Errorf("remainder %v of %v by -1", r, least)
	}
	if back := least.Neg().Neg(); !back.Equal(least) || back.wide != nil {
		t.Errorf("-(-%v) = %v", least, back)
	}
}

func TestIntDoesNotShareBig(t *testing.T) {
	source := new(big.Int).Lsh(big.NewInt(1), 100)
	x := IntFromBig(source)
	want := x.String()
	source.SetInt64(1)
	x.Big().SetInt64(2)
	if x.String() != want {
		t.Errorf("x changed to %v with its source or its copy", x)
	}
}

func TestIntSmallPathDoesNotAllocate(t *testing.T) {
	x, y, sink := NewInt(1<<31), NewInt(-12345), NewInt(0)
	allocs := testing.AllocsPerRun(100, func() {
		q, r := x.QuoRem(y)
		sink = x.Add(y).Mul(y).Sub(q).Add(GCD(x, r)).Neg().Abs().Add(sink)
		sink = sink.DivExact(NewInt(1))
	})
	if allocs != 0 {
		t.Errorf("%v allocations on machine words", allocs)
	}
}

func TestGcd64AgainstEuclid(t *testing.T) {
	r := newRand(3)
	for range 20_000 {
		a, b := r.Uint64()>>r.IntN(64), r.Uint64()>>r.IntN(64)
		if r.IntN(10) == 0 {
			a = 0
		}
		x, y := a, b
		for y != 0 {
			x, y = y, x%y
		}
		if got := gcd64(a, b); got != x {
			t.Fatalf("gcd64(%d, %d) = %d, want %d", a, b, got, x)
		}
	}
}

func randomWord(r *rand.Rand) int64 {
	for {
		if b := randomBig(r); b.IsInt64() {
			return b.Int64()
		}
	}
}

// The intermediate numbers of 128 bits, against math/big.
func TestWords128(t *testing.T) {
	r := newRand(4)
	limit := new(big.Int).Lsh(big.NewInt(1), 127)
	divisions := 0
	for range 30_000 {
		p, a, f, b, d := randomWord(r), randomWord(r), randomWord(r), randomWord(r), randomWord(r)
		s := new(big.Int).Mul(big.NewInt(p), big.NewInt(a))
		s.Add(s, new(big.Int).Mul(big.NewInt(f), big.NewInt(b)))
		h1, l1 := mul128(p, a)
		h2, l2 := mul128(f, b)
		hi, lo, ok := add128(h1, l1, h2, l2)
		if ok != (s.Cmp(limit) < 0) {
			t.Fatalf("%d·%d + %d·%d: overflow %t", p, a, f, b, !ok)
		}
		if !ok || d == 0 {
			continue
		}
		checkInt(t, "IntFrom128", IntFrom128(hi, lo), s)
		q, rem := new(big.Int).QuoRem(s, big.NewInt(d), new(big.Int))
		if got, ok := quo128(hi, lo, d); ok && (rem.Sign() != 0 || got != q.Int64()) {
			t.Fatalf("%v / %d = %d", s, d, got)
		} else if rem.Sign() == 0 && q.IsInt64() && q.Int64() != math.MinInt64 {
			divisions++
			if !ok {
				t.Fatalf("%v / %d is exact, and not found", s, d)
			}
		}
	}
	if divisions < 1000 {
		t.Errorf("only %d exact divisions", divisions)
	}
}

// FuzzIntOps reads two decimal numbers and compares every operation with math/big.
func FuzzIntOps(f *testing.F) {
	for _, a := range edges() {
		f.Add(a.String(), "-1")
		f.Add("9223372036854775807", a.String())
	}
	f.Fuzz(func(t *testing.T, s, u string) {
		if len(s) > 200 || len(u) > 200 || strings.Contains(s+u, "_") {
			return
		}
		a, ok1 := new(big.Int).SetString(s, 10)
		b, ok2 := new(big.Int).SetString(u, 10)
		if ok1 && ok2 {
			checkIntOps(t, a, b)
		}
	})
}

// Powers of two share powers of two alone with other long numbers: divisors found by the zeros at the end are those of math/big.
func TestGCDOfPowersOfTwo(t *testing.T) {
	r := newRand(22)
	for range 3000 {
		power := new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(400)))
		other := new(big.Int).Lsh(big.NewInt(r.Int64()-1<<62), uint(r.IntN(400)))
		switch r.IntN(4) {
		case 0:
			power.Neg(power)
		case 1: // all but a power
			power.Add(power, new(big.Int).Lsh(big.NewInt(1), uint(r.IntN(400))))
		case 2:
			other.Lsh(big.NewInt(1), uint(r.IntN(400)))
		}
		want := new(big.Int).GCD(nil, nil, new(big.Int).Abs(power), new(big.Int).Abs(other))
		for _, got := range []Int{GCD(IntFromBig(power), IntFromBig(other)), GCD(IntFromBig(other), IntFromBig(power))} {
			if !got.Equal(IntFromBig(want)) {
				t.Fatalf("GCD of %v and %v: %v, want %v", power, other, got, want)
			}
		}
	}
}
