package complete

import "slices"

// findAlike looks for symmetries of a claim that take rays of a plan to each other, those that nothing tells
// apart: if the rows are ordered beginning with one ray, and with the other, the two orders differ by a
// symmetry, as a rule. What they do not need to come from is any map of the coordinates, of which
// a claim about a face knows nothing. All are verified on the incidences, as those that were guessed are.
//
// A claim at a ray costs more than to find that it is that at another one. Rays that look alike and are
// not are few; after some the search ends.
func (p *prover) findAlike(t *table, rays []int32) error {
	c := &p.colours
	c.start(t)
	if err := p.refine(t, c); err != nil || c.distinct == t.rows {
		return err // all rows are different: no symmetry but that which moves nothing
	}
	looks := slices.Clone(c.rays)
	orbits := newOrbits(len(t.on))
	for _, s := range t.symmetries {
		orbits.unite(s.rays)
	}
	a := &alike{prover: p, table: t, orbits: orbits, first: map[uint64]int32{}, orders: map[int32][]int32{}}
	for _, x := range rays {
		first, seen := a.first[looks[x]]
		if !seen {
			a.first[looks[x]] = x
		} else if orbits.root(first) != orbits.root(x) && a.missed < mostMissed {
			if err := a.try(first, x); err != nil {
				return err
			}
		}
	}
	return nil
}

// leastAlike is how many rays are worth a look for symmetries, and mostMissed how many pairs are found
// not to be alike before it ends.
const leastAlike, mostMissed = 3, 3

// alike is a search for symmetries.
type alike struct {
	*prover
	table  *table
	orbits orbits
	index  *index
	first  map[uint64]int32  // by what a ray looks like
	orders map[int32][]int32 // of the rows, beginning with a ray
	missed int
}

// try looks for a symmetry that takes one ray to another.
func (a *alike) try(from, to int32) error {
	t := a.table
	if a.index == nil {
		if err := a.spend(len(t.on), t.rows/2+10); err != nil {
			return err
		}
		a.index = newIndex(t.on, t.rows)
	}
	for _, ray := range []int32{from, to} {
		if a.orders[ray] == nil {
			if err := a.label(t, &a.colours, int(ray)); err != nil {
				return err
			}
			a.orders[ray] = a.colours.ordered()
		}
	}
	rows := make([]int32, t.rows)
	for k, x := range a.orders[from] {
		rows[x] = a.orders[to][k]
	}
	if err := a.spend(len(t.on), t.rows/2+10); err != nil {
		return err
	}
	rays := a.index.images(rows)
	if rays == nil {
		a.missed++
		return nil
	}
	t.symmetries = append(t.symmetries, symmetry{rays, rows})
	a.orbits.unite(rays)
	return nil
}
