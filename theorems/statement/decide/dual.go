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
//
// The rows in θ that this makes are all that the facts require of θ, and together they
// suffice; they need not be minimal, and a ray may require nothing. How many generators
// there are is not bounded by the size of the problem. This is the projection cone; of
// three ways to these rows (elimination, vertices, this one) it is the one that is
// never far behind, and its rays are the multipliers that a certificate needs.
type dual struct {
	facts []int // with unknowns, in the order of the problem
	cone  *cone.H
	// rays and lines generate Y, both in ascending order; rows say what they require of θ: first those of the rays, then
	// the equations of the lines.
	rays, lines []cone.Vector
	rows        []statement.Row
	effort      int64
	generators  *cone.V
	// Of a symmetric problem only the y of keys, facts that the actions permute in every way, descend: some image of each y in Y is such, and so Y are
	// the images of what the rays and lines generate.
	actions []statement.Action
	keys    []int
}

// newDual finds the generators of Y; if the facts are symmetric under actions, of a
// part of Y of which the images are Y. Facts without unknowns are no part of Y: they
// are assumptions or rows on θ, and are compared later.
func newDual(ctx context.Context, p *statement.Problem, actions []statement.Action) (*dual, error) {
	d := &dual{}
	columns, parts := d.gather(p)
	d.cone = &cone.H{Dim: len(d.facts)}
	for i, k := range d.facts {
		// An equation may be used with either sign.
		if p.Facts[k].Relation != statement.Equal {
			d.cone.Inequalities = append(d.cone.Inequalities, cone.Unit(i, 1))
		}
	}
	for u, s := range p.Symbols {
		switch row := cone.MakeVector(columns[u]...); {
		// A parameter, or an unknown that stands in no fact: it makes no condition on
		// y.
		case !s.Unknown || row.IsZero():
		// Σ y a <= 0 in its column: what is left of it is a nonnegative multiple of the
		// unknown.
		case s.Nonnegative:
			d.cone.Inequalities = append(d.cone.Inequalities, row)
		default:
			d.cone.Equations = append(d.cone.Equations, row)
		}
	}
	d.sort(p, actions)
	stage(ctx, "the generators of the cone of multipliers of %d rows", len(d.facts))
	v, err := doubledesc.Rays(ctx, d.cone, doubledesc.Options{Effort: &d.effort, Progress: generating(ctx)})
	if err != nil {
		return nil, err
	}
	d.generators, d.rays, d.lines = v, v.Rays, slices.Clone(v.Lines)
	cone.Sort(d.lines) // as certificates have them
	for _, r := range d.rays {
		d.rows = append(d.rows, d.require(p, parts, r))
	}
	for _, l := range d.lines {
		// The equations of the lines come after the rows of the rays, which generator
		// relies on.
		row := d.require(p, parts, l)
		row.Relation = statement.Equal
		d.rows = append(d.rows, row)
	}
	return d, nil
}

// gather takes the facts with unknowns apart: columns are those of Y, by unknown, with the entries −a_i, integers as in all
// facts of an iff; parts are the c_i.
func (d *dual) gather(p *statement.Problem) (columns map[int][]cone.Entry, parts []statement.Form) {
	columns = map[int][]cone.Entry{}
	for i, f := range p.Facts {
		if !p.HoldsUnknown(f.Form) {
			// A fact on parameters only.
			continue
		}
		var c statement.Form
		for _, t := range f.Form {
			// The problem of an iff is linear: a product has one symbol, and belongs to
			// the unknowns or to c.
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
	return columns, parts
}

// sort looks for facts that the actions permute in every way, as many as possible and with as many terms, and adds the rows by which their y
// descend. There are none in a problem with strict facts, for which the kernel has no symmetric dual.
//
// Two actions that look like a transposition and a cycle on some of the facts generate
// all permutations of these; then any y can be permuted so that its entries there
// descend. That is the fundamental domain: it has far fewer generators than Y where the
// group is large.
func (d *dual) sort(p *statement.Problem, actions []statement.Action) {
	if slices.ContainsFunc(d.facts, func(k int) bool { return p.Facts[k].Relation == statement.Above }) {
		return
	}
	terms := 0
	for g, swap := range actions {
		// Generators of a set of the file come as two neighbours, or as one if the set
		// has two elements: then the transposition is its own cycle.
		for _, cycle := range actions[g:min(g+2, len(actions))] {
			for _, k := range d.facts {
				list := chain(k, swap.Facts, cycle.Facts)
				// More facts divide by a larger group. Among lists of the same length the
				// facts with more terms are taken, as they bind more unknowns.
				if n := len(p.Facts[k].Form); len(list) > len(d.keys) || len(list) == len(d.keys) && n > terms {
					d.keys, terms = list, n
				}
			}
		}
	}
	if len(d.keys) == 0 {
		return
	}
	d.actions = actions
	for i, k := range d.keys {
		// From numbers of facts to columns of Y.
		d.keys[i], _ = slices.BinarySearch(d.facts, k)
		if i > 0 {
			// y of the fact before − y of this one ≥ 0.
			d.cone.Inequalities = append(d.cone.Inequalities, cone.MakeVector(
				cone.Entry{Index: d.keys[i-1], Value: rational.NewInt(1)}, cone.Entry{Index: d.keys[i], Value: rational.NewInt(-1)}))
		}
	}
}

// chain is the list that begins with k and that one permutation rotates, if the other
// exchanges its first two and fixes the rest. It is nil if the permutations are no such
// pair, or if k is fixed.
func chain(k int, swap, cycle []int) []int {
	list := []int{k}
	// A permutation returns to where it began.
	for x := cycle[k]; x != k; x = cycle[x] {
		list = append(list, x)
	}
	if len(list) < 2 || swap[k] != list[1] || swap[list[1]] != k || slices.ContainsFunc(list[2:], func(x int) bool { return swap[x] != x }) {
		return nil
	}
	return list
}

// required are all rows that the generators require, images too. Of the rows of a
// fundamental domain all images are required, too: d.rows has one or some of each
// orbit.
func (d *dual) required() (rows []statement.Row) {
	if d.actions == nil {
		return d.rows
	}
	seen := map[string]bool{}
	for _, r := range d.rows {
		// An image of a row that was here before.
		if seen[statement.RowKey(r)] {
			continue
		}
		for _, image := range statement.Orbit(r, d.actions) {
			seen[statement.RowKey(image.Row)] = true
			rows = append(rows, image.Row)
		}
	}
	return rows
}

// require is what a generator requires of the parameters. It is the sum of the parts
// without unknowns, strict if any fact in the sum is.
func (d *dual) require(p *statement.Problem, parts []statement.Form, y cone.Vector) statement.Row {
	row := statement.Row{}
	var sum []statement.Term
	for _, e := range y {
		c := rational.RatFromInt(e.Value)
		sum = append(sum, parts[e.Index].Scale(c)...)
		// A strict fact in the sum makes it greater than 0, whatever the others are
		// (Motzkin).
		if p.Facts[d.facts[e.Index]].Relation == statement.Above {
			row.Relation = statement.Above
		}
	}
	row.Form = statement.Collect(sum)
	return row
}
