package rational

import (
	"iter"
	"math"
	"math/big"
	"math/bits"
	"slices"
)

// Packed is a list of integers that takes 8 bytes for each that is less than 2^62 in absolute value,
// half of what a []Int takes: a vocabulary has hundreds of thousands, and memory that is touched for the first
// time costs as much as the arithmetic. The others stand aside, with 16 bytes more for each and what an
// [Int] of their length takes.
//
// The zero value is the empty list. As with slices a copy shares its integers: none is set after one
// was made.
type Packed struct {
	words []int64 // the integers; below leastPacked, math.MinInt64 + j is aside[j]
	aside []Int
}

// leastPacked is the least word that is an integer. Below it are more places than a list has.
const leastPacked = -1 << 62

// NewPacked returns n zeros.
func NewPacked(n int) Packed { return Packed{words: make([]int64, n)} }

// Pack returns a copy of the list.
func Pack(list []Int) Packed {
	v := NewPacked(len(list))
	for i, x := range list {
		v.Set(i, x)
	}
	return v
}

// Len returns the length of the list.
func (v Packed) Len() int { return len(v.words) }

// At returns integer i.
func (v Packed) At(i int) Int {
	w := v.words[i]
	if w < leastPacked {
		return v.aside[w-math.MinInt64]
	}
	return Int{small: w}
}

// Set puts x in place of integer i.
func (v *Packed) Set(i int, x Int) {
	if x.wide == nil && x.small >= leastPacked && x.small <= -leastPacked {
		v.words[i] = x.small
		return
	}
	v.setAside(i, x)
}

// setAside is kept out of line, so that Set of words can be inlined.
func (v *Packed) setAside(i int, x Int) {
	// One that stands aside has a place there already.
	if w := v.words[i]; w < leastPacked {
		v.aside[w-math.MinInt64] = x
		return
	}
	v.words[i] = math.MinInt64 + int64(len(v.aside))
	// One that is too long is seldom alone: room for many more, which is not touched before it is needed, and
	// at most for all.
	if len(v.aside) == cap(v.aside) {
		v.aside = slices.Grow(v.aside, max(4, min(3*len(v.aside), len(v.words)-len(v.aside))))
	}
	v.aside = append(v.aside, x)
}

// All goes through the list, with the places of the integers.
func (v Packed) All() iter.Seq2[int, Int] {
	return func(yield func(int, Int) bool) {
		for i, w := range v.words {
			x := Int{small: w}
			if w < leastPacked {
				x = v.aside[w-math.MinInt64]
			}
			if !yield(i, x) {
				return
			}
		}
	}
}

// Ints returns the integers one by one. The caller owns the slice.
func (v Packed) Ints() []Int {
	list := make([]Int, len(v.words))
	for i, x := range v.All() {
		list[i] = x
	}
	return list
}

// Clone returns a copy that shares nothing.
func (v Packed) Clone() Packed {
	return Packed{append([]int64(nil), v.words...), append([]Int(nil), v.aside...)}
}

// Shares reports whether two lists that are not empty are one and the same, in the same memory.
func (v Packed) Shares(w Packed) bool { return &v.words[0] == &w.words[0] }

// Negative returns the place of the first integer below 0, or -1.
func (v Packed) Negative() int {
	for i, w := range v.words {
		// What stands aside has a negative word as well, whatever its sign.
		if w < 0 && v.At(i).Sign() < 0 {
			return i
		}
	}
	return -1
}

// Sum returns the sum of the integers.
func (v Packed) Sum() Int {
	var hi, lo, carry uint64 // of the words, in 128 bits
	var others Sum
	for i, w := range v.words {
		if w < leastPacked {
			others.Add(v.At(i))
			continue
		}
		// Fewer than 2^63 numbers below 2^62 do not overflow.
		lo, carry = bits.Add64(lo, uint64(w), 0)
		hi += uint64(w>>63) + carry
	}
	return IntFrom128(int64(hi), lo).Add(others.Int())
}

// String returns the integers in brackets, separated by spaces.
func (v Packed) String() string { return Vector(v.Ints()).String() }

// ShiftedWord returns m·2^by and true if that is an integer that [Packed] has as a word, else 0 and false.
func ShiftedWord(m int64, by uint) (word int64, short bool) {
	// As many bits as are left of 62.
	if m != 0 && bits.Len64(abs64(m))+int(by) > 62 {
		return 0, false
	}
	return m << by, true
}

// PackShifted takes over a list of words that are not negative, as [ShiftedWord] returns them, and of so many
// negative ones, in place of which the list has the m·2^by that at gives for them, with all words of these in one
// block of memory. It calls at twice for each.
func PackShifted(words []int64, long int, at func(word int64) (m int64, by uint)) Packed {
	v := Packed{words, make([]Int, 0, long)}
	if long == 0 {
		return v
	}
	count := 0
	for _, word := range words {
		// The first pass finds how much memory is needed, the second fills it.
		if word < 0 {
			_, by := at(word)
			count += int(by)/64 + 2
		}
	}
	integers, block := make([]big.Int, long), make([]big.Word, count)
	for i, word := range words {
		if word >= 0 {
			continue
		}
		m, by := at(word)
		length, z := int(by)/64+2, &integers[len(v.aside)]
		setShifted(z, block[:length:length], m, by)
		block = block[length:]
		words[i] = math.MinInt64 + int64(len(v.aside))
		v.aside = append(v.aside, narrow(z))
	}
	return v
}

// setShifted makes z the number m·2^by in the memory of digits, of which there are by/64 + 2, all 0. Its capacity
// is to end there, so that nothing that makes this number longer can reach the next one.
func setShifted(z *big.Int, digits []big.Word, m int64, by uint) {
	if bits.UintSize != 64 {
		z.Lsh(big.NewInt(m), by)
		return
	}
	// The word that the digits begin in, and the one above it.
	part, top := by%64, len(digits)-1
	digits[top-1] = big.Word(abs64(m) << part)
	digits[top] = big.Word(abs64(m) >> (64 - part))
	if z.SetBits(digits); m < 0 {
		z.Neg(z)
	}
}
