package guess

import (
	"math"
	"slices"

	"pstar/lp/internal/guess/internal/extended"
)

// priceAll finds what is out of bounds and computes the reduced costs: of the true costs
// if nothing is, and otherwise of the total distance from the bounds.
//
// Multipliers are kept from the step before where they belong to the true costs, since
// updateWeights brings them up to date; those of distances change with every variable
// that comes back to its bounds.
func (c *careful) priceAll() {
	c.infeasibleOnes = 0
	// Only until everything has been within its bounds once.
	for p, j := range c.Head {
		if c.outside[p] = 0; !c.feasibleOnce {
			c.outside[p] = c.side(j)
		}
		if c.outside[p] != 0 {
			c.infeasibleOnes++
		}
	}
	// What gets out of bounds after that does so by rounding, and is for the next
	// round. A run that has been feasible once works for the costs from then on.
	c.feasibleOnce = c.infeasibleOnes == 0
	if !c.priced {
		for p, j := range c.Head {
			if c.infeasibleOnes == 0 {
				c.unit[p] = c.price0[j]
			} else {
				// The slope of a distance is −1 below and 1 above the bounds.
				c.unit[p] = extended.FromInt64(int64(c.outside[p]))
			}
		}
		c.backwardAll(c.multiplier)
	}
	for j, w := range c.Where {
		// A fixed variable never moves.
		if w == InBasis || c.fixed(j) {
			continue
		}
		var d extended.Number
		if c.infeasibleOnes == 0 {
			// Below: the sum of distances has no costs of nonbasic variables.
			d = c.price0[j]
		}
		// The size of the largest part tells how much of the sum may be rounding.
		largest := d.Exponent
		index, value := c.matrixColumn(int32(j))
		for e, i := range index {
			// Most multipliers are 0 where few things are out of bounds.
			if y := c.multiplier[i]; !y.IsZero() {
				part := value[e].Times(y)
				if largest < part.Exponent || d.IsZero() {
					largest = part.Exponent
				}
				d = d.Minus(part)
			}
		}
		// A result so much smaller than its parts has no digit that is right.
		if d.Exponent < largest-reliableBits {
			d = extended.Number{}
		}
		c.reducedCost[j] = d
	}
}

// negligibleBits is how much smaller than the largest entry of a direction others may be
// and count. Of 192 bits.
const negligibleBits = 170

// reliableBits is how much smaller than its parts a reduced cost may be and count.
const reliableBits = 110

// fixed reports whether both bounds are the same number.
func (c *careful) fixed(j int) bool { return !c.noLow[j] && !c.noHigh[j] && c.low[j] == c.high[j] }

// side tells on which side of its bounds a basic variable is.
func (c *careful) side(j int32) int8 {
	switch {
	case !c.noLow[j] && c.low[j].Minus(c.at[j]).Cmp(extendedTolerance) > 0:
		return -1
	case !c.noHigh[j] && c.at[j].Minus(c.high[j]).Cmp(extendedTolerance) > 0:
		return 1
	}
	return 0
}

// best returns the variable that enters, or −1. It is the one with the largest rate by
// devex weights; rates are compared by logarithms, as numbers of any size occur.
func (c *careful) best() int32 {
	best, at := math.Inf(-1), int32(-1)
	for j, w := range c.Where {
		if w == InBasis || c.fixed(j) {
			continue
		}
		d := c.reducedCost[j]
		// Moving it would not improve anything, or it cannot move that way.
		if d.IsZero() || w == AtLower && !d.Negative || w == AtUpper && d.Negative {
			continue
		}
		// Squared weights would be the rate; as logarithms they are a difference.
		if rate := d.Log() - c.weight[j]; rate > best {
			best, at = rate, int32(j)
		}
	}
	return at
}

// breakpoint is where the objective changes its slope along an edge. As a variable
// passes a bound, its share in the slope of the total distance changes by its rate.
type breakpoint struct {
	length extended.Number
	rate   extended.Number // of the variable at the position, absolute
	row    int             // the position, or flip
	high   bool            // whether it comes to its upper bound
	stops  bool            // whether the edge ends there
}

