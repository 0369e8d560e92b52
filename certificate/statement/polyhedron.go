package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// A polyhedron is a system of linear rows, and its projection:
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
type polyhedron struct {
	theorem    kernel.Theorem
	eliminated int
}

func readPolyhedron(r *kernel.Reader) kernel.Statement {
	p := &polyhedron{}
	t := &p.theorem
	r.Member("variables")
	for r.Open('['); r.More(); {
		p.variable(r)
	}
	n := len(t.Symbols)
	t.Symbols = append(t.Symbols, kernel.Symbol{Name: "E", Unknown: true})
	unknown, e := t.Unknowns(), kernel.Term{C: one, M: kernel.Product(n)}
	t.Facts = []kernel.Fact{{Relation: kernel.EQ, Poly: kernel.Poly{e}}}
	r.Member("rows")
	for r.Open('['); r.More(); {
		// E = 0 is one of them.
		if len(t.Facts) == kernel.MaxFacts {
			r.Fail("too many rows")
		}
		f := r.LinearFact(n)
		// A row on variables that are kept is part of what is projected: as a fact without
		// unknowns it would be assumed, and the projection would not have to say it again.
		if !f.Poly.Holds(unknown) {
			f.Poly = append(f.Poly, e)
		}
		t.Facts = append(t.Facts, f)
	}
	claim := kernel.Claim{Tag: "FM-I", Status: "proved", Text: "the system of the document has no solution"}
	if r.Has("infeasible") {
		r.Open('[')
		r.Close(']')
		t.Name, t.Kind = "no point", kernel.Implied
		t.Rows = []kernel.Fact{{Relation: kernel.GE, Poly: kernel.Poly{{C: minus}}}}
	} else {
		t.Name, t.Kind = "projection", kernel.Feasible
		r.Member("projection")
		for r.Open('['); r.More(); {
			f := r.LinearFact(n)
			if f.Poly.Holds(unknown) {
				r.Fail("a row of the projection holds a variable that is eliminated")
			}
			t.Rows = append(t.Rows, f)
		}
		claim.Tag, claim.Text = "FM-P", "values of the variables that are kept satisfy the rows of the projection in the document if and only if there are values of the others with which they satisfy its system"
	}
	return single(fmt.Sprintf("system of %s in %s, eliminated: %d", Many(len(t.Facts)-1, "row"), Many(n, "variable"), p.eliminated), t, claim)
}

// variable reads a variable.
func (p *polyhedron) variable(r *kernel.Reader) {
	r.Open('[')
	r.Next()
	if len(p.theorem.Symbols) == kernel.MaxSymbols-1 {
		r.Fail("too many variables")
	}
	// Any string: names mean nothing here.
	symbol := kernel.Symbol{Name: r.Text()}
	r.Kept(kernel.Fact{}) // the symbol takes as much
	r.Next()
	switch r.Text() {
	case "eliminate":
		symbol.Unknown = true
		p.eliminated++
	case "keep":
	default:
		r.Fail(`expected "keep" or "eliminate"`)
	}
	r.Close(']')
	p.theorem.Symbols = append(p.theorem.Symbols, symbol)
}
