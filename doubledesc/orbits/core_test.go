package orbits

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/rational"
)

// bell are the points of two parties with three settings each and two outcomes, in 15 coordinates: of the facets
// 36 have 48 points, 72 have 32, and 576 have 20.
func bell() *cone.Polyhedron {
	var rows [][]int64
	for mask := range int64(64) {
		row := []int64{1}
		for k := range 6 {
			row = append(row, mask>>k&1)
		}
		for i := range 3 {
			for j := range 3 {
				row = append(row, row[1+i]*row[4+j])
			}
		}
		rows = append(rows, row)
	}
	return polyhedron(cone.VRepresentation, rows, 0)
}

// A decomposition begins at a ray at which few rows are zero, and of ways down to a ray many end at such a one.
func TestFirstRayHasFewRows(t *testing.T) {
	s := newSystem(bell())
	first, err := s.first(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n := s.tight(first).Count(); n != 20 {
		t.Errorf("%d points on the facet to begin with, want 20", n)
	}
	x, inner, err := s.point(t.Context())
	if err != nil || !inner {
		t.Fatalf("inner %v, error %v", inner, err)
	}
	r, many := rand.New(rand.NewPCG(15, 8)), 0
	for range 100 {
		if s.tight(s.descend(x, r)).Count() == 48 {
			many++
		}
	}
	if many > 25 { // of lines that are looked along one at a time half end there
		t.Errorf("%d of 100 ways end at a facet with many points", many)
	}
}

// Where two rows are negatives of each other no point is inside, and the ray to begin with is one all the same.
func TestFirstRayOfAFlatCone(t *testing.T) {
	s := newSystem(polyhedron(cone.HRepresentation, [][]int64{{0, 1, -1, 0}, {0, -1, 1, 0}, {0, 1, 0, 0}, {0, 0, 0, 1}}, 0))
	_, inner, err := s.point(t.Context())
	if err != nil || inner {
		t.Fatalf("inner %v, error %v", inner, err)
	}
	r, err := s.first(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got, err := s.rayAt(s.tight(r)); err != nil || !got.Equal(r) {
		t.Errorf("%v is no ray: %v, error %v", r, got, err)
	}
}

// The last point of a cone along a line is in the cone, what is beyond it is not, and as many rows
// become zero there as it says.
func TestLeave(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 9))
	one, ends, several := rational.NewInt(1), map[bool]int{}, 0
	for range 300 {
		s := newSystem(symmetric(r))
		x, _, err := s.point(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if x == nil {
			continue
		}
		values, zero := make([]rational.Int, len(s.rows)), 0
		for i, a := range s.rows {
			if values[i] = a.Dot(x); values[i].IsZero() {
				zero++
			}
		}
		y := direction(cone.NullSpace(s.of(s.tight(x)), s.dim), r)
		end, more := s.leave(x, y, values)
		shrinks, tight, beyond := false, 0, false
		after := cone.Combine(rational.NewInt(1000), end, one, y) // a point behind the end
		for _, a := range s.rows {
			shrinks = shrinks || a.Dot(y).Sign() < 0
			switch a.Dot(end).Sign() {
			case 0:
				tight++
			case -1:
				t.Fatalf("rows %v: from %v along %v to %v, outside", s.rows, x, y, end)
			}
			beyond = beyond || a.Dot(after).Sign() < 0
		}
		if ends[shrinks]++; !shrinks {
			if end != nil || more != 0 {
				t.Errorf("rows %v: from %v along %v to %v, where nothing ends", s.rows, x, y, end)
			}
			continue
		}
		if end.IsZero() { // through the apex, where all rows are zero
			continue
		}
		if tight != zero+more || !beyond {
			t.Errorf("rows %v: from %v along %v to %v: %d rows more are zero, want %d; outside behind it: %v", s.rows, x, y, end, more, tight-zero, beyond)
		}
		if more > 1 {
			several++
		}
	}
	if ends[true] < 100 || ends[false] < 10 || several < 10 {
		t.Errorf("%v lines end or not, %d at several rows", ends, several)
	}
}

// Without symmetries a figure is converted to the end, as nothing is gained by orbits; with few it is given more time.
func TestFiguresWithoutSymmetries(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 10))
	tried := 0
	for range 15 {
		var rows [][]int64
		for range 25 {
			row := []int64{1}
			for range 6 {
				row = append(row, r.Int64N(2))
			}
			rows = append(rows, row)
		}
		s := newSystem(polyhedron(cone.VRepresentation, rows, 0))
		d, err := newDecomposition(t.Context(), &s.core, 0)
		if err == nil {
			err = d.run(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		o := slices.MaxFunc(d.orbits, func(a, b *orbit) int { return a.set.Count() - b.set.Count() })
		f := newFigure(d.c, o.ray, o.set)
		at, err := f.convert(t.Context(), effort{0, mostForProof}, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f.leg = effort{1, mostForProof}
		got, err := f.allRays(t.Context(), 1)
		if err != nil || !sameRays(len(f.rows), got, at) {
			t.Fatalf("%v, error %v, want %v", got, err, at)
		}
		if f.group != nil && f.group.order().Cmp(big.NewInt(1)) == 0 && at.effort > patience {
			if tried++; got.effort != at.effort {
				t.Errorf("effort %d, of one conversion %d", got.effort, at.effort)
			}
		}
	}
	if tried < 5 {
		t.Errorf("only %d figures without symmetries", tried)
	}
}

// The effort of a figure is all that was tried: a conversion, a longer one where there are few symmetries, and the orbits.
func TestEffortOfFigures(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	tried := 0
	for range 200 {
		s := newSystem(symmetric(r))
		d, err := newDecomposition(t.Context(), &s.core, 0)
		if err == nil {
			err = d.begin(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(d.orbits) == 0 {
			continue
		}
		f := newFigure(d.c, d.orbits[0].ray, d.orbits[0].set)
		if f.dim == 0 {
			continue
		}
		// No proof is that short: the figure is converted, and nothing shown.
		f.leg = effort{1e9, 1}
		once, err := f.convert(t.Context(), f.leg, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if least := effortRay * len(once.sets) * len(f.rows); once.effort < int64(least) {
			t.Errorf("effort %d, and %d for the rays alone", once.effort, least)
		}
		more, err := f.convert(t.Context(), effort{patience * f.leg.conversion, patience}, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.allRays(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		if once.shown || more.shown {
			continue
		}
		inner, err := newDecomposition(t.Context(), &f.core, 1)
		if err == nil {
			err = inner.run(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		want := once.effort + inner.effort
		switch order := f.group.order(); {
		case order.Cmp(big.NewInt(1)) == 0: // converted to the end
		case order.Cmp(big.NewInt(fewSymmetries)) < 0:
			want += patience * f.leg.conversion
		}
		if tried++; got.effort != want {
			t.Errorf("effort %d, want %d", got.effort, want)
		}
	}
	if tried < 20 {
		t.Errorf("only %d figures", tried)
	}
}
