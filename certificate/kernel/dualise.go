package kernel

// dualise: there are unknowns with the facts a_i(x) + c_i(θ) ≥ 0, > 0, = 0, the a_i linear with
// numbers as coefficients, if Σ y_i c_i ≥ 0 for all y with Σ y_i a_ij ≤ 0 for each unknown, = 0
// if its sign is free, and y_i ≥ 0 for each i but equations; and > 0 if besides the sum of
// those y_i is > 0 that belong to strict facts.
//
// Sound: this is Farkas' lemma, with strict facts Motzkin's. A generator maps facts to facts,
// so that the y_i that move with the facts keep the new facts and the goal; and what else the
// scope assumes (facts without unknowns, all images of rows) is kept as before.
//
// The two halves of Farkas' lemma. If x exists and y is as said, then Σ y_i (a_i(x) + c_i) ≥ 0,
// and Σ_i y_i a_i(x) = Σ_j x_j Σ_i y_i a_ij ≤ 0, so that Σ y_i c_i ≥ 0: this is what makes the
// goal necessary, and is not needed here. If no x exists, there is a y as said with Σ y_i c_i <
// 0, for each θ by itself: this is what the rule rests on.
func (c *checker) dualise() {
	columns, constants, strict := c.columns()
	c.dual("steps", GE, columns, constants, nil)
	// With strict facts Farkas' alternative is not enough: x > 0 and −x ≥ 0 have the y with Σ
	// y_i c_i = 0.
	if len(strict) > 0 {
		c.dual("strict", GT, columns, constants, strict)
	}
}

// dual reads the steps that show Σ y_i c_i ≥ 0; or > 0, where the sum of those y_i is > 0 that belong to strict facts.
// The y are universally quantified: a proof of the goal may name their signs and the new
// facts, and nothing else of them.
func (c *checker) dual(name string, relation Relation, columns, constants []Poly, strict []int) {
	// Of the scope as it was: facts that have been derived are not known to be mapped to facts.
	symmetric := c.scope.symmetric
	c.inner(name, func(s *scope) {
		first := c.openDual(columns)
		for k, p := range constants {
			c.sum.Add(Int(1), c.symbol(first+k), p)
		}
		s.goals = []Fact{{Relation: relation, Poly: c.kept(c.sum.Poly())}}
		s.symmetric = symmetric
		c.dualActions(first)
		for _, k := range strict {
			c.sum.AddTerm(Int(1), c.single(first+k))
		}
		// With this fact the scope is not symmetric, though it might be.
		if relation == GT {
			c.derived(Fact{Relation: GT, Poly: c.kept(c.sum.Poly())})
		}
	})
}

// rooms has an empty polynomial for each symbol, with room for as many terms as there are facts
// that hold it, if it is an unknown. A cell has a hundred thousand in all: they are one piece of memory.
func (c *checker) rooms() []Poly {
	columns, uses, total := make([]Poly, len(c.theorem.Symbols)), make([]int, len(c.theorem.Symbols)), 0
	for _, k := range c.with {
		for _, t := range c.theorem.Facts[k].Poly {
			if len(t.M) == symbolBytes && c.unknowns[t.M.Symbol(0)] {
				uses[t.M.Symbol(0)]++
				total++
			}
		}
	}
	all := make(Poly, total)
	for s, n := range uses {
		columns[s], all = all[:0:n], all[n:]
	}
	return columns
}

// columns returns −Σ y_i a_ij for each unknown, by symbol; for each fact with unknowns what of it
// is free of them; and which of these facts are strict. The y are symbols behind all that there
// are, numbered as the facts with unknowns are among themselves.
func (c *checker) columns() (columns, constants []Poly, strict []int) {
	first := len(c.nonnegative)
	c.Spend(3 * len(c.theorem.Symbols))
	// Products of one symbol are cut from one string; it grows, and what was cut from the old
	// one stays.
	if need := first + len(c.with); need*symbolBytes > len(c.singles) {
		c.singles = NewSingles(need)
	}
	columns = c.rooms()
	for n, k := range c.with {
		f := c.theorem.Facts[k]
		c.Spend(1)
		c.Look(f.Poly)
		var constant Poly
		for _, t := range f.Poly {
			switch {
			// An unknown times a number. Facts ascend, and so do their y.
			case len(t.M) == symbolBytes && c.unknowns[t.M.Symbol(0)]:
				s := t.M.Symbol(0)
				columns[s] = append(columns[s], Term{C: c.Times(Int(-1), t.C), M: c.single(first + n)})
			// x² or θx: the lemma speaks of neither.
			case Poly{t}.Holds(c.unknowns):
				c.Fail("fact %d is not linear in the unknowns with numbers as coefficients", k)
			// Everything without unknowns is what the fact is up to them, a polynomial of any
			// degree.
			default:
				constant = append(constant, t)
			}
		}
		if f.Relation == GT {
			strict = append(strict, n)
		}
		constants = append(constants, constant)
	}
	return columns, constants, strict
}

// openDual adds the symbols y, of which it returns the first, and for each unknown the fact that
// its column is ≥ 0, or = 0.
func (c *checker) openDual(columns []Poly) (first int) {
	first = len(c.nonnegative)
	// The y of an equation has either sign: an equation is two inequalities, with a multiplier
	// each.
	for _, k := range c.with {
		c.addSymbol(c.theorem.Facts[k].Relation != EQ)
	}
	for s, symbol := range c.theorem.Symbols {
		// For x_j ≥ 0 a negative Σ y_i a_ij does no harm: it makes Σ y_i a_i(x) smaller only.
		relation := EQ
		if symbol.Nonnegative {
			relation = GE
		}
		if symbol.Unknown {
			c.Spend(8 + 3*len(columns[s]))
			c.addFact(Fact{Relation: relation, Poly: c.kept(columns[s])})
		}
	}
	return first
}

// dualActions lets the generators act on the new symbols.
// A generator maps fact i to fact π(i); y_i goes to y_π(i), so that Σ y_i (a_i(x) + c_i) is
// kept.
func (c *checker) dualActions(first int) {
	number := make([]int, len(c.theorem.Facts)) // of a fact among those with unknowns
	for n, k := range c.with {
		number[k] = n
	}
	c.known()
	c.Spend(len(number) + len(c.acts)*len(c.with))
	for k := range c.acts {
		a := &c.acts[k]
		for _, f := range c.with {
			a.symbols = append(a.symbols, int32(first+number[a.facts[f]]))
		}
	}
}
