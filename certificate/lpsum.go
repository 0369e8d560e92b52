package certificate

import "math/big"

// lpSum adds products of rationals over a common denominator, the unit, which is kept
// from one sum to the next since the numbers of one document mostly share theirs.
type lpSum struct {
	reader *reader
	num    *big.Int
	unit   *big.Int
}

// maxSumUnitBits bounds the unit of a sum of products.
const maxSumUnitBits = 4 * maxUnitBits

// start makes the sum zero.
func (s *lpSum) start() { s.num.SetInt64(0) }

// add adds a·b and returns s. It rejects the document if the sum becomes too long, or
// the work too much: that of the words alone is counted, since there are few terms.
func (s *lpSum) add(a, b *big.Rat) *lpSum {
	if a.Sign() == 0 || b.Sign() == 0 {
		return s
	}
	den := new(big.Int).Mul(a.Denom(), b.Denom())
	num := new(big.Int).Mul(a.Num(), b.Num())
	factor, rest := new(big.Int).QuoRem(s.unit, den, new(big.Int))
	if rest.Sign() != 0 {
		s.widen(den)
		factor.Quo(s.unit, den)
	}
	s.spend(num, factor)
	s.num.Add(s.num, num.Mul(num, factor))
	return s
}

// widen makes the unit a multiple of den.
func (s *lpSum) widen(den *big.Int) {
	old := new(big.Int).Set(s.unit)
	if s.num.Sign() == 0 {
		s.unit.SetInt64(1) // nothing holds on to the old unit
		if old.BitLen() <= maxUnitBits {
			s.unit.Set(old)
		}
	}
	s.spend(s.unit, den)
	lcm(s.unit, den)
	if s.unit.BitLen() > maxSumUnitBits {
		s.reader.beyondNext("common denominator has more than %d bits", maxSumUnitBits)
	}
	if s.num.Sign() != 0 {
		s.num.Mul(s.num, new(big.Int).Quo(s.unit, old))
	}
}

func (s *lpSum) spend(a, b *big.Int) {
	s.reader.spend(1, wordsOf(a)*wordsOf(b)+wordsOf(s.num))
}

func (s *lpSum) negate() *lpSum {
	s.num.Neg(s.num)
	return s
}

func (s *lpSum) cmp(x *big.Rat) int {
	left := new(big.Int).Mul(s.num, x.Denom())
	return left.Cmp(new(big.Int).Mul(x.Num(), s.unit))
}

// value returns the sum in lowest terms.
func (s *lpSum) value() *big.Rat {
	s.spend(s.num, s.unit)
	return new(big.Rat).SetFrac(s.num, s.unit)
}
