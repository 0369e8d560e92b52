package decide

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/projection"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

// minimal writes the set that rows cut out of the set of the given facts in its one shortest form. Equations come first, modulo
// those of the given facts and each solved for its first symbol; then inequalities, modulo all equations. None follows
// from the others and the given facts. An empty set has the row −1 >= 0. Actions map both lists onto themselves. See [projection.Minimal].
//
// That it is unique makes answers comparable: two files that describe the same set get
// the same rows in the same order, however they are written. It costs a linear program
// for each row, and the output depends on nothing but the set.
func minimal(ctx context.Context, given, rows []statement.Row, actions []statement.Action) ([]statement.Row, error) {
	all := slices.Concat(given, rows)
	c := newColumns(all)
	// A homogeneous vector has the constant in column 0.
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 1 + len(c.symbols)}
	for _, r := range all {
		// Scaling to primitive vectors has kept the direction.
		p.Rows = append(p.Rows, cone.Row{Vector: c.vector(r.Form), Linear: r.Relation == statement.Equal, Strict: r.Relation == statement.Above})
	}
	stage(ctx, "the minimal form of %d rows", len(rows))
	m, err := projection.MinimalSymmetric(ctx, p, len(given), c.permutations(actions))
	if err != nil {
		return nil, err
	}
	var equations, inequalities []statement.Row
	for _, r := range m.Rows {
		row := statement.Row{Form: c.form(r.Vector)}
		// Package projection has them solved; all that is left is to sort.
		switch {
		case r.Linear:
			row.Relation = statement.Equal
			equations = append(equations, row)
			continue
		case r.Strict:
			row.Relation = statement.Above
		}
		inequalities = append(inequalities, row)
	}
	byForm := func(a, b statement.Row) int { return a.Form.Compare(b.Form) }
	slices.SortFunc(equations, byForm)
	slices.SortFunc(inequalities, byForm)
	return append(equations, inequalities...), nil
}

// unforced leaves out equations of a minimal form that the given facts and the rest of it force, those of the last symbols first: of several of which
// each would do the first one stays. Inequalities are none without the equations that were not before.
//
// Of x <= 0, x >= 0 the form knows x = 0, and each of the two inequalities is gone: so
// the equation is needed there. Where the assumptions already have x >= 0 and the form
// another row that gives x <= 0, it is not.
func unforced(ctx context.Context, symbols []statement.Symbol, given, form []statement.Row) ([]statement.Row, error) {
	for i := len(form) - 1; i >= 0; i-- {
		if form[i].Relation != statement.Equal {
			continue
		}
		stage(ctx, "which of %d rows the others force", len(form))
		others := slices.Delete(slices.Clone(form), i, i+1)
		// It fails without the equation, so that it is needed.
		_, point, _, err := farkas.New(symbols, slices.Concat(given, others)).Sides(ctx, form[i])
		if err != nil {
			return nil, err
		}
		if point == nil {
			form = others
		}
	}
	return form, nil
}

// columns are the symbols that occur, the last one in column 1: package projection solves equations for last variables, and here
// they are solved for first symbols. Symbols that occur nowhere have no column, which
// keeps the programs small.
type columns struct {
	symbols []int // in ascending order
}

// The constant is no symbol. Symbols are in ascending order, so that they can be looked
// up by halves.
func newColumns(rows []statement.Row) *columns {
	c := &columns{}
	seen := map[int]bool{}
	for _, r := range rows {
		for _, t := range r.Form {
			if t.M != statement.One && !seen[t.M.First()] {
				seen[t.M.First()] = true
				c.symbols = append(c.symbols, t.M.First())
			}
		}
	}
	slices.Sort(c.symbols)
	return c
}

// permutations are actions as they act on the columns. They are given up, not the
// result, if the columns are not closed under them.
func (c *columns) permutations(actions []statement.Action) (list [][]int) {
	for _, a := range actions {
		// Column 0, the constant, stays; the last symbol is in column 1.
		to := make([]int, 1+len(c.symbols))
		for k, s := range c.symbols {
			n, ok := slices.BinarySearch(c.symbols, a.Symbols[s])
			if !ok {
				return nil // some images of a symbol occur, others do not: the rows are not symmetric
			}
			to[len(c.symbols)-k] = len(c.symbols) - n
		}
		list = append(list, to)
	}
	return list
}

// vector is the primitive vector of a form. It is primitive, since rows that differ by
// a factor are the same.
func (c *columns) vector(f statement.Form) cone.Vector {
	var entries []cone.Entry
	for _, t := range f.Primitive() {
		e := cone.Entry{Value: t.C.Num()}
		// Coefficients of a primitive form are integers.
		if t.M != statement.One {
			k, _ := slices.BinarySearch(c.symbols, t.M.First())
			e.Index = len(c.symbols) - k
		}
		entries = append(entries, e)
	}
	return cone.MakeVector(entries...)
}

// form is the inverse of vector, up to that factor.
func (c *columns) form(v cone.Vector) statement.Form {
	var terms []statement.Term
	for _, e := range v {
		t := statement.Term{C: rational.RatFromInt(e.Value)}
		// Column 0 is the constant, whose product is that of no symbols.
		if e.Index > 0 {
			t.M = statement.Of(c.symbols[len(c.symbols)-e.Index])
		}
		terms = append(terms, t)
	}
	return statement.Collect(terms)
}

// missed reports whether an optimum is not attained for some of the given parameters. A dual d of a problem p that asks for unknowns better than P has the generators of
// one that asks for unknowns as good as P, and then a bound on P is strict only if other facts make it so.
//
// The generators alone do not tell: with strict rows every bound on P is made from a
// fact that is strict because P is asked to be exceeded. Only if another strict fact
// stands in the sum as well is the bound not attained, and only if that bound counts
// somewhere.
func missed(ctx context.Context, p *statement.Problem, d *dual, given []statement.Row) (bool, error) {
	var bounds []statement.Row
	for i, row := range d.rows {
		// A condition on parameters, and no bound.
		if row.Form.Coefficient(p.Optimum).IsZero() {
			continue
		}
		row.Relation = statement.AtLeast
		for _, e := range d.generator(i) {
			// The fact that asks for P has the optimum in it; strict ones without it
			// are rows of the file.
			if f := p.Facts[d.facts[e.Index]]; f.Relation == statement.Above && f.Form.Coefficient(p.Optimum).IsZero() {
				row.Relation = statement.Above
			}
		}
		bounds = append(bounds, row)
	}
	needed, err := minimal(ctx, given, bounds, nil)
	return slices.ContainsFunc(needed, func(r statement.Row) bool { return r.Relation == statement.Above }), err
}
