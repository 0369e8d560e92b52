package rational

import (
	"math"
	"math/big"
	"math/bits"
	"strconv"
)

// Int is an immutable integer of any size. Its zero value is 0.
//
// Values in the range of int64 are held in a machine word and need no
// allocation; operations detect overflow and widen, and results that fit again
// become machine words again. Use [Int.Equal] to compare: == compares pointers
// for values beyond int64.
type Int struct {
	small int64
	wide  *big.Int // nil, or a value outside int64; then small is 0
}

// NewInt returns v.
func NewInt(v int64) Int { return Int{small: v} }

// IntFromBig returns the value of v, which is copied.
func IntFromBig(v *big.Int) Int {
	// The one place, with narrow, where a value is made wide: no wide Int is ever small.
	if v.IsInt64() {
		return Int{small: v.Int64()}
	}
	return Int{wide: new(big.Int).Set(v)}
}

// narrow takes ownership of z and returns it in canonical form.
func narrow(z *big.Int) Int {
	// Canonical: equal values have equal representations, as Equal relies on.
	if z.IsInt64() {
		return Int{small: z.Int64()}
	}
	return Int{wide: z}
}

// IntFrom128 returns a number of 128 bits in two's complement.
func IntFrom128(hi int64, lo uint64) Int {
	if fits64(hi, lo) {
		// Least word first, as big.Int has them.
		return Int{small: int64(lo)}
	}
	words := [2]uint64{lo, uint64(hi)}
	// The magnitude: the words of a big.Int have no sign.
	if hi < 0 {
		var borrow uint64
		words[0], borrow = bits.Sub64(0, lo, 0)
		words[1] = -uint64(hi) - borrow
	}
	return fromWords(words[:], hi < 0)
}

// Modulo128 returns x modulo 2^128 in two's complement: x itself, if it fits.
func (x Int) Modulo128() (hi int64, lo uint64) {
	if x.wide == nil {
		return x.small >> 63, uint64(x.small)
	}
	var words [2]uint64
	// Words beyond the second are multiples of 2^128.
	for i, w := range x.wide.Bits() {
		if at := i * bits.UintSize; at < 128 {
			words[at/64] |= uint64(w) << (at & 63)
		}
	}
	// Two's complement of the magnitude, modulo 2^128 as well.
	if x.wide.Sign() < 0 {
		var borrow uint64
		words[0], borrow = bits.Sub64(0, words[0], 0)
		words[1] = -words[1] - borrow
	}
	return int64(words[1]), words[0]
}

// view returns x as a *big.Int that must not be modified; scratch holds the
// value if x is a machine word, so that the caller can keep it on its stack.
func (x Int) view(scratch *big.Int) *big.Int {
	if x.wide != nil {
		return x.wide
	}
	return scratch.SetInt64(x.small)
}

// Big returns x as a fresh *big.Int, which the caller may modify.
func (x Int) Big() *big.Int {
	if x.wide != nil {
		return new(big.Int).Set(x.wide)
	}
	return big.NewInt(x.small)
}

// Int64 returns x and true if x fits into int64, otherwise 0 and false.
func (x Int) Int64() (int64, bool) { return x.small, x.wide == nil }

// Sign returns -1, 0 or 1 as x is negative, zero or positive.
func (x Int) Sign() int {
	if x.wide != nil {
		return x.wide.Sign()
	}
	if x.small > 0 {
		return 1
	}
	// 0 or −1 without another branch.
	return int(x.small >> 63)
}

// IsZero reports whether x = 0.
func (x Int) IsZero() bool { return x.small == 0 && x.wide == nil }

// IsOne reports whether x = 1.
func (x Int) IsOne() bool { return x.small == 1 }

// Cmp returns -1, 0 or 1 as x is less than, equal to or greater than y.
func (x Int) Cmp(y Int) int {
	// Kept out of line, so that comparisons of words can be inlined.
	if x.wide != nil || y.wide != nil {
		// A wide value is never equal to a word, so that one comparison of signs decides.
		return cmpWide(x, y)
	}
	if x.small < y.small {
		return -1
	}
	if x.small > y.small {
		return 1
	}
	return 0
}

// cmpWide compares when at least one side is wide. A wide value exceeds every
// machine word in absolute value, so against one its sign decides.
func cmpWide(x, y Int) int {
	switch {
	case x.wide == nil:
		return -y.wide.Sign()
	case y.wide == nil:
		return x.wide.Sign()
	}
	return x.wide.Cmp(y.wide)
}

// Equal reports whether x = y.
func (x Int) Equal(y Int) bool {
	return x.small == y.small && (x.wide == y.wide || equalWide(x, y))
}

// equalWide uses that values of different width differ. It is kept out of line so
// that Equal can be inlined.
//
//go:noinline
func equalWide(x, y Int) bool {
	return x.wide != nil && y.wide != nil && x.wide.Cmp(y.wide) == 0
}

// Neg returns -x.
func (x Int) Neg() Int {
	// The least word is the only one whose negative is none.
	if x.wide == nil && x.small != math.MinInt64 {
		return Int{small: -x.small}
	}
	return negWide(x)
}

