package guess

import (
	"math"

	"pstar/rational"
)

// View is a problem as seen from a point: the bounds of all variables as distances from
// there, and the cost of a step of each, Cost over the positive Den, which are all 1 if nil.
// Costs that are left off at the end are zero. A bound of 0 is one that the point is
// on. The view is exact; what Target makes of it is not.
type View struct {
	Lower, Upper []Limit
	Cost         []rational.Int
	Den          []rational.Int
}

// Limit is a distance or, as zero value, the absence of a bound.
type Limit struct {
	Finite bool
	Value  rational.Rat
}

// Target is what [Guess.Run] is to look for: bounds and costs in float64, in the scale of
// the guess. It has no meaning for another guess.
type Target struct {
	lower, upper, cost []float64
}

// boundSize is about the size of the largest bound that the guess works with: large
// beside the tolerances.
const boundSize = 1e4

// Whole shows the guess the problem itself, as seen from zero. Bounds are made smaller,
// if need be, by one power of two for all, which scales the whole solution.
func (g *Guess) Whole(v View) Target {
	lower, upper, cost := g.scaled(v)
	size, largest := math.Inf(-1), math.Inf(-1)
	// The largest bound and the largest cost, as powers of two.
	for j := range lower {
		for _, b := range []long{lower[j], upper[j]} {
			if !math.IsInf(b.mantissa, 0) {
				size = max(size, b.log())
			}
		}
		largest = max(largest, cost[j].log())
	}
	// Smaller ones are left alone, so that small problems look as they are.
	if size > 0 {
		size -= math.Log2(boundSize)
	} else {
		size = 0
	}
	return Target{floats(lower, size), floats(upper, size), floats(cost, largest)}
}

// Magnified shows the guess what is wrong with a basis, so large that it can see it
// (A. M. Gleixner, D. E. Steffy and K. Wolter, 2016): v is the problem as seen from the
// exact basic solution, with the exact reduced costs as costs, and wrong tells which of
// these are of the wrong sign.
//
// Distances by which the point violates bounds are scaled up to about 1, and so are the
// costs of the wrong sign: a correct basis of the magnified problem is one of the
// problem, and float64 sees what was below its precision before.
func (g *Guess) Magnified(v View, wrong func(j int) bool) Target {
	lower, upper, cost := g.scaled(v)
	// The largest violations of bounds, the largest wrong cost, and the largest of all.
	primalError, dualError, largest := math.Inf(-1), math.Inf(-1), math.Inf(-1)
	for j := range lower {
		// The point at 0 is below its lower bound.
		if lower[j].mantissa > 0 {
			primalError = max(primalError, lower[j].log())
		}
		if upper[j].mantissa < 0 {
			primalError = max(primalError, upper[j].log())
		}
		if largest = max(largest, cost[j].log()); wrong(j) {
			dualError = max(dualError, cost[j].log())
		}
	}
	// No cost is wrong, and any scale will do.
	if math.IsInf(dualError, -1) {
		dualError = largest
	}
	return Target{floats(lower, primalError), floats(upper, primalError), floats(cost, dualError)}
}

// scaled returns bounds and costs in the scale of the shadow. A value is 2^scale times
// that of the shadow, so that bounds are divided by it and costs multiplied.
func (g *Guess) scaled(v View) (lower, upper, cost []long) {
	n := len(v.Lower)
	lower, upper, cost = make([]long, n), make([]long, n), make([]long, n)
	for j := range n {
		lower[j], upper[j] = g.distance(j, v.Lower[j], -1), g.distance(j, v.Upper[j], 1)
		if j < len(v.Cost) && !v.Cost[j].IsZero() {
			cost[j] = longInt(v.Cost[j]).shifted(g.scale[j])
			if v.Den != nil {
				cost[j] = cost[j].quotient(longInt(v.Den[j]))
			}
		}
	}
	return lower, upper, cost
}

// distance returns a bound of variable j; if it is absent, an infinity of the sign
// given. The distance is rounded to float64 with an exponent of any size.
func (g *Guess) distance(j int, b Limit, sign int) long {
	// Infinity is of the side on which the bound is missing.
	if !b.Finite {
		return long{math.Inf(sign), 0}
	}
	return longRat(b.Value).shifted(-g.scale[j])
}
