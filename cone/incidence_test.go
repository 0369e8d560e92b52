package cone

import (
	"math/rand/v2"
	"testing"

	"pstar/rational"
)

// Products and their signs are those of the vectors, where entries and products are of one word,
// of two and of more, and where few rows meet a vector and where many do.
func TestIncidenceAgainstDot(t *testing.T) {
	rng := rand.New(rand.NewPCG(61, 1))
	entry := func(length int) rational.Int {
		x := rational.NewInt(rng.Int64()).Mul(rational.NewInt(rng.Int64())).Mul(rational.NewInt(rng.Int64()))
		x, _ = x.QuoRem(rational.NewInt(2).Pow(uint(max(0, x.BitLen()-length))))
		if rng.IntN(2) == 0 {
			return x.Neg()
		}
		return x
	}
	for range 2000 {
		dim, count := 1+rng.IntN(12), rng.IntN(140)
		sparse, length := 1+rng.IntN(6), 1+rng.IntN(70)
		vector := func(length int) Vector {
			dense := make(rational.Vector, dim)
			for i := range dense {
				if rng.IntN(sparse) == 0 {
					dense[i] = entry(1 + rng.IntN(length))
				}
			}
			return Sparse(dense)
		}
		rows := make([]Vector, count)
		for i := range rows {
			rows[i] = vector(length)
		}
		n := NewIncidence(rows, dim)
		zero, negative := make([]uint64, (count+63)/64), make([]uint64, (count+63)/64)
		for range 4 {
			v := vector(1 + rng.IntN(150))
			if count > 1 && rng.IntN(3) == 0 { // at right angles to some
				v = Combine(entry(40), v, entry(40), Unit(rng.IntN(dim), 1))
				if null := NullSpace(rows[:min(count, dim-1)], dim); len(null) > 0 {
					v = Combine(entry(60), null[0], rational.NewInt(0), v)
				}
			}
			n.Signs(v, zero, negative)
			products := n.NonZero(v)
			for i, a := range rows {
				want := a.Dot(v)
				if zero[i>>6]>>(i&63)&1 != 0 != want.IsZero() || negative[i>>6]>>(i&63)&1 != 0 != (want.Sign() < 0) {
					t.Fatalf("signs of (%v)·(%v) = %v are wrong", a, v, want)
				}
				if !want.IsZero() {
					if len(products) == 0 || products[0].Row != i || !products[0].Value.Equal(want) {
						t.Fatalf("(%v)·(%v) = %v is not listed", a, v, want)
					}
					products = products[1:]
				}
			}
			if rest := count & 63; len(products) > 0 || rest > 0 && (zero[count>>6]|negative[count>>6])>>rest != 0 {
				t.Fatal("more than the rows there are")
			}
		}
	}
}

// A rank modulo 127 is never more than the rank, and the same for almost all small rows.
func TestSmallEliminationAgainstRank(t *testing.T) {
	rng := rand.New(rand.NewPCG(61, 2))
	less := 0
	for range 3000 {
		dim := 1 + rng.IntN(20)
		rows := randomVectors(rng, rng.IntN(25), dim)
		e := NewSmallElimination(dim)
		for range 2 { // also after Reset
			e.Reset()
			for _, a := range rows {
				e.Add(e.Row(a))
			}
		}
		switch rank := Rank(rows, dim); {
		case e.Rank() > rank:
			t.Fatalf("rank %d modulo a prime, rank %d: %v", e.Rank(), rank, rows)
		case e.Rank() < rank:
			less++
		}
	}
	if less > 100 {
		t.Errorf("the prime hides the rank of %d of 3000", less)
	}
	for x := 1; x < smallPrime; x++ {
		if int(smallInverses[x])*x%smallPrime != 1 {
			t.Errorf("%d is not the inverse of %d", smallInverses[x], x)
		}
	}
	if NewSmallElimination(65) != nil {
		t.Error("many coordinates")
	}
}
