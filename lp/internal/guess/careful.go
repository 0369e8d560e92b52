package guess

import (
	"context"
	"slices"

	"pstar/lp/internal/guess/internal/extended"
	"pstar/lp/internal/lists"
	"pstar/rational"
)

// careful is a primal simplex method in numbers of 192 bits. It goes on where float64 does
// not see what is wrong with a basis. It is simple: reduced costs are computed anew in
// every step, so a step is some ten times as expensive as that of the others.
//
// It minimises first the distances out of bounds, all at once with slopes 1, and then
// the true costs, with one list of breakpoints for both. Arithmetic in 192 bits has no
// hardware, so that the factorisation takes its order from float64.
type careful struct {
	*Guess
	extended.LU
	value          []extended.Number // of the matrix, as byColumn has it
	low, high      []extended.Number // bounds, scaled
	noLow, noHigh  []bool
	price0, at     []extended.Number // costs and values of all variables
	reducedCost    []extended.Number
	multiplier     []extended.Number // by rows
	direction      []extended.Number // a column of the tableau, by positions
	rowWork, unit  []extended.Number // by rows, by positions
	eta            lists.Of[extended.Number]
	etaAt          []int32
	etaPivot       []extended.Number
	weight         []float64 // logarithms of the roots of the devex weights
	outside        []int8    // of the variables in the basis, by position
	breaks         []breakpoint
	perturbed      bool
	feasibleOnce   bool // nothing has been out of bounds
	priced         bool // multiplier belongs to the basis and the true costs
	stalledFor     int
	infeasibleOnes int
}

// extendedTolerance is what an infeasibility or a reduced cost must exceed to count: as
// seen from the point that was magnified, where the largest error has about the size 1. It
// leaves 42 of 192 bits for rounding. Variables of programs that come here differ by a factor of
// 2^100 and more, and with 2^−90 the small ones of them never counted: rounds ended at bases
// that were none of an optimum, or went on in steps that passed for steps of no length.
var extendedTolerance = extended.FromInt64(1).Shifted(-150)

// newCareful converts the matrix. The matrix has the scale of the shadow, exactly:
// powers of two only change exponents.
func newCareful(g *Guess, entries func(row int, yield func(column int, v rational.Int))) *careful {
	n := g.rows + g.columns
	c := &careful{Guess: g}
	// The columns have the order of the shadow, so that indices are shared.
	c.value = make([]extended.Number, len(g.byColumn.Index))
	next := append([]int32(nil), g.byColumn.Start...)
	for i := range g.rows {
		entries(i, func(j int, v rational.Int) {
			// The exponent of column and row together; no digit is lost.
			c.value[next[j]] = extended.FromInt(v).Shifted(int64(g.scale[j] - g.scale[g.columns+i]))
			next[j]++
		})
	}
	c.low, c.high, c.price0, c.at = make([]extended.Number, n), make([]extended.Number, n), make([]extended.Number, n), make([]extended.Number, n)
	c.noLow, c.noHigh, c.weight = make([]bool, n), make([]bool, n), make([]float64, n)
	c.reducedCost = make([]extended.Number, n)
	c.multiplier, c.rowWork = make([]extended.Number, g.rows), make([]extended.Number, g.rows)
	c.direction, c.unit, c.outside = make([]extended.Number, g.rows), make([]extended.Number, g.rows), make([]int8, g.rows)
	return c
}

// RunCarefully is [Guess.Run] for a view magnified as by [Guess.Magnified], in numbers of
// 192 bits from the basis b on, which it changes. The belief may be Nothing, if it
// gives up; wrong says which costs of v are of the wrong sign, as for Magnified.
func (g *Guess) RunCarefully(ctx context.Context, b *Basis, v View, wrong func(j int) bool, entries func(row int, yield func(column int, v rational.Int))) Belief {
	if g.careful == nil {
		// It is kept for the next time, as the conversion takes long.
		g.careful = newCareful(g, entries)
	}
	g.Basis = b
	return g.careful.run(ctx, v, wrong)
}

