package cone

import (
	"cmp"
	"slices"

	"pstar/internal/each"
)

// V is a cone by its generators: {sum of c_r r + sum of d_l l : c_r >= 0}
// over r in Rays and l in Lines. Generators may be redundant, repeated or
// zero unless a function says otherwise.
type V struct {
	Dim   int
	Rays  []Vector
	Lines []Vector
}

// Validate reports the first generator that is not a sparse vector of
// dimension Dim.
func (v *V) Validate() error {
	return firstError(
		validateAll("ray", v.Rays, v.Dim),
		validateAll("line", v.Lines, v.Dim))
}

// Polar returns the polar dual {y : r·y >= 0, l·y = 0} by its rows.
func (v *V) Polar() *H { return &H{Dim: v.Dim, Inequalities: v.Rays, Equations: v.Lines} }

// Canonical returns the same cone with Lines in reduced echelon form
// (primitive, leading entry positive), every ray reduced modulo the lines to
// zero in their leading coordinates and primitive, zero rays and repeated rays
// dropped, and both lists sorted. If the generators are minimal, two equal
// cones have equal canonical forms. Canonical does not make them minimal: a
// redundant ray stays.
func (v *V) Canonical() *V {
	// The lines first: rays are taken modulo them.
	lines, pivots := echelon(v.Lines)
	rays := make([]Vector, 0, len(v.Rays))
	for _, r := range v.Rays {
		// A ray in the lineality space is no ray.
		if r = reduce(r, lines, pivots); !r.IsZero() {
			rays = append(rays, r)
		}
	}
	return &V{Dim: v.Dim, Rays: sortedUnique(rays), Lines: lines}
}

// CanonicalAffine is [V.CanonicalIn] with coordinate 0, that of the constant, as the last: no
// line is solved for it.
func (v *V) CanonicalAffine() *V {
	if len(v.Lines) == 0 {
		return v.Canonical() // in any order of coordinates
	}
	// The constant moves behind all others, which keep their order.
	return v.CanonicalIn(each.To(v.Dim, func(i int) int { return (i + v.Dim - 1) % v.Dim }))
}

// CanonicalIn is [V.Canonical] for another order of the coordinates: lines are solved for
// the coordinate that comes first if coordinate i is moved to order[i]. The rays are sorted
// as always, the lines by those coordinates.
func (v *V) CanonicalIn(order []int) *V {
	back := make([]int, v.Dim)
	// The inverse permutation.
	for i, k := range order {
		back[k] = i
	}
	turned := (&V{Dim: v.Dim, Rays: permuted(v.Rays, order), Lines: permuted(v.Lines, order)}).Canonical()
	result := &V{Dim: v.Dim, Rays: permuted(turned.Rays, back), Lines: permuted(turned.Lines, back)}
	// Sorted once more, in the order of coordinates that everybody else has.
	Sort(result.Rays)
	return result
}

// permuted moves the coordinates of each vector.
func permuted(vectors []Vector, to []int) []Vector {
	return each.Of(vectors, func(v Vector) Vector { return v.Permute(to) })
}

// Reduce returns the representative of r modulo the lines that [V.Canonical]
// would give it. The lines of v must be in the form of a canonical V.
func (v *V) Reduce(r Vector) Vector {
	// A line in echelon form leads with its pivot.
	return reduce(r, v.Lines, each.Of(v.Lines, func(line Vector) int { return line[0].Index }))
}

// reduce returns the primitive vector that differs from a positive multiple of
// r by a combination of lines and is zero at their pivots.
func reduce(r Vector, lines []Vector, pivots []int) Vector {
	for k, line := range lines {
		// What the ray has at the pivot of this line.
		c := r.At(pivots[k])
		if c.IsZero() {
			continue
		}
		lead := line[0].Value // positive: a lines's leading entry
		// The factor of r is positive: it is still the same direction, modulo the lines.
		r = Combine(lead, r, c.Neg(), line)
	}
	return r.Primitive()
}

// Sort orders vectors lexicographically, in place.
func Sort(vectors []Vector) {
	// Below this the keys cost more than they save.
	if len(vectors) < 32 {
		slices.SortFunc(vectors, Vector.Cmp)
		return
	}
	// Most pairs differ in what a word can hold of the first coordinates.
	// As many coordinates as possible go into a key: those of the longest entry must fit.
	length := 1
	// By the longest of all entries: keys of different width would not compare.
	for _, v := range vectors {
		for _, e := range v {
			length = max(length, e.Value.BitLen())
		}
	}
	type keyed struct {
		key    uint64
		vector Vector
	}
	list := make([]keyed, len(vectors))
	for i, v := range vectors {
		list[i] = keyed{sortKey(v, min(length, 31)+1), v}
	}
	// A key that is equal decides nothing; one that differs decides as Cmp would.
	slices.SortFunc(list, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return a.vector.Cmp(b.vector)
	})
	for i := range list {
		vectors[i] = list[i].vector
	}
}

// sortKey returns a number that is not greater than that of another vector unless the vector is: the first
// coordinates, each of so many bits, up to one that is too long for them.
func sortKey(v Vector, width int) uint64 {
	key, next := uint64(0), 0
	middle := int64(1) << (width - 1)
	for at := range 64 / width {
		x := int64(0)
		// Whether the entry is in the key as it is.
		whole := true
		// A coordinate without an entry is 0, and in the key as any other.
		if next < len(v) && v[next].Index == at {
			var short bool
			x, short = v[next].Value.Int64()
			// An entry that does not fit takes the end of its range, and nothing after it counts: two such
			// entries may be in any order.
			switch {
			case !short && v[next].Value.Sign() < 0 || short && x <= -middle:
				x, whole = -middle, false
			case !short || x >= middle-1:
				x, whole = middle-1, false
			}
			next++
		}
		// Shifted up by the middle, so that negative numbers come first.
		key |= uint64(x+middle) << (64 - width*(at+1))
		if !whole {
			break
		}
	}
	return key
}

// sortedUnique sorts vectors and drops those that are there already, in place.
func sortedUnique(vectors []Vector) []Vector {
	Sort(vectors)
	unique := vectors[:0]
	for i, v := range vectors {
		if i == 0 || !v.Equal(vectors[i-1]) {
			unique = append(unique, v)
		}
	}
	return unique
}

// Equal reports whether two lists of minimal generators generate the same
// cone: equal lineality spaces and, modulo those and positive scaling, the
// same rays in any order. With redundant rays it may report false for equal
// cones, never true for different ones.
func Equal(v, w *V) bool {
	// Canonical forms are compared entry by entry.
	a, b := v.Canonical(), w.Canonical()
	if a.Dim != b.Dim || len(a.Rays) != len(b.Rays) || len(a.Lines) != len(b.Lines) {
		return false
	}
	for i := range a.Rays {
		if !a.Rays[i].Equal(b.Rays[i]) {
			return false
		}
	}
	for i := range a.Lines {
		if !a.Lines[i].Equal(b.Lines[i]) {
			return false
		}
	}
	return true
}
