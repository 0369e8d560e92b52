package kernel

import (
	"slices"
	"strconv"
	"sync"

	"pstar/certificate/reading"
)

// checker checks the proof of one theorem. Symbols and facts are stacks: an inner scope adds to
// those of the outer ones, and what it added is gone when it closes.
// A fact on the stack holds at each point with what the theorem and the scopes that are open
// assume, with values of the symbols that steps have added; unknowns that are to be found are
// read as 0 there. That is what each rule keeps true, and all that the end of a proof needs.
type checker struct {
	*document
	theorem     *Theorem
	rules       map[string]func(*checker)
	nonnegative []bool // by symbol
	// Of the theorem. Symbols that steps add are none: they stand for numbers that the others
	// determine, or that a rule takes at will.
	unknowns  []bool       // by symbol
	exponents map[int]Poly // of the symbols that are exponentials
	facts     []Fact
	// Of each fact, whether it is hidden; and of each of the theorem, whether a step refers to
	// it.
	hidden, used []bool
	// These are what existence is about.
	with    []int // the numbers of the facts of the theorem that hold unknowns
	singles Singles
	// How the generators act on the symbols and facts of the theorem, and on those that dualise
	// adds.
	acts  []action
	known func() // waits for acts, see beside
	depth int
	// In the steps of exists, where the rows are assumed: in those of rows they are what is to
	// be shown.
	images bool // those of rows are known
	*scope
}

// scope is what is to be shown under the assumptions that are on the stacks.
type scope struct {
	goals   []Fact
	settled []bool
	// existence: there are unknowns with all facts of the theorem that hold unknowns.
	// A goal that is no polynomial.
	existence, existenceSettled bool
	// symmetric: what is assumed and what is to be shown are mapped onto themselves by acts.
	// If it is not sure, it is false: then sort and block do less, and nothing is wrong.
	symmetric bool
}

// The facts of the theorem are the first on the stack, with their own numbers.
func newChecker(r *document, t *Theorem) *checker {
	c := &checker{document: r, theorem: t, rules: ruleTable(), singles: NewSingles(len(t.Symbols)),
		known: func() {}, unknowns: t.Unknowns(), exponents: map[int]Poly{}, used: make([]bool, len(t.Facts))}
	for _, s := range t.Symbols {
		c.nonnegative = append(c.nonnegative, s.Nonnegative)
	}
	for _, a := range t.Exponentials {
		c.exponents[a.Symbol] = a.Value
	}
	c.facts, c.hidden = make([]Fact, 0, len(t.Facts)+len(t.Rows)), make([]bool, 0, len(t.Facts)+len(t.Rows))
	for k, f := range t.Facts {
		c.addFact(f)
		if f.Poly.Holds(c.unknowns) {
			c.with = append(c.with, k)
		}
	}
	c.sum.Telling = r.explain != nil
	return c
}

// beside begins what takes as long as a proof and nothing of it: the digest of the theorem, and how its generators
// act. known waits for these, and rejects what the two reject; it is called before acts are used, and in the end. A
// document whose proof is rejected, too, is rejected for the digest or the generators: for what it is
// does not depend on which of the two ends first.
func (c *checker) beside(stated string) {
	r, before := c.Reader.Beside(), c.Worked()
	b := &checker{document: &document{Reader: r, sum: reading.NewSum(&r.Limits)}, theorem: c.theorem, singles: c.singles}
	fault := make(chan any, 1)
	go func() {
		defer func() { fault <- recover() }()
		if digest := b.theorem.Digest(); digest != stated {
			b.Fail("the theorem, written out, has the digest %s", digest)
		}
		seed, _ := strconv.ParseUint(stated[:16], 16, 64)
		b.acts = b.actions(seed)
	}()
	c.known = sync.OnceFunc(func() {
		c.Wait = nil // else what is counted below would wait for this, for ever
		if fault := <-fault; fault != nil {
			panic(fault)
		}
		c.acts = b.acts
		c.Spend(b.Worked() - before)
	})
	c.Wait = c.known
}

// addSymbol adds a symbol to the scope that is open and returns its number.
// That it is nonnegative must be known of all the values that it may have: then REF may name
// its sign.
func (c *checker) addSymbol(nonnegative bool) int {
	c.SymbolLimit(len(c.nonnegative) + 1)
	c.nonnegative = append(c.nonnegative, nonnegative)
	c.unknowns = append(c.unknowns, false)
	return len(c.nonnegative) - 1
}

// addFact adds a fact, whose terms have been counted, to the scope that is open.
func (c *checker) addFact(f Fact) {
	if len(c.facts) == reading.MaxFacts {
		c.Exceed("more than %d facts", reading.MaxFacts)
	}
	c.facts = append(c.facts, f)
	c.hidden = append(c.hidden, false)
}

// derived adds a fact, or a symbol with its facts, after which the scope is no longer
// symmetric. It might hold at a point and not at the images of that: it was derived for the
// point at hand, and its image was not.
func (c *checker) derived(facts ...Fact) {
	c.scope.symmetric = false
	for _, f := range facts {
		c.addFact(f)
	}
}