// run takes a few steps for each row or column; who needs more is not helped by
// precision.
func (c *careful) run(ctx context.Context, v View, wrong func(j int) bool) Belief {
	// Weights and counts begin anew with each view.
	c.look(v, wrong)
	c.perturbed, c.feasibleOnce, c.stalledFor = false, false, 0
	clear(c.weight)
	if !c.renew() {
		return Belief{}
	}
	c.limit = c.iterations + 500 + 4*(c.rows+c.columns)
	for c.tick(ctx) {
		// A new factorisation also takes away the errors that have come together.
		if len(c.etaAt) >= carefulEtas && !c.renew() {
			return Belief{}
		}
		c.priceAll()
		q := c.best()
		if q < 0 {
			// Nothing improves, by values that were brought up to date by steps; they
			// are computed anew before that is believed.
			if len(c.etaAt) > 0 {
				if !c.renew() {
					return Belief{}
				}
				continue
			}
			// The sum of distances is least, and not zero: no point has all bounds.
			if c.infeasibleOnes > 0 {
				return Belief{Outcome: Infeasible, Row: -1, Outside: slices.Clone(c.outside), Scale: c.Scales(c.Head)}
			}
			return Belief{Outcome: Optimal}
		}
		// A direction of descent, with as much as it changes each basic variable.
		c.computeDirection(q)
		up := c.reducedCost[q].Negative
		r, length, high := c.blocking(q, up)
		// Nothing blocks the move, and it lowers the objective: with something out of
		// bounds that cannot be, as then the distances end it.
		if r == nothing {
			return Belief{Outcome: Unbounded, Entering: q}
		}
		c.move(q, r, up, length, high)
	}
	return Belief{}
}

// carefulEtas is how many changes of basis there are between factorisations. Fewer than
// in float64, as each costs more here beside a factorisation.
const carefulEtas = 15

// look takes the view, scaled so that the largest errors are near to 1.
//
// Distances that are out of bounds, and costs of the wrong sign, are what the run is
// about; the powers of two by which they are scaled bring the largest to about 1.
// Without any wrong costs the largest cost does.
func (c *careful) look(v View, wrong func(j int) bool) {
	const none = -1 << 62
	// −2^62 stands for no number that counts.
	primal, dual, largest := int64(none), int64(none), int64(none)
	for j := range v.Lower {
		by := int64(c.scale[j])
		c.noLow[j], c.noHigh[j] = !v.Lower[j].Finite, !v.Upper[j].Finite
		c.low[j], c.high[j] = extendedLimit(v.Lower[j]).Shifted(-by), extendedLimit(v.Upper[j]).Shifted(-by)
		// A lower bound above 0 is one that the point, at 0, violates.
		if c.low[j].Sign() > 0 {
			primal = max(primal, c.low[j].Exponent)
		}
		if c.high[j].Sign() < 0 {
			primal = max(primal, c.high[j].Exponent)
		}
		c.price0[j] = extended.Number{}
		if j < len(v.Cost) && !v.Cost[j].IsZero() {
			c.price0[j] = extended.FromQuotient(v.Cost[j], v.Den[j]).Shifted(by)
			// The cost counts for the scale, wrong or not.
			largest = max(largest, c.price0[j].Exponent)
			if wrong(j) {
				dual = max(dual, c.price0[j].Exponent)
			}
		}
	}
	if dual == none {
		dual = largest
	}
	for j := range v.Lower {
		// Where nothing is out of bounds, bounds stay as they are.
		if primal != none {
			c.low[j].Exponent -= primal
			c.high[j].Exponent -= primal
		}
		if dual != none {
			c.price0[j].Exponent -= dual
		}
	}
}

// extendedLimit is a bound, or zero where there is none: whether there is, noLow and
// noHigh say.
func extendedLimit(b Limit) extended.Number {
	if !b.Finite {
		return extended.Number{}
	}
	return extended.FromQuotient(b.Value.Num(), b.Value.Den())
}

