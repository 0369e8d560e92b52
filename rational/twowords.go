package rational

import (
	"math/big"
	"math/bits"
)

// fromWords takes over a number of words, least first, with a sign.
func fromWords(words []uint64, negative bool) Int {
	for len(words) > 0 && words[len(words)-1] == 0 {
		words = words[:len(words)-1]
	}
	both := new(struct { // one allocation
		z    big.Int
		list [2]big.Word
	})
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
// the less significant first.
func GCD128(x, y [2]uint64) [2]uint64 {
	for x[1]|y[1] != 0 {
		if x[1] < y[1] || x[1] == y[1] && x[0] < y[0] {
			x, y = y, x
		}
		if y[1] == 0 {
			if y[0] == 0 {
				return x
			}
			_, r := bits.Div64(x[1]%y[0], x[0], y[0])
			x, y = [2]uint64{y[0]}, [2]uint64{r}
			break
		}
		x, y = y, remainder128(x, y)
	}
	a, b := x[0], y[0]
	for b != 0 {
		a, b = b, a%b
	}
	return [2]uint64{a}
}

// remainder128 returns x modulo y, for y of two words and x at least as long.
func remainder128(x, y [2]uint64) [2]uint64 {
	// The quotient of the leading words, of y made longer, is too large by two at most
	// (Knuth, 4.3.1, Theorem B).
	n := uint(bits.LeadingZeros64(y[1]))
	top := y[1]<<n | y[0]>>1>>(63-n)
	q, _ := bits.Div64(x[1]>>1>>(63-n), x[1]<<n|x[0]>>1>>(63-n), top)
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
