package projection

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/doubledesc/redundancy"
	"pstar/internal/each"
	"pstar/lp"
	"pstar/rational"
)

// Minimal writes a polyhedron, which may have strict rows, in its one shortest form: equations, also those that
// inequalities force, each solved for its last variable, which occurs in no other row; and inequalities of
// which none follows from the others. Of the rows the first ones are given: what is left are rows that cut the same set out of that
// of the given ones, equations modulo those of the given rows. Which of several strict rows stays that only cut off
// parts of the boundary depends on their order. The empty set has the row -1 >= 0.
//
// It solves three linear programs and looks for redundant rows; see [redundancy.Find].
func Minimal(ctx context.Context, p *cone.Polyhedron, given int) (*cone.Polyhedron, error) {
	return MinimalSymmetric(ctx, p, given, nil)
}

// MinimalSymmetric is Minimal, and quicker where permutations of the columns, column 0 fixed, map the polyhedron onto itself: of each orbit one row is
// looked at. It makes use of them where there are no equations, and where they do map rows to rows; the result is the same.
func MinimalSymmetric(ctx context.Context, p *cone.Polyhedron, given int, permutations [][]int) (*cone.Polyhedron, error) {
	m := &minimiser{dim: p.Columns, permutations: permutations}
	// Reversed, so that a row that is reduced is solved for its last variable.
	for i, r := range p.Rows {
		m.rows = append(m.rows, minimalRow{m.reverse(r.Vector), r.Linear, r.Strict, i < given})
	}
	// Of the given rows alone, to leave out of the result what they say already.
	own, _, err := m.equations(ctx, m.rows[:given])
	if err != nil {
		return nil, err
	}
	all, nothing, err := m.equations(ctx, m.rows)
	// All forms of the empty set are the same one.
	if err != nil || nothing {
		return empty(p.Columns), err
	}
	out := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: p.Columns}
	// Modulo the equations: rows that differ by one are the same inequality.
	kept, err := m.facets(ctx, all)
	if err != nil {
		return nil, err
	}
	for _, r := range kept {
		out.Rows = append(out.Rows, cone.Row{Vector: m.reverse(r.vector), Strict: r.strict})
	}
	sortRows(out.Rows)
	var fresh []cone.Vector
	// What is new beyond the equations of the given rows, in its own canonical form.
	for _, l := range all.Lines {
		if l = own.Reduce(l); !l.IsZero() {
			fresh = append(fresh, l)
		}
	}
	var equations []cone.Row
	for _, l := range (&cone.V{Dim: m.dim, Lines: fresh}).Canonical().Lines {
		equations = append(equations, cone.Row{Vector: m.reverse(l), Linear: true})
	}
	sortRows(equations)
	out.Rows = append(out.Rows, equations...)
	return out, nil
}

// sortRows orders rows, of which no two are equal.
func sortRows(rows []cone.Row) {
	slices.SortFunc(rows, func(a, b cone.Row) int { return a.Vector.Cmp(b.Vector) })
}

// minimiser works with the coordinates in reverse, so that the first one is that of the last variable, and the last
// one that of the constant.
type minimiser struct {
	dim          int
	rows         []minimalRow
	permutations [][]int // of the columns of the polyhedron
}

// A minimalRow is a row with reversed coordinates, and what it is.
type minimalRow struct {
	vector                cone.Vector
	linear, strict, given bool
}

// reverse turns the coordinates round; twice is the vector itself.
func (m *minimiser) reverse(v cone.Vector) cone.Vector {
	entries := each.Of(v, func(e cone.Entry) cone.Entry { return cone.Entry{Index: m.dim - 1 - e.Index, Value: e.Value} })
	return cone.MakeVector(entries...)
}

// constant is that of a reversed row.
func (m *minimiser) constant(v cone.Vector) rational.Int { return v.At(m.dim - 1) }

