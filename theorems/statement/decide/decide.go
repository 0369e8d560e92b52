package decide

import (
	"context"
	"slices"

	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
)

// Claim settles a claim of a system. An error is a [StepError], or the cause with which
// ctx has ended. The index is that of System.Claims and must be in range. The time that
// it takes has no bound but ctx: a linear claim is always decided, if it is given
// enough.
func Claim(ctx context.Context, s *statement.System, claim int) (*Result, error) {
	r := &Result{System: s, Claim: claim}
	if err := r.claim(ctx, s.Claims[claim]); err != nil {
		return nil, err
	}
	return r, nil
}

// Shown is the result of a claim that rows follow, of which the proofs are known: for each row the shares of the
// facts of which it is the sum, but for what is nonnegative by itself. They are taken as they are: a certificate of
// the result shows whether they are proofs. An equation is to be a sum of equations.
func Shown(s *statement.System, claim int, shares [][]statement.Share) *Result {
	p := s.Implication(claim, nil)
	p.Rows = s.Claims[claim].Rows
	settled := &Settled{Problem: p, Row: -1}
	for _, list := range shares {
		settled.Follow = append(settled.Follow, &farkas.Proof{Shares: list})
	}
	return &Result{System: s, Claim: claim, Status: theorems.Proved, Settled: []*Settled{settled}}
}

