package complete

import (
	"slices"

	"pstar/cone"
	"pstar/internal/each"
)

// maxGuesses is the number of symmetries that are looked for at most. Each costs a look
// through all rays to verify. Generators of a symmetric group of any size are found
// with one for each coordinate.
const maxGuesses = 64

// guessSymmetries returns permutations of rows that come from permutations of the
// coordinates, such as the exchange of two points in all of theirs. They are found by
// colours: coordinates that can be exchanged occur alike in rows that can be
// exchanged, and in equations. What it returns are guesses: nothing rests on their being
// all, or right.
func (p *prover) guessSymmetries(rows, equations []cone.Vector, dim int) ([][]int32, error) {
	// Work is counted by entries, which is what a round of colours takes.
	c := newColouring(rows, equations, dim)
	if err := p.spend(20, c.entries); err != nil {
		return nil, err
	}
	start := c.refine(make([]uint64, dim))
	var guesses [][]int32
	orbit := each.To(dim, func(i int) int { return i }) // of the guesses so far, by their least member
	for _, class := range classes(start) {
		// The coordinates of the class may be in one orbit already by what was guessed
		// for another class.
		if slices.ContainsFunc(class, func(i int) bool { return orbit[i] != orbit[class[0]] }) {
			// Neighbours of the class: if each exchange is a symmetry, they generate
			// all permutations.
			for k := 1; k < len(class) && len(guesses) < maxGuesses; k++ {
				if err := p.spend(40, c.entries); err != nil {
					return nil, err
				}
				to := c.exchange(start, class[k-1], class[k])
				if guess := c.images(to); guess != nil {
					guesses = append(guesses, guess)
					unite(orbit, to)
				}
			}
		}
	}
	return guesses, nil
}

// unite joins the orbits that a permutation joins. Orbits are named by their least
// member.
func unite(orbit, to []int) {
	for i, j := range to {
		// By renaming: there are few coordinates, and few guesses.
		if a, b := orbit[i], orbit[j]; a != b {
			for k, o := range orbit {
				if o == max(a, b) {
					orbit[k] = min(a, b)
				}
			}
		}
	}
}

// classes lists the coordinates of each colour that more than one has, small classes
// first. Classes without a choice do not count. Their order is made independent of that
// of the map.
func classes(colours []uint64) [][]int {
	byColour := map[uint64][]int{}
	for i, c := range colours {
		byColour[c] = append(byColour[c], i)
	}
	var list [][]int
	for _, class := range byColour {
		if len(class) > 1 {
			list = append(list, class)
		}
	}
	slices.SortFunc(list, func(a, b []int) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return a[0] - b[0]
	})
	return list
}

// colouring gives coordinates colours by the rows in which they occur. Two coordinates
// have the same colour if nothing that has been looked at tells them apart: it is
// refined as for isomorphism of graphs.
type colouring struct {
	rows    []cone.Vector // and then equations
	count   int           // of rows
	dim     int
	values  [][]uint64 // by row or equation: hashes of its entries
	entries int
	place   map[string]int32 // rows by their keys
}

func newColouring(rows, equations []cone.Vector, dim int) *colouring {
	c := &colouring{rows: slices.Concat(rows, equations), count: len(rows), dim: dim, place: map[string]int32{}}
	for k, a := range c.rows {
		a = a.Primitive()
		// Keys are those of primitive rows, so that images up to a factor are found.
		// Of rows with one key the last counts; there are none, as facets differ.
		if k < len(rows) {
			c.place[a.Key()] = int32(k)
		}
		values := make([]uint64, len(a))
		for i, e := range a {
			// Long entries all look alike; that can make a wrong guess, not a wrong
			// proof.
			if x, ok := e.Value.Int64(); ok {
				values[i] = hash(uint64(x))
			}
		}
		c.values = append(c.values, values)
		c.entries += len(a)
	}
	return c
}

// refine splits colours of coordinates until they split no more. Colours of rows come
// from those of their coordinates, and the other way round. Sums do not depend on an
// order. Hashes may agree by accident, which makes colours coarser than they are.
func (c *colouring) refine(colours []uint64) []uint64 {
	for count := distinct(colours); ; {
		next := each.Of(colours, hash)
		for k, a := range c.rows {
			var row uint64
			for i, e := range a {
				row += hash(colours[e.Index] ^ c.values[k][i])
			}
			for i, e := range a {
				next[e.Index] += hash(row ^ c.values[k][i]>>1)
			}
		}
		// Colours only split, so that an equal number means equal classes.
		now := distinct(next)
		if now == count {
			return next
		}
		colours, count = next, now
	}
}

func distinct(colours []uint64) int {
	sorted := slices.Clone(colours)
	slices.Sort(sorted)
	return len(slices.Compact(sorted))
}

// exchange guesses a permutation of the coordinates that maps one to another and moves
// few: where the colours that follow leave a choice, a coordinate stays where it is, and the
// others are mapped in their order.
//
// from and to get a colour of their own, on either side, which is refined: what has
// another colour than before must move.
func (c *colouring) exchange(start []uint64, from, to int) []int {
	const chosen = 1
	left, right := slices.Clone(start), slices.Clone(start)
	left[from], right[to] = chosen, chosen
	left, right = c.refine(left), c.refine(right)
	images := make([]int, c.dim)
	free := map[uint64][]int{}
	// Places that others will take, by the colours that they must have.
	for i := range images {
		if left[i] != right[i] {
			free[right[i]] = append(free[right[i]], i)
		}
	}
	for i := range images {
		images[i] = i
		if left[i] != right[i] {
			list := free[left[i]]
			// No coordinate is left for it: the two are not alike.
			if len(list) == 0 {
				return nil
			}
			images[i], free[left[i]] = list[0], list[1:]
		}
	}
	return images
}

// images returns the rows to which a permutation of the coordinates maps the rows, or
// nil if it maps one to none. A row may be mapped to a multiple of a row.
func (c *colouring) images(to []int) []int32 {
	if to == nil {
		return nil
	}
	guess := make([]int32, c.count)
	for k, a := range c.rows[:c.count] {
		image, ok := c.place[a.Permute(to).Primitive().Key()]
		if !ok {
			return nil
		}
		guess[k] = image
	}
	return guess
}
