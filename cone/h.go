package cone

import "fmt"

// H is a cone by its rows: {x in R^Dim : a·x >= 0 for a in Inequalities,
// e·x = 0 for e in Equations}. Rows may be redundant, repeated or zero.
type H struct {
	Dim          int
	Inequalities []Vector
	Equations    []Vector
}

// Validate reports the first row that is not a sparse vector of dimension Dim.
func (h *H) Validate() error {
	// A cone in dimension 0 is {0}, and is allowed.
	if h.Dim < 0 {
		return fmt.Errorf("cone: dimension %d is negative", h.Dim)
	}
	return firstError(
		validateAll("inequality", h.Inequalities, h.Dim),
		validateAll("equation", h.Equations, h.Dim))
}

// firstError is the first error that is not nil, or nil.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// validateAll reports the first vector of a list that is no sparse vector of dimension dim.
func validateAll(kind string, vectors []Vector, dim int) error {
	for i, v := range vectors {
		// Indices ascend, and none is 0: see Vector.
		last := -1
		for _, e := range v {
			// Everything else in the package takes this for granted, and would go wrong in silence.
			if e.Index <= last || e.Index >= dim || e.Value.IsZero() {
				return fmt.Errorf("cone: %s %d: entry at coordinate %d is out of order, out of range for dimension %d, or zero",
					kind, i+1, e.Index+1, dim)
			}
			last = e.Index
		}
	}
	return nil
}

// Violated returns the index of the first row that x violates and whether that
// row is an equation; ok is true if there is none, so that x lies in the cone.
// Cost: one pass over the entries of the rows.
func (h *H) Violated(x Vector) (row int, equation, ok bool) {
	// Written out once: each row is then as many multiplications as it has entries.
	dense := newScatter(h.Dim, x)
	// Inequalities first: most of what lies outside violates one of many.
	for i, a := range h.Inequalities {
		if dense.dot(a).Sign() < 0 {
			return i, false, false
		}
	}
	// An equation has to be 0, with either sign.
	for i, a := range h.Equations {
		if dense.dot(a).Sign() != 0 {
			return i, true, false
		}
	}
	return 0, false, true
}

// Contains reports whether x lies in the cone.
func (h *H) Contains(x Vector) bool {
	_, _, ok := h.Violated(x)
	return ok
}

// Tight returns the indices of the inequalities that hold with equality at x.
func (h *H) Tight(x Vector) []int {
	dense := newScatter(h.Dim, x)
	var tight []int
	// Ascending, as the rows are gone through in their order.
	for i, a := range h.Inequalities {
		if dense.dot(a).IsZero() {
			tight = append(tight, i)
		}
	}
	return tight
}

// Rows returns the inequalities and the equations in one list.
func (h *H) Rows() []Vector {
	// A copy: appending to the result touches no list of the cone.
	rows := make([]Vector, 0, len(h.Inequalities)+len(h.Equations))
	rows = append(rows, h.Inequalities...)
	return append(rows, h.Equations...)
}

// Lineality returns a basis of the lineality space {x : every row is 0 at x}
// in reduced echelon form, primitive.
func (h *H) Lineality() []Vector { return NullSpace(h.Rows(), h.Dim) }

// IsExtreme reports whether x is an extreme ray of the cone: x lies in it, not
// in its lineality space, and the rows tight at x have rank one less than all
// rows, so that the smallest face holding x is x and the lineality space.
// rank is the rank of all rows, [Rank] of [H.Rows].
func (h *H) IsExtreme(x Vector, rank int) bool {
	if !h.Contains(x) {
		return false
	}
	// Equations are tight everywhere in the cone.
	tight := append([]Vector(nil), h.Equations...)
	for _, i := range h.Tight(x) {
		tight = append(tight, h.Inequalities[i])
	}
	if len(tight) == len(h.Equations)+len(h.Inequalities) {
		return false // x is in the lineality space
	}
	// x is zero on the tight rows but not on all rows: their rank is at most
	// rank-1, and a modular rank that reaches it settles the question.
	return HasRank(tight, h.Dim, rank-1)
}

// Polar returns the generators of the polar dual {y : y·x >= 0 for x in the
// cone}: by Farkas' lemma the rows themselves.
func (h *H) Polar() *V { return &V{Dim: h.Dim, Rays: h.Inequalities, Lines: h.Equations} }