// programRow is a row of a linear program over the variables, that is at least 0.
func (m *minimiser) programRow(v cone.Vector) (row lp.Row) {
	for _, e := range v {
		// A coordinate of a variable; the last one is the constant.
		if e.Index < m.dim-1 {
			row.Terms = append(row.Terms, lp.Term{Variable: e.Index, Coefficient: rational.RatFromInt(e.Value)})
		}
	}
	// The constant goes to the other side.
	row.Lower = lp.At(rational.RatFromInt(m.constant(v)).Neg())
	return row
}

// equations finds the equations of the set that rows describe, as lines of a canonical cone, or that it is empty.
func (m *minimiser) equations(ctx context.Context, rows []minimalRow) (lines *cone.V, nothing bool, err error) {
	lines = &cone.V{Dim: m.dim}
	if nothing, err = m.empty(ctx, rows); err != nil || nothing {
		return lines, nothing, err
	}
	// One program: homogenised, so that each row can be 1 if it can be positive at all.
	p := &lp.Problem{Sense: lp.Maximise}
	one, zero := rational.NewRat(1, 1), lp.At(rational.Rat{})
	for range m.dim - 1 {
		p.AddVariable(lp.Variable{})
	}
	// At least 1 and not 0, so that the point at which all is 0 is none.
	height := p.AddVariable(lp.Variable{Lower: lp.At(one)})
	slacks := map[int]int{}
	for i, r := range rows {
		row := m.programRow(r.vector)
		// The constant becomes the coefficient of the height, so that points can be scaled until
		// each slack that can be positive is 1.
		row.Terms = append(row.Terms, lp.Term{Variable: height, Coefficient: row.Lower.Value.Neg()})
		if row.Lower = zero; r.linear {
			row.Upper = zero
			lines.Lines = append(lines.Lines, r.vector)
		} else {
			// Cut at 1: with the height free no slack needs to be larger, and the sum has a maximum.
			slacks[i] = p.AddVariable(lp.Variable{Cost: one, Lower: zero, Upper: lp.At(one)})
			row.Terms = append(row.Terms, lp.Term{Variable: slacks[i], Coefficient: one.Neg()})
		}
		p.AddRow(row)
	}
	if len(slacks) > 0 {
		r, err := lp.Solve(ctx, p, lp.Options{})
		if err != nil {
			return nil, false, err
		}
		for i := range rows {
			// At the optimum all that can be positive is; this row cannot.
			if s, ok := slacks[i]; ok && r.Primal[s].IsZero() {
				lines.Lines = append(lines.Lines, rows[i].vector)
			}
		}
	}
	return lines.Canonical(), false, nil
}

