package farkas

import (
	"context"
	"slices"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
)

// A weight is what a unit of a symbol costs.
//
// Cheap symbols are used more. It gets the number of the symbol and how many there are,
// so that it can prefer the first or the last ones.
type weight func(symbol, symbols int, unknown bool) rational.Rat

// weights are tried for the simplest point; the first one for the choice of what fails.
// What is simplest for a reader has no definition that a linear program knows. A few
// costs are tried, each gives a vertex, and Less chooses among these.
var weights = []weight{
	func(int, int, bool) rational.Rat { return rational.NewRat(1, 1) },
	func(_, _ int, unknown bool) rational.Rat { // unknowns are free
		if unknown {
			return rational.Rat{}
		}
		return rational.NewRat(1, 1)
	},
	// The last two prefer symbols that are declared late, or early: among equal costs a
	// program would choose by chance.
	func(i, n int, _ bool) rational.Rat { return rational.NewRat(int64(2*n-i), int64(n)) },
	func(i, n int, _ bool) rational.Rat { return rational.NewRat(int64(n+i), int64(n)) },
}

// Simpler looks for a point like the given one, with all facts and without the goal, of which the entries have a small sum;
// it need not be simpler.
func (f *Facts) Simpler(ctx context.Context, goal statement.Row, point Point) (Point, error) {
	return f.simpler(ctx, goal, point, weights[0])
}

// Simplest tries all weights. It solves one program for each weight.
func (f *Facts) Simplest(ctx context.Context, goal statement.Row, point Point) (Point, error) {
	for _, w := range weights {
		q, err := f.simpler(ctx, goal, point, w)
		if err != nil {
			return nil, err
		}
		if q.Less(point) {
			point = q
		}
	}
	return point, nil
}

// simpler looks for a point like the given one, with all facts and without the goal, whose entries have a small sum: the solution of a
// linear program at a vertex, and so with few entries that are not 0. The goal fails by a unit fraction, where it
// fails by as much at the given point.
//
// It does not look for the simplest of all points, which would be hard; and the point
// that it returns need not be simpler than the given one.
func (f *Facts) simpler(ctx context.Context, goal statement.Row, point Point, cost weight) (Point, error) {
	p := &lp.Problem{}
	zero := lp.At(rational.Rat{})
	for i, s := range f.symbols {
		p.AddVariable(lp.Variable{Cost: cost(i, len(f.symbols), s.Unknown), Lower: zero})
	}
	// A program of nonnegative variables: a symbol of any sign is the difference of two
	// of them, so that its size is what is paid for.
	negative := map[int]int{} // the variable that is subtracted from a symbol that may be negative
	for i, s := range f.symbols {
		if !s.Nonnegative {
			negative[i] = p.AddVariable(lp.Variable{Cost: p.Variables[i].Cost, Lower: zero})
		}
	}
	add := func(form statement.Form, least rational.Rat, equation bool) {
		row := lp.Row{Lower: lp.At(least.Sub(form.Constant()))}
		if equation {
			row.Upper = row.Lower
		}
		for _, t := range Terms(form) {
			row.Terms = append(row.Terms, t)
			if n, ok := negative[t.Variable]; ok {
				row.Terms = append(row.Terms, lp.Term{Variable: n, Coefficient: t.Coefficient.Neg()})
			}
		}
		p.AddRow(row)
	}
	for _, r := range f.rows {
		var least rational.Rat
		// A strict fact must be kept with some distance, or the vertex would lie on its
		// boundary.
		if r.Relation == statement.Above {
			least = unitFraction(r.Form.At(point))
		}
		add(r.Form, least, r.Relation == statement.Equal)
	}
	// A goal >= 0 fails by being negative, with a distance; a strict one also by being
	// 0.
	fails := goal.Form.Scale(rational.NewRat(-1, 1))
	var least rational.Rat
	if goal.Relation == statement.AtLeast {
		least = unitFraction(fails.At(point))
	}
	add(fails, least, false)
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, err
	}
	if r.Verdict != lp.Optimal {
		return point, nil // cannot be: the given point is feasible
	}
	better := make(Point, len(f.symbols))
	for i := range better {
		if better[i] = r.Primal[i]; !f.symbols[i].Nonnegative {
			better[i] = better[i].Sub(r.Primal[negative[i]])
		}
	}
	return better, nil
}

// unitFraction is the largest of 1, 1/2, 1/3, … that is at most x, which is positive. A
// distance of 1 where that is possible makes integer points, and else a fraction that
// is easy to read.
func unitFraction(x rational.Rat) rational.Rat {
	if x.Cmp(rational.NewRat(1, 1)) >= 0 {
		return rational.NewRat(1, 1)
	}
	q, r := x.Den().QuoRem(x.Num())
	if !r.IsZero() {
		q = q.Add(rational.NewInt(1))
	}
	return rational.RatFromInts(rational.NewInt(1), q)
}

// Less orders points by how simple they are: all integers or not, entries that are not
// 0, then the bits of numbers. Whether a number is long matters only among points with
// as many entries.
func (p Point) Less(q Point) bool {
	if n, m := integral(p), integral(q); n != m {
		return n
	}
	if n, m := support(p), support(q); n != m {
		return n < m
	}
	return length(p) < length(q)
}

// integral reports whether all entries are integers.
func integral(p Point) bool {
	return !slices.ContainsFunc(p, func(x rational.Rat) bool { return !x.IsInt() })
}

// support is the number of entries that are not 0.
func support(p Point) (n int) {
	for _, x := range p {
		if !x.IsZero() {
			n++
		}
	}
	return n
}

// length is the number of bits of all numerators and denominators.
func length(p Point) (n int) {
	for _, x := range p {
		n += x.Num().BitLen() + x.Den().BitLen()
	}
	return n
}
