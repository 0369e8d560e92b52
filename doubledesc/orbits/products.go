package orbits

import (
	"math/big"
	"sync/atomic"

	"pstar/cone"
	"pstar/rational"
)

// products are the numbers a_i·Q⁻¹·a_j of rows a_1, ..., a_n of full rank, with Q the sum
// of all a_k·a_kᵀ, modulo a prime. A linear map that permutes the rows keeps Q and so all
// products. (Over the rationals the converse holds, too: Bremner, Dutour Sikirić and
// Schürmann, 2009. Nothing rests on it here, as what a search finds is tried on the rows
// themselves.)
//
// Residues take 4 bytes; a list for a row is made when it is first asked for, as many
// rows never are.
type products struct {
	rows  [][]uint32 // the rows modulo the prime
	dual  [][]uint32 // Q⁻¹ times the rows
	prime uint64
	known []atomic.Pointer[[]uint32] // by row: its products with all
}

// primes are below 2^28, so that 256 products of two residues add up in one word.
//
// Several, lest one divides a weight or the determinant by chance; that all six do is a
// matter of construction, and costs the symmetries, not the truth.
var primes = []uint64{268435399, 268435367, 268435361, 268435337, 268435331, 268435313}

// newProducts takes rows, each divided by its weight. It returns nil if every one of the
// primes divides a weight or the determinant of Q: then no symmetry is looked for.
func newProducts(rows []cone.Vector, weights []rational.Int, dim int) *products {
	for _, p := range primes {
		// Each attempt begins anew, with nothing of the prime before.
		m := &products{prime: p, known: make([]atomic.Pointer[[]uint32], len(rows))}
		if m.fill(rows, weights, dim) {
			return m
		}
	}
	return nil
}

// fill computes all but the products themselves; false if the prime will not do.
func (m *products) fill(rows []cone.Vector, weights []rational.Int, dim int) bool {
	p := m.prime
	// A product of two residues and a residue fit a word, as p is below 2^28.
	q := make([][]uint64, dim) // Q and beside it the unit matrix
	for i := range q {
		q[i] = make([]uint64, 2*dim)
		q[i][dim+i] = 1
	}
	for i, a := range rows {
		w := m.residue(weights[i])
		if w == 0 { // a weight that the prime divides has no inverse
			return false
		}
		w = m.inverse(w)
		row := make([]uint32, dim)
		for _, e := range a {
			row[e.Index] = uint32(m.residue(e.Value) * w % p)
		}
		m.rows = append(m.rows, row)
		for j, x := range row {
			if x != 0 { // rows are sparse
				for k, y := range row {
					q[j][k] = (q[j][k] + uint64(x)*uint64(y)) % p
				}
			}
		}
	}
	if !m.reduce(q) { // Q is regular over the rationals, as the rows have full rank
		return false
	}
	// So that a product of two rows is one sum over dim terms.
	m.dual = make([][]uint32, len(rows))
	for i, row := range m.rows {
		m.dual[i] = make([]uint32, dim)
		for j := range dim {
			sum := uint64(0)
			for k, x := range row {
				sum = (sum + uint64(x)*q[j][dim+k]) % p
			}
			m.dual[i][j] = uint32(sum)
		}
	}
	return true
}

// reduce turns the left half of q into the unit matrix, and so the right into the inverse
// of what the left was; false if that is singular.
//
// Gauss and Jordan, in dim³ steps.
func (m *products) reduce(q [][]uint64) bool {
	p, dim := m.prime, len(q)
	for c := range dim {
		at := c // the next row with a pivot
		for at < dim && q[at][c] == 0 {
			at++
		}
		if at == dim {
			return false
		}
		q[c], q[at] = q[at], q[c]
		scale := m.inverse(q[c][c])
		for k := range q[c] {
			q[c][k] = q[c][k] * scale % p
		}
		// Above and below, so that nothing is left but the unit matrix.
		for r := range q {
			if f := q[r][c]; r != c && f != 0 {
				for k := range q[r] {
					q[r][k] = (q[r][k] + (p-f)*q[c][k]) % p
				}
			}
		}
	}
	return true
}

// residue returns x modulo the prime.
//
// It is from 0 to the prime less 1.
func (m *products) residue(x rational.Int) uint64 {
	if small, ok := x.Int64(); ok {
		r := small % int64(m.prime) // of the sign of x
		if r < 0 {
			r += int64(m.prime)
		}
		return uint64(r)
	}
	return new(big.Int).Mod(x.Big(), new(big.Int).SetUint64(m.prime)).Uint64()
}

// inverse returns 1/x, as x^(p-2).
//
// x must not be 0 modulo the prime (Fermat).
func (m *products) inverse(x uint64) uint64 {
	result := uint64(1)
	for e := m.prime - 2; e > 0; e >>= 1 {
		if e&1 == 1 {
			result = result * x % m.prime
		}
		x = x * x % m.prime
	}
	return result
}

// with returns the products of row i with all rows. They are kept, as the same rows come
// again; several goroutines may ask.
func (m *products) with(i int) []uint32 {
	// Without a lock: a list is never changed once it is there.
	if list := m.known[i].Load(); list != nil {
		return *list
	}
	u := m.dual[i]
	list := make([]uint32, len(m.rows))
	for j, row := range m.rows {
		sum := uint64(0)
		for k, x := range row {
			if sum += uint64(x) * uint64(u[k]); k&127 == 127 { // before it could overflow
				sum %= m.prime
			}
		}
		list[j] = uint32(sum % m.prime)
	}
	m.known[i].Store(&list) // whoever computes the same meanwhile stores the same
	return list
}
