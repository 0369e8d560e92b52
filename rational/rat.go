package rational

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
)

// Rat is an immutable fraction in lowest terms with a positive denominator. Its
// zero value is 0. Use [Rat.Equal] to compare; see [Int] about ==.
type Rat struct {
	// Kept in lowest terms by reduce, or by an argument that they are.
	num Int
	den Int // zero stands for one
}

// NewRat returns num/den. It panics if den = 0.
func NewRat(num, den int64) Rat { return reduce(NewInt(num), NewInt(den)) }

// RatFromInts returns num/den. It panics if den = 0.
func RatFromInts(num, den Int) Rat { return reduce(num, den) }

// RatFromInt returns x as a fraction.
func RatFromInt(x Int) Rat { return Rat{num: x} }

// Whole returns v as a fraction.
func Whole(v int64) Rat { return Rat{num: Int{small: v}} }

// Half returns 1/2.
func Half() Rat { return Rat{num: Int{small: 1}, den: Int{small: 2}} }

// RatFromBig returns the value of x, which is copied.
func RatFromBig(x *big.Rat) Rat {
	return lowest(IntFromBig(x.Num()), IntFromBig(x.Denom()))
}

// RatFromFloat64 returns exactly the number that f is, a fraction whose
// denominator is a power of two. Infinities and NaN are errors.
func RatFromFloat64(f float64) (Rat, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return Rat{}, fmt.Errorf("expected a finite number, found %v", f)
	}
	if f == 0 {
		return Rat{}, nil
	}
	// Sign, exponent and mantissa of IEEE 754, read as the integers that they are.
	word := math.Float64bits(f)
	mantissa, exponent := word&(1<<52-1), int(word>>52&(1<<11-1))
	if exponent == 0 {
		exponent = 1 // subnormal: no hidden bit
	} else {
		mantissa |= 1 << 52
	}
	m := NewInt(int64(mantissa))
	if word>>63 == 1 {
		m = m.Neg()
	}
	// 1075 = 1023 + 52: the bias, and the digits behind the point of the mantissa.
	return Dyadic(m, exponent-1075), nil
}

// Dyadic returns m · 2^e.
func Dyadic(m Int, e int) Rat {
	if m.IsZero() {
		return Rat{}
	}
	// Cancel first: what remains is in lowest terms, as the numerator is odd.
	if m.wide == nil && e < 0 {
		k := min(bits.TrailingZeros64(uint64(m.small)), -e)
		m, e = Int{small: m.small >> k}, e+k
	}
	if m.wide != nil && e < 0 {
		if k := min(int(m.wide.TrailingZeroBits()), -e); k > 0 {
			// Nothing is rounded: the digits that go are zeros.
			m, e = narrow(new(big.Int).Rsh(m.wide, uint(k))), e+k
		}
	}
	switch {
	case e == 0:
		return Rat{num: m}
	case e > 0:
		return Rat{num: m.Mul(PowerOfTwo(e))}
	}
	// The numerator is odd now.
	return Rat{num: m, den: PowerOfTwo(-e)}
}

// PowerOfTwo returns 2^e for e ≥ 0.
func PowerOfTwo(e int) Int {
	if e < 63 {
		return Int{small: 1 << e}
	}
	return Int{wide: new(big.Int).Lsh(big.NewInt(1), uint(e))}
}

// reduce owns the canonical form: lowest terms, positive denominator, and the
// denominator one stored as zero.
func reduce(num, den Int) Rat {
	switch den.Sign() {
	case 0:
		panic("rational: zero denominator")
	// The sign is that of the numerator.
	case -1:
		num, den = num.Neg(), den.Neg()
	}
	if g := GCD(num, den); !g.IsOne() {
		num, den = num.DivExact(g), den.DivExact(g)
	}
	return lowest(num, den)
}

// lowest takes a pair that is known to be in lowest terms with den > 0.
func lowest(num, den Int) Rat {
	if den.IsOne() {
		return Rat{num: num}
	}
	return Rat{num: num, den: den}
}

// Num returns the numerator of x in lowest terms; it has the sign of x.
func (x Rat) Num() Int { return x.num }

// Den returns the denominator of x in lowest terms, which is positive.
func (x Rat) Den() Int {
	if x.den.IsZero() {
		return Int{small: 1}
	}
	return x.den
}

// Sign returns -1, 0 or 1 as x is negative, zero or positive.
func (x Rat) Sign() int { return x.num.Sign() }

// IsZero reports whether x = 0.
func (x Rat) IsZero() bool { return x.num.IsZero() }

// IsInt reports whether x is an integer.
func (x Rat) IsInt() bool { return x.den.IsZero() }

// Equal reports whether x = y.
func (x Rat) Equal(y Rat) bool { return x.num.Equal(y.num) && x.den.Equal(y.den) }

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x Rat) Cmp(y Rat) int {
	// Signs decide most comparisons, and equal denominators most of the others: no product is made.
	if sx, sy := x.Sign(), y.Sign(); sx != sy {
		if sx < sy {
			return -1
		}
		return 1
	}
	if x.den.Equal(y.den) {
		return x.num.Cmp(y.num)
	}
	a, b := x.Den(), y.Den()
	// Products of words in two words, without a big integer.
	if x.num.wide == nil && y.num.wide == nil && a.wide == nil && b.wide == nil {
		// Fractions in lowest terms with different denominators differ.
		if lessProduct(abs64(x.num.small), uint64(b.small), abs64(y.num.small), uint64(a.small)) {
			return -x.Sign()
		}
		return x.Sign()
	}
	return x.num.Mul(b).Cmp(y.num.Mul(a))
}

// lessProduct reports whether a·b < c·d.
func lessProduct(a, b, c, d uint64) bool {
	h1, l1 := bits.Mul64(a, b)
	h2, l2 := bits.Mul64(c, d)
	return h1 < h2 || h1 == h2 && l1 < l2
}

// MinRat returns the smaller of x and y.
func MinRat(x, y Rat) Rat {
	if y.Cmp(x) < 0 {
		return y
	}
	return x
}

// MaxRat returns the larger of x and y.
func MaxRat(x, y Rat) Rat {
	if y.Cmp(x) > 0 {
		return y
	}
	return x
}

// Big returns x as a fresh *big.Rat.
func (x Rat) Big() *big.Rat { return new(big.Rat).SetFrac(x.num.Big(), x.Den().Big()) }

// Float64 returns the float64 nearest to x, an infinity if x is out of range. It
// is a guess, for a starting point or a plot: it must not decide anything.
func (x Rat) Float64() float64 {
	f, _ := x.Big().Float64()
	return f
}

// String returns x as "a/b" in lowest terms, or "a" if x is an integer.
func (x Rat) String() string {
	if x.IsInt() {
		return x.num.String()
	}
	return x.num.String() + "/" + x.den.String()
}
