package decide

import (
	"slices"

	"pstar/certificate/theorem"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/farkas"
	"pstar/witness"
)

// existence writes the proof that there are unknowns: Farkas' lemma; all multipliers y as sums of generators,
// Σ λ_k g_k + Σ μ_l h_l; and Σ y_i c_i(θ) = Σ λ_k (g_k·c) + Σ μ_l (h_l·c), where each g_k·c follows from assumptions and rows, and each h_l·c
// is 0 by them.
//
// It is written as the kernel wants it: a step of the rule dualise, whose scope holds y
// and the facts that its columns are nonpositive, and in it the rule generate, which
// makes the same generators again. So nothing rests on the list of generators that was
// found here being complete: the checker computes its own and compares.
type existence struct {
	*Settled
	zero int // the fact 1 = 0 if assumptions and rows contradict each other, else −1
	// Symbols and facts are numbered after those of the theorem: y_i, λ_k, μ_l; the
	// facts are those of the theorem, the rows, perhaps −1 ≥ 0 and 1 = 0, then of the
	// dual. Numbers in the scope follow one another in the order in which steps make
	// facts; a step written without counting its fact makes all later references wrong,
	// and the checker refuse.
	y, lambda, mu int
	unknowns      []int
	equations     int         // of y and generators
	next          int         // the number of the next fact
	strictSum     int         // the fact that the sum of the y of strict facts is > 0
	positive      map[int]int // the fact that the λ of a ray is > 0
	zeros         map[int]int // of lines with two halves: the fact that what they require is 0
	images        map[int]int // the facts that are images of rows, by their numbers in proofs
}

