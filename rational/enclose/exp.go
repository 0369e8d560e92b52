package enclose

import (
	"fmt"
	"math/big"

	"pstar/rational"
)

// maxExponential bounds |x| in [Exp]: e^x has some 1.5·|x| bits on one side of
// the point or the other.
const maxExponential = 1 << 16

// Exp returns an interval that contains e^x, with 0 < Lo and Hi − Lo ≤ 2^−bits·Lo;
// for x = 0 it is [1, 1], for any other x it does not contain 1. It panics if
// |x| > 2^16.
//
// # Why it contains e^x
//
// If |x| ≤ 2^−bits, 1 + x < e^x ≤ 1 + x + x² says it all. Else put y = |x|/2^k ≤ 1/2. The Taylor series of e^y is summed in fixed point, once
// with every operation rounded down and once up. When it is cut after the term
// t_m = y^m/m!, the rest is t_m·(y/(m+1) + y²/((m+1)(m+2)) + …) ≤ t_m·(1/2 + 1/4
// + …) ≤ t_m, which is added to the upper sum. Squaring k times, again rounded
// outward, gives e^|x|, and for a negative x its reciprocal is taken.
func Exp(x rational.Rat, bits uint) Interval {
	if x.IsZero() {
		return Point(rational.NewRat(1, 1))
	}
	if x.Abs().Cmp(rational.NewRat(maxExponential, 1)) > 0 {
		panic(fmt.Sprintf("enclose: exponential of a number beyond %d", maxExponential))
	}
	bits = max(bits, 2)
	if x.Abs().Cmp(rational.Dyadic(rational.NewInt(1), -int(bits))) <= 0 {
		lo := rational.NewRat(1, 1).Add(x)
		return Interval{lo, lo.Add(x.Mul(x))}
	}
	for precision := bits + 16; ; precision *= 2 {
		if e := expTo(x, precision); e.narrowRelative(bits) {
			return e
		}
	}
}

// expAny encloses e^x for any x: by [Exp] as far as that goes; beyond, for a negative
// x, between zero and a power of two that falls with bits; and for a positive x
// there is nothing to be had.
func expAny(x rational.Rat, bits uint) (e Interval, ok bool) {
	switch limit := rational.NewRat(maxExponential, 1); {
	case x.Abs().Cmp(limit) <= 0:
		return Exp(x, bits), true
	case x.Sign() > 0:
		return Interval{}, false
	}
	// e^x < 2^−|x|, as 2 < e.
	if n := floor(x.Neg()); n.Cmp(rational.NewInt(int64(bits))) < 0 {
		small, _ := n.Int64()
		bits = uint(small)
	}
	return Interval{Hi: rational.Dyadic(rational.NewInt(1), -int(bits))}, true
}

// expTo encloses e^x with about the given number of relative bits.
func expTo(x rational.Rat, bits uint) Interval {
	y := x.Abs()
	halvings := uint(max(0, y.Num().BitLen()-y.Den().BitLen()+2)) // y < 2^(halvings−1)
	halvings += bits / 200                                        // a few squarings save many terms
	p := bits + halvings
	lo, hi := floorScaled(y, bits), ceilScaled(y, bits) // |x|/2^halvings in units of 2^−p
	lo, hi = expSeries(lo, false, p), expSeries(hi, true, p)
	for range halvings {
		lo, hi = shiftDown(lo.Mul(lo, lo), p), shiftUp(hi.Mul(hi, hi), p)
	}
	if x.Sign() > 0 {
		return Interval{dyadic(lo, p), dyadic(hi, p)}
	}
	// 1/e^|x|, with as many more bits as e^|x| has before the point.
	q := p + uint(max(0, hi.BitLen()-int(p)))
	one := new(big.Int).Lsh(big.NewInt(1), p+q)
	below := new(big.Int).Div(one, hi)
	above := ceilQuo(one, lo)
	return Interval{dyadic(below, q), dyadic(above, q)}
}

// expSeries returns a bound on 2^p·e^(y/2^p) for 0 ≤ y ≤ 2^p/2: from below, or
// from above with the rest of the series included.
func expSeries(y *big.Int, above bool, p uint) *big.Int {
	term := new(big.Int).Lsh(big.NewInt(1), p)
	sum := new(big.Int).Set(term)
	for m := int64(1); ; m++ {
		// Rounding after the shift and again after the division gives the same as
		// rounding once.
		term.Mul(term, y)
		if above {
			term = ceilQuo(shiftUp(term, p), big.NewInt(m))
		} else {
			term.Quo(shiftDown(term, p), big.NewInt(m))
		}
		sum.Add(sum, term)
		if term.BitLen() <= 1 { // at most one unit is left
			if above {
				sum.Add(sum, term)
			}
			return sum
		}
	}
}

// ceilScaled is x · 2^bits, rounded up to an integer.
func ceilScaled(x rational.Rat, bits uint) *big.Int {
	n := floorScaled(x.Neg(), bits)
	return n.Neg(n)
}

// shiftDown returns ⌊n/2^s⌋ for n ≥ 0, in place.
func shiftDown(n *big.Int, s uint) *big.Int { return n.Rsh(n, s) }

// shiftUp returns ⌈n/2^s⌉ for n ≥ 0, in place.
func shiftUp(n *big.Int, s uint) *big.Int {
	n.Neg(n)
	n.Rsh(n, s) // rounds towards −∞
	return n.Neg(n)
}

// ceilQuo returns ⌈n/d⌉ for n ≥ 0 and d > 0.
func ceilQuo(n, d *big.Int) *big.Int {
	q, r := new(big.Int).QuoRem(n, d, new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, big.NewInt(1))
	}
	return q
}
