package equations

import "math/bits"

// modulus is arithmetic in the integers modulo an odd prime p < 2^63 in the
// representation of P. L. Montgomery (1985): a product of two numbers is also
// divided by R = 2^64. A number x is plain, or in Montgomery form as x·R; the product
// of a plain number and one in Montgomery form is plain. square turns plain numbers
// into Montgomery form by one product.
type modulus struct {
	p       uint64
	inverse uint64 // −1/p modulo 2^64
	square  uint64 // R² modulo p
}

// An odd p is its own inverse modulo 8, which is where Newton's method begins.
func newModulus(p uint64) modulus {
	m := modulus{p: p}
	x := p // right to 3 bits, and twice as many after every step
	for range 5 {
		// 3, 6, 12, 24, 48, 96 bits.
		x *= 2 - p*x
	}
	m.inverse = -x
	// R modulo p, then its square.
	_, r := bits.Div64(1, 0, p)
	hi, lo := bits.Mul64(r, r)
	_, m.square = bits.Div64(hi%p, lo, p)
	return m
}

// mul returns a·b/R. Adding a multiple of p makes the lower word 0, and what is left is
// less than 2p.
func (m *modulus) mul(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	h, l := bits.Mul64(lo*m.inverse, m.p)
	_, carry := bits.Add64(lo, l, 0)
	t := hi + h + carry
	if t >= m.p {
		t -= m.p
	}
	return t
}

// Both numbers are less than p, and so is the result.
func (m *modulus) sub(a, b uint64) uint64 {
	if a >= b {
		return a - b
	}
	return a + m.p - b
}

// montgomery returns the Montgomery form of a plain number.
func (m *modulus) montgomery(a uint64) uint64 { return m.mul(a, m.square) }

// invert returns the Montgomery form of 1/x for the Montgomery form of x ≠ 0, as
// the power p−2. By Fermat, as p is prime.
func (m *modulus) invert(a uint64) uint64 {
	result := m.montgomery(1)
	for e := m.p - 2; e > 0; e >>= 1 {
		if e&1 == 1 {
			result = m.mul(result, a)
		}
		a = m.mul(a, a)
	}
	return result
}

// ofInt64 returns v modulo p, plain. The smallest int64 is its own negative, and as an
// unsigned number what it should be.
func (m *modulus) ofInt64(v int64) uint64 {
	if v >= 0 {
		return uint64(v) % m.p
	}
	// p itself is no residue, so a multiple of it is 0.
	if r := uint64(-v) % m.p; r > 0 {
		return m.p - r
	}
	return 0
}
