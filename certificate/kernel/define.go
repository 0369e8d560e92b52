package kernel

// define adds a symbol for a number that the others determine, and facts on it.
// A name for a number that is there anyway takes nothing away from what is proved: for each
// point there is a value of the new symbol with these facts. They are not all that is true of
// it, and a proof that needs more derives it.
func (c *checker) define() {
	kind := c.Member("as").Word("term", "min", "quotient", "root")
	c.Member("of").Open('[')
	switch kind {
	case "term":
		c.defineTerm()
	case "min":
		c.defineMin()
	case "quotient":
		c.defineQuotient()
	case "root":
		c.defineRoot()
	}
}

// newSymbol adds a symbol of any sign and returns it.
// The sign is not known here, also where the facts say it: REF knows only what is declared.
func (c *checker) newSymbol() Poly { return c.symbol(c.addSymbol(false)) }

// defineTerm: w − a = 0.
// A long polynomial gets a short name, so that products of it need not be multiplied out.
func (c *checker) defineTerm() {
	a := c.Poly(len(c.nonnegative))
	c.Close(']')
	c.derived(c.compared(EQ, "-+", a, c.newSymbol()))
}

// defineMin: w = min(a,b), so that a − w ≥ 0, b − w ≥ 0; and if A and B are facts with A − B =
// a − b, then B + w − b is one of the two, and the weaker relation holds for it.
//
// So what is linear in w, and holds at w = a and at w = b, holds at the minimum: this is how a
// proof treats n chambers at once without listing them.
func (c *checker) defineMin() {
	a := c.Poly(len(c.nonnegative))
	b := c.Poly(len(c.nonnegative))
	c.Close(']')
	w := c.newSymbol()
	facts := []Fact{c.compared(GE, "+-", a, w), c.compared(GE, "+-", b, w)}
	for range c.Member("joins").Lists() {
		first := c.reference()
		second := c.reference()
		// As polynomials, at all points: only then is the one fact at w = a what the other is
		// at w = b.
		if len(c.total("+--+", first.Poly, second.Poly, a, b)) > 0 {
			c.Fail("the two facts do not differ by what the two polynomials differ by")
		}
		// One of the two holds at a point, and it is not known which: the weaker one is sure.
		relation := GE
		if first.Relation == second.Relation {
			relation = first.Relation
		}
		facts = append(facts, c.compared(relation, "++-", second.Poly, w, b))
	}
	c.derived(facts...)
}

// defineQuotient: w = a/d for a fact d > 0, so that d·w − a = 0.
// What is divided by must be known to be > 0; ≠ 0 would do, but no fact says so.
func (c *checker) defineQuotient() {
	a := c.Poly(len(c.nonnegative))
	d := c.reference()
	c.Close(']')
	if d.Relation != GT {
		c.Fail("the fact of a quotient must be strict")
	}
	c.derived(c.compared(EQ, "-+", a, c.product(Int(1), d.Poly, c.newSymbol())))
}

// defineRoot: w is the nonnegative root of a fact a ≥ 0: w ≥ 0, w² − a = 0.
// A field without roots of its own is why the format page speaks of real numbers here.
func (c *checker) defineRoot() {
	a := c.reference()
	c.Close(']')
	w := c.newSymbol()
	c.derived(c.compared(GE, "+", w), c.compared(EQ, "-+", a.Poly, c.product(Int(1), w, w)))
}
