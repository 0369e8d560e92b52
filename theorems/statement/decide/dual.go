package decide

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/rational"
	"pstar/theorems/statement"
)

// dual is Farkas' lemma for the unknowns of a problem: there are x with the facts that hold unknowns, a_i(x) + c_i(θ), if and only if
// Σ y_i c_i(θ) >= 0 for all y of the cone Y = {y : Σ y_i a_i <= 0, y_i >= 0 where fact i is no equation}, and > 0 where a strict
// fact has y_i > 0 (Motzkin). A column of an unknown that may be negative is an equation of Y.
type dual struct {
	facts []int // with unknowns, in the order of the problem
	cone  *cone.H
	// rays and lines generate Y, both in ascending order; rows say what they require of θ: first those of the rays, then
	// the equations of the lines.
	rays, lines []cone.Vector
	rows        []statement.Row
	effort      int64
	generators  *cone.V
}

// newDual finds the generators of Y.
func newDual(ctx context.Context, p *statement.Problem) (*dual, error) {
	d := &dual{}
	columns := map[int][]cone.Entry{} // of Y, by unknown: −a; the facts of a problem have integers
	parts := []statement.Form{}       // c_i
	for i, f := range p.Facts {
		if !p.HoldsUnknown(f.Form) {
			continue
		}
		var c statement.Form
		for _, t := range f.Form {
			if t.M != statement.One && p.Symbols[t.M.First()].Unknown {
				u := t.M.First()
				columns[u] = append(columns[u], cone.Entry{Index: len(d.facts), Value: t.C.Num().Neg()})
			} else {
				c = append(c, t)
			}
		}
		d.facts = append(d.facts, i)
		parts = append(parts, c)
	}
	d.cone = &cone.H{Dim: len(d.facts)}
	for i, k := range d.facts {
		if p.Facts[k].Relation != statement.Equal {
			d.cone.Inequalities = append(d.cone.Inequalities, cone.Unit(i, 1))
		}
	}
	for u, s := range p.Symbols {
		switch row := cone.MakeVector(columns[u]...); {
		case !s.Unknown || row.IsZero():
		case s.Nonnegative:
			d.cone.Inequalities = append(d.cone.Inequalities, row)
		default:
			d.cone.Equations = append(d.cone.Equations, row)
		}
	}
	v, err := doubledesc.Rays(ctx, d.cone, doubledesc.Options{Effort: &d.effort})
	if err != nil {
		return nil, err
	}
	d.generators, d.rays, d.lines = v, v.Rays, slices.Clone(v.Lines)
	cone.Sort(d.lines) // as certificates have them
	for _, r := range d.rays {
		d.rows = append(d.rows, d.require(p, parts, r))
	}
	for _, l := range d.lines {
		row := d.require(p, parts, l)
		row.Relation = statement.Equal
		d.rows = append(d.rows, row)
	}
	return d, nil
}

// require is what a generator requires of the parameters.
func (d *dual) require(p *statement.Problem, parts []statement.Form, y cone.Vector) statement.Row {
	row := statement.Row{}
	var sum []statement.Term
	for _, e := range y {
		c := rational.RatFromInt(e.Value)
		sum = append(sum, parts[e.Index].Scale(c)...)
		if p.Facts[d.facts[e.Index]].Relation == statement.Above {
			row.Relation = statement.Above
		}
	}
	row.Form = statement.Collect(sum)
	return row
}
