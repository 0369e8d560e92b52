package contention

import "pstar/rational"

// A univariate polynomial: coefficients by ascending power.
type polynomial []rational.Rat

func (p polynomial) at(z rational.Rat) rational.Rat {
	v := zero
	for k := len(p) - 1; k >= 0; k-- {
		v = v.Mul(z).Add(p[k])
	}
	return v
}

func (p polynomial) over(z rational.Interval) rational.Interval {
	v := rational.Point(zero)
	for k := len(p) - 1; k >= 0; k-- {
		v = v.Mul(z).Add(rational.Point(p[k]))
	}
	return v
}

func (p polynomial) derivative() polynomial {
	var d polynomial
	for k := 1; k < len(p); k++ {
		d = append(d, p[k].Mul(rational.NewRat(int64(k), 1)))
	}
	return d
}

func (p polynomial) mul(q polynomial) polynomial {
	if len(p) == 0 || len(q) == 0 {
		return nil
	}
	product := make(polynomial, len(p)+len(q)-1)
	for i, a := range p {
		for j, b := range q {
			product[i+j] = product[i+j].Add(a.Mul(b))
		}
	}
	return product
}

func (p polynomial) add(q polynomial) polynomial {
	sum := make(polynomial, max(len(p), len(q)))
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

// expPoly is a function Σ P(z)·e^Q(z) of one variable with rational polynomials P
// and Q: closed under differentiation, exact at rational points, and enclosed
// over intervals.
type expPoly []expPolyTerm

type expPolyTerm struct{ factor, exponent polynomial }

func (f expPoly) at(z rational.Rat) rational.ExpSum {
	var sum rational.ExpSum
	for _, t := range f {
		sum = sum.Add(rational.NewExpSum(rational.ExpTerm{Coefficient: t.factor.at(z), Exponent: t.exponent.at(z)}))
	}
	return sum
}

// over encloses the values of f on z.
func (f expPoly) over(z rational.Interval, bits uint) rational.Interval {
	sum := rational.Point(zero)
	for _, t := range f {
		exponent := t.exponent.over(z)
		power := rational.Interval{Lo: rational.Exp(exponent.Lo, bits).Lo, Hi: rational.Exp(exponent.Hi, bits).Hi}
		sum = sum.Add(t.factor.over(z).Mul(power))
	}
	return sum
}

func (f expPoly) derivative() expPoly {
	var d expPoly
	for _, t := range f {
		factor := t.factor.derivative().add(t.factor.mul(t.exponent.derivative()))
		d = append(d, expPolyTerm{factor, t.exponent})
	}
	return d
}
