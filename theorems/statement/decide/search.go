package decide

import (
	"context"
	"slices"

	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/witness"
)

// product is a number times facts and nonnegative symbols, or times the square of a root.
//
// A product stands for a candidate of a sum; the linear program finds its factor. Facts
// and signs may repeat.
type product struct {
	factor       rational.Rat
	facts, signs []int
	root         statement.Form
}

// product writes it as the kernel has it: references in ascending order, signs of
// symbols among them.
func (p product) product() witness.Product {
	refs := slices.Clone(p.facts)
	for _, s := range p.signs {
		refs = append(refs, sign(s))
	}
	slices.Sort(refs)
	return witness.Product{Factor: p.factor, Facts: refs}
}

// value multiplies it out.
func (h *hand) value(p product) statement.Form {
	f := statement.ConstantForm(p.factor)
	if p.root != nil {
		f = p.root.Times(p.root).Scale(p.factor)
	}
	for _, k := range p.facts {
		f = f.Times(h.facts[k].Form)
	}
	for _, s := range p.signs {
		f = f.Times(statement.Form{{C: one, M: statement.Of(s)}})
	}
	return f
}

// search looks for a sum of facts, of squares, and at last of products of two facts, that proves a row. Facts and products are sought by one linear program each, of which the
// unknowns are the multipliers and each product of symbols is a row. It is nil if there is none.
//
// What is cheap and short comes first: single facts, which are as many as the file has;
// complete squares, which need no program; both together; and products of two, whose
// program has as many unknowns as there are pairs. A proof with squares is taken before
// one with products, though it is longer in the certificate.
func (h *hand) search(ctx context.Context, row statement.Row) (*witness.Combine, error) {
	stage(ctx, "a sum for %s", row.Label)
	var single []product
	for k, f := range h.facts {
		// The sign of the root of a square has no form.
		if len(f.Form) > 0 {
			single = append(single, product{factor: one, facts: []int{k}})
		}
	}
	if c, err := h.combination(ctx, row, single); c != nil || err != nil {
		return c, err
	}
	if c := h.squares(row); c != nil {
		return c, nil
	}
	// Squares that could be needed, beside all facts.
	if roots := h.roots(row); len(roots) > 0 {
		single = append(single, roots...)
		if c, err := h.combination(ctx, row, single); c != nil || err != nil {
			return c, err
		}
	}
	pairs, ok := h.pairs()
	if !ok {
		return nil, nil
	}
	return h.combination(ctx, row, append(single, pairs...))
}

// pairs are the products of two facts, or of a fact and a symbol, that can have a share in a sum: an equation times any
// symbol, since its multiplier may have either sign; other facts times each other, themselves included, and times symbols that
// are nonnegative. It reports false, and keeps no more of them, if there are more than maxProducts.
func (h *hand) pairs() (list []product, ok bool) {
	add := func(p product) bool {
		list = append(list, p)
		return len(list) <= maxProducts
	}
	for k, f := range h.facts {
		if len(f.Form) == 0 {
			continue // the sign of the root of a square, which stands for nothing by itself
		}
		equation := f.Relation == statement.Equal
		for l, g := range h.facts[:k+1] {
			if !equation && g.Relation != statement.Equal && !add(product{factor: one, facts: []int{l, k}}) {
				return nil, false
			}
		}
		for s, y := range h.symbols {
			if (equation || y.Nonnegative) && !add(product{factor: one, facts: []int{k}, signs: []int{s}}) {
				return nil, false
			}
		}
	}
	return list, true
}

// maxProducts bounds the products of two facts that a search tries.
const maxProducts = 5000

// isEquation reports whether a product has an equation in it, so that its multiplier
// may be negative. Whether a product is an equation its first fact decides: products of
// two facts have no equations.
func (h *hand) isEquation(p product) bool {
	return p.root == nil && h.facts[p.facts[0]].Relation == statement.Equal
}

// strict reports whether a product is positive: symbols and squares can be 0. All of
// its facts must be strict, and nothing in it that can be 0.
func (h *hand) strict(p product) bool {
	return len(p.signs) == 0 && p.root == nil && !slices.ContainsFunc(p.facts, func(k int) bool { return h.facts[k].Relation != statement.Above })
}

// multiplier is the unknown of a product in the program for a row.
func (h *hand) multiplier(p product, row statement.Row) lp.Variable {
	zero := lp.At(rational.Rat{})
	// An equation follows from equations alone, so that all else has the multiplier 0.
	switch {
	case h.isEquation(p):
		return lp.Variable{}
	case row.Relation == statement.Equal:
		return lp.Variable{Lower: zero, Upper: zero}
	}
	return lp.Variable{Lower: zero}
}

// combination solves the program for some products.
//
// The program: an unknown for each product, its multiplier; a row for each product of
// symbols, which says that the sum has no more of it than the goal, or exactly as much
// where the product may be negative. For a strict goal it maximises by how much it is
// strict.
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
	// The last variable is by how much the goal is strict, if it is to be.
	strict := lp.Row{}
	for k, product := range products {
		p.AddVariable(h.multiplier(product, row))
		for _, t := range h.value(product) {
			r := at(t.M)
			r.Terms = append(r.Terms, lp.Term{Variable: k, Coefficient: t.C})
		}
		// Only such products can make a strict goal.
		if h.strict(product) {
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
		// What is left of the constant counts as well: goal − sum at the product of no
		// symbols.
		if k, ok := rows[statement.One]; ok {
			for _, t := range p.Rows[k].Terms {
				strict.Terms = append(strict.Terms, lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Neg()})
			}
			strict.Lower = lp.At(row.Form.Constant().Neg())
		}
		p.AddRow(strict)
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	// For a goal that is not strict any solution is a proof.
	if err != nil || r.Verdict != lp.Optimal || row.Relation == statement.Above && r.Value.Sign() <= 0 {
		return nil, err
	}
	return h.found(products, r.Primal), nil
}

// found writes the sum that a program has found; nil if it has too many squares.
func (h *hand) found(products []product, multipliers []rational.Rat) *witness.Combine {
	squares := h.squared()
	for k, p := range products {
		if p.root != nil && !multipliers[k].IsZero() {
			// Products of a search that were not used cost nothing.
			squares++
		}
	}
	if squares > maxSquares {
		return nil
	}
	c := &witness.Combine{}
	equations := map[int][]statement.Term{}
	for k, p := range products {
		// From here on it is the sum that was found.
		p.factor = multipliers[k]
		switch {
		case p.factor.IsZero():
		case p.root != nil:
			c.Products = append(c.Products, witness.Product{Factor: p.factor, Facts: []int{h.addSquare(p.root)}})
		case h.isEquation(p):
			m := statement.One
			for _, s := range p.signs {
				m = m.Times(statement.Of(s))
			}
			// An equation's factor is a polynomial: all of its products with symbols
			// are brought together.
			equations[p.facts[0]] = append(equations[p.facts[0]], statement.Term{C: p.factor, M: m})
		default:
			c.Products = append(c.Products, p.product())
		}
	}
	h.equations(c, equations)
	return c
}
