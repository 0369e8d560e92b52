package orbits

import (
	"context"
	"errors"

	"pstar/cone"
	"pstar/internal/bitset"
	"pstar/internal/each"
	"pstar/rational"
)

// A figure is the cone of the directions in which one can leave an extreme ray r of a cone
// without leaving the cone at once, modulo r: its rows are those that are zero at r, and
// its extreme rays stand for the two-dimensional faces at r, and so for the neighbours of
// r.
type figure struct {
	core
	of    *core
	r     cone.Vector
	from  []int32 // by row: the row of the whole cone
	pivot int     // the coordinate that is left out: directions that differ by a multiple of r have one there that is 0
}

// newFigure takes the rows that are zero at r. They are written without a coordinate at
// which r is not zero, and are otherwise as they were: nothing grows from cone to cone.
func newFigure(c *core, r cone.Vector, tight bitset.Set) *figure {
	f := &figure{of: c, r: r, from: tight.Members(nil), pivot: r[0].Index}
	// Rows that are zero at r vanish on r, and so are forms on the quotient by r; there
	// they have full rank, as r is extreme.
	f.dim, f.order, f.leg = c.dim-1, c.order, c.leg
	for _, i := range f.from {
		// Column by column, without that of the pivot.
		var row cone.Vector
		for _, e := range c.rows[i] {
			switch {
			case e.Index < f.pivot:
				row = append(row, e)
			case e.Index > f.pivot:
				row = append(row, cone.Entry{Index: e.Index - 1, Value: e.Value})
			}
		}
		f.rows = append(f.rows, row)
		f.weights = append(f.weights, c.weights[i])
		f.colours = append(f.colours, c.colours[i])
	}
	return f
}

// neighbour returns the extreme ray at the other end of the face of a direction: y plus the
// least multiple of r that lies in the cone.
//
// The vector is primitive. direction has dim coordinates of the figure, one less than the
// ray.
func (f *figure) neighbour(direction cone.Vector) cone.Vector {
	y := make(cone.Vector, len(direction))
	for i, e := range direction {
		if e.Index >= f.pivot { // where the coordinate was that is left out, y is 0
			e.Index++
		}
		y[i] = e
	}
	// The least s with a·y + s·a·r >= 0 for all rows is the greatest of -(a·y)/(a·r), here
	// as num/den.
	var num, den rational.Int
	for _, a := range f.of.rows {
		d := a.Dot(f.r)
		// d is never negative, r being a ray of the cone.
		if d.Sign() <= 0 { // rows that are zero at r are not negative at y, and stay so
			continue
		}
		n := a.Dot(y).Neg()
		// Some row is positive at r, since the rows have full rank: den is not zero in the
		// end.
		if den.IsZero() || n.Mul(den).Cmp(num.Mul(d)) > 0 {
			num, den = n, d
		}
	}
	return cone.Combine(den, y, num, f.r).Primitive()
}

// restricted are the permutations of the rows of the figure that a group makes of which
// every element takes them to each other.
//
// They are numbered as rows of the figure. The group must keep the set of rows that are
// zero at the ray.
func (f *figure) restricted(g *chain) []permutation {
	// Rows that are not in the figure have place 0, which nobody asks for.
	place := make([]int32, len(f.of.rows))
	for k, i := range f.from {
		place[i] = int32(k)
	}
	var list []permutation
	for _, p := range g.generators {
		q := permutation(each.Of(f.from, func(i int32) int32 { return place[p[i]] }))
		if !q.isIdentity() { // it may move other rows alone
			list = append(list, q)
		}
	}
	return list
}

// spread returns the images of sets of n things under the group that permutations generate.
//
// The given sets come first, and none twice. It takes time and memory for each image and
// generator.
func spread(ctx context.Context, n int, sets []bitset.Set, generators []permutation) ([]bitset.Set, error) {
	index := newIndex(n)
	for _, s := range sets {
		index.add(s)
	}
	image := bitset.New(n)
	// The list grows behind at: when it ends, every generator was tried on every member.
	for at := 0; at < len(index.sets); at++ {
		if at&1023 == 0 && ctx.Err() != nil { // orbits may have millions of members
			return nil, context.Cause(ctx)
		}
		for _, g := range generators {
			g.image(index.sets[at], image)
			index.add(image)
		}
	}
	return index.sets, nil
}

// representatives returns one set of each orbit, the first, by number. The group must take
// the list, in which no set is twice, to itself.
func representatives(ctx context.Context, n int, sets []bitset.Set, generators []permutation) (firsts []int, err error) {
	err = eachOrbit(ctx, n, sets, generators, func(members []int) error {
		firsts = append(firsts, members[0])
		return nil
	})
	return firsts, err
}

// eachOrbit calls f for each orbit of sets, with the numbers of its members, the first
// first. The group must take the list, in which no set is twice, to itself. It returns the
// first error of f, or the cause for which ctx ended.
func eachOrbit(ctx context.Context, n int, sets []bitset.Set, generators []permutation, f func(members []int) error) error {
	index := newIndex(n)
	for _, s := range sets {
		index.add(s)
	}
	seen := make([]bool, len(sets))
	image := bitset.New(n)
	var members []int
	for i := range sets {
		if seen[i] {
			continue
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// Its whole orbit is marked, so that no other member begins one.
		seen[i] = true
		members = append(members[:0], i)
		for at := 0; at < len(members); at++ {
			for _, g := range generators {
				g.image(sets[members[at]], image)
				j, there := index.find(image)
				if !there { // the list was not complete, or a symmetry was none
					return errors.New("orbits: a symmetry of a cone takes an extreme ray to none that was found")
				}
				if !seen[j] {
					seen[j] = true
					members = append(members, j)
				}
			}
		}
		if err := f(members); err != nil {
			return err
		}
	}
	return nil
}

// An index finds sets of n things.
//
// It is a table with open places, as a map would need a string for each set. Nothing is
// ever taken out.
type index struct {
	sets   []bitset.Set
	places []int32 // sets, counted from 1, by their hashes; a power of two of them
	words  int
}

// newIndex is empty.
func newIndex(n int) *index { return &index{places: make([]int32, 64), words: bitset.Words(n)} }

// find returns the number of a set that is there, or the place where it would be.
func (x *index) find(s bitset.Set) (number int, there bool) {
	mask := uint64(len(x.places) - 1)
	// At most half of the places are taken, so that a free one comes.
	for at := s.Hash() >> 20 & mask; ; at = (at + 1) & mask {
		k := x.places[at]
		if k == 0 { // a free place: the set is not there
			return int(at), false
		}
		if equal(x.sets[k-1], s) {
			return int(k - 1), true
		}
	}
}

// add puts a copy of a set in, unless it is there, and reports whether it was not.
func (x *index) add(s bitset.Set) bool {
	at, there := x.find(s)
	if there {
		return false
	}
	x.sets = append(x.sets, append(bitset.Set(nil), s...))
	x.places[at] = int32(len(x.sets))
	if 2*len(x.sets) > len(x.places) { // at most half of the places are taken
		// Places go by the size of the table, so that all sets are placed anew.
		x.places = make([]int32, 2*len(x.places))
		for k, s := range x.sets {
			at, _ := x.find(s)
			x.places[at] = int32(k + 1)
		}
	}
	return true
}

// equal reports whether two sets of one length have the same members.
func equal(s, t bitset.Set) bool {
	for i, w := range s {
		if w != t[i] {
			return false
		}
	}
	return true
}
