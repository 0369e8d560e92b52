package doubledesc

import (
	"context"
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
)

// Conversion is a polyhedron in both descriptions.
type Conversion struct {
	In, Out *cone.Polyhedron
	// Cone and Generators are the pair that was converted, one dimension up: the
	// rows of an H-representation and their generators, or for a V-representation
	// the polar cone, whose rows are the generators given and whose generators are
	// the facets (as rays) and the equations (as lines) sought.
	Cone       *cone.H
	Generators *cone.V
	// Listed gives, for each row of Out that is not in its linearity, the index
	// among the rays of Generators.
	Listed []int

	effort  int64           // what the conversion took, see Options
	workers int             // likewise
	tight   []bitset.Set    // by ray of Generators: the inequalities of Cone that are zero there
	tightOf [][]cone.Vector // the rays and rows that this was found of
}

// Empty reports whether the polyhedron has no point. That there are no rows besides the linearity is not
// enough: a line, or the whole space, has none either, and so the generators are looked at.
func (c *Conversion) Empty() bool {
	// Whichever side has the generators; the other one may have rows for the empty set as
	// well.
	generators := c.In
	if c.Out.Representation == cone.VRepresentation {
		generators = c.Out
	}
	return len(c.Listed) == 0 && len(generators.Rows) == 0
}

// Convert finds the other description of a polyhedron: minimal vertices, rays
// and lines for an H-representation, minimal inequalities and equations for a
// V-representation.
//
// The polyhedron is converted as the cone one dimension up; see [cone.Polyhedron].
// The empty polyhedron has no generators, and -1 >= 0 as its one row. A
// polyhedral cone has its apex, the origin if it is pointed, as a vertex. The row
// 1 >= 0, a facet of the cone one dimension up where the polyhedron is unbounded,
// says nothing about the polyhedron and is left out; cddlib and lrs print it.
// Equations are solved for coordinates, not for the constant.
//
// Errors are those of [Rays]. What comes out depends on the polyhedron only, not on how
// it was described.
func Convert(ctx context.Context, f *cone.Polyhedron, o Options) (*Conversion, error) {
	c := begun(f)
	c.workers = o.Workers
	if f.Representation == cone.VRepresentation && o.Order == Auto {
		o.Order = BySize
	}
	o.Effort = &c.effort
	var err error
	if c.Generators, c.tight, err = checked(ctx, c.Cone, o, convert); err != nil {
		return nil, err
	}
	c.finish()
	// Which vectors the incidences are of: whoever changes them afterwards is noticed.
	for _, list := range c.pairs() {
		c.tightOf = append(c.tightOf, slices.Clone(list))
	}
	return c, nil
}

// Converted is [Convert] for who has the generators of the cone already, minimal and in canonical form, or some of
// them: it only makes the other description of them. Nothing is checked.
func Converted(f *cone.Polyhedron, v *cone.V) *Conversion {
	c := begun(f)
	c.Generators = v
	c.finish()
	return c
}

// begun has the cone of a polyhedron.
// An error in the polyhedron shows when its cone is validated.
func begun(f *cone.Polyhedron) *Conversion {
	c := &Conversion{In: f}
	if f.Representation == cone.VRepresentation {
		c.Cone = f.V().Polar()
	} else {
		c.Cone = f.H()
	}
	return c
}

// finish makes the other description of the generators.
func (c *Conversion) finish() {
	if c.In.Representation == cone.VRepresentation {
		c.toFacets()
	} else {
		c.toVertices()
	}
}

// Complete reports whether the result was shown to miss nothing; see the function
// [Complete].
func (c *Conversion) Complete(ctx context.Context) (bool, error) {
	tight := c.tight
	for i, list := range c.pairs() {
		if tight != nil && !slices.EqualFunc(list, c.tightOf[i], sameVector) {
			tight = nil // the caller has changed them
		}
	}
	return completeFrom(ctx, c.Cone, c.Generators, tight, c.effort, c.workers)
}

// pairs are the vectors of which incidences are kept.
// In an order that two calls share.
func (c *Conversion) pairs() [][]cone.Vector {
	return [][]cone.Vector{c.Generators.Rays, c.Cone.Inequalities, c.Cone.Equations}
}

