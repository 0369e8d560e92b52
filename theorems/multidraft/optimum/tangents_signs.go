package optimum

import (
	"math/bits"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// pairSigns are the leading digits of q_i, a_i and b_i as probabilities: integers below
// 2^60, the largest of the three at least 2^58, which are the numbers over one power of
// two for each token up to a few units.
type pairSigns struct {
	q, a, b []uint64
	unitB   rational.Int
	// exact says that the 1/(n+1) that is added to the weights of q may be seen in these
	// digits: then all signs are found exactly. The units are small if it may.
	exact bool
}

// Digits of a token, and of the factors l and m behind the point.
const (
	tokenBits = 60
	signBits  = 62
)

func newPairSigns(a, b, q multidraft.Distribution) *pairSigns {
	n := q.Weights.Len()
	s := &pairSigns{q: make([]uint64, n), a: make([]uint64, n), b: make([]uint64, n), unitB: b.Unit}
	units := a.Unit.BitLen() + b.Unit.BitLen() + q.Unit.BitLen()
	longest := max(a.Unit.BitLen(), b.Unit.BitLen(), q.Unit.BitLen())
	// One over the product of the units is to be less than 2^-tokenBits of the least
	// probability.
	s.exact = units-3-longest < tokenBits
	places := [3]unitPlace{newUnitPlace(q), newUnitPlace(a), newUnitPlace(b)}
	for i := range n {
		var m [3]uint64
		var e [3]int
		top := -1 << 30
		for j, w := range [3]rational.Int{q.Weights.At(i), a.Weights.At(i), b.Weights.At(i)} {
			// Leading digits of each probability, over its own unit.
			if m[j], e[j] = places[j].probability(w); m[j] > 0 {
				top = max(top, e[j])
			}
		}
		for j, list := range [3][]uint64{s.q, s.a, s.b} {
			if m[j] > 0 {
				// All three over the power of two of the largest, so that they can be added.
				list[i] = m[j] >> min(63, uint(top-e[j]+64-tokenBits))
			}
		}
	}
	return s
}

// A unitPlace divides weights by their unit.
type unitPlace struct {
	mantissa uint64
	exponent int
}

func newUnitPlace(d multidraft.Distribution) unitPlace {
	m, e := d.Unit.Leading()
	return unitPlace{m, e}
}

// probability returns the leading digits of w over the unit, m 2^e with 63 or 64 digits
// m, up to a few of the last: leading digits of both, and their quotient, each miss less
// than one of 2^63, and the quotient is between 1/2 and 2.
func (u unitPlace) probability(w rational.Int) (uint64, int) {
	m, e := w.Leading()
	if m == 0 {
		return 0, 0
	}
	quotient, _ := bits.Div64(m>>1, m<<63, u.mantissa)
	return quotient, e - u.exponent - 63
}

// A pairForm is q_i - l a_i - m b_i for two numbers l and m.
type pairForm struct {
	*pairSigns
	l, m         uint64 // times 2^signBits
	minusL, none bool   // l is negative; nothing is known
}

// form prepares the form for l and m; if either does not fit, or digits can never tell, every sign
// is left to exact arithmetic.
func (s *pairSigns) form(l, m rational.Rat) pairForm {
	f := pairForm{pairSigns: s, minusL: l.Sign() < 0}
	var okL, okM bool
	f.l, okL = fixedFactor(l.Abs())
	// m is a part of a(Ω), between 0 and 1.
	f.m, okM = fixedFactor(m)
	f.none = s.exact || !okL || !okM || m.Sign() < 0
	return f
}

// fixedFactor is x 2^signBits, rounded down, for x < 2.
func fixedFactor(x rational.Rat) (uint64, bool) {
	m, e := x.Num().Leading()
	u, f := x.Den().Leading()
	if m == 0 {
		return 0, true
	}
	quotient, _ := bits.Div64(m>>1, m<<63, u) // between 2^62 and 2^64
	down := f - e + 63 - signBits
	// 2 or more: no room in the word.
	if down < 0 || down == 0 && quotient>>63 == 1 {
		return 0, false
	}
	return quotient >> min(63, uint(down)), true
}

// signError bounds the error of a form in units of the digits. Those of q_i, a_i and b_i
// are wrong by at most 4, and l and m, which are less than 2, by at most 4 of 2^-62: each
// product is wrong by at most 2·4 + 4 + 1. What is added to the weights of q counts less
// than 1.
const signError = 64

// value is the form in units of the digits of token i: each term is below 2^61.
func (f pairForm) value(i int) int64 {
	// The factors are shifted by one, so that the high word is the product in units of the
	// digits.
	la, _ := bits.Mul64(f.l<<1, f.a[i]<<1)
	mb, _ := bits.Mul64(f.m<<1, f.b[i]<<1)
	value := int64(f.q[i]) - int64(mb)
	if f.minusL {
		return value + int64(la)
	}
	return value - int64(la)
}

// sign is the sign of the form at token i, if its digits tell.
func (f pairForm) sign(i int) (sign int, known bool) {
	if f.none {
		return 0, false
	}
	switch v := f.value(i); {
	// Farther from zero than the digits can be wrong.
	case v > signError:
		return 1, true
	case v < -signError:
		return -1, true
	}
	return 0, false
}

// A roomBound is a part of a(Ω) times 2^signBits, rounded up by a few.
type roomBound uint64

func newRoomBound(room, total rational.Int) roomBound {
	// At most 1, which fits.
	x, _ := fixedFactor(rational.RatFromInts(room, total))
	return roomBound(x + signError)
}

// leavesMore reports whether |form|/b_i is surely larger than the bound.
func (f pairForm) leavesMore(i int, bound roomBound) bool {
	if f.none {
		return false
	}
	v := f.value(i)
	// Less what the digits may be wrong by.
	v = max(v, -v) - signError
	// The form may be zero within its error.
	if v <= 0 {
		return false
	}
	// |form| against bound times b_i, in two words.
	hi, lo := bits.Mul64(uint64(bound), f.b[i]+signError)
	other := uint64(v) >> (64 - signBits)
	return other > hi || other == hi && uint64(v)<<signBits > lo
}
