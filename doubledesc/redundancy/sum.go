package redundancy

import (
	"fmt"

	"pstar/cone"
	"pstar/internal/each"
	"pstar/rational"
)

// substitute rewrites every derivation in terms of rows that are kept. The
// derivation of a row speaks of rows that were present at its removal; those
// removed later have been rewritten before it. So rows removed last are rewritten
// first, and every derivation that is used here is one in kept rows already.
func (s *sieve) substitute() {
	for k := len(s.removed) - 1; k >= 0; k-- {
		reason := &s.result.Rows[s.removed[k]]
		for side := range reason.Implied {
			reason.Implied[side] = s.rewritten(reason.Implied[side])
		}
	}
}

// rewritten replaces removed rows by their derivations. A derivation that is absurd
// makes the whole so.
func (s *sieve) rewritten(d Derivation) Derivation {
	factors := make(map[int]rational.Rat, len(d.Terms))
	sum := Derivation{Constant: d.Constant, Absurd: d.Absurd}
	for _, t := range d.Terms {
		// It stays, and so does its multiple.
		if s.present[t.Row] {
			factors[t.Row] = factors[t.Row].Add(t.Factor)
			continue
		}
		// By the side that fits: of an inequality only the one.
		side := 0
		if t.Factor.Sign() < 0 {
			side = 1 // an equation or a line: its negative is derived as well
		}
		implied := s.result.Rows[t.Row].Implied
		// Rows that were derived from a contradiction are no help; the contradiction
		// itself is the derivation.
		if implied[0].Absurd || implied[side].Absurd {
			return absurd(implied)
		}
		// The sign is in the choice of the side.
		part := implied[side].scale(t.Factor.Abs())
		sum.Constant = sum.Constant.Add(part.Constant)
		for _, u := range part.Terms {
			factors[u.Row] = factors[u.Row].Add(u.Factor)
		}
	}
	for i := range s.in.Rows { // in order of rows
		if x := factors[i]; !x.IsZero() {
			sum.Terms = append(sum.Terms, Multiple{i, x})
		}
	}
	if sum.Absurd && !sum.Constant.IsZero() {
		// -1 is the sum and a nonnegative constant: without it the sum is less.
		scale := sum.Constant.Add(rational.NewRat(1, 1)).Inv()
		sum.Constant = rational.Rat{}
		sum = sum.scale(scale)
	}
	return sum
}

// absurd returns the derivation of -1 >= 0 among those of a row. One of the sides is
// absurd, where either is.
func absurd(implied []Derivation) Derivation {
	for _, d := range implied {
		if d.Absurd {
			return d
		}
	}
	panic("redundancy: no absurd derivation")
}

// Kept returns the polyhedron with the rows that are needed, as they were written. If
// generators are given but none is needed, they describe the origin alone, and
// the result has that as its one vertex: without any row it would be empty. The rows
// are not copied, and must not be changed.
func (r *Result) Kept() *cone.Polyhedron {
	kept := *r.In
	kept.Rows = nil
	for i, row := range r.In.Rows {
		if r.Rows[i].Witness != nil {
			kept.Rows = append(kept.Rows, row)
		}
	}
	if len(kept.Rows) == 0 && len(r.In.Rows) > 0 && !r.isH() {
		kept.Rows = []cone.Row{{Vector: cone.Unit(0, 1)}}
	}
	return &kept
}

// Check checks every reason by exact arithmetic: derivations are summed up, and
// witnesses are tried on every row that is kept. It returns what is wrong. It shares
// nothing with the search but the types: sums are made from the rows as written.
func (r *Result) Check() error {
	if len(r.Rows) != len(r.In.Rows) {
		return fmt.Errorf("redundancy: reasons for %d rows of %d", len(r.Rows), len(r.In.Rows))
	}
	vectors := each.Of(r.In.Rows, func(row cone.Row) cone.Vector { return row.Vector })
	incidence := cone.NewIncidence(vectors, r.In.Columns)
	// That there is no solution must be derived from rows that are kept.
	if r.Empty != nil {
		if !r.Empty.Absurd {
			return fmt.Errorf("redundancy: not shown to be empty: the derivation is not of -1 >= 0")
		}
		if err := r.checkDerivation(cone.Row{}, rational.NewRat(1, 1), *r.Empty); err != nil {
			return fmt.Errorf("redundancy: not shown to be empty: %w", err)
		}
	}
	for i, reason := range r.Rows {
		var err error
		if reason.Witness != nil {
			err = r.checkWitness(i, incidence)
		} else {
			err = r.checkImplied(i)
		}
		if err != nil {
			return fmt.Errorf("redundancy: row %d: %w", i+1, err)
		}
	}
	return nil
}