// claim tells the kinds of claims apart. Before anything else it is asked whether there
// is anything to speak of: from facts that contradict each other everything follows.
func (r *Result) claim(ctx context.Context, c statement.Claim) error {
	// A claim with products of symbols goes another way, on which it can stay
	// undecided.
	if p := r.products(c); p != nil {
		return r.hand(ctx, c, p)
	}
	why, err := nothing(ctx, r.System, c)
	switch {
	case err != nil:
	// Vacuous is an outcome of its own, so that neither proof nor refutation is printed
	// of it.
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
	// P <= … or P >= ….
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
//
// Three questions are asked, the cheap one first. For an iff or a question for rows
// only the assumptions matter, since it asks for which parameters there are unknowns.
// For an optimum whether the program is ever feasible is seen from the conditions
// later, at no further cost.
func nothing(ctx context.Context, s *statement.System, c statement.Claim) (why string, err error) {
	stage(ctx, "whether there is anything that it speaks of")
	none, err := farkas.Contradictory(ctx, s.Symbols, assumptions(s))
	switch {
	case err != nil:
		return "", err
	case none:
		return noParameters, nil
	case c.Exists() || c.Kind == statement.Optimum || c.Kind == statement.FindValue:
		return "", nil
	}
	// Without rows the assumptions are all facts, and have been looked at.
	if !slices.ContainsFunc(s.Facts, func(f statement.Fact) bool { return !f.Assumed }) {
		return "", nil
	}
	if none, err = farkas.Contradictory(ctx, s.Symbols, allFacts(s)); err != nil || !none {
		return "", err
	}
	// All other kinds left are on an optimum, one-sided.
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

// allFacts are assumptions and rows. They are in the order of the system, so that their
// numbers are those of the facts of its problems.
func allFacts(s *statement.System) (rows []statement.Row) {
	for _, f := range s.Facts {
		rows = append(rows, f.Row)
	}
	return rows
}

// vacuous records that assumptions and rows contradict each other. What is shown is the
// theorem that the facts imply 0 >= 1, whose proof the certificate holds.
func (r *Result) vacuous(ctx context.Context, why string) error {
	s, err := implication(ctx, r.System.Nothing(r.Claim))
	if err != nil {
		return err
	}
	// The same question has been answered before in other words: nothing and
	// implication cannot differ but by a fault of the program.
	if s.Refuted {
		panic("decide: a claim that speaks of nothing has a point")
	}
	r.Settled, r.Status, r.Note = []*Settled{s}, theorems.Vacuous, why
	return nil
}

// put records a settled problem. A problem that refutes settles the claim; one that
// does not leaves the status to conclude.
func (r *Result) put(s *Settled) {
	r.Settled = append(r.Settled, s)
	if s.Refuted {
		r.Status = theorems.Refuted
	}
}

// implied settles a claim that is one implication: by one row of each orbit, if the
// file declares a symmetry.
func (r *Result) implied(ctx context.Context, p *statement.Problem) error {
	s, err := upToSymmetry(p, r.System.Actions(p), func(q *statement.Problem) (*Settled, error) { return implication(ctx, q) })
	if err != nil {
		return err
	}
	r.put(s)
	return nil
}

// feasible settles an iff, and finds its minimal form. The minimal form is found even
// though it was not asked for: it tells which claimed rows are superfluous.
func (r *Result) feasible(ctx context.Context, c statement.Claim) error {
	// The dual does not depend on the claimed rows: it is that of the facts alone.
	p := r.System.Feasibility(r.Claim, c.Rows)
	d, err := r.dual(ctx, p)
	if err != nil {
		return err
	}
	// Rows that are no part of the minimal form are reported whether or not the claim
	// is proved.
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

// form finds the minimal form of what the dual requires. form sets Form to the
// conditions that the generators require, made minimal.
func (r *Result) form(ctx context.Context, d *dual) (err error) {
	r.Form = &Form{Generated: len(d.rows)}
	return r.conditions(ctx, d.required(), d.actions)
}

// conditions finds the minimal form of rows on parameters. Two forms of the same rows
// are kept. The one that is printed leaves out equations that the others force together
// with the assumptions, as x = 0 does by x <= 0 and x >= 0; the closed one has them,
// and is what other rows are compared modulo.
func (r *Result) conditions(ctx context.Context, rows []statement.Row, actions []statement.Action) (err error) {
	given := assumptions(r.System)
	if r.Form.closed, err = minimal(ctx, given, rows, actions); err != nil {
		return err
	}
	r.Form.Conditions, err = unforced(ctx, r.System.Symbols, given, r.Form.closed)
	return err
}

// findRows answers find feasible: the minimal form is what is found, and then proved
// like a claim, which checks it.
func (r *Result) findRows(ctx context.Context) error {
	// No rows yet: they are what is asked for.
	d, err := r.dual(ctx, r.System.Feasibility(r.Claim, nil))
	if err != nil {
		return err
	}
	if err := r.form(ctx, d); err != nil {
		return err
	}
	// The conditions follow from the dual and so are proved; that they suffice is the
	// half that could fail.
	s, err := equivalence(ctx, r.System.Feasibility(r.Claim, r.Form.Conditions), d)
	if err != nil {
		return err
	}
	r.put(s)
	return nil
}

// optimum settles P = min(…), or finds the terms.
//
// First the dual of the problem with no terms: its generators give all bounds on P and
// all conditions. Then the equivalence with the claimed terms is one comparison of
// rows.
func (r *Result) optimum(ctx context.Context, c statement.Claim) error {
	p := r.System.OptimumOf(r.Claim, nil, nil)
	d, err := r.dual(ctx, p)
	if err != nil {
		return err
	}
	// If the conditions contradict the assumptions there is no optimum for any
	// parameters.
	if err := r.optimumForm(ctx, p, d); err != nil || r.Status == theorems.Vacuous {
		return err
	}
	terms := c.Terms
	// The terms that were found are proved in the same way as claimed ones, which
	// checks them.
	if c.Kind == statement.FindValue {
		terms = r.Form.Terms
	}
	s, err := equivalence(ctx, r.System.OptimumOf(r.Claim, terms, r.Form.Conditions), d)
	if err != nil {
		return err
	}
	// The equivalence speaks of the conditions, too. At a point where the program is
	// infeasible it may fail in one direction that is no fault of the claim; so the two
	// halves are settled apart, which speak only of feasible parameters, and either of
	// them refutes. If none does, both are the proof.
	if s.Refuted { // which says nothing yet of parameters for which the program is infeasible
		if err := r.implied(ctx, r.System.Implication(r.Claim, r.System.Bounds(c.Terms))); err != nil || r.Status == theorems.Refuted {
			return err
		}
		return r.reached(ctx, c)
	}
	r.put(s)
	if c.Kind == statement.Optimum {
		// Terms are compared where the program is feasible, modulo the equations of
		// that.
		return r.unneeded(ctx, slices.Concat(assumptions(r.System), r.Form.closed), c.Terms, r.Form.Terms)
	}
	return nil
}

// optimumForm finds the conditions and the terms. Each generator requires a row: one
// without the optimum is a condition on the parameters, one with it a bound on the
// optimum.
func (r *Result) optimumForm(ctx context.Context, p *statement.Problem, d *dual) error {
	r.Form = &Form{Optimum: true, Generated: len(d.rows)}
	var conditions, bounds []statement.Row
	// Of a symmetric problem the images count as well: the minimal form is of all rows.
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
	// A term counts only if it is the least one somewhere among feasible parameters;
	// hence conditions are given when terms are made minimal.
	given := slices.Concat(assumptions(r.System), r.Form.closed)
	empty, err := farkas.Contradictory(ctx, r.System.Symbols, given)
	if err != nil {
		return err
	}
	// There is no θ with the assumptions for which the rows can hold.
	if empty {
		return r.vacuous(ctx, infeasible)
	}
	terms, err := minimal(ctx, given, bounds, d.actions)
	// An error of minimal leaves terms empty, and is returned at the end.
	for _, t := range terms {
		r.Form.Terms = append(r.Form.Terms, r.term(p, t))
	}
	// With strict rows P may be the supremum only.
	if err == nil && r.System.Strict() {
		r.Form.Supremum, err = missed(ctx, p, d, given)
	}
	return err
}

// term is a bound solved for the optimum. The coefficient of the optimum is not 0, and
// has the sign that makes it a bound from the better side.
func (r *Result) term(p *statement.Problem, bound statement.Row) statement.Row {
	c := bound.Form.Coefficient(p.Optimum)
	rest := bound.Form.Minus(statement.Form{{C: c, M: statement.Of(p.Optimum)}})
	return statement.Row{Form: rest.Scale(c.Inv().Neg()), Relation: bound.Relation}
}

// oneSided settles P <= … and P >= …: a bound on the objective at all points, or one
// that is reached. Which of P <= t and P >= t is the easy one depends on the direction
// of the objective.
func (r *Result) oneSided(ctx context.Context, c statement.Claim) error {
	if (c.Kind == statement.AtMost) == r.System.Objective.Maximize {
		return r.implied(ctx, r.System.Implication(r.Claim, r.System.Bounds(c.Terms)))
	}
	return r.reached(ctx, c)
}

// reached settles that the optimum is as good as the terms. It is an iff without rows,
// in a system where P and a copy of the unknowns are parameters; see System.Reached.
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

// conclude names the status, and looks for what was not used. Claims that were refuted
// get their explanation, the others the word of their kind.
func (r *Result) conclude(ctx context.Context) error {
	switch kind := r.System.Claims[r.Claim].Kind; {
	// The note says why already.
	case r.Status == theorems.Vacuous:
		return nil
	case r.Status == theorems.Refuted:
		return r.explain(ctx)
	case kind == statement.FindRows || kind == statement.FindValue:
		r.Status = theorems.Found
	default:
		r.Status = theorems.Proved
	}
	// Only of what is proved or found: of a refuted claim no proof uses anything.
	r.unused()
	return nil
}
