package fm

import (
	"context"
	"fmt"
	"slices"

	"pstar/cone"
	"pstar/rational"
)

// Eliminate projects the solutions of s along the given variables: the result
// describes the points in the other variables that extend to solutions, for all
// values of the symbols. Equations are used first, then Fourier-Motzkin
// elimination.
//
// It fails if s is malformed or ctx ends, and panics if a variable to eliminate
// does not exist or is named twice. The number of rows can grow doubly
// exponentially with the number of variables eliminated, if the projection or
// one on the way has that many.
func Eliminate(ctx context.Context, s *System, eliminate []int, o Options) (*Result, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	seen := make([]bool, len(s.Variables))
	for _, v := range eliminate {
		if v < 0 || v >= len(seen) || seen[v] {
			panic(fmt.Sprintf("fm: variable %d does not exist or is eliminated twice", v))
		}
		seen[v] = true
	}
	// The order is the caller's; it counts with the option InOrder alone.
	r := &Result{System: s, Eliminate: slices.Clone(eliminate)}
	g, contradiction, err := prepare(ctx, s, eliminate, nil)
	if err != nil {
		return nil, err
	}
	if contradiction != nil {
		return r.refute(contradiction), nil
	}
	// Minimality is decided by the facets of a polyhedron with interior points. Rows that are
	// 0 on the whole of it, such as two opposite ones, leave no interior: they are found first
	// and read as equations. Independent rows cannot hide any, and their histories suffice.
	if o.Level == Minimal && (o.solve || !g.independent()) {
		implicit, interior, err := g.vanishing(ctx)
		if err != nil {
			return nil, err
		}
		if implicit != nil {
			// A strict row that has to be 0 cannot hold.
			if g.refutes(implicit) {
				return r.refute(implicit), nil
			}
			r.Vanishing = r.unscale(implicit)
			// From the beginning, with those rows as equations: what is left has an interior point,
			// which the second search finds.
			if g, contradiction, err = prepare(ctx, s, eliminate, r.Vanishing); err != nil {
				return nil, err
			}
			if contradiction != nil {
				return r.refute(contradiction), nil
			}
			if _, interior, err = g.vanishing(ctx); err != nil {
				return nil, err
			}
		}
		// With it the facets can be found one after the other.
		g.interior = interior
	}
	return r, r.run(ctx, g, o)
}

// prepare writes the system as lines and substitutes its equations, and the
// inequalities among the implicit ones as well. It returns an equation or an
// inequality without unknowns that fails, if it finds one.
// vanishing has a multiplier for each row of the system, positive for those that are read
// as equations.
func prepare(ctx context.Context, s *System, eliminate []int, vanishing rational.RatVector) (*gauss, line, error) {
	g := &gauss{columns: s.columns()}
	for _, v := range eliminate {
		g.eliminate = append(g.eliminate, s.column(v))
	}
	for i, r := range s.Rows {
		a, _ := s.homogeneous(i)
		// Behind the columns of a line stand its multipliers, at first those of the row itself: a
		// unit vector.
		l := append(line(slices.Clone(a)), make(line, len(s.Rows))...)
		l[g.columns+i] = rational.NewInt(1)
		// An inequality whose multiplier is positive is 0 wherever the system holds.
		if r.Relation == Equal || vanishing != nil && vanishing[i].Sign() > 0 {
			g.equalities = append(g.equalities, &equality{l, -1})
		} else {
			g.lines = append(g.lines, l)
			g.strict = append(g.strict, r.Relation.strict())
			g.origin = append(g.origin, i)
		}
	}
	e, err := g.substitute(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case e == nil:
		return g, g.dropConstants(), nil
	// The equation reads 0 = c, and a refutation has to read −c >= 0 with c > 0.
	case e.line[0].Sign() > 0:
		return g, line(rational.Vector(e.line).Neg()), nil
	}
	return g, e.line, nil
}

// dropConstants drops the lines without unknowns; it returns one that fails.
// The slices are shortened in place, in step with each other.
func (g *gauss) dropConstants() line {
	k := 0
	for i, l := range g.lines {
		if entries(l[1:g.columns]) == 0 {
			// Without unknowns a line says something of its constant only: it holds, and says nothing,
			// or it fails, and so does the system.
			if sign := l[0].Sign(); sign < 0 || sign == 0 && g.strict[i] {
				return l
			}
			continue
		}
		// Lines that stay move up, so that each keeps its relation and its row.
		g.lines[k], g.strict[k], g.origin[k] = l, g.strict[i], g.origin[i]
		k++
	}
	g.lines, g.strict, g.origin = g.lines[:k], g.strict[:k], g.origin[:k]
	return nil
}

