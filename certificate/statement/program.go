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
	theorem  kernel.Theorem
	maximise bool
	outcome  string
	value    kernel.Num
	bounds   []kernel.Fact // of variables, then of rows
	rows     int
}

// The outcomes of a program.
const (
	optimal    = "optimal"
	infeasible = "infeasible"
	unbounded  = "unbounded"
)

func readProgram(r *kernel.Reader) kernel.Statement {
	p := &program{}
	r.Member("sense")
	switch sense := r.Text(); sense {
	case "maximise":
		p.maximise = true
	case "minimise":
	default:
		r.Fail(`expected "minimise" or "maximise"`)
	}
	r.Member("variables")
	for r.Open('['); r.More(); {
		p.variable(r)
	}
	n := len(p.theorem.Symbols)
	r.Member("objective")
	objective := r.Linear(n)
	r.Member("rows")
	for r.Open('['); r.More(); p.rows++ {
		p.row(r, n)
	}
	p.readOutcome(r)
	p.finish(objective)
	return single("linear program, "+Many(n, "variable")+", "+Many(p.rows, "row"), &p.theorem, p.claim())
}

// variable reads a variable with its bounds.
func (p *program) variable(r *kernel.Reader) {
	r.Open('[')
	r.Next()
	s := len(p.theorem.Symbols)
	if s == kernel.MaxSymbols-3 {
		r.Fail("too many variables")
	}
	// Names may be any, and the same: variables are numbered.
	symbol := kernel.Symbol{Name: r.Text(), Unknown: true}
	r.Kept(kernel.Fact{}) // the symbol takes as much
	lower, upper := readBound(r), readBound(r)
	r.Close(']')
	// A sign is no fact, and takes less of a proof. Between 0 and 0 it is an equation, as for
	// other numbers.
	if lower != nil && lower.Sign() == 0 && (upper == nil || upper.Sign() != 0) {
		symbol.Nonnegative, lower = true, nil
	}
	p.theorem.Symbols = append(p.theorem.Symbols, symbol)
	p.between(r, lower, upper, kernel.Poly{{C: one, M: kernel.Product(s)}})
}

// row reads a row.
func (p *program) row(r *kernel.Reader, n int) {
	r.Open('[')
	r.Next()
	r.Text()
	lower, upper := readBound(r), readBound(r)
	r.Next()
	form := r.Linear(n)
	r.Close(']')
	switch {
	// 0 ≥ 1 must not be assumed, but make the program infeasible: with E it is a fact on an
	// unknown.
	case len(form) == 0:
		form = kernel.Poly{{C: one, M: kernel.Product(n)}} // E
	// Bounds have a place of their own: a constant in the form would be a second one.
	case len(form[0].M) == 0:
		r.Fail("a row has a constant")
	}
	p.between(r, lower, upper, form)
}

// readBound reads a list of one number, or of none: nil.
func readBound(r *kernel.Reader) *kernel.Num {
	r.Next()
	r.Open('[')
	if !r.More() {
		return nil
	}
	n := r.Number()
	r.Close(']')
	return &n
}

// between adds what the bounds say of a form without a constant.
// A lower bound above the upper one is allowed: then there is no point.
func (p *program) between(r *kernel.Reader, lower, upper *kernel.Num, form kernel.Poly) {
	// Facts of bounds are counted as they are made: a document has room for millions.
	add := func(relation kernel.Relation, poly kernel.Poly) {
		p.bounds = append(p.bounds, r.Kept(kernel.Fact{Relation: relation, Poly: poly}))
	}
	if lower != nil && upper != nil && lower.Equal(*upper) {
		add(kernel.EQ, shifted(form, lower.Neg()))
		return
	}
	if lower != nil {
		add(kernel.GE, shifted(form, lower.Neg()))
	}
	if upper != nil {
		add(kernel.GE, shifted(negated(form), *upper))
	}
}

// shifted is the form plus a constant.
func shifted(form kernel.Poly, constant kernel.Num) kernel.Poly {
	if constant.Sign() == 0 {
		return form
	}
	return append(kernel.Poly{{C: constant}}, form...)
}

func negated(form kernel.Poly) kernel.Poly {
	p := make(kernel.Poly, len(form))
	for k, t := range form {
		p[k] = kernel.Term{C: t.C.Neg(), M: t.M}
	}
	return p
}

func (p *program) readOutcome(r *kernel.Reader) {
	r.Member("outcome")
	r.Open('[')
	r.Next()
	switch p.outcome = r.Text(); p.outcome {
	case optimal:
		r.Next()
		p.value = r.Number()
	case infeasible, unbounded:
	default:
		r.Fail(`expected "optimal", "infeasible" or "unbounded"`)
	}
	r.Close(']')
}

// finish makes the theorem of what has been read.
// Behind the variables stand E, V and Z, in this order.
func (p *program) finish(objective kernel.Poly) {
	t := &p.theorem
	n := len(t.Symbols)
	e, v, z := kernel.Product(n), kernel.Product(n+1), kernel.Product(n+2)
	t.Symbols = append(t.Symbols, kernel.Symbol{Name: "E", Unknown: true})
	t.Facts = []kernel.Fact{{Relation: kernel.EQ, Poly: kernel.Poly{{C: one, M: e}}}}
	if p.outcome == infeasible {
		t.Name, t.Kind = "no point", kernel.Implied
		t.Facts = append(t.Facts, p.bounds...)
		t.Rows = []kernel.Fact{{Relation: kernel.GE, Poly: kernel.Poly{{C: minus}}}}
		return
	}
	t.Name, t.Kind = "optimum", kernel.Feasible
	// What is at least 0 is V − Z when minimising, Z − V when maximising; −V − Z in an
	// unbounded program.
	target, signV, signZ := p.value.Neg(), one, minus
	if p.maximise {
		target, signV, signZ = p.value, minus, one
	}
	// For every V ≥ 0 there is a point with objective ≤ −V, or ≥ V: without rows, for all V.
	if p.outcome == unbounded {
		// −V or less when minimising, V or more when maximising.
		t.Name, signV = "no bound", minus
	} else {
		t.Rows = []kernel.Fact{{Relation: kernel.GE, Poly: shifted(kernel.Poly{{C: signV, M: v}}, target)}}
	}
	t.Symbols = append(t.Symbols, kernel.Symbol{Name: "V", Nonnegative: p.outcome == unbounded}, kernel.Symbol{Name: "Z", Unknown: true})
	t.Facts = append(t.Facts,
		kernel.Fact{Relation: kernel.GE, Poly: kernel.Poly{{C: signV, M: v}, {C: signZ, M: z}}},
		kernel.Fact{Relation: kernel.EQ, Poly: append(objective[:len(objective):len(objective)], kernel.Term{C: minus, M: z})})
	t.Facts = append(t.Facts, p.bounds...)
}

// claim is what the theorem says of the program.
func (p *program) claim() kernel.Claim {
	least := "least"
	if p.maximise {
		least = "greatest"
	}
	switch p.outcome {
	case optimal:
		return kernel.Claim{Tag: "LP-OPTIMAL", Status: "proved", Text: fmt.Sprintf("the program of the document has a %s value, and it is %v", least, p.value)}
	case infeasible:
		return kernel.Claim{Tag: "LP-INFEASIBLE", Status: "proved", Text: "the program of the document has no point"}
	}
	return kernel.Claim{Tag: "LP-UNBOUNDED", Status: "proved", Text: fmt.Sprintf("the program of the document has points, and its objective no %s value", least)}
}
