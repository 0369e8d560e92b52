package fm

import (
	"context"

	"pstar/lp"
	"pstar/rational"
)

// dropImplied drops the rows that others imply, by linear programs, until none is
// left. First the rows are read as closed, and the facets are found
// (K. L. Clarkson 1994): each row is tested against the facets known so far; if they do not
// imply it, the line from an interior point to the point that shows it
// leaves the polyhedron through a facet, which is known from then on. So the linear
// programs are only as large as the result. Then strict rows that only closed
// ones imply are tested against all others.
// An error is the cause of the end of ctx, or that of a linear program.
func (p *pool) dropImplied(ctx context.Context) error {
	// With room for all: a facet once found stays.
	facets := make([]*row, 0, len(p.alive))
	guess := newGuesser(p.engine, p.alive)
	var open []*candidate
	for _, k := range p.alive {
		// What was a facet before the step and is a row still is a facet of the projection: the
		// step has only taken a coordinate away. The trivial row may be used in proofs, and is
		// never dropped.
		if k.facet || p.engine.isTrivialRow(k.row) {
			facets = append(facets, k.row)
			guess.add(k.row)
		} else {
			open = append(open, k)
		}
	}
	for i, k := range open {
		// Each pass either settles the row or finds a facet that was not known: so it ends.
		for !k.facet && !k.gone && !k.closed {
			if err := ctx.Err(); err != nil {
				return context.Cause(ctx)
			}
			shares, point, ok := guess.imply(k.row)
			// Floating point found nothing that exact numbers confirm.
			if !ok {
				var err error
				if shares, point, err = p.engine.imply(ctx, k.row, facets); err != nil {
					return err
				}
			}
			switch {
			// The facets known do not imply it. Somewhere on the way to the point where it fails there
			// is a facet that is not known; it need not be this row.
			case shares == nil:
				facet, err := p.leave(ctx, point, open[i:], k)
				if err != nil {
					return err
				}
				if facet != nil {
					facet.facet = true
					facets = append(facets, facet.row)
					guess.add(facet.row)
				}
			// Closed rows imply that it is >= 0, not that it is > 0. Whether strict rows do is asked
			// at the end, when all are known.
			case k.strict && !holdsStrict(shares):
				k.closed = true
			default:
				p.bury(k, Linear, shares)
			}
		}
	}
	return p.dropClosed(ctx)
}

// leave returns the row through which the line from the interior point to the
// given one, at which k is negative, leaves first. If several rows tie, k itself
// is tested against all others, and returned if it is a facet.
func (p *pool) leave(ctx context.Context, point rational.RatVector, open []*candidate, k *candidate) (*candidate, error) {
	// Only the direction matters, and whole numbers are quicker.
	to := point.Primitive()
	var first *candidate
	// Values are compared as fractions at/from without dividing.
	var inside, outside rational.Int // values of the first row at both ends
	tie := false
	for _, c := range open {
		// Facets known already hold at the point; the others of these are settled.
		if c.gone || c.facet || c.closed {
			continue
		}
		a := c.v.Integers(0, len(p.engine.columns))
		at := a.Dot(to)
		// The row holds at the end as well, so that the line does not leave through it.
		if at.Sign() >= 0 {
			continue
		}
		from := a.Dot(p.engine.interior)
		// The line is left at the share from/(from - at), the less the earlier.
		order := -1
		if first != nil {
			order = from.Mul(outside).Cmp(inside.Mul(at)) * -1
		}
		switch {
		case order < 0:
			first, inside, outside, tie = c, from, at, false
		case order == 0:
			tie = true
		}
	}
	// A single row is left first, in a point where all others are positive: it is a facet.
	if !tie {
		return first, nil
	}
	// The line leaves through a face of lower dimension, where several rows are 0, of which
	// some may be no facets. The row itself is decided by one program over all others; the
	// loop goes on with what it has learnt.
	// It may come out as closed or dropped, too; then no facet is known, and the loop looks
	// at it again.
	shares, _, err := p.engine.imply(ctx, k.row, p.others(k))
	switch {
	case err != nil:
		return nil, err
	case shares == nil:
		return k, nil
	case k.strict && !holdsStrict(shares):
		k.closed = true
	default:
		p.bury(k, Linear, shares)
	}
	return nil, nil
}

// dropClosed tests the strict rows that are implied as closed ones.
// Each against all others that are left, as dropping one may need the other.
func (p *pool) dropClosed(ctx context.Context) (err error) {
	p.drop(func(k *candidate) ([]share, Reason, bool) {
		if err != nil || !k.closed {
			return nil, NoReason, false
		}
		var shares []share
		shares, err = p.engine.implyStrictly(ctx, k.row, p.others(k))
		return shares, Linear, shares != nil
	})
	return err
}

func holdsStrict(shares []share) bool {
	for _, s := range shares {
		if s.row.strict {
			return true
		}
	}
	return false
}

