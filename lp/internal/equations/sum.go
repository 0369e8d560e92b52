package equations

import "pstar/rational"

// Sum adds up products of fractions without bringing them to lowest terms. The
// numbers of a witness have denominators that nearly agree, so a common one is kept,
// also from one sum to the next, and hardly any greatest common divisors are taken.
type Sum struct {
	Num, Den rational.Int // den > 0
}

// NewSum returns the sum of nothing.
func NewSum() *Sum { return &Sum{Den: rational.NewInt(1)} }

// Start makes the sum zero. The denominator stays.
func (s *Sum) Start() { s.Num = rational.Int{} }

// maxSumBits is a length beyond which a common denominator that has grown to more
// than twice that of the next number is given up.
const maxSumBits = 4096

// Add adds a·b.
func (s *Sum) Add(a, b rational.Rat) { s.AddOver(a.Num().Mul(b.Num()), a.Den().Mul(b.Den())) }

// AddOver adds num/den for den > 0.
func (s *Sum) AddOver(num, den rational.Int) {
	if num.IsZero() {
		return
	}
	if den.Equal(s.Den) {
		s.Num = s.Num.Add(num)
		return
	}
	if s.Den.IsOne() {
		s.Num, s.Den = s.Num.Mul(den).Add(num), den
		return
	}
	if den.IsOne() {
		s.Num = s.Num.Add(num.Mul(s.Den))
		return
	}
	if den.BitLen() > s.Den.BitLen() {
		if q, r := den.QuoRem(s.Den); r.IsZero() {
			s.Num, s.Den = s.Num.Mul(q).Add(num), den
			return
		}
	} else if q, r := s.Den.QuoRem(den); r.IsZero() {
		s.Num = s.Num.Add(num.Mul(q))
		return
	}
	if n := s.Den.BitLen(); s.Num.IsZero() && n > maxSumBits && n > 2*den.BitLen() {
		s.Num, s.Den = num, den
		return
	}
	q := den.DivExact(rational.GCD(s.Den, den))
	s.Num = s.Num.Mul(q)
	s.Den = s.Den.Mul(q)
	s.Num = s.Num.Add(num.Mul(s.Den.DivExact(den)))
}

// Cmp compares the sum with x.
func (s *Sum) Cmp(x rational.Rat) int {
	if x.IsZero() {
		return s.Num.Sign()
	}
	return s.Num.Mul(x.Den()).Cmp(x.Num().Mul(s.Den))
}

// Sign returns the sign of the sum.
func (s *Sum) Sign() int { return s.Num.Sign() }

// Value returns the sum in lowest terms.
func (s *Sum) Value() rational.Rat { return rational.RatFromInts(s.Num, s.Den) }
