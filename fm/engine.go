package fm

import (
	"context"

	"pstar/fm/internal/vector"
	"pstar/internal/bitset"
	"pstar/rational"
)

// row is a row of the elimination: an entry for each column of the engine, then
// the multiplier of each base row.
type row struct {
	id      int
	v       vector.Vector
	history bitset.Set // base rows with a positive multiplier
	holds   bitset.Set // eliminated variables that occur in those
	strict  bool
	facet   bool // known to be needed even among closed rows
}

// engine eliminates variables from base rows.
type engine struct {
	columns       []int // the column of the system behind each entry
	firstVariable int   // the column of the first variable
	eliminate     []int // entries still to be eliminated
	base          int   // number of base rows
	exact         bool  // the base rows are independent: minimal histories are needed
	trivial       int   // id of the trivial row
	level         Level
	table         []*row     // by id
	rows          []*row     // the system now
	eliminated    bitset.Set // by column of the system
	steps         []Step
	peak          int
	candidates    int
	interior      rational.Vector // positive in every row, over the columns; nil if unknown
	progress      func(Progress)
	ignore        map[Reason]bool
}

// newEngine takes the base rows: vectors over the given columns. It fails only if ctx
// ends.
func newEngine(ctx context.Context, columns, eliminate []int, base []rational.Vector, strict []bool) (*engine, error) {
	e := &engine{columns: columns, base: len(base), trivial: -1}
	width := 0
	for entry, c := range columns {
		// As wide as the largest column, so that sets over columns of the system fit.
		width = max(width, c+1)
		// Entries are numbered within the engine, columns in the system: equations have used up
		// some of these.
		for _, x := range eliminate {
			if x == c {
				e.eliminate = append(e.eliminate, entry)
			}
		}
	}
	e.eliminated = bitset.New(width)
	for i, a := range base {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		v := make(rational.Vector, 0, len(columns)+len(base))
		for _, c := range columns {
			v = append(v, a[c])
		}
		// The multipliers of a base row over the base rows: a unit vector.
		for j := range base {
			v = append(v, rational.NewInt(int64(b2i(i == j))))
		}
		r := &row{id: i, v: vector.New(v), history: bitset.New(len(base)), holds: bitset.New(width), strict: strict[i]}
		// Beside the numbers, which rows have a positive multiplier is kept as a set: most
		// comparisons look at nothing else.
		r.history.Add(i)
		for _, entry := range e.eliminate {
			if r.v.Sign(entry) != 0 {
				r.holds.Add(columns[entry])
			}
		}
		e.table = append(e.table, r)
	}
	e.rows = append(e.rows, e.table...)
	e.peak = len(e.rows)
	return e, nil
}

// setInterior takes a point over the columns of the system. Since it is positive
// in the base rows, it is so in all rows that arise.
func (e *engine) setInterior(point rational.Vector) {
	if point == nil {
		return
	}
	for _, c := range e.columns {
		e.interior = append(e.interior, point[c])
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// add gives a new row its number.
func (e *engine) add(r *row) *row {
	r.id = len(e.table)
	e.table = append(e.table, r)
	return r
}

// combine returns the row in which entry c of p and n cancels, without a number.
func (e *engine) combine(p, n *row, c int) (*row, Combination) {
	r := &row{id: -1, history: bitset.New(e.base), holds: make(bitset.Set, len(p.holds)), strict: p.strict || n.strict}
	// Base rows that either combines; multipliers are positive, so that none cancels out.
	r.history.Unite(p.history, n.history)
	r.holds.Unite(p.holds, n.holds)
	k := Combination{Row: -1, Positive: p.id, Negative: n.id}
	r.v, k.P, k.N = vector.Cancel(&p.v, &n.v, c)
	return r, k
}

// run eliminates everything. It returns a contradictory row if it meets one.
func (e *engine) run(ctx context.Context, inOrder bool) (contradiction *row, err error) {
	// Dependent base rows may be redundant already; dropped now, they make no pairs.
	if !e.exact {
		if contradiction, err = e.clean(ctx); contradiction != nil || err != nil {
			return contradiction, err
		}
	}
	for total := len(e.eliminate); len(e.eliminate) > 0; {
		i := 0
		// Any order is right; the one that makes the fewest pairs next is a good guess at the
		// cheapest.
		if !inOrder {
			i = e.fewestProducts()
		}
		c := e.eliminate[i]
		e.eliminate = append(e.eliminate[:i:i], e.eliminate[i+1:]...)
		if contradiction, err = e.step(ctx, c); contradiction != nil || err != nil {
			return contradiction, err
		}
		if e.progress != nil {
			e.progress(Progress{Step: total - len(e.eliminate), Steps: total, Rows: len(e.rows)})
		}
	}
	return nil, nil
}

// fewestProducts returns the place in e.eliminate of the entry whose elimination
// combines the fewest pairs of rows; among equals, the one that removes most.
func (e *engine) fewestProducts() int {
	best, least, most := 0, 0, 0
	for i, c := range e.eliminate {
		// The pairs that would be combined, and the rows that would go.
		positive, negative := 0, 0
		for _, r := range e.rows {
			switch r.v.Sign(c) {
			case 1:
				positive++
			case -1:
				negative++
			}
		}
		products, removed := positive*negative, positive+negative
		if i == 0 || products < least || products == least && removed > most {
			best, least, most = i, products, removed
		}
	}
	return best
}
