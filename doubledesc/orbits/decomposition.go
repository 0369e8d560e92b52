package orbits

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"pstar/cone"
	"pstar/internal/bitset"
)

// An orbit is a set of extreme rays that symmetries take to each other, by one of them.
//
// treated is set once and for all, in an order that does not depend on workers; taken may
// be taken back, if the work is done elsewhere.
type orbit struct {
	set        bitset.Set // the rows that are zero at it
	ray        cone.Vector
	size       *big.Int
	stabiliser *chain   // the symmetries that keep the ray
	pattern    *pattern // nil if there are no symmetries

	treated bool        // its neighbours are known, and so are their orbits
	taken   bool        // somebody looks for them, or has found them
	found   *neighbours // and here they are
}

// A decomposition finds the orbits of the extreme rays of a core by adjacency: from an
// orbit that is known to those of its neighbours.
//
// The graph of rays and two-dimensional faces is connected, so that every orbit is
// reached from any other. When to end is decided by done.
type decomposition struct {
	c      *core
	depth  int // 0 for the cone asked for, more for figures of figures
	orbits []*orbit
	byHash map[uint64][]*orbit

	dimension int   // of the cone, once an orbit is treated; 0 before
	shown     bool  // that no ray is missing of the figures that were converted
	effort    int64 // that was spent on orbits that are treated, in steps of a nanosecond or more
}

func newDecomposition(ctx context.Context, c *core, depth int) (*decomposition, error) {
	d := &decomposition{c: c, depth: depth, byHash: map[uint64][]*orbit{}, shown: true}
	return d, c.findGroup(ctx)
}

// begin finds the first orbit; there is none if the cone is {0}.
func (d *decomposition) begin(ctx context.Context) error {
	if d.c.dim == 0 { // lines only
		return nil
	}
	// Any extreme ray will do: what is found in the end does not depend on it.
	r, err := d.c.first(ctx)
	if r == nil || err != nil {
		return err
	}
	_, err = d.place(ctx, d.c.tight(r))
	return err
}

// run finds all orbits, one after another.
func (d *decomposition) run(ctx context.Context) error {
	if err := d.begin(ctx); err != nil {
		return err
	}
	// Every round treats an orbit that was not, and there are finitely many.
	for !d.done() {
		o := d.next(func(o *orbit) bool { return !o.treated })
		n, err := d.treat(ctx, o)
		if err != nil {
			return err
		}
		if err := d.take(ctx, o, n); err != nil {
			return err
		}
	}
	return nil
}

// neighbours is what treating an orbit gives.
//
// It is what can be handed to another machine: sets of row numbers, and two facts about
// the figure.
type neighbours struct {
	sets      []bitset.Set // of neighbours of its ray, at least one of each orbit
	dimension int          // of the cone
	shown     bool         // that none is missing
	effort    int64        // that it took
}

// take notes the neighbours of an orbit.
func (d *decomposition) take(ctx context.Context, o *orbit, n *neighbours) error {
	for _, set := range n.sets {
		if _, err := d.place(ctx, set); err != nil {
			return err
		}
	}
	o.treated = true
	// Every treated orbit finds the same dimension, that of the cone: one more than that of
	// a figure.
	d.dimension = n.dimension
	// One figure whose list may lack a ray makes the whole list one that may.
	d.shown = d.shown && n.shown
	d.effort += n.effort + d.effortOfTaking(len(n.sets))
	return nil
}

// effortOfTaking is what an orbit with so many neighbours takes beside its figure: systems of
// equations, a pattern for each neighbour, which has a number for each row and level of the
// base, and a look at all orbits that are known. For cyclic polytopes that is nearly all.
func (d *decomposition) effortOfTaking(neighbours int) int64 {
	dim, rows, levels := int64(d.c.dim), int64(len(d.c.rows)), int64(len(d.c.group.levels)+4)
	return 500*dim*dim*dim + 30*levels*rows*int64(neighbours+1) + 50*int64(len(d.orbits))
}

// place returns the orbit of the ray at which these rows are zero, which is a new one if it
// is none of those known.
//
// Two rays are in one orbit if and only if some accepted permutation takes the set of one
// to that of the other: the search is complete.
func (d *decomposition) place(ctx context.Context, set bitset.Set) (*orbit, error) {
	o := &orbit{set: set}
	// Without symmetries an orbit is a single ray, and a set is only equal to itself.
	hash := set.Hash()
	if d.c.products != nil {
		// Sets of one orbit have one hash; those of others hardly ever do.
		o.pattern = d.c.pattern(set)
		hash = o.pattern.hash
	}
	for _, known := range d.byHash[hash] {
		if equal(known.set, set) || known.pattern != nil && known.pattern.to(ctx, d.c.colours, set, d.c.group.contains) != nil {
			return known, nil
		}
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // a search may have been left before its end
	}
	// Only now, as most sets that come are of orbits that are known.
	if err := d.complete(ctx, o); err != nil {
		return nil, err
	}
	d.byHash[hash] = append(d.byHash[hash], o)
	d.orbits = append(d.orbits, o)
	return o, nil
}

