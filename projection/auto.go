package projection

import (
	"context"
	"errors"

	"pstar/cone"
	"pstar/fm"
)

// A Projected is a projection by the route that was first.
type Projected struct {
	Projection *cone.Polyhedron
	Route      Route
	Rays       int // generators on the way
	complete   func(context.Context) (bool, error)
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

// Complete reports whether the lists on the way were shown to miss nothing.
func (p *Projected) Complete(ctx context.Context) (bool, error) { return p.complete(ctx) }

// Fastest projects through the projection cone and through vertices at the same time, and takes what is ready first; both give
// the same rows. Neither is a safe choice alone: either can have far more generators than the other. Elimination, which
// can have far more rows on the way than both, was never seen to be faster than the better of the two by half.
//
// The route is that of vertices for systems that have hardly any, and that of the cone for systems that it finishes at once; else it depends on the
// machine, and the rows do not. Errors are
// those of the routes, if both fail.
func Fastest(ctx context.Context, s *fm.System, kept []int) (*Projected, error) {
	if nearlySimplicial(s) {
		return byVertices(ctx, s, kept)
	}
	small, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	p, err := byCone(small, s, kept, func(work int) {
		if work > headStart {
			stop(errLate)
		}
	})
	if !errors.Is(err, errLate) {
		return p, err
	}
	return race(ctx, s, kept)
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
	return inequalities <= 1+equations.Dim-cone.Rank(equations.Equations, equations.Dim)
}

// ByRoute projects by one of the routes.
func ByRoute(ctx context.Context, r Route, s *fm.System, kept []int) (*Projected, error) {
	switch r {
	case ByCone:
		return byCone(ctx, s, kept, nil)
	case ByVertices:
		return byVertices(ctx, s, kept)
	}
	panic("projection: no route")
}

// headStart is the work, rays looked at, after which the second route starts: some milliseconds.
const headStart = 20000

var errLate = errors.New("projection: the head start is over")

func byCone(ctx context.Context, s *fm.System, kept []int, progress func(work int)) (*Projected, error) {
	c, err := throughCone(ctx, s, kept, progress)
	if err != nil {
		return nil, err
	}
	return &Projected{c.Projection, ByCone, c.Rays, c.Complete}, nil
}

func byVertices(ctx context.Context, s *fm.System, kept []int) (*Projected, error) {
	p, err := ThroughRays(ctx, s, kept)
	if err != nil {
		return nil, err
	}
	return &Projected{p.Projection, ByVertices, p.Rays, p.Complete}, nil
}

// race runs both routes, and ends the slower one.
func race(ctx context.Context, s *fm.System, kept []int) (*Projected, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type outcome struct {
		p   *Projected
		err error
	}
	finish := make(chan outcome, 2)
	go func() {
		p, err := byCone(ctx, s, kept, nil)
		finish <- outcome{p, err}
	}()
	go func() {
		p, err := byVertices(ctx, s, kept)
		finish <- outcome{p, err}
	}()
	first := <-finish
	if first.err == nil {
		stop()
		<-finish // which leaves no work behind
		return first.p, nil
	}
	second := <-finish
	if second.err == nil {
		return second.p, nil
	}
	return nil, errors.Join(first.err, second.err)
}
