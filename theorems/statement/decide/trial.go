package decide

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"

	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

// trials is how many points are tried for a counterexample to a claim with products of
// symbols. Each costs two linear programs or more, so that it says how long it takes
// until a claim is called undecided.
const trials = 400

// enough is after how many counterexamples the simplest one is taken. Among twenty the
// simplest one is readable.
const enough = 20

// trial looks for a point that refutes a row of a problem with products of symbols: some of the symbols get values at which the linear facts can
// hold, so that what is left is linear, and a program decides whether some row can fail
// there. Of several the simplest one is taken. It is nil if none is found, which says
// nothing. The generator of random numbers is seeded with a constant, so that a file
// has the same counterexample each time.
func trial(ctx context.Context, p *statement.Problem) (*Settled, error) {
	// Once these symbols have values, all facts and rows are linear in the others.
	fixed := fixable(p)
	r := rand.New(rand.NewPCG(1, 1))
	var corners []farkas.Point
	var best *Settled
	found := 0
	for n := range trials {
		stage(ctx, "a counterexample, %d of %d points tried", n, trials)
		corner, err := linearPoint(ctx, p, r, int64(1+4*n/trials)) // small numbers first
		if err != nil {
			return nil, err
		}
		// No point within the bound has the linear facts; a larger bound may.
		if corner == nil {
			continue
		}
		// All corners are kept: points between them are inside, where products take
		// values that corners do not.
		corners = append(corners, corner)
		point := between(corners, r)
		values := map[int]rational.Rat{}
		for _, k := range fixed {
			values[k] = point[k]
		}
		// Whether the facts with products can hold is asked only now, together with the
		// row.
		s, err := failsAt(ctx, p, values)
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		if best == nil || s.Point.Less(best.Point) {
			best = s
		}
		if found++; found == enough {
			break
		}
	}
	return best, nil
}

// between is a point between the last one and up to three others, perhaps the last one
// itself. A corner lies on the boundary of the linear facts; most counterexamples are
// there, some are not.
func between(corners []farkas.Point, r *rand.Rand) farkas.Point {
	point := corners[len(corners)-1]
	for n := range r.Int64N(4) {
		other := corners[r.IntN(len(corners))]
		point = point.Towards(other, rational.NewRat(1+r.Int64N(2), n+3))
	}
	return point
}

// fixable are symbols without which all is linear: always the one next that stands in
// most products. A greedy cover of the products, which need not be the smallest one.
func fixable(p *statement.Problem) (list []int) {
	for {
		// The count is made anew each time: products of which a symbol is fixed are
		// linear now.
		count := map[int]int{}
		for _, row := range slices.Concat(p.Facts, p.Rows) {
			for _, t := range row.Form {
				free := each.Where(t.M.Symbols(), func(k int) bool { return !slices.Contains(list, k) })
				// In a square the symbol counts once for its product.
				for _, k := range slices.Compact(free) {
					if len(free) > 1 {
						count[k]++
					}
				}
			}
		}
		best := -1
		for k := range p.Symbols {
			if count[k] > 0 && (best < 0 || count[k] > count[best]) {
				best = k
			}
		}
		// No product has two symbols left that are free.
		if best < 0 {
			return list
		}
		list = append(list, best)
	}
}

// linearPoint is a corner, in some direction, of what the linear facts permit within a bound on all symbols; nil if that is nothing.
//
// The direction has small random costs, so that different corners come up; the bound
// keeps it from being unbounded, and numbers small.
func linearPoint(ctx context.Context, p *statement.Problem, r *rand.Rand, most int64) (farkas.Point, error) {
	q := &lp.Problem{}
	bound := rational.NewRat(most, 1)
	for _, y := range p.Symbols {
		v := lp.Variable{Cost: rational.NewRat(r.Int64N(7)-3, 1), Lower: lp.At(bound.Neg()), Upper: lp.At(bound)}
		if y.Nonnegative {
			v.Lower = lp.At(rational.Rat{})
		}
		q.AddVariable(v)
	}
	// Strict facts are closed: the point is only where to begin.
	for _, f := range p.Facts {
		// Facts with products are left out here.
		if f.Form.Degree() <= 1 {
			row := lp.Row{Terms: farkas.Terms(f.Form), Lower: lp.At(f.Form.Constant().Neg())}
			if f.Relation == statement.Equal {
				row.Upper = row.Lower
			}
			q.AddRow(row)
		}
	}
	solved, err := lp.Solve(ctx, q, lp.Options{})
	if err != nil || solved.Verdict != lp.Optimal {
		// Without a point within the bound the facts may still have one.
		return nil, err
	}
	return farkas.Point(solved.Primal), nil
}

// failsAt decides the rows where symbols have the values.
//
// A fixed symbol is an equation besides, so that points have a value for it.
func failsAt(ctx context.Context, p *statement.Problem, values map[int]rational.Rat) (*Settled, error) {
	var facts []statement.Row
	at := func(r statement.Row) statement.Row {
		r.Form = substituted(r.Form, values)
		return r
	}
	for _, f := range p.Facts {
		facts = append(facts, at(f))
	}
	for _, k := range slices.Sorted(maps.Keys(values)) { // in order: which point a program finds depends on that of its rows
		v := values[k]
		facts = append(facts, statement.Row{Relation: statement.Equal, Form: statement.Collect([]statement.Term{{C: v.Neg(), M: statement.One}, {C: one, M: statement.Of(k)}})})
	}
	f := farkas.New(p.Symbols, facts)
	for i, r := range p.Rows {
		r = at(r)
		// An equation fails on one side or on the other.
		halves := []statement.Row{r}
		if r.Relation == statement.Equal {
			halves = []statement.Row{{Relation: statement.AtLeast, Form: r.Form}, {Relation: statement.AtLeast, Form: r.Form.Scale(one.Neg())}}
		}
		// Facts that contradict each other prove everything, and give no point.
		for _, half := range halves {
			_, point, err := f.Follows(ctx, half)
			if err != nil {
				return nil, err
			}
			if point != nil {
				point, err = f.Simplest(ctx, half, point)
				return &Settled{Problem: p, Refuted: true, Point: point, Row: i}, err
			}
		}
	}
	return nil, nil
}

// substituted has values in place of some symbols. Terms whose value is 0 are left out,
// so that a product with a symbol that is 0 vanishes.
func substituted(f statement.Form, values map[int]rational.Rat) statement.Form {
	var list []statement.Term
	for _, t := range f {
		m := statement.One
		for _, k := range t.M.Symbols() {
			if v, ok := values[k]; ok {
				t.C = t.C.Mul(v)
			} else {
				m = m.Times(statement.Of(k))
			}
		}
		if !t.C.IsZero() {
			list = append(list, statement.Term{C: t.C, M: m})
		}
	}
	return statement.Collect(list)
}
