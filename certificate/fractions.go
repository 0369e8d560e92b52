package certificate

import "math/big"

// Counted arithmetic of fractions. Every operation on numbers that a document can
// make long is one of these: they account for the work before it is done, and bound
// the result.

// maxWideBits bounds numerators and denominators of computed fractions.
const maxWideBits = 1 << 18

// ratWords is the length of the longer part of x.
func ratWords(x *big.Rat) uint64 { return max(wordsOf(x.Num()), wordsOf(x.Denom())) }

// ratCost is that of adding, multiplying or dividing fractions whose parts have u and
// v words: products of the parts, and a greatest common divisor.
func ratCost(u, v uint64) uint64 { return 3*mulCost(u, v) + gcdCost(u+v, u+v) }

func (r *reader) operate(a, b *big.Rat, operation func(z, a, b *big.Rat) *big.Rat) *big.Rat {
	r.spend(1, ratCost(ratWords(a), ratWords(b)))
	z := operation(new(big.Rat), a, b)
	if z.Denom().BitLen() > maxWideBits || z.Num().BitLen() > maxWideBits {
		r.beyondNext("a computed number has more than %d bits", maxWideBits)
	}
	return z
}

func (r *reader) add(a, b *big.Rat) *big.Rat { return r.operate(a, b, (*big.Rat).Add) }
func (r *reader) sub(a, b *big.Rat) *big.Rat { return r.operate(a, b, (*big.Rat).Sub) }
func (r *reader) mul(a, b *big.Rat) *big.Rat { return r.operate(a, b, (*big.Rat).Mul) }

// quo is a/b, for b not zero.
func (r *reader) quo(a, b *big.Rat) *big.Rat { return r.operate(a, b, (*big.Rat).Quo) }

// cmp compares a and b.
func (r *reader) cmp(a, b *big.Rat) int {
	r.spend(2, mulCost(ratWords(a), ratWords(b)))
	return a.Cmp(b)
}

var ratOne = big.NewRat(1, 1)
