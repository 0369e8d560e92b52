package decide

import (
	"context"
	"slices"

	"pstar/theorems/statement"
)

// Claim settles a claim of a system. An error is a [StepError], or the cause with which ctx has ended.
func Claim(ctx context.Context, s *statement.System, claim int) (*Result, error) {
	r := &Result{System: s, Claim: claim}
	if err := r.claim(ctx, s.Claims[claim]); err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Result) claim(ctx context.Context, c statement.Claim) error {
	if p := r.products(c); p != nil {
		return r.hand(ctx, c, p)
	}
	why, err := nothing(ctx, r.System, c)
	switch {
	case err != nil:
	case why != "":
		return r.vacuous(ctx, why)
	case c.Kind == statement.Implied:
		err = r.implied(ctx, r.System.Implication(r.Claim, c.Rows))
	case c.Kind == statement.Infeasible:
		err = r.implied(ctx, r.System.Implication(r.Claim, []statement.Row{statement.Never(c.At)}))
	case c.Kind == statement.Feasible:
		err = r.feasible(ctx, c)
	case c.Kind == statement.FindRows:
		err = r.findRows(ctx)
	case c.Kind == statement.Optimum || c.Kind == statement.FindValue:
		err = r.optimum(ctx, c)
	default:
		err = r.oneSided(ctx, c)
	}
	if err != nil {
		return err
	}
	return r.conclude(ctx)
}

// Why a claim speaks of nothing.
const (
	noParameters = "the assumptions contradict each other, so the claim speaks of nothing"
	noPoint      = "no parameters as assumed and unknowns have the rows, so the claim speaks of nothing"
	infeasible   = "no parameters as assumed make the program feasible, so there is no optimum to speak of"
)

// nothing says why a claim speaks of nothing; "" if it speaks of something, or if it is on an optimum and that is still to be seen.
func nothing(ctx context.Context, s *statement.System, c statement.Claim) (why string, err error) {
	stage(ctx, "whether there is anything that it speaks of")
	none, err := contradictory(ctx, s.Symbols, assumptions(s))
	switch {
	case err != nil:
		return "", err
	case none:
		return noParameters, nil
	case c.Exists() || c.Kind == statement.Optimum || c.Kind == statement.FindValue:
		return "", nil
	}
	if !slices.ContainsFunc(s.Facts, func(f statement.Fact) bool { return !f.Assumed }) {
		return "", nil
	}
	if none, err = contradictory(ctx, s.Symbols, allFacts(s)); err != nil || !none {
		return "", err
	}
	if c.Kind == statement.Implied {
		return noPoint, nil
	}
	return infeasible, nil
}

// assumptions are the facts on parameters that are assumed.
func assumptions(s *statement.System) (rows []statement.Row) {
	for _, f := range s.Facts {
		if f.Assumed {
			rows = append(rows, f.Row)
		}
	}
	return rows
}

// allFacts are assumptions and rows.
func allFacts(s *statement.System) (rows []statement.Row) {
	for _, f := range s.Facts {
		rows = append(rows, f.Row)
	}
	return rows
}

// contradictory reports whether no point has all rows.
func contradictory(ctx context.Context, symbols []statement.Symbol, rows []statement.Row) (bool, error) {
	in, err := newFacts(symbols, rows).interior(ctx)
	if err != nil {
		return false, err
	}
	return in.absurd != nil, nil
}

// vacuous records that assumptions and rows contradict each other.
func (r *Result) vacuous(ctx context.Context, why string) error {
	s, err := implication(ctx, r.System.Nothing(r.Claim))
	if err != nil {
		return err
	}
	if s.Refuted {
		panic("decide: a claim that speaks of nothing has a point")
	}
	r.Settled, r.Status, r.Note = []*Settled{s}, Vacuous, why
	return nil
}

// put records a settled problem.
func (r *Result) put(s *Settled) {
	r.Settled = append(r.Settled, s)
	if s.Refuted {
		r.Status = Refuted
	}
}

func (r *Result) implied(ctx context.Context, p *statement.Problem) error {
	s, err := upToSymmetry(p, r.System.Actions(p), func(q *statement.Problem) (*Settled, error) { return implication(ctx, q) })
	if err != nil {
		return err
	}
	r.put(s)
	return nil
}

// feasible settles an iff, and finds its minimal form.
func (r *Result) feasible(ctx context.Context, c statement.Claim) error {
	p := r.System.Feasibility(r.Claim, c.Rows)
	d, err := r.dual(ctx, p)
	if err != nil {
		return err
	}
	if err := r.form(ctx, d); err != nil {
		return err
	}
	s, err := equivalence(ctx, p, d)
	if err != nil {
		return err
	}
	r.put(s)
	return r.unneeded(ctx, assumptions(r.System), c.Rows, r.Form.closed)
}

// dual is that of a problem, symmetric as the file declares.
func (r *Result) dual(ctx context.Context, p *statement.Problem) (*dual, error) {
	return newDual(ctx, p, r.System.Actions(p))
}

