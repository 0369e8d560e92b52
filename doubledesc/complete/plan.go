package complete

import (
	"cmp"
	"math/bits"
	"slices"
)

// plan says at which rays the premise of the lemma is shown: at all simple ones that are
// off the row, and at those listed, one of each orbit. Simple rays are not listed: they
// are all looked at together, at a cost of dim each.
type plan struct {
	row  int // -1 for none
	rays []int32
	cost int64 // a guess of the work
}

// orbit is an orbit of rays that are not simple.
type orbit struct {
	ray, size int32 // one of the rays, and how many there are
	cost      int64 // a guess of what it takes to look at the ray
	common    set   // the rows that all of the rays are on
}

// plan returns the plan that promises to take the least work. Only few rays can be left
// out by their number, so that it is worth while for orbits only. It compares leaving
// out a row with leaving out dim−2 rays.
func (t *table) plan() *plan {
	orbits := t.orbits()
	p := t.offRow(orbits)
	if len(t.symmetries) > 0 {
		if few := t.allButFew(orbits); few.cost < p.cost {
			return few
		}
	}
	return p
}

// offRow is the plan that leaves out the rays on one row. The row with the most costly
// rays. Orbits that are not wholly on a row are looked at by one ray, even if that is
// on the row.
func (t *table) offRow(orbits []orbit) *plan {
	all := int64(0)
	without := make([]int64, t.rows) // by row: the cost of the rays on it
	add := func(cost int64, on set) {
		all += cost
		for k, w := range on {
			for ; w != 0; w &= w - 1 {
				without[k<<6+bits.TrailingZeros64(w)] += cost
			}
		}
	}
	for _, s := range t.on {
		if t.simple(s) {
			add(int64(t.dim), s)
		}
	}
	for _, o := range orbits {
		add(o.cost, o.common)
	}
	// The row that saves most; the first of equals.
	p := &plan{}
	for k, c := range without {
		if c > without[p.row] {
			p.row = k
		}
	}
	p.cost = all - without[p.row]
	for _, o := range orbits {
		if !o.common.Has(p.row) {
			p.rays = append(p.rays, o.ray)
		}
	}
	return p
}

// allButFew is the plan that leaves out dim-2 rays at most, those that cost most. The
// lemma permits any dim−2 rays; whole orbits only, since otherwise one of each would be
// looked at anyway.
func (t *table) allButFew(orbits []orbit) *plan {
	p := &plan{row: -1}
	for _, s := range t.on {
		if t.simple(s) {
			p.cost += int64(t.dim)
		}
	}
	sorted := slices.Clone(orbits)
	slices.SortStableFunc(sorted, func(a, b orbit) int { return cmp.Compare(b.cost, a.cost) })
	left := t.dim - 2
	for _, o := range sorted {
		// It is left out as a whole, or not at all.
		if int(o.size) <= left {
			left -= int(o.size)
			continue
		}
		p.cost += o.cost
		p.rays = append(p.rays, o.ray)
	}
	return p
}

// orbits lists the orbits of the rays that are not simple. Without symmetries each ray
// is one.
func (t *table) orbits() []orbit {
	list := make([]orbit, 0, len(t.on))
	if len(t.symmetries) == 0 {
		for i, s := range t.on {
			if !t.simple(s) {
				list = append(list, orbit{ray: int32(i), size: 1, cost: t.costAt(s), common: s})
			}
		}
		return list
	}
	place := make([]int32, len(t.on)) // by ray that stands for an orbit, from 1
	for i, r := range t.representatives() {
		s := t.on[i]
		if t.simple(s) {
			continue
		}
		if place[r] == 0 {
			// All rays of an orbit are on as many rows, and so cost the same.
			list = append(list, orbit{ray: r, cost: t.costAt(s), common: slices.Clone(s)})
			place[r] = int32(len(list))
		}
		o := &list[place[r]-1]
		o.size++
		intersect(o.common, s, 0)
	}
	return list
}

// mostCost keeps guesses from overflowing: there are fewer than 2^20 rays that are not simple
// wherever one matters.
const mostCost = 1 << 42

// costAt guesses the work that a ray on these rows takes: it grows quickly with the number
// of rows that are too many. (Powers 2 to 8 were tried; 4 is the best on most of
// the families of bench/families.) Nothing but the time of a proof depends on it.
func (t *table) costAt(rows set) int64 {
	excess := int64(rows.Count() - (t.dim - 1))
	cost := int64(t.dim)
	for range 4 {
		cost = min(cost*excess, mostCost)
	}
	return cost + int64(len(t.on))*int64(len(rows))
}
