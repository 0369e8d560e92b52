package npy

import (
	"fmt"
	"math"
	"math/bits"
	"slices"

	"pstar/rational"
)

// A WeightError is a number that is no weight: it is infinite, negative, or none.
type WeightError struct {
	Number int // in its row, from 1
	Value  float64
}

func (e *WeightError) Error() string {
	return fmt.Sprintf("number %d is %v, want one that is finite and not negative", e.Number, e.Value)
}

// NextWeights reads one row as [Reader.Next] does, and returns its numbers as integers over one unit, a power of two,
// without a single greatest common divisor. A number that is negative or not finite gives a [*WeightError],
// and the next row can still be read.
//
// The unit is the smallest power of two that all of them are multiples of, at least
// 2^−1074; it is 1 if all are integers, so that numbers that are all even keep their
// factors. The numbers are those of the file, not what they were rounded from.
func (n *Reader) NextWeights() (numerators rational.Packed, unit rational.Int, err error) {
	x := exactRow{words: make([]int64, 0, n.room())}
	if err := n.pieces(x.add); err != nil {
		return rational.Packed{}, rational.Int{}, err
	}
	// Only now: the row was to be read to its end.
	if x.bad != nil {
		return rational.Packed{}, rational.Int{}, x.bad
	}
	numerators, unit = x.integers()
	return numerators, unit, nil
}

// An exactRow is a row on its way to integers: the words of the floats, which the integers take the
// place of as soon as the unit is known, so that each number takes 8 bytes and no more.
type exactRow struct {
	words []int64      // [math.Float64bits]
	least int          // the least exponent of two of all numbers and of 1
	bad   *WeightError // the first
}

// add takes the next numbers.
func (x *exactRow) add(floats []float64) {
	from := len(x.words)
	x.words = slices.Grow(x.words, len(floats))[:from+len(floats)]
	words := x.words[from:]
	for i, f := range floats {
		word := math.Float64bits(f)
		// A sign, or an exponent of what is not finite: -0 is 0, and the others are no weights.
		if word >= infinite {
			if f != 0 {
				if x.bad == nil {
					x.bad = &WeightError{from + i + 1, f}
				}
				continue
			}
			word = 0
		}
		words[i] = int64(word)
		// Zero is a multiple of anything.
		if m, exponent := split(word); m != 0 {
			x.least = min(x.least, exponent+bits.TrailingZeros64(m))
		}
	}
}

// integers ends the row.
func (x *exactRow) integers() (numerators rational.Packed, unit rational.Int) {
	words, long := x.words, 0
	for i, word := range words {
		m, by := x.shift(uint64(word))
		w, short := rational.ShiftedWord(m, by)
		if !short {
			// The float, with a sign to tell it by.
			w, long = word|math.MinInt64, long+1
		}
		words[i] = w
	}
	numerators = rational.PackShifted(words, long, func(word int64) (int64, uint) { return x.shift(uint64(word &^ math.MinInt64)) })
	// least is at most 0, so that the unit is an integer.
	return numerators, rational.PowerOfTwo(-x.least)
}

// shift returns a number over the unit as m·2^by.
func (x *exactRow) shift(word uint64) (m int64, by uint) {
	mantissa, exponent := split(word)
	// What the unit cuts off are zeros, as it divides the number.
	if up := exponent - x.least; up >= 0 || mantissa == 0 {
		return int64(mantissa), uint(max(up, 0))
	}
	return int64(mantissa >> uint(x.least-exponent)), 0
}

// infinite is the word of plus infinity: those of all finite numbers without a sign are below.
const infinite = (1<<11 - 1) << 52

// split writes a finite number without a sign as an integer times a power of two.
// The word has 11 bits of exponent and 52 of mantissa; 1075 is the bias of
// exponents and the 52 bits together.
func split(word uint64) (mantissa uint64, exponent int) {
	m, e := word&(1<<52-1), int(word>>52)
	// Subnormal numbers have no hidden bit, and the exponent of the smallest others.
	if e > 0 {
		m, e = m|1<<52, e-1
	}
	return m, e - 1074
}
