package decide

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
)

// minimal writes the set that rows cut out of the set of the given facts in its one shortest form. Equations come first, modulo
// those of the given facts and each solved for its first symbol; then inequalities, modulo all equations. None follows
// from the others and the given facts. An empty set has the row −1 >= 0.
func minimal(ctx context.Context, symbols []statement.Symbol, given, rows []statement.Row) ([]statement.Row, error) {
	var own statement.Equations // of the given facts
	if _, err := equalities(ctx, symbols, given, &own); err != nil {
		return nil, err
	}
	all := slices.Concat(given, rows)
	var e statement.Equations
	empty, err := equalities(ctx, symbols, all, &e)
	if err != nil || empty {
		return []statement.Row{{Relation: statement.AtLeast, Form: statement.ConstantForm(rational.NewRat(-1, 1))}}, err
	}
	var fresh statement.Equations
	for i, f := range e.Forms() {
		rest, _ := own.Reduce(f)
		fresh.Add(i, rest)
	}
	var list []statement.Row
	for _, f := range fresh.Forms() {
		list = append(list, statement.Row{Relation: statement.Equal, Form: f.Primitive()})
	}
	inequalities, err := facets(ctx, symbols, &e, given, rows)
	return append(list, inequalities...), err
}

// equalities adds to e the equations that hold wherever the rows do, also those that inequalities force. It reports that the rows
// have no solution at all.
func equalities(ctx context.Context, symbols []statement.Symbol, rows []statement.Row, e *statement.Equations) (empty bool, err error) {
	f := newFacts(symbols, rows)
	if in, err := f.interior(ctx); err != nil || in.absurd != nil {
		return in != nil && in.absurd != nil, err
	}
	// One program: homogenised, so that each row can be 1 if it can be positive at all.
	p := &lp.Problem{Sense: lp.Maximise}
	for range symbols {
		p.AddVariable(lp.Variable{})
	}
	one := rational.NewRat(1, 1)
	height := p.AddVariable(lp.Variable{Lower: lp.At(one)})
	var slacks, of []int
	for i, r := range rows {
		row := lp.Row{Lower: lp.At(rational.Rat{}), Terms: append(terms(r.Form), lp.Term{Variable: height, Coefficient: r.Form.Constant()})}
		if r.Relation == statement.Equal {
			row.Upper = row.Lower
			e.Add(0, r.Form)
		} else {
			s := p.AddVariable(lp.Variable{Cost: one, Lower: lp.At(rational.Rat{}), Upper: lp.At(one)})
			row.Terms = append(row.Terms, lp.Term{Variable: s, Coefficient: one.Neg()})
			slacks, of = append(slacks, s), append(of, i)
		}
		p.AddRow(row)
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return false, err
	}
	for k, s := range slacks {
		if r.Primal[s].IsZero() {
			e.Add(0, rows[of[k]].Form)
		}
	}
	return false, nil
}

// candidate is a direction with its tightest constant: direction + constant >= 0, or > 0.
type candidate struct {
	row    statement.Row
	given  bool // a given fact says it
	normal normal
}

// facets are the inequalities that are needed, of a set with interior modulo the equations.
func facets(ctx context.Context, symbols []statement.Symbol, e *statement.Equations, given, rows []statement.Row) ([]statement.Row, error) {
	modulo := &facts{symbols: symbols, equations: *e}
	at := map[string]int{}
	var list []candidate
	for i, r := range slices.Concat(given, rows) {
		n := modulo.normal(r.Form)
		if r.Relation == statement.Equal || n.key == "" {
			continue
		}
		c := candidate{statement.Row{Relation: r.Relation, Form: n.rest.Primitive()}, i < len(given), n}
		k, known := at[n.key]
		if !known {
			at[n.key] = len(list)
			list = append(list, c)
			continue
		}
		// The tighter one, or the strict one; a given fact comes before a row that says the same.
		d := n.constant.Cmp(list[k].normal.constant)
		if d < 0 || d == 0 && r.Relation == statement.Above && list[k].row.Relation != statement.Above {
			list[k] = c
		}
	}
	needed, err := irredundant(ctx, symbols, list)
	if err != nil {
		return nil, err
	}
	var result []statement.Row
	for k, c := range list {
		if needed[k] && !c.given {
			result = append(result, c.row)
		}
	}
	slices.SortFunc(result, func(a, b statement.Row) int { return a.Form.Compare(b.Form) })
	return result, nil
}

// irredundant says which of the rows, of a set with interior, are needed.
func irredundant(ctx context.Context, symbols []statement.Symbol, list []candidate) ([]bool, error) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 1 + len(symbols)}
	for _, c := range list {
		p.Rows = append(p.Rows, cone.Row{Vector: vectorOf(c.row.Form)})
	}
	needed := make([]bool, len(list))
	r, err := doubledesc.Redundant(ctx, p, doubledesc.Options{})
	if err != nil {
		return nil, err
	}
	var kept []statement.Row
	for k := range list {
		if needed[k] = r.Rows[k].Witness != nil; needed[k] {
			kept = append(kept, list[k].row)
		}
	}
	// A strict row that the others imply as a closed one may still cut off part of the boundary.
	for k, c := range list {
		if needed[k] || c.row.Relation != statement.Above {
			continue
		}
		proof, _, err := newFacts(symbols, kept).follows(ctx, c.row)
		if err != nil {
			return nil, err
		}
		if needed[k] = proof == nil; needed[k] {
			kept = append(kept, c.row)
		}
	}
	return needed, nil
}

// vectorOf is a form with integers, the constant at coordinate 0.
func vectorOf(f statement.Form) cone.Vector {
	var entries []cone.Entry
	for _, t := range f {
		e := cone.Entry{Value: t.C.Num()}
		if t.M != statement.One {
			e.Index = 1 + t.M.First()
		}
		entries = append(entries, e)
	}
	return cone.MakeVector(entries...)
}
