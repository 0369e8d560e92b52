package projection

import (
	"context"
	"maps"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// Combined is a projection through the projection cone: the multipliers of rows whose sum holds no variable that is to be
// eliminated.
type Combined struct {
	Projection *cone.Polyhedron
	Rays       int // of the projection cone

	// The projection cone by its rows, and by its generators once they are known.
	rows       *cone.H
	generators *cone.V
	// What the conversion took, by which the check of completeness is limited.
	effort int64
}

// ThroughCone projects by the generators of the projection cone {y : Σ y_i a_i = 0, y_i >= 0 where row i is no equation}, where a_i are
// the parts of the rows in the variables to eliminate: by Farkas' lemma the sums of rows by them describe the
// projection. A sum with a strict row is strict (Motzkin). Errors are those of [doubledesc.Rays]. It panics if the system has symbols.
func ThroughCone(ctx context.Context, s *fm.System, kept []int) (*Combined, error) {
	return throughCone(ctx, s, kept, nil)
}

// throughCone tells progress, if it is not nil, how far it is.
func throughCone(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Combined, error) {
	// Symbols are numbers that nobody knows yet: elimination takes them, rays cannot.
	if len(s.Symbols) > 0 {
		panic("projection: a system with symbols is no polyhedron")
	}
	// One coordinate for the multiplier of each row.
	c := &Combined{rows: &cone.H{Dim: len(s.Rows)}}
	var vectors []cone.Vector
	for i, row := range s.Rows {
		v := vectorOf(row, nil)
		// All rows are read as >= 0, so that a sum by positive multipliers is one.
		if row.Relation == fm.AtMost || row.Relation == fm.Below {
			v = v.Neg()
		}
		// An equation may be taken any number of times, forwards and back.
		if vectors = append(vectors, v); row.Relation != fm.Equal {
			c.rows.Inequalities = append(c.rows.Inequalities, cone.Unit(i, 1))
		}
	}
	// An equation for each variable that is to cancel.
	for v := range s.Variables {
		if slices.Contains(kept, v) {
			continue
		}
		// Row by row what the variable has; sums with these multipliers lose it.
		column := each.Numbered(vectors, func(i int, row cone.Vector) cone.Entry { return cone.Entry{Index: i, Value: row.At(1 + v)} })
		c.rows.Equations = append(c.rows.Equations, cone.MakeVector(column...))
	}
	var err error
	if c.generators, err = doubledesc.Rays(ctx, c.rows, watched(&c.effort, Progress{Route: ByCone}, progress)); err != nil {
		return nil, err
	}
	// Lines are not counted: they become equations.
	c.Rays = len(c.generators.Rays)
	sums := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 1 + len(kept)}
	for _, y := range c.generators.Rays {
		row := cone.Row{Vector: sum(y, vectors, kept)}
		// A positive share of a strict row makes the sum positive.
		for _, e := range y {
			if r := s.Rows[e.Index].Relation; r == fm.Above || r == fm.Below {
				row.Strict = true
			}
		}
		sums.Rows = append(sums.Rows, row)
	}
	// A line is a sum that can be taken off as well: an equation of the projection.
	for _, y := range c.generators.Lines {
		sums.Rows = append(sums.Rows, cone.Row{Vector: sum(y, vectors, kept), Linear: true})
	}
	c.Projection, err = c.minimal(ctx, sums)
	return c, err
}

// watched are options for a conversion that tells progress, if it is not nil, how far it is.
func watched(effort *int64, at Progress, progress func(Progress)) doubledesc.Options {
	o := doubledesc.Options{Effort: effort}
	if progress != nil {
		o.Progress = func(p doubledesc.Progress) {
			// The conversion knows its rows and rays, and not which route it is a part of.
			at.Row, at.Rows, at.Rays = p.Row, p.Rows, p.Rays
			progress(at)
		}
	}
	return o
}

