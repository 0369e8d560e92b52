package projection

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/fm"
	"pstar/internal/each"
	"pstar/rational"
)

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
// and converts them back to rows. Strict rows are taken apart by one more variable, see lifted. Errors are those of
// [doubledesc.Rays] and [doubledesc.Facets]. It panics if the system has symbols.
func ThroughRays(ctx context.Context, s *fm.System, kept []int) (*Image, error) {
	return throughRays(ctx, s, kept, nil)
}

// throughRays tells progress, if it is not nil, how far it is.
func throughRays(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Image, error) {
	// Rays describe closed sets only.
	if slices.ContainsFunc(s.Rows, isStrict) {
		return throughLifted(ctx, s, kept, progress)
	}
	p := &Image{rows: closed(s)}
	var err error
	if p.generators, err = doubledesc.Rays(ctx, p.rows, watched(&p.effort, Progress{Route: ByVertices}, progress)); err != nil {
		return nil, err
	}
	p.Rays = len(p.generators.Rays)
	// The images are in no order and may be redundant: the conversion back takes care of that.
	p.image = &cone.V{Dim: 1 + len(kept), Rays: images(p.generators.Rays, kept), Lines: images(p.generators.Lines, kept)}
	// Rays with the constant 0 are directions; without a vertex there is no point to go from.
	if !slices.ContainsFunc(p.image.Rays, func(r cone.Vector) bool { return r.At(0).Sign() > 0 }) {
		p.Projection = empty(p.image.Dim)
		return p, nil
	}
	if p.hull, err = doubledesc.Facets(ctx, p.image, watched(&p.effortBack, Progress{Route: ByVertices, Back: true}, progress)); err != nil {
		return nil, err
	}
	p.Projection = solved(p.hull)
	return p, nil
}

// Complete reports whether both lists, of generators and of rows, were shown to miss
// nothing; see [doubledesc.Complete].
func (p *Image) Complete(ctx context.Context) (bool, error) {
	complete, err := doubledesc.Complete(ctx, p.rows, p.generators, p.effort)
	// Both lists: rows from incomplete generators would be too strong.
	if err == nil && complete && p.hull != nil {
		complete, err = doubledesc.Complete(ctx, p.image.Polar(), p.hull.Polar(), p.effortBack)
	}
	return complete, err
}

// isStrict reports whether equality is excluded.
func isStrict(row fm.Row) bool { return row.Relation == fm.Above || row.Relation == fm.Below }

// throughLifted projects a system with strict rows, as PPL holds such polyhedra: with a further variable e <= 1, a strict
// row is a·x + b >= e. A point is in the system if and only if some e > 0 is possible there. No row holds e with a positive coefficient, nor
// does a sum of rows: so a row of the projection that holds e says, for a small e, that the rest is > 0, and the others say
// what they say.
func throughLifted(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Image, error) {
	// As any closed system, with one more variable that is kept.
	p, err := throughRays(ctx, lifted(s), append(slices.Clone(kept), len(s.Variables)), progress)
	if err != nil {
		return nil, err
	}
	rows := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 1 + len(kept)}
	for _, r := range p.Projection.Rows {
		n := len(r.Vector)
		// Its last entry is that of e.
		if r.Strict = n > 0 && r.Vector[n-1].Index == rows.Columns; r.Strict {
			r.Vector = r.Vector[:n-1]
		}
		rows.Rows = append(rows.Rows, r)
	}
	// The rows without e may imply each other, which those with it did not.
	p.Projection, err = Minimal(ctx, rows, 0)
	return p, err
}

// lifted is the system with the variable e, which is the last.
func lifted(s *fm.System) *fm.System {
	l := &fm.System{Variables: append(slices.Clone(s.Variables), "e")}
	one := rational.NewRat(1, 1)
	for _, row := range s.Rows {
		var e rational.Rat
		switch row.Relation {
		// a·x − e >= c, and a·x + e <= c.
		case fm.Above:
			row.Relation, e = fm.AtLeast, one.Neg()
		case fm.Below:
			row.Relation, e = fm.AtMost, one
		}
		row.Coefficients = append(slices.Clone(row.Coefficients), e)
		l.Rows = append(l.Rows, row)
	}
	// e <= 1: without it the lifted polyhedron would be unbounded in e where the system is.
	last := fm.Row{Coefficients: make(rational.RatVector, len(l.Variables)), Relation: fm.AtMost, Constant: one}
	last.Coefficients[len(s.Variables)] = one
	l.Rows = append(l.Rows, last)
	return l
}

// closed is a system without strict rows as a cone one dimension up.
func closed(s *fm.System) *cone.H {
	if len(s.Symbols) > 0 {
		panic("projection: a system with symbols is no polyhedron")
	}
	// The row of the constant comes first: the part at which it is 1 is the polyhedron.
	h := &cone.H{Dim: 1 + len(s.Variables), Inequalities: []cone.Vector{cone.Unit(0, 1)}}
	for _, row := range s.Rows {
		switch v := vectorOf(row, nil); row.Relation {
		case fm.Equal:
			h.Equations = append(h.Equations, v)
		case fm.AtLeast:
			h.Inequalities = append(h.Inequalities, v)
		case fm.AtMost:
			h.Inequalities = append(h.Inequalities, v.Neg())
		}
	}
	return h
}

// images keeps the constant and the kept variables.
func images(vectors []cone.Vector, kept []int) []cone.Vector {
	// Each generator's image generates the projection; some are not needed for it.
	var list []cone.Vector
	for _, v := range vectors {
		entries := []cone.Entry{{Index: 0, Value: v.At(0)}}
		for i, k := range kept {
			entries = append(entries, cone.Entry{Index: 1 + i, Value: v.At(1 + k)})
		}
		// A direction along eliminated variables only is lost.
		if image := cone.MakeVector(entries...); !image.IsZero() {
			list = append(list, image)
		}
	}
	return list
}

// solved writes the rows of a polyhedron that is not empty as an elimination writes them.
func solved(h *cone.H) *cone.Polyhedron {
	// the pivots are last variables; the constant never is one
	backwards := each.To(h.Dim, func(i int) int { return h.Dim - 1 - i })
	// Solved for the last variables, as elimination does.
	rows := h.Polar().CanonicalIn(backwards)
	cone.Sort(rows.Lines)
	// The row 1 >= 0 says nothing.
	atInfinity := func(a cone.Vector) bool { return a.Equal(cone.Unit(0, 1)) }
	return cone.PolyhedronByRows(&cone.H{Dim: h.Dim, Inequalities: slices.DeleteFunc(rows.Rays, atInfinity), Equations: rows.Lines})
}
