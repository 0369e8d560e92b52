package statement

import (
	"fmt"

	"pstar/certificate/kernel"
)

// A program is a linear program with an outcome:
//
//	"sense":"minimise" or "maximise","variables":[[NAME,BOUND,BOUND],…],"objective":POLY,
//	"rows":[[NAME,BOUND,BOUND,POLY],…],"outcome":["optimal",NUM] or ["infeasible"] or ["unbounded"]
//
// A BOUND is a list of one number, or the empty list where there is none: first the lower, then
// the upper one. The polynomials are linear in the variables, those of rows without a constant.
// Names identify things for a reader and mean nothing else.
//
// Its one theorem has the variables as unknowns, nonnegative where the lower bound is 0 and the
// upper one is not; behind them the unknown E; and, but in an infeasible program, the parameter
// V and the unknown Z. Facts, in order: E = 0; unless infeasible, that Z is at most V
// (maximise: at least V; unbounded: at most −V, at least V), and objective − Z = 0; of each
// variable, then of each row, the lower bound and the upper bound that there is, where a
// nonnegative variable needs no lower one; if the two are equal, one equation. A row without
// variables has E in their place: facts without unknowns would be assumptions. The theorem:
//
//   - optimal, kind feasible: such points exist if and only if V ≥ (≤) the number.
//   - unbounded, feasible, V ≥ 0, no rows: such points exist.
//   - infeasible, implied: the row −1 ≥ 0, which says that there are no points.
//
// Why there are V and Z. "The least value is v" says that there are points with objective ≤ V
// if and only if V ≥ v: one theorem with both directions, of which a proof needs a point and
// multipliers. Z is the objective as an unknown, so that V stands in one fact only, however
// many terms that has.
type program struct {
	sheet    // of the variables, and of what the bounds say of variables, then of rows
	maximise bool
	outcome  string
	value    kernel.Num
}

// The outcomes of a program.
const (
	optimal    = "optimal"
	infeasible = "infeasible"
	unbounded  = "unbounded"
)

func readProgram(r *kernel.Reader) kernel.Statement {
	p := &program{sheet: sheet{reader: r}}
	p.maximise = r.Member("sense").Word("minimise", "maximise") == "maximise"
	for range r.Member("variables").Lists() {
		// Names may be any, and the same: variables are numbered.
		name, lower, upper := r.Text(), readBound(r), readBound(r)
		sort := "u"
		// A sign is no fact, and takes less of a proof. Between 0 and 0 it is an equation, as for
		// other numbers.
		if lower != nil && lower.Sign() == 0 && (upper == nil || upper.Sign() != 0) {
			sort, lower = "u+", nil
		}
		p.between(lower, upper, p.variable(sort, name))
	}
	n, rows := len(p.Symbols), 0
	objective := r.Member("objective").Linear(n)
	for k := range r.Member("rows").Lists() {
		r.Text()
		lower, upper, form := readBound(r), readBound(r), r.Linear(n)
		switch {
		// 0 ≥ 1 must not be assumed, but make the program infeasible: with E it is a fact on an
		// unknown.
		case len(form) == 0:
			form = term(one, n) // E
		// Bounds have a place of their own: a constant in the form would be a second one.
		case len(form[0].M) == 0:
			r.Fail("a row has a constant")
		}
		p.between(lower, upper, form)
		rows = k + 1
	}
	r.Member("outcome").Open('[')
	if p.outcome = r.Word(optimal, infeasible, unbounded); p.outcome == optimal {
		p.value = r.Number()
	}
	r.Close(']')
	return single("linear program, "+Many(n, "variable")+", "+Many(rows, "row"), p.finish(objective), p.claim())
}

// readBound reads a list of one number, or of none: nil.
func readBound(r *kernel.Reader) (bound *kernel.Num) {
	r.Open('[')
	if r.Peek() != ']' {
		n := r.Number()
		bound = &n
	}
	r.Close(']')
	return bound
}

// between adds what the bounds say of a form without a constant.
// A lower bound above the upper one is allowed: then there is no point.
func (p *program) between(lower, upper *kernel.Num, form kernel.Poly) {
	if lower != nil && upper != nil && lower.Equal(*upper) {
		p.fact(kernel.EQ, form, term(lower.Neg()))
		return
	}
	if lower != nil {
		p.fact(kernel.GE, form, term(lower.Neg()))
	}
	if upper != nil {
		p.fact(kernel.GE, less(form), term(*upper))
	}
}

// finish makes the theorem of what has been read.
// Behind the variables stand E, V and Z, in this order.
func (p *program) finish(objective kernel.Poly) *kernel.Theorem {
	t := write("optimum", kernel.Feasible)
	t.Symbols = p.Symbols
	t.fact(kernel.EQ, t.symbol("u", "E"))
	// What is at least 0 is V − Z when minimising, Z − V when maximising; −V − Z, Z − V in an
	// unbounded program.
	better, sort := minus, "p"
	if p.maximise {
		better = one
	}
	target := better.Neg()
	if p.outcome == unbounded {
		target, sort = minus, "p+"
	}
	if p.outcome == infeasible {
		t.Name, t.Kind = "no point", kernel.Implied
		t.row(kernel.GE, term(minus))
	} else {
		v, z := t.symbol(sort, "V"), t.symbol("u", "Z")
		t.fact(kernel.GE, times(target, v), times(better, z))
		t.fact(kernel.EQ, objective, less(z))
		// For every V ≥ 0 there is a point with objective ≤ −V, or ≥ V: without rows, for all V.
		if p.outcome == unbounded {
			t.Name = "no bound"
		} else {
			t.row(kernel.GE, times(target, v), term(better.Times(p.value)))
		}
	}
	t.Facts = append(t.Facts, p.Facts...)
	return &t.Theorem
}

// claim is what the theorem says of the program.
func (p *program) claim() kernel.Claim {
	least := "least"
	if p.maximise {
		least = "greatest"
	}
	return map[string]kernel.Claim{
		optimal:    {Tag: "LP-OPTIMAL", Status: "proved", Text: fmt.Sprintf("the program of the document has a %s value, and it is %v", least, p.value)},
		infeasible: {Tag: "LP-INFEASIBLE", Status: "proved", Text: "the program of the document has no point"},
		unbounded:  {Tag: "LP-UNBOUNDED", Status: "proved", Text: fmt.Sprintf("the program of the document has points, and its objective no %s value", least)},
	}[p.outcome]
}
