package decide

import (
	"slices"

	"pstar/certificate/theorem"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/witness"
)

// existence writes the proof that there are unknowns: Farkas' lemma; all multipliers y as sums of generators,
// Σ λ_k g_k + Σ μ_l h_l; and Σ y_i c_i(θ) = Σ λ_k (g_k·c) + Σ μ_l (h_l·c), where each g_k·c follows from assumptions and rows, and each h_l·c
// is 0 by them.
type existence struct {
	*Settled
	zero int // the fact 1 = 0 if assumptions and rows contradict each other, else −1
	// Symbols and facts are numbered after those of the theorem: y_i, λ_k, μ_l; the facts are those of the theorem, the rows, perhaps −1 ≥ 0 and 1 = 0, then of the dual.
	y, lambda, mu int
	unknowns      []int
	equations     int         // of y and generators
	next          int         // the number of the next fact
	strictSum     int         // the fact that the sum of the y of strict facts is > 0
	positive      map[int]int // the fact that the λ of a ray is > 0
	zeros         map[int]int // of lines with two halves: the fact that what they require is 0
	images        map[int]int // the facts that are images of rows, by their numbers in proofs
}

func (s *Settled) existsSteps() (steps []witness.Step) {
	e := existence{Settled: s, zero: -1}
	e.next = len(s.Facts) + len(s.Problem.Rows)
	for _, d := range s.each {
		for _, p := range []*Proof{d.proof, d.negative} {
			if p != nil && p.Absurd && e.zero < 0 {
				e.zero = e.next + 1
				e.next += 2
				steps = append(steps, s.absurdity(p), nought(e.zero-1))
			}
		}
	}
	for i, y := range s.Symbols {
		if y.Unknown {
			e.unknowns = append(e.unknowns, i)
		}
	}
	anyStrict := slices.ContainsFunc(s.dual.facts, func(i int) bool { return s.Facts[i].Relation == statement.Above })
	d := witness.Dualise{Steps: e.inner(false), IsStrict: anyStrict}
	if anyStrict {
		d.Strict = e.inner(true)
	}
	return append(steps, d)
}

// inner is what stands in a scope of the dual.
func (e existence) inner(strict bool) []witness.Step {
	first := e.next // of the facts of the dual
	e.y = len(e.Symbols)
	e.lambda = e.y + len(e.dual.facts)
	e.mu = e.lambda + len(e.dual.rays)
	e.next += len(e.unknowns)
	if strict {
		e.strictSum = e.next
		e.next++
	}
	if e.zero >= 0 {
		return []witness.Step{anything(0, e.goal(), strict, e.zero)}
	}
	sort := witness.Sort{}
	g := witness.Generate{}
	for i, k := range e.dual.keys {
		if sort.Symbols = append(sort.Symbols, e.y+k); i > 0 {
			g.Facts = append(g.Facts, e.next)
			e.next++
		}
	}
	for i, k := range e.dual.facts {
		g.Symbols = append(g.Symbols, e.y+i)
		if e.Facts[k].Relation != statement.Equal {
			g.Facts = append(g.Facts, sign(e.y+i))
		}
	}
	for _, i := range e.columns() {
		g.Facts = append(g.Facts, first+i)
	}
	steps := append(e.imageSteps(), e.lineSteps()...)
	e.equations = e.next
	e.next += len(e.dual.facts)
	e.positive = map[int]int{}
	if steps = append(steps, g); strict {
		steps = append(steps, e.strictly()...)
	} else {
		steps = append(steps, e.sum())
	}
	if len(sort.Symbols) > 0 {
		sort.Steps = steps
		return []witness.Step{sort}
	}
	return steps
}

// columns are the numbers of the unknowns that stand in facts, those in few first: then the cones on the way are smaller.
func (e *existence) columns() (columns []int) {
	entries := make([]int, len(e.unknowns))
	for _, k := range e.dual.facts {
		for _, t := range e.Facts[k].Form {
			if i := slices.Index(e.unknowns, firstSymbol(t)); i >= 0 {
				entries[i]++
			}
		}
	}
	for i, n := range entries {
		if n > 0 { // others say 0 ≥ 0
			columns = append(columns, i)
		}
	}
	slices.SortStableFunc(columns, func(a, b int) int { return entries[a] - entries[b] })
	return columns
}

