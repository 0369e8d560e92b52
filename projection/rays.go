package projection

import (
	"context"
	"fmt"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
)

// StrictError says that a row is strict where only closed polyhedra are known.
type StrictError struct{ Row int } // from zero

// Error names the row, counted from one.
func (e *StrictError) Error() string {
	return fmt.Sprintf("projection: row %d is strict; only elimination knows strict rows", e.Row+1)
}

// Image is a projection through rays.
type Image struct {
	Projection *cone.Polyhedron
	Rays       int // of the polyhedron projected

	// The polyhedron with its generators, and their image with its facets, nil if that is
	// empty; each with the effort of its conversion.
	rows               *cone.H
	generators, image  *cone.V
	hull               *cone.H
	effort, effortBack int64
}

// ThroughRays projects the generators of a system to the variables kept
// and converts them back to rows. A strict row is a [StrictError]; other errors are those of
// [doubledesc.Rays] and [doubledesc.Facets]. It panics if the system has symbols.
func ThroughRays(ctx context.Context, s *fm.System, kept []int) (*Image, error) {
	p := &Image{}
	var err error
	if p.rows, err = closed(s); err != nil {
		return nil, err
	}
	if p.generators, err = doubledesc.Rays(ctx, p.rows, doubledesc.Options{Effort: &p.effort}); err != nil {
		return nil, err
	}
	p.Rays = len(p.generators.Rays)
	p.image = &cone.V{Dim: 1 + len(kept), Rays: images(p.generators.Rays, kept), Lines: images(p.generators.Lines, kept)}
	if !slices.ContainsFunc(p.image.Rays, func(r cone.Vector) bool { return r.At(0).Sign() > 0 }) {
		p.Projection = empty(p.image.Dim)
		return p, nil
	}
	if p.hull, err = doubledesc.Facets(ctx, p.image, doubledesc.Options{Effort: &p.effortBack}); err != nil {
		return nil, err
	}
	p.Projection = solved(p.hull)
	return p, nil
}

// Complete reports whether both lists, of generators and of rows, were shown to miss
// nothing; see [doubledesc.Complete].
func (p *Image) Complete(ctx context.Context) (bool, error) {
	complete, err := doubledesc.Complete(ctx, p.rows, p.generators, p.effort)
	if err == nil && complete && p.hull != nil {
		complete, err = doubledesc.Complete(ctx, p.image.Polar(), p.hull.Polar(), p.effortBack)
	}
	return complete, err
}

// closed is the system as a cone one dimension up.
func closed(s *fm.System) (*cone.H, error) {
	if len(s.Symbols) > 0 {
		panic("projection: a system with symbols is no polyhedron")
	}
	h := &cone.H{Dim: 1 + len(s.Variables), Inequalities: []cone.Vector{cone.Unit(0, 1)}}
	for i, row := range s.Rows {
		switch v := vectorOf(row, nil); row.Relation {
		case fm.Equal:
			h.Equations = append(h.Equations, v)
		case fm.AtLeast:
			h.Inequalities = append(h.Inequalities, v)
		case fm.AtMost:
			h.Inequalities = append(h.Inequalities, v.Neg())
		default:
			return nil, &StrictError{i}
		}
	}
	return h, nil
}

// images keeps the constant and the kept variables.
func images(vectors []cone.Vector, kept []int) []cone.Vector {
	var list []cone.Vector
	for _, v := range vectors {
		entries := []cone.Entry{{Index: 0, Value: v.At(0)}}
		for i, k := range kept {
			entries = append(entries, cone.Entry{Index: 1 + i, Value: v.At(1 + k)})
		}
		if image := cone.MakeVector(entries...); !image.IsZero() {
			list = append(list, image)
		}
	}
	return list
}

// solved writes the rows of a polyhedron that is not empty as an elimination writes them.
func solved(h *cone.H) *cone.Polyhedron {
	backwards := make([]int, h.Dim) // the pivots are last variables; the constant never is one
	for i := range backwards {
		backwards[i] = h.Dim - 1 - i
	}
	rows := h.Polar().CanonicalIn(backwards)
	cone.Sort(rows.Lines)
	atInfinity := func(a cone.Vector) bool { return a.Equal(cone.Unit(0, 1)) }
	return cone.PolyhedronByRows(&cone.H{Dim: h.Dim, Inequalities: slices.DeleteFunc(rows.Rays, atInfinity), Equations: rows.Lines})
}
