package lp

import (
	"context"

	"pstar/lp/internal/equations"
	"pstar/lp/internal/guess"
	"pstar/rational"
)

// exactPivots is the primal simplex method in exact arithmetic from the basis at
// hand. It stops by the argument given for the type simplex: the same two phases,
// the same reading of a variable that is out of bounds, and Bland's rule after
// stallLimit steps of length zero. Every step factors its basis anew and costs three
// exact solutions, which is slow, but a good guess leaves few steps to do.
func (r *revised) exactPivots(ctx context.Context) (*Result, error) {
	r.factorExact(false)
	r.stalled = 0
	feasible := false
	for {
		r.progress(Progress{"exact pivots", r.pivotCount()})
		x, err := r.values(ctx)
		if err != nil {
			return nil, err
		}
		sides, any := r.sides(x)
		// From here on the true costs are in use, and nothing gets out of bounds any more.
		if !any && !feasible {
			feasible, r.stalled = true, 0
		}
		cost := r.trueCost
		// In the first phase a variable out of bounds costs its distance, with a slope below zero
		// below them. Others cost nothing, and nonbasic ones are within theirs.
		if any {
			slope := distances(sides, r.guess.Scales(r.at.Head))
			costs := make([]rational.Int, len(r.at.Where))
			for p, j := range r.at.Head {
				costs[j] = slope[p]
			}
			cost = func(j int32) rational.Int { return costs[j] }
		}
		y, err := r.multipliersOf(ctx, cost)
		if err != nil {
			return nil, err
		}
		d := r.reduced(y, cost)
		q := r.price(d)
		// Nothing improves the objective of the phase: it is over, feasible or not.
		if q < 0 {
			return r.finished(ctx, any, x, y, d)
		}
		col, err := r.tableauColumn(ctx, q)
		if err != nil {
			return nil, err
		}
		m := exactMove{entering: q, direction: r.improves(int(q), d.num[q]), row: nothing}
		r.limitMove(&m, x, col, sides)
		// In the first phase something always blocks: the distances are not negative.
		if m.row == nothing {
			result, err := r.unboundedResult(ctx, q, int64(m.direction), x, col)
			if err != nil {
				return nil, err
			}
			return r.problem.mustVerify(ctx, result)
		}
		r.step(m)
	}
}

const (
	nothing = -1 // a move is not blocked
	flip    = -2 // the moving variable comes to its other bound

	// stallLimit is how many steps of length zero may follow each other before the least index decides.
	stallLimit = 100
)

// exactMove is a move along the edge of a nonbasic variable.
type exactMove struct {
	entering  int32
	direction int
	length    rational.Rat
	row       int  // the blocking position; or flip, or nothing
	place     int8 // where the variable at row goes
}

// price chooses the variable that enters: the one of the largest scaled reduced cost,
// or under Bland's rule the one of least index; −1 if there is none.
func (r *revised) price(d quotients) int32 {
	best, at := 0, int32(-1)
	for j, v := range d.num {
		if r.improves(j, v) == 0 {
			continue
		}
		// Bland's rule: the first that improves.
		if r.stalled > stallLimit {
			return int32(j)
		}
		// Lengths are enough to choose well, and scaling makes them comparable.
		size := v.BitLen() - d.den[j].BitLen() + r.guess.Scale(j)
		if at < 0 || size > best {
			best, at = size, int32(j)
		}
	}
	return at
}

// limitMove finds what blocks the move first. Of several that block at once a flip
// comes first, then the variable of least index.
func (r *revised) limitMove(m *exactMove, x, col []equations.Fraction, sides []int8) {
	q := m.entering
	if r.lower[q].Finite && r.upper[q].Finite {
		m.row, m.length = flip, r.upper[q].Value.Sub(r.lower[q].Value)
	}
	for p, j := range r.at.Head {
		// The basic variables move against their column.
		rate := col[p].Num.Sign() * -m.direction
		bound := r.blocking(j, rate, sides[p])
		if rate == 0 || !bound.Finite {
			continue
		}
		// Exact, since the order of two lengths decides which basis comes next.
		length := bound.Value.Sub(x[p].Rat()).Abs().Quo(col[p].Rat().Abs())
		order := -1
		if m.row != nothing {
			order = length.Cmp(m.length)
		}
		if order < 0 || order == 0 && m.row != flip && j < r.at.Head[m.row] {
			m.row, m.length, m.place = p, length, placeAt(rate, sides[p])
		}
	}
}

// blocking returns the bound that stops the basic variable j going in the given
// direction; see [simplex.blocking].
func (r *revised) blocking(j int32, direction int, outside int8) Bound {
	switch {
	case int(outside) == direction:
		return Bound{}
	case placeAt(direction, outside) == guess.AtLower:
		return r.lower[j]
	}
	return r.upper[j]
}

// placeAt tells which bound blocking returns.
func placeAt(direction int, outside int8) int8 {
	if outside < 0 || outside == 0 && direction < 0 {
		return guess.AtLower
	}
	return guess.AtUpper
}

// step carries out a blocked move.
func (r *revised) step(m exactMove) {
	if m.length.IsZero() {
		r.stalled++
	} else {
		r.stalled = 0
	}
	// Lower and upper add up to a constant, so that the difference is the other one.
	if m.row == flip {
		r.at.Where[m.entering] = guess.AtLower + guess.AtUpper - r.at.Where[m.entering]
		return
	}
	r.pivots++
	r.at.Where[r.at.Head[m.row]] = m.place
	r.at.Head[m.row] = m.entering
	r.at.Where[m.entering] = guess.InBasis
	r.factorExact(true)
}

// finished returns what the end of a phase proves. The multipliers of the first
// phase, in which a variable out of bounds has a cost of its own, refute the problem.
func (r *revised) finished(ctx context.Context, infeasible bool, x, y []equations.Fraction, d quotients) (*Result, error) {
	var result *Result
	var err error
	if infeasible {
		result, err = r.infeasibleResult(ctx, y)
	} else {
		result, err = r.optimalResult(ctx, x, y, d)
	}
	if err != nil {
		return nil, err
	}
	return r.problem.mustVerify(ctx, result)
}
