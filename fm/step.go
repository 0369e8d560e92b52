package fm

import (
	"context"

	"pstar/internal/bitset"
	"pstar/internal/each"
)

// candidate is a row that may be in the system after a step: one that stays, or
// a combination. Reason is what its history gives against it, NoReason if
// nothing.
type candidate struct {
	*row
	from   Combination
	reason Reason
	gone   bool // dropped
	closed bool // implied by other rows, all read as closed
}

// step eliminates entry c. Every pair of rows of opposite sign is combined, or
// dropped with a proof.
func (e *engine) step(ctx context.Context, c int) (contradiction *row, err error) {
	e.eliminated.Add(e.columns[c])
	var positive, negative, zero []*row
	for _, r := range e.rows {
		switch r.v.Sign(c) {
		// A row is a lower bound of the variable, an upper bound, or free of it.
		case 1:
			positive = append(positive, r)
		case -1:
			negative = append(negative, r)
		default:
			zero = append(zero, r)
		}
	}
	s := Step{Variable: e.columns[c] - e.firstVariable, Before: ids(e.rows)}
	// How many rows the step would have without any drop.
	e.candidates = max(e.candidates, len(zero)+len(positive)*len(negative))
	kept, dropped, err := e.pairs(ctx, c, positive, negative)
	if err != nil {
		return nil, err
	}
	// Rows without the variable stay, in front and in their order, but may be implied by what
	// is new: they are candidates, too.
	if !e.exact {
		for i := len(zero) - 1; i >= 0; i-- {
			kept = append([]*candidate{{row: zero[i], from: Combination{Row: zero[i].id}}}, kept...)
		}
		return e.settle(ctx, s, kept, dropped)
	}
	// Histories have decided: rows without the variable have minimal ones still, since
	// histories are compared with theirs.
	e.rows = zero
	for _, k := range kept {
		e.number(&s, k)
		e.rows = append(e.rows, k.row)
	}
	for _, d := range dropped {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		r, from := e.combine(e.table[d.from.Positive], e.table[d.from.Negative], c)
		// The proof of a drop is written only now, in terms of rows that stay: the row is a sum of
		// extreme rays of the cone of histories that lie within its own support.
		proof, ok := e.decompose(r, e.rows)
		// The rows kept are all extreme rays; a remainder that is not zero would contain another
		// one.
		if !ok {
			panic("fm: a row with a history that is not minimal is not a sum of the rows kept")
		}
		s.Dropped = append(s.Dropped, Drop{from, d.reason, terms(proof)})
	}
	e.finish(s)
	return nil, nil
}

// finish files a step whose rows are in place.
func (e *engine) finish(s Step) {
	s.After = ids(e.rows)
	e.peak = max(e.peak, len(e.rows))
	e.steps = append(e.steps, s)
}

// number gives a combination that is kept its number.
func (e *engine) number(s *Step, k *candidate) {
	// It has had one since before this step.
	if k.row.id >= 0 {
		return
	}
	e.add(k.row)
	k.from.Row = k.row.id
	s.New = append(s.New, k.from)
}

func ids(rows []*row) []int {
	return each.Of(rows, func(r *row) int { return r.id })
}

// pairs combines rows of opposite sign and sorts out those whose history is not
// minimal. If histories decide, their rows are not even computed here.
func (e *engine) pairs(ctx context.Context, c int, positive, negative []*row) (kept, dropped []*candidate, err error) {
	union := bitset.New(e.base)
	others := newScan(e.rows)
	for _, p := range positive {
		if err := ctx.Err(); err != nil {
			return nil, nil, context.Cause(ctx)
		}
		for _, n := range negative {
			k := &candidate{reason: NoReason}
			// At the levels above, nothing may be dropped for its history, so that it is not looked
			// at.
			if e.level <= History {
				union.Unite(p.history, n.history)
				k.reason = e.judge(union, p, n, others)
			}
			// Most pairs end here. Their sums of hundreds of numbers are made one at a time when the
			// drop is proved, and not kept.
			if e.exact && k.reason != NoReason {
				k.from = Combination{Positive: p.id, Negative: n.id}
			} else {
				k.row, k.from = e.combine(p, n, c)
			}
			if k.reason == NoReason {
				kept = append(kept, k)
			} else {
				dropped = append(dropped, k)
			}
		}
	}
	return kept, dropped, nil
}

// judge says why the union of two histories is not minimal, if it is not.
//
// Count: a minimal history H is that of an extreme ray y of the cone {y >= 0,
// y'A = 0}, A the columns of the eliminated variables. Of these only the ones
// that base rows in H hold matter, so that |H| is at most one more than their
// number (Imbert's bound; with all eliminated variables it is Kohler's).
//
// Subset: Chernikov's rule.
func (e *engine) judge(union bitset.Set, p, n *row, others *scan) Reason {
	held := 0
	// The words of two sets are joined and counted in one pass; this is the innermost loop of
	// the elimination.
	for i, w := range e.eliminated {
		held += onesCount((p.holds[i] | n.holds[i]) & w)
	}
	if union.Count() > 1+held && !e.ignore[Count] {
		return Count
	}
	if !e.ignore[Subset] && others.within(union, p, n) {
		return Subset
	}
	return NoReason
}