// form finds the minimal form of what the dual requires.
func (r *Result) form(ctx context.Context, d *dual) (err error) {
	r.Form = &Form{Generated: len(d.rows)}
	return r.conditions(ctx, d.required(), d.actions)
}

// conditions finds the minimal form of rows on parameters.
func (r *Result) conditions(ctx context.Context, rows []statement.Row, actions []statement.Action) (err error) {
	given := assumptions(r.System)
	if r.Form.closed, err = minimal(ctx, given, rows, actions); err != nil {
		return err
	}
	r.Form.Conditions, err = unforced(ctx, r.System.Symbols, given, r.Form.closed)
	return err
}

func (r *Result) findRows(ctx context.Context) error {
	d, err := r.dual(ctx, r.System.Feasibility(r.Claim, nil))
	if err != nil {
		return err
	}
	if err := r.form(ctx, d); err != nil {
		return err
	}
	s, err := equivalence(ctx, r.System.Feasibility(r.Claim, r.Form.Conditions), d)
	if err != nil {
		return err
	}
	r.put(s)
	return nil
}

// optimum settles P = min(…), or finds the terms.
func (r *Result) optimum(ctx context.Context, c statement.Claim) error {
	p := r.System.OptimumOf(r.Claim, nil, nil)
	d, err := r.dual(ctx, p)
	if err != nil {
		return err
	}
	if err := r.optimumForm(ctx, p, d); err != nil || r.Status == Vacuous {
		return err
	}
	terms := c.Terms
	if c.Kind == statement.FindValue {
		terms = r.Form.Terms
	}
	s, err := equivalence(ctx, r.System.OptimumOf(r.Claim, terms, r.Form.Conditions), d)
	if err != nil {
		return err
	}
	if s.Refuted { // which says nothing yet of parameters for which the program is infeasible
		if err := r.implied(ctx, r.System.Implication(r.Claim, r.System.Bounds(c.Terms))); err != nil || r.Status == Refuted {
			return err
		}
		return r.reached(ctx, c)
	}
	r.put(s)
	if c.Kind == statement.Optimum {
		return r.unneeded(ctx, slices.Concat(assumptions(r.System), r.Form.closed), c.Terms, r.Form.Terms)
	}
	return nil
}

// optimumForm finds the conditions and the terms.
func (r *Result) optimumForm(ctx context.Context, p *statement.Problem, d *dual) error {
	r.Form = &Form{Optimum: true, Generated: len(d.rows)}
	var conditions, bounds []statement.Row
	for _, row := range d.required() {
		if row.Form.Coefficient(p.Optimum).IsZero() {
			conditions = append(conditions, row)
		} else {
			bounds = append(bounds, row)
		}
	}
	if err := r.conditions(ctx, conditions, d.actions); err != nil {
		return err
	}
	given := slices.Concat(assumptions(r.System), r.Form.closed)
	empty, err := contradictory(ctx, r.System.Symbols, given)
	if err != nil {
		return err
	}
	if empty {
		return r.vacuous(ctx, infeasible)
	}
	terms, err := minimal(ctx, given, bounds, d.actions)
	for _, t := range terms {
		r.Form.Terms = append(r.Form.Terms, r.term(p, t))
	}
	if err == nil && r.System.Strict() {
		r.Form.Supremum, err = missed(ctx, p, d, given)
	}
	return err
}

// term is a bound solved for the optimum.
func (r *Result) term(p *statement.Problem, bound statement.Row) statement.Row {
	c := bound.Form.Coefficient(p.Optimum)
	rest := bound.Form.Minus(statement.Form{{C: c, M: statement.Of(p.Optimum)}})
	return statement.Row{Form: rest.Scale(c.Inv().Neg()), Relation: bound.Relation}
}

// oneSided settles P <= … and P >= …: a bound on the objective at all points, or one that is reached.
func (r *Result) oneSided(ctx context.Context, c statement.Claim) error {
	if (c.Kind == statement.AtMost) == r.System.Objective.Maximize {
		return r.implied(ctx, r.System.Implication(r.Claim, r.System.Bounds(c.Terms)))
	}
	return r.reached(ctx, c)
}

// reached settles that the optimum is as good as the terms.
func (r *Result) reached(ctx context.Context, c statement.Claim) error {
	p := r.System.Reached(r.Claim, c.Terms)
	d, err := r.dual(ctx, p)
	if err != nil {
		return err
	}
	s, err := equivalence(ctx, p, d)
	if err != nil {
		return err
	}
	r.put(s)
	return nil
}

// conclude names the status, and looks for what was not used.
func (r *Result) conclude(ctx context.Context) error {
	switch kind := r.System.Claims[r.Claim].Kind; {
	case r.Status == Vacuous:
		return nil
	case r.Status == Refuted:
		return r.explain(ctx)
	case kind == statement.FindRows || kind == statement.FindValue:
		r.Status = Found
	default:
		r.Status = Proved
	}
	r.unused()
	return nil
}
