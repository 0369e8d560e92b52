package enclose

import (
	"sort"

	"pstar/rational"
)

// ExpTerm is Coefficient · e^Exponent.
type ExpTerm struct{ Coefficient, Exponent rational.Rat }

// ExpSum is an immutable sum of exponentials a_1·e^r_1 + … + a_m·e^r_m with
// rational a and r. Its zero value is 0.
//
// The exponents are distinct and ascending and the coefficients nonzero; the
// function collectExp is the owner of this form. By the theorem of Lindemann and
// Weierstrass exponentials of distinct rational (indeed algebraic) numbers are
// linearly independent over the rationals, so that the sum is zero if and only
// if it has no terms: sums of exponentials can be compared exactly, equality
// included, and no comparison is left undecided.
type ExpSum struct{ terms []ExpTerm }

// NewExpSum returns the sum of the terms, in any order and with repeated exponents.
func NewExpSum(terms ...ExpTerm) ExpSum { return collectExp(append([]ExpTerm(nil), terms...)) }

// ExpSumOf returns the constant x.
func ExpSumOf(x rational.Rat) ExpSum { return NewExpSum(ExpTerm{Coefficient: x}) }

// ExpOf returns e^x.
func ExpOf(x rational.Rat) ExpSum { return NewExpSum(ExpTerm{rational.NewRat(1, 1), x}) }

// collectExp brings terms into canonical form: by exponent, each once, none with coefficient 0.
func collectExp(terms []ExpTerm) ExpSum {
	sort.SliceStable(terms, func(i, j int) bool { return terms[i].Exponent.Cmp(terms[j].Exponent) < 0 })
	var kept []ExpTerm
	for _, t := range terms {
		if last := len(kept) - 1; last >= 0 && kept[last].Exponent.Equal(t.Exponent) {
			kept[last].Coefficient = kept[last].Coefficient.Add(t.Coefficient)
			continue
		}
		kept = append(kept, t)
	}
	nonzero := kept[:0]
	for _, t := range kept {
		if !t.Coefficient.IsZero() {
			nonzero = append(nonzero, t)
		}
	}
	return ExpSum{nonzero}
}

// Add returns x + y.
func (x ExpSum) Add(y ExpSum) ExpSum {
	return collectExp(append(append([]ExpTerm(nil), x.terms...), y.terms...))
}

// Sub returns x − y.
func (x ExpSum) Sub(y ExpSum) ExpSum { return x.Add(y.Scale(rational.NewRat(-1, 1))) }

// Scale returns c · x.
func (x ExpSum) Scale(c rational.Rat) ExpSum {
	if c.IsZero() {
		return ExpSum{}
	}
	terms := make([]ExpTerm, len(x.terms))
	for i, t := range x.terms {
		terms[i] = ExpTerm{t.Coefficient.Mul(c), t.Exponent}
	}
	return ExpSum{terms}
}

// Mul returns x · y.
func (x ExpSum) Mul(y ExpSum) ExpSum {
	var terms []ExpTerm
	for _, a := range x.terms {
		for _, b := range y.terms {
			terms = append(terms, ExpTerm{a.Coefficient.Mul(b.Coefficient), a.Exponent.Add(b.Exponent)})
		}
	}
	return collectExp(terms)
}

// IsZero reports whether x = 0.
func (x ExpSum) IsZero() bool { return len(x.terms) == 0 }

// enclose returns an interval that contains x, each exponential with the given relative
// precision, or false if an exponent is above 2^16.
func (x ExpSum) enclose(bits uint) (sum Interval, ok bool) {
	for _, t := range x.terms {
		e, ok := expAny(t.Exponent, bits)
		if !ok {
			return Interval{}, false
		}
		sum = sum.Add(e.Scale(t.Coefficient))
	}
	return sum, true
}

// Sign returns -1, 0 or 1 as x is negative, zero or positive. It always decides:
// a sum without terms is zero, and any other is told from zero by enclosures of
// growing precision. It is taken after division by the largest exponential: its
// coefficient is then left as it is, and terms with exponents far below it vanish.
func (x ExpSum) Sign() int {
	if x.IsZero() {
		return 0
	}
	largest := x.terms[len(x.terms)-1].Exponent
	scaled := x.Mul(ExpOf(largest.Neg()))
	for bits := uint(firstBits); ; bits *= 2 {
		e, _ := scaled.enclose(bits) // no exponent is positive
		if sign, decided := e.Sign(); decided {
			return sign
		}
	}
}

// Cmp returns the sign of x − y.
func (x ExpSum) Cmp(y ExpSum) int { return x.Sub(y).Sign() }

// Real returns x as an expression. If an exponent is above 2^16, no precision will
// enclose it.
func (x ExpSum) Real() Real { return Real{x.enclose} }
