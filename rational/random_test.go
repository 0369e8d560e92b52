package rational

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

// newRand returns a generator with a fixed seed, so that failures repeat.
func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// randomBig draws where the representation of Int changes: around 0, ±2^31, ±2^32,
// ±2^63, ±2^64 and ±2^127, but also plainly small, plainly 64-bit, and larger.
func randomBig(r *rand.Rand) *big.Int {
	v := big.NewInt(r.Int64N(9) - 4)
	switch r.IntN(8) {
	case 0, 1:
	case 2, 3:
		v.Add(v, new(big.Int).Lsh(big.NewInt(1), []uint{31, 32, 63, 63, 63, 64, 127}[r.IntN(7)]))
	case 4:
		v.SetInt64(int64(r.Uint64()))
	case 5:
		v.SetInt64(r.Int64N(2001) - 1000)
	case 6:
		v.SetInt64(int64(r.Uint64()) >> r.IntN(64))
	case 7:
		v.Mul(new(big.Int).SetUint64(r.Uint64()), new(big.Int).SetUint64(r.Uint64()))
	}
	if r.IntN(2) == 0 {
		v.Neg(v)
	}
	return v
}

func randomInt(r *rand.Rand) Int { return IntFromBig(randomBig(r)) }

func randomRat(r *rand.Rand) Rat {
	den := randomInt(r)
	for den.IsZero() {
		den = randomInt(r)
	}
	return RatFromInts(randomInt(r), den)
}

// smallRat draws a fraction with few values, so that ties and zeros are common.
func smallRat(r *rand.Rand) Rat { return NewRat(r.Int64N(13)-6, 1+r.Int64N(6)) }

// checkInt verifies value and canonical form.
func checkInt(t *testing.T, what string, got Int, want *big.Int) {
	t.Helper()
	if got.Big().Cmp(want) != 0 {
		t.Fatalf("%s = %v, want %v", what, got, want)
	}
	checkCanonical(t, what, got)
}

func checkCanonical(t *testing.T, what string, x Int) {
	t.Helper()
	if x.wide != nil && (x.small != 0 || x.wide.IsInt64()) {
		t.Fatalf("%s = %v is not canonical: small %d, wide %v", what, x, x.small, x.wide)
	}
}

// checkRat verifies value and canonical form: lowest terms, positive denominator.
func checkRat(t *testing.T, what string, got Rat, want *big.Rat) {
	t.Helper()
	checkCanonical(t, what, got.num)
	checkCanonical(t, what, got.den)
	if got.den.IsOne() || got.den.Sign() < 0 {
		t.Fatalf("%s: denominator stored as %v", what, got.den)
	}
	// big.Rat keeps lowest terms; comparing the parts checks that we do.
	if got.Num().Big().Cmp(want.Num()) != 0 || got.Den().Big().Cmp(want.Denom()) != 0 {
		t.Fatalf("%s = %v, want %v", what, got, want)
	}
}

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

// edges are the values at which a machine word overflows, and their neighbours.
func edges() []*big.Int {
	var out []*big.Int
	for _, v := range []int64{0, 1, 2, 3, math.MaxInt32, math.MaxInt64 - 1, math.MaxInt64} {
		out = append(out, big.NewInt(v), big.NewInt(-v))
	}
	for d := int64(-2); d <= 2; d++ {
		for _, shift := range []uint{63, 64} {
			p := new(big.Int).Lsh(big.NewInt(1), shift)
			p.Add(p, big.NewInt(d))
			out = append(out, p, new(big.Int).Neg(p))
		}
	}
	return out
}
