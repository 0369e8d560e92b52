package kernel

import (
	"slices"
	"sort"
)

// An action is a generator of the symmetry as it acts on the symbols of a scope. Symbols that dualise
// adds, one for each fact with unknowns, move as those facts do.
type action struct {
	symbols []int32
	facts   []int32 // fact k of the theorem goes to fact facts[k]
}

// actions finds how the generators permute the facts, and rejects one that does not map them onto
// themselves. The facts must all be different.
func (c *checker) actions() []action {
	if len(c.theorem.Generators) == 0 {
		return nil
	}
	byHash := make(map[uint64][]int32, len(c.theorem.Facts))
	for k, f := range c.theorem.Facts {
		c.look(f.Poly)
		h := f.Hash(nil)
		for _, other := range byHash[h] {
			if c.isImage(f, c.theorem.Facts[other], nil) {
				c.Fail("facts %d and %d are the same, in a theorem with generators", other, k)
			}
		}
		byHash[h] = append(byHash[h], int32(k))
	}
	var list []action
	for n, g := range c.theorem.Generators {
		a := action{symbols: slices.Clone(g), facts: make([]int32, len(c.theorem.Facts))}
		for k, f := range c.theorem.Facts {
			a.facts[k] = -1
			c.look(f.Poly)
			for _, other := range byHash[f.Hash(g)] {
				if c.isImage(f, c.theorem.Facts[other], g) {
					a.facts[k] = other
				}
			}
			if a.facts[k] < 0 {
				c.Fail("generator %d does not map fact %d to a fact", n, k)
			}
		}
		// Different facts have different images, so that this is a permutation.
		list = append(list, a)
	}
	return list
}

// isImage says whether g (nil: the identity) maps the fact f to the fact o: terms of f have different images, so that these are the terms of
// o if they are among them, and as many.
func (c *checker) isImage(f, o Fact, g []int32) bool {
	c.spend(dearWork)
	if f.Relation != o.Relation || len(f.Poly) != len(o.Poly) {
		return false
	}
	for k, t := range o.Poly {
		c.places[place(t.M)] = int32(k)
	}
	for _, t := range f.Poly {
		c.spend(2 * work(t.M) * (1 + t.M.Degree()/16))
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

// image adds the image of a row under a product of generators, to the facts from which there have to be unknowns.
//
// Sound: the theorem says that there are unknowns where all images of the rows hold, and only these are assumed there.
func (c *checker) image() {
	c.Member("row")
	row := c.theorem.Rows[c.Below(0, len(c.theorem.Rows))]
	if !c.images {
		c.Fail("images of rows are known only in the steps of exists")
	}
	c.Member("by")
	p := row.Poly
	for c.Open('['); c.More(); {
		g := c.theorem.Generators[c.Below(0, len(c.theorem.Generators))]
		c.sum.clear()
		for _, t := range p {
			c.sum.add(t.C, t.M.Image(g, c.singles))
		}
		p = c.sum.poly()
	}
	c.derived(Fact{Relation: row.Relation, Poly: c.made(p)})
}
