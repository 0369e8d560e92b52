package redundancy

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc/internal/program"
	"pstar/lp"
	"pstar/rational"
)

// sieve is the state of the search for redundant rows by linear programs. Rows of
// a program are added as they are violated, so that its size is about that of
// the rows needed.
type sieve struct {
	in     *cone.Polyhedron
	affine bool // rows are inequalities b + a·x >= 0, not generators
	apex   bool // the generator (1, 0, ..., 0) is to be added
	// Rows that have not been removed.
	present   []bool
	incidence *cone.Incidence // of the rows, as integer vectors
	working   []int           // rows of the programs, all present
	removed   []int           // in the order of their removal
	result    *Result
	progress  func(Progress)
	done      int // rows decided
	gone      int // of these, redundant
}

// An H-representation is asked about points (1, x), a V-representation about rows (b,
// a) that generators satisfy.
func newSieve(f *cone.Polyhedron) *sieve {
	s := &sieve{in: f, affine: f.Representation == cone.HRepresentation, result: &Result{In: f}}
	s.result.Rows = make([]RowReason, len(f.Rows))
	vertex := false
	var rows []cone.Vector
	for _, r := range f.Rows {
		rows = append(rows, r.Vector)
		vertex = vertex || r.IsVertex()
	}
	s.present = make([]bool, len(rows))
	s.incidence = cone.NewIncidence(rows, f.Columns)
	// Without vertices the origin is one, by the convention of such files.
	s.apex = !s.affine && !vertex && len(f.Rows) > 0
	return s
}

// reason puts row i to the test. An equation must be implied from both sides; one
// witness on either side is enough to keep it.
func (s *sieve) reason(ctx context.Context, i int) (RowReason, error) {
	s.trim(i)
	signs := []int64{1}
	if s.in.Rows[i].Linear {
		signs = []int64{1, -1}
	}
	var reason RowReason
	for _, sign := range signs {
		d, witness, err := s.implied(ctx, i, sign)
		if err != nil || witness != nil {
			return RowReason{Witness: witness}, err
		}
		reason.Implied = append(reason.Implied, d)
		// What is absurd implies both sides.
		if d.Absurd {
			break
		}
	}
	return reason, nil
}

// trim gets the working rows ready for the test of row i. A program needs about as
// many rows as columns. The latest serve again, which pays where few rows are
// needed; all of them would swell the program where many are. Row i must not take part
// in its own test.
func (s *sieve) trim(i int) {
	// Removed rows may have been put to work before they were tested.
	s.working = slices.DeleteFunc(s.working, func(j int) bool { return j == i || !s.present[j] })
	if extra := len(s.working) - 4*s.in.Columns; extra > 0 {
		s.working = slices.Delete(s.working, 0, extra)
	}
}

// implied looks for the least value of sign times row i where the other rows
// hold. It returns a derivation if that is not negative, else a witness.
func (s *sieve) implied(ctx context.Context, i int, sign int64) (Derivation, rational.RatVector, error) {
	return s.least(ctx, s.row(i).Scale(rational.NewRat(sign, 1)), i)
}

// refute derives -1 >= 0 from the rows kept of what is empty. The goal −1 is negative
// wherever there is a point, so that there being none is what it shows.
func (s *sieve) refute(ctx context.Context) error {
	// No row is left out: −1 is none of them.
	goal := make(rational.RatVector, s.in.Columns)
	goal[0] = rational.NewRat(-1, 1)
	d, _, err := s.least(ctx, goal, -1)
	s.result.Empty = &d
	return err
}

// least looks for the least value of a goal where the present rows but row i hold, and returns
// a derivation if that is not negative or there is no solution, else a point. It grows
// the program by the row that its solution violates most, until none is violated or the
// goal is reached.
func (s *sieve) least(ctx context.Context, goal rational.RatVector, i int) (Derivation, rational.RatVector, error) {
	for {
		p := s.program(goal)
		r, err := program.Solve(ctx, p)
		if err != nil {
			return Derivation{}, nil, err
		}
		point := s.point(r, goal)
		// The working rows are enough for a proof.
		if point == nil {
			return s.derivation(r), nil, nil
		}
		j := s.violated(point, i)
		// Valid for all present rows: a witness.
		if j < 0 {
			return Derivation{}, point, nil
		}
		// It is violated, and so not among the working rows; there are finitely many.
		s.working = append(s.working, j)
	}
}

// row returns row i of the polyhedron as it is written, all columns. As written, so
// that multipliers are of rows as written.
func (s *sieve) row(i int) rational.RatVector {
	r := s.in.Rows[i]
	row := make(rational.RatVector, s.in.Columns)
	for _, e := range r.Vector {
		row[e.Index] = r.At(e.Index)
	}
	return row
}

// first is the first column that is a variable: the constant is none. For generators
// the constant is a coordinate like the others.
func (s *sieve) first() int {
	if s.affine {
		return 1
	}
	return 0
}

