package decide

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"pstar/certificate/theorem"
	"pstar/theorems"
	"pstar/theorems/statement"
	"pstar/witness"
)

// A hand is a proof by hand: facts, and steps that add to them. Products of symbols are unknowns of their own, so that what
// is found is a proof, and what is not found may be true all the same.
type hand struct {
	// Facts behind the first ones were added by steps, and are as good as those: each
	// has its sum among the steps.
	symbols []statement.Symbol
	facts   []statement.Row // those of the theorem, and then what the steps add
	given   int             // how many are those of the theorem
	steps   []added
	numbers []int // of each step of the file the fact that it has added, or −1: it is not proved
	name    func(int) string
}

// StepError is the error of a step that its sum does not prove, with the place of the
// sum. The file is wrong then, and not the theorem: it is an error and no result.
type StepError struct {
	statement.Step
	File string
	Why  string
}

// The place is that of the sum, not of the step.
func (e *StepError) Error() string {
	return fmt.Sprintf("%s:%d:%d: the sum does not prove the step %s: %s", e.File, e.SumAt.Line, e.SumAt.Column, e.Label, e.Why)
}

// newHand goes through the steps of a system. Those that are not proved add nothing.
// Each step may use all before it. A step without a sum is looked for; one whose sum
// names a step that is not proved is not proved either.
func newHand(ctx context.Context, s *statement.System, p *statement.Problem) (*hand, error) {
	h := &hand{symbols: p.Symbols, facts: slices.Clone(p.Facts), given: len(p.Facts), name: p.NameOf}
	for _, step := range s.Steps {
		c, err := h.step(ctx, s, step)
		if err != nil {
			return nil, err
		}
		// −1 stays for a step that is not proved, so that later sums that name it are
		// not proved either.
		number := -1
		if c != nil {
			number = h.add(step.Row, *c)
		}
		h.numbers = append(h.numbers, number)
	}
	return h, nil
}

// products is the problem of a claim of a proof by hand with products of symbols, which
// no linear program decides; nil if there are none. What stands in an objective or in
// an iff has no products, see [expand.Read].
func (r *Result) products(c statement.Claim) *statement.Problem {
	rows := c.Rows
	switch {
	case c.Kind == statement.Infeasible:
		rows = []statement.Row{statement.Never(c.At)}
	case c.Kind != statement.Implied:
		return nil // not with products
	}
	// Without products a linear program decides the claim, whatever steps there are.
	if p := r.System.Implication(r.Claim, rows); !linear(p) {
		return p
	}
	return nil
}

// linear reports whether facts and rows of a problem are: the condition for a linear
// program to decide it.
func linear(p *statement.Problem) bool {
	return !slices.ContainsFunc(slices.Concat(p.Facts, p.Rows), func(r statement.Row) bool { return r.Form.Degree() > 1 })
}

// hand settles a claim by the steps of the file, and by what a search finds; or looks for a counterexample where they are not enough.
//
// First a contradiction among the facts is looked for, which would make the claim
// vacuous; then a sum for each row; and where one is missing a counterexample. If
// neither is found, the claim is undecided: sums of products of two rows are a small
// part of all proofs there could be.
func (r *Result) hand(ctx context.Context, c statement.Claim, p *statement.Problem) error {
	h, err := newHand(ctx, r.System, p)
	if err != nil {
		return err
	}
	// Of infeasible the contradiction is the claim itself.
	if c.Kind == statement.Implied {
		never, err := h.contradiction(ctx, statement.Never(c.At))
		if err != nil {
			return err
		}
		if never != nil {
			r.Settled, r.Status, r.Note = []*Settled{h.settled(r.System.Nothing(r.Claim), []witness.Combine{*never})}, theorems.Vacuous, noPoint
			return nil
		}
	}
	goals, missing, err := h.goals(ctx, p.Rows)
	if err != nil {
		return err
	}
	// All rows have a sum.
	if missing < 0 {
		r.Settled, r.Status = []*Settled{h.settled(p, goals)}, theorems.Proved
		return nil
	}
	// Only now, as points cost a linear program each.
	if s, err := trial(ctx, p); s != nil || err != nil {
		if err == nil {
			r.put(s)
			err = r.explain(ctx)
		}
		return err
	}
	row := p.Rows[missing]
	// Before giving up it is told which missing step would do, since that is where to
	// go on.
	open, err := h.open(ctx, r.System, row)
	r.Open, r.Status, r.Note = p, theorems.Undecided, rowName(row.Label, missing)+notFound()
	if len(open) > 0 {
		r.Note = rowName(row.Label, missing) + " is found to follow only with what is not proved: the step " + strings.Join(open, ", the step ")
	}
	return err
}

