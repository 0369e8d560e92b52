package interval

import (
	"pstar/rational"
	"pstar/rational/enclose"
)

// Polynomial lists the coefficients of a polynomial in one variable by ascending power.
// The empty list is 0. A leading coefficient may be 0.
type Polynomial []rational.Rat

func (p Polynomial) at(z rational.Rat) rational.Rat {
	v := zero
	for k := len(p) - 1; k >= 0; k-- {
		v = v.Mul(z).Add(p[k])
	}
	return v
}

// over encloses the values on an interval, by Horner's rule; a wide interval makes it wide.
func (p Polynomial) over(z enclose.Interval) enclose.Interval {
	v := enclose.Point(zero)
	for k := len(p) - 1; k >= 0; k-- {
		v = v.Mul(z).Add(enclose.Point(p[k]))
	}
	return v
}

// Derivative returns p'.
func (p Polynomial) Derivative() Polynomial {
	var d Polynomial
	for k := 1; k < len(p); k++ {
		d = append(d, p[k].Mul(rational.NewRat(int64(k), 1)))
	}
	return d
}

// Mul returns p·q.
func (p Polynomial) Mul(q Polynomial) Polynomial {
	// The product with 0 has no coefficients, and the length below would be negative.
	if len(p) == 0 || len(q) == 0 {
		return nil
	}
	product := make(Polynomial, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			product[i+j] = product[i+j].Add(a.Mul(b))
		}
	}
	return product
}

// Add returns p + q.
func (p Polynomial) Add(q Polynomial) Polynomial {
	sum := make(Polynomial, max(len(p), len(q)))
	for k := range sum {
		if k < len(p) {
			sum[k] = sum[k].Add(p[k])
		}
		if k < len(q) {
			sum[k] = sum[k].Add(q[k])
		}
	}
	return sum
}

// ExpPoly is a function Σ P(z)·e^Q(z) of one variable with rational polynomials P
// and Q: closed under differentiation, exact at rational points, and enclosed
// over intervals.
type ExpPoly []Term

// Term is Factor(z)·e^Exponent(z).
type Term struct{ Factor, Exponent Polynomial }

// at is exact: a sum of exponentials of fractions.
func (f ExpPoly) at(z rational.Rat) enclose.ExpSum {
	var sum enclose.ExpSum
	for _, t := range f {
		sum = sum.Add(enclose.NewExpSum(enclose.ExpTerm{Coefficient: t.Factor.at(z), Exponent: t.Exponent.at(z)}))
	}
	return sum
}

// over encloses the values of f on z.
func (f ExpPoly) over(z enclose.Interval, bits uint) enclose.Interval {
	sum := enclose.Point(zero)
	for _, t := range f {
		// e^x grows with x: its ends are the exponentials of the ends, the lower one from below and the upper one from above.
		exponent := t.Exponent.over(z)
		power := enclose.Interval{Lo: enclose.Exp(exponent.Lo, bits).Lo, Hi: enclose.Exp(exponent.Hi, bits).Hi}
		sum = sum.Add(t.Factor.over(z).Mul(power))
	}
	return sum
}

// Terms stay as many as they are.
func (f ExpPoly) derivative() ExpPoly {
	var d ExpPoly
	for _, t := range f {
		// (P e^Q)' = (P' + P Q') e^Q.
		factor := t.Factor.Derivative().Add(t.Factor.Mul(t.Exponent.Derivative()))
		d = append(d, Term{factor, t.Exponent})
	}
	return d
}
