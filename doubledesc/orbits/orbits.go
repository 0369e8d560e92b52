package orbits

import (
	"context"
	"math/big"
	"slices"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/internal/bitset"
	"pstar/internal/each"
	"pstar/rational"
)

// Options steer a computation. The zero value is a good choice; no option changes the
// result.
type Options struct {
	// Workers is the number of orbits that are treated at the same time; 0 means 1.
	Workers int
	// Progress, if set, is called now and then, by one goroutine at a time.
	Progress func(Progress)
	// Do, if set, is handed each piece of work: to find the neighbours of one orbit. It may
	// call work, and return what that returns, or return what work of the same name
	// returned for the same cone once, anywhere; or [ErrElsewhere].
	Do func(ctx context.Context, name string, work func(context.Context) ([]byte, error)) ([]byte, error)

	way way // for tests
}

// Progress says how far a computation is.
type Progress struct {
	Treated, Known int      // orbits whose neighbours are known, and all that are known
	Rays           *big.Int // of those known
	// Whole, if not nil, is how far a conversion in one piece is; no orbit is counted then.
	Whole *doubledesc.Progress
}

// An Orbit is a set of extreme rays that symmetries take to each other.
type Orbit struct {
	Ray   cone.Vector // one of them, modulo the lines of the cone; the same however it was found
	Tight []int       // the inequalities that are zero at it, by number from 0
	Size  *big.Int    // how many rays there are
}

// Result is the extreme rays of a cone, up to symmetry.
type Result struct {
	Cone   *cone.H
	Lines  []cone.Vector // a basis of the lineality space, as [cone.V.Canonical] has it
	Orbits []Orbit       // in the order of their rays
	// Order is how many symmetries were found, and Generators are some that generate them:
	// inequality i of Cone, divided by what stands for its length, goes to inequality
	// Generators[g][i]. Of inequalities that are multiples of each other the first stands
	// for all; it is said to go to such a one, and the others stay where they are.
	Order      *big.Int
	Generators [][]int
	// Whole is whether all rays came from one conversion, since that took less effort than to
	// go from orbit to orbit. The rest of the result does not depend on it.
	Whole bool
	// Complete is whether it was shown that no ray is missing.
	Complete bool

	s *system
	d *decomposition
}

// Rays finds the extreme rays of the cone of a polyhedron up to the symmetries of its
// description: linear maps that permute its rows, vertices divided by their first
// coordinate, and keep the hyperplane at infinity. The cone is that which
// doubledesc.Convert converts: the polar one for generators, whose rays are facets.
//
// Each ray is checked against every row, and found extreme by rank; each generator of the
// group was tried on all rows. It returns the cause for which ctx ended.
func Rays(ctx context.Context, p *cone.Polyhedron, o Options) (*Result, error) {
	s := newSystem(p)
	// The group comes first: orbits are of the whole description.
	d, err := newDecomposition(ctx, &s.core, 0)
	if err != nil {
		return nil, err
	}
	// All workers and all machines come to the same orbits.
	t := newTeam(d, o)
	if err := t.solve(ctx); err != nil {
		return nil, err
	}
	r := s.result(d)
	r.Whole = t.wholly
	return r, nil
}

// A system is a cone by its inequalities, and the core that is left of it modulo lines and
// equations, without rows that say nothing new.
type system struct {
	core
	cone  *cone.H
	lines []cone.Vector
	basis []cone.Vector // a point z of the core stands for Σ z_k·basis_k
	from  []int         // by row of the core: the inequality
}

func newSystem(p *cone.Polyhedron) *system {
	s := &system{}
	s.leg = effort{mostDirect, mostForProof}
	if p.Representation == cone.VRepresentation {
		// Facets are the extreme rays of the polar cone, whose rows are the generators.
		s.cone = p.V().Polar()
		s.order = doubledesc.BySize // as for points in one piece
	} else {
		s.cone = p.H()
	}
	s.lines = (&cone.V{Dim: s.cone.Dim, Lines: s.cone.Lineality()}).Canonical().Lines
	// Modulo lines and within equations the cone is pointed and of full rank, which
	// everything below takes for granted.
	equations := slices.Clone(s.cone.Equations)
	for _, l := range s.lines { // every point is congruent to one that is zero where lines begin
		equations = append(equations, cone.Unit(l[0].Index, 1))
	}
	s.basis = cone.NullSpace(equations, s.cone.Dim)
	s.dim = len(s.basis)
	s.fill(p.Representation)
	return s
}

