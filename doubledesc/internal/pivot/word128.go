package pivot

import (
	"math/big"
	"math/bits"

	"pstar/rational"
)

// double is a number of two words in two's complement.
type double struct{ lo, hi uint64 }

// words128 is the arithmetic of two machine words; see words64.
type words128 struct {
	bound   uint
	shift   uint
	inverse double
}

// The lower word is taken as two's complement has it, for negative numbers too.
func (w *words128) fromBig(x *big.Int) double {
	low := new(big.Int).And(x, new(big.Int).SetUint64(1<<64-1)) // as if in two's complement
	// The upper word keeps the sign.
	return double{low.Uint64(), uint64(new(big.Int).Rsh(x, 64).Int64())}
}

func (w *words128) sign(x double) int {
	switch {
	case int64(x.hi) < 0:
		return -1
	case x.hi|x.lo == 0:
		return 0
	}
	return 1
}

// A borrow from the lower word goes into the upper one.
func (w *words128) neg(x double) double {
	// 0 − x.
	lo, borrow := bits.Sub64(0, x.lo, 0)
	return double{lo, -x.hi - borrow}
}

// times returns the product modulo 2^128.
func (x double) times(y double) double {
	hi, lo := bits.Mul64(x.lo, y.lo)
	return double{lo, hi + x.lo*y.hi + x.hi*y.lo}
}

// An even divisor is shifted first; the odd part has an inverse, found modulo 2^64 and
// brought to 2^128 by one step.
func (w *words128) divideBy(d double) {
	if d.lo != 0 {
		w.shift = uint(bits.TrailingZeros64(d.lo))
	} else {
		w.shift = 64 + uint(bits.TrailingZeros64(d.hi))
	}
	d = d.right(w.shift)
	// Right modulo 2^64, as the upper word has no part in that.
	x := double{lo: inverse64(d.lo)}
	product := d.times(x) // 1 modulo 2^64
	// Newton's step for the inverse, in two words.
	lo, borrow := bits.Sub64(2, product.lo, 0)
	w.inverse = x.times(double{lo, -product.hi - borrow})
}

// right shifts, keeping the sign.
func (x double) right(n uint) double {
	switch {
	case n == 0:
		return x
	// Bits of the upper word come into the lower one.
	case n < 64:
		return double{x.lo>>n | x.hi<<(64-n), uint64(int64(x.hi) >> n)}
	}
	return double{uint64(int64(x.hi) >> (n - 64)), uint64(int64(x.hi) >> 63)}
}

// left shifts, losing what goes beyond.
func (x double) left(n uint) double {
	switch {
	case n == 0:
		return x
	case n < 64:
		return double{x.lo << n, x.hi<<n | x.lo>>(64-n)}
	}
	return double{0, x.lo << (n - 64)}
}

// Where the products do not fit two words with the shift, they are computed whole;
// otherwise modulo 2^128, which is enough.
func (w *words128) eliminate(to, by []double, p, f double) {
	by = by[:len(to)]
	if w.bound+w.shift > 127 {
		for i, x := range to {
			to[i] = w.quotient(subtract(mul128(x, p), mul128(f, by[i])))
		}
		return
	}
	shift, inverse := w.shift, w.inverse
	for i, x := range to {
		y := by[i]
		// Products modulo 2^128: of the upper words only the lower halves of products
		// count.
		h1, l1 := bits.Mul64(x.lo, p.lo)
		h2, l2 := bits.Mul64(y.lo, f.lo)
		lo, borrow := bits.Sub64(l1, l2, 0)
		hi := h1 + x.lo*p.hi + x.hi*p.lo - h2 - y.lo*f.hi - y.hi*f.lo - borrow
		// An odd divisor needs no shifts.
		if shift == 0 {
			h1, l1 = bits.Mul64(lo, inverse.lo)
			to[i] = double{l1, h1 + lo*inverse.hi + hi*inverse.lo}
			continue
		}
		// The upper bits of the quotient are wrong by the shift, and are made right by
		// the sign.
		to[i] = double{lo, hi}.right(shift).times(inverse).left(shift).right(shift)
	}
}

// quad is a number of four words in two's complement.
type quad [4]uint64

