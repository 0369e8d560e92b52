package theorem

import (
	"math/big"
	"slices"
	"testing"
)

// around are numbers around the ends of short ones, and fractions.
func around() (values []*big.Rat) {
	for _, shift := range []uint{0, 30, 31, 32, 61, 62, 63, 64, 65, 127} {
		for _, near := range []int64{-2, -1, 0, 1, 2} {
			n := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), shift), big.NewInt(near))
			values = append(values, new(big.Rat).SetInt(n), new(big.Rat).SetInt(new(big.Int).Neg(n)))
			if n.Sign() != 0 {
				values = append(values, new(big.Rat).SetFrac(big.NewInt(3), n))
			}
		}
	}
	return values
}

func short(r *big.Rat) bool {
	return r.IsInt() && r.Num().IsInt64() && r.Num().Int64() > -1<<62 && r.Num().Int64() < 1<<62
}

// Each operation is that of math/big, and a number is held as a short one if and only if it is one: so that equal numbers are
// held in the same way.
func TestNumbers(t *testing.T) {
	values := around()
	same := func(what string, got Num, want *big.Rat) {
		t.Helper()
		if got.Rat().Cmp(want) != 0 || got.Short() != short(want) || got.String() != want.RatString() {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	for _, a := range values {
		x := Number(new(big.Rat).Set(a))
		same("number", x, a)
		same("neg", x.Neg(), new(big.Rat).Neg(a))
		if a.Sign() != 0 {
			same("inverse", x.Inverse(), new(big.Rat).Inv(a))
		}
		if x.Sign() != a.Sign() || x.IsOne() != (a.Cmp(big.NewRat(1, 1)) == 0) || x.Integer() != a.IsInt() {
			t.Errorf("of %v: its sign, that it is 1, or an integer", a)
		}
		if a.IsInt() {
			same("integer", Big(new(big.Int).Set(a.Num())), a)
		}
		above, below := x.Words()
		if above != 1+a.Num().BitLen()/64 || below != 1+a.Denom().BitLen()/64 {
			t.Errorf("%v has %d and %d words", a, above, below)
		}
		for _, b := range values {
			testPair(t, x, a, Number(new(big.Rat).Set(b)), b, same)
		}
	}
}

func testPair(t *testing.T, x Num, a *big.Rat, y Num, b *big.Rat, same func(what string, got Num, want *big.Rat)) {
	t.Helper()
	sum, product := new(big.Rat).Add(a, b), new(big.Rat).Mul(a, b)
	same("sum", x.Plus(y), sum)
	same("product", x.Times(y), product)
	both := short(a) && short(b)
	difference := new(big.Rat).Sub(a, b)
	if d, fits := x.MinusShort(y); fits != (both && short(difference)) || fits && d.Rat().Cmp(difference) != 0 {
		t.Errorf("%v - %v is short: %v, %v", a, b, fits, d)
	}
	if s, fits := x.PlusShort(y); fits != (both && short(sum)) {
		t.Errorf("%v + %v is short: %v", a, b, fits)
	} else if fits {
		same("short sum", s, sum)
	}
	if p, fits := x.TimesShort(y); fits != (both && short(product)) {
		t.Errorf("%v · %v is short: %v", a, b, fits)
	} else if fits {
		same("short product", p, product)
	}
	if x.Compare(y) != a.Cmp(b) || x.Equal(y) != (a.Cmp(b) == 0) {
		t.Errorf("%v and %v compare as %d", a, b, x.Compare(y))
	}
}

// Int takes what is short, and nothing else.
func TestInt(t *testing.T) {
	for _, n := range []int64{1 << 62, -1 << 62} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Int takes %d", n)
				}
			}()
			Int(n)
		}()
	}
	for _, n := range []int64{1<<62 - 1, -1<<62 + 1, 0} {
		if Int(n).String() != big.NewInt(n).String() {
			t.Errorf("Int(%d) is %v", n, Int(n))
		}
	}
}

// Primitive numbers are integers without a common divisor, and a positive multiple of those before.
func TestPrimitive(t *testing.T) {
	half, third := Number(big.NewRat(1, 2)), Number(big.NewRat(1, 3))
	wide := Big(new(big.Int).Lsh(big.NewInt(3), 100))
	for _, c := range []struct{ numbers, want []Num }{
		{[]Num{Int(4), Int(-6)}, []Num{Int(2), Int(-3)}},
		{[]Num{Int(-4), Int(0)}, []Num{Int(-1), Int(0)}},
		{[]Num{Int(1), Int(7)}, []Num{Int(1), Int(7)}},
		{[]Num{half, third.Neg(), Int(1)}, []Num{Int(3), Int(-2), Int(6)}},
		{[]Num{wide, wide.Neg().Plus(wide.Neg())}, []Num{Int(1), Int(-2)}},
		{[]Num{wide.Neg(), Int(3)}, []Num{wide.Times(third).Neg(), Int(1)}},
		{[]Num{Int(0), Int(0)}, []Num{Int(0), Int(0)}},
		{nil, nil},
	} {
		long := slices.ContainsFunc(c.numbers, func(x Num) bool { return !x.Short() })
		var words []int
		Primitive(c.numbers, func(n int) { words = append(words, n) })
		for k, want := range c.want {
			if !c.numbers[k].Equal(want) {
				t.Errorf("number %d is %v, want %v", k, c.numbers[k], want)
			}
		}
		// Short ones are not counted, of one word each, and one of the common denominator.
		if (len(words) == 2*len(c.numbers)) != long && len(c.numbers) > 0 || slices.ContainsFunc(words, func(n int) bool { return n < 3 }) {
			t.Errorf("%v: the words are %d", c.want, words)
		}
	}
}
