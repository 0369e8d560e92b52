package enclose

import (
	"pstar/rational"
)

// Real is a real number given by an expression in fractions, the four
// operations, exp and sqrt. It can be enclosed as narrowly as asked.
// Its zero value is not usable; start from [RealOf].
type Real struct {
	// enclose returns an interval that contains the number and shrinks to it as
	// bits grows, or false if bits is too small to say anything: a divisor
	// is not yet told from zero, or an exponent from a
	// number beyond reason. Only the ends that functions are applied to are rounded,
	// and those relative to their size: tiny numbers keep their sign.
	enclose func(bits uint) (Interval, bool)
}

// RealOf returns x.
func RealOf(x rational.Rat) Real {
	return Real{func(uint) (Interval, bool) { return Point(x), true }}
}

// combine lifts an operation on intervals.
func combine(x, y Real, op func(a, b Interval) (Interval, bool)) Real {
	return Real{func(bits uint) (Interval, bool) {
		a, ok := x.enclose(bits)
		if !ok {
			return a, false
		}
		b, ok := y.enclose(bits)
		if !ok {
			return b, false
		}
		return op(a, b)
	}}
}

// Add returns x + y.
func (x Real) Add(y Real) Real {
	return combine(x, y, func(a, b Interval) (Interval, bool) { return a.Add(b), true })
}

// Sub returns x − y.
func (x Real) Sub(y Real) Real {
	return combine(x, y, func(a, b Interval) (Interval, bool) { return a.Sub(b), true })
}

// Mul returns x · y.
func (x Real) Mul(y Real) Real {
	return combine(x, y, func(a, b Interval) (Interval, bool) { return a.Mul(b), true })
}

// Quo returns x / y. If y is zero, no precision will enclose the result.
func (x Real) Quo(y Real) Real {
	return combine(x, y, func(a, b Interval) (Interval, bool) {
		inverse, ok := b.Inv()
		return a.Mul(inverse), ok
	})
}

// monotone lifts an increasing function, given by enclosures of its values or false
// where there are none, to intervals.
func (x Real) monotone(f func(rational.Rat, uint) (Interval, bool)) Real {
	return Real{func(bits uint) (Interval, bool) {
		a, ok := x.enclose(bits)
		if !ok {
			return Interval{}, false
		}
		if !a.Lo.Equal(a.Hi) { // shorten the ends; a point stays one
			a = a.OutwardRelative(bits)
		}
		lo, okLo := f(a.Lo, bits)
		hi, okHi := f(a.Hi, bits)
		return Interval{lo.Lo, hi.Hi}, okLo && okHi
	}}
}

// Exp returns e^x. If x > 2^16, no precision will enclose it; if x < −2^16, it is not
// told from zero.
func (x Real) Exp() Real { return x.monotone(expAny) }

// Sqrt returns the square root of x. If x is negative, no precision will enclose it;
// if it is zero, only the exact zero is.
func (x Real) Sqrt() Real {
	return x.monotone(func(v rational.Rat, bits uint) (Interval, bool) {
		if v.Sign() < 0 {
			return Interval{}, false
		}
		return Sqrt(v, bits), true
	})
}

// Precisions at which a Real is tried: from the first, doubling up to the last.
const (
	firstBits = 32
	// limitBits is the precision that [Real.Enclose] spends beyond the width asked for.
	limitBits = 4096
)

// Enclose returns an interval that contains x and is at most width wide, and
// true. It gives up limitBits bits beyond what the width itself needs, which
// means that the expression is not defined or has enormous intermediate values,
// and returns the last interval, if any, and false. It panics unless width > 0.
func (x Real) Enclose(width rational.Rat) (Interval, bool) {
	if width.Sign() <= 0 {
		panic("enclose: enclosure of a width that is not positive")
	}
	limit := uint(limitBits + max(0, width.Den().BitLen()-width.Num().BitLen()))
	var last Interval
	for bits := uint(firstBits); bits <= 2*limit; bits *= 2 {
		a, ok := x.enclose(bits)
		if !ok {
			continue
		}
		if last = a; a.Width().Cmp(width) <= 0 {
			return a, true
		}
	}
	return last, false
}