// imply writes r as a nonnegative combination of other rows, all read as closed,
// or returns nil and a point at which r is negative and no other row is.
// All rows are read as ≥ 0 here, the strict ones too.
func (e *engine) imply(ctx context.Context, r *row, others []*row) (shares []share, point rational.RatVector, err error) {
	p := &lp.Problem{Sense: lp.Minimise}
	entries := e.occurring(append([]*row{r}, others...))
	for _, c := range entries {
		p.AddVariable(lp.Variable{Cost: rational.RatFromInt(r.v.At(c))})
	}
	// The rows are homogeneous: a point where r is negative can be scaled until r is −1. So
	// the optimum is 0 or −1, never unbounded.
	p.AddRow(lp.Row{Terms: e.terms(r, entries), Lower: lp.At(rational.NewRat(-1, 1))})
	for _, o := range others {
		p.AddRow(lp.Row{Terms: e.terms(o, entries), Lower: lp.At(rational.Rat{})})
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, nil, err
	}
	if !result.Value.IsZero() {
		// The columns that no row has are 0 in the point.
		point = make(rational.RatVector, len(e.columns))
		for i, c := range entries {
			point[c] = result.Primal[i]
		}
		return nil, point, nil
	}
	// At the optimum 0 the bound -1 is not met, so that its multiplier is 0.
	shares = []share{}
	// Multipliers that are 0 take no part in the proof.
	for i, o := range others {
		if y := result.Dual[1+i]; y.Sign() > 0 {
			shares = append(shares, share{o, y})
		}
	}
	return shares, nil, nil
}

// implyStrictly writes r as a nonnegative combination of other rows with the
// greatest sum of multipliers of strict rows, and returns nil if that sum is 0:
// then the strict row r excludes points that the others allow.
// It is for a row that closed ones imply: strictness needs one strict row in the sum.
func (e *engine) implyStrictly(ctx context.Context, r *row, others []*row) ([]share, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	for _, o := range others {
		p.AddVariable(lp.Variable{Cost: rational.NewRat(int64(b2i(o.strict)), 1), Lower: lp.At(rational.Rat{})})
	}
	for _, c := range e.occurring(append([]*row{r}, others...)) {
		// Column by column, the combination is r itself, so that its multipliers are a proof.
		right := lp.At(rational.RatFromInt(r.v.At(c)))
		line := lp.Row{Lower: right, Upper: right}
		for i, o := range others {
			if o.v.Sign(c) != 0 {
				line.Terms = append(line.Terms, lp.Term{Variable: i, Coefficient: rational.RatFromInt(o.v.At(c))})
			}
		}
		p.AddRow(line)
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	// Without an optimum the others do not imply r even as a closed row.
	if err != nil || result.Verdict != lp.Optimal || result.Value.IsZero() {
		return nil, err
	}
	var shares []share
	for i, o := range others {
		if y := result.Primal[i]; y.Sign() > 0 {
			shares = append(shares, share{o, y})
		}
	}
	return shares, nil
}

// boundary returns a point at which r is 0 and the others hold, the strict ones
// strictly, or nil if there is none.
// It shows that the strict row r excludes points that the others do not.
func (e *engine) boundary(ctx context.Context, r *row, others []*row) (rational.RatVector, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	entries := e.occurring(append([]*row{r}, others...))
	for range entries {
		p.AddVariable(lp.Variable{})
	}
	one := rational.NewRat(1, 1)
	// How far all strict rows can be above 0 at once.
	gap := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{}), Upper: lp.At(one)})
	zero := lp.At(rational.Rat{})
	p.AddRow(lp.Row{Terms: e.terms(r, entries), Lower: zero, Upper: zero})
	for _, o := range others {
		terms := e.terms(o, entries)
		// Strict rows are positive by at least the gap, which is then made as large as possible;
		// rows being homogeneous, 1 is as good as any bound.
		if o.strict {
			terms = append(terms, lp.Term{Variable: gap, Coefficient: one.Neg()})
		}
		p.AddRow(lp.Row{Terms: terms, Lower: zero})
	}
	result, err := lp.Solve(ctx, p, lp.Options{})
	// Without a gap some strict row is 0 wherever r is.
	if err != nil || result.Value.IsZero() {
		return nil, err
	}
	point := make(rational.RatVector, len(e.columns))
	for i, c := range entries {
		point[c] = result.Primal[i]
	}
	return point, nil
}

// occurring lists the columns in which some row has an entry.
// Fewer columns make smaller programs; the others do not matter.
func (e *engine) occurring(rows []*row) []int {
	var entries []int
	for c := range e.columns {
		for _, r := range rows {
			if r.v.Sign(c) != 0 {
				entries = append(entries, c)
				break
			}
		}
	}
	return entries
}

// Only entries: rows are mostly zeros.
func (e *engine) terms(r *row, entries []int) []lp.Term {
	var terms []lp.Term
	for i, c := range entries {
		if r.v.Sign(c) != 0 {
			terms = append(terms, lp.Term{Variable: i, Coefficient: rational.RatFromInt(r.v.At(c))})
		}
	}
	return terms
}