// mul128 returns the signed product. Products of the words as unsigned numbers; the
// last two steps make good what the signs change.
func mul128(x, y double) quad {
	h0, l0 := bits.Mul64(x.lo, y.lo)
	h1, l1 := bits.Mul64(x.lo, y.hi)
	h2, l2 := bits.Mul64(x.hi, y.lo)
	h3, l3 := bits.Mul64(x.hi, y.hi)
	var z quad
	var c1, c2 uint64
	z[0] = l0
	z[1], c1 = bits.Add64(h0, l1, 0)
	// The middle products overlap by a word.
	z[1], c2 = bits.Add64(z[1], l2, 0)
	z[2], c1 = bits.Add64(h1, h2, c1)
	z[3] = h3 + c1
	z[2], c2 = bits.Add64(z[2], l3, c2)
	z[3] += c2
	// A negative x was taken for x + 2^128, and gave 2^128·y too much.
	if int64(x.hi) < 0 {
		z[2], c1 = bits.Sub64(z[2], y.lo, 0)
		z[3], _ = bits.Sub64(z[3], y.hi, c1)
	}
	if int64(y.hi) < 0 {
		z[2], c1 = bits.Sub64(z[2], x.lo, 0)
		z[3], _ = bits.Sub64(z[3], x.hi, c1)
	}
	return z
}

// The carries go from word to word; what leaves the last one is not needed.
func subtract(x, y quad) (z quad) {
	var b uint64
	for i := range z {
		z[i], b = bits.Sub64(x[i], y[i], b)
	}
	return z
}

func add(x, y quad) (z quad) {
	// What leaves the highest word is lost, as the sum fits.
	var c uint64
	for i := range z {
		z[i], c = bits.Add64(x[i], y[i], c)
	}
	return z
}

// quotient divides a number that the divisor divides; what is beyond two words is not
// needed. The divisor is what divideBy was told.
func (w *words128) quotient(x quad) double {
	// Whole words are passed over, the rest is shifted.
	i, n := w.shift/64, w.shift%64
	y := double{x[i], x[i+1]}
	// The shift goes across words.
	if n > 0 {
		y = double{x[i]>>n | x[i+1]<<(64-n), x[i+1]>>n | x[i+2]<<(64-n)}
	}
	return y.times(w.inverse)
}

// Signed in the upper word, unsigned in the others.
func (w *words128) compare(a, b, c, d double) int {
	x, y := mul128(a, b), mul128(c, d)
	// The upper words have the sign.
	if x[3] != y[3] {
		if int64(x[3]) < int64(y[3]) {
			return -1
		}
		return 1
	}
	// Below, words have none.
	for i := 2; i >= 0; i-- {
		if x[i] != y[i] {
			if x[i] < y[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// As in words64, with a comparison of four words for each; zeros are told apart first,
// since degenerate points have many.
func (w *words128) least(x, a []double, found []int32) []int32 {
	var num, den double
	for i, y := range a {
		// Only rows that fall along the edge are met.
		if int64(y.hi) >= 0 {
			continue
		}
		// Quotients of 0 are least: only further ones matter then.
		if len(found) > 0 && num.lo|num.hi == 0 {
			if x[i].lo|x[i].hi == 0 {
				found = append(found, int32(i))
			}
			continue
		}
		y = w.neg(y)
		if len(found) > 0 {
			sign := w.compare(x[i], den, num, y)
			// Greater than the least so far.
			if sign > 0 {
				continue
			}
			if sign == 0 {
				found = append(found, int32(i))
				continue
			}
		}
		// Less than all before: the list begins anew.
		num, den = x[i], y
		found = append(found[:0], int32(i))
	}
	return found
}

// Summed whole before the division.
func (w *words128) dot(x, y []double) double {
	var sum quad
	for i, a := range x {
		// Most entries of a table are 0.
		if a.lo|a.hi != 0 && y[i].lo|y[i].hi != 0 {
			sum = add(sum, mul128(a, y[i]))
		}
	}
	return w.quotient(sum)
}

// It is positive, and stops at 1.
func (w *words128) content(v []double) double {
	var g double
	for _, x := range v {
		// A divisor has no sign.
		if int64(x.hi) < 0 {
			x = w.neg(x)
		}
		d := rational.GCD128([2]uint64{g.lo, g.hi}, [2]uint64{x.lo, x.hi})
		if g = (double{d[0], d[1]}); g.hi == 0 && g.lo == 1 {
			break
		}
	}
	return g
}

func (w *words128) exact(x double) double { return x.right(w.shift).times(w.inverse) }

func (w *words128) integer(x double) rational.Int { return rational.IntFrom128(int64(x.hi), x.lo) }
