package decide

import (
	"pstar/certificate/theorem"
	"pstar/internal/each"
	"pstar/theorems/statement"
	"pstar/witness"
)

// added is a fact that a step adds: by a sum; or the square of its root, and then the
// fact before it is that the root, or its negative, is not negative. A step without a
// root has a fact of its own; goals have none, as they add nothing.
type added struct {
	witness.Combine
	fact int
	root statement.Form
}

// add adds what a sum proves, and returns its number. The number is that of the fact
// among all of the proof, not yet that in the certificate, where only needed ones
// stand.
func (h *hand) add(row statement.Row, c witness.Combine) int {
	c.New = &theorem.Fact{Relation: kernelRelations[row.Relation], Poly: row.Form.Poly()}
	h.steps = append(h.steps, added{Combine: c, fact: len(h.facts)})
	h.facts = append(h.facts, row)
	return len(h.facts) - 1
}

// addSquare adds that the square of a root is not negative. The fact before it says nothing to searches.
//
// The kernel has no rule for squares. In each of the two cases of a split the root has
// a sign, and the fact of the split times itself is the square.
func (h *hand) addSquare(root statement.Form) int {
	sign := len(h.facts)
	h.facts = append(h.facts, statement.Row{})
	number := h.add(statement.Row{Form: root.Times(root)}, witness.Combine{Products: []witness.Product{{Factor: one, Facts: []int{sign, sign}}}})
	h.steps[len(h.steps)-1].root = root
	return number
}

// references are the facts that a sum refers to. The list may have numbers below 0, for
// signs of symbols.
func references(c *witness.Combine) (list []int) {
	list = append(list, c.By...)
	for _, p := range c.Products {
		list = append(list, p.Facts...)
	}
	for _, e := range c.Equations {
		list = append(list, e.Fact)
	}
	return list
}

// settled is a problem with the proof by the steps that the goals need, and by what these need.
//
// Steps of the file that a claim does not need would make its certificate longer, and
// each square twice as long. So it goes backwards from the goals through what they
// refer to, and numbers anew what is kept.
func (h *hand) settled(p *statement.Problem, goals []witness.Combine) *Settled {
	needed := map[int]bool{}
	need := func(c witness.Combine) {
		for _, k := range references(&c) {
			needed[k] = true
		}
	}
	for _, g := range goals {
		need(g)
	}
	// Backwards: a step refers to earlier ones only, so that all who need it have been
	// seen.
	for k := len(h.steps) - 1; k >= 0; k-- {
		if needed[h.steps[k].fact] {
			need(h.steps[k].Combine)
		}
	}
	to, next := map[int]int{}, h.given
	var kept []added
	for _, s := range h.steps {
		if !needed[s.fact] {
			continue
		}
		// A square takes two numbers: the sign of its root, which the split makes, and
		// the square.
		if s.root != nil {
			to[s.fact-1] = next
			next++
		}
		to[s.fact] = next
		next++
		s.Combine = renumbered(s.Combine, to)
		kept = append(kept, s)
	}
	for _, g := range goals {
		kept = append(kept, added{Combine: renumbered(g, to)})
	}
	return &Settled{Problem: p, Row: -1, steps: nested(kept), sums: len(kept)}
}

// renumbered refers to facts by other numbers. A copy: the same sum may be used by
// several problems, each with its own numbers.
func renumbered(c witness.Combine, to map[int]int) witness.Combine {
	number := func(k int) int {
		if n, ok := to[k]; ok {
			// Numbers that are not in the table are those of the theorem's facts, which
			// stay, and of signs.
			return n
		}
		return k
	}
	by, products, equations := c.By, c.Products, c.Equations
	c.By, c.Products, c.Equations = nil, nil, nil
	for _, k := range by {
		c.By = append(c.By, number(k))
	}
	for _, p := range products {
		facts := each.Of(p.Facts, number)
		c.Products = append(c.Products, witness.Product{Factor: p.Factor, Facts: facts})
	}
	for _, e := range equations {
		c.Equations = append(c.Equations, witness.Equation{Poly: e.Poly, Fact: number(e.Fact)})
	}
	return c
}

// nested are the steps as the kernel has them: a square is the product of its root with itself where that is not negative, and of the negative
// with itself elsewhere, so that all that comes after a square stands there twice. The
// length grows by a factor 2 for each square, which is why maxSquares is small.
func nested(list []added) (steps []witness.Step) {
	for i, s := range list {
		if s.root == nil {
			steps = append(steps, s.Combine)
			continue
		}
		// Both cases have the same steps; only what the fact of the split says is
		// different, and its square is the same.
		inner := append([]witness.Step{s.Combine}, nested(list[i+1:])...)
		return append(steps, witness.Split{On: s.root.Poly(), Nonnegative: inner, Negative: inner})
	}
	return steps
}