// program asks for the least value of the goal over the working rows. Variables are
// free; rows give the bounds.
func (s *sieve) program(goal rational.RatVector) *lp.Problem {
	p := &lp.Problem{}
	if s.affine {
		p.Constant = goal[0]
	}
	for _, c := range goal[s.first():] {
		p.AddVariable(lp.Variable{Cost: c})
	}
	for _, j := range s.working {
		p.AddRow(s.constraint(s.in.Rows[j]))
	}
	// The generator (1, 0, …, 0) as a row b ≥ 0.
	if s.apex {
		p.AddRow(lp.Row{Terms: []lp.Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}}, Lower: lp.At(rational.Rat{})})
	}
	return p
}

// constraint is a row of the polyhedron as one of the program: the constant moves to
// the other side.
func (s *sieve) constraint(r cone.Row) lp.Row {
	row := lp.Row{Lower: lp.At(rational.Rat{})}
	for _, e := range r.Vector {
		if s.affine && e.Index == 0 {
			row.Lower = lp.At(r.At(0).Neg())
			continue
		}
		row.Terms = append(row.Terms, lp.Term{Variable: e.Index - s.first(), Coefficient: r.At(e.Index)})
	}
	if r.Linear {
		row.Upper = row.Lower
	}
	return row
}

// point returns a solution of the working rows at which the goal is negative,
// or nil if the result shows that there is none.
func (s *sieve) point(r *lp.Result, goal rational.RatVector) rational.RatVector {
	switch {
	// No point, or none at which the goal is negative.
	case r.Verdict == lp.Infeasible, r.Verdict == lp.Optimal && r.Value.Sign() >= 0:
		return nil
	case r.Verdict == lp.Optimal:
		return s.lift(r.Primal)
	}
	// Far enough along the ray the goal is -1 or less.
	start, direction := s.lift(r.Primal), s.lift(r.Ray)
	// The constant of a direction is 0.
	if s.affine {
		direction[0] = rational.Rat{}
	}
	one := rational.NewRat(1, 1)
	// The direction makes the goal fall, so that the quotient is of positive numbers.
	length := rational.MaxRat(one, goal.Dot(start).Add(one).Quo(goal.Dot(direction).Neg()))
	return start.Add(direction.Scale(length))
}

// lift puts the constant 1 before the variables of an affine program. Of generators
// nothing is to be added.
func (s *sieve) lift(x []rational.Rat) rational.RatVector {
	if !s.affine {
		return x
	}
	return append(rational.RatVector{rational.NewRat(1, 1)}, x...)
}

// violated returns the present row other than i that the point violates most,
// or -1 if it violates none. An equation is violated on both sides.
func (s *sieve) violated(point rational.RatVector, i int) int {
	worst, at := rational.Int{}, -1
	for _, p := range s.incidence.NonZero(cone.Sparse(point.Primitive())) {
		if p.Row == i || !s.present[p.Row] {
			continue
		}
		// Rows that are 0 at the point are not listed.
		value := p.Value
		if s.in.Rows[p.Row].Linear {
			value = value.Abs().Neg()
		}
		if value.Cmp(worst) < 0 {
			worst, at = value, p.Row
		}
	}
	return at
}

// derivation reads the multipliers off a result without a point. There are
// some at an optimum that is not negative, and of an infeasible program.
func (s *sieve) derivation(r *lp.Result) Derivation {
	d := Derivation{Absurd: r.Verdict == lp.Infeasible}
	// The objective is bounded here: of an unbounded one there is a point.
	multipliers := r.Dual
	if d.Absurd {
		multipliers = r.Farkas
	}
	for k, j := range s.working {
		if !multipliers[k].IsZero() {
			d.Terms = append(d.Terms, Multiple{j, multipliers[k]})
		}
	}
	switch {
	// Scaled so that the constant is −1.
	case d.Absurd:
		d = d.scale(s.constantOf(d).Neg().Inv())
	// What the least value exceeds 0 by is a multiple of 1 ≥ 0.
	case s.affine:
		d.Constant = r.Value
	// The apex was the last row.
	case s.apex:
		d.Constant = multipliers[len(s.working)]
	}
	slices.SortFunc(d.Terms, func(a, b Multiple) int { return a.Row - b.Row })
	return d
}

// constantOf returns the first column of the sum.
func (s *sieve) constantOf(d Derivation) rational.Rat {
	var sum rational.Rat
	for _, t := range d.Terms {
		sum = sum.Add(t.Factor.Mul(s.in.Rows[t.Row].At(0)))
	}
	return sum
}

// The factor is positive, or the derivation is of an equation.
func (d Derivation) scale(c rational.Rat) Derivation {
	scaled := Derivation{Constant: d.Constant.Mul(c), Absurd: d.Absurd}
	for _, t := range d.Terms {
		scaled.Terms = append(scaled.Terms, Multiple{t.Row, t.Factor.Mul(c)})
	}
	return scaled
}