// sum is the sum of rows by multipliers, over the constant and the variables kept.
func sum(y cone.Vector, rows []cone.Vector, kept []int) cone.Vector {
	var entries []cone.Entry
	// Multiplied out, and sorted into the coordinates that are kept.
	for _, e := range y {
		for _, x := range rows[e.Index] {
			k := 0
			if x.Index > 0 {
				n, ok := slices.BinarySearch(kept, x.Index-1)
				if !ok {
					continue // they cancel
				}
				k = 1 + n
			}
			// Entries of one variable are added up by MakeVector.
			entries = append(entries, cone.Entry{Index: k, Value: e.Value.Mul(x.Value)})
		}
	}
	// Scaled down: a positive factor changes no row.
	return cone.MakeVector(entries...).Primitive()
}

// minimal writes the sums in the shortest form. Where the sums determine the multipliers, and the constant 1 is a sum itself or
// independent of all sums, the extreme rays of the projection cone are those of the cone of all rows that the
// projection has: then none is redundant, and only Gauss is left to do.
func (c *Combined) minimal(ctx context.Context, p *cone.Polyhedron) (*cone.Polyhedron, error) {
	var vectors []cone.Vector
	strict := false
	for _, r := range p.Rows {
		vectors = append(vectors, r.Vector)
		strict = strict || r.Strict
	}
	// Lines too: together with rays they span all that multipliers can be.
	all := slices.Concat(c.generators.Rays, c.generators.Lines)
	rank := cone.Rank(vectors, p.Columns)
	// Several multipliers give one sum, so that an extreme ray may have a sum that others
	// imply; and strict rows may be needed for their boundary only.
	if strict || rank < cone.Rank(all, c.rows.Dim) {
		return Minimal(ctx, p, 0)
	}
	one := cone.Unit(0, 1)
	if cone.Rank(append(slices.Clone(vectors), one), p.Columns) == rank { // not independent
		ok, err := isSum(ctx, one, vectors, c.Rays)
		if err != nil {
			return nil, err
		}
		// The constant is in the space of the sums but not among them: rows that are weaker by a
		// constant may be there.
		if !ok {
			return Minimal(ctx, p, 0)
		}
	}
	// None is redundant: what is left is to solve for the equations.
	h := &cone.H{Dim: p.Columns, Inequalities: vectors[:c.Rays], Equations: vectors[c.Rays:]}
	if p = solved(h); slices.ContainsFunc(p.Rows, func(r cone.Row) bool { return r.Linear && r.Vector.Equal(one) }) {
		return empty(p.Columns), nil // 1 = 0; that −1 ≥ 0 is a sum comes to the same, as 1 is one
	}
	return p, nil
}

// isSum reports whether a vector is a sum of rays, the first of the vectors, with nonnegative multipliers, and lines with any.
func isSum(ctx context.Context, v cone.Vector, vectors []cone.Vector, rays int) (bool, error) {
	// A program without costs: the question is whether it has a point.
	p := &lp.Problem{}
	// Only coordinates that occur have a row.
	rows := map[int]*lp.Row{}
	row := func(coordinate int) *lp.Row {
		if rows[coordinate] == nil {
			// The coordinate of the vector itself, which the sum has to meet.
			value := lp.At(rational.RatFromInt(v.At(coordinate)))
			rows[coordinate] = &lp.Row{Lower: value, Upper: value}
		}
		return rows[coordinate]
	}
	for _, e := range v {
		row(e.Index)
	}
	for k, x := range vectors {
		// Without bounds, as for a line.
		multiplier := lp.Variable{}
		if k < rays {
			multiplier.Lower = lp.At(rational.Rat{})
		}
		p.AddVariable(multiplier)
		for _, e := range x {
			r := row(e.Index)
			r.Terms = append(r.Terms, lp.Term{Variable: k, Coefficient: rational.RatFromInt(e.Value)})
		}
	}
	// In a fixed order: the path of the solver, and the time that it takes, depend on it.
	for _, coordinate := range slices.Sorted(maps.Keys(rows)) {
		p.AddRow(*rows[coordinate])
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	// Unbounded it cannot be: there are no costs.
	return err == nil && r.Verdict == lp.Optimal, err
}

// Complete reports whether the list of rays of the projection cone was shown to miss nothing; see [doubledesc.Complete].
func (c *Combined) Complete(ctx context.Context) (bool, error) {
	return doubledesc.Complete(ctx, c.rows, c.generators, c.effort)
}
