package blocks

import (
	"context"
	"fmt"

	"pstar/lp"
	"pstar/rational"
)

// Sharpen replaces the bounds of the total variation of a rule that p has checked by the least of its continuations, which are the laws of
// the one token that is drawn after what is accepted, with the target after it: see [Variation]. It is
// the optimum of a linear program. It does nothing where the bounds are equal, or what was checked is no rule. It fails if ctx ends,
// and leaves the bounds then, and if the answer of the solver does not verify. The program has at most 2n variables for
// each prefix that is accepted, of which there are as many as the program of paths has variables, at most.
//
// The variables are what is drawn, f(zy): that exactly z is accepted and the token y follows. Given z they add up to the
// probability that exactly z is accepted, and otherwise are free, as rules may draw y by whatever law. With M(v|z) the
// product of the target's laws along v, a word w comes with the probability
//
//	P(w) = R(w) + sum over j < |w| of f(w_1..w_{j+1}) M(w_{j+2}..w_|w| | w_1..w_{j+1}).
//
// Below a prefix of which nothing is accepted, and below a path, both laws go on with the target: it is enough to add up the
// positive parts of P(w) - M(w) over those w with R(w) = 0 that extend a prefix with R > 0, and over paths.
func (p *Program) Sharpen(ctx context.Context, r *RuleReport) error {
	if r.Variation == nil || r.Variation.Exact() {
		return nil
	}
	c := &continued{tree: p.Tree, reached: r.reached, problem: &lp.Problem{Name: "continued", Sense: lp.Minimise}}
	c.visit(nil, nil, one)
	found, err := lp.Solve(ctx, c.problem, lp.Options{})
	if err == nil {
		err = c.problem.Verify(found)
	}
	switch {
	case err != nil:
		return err
	case found.Verdict != lp.Optimal:
		return fmt.Errorf("the program of continuations is %v, but has a feasible point and a bound", found.Verdict)
	// Proved apart, so that one of the two would be wrong.
	case found.Value.Cmp(r.Variation.Least) < 0 || found.Value.Cmp(r.Variation.Most) > 0:
		return fmt.Errorf("the total variation is %v by the program of continuations, not within %v and %v", found.Value, r.Variation.Least, r.Variation.Most)
	}
	r.Variation = &Variation{found.Value, found.Value}
	return nil
}

// continued writes the program.
type continued struct {
	tree    *Tree
	reached map[int]rational.Rat // R by the place of z
	problem *lp.Problem
}

// visit adds what is about z and what extends it. What comes of P(z) by what was drawn before is a sum over variables;
// target is M(z).
func (c *continued) visit(z []int, drawn []lp.Term, target rational.Rat) {
	reached := c.reached[c.tree.Place(z)]
	if len(z) == c.tree.Length || reached.IsZero() {
		more := c.problem.AddVariable(lp.Variable{Lower: lp.At(rational.Rat{}), Cost: one})
		// more >= P(z) - M(z)
		terms := []lp.Term{{Variable: more, Coefficient: one}}
		for _, t := range drawn {
			terms = append(terms, lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Neg()})
		}
		c.problem.AddRow(lp.Row{Terms: terms, Lower: lp.At(reached.Sub(target))})
		return
	}
	left := reached
	for y := range c.tree.N {
		left = left.Sub(c.reached[c.tree.Place(append(z[:len(z):len(z)], y))])
	}
	var all []lp.Term
	for y := range c.tree.N {
		_, m := c.tree.next(z, y)
		var next []lp.Term
		for _, t := range drawn {
			// What goes on with a token that the target never has is 0.
			if !m.IsZero() {
				next = append(next, lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Mul(m)})
			}
		}
		if !left.IsZero() {
			f := lp.Term{Variable: c.problem.AddVariable(lp.Variable{Lower: lp.At(rational.Rat{})}), Coefficient: one}
			next, all = append(next, f), append(all, f)
		}
		c.visit(append(z[:len(z):len(z)], y), next, target.Mul(m))
	}
	if all != nil {
		c.problem.AddRow(lp.Row{Terms: all, Lower: lp.At(left), Upper: lp.At(left)})
	}
}
