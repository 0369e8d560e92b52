package rational

import (
	"math/big"
	"math/bits"
)

// fromWords takes over a number of words, least first, with a sign.
func fromWords(words []uint64, negative bool) Int {
	// A big.Int has no zero at its top.
	for len(words) > 0 && words[len(words)-1] == 0 {
		words = words[:len(words)-1]
	}
	both := new(struct { // one allocation
		z    big.Int
		list [2]big.Word
	})
	// The number and room for two words, which most results need, come together.
	z := &both.z
	if bits.UintSize == 64 {
		list := both.list[:0]
		for _, w := range words {
			list = append(list, big.Word(w))
		}
		z.SetBits(list)
	} else {
		for i := len(words) - 1; i >= 0; i-- {
			z.Lsh(z, 64).Or(z, new(big.Int).SetUint64(words[i]))
		}
	}
	if negative {
		z.Neg(z)
	}
	return narrow(z)
}

// GCD128 returns the greatest common divisor of two numbers without sign, of two words each,
// the less significant first. A remainder makes them about as long, differences and shifts make both
// one word long (Stein's algorithm).
func GCD128(x, y [2]uint64) [2]uint64 {
	// The greater one first.
	if x[1] < y[1] || x[1] == y[1] && x[0] < y[0] {
		x, y = y, x
	}
	switch {
	case y[1] == 0 && y[0] == 0:
		return x
	case x[1] == 0:
		return [2]uint64{gcd64(x[0], y[0])}
	// One division brings both to a word.
	case y[1] == 0:
		_, r := bits.Div64(x[1]%y[0], x[0], y[0])
		return [2]uint64{gcd64(y[0], r)}
	}
	// Of very different lengths many differences would be needed, which one remainder replaces.
	if bits.LeadingZeros64(y[1]) > bits.LeadingZeros64(x[1])+3 {
		if x, y = y, remainder128(x, y); y[1] == 0 {
			return GCD128(x, y)
		}
	}
	// The powers of two are taken apart: the common one is put back at the end.
	n, m := zeros128(x), zeros128(y)
	x0, x1 := shifted128(x[0], x[1], n)
	y0, y1 := shifted128(y[0], y[1], m)
	for x1|y1 != 0 { // both are odd
		low, borrow := bits.Sub64(x0, y0, 0)
		high, borrow := bits.Sub64(x1, y1, borrow)
		// They are equal: the greatest common divisor of their odd parts.
		if low|high == 0 {
			break
		}
		less := -borrow // all ones if x < y: then x becomes the smaller of the two, and the distance
		var carry uint64
		y0, carry = bits.Add64(y0, low&less, 0)
		y1 += high&less + carry
		low, carry = bits.Add64(low^less, borrow, 0)
		x0, x1 = low, high^less+carry
		// The distance is a multiple of 2^64.
		if x0 == 0 {
			x0, x1 = x1, 0
		}
		k := uint(bits.TrailingZeros64(x0))
		x0, x1 = x0>>k|x1<<1<<(63-k), x1>>k
	}
	// Both fit a word, and the faster loop takes over.
	if x1|y1 == 0 {
		x0 = gcd64(x0, y0)
	}
	return shiftedBack128(x0, x1, min(n, m))
}

// zeros128 returns the number of zeros at the end of a number that is not 0.
func zeros128(x [2]uint64) uint {
	// The lower word is all zeros, and the count goes on in the other.
	if x[0] == 0 {
		return 64 + uint(bits.TrailingZeros64(x[1]))
	}
	return uint(bits.TrailingZeros64(x[0]))
}

// shifted128 is a number of two words shifted right by n < 128.
func shifted128(lo, hi uint64, n uint) (uint64, uint64) {
	if n >= 64 {
		return hi >> (n - 64), 0
	}
	// Shifted in two steps, since a shift by 64 - n has no meaning for n = 0.
	return lo>>n | hi<<1<<(63-n), hi >> n
}

// shiftedBack128 is a number of two words shifted left by n, which loses no digit of it.
func shiftedBack128(lo, hi uint64, n uint) [2]uint64 {
	if n >= 64 {
		return [2]uint64{0, lo << (n - 64)}
	}
	return [2]uint64{lo << n, hi<<n | lo>>1>>(63-n)}
}

// remainder128 returns x modulo y, for y of two words and x at least as long.
func remainder128(x, y [2]uint64) [2]uint64 {
	// The quotient of the leading words, of y made longer, is too large by two at most
	// (Knuth, 4.3.1, Theorem B).
	n := uint(bits.LeadingZeros64(y[1]))
	top := y[1]<<n | y[0]>>1>>(63-n)
	q, _ := bits.Div64(x[1]>>1>>(63-n), x[1]<<n|x[0]>>1>>(63-n), top)
	// x - q·y modulo 2^128, which is the remainder if it is not below 0.
	hi, lo := bits.Mul64(q, y[0])
	lo, borrow := bits.Sub64(x[0], lo, 0)
	hi, _ = bits.Sub64(x[1], hi+q*y[1], borrow)
	for int64(hi) < 0 || hi > y[1] { // below 0, wrapped
		var carry uint64
		lo, carry = bits.Add64(lo, y[0], 0)
		hi += y[1] + carry
	}
	return [2]uint64{lo, hi}
}