// matrixColumn returns the rows and values of a variable, as [shadow.column] does.
func (c *careful) matrixColumn(j int32) ([]int32, []extended.Number) {
	// The column of a logical variable has −1 in its row.
	if int(j) < c.columns {
		a, b := c.byColumn.Start[j], c.byColumn.Start[j+1]
		return c.byColumn.Index[a:b], c.value[a:b]
	}
	i := int(j) - c.columns
	return c.identity[i : i+1], minusOneExtended[:]
}

var minusOneExtended = [1]extended.Number{extended.FromInt64(-1)}

// renew factors the basis, puts logical variables where columns depend on others, and
// computes all values. It reports false if after three attempts columns still depend on
// each other.
func (c *careful) renew() bool {
	c.eta.Reset()
	c.etaAt, c.etaPivot, c.priced = c.etaAt[:0], c.etaPivot[:0], false
	// The order is that of float64, and so are the pivots that it would take.
	order, wish := c.Order(c.Basis)
	for range 3 {
		positions, rows := c.Factor(c.rows, order, wish, func(p int32) ([]int32, []extended.Number) { return c.matrixColumn(c.Head[p]) })
		if len(positions) == 0 {
			c.computeAll()
			return true
		}
		// Columns without a pivot make room for logical variables of rows without one.
		for k, p := range positions {
			c.rest(c.Head[p])
			c.Head[p] = int32(c.columns) + rows[k]
			c.Where[c.Head[p]] = InBasis
		}
		order, wish = c.Order(c.Basis)
	}
	return false
}

// rest puts a variable that was basic on a bound, if it has one. Of two bounds the
// lower one: no values are known here.
func (c *careful) rest(j int32) {
	switch {
	case !c.noLow[j]:
		c.Where[j] = AtLower
	case !c.noHigh[j]:
		c.Where[j] = AtUpper
	default:
		c.Where[j] = AtZero
	}
}

// computeAll computes the values of all variables. As in [Guess.computeValues], the sum
// over nonbasic variables is on the right.
func (c *careful) computeAll() {
	clear(c.rowWork)
	for j, w := range c.Where {
		switch w {
		case InBasis:
			continue
		case AtLower:
			c.at[j] = c.low[j]
		case AtUpper:
			c.at[j] = c.high[j]
		case AtZero:
			c.at[j] = extended.Number{}
		}
		// Most variables rest on zero, as the problem is seen from a vertex.
		if c.at[j].IsZero() {
			continue
		}
		index, value := c.matrixColumn(int32(j))
		for e, i := range index {
			c.rowWork[i] = c.rowWork[i].Less(value[e].Times(c.at[j]))
		}
	}
	c.Forward(c.rowWork, c.unit)
	for p, j := range c.Head {
		c.at[j] = c.unit[p]
	}
	clear(c.unit)
}

// computeDirection computes the column of variable q of the tableau. It is made anew
// for each step, and stands by positions.
func (c *careful) computeDirection(q int32) {
	clear(c.rowWork)
	index, value := c.matrixColumn(q)
	for e, i := range index {
		c.rowWork[i] = value[e]
	}
	c.Forward(c.rowWork, c.direction)
	for k, r := range c.etaAt {
		v := c.direction[r]
		// The change does not touch this vector.
		if v.IsZero() {
			continue
		}
		v = v.Times(c.etaPivot[k])
		c.direction[r] = v
		index, value := c.eta.Part(k)
		for e, i := range index {
			c.direction[i] = c.direction[i].Less(value[e].Times(v))
		}
	}
}

// backwardAll solves Bᵀ y = unit, which is destroyed. Changes of basis come first, from
// the last to the first, as in [Guess.btran].
func (c *careful) backwardAll(y []extended.Number) {
	for k := len(c.etaAt) - 1; k >= 0; k-- {
		r := c.etaAt[k]
		v := c.unit[r]
		index, value := c.eta.Part(k)
		for e, i := range index {
			// Only entries that are not 0 have a share.
			if !c.unit[i].IsZero() {
				v = v.Less(value[e].Times(c.unit[i]))
			}
		}
		c.unit[r] = v.Times(c.etaPivot[k])
	}
	c.Backward(c.unit, y)
	clear(c.unit)
}
