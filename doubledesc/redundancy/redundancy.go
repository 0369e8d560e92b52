// Package redundancy says of each row of a polyhedron, an inequality, equation or generator,
// whether it can be left out, with a reason that anybody can check: multiples of other rows that
// add up to it, or a vector that no other row tells apart. Package cone has the notation; the
// documentation of package doubledesc has what was measured.
package redundancy

import (
	"context"

	"pstar/cone"
	"pstar/rational"
)

// Result says for each row of a polyhedron whether it is needed, with the reason.
type Result struct {
	In *cone.Polyhedron
	// Of several that are the same one is needed.
	Rows []RowReason // by row of In
	// Empty is nil unless In is an H-representation without solutions: then it derives
	// -1 >= 0 from rows that are kept.
	Empty *Derivation
}

// IsEmpty reports whether the polyhedron has no point: rows without a solution, or no generators.
func (r *Result) IsEmpty() bool {
	return r.Empty != nil || r.In.Representation == cone.VRepresentation && len(r.In.Rows) == 0
}

// Progress says how many rows have been decided, and how many of these are redundant.
type Progress struct{ Decided, Rows, Redundant int }

// RowReason is the verdict on one row. Exactly one of Implied and Witness is set.
type RowReason struct {
	// Implied derives the row from rows that are kept: from its one side for an
	// inequality, a vertex or a ray; from both sides, the row and its negative, for
	// an equation or a line.
	Implied []Derivation
	// Witness shows that the row is needed. For an H-representation it is a point
	// (1, x) of a polyhedron that satisfies all other rows that are kept and violates this
	// one. For a V-representation it is a row (b, a) that all other rows kept satisfy,
	// lines with equality, and this one violates.
	Witness rational.RatVector
}

// Derivation writes a row, or the negative of an equation or line, as a sum of
// multiples of rows that are kept, plus a constant: of inequalities, vertices
// and rays with nonnegative multipliers, of equations and lines with any.
type Derivation struct {
	Terms []Multiple
	// Constant is a nonnegative multiple of 1 >= 0 in an H-representation, and of
	// the apex that a V-representation without vertices leaves out.
	Constant rational.Rat
	// Absurd is set if the sum is not the row but -1 >= 0: the rows that are kept
	// have no solution, and imply every row.
	Absurd bool
}

// Multiple is Factor times row Row of the polyhedron, counted from 0.
type Multiple struct {
	Row    int
	Factor rational.Rat
}

// Find removes redundant rows and says why each row is removed or kept.
// Among rows that imply each other the first stays; equations and lines are
// kept in preference to inequalities, vertices and rays. What is kept is
// irredundant, but inequalities that hold with equality throughout stay
// inequalities: [Equations] finds these.
//
// A linear program finds a point in the relative interior, and with it the rows
// that hold with equality throughout. These are few, as a rule, and each is the
// objective of a program over the others. The rest are the candidates for
// facets, which facetSearch sorts out: Clarkson (1994) tests each row only against
// those known to be needed. If an H-representation is empty, all its rows are put to
// programs. [Result.Check] checks the result without any of this.
//
// An error is returned only when ctx ends.
func Find(ctx context.Context, f *cone.Polyhedron, progress func(Progress)) (*Result, error) {
	return FindSymmetric(ctx, f, nil, progress)
}

// FindSymmetric is Find, and takes the reason of a row for that of its images under permutations of the columns. It makes use of them if
// they map rows to rows, if no two rows are the same, images have the same Scale, and
// no row is flat, that is zero at all points; else the result is that of Find. All
// permutations must be symmetries, or none is used.
func FindSymmetric(ctx context.Context, f *cone.Polyhedron, permutations [][]int, progress func(Progress)) (*Result, error) {
	s := newSieve(f)
	s.progress = progress
	inside, err := s.interior(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.sift(ctx, inside); err != nil {
		return nil, err
	}
	// It is empty, and every row has been put to a program.
	if inside == nil {
		return s.result, s.refute(ctx)
	}
	h := newFacetSearch(s, inside)
	h.permute(permutations)
	if err := h.run(ctx); err != nil {
		return nil, err
	}
	return s.result, nil
}
