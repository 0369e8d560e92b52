package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// readPolyhedron reads a system of linear rows, and its projection:
//
//	"variables":[[NAME,"keep" or "eliminate"],…],"rows":[FACT,…], and "projection":[FACT,…] or "infeasible":[]
//
// The facts are linear in the variables, those of the projection in the variables that are
// kept. Names mean nothing. Its one theorem has the variables as symbols of any sign, those
// that are kept as parameters and the others as unknowns; behind them the unknown E. Facts: E =
// 0, then the rows; to a row without unknowns E is added, since facts without unknowns would be
// assumptions. The theorem:
//
//   - projection, kind feasible, with the rows of the projection: these say for which values of
//     the variables that are kept there are values of the others.
//   - infeasible, kind implied, with the row −1 ≥ 0: no values satisfy the rows.
//
// The projection is given, not found: that it is right is the theorem, in both directions. Rows
// may be strict, and equations; those of the projection too.
func readPolyhedron(r *kernel.Reader) kernel.Statement {
	t, eliminated := &sheet{reader: r}, 0
	for range r.Member("variables").Lists() {
		name, sort := r.Text(), "p"
		if r.Word("keep", "eliminate") == "eliminate" {
			sort = "u"
			eliminated++
		}
		t.variable(sort, name)
	}
	n := len(t.Symbols)
	e := t.symbol("u", "E")
	unknown := t.Unknowns()
	t.fact(kernel.EQ, e)
	for range r.Member("rows").List() {
		// E = 0 is one of them.
		if len(t.Facts) == kernel.MaxFacts {
			r.Fail("too many rows")
		}
		f := r.LinearFact(n)
		// A row on variables that are kept is part of what is projected: as a fact without
		// unknowns it would be assumed, and the projection would not have to say it again.
		if !f.Poly.Holds(unknown) {
			f.Poly = append(f.Poly, e...)
		}
		t.Facts = append(t.Facts, f)
	}
	claim := kernel.Claim{Tag: "FM-I", Status: "proved", Text: "the system of the document has no solution"}
	if r.Has("infeasible") {
		r.Open('[')
		r.Close(']')
		t.Name, t.Kind = "no point", kernel.Implied
		t.row(kernel.GE, term(minus))
	} else {
		t.Name, t.Kind = "projection", kernel.Feasible
		for range r.Member("projection").List() {
			f := r.LinearFact(n)
			if f.Poly.Holds(unknown) {
				r.Fail("a row of the projection holds a variable that is eliminated")
			}
			t.Rows = append(t.Rows, f)
		}
		claim.Tag, claim.Text = "FM-P", "values of the variables that are kept satisfy the rows of the projection in the document if and only if there are values of the others with which they satisfy its system"
	}
	return single(fmt.Sprintf("system of %s in %s, eliminated: %d", Many(len(t.Facts)-1, "row"), Many(n, "variable"), eliminated), &t.Theorem, claim)
}
