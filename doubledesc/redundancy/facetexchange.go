package redundancy

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/rational"
)

// decide finds out whether row i is needed.
//
// The segment from an inner point of the simplex of the basis to the point of
// row i, in the polar polytope, leaves the simplex through a facet. The point
// of a needed row beyond this facet takes the place of the one opposite to it; so the
// segment is followed from simplex to simplex until one holds its end. This is
// the simplex method for the multipliers. If no needed row is beyond the facet, a shot
// finds a new one; if there are too many exchanges, a linear program decides.
//
// It ends with row i needed or derived. Cycling is possible in principle where the
// simplices are degenerate; hence the limit, beyond which a program over the needed
// rows decides.
func (h *facetSearch) decide(ctx context.Context, i int) error {
	// Most rows need fewer exchanges than the basis has members.
	limit := 50 + 10*len(h.basis)
	// Any point inside will do to begin with; the sum of the basis is one.
	from := h.center()
	for exchanges := 0; ; exchanges++ {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// A shot on the way may have met the row itself.
		if h.rows[i].needed {
			return nil
		}
		j := h.leaving(from, h.rows[i].halfspace)
		if j < 0 {
			// In the simplex: its coordinates there are the multipliers.
			if d, ok := h.derivation(i); ok {
				h.s.decided(h.rows[i].row, RowReason{Implied: []Derivation{d}})
				return nil
			}
		}
		if j < 0 || exchanges > limit {
			return h.decideByProgram(ctx, i)
		}
		// A needed row that is known, before a shot for a new one, which looks at all
		// rows.
		k := h.violated(&h.dual[j])
		if k < 0 {
			k = h.shoot(&h.dual[j])
		}
		// The simplex behind the facet; the way goes on from the same point.
		h.exchange(j, k)
	}
}

// center returns the sum of the rows of the basis. It has positive coordinates in the
// basis.
func (h *facetSearch) center() *ray.Halfspace {
	// In coordinates of the space; flat rows are 0 there.
	sum := make(rational.Vector, len(h.space))
	for _, i := range h.basis {
		row := h.rows[i].halfspace
		for k, c := range row.Index {
			sum[c] = sum[c].Add(row.Values[k])
		}
	}
	return denseHalfspace(sum)
}

// leaving returns the place in the basis that the way from a point inside its
// simplex to a row leaves first, or -1 if the row is in the simplex. From and to are
// compared on the dual vectors: where to is negative, the way has left the simplex, at
// the time s/(s−e).
func (h *facetSearch) leaving(from, to *ray.Halfspace) int {
	best := -1
	var start, end rational.Int // products of the best one with from and to
	for j := range h.dual {
		e := to.Dot(&h.dual[j])
		if e.Sign() >= 0 {
			continue
		}
		// Positive, since from is inside the simplex.
		s := from.Dot(&h.dual[j])
		if best < 0 || s.Mul(end).Cmp(start.Mul(e)) > 0 { // s/-e < start/-end
			best, start, end = j, s, e
		}
	}
	return best
}

// exchange puts row k in place j of the basis. The row must not vanish on dual[j]. The
// dual vectors of the others are moved along the one that leaves, so that they vanish
// on the new row; the sign is chosen so that the new one is positive there.
func (h *facetSearch) exchange(j, k int) {
	row := h.rows[k].halfspace
	lead := row.Dot(&h.dual[j])
	up, down := h.dual[j], h.dual[j].Neg() // positive and negative on the row
	if lead.Sign() < 0 {
		up, down = down, up
		lead = lead.Neg()
	}
	for l := range h.dual {
		switch v := row.Dot(&h.dual[l]); {
		// These vanish on the new row already, or take its place.
		case l == j || v.IsZero():
		case v.Sign() > 0:
			h.dual[l] = ray.Combine(lead, &h.dual[l], v, &down, true)
		default:
			h.dual[l] = ray.Combine(lead, &h.dual[l], v.Neg(), &up, true)
		}
	}
	h.basis[j], h.dual[j] = k, up
}

