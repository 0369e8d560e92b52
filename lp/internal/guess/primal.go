package guess

import (
	"context"
	"math"

	"pstar/lp/internal/guess/internal/lu"
)

// primal runs the primal simplex method with devex pricing (P. M. J. Harris, 1973)
// from a basis that is feasible but for rounding.
//
// The dual method has made it so; where bounds of basic variables are violated by
// rounding, they count as reached. Its list of attractive variables keeps pricing
// short: most variables are not, for many steps. The bounds may have been perturbed at
// the end.
func (g *Guess) primal(ctx context.Context) Belief {
	fresh, stalled, failures, perturbed := len(g.etaAt) == 0, 0, 0, false
	// Weights of the devex rule are those of a reference framework, which is begun
	// anew.
	g.setWeights()
	copy(g.reference, g.first)
	// The sieve narrows the rows in use; nobody else should see that.
	defer func() { g.rowsInUse = &g.byRow }()
	list := func() {
		g.listAll()
		g.sift()
	}
	list()
	// All prices are computed anew with the factorisation.
	renew := func() bool {
		fresh = g.refactor()
		list()
		return fresh
	}
	for g.tick(ctx) {
		if g.stale() && !renew() {
			break
		}
		// The best of the attractive ones, and what blocks it.
		q, r, step, direction := g.entering(), nothing, 0.0, 0.0
		if q >= 0 {
			g.tableauColumn(q)
			direction = g.direction(q)
			r, step = g.primalRatio(q, direction)
		}
		switch {
		// Believed only of a fresh factorisation, which computes all reduced costs
		// anew, those outside of the sieve included.
		case r == nothing && !fresh:
			if !renew() {
				return Belief{}
			}
		case q < 0:
			return Belief{Outcome: Optimal}
		case r == nothing:
			return Belief{Outcome: Unbounded, Entering: q}
		case g.primalStep(r, q, direction, step):
			fresh = false
			// Steps of no length, which perturbed bounds end; once is enough.
			if step > 1e-12 {
				stalled = 0
			} else if stalled++; stalled > 100 && !perturbed {
				g.perturbBounds()
				perturbed, stalled = true, 0
			}
		default:
			if failures++; failures > maxFailures || !renew() {
				return Belief{}
			}
			// The column is made unattractive for a while.
			g.reference[q] *= 1e4 // try another column
		}
	}
	return Belief{}
}

// direction is the way in which variable q lowers the objective. The reduced cost is
// not 0.
func (g *Guess) direction(q int32) float64 {
	if g.d[q] < 0 {
		return 1
	}
	return -1
}

// entering returns the nonbasic variable of the best price, or −1. Only those on the
// list of attractive variables can have one; the others leave the list here. The list
// may hold variables that are no longer attractive.
func (g *Guess) entering() int32 {
	best, at := 0.0, int32(-1)
	kept := g.attractive[:0]
	for _, j := range g.attractive {
		price := g.price(j)
		// When its reduced cost changes again, updatePrices lists it anew.
		if price == 0 {
			g.listed[j] = false
			continue
		}
		kept = append(kept, j)
		// Ties go to the smaller number, so that the order of the list does not matter.
		if weight := g.reference[j]; price > best*weight || price == best*weight && j < at {
			best, at = price/weight, j
		}
	}
	g.attractive = kept
	return at
}

// price returns the square of the rate at which moving variable j improves the
// objective, or zero if it does not. The test of the sign: from its bound it can move
// in one direction only.
func (g *Guess) price(j int32) float64 {
	// Within the tolerance it is taken for 0.
	d := g.d[j]
	if math.Abs(d) <= dualFeasible {
		return 0
	}
	// On a lower bound only a negative reduced cost is of use, on an upper one a
	// positive one.
	if w := g.Where[j]; w == InBasis || w == AtLower && d > 0 || w == AtUpper && d < 0 || g.lower[j] == g.upper[j] {
		return 0
	}
	return d * d
}

// list puts variable j, which is not on it, on the list of attractive variables if it
// belongs there. Its price may be 0 for this point only; it is asked again when its
// reduced cost changes.
func (g *Guess) list(j int32) {
	if g.price(j) > 0 {
		g.listed[j] = true
		g.attractive = append(g.attractive, j)
	}
}

// listAll makes the list of attractive variables anew.
func (g *Guess) listAll() {
	clear(g.listed)
	g.attractive = g.attractive[:0]
	for j := range g.d {
		g.list(int32(j))
	}
}