// complete fills in what is known of a new orbit, and checks its ray. Of the cone asked for
// it is that of the set which stands for all of the orbit, whichever was found first.
//
// The sizes and groups of all orbits rest on what is computed here, and are checked as
// far as that is cheap. An error that is not the end of ctx is a fault of the program, or
// of work that was kept and is of something else.
func (d *decomposition) complete(ctx context.Context, o *orbit) (err error) {
	if d.depth == 0 && o.pattern != nil { // of figures nobody sees the representatives
		if o.set, err = d.c.canonical(ctx, o.set); err != nil {
			return err
		}
		o.pattern = d.c.pattern(o.set)
	}
	if o.ray, err = d.c.rayAt(o.set); err != nil {
		return err
	}
	o.stabiliser = d.c.group // which is trivial if there is no pattern
	// Symmetries of the rows that keep the set are those that keep the ray.
	if o.pattern != nil {
		if o.stabiliser, err = o.pattern.automorphisms(ctx, d.c.group.contains); err != nil {
			return err
		}
	}
	// Orbit and stabiliser: the size of an orbit is the index of the stabiliser.
	size, rest := new(big.Int).QuoRem(d.c.group.order(), o.stabiliser.order(), new(big.Int))
	if rest.Sign() != 0 {
		return errors.New("orbits: the order of a stabiliser does not divide that of the group")
	}
	o.size = size
	return d.count(ctx, o)
}

// mostCounted is the size up to which an orbit is counted.
//
// Larger orbits rest on the orders alone, as a list of them would be longer than the
// work.
const mostCounted = 1 << 17

// count lists an orbit of the cone asked for, if it is not too large, and compares its
// size with the quotient of the orders of two groups, of which a search might have missed
// an element.
func (d *decomposition) count(ctx context.Context, o *orbit) error {
	if d.depth > 0 || o.size.Cmp(big.NewInt(mostCounted)) > 0 {
		return nil
	}
	list, err := spread(ctx, len(d.c.rows), []bitset.Set{o.set}, d.c.group.generators)
	if err == nil && o.size.Cmp(big.NewInt(int64(len(list)))) != 0 {
		err = fmt.Errorf("orbits: an orbit has %d members, and %v by the orders of groups", len(list), o.size)
	}
	return err
}

// next returns the orbit that comes first of those that will do, or nil if there is none.
// Rays at which few rows are zero come first: their figures have few rows, and perhaps the
// others need not be looked at.
//
// There are few orbits, so that they are gone through. Which of two with as many rows
// comes first is the order in which they were found.
func (d *decomposition) next(will func(*orbit) bool) (best *orbit) {
	for _, o := range d.orbits {
		if will(o) && (best == nil || o.set.Count() < best.set.Count()) {
			best = o
		}
	}
	return best
}

// done reports whether the orbits that are known are all.
//
// Let Q be the cone of all rays of these orbits. A facet of Q that has a ray which is
// treated bounds the whole cone, as Q looks there like it. So there is no ray outside Q
// unless all rays of some facet of Q are not treated. Those are at least as many as the
// dimension of the cone less one; and if they are all on one row that is not zero
// throughout, the facet is that of the row. (It is the lemma of package complete, after
// Balinski 1961.)
func (d *decomposition) done() bool {
	left := new(big.Int)
	var open []*orbit
	for _, o := range d.orbits {
		if !o.treated {
			left.Add(left, o.size)
			open = append(open, o)
		}
	}
	// The ordinary end: the graph is connected, and every neighbour of a known ray is
	// known.
	if len(open) == 0 { // every neighbour of every ray is known
		return true
	}
	// Fewer rays than a facet has cannot be all rays of a facet. While no orbit is treated neither is the case: the
	// dimension is 0, and no row is known to be positive.
	return left.Cmp(big.NewInt(int64(d.dimension-1))) < 0 || d.onOneRow(open)
}

// onOneRow reports whether one row, which is not zero throughout, is zero at all rays of
// these orbits: then all images of the row are zero at each of them.
func (d *decomposition) onOneRow(open []*orbit) bool {
	class := classes(len(d.c.rows), d.c.group.generators)
	// Starts with every class of rows, and loses those with a row that is not zero at some
	// open orbit.
	common := slices.Repeat([]bool{true}, len(d.c.rows)) // by least image
	for _, o := range open {
		for i, k := range class {
			common[k] = common[k] && o.set.Has(i)
		}
	}
	// A row that is zero at every ray is an equation of the cone, and its facet no facet.
	for _, o := range d.orbits {
		for i, k := range class {
			if o.treated && common[k] && !o.set.Has(i) {
				return true // positive at a ray that is treated
			}
		}
	}
	return false
}

// treat finds neighbours of the ray of an orbit, of each orbit at least one.
//
// It reads the core and the orbit alone, so that several may be treated at the same time.
// The work is the conversion of a cone of one dimension less; all else is small beside
// it.
func (d *decomposition) treat(ctx context.Context, o *orbit) (*neighbours, error) {
	// Directions along which the ray can be left, without its own: one dimension is gone.
	f := newFigure(d.c, o.ray, o.set)
	if f.dim == 0 { // the cone is a ray
		return &neighbours{dimension: 1, shown: true}, nil
	}
	all, err := f.allRays(ctx, d.depth+1)
	if err != nil {
		return nil, err
	}
	firsts, err := representatives(ctx, len(f.rows), all.sets, f.restricted(o.stabiliser))
	if err != nil {
		return nil, err
	}
	// Symmetries that keep the ray take its neighbours to each other: one of each orbit of
	// directions is enough.
	n := &neighbours{dimension: all.dimension + 1, shown: all.shown, effort: all.effort}
	seen := newIndex(len(d.c.rows))
	for _, i := range firsts {
		var y cone.Vector
		if all.rays != nil { // or the rows tell the direction
			y = all.rays[i]
		} else if y, err = f.ray(all.sets[i]); err != nil {
			return nil, err
		}
		seen.add(d.c.tight(f.neighbour(y)))
	}
	n.sets = seen.sets
	return n, nil
}
