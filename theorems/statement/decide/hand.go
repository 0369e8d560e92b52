package decide

import (
	"context"
	"fmt"
	"slices"

	"pstar/certificate/theorem"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/witness"
)

// A hand is a proof by hand: facts, and steps that add to them. Products of symbols are unknowns of their own, so that what
// is found is a proof, and what is not found may be true all the same.
type hand struct {
	symbols []statement.Symbol
	facts   []statement.Row
	steps   []witness.Step
	name    func(int) string
}

// StepError is the error of a step that its sum does not prove.
type StepError struct {
	statement.Step
	Rest string // what is left of the row, in which something is negative
}

func (e *StepError) Error() string {
	return fmt.Sprintf("the sum does not prove the step %s: what is left, %s, is not a sum of nonnegative terms", e.Label, e.Rest)
}

// byHand settles rows by the steps of a system, and by what a search finds. It is nil if that is not enough: missing is then the row for which no sum was found.
func byHand(ctx context.Context, s *statement.System, p *statement.Problem) (settled *Settled, missing string, err error) {
	h := &hand{symbols: p.Symbols, facts: slices.Clone(p.Facts), name: p.NameOf}
	for _, step := range s.Steps {
		c, err := h.step(ctx, s, step)
		if err != nil || c == nil {
			return nil, "the step " + step.Label, err
		}
		f := theorem.Fact{Relation: kernelRelations[step.Relation], Poly: step.Form.Poly()}
		c.New = &f
		h.steps = append(h.steps, *c)
		h.facts = append(h.facts, step.Row)
	}
	for i, row := range p.Rows {
		c, err := h.search(ctx, row)
		if err != nil || c == nil {
			return nil, rowName(s.Text(row), i), err
		}
		c.Goal = i
		h.steps = append(h.steps, *c)
	}
	return &Settled{Problem: p, Row: -1, steps: h.steps}, "", nil
}

// rowName is a row of a claim, by its number if it is long.
func rowName(text string, i int) string {
	if len(text) > 80 {
		return fmt.Sprintf("row %d of the claim", i+1)
	}
	return "the row " + text
}

var kernelRelations = map[statement.Relation]theorem.Relation{statement.AtLeast: theorem.GE, statement.Above: theorem.GT, statement.Equal: theorem.EQ}

// step takes the sum of a step apart, or searches for one.
func (h *hand) step(ctx context.Context, s *statement.System, step statement.Step) (*witness.Combine, error) {
	if step.Search {
		return h.search(ctx, step.Row)
	}
	c := &witness.Combine{}
	equations := map[int][]statement.Term{}
	rest := step.Form
	for _, t := range step.Sum {
		p := product{factor: t.C}
		equation := -1
		var symbols []int
		for _, k := range t.M.Symbols() {
			switch number := k - statement.FactSymbol(0); {
			case number < 0:
				symbols = append(symbols, k)
			case h.facts[number].Relation == statement.Equal && equation < 0:
				equation = number
			default:
				p.facts = append(p.facts, number)
			}
		}
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
		rest = rest.Minus(h.value(p))
		c.Products = append(c.Products, p.product())
		if bad := slices.IndexFunc(symbols, func(k int) bool { return !h.symbols[k].Nonnegative }); bad >= 0 || t.C.Sign() < 0 {
			return nil, &StepError{step, "with the product " + statement.Form{t}.Text(h.factName(s)) + " of unknown sign"}
		}
	}
	h.equations(c, equations)
	if !h.nonnegative(rest) || step.Relation == statement.Equal && (len(rest) > 0 || len(c.Products) > 0) {
		return nil, &StepError{step, rest.Text(h.name)}
	}
	return c, nil
}

// factName names symbols, and facts by their labels.
func (h *hand) factName(s *statement.System) func(int) string {
	return func(k int) string {
		if k >= statement.FactSymbol(0) {
			return h.facts[k-statement.FactSymbol(0)].Label
		}
		return h.name(k)
	}
}

func (h *hand) equations(c *witness.Combine, equations map[int][]statement.Term) {
	for number := range h.facts {
		if f := statement.Collect(equations[number]); len(f) > 0 {
			c.Equations = append(c.Equations, witness.Equation{Poly: f.Poly(), Fact: number})
		}
	}
}

// nonnegative reports whether all terms are, as they stand.
func (h *hand) nonnegative(f statement.Form) bool {
	return !slices.ContainsFunc(f, func(t statement.Term) bool { return t.C.Sign() < 0 || !h.signed(t.M) })
}

// signed reports whether a product of symbols is one of nonnegative symbols.
func (h *hand) signed(m statement.Mono) bool {
	return !slices.ContainsFunc(m.Symbols(), func(k int) bool { return !h.symbols[k].Nonnegative })
}

// product is a number times facts and nonnegative symbols.
type product struct {
	factor       rational.Rat
	facts, signs []int
}

func (p product) product() witness.Product {
	refs := slices.Clone(p.facts)
	for _, s := range p.signs {
		refs = append(refs, sign(s))
	}
	slices.Sort(refs)
	return witness.Product{Factor: p.factor, Facts: refs}
}

