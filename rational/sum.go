package rational

import (
	"math/big"
	"math/bits"
)

// Sum is a running sum of numbers or products, for scalar products of numbers just beyond the
// machine word: as long as the factors have at most two words, nothing is
// allocated. The zero value is 0.
type Sum struct {
	words [5]uint64 // two's complement, least word first: room for 2^63 products of four words
	long  *longSum  // the sum of the longer products, or nil
}

// longSum keeps the storage of the last product and of a factor that is a machine word.
type longSum struct {
	sum, product, factor big.Int
}

// Reset makes the sum zero. Its storage is used again.
func (s *Sum) Reset() {
	// The five words are cleared by value; the storage of long products stays.
	s.words = [5]uint64{}
	if s.long != nil {
		s.long.sum.SetInt64(0)
	}
}

// AddMul adds x·y.
func (s *Sum) AddMul(x, y Int) {
	if x.wide == nil && y.wide == nil {
		// One product of words fits two of the five.
		hi, lo := mul128(x.small, y.small)
		// The sign is repeated in all words above.
		s.add([4]uint64{lo, uint64(hi), uint64(hi >> 63), uint64(hi >> 63)}, uint64(hi>>63))
		return
	}
	a, okA := x.twoWords()
	b, okB := y.twoWords()
	// A factor of three words or more: package big multiplies it, into storage that is kept.
	if !okA || !okB {
		if s.long == nil {
			s.long = new(longSum)
		}
		s.long.add(x, y)
		return
	}
	// Two words each make a product of four at most.
	var p [4]uint64
	switch {
	// A factor of one word saves half of the multiplications.
	case a[1] == 0:
		p = mulWord(a[0], b)
	case b[1] == 0:
		p = mulWord(b[0], a)
	default:
		p = mulTwoWords(a, b)
	}
	// The words are magnitudes; the sign of the product is that of the pair.
	if x.Sign() != y.Sign() {
		s.subtract(p)
	} else {
		s.add(p, 0)
	}
}

// Add adds x.
func (s *Sum) Add(x Int) {
	if x.wide == nil {
		// All ones below zero, 0 else: what continues the word in two's complement.
		sign := uint64(x.small >> 63)
		s.add([4]uint64{uint64(x.small), sign, sign, sign}, sign)
		return
	}
	s.AddMul(x, Int{small: 1})
}

// add adds x·y, of which at least one is wide.
func (l *longSum) add(x, y Int) {
	// One scratch number does for both: only one of them can be a machine word.
	l.product.Mul(x.view(&l.factor), y.view(&l.factor))
	l.sum.Add(&l.sum, &l.product)
}

// twoWords returns |x| and true if it has at most two words.
func (x Int) twoWords() (w [2]uint64, ok bool) {
	if x.wide == nil {
		// Of the least word the negative is itself, which as a magnitude is right.
		w[0] = uint64(x.small)
		if x.small < 0 {
			w[0] = -w[0]
		}
		return w, true
	}
	list := x.wide.Bits()
	if bits.UintSize != 64 || len(list) > 2 {
		return w, false
	}
	for i, word := range list {
		w[i] = uint64(word)
	}
	return w, true
}

// mulWord returns a·b.
func mulWord(a uint64, b [2]uint64) (p [4]uint64) {
	// Schoolbook: two products, the higher of which is shifted by a word.
	h0, l0 := bits.Mul64(a, b[0])
	h1, l1 := bits.Mul64(a, b[1])
	mid, carry := bits.Add64(h0, l1, 0)
	return [4]uint64{l0, mid, h1 + carry}
}

// mulTwoWords returns a·b.
func mulTwoWords(a, b [2]uint64) (p [4]uint64) {
	var carry, mid uint64
	// Four products of words; the two in the middle are added one after the other, each with its carry.
	h00, l00 := bits.Mul64(a[0], b[0])
	h01, l01 := bits.Mul64(a[0], b[1])
	h10, l10 := bits.Mul64(a[1], b[0])
	h11, l11 := bits.Mul64(a[1], b[1])
	p[0] = l00
	mid, carry = bits.Add64(h00, l01, 0)
	h11, l11 = add2(h11, l11, h01, carry)
	p[1], carry = bits.Add64(mid, l10, 0)
	p[3], p[2] = add2(h11, l11, h10, carry)
	return p
}

// add2 returns the number of two words hi, lo plus x plus carry, which must not overflow.
func add2(hi, lo, x, carry uint64) (uint64, uint64) {
	lo, carry = bits.Add64(lo, x, carry)
	return hi + carry, lo
}

// add adds a number of four words, continued by sign.
func (s *Sum) add(p [4]uint64, sign uint64) {
	var c uint64
	// The carry runs through all words; the last takes the sign.
	w := &s.words
	w[0], c = bits.Add64(w[0], p[0], 0)
	w[1], c = bits.Add64(w[1], p[1], c)
	w[2], c = bits.Add64(w[2], p[2], c)
	w[3], c = bits.Add64(w[3], p[3], c)
	w[4] += sign + c
}

// subtract takes off a number of four words.
func (s *Sum) subtract(p [4]uint64) {
	var c uint64
	// The borrow runs as the carry does.
	w := &s.words
	w[0], c = bits.Sub64(w[0], p[0], 0)
	w[1], c = bits.Sub64(w[1], p[1], c)
	w[2], c = bits.Sub64(w[2], p[2], c)
	w[3], c = bits.Sub64(w[3], p[3], c)
	w[4] -= c
}

// Int returns the sum.
func (s *Sum) Int() Int {
	// Both parts are exact, and are added once, here.
	x := s.short()
	if s.long != nil {
		x = x.Add(IntFromBig(&s.long.sum))
	}
	return x
}

// short returns the part of the sum that is held in words.
func (s *Sum) short() Int {
	w := s.words
	// All words above repeat the sign: the sum is a machine word again.
	sign := uint64(int64(w[0]) >> 63)
	if w[1] == sign && w[2] == sign && w[3] == sign && w[4] == sign {
		return Int{small: int64(w[0])}
	}
	// The top bit of the top word is the sign.
	negative := int64(w[4]) < 0
	// The magnitude: all bits turned, and one added.
	if negative {
		carry := uint64(1)
		for i := range w {
			w[i], carry = bits.Add64(^w[i], 0, carry)
		}
	}
	return fromWords(w[:], negative)
}
