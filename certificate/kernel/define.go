package kernel

// define adds a symbol for a number that the others determine, and facts on it.
// A name for a number that is there anyway takes nothing away from what is proved: for each
// point there is a value of the new symbol with these facts. They are not all that is true of
// it, and a proof that needs more derives it.
func (c *checker) define() {
	c.Member("as")
	kind := c.Text()
	c.Member("of")
	c.Open('[')
	c.Next()
	switch kind {
	case "term":
		c.defineTerm()
	case "min":
		c.defineMin()
	case "quotient":
		c.defineQuotient()
	case "root":
		c.defineRoot()
	default:
		c.Fail(`expected "term", "min", "quotient" or "root"`)
	}
}

// newSymbol adds a symbol of any sign and returns it.
// The sign is not known here, also where the facts say it: REF knows only what is declared.
func (c *checker) newSymbol() (int, Poly) {
	s := c.addSymbol(false)
	return s, Poly{{C: Int(1), M: Product(s)}}
}

// defineTerm: w − a = 0.
// A long polynomial gets a short name, so that products of it need not be multiplied out.
func (c *checker) defineTerm() {
	a := c.Poly(len(c.nonnegative))
	c.Close(']')
	_, w := c.newSymbol()
	c.derived(Fact{Relation: EQ, Poly: c.made(c.total("-+", a, w))})
}

// defineMin: w = min(a,b), so that a − w ≥ 0, b − w ≥ 0; and if A and B are facts with A − B =
// a − b, then B + w − b is one of the two, and the weaker relation holds for it.
//
// So what is linear in w, and holds at w = a and at w = b, holds at the minimum: this is how a
// proof treats n chambers at once without listing them.
func (c *checker) defineMin() {
	a := c.Poly(len(c.nonnegative))
	c.Next()
	b := c.Poly(len(c.nonnegative))
	c.Close(']')
	_, w := c.newSymbol()
	facts := []Fact{{Relation: GE, Poly: c.made(c.total("+-", a, w))}, {Relation: GE, Poly: c.made(c.total("+-", b, w))}}
	c.Member("joins")
	for c.Open('['); c.More(); {
		c.Open('[')
		c.Next()
		first := c.reference()
		c.Next()
		second := c.reference()
		c.Close(']')
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
		facts = append(facts, Fact{Relation: relation, Poly: c.made(c.total("++-", second.Poly, w, b))})
	}
	c.derived(facts...)
}

// defineQuotient: w = a/d for a fact d > 0, so that d·w − a = 0.
// What is divided by must be known to be > 0; ≠ 0 would do, but no fact says so.
func (c *checker) defineQuotient() {
	a := c.Poly(len(c.nonnegative))
	c.Next()
	d := c.reference()
	c.Close(']')
	if d.Relation != GT {
		c.Fail("the fact of a quotient must be strict")
	}
	_, w := c.newSymbol()
	c.spare.Clear()
	c.spare.AddProduct(Int(1), d.Poly, w)
	c.derived(Fact{Relation: EQ, Poly: c.made(c.total("-+", a, c.spare.Poly()))})
}

// defineRoot: w is the nonnegative root of a fact a ≥ 0: w ≥ 0, w² − a = 0.
// A field without roots of its own is why the format page speaks of real numbers here.
func (c *checker) defineRoot() {
	a := c.reference()
	c.Close(']')
	s, w := c.newSymbol()
	c.Hold(2)
	c.derived(Fact{Relation: GE, Poly: w}, Fact{Relation: EQ, Poly: c.made(c.total("-+", a.Poly, Poly{{C: Int(1), M: Product(s, s)}}))})
}
