package reading

import (
	"context"
	"math/big"
	"strings"
	"testing"

	"pstar/certificate/theorem"
)

// Numbers around the ends of short ones, and fractions, against math/big.
func TestNumbers(t *testing.T) {
	var values []*big.Rat
	for _, shift := range []uint{0, 30, 31, 32, 61, 62, 63, 64, 65, 127} {
		for _, near := range []int64{-2, -1, 0, 1, 2} {
			n := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), shift), big.NewInt(near))
			values = append(values, new(big.Rat).SetInt(n), new(big.Rat).SetInt(new(big.Int).Neg(n)))
			if n.Sign() != 0 {
				values = append(values, new(big.Rat).SetFrac(big.NewInt(3), n))
			}
		}
	}
	l := &Limits{fail: func(format string, args ...any) { t.Fatalf(format, args...) }}
	same := func(what string, got theorem.Num, want *big.Rat) {
		t.Helper()
		short := want.IsInt() && want.Num().IsInt64() && want.Num().Int64() > -1<<62 && want.Num().Int64() < 1<<62
		if got.String() != want.RatString() || got.Short() != short {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	for _, a := range values {
		x := theorem.Number(new(big.Rat).Set(a))
		same("number", x, a)
		same("neg", x.Neg(), new(big.Rat).Neg(a))
		if x.Sign() != a.Sign() || x.IsOne() != (a.Cmp(big.NewRat(1, 1)) == 0) {
			t.Errorf("the sign of %v, or that it is 1", a)
		}
		for _, b := range values {
			y := theorem.Number(new(big.Rat).Set(b))
			same("sum", l.Plus(x, y), new(big.Rat).Add(a, b))
			same("product", l.Times(x, y), new(big.Rat).Mul(a, b))
			if x.Equal(y) != (a.Cmp(b) == 0) {
				t.Errorf("%v and %v", a, b)
			}
		}
	}
	for _, n := range []int64{1 << 62, -1 << 62} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Int takes %d", n)
				}
			}()
			theorem.Int(n)
		}()
	}
}

// A number of 10 000 digits is read, and one of more is not; nor are more than 16 generators.
func TestLongNumbersAndManyGenerators(t *testing.T) {
	generators := func(n int) string {
		return `{"name":"a","kind":"feasible","symbols":[],"facts":[],"rows":[],"generators":[[]` + strings.Repeat(",[]", n-1) + `]}`
	}
	for text, want := range map[string]string{
		`"1` + zeros(MaxDigits-1) + `"`: "", `"1` + zeros(MaxDigits) + `"`: "a number has more than the 10000 digits",
		generators(MaxGenerators): "", generators(MaxGenerators + 1): "more than the 16 generators",
	} {
		err := func() (err error) {
			defer Catch(&err)
			if r := New(context.Background(), []byte(text)); text[0] == '"' {
				r.Number()
			} else {
				r.Theorem()
			}
			return nil
		}()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%.20s…, of %d bytes: %v, want %q", text, len(text), err, want)
		}
	}
}
