package smt2

import (
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// scaledRow is a row times a positive number that makes its coefficients integers, one term
// for each variable.
//
// What is said of the row is said of the scaled one: bounds are scaled with it.
type scaledRow struct {
	terms        []lp.Term
	lower, upper lp.Bound
	scale        rational.Rat
}

// integerRows scales each row by the least number that does it.
func integerRows(p *lp.Problem) []scaledRow {
	list := make([]scaledRow, len(p.Rows))
	for i, row := range p.Rows {
		// One term for each variable, as coefficients of sums may cancel.
		terms := row.Summed()
		den := rational.NewInt(1)
		for _, t := range terms {
			den = rational.LCM(den, t.Coefficient.Den())
		}
		scale := rational.RatFromInt(den)
		for k := range terms {
			terms[k].Coefficient = terms[k].Coefficient.Mul(scale)
		}
		list[i] = scaledRow{terms, times(row.Lower, scale), times(row.Upper, scale), scale}
	}
	return list
}

// times multiplies a bound by a number that is not negative.
func times(b lp.Bound, by rational.Rat) lp.Bound {
	b.Value = b.Value.Mul(by)
	return b
}

// commonScale returns a number whose products with all of x are integers, or one if that
// would make them much longer. Long denominators that have nothing in common would make
// a number as long as all of them together.
func commonScale(lists ...[]rational.Rat) rational.Rat {
	// 64 bits are short, whatever the denominators are.
	common, longest := rational.NewInt(1), 64
	for _, x := range lists {
		for _, v := range x {
			if d := v.Den(); !d.IsOne() && !d.Equal(common) {
				common, longest = rational.LCM(common, d), max(longest, d.BitLen())
			}
			// Then fractions are the lesser evil.
			if common.BitLen() > 2*longest {
				return rational.NewRat(1, 1)
			}
		}
	}
	return rational.RatFromInt(common)
}

// scaleAll multiplies all of x.
func scaleAll(x []rational.Rat, by rational.Rat) []rational.Rat {
	return each.Of(x, func(v rational.Rat) rational.Rat { return v.Mul(by) })
}

// enlarge multiplies all multipliers by a positive number, which it returns, such that they are
// integers. The bounds themselves stay: a sum that is scaled proves the same.
func enlarge(used []bound) rational.Rat {
	// Of all multipliers together, so that their proportions stay.
	list := each.Of(used, func(u bound) rational.Rat { return u.multiplier })
	by := commonScale(list)
	for k := range used {
		used[k].multiplier = used[k].multiplier.Mul(by)
	}
	return by
}
