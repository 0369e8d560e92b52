package lp

import "pstar/rational"

// sum adds up products of fractions without bringing them to lowest terms. The
// numbers of a witness have denominators that nearly agree, so a common one is kept,
// also from one sum to the next, and hardly any greatest common divisors are taken.
type sum struct {
	num, den rational.Int // den > 0
}

func newSum() *sum { return &sum{den: rational.NewInt(1)} }

// start makes the sum zero. The denominator stays.
func (s *sum) start() { s.num = rational.Int{} }

// maxSumBits is a length beyond which a common denominator that has grown to more
// than twice that of the next number is given up.
const maxSumBits = 4096

// add adds a·b.
func (s *sum) add(a, b rational.Rat) { s.addOver(a.Num().Mul(b.Num()), a.Den().Mul(b.Den())) }

// addOver adds num/den for den > 0.
func (s *sum) addOver(num, den rational.Int) {
	if num.IsZero() {
		return
	}
	if den.Equal(s.den) {
		s.num = s.num.Add(num)
		return
	}
	if s.den.IsOne() {
		s.num, s.den = s.num.Mul(den).Add(num), den
		return
	}
	if den.IsOne() {
		s.num = s.num.Add(num.Mul(s.den))
		return
	}
	if den.BitLen() > s.den.BitLen() {
		if q, r := den.QuoRem(s.den); r.IsZero() {
			s.num, s.den = s.num.Mul(q).Add(num), den
			return
		}
	} else if q, r := s.den.QuoRem(den); r.IsZero() {
		s.num = s.num.Add(num.Mul(q))
		return
	}
	if n := s.den.BitLen(); s.num.IsZero() && n > maxSumBits && n > 2*den.BitLen() {
		s.num, s.den = num, den
		return
	}
	q := den.DivExact(rational.GCD(s.den, den))
	s.num = s.num.Mul(q)
	s.den = s.den.Mul(q)
	s.num = s.num.Add(num.Mul(s.den.DivExact(den)))
}

// cmp compares the sum with x.
func (s *sum) cmp(x rational.Rat) int { return s.num.Mul(x.Den()).Cmp(x.Num().Mul(s.den)) }

func (s *sum) sign() int { return s.num.Sign() }

// value returns the sum in lowest terms.
func (s *sum) value() rational.Rat { return rational.RatFromInts(s.num, s.den) }

// outside reports whether the sum violates a bound.
func (s *sum) outside(lower, upper Bound) bool {
	return lower.Finite && s.cmp(lower.Value) < 0 || upper.Finite && s.cmp(upper.Value) > 0
}
