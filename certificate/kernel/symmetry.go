package kernel

import "slices"

// An action is a generator of the symmetry as it acts on the symbols of a scope. Symbols that
// dualise adds, one for each fact with unknowns, move as those facts do. Generators are checked
// once for a proof, where they first may be used: a theorem that nobody proves need not have
// right ones.
type action struct {
	symbols []int32
	facts   []int32 // fact k of the theorem goes to fact facts[k]
}

// actions finds how the generators permute the facts, and rejects one that does not map them
// onto themselves. The facts must all be different.
//
// It is this check that makes "and all images of the rows" true: nothing else in a proof looks
// at what a generator does to the facts. A document says which symbols go where, and not which
// facts; these are found by a hash of the image, which decides nothing: see isImage. Its seed is the
// digest of the theorem: the author could not choose facts with the same hash, so
// that each fact is compared once for each generator.
func (c *checker) actions(seed uint64) []action {
	// Then no scope is symmetric, and facts may be equal to each other.
	if len(c.theorem.Generators) == 0 {
		return nil
	}
	// Of the facts with a hash, 1 + the number of the last one, and of each fact that of the one before it.
	// A document that is full of facts with the same hash is bounded by the work of comparing them.
	last, before := make(map[uint64]int32, len(c.theorem.Facts)), make([]int32, len(c.theorem.Facts))
	image := func(f Fact, g []int32) (hash uint64, o int32) {
		c.Look(f.Poly)
		hash = f.Hash(g, seed)
		for o = last[hash]; o > 0 && !c.isImage(f, c.theorem.Facts[o-1], g); {
			o = before[o-1]
		}
		return hash, o - 1 // at most one can be, as the facts are different
	}
	for k, f := range c.theorem.Facts {
		hash, o := image(f, nil)
		// Of two equal facts both could go to one of them, and "different facts have
		// different images" below would be false.
		if o >= 0 {
			c.Fail("facts %d and %d are the same, in a theorem with generators", o, k)
		}
		before[k], last[hash] = last[hash], int32(k+1)
	}
	var list []action
	for n, g := range c.theorem.Generators {
		a := action{symbols: slices.Clone(g), facts: make([]int32, len(c.theorem.Facts))}
		for k, f := range c.theorem.Facts {
			if _, a.facts[k] = image(f, g); a.facts[k] < 0 {
				c.Fail("generator %d does not map fact %d to a fact", n, k)
			}
		}
		// Different facts have different images, so that this is a permutation.
		list = append(list, a)
	}
	return list
}

// isImage says whether g (nil: the identity) maps the fact f to the fact o: the image of f, less o, is 0.
func (c *checker) isImage(f, o Fact, g []int32) bool {
	c.Spend(dearWork)
	for _, t := range f.Poly {
		c.Spend(2 * dearWork * (t.M.Degree() / 8)) // they are put in order
		c.sum.AddTerm(t.C, t.M.Image(g, c.singles))
	}
	c.sum.Add(Int(-1), o.Poly)
	defer c.sum.Clear()
	return f.Relation == o.Relation && c.rest(c.sum.Terms(), EQ, false) == ""
}

// image adds the image of a row under a product of generators, to the facts from which there
// have to be unknowns.
//
// Sound: the theorem says that there are unknowns where all images of the rows hold, and only
// these are assumed there.
//
// It adds a fact, after which the scope is no longer symmetric. The row's own image under
// nothing is the row, which is there already.
func (c *checker) image() {
	row := c.theorem.Rows[c.Member("row").Below(0, len(c.theorem.Rows))]
	// In rows the images are to be shown, not known. A refutation by parameters assumes rows,
	// too, but is for theorems without generators.
	if !c.images {
		c.Fail("images of rows are known only in the steps of exists")
	}
	p := row.Poly
	c.Look(p)
	// A product of many generators is the list of their numbers; the first one acts first.
	for range c.Member("by").List() {
		g := c.theorem.Generators[c.Below(0, len(c.theorem.Generators))]
		for _, t := range p {
			c.Spend(dearWork * (1 + t.M.Degree()/4)) // they are put in order
			c.sum.AddTerm(t.C, t.M.Image(g, c.singles))
		}
		p = c.sum.Poly()
	}
	c.derived(Fact{Relation: row.Relation, Poly: c.kept(p)})
}