func (h *hand) value(p product) statement.Form {
	f := statement.ConstantForm(p.factor)
	for _, k := range p.facts {
		f = f.Times(h.facts[k].Form)
	}
	for _, s := range p.signs {
		f = f.Times(statement.Form{{C: one, M: statement.Of(s)}})
	}
	return f
}

// search looks for a sum of facts, and then of products of two, that proves a row; by one linear program each, of which the
// unknowns are the multipliers and each product of symbols is a row. It is nil if there is none.
func (h *hand) search(ctx context.Context, row statement.Row) (*witness.Combine, error) {
	var single, pairs []product
	for k, f := range h.facts {
		p := product{factor: one, facts: []int{k}}
		if single = append(single, p); f.Relation == statement.Equal {
			for s := range h.symbols {
				pairs = append(pairs, product{factor: one, facts: []int{k}, signs: []int{s}})
			}
			continue
		}
		for l, g := range h.facts[:k+1] {
			if g.Relation != statement.Equal {
				pairs = append(pairs, product{factor: one, facts: []int{l, k}})
			}
		}
		for s, y := range h.symbols {
			if y.Nonnegative {
				pairs = append(pairs, product{factor: one, facts: []int{k}, signs: []int{s}})
			}
		}
	}
	if c, err := h.combination(ctx, row, single); c != nil || err != nil || len(pairs) > maxProducts {
		return c, err
	}
	return h.combination(ctx, row, append(single, pairs...))
}

// maxProducts bounds the products of two facts that a search tries.
const maxProducts = 5000

// isEquation reports whether a product has an equation in it, so that its multiplier may be negative.
func (h *hand) isEquation(p product) bool { return h.facts[p.facts[0]].Relation == statement.Equal }

// combination solves the program for some products.
func (h *hand) combination(ctx context.Context, row statement.Row, products []product) (*witness.Combine, error) {
	p := &lp.Problem{Sense: lp.Maximise}
	rows := map[statement.Mono]int{}
	at := func(m statement.Mono) *lp.Row {
		k, ok := rows[m]
		if !ok {
			k = p.AddRow(lp.Row{})
			rows[m] = k
		}
		return &p.Rows[k]
	}
	zero := lp.At(rational.Rat{})
	// The last variable is by how much the goal is strict, if it is to be.
	strict := lp.Row{}
	for k, product := range products {
		v := lp.Variable{Lower: zero}
		if h.isEquation(product) || row.Relation == statement.Equal {
			v.Lower = lp.Bound{}
		}
		if row.Relation == statement.Equal && !h.isEquation(product) {
			v.Lower, v.Upper = zero, zero
		}
		p.AddVariable(v)
		for _, t := range h.value(product) {
			r := at(t.M)
			r.Terms = append(r.Terms, lp.Term{Variable: k, Coefficient: t.C})
		}
		if !slices.ContainsFunc(product.facts, func(f int) bool { return h.facts[f].Relation != statement.Above }) && len(product.signs) == 0 {
			strict.Terms = append(strict.Terms, lp.Term{Variable: k, Coefficient: one})
		}
	}
	for _, t := range row.Form {
		at(t.M).Lower = lp.At(t.C) // for the moment: the coefficient of the goal
	}
	for m, k := range rows { // goal − sum: 0, or at least 0 where that is nonnegative by itself
		r := &p.Rows[k]
		r.Upper, r.Lower = lp.At(r.Lower.Value), lp.At(r.Lower.Value)
		if h.signed(m) && row.Relation != statement.Equal {
			r.Lower = lp.Bound{}
		}
	}
	if row.Relation == statement.Above { // a strict product has a share, or the rest a constant
		strict.Lower = lp.At(rational.Rat{})
		distance := p.AddVariable(lp.Variable{Cost: one, Upper: lp.At(one)})
		strict.Terms = append(strict.Terms, lp.Term{Variable: distance, Coefficient: one.Neg()})
		if k, ok := rows[statement.One]; ok {
			for _, t := range p.Rows[k].Terms {
				strict.Terms = append(strict.Terms, lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Neg()})
			}
			strict.Lower = lp.At(row.Form.Constant().Neg())
		}
		p.AddRow(strict)
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil || r.Verdict != lp.Optimal || row.Relation == statement.Above && r.Value.Sign() <= 0 {
		return nil, err
	}
	return h.found(products, r.Primal), nil
}

// found writes the sum that a program has found.
func (h *hand) found(products []product, multipliers []rational.Rat) *witness.Combine {
	c := &witness.Combine{}
	equations := map[int][]statement.Term{}
	for k, p := range products {
		p.factor = multipliers[k]
		switch {
		case p.factor.IsZero():
		case h.isEquation(p):
			m := statement.One
			for _, s := range p.signs {
				m = m.Times(statement.Of(s))
			}
			equations[p.facts[0]] = append(equations[p.facts[0]], statement.Term{C: p.factor, M: m})
		default:
			c.Products = append(c.Products, p.product())
		}
	}
	h.equations(c, equations)
	return c
}
