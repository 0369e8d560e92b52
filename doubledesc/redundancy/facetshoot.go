package redundancy

import (
	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/rational"
)

// hits is what a shot from the interior point meets first: the rows that
// minimise depth/(-value), the time at which the shot leaves them, and the second
// best row. By candidate; of those that the shot does not leave it is 0.
type hits struct {
	first  []int
	second int // -1 if the shot leaves no other row
	value  []rational.Int
}

// trace follows a shot in direction x. It costs a product with each row that is not
// aside.
func (h *facetSearch) trace(x *ray.Vector) hits {
	t := hits{second: -1, value: make([]rational.Int, len(h.rows))}
	for i := range h.rows {
		c := &h.rows[i]
		if c.aside {
			continue
		}
		v := c.halfspace.Dot(x)
		// The shot never leaves it.
		if v.Sign() >= 0 {
			continue
		}
		// Only what the shot leaves has a time.
		t.value[i] = v
		switch {
		// The first so far, one that is earlier, one at the same time, or one that may
		// be second.
		case len(t.first) == 0:
			t.first = append(t.first, i)
		case h.compare(i, v, t.first[0], t.value[t.first[0]]) < 0:
			t.second = t.first[0]
			t.first = append(t.first[:0], i)
		case h.compare(i, v, t.first[0], t.value[t.first[0]]) == 0:
			t.first = append(t.first, i)
		case t.second < 0 || h.compare(i, v, t.second, t.value[t.second]) < 0:
			t.second = i
		}
	}
	return t
}

// compare compares the times at which a shot leaves rows i and k, from its
// products v and w with them, which are negative. Times are depth/(−value); both are
// brought to one denominator, which is positive twice.
func (h *facetSearch) compare(i int, v rational.Int, k int, w rational.Int) int {
	return v.Mul(h.rows[k].depth).Cmp(w.Mul(h.rows[i].depth))
}

// violated returns the needed row that a shot in direction x meets first, or -1 if it
// meets none. It looks at needed rows only, which are few.
func (h *facetSearch) violated(x *ray.Vector) int {
	first, value := -1, rational.Int{}
	for _, i := range h.needed {
		v := h.rows[i].halfspace.Dot(x)
		// At equal times the one that was found first, as its order does not matter.
		if v.Sign() < 0 && (first < 0 || h.compare(i, v, first, value) < 0) {
			first, value = i, v
		}
	}
	return first
}

// shoot finds a row that is needed and negative on x, marks it and returns it. If
// the shot in direction x meets several rows at once, it is turned a little
// towards the one of these whose point of the polar polytope has the greatest norm:
// no other point of the same face goes as far in its own direction. shoot panics if no
// row is negative on x.
//
// With a weight that grows, the turned shot comes nearer and nearer to the old one: in
// the end it meets only rows that were met together, and of these the longest.
func (h *facetSearch) shoot(x *ray.Vector) int {
	t := h.trace(x)
	if len(t.first) == 0 {
		panic("redundancy: a shot meets no row")
	}
	aim := x
	if len(t.first) > 1 {
		towards := h.longest(t.first).normal.Neg()
		one := rational.NewInt(1)
		// Squared each time, so that few shots are needed even where rows are nearly
		// the same.
		for weight := rational.NewInt(8); ; weight = weight.Mul(weight) {
			// The turned shot must still leave that row in the old direction: then the
			// row is negative on x.
			turned := ray.Combine(weight, x, one, &towards, false)
			t = h.trace(&turned)
			if len(t.first) == 1 && h.rows[t.first[0]].halfspace.Dot(x).Sign() < 0 {
				aim = &turned
				break
			}
		}
	}
	// The point behind proves that it is needed.
	if i := t.first[0]; !h.rows[i].needed {
		h.keep(i, h.behind(aim, t))
	}
	return t.first[0]
}

// longest returns the candidate with the greatest norm of normal/depth. Norms are
// compared squared.
func (h *facetSearch) longest(list []int) *candidate {
	// Of the point of the row in the polar polytope, which is normal/depth.
	norm := func(c *candidate) rational.Rat {
		square := c.halfspace.Dot(&c.normal)
		return rational.RatFromInts(square, c.depth.Mul(c.depth))
	}
	best := &h.rows[list[0]]
	for _, i := range list[1:] {
		if c := &h.rows[i]; norm(c).Cmp(norm(best)) > 0 {
			best = c
		}
	}
	return best
}

// behind returns a point of a shot between the first row that it leaves and the
// next: with speeds s = -value/depth, of the first and of the next or zero, it is
// (s + s')·z + 2·x. The speeds are put over one denominator, so that the point has
// integers.
func (h *facetSearch) behind(x *ray.Vector, t hits) cone.Vector {
	i := t.first[0]
	z, scale := t.value[i].Neg(), h.rows[i].depth
	// Without a next one any point behind the first will do.
	if k := t.second; k >= 0 {
		z = z.Mul(h.rows[k].depth).Sub(t.value[k].Mul(scale))
		scale = scale.Mul(h.rows[k].depth)
	}
	return cone.Combine(z, h.inside.at, scale.Add(scale), h.widen(x))
}

// widen returns a vector of the space in the columns of the polyhedron. Coordinates of
// the space are multiples of its basis vectors.
func (h *facetSearch) widen(x *ray.Vector) cone.Vector {
	sum := make(rational.Vector, h.s.in.Columns)
	for k, v := range h.space {
		// Shots along few coordinates are frequent.
		if c := x.At(int32(k)); !c.IsZero() {
			for _, e := range v {
				sum[e.Index] = sum[e.Index].Add(c.Mul(e.Value))
			}
		}
	}
	return cone.Sparse(sum)
}

// keep marks a row as needed, and its images. With symmetries a witness of one row
// gives one of each image.
func (h *facetSearch) keep(i int, witness cone.Vector) {
	h.mark(i, RowReason{Witness: h.s.witnessAt(witness)})
	h.spread(i)
}

// mark notes the verdict on a candidate. Needed rows stay present for programs,
// redundant ones let shots pass.
func (h *facetSearch) mark(i int, reason RowReason) {
	c := &h.rows[i]
	if c.needed = reason.Witness != nil; c.needed {
		h.needed = append(h.needed, i)
		h.s.present[c.row] = true
	}
	c.aside = !c.needed
	h.s.decided(c.row, reason)
}
