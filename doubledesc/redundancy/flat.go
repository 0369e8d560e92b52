package redundancy

import (
	"context"

	"pstar/cone"
	"pstar/rational"
)

// sift puts the rows that vanish on the whole cone to the test, one by one and
// against each other only: where the cone has an interior point, a derivation of
// such a row cannot use any other.
//
// Of an empty polyhedron all rows are flat, and so all of it is decided here.
func (s *sieve) sift(ctx context.Context, inside *interior) error {
	for i := range s.present {
		s.present[i] = inside.flat(i)
	}
	for _, i := range s.sequence() {
		if !inside.flat(i) {
			continue
		}
		reason, err := s.reason(ctx, i)
		if err != nil {
			return err
		}
		// It is not there for the rows after it, so that two that imply each other do
		// not both go.
		if reason.Witness == nil {
			s.removed = append(s.removed, i)
			s.present[i] = false
		} else if inside != nil {
			// A witness is found against flat rows alone, and may violate others.
			reason.Witness = s.drawn(reason.Witness, inside)
		}
		s.decided(i, reason)
	}
	s.substitute()
	return nil
}

// decided notes the reason of row i. Each row is decided once.
func (s *sieve) decided(i int, reason RowReason) {
	s.result.Rows[i] = reason
	s.done++
	if reason.Witness == nil {
		s.gone++
	}
	if s.progress != nil {
		s.progress(Progress{Decided: s.done, Rows: len(s.in.Rows), Redundant: s.gone})
	}
}

// drawn moves a witness of a flat row towards the interior, until the rows that
// are not flat hold. The interior vector is positive on them and zero on flat rows, so
// that the verdict of the flat ones stays.
func (s *sieve) drawn(witness rational.RatVector, inside *interior) rational.RatVector {
	w := cone.Sparse(witness.Primitive())
	// At least one step, so that no row is 0 that should be positive.
	one := rational.NewInt(1)
	way := one
	// How many steps towards the interior make this value at least positive.
	away := func(value, depth rational.Int) {
		if value.Sign() < 0 {
			steps, _ := value.Neg().QuoRem(depth)
			if steps = steps.Add(one); steps.Cmp(way) > 0 {
				way = steps
			}
		}
	}
	for _, p := range s.incidence.NonZero(w) {
		if !inside.flat(p.Row) {
			away(p.Value, inside.depth[p.Row])
		}
	}
	if s.apex {
		away(w.At(0), inside.at.At(0))
	}
	return s.witnessAt(cone.Combine(one, w, way, inside.at))
}

// witnessAt returns a vector in the form in which witnesses are reported. For an
// H-representation the constant is 1; for a V-representation integers without a common
// divisor.
func (s *sieve) witnessAt(x cone.Vector) rational.RatVector {
	x = x.Primitive()
	// The constant is positive at a witness, as it is at the interior vector.
	scale := rational.NewInt(1)
	if s.affine {
		scale = x.At(0)
	}
	witness := make(rational.RatVector, s.in.Columns)
	for _, e := range x {
		witness[e.Index] = rational.RatFromInts(e.Value, scale)
	}
	return witness
}

// sequence lists the rows in the order in which they are put to the test: the
// last one first, and equations and lines after all others. What is tested first goes
// first, where rows imply each other: so the first ones stay, and equations before all.
func (s *sieve) sequence() []int {
	var order []int
	for _, linear := range []bool{false, true} {
		for i := len(s.in.Rows) - 1; i >= 0; i-- {
			if s.in.Rows[i].Linear == linear {
				order = append(order, i)
			}
		}
	}
	return order
}
