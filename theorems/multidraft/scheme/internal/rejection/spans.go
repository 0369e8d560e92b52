package rejection

import (
	"math"

	"pstar/rational"
)

// A span is an interval of floats in which a number lies: each operation rounds both ends
// outwards. Products are not fused with sums, so that the ends do not depend on the machine.
type span struct{ lo, hi float64 }

// below and above go by one or two units in the last place, by a part of x that is no less than one of them: as the sum
// is rounded to a neighbour at most, it is not nearer to x than the next float. Sums and products that are exact are off, too.
func below(x float64) float64 { return float64(x) - (float64(math.Abs(x)*0x1p-52) + 0x1p-1074) }
func above(x float64) float64 { return float64(x) + (float64(math.Abs(x)*0x1p-52) + 0x1p-1074) }

// less and more are below and above for numbers that are not negative, as sizes and products of such are: the same part with one rounding. Where that part is no
// normal number it is 0, or the least that is added.
func less(x float64) float64 {
	if y := float64(x * (1 - 0x1p-52)); !(y < 0x1p-1000) {
		return y
	}
	return 0
}

func more(x float64) float64 {
	if y := float64(x * (1 + 0x1p-52)); !(y < 0x1p-1000) {
		return y
	}
	return 0x1p-999
}

// sum and product are of bounds of sizes. What is 0 stays so.
func sum(a, b float64) float64 {
	if a == 0 {
		return b
	}
	if b == 0 {
		return a
	}
	return more(a + b)
}

func product(a, b float64) float64 {
	if a == 0 || b == 0 {
		return 0
	}
	return more(a * b)
}

// zero is whether it is the number 0. What is added to that and multiplied by it is not rounded: it would be the least numbers there are, with which
// processors take a hundred times as long.
func (a span) zero() bool { return a.lo == 0 && a.hi == 0 }

func (a span) plus(b span) span {
	if b.zero() {
		return a
	}
	if a.zero() {
		return b
	}
	return span{below(a.lo + b.lo), above(a.hi + b.hi)}
}

func (a span) minus(b span) span {
	if b.zero() {
		return a
	}
	return span{below(a.lo - b.hi), above(a.hi - b.lo)}
}

// times is for numbers that are not negative.
func (a span) times(b span) span {
	return span{max(0, below(a.lo*b.lo)), above(a.hi * b.hi)}
}

// over is for numbers that are not negative, and b above 0.
func (a span) over(b span) span { return span{max(0, below(a.lo/b.hi)), above(a.hi / b.lo)} }

// positive is the positive part.
func (a span) positive() span { return span{max(0, a.lo), max(0, a.hi)} }

// negative is -a.
func (a span) negative() span { return span{-a.hi, -a.lo} }

// size is the largest absolute value.
func (a span) size() float64 { return max(-a.lo, a.hi) }

// wider is longer by x at both ends.
func (a span) wider(x float64) span {
	if x == 0 {
		return a
	}
	return span{below(a.lo - x), above(a.hi + x)}
}

// hull holds both.
func (a span) hull(b span) span { return span{min(a.lo, b.lo), max(a.hi, b.hi)} }

// spanOf is w/unit, for 0 <= w <= unit. The leading digits of both give it up to three roundings and two
// digits cut off, which is less than 2^-50 of it.
func spanOf(w, unit rational.Int) span {
	m, e := w.Leading()
	u, f := unit.Leading()
	x := math.Ldexp(float64(m)/float64(u), e-f)
	return span{below(x * (1 - 0x1p-50)), above(x * (1 + 0x1p-50))}.positive()
}

// scaled is a times a number of either sign, for a not negative.
func (a span) scaled(s span) span {
	lo, hi := below(a.lo*s.lo), above(a.hi*s.hi)
	// An end below 0 is farthest out with the larger factor.
	if s.lo < 0 {
		lo = below(a.hi * s.lo)
	}
	if s.hi < 0 {
		hi = above(a.lo * s.hi)
	}
	return span{lo, hi}
}

// by is a product of numbers of any sign.
func (a span) by(b span) span {
	// Signs say which ends make which; most factors are of one sign.
	switch {
	case a.zero() && b.lo <= b.hi || b.zero() && a.lo <= a.hi:
		return span{}
	case a.lo >= 0 && b.lo >= 0:
		return span{less(a.lo * b.lo), more(a.hi * b.hi)}
	case a.lo >= 0 && b.hi <= 0:
		return span{-more(-(a.hi * b.lo)), -less(-(a.lo * b.hi))}
	case a.hi <= 0 && b.lo >= 0:
		return span{-more(-(a.lo * b.hi)), -less(-(a.hi * b.lo))}
	case a.lo >= 0 && b.lo < 0 && b.hi > 0:
		return span{-more(-(a.hi * b.lo)), more(a.hi * b.hi)}
	case b.lo >= 0 && a.lo < 0 && a.hi > 0:
		return span{-more(-(a.lo * b.hi)), more(a.hi * b.hi)}
	}
	// An end is a product of ends; max and min of four are those of both signs.
	c, d, e, f := a.lo*b.lo, a.lo*b.hi, a.hi*b.lo, a.hi*b.hi
	return span{below(min(c, d, e, f)), above(max(c, d, e, f))}
}

// dividedBy is a over b for a of either sign and b above 0.
func (a span) dividedBy(b span) span { return span{1, 1}.over(b).scaled(a) }

// A total is a sum of many numbers that are not negative: a float, and what is missing, so that its rounding does not grow with how many there are.
type total struct {
	sum  float64
	rest span
}

// add adds a number. What a sum of two floats is off by is a float, which these operations find.
func (t *total) add(x span) {
	sum := t.sum + x.lo
	part := sum - t.sum
	off := (t.sum - (sum - part)) + (x.lo - part)
	t.sum, t.rest = sum, t.rest.plus(span{off, off}.plus(span{0, above(x.hi - x.lo)}))
}

func (t *total) span() span {
	// Nothing was added.
	if *t == (total{}) {
		return span{}
	}
	return span{below(t.sum + t.rest.lo), above(t.sum + t.rest.hi)}.positive()
}