// negWide covers the two values whose negation changes width: MinInt64 and 2^63.
func negWide(x Int) Int {
	// A copy, which is changed in place.
	z := x.Big()
	return narrow(z.Neg(z))
}

// Abs returns |x|.
func (x Int) Abs() Int {
	if x.Sign() < 0 {
		return x.Neg()
	}
	return x
}

// Add returns x + y.
func (x Int) Add(y Int) Int {
	if x.wide == nil && y.wide == nil {
		// Almost all sums fit.
		if s, ok := add64(x.small, y.small); ok {
			return Int{small: s}
		}
	}
	return addWide(x, y)
}

// addWide adds where a side is wide, or the sum of words is.
func addWide(x, y Int) Int {
	switch {
	// Without this the sum would copy the words of the other side.
	case x.IsZero():
		return y
	case y.IsZero():
		return x
	}
	// On the stack: a machine word becomes a big.Int without an allocation.
	var a, b big.Int
	return narrow(new(big.Int).Add(x.view(&a), y.view(&b)))
}

// Sub returns x - y.
func (x Int) Sub(y Int) Int {
	if x.wide == nil && y.wide == nil {
		if d, ok := sub64(x.small, y.small); ok {
			return Int{small: d}
		}
	}
	return subWide(x, y)
}

// subWide is addWide for differences.
func subWide(x, y Int) Int {
	var a, b big.Int
	return narrow(new(big.Int).Sub(x.view(&a), y.view(&b)))
}

// Mul returns x · y.
func (x Int) Mul(y Int) Int {
	if x.wide == nil && y.wide == nil {
		if p, ok := mul64(x.small, y.small); ok {
			return Int{small: p}
		}
	}
	return mulWide(x, y)
}

// mulWide multiplies where a side is wide, or the product of words is.
func mulWide(x, y Int) Int {
	switch {
	// Factors 0 and 1 are frequent, and need no new number.
	case x.IsZero() || y.IsOne():
		return x
	case y.IsZero() || x.IsOne():
		return y
	}
	var a, b big.Int
	return narrow(new(big.Int).Mul(x.view(&a), y.view(&b)))
}

// QuoRem returns q and r with x = q·y + r, q truncated towards zero, and r zero
// or of the sign of x, as in Go. It panics if y = 0.
func (x Int) QuoRem(y Int) (q, r Int) {
	if y.IsZero() {
		panic("rational: division by zero")
	}
	// MinInt64 / -1 is the one quotient of machine words that is not one.
	if x.wide == nil && y.wide == nil && !(x.small == math.MinInt64 && y.small == -1) {
		// The remainder from the quotient: one division for both.
		d := x.small / y.small
		return Int{small: d}, Int{small: x.small - d*y.small}
	}
	if q, r, ok := quoRemTwoWords(x, y); ok {
		return q, r
	}
	var a, b big.Int
	quo, rem := new(big.Int).QuoRem(x.view(&a), y.view(&b), new(big.Int))
	return narrow(quo), narrow(rem)
}

// DivExact returns x / y for a y that divides x. It panics if y = 0 or if the
// division leaves a remainder.
func (x Int) DivExact(y Int) Int {
	q, r := x.QuoRem(y)
	if !r.IsZero() {
		panic("rational: DivExact leaves a remainder")
	}
	return q
}

// Pow returns x to the power n; the power 0 is 1, also of 0. The result has n
// times the bits of x, and the caller answers for its size.
func (x Int) Pow(n uint) Int {
	// By squaring, from the lowest bit of n.
	result := Int{small: 1}
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			result = result.Mul(x)
		}
		// The last square would be the largest, and thrown away.
		if n > 1 {
			x = x.Mul(x)
		}
	}
	return result
}

// Leading returns the first 64 binary digits of |x| and their place: |x| is at least
// mantissa·2^exponent and less than (mantissa + 1)·2^exponent, where the first bit of
// the mantissa is set. For 0 both are 0.
func (x Int) Leading() (mantissa uint64, exponent int) {
	if x.wide == nil {
		m := abs64(x.small)
		zeros := bits.LeadingZeros64(m)
		if m == 0 {
			return 0, 0
		}
		return m << zeros, -zeros
	}
	words := x.wide.Bits()
	// Half words are not worth a way of their own here.
	if bits.UintSize != 64 {
		shift := x.wide.BitLen() - 64
		top := new(big.Int).Abs(x.wide)
		return top.Rsh(top, uint(shift)).Uint64(), shift
	}
	// The top word holds at least one bit; what is missing comes from the word below.
	last := len(words) - 1
	zeros := bits.LeadingZeros64(uint64(words[last]))
	mantissa = uint64(words[last]) << zeros
	if last > 0 && zeros > 0 {
		mantissa |= uint64(words[last-1]) >> (64 - zeros)
	}
	return mantissa, last*64 - zeros
}

// BitLen returns the number of bits of |x|; it is 0 for 0.
func (x Int) BitLen() int {
	if x.wide != nil {
		return x.wide.BitLen()
	}
	return bits.Len64(abs64(x.small))
}

// String returns x in decimal.
func (x Int) String() string {
	if x.wide != nil {
		return x.wide.String()
	}
	return strconv.FormatInt(x.small, 10)
}