// fill puts the inequalities into the core. What symmetries keep depends on what they are:
// the row at infinity stays where it is, vertices are divided by their first coordinate,
// and rays stay rays.
//
// Weights and colours are what makes symmetries those of the polyhedron and not of the
// cone: a row divided by its weight goes to a row divided by its own, and only to one of
// its colour.
func (s *system) fill(of cone.Representation) {
	one, seen := rational.NewInt(1), map[string]bool{}
	if of == cone.HRepresentation {
		// The row at infinity, 1 >= 0, is the last of the cone of an H-representation.
		last := len(s.cone.Inequalities) - 1
		s.add(last, one, 1, seen) // first, lest an equal one take its place
		for i := range last {
			s.add(i, one, 0, seen)
		}
		return
	}
	for i, a := range s.cone.Inequalities {
		// A vertex (t, x) stands for x/t, so that t is its weight.
		if x := a.Primitive().At(0); x.IsZero() { // a ray
			s.add(i, one, 1, seen)
		} else {
			s.add(i, x, 0, seen)
		}
	}
}

// add puts an inequality into the core, unless it is zero there or a multiple of one that
// is there.
func (s *system) add(i int, weight rational.Int, colour int32, seen map[string]bool) {
	a := s.cone.Inequalities[i].Primitive()
	dense := rational.Vector(each.Of(s.basis, a.Dot))
	// In coordinates of the basis, and not primitive: divided by its weight it is the
	// inequality itself.
	row := cone.Sparse(dense)
	key := row.Primitive().Key()
	if row.IsZero() || seen[key] { // it holds with equality throughout, or is there
		return
	}
	seen[key] = true
	s.rows, s.weights, s.colours = append(s.rows, row), append(s.weights, weight), append(s.colours, colour)
	s.from = append(s.from, i)
}

// lift returns the ray of the cone that a ray of the core stands for.
func (s *system) lift(z cone.Vector) cone.Vector {
	one := rational.NewInt(1)
	var x cone.Vector
	// Linear, so that rays go to rays.
	for _, e := range z {
		x = cone.Combine(one, x, e.Value, s.basis[e.Index])
	}
	return x.Primitive()
}

// result is what was found, in terms of the cone that was asked for.
func (s *system) result(d *decomposition) *Result {
	r := &Result{Cone: s.cone, Lines: s.lines, Order: d.c.group.order(), Complete: d.shown, s: s, d: d}
	for _, o := range d.orbits {
		orbit := Orbit{Ray: s.lift(o.ray), Size: o.size}
		// Of all inequalities of the cone, those that are not in the core included.
		// Rows that were left out of the core as multiples, or as equations in disguise,
		// count for a reader.
		for i, a := range s.cone.Inequalities {
			if a.Dot(orbit.Ray).IsZero() {
				orbit.Tight = append(orbit.Tight, i)
			}
		}
		r.Orbits = append(r.Orbits, orbit)
	}
	// The order of finding depends on workers, this one does not.
	slices.SortFunc(r.Orbits, func(a, b Orbit) int { return a.Ray.Cmp(b.Ray) })
	for _, g := range d.c.group.generators { // in numbers of inequalities
		// Inequalities that are not in the core stay where they are.
		to := each.To(len(s.cone.Inequalities), func(i int) int { return i })
		for k, j := range g {
			to[s.from[k]] = s.from[j]
		}
		r.Generators = append(r.Generators, to)
	}
	return r
}

// All returns all rays of all orbits, sorted.
//
// It takes memory for all of them: the sum of the sizes of the orbits times the
// dimension. It returns the cause for which ctx ended.
func (r *Result) All(ctx context.Context) ([]cone.Vector, error) {
	var maps []*rayMap
	// One matrix for each generator, made once, and applied to each ray that comes up new.
	for _, g := range r.s.group.generators {
		m, err := newRayMap(&r.s.core, g)
		if err != nil {
			return nil, err
		}
		maps = append(maps, m)
	}
	// Rays are told apart by their sets of rows; the vectors are mapped along.
	index := newIndex(len(r.s.rows))
	var rays, lifted []cone.Vector
	for _, o := range r.d.orbits {
		index.add(o.set)
		rays = append(rays, o.ray)
	}
	image := bitset.New(len(r.s.rows))
	// index.sets and rays go in step: a set and its ray have one number.
	for at := 0; at < len(rays); at++ {
		if at&255 == 0 && ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for k, g := range r.s.group.generators {
			g.image(index.sets[at], image)
			if index.add(image) { // a ray not seen before, by the symmetry that led to it
				rays = append(rays, maps[k].of(rays[at]))
			}
		}
		lifted = append(lifted, r.s.lift(rays[at]))
	}
	cone.Sort(lifted)
	return lifted, nil
}
