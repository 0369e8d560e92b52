package pivot

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// Both arithmetics agree with math/big on numbers of all lengths that the bound allows: where
// products overflow and where divisors have many factors 2.
func TestArithmetic(t *testing.T) {
	check(t, 62, func(bound uint) number[int64] { return &words64{bound: bound} },
		func(x int64) *big.Int { return big.NewInt(x) })
	check(t, 126, func(bound uint) number[double] { return &words128{bound: bound} },
		func(x double) *big.Int {
			z := new(big.Int).Lsh(big.NewInt(int64(x.hi)), 64)
			return z.Add(z, new(big.Int).SetUint64(x.lo))
		})
}

func check[W any](t *testing.T, most int, arithmetic func(bound uint) number[W], value func(W) *big.Int) {
	t.Helper()
	random := rand.New(rand.NewPCG(51, uint64(most)))
	number := func(length int) *big.Int {
		x := new(big.Int).SetUint64(random.Uint64())
		x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(random.Uint64()))
		x.Rsh(x, uint(128-length))
		x.Lsh(x, uint(random.IntN(2)*random.IntN(length+1))).And(x, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(length)), big.NewInt(1)))
		if random.IntN(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	for range 50000 {
		bound := 1 + random.IntN(most)
		ops := arithmetic(uint(bound))
		d := number(bound)
		if d.Sign() == 0 {
			continue
		}
		d.Abs(d)
		// to·p - f·by = d·q for a quotient within the bound
		q, p, f := number(bound), number(bound), number(bound)
		by := number(bound)
		p.SetBit(p, 0, 1) // to make a multiple of d, choose to modulo p
		n := new(big.Int).Add(new(big.Int).Mul(d, q), new(big.Int).Mul(f, by))
		to, rest := new(big.Int).QuoRem(n, p, new(big.Int))
		if rest.Sign() != 0 || to.BitLen() > bound {
			to, p = new(big.Int).Set(q), new(big.Int).Set(d)
			f = new(big.Int)
		}
		ops.divideBy(ops.fromBig(d))
		list := []W{ops.fromBig(to)}
		ops.eliminate(list, []W{ops.fromBig(by)}, ops.fromBig(p), ops.fromBig(f))
		if got := value(list[0]); got.Cmp(q) != 0 {
			t.Fatalf("bound %d: (%v·%v - %v·%v)/%v = %v, want %v", bound, to, p, f, by, d, got, q)
		}
		if got := value(ops.dot([]W{ops.fromBig(d)}, []W{ops.fromBig(q)})); got.Cmp(q) != 0 {
			t.Fatalf("bound %d: %v·%v/%v = %v", bound, d, q, d, got)
		}
		a, b := number(bound), number(bound)
		want := new(big.Int).Mul(a, b)
		want.Sub(want, new(big.Int).Mul(q, by))
		if got := ops.compare(ops.fromBig(a), ops.fromBig(b), ops.fromBig(q), ops.fromBig(by)); got != want.Sign() {
			t.Fatalf("compare(%v·%v, %v·%v) = %d", a, b, q, by, got)
		}
		if got := value(ops.neg(ops.fromBig(a))); got.Neg(got).Cmp(a) != 0 {
			t.Fatalf("neg(%v) is wrong", a)
		}
	}
}
