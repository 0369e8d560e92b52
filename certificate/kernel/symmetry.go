package kernel

import (
	"slices"
	"sort"

	"pstar/certificate/reading"
)

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
// digest of the theorem: of what is accepted the author could not choose facts with the same hash, so
// that each fact is compared once for each generator. Who states another digest, to know the seed, is refused.
func (c *checker) actions() []action {
	// Then no scope is symmetric, and facts may be equal to each other.
	if len(c.theorem.Generators) == 0 {
		return nil
	}
	// Of the facts with a hash, 1 + the number of the last one, and of each fact that of the one before it.
	// A document that is full of facts with the same hash is bounded by the work of comparing them.
	last, before := make(map[uint64]int32, len(c.theorem.Facts)), make([]int32, len(c.theorem.Facts))
	image := func(f Fact, g []int32) (hash uint64, o int32) {
		c.Look(f.Poly)
		hash = f.Hash(g, c.seed)
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

// isImage says whether g (nil: the identity) maps the fact f to the fact o: terms of f have
// different images, so that these are the terms of o if they are among them, and as many. It
// compares terms without sorting those of the image. A place that is noted for the first symbol
// of a term finds most of them at once; the rest are found by halves, as terms of o ascend.
func (c *checker) isImage(f, o Fact, g []int32) bool {
	c.Spend(dearWork)
	// An image has as many terms: a permutation takes different products to different ones.
	if f.Relation != o.Relation || len(f.Poly) != len(o.Poly) {
		return false
	}
	for k, t := range o.Poly {
		c.places[place(t.M)] = int32(k)
	}
	for _, t := range f.Poly {
		// A product of d symbols is sorted.
		c.Spend(2 * reading.Work(t.M) * (1 + t.M.Degree()/16))
		m := t.M.Image(g, c.singles)
		k := int(c.places[place(m)])
		if k >= len(o.Poly) || o.Poly[k].M != m { // an old place, or that of another term
			k = sort.Search(len(o.Poly), func(i int) bool { return !o.Poly[i].M.Before(m) })
		}
		if k == len(o.Poly) || o.Poly[k].M != m || !o.Poly[k].C.Equal(t.C) {
			return false
		}
	}
	return true
}

// place is where a term is noted, by its first symbol.
func place(m Mono) int {
	if len(m) == 0 {
		return 0
	}
	return 1 + m.Symbol(0)
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
	// A product of many generators is the list of their numbers; the first one acts first.
	for range c.Member("by").List() {
		g := c.theorem.Generators[c.Below(0, len(c.theorem.Generators))]
		for _, t := range p {
			c.Spend(dearWork * (1 + t.M.Degree()/16)) // they are put in order
			c.sum.AddTerm(t.C, t.M.Image(g, c.singles))
		}
		p = c.sum.Poly()
	}
	c.derived(Fact{Relation: row.Relation, Poly: c.kept(p)})
}
