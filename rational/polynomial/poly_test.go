package polynomial

import (
	"math"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// randomPoly draws a few terms with small exponents, so that terms meet.
func randomPoly(r *rand.Rand, nvars int) Poly {
	p := Zero(nvars)
	for range r.IntN(6) {
		exps := make([]int, nvars)
		for i := range exps {
			exps[i] = r.IntN(4)
		}
		draw := smallInt
		if r.IntN(5) == 0 {
			draw = wideInt
		}
		p = p.Add(Monomial(draw(r), exps))
	}
	return p
}

func randomPoint(r *rand.Rand, n int) []rational.Rat {
	x := make([]rational.Rat, n)
	for i := range x {
		x[i] = smallRat(r)
	}
	return x
}

// checkPoly verifies the canonical form: descending monomials, nonzero coefficients.
func checkPoly(t *testing.T, p Poly) {
	t.Helper()
	for i, u := range p.terms {
		if u.coef.IsZero() || i > 0 && p.terms[i-1].mono <= u.mono || len(u.mono) != wordBytes*(p.nvars+1) {
			t.Fatalf("term %d of %v is not in canonical form", i, p)
		}
	}
}

func checkValue(t *testing.T, what string, p Poly, x []rational.Rat, want rational.Rat) {
	t.Helper()
	checkPoly(t, p)
	if got := p.Eval(x); !got.Equal(want) {
		t.Fatalf("%s: %v at %v is %v, want %v", what, p, x, got, want)
	}
}

// Evaluation at a point is a homomorphism of rings.
func TestPolyAgainstEvaluation(t *testing.T) {
	r := newRand(50)
	for range 1_500 {
		n := r.IntN(4)
		p, q, x := randomPoly(r, n), randomPoly(r, n), randomPoint(r, n)
		a, b, c, k := p.Eval(x), q.Eval(x), wideInt(r), r.IntN(4)
		checkValue(t, "Add", p.Add(q), x, a.Add(b))
		checkValue(t, "Sub", p.Sub(q), x, a.Sub(b))
		checkValue(t, "Neg", p.Neg(), x, a.Neg())
		checkValue(t, "Scale", p.Scale(c), x, a.Mul(rational.RatFromInt(c)))
		checkValue(t, "Mul", p.Mul(q), x, a.Mul(b))
		checkValue(t, "Pow", p.Pow(uint(k)), x, a.Pow(k))
		if n > 0 {
			i := r.IntN(n)
			y := append([]rational.Rat(nil), x...)
			y[i] = b
			checkValue(t, "Substitute", p.Substitute(i, q), x, p.Eval(y))
		}
		if !p.Add(q).Sub(q).Equal(p) || !p.Sub(p).IsZero() || !p.Mul(q).Equal(q.Mul(p)) {
			t.Fatalf("an identity fails for %v and %v", p, q)
		}
	}
}

// Eval itself is compared with the sum over Terms.
func TestPolyEvalAgainstTerms(t *testing.T) {
	r := newRand(51)
	for range 1_000 {
		n := r.IntN(4)
		p, x := randomPoly(r, n), randomPoint(r, n)
		var want rational.Rat
		rebuilt := Zero(n)
		for _, u := range p.Terms() {
			v := rational.RatFromInt(u.Coef)
			for i, e := range u.Exps {
				for range e {
					v = v.Mul(x[i])
				}
			}
			want = want.Add(v)
			rebuilt = rebuilt.Add(Monomial(u.Coef, u.Exps))
		}
		checkValue(t, "Eval", p, x, want)
		if !rebuilt.Equal(p) {
			t.Fatalf("%v from the terms of %v", rebuilt, p)
		}
	}
}

// The multinomial theorem gives every coefficient of a power of a sum.
func TestPolyMultinomial(t *testing.T) {
	const n, k = 4, 6
	sum := Zero(n)
	for i := range n {
		sum = sum.Add(Variable(n, i))
	}
	factorial := func(m int) rational.Int {
		f := rational.NewInt(1)
		for i := 2; i <= m; i++ {
			f = f.Mul(rational.NewInt(int64(i)))
		}
		return f
	}
	terms := sum.Pow(k).Terms()
	if len(terms) != 84 { // C(k+n-1, n-1)
		t.Fatalf("%d terms", len(terms))
	}
	for _, u := range terms {
		want := factorial(k)
		for _, e := range u.Exps {
			want = want.DivExact(factorial(e))
		}
		if !u.Coef.Equal(want) {
			t.Errorf("coefficient %v of %v, want %v", u.Coef, u.Exps, want)
		}
	}
}

func TestPolyString(t *testing.T) {
	x, y, z := Variable(3, 0), Variable(3, 1), Variable(3, 2)
	c := func(v int64) Poly { return Constant(3, rational.NewInt(v)) }
	for _, p := range []struct {
		p    Poly
		want string
	}{
		{Zero(3), "0"},
		{c(-1), "-1"},
		{c(1).Add(x), "x1 + 1"},
		{x.Sub(y).Pow(2), "x1^2 - 2*x1*x2 + x2^2"},
		{z.Neg().Add(y.Mul(x).Mul(z).Mul(c(7))).Sub(c(5)), "7*x1*x2*x3 - x3 - 5"},
		{x.Mul(y).Neg().Add(z.Pow(2)), "-x1*x2 + x3^2"},
		{x.Add(y.Pow(3)), "x2^3 + x1"}, // graded: the degree comes first
		{Constant(0, rational.NewInt(4)), "4"},
	} {
		if got := p.p.String(); got != p.want {
			t.Errorf("String = %q, want %q", got, p.want)
		}
	}
}

func TestLargeExponents(t *testing.T) {
	x := Variable(2, 0)
	if x.NumVars() != 2 || x.Pow(300).Terms()[0].Exps[0] != 300 {
		t.Errorf("%d variables, %v", x.NumVars(), x.Pow(300).Terms())
	}
	big := Monomial(rational.NewInt(1), []int{math.MaxInt32, 0})
	if got := Monomial(rational.NewInt(1), []int{1}).Pow(math.MaxInt32).Terms()[0].Exps[0]; got != math.MaxInt32 {
		t.Errorf("exponent %d", got)
	}
	if x.Equal(Variable(3, 0)) || Zero(2).Equal(Zero(3)) {
		t.Error("polynomials in different rings are equal")
	}
	for _, c := range []struct {
		message string
		f       func()
	}{
		{"polynomial: degree of a monomial out of range", func() { big.Mul(x) }},
		{"polynomial: degree of a monomial out of range", func() { Monomial(rational.NewInt(1), []int{math.MaxInt32, 1}) }},
		{"polynomial: degree of a monomial out of range", func() { Monomial(rational.NewInt(1), []int{math.MaxInt, math.MaxInt}) }},
		{"polynomial: negative exponent -1", func() { Monomial(rational.NewInt(1), []int{-1}) }},
		{"polynomial: negative number of variables", func() { Zero(-1) }},
		{"polynomial: negative number of variables", func() { Constant(-1, rational.Int{}) }},
		{"polynomial: variable 2 of 2", func() { Variable(2, 2) }},
		{"polynomial: variable -1 of 2", func() { x.Substitute(-1, x) }},
		{"polynomial: polynomials in 2 and 3 variables", func() { x.Add(Zero(3)) }},
		{"polynomial: polynomials in 2 and 3 variables", func() { x.Mul(Zero(3)) }},
		{"polynomial: polynomials in 2 and 3 variables", func() { x.Substitute(0, Zero(3)) }},
		{"polynomial: point of length 1 for a polynomial in 2 variables", func() { x.Eval([]rational.Rat{{}}) }},
	} {
		mustPanic(t, c.message, c.f)
	}
}

func BenchmarkPolyPow(b *testing.B) {
	sum := Zero(10)
	for i := range 10 {
		sum = sum.Add(Variable(10, i))
	}
	b.ReportAllocs()
	for b.Loop() {
		sum.Pow(6)
	}
}

// smallRat draws a fraction with few values, so that ties and zeros are common.
func smallRat(r *rand.Rand) rational.Rat { return rational.NewRat(r.Int64N(13)-6, 1+r.Int64N(6)) }

func smallInt(r *rand.Rand) rational.Int { return rational.NewInt(r.Int64N(7) - 3) }

// wideInt draws integers on both sides of the machine word.
func wideInt(r *rand.Rand) rational.Int {
	return rational.NewInt(r.Int64()).Mul(rational.NewInt(r.Int64() >> r.IntN(64)))
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// mustPanic checks that f panics with exactly the message.
func mustPanic(t *testing.T, message string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if got := recover(); got != message {
			t.Errorf("panic %v, want %q", got, message)
		}
	}()
	f()
}