// imageSteps derive the images of rows that the proofs have shares of.
func (e *existence) imageSteps() (steps []witness.Step) {
	e.images = map[int]int{}
	first := len(e.Facts) + len(e.Problem.Rows)
	for _, p := range e.proofs() {
		for _, s := range p.Shares {
			if s.Number < first || e.images[s.Number] > 0 {
				continue
			}
			image := e.Problem.Images[s.Number-first]
			steps = append(steps, witness.Image{Row: image.Of, By: image.By})
			e.images[s.Number] = e.next
			e.next++
		}
	}
	return steps
}

func firstSymbol(t statement.Term) int {
	if t.M == statement.One {
		return -1
	}
	return t.M.First()
}

// parameters is the part of fact i of the dual without unknowns.
func (e *existence) parameters(i int) (f statement.Form) {
	for _, t := range e.Facts[e.dual.facts[i]].Form {
		if t.M == statement.One || !e.Symbols[t.M.First()].Unknown {
			f = append(f, t)
		}
	}
	return f
}

// goal is Σ y_i c_i.
func (e *existence) goal() theorem.Poly {
	var terms []statement.Term
	for i := range e.dual.facts {
		for _, t := range e.parameters(i) {
			terms = append(terms, statement.Term{C: t.C, M: t.M.Times(statement.Of(e.y + i))})
		}
	}
	return statement.Collect(terms).Poly()
}

// lineSteps derive that what a line requires is 0, where that is known by two halves.
func (e *existence) lineSteps() (steps []witness.Step) {
	e.zeros = map[int]int{}
	for l := range e.dual.lines {
		d := e.each[len(e.dual.rays)+l]
		if d.negative == nil {
			continue
		}
		c := witness.Combine{New: &theorem.Fact{Relation: theorem.EQ, Poly: e.dual.rows[len(e.dual.rays)+l].Form.Poly()}}
		c.Products, c.Equations = e.shares(d.proof)
		c.Converse, c.ConverseEquations = e.shares(d.negative)
		steps = append(steps, c)
		e.zeros[l] = e.next
		e.next++
	}
	return steps
}

// shares are the products and equations of a proof, by the numbers of facts in the scope.
func (e *existence) shares(p *Proof) ([]witness.Product, []witness.Equation) {
	var c witness.Combine
	e.Settled.shares(&c, p.Shares)
	for i := range c.Products {
		c.Products[i].Facts[0] = e.number(c.Products[i].Facts[0])
	}
	for i := range c.Equations {
		c.Equations[i].Fact = e.number(c.Equations[i].Fact)
	}
	return c.Products, c.Equations
}

// number is that of a fact, row or image in the scope.
func (e *existence) number(n int) int {
	if image, ok := e.images[n]; ok {
		return image
	}
	return n
}

// strictly settles a strict goal: the sum of the λ of rays that touch a strict fact, each times what it has there, is > 0.
func (e *existence) strictly() []witness.Step {
	var rays []int
	for k := range e.dual.rays {
		if !e.touch(k).IsZero() {
			rays = append(rays, k)
		}
	}
	c := witness.Combine{Products: []witness.Product{{Factor: one, Facts: []int{e.strictSum}}}}
	for i, k := range e.dual.facts {
		if e.Facts[k].Relation == statement.Above {
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(one.Neg()), Fact: e.equations + i})
		}
	}
	if len(rays) == 0 { // the sum is 0 as well
		c.New, c.By, c.Products = &minusOne, []int{e.strictSum}, nil
		return []witness.Step{c, nought(e.next), anything(0, e.goal(), true, e.next+1)}
	}
	c.New = e.weighted(rays)
	d := *e
	d.next++
	return append([]witness.Step{c}, d.oneOf(rays, e.next)...)
}

// weighted is that the sum of the λ of rays, each times touch, is > 0.
func (e *existence) weighted(rays []int) *theorem.Fact {
	var sum statement.Form
	for _, k := range rays {
		sum = append(sum, statement.Term{C: e.touch(k), M: statement.Of(e.lambda + k)})
	}
	return &theorem.Fact{Relation: theorem.GT, Poly: statement.Collect(sum).Poly()}
}