// hide hides the facts that hold a symbol for which which is true. Those of the stack that
// are hidden become visible again when the scope closes that is open.
// A fact that speaks of what is to be found may not be used to find it; in an induction, a fact
// of the end may not be used on the way.
func (c *checker) hide(which []bool) {
	for k, f := range c.facts {
		c.Spend(1)
		c.Look(f.Poly)
		if f.Poly.Holds(which) {
			c.hidden[k] = true
		}
	}
}

// open reads the steps of an inner scope. begin adds its symbols, facts and goals.
func (c *checker) open(begin func(s *scope)) {
	outer, symbols, facts, held := c.scope, len(c.nonnegative), len(c.facts), c.Held()
	// A copy: what the inner scope hides must be seen again afterwards, also if it was not
	// hidden there.
	hidden := append([]bool(nil), c.hidden...)
	c.Spend(len(hidden))
	// Scopes are checked by functions that call each other: a document of nothing but brackets
	// must not end the program for want of a stack.
	if c.depth++; c.depth > reading.MaxScopes {
		c.Exceed("more than %d scopes, one inside the other", reading.MaxScopes)
	}
	c.scope = &scope{}
	// Its goals are there before any step is read, and no step can change them but by settling
	// one.
	begin(c.scope)
	c.Spend(len(c.scope.goals))
	c.scope.settled = append(c.scope.settled, make([]bool, len(c.scope.goals)-len(c.scope.settled))...)
	// What follows is reached only after the last step: closeGoals is the one place where a
	// scope ends.
	c.steps()
	c.closeGoals()
	c.scope, c.depth = outer, c.depth-1
	c.Release(held)
	// A number of a symbol is given again in the next scope; it must not be an exponential
	// then.
	for s := symbols; s < len(c.nonnegative) && len(c.exponents) > 0; s++ {
		delete(c.exponents, s)
	}
	c.nonnegative, c.unknowns = c.nonnegative[:symbols], c.unknowns[:symbols]
	c.facts, c.hidden = c.facts[:facts], hidden
	for k := range c.acts {
		c.acts[k].symbols = c.acts[k].symbols[:min(symbols, len(c.acts[k].symbols))]
	}
}

// closeGoals rejects a scope in which a goal is neither settled nor plain to see.
// A goal such as x ≥ 0 for a nonnegative x, which needs no fact, needs no step either. Proofs
// of cells have thousands of these.
func (c *checker) closeGoals() {
	if c.scope.existence && !c.scope.existenceSettled {
		c.Fail("no step shows that there are unknowns with the facts")
	}
	for k, g := range c.scope.goals {
		if !c.scope.settled[k] {
			c.Look(g.Poly)
			if reason := c.rest(slices.Values(g.Poly), g.Relation, false); reason != "" {
				c.Fail("goal %d is not settled, and %s", k, reason)
			}
		}
	}
}

// total adds polynomials up, each with its sign.
func (c *checker) total(signs string, polys ...Poly) Poly {
	for k, p := range polys {
		sign := Int(1)
		if signs[k] == '-' {
			sign = Int(-1)
		}
		c.sum.Add(sign, p)
	}
	return c.sum.Poly()
}

// compared is the fact that a total, which is kept, is ≥ 0, > 0 or = 0.
func (c *checker) compared(relation Relation, signs string, polys ...Poly) Fact {
	return Fact{Relation: relation, Poly: c.kept(c.total(signs, polys...))}
}

// product is n·p·q.
func (c *checker) product(n Num, p, q Poly) Poly {
	c.sum.Add(n, p, q)
	return c.sum.Poly()
}

// symbol is a symbol as a polynomial, and atLeast0 the fact that a polynomial is.
func (c *checker) symbol(s int) Poly { return Poly{{C: Int(1), M: c.single(s)}} }

func atLeast0(p Poly) Fact { return Fact{Relation: GE, Poly: p} }

// kept counts the terms of a polynomial that a rule has computed and that is kept.
func (c *checker) kept(p Poly) Poly { c.Hold(1); return c.Keep(p) }

// settle notes that all goals of the scope hold.
// For rules that have shown the goals in inner scopes, all of them.
func (c *checker) settle() {
	for k := range c.scope.settled {
		c.scope.settled[k] = true
	}
	c.scope.existenceSettled = true
}

// reference reads a REF and returns its fact: a number of a fact, or -1-s for the sign of a
// symbol s that is nonnegative.
func (c *checker) reference() Fact {
	n := c.Int()
	switch c.Spend(4); {
	// The sign of the first comparison matters for no number of 18 digits: -n does not
	// overflow.
	case n >= int64(len(c.facts)) || -n > int64(len(c.nonnegative)):
		c.Fail("there is no fact %d here", n)
	case n >= 0 && c.hidden[n]:
		c.Fail("fact %d is hidden here", n)
	case n < 0 && !c.nonnegative[-1-n]:
		c.Fail("symbol %d is not declared nonnegative", -1-n)
	case n >= 0:
		c.note(int(n))
		return c.facts[n]
	}
	return atLeast0(c.symbol(int(-1 - n)))
}

// single is the product of one symbol.
func (c *checker) single(s int) Mono {
	if s*symbolBytes < len(c.singles) {
		return c.singles.Of(s)
	}
	return Product(s)
}
