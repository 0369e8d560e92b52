package study

import (
	"context"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
)

// A piecewise function is linear between its knots, which ascend; it has one
// value for each.
type piecewise struct{ knots, values []rational.Rat }

// lineOn is a line as a function with two knots, the ends of the interval.
func lineOn(l Line, from, to rational.Rat) piecewise {
	return piecewise{[]rational.Rat{from, to}, []rational.Rat{l.At(from), l.At(to)}}
}

// at interpolates at a point between the first and the last knot.
func (f piecewise) at(t rational.Rat) rational.Rat {
	j, found := slices.BinarySearchFunc(f.knots, t, rational.Rat.Cmp)
	if found {
		return f.values[j]
	}
	// j is neither 0 nor the length: t lies strictly between two knots.
	a, b := f.knots[j-1], f.knots[j]
	// The part of the way from a to b at which t lies.
	part := t.Sub(a).Quo(b.Sub(a))
	return f.values[j-1].Add(f.values[j].Sub(f.values[j-1]).Mul(part))
}

// plus is f + c g.
func (f piecewise) plus(c rational.Rat, g piecewise) piecewise {
	// The sum can bend only where one of them does. Both are defined on the same interval.
	knots := append(slices.Clone(f.knots), g.knots...)
	slices.SortFunc(knots, rational.Rat.Cmp)
	knots = slices.CompactFunc(knots, rational.Rat.Equal)
	sum := piecewise{knots: knots}
	for _, t := range knots {
		sum.values = append(sum.values, f.at(t).Add(c.Mul(g.at(t))))
	}
	return sum
}

// positive is max(f, 0), with a knot wherever f changes its sign.
func (f piecewise) positive() piecewise {
	var out piecewise
	for j, t := range f.knots {
		v := f.values[j]
		// Strictly on both sides of zero: a zero at a knot has its knot already.
		if j > 0 && f.values[j-1].Sign()*v.Sign() < 0 {
			before, u := f.knots[j-1], f.values[j-1]
			out.knots = append(out.knots, before.Add(t.Sub(before).Mul(u).Quo(u.Sub(v))))
			out.values = append(out.values, rational.Rat{})
		}
		out.knots = append(out.knots, t)
		out.values = append(out.values, rational.MaxRat(v, rational.Rat{}))
	}
	return out
}

// recursiveKnots propagates recursive rejection through functions of t. With R_k
// the residual times the probability to reach draft k, and C_k its sum,
//
//	R_1 = q,  R_{k+1} = (R_k - C_k p)^+,  acceptance 1 - C_{K+1},
//
// where p is fixed, so that everything stays piecewise linear.
func (f *Family) recursiveKnots(ctx context.Context) ([]CurvePoint, error) {
	residual := each.Of(f.Q, func(l Line) piecewise { return lineOn(l, f.From, f.To) })
	// Knots at both ends, as every function here has them.
	zero := lineOn(Line{}, f.From, f.To)
	total := func() piecewise {
		sum := zero
		for _, r := range residual {
			sum = sum.plus(one, r)
		}
		return sum
	}
	for range f.K {
		// C_k, before any residual of this round is replaced.
		left := total()
		for i := range residual {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			residual[i] = residual[i].plus(f.P[i].A.Neg(), left).positive()
		}
	}
	// After K drafts: what no draft has taken is C_{K+1}.
	accepted := lineOn(Line{A: one}, f.From, f.To).plus(one.Neg(), total())
	points := each.Numbered(accepted.knots, func(j int, t rational.Rat) CurvePoint { return CurvePoint{t, enclose.Point(accepted.values[j])} })
	// Sums have knots where single residuals bend and the total does not.
	return corners(points), nil
}