// sameVector reports whether two vectors, which nobody changes, are one in memory.
func sameVector(v, w cone.Vector) bool {
	return len(v) == len(w) && (len(v) == 0 || &v[0] == &w[0])
}

// toVertices makes the V-representation.
func (c *Conversion) toVertices() {
	// Without a vertex there is no point: rays alone are directions.
	if !reachesOne(c.Generators.Rays) {
		c.Out = cone.PolyhedronByGenerators(&cone.V{Dim: c.Cone.Dim})
		return
	}
	c.Out = cone.PolyhedronByGenerators(c.Generators)
	c.Listed = make([]int, 0, len(c.Generators.Rays))
	for i := range c.Generators.Rays {
		c.Listed = append(c.Listed, i)
	}
}

// reachesOne reports whether some ray has a positive coordinate 0, given that
// none has a negative one: if not, the polyhedron is empty.
func reachesOne(rays []cone.Vector) bool {
	for _, r := range rays {
		if (cone.Row{Vector: r}).IsVertex() {
			return true
		}
	}
	return false
}

// toFacets makes the H-representation.
func (c *Conversion) toFacets() {
	dim := c.Cone.Dim
	// The polar has no generator with a positive constant: nothing was given but rays.
	if !reachesOne(c.Cone.Inequalities) {
		c.Out = cone.PolyhedronByRows(&cone.H{Dim: dim, Inequalities: []cone.Vector{cone.Unit(0, -1)}})
		return
	}
	if len(c.Generators.Lines) > 0 {
		c.Generators, c.tight = c.Generators.CanonicalAffine(), nil // in another order
	}
	facets := c.Generators.Rays
	// The polyhedron is not empty, so no combination of equations is 1 = 0, and
	// the row 1 >= 0 has one form. It says nothing, and is the one facet that is not listed.
	atInfinity := slices.IndexFunc(facets, cone.Unit(0, 1).Equal)
	c.Listed = make([]int, 0, len(facets))
	for i := range facets {
		if i != atInfinity {
			c.Listed = append(c.Listed, i)
		}
	}
	if atInfinity >= 0 {
		facets = slices.Concat(facets[:atInfinity], facets[atInfinity+1:])
	}
	c.Out = cone.PolyhedronByRows(&cone.H{Dim: dim, Inequalities: facets, Equations: c.Generators.Lines})
}

// Adjacency returns the graph of the rows of Out that are not in its linearity,
// in their order: which vertices and rays, or which facets, are adjacent. Tight
// lists the rows of In that meet them, vertices and rays again in the case of
// facets, by their place in In and counted from 0: rows of the linearity, which
// meet all, and zero rows included.
//
// The facet at infinity, the row 1 >= 0 of an unbounded polyhedron, is not in Out;
// so its adjacencies are not listed, while cddlib, which prints that row, lists
// them too.
func (c *Conversion) Adjacency(ctx context.Context) (*Graph, error) {
	g, err := Adjacency(ctx, c.Cone, c.Generators)
	if err != nil {
		return nil, err
	}
	// −1 for what is not in Out.
	place := make([]int32, len(c.Generators.Rays)) // in Out
	for i := range place {
		place[i] = -1
	}
	for k, i := range c.Listed {
		place[i] = int32(k)
	}
	source, linear := c.sources()
	listed := &Graph{}
	for _, i := range c.Listed {
		listed.Neighbours = append(listed.Neighbours, renumber(g.Neighbours[i], place))
		tight := append(renumber(g.Tight[i], source), linear...)
		slices.Sort(tight)
		listed.Tight = append(listed.Tight, tight)
	}
	return listed, nil
}

// sources gives, for each inequality of Cone, its row in In, or -1 for one that
// In does not write down; and the rows of the linearity of In.
func (c *Conversion) sources() (source, linear []int32) {
	for i, r := range c.In.Rows {
		if r.Linear {
			linear = append(linear, int32(i))
		} else {
			source = append(source, int32(i))
		}
	}
	for len(source) < len(c.Cone.Inequalities) {
		source = append(source, -1)
	}
	return source, linear
}

// renumber replaces each index by its new one and leaves out those that have
// none. Both numberings increase together.
func renumber(list, number []int32) []int32 {
	renumbered := make([]int32, 0, len(list))
	for _, i := range list {
		if number[i] >= 0 {
			renumbered = append(renumbered, number[i])
		}
	}
	return renumbered
}