// blocking returns the position whose variable leaves when q moves, or flip or nothing;
// how far q goes; and whether the leaving variable is at its upper bound then. While
// something is out of bounds, others may pass theirs as long as the total distance gets
// smaller.
//
// The slope begins as the reduced cost of q and falls with every breakpoint. The move
// goes on while it is positive, so that one long step takes the place of many.
func (c *careful) blocking(q int32, up bool) (row int, length extended.Number, high bool) {
	c.listBreaks(q, up)
	slices.SortFunc(c.breaks, func(a, b breakpoint) int { return a.length.Cmp(b.length) })
	slope := c.reducedCost[q].Abs()
	// Grouping lets the largest pivot be chosen among several that are as good as
	// equal.
	for k := 0; k < len(c.breaks); {
		// All that come at about the same length form a group.
		best, end, stops := k, k, false
		for ; end < len(c.breaks) && c.breaks[end].length.Cmp(nearlyAbove(c.breaks[k].length)) <= 0; end++ {
			b := c.breaks[end]
			stops = stops || b.stops
			// A flip of q itself needs no pivot and is taken first; else the largest
			// rate is the safest pivot.
			if b.row == flip && b.stops || best >= 0 && c.breaks[best].row != flip && b.rate.Cmp(c.breaks[best].rate) > 0 {
				best = end
			}
			// Each breakpoint takes its rate off the slope.
			slope = slope.Minus(b.rate)
		}
		// It ends where something stops it, or where the slope has become 0.
		if b := c.breaks[best]; stops || slope.Sign() <= 0 {
			return b.row, b.length, b.high
		}
		k = end
	}
	// Rounding may leave a little of the slope when nothing is out of bounds any more.
	if n := len(c.breaks); n > 0 {
		b := c.breaks[n-1]
		return b.row, b.length, b.high
	}
	return nothing, length, false
}

// nearlyAbove returns a number a little larger than x ≥ 0. Relative, and absolute for
// lengths that are 0.
func nearlyAbove(x extended.Number) extended.Number {
	return x.Plus(x.Shifted(-130)).Plus(extended.FromInt64(1).Shifted(-200))
}

// listBreaks lists the breakpoints of the edge of q. Of each basic variable that the
// move brings to a bound: one, or two where it comes back from outside and may leave on
// the other side.
func (c *careful) listBreaks(q int32, up bool) {
	c.breaks = c.breaks[:0]
	// The variable itself may go to its other bound.
	if !c.noLow[q] && !c.noHigh[q] {
		c.breaks = append(c.breaks, breakpoint{c.high[q].Minus(c.low[q]), extended.Number{}, flip, up, true})
	}
	largest := int64(math.MinInt64)
	for _, v := range c.direction {
		if !v.IsZero() {
			largest = max(largest, v.Exponent)
		}
	}
	// Once nothing is out of bounds, every breakpoint ends the move.
	feasible := c.infeasibleOnes == 0
	for p, v := range c.direction {
		if v.IsZero() || v.Exponent < largest-negligibleBits {
			// Entries so much smaller than the largest are rounding.
			continue
		}
		j, rate := c.Head[p], v.Abs()
		add := func(bound extended.Number, high bool) {
			length := bound.Minus(c.at[j]).Abs().Quotient(rate)
			c.breaks = append(c.breaks, breakpoint{length, rate, p, high, feasible})
		}
		// How the basic variable moves when q does: against the sign of its entry.
		rises := v.Negative == up
		out := c.outside[p]
		switch {
		case rises && out < 0 || !rises && out > 0: // comes back, and may go on
			// It comes back to the bound that it violates, and may go on to the other
			// one.
			add(c.boundOf(j, out > 0), out > 0)
			if c.bounded(j, out < 0) {
				add(c.boundOf(j, out < 0), out < 0)
			}
		case out == 0 && c.bounded(j, rises):
			if bound := c.boundOf(j, rises); (c.at[j].Cmp(bound) > 0) == rises {
				// Beyond its bound already, but not by more than the tolerance. Its
				// breakpoint is at length 0.
				c.breaks = append(c.breaks, breakpoint{extended.Number{}, rate, p, rises, feasible})
			} else {
				add(bound, rises)
			}
		}
	}
}

// bounded reports whether variable j has a bound on that side.
func (c *careful) bounded(j int32, high bool) bool {
	if high {
		return !c.noHigh[j]
	}
	return !c.noLow[j]
}