// independent reports whether the lines and the trivial row are linearly
// independent.
func (g *gauss) independent() bool {
	// The trivial row counts: a dependence with it lets rows have several histories, too.
	rows := []cone.Vector{cone.Unit(0, 1)}
	for _, l := range g.lines {
		rows = append(rows, cone.Sparse(rational.Vector(l[:g.columns])))
	}
	return len(rows) <= g.columns && cone.HasRank(rows, g.columns, len(rows))
}

// run eliminates what the equations have left.
// It fills in the result: the equations first, then the steps, then the rows.
func (r *Result) run(ctx context.Context, g *gauss, o Options) error {
	for _, e := range g.solved {
		r.Solved = append(r.Solved, r.substitution(e))
	}
	for _, e := range g.pivots {
		r.Equations = append(r.Equations, r.substitution(e))
	}
	var base []rational.Vector
	var strict []bool
	for i, l := range g.lines {
		// The way back to the system is kept with each row.
		b := BaseRow{rational.Vector(l[:g.columns]), g.strict[i], g.origin[i], r.unscale(l)}
		r.Base = append(r.Base, b)
		base, strict = append(base, b.Line), append(strict, b.Strict)
	}
	// The last base row is t > 0, t being the coordinate of the constant: rows that others
	// imply only together with it, such as x >= −2 by x >= −1, are then combinations like all
	// others.
	trivial := make(rational.Vector, g.columns)
	trivial[0] = rational.NewInt(1)
	r.Base = append(r.Base, BaseRow{trivial, true, -1, make(rational.RatVector, len(r.System.Rows))})
	base, strict = append(base, trivial), append(strict, true)

	e, err := newEngine(ctx, g.remaining(), g.eliminate, base, strict)
	if err != nil {
		return err
	}
	e.firstVariable = r.System.column(0)
	e.trivial, e.level, e.progress = len(base)-1, o.Level, o.Progress
	e.setInterior(g.interior)
	e.ignore = o.ignore
	// With independent base rows a row has one history, and it is an extreme ray of the
	// projection cone if and only if that is minimal. Otherwise a row may have several, and a
	// history that is not minimal is a reason for a suspicion only.
	e.exact = g.independent() && o.Level != Everything && !o.solve
	r.Independent = e.exact
	contradiction, err := e.run(ctx, o.InOrder)
	if err != nil {
		return err
	}
	// The trivial row is not counted.
	r.Steps, r.Peak, r.Candidates, r.table, r.e = e.steps, e.peak-1, e.candidates, e.table, e
	if contradiction != nil {
		// A row without unknowns that fails, met on the way.
		r.Verdict = Infeasible
		r.Farkas = r.overSystem(contradiction)
		return nil
	}
	r.Verdict = Projected
	return r.output(ctx, o.Witnesses)
}

// remaining lists the columns that no equation was solved for: the constant,
// then those that occur.
// A column in which no line has an entry takes no part in anything.
func (g *gauss) remaining() []int {
	columns := []int{0}
	for c := 1; c < g.columns; c++ {
		for _, l := range g.lines {
			if !l[c].IsZero() {
				columns = append(columns, c)
				break
			}
		}
	}
	return columns
}

// unscale returns the multipliers of a line over the rows of the system as they
// were given.
// They are rational, though those of lines are integers.
func (r *Result) unscale(l line) rational.RatVector {
	m := make(rational.RatVector, len(r.System.Rows))
	for i := range m {
		// Lines were made of rows that had been multiplied by a factor to be integer; the factor
		// goes over to the multiplier.
		if y := l[r.System.columns()+i]; !y.IsZero() {
			_, factor := r.System.homogeneous(i)
			m[i] = factor.Mul(rational.RatFromInt(y))
		}
	}
	return m
}

