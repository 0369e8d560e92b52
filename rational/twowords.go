package rational

import (
	"math"
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

// quoRemTwoWords is [Int.QuoRem] of numbers of two words at most, as coordinates of vertices are that are written
// over their denominator. Package big takes several allocations for each.
func quoRemTwoWords(x, y Int) (q, r Int, ok bool) {
	a, okA := x.twoWords()
	b, okB := y.twoWords()
	if !okA || !okB {
		return Int{}, Int{}, false
	}
	quo, rem := divide128(a, b)
	return fromTwoWords(quo, (x.Sign() < 0) != (y.Sign() < 0)), fromTwoWords(rem, x.Sign() < 0), true
}

// divide128 divides numbers without sign, b not 0.
func divide128(a, b [2]uint64) (q, r [2]uint64) {
	if b[1] == 0 { // digit by digit
		q[1], r[0] = a[1]/b[0], a[1]%b[0]
		q[0], r[0] = bits.Div64(r[0], a[0], b[0])
		return q, r
	}
	// The quotient has one word. That of the numbers shifted such that the divisor begins with a
	// bit, less all words but its first, is right or one too large (Knuth, volume 2, 4.3.1, with the dividend halved, so
	// that it is less than the divisor times 2^64).
	shift := bits.LeadingZeros64(b[1])
	top := b[1]<<shift | b[0]>>1>>(63-shift)
	guess, _ := bits.Div64(a[1]>>1, a[1]<<63|a[0]>>1, top)
	guess = guess >> (63 - shift)
	if guess > 0 {
		guess-- // now right, or one too small
	}
	high, low := bits.Mul64(guess, b[0])
	high += guess * b[1]
	var borrow uint64
	r[0], borrow = bits.Sub64(a[0], low, 0)
	r[1], _ = bits.Sub64(a[1], high, borrow)
	if r[1] > b[1] || r[1] == b[1] && r[0] >= b[0] {
		guess++
		r[0], borrow = bits.Sub64(r[0], b[0], 0)
		r[1], _ = bits.Sub64(r[1], b[1], borrow)
	}
	return [2]uint64{guess}, r
}

// fromTwoWords is [fromWords] without an allocation for a number of one.
func fromTwoWords(w [2]uint64, negative bool) Int {
	if w[1] > 0 || w[0] > math.MaxInt64 {
		return fromWords(w[:], negative)
	}
	if negative {
		return Int{small: -int64(w[0])}
	}
	return Int{small: int64(w[0])}
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
