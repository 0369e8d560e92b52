package orbits

import (
	"math/big"
	"math/rand/v2"
	"sync/atomic"
	"testing"

	"pstar/rational"
)

// Residues are those of big integers, of numbers of either sign and any length.
func TestResidues(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 11))
	m := &products{prime: primes[0]}
	for _, x := range []rational.Int{rational.NewInt(0), rational.NewInt(-1), rational.NewInt(1 << 40), rational.NewInt(-1 << 62)} {
		for range 4 {
			want := new(big.Int).Mod(x.Big(), new(big.Int).SetUint64(m.prime)).Uint64()
			if got := m.residue(x); got != want {
				t.Errorf("%v: residue %d, want %d", x, got, want)
			}
			x = x.Mul(rational.NewInt(r.Int64())).Add(rational.NewInt(r.Int64()))
		}
	}
}

// Products of long rows of large residues are those of big integers: sums are reduced before they could overflow.
func TestProductsOfLongRows(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 12))
	const rows, dim = 3, 1000
	m := &products{prime: primes[0], rows: make([][]uint32, rows), dual: make([][]uint32, rows)}
	for i := range rows {
		for range dim {
			m.rows[i] = append(m.rows[i], uint32(m.prime-1-r.Uint64N(5)))
			m.dual[i] = append(m.dual[i], uint32(m.prime-1-r.Uint64N(5)))
		}
	}
	m.known = make([]atomic.Pointer[[]uint32], rows)
	for i := range rows {
		got := m.with(i)
		for j := range rows {
			sum := new(big.Int)
			for k := range dim {
				sum.Add(sum, new(big.Int).SetUint64(uint64(m.dual[i][k])*uint64(m.rows[j][k])))
			}
			if want := sum.Mod(sum, new(big.Int).SetUint64(m.prime)).Uint64(); uint64(got[j]) != want {
				t.Errorf("rows %d and %d: %d, want %d", i, j, got[j], want)
			}
		}
	}
}

// Matrices are inverted also where rows have to change places, and a singular one is found out.
func TestReduce(t *testing.T) {
	m := &products{prime: primes[0]}
	for _, c := range []struct {
		of      [3][3]uint64
		regular bool
	}{
		{[3][3]uint64{{0, 1, 0}, {0, 0, 2}, {3, 0, 0}}, true},
		{[3][3]uint64{{0, 1, 5}, {0, 4, 2}, {3, 1, 1}}, true},
		{[3][3]uint64{{2, 1, 1}, {1, 3, 2}, {1, 0, 0}}, true},
		{[3][3]uint64{{0, 1, 0}, {0, 2, 0}, {3, 0, 0}}, false},
		{[3][3]uint64{{1, 1, 2}, {2, 1, 3}, {3, 1, 4}}, false},
	} {
		q := make([][]uint64, 3)
		for i := range q {
			q[i] = append(append([]uint64{}, c.of[i][:]...), 0, 0, 0)
			q[i][3+i] = 1
		}
		if m.reduce(q) != c.regular {
			t.Errorf("%v: regular %v", c.of, !c.regular)
		}
		for i := range 3 {
			for j := range 3 {
				sum := uint64(0)
				for k := range 3 {
					sum += c.of[i][k] * q[k][3+j] % m.prime
				}
				if one := sum%m.prime == 1; c.regular && (sum%m.prime > 1 || one != (i == j)) {
					t.Errorf("%v times its inverse %v", c.of, q)
				}
			}
		}
	}
}
