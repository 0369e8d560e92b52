package doubledesc

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pstar/cone"
)

// CheckConversion reports the first thing that is wrong with out as what [Convert]
// says of in: the other description of the same polyhedron, and minimal. Every
// generator is held against every row and must be extreme ([Check]), and none may
// be missing ([CheckComplete]). It looks at the two polyhedra only, such as out read
// back from where it was written.
func CheckConversion(ctx context.Context, in, out *cone.Polyhedron, o Options) error {
	switch {
	case in.Representation == out.Representation || in.Columns != out.Columns:
		return fmt.Errorf("doubledesc: a %v with %d columns does not convert a %v with %d", out.Representation, out.Columns, in.Representation, in.Columns)
	case len(in.Rows) == 0 && in.Representation == cone.VRepresentation:
		if len(out.Rows) != 1 || out.Rows[0].Linear || !out.Rows[0].Vector.Equal(cone.Unit(0, -1)) {
			return errors.New("doubledesc: the polyhedron is empty, want one row, -1 >= 0")
		}
		return nil
	case len(out.Rows) == 0 && out.Representation == cone.VRepresentation:
		return checkEmpty(ctx, in)
	case out.Representation == cone.VRepresentation && !slices.ContainsFunc(out.Rows, cone.Row.IsVertex):
		return errors.New("doubledesc: generators without a vertex")
	}
	h, v := sides(in, out)
	if err := Check(ctx, h, v); err != nil {
		return err
	}
	return CheckComplete(ctx, h, v, o)
}

// sides returns the cone of which in gives the rows and out, if it is right, the
// generators. An H-representation leaves out the row 1 >= 0 where that is a
// facet.
func sides(in, out *cone.Polyhedron) (*cone.H, *cone.V) {
	if in.Representation == cone.HRepresentation {
		return in.H(), out.V()
	}
	h, rows := in.V().Polar(), out.H()
	last := len(rows.Inequalities) - 1 // 1 >= 0
	if !h.IsExtreme(rows.Inequalities[last], cone.Rank(h.Rows(), h.Dim)) {
		rows.Inequalities = rows.Inequalities[:last]
	}
	return h, rows.Polar()
}

// checkEmpty returns an error unless the rows of an H-representation have no
// solution: they imply x_0 = 0.
func checkEmpty(ctx context.Context, f *cone.Polyhedron) error {
	err := followsEquation(ctx, f.H(), cone.Unit(0, 1))
	if err != nil && ctx.Err() == nil {
		return errors.New("doubledesc: the rows have a solution, but there is no generator")
	}
	return err
}
