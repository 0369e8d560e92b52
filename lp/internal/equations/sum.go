package equations

import "pstar/rational"

// Sum adds up products of fractions without bringing them to lowest terms. The
// numbers of a witness have denominators that nearly agree, so a common one is kept,
// also from one sum to the next, and hardly any greatest common divisors are taken.
//
// It decides comparisons of exact numbers, so nothing is lost; only the form of the
// fraction is not unique.
type Sum struct {
	Num, Den rational.Int // den > 0
}

// NewSum returns the sum of nothing.
func NewSum() *Sum { return &Sum{Den: rational.NewInt(1)} }

// Start makes the sum zero. The denominator stays. The next sum will have the same
// denominator, most likely.
func (s *Sum) Start() { s.Num = rational.Int{} }

// maxSumBits is a length beyond which a common denominator that has grown to more
// than twice that of the next number is given up. Otherwise one long denominator would
// make all sums after it long.
const maxSumBits = 4096

// Add adds a·b. It costs two products, and what AddOver costs.
func (s *Sum) Add(a, b rational.Rat) { s.AddOver(a.Num().Mul(b.Num()), a.Den().Mul(b.Den())) }

// AddOver adds num/den for den > 0.
func (s *Sum) AddOver(num, den rational.Int) {
	if num.IsZero() {
		return
	}
	// The case that the type is made for: no product at all.
	if den.Equal(s.Den) {
		s.Num = s.Num.Add(num)
		return
	}
	// An integer so far, which takes any denominator.
	if s.Den.IsOne() {
		s.Num, s.Den = s.Num.Mul(den).Add(num), den
		return
	}
	// An integer is brought to the denominator at hand.
	if den.IsOne() {
		s.Num = s.Num.Add(num.Mul(s.Den))
		return
	}
	// One of two denominators divides the other, as those of one solution often do: a
	// division shows it, and saves the greatest common divisor.
	if den.BitLen() > s.Den.BitLen() {
		if q, r := den.QuoRem(s.Den); r.IsZero() {
			s.Num, s.Den = s.Num.Mul(q).Add(num), den
			return
		}
	} else if q, r := s.Den.QuoRem(den); r.IsZero() {
		s.Num = s.Num.Add(num.Mul(q))
		return
	}
	// The sum is zero, and so nothing is lost by giving up its denominator.
	if n := s.Den.BitLen(); s.Num.IsZero() && n > maxSumBits && n > 2*den.BitLen() {
		s.Num, s.Den = num, den
		return
	}
	// The least common multiple; the sum may still have a common factor.
	q := den.DivExact(rational.GCD(s.Den, den))
	s.Num = s.Num.Mul(q)
	s.Den = s.Den.Mul(q)
	s.Num = s.Num.Add(num.Mul(s.Den.DivExact(den)))
}

// Cmp compares the sum with x. Both denominators are positive.
func (s *Sum) Cmp(x rational.Rat) int {
	// Comparisons with 0 are most frequent, and need no product.
	if x.IsZero() {
		return s.Num.Sign()
	}
	return s.Num.Mul(x.Den()).Cmp(x.Num().Mul(s.Den))
}

// Sign returns the sign of the sum.
func (s *Sum) Sign() int { return s.Num.Sign() }

// Value returns the sum in lowest terms.
func (s *Sum) Value() rational.Rat { return rational.RatFromInts(s.Num, s.Den) }
