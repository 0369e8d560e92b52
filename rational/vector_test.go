package rational

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func randomVector(r *rand.Rand, n int, draw func(*rand.Rand) Int) Vector {
	v := make(Vector, n)
	for i := range v {
		v[i] = draw(r)
	}
	return v
}

func smallInt(r *rand.Rand) Int { return NewInt(r.Int64N(7) - 3) }

func TestCombineAgainstScalars(t *testing.T) {
	r := newRand(30)
	for range 5_000 {
		n := r.IntN(6)
		a, b := randomInt(r), randomInt(r)
		v, w := randomVector(r, n, randomInt), randomVector(r, n, randomInt)
		got := Combine(a, v, b, w)
		for i := range n {
			checkInt(t, "Combine", got[i], a.Mul(v[i]).Add(b.Mul(w[i])).Big())
		}
		if p := CombinePrimitive(a, v, b, w); !p.Equal(got.Primitive()) {
			t.Fatalf("CombinePrimitive = %v, want %v", p, got.Primitive())
		}
	}
}

func TestDotAgainstScalars(t *testing.T) {
	r := newRand(33)
	least := NewVector(math.MinInt64, math.MinInt64, math.MinInt64, 1)
	for i := range 5_000 {
		n := r.IntN(6)
		v, w := randomVector(r, n, randomInt), randomVector(r, n, randomInt)
		if i%2 == 0 {
			v, w = NewVector(randomWord(r), randomWord(r), randomWord(r)), NewVector(randomWord(r), randomWord(r), randomWord(r))
		}
		if i == 0 {
			v, w = least, least // overflows 128 bits
		}
		want := new(big.Int)
		for j := range v {
			want.Add(want, new(big.Int).Mul(v[j].Big(), w[j].Big()))
		}
		checkInt(t, "Dot", v.Dot(w), want)
	}
}

func TestPrimitive(t *testing.T) {
	for _, c := range []struct{ in, want Vector }{
		{Vector{}, Vector{}},
		{NewVector(0, 0), NewVector(0, 0)},
		{NewVector(0, -6, 4), NewVector(0, -3, 2)},
		{NewVector(-5), NewVector(-1)},
		{NewVector(math.MinInt64, 0), NewVector(-1, 0)},
		{NewVector(3, 5), NewVector(3, 5)},
	} {
		if got := c.in.Primitive(); !got.Equal(c.want) {
			t.Errorf("Primitive(%v) = %v, want %v", c.in, got, c.want)
		}
	}
	r := newRand(31)
	for range 3_000 {
		v, s := randomVector(r, 1+r.IntN(4), randomInt), randomInt(r).Abs()
		p := v.Primitive()
		if c := p.Content(); !v.IsZero() && !c.IsOne() || v.IsZero() != p.IsZero() {
			t.Fatalf("Primitive(%v) = %v of content %v", v, p, c)
		}
		zero := make(Vector, len(v))
		if back := Combine(v.Content(), p, Int{}, zero); !back.Equal(v) {
			t.Fatalf("content times primitive part of %v = %v", v, back)
		}
		if scaled := Combine(s, v, Int{}, zero); !s.IsZero() && !scaled.Primitive().Equal(p) {
			t.Fatalf("Primitive(%v) differs from Primitive(%v)", scaled, v)
		}
	}
}

func TestVectorBasics(t *testing.T) {
	v, w := NewVector(1, -2, 3), NewVector(1, -2, 4)
	if got := v.Dot(w); !got.Equal(NewInt(17)) {
		t.Errorf("Dot = %v", got)
	}
	if v.Equal(w) || v.Equal(v[:2]) || !v.Equal(v.Neg().Neg()) || !v.Neg().Equal(NewVector(-1, 2, -3)) {
		t.Error("Equal or Neg is wrong")
	}
	if got := v.String() + v.Rats().String() + (Vector{}).String(); got != "[1 -2 3][1 -2 3][]" {
		t.Errorf("String: %s", got)
	}
	mustPanic(t, "rational: Dot of vectors of length 3 and 2", func() { v.Dot(w[:2]) })
	mustPanic(t, "rational: Combine of vectors of length 3 and 2", func() { Combine(Int{}, v, Int{}, w[:2]) })
}

func TestRatVector(t *testing.T) {
	v := RatVector{NewRat(1, 2), NewRat(-1, 3), {}}
	w := RatVector{NewRat(1, 2), NewRat(1, 3), NewRat(5, 1)}
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"Dot", v.Dot(w).String(), "5/36"},
		{"Add", v.Add(w).String(), "[1 0 5]"},
		{"Sub", v.Sub(w).String(), "[0 -2/3 -5]"},
		{"Scale", v.Scale(NewRat(-6, 1)).String(), "[-3 2 0]"},
		{"Sum", v.Sum().String(), "1/6"},
		{"Primitive", v.Primitive().String(), "[3 -2 0]"},
		{"Primitive negated", v.Scale(NewRat(-4, 9)).Primitive().String(), "[-3 2 0]"},
		{"Denominator", v.Denominator().String(), "6"},
		{"Denominator of nothing", RatVector{}.Denominator().String(), "1"},
		{"Equal", v.Equal(w) || v.Equal(v[:2]), false},
		{"Equal self", v.Equal(v.Add(RatVector{{}, {}, {}})), true},
		{"IsZero", v.IsZero(), false},
		{"IsZero of zeros", v.Sub(v).IsZero(), true},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v, want %v", c.what, c.got, c.want)
		}
	}
	for what, f := range map[string]func(){
		"Dot": func() { v.Dot(w[:2]) }, "Add": func() { v.Add(w[:2]) }, "Sub": func() { v.Sub(w[:2]) },
	} {
		mustPanic(t, "rational: "+what+" of vectors of length 3 and 2", f)
	}
}

func TestIntegersTimesDenominator(t *testing.T) {
	r := newRand(32)
	for range 2_000 {
		v := make(RatVector, r.IntN(5))
		for i := range v {
			v[i] = randomRat(r)
		}
		m, d := v.Integers()
		if d.Sign() <= 0 || !m.Rats().Scale(RatFromInts(NewInt(1), d)).Equal(v) {
			t.Fatalf("%v = %v / %v", v, m, d)
		}
		// The denominator is the least: it has no factor in common with all of m.
		if g := GCD(d, m.Content()); len(v) > 0 && !g.IsOne() {
			t.Fatalf("%v = %v / %v is not in lowest terms", v, m, d)
		}
	}
}