// notFound says why nothing is known of a row.
func notFound() string {
	return fmt.Sprintf(" was not found to be a sum of rows, products of two rows and at most %d squares, and no counterexample was found at the points that were tried; products of symbols are not decided otherwise", maxSquares)
}

// goals are sums that prove the rows; missing is the first row for which none is found,
// or −1. One row without a sum leaves the claim open, so that the others are not tried.
func (h *hand) goals(ctx context.Context, rows []statement.Row) (list []witness.Combine, missing int, err error) {
	for i, row := range rows {
		prove := h.search
		// Infeasibility is claimed as the row −1 >= 0.
		if row.Form.Degree() == 0 && row.Form.Constant().Sign() < 0 {
			prove = h.contradiction
		}
		c, err := prove(ctx, row)
		if err != nil || c == nil {
			return nil, i, err
		}
		c.Goal = i
		list = append(list, *c)
	}
	return list, -1, nil
}

// contradiction looks for a sum that proves a row that nothing has, or one that proves
// 0 > 0, by which each row is as good as 0 >= 0. From 0 > 0 by itself no row follows by
// addition; as a factor it makes every row 0 >= 0, which the kernel has as "by".
func (h *hand) contradiction(ctx context.Context, never statement.Row) (*witness.Combine, error) {
	c, err := h.search(ctx, never)
	if c != nil || err != nil {
		return c, err
	}
	nought := statement.Row{Label: "0 > 0", Relation: statement.Above}
	if c, err = h.search(ctx, nought); c == nil || err != nil {
		return nil, err
	}
	return &witness.Combine{By: []int{h.add(nought, *c)}}, nil
}

// open are the steps without a proof with which a row is found to follow; none if it is
// not even then. It is a hint for the message only.
func (h *hand) open(ctx context.Context, s *statement.System, row statement.Row) (labels []string, err error) {
	more := *h
	// A copy: searches add facts, and these must not stay. The slice of steps is
	// clipped so that appending copies it.
	more.facts, more.steps = slices.Clone(h.facts), slices.Clip(h.steps)
	for k, number := range h.numbers {
		if number < 0 {
			more.facts = append(more.facts, s.Steps[k].Row)
		}
	}
	// All steps are proved.
	if len(more.facts) == len(h.facts) {
		return nil, nil
	}
	c, err := more.search(ctx, row)
	if c == nil || err != nil {
		return nil, err
	}
	for _, k := range references(c) {
		// Numbers below 0 are signs of symbols.
		if label := more.facts[max(k, 0)].Label; k >= len(h.facts) && label != "" && !slices.Contains(labels, label) { // squares have none
			labels = append(labels, label)
		}
	}
	return labels, nil
}

