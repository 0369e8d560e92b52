package guess

import (
	"math"

	"pstar/internal/each"
)

// smallestRange bounds from below what ranges are taken for, as a part of the largest.
// A range of zero would be infinitely attractive.
const smallestRange = 1e-6

// setWeights sets the devex weights that the primal method begins with. They are the
// inverse squares of the ranges that the bounds of variables and rows leave to a
// variable, which amounts to scaling all variables so that these ranges are equal: of two
// that improve the objective at the same rate, the one that may go further comes first.
//
// Spans are found from bounds alone, with one pass over the rows; they need not be
// attained.
func (g *Guess) setWeights() {
	// The range that its own bounds leave.
	spans := each.To(len(g.first), func(j int) float64 { return g.upper[j] - g.lower[j] })
	// And what each row leaves.
	for i := range g.rows {
		g.limitSpans(i, spans)
	}
	// Infinite spans say nothing of the scale.
	largest := 0.0
	for _, s := range spans {
		if !math.IsInf(s, 1) {
			largest = max(largest, s)
		}
	}
	for j, s := range spans {
		g.first[j] = 1
		// Variables without a finite span, or with the largest one, have weight 1,
		// others more.
		if s < largest {
			part := max(s/largest, smallestRange)
			g.first[j] = 1 / (part * part)
		}
	}
}

// limitSpans lowers the spans of the variables of row i to what its bounds imply if all
// the others are at their best. Only variables with a bound from which that starts
// have one. least and greatest are what the row can be at all; what its bounds leave
// beside that is room for one variable.
func (g *Guess) limitSpans(i int, spans []float64) {
	index, value := g.byRow.Part(i)
	logical := g.columns + i
	least, greatest := 0.0, 0.0
	// Whichever sign the coefficient has.
	for e, j := range index {
		a, b := value[e]*g.lower[j], value[e]*g.upper[j]
		least, greatest = least+min(a, b), greatest+max(a, b)
	}
	up, down := g.upper[logical]-least, greatest-g.lower[logical]
	for e, j := range index {
		v := math.Abs(value[e])
		// From below by one side of the row, from above by the other.
		for _, room := range [2]float64{up, down} {
			// Room below 0 is that of a row that cannot hold: it is no span.
			if room >= 0 && room/v < spans[j] {
				spans[j] = room / v
			}
		}
	}
}
