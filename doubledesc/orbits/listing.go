package orbits

import (
	"math/big"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/internal/each"
)

// A Listing says of rows that are representatives what they stand for.
//
// Sizes are big integers: orbits have up to as many members as the group has elements,
// and these are factorials.
type Listing struct {
	Order, Total *big.Int   // of the group, and of all sizes
	Sizes        []*big.Int // by row of the result that is not in its linearity
	// Generators of the group are permutations of the rows of the input, from 0, equations included, as
	// that is what a reader has before him.
	Generators [][]int
}

// List converts the representatives: one ray of each orbit. The conversion is not that of the whole
// polyhedron, and its rows are not to be checked to be complete. The listing is nil if there are no orbits:
// nothing but equations or lines, or what says that the polyhedron is empty.
func (r *Result) List(in *cone.Polyhedron) (*doubledesc.Conversion, *Listing) {
	// Lines are fixed by every symmetry as a space, and are written in full.
	v := &cone.V{Dim: r.Cone.Dim, Lines: r.Lines}
	for _, o := range r.Orbits {
		v.Rays = append(v.Rays, o.Ray)
	}
	c := doubledesc.Converted(in, v)
	if len(c.Listed) == 0 {
		return c, nil
	}
	l := &Listing{Order: r.Order, Total: new(big.Int)}
	// A row is found again by its ray, in the form that rays have modulo these lines.
	modulo := &cone.V{Dim: r.Cone.Dim, Lines: r.Lines}
	size := map[string]*big.Int{}
	for _, o := range r.Orbits {
		size[o.Ray.Key()] = o.Size
	}
	// Rows were sorted anew in the conversion, and so sizes cannot go by position.
	for _, i := range c.Listed {
		n := size[modulo.Reduce(c.Generators.Rays[i]).Key()] // equations may be solved for other coordinates there
		l.Sizes = append(l.Sizes, n)
		l.Total.Add(l.Total, n)
	}
	for _, g := range r.Generators {
		l.Generators = append(l.Generators, onRows(in, g))
	}
	return c, l
}

// onRows is a symmetry of the inequalities as it acts on the rows of the input.
func onRows(in *cone.Polyhedron, g []int) []int {
	var source []int // by inequality of the cone: the row of the input
	for i, row := range in.Rows {
		// Of the cone, equations are no inequalities, and have no number there.
		if !row.Linear {
			source = append(source, i)
		}
	}
	to := each.To(len(in.Rows), func(i int) int { return i }) // equations stay where they are
	for k, i := range source {
		if g[k] < len(source) { // the row at infinity goes to itself, unless another is equal to it
			to[i] = source[g[k]]
		}
	}
	return to
}
