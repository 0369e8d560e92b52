package decide

import (
	"context"
	"slices"
	"strings"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

// unneeded finds the claimed rows or terms that the others imply: those that are none of the minimal form, modulo the equations of the given facts and of
// the form. One of several equal ones is needed. Where rows force equations, the form has only one of the ways to say so, and it is asked whether a row follows from the others.
//
// A claimed row is compared by its normal form with those of the minimal form, which
// costs no program.
func (r *Result) unneeded(ctx context.Context, given, claimed, form []statement.Row) error {
	// Of a refuted claim the minimal form says nothing about its rows.
	if r.Status == theorems.Refuted {
		return nil
	}
	var e statement.Equations
	for i, row := range slices.Concat(given, form) {
		if row.Relation == statement.Equal {
			e.Add(i, row.Form)
		}
	}
	key := func(row statement.Row) string {
		// A row may be scaled, a term of an optimum may not.
		if r.Form.Optimum { // terms are compared with their size
			rest, _ := e.Reduce(row.Form)
			return rest.Text(r.System.Name)
		}
		return farkas.Key(&e, row.Form)
	}
	needed := map[string]bool{}
	for _, row := range form {
		needed[key(row)] = true
	}
	// The first of several equal rows is needed, the others repeat it.
	first, gone := map[string]int{}, map[int]bool{}
	for i, row := range claimed {
		k := key(row)
		before, repeated := first[k]
		switch {
		// Modulo the equations nothing is left of it but a number.
		case !r.Form.Optimum && strings.HasPrefix(k, " "): // a part of the equations of the form
			gone[i] = true
			follows, err := r.others(ctx, given, claimed, gone, row)
			if err != nil {
				return err
			}
			// It is needed, as the equations rest on it; it is put back.
			if !follows {
				delete(gone, i)
				continue
			}
		case needed[k] && !repeated:
			first[k] = i
			continue
		case repeated:
			if r.Repeated == nil {
				r.Repeated = map[int]int{}
			}
			r.Repeated[i] = before
		}
		// It is not in the minimal form, so the others imply it.
		gone[i] = true
		r.Unneeded = append(r.Unneeded, i)
	}
	return nil
}

// others reports whether a row follows from the given facts and the claimed rows that
// are not gone. The row itself is gone while it is asked.
func (r *Result) others(ctx context.Context, given, claimed []statement.Row, gone map[int]bool, row statement.Row) (bool, error) {
	rows := slices.Clone(given)
	for i, c := range claimed {
		if !gone[i] {
			rows = append(rows, c)
		}
	}
	_, point, _, err := farkas.New(r.System.Symbols, rows).Sides(ctx, row)
	return point == nil, err
}

// unused finds the assumptions, statements of the file, of which no proof has a share.
// Several facts can come from one statement with a for; if one of them is used, the
// statement is. Elemental inequalities were not written by anyone.
func (r *Result) unused() {
	used := map[int]bool{}
	for _, s := range r.Settled {
		for _, k := range s.used() {
			used[s.Facts[k].At.Line] = true
		}
	}
	for _, f := range r.System.Facts {
		if line := f.At.Line; f.Assumed && !used[line] && !slices.Contains(r.Unused, line) && !f.Elemental {
			r.Unused = append(r.Unused, line)
		}
	}
}

// used are the facts that the proofs have shares of, and their images. By symmetry a
// proof of one row is one of all its images; the images of a fact that it uses are used
// there.
func (s *Settled) used() (list []int) {
	seen := make([]bool, len(s.Facts))
	add := func(k int) {
		if !seen[k] {
			seen[k] = true
			list = append(list, k)
		}
	}
	for _, p := range s.proofs() {
		for _, share := range p.Shares {
			// Rows and images have numbers behind the facts, and are no facts.
			if share.Number < len(s.Facts) {
				add(share.Number)
			}
		}
	}
	// The list grows while it is gone through, until it is closed under the actions.
	for i := 0; i < len(list); i++ {
		for _, a := range s.Actions {
			add(a.Facts[list[i]])
		}
	}
	return list
}

// proofs are all those of a settled problem. Those of the rows from the facts, and
// those of what generators require.
func (s *Settled) proofs() []*farkas.Proof {
	list := slices.Clone(s.Follow)
	for _, d := range s.each {
		if list = append(list, d.Proof); d.Negative != nil {
			list = append(list, d.Negative)
		}
	}
	return list
}

// explain says what fails where a claim is refuted. The point has values for further
// symbols of the problem, which are cut off: the reader knows those of the file.
func (r *Result) explain(ctx context.Context) error {
	s := r.Settled[len(r.Settled)-1]
	x := &Counterexample{Point: s.Point[:len(r.System.Symbols)]}
	// A step is about points only.
	if r.Counterexample = x; r.Step != nil {
		x.Direction = "this point satisfies the rows, and not the step"
		return nil
	}
	c := r.System.Claims[r.Claim]
	// No unknowns exist at these parameters, and the sum that shows it is told.
	if s.Row < 0 {
		for _, share := range s.dual.shares(s.dual.generator(s.generator)) {
			x.Multipliers = append(x.Multipliers, Multiplier{s.Facts[share.Number].Label, share.Factor})
		}
	}
	// Infeasible is refuted by any point at all; an implication by one without a row;
	// an iff on one of its two sides.
	switch {
	case c.Kind == statement.Infeasible:
		x.Direction = "this point satisfies the system"
	case c.Kind == statement.Implied:
		x.Direction = "this point satisfies the system, and not " + s.Problem.Rows[s.Row].Label
	case c.Kind == statement.Feasible && s.Row >= 0:
		x.Direction = "these parameters have a solution, but not the row " + s.Problem.Rows[s.Row].Label
	case c.Kind == statement.Feasible:
		x.Direction = "these parameters have all the rows, but no solution"
	default:
		return r.values(ctx, c, x)
	}
	return nil
}

// values compares the claimed optimum with the true one at the parameters of the counterexample.
//
// A counterexample to one half shows that some term is wrong there; what the reader
// wants to know is both numbers. So the program is solved again at these parameters,
// and its dual is the sum that proves its value.
func (r *Result) values(ctx context.Context, c statement.Claim, x *Counterexample) error {
	var claimed *rational.Rat
	for _, t := range c.Terms {
		// The claimed value is the least or the greatest of the terms at the point.
		v := t.Form.At(x.Point)
		if claimed == nil || (v.Cmp(*claimed) < 0) == c.Least {
			claimed = &v
		}
	}
	x.Claimed = claimed
	p := r.programAt(x.Point)
	solved, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return err
	}
	if solved.Verdict == lp.Optimal {
		x.True, x.Point = &solved.Value, farkas.Point(solved.Primal)
		// The multipliers of a refutation without unknowns are replaced by those of the
		// program.
		x.Multipliers = nil
		for i, y := range solved.Dual {
			if !y.IsZero() {
				if p.Sense == lp.Maximise {
					y = y.Neg() // rows are >= 0, and their sum bounds the negative objective
				}
				x.Multipliers = append(x.Multipliers, Multiplier{p.Rows[i].Name, y})
			}
		}
	}
	x.Unbounded = solved.Verdict == lp.Unbounded
	name := r.System.Objective.Name
	// An optimum that is no number cannot be compared.
	switch {
	case x.Unbounded:
		x.Direction = "here " + name + " is unbounded"
	case x.True.Cmp(*claimed) < 0:
		x.Direction = "here " + name + " is smaller than claimed"
	default:
		x.Direction = "here " + name + " is larger than claimed"
	}
	return nil
}

// programAt is the program at the parameters of a point; strict rows are closed, as
// their limit is the supremum. Parameters are fixed by equal bounds.
func (r *Result) programAt(point farkas.Point) *lp.Problem {
	p := &lp.Problem{Sense: lp.Minimise}
	if r.System.Objective.Maximize {
		p.Sense = lp.Maximise
	}
	for i, s := range r.System.Symbols {
		v := lp.Variable{Cost: r.System.Objective.Form.Coefficient(i)}
		// An unknown of any sign has no bounds.
		switch {
		case !s.Unknown:
			v.Lower = lp.At(point[i])
			v.Upper = v.Lower
		case s.Nonnegative:
			v.Lower = lp.At(rational.Rat{})
		}
		p.AddVariable(v)
	}
	p.Constant = r.System.Objective.Form.Constant()
	for _, f := range r.System.Facts {
		row := lp.Row{Name: f.Label, Terms: farkas.Terms(f.Form), Lower: lp.At(f.Form.Constant().Neg())}
		if f.Relation == statement.Equal {
			row.Upper = row.Lower
		}
		p.AddRow(row)
	}
	return p
}
