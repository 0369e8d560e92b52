package expand

import (
	"slices"

	"pstar/internal/each"
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// steps expands the proof by hand. A sum speaks of the rows with labels, and of the steps before it.
//
// In a sum each row that it names is a symbol of its own, so that the sum is a
// polynomial in symbols and rows, which [System.Steps] keeps. Whether it proves the
// step is decided elsewhere.
func (x *expander) steps() {
	// Where two rows have the same label, as rows without one can, the later one
	// counts; sums name rows with labels, which are different.
	known := map[string]int{}
	for k, f := range x.system.Facts {
		known[f.Label] = k
	}
	for _, s := range x.file.Statements {
		h, ok := s.(*syntax.Have)
		if !ok {
			continue
		}
		depth := len(x.scope)
		x.each(h.Row.Clauses, func() {
			name := bracketed(h.Name.Text, x.bindings(depth))
			row := *h.Row
			// The clauses are run here, with their names bound, so that the sum of each
			// value sees them; the row has none left.
			row.Clauses = nil
			x.rows("", &row, func(r statement.Row) {
				if len(row.Signs) > 1 {
					x.fail(h.Position, "", "a step has one relation")
				}
				r.Label = name
				step := statement.Step{Row: r, Search: h.Products == nil}
				// Only now do labels have a meaning: in rows they would be unknown
				// names.
				if h.Products != nil {
					x.labels = known
					step.Sum, step.SumAt = x.formOf(h.Products), h.Products.Where()
					x.labels = nil
				}
				// Behind all facts, in the order of the steps: a step is known to those
				// after it, and not to itself.
				known[name] = len(x.system.Facts) + len(x.system.Steps)
				x.system.Steps = append(x.system.Steps, step)
			})
		})
	}
}

// handOnly refuses claims that are not rows where products of symbols stand: in the facts, in the objective or in the claim
// itself. What decides them is linear programming, which would read the product x·y as if it were x.
func (x *expander) handOnly(c statement.Claim) {
	if c.Kind == statement.Implied || c.Kind == statement.Infeasible {
		return
	}
	forms := each.Of(x.system.Facts, func(f statement.Fact) statement.Form { return f.Form })
	if x.system.Objective != nil {
		forms = append(forms, x.system.Objective.Form)
	}
	for _, r := range slices.Concat(c.Rows, c.Terms) {
		forms = append(forms, r.Form)
	}
	if slices.ContainsFunc(forms, func(f statement.Form) bool { return f.Degree() > 1 }) {
		x.fail(c.At, "claim rows", "in a proof by hand with products of symbols only rows can be claimed")
	}
}