// primalRatio returns the position that blocks the move of q, or flip or nothing,
// and the length of the move. Of the positions that block within the tolerance
// it takes the one with the largest pivot.
//
// Two passes (Harris): the first finds how far the move can go if each bound may be
// exceeded by the tolerance, the second the largest pivot among those that block before
// that.
func (g *Guess) primalRatio(q int32, direction float64) (int, float64) {
	limit := math.Inf(1)
	// With the tolerance, so that the second pass has a choice.
	for _, p := range g.col.Pattern {
		// A variable that does not move, or has no bound on that side, blocks nothing.
		if room, rate, ok := g.room(p, direction); ok {
			limit = min(limit, (room+feasible)/rate)
		}
	}
	// Its own other bound comes first; no exchange is needed.
	span := g.upper[q] - g.lower[q]
	if span <= limit && !math.IsInf(span, 1) {
		return flip, span
	}
	r, best, step := nothing, 0.0, 0.0
	// The largest pivot among those that block within the limit.
	for _, p := range g.col.Pattern {
		if room, rate, ok := g.room(p, direction); ok && room/rate <= limit && rate > best {
			r, best, step = int(p), rate, max(room/rate, 0)
		}
	}
	return r, step
}

// room returns how far the basic variable at position p is from the bound that it
// approaches, and how fast. A basic variable that is beyond its bound by rounding has
// no room.
func (g *Guess) room(p int32, direction float64) (room, rate float64, ok bool) {
	// The rate at which it moves, by the direction of q.
	rate = -direction * g.col.Value[p]
	j := g.Head[p]
	switch {
	case rate > noPivot:
		return max(g.upper[j]-g.x[j], 0), rate, !math.IsInf(g.upper[j], 1)
	case rate < -noPivot:
		return max(g.x[j]-g.lower[j], 0), -rate, !math.IsInf(g.lower[j], -1)
	}
	return 0, 0, false
}

// primalStep moves q and, unless it flips, brings it into the basis at position r;
// it reports whether row and column of the tableau agree well enough to do so. A flip
// changes no basis and needs no pivot.
func (g *Guess) primalStep(r int, q int32, direction, step float64) bool {
	if r != flip {
		// As in the dual method, the pivot by row and by column tells of the accuracy.
		g.tableauRow(r)
		pivot, other := g.col.Value[r], g.alpha.Value[q]
		if math.Abs(pivot-other) > 1e-7*(1+math.Abs(pivot)) {
			return false
		}
	}
	for _, p := range g.col.Pattern {
		g.x[g.Head[p]] -= direction * step * g.col.Value[p]
	}
	if r == flip {
		if g.Where[q] == AtLower {
			g.Where[q], g.x[q] = AtUpper, g.upper[q]
		} else {
			g.Where[q], g.x[q] = AtLower, g.lower[q]
		}
		return true
	}
	g.x[q] += direction * step
	g.updatePrices(r, q)
	p, place := g.Head[r], AtLower
	// It goes to the bound that it moved towards.
	if g.col.Value[r]*direction < 0 {
		place = AtUpper
	}
	// Exactly on its bound, whatever rounding says.
	if place == AtLower {
		g.x[p] = g.lower[p]
	} else {
		g.x[p] = g.upper[p]
	}
	g.exchange(r, q, place)
	// The weight of the dual method for this position is no longer known.
	g.edge[r] = 1
	return true
}

// updatePrices brings reduced costs and devex weights up to date. Only variables with
// an entry in the row change. Weights never fall in this way, until they are set anew.
func (g *Guess) updatePrices(r int, q int32) {
	pivot := g.alpha.Value[q]
	step := g.d[q] / pivot
	weight := g.reference[q]
	alpha, d, reference, listed := g.alpha.Value, g.d, g.reference, g.listed
	for _, j := range g.alpha.Pattern {
		a := alpha[j]
		if math.Abs(a) < lu.Dropped {
			continue
		}
		d[j] -= step * a
		k := a / pivot
		// The weight grows if the pivot row says so.
		if w := k * k * weight; w > reference[j] {
			reference[j] = w
		}
		// It may have become attractive.
		if !listed[j] {
			g.list(j)
		}
	}
	p := g.Head[r]
	// q is basic now, and p, whose reduced cost was 0, is not.
	g.d[q], g.d[p] = 0, -step
	// It is at least what it began with.
	g.reference[p] = max(weight/(pivot*pivot), g.first[p])
}

// perturbBounds widens the bounds of the basic variables a little, each by another
// amount. Then several variables no longer reach their bounds at once. The dual method
// makes good what this has moved.
func (g *Guess) perturbBounds() {
	for _, j := range g.Head {
		g.lower[j] -= (1 + math.Abs(g.lower[j])) * (0.5 + g.random()) * 1e-7
		g.upper[j] += (1 + math.Abs(g.upper[j])) * (0.5 + g.random()) * 1e-7
	}
}
