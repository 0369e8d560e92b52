package redundancy

import (
	"context"

	"pstar/cone"
	"pstar/doubledesc/internal/program"
	"pstar/lp"
	"pstar/rational"
)

// interior is a vector in the relative interior of the cone one dimension up,
// of points or, for a V-representation, of rows that the generators satisfy.
type interior struct {
	at    cone.Vector
	depth []rational.Int // by row of the polyhedron: its product with at, not negative
}

// flat reports whether row i vanishes on the whole cone: equations and lines do,
// and inequalities that hold with equality throughout. Without an interior every row
// counts as flat.
func (in *interior) flat(i int) bool { return in == nil || in.depth[i].IsZero() }

// interior looks for a vector in the relative interior; it is nil if the polyhedron is an
// H-representation without solutions. The unit vector of the constant is tried
// first: it is an interior point of polytopes around the origin and is positive
// on all vertices.
func (s *sieve) interior(ctx context.Context) (*interior, error) {
	in := s.measured(cone.Unit(0, 1))
	// It is good if it is in the cone and zero exactly at what is declared linear;
	// otherwise flat inequalities might be hidden.
	for i, r := range s.in.Rows {
		if in == nil || r.Linear != in.flat(i) {
			return s.interiorByProgram(ctx)
		}
	}
	return in, nil
}

// measured returns the vector with its products, or nil if it is not in the cone. Rows
// at which it is zero are not listed by the products, and have depth 0.
func (s *sieve) measured(at cone.Vector) *interior {
	in := &interior{at: at, depth: make([]rational.Int, len(s.in.Rows))}
	for _, p := range s.incidence.NonZero(at) {
		if s.in.Rows[p.Row].Linear || p.Value.Sign() < 0 {
			return nil
		}
		in.depth[p.Row] = p.Value
	}
	return in
}

// interiorByProgram maximises the sum of the depths, each cut off at 1: as the cone
// can be scaled, all depths that can be positive reach 1 at the optimum. The solution
// with all of them at 1 is the sum of points at which single ones are positive.
func (s *sieve) interiorByProgram(ctx context.Context) (*interior, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	for range s.in.Columns {
		p.AddVariable(lp.Variable{})
	}
	// Coordinates are free: the rows are all there is.
	zero, one := lp.At(rational.Rat{}), rational.NewRat(1, 1)
	// depth ≤ a·x, and depth ≤ 1.
	deep := func(a cone.Vector) {
		depth := p.AddVariable(lp.Variable{Cost: one, Lower: zero, Upper: lp.At(one)})
		p.AddRow(lp.Row{Terms: append(program.Terms(a), lp.Term{Variable: depth, Coefficient: one.Neg()}), Lower: zero})
	}
	for _, r := range s.in.Rows {
		if r.Linear {
			p.AddRow(lp.Row{Terms: program.Terms(r.Vector), Lower: zero, Upper: zero})
		} else {
			deep(r.Vector)
		}
	}
	if s.affine || s.apex {
		deep(cone.Unit(0, 1))
	}
	r, err := program.Solve(ctx, p)
	if err != nil {
		return nil, err
	}
	at := cone.Sparse(rational.RatVector(r.Primal[:s.in.Columns]).Primitive())
	// No point with a positive constant: there is no solution.
	if s.affine && at.At(0).IsZero() {
		return nil, nil
	}
	return s.measured(at), nil
}
