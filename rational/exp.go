package rational

import (
	"fmt"
	"math/big"
)

// maxExponential bounds |x| in [Exp]: e^x has some 1.5·|x| bits on one side of
// the point or the other.
const maxExponential = 1 << 16

// Exp returns an interval that contains e^x, with 0 < Lo and Hi − Lo ≤ 2^−bits·Lo;
// for x = 0 it is [1, 1]. It panics if |x| > 2^16.
//
// # Why it contains e^x
//
// Put y = |x|/2^k ≤ 1/2. The Taylor series of e^y is summed in fixed point, once
// with every operation rounded down and once up. When it is cut after the term
// t_m = y^m/m!, the rest is t_m·(y/(m+1) + y²/((m+1)(m+2)) + …) ≤ t_m·(1/2 + 1/4
// + …) ≤ t_m, which is added to the upper sum. Squaring k times, again rounded
// outward, gives e^|x|, and for a negative x its reciprocal is taken.
func Exp(x Rat, bits uint) Interval {
	if x.IsZero() {
		return Point(NewRat(1, 1))
	}
	if x.Abs().Cmp(NewRat(maxExponential, 1)) > 0 {
		panic(fmt.Sprintf("rational: exponential of a number beyond %d", maxExponential))
	}
	for precision := bits + 16; ; precision *= 2 {
		if e := expTo(x, precision); e.narrowRelative(bits) {
			return e
		}
	}
}

// expTo encloses e^x with about the given number of relative bits.
func expTo(x Rat, bits uint) Interval {
	y := x.Abs()
	halvings := uint(max(0, y.num.BitLen()-y.Den().BitLen()+2)) // y < 2^(halvings−1)
	halvings += bits / 200                                      // a few squarings save many terms
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

func ceilScaled(x Rat, bits uint) *big.Int {
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
