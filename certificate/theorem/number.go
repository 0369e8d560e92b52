package theorem

import (
	"cmp"
	"math/big"
	"math/bits"
)

// A Num is a rational number. Integers of at most 62 bits are held in n, with r nil; all
// others are held in r alone, so that equal numbers are held in the same way.
// Nearly all numbers of proofs are integers of a few digits: in a big.Rat each would take five
// times the memory and ten times the time. A short one leaves a bit of room, so that a sum of
// two does not overflow.
type Num struct {
	n int64
	r *big.Rat
}

// Both are outside of what is short; −n of a short n is short.
const smallest, largest = -1 << 62, 1 << 62

// Int is the number n, which has at most 62 bits.
// A number of a program and not of a document: one that is too large is a mistake of it.
func Int(n int64) Num {
	if n <= smallest || n >= largest {
		panic("theorem: Int of a number of more than 62 bits")
	}
	return Num{n: n}
}

// Number is r, which it keeps.
// Every result of an operation goes through here, so that an integer that has become short
// again is held as one.
// Long means that it is a fraction or has more than 62 bits. r must not be changed
// afterwards.
func Number(r *big.Rat) Num {
	if r.IsInt() && r.Num().BitLen() <= 62 {
		return Num{n: r.Num().Int64()}
	}
	return Num{r: r}
}

// Rat is the number, which must not be changed.
// For what is seldom done; arithmetic on short numbers does without it.
func (x Num) Rat() *big.Rat {
	if x.r != nil {
		return x.r
	}
	return new(big.Rat).SetInt64(x.n)
}

// Sign is -1, 0 or 1.
// The zero value is 0.
func (x Num) Sign() int {
	if x.r != nil {
		return x.r.Sign()
	}
	return cmp.Compare(x.n, 0)
}

// IsOne says whether x is 1, which most numbers of a proof are.
func (x Num) IsOne() bool { return x.r == nil && x.n == 1 }

// Equal says whether the two are the same number.
// Numbers are held in one way, but a long one behind a pointer: == would compare where they
// are.
func (x Num) Equal(y Num) bool { return x.Compare(y) == 0 }

// Neg is −x.
// −x of a long number may be none that is short: the range is symmetric.
func (x Num) Neg() Num {
	if x.r == nil {
		return Num{n: -x.n}
	}
	return Number(new(big.Rat).Neg(x.r))
}

// Words are the lengths of numerator and denominator in 64-bit words, at least 1.
// They are what work and memory are counted by.
func (x Num) Words() (above, below int) {
	if x.r == nil {
		return 1, 1
	}
	// Rounded down, and so 1 more: that of 0 bits is 1.
	return 1 + x.r.Num().BitLen()/64, 1 + x.r.Denom().BitLen()/64
}

// digits bounds how many there are, with the stroke of a fraction.
func (x Num) digits() int {
	if x.r == nil {
		return 1 + bits.Len64(magnitude(x.n))/3
	}
	above, below := x.Words()
	return 20 * (above + below)
}

// Short says whether x is an integer below 2^62 in size.
func (x Num) Short() bool { return x.r == nil }

// Integer says whether x is an integer.
func (x Num) Integer() bool { return x.r == nil || x.r.IsInt() }

// PlusShort is x + y if all three are short.
// The sum of two short ones fits in 64 bits. The caller takes the long way if it is not short,
// and counts it.
// If the bool is false the number means nothing.
func (x Num) PlusShort(y Num) (Num, bool) {
	s := x.n + y.n
	return Num{n: s}, x.r == nil && y.r == nil && s > smallest && s < largest
}

// MinusShort is x − y if all three are short.
func (x Num) MinusShort(y Num) (Num, bool) { return x.PlusShort(Num{n: -y.n, r: y.r}) }

// Plus is x + y.
func (x Num) Plus(y Num) Num {
	if s, short := x.PlusShort(y); short {
		return s
	}
	return Number(new(big.Rat).Add(x.Rat(), y.Rat()))
}

