package redundancy

import (
	"context"
	"fmt"

	"pstar/cone"
	"pstar/rational"
)

// Equation is an inequality that holds with equality throughout, or a ray whose negative is
// generated too: a row that might be linear.
type Equation struct {
	Row      int        // of the polyhedron, counted from 0
	Negative Derivation // of the negative of the row, from other rows
}

// Equations finds the rows of a polyhedron that are not linear and might be, with the
// multiples of other rows that add up to their negatives. Of an empty polyhedron it finds
// none; strict inequalities and rows of zeros are left as they are. An error is returned
// only when ctx ends.
//
// A vector in the relative interior tells which rows these are: a linear program finds it,
// and one program for each row finds the multiples.
func Equations(ctx context.Context, f *cone.Polyhedron) ([]Equation, error) {
	// An empty polyhedron has no interior vector, and none is looked for.
	s := newSieve(f)
	inside, err := s.interior(ctx)
	if err != nil || inside == nil {
		return nil, err
	}
	// Only flat rows, among them equations, can have a share in the negative of one:
	// any other row is positive somewhere.
	for i := range s.present {
		s.present[i] = inside.flat(i)
	}
	var list []Equation
	for i, r := range f.Rows {
		if !s.present[i] || r.Linear || r.Strict || r.Vector.IsZero() {
			continue
		}
		// Row i itself is not among the working rows.
		s.trim(i)
		d, witness, err := s.implied(ctx, i, -1)
		if err != nil {
			return nil, err
		}
		// The interior vector shows that the row is zero wherever the others hold.
		if witness != nil {
			panic(fmt.Sprintf("redundancy: row %d is zero wherever the others hold, and is not", i+1))
		}
		list = append(list, Equation{i, d})
	}
	return list, nil
}

// WithEquations returns the polyhedron with these rows linear. The polyhedron itself is
// not changed.
func WithEquations(f *cone.Polyhedron, list []Equation) *cone.Polyhedron {
	// A new list of rows, whose vectors are those of the old one.
	linear := *f
	linear.Rows = append([]cone.Row(nil), f.Rows...)
	for _, e := range list {
		linear.Rows[e.Row].Linear = true
	}
	return &linear
}

// CheckEquations sums up the derivations of equations of a polyhedron by exact arithmetic, and
// returns what is wrong. It needs no program and trusts none. Any row may be used in a
// derivation, those in the list too.
func CheckEquations(f *cone.Polyhedron, list []Equation) error {
	all := &Result{In: f, Rows: make([]RowReason, len(f.Rows))}
	for i := range all.Rows {
		all.Rows[i].Witness = rational.RatVector{} // any row may be used
	}
	for _, e := range list {
		// Of an empty polyhedron everything can be derived, and nothing is learned.
		if e.Negative.Absurd {
			return fmt.Errorf("redundancy: row %d: an equation of an empty polyhedron", e.Row+1)
		}
		if err := all.checkDerivation(f.Rows[e.Row], rational.NewRat(-1, 1), e.Negative); err != nil {
			return fmt.Errorf("redundancy: row %d is no equation: %w", e.Row+1, err)
		}
	}
	return nil
}

// Canonical returns the rows kept in the one form that every description of the polyhedron
// leads to if its equations are linear rows, that of [doubledesc.Convert]: in lowest terms,
// reduced by the equations, which are solved for coordinates and not for the constant,
// and sorted. The empty polyhedron has no generators, and -1 >= 0 as its one row. The
// apex of a polyhedron without rows is its only generator.
func (r *Result) Canonical() *cone.Polyhedron {
	kept := r.Kept()
	if !r.isH() {
		// Nothing generates the empty polyhedron.
		if len(kept.Rows) == 0 {
			return kept
		}
		return cone.PolyhedronByGenerators(kept.V().Canonical())
	}
	if r.Empty != nil {
		return cone.PolyhedronByRows(&cone.H{Dim: kept.Columns, Inequalities: []cone.Vector{cone.Unit(0, -1)}})
	}
	// Rows are vectors of the polar cone, so that its canonical form, with lines for
	// equations, is that of generators.
	v := &cone.V{Dim: kept.Columns}
	for _, row := range kept.Rows {
		if row.Linear {
			v.Lines = append(v.Lines, row.Vector)
		} else {
			v.Rays = append(v.Rays, row.Vector)
		}
	}
	v = v.CanonicalAffine()
	return cone.PolyhedronByRows(&cone.H{Dim: v.Dim, Inequalities: v.Rays, Equations: v.Lines})
}
