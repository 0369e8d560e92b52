package cell

import (
	"context"
	"testing"

	"pstar/doubledesc"
	"pstar/fm"
	"pstar/rational"
	"pstar/rational/polynomial"
)

// TestMDT2_PlainProjection eliminates the α of the transport polytope, verifies
// the trace on the smaller cells, and compares with double description: the rays
// of the feasibility cone are, as forms in q and b, the rows of the projection.
func TestMDT2_PlainProjection(t *testing.T) {
	for _, c := range [][2]int{{2, 2}, {2, 3}, {2, 4}, {2, 5}, {2, 7}, {3, 3}, {3, 4}, {3, 5}, {4, 4}, {4, 5}, {5, 5}, {3, 6}} {
		s := NewTransportSystem(c[0], c[1])
		r, err := s.Project(context.Background(), fm.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if c[1] <= 5 {
			if err := r.Verify(context.Background()); err != nil {
				t.Errorf("%v: %v", c, err)
			}
		}
		rays, err := doubledesc.Rays(context.Background(), FeasibilityCone(c[0], c[1]).H, doubledesc.Options{})
		if err != nil {
			t.Fatal(err)
		}
		forms := make(map[string]bool)
		for _, ray := range rays.Rays { // (u, v) pairs with (q, b)
			dense := ray.Dense(len(s.supports) + s.N).Rats()
			forms[s.modulo(append(dense[s.N:], dense[:s.N]...)).String()] = true
		}
		if len(forms) != len(r.Rows)-1 {
			t.Errorf("%v: %d rays, %d rows", c, len(forms), len(r.Rows)-1)
		}
		for _, row := range r.Rows[1:] {
			if !forms[s.modulo(row.Coefficients[:len(s.supports)+s.N]).String()] {
				t.Errorf("%v: row %v is no ray", c, row.Coefficients)
			}
		}
	}
}

// TestMDD1 reproduces the elimination of the paper's appendix, and lifts a point
// on the boundary of its conditions.
func TestMDD1(t *testing.T) {
	d, err := EliminateD1(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Result.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
	p := []rational.Rat{rational.NewRat(1, 2), rational.NewRat(1, 3), rational.NewRat(1, 6)}
	// q_1 = p_1^3 and q_1 + q_3 = (p_1+p_3)^3.
	q := rational.RatVector{rational.NewRat(1, 8), rational.NewRat(19, 27), rational.NewRat(37, 216)}
	var symbols rational.RatVector
	for _, poly := range d1Symbols() {
		symbols = append(symbols, poly.Eval(p))
	}
	symbols = append(symbols, q...)
	x, ok := d.Result.Lift(make(rational.RatVector, len(d.System.Variables)), symbols)
	if !ok {
		t.Fatal("a point that meets the conditions is not lifted")
	}
	for i, row := range d.System.Rows {
		if !row.Holds(x, symbols) {
			t.Errorf("lifted point fails row %d", i)
		}
	}
}

// d1Symbols are the monomials in the order of the symbols.
func d1Symbols() []polynomial.Poly {
	var monomials []polynomial.Poly
	for _, m := range d1Multisets {
		monomials = append(monomials, polynomial.Monomial(rational.NewInt(1), m.power))
	}
	for i := range 3 {
		monomials = append(monomials, polynomial.Variable(3, i).Pow(3))
	}
	return monomials
}