// isH reports whether rows are inequalities.
func (r *Result) isH() bool { return r.In.Representation == cone.HRepresentation }

// checkWitness tries a witness, scaled to integers, on every row that is kept. Kept are
// the rows with a witness.
func (r *Result) checkWitness(i int, rows *cone.Incidence) error {
	w := r.Rows[i].Witness
	// A result may come from a file.
	if len(w) != r.In.Columns {
		return fmt.Errorf("witness of %d coordinates, want %d", len(w), r.In.Columns)
	}
	if r.isH() && !w[0].Equal(rational.NewRat(1, 1)) {
		return fmt.Errorf("witness does not begin with 1")
	}
	// The apex counts as a generator that is kept.
	if r.needsApex() && w[0].Sign() < 0 {
		return fmt.Errorf("witness cuts off the apex")
	}
	violated := false
	// Rows at which the witness is zero are not listed: they hold, if they are not
	// strict.
	for _, p := range rows.NonZero(cone.Sparse(w.Primitive())) {
		switch holds := p.Value.Sign() > 0 && !r.In.Rows[p.Row].Linear; {
		case p.Row == i:
			violated = !holds
		case !holds && r.Rows[p.Row].Witness != nil:
			return fmt.Errorf("witness violates row %d as well", p.Row+1)
		}
	}
	if !violated {
		return fmt.Errorf("witness satisfies the row")
	}
	return nil
}

// needsApex reports whether the polyhedron has generators but no vertex. Then (1, 0, …,
// 0) goes without saying.
func (r *Result) needsApex() bool {
	for _, row := range r.In.Rows {
		if row.IsVertex() {
			return false
		}
	}
	return !r.isH() && len(r.In.Rows) > 0
}

// checkImplied checks one derivation, or two for what is linear, or one that is absurd.
func (r *Result) checkImplied(i int) error {
	row := r.In.Rows[i]
	sides := r.Rows[i].Implied
	for side, d := range sides {
		sign := rational.NewRat(int64(1-2*side), 1)
		if err := r.checkDerivation(row, sign, d); err != nil {
			return err
		}
		if d.Absurd {
			return nil
		}
	}
	// Too few or too many sides prove something else.
	if want := 1; len(sides) != want && !row.Linear || len(sides) != want+1 && row.Linear {
		return fmt.Errorf("%d derivations", len(sides))
	}
	return nil
}

// checkDerivation sums up the multiples and compares with sign times the row, column by
// column.
func (r *Result) checkDerivation(row cone.Row, sign rational.Rat, d Derivation) error {
	// Only an H-representation or an apex has a constant to add.
	if d.Constant.Sign() < 0 || !d.Constant.IsZero() && !r.isH() && !r.needsApex() {
		return fmt.Errorf("constant %v", d.Constant)
	}
	sum := make(rational.RatVector, r.In.Columns)
	sum[0] = d.Constant
	for _, t := range d.Terms {
		if t.Row < 0 || t.Row >= len(r.Rows) || r.Rows[t.Row].Witness == nil {
			return fmt.Errorf("derived from row %d, which is not kept", t.Row+1)
		}
		used := r.In.Rows[t.Row]
		if t.Factor.Sign() < 0 && !used.Linear {
			return fmt.Errorf("negative multiple of row %d", t.Row+1)
		}
		// As written, that is, divided by their scales.
		for _, e := range used.Vector {
			sum[e.Index] = sum[e.Index].Add(t.Factor.Mul(used.At(e.Index)))
		}
	}
	for k, x := range sum {
		want := row.At(k).Mul(sign)
		if d.Absurd {
			want = rational.Rat{}
			// The contradiction is −1 ≥ 0, whatever the row.
			if k == 0 {
				want = rational.NewRat(-1, 1)
			}
		}
		if !x.Equal(want) {
			return fmt.Errorf("the multiples add up to %v in column %d, want %v", x, k+1, want)
		}
	}
	// Generators always generate something.
	if d.Absurd && !r.isH() {
		return fmt.Errorf("generators cannot be absurd")
	}
	return nil
}
