package kernel

// proof reads and checks the proof of a theorem with a number above last.
// A wrong digest is what a document is rejected for, whatever its steps are: it says which theorem the prover
// meant, and a proof of another one is told apart from a wrong proof. The theorem itself never comes from
// the proof.
func (r *document) proof(s *Statement, last int) Shown {
	r.Open('{')
	// They ascend: a second proof of a theorem could only repeat, or contradict, the first.
	n := r.Member("theorem").Below(last+1, s.Count)
	r.Enter("theorem", n)
	// What a proof keeps is forgotten with it: the limit is for each.
	held := r.Held()
	t := s.Theorem(n)
	stated := r.Member("sha256").Text()
	r.own(t)
	c := newChecker(r, t)
	c.beside(stated)
	defer c.known()
	shown := Shown{Number: n, Name: t.Name, Digest: stated}
	if s.Whole {
		shown.Theorem = t
	}
	// A theorem that is refuted by a point cannot also be proved, if the rules are sound: the
	// two are one member or the other.
	if r.Has("refuted") {
		c.refutation()
		shown.Outcome = Refuted
	} else {
		c.proof()
		shown.Outcome, shown.Unused = Proved, c.unused()
	}
	r.Close('}')
	r.Release(held)
	r.Leave()
	return shown
}

// own counts what the facts, rows and generators of the theorem take in its proof.
// A builder makes theorems that are much longer than its parameters; what is large is refused
// here, before any of it is used.
func (r *document) own(t *Theorem) {
	r.SymbolLimit(len(t.Symbols))
	for _, list := range [][]Fact{t.Facts, t.Rows} {
		for _, f := range list {
			r.Look(r.Kept(f).Poly)
			r.Spend(1)
		}
	}
	each := len(t.Symbols) + len(t.Facts)
	r.Hold(each + len(t.Generators)*each/4)
	r.Spend(1<<10 + each*(1+len(t.Generators))) // it is made, has a digest, and is read
}

// proof reads the steps that show the rows, and those that show that there are unknowns.
//
// Sound: rows and existence are shown apart, so that neither assumes the other. What holds
// of a row holds of its images, as generators map facts onto facts.
//
// For kind feasible the rows are necessary by the first list of steps, and sufficient by the
// second.
func (c *checker) proof() {
	c.inner("rows", func(s *scope) {
		// The rows are goals, each for itself: their images are other rows, and not goals here. So the scope is not symmetric.
		s.goals = c.theorem.Rows
	})
	// An implication is about all points, with unknowns or without.
	if c.theorem.Kind != Feasible {
		return
	}
	c.inner("exists", func(s *scope) {
		// They are what is to be shown to be possible.
		c.hide(c.unknowns)
		for _, row := range c.theorem.Rows {
			c.addFact(row)
		}
		s.existence, c.images = true, true
		// Facts without unknowns are mapped to such, the images of the rows onto themselves,
		// and the goal too.
		s.symmetric = len(c.theorem.Generators) > 0
	})
}

// refutation reads a point at which the facts hold and a row does not; or, with the row -1,
// parameters with which facts without unknowns and rows hold, and steps that show that there
// are no unknowns.
//
// The first kind is a counterexample by numbers. The second shows that a list of rows is not
// enough: it gives parameters that have all of them, and a proof that no unknowns go with
// these.
func (c *checker) refutation() {
	c.Open('{')
	// A point is a list of numbers, and 0 where none is listed.
	values, unknowns := map[int]Poly{}, false
	for s := range c.Member("point").Ascending(len(c.theorem.Symbols)) {
		n := c.Number()
		if c.Hold(2); n.Sign() == 0 {
			c.Fail("a number of a point is 0")
		}
		// Signs that are declared are assumptions, which a counterexample has to satisfy.
		if n.Sign() < 0 && c.nonnegative[s] {
			c.Fail("symbol %d is negative", s)
		}
		values[s] = c.kept(Poly{{C: n}})
		unknowns = unknowns || c.unknowns[s]
	}
	row := c.Member("row").Below(-1, len(c.theorem.Rows))
	switch {
	// Values of exponentials are no numbers that can be written; and an end of a process has to
	// be reached.
	case c.theorem.Process != nil || len(c.theorem.Exponentials) > 0:
		c.Fail("a theorem with a process or with exponentials is not refuted by a point")
	case row >= 0:
		c.refutesRow(values, row)
	// Images of the rows would have to hold as well, of which only representatives are there.
	case c.theorem.Kind != Feasible || len(c.theorem.Generators) > 0 || unknowns:
		c.Fail("row -1 needs the kind feasible, no generators, and parameters only")
	default:
		c.refutesExistence(values)
	}
	c.Close('}')
}

func everySymbol(int) bool { return true }

// holdsAt says whether a fact holds at a point.
// Exact: the value is a number, and compared with 0.
func (c *checker) holdsAt(f Fact, values map[int]Poly) bool {
	sign, p := 0, c.substitute(f.Poly, values, everySymbol)
	c.tellAt(f, Int(1), values, everySymbol, p)
	if len(p) > 0 {
		sign = p[0].C.Sign()
	}
	return sign > 0 && f.Relation != EQ || sign == 0 && f.Relation != GT
}

// Row number row is said of all points with the facts, and of this one it is false.
func (c *checker) refutesRow(values map[int]Poly, row int) {
	for k, f := range c.theorem.Facts {
		if !c.holdsAt(f, values) {
			c.Fail("fact %d does not hold at the point", k)
		}
	}
	if c.holdsAt(c.theorem.Rows[row], values) {
		c.Fail("row %d holds at the point", row)
	}
}

// Facts with unknowns become facts on unknowns alone; the scope of the steps has nothing else,
// as all others are hidden: at other parameters they say nothing of this point.
func (c *checker) refutesExistence(values map[int]Poly) {
	var system []Fact
	for k, f := range c.theorem.Facts {
		if f.Poly.Holds(c.unknowns) {
			system = append(system, c.at(f, Int(1), values, func(s int) bool { return !c.unknowns[s] }))
			// Without it the point would be none of which the theorem speaks.
		} else if !c.holdsAt(f, values) {
			c.Fail("fact %d does not hold at the point", k)
		}
	}
	for k, row := range c.theorem.Rows {
		if !c.holdsAt(row, values) {
			c.Fail("row %d does not hold at the point", k)
		}
	}
	c.inner("steps", func(s *scope) {
		for k := range c.hidden {
			c.hidden[k] = true
		}
		// A contradiction.
		s.goals = []Fact{atLeast0(Poly{{C: Int(-1)}})}
		for _, f := range system {
			c.addFact(f)
		}
	})
}
