package kernel

import (
	"math/big"
	"math/bits"
)

// A Num is a rational number. Integers of at most 62 bits are held in n, with r nil; all
// others are held in r alone, so that equal numbers are held in the same way.
type Num struct {
	n int64
	r *big.Rat
}

const smallest, largest = -1 << 62, 1 << 62

// Int is the number n, which has at most 62 bits.
func Int(n int64) Num {
	if n <= smallest || n >= largest {
		panic("kernel: Int of a number of more than 62 bits")
	}
	return Num{n: n}
}

// number holds r as it must be held. It keeps r.
func number(r *big.Rat) Num {
	if r.IsInt() && r.Num().BitLen() <= 62 {
		if n := r.Num().Int64(); n > smallest && n < largest {
			return Num{n: n}
		}
	}
	return Num{r: r}
}

func (x Num) rat() *big.Rat {
	if x.r != nil {
		return x.r
	}
	return new(big.Rat).SetInt64(x.n)
}

func (x Num) sign() int {
	switch {
	case x.r != nil:
		return x.r.Sign()
	case x.n > 0:
		return 1
	case x.n < 0:
		return -1
	}
	return 0
}

// isOne says whether x is 1, which most numbers of a proof are.
func (x Num) isOne() bool { return x.r == nil && x.n == 1 }

func (x Num) equal(y Num) bool {
	if x.r == nil || y.r == nil {
		return x.r == nil && y.r == nil && x.n == y.n
	}
	return x.r.Cmp(y.r) == 0
}

func (x Num) neg() Num {
	if x.r == nil {
		return Num{n: -x.n}
	}
	return number(new(big.Rat).Neg(x.r))
}

// words are the lengths of numerator and denominator in 64-bit words, at least 1.
func (x Num) words() (above, below int) {
	if x.r == nil {
		return 1, 1
	}
	return 1 + x.r.Num().BitLen()/64, 1 + x.r.Denom().BitLen()/64
}

// add and mul count the work of long numbers; see [limits].
func (l *limits) add(x, y Num) Num {
	if x.r == nil && y.r == nil {
		if s := x.n + y.n; s > smallest && s < largest {
			return Num{n: s}
		}
	}
	l.long(x, y)
	return number(new(big.Rat).Add(x.rat(), y.rat()))
}

func (l *limits) mul(x, y Num) Num {
	if x.r == nil && y.r == nil {
		hi, lo := bits.Mul64(magnitude(x.n), magnitude(y.n))
		if hi == 0 && lo < largest {
			if (x.n < 0) != (y.n < 0) {
				return Num{n: -int64(lo)}
			}
			return Num{n: int64(lo)}
		}
	}
	l.long(x, y)
	return number(new(big.Rat).Mul(x.rat(), y.rat()))
}

func magnitude(n int64) uint64 {
	if n < 0 {
		return uint64(-n)
	}
	return uint64(n)
}

// Big is the number n, which is kept.
func Big(n *big.Int) Num { return number(new(big.Rat).SetInt(n)) }

// Neg is −x.
func (x Num) Neg() Num { return x.neg() }

// Sign is -1, 0 or 1.
func (x Num) Sign() int { return x.sign() }

// Equal says whether the two are the same number.
func (x Num) Equal(y Num) bool { return x.equal(y) }

// String is the number as a fraction.
func (x Num) String() string { return x.rat().RatString() }