// TimesShort is x times y if all three are short.
// As with PlusShort, the bool is false where the long way is needed.
func (x Num) TimesShort(y Num) (Num, bool) {
	// The usual case, without a product of 128 bits. n is 0 in a long number, which is asked
	// for last.
	if max(magnitude(x.n), magnitude(y.n)) < 1<<31 && x.r == nil && y.r == nil {
		return Num{n: x.n * y.n}, true
	}
	// The product of the sizes, in 128 bits: the upper half must be empty.
	hi, lo := bits.Mul64(magnitude(x.n), magnitude(y.n))
	if x.r != nil || y.r != nil || hi != 0 || lo >= largest {
		return Num{}, false
	}
	return Num{n: x.n * y.n}, true // of a size below 2^62
}

// Times is x times y. Once is what there is: math/big would look for a common divisor.
func (x Num) Times(y Num) Num {
	if p, short := x.TimesShort(y); short {
		return p
	} else if x.IsOne() {
		return y
	} else if y.IsOne() {
		return x
	}
	return Number(new(big.Rat).Mul(x.Rat(), y.Rat()))
}

// Of no short number is −n another one than n with the sign changed: the smallest int64 is none
// of them.
func magnitude(n int64) uint64 { return uint64(max(n, -n)) }

// Inverse is 1/x, for x not 0.
// Of 0 it panics, as math/big does: the caller knows that it is not 0.
func (x Num) Inverse() Num { return Number(new(big.Rat).Inv(x.Rat())) }

// Big is the number n, which is kept.
// Of a multinomial coefficient, say.
func Big(n *big.Int) Num { return Number(new(big.Rat).SetInt(n)) }

// String is the number as a fraction.
func (x Num) String() string { return x.Rat().RatString() }

// Compare is -1, 0 or 1 as x is less than, equal to, or greater than y.
func (x Num) Compare(y Num) int {
	if x.r == nil && y.r == nil {
		return cmp.Compare(x.n, y.n)
	}
	return x.Rat().Cmp(y.Rat())
}

// Primitive multiplies numbers by the positive number that makes them integers without a common
// divisor. All 0 stay as they are. Rows of an elimination are kept so, whose numbers would grow
// without end.
// The numbers are changed in place. Signs stay: rows of inequalities may not be multiplied
// by less than 0.
// If one is not short, count is called twice for each, with its words and those of the common
// denominator, before what takes the time, and the memory, of these.
func Primitive(v []Num, count func(words int)) {
	// Euclid's algorithm over all, for short ones; a fraction among them needs the long way.
	// divisor 0 stays if all are 0, and then nothing is divided.
	divisor, short := uint64(0), true
	for _, x := range v {
		short = short && x.r == nil
		// A long number has n = 0, which changes no divisor.
		for a := magnitude(x.n); a != 0; {
			divisor, a = a, divisor%a
		}
	}
	if short {
		for k := 0; divisor > 1 && k < len(v); k++ {
			v[k].n /= int64(divisor)
		}
		return
	}
	// The common divisor of the numerators and the common multiple of the denominators.
	above, below := new(big.Int), big.NewInt(1)
	long := func(x Num) {
		a, b := x.Words()
		count(a + b + 1 + below.BitLen()/64)
	}
	for _, x := range v {
		long(x)
		// The common multiple grows by what the denominator has beyond it.
		d := x.Rat().Denom()
		below.Mul(below, new(big.Int).Div(d, new(big.Int).GCD(nil, nil, below, d)))
		above.GCD(nil, nil, above, new(big.Int).Abs(x.Rat().Num()))
	}
	for k, x := range v {
		long(x)
		// Both divisions leave nothing; a product of fractions would be reduced for each number.
		n := new(big.Int).Div(below, x.Rat().Denom())
		v[k] = Big(n.Mul(n, new(big.Int).Div(x.Rat().Num(), above)))
	}
}