// empty reports whether no point has all rows: not even one at which all strict rows are at least some distance above 0.
func (m *minimiser) empty(ctx context.Context, rows []minimalRow) (bool, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	one := rational.NewRat(1, 1)
	for range m.dim - 1 {
		p.AddVariable(lp.Variable{})
	}
	// At most 1, so that the program is bounded where the set is not.
	distance := p.AddVariable(lp.Variable{Cost: one, Upper: lp.At(one)})
	for _, r := range rows {
		row := m.programRow(r.vector)
		// Its equations are there already.
		if r.linear {
			row.Upper = row.Lower
		}
		if r.strict {
			row.Terms = append(row.Terms, lp.Term{Variable: distance, Coefficient: one.Neg()})
		}
		p.AddRow(row)
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	// No point at all, or only points at which a strict row is 0.
	return err == nil && (r.Verdict == lp.Infeasible || r.Value.Sign() <= 0), err
}

// facets are the inequalities that are needed besides the given ones, modulo the equations.
func (m *minimiser) facets(ctx context.Context, equations *cone.V) ([]minimalRow, error) {
	// By direction: of parallel rows only the tightest can be needed.
	at := map[string]int{}
	var list []minimalRow
	for _, r := range m.rows {
		if r.linear {
			continue
		}
		if r.vector = equations.Reduce(r.vector); len(r.vector) == 0 || r.vector[0].Index == m.dim-1 {
			continue // it says nothing but that a positive number is one
		}
		key, tightness := m.direction(r.vector)
		k, known := at[key]
		if !known {
			at[key] = len(list)
			list = append(list, r)
			continue
		}
		// The tighter one, or the strict one; a given row comes before one that says the same.
		_, other := m.direction(list[k].vector)
		// The smaller constant is the tighter row.
		if d := tightness.Cmp(other); d < 0 || d == 0 && r.strict && !list[k].strict {
			list[k] = r
		}
	}
	needed, err := m.needed(ctx, list)
	if err != nil {
		return nil, err
	}
	var kept []minimalRow
	for k, r := range list {
		// Given rows take part in the search, since they imply others, and are not of the result.
		if needed[k] && !r.given {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// direction is a row without its constant, divided by its first entry up to the sign, and the constant divided by that.
func (m *minimiser) direction(v cone.Vector) (key string, constant rational.Rat) {
	scale := v[0].Value.Abs()
	constant = rational.RatFromInts(m.constant(v), scale)
	// The constant stands last, if there is one.
	if v[len(v)-1].Index == m.dim-1 {
		v = v[:len(v)-1]
	}
	return v.Primitive().Key(), constant
}

// needed says which of the rows of a set with interior are needed.
func (m *minimiser) needed(ctx context.Context, list []minimalRow) ([]bool, error) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: m.dim}
	for _, r := range list {
		p.Rows = append(p.Rows, cone.Row{Vector: m.reverse(r.vector)})
	}
	needed, err := irredundant(ctx, p, m.permutations)
	if err != nil {
		return nil, err
	}
	var kept []minimalRow
	for k := range list {
		if needed[k] {
			kept = append(kept, list[k])
		}
	}
	// A strict row that the others imply as a closed one may still cut off part of the boundary: where it is 0.
	for k, r := range list {
		// Of closed rows what was found to be redundant is.
		if needed[k] || !r.strict {
			continue
		}
		apart, err := m.empty(ctx, append(slices.Clone(kept), minimalRow{vector: r.vector, linear: true}))
		if err != nil {
			return nil, err
		}
		if needed[k] = !apart; needed[k] {
			kept = append(kept, r)
		}
	}
	return needed, nil
}

// lowDimension is up to where redundant rows are found by the generators of the polyhedron: there are never very many of
// them, and each row costs a rank in place of a linear program. Of 1 346 rows in dimension 4 it takes a twentieth of the time.
const lowDimension = 4

// irredundant says which rows of a polyhedron with interior, none of which is a multiple of another, are needed.
func irredundant(ctx context.Context, p *cone.Polyhedron, permutations [][]int) ([]bool, error) {
	needed := make([]bool, len(p.Rows))
	h := p.H()
	// In many dimensions there may be far too many generators to look at.
	if h.Dim-len(h.Lineality()) > 1+lowDimension {
		r, err := redundancy.FindSymmetric(ctx, p, permutations, nil)
		if err != nil {
			return nil, err
		}
		for k := range needed {
			// A witness is a point that only this row cuts off.
			needed[k] = r.Rows[k].Witness != nil
		}
		return needed, nil
	}
	v, err := doubledesc.Rays(ctx, h, doubledesc.Options{Method: doubledesc.DoubleDescription}) // most rows are redundant, and a walk looks at all of them at each basis
	if err != nil {
		return nil, err
	}
	for k, row := range p.Rows {
		tight := slices.Clone(v.Lines)
		for _, r := range v.Rays {
			// A ray in the facet, or a line, which is in all of them.
			if row.Vector.Dot(r).IsZero() {
				tight = append(tight, r)
			}
		}
		// A facet has a face of the cone's dimension less one.
		needed[k] = len(tight) >= h.Dim-1 && cone.HasRank(tight, h.Dim, h.Dim-1)
	}
	return needed, nil
}