// substitution reads an equality so that its pivot is positive.
// The sign does not matter to an equation, and one form makes results equal.
func (r *Result) substitution(e *equality) Substitution {
	if e.line[e.pivot].Sign() < 0 {
		e.line = line(rational.Vector(e.line).Neg())
	}
	// Before the variables stand the constant and the symbols; a pivot among these is none of
	// a variable.
	v := e.pivot - 1 - len(r.System.Symbols)
	return Substitution{rational.Vector(e.line[:r.System.columns()]), e.pivot, max(v, -1), r.unscale(e.line)}
}

// refute ends with a contradictory line.
// The multipliers sum the rows of the system to 0 ≥ c with c > 0, or to 0 > 0.
func (r *Result) refute(l line) *Result {
	r.Verdict = Infeasible
	r.Farkas = r.nonnegative(r.unscale(l))
	return r
}

// nonnegative adds multiples of the vanishing combination until no multiplier of
// an inequality is negative.
// The result says the same as m: what is added sums to 0.
func (r *Result) nonnegative(m rational.RatVector) rational.RatVector {
	// Enough for the inequality that lacks most.
	var most rational.Rat
	for i, x := range m {
		// Substitution of an implied equation may have given an inequality a negative multiplier.
		// The vanishing combination has a positive one for each of these and adds 0, so that
		// enough of it can be added.
		if x.Sign() < 0 && r.System.Rows[i].Relation != Equal {
			most = rational.MaxRat(most, x.Neg().Quo(r.Vanishing[i]))
		}
	}
	if most.IsZero() {
		return m
	}
	return m.Add(r.Vanishing.Scale(most))
}

// overSystem returns the multipliers of a row of the elimination.
// The row's history counts base rows, and each of these has its own multipliers.
func (r *Result) overSystem(x *row) rational.RatVector {
	m := make(rational.RatVector, len(r.System.Rows))
	for i, b := range r.Base {
		if y := x.v.At(len(r.e.columns) + i); !y.IsZero() {
			m = m.Add(b.Multipliers.Scale(rational.RatFromInt(y)))
		}
	}
	return r.nonnegative(m)
}

// output lists the rows of the projection.
// The rows are equations first, then inequalities in the order of the elimination.
func (r *Result) output(ctx context.Context, witnesses bool) error {
	for _, q := range r.Equations {
		// An equation is implied in both directions: one by its multipliers, the converse by their
		// negatives.
		row := r.System.row(q.Line, Equal)
		negative := q.Multipliers.Scale(rational.NewRat(-1, 1))
		r.Rows = append(r.Rows, Output{Row: row, Multipliers: r.nonnegative(q.Multipliers), Converse: r.nonnegative(negative), Number: -1})
	}
	for _, x := range r.e.rows {
		// That the constant is positive is no statement about the system.
		if r.e.isTrivialRow(x) {
			continue
		}
		out := Output{Multipliers: r.overSystem(x), Number: x.id, Slack: rational.RatFromInt(x.v.At(len(r.e.columns) + r.e.trivial))}
		relation := AtLeast
		if x.strict {
			relation = Above
		}
		out.Row = r.System.row(r.expand(x), relation)
		if witnesses {
			var err error
			if out.Needed, err = r.witness(ctx, x); err != nil {
				return err
			}
		}
		r.Rows = append(r.Rows, out)
	}
	return nil
}

// expand writes a row over the columns of the system.
// Columns that an equation was solved for are 0.
func (r *Result) expand(x *row) rational.Vector {
	a := make(rational.Vector, r.System.columns())
	for i, c := range r.e.columns {
		a[c] = x.v.At(i)
	}
	return a
}

// witness returns the point at which x fails and all other rows hold. A strict
// row that the others imply as a closed one fails where it is 0.
// It is nil where there is none, which for a row that is not redundant cannot be.
func (r *Result) witness(ctx context.Context, x *row) (rational.RatVector, error) {
	var others []*row
	for _, o := range r.e.rows {
		if o != x {
			// All other rows of the projection: a point for all of them at once.
			others = append(others, o)
		}
	}
	_, point, err := r.e.imply(ctx, x, others)
	// As a closed row it is implied. It is needed all the same if the others have a point
	// where it is 0.
	if err == nil && point == nil && x.strict {
		point, err = r.e.boundary(ctx, x, others)
	}
	if err != nil || point == nil {
		return nil, err
	}
	full := make(rational.RatVector, r.System.columns())
	for i, c := range r.e.columns {
		full[c] = point[i]
	}
	return full, nil
}
