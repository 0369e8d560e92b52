package projection

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"sync"
	"time"

	"pstar/cone"
	"pstar/fm"
)

// A Projected is a projection by the route that was first.
type Projected struct {
	Projection *cone.Polyhedron
	Route      Route
	// How long the way was: for whoever wants to know why it took its time.
	Rays     int // generators on the way
	complete func(context.Context) (bool, error)
}

// A Route is a way to project. The zero value is none.
type Route int

// The routes that [Fastest] tries.
const (
	NoRoute    Route = iota
	ByCone           // ThroughCone
	ByVertices       // ThroughRays
)

// String names the route.
func (r Route) String() string {
	return [...]string{"no route", "projection cone", "vertices and rays"}[r]
}

// Progress says how far a route is: of the rows of a conversion, how many have been taken in, and how many generators these have. The
// route through vertices has a second conversion, back.
type Progress struct {
	Route           Route
	Back            bool
	Row, Rows, Rays int
}

// String is "4447 generators of the projection cone after 27 of 30 rows".
func (p Progress) String() string {
	of := map[Route]string{ByCone: "generators of the projection cone", ByVertices: "vertices and rays"}[p.Route]
	// Rows of the projection are the generators of the polar of its generators.
	if p.Back {
		of = "rows of the projection"
	}
	return fmt.Sprintf("%d %s after %d of %d rows", p.Rays, of, p.Row, p.Rows)
}

// Complete reports whether the lists on the way were shown to miss nothing.
func (p *Projected) Complete(ctx context.Context) (bool, error) { return p.complete(ctx) }

// Fastest projects through the projection cone, and if that is not done at once through vertices, too, and takes what is ready first; both give
// the same rows. The route that promises to be longer gets a quarter of the time of the other. Neither is a safe choice alone: either can have far more generators than the other. Elimination, which
// can have far more rows on the way than both, was never seen to be faster than the better of the two by half.
//
// The route is that of vertices for systems that have hardly any, and that of the cone for systems that it finishes at once; else it depends on the
// machine, and the rows do not. Errors are
// those of the routes, if both fail.
//
// It tells progress, if that is not nil, how far it is, one call at a time.
func Fastest(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Projected, error) {
	// Neither route is long then, and the cone has more to do at its start.
	if nearlySimplicial(s) {
		return byVertices(ctx, s, kept, progress)
	}
	// The head start ends by a cause of its own, which tells it from a limit of the caller.
	small, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := 0
	p, err := byCone(small, s, kept, func(p Progress) {
		// Most systems are done before a second conversion would be worth its start.
		if work += p.Rays; work > headStart {
			stop(errLate)
		}
	})
	// Done, or ended by the caller, or failed.
	if !errors.Is(err, errLate) {
		return p, err
	}
	// The cone is begun again: some milliseconds are lost, and no state has to be shared.
	return race(ctx, s, kept, progress)
}

// nearlySimplicial reports whether a system has hardly more inequalities than its cone one dimension up has dimensions: then it has
// hardly more generators either, as many as a simplex, or a product of two. Local correlations and instrumental variables are such.
func nearlySimplicial(s *fm.System) bool {
	equations := &cone.H{Dim: 1 + len(s.Variables)}
	for _, row := range s.Rows {
		if row.Relation == fm.Equal {
			equations.Equations = append(equations.Equations, vectorOf(row, nil))
		}
	}
	inequalities := 1 + len(s.Rows) - len(equations.Equations) // with that of the constant
	// At most one facet more than in a simplex of the dimension that the equations leave.
	return inequalities <= 1+equations.Dim-cone.Rank(equations.Equations, equations.Dim)
}

// ByRoute projects by one of the routes. It tells progress, if that is not nil, how far it is.
func ByRoute(ctx context.Context, r Route, s *fm.System, kept []int, progress func(Progress)) (*Projected, error) {
	switch r {
	case ByCone:
		return byCone(ctx, s, kept, progress)
	case ByVertices:
		return byVertices(ctx, s, kept, progress)
	}
	panic("projection: no route")
}

// headStart is the work, rays looked at, after which the second route starts: some milliseconds.
// Rays and not time, so that the same system takes the same way up to here.
const headStart = 20000

// errLate ends the head start of the first route.
var errLate = errors.New("projection: the head start is over")

// byCone is [ThroughCone] as a route.
func byCone(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Projected, error) {
	c, err := throughCone(ctx, s, kept, progress)
	if err != nil {
		return nil, err
	}
	return &Projected{c.Projection, ByCone, c.Rays, c.Complete}, nil
}