// Steps settles the steps of the proof by hand of a system: each is proved, refuted, or undecided. Claim settles
// claims without those that are not proved.
func Steps(ctx context.Context, s *statement.System) (list []*Result, err error) {
	if len(s.Steps) == 0 {
		return nil, nil
	}
	// All steps are problems over the same symbols and facts, so that the first one
	// will do.
	h, err := newHand(ctx, s, s.StepProblem(0))
	if err != nil {
		return nil, err
	}
	for k, number := range h.numbers {
		r := &Result{System: s, Claim: -1, Step: &s.Steps[k], Status: theorems.Proved}
		// The sum has been found when the steps were gone through.
		if number >= 0 {
			r.put(h.proved(s.StepProblem(k), number))
		} else if err := r.unproved(ctx, s.StepProblem(k)); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// proved is the problem of a step with the proof of the fact that it has added. The row
// of a step is the fact that it added, or half of it where the fact is an equation.
func (h *hand) proved(p *statement.Problem, number int) *Settled {
	var goals []witness.Combine
	for i, row := range p.Rows {
		c := witness.Combine{Goal: i}
		// An inequality is the fact itself; of an equation the row is one of its two
		// halves, or the whole.
		switch {
		case h.facts[number].Relation != statement.Equal:
			c.Products = []witness.Product{{Factor: one, Facts: []int{number}}}
		case row.Form.Equal(h.facts[number].Form):
			c.Equations = []witness.Equation{{Poly: constantPoly(one), Fact: number}}
		default: // the other half of an equation
			c.Equations = []witness.Equation{{Poly: constantPoly(one.Neg()), Fact: number}}
		}
		goals = append(goals, c)
	}
	return h.settled(p, goals)
}

// unproved settles a step without a sum: it is linear, or refuted by a point, or
// nothing is known of it. A linear step is decided completely. Another one without a
// sum may still be false.
func (r *Result) unproved(ctx context.Context, p *statement.Problem) error {
	settle := trial
	if linear(p) {
		settle = implication
	}
	found, err := settle(ctx, p)
	switch {
	case err != nil:
		return err
	// The two reasons are different for the author of the file: here a sum was looked
	// for; there one was given.
	case found == nil && r.Step.Search:
		r.Open, r.Status, r.Note = p, theorems.Undecided, "it"+notFound()
	case found == nil:
		r.Open, r.Status, r.Note = p, theorems.Undecided, "its sum holds a step that is not proved"
	default:
		if r.put(found); found.Refuted {
			return r.explain(ctx)
		}
	}
	return nil
}

// rowName is a row of a claim, by its number if it is long. Long rows would hide the
// sentence.
func rowName(text string, i int) string {
	if len(text) > 80 {
		return fmt.Sprintf("row %d of the claim", i+1)
	}
	return "the row " + text
}

var kernelRelations = [...]theorem.Relation{statement.AtLeast: theorem.GE, statement.Above: theorem.GT, statement.Equal: theorem.EQ}

// number is the fact for which a symbol of a sum stands, less than 0 for a symbol of the theorem. It reports false for a step without a proof.
//
// Steps are counted behind the facts of the file in sums; but here facts include the
// squares that searches have added, so that the numbers of steps go through a table.
func (h *hand) number(symbol int) (fact int, known bool) {
	if fact = symbol - statement.FactSymbol(0); fact >= h.given {
		fact = h.numbers[fact-h.given]
		return fact, fact >= 0
	}
	return fact, true
}

// step takes the sum of a step apart, or searches for one. It is nil if none is found, or if a step without a proof stands in it.
//
// A sum is Σ factor·Π facts·Π symbols, and must be the row up to what is nonnegative by
// itself. What holds an equation can have any factor; what does not needs a positive
// number and nonnegative symbols.
func (h *hand) step(ctx context.Context, s *statement.System, step statement.Step) (*witness.Combine, error) {
	if step.Search {
		return h.search(ctx, step.Row)
	}
	c := &witness.Combine{}
	equations := map[int][]statement.Term{}
	rest, strict := step.Form, false
	for _, t := range step.Sum {
		p := product{factor: t.C}
		equation := -1
		var symbols []int
		for _, k := range t.M.Symbols() {
			switch number, known := h.number(k); {
			case !known:
				return nil, nil
			case number < 0:
				symbols = append(symbols, k)
			// One equation of a product is its equation; all else, further equations
			// included, is its factor.
			case h.facts[number].Relation == statement.Equal && equation < 0:
				equation = number
			default:
				p.facts = append(p.facts, number)
			}
		}
		// It names no row: like a number or a square that is added in writing, it must
		// be found in the rest.
		if equation < 0 && len(p.facts) == 0 {
			continue // a part of the rest
		}
		if equation >= 0 { // times all else, whatever its sign
			term := statement.Form{{C: t.C, M: statement.One}}
			for _, k := range symbols {
				term = term.Times(statement.Form{{C: one, M: statement.Of(k)}})
			}
			for _, number := range p.facts {
				term = term.Times(h.facts[number].Form)
			}
			equations[equation] = append(equations[equation], term...)
			rest = rest.Minus(term.Times(h.facts[equation].Form))
			continue
		}
		p.signs = symbols
		rest, strict = rest.Minus(h.value(p)), strict || h.strict(p)
		c.Products = append(c.Products, p.product())
		// Without this check the kernel would refuse the certificate later, and nobody
		// would know which term is wrong.
		if bad := slices.IndexFunc(symbols, func(k int) bool { return !h.symbols[k].Nonnegative }); bad >= 0 || t.C.Sign() < 0 {
			return nil, &StepError{step, s.File, "the sign of the product " + statement.Form{t}.Text(h.factName(s)) + " is not known, as multipliers are positive numbers, and symbols that are declared >= 0"}
		}
	}
	h.equations(c, equations)
	if why := h.missing(step.Relation, rest, strict, len(c.Products) > 0); why != "" {
		return nil, &StepError{step, s.File, why}
	}
	return c, nil
}

// missing says why a row does not follow from a sum that leaves a rest of it; "" if it
// does. The rest is the row minus the sum. The reasons are for people; nothing but
// their absence decides.
func (h *hand) missing(relation statement.Relation, rest statement.Form, strict, inequalities bool) string {
	switch {
	case relation == statement.Equal && len(rest) > 0:
		return "what is left, " + rest.Text(h.name) + ", is not 0"
	case !h.nonnegative(rest):
		return "what is left, " + rest.Text(h.name) + ", is not a sum of nonnegative terms"
	case relation == statement.Equal && inequalities:
		// From inequalities only an inequality follows, even if they add up to the form
		// of the equation.
		return "an equation follows from equations alone"
	case relation == statement.Above && !strict && rest.Constant().Sign() == 0:
		return "nothing of it is strict: neither a product of rows with > or <, and no symbols, nor a number that is left"
	}
	return ""
}

// factName names symbols, and facts by their labels. It is for messages: the sum as the
// file wrote it.
func (h *hand) factName(s *statement.System) func(int) string {
	return func(k int) string {
		if number, _ := h.number(k); number >= 0 {
			return h.facts[number].Label
		}
		return h.name(k)
	}
}

// equations appends factors of equations in the order of the facts: the map has none.
func (h *hand) equations(c *witness.Combine, equations map[int][]statement.Term) {
	for number := range h.facts {
		if f := statement.Collect(equations[number]); len(f) > 0 {
			c.Equations = append(c.Equations, witness.Equation{Poly: f.Poly(), Fact: number})
		}
	}
}

// nonnegative reports whether all terms are, as they stand. Symbols declared >= 0 make
// it so; a square by its looks does not count, and is a search's business.
func (h *hand) nonnegative(f statement.Form) bool {
	return !slices.ContainsFunc(f, func(t statement.Term) bool { return t.C.Sign() < 0 || !h.signed(t.M) })
}

// signed reports whether a product of symbols is one of nonnegative symbols.
func (h *hand) signed(m statement.Mono) bool {
	return !slices.ContainsFunc(m.Symbols(), func(k int) bool { return !h.symbols[k].Nonnegative })
}
