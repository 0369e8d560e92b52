package fm

import (
	"context"
	"slices"

	"pstar/rational"
)

// A line is a homogeneous row with the multipliers that make it: first the
// columns, then one multiplier for each row of the system, in its scaled form.
// Those of inequalities are not negative, those of equations may be.
type line rational.Vector

// An equality is a line that reads = 0.
type equality struct {
	line
	pivot int // the column solved for, -1 if none yet
}

// reduce adds a multiple of e to l so that column c, the pivot of e, vanishes.
// Its numbers have no common divisor afterwards, so that they do not grow without need.
// Multipliers change with the columns, as they stand behind them.
func (l line) reduce(e *equality, c int) line {
	if l[c].IsZero() {
		return l
	}
	// The line itself is multiplied by a positive number, so that an inequality keeps its
	// direction; the equality takes either sign.
	a, b := e.line[c], l[c].Neg()
	if a.Sign() < 0 {
		a, b = a.Neg(), b.Neg()
	}
	return line(rational.CombinePrimitive(a, rational.Vector(l), b, rational.Vector(e.line)))
}

// gauss is the state of the substitution of equations.
type gauss struct {
	columns    int
	eliminate  []int // columns
	lines      []line
	strict     []bool
	origin     []int // the row of the system that each line comes from
	equalities []*equality
	solved     []*equality     // for eliminated columns, in order of use
	pivots     []*equality     // for columns that are kept
	interior   rational.Vector // a point with every line positive, if one was asked for
}

// substitute uses up the equalities: first for eliminated columns, each time the
// one that fills in least, then for the columns kept, the last one first. It
// returns an equality that reads 0 = constant, if there is one, or the cause of
// the end of ctx.
// Every call of use takes one equality off the list, so it ends.
func (g *gauss) substitute(ctx context.Context) (contradiction *equality, err error) {
	for {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		e, c := g.cheapest()
		if e == nil {
			break
		}
		// An equation that contains an eliminated variable defines it: it leaves with the
		// variable, and is kept for Lift only.
		g.use(e, c)
		g.solved = append(g.solved, e)
	}
	for len(g.equalities) > 0 {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		e := g.equalities[0]
		c := e.last(g.columns)
		switch {
		// It relates variables and symbols that stay, so it belongs to the projection. Solved for
		// a column, it takes this out of all rows, which makes them unique.
		case c > 0:
			g.use(e, c)
			g.pivots = append(g.pivots, e)
		case c == 0:
			return e, nil
		default: // 0 = 0
			g.equalities = g.equalities[1:]
		}
	}
	return nil, nil
}

// last returns the last column with an entry, 0 if only the constant has one and
// -1 if none.
// Multipliers are not looked at.
func (e *equality) last(columns int) int {
	for c := columns - 1; c >= 0; c-- {
		if !e.line[c].IsZero() {
			return c
		}
	}
	return -1
}

// cheapest returns the equality and the column to eliminate with the least
// number of entries that substitution can create (Markowitz' count).
// It takes time of all lines for each column; of equals the first one is taken.
func (g *gauss) cheapest() (best *equality, column int) {
	least := 0
	for _, c := range g.eliminate {
		holders := 0
		for _, l := range g.lines {
			if !l[c].IsZero() {
				holders++
			}
		}
		for _, e := range g.equalities {
			if !e.line[c].IsZero() {
				holders++
			}
		}
		for _, e := range g.equalities {
			if e.line[c].IsZero() {
				continue
			}
			// Each other line with an entry in the column may get as many new entries as the equality
			// has others.
			// The equality itself is a holder, and its pivot no new entry.
			if cost := (holders - 1) * (entries(e.line[:g.columns]) - 1); best == nil || cost < least {
				best, column, least = e, c, cost
			}
		}
	}
	return best, column
}

// The caller cuts off what is not to be counted.
func entries(v line) int {
	n := 0
	for _, x := range v {
		if !x.IsZero() {
			n++
		}
	}
	return n
}

// use solves e for column c everywhere else and takes it off the list.
// Equalities solved before for eliminated columns are not touched: they are for going back,
// last first.
func (g *gauss) use(e *equality, c int) {
	e.pivot = c
	g.equalities = slices.DeleteFunc(g.equalities, func(f *equality) bool { return f == e })
	// The pivots are reduced as well, so that each has its column for itself.
	for _, f := range slices.Concat(g.equalities, g.pivots) {
		f.line = f.line.reduce(e, c)
	}
	for i, l := range g.lines {
		g.lines[i] = l.reduce(e, c)
	}
}
