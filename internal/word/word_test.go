package word

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// sizes are numbers of which products do and do not fit, at the edges too.
func sizes(r *rand.Rand) uint64 {
	edges := []uint64{0, 1, 2, 1<<31 - 1, 1 << 31, 1 << 32, 1<<62 - 1, 1 << 62, 1<<63 - 1, 1 << 63, math.MaxUint64}
	if r.IntN(2) == 0 {
		return edges[r.IntN(len(edges))]
	}
	return r.Uint64() >> r.IntN(64)
}

func TestFitsAgainstBigIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	seen := map[bool]int{}
	limit := new(big.Int).Lsh(big.NewInt(1), 63)
	for range 20000 {
		var n [4]uint64
		var x [4]*big.Int
		for i := range n {
			n[i] = sizes(r)
			x[i] = new(big.Int).SetUint64(n[i])
		}
		sum := new(big.Int).Add(new(big.Int).Mul(x[0], x[1]), new(big.Int).Mul(x[2], x[3]))
		want := sum.Cmp(limit) < 0
		seen[want]++
		if got := Fits(n[0], n[1], n[2], n[3]); got != want {
			t.Fatalf("%v: fits %v, but the sum is %v", n, got, sum)
		}
	}
	if seen[true] < 2000 || seen[false] < 2000 {
		t.Errorf("too few of one kind: %v", seen)
	}
}

func TestContentAgainstBigIntegers(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for range 2000 {
		v, factor := make([]int64, r.IntN(5)), 1+r.Int64N(12)
		want := new(big.Int)
		for i := range v {
			if v[i] = (r.Int64N(9) - 4) * factor; r.IntN(20) == 0 {
				v[i] = math.MinInt64
			}
			x := big.NewInt(v[i])
			want.GCD(nil, nil, want, x.Abs(x))
		}
		if want.Sign() == 0 {
			want.SetInt64(1)
		}
		if want.Cmp(big.NewInt(math.MaxInt64)) > 0 {
			continue // of least words alone, whose divisor is no word
		}
		if got := Content(v); got != want.Int64() {
			t.Fatalf("content of %v is %d, want %v", v, got, want)
		}
	}
	if Magnitude(math.MinInt64) != 1<<63 || Magnitude(-3) != 3 || Magnitude(3) != 3 || GCD(0, 6) != 6 || GCD(4, 0) != 4 {
		t.Error("a magnitude or a divisor is wrong")
	}
}

func TestOf(t *testing.T) {
	small, bound, ok := Of(rational.NewVector(3, -7, 0))
	if !ok || bound != 7 || len(small) != 3 || small[1] != -7 {
		t.Errorf("%v, %d, %v", small, bound, ok)
	}
	long := rational.NewInt(math.MaxInt64)
	for _, x := range []rational.Int{rational.NewInt(math.MinInt64), long.Add(long)} {
		if _, _, ok := Of(rational.Vector{rational.NewInt(1), x}); ok {
			t.Errorf("%v is taken for a word that has a negative", x)
		}
	}
	if _, bound, ok := Of(rational.Vector{long}); !ok || bound != math.MaxInt64 {
		t.Error("the greatest word is none")
	}
}
