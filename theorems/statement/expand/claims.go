package expand

import (
	"pstar/theorems/statement"
	"pstar/theorems/statement/syntax"
)

// claim adds what a claim says. A row in which the optimum stands alone on a side is
// about it. Rows that an iff has without symbols, and that hold, are dropped: kernels
// and people read them as conditions, and these are none. One that does not hold stays,
// since it says "never feasible".
func (x *expander) claim(s *syntax.Claim) {
	switch s.Form {
	case syntax.Infeasible:
		x.add(statement.Claim{Kind: statement.Infeasible, At: s.Position})
	case syntax.Feasible:
		c := statement.Claim{Kind: statement.Feasible, At: s.Position}
		for _, row := range s.Rows {
			x.rows("", row, func(r statement.Row) {
				// An unknown in a condition would make the claim speak of the x that it
				// asks for.
				if x.system.HoldsUnknown(r.Form) {
					x.fail(r.At, "the rows of an iff are in parameters only", "an unknown stands in the row %s", x.system.Text(r))
				}
				if !trivial(r) {
					c.Rows = append(c.Rows, r)
				}
			})
		}
		x.add(c)
	default:
		// The name of the optimum has no symbol, so that a row with it cannot be
		// expanded as others are.
		if row := s.Rows[0]; x.optimum(row) >= 0 {
			x.bound(s.Position, row, x.optimum(row))
			return
		}
		c := statement.Claim{Kind: statement.Implied, At: s.Position}
		x.rows("", s.Rows[0], func(r statement.Row) { c.Rows = append(c.Rows, r) })
		// An implication of no rows would be true of anything; a typing error in a set
		// should not look like a proof.
		if len(c.Rows) == 0 {
			x.fail(s.Position, "", "no values for the indices: the claim says nothing")
		}
		x.add(c)
	}
}

// add keeps a claim, after a check that it can be decided at all.
func (x *expander) add(c statement.Claim) {
	x.handOnly(c)
	x.system.Claims = append(x.system.Claims, c)
}

// optimum is the side of a row that is the name of the optimum, or -1.
func (x *expander) optimum(row *syntax.Row) int {
	for i, side := range row.Sides {
		if id, ok := side.(*syntax.Ident); ok && x.system.Objective != nil && id.Text == x.system.Objective.Name {
			return i
		}
	}
	return -1
}

// bound adds P = min(…) and the like for all values of the clauses. A clause makes a
// claim of each value, each with a number and a verdict of its own: P <= t[i] for i in
// A.
func (x *expander) bound(at syntax.Position, row *syntax.Row, side int) {
	if len(row.Sides) != 2 {
		x.fail(at, "", "a claim on the optimum has one relation")
	}
	sign := row.Signs[0]
	kinds := map[syntax.Kind]statement.ClaimKind{"=": statement.Optimum, "<=": statement.AtMost, ">=": statement.AtLeastAll}
	// 3 <= P is P >= 3.
	if side == 1 {
		kinds["<="], kinds[">="] = kinds[">="], kinds["<="]
	}
	kind, ok := kinds[sign.Kind]
	// With a strict sign the claim would be false wherever the optimum is reached by
	// the terms, and needs other theorems than the two that there are.
	if !ok {
		x.fail(sign.Position, "write <=, >= or =", "a strict claim on the optimum")
	}
	before := len(x.system.Claims)
	x.each(row.Clauses, func() {
		c := statement.Claim{Kind: kind, At: at}
		x.terms(&c, row.Sides[1-side])
		x.sensible(&c)
		x.add(c)
	})
	if len(x.system.Claims) == before {
		x.fail(at, "", "no values for the indices: the claim says nothing")
	}
}

// terms evaluates min(TERM for …), max(…) or one term. Outside of min and max a single
// expression is one term, for which least and greatest are the same; sensible sets that
// right.
func (x *expander) terms(c *statement.Claim, e syntax.Expr) {
	c.Least = x.system.Objective.Maximize
	args := []syntax.Argument{{Value: e}}
	if call, ok := e.(*syntax.Call); ok && (call.Function == "min" || call.Function == "max") {
		args, c.Least = call.Args, call.Function == "min"
	}
	for _, a := range args {
		depth := len(x.scope)
		x.each(a.Clauses, func() {
			f := x.formOf(a.Value)
			if x.system.HoldsUnknown(f) {
				x.fail(a.Value.Where(), "terms are in parameters only", "an unknown stands in the term %s", f.Text(x.system.Name))
			}
			x.hold(a.Value.Where(), 1+len(f))
			// A term is called by its indices if its clauses have any, as in [{1,2}]:
			// that is shorter than the term itself, and tells it from the others as
			// well.
			label := f.Text(x.system.Name)
			if index := x.bindings(depth); len(index) > 0 {
				label = bracketed("", index)
			}
			c.Terms = append(c.Terms, statement.Row{Label: label, Form: f, At: a.Value.Where()})
		})
	}
	if len(c.Terms) == 0 {
		x.fail(e.Where(), "", "the least or greatest of nothing")
	}
}

// sensible refuses claims whose negation is not linear: that a maximum is max(…) of
// several terms, for instance, or at most that. A maximum is bounded by each of a list,
// that is by their min(…); "at most one of them" is a union of cases. Of one term the
// two are the same.
func (x *expander) sensible(c *statement.Claim) {
	o := x.system.Objective
	// Terms has taken it for the greatest if it was written as max(t).
	if len(c.Terms) == 1 {
		c.Least = o.Maximize
	}
	if c.Least != o.Maximize {
		word, other := "maximum", "min"
		if !o.Maximize {
			word, other = "minimum", "max"
		}
		x.fail(c.At, "a "+word+" is "+other+"(…) of terms", "the %s of a linear program is not bounded by such a list", word)
	}
}

// findClaim adds a question: for rows if it names no optimum, else for terms.
func (x *expander) findClaim(s *syntax.Find) {
	if s.Name.Text == "" {
		x.add(statement.Claim{Kind: statement.FindRows, At: s.Position})
		return
	}
	if o := x.system.Objective; o == nil || o.Name != s.Name.Text {
		x.fail(s.Name.Position, "write find NAME with the name of maximize NAME: …, or find feasible", "%s is not the optimum of the file", s.Name.Text)
	}
	x.add(statement.Claim{Kind: statement.FindValue, At: s.Position})
}
