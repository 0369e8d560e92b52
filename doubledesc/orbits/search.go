package orbits

import (
	"cmp"
	"context"
	"slices"

	"pstar/internal/bitset"
)

// A colouring divides rows into cells, numbered from 0.
//
// Cells are never merged, only divided.
type colouring struct {
	cell []int32
	size []int32 // of cells
}

// A pattern is what a search looks for: rows coloured by a set, and points of a base, each
// with what becomes of the cells when it is told from the other rows, until every row has a
// cell of its own. A permutation that keeps products and takes one coloured set to another
// takes the pattern to one that looks the same at every step: that prunes a search among
// images of the base (Plesken and Souvignier 1997, who look for automorphisms of lattices).
//
// A pattern is never changed once it is made, and may be used by several goroutines.
type pattern struct {
	m      *products
	start  map[rowKey]int32 // the number of a cell by what its rows have in common
	sizes  []int32          // of these cells
	levels []patternLevel
	place  []int32 // the row of each of the last cells
	hash   uint64  // the same for sets that some permutation takes to each other
}

// patternLevel is a point of the base and the colouring before it is told from other rows.
//
// Cells are numbered in the order in which the pattern meets them; an image looks up the
// numbers and so gives its rows those of the rows that they stand for.
type patternLevel struct {
	point  int32
	before colouring
	after  map[uint64]int32 // the number of a new cell by old cell and product
	sizes  []int32
}

// rowKey is what is known of a row beside a set before any point is told from the others:
// its colour, whether it is in the set, its product with itself, and the sum over the set
// of a hash of its products.
//
// Sums may agree by chance: then a search takes longer, and finds the same.
type rowKey struct {
	colour int32
	in     bool
	own    uint32
	sum    uint64
}