// byVertices is [ThroughRays] as a route.
func byVertices(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Projected, error) {
	// The generators of the polyhedron, and back to rows from their images.
	p, err := throughRays(ctx, s, kept, progress)
	if err != nil {
		return nil, err
	}
	return &Projected{p.Projection, ByVertices, p.Rays, p.Complete}, nil
}

// race runs both routes, the one that promises to be longer at a quarter of the speed, and ends the one that is not first.
func race(ctx context.Context, s *fm.System, kept []int, progress func(Progress)) (*Projected, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	routes := []func(context.Context, *fm.System, []int, func(Progress)) (*Projected, error){byCone, byVertices}
	// The first of the list runs at full speed.
	if mostGenerators(s, kept) {
		routes[0], routes[1] = routes[1], routes[0]
	}
	type outcome struct {
		p   *Projected
		err error
	}
	// Room for both, so that the one that is late does not wait for a reader.
	finish := make(chan outcome, 2)
	var telling sync.Mutex
	for i, route := range routes {
		rest := func() {}
		// The bounds of the estimate are for general position, and systems are not in it: the
		// other route may be the short one all the same, and costs a quarter more at most if it is
		// not.
		if i > 0 {
			rest = slowed(ctx)
		}
		go func() {
			p, err := route(ctx, s, kept, func(p Progress) {
				if progress != nil {
					telling.Lock()
					progress(p)
					telling.Unlock()
				}
				// The slow route rests where it reports, which conversions do after each row.
				rest()
			})
			finish <- outcome{p, err}
		}()
	}
	// Whichever it is: the slow route may be the first.
	first := <-finish
	// Both find the same rows; who was first decides the time only.
	if first.err == nil {
		stop()
		<-finish // which leaves no work behind
		return first.p, nil
	}
	// The first to end had an error, which the other may not have: a route that needs too much memory,
	// or strict rows that only one of them takes.
	second := <-finish
	if second.err == nil {
		return second.p, nil
	}
	return nil, errors.Join(first.err, second.err)
}

// slowed is what a route calls now and then that is to work for a quarter of the time.
func slowed(ctx context.Context) func() {
	// From here the time at work is counted; at rest it is not.
	last := time.Now()
	return func() {
		select {
		case <-ctx.Done():
		// Three times as long at rest as at work.
		case <-time.After(3 * time.Since(last)):
		}
		last = time.Now()
	}
}

// mostGenerators reports whether the projection cone could have more generators than the polyhedron itself, in general position (McMullen's upper bound theorem).
func mostGenerators(s *fm.System, kept []int) bool {
	equations := &cone.H{}
	columns := make([][]cone.Entry, len(s.Variables))
	inequalities := 0
	// Both estimates need ranks: of the equations, and of what the eliminated columns have.
	for i, row := range s.Rows {
		v := vectorOf(row, nil)
		// An equation takes away a dimension of the polyhedron, and gives the cone of multipliers
		// a line's freedom instead of a facet.
		if row.Relation == fm.Equal {
			equations.Equations = append(equations.Equations, v)
		} else {
			inequalities++
		}
		for _, e := range v {
			if e.Index > 0 {
				columns[e.Index-1] = append(columns[e.Index-1], cone.Entry{Index: i, Value: e.Value})
			}
		}
	}
	var eliminated []cone.Vector
	// A column for each variable, of which those to eliminate are the equations of the cone.
	for v, c := range columns {
		if !slices.Contains(kept, v) {
			eliminated = append(eliminated, cone.MakeVector(c...))
		}
	}
	// The polyhedron lives in the dimension that its equations leave, the cone of multipliers in that
	// which the eliminated columns leave.
	itself := vertices(1+len(s.Variables)-cone.Rank(equations.Equations, 1+len(s.Variables)), 1+inequalities)
	return vertices(len(s.Rows)-cone.Rank(eliminated, len(s.Rows)), inequalities).Cmp(itself) > 0
}

// vertices is how many extreme rays a pointed cone of a dimension with so many facets has at most.
func vertices(dim, facets int) *big.Int {
	// The cross-section of the cone is a polytope of one dimension less.
	d := min(dim, facets) - 1
	h := int64(d / 2)
	m := int64(facets)
	binomial := func(n, k int64) *big.Int {
		if k < 0 {
			return new(big.Int)
		}
		return new(big.Int).Binomial(n, k)
	}
	// The number of facets of a cyclic polytope, which no polytope of that many vertices
	// exceeds, read for cones: one dimension up, with vertices and facets exchanged.
	if d%2 != 0 {
		n := binomial(m-h-1, h)
		return n.Add(n, n)
	}
	n := binomial(m-h, h)
	return n.Add(n, binomial(m-h-1, h-1))
}