// oneOf settles the goal where a fact says that a weighted sum of λ is > 0: one of two halves is, and at last a single λ, and then the
// goal is. Halves keep the scopes few that stand one inside the other.
func (e *existence) oneOf(rays []int, fact int) []witness.Step {
	if len(rays) == 1 {
		c := *e
		c.positive = map[int]int{rays[0]: e.next}
		c.next++
		alone := witness.Combine{New: &theorem.Fact{Relation: theorem.GT, Poly: symbolPoly(one, e.lambda+rays[0])},
			Products: []witness.Product{{Factor: one.Quo(e.touch(rays[0])), Facts: []int{fact}}}}
		return []witness.Step{alone, c.sum()}
	}
	half := len(rays) / 2
	first, second := *e, *e
	first.next++
	second.next += 2
	var on statement.Form
	for _, k := range rays[:half] {
		on = append(on, statement.Term{C: e.touch(k).Neg(), M: statement.Of(e.lambda + k)})
	}
	rest := witness.Combine{New: e.weighted(rays[half:]), Products: []witness.Product{{Factor: one, Facts: []int{fact}}, {Factor: one, Facts: []int{e.next}}}}
	return []witness.Step{witness.Split{
		On:          statement.Collect(on).Poly(),
		Nonnegative: append([]witness.Step{rest}, second.oneOf(rays[half:], e.next+1)...),
		Negative:    first.oneOf(rays[:half], e.next),
	}}
}

// touch is the sum of the entries of a ray at strict facts.
func (e *existence) touch(k int) (sum rational.Rat) {
	for _, x := range e.dual.rays[k] {
		if e.Facts[e.dual.facts[x.Index]].Relation == statement.Above {
			sum = sum.Add(rational.RatFromInt(x.Value))
		}
	}
	return sum
}

// sum settles the goal as the sum over the generators.
func (e *existence) sum() witness.Step {
	c := witness.Combine{}
	var equations = map[int][]statement.Term{}
	for i := range e.dual.facts {
		if p := e.parameters(i); len(p) > 0 {
			equations[e.equations+i] = p
		}
	}
	add := func(p *Proof, symbol, fact int) { // symbol·(what p proves), where symbol ≥ 0 is the fact, if it is one
		for _, s := range p.Shares {
			number := e.number(s.Number)
			if e.relation(s.Number) == statement.Equal {
				equations[number] = append(equations[number], statement.Term{C: s.Factor, M: statement.Of(symbol)})
			} else {
				c.Products = append(c.Products, witness.Product{Factor: s.Factor, Facts: []int{fact, number}})
			}
		}
	}
	for k := range e.dual.rays {
		fact := sign(e.lambda + k)
		if positive, ok := e.positive[k]; ok {
			fact = positive
			e.rest(&c, e.dual.rows[k].Form, e.each[k].proof, fact)
		}
		add(e.each[k].proof, e.lambda+k, fact)
	}
	for l := range e.dual.lines {
		if zero, ok := e.zeros[l]; ok {
			equations[zero] = []statement.Term{{C: one, M: statement.Of(e.mu + l)}}
			continue
		}
		add(e.each[len(e.dual.rays)+l].proof, e.mu+l, 0) // equations only
	}
	var numbers []int
	for n := range equations {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	for _, n := range numbers {
		if p := statement.Collect(equations[n]); len(p) > 0 {
			c.Equations = append(c.Equations, witness.Equation{Poly: p.Poly(), Fact: n})
		}
	}
	return c
}

// rest adds fact·(what exceeds the shares of the proof of a form: a constant, and nonnegative symbols), where the fact is not
// that a symbol is nonnegative.
func (e *existence) rest(c *witness.Combine, form statement.Form, p *Proof, fact int) {
	for _, s := range p.Shares {
		form = form.Minus(e.numbered(s.Number).Form.Scale(s.Factor))
	}
	for _, t := range form {
		product := witness.Product{Factor: t.C, Facts: []int{fact}}
		if t.M != statement.One {
			product.Facts = []int{sign(t.M.First()), fact}
		}
		c.Products = append(c.Products, product)
	}
}
