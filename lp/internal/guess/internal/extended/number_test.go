package extended

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Sums, products and quotients agree with math/big to all bits but the last few.
func TestExtendedArithmetic(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 192))
	exact := func(x Number) *big.Float {
		v := new(big.Int)
		for _, w := range []uint64{x.hi, x.mid, x.lo} {
			v.Lsh(v, 64).Or(v, new(big.Int).SetUint64(w))
		}
		f := new(big.Float).SetPrec(600).SetInt(v)
		f.SetMantExp(f, int(x.Exponent)-mantissaBits)
		if x.Negative {
			f.Neg(f)
		}
		return f
	}
	draw := func() rational.Int {
		v := new(big.Int)
		for range r.IntN(5) {
			v.Lsh(v, uint(r.IntN(70))).Add(v, big.NewInt(r.Int64N(1<<uint(1+r.IntN(62)))))
		}
		if r.IntN(2) == 0 {
			v.Neg(v)
		}
		return rational.IntFromBig(v)
	}
	near := func(what string, got Number, want, size *big.Float) {
		t.Helper()
		if !got.IsZero() && got.hi>>63 == 0 {
			t.Fatalf("%s: not normalised: %+v", what, got)
		}
		diff := new(big.Float).SetPrec(600).Sub(exact(got), want)
		limit := new(big.Float).SetMantExp(size, 8-mantissaBits)
		if diff.Abs(diff).Cmp(limit.Abs(limit)) > 0 {
			t.Fatalf("%s: got %v, want %v", what, exact(got), want)
		}
	}
	big600 := func() *big.Float { return new(big.Float).SetPrec(600) }
	for range 20000 {
		v, w := draw(), draw()
		x, y := FromInt(v), FromInt(w)
		a, b := exact(x), exact(y)
		near("conversion", x, big600().SetInt(v.Big()), big600().SetInt(v.Big()))
		size := big600().Add(big600().Abs(a), big600().Abs(b))
		near("sum", x.Plus(y), big600().Add(a, b), size)
		near("difference", x.Minus(y), big600().Sub(a, b), size)
		near("product", x.Times(y), big600().Mul(a, b), big600().Mul(a, b))
		if x.Cmp(y) != a.Cmp(b) || x.Sign() != a.Sign() {
			t.Fatalf("%v and %v compare as %d, their sign is %d", a, b, x.Cmp(y), x.Sign())
		}
		if w.Sign() != 0 {
			q := big600().Quo(a, b)
			near("quotient", x.Quotient(y), q, q)
			if w.Sign() > 0 {
				q.Quo(big600().SetInt(v.Big()), big600().SetInt(w.Big()))
				near("fraction", FromQuotient(v, w), q, q)
			}
		}
	}
}