// derivation writes row i as a combination of the basis, on which its
// multipliers are nonnegative, and of flat rows. It reports false if a flat row that is
// no equation or line would get a negative multiplier: then other flat rows have to
// help. Multipliers are products with the dual vectors, over those of the basis rows
// with their own. All must be brought to rows as written, hence the scales.
func (h *facetSearch) derivation(i int) (Derivation, bool) {
	var d Derivation
	row := h.rows[i].row
	unit := h.scale(row).Inv()
	rest := rational.RatVector(nil)
	// Without flat rows the sum is the row itself.
	if len(h.flat) > 0 {
		rest = denseRat(h.s.in.Rows[row].Vector, h.s.in.Columns)
	}
	add := func(k int, a cone.Vector, factor rational.Rat) {
		// What is still missing of the row in all columns.
		if rest != nil {
			for _, e := range a {
				rest[e.Index] = rest[e.Index].Sub(factor.Mul(rational.RatFromInt(e.Value)))
			}
		}
		if k < 0 {
			d.Constant = d.Constant.Add(factor.Mul(unit))
		} else {
			d.Terms = append(d.Terms, Multiple{k, factor.Mul(unit).Mul(h.scale(k))})
		}
	}
	// None of these is negative: the row is in the simplex.
	for j, k := range h.basis {
		c := &h.rows[k]
		if v := h.rows[i].halfspace.Dot(&h.dual[j]); !v.IsZero() {
			add(c.row, h.vector(c.row), rational.RatFromInts(v, c.halfspace.Dot(&h.dual[j])))
		}
	}
	ok := h.addFlat(rest, add)
	slices.SortFunc(d.Terms, func(a, b Multiple) int { return a.Row - b.Row })
	return d, ok
}

// addFlat adds the multiples of flat rows that make up the rest. The rest vanishes on
// the space of the candidates, and so is a combination of flat rows, with unique
// factors as these are a basis.
func (h *facetSearch) addFlat(rest rational.RatVector, add func(int, cone.Vector, rational.Rat)) bool {
	var factors []rational.Rat
	for k, row := range h.flat {
		var sum rational.Rat
		for _, e := range h.flatDual[k] {
			sum = sum.Add(rest[e.Index].Mul(rational.RatFromInt(e.Value)))
		}
		factor := sum.Quo(rational.RatFromInt(h.vector(row).Dot(h.flatDual[k])))
		// An inequality or a ray may only be added.
		if factor.Sign() < 0 && !h.s.in.Rows[row].Linear {
			return false
		}
		factors = append(factors, factor)
	}
	// Only now that no factor is bad.
	for k, row := range h.flat {
		if !factors[k].IsZero() {
			add(row, h.vector(row), factors[k])
		}
	}
	return true
}

// scale returns what a row of the polyhedron has been multiplied with to become its
// vector. The zero value counts as 1.
func (h *facetSearch) scale(row int) rational.Rat {
	s := h.s.in.Rows[row].Scale
	if s.IsZero() {
		return rational.NewRat(1, 1)
	}
	return rational.RatFromInt(s)
}

// vector returns a row of the polyhedron, or (1, 0, ..., 0) for -1. The row that goes
// without saying is 1 ≥ 0, or the apex.
func (h *facetSearch) vector(row int) cone.Vector {
	if row < 0 {
		return cone.Unit(0, 1)
	}
	return h.s.in.Rows[row].Vector
}

// denseRat writes a sparse vector out.
func denseRat(v cone.Vector, dim int) rational.RatVector {
	dense := make(rational.RatVector, dim)
	for _, e := range v {
		dense[e.Index] = rational.RatFromInt(e.Value)
	}
	return dense
}

// decideByProgram finds out whether row i is needed by linear programs over the
// rows known to be needed. The program may find a point that violates the row and no
// needed one: a shot towards it meets a new needed row, perhaps this one, and so it
// ends.
func (h *facetSearch) decideByProgram(ctx context.Context, i int) error {
	row := h.rows[i].row
	for !h.rows[i].needed {
		h.s.trim(row)
		d, point, err := h.s.implied(ctx, row, 1)
		if err != nil {
			return err
		}
		if point == nil {
			h.s.decided(row, RowReason{Implied: []Derivation{d}})
			return nil
		}
		x := ray.New(h.shrink(point))
		h.shoot(&x)
	}
	return nil
}

// shrink returns the direction of a point of the space in its coordinates. The
// basis of the space is in echelon form, so that these can be read off. Only its first
// entries are needed: in echelon form each basis vector begins where the others are 0.
func (h *facetSearch) shrink(point rational.RatVector) rational.Vector {
	x := make(rational.RatVector, len(h.space))
	for k, v := range h.space {
		x[k] = point[v[0].Index].Quo(rational.RatFromInt(v[0].Value))
	}
	return x.Primitive()
}