// compare orders keys; which order is of no account as long as it is one.
func (k rowKey) compare(l rowKey) int {
	if k.in != l.in { // members of the set come last
		if k.in {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(k.colour, l.colour), cmp.Compare(k.own, l.own), cmp.Compare(k.sum, l.sum))
}

// keys describes the rows beside a set.
func keys(m *products, colours []int32, set bitset.Set) []rowKey {
	list := make([]rowKey, len(colours))
	// The sum over the set tells apart rows that lie differently to it, which makes the first
	// cells small and the search short.
	set.Each(func(i int) {
		for j, x := range m.with(i) {
			list[j].sum += mix(uint64(x))
		}
	})
	for j := range list {
		k := &list[j]
		k.colour, k.in = colours[j], set.Has(j)
		k.own = m.with(j)[j]
	}
	return list
}

// mix spreads a number over a word.
func mix(x uint64) uint64 {
	x = (x + 0x9e3779b97f4a7c15) * 0xbf58476d1ce4e5b9
	return x ^ x>>31
}

// newPattern prepares a search for images of a set of rows.
func newPattern(m *products, colours []int32, set bitset.Set) *pattern {
	// The key of a row does not change under a permutation that keeps products, colours and
	// set.
	list := keys(m, colours, set)
	p := &pattern{m: m, start: map[rowKey]int32{}}
	sorted := slices.Clone(list)
	slices.SortFunc(sorted, rowKey.compare)
	p.hash = hashKeys(sorted)
	// Cells are numbered in the order of their keys: the same for every image of the set.
	for _, k := range slices.Compact(sorted) {
		p.start[k] = int32(len(p.start))
	}
	c, _ := p.colour(list)
	p.sizes = c.size
	// Each point gets a cell of its own, so that this ends.
	// As many cells as rows: then every cell has one.
	for len(c.size) < len(c.cell) {
		level := patternLevel{point: c.next(), before: c, after: map[uint64]int32{}}
		c = level.divide(m)
		p.levels = append(p.levels, level)
	}
	p.place = make([]int32, len(c.cell))
	for i, k := range c.cell {
		p.place[k] = int32(i)
	}
	return p
}

// hashKeys hashes keys in their order.
//
// The keys of an image are the same list, and so is the hash. Different orbits may share
// one.
func hashKeys(sorted []rowKey) uint64 {
	h := uint64(len(sorted))
	for _, k := range sorted {
		x := k.sum ^ uint64(k.own)<<1 ^ uint64(k.colour)<<40
		if k.in {
			x = mix(x)
		}
		h = mix(h ^ x)
	}
	return h
}

// colour gives rows with these keys their first cells; false if a key is not that of the
// pattern.
func (p *pattern) colour(list []rowKey) (colouring, bool) {
	c := colouring{make([]int32, len(list)), make([]int32, len(p.start))}
	for i, k := range list {
		cell, ok := p.start[k]
		if !ok { // no row of the pattern looks like this one
			return c, false
		}
		c.cell[i] = cell
		c.size[cell]++
	}
	return c, true
}

// next chooses the point that is told from the others: the first row of the first of the
// smallest cells that have more than one, which leaves a search the fewest images.
//
// There is such a cell, as there are fewer cells than rows.
func (c colouring) next() int32 {
	best := int32(-1)
	for k, size := range c.size {
		if size > 1 && (best < 0 || size < c.size[best]) {
			best = int32(k)
		}
	}
	return int32(slices.Index(c.cell, best))
}

// divided is what a row of a cell becomes whose product with a point is x.
//
// Residues are below 2^28 and leave bit 31 for the point itself, which must go to the
// point's image and to nothing else.
func divided(cell int32, x uint32, isPoint bool) uint64 {
	key := uint64(cell)<<32 | uint64(x)
	if isPoint {
		key |= 1 << 31
	}
	return key
}

// divide fills in what becomes of the cells, and returns the new colouring.
func (l *patternLevel) divide(m *products) colouring {
	c := colouring{cell: make([]int32, len(l.before.cell))}
	with := m.with(int(l.point))
	for i, cell := range l.before.cell {
		key := divided(cell, with[i], i == int(l.point))
		k, ok := l.after[key]
		if !ok { // the first row of a new cell
			k = int32(len(l.after))
			l.after[key] = k
			c.size = append(c.size, 0)
		}
		c.cell[i] = k
		c.size[k]++
	}
	// What an image must have as well: compared row by row in follow.
	l.sizes = c.size
	return c
}

// follow divides the cells of an image by the image of the point; false if that looks
// otherwise.
func (l *patternLevel) follow(m *products, before colouring, point int32) (colouring, bool) {
	c := colouring{make([]int32, len(before.cell)), make([]int32, len(l.sizes))}
	with := m.with(int(point))
	for i, cell := range before.cell {
		k, ok := l.after[divided(cell, with[i], i == int(point))]
		if !ok { // a product that no row of that cell has in the pattern
			return c, false
		}
		c.cell[i] = k
		if c.size[k]++; c.size[k] > l.sizes[k] { // more such rows than in the pattern
			return c, false
		}
	}
	return c, true // as there are as many rows, all sizes agree
}

// extend looks for a permutation that takes the pattern, from the given level on, to the
// rows coloured so. accept decides of what looks right.
//
// It goes deep first, one image of a point after another, and the depth is the length of
// the base. It can take exponential time where products tell little; in practice nearly
// every wrong image fails at once.
func (p *pattern) extend(ctx context.Context, level int, c colouring, accept func(permutation) bool) permutation {
	if ctx.Err() != nil {
		return nil
	}
	if level == len(p.levels) {
		// Every row has a cell of its own: where it goes is settled, and only now it is
		// tried exactly.
		to := make(permutation, len(c.cell))
		for i, k := range c.cell {
			to[p.place[k]] = int32(i)
		}
		// The last word: products are modulo a prime, and only necessary.
		if accept(to) {
			return to
		}
		return nil
	}
	l := &p.levels[level]
	cell := l.before.cell[l.point]
	for i, k := range c.cell { // images of the point are in the cell of the same number
		if k != cell {
			continue
		}
		// follow does not change c, so that the next image starts from the same.
		if next, ok := l.follow(p.m, c, int32(i)); ok {
			if to := p.extend(ctx, level+1, next, accept); to != nil {
				return to
			}
		}
	}
	return nil
}

// to returns a permutation that takes the set of the pattern to another, of rows with these
// products and colours, or nil if there is none or ctx ends. They may be rows of another core.
func (p *pattern) to(ctx context.Context, colours []int32, set bitset.Set, accept func(permutation) bool) permutation {
	c, ok := p.colour(keys(p.m, colours, set))
	if !ok {
		return nil
	}
	// Cells with other numbers of rows cannot be matched; where the base is empty nothing else
	// would find it out.
	if !slices.Equal(c.size, p.sizes) {
		return nil
	}
	return p.extend(ctx, 0, c, accept)
}

// automorphisms returns the group of those permutations that take the pattern to itself and
// are accepted. The base is that of the pattern. From its end to its beginning, the
// stabiliser of the points before is made complete: for each possible image of a point
// either a permutation is found, or there is none, and then there is none for the images of
// that image under what is known either.
//
// Every generator was accepted by itself, and so is the group. It returns the cause for
// which ctx ended.
func (p *pattern) automorphisms(ctx context.Context, accept func(permutation) bool) (*chain, error) {
	c := &chain{n: len(p.place)}
	for _, l := range p.levels {
		c.levels = append(c.levels, chainLevel{point: l.point})
	}
	for k := len(p.levels) - 1; k >= 0; k-- {
		l := &p.levels[k]
		// The orbit under what is known so far: those images need no search.
		c.spread(k)
		failed := make([]bool, c.n) // images of which there is no permutation
		cell := l.before.cell[l.point]
		// The loop looks at from anew in each round, as a generator found brings several
		// images.
		for i, other := range l.before.cell {
			if other != cell || c.levels[k].from[i] != 0 || failed[i] { // impossible, there already, or known
				continue
			}
			var g permutation
			if next, ok := l.follow(p.m, l.before, int32(i)); ok {
				g = p.extend(ctx, k+1, next, accept)
			}
			// No permutation may mean that the search was ended.
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			if g == nil {
				c.mark(k, int32(i), failed)
				continue
			}
			c.add(g) // it moves the point, and with it comes more than one image
			c.spread(k)
		}
	}
	return c, nil
}

// mark marks the images of a row under the generators that fix the points before level k.
//
// If some element took the point to such an image, a known one would take it on to i, for
// which there is none.
func (c *chain) mark(k int, i int32, marked []bool) {
	marked[i] = true
	for queue := []int32{i}; len(queue) > 0; queue = queue[1:] {
		for _, p := range c.generators { // of these, all fix those points: a search goes from the end of the base to its beginning
			if j := p[queue[0]]; !marked[j] {
				marked[j] = true
				queue = append(queue, j)
			}
		}
	}
}