// boundOf is the bound on that side, which must be there.
func (c *careful) boundOf(j int32, high bool) extended.Number {
	if high {
		return c.high[j]
	}
	return c.low[j]
}

// move carries out a step. It brings values, weights and multipliers up to date; the
// direction has been computed.
func (c *careful) move(q int32, r int, up bool, length extended.Number, high bool) {
	// A step of no length. Many of them in a row may be a cycle, which perturbed bounds
	// end.
	if length.Cmp(extendedTolerance) <= 0 {
		if c.stalledFor++; c.stalledFor > c.rows/4+50 && !c.perturbed {
			c.perturb()
			return
		}
	} else {
		c.stalledFor = 0
	}
	signed := length
	// Against the direction, lengths are negative.
	if !up {
		signed = signed.Neg()
	}
	for p, v := range c.direction {
		if !v.IsZero() {
			j := c.Head[p]
			c.at[j] = c.at[j].Minus(v.Times(signed))
		}
	}
	place := AtLower
	if high {
		place = AtUpper
	}
	// No exchange: q rests on its other bound now.
	if r == flip {
		c.Where[q], c.at[q] = place, c.boundOf(q, high)
		return
	}
	c.at[q] = c.at[q].Plus(signed)
	c.updateWeights(q, r)
	leaving := c.Head[r]
	c.at[leaving], c.Where[leaving] = c.boundOf(leaving, high), place
	c.Head[r], c.Where[q] = q, InBasis
	// The change is kept without the pivot's own entry.
	for p, v := range c.direction {
		if p != r && !v.IsZero() {
			c.eta.Add(int32(p), v)
		}
	}
	c.eta.End()
	// The inverse is kept, as multiplying costs a fifth of dividing.
	c.etaAt = append(c.etaAt, int32(r))
	c.etaPivot = append(c.etaPivot, c.direction[r].Inverse())
}

// updateWeights brings the devex weights up to date, for which float64 will do, and of the
// true costs the multipliers.
//
// The row of the inverse is needed for both: exactly enough for the multipliers,
// roughly for the weights.
func (c *careful) updateWeights(q int32, r int) {
	pivot := c.direction[r].Log()
	c.unit[r] = extended.FromInt64(1)
	c.backwardAll(c.rowWork)
	c.Guess.alpha.Clear()
	// A row without a multiplier has no share in the row of the tableau.
	for i, y := range c.rowWork {
		if y.IsZero() {
			continue
		}
		f := y.Float()
		index, value := c.byRow.Part(i)
		for e, j := range index {
			c.Guess.alpha.Add(j, f*value[e])
		}
		c.Guess.alpha.Add(int32(c.columns+i), -f)
	}
	// While something is out of bounds the multipliers are those of distances, and are
	// made anew.
	c.priced = c.infeasibleOnes == 0
	// Reduced costs change by a multiple of the row, and so do the multipliers.
	if c.priced {
		step := c.reducedCost[q].Quotient(c.direction[r])
		for i, y := range c.rowWork {
			if !y.IsZero() {
				c.multiplier[i] = c.multiplier[i].Plus(step.Times(y))
			}
		}
	}
	weight := c.weight[q]
	// As logarithms: w is the weight that the devex rule gives to j by this pivot.
	for _, j := range c.Guess.alpha.Pattern {
		if w := math.Log2(math.Abs(c.Guess.alpha.Value[j])) - pivot + weight; w > c.weight[j] && !math.IsInf(w, 1) {
			c.weight[j] = w
		}
	}
	// The variable that leaves gets a weight from the pivot.
	c.weight[c.Head[r]] = max(weight-pivot, 0)
}

// perturb widens all bounds of basic variables a little, each by another amount, so that
// steps of length zero end. What is found then is made good in the next round. The
// amounts are about 2^−60, between the errors that are looked for and the precision of
// the numbers.
func (c *careful) perturb() {
	c.perturbed, c.stalledFor = true, 0
	// What is out already is what the run is about.
	for p, j := range c.Head {
		if c.outside[p] != 0 {
			continue
		}
		by := extended.FromFloat(1 + c.random()).Shifted(-60)
		// Relative and absolute: small bounds are widened, too.
		c.low[j] = c.low[j].Minus(by.Plus(by.Times(c.low[j].Abs())))
		c.high[j] = c.high[j].Plus(by.Plus(by.Times(c.high[j].Abs())))
	}
}
