package pivot

import (
	"math/big"
	"math/bits"

	"pstar/internal/word"
	"pstar/rational"
)

// words64 is the arithmetic of one machine word. All numbers that are kept are below
// 2^bound; what overflows on the way is known modulo 2^64 and divided exactly.
type words64 struct {
	bound   uint // bits
	shift   uint // the divisor is an odd number times 2^shift
	inverse uint64
}

// The number fits, as bound says.
func (w *words64) fromBig(x *big.Int) int64 { return x.Int64() }

func (w *words64) sign(x int64) int {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

func (w *words64) neg(x int64) int64 { return -x }

// divideBy prepares divisions by d > 0.
func (w *words64) divideBy(d int64) {
	// The odd part has an inverse.
	w.shift = uint(bits.TrailingZeros64(uint64(d)))
	w.inverse = inverse64(uint64(d) >> w.shift)
}

// inverse64 returns the inverse of an odd number modulo 2^64, by Newton's iteration.
func inverse64(d uint64) uint64 {
	x := d // three bits are right
	for range 5 {
		x *= 2 - d*x
	}
	return x
}

// eliminate replaces each to[i] by (to[i]·p - f·by[i]) / d.
func (w *words64) eliminate(to, by []int64, p, f int64) {
	by = by[:len(to)]
	// The difference of products does not fit one word with the shift.
	if w.bound+w.shift > 63 {
		for i, x := range to {
			h1, l1 := mul64(x, p)
			h2, l2 := mul64(f, by[i])
			low, borrow := bits.Sub64(l1, l2, 0)
			to[i] = w.quotient(h1-h2-borrow, low)
		}
		return
	}
	shift := w.shift & 63
	for i, x := range to {
		// Modulo 2^64: what overflows is lost, and not needed.
		n := uint64(x)*uint64(p) - uint64(f)*uint64(by[i])
		// Shifting left and right again spreads the sign over the bits that the shift
		// has made wrong.
		to[i] = int64((n>>shift)*w.inverse<<shift) >> shift
	}
}

// quotient divides a number of two words, which the divisor divides. The quotient fits
// one word.
func (w *words64) quotient(hi, lo uint64) int64 {
	if w.shift > 0 {
		// The lower word of the shifted number.
		lo = lo>>w.shift | hi<<(64-w.shift)
	}
	return int64(lo * w.inverse)
}

// mul64 returns the signed product. Unsigned, with what the signs change taken off the
// upper word.
func mul64(x, y int64) (hi, lo uint64) {
	hi, lo = bits.Mul64(uint64(x), uint64(y))
	return hi - uint64(x>>63)&uint64(y) - uint64(y>>63)&uint64(x), lo
}

// compare returns the sign of a·b - c·d.
func (w *words64) compare(a, b, c, d int64) int {
	// Exactly, in two words each.
	h1, l1 := mul64(a, b)
	h2, l2 := mul64(c, d)
	switch {
	case h1 == h2 && l1 == l2:
		return 0
	// The upper words have the signs.
	case int64(h1) < int64(h2) || h1 == h2 && l1 < l2:
		return -1
	}
	return 1
}

// least appends the places where a is negative and x/-a, x >= 0, is least.
//
// Whether x[i]/-a[i] is less than the quotient so far, num/den, is asked wherever a is positive
// too: then the answer is no, and no branch need be guessed. Half of the rows have a
// positive entry, in no order that a processor could learn.
func (w *words64) least(x, a []int64, found []int32) []int32 {
	// Infinity, before any place is found.
	num, den := int64(1), int64(0)
	x = x[:len(a)]
	// Numbers of 31 bits: the sum of two products fits one word.
	if w.bound <= 31 {
		for i, y := range a {
			if diff := x[i]*den + num*y; diff <= 0 && y < 0 {
				// Less than the quotient so far: the list begins anew.
				if diff < 0 {
					num, den, found = x[i], -y, found[:0]
				}
				found = append(found, int32(i))
				// Nothing is less than 0: from here on only zeros are looked for.
				if num == 0 {
					return zeros64(x, a, i+1, found)
				}
			}
		}
		return found
	}
	for i, y := range a {
		h1, l1 := bits.Mul64(uint64(x[i]), uint64(den))
		h2, l2 := bits.Mul64(uint64(num), uint64(y))
		// y is negative where it matters.
		h2 -= uint64(y>>63) & uint64(num)
		low, carry := bits.Add64(l1, l2, 0)
		if high := int64(h1 + h2 + carry); high <= 0 && y < 0 {
			switch {
			// Less, equal, or greater: by the upper word, and the lower one if that is
			// 0.
			case high < 0:
				num, den, found = x[i], -y, found[:0]
			case low != 0:
				continue
			}
			found = append(found, int32(i))
		}
	}
	return found
}

// zeros64 appends the places from one on where x is 0 and a negative.
func zeros64(x, a []int64, from int, found []int32) []int32 {
	for i := from; i < len(a); i++ {
		if x[i] == 0 && a[i] < 0 {
			found = append(found, int32(i))
		}
	}
	return found
}

// dot returns the quotient of a scalar product that the divisor divides.
func (w *words64) dot(x, y []int64) int64 {
	var hi, lo, carry uint64
	y = y[:len(x)]
	for i, a := range x {
		// Zeros add nothing.
		if a == 0 || y[i] == 0 {
			continue
		}
		// Modulo 2^128, which is enough: the quotient has one word.
		h, l := mul64(a, y[i])
		lo, carry = bits.Add64(lo, l, 0)
		hi += h + carry
	}
	return w.quotient(hi, lo)
}

// It is positive, as the vector is not 0.
func (w *words64) content(v []int64) int64 { return word.Content(v) }

func (w *words64) exact(x int64) int64 { return (x >> w.shift) * int64(w.inverse) }

func (w *words64) integer(x int64) rational.Int { return rational.NewInt(x) }
