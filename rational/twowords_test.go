package rational

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// TestGCD128 compares with math/big, on numbers of all lengths with a factor in common.
func TestGCD128(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 1))
	word := func(length uint) *big.Int {
		x := new(big.Int).SetUint64(random.Uint64())
		x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(random.Uint64()))
		return x.Rsh(x, 128-length)
	}
	words := func(x *big.Int) [2]uint64 {
		return [2]uint64{new(big.Int).And(x, new(big.Int).SetUint64(1<<64-1)).Uint64(), new(big.Int).Rsh(x, 64).Uint64()}
	}
	for range 200000 {
		factor := word(random.UintN(100))
		left := uint(128 - factor.BitLen())
		x := word(random.UintN(left + 1))
		y := word(random.UintN(left + 1))
		x.Mul(x, factor)
		y.Mul(y, factor)
		want := words(new(big.Int).GCD(nil, nil, x, y))
		if got := GCD128(words(x), words(y)); got != want {
			t.Fatalf("GCD128(%v, %v) = %x, want %x", x, y, got, want)
		}
	}
}

// TestShortSums compares sums of products of short and long numbers with math/big.
func TestShortSums(t *testing.T) {
	random := rand.New(rand.NewPCG(41, 2))
	number := func() *big.Int {
		x := new(big.Int).SetUint64(random.Uint64())
		x.Lsh(x, 64).Or(x, new(big.Int).SetUint64(random.Uint64()))
		x.Rsh(x, random.UintN(129))
		if random.IntN(2) == 0 {
			x.Neg(x)
		}
		return x
	}
	for range 50000 {
		var sum Sum
		want := new(big.Int)
		for range random.IntN(5) {
			x, y := number(), number()
			sum.AddMul(IntFromBig(x), IntFromBig(y))
			want.Add(want, new(big.Int).Mul(x, y))
		}
		if got := sum.Int(); got.Big().Cmp(want) != 0 {
			t.Fatalf("sum is %v, want %v", got, want)
		}
	}
}