// existsSteps is the whole proof, outside the scope what contradicts, in it all else.
func (s *Settled) existsSteps() (steps []witness.Step) {
	e := existence{Settled: s, zero: -1}
	e.next = len(s.Facts) + len(s.Problem.Rows)
	// A contradiction among assumptions and rows is derived outside, once; inside, it
	// settles the goal at once.
	for _, d := range s.each {
		for _, p := range []*farkas.Proof{d.Proof, d.Negative} {
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
	// Motzkin's lemma has two cases where a fact is strict: y with none of these, where
	// ≥ 0 is to be shown, and y with some, where > 0 is.
	anyStrict := slices.ContainsFunc(s.dual.facts, func(i int) bool { return s.Facts[i].Relation == statement.Above })
	d := witness.Dualise{Steps: e.inner(false), IsStrict: anyStrict}
	if anyStrict {
		d.Strict = e.inner(true)
	}
	return append(steps, d)
}

// inner is what stands in a scope of the dual. The receiver is a copy: the numbers of
// this scope are not those of the other one.
func (e existence) inner(strict bool) []witness.Step {
	first := e.next // of the facts of the dual
	e.y = len(e.Symbols)
	e.lambda = e.y + len(e.dual.facts)
	e.mu = e.lambda + len(e.dual.rays)
	// The facts of the dual: one for each unknown, and for a strict goal that some y of
	// a strict fact is positive.
	e.next += len(e.unknowns)
	if strict {
		e.strictSum = e.next
		e.next++
	}
	// Whatever the goal is, it follows.
	if e.zero >= 0 {
		return []witness.Step{anything(0, e.goal(), strict, e.zero)}
	}
	// If the facts are symmetric, the kernel assumes first that the y of keys descend,
	// and everything else happens inside that step.
	sort := witness.Sort{}
	g := witness.Generate{}
	for i, k := range e.dual.keys {
		if sort.Symbols = append(sort.Symbols, e.y+k); i > 0 {
			// That y before this one is at least as large: facts that sort makes.
			g.Facts = append(g.Facts, e.next)
			e.next++
		}
	}
	for i, k := range e.dual.facts {
		g.Symbols = append(g.Symbols, e.y+i)
		// Equations have y of any sign.
		if e.Facts[k].Relation != statement.Equal {
			g.Facts = append(g.Facts, sign(e.y+i))
		}
	}
	for _, i := range e.columns() {
		g.Facts = append(g.Facts, first+i)
	}
	// What sums will refer to is derived first, since facts are numbered as they are
	// made.
	steps := append(e.imageSteps(), e.lineSteps()...)
	e.equations = e.next
	// generate adds an equation for each y: y_i = Σ λ_k g_k(i) + Σ μ_l h_l(i).
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

// columns are the numbers of the unknowns that stand in facts, those in few first: then
// the cones on the way are smaller. The kernel's double description takes in one fact
// after the other, in this order.
func (e *existence) columns() (columns []int) {
	entries := make([]int, len(e.unknowns))
	for _, k := range e.dual.facts {
		for _, t := range e.Facts[k].Form {
			// Parameters, and the constant, have no column.
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

// imageSteps derive the images of rows that the proofs have shares of. A proof that has
// a share of an image needs it as a fact of the scope: the kernel makes one by the
// product of actions that leads from the row to it. Each is made once.
func (e *existence) imageSteps() (steps []witness.Step) {
	e.images = map[int]int{}
	first := len(e.Facts) + len(e.Problem.Rows)
	for _, p := range e.proofs() {
		for _, s := range p.Shares {
			// It is a fact or a row, or an image that has been made already.
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

// firstSymbol is the symbol of a linear term, −1 of the constant.
func firstSymbol(t statement.Term) int {
	if t.M == statement.One {
		return -1
	}
	return t.M.First()
}

// parameters is the part of fact i of the dual without unknowns. It is c_i of the doc
// comment of [dual].
func (e *existence) parameters(i int) (f statement.Form) {
	for _, t := range e.Facts[e.dual.facts[i]].Form {
		if t.M == statement.One || !e.Symbols[t.M.First()].Unknown {
			f = append(f, t)
		}
	}
	return f
}

// goal is Σ y_i c_i. It has degree two: a multiplier times a parameter.
func (e *existence) goal() theorem.Poly {
	var terms []statement.Term
	for i := range e.dual.facts {
		for _, t := range e.parameters(i) {
			terms = append(terms, statement.Term{C: t.C, M: t.M.Times(statement.Of(e.y + i))})
		}
	}
	return statement.Collect(terms).Poly()
}

// lineSteps derive that what a line requires is 0, where that is known by two halves. A
// line without a second half has a proof by equations alone, and is used as such by
// sum.
func (e *existence) lineSteps() (steps []witness.Step) {
	e.zeros = map[int]int{}
	for l := range e.dual.lines {
		d := e.each[len(e.dual.rays)+l]
		// Both halves are nonnegative combinations, of the form and of its negative;
		// together they are the equation.
		if d.Negative == nil {
			continue
		}
		c := witness.Combine{New: &theorem.Fact{Relation: theorem.EQ, Poly: e.dual.rows[len(e.dual.rays)+l].Form.Poly()}}
		c.Products, c.Equations = e.shares(d.Proof)
		c.Converse, c.ConverseEquations = e.shares(d.Negative)
		steps = append(steps, c)
		e.zeros[l] = e.next
		e.next++
	}
	return steps
}

// shares are the products and equations of a proof, by the numbers of facts in the
// scope. A share of an image has the number that the scope gave it.
func (e *existence) shares(p *farkas.Proof) ([]witness.Product, []witness.Equation) {
	var c witness.Combine
	// Numbers are first those of the proof, and are then replaced by those of the
	// scope.
	e.Settled.shares(&c, p.Shares)
	for i := range c.Products {
		c.Products[i].Facts[0] = e.number(c.Products[i].Facts[0])
	}
	for i := range c.Equations {
		c.Equations[i].Fact = e.number(c.Equations[i].Fact)
	}
	return c.Products, c.Equations
}

// number is that of a fact, row or image in the scope. Only images are renumbered in
// the scope.
func (e *existence) number(n int) int {
	if image, ok := e.images[n]; ok {
		return image
	}
	return n
}

// strictly settles a strict goal: the sum of the λ of rays that touch a strict fact, each times what it has there, is > 0.
//
// At least one of these λ is positive, since their weighted sum is; which one is not
// known, so that cases are distinguished, by halves.
func (e *existence) strictly() []witness.Step {
	var rays []int
	for k := range e.dual.rays {
		if !e.touch(k).IsZero() {
			rays = append(rays, k)
		}
	}
	// The sum of the y of strict facts, expressed by λ. Rays that touch none have no
	// share, and lines none since their y at inequalities are 0.
	c := witness.Combine{Products: []witness.Product{{Factor: one, Facts: []int{e.strictSum}}}}
	for i, k := range e.dual.facts {
		if e.Facts[k].Relation == statement.Above {
			c.Equations = append(c.Equations, witness.Equation{Poly: constantPoly(one.Neg()), Fact: e.equations + i})
		}
	}
	// Y has no y with a strict fact: this case cannot occur, and everything follows.
	if len(rays) == 0 { // the sum is 0 as well
		c.New, c.By, c.Products = minusOne(), []int{e.strictSum}, nil
		return []witness.Step{c, nought(e.next), anything(0, e.goal(), true, e.next+1)}
	}
	c.New = e.weighted(rays)
	d := *e
	d.next++
	return append([]witness.Step{c}, d.oneOf(rays, e.next)...)
}

// weighted is that the sum of the λ of rays, each times touch, is > 0. All numbers of
// the sum are positive, as entries of rays are at facts that are inequalities.
func (e *existence) weighted(rays []int) *theorem.Fact {
	sum := statement.Form(each.Of(rays, func(k int) statement.Term { return statement.Term{C: e.touch(k), M: statement.Of(e.lambda + k)} }))
	return &theorem.Fact{Relation: theorem.GT, Poly: statement.Collect(sum).Poly()}
}

// oneOf settles the goal where a fact says that a weighted sum of λ is > 0: one of two halves is, and at last a single λ, and then the
// goal is. Halves keep the scopes few that stand one inside the other. A list of n rays
// makes n − 1 splits, log n deep.
func (e *existence) oneOf(rays []int, fact int) []witness.Step {
	// With one ray left, its λ itself is positive: divide by its touch.
	if len(rays) == 1 {
		c := *e
		c.positive = map[int]int{rays[0]: e.next}
		c.next++
		alone := witness.Combine{New: &theorem.Fact{Relation: theorem.GT, Poly: symbolPoly(one, e.lambda+rays[0])},
			Products: []witness.Product{{Factor: one.Quo(e.touch(rays[0])), Facts: []int{fact}}}}
		return []witness.Step{alone, c.sum()}
	}
	half := len(rays) / 2
	// Each branch begins with the same facts; the branch that is nonnegative has
	// derived one more before it goes on.
	first, second := *e, *e
	first.next++
	second.next += 2
	on := statement.Form(each.Of(rays[:half], func(k int) statement.Term { return statement.Term{C: e.touch(k).Neg(), M: statement.Of(e.lambda + k)} }))
	// If the first half's sum is not positive, the rest is.
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

// sum settles the goal as the sum over the generators. With this everything comes
// together as one identity: the goal is Σ λ_k (g_k·c) + Σ μ_l (h_l·c), and each bracket
// is replaced by its proof. Equations of y remove the y.
func (e *existence) sum() witness.Step {
	c := witness.Combine{}
	var equations = map[int][]statement.Term{}
	for i := range e.dual.facts {
		if p := e.parameters(i); len(p) > 0 {
			equations[e.equations+i] = p
		}
	}
	// An equation is multiplied by the symbol as a polynomial, of whatever sign; a fact
	// by the fact that the symbol is nonnegative.
	add := func(p *farkas.Proof, symbol, fact int) { // symbol·(what p proves), where symbol ≥ 0 is the fact, if it is one
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
		// The λ that is known to be positive stands for itself; then what its proof
		// leaves over must be written down, since the kernel takes for granted only
		// products of nonnegative symbols.
		if positive, ok := e.positive[k]; ok {
			fact = positive
			e.rest(&c, e.dual.rows[k].Form, e.each[k].Proof, fact)
		}
		add(e.each[k].Proof, e.lambda+k, fact)
	}
	for l := range e.dual.lines {
		// It is an equation as it stands.
		if zero, ok := e.zeros[l]; ok {
			equations[zero] = []statement.Term{{C: one, M: statement.Of(e.mu + l)}}
			continue
		}
		add(e.each[len(e.dual.rays)+l].Proof, e.mu+l, 0) // equations only
	}
	// In order: the same bytes each time.
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
// that a symbol is nonnegative. Of a strict row the constant is what makes the product
// more than 0.
func (e *existence) rest(c *witness.Combine, form statement.Form, p *farkas.Proof, fact int) {
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
