package doubledesc

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pstar/cone"
	"pstar/doubledesc/internal/ray"
	"pstar/doubledesc/internal/simplicial"
	"pstar/internal/bitset"
	"pstar/rational"
)

// Options steer a conversion. The zero value is a good choice; no option
// changes the result.
type Options struct {
	// Order is the order in which rows are taken in.
	Order Order
	// Workers is the number of goroutines that search adjacent pairs; 0 means 1.
	Workers int
	// Progress, if set, is called now and then from the converting goroutine.
	Progress func(Progress)
	// Effort, if set, is increased by what a conversion took, in steps of about a
	// nanosecond, or rather less than it took: of each row taken in, the rays that
	// were looked at, the pairs on opposite sides, and the rays made. It depends on the
	// rows and their order only.
	Effort *int64
	// Most, if not 0, is the effort after which a conversion is given up with [ErrMost].
	Most int64

	// Keep, if set, is called at every moment at which the conversion could go on later: it
	// may ask for the state, which is to be written or forgotten before it returns. The last time
	// all rays are there. Its error ends the conversion.
	Keep func(last bool, state func() *Checkpoint) error
	// Resume, if set, is a state to go on from, of the same rows in the same order.
	Resume *Checkpoint

	// Method is the way to find the rays.
	Method Method
	// Used, if set, is told the method that found them.
	Used *Method

	digest string   // of the rows, if Keep or Resume is set
	ridges ridgeUse // for tests
}

// It is told before the work is done, so that it is known after an error, too.
func (o *Options) used(m Method) {
	if o.Used != nil {
		*o.Used = m
	}
}

// ErrMost is the error of a conversion that would take more than [Options] allow.
var ErrMost = errors.New("doubledesc: the conversion takes more effort than was allowed")

// What Options.Effort counts for each ray that a row is evaluated at, for each ray that is
// made, and at most for each pair, which takes longer where there are many rows. Measured
// on bench/families: the effort is a tenth to all of the nanoseconds taken.
const (
	effortEvaluated = 20
	effortMade      = 1000
	effortPair      = 4
)

// Progress says how far a conversion is.
type Progress struct {
	Row, Rows int // rows taken in so far, rows in all
	Rays      int // extreme rays of the rows taken in so far
	// Within a row that takes long, the rays whose neighbours have been looked for, of
	// so many: about the part of the row that is done. Both are 0 between rows.
	Searched, ToSearch int
	// Checked, of so many rays that were found: the conversion is done, and what it found is
	// held against the rows. No row is counted then.
	Checked, ToCheck int
	// Bases, if not 0, is how many bases a walk has visited; no row is counted then.
	Bases int
}

// Rays converts a cone from rows to generators: it returns the lineality space
// and one extreme ray for each extreme ray modulo lineality, in the form of
// [cone.V.Canonical]. The result is minimal. A cone that is {0} has neither rays
// nor lines; the whole space has only lines.
//
// Every ray returned has been checked against every row and has been found
// extreme by the rank of its tight rows (see [Check]); that none is missing
// rests on the double description method until [Complete] has shown it.
//
// An error is returned for a malformed cone and when ctx ends; a result that fails the
// check is a [*Fault]. The method is
// that of Motzkin, Raiffa, Thompson and Thrall (1953) as described by Fukuda and
// Prodon (1996). Its cost depends on the sizes of the intermediate cones, which
// depend on the order of the rows and can exceed that of the result by far.
func Rays(ctx context.Context, h *cone.H, o Options) (*cone.V, error) {
	v, _, err := checked(ctx, h, o, convert)
	return v, err
}

// checked runs a conversion and checks what it returns. It also returns the inequalities that are
// zero at each ray.
// A malformed cone is an error of the caller, and a wrong result a [*Fault].
func checked(ctx context.Context, h *cone.H, o Options, convert conversion) (*cone.V, []bitset.Set, error) {
	if err := h.Validate(); err != nil {
		return nil, nil, err
	}
	v, err := convert(ctx, h, o)
	if err != nil {
		return nil, nil, err
	}
	tight, err := checkTight(ctx, h, v, o.Workers, o.Progress)
	if err != nil {
		if ctx.Err() != nil {
			return nil, nil, context.Cause(ctx)
		}
		return nil, nil, &Fault{err}
	}
	return v, tight, nil
}

// conversion is a way from rows to generators.
type conversion func(ctx context.Context, h *cone.H, o Options) (*cone.V, error)

// Facets converts a cone from generators to rows: it returns its facets as
// inequalities and the equations of its linear hull, both canonical and
// minimal, by the polar dual. Errors are those of [Rays].
// Equations of v's polar are its lines: nothing is lost by going over to it.
func Facets(ctx context.Context, v *cone.V, o Options) (*cone.H, error) {
	if err := v.Validate(); err != nil {
		return nil, err
	}
	polar, err := Rays(ctx, v.Polar(), o)
	if err != nil {
		return nil, err
	}
	return polar.Polar(), nil
}

func convert(ctx context.Context, h *cone.H, o Options) (*cone.V, error) {
	rows := arrange(h.Inequalities, o.Order)
	first, err := simplicial.Of(ctx, h.Dim, rows, h.Equations)
	if err != nil {
		return nil, err
	}
	v := (&cone.V{Dim: h.Dim, Rays: first.Rays, Lines: first.Lines}).Canonical()
	// All rows are in the basis, and its rays are the result: no row is left to take in.
	if len(first.Basis) == len(rows) {
		return v, nil // simplicial
	}
	// It counts whether or not somebody asks, as the limit needs it.
	if o.Effort == nil {
		o.Effort = new(int64)
	}
	if o.Keep != nil || o.Resume != nil {
		o.digest = digestOf(rows, h.Equations)
	}
	if o.Resume != nil && !o.Resume.fits(o.digest, rows, h.Equations, h.Dim) {
		return nil, ErrCheckpoint
	}
	rays, err := extend(ctx, h, rows, first, v.Lines, o)
	if err != nil {
		return nil, err
	}
	return (&cone.V{Dim: h.Dim, Rays: rays, Lines: v.Lines}).Canonical(), nil
}

// extend finds the rays of the cone from one of a basis of its rows, or goes on from a
// checkpoint.
// The method that found the rays is told to the options.
func extend(ctx context.Context, h *cone.H, rows []cone.Vector, first *simplicial.Cone, lines []cone.Vector, o Options) (rays []cone.Vector, err error) {
	if o.Resume != nil && o.Resume.whole {
		*o.Effort += o.Resume.effort
		return o.Resume.rays, nil
	}
	equations := (&cone.V{Dim: h.Dim, Lines: h.Equations}).Canonical()
	// A walk gives up where it does not pay, and then rays is nil; a checkpoint of the
	// other method is not for it.
	if o.Method != DoubleDescription && (o.Resume == nil || o.Resume.walk != nil) {
		if rays, err = walk(ctx, equations, rows, first, lines, o); err != nil {
			return nil, err
		}
	}
	if rays != nil {
		o.used(Pivoting)
	} else {
		o.used(DoubleDescription)
		if rays, err = secondPhase(ctx, equations, rows, first, lines, o); err != nil {
			return nil, err
		}
	}
	return rays, o.finished(rays)
}

// secondPhase takes in the rows that are not in the basis. It works in the
// coordinates where the lineality space has no pivot: every vector is congruent
// to one that is zero at the pivots. The equations are lines of the polar: a
// canonical basis of the rows that vanish on the cone.
func secondPhase(ctx context.Context, equations *cone.V, rows []cone.Vector, first *simplicial.Cone, lines []cone.Vector, o Options) ([]cone.Vector, error) {
	dim := equations.Dim
	c := newCoordinates(dim, lines)
	modulo := &cone.V{Dim: dim, Lines: lines}
	start := make([]ray.Vector, len(first.Rays))
	for j, r := range first.Rays {
		start[j] = ray.New(c.shrink(modulo.Reduce(r)))
	}
	// The rows of the basis are what the first rays come from.
	basis, left, taken := splitRows(rows, first.Basis)
	e := newEngine(start, basis, cone.NewElimination(rows, dim), equations, len(rows), o.Workers)
	defer e.crew.Dismiss()
	e.ridges, e.most = o.ridges, o.Most
	if o.Resume != nil && o.Resume.walk == nil { // that of a walk that was given up is of no use
		left, taken = e.restore(o.Resume, rows, first, c), slices.Clone(o.Resume.taken)
	}
	report := func(searched, of int) {
		if o.Progress != nil {
			o.Progress(Progress{Row: len(rows) - len(left), Rows: len(rows), Rays: e.alive.Count(), Searched: searched, ToSearch: of})
		}
	}
	// Every state between two rows can be gone on from.
	offer := func() error {
		if o.Keep == nil {
			return nil
		}
		return o.Keep(false, func() *Checkpoint { return e.checkpoint(o.digest, taken, c) })
	}
	// Invariant: the engine has the extreme rays of the cone of all rows that are not left.
	for len(left) > 0 {
		i := e.next(ctx, left, o.Order, c)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		row := left[i]
		copy(left[1:i+1], left[:i]) // keeps the order of the others
		if err := e.insert(ctx, row.row, c.halfspace(row.row), report); err != nil {
			// The search of pairs takes nearly all of the time, so that an end mostly comes in it.
			if between := new(betweenRows); errors.As(err, &between) {
				if err := offer(); err != nil {
					return nil, err
				}
				return nil, between.error
			}
			return nil, err
		}
		left, taken = left[1:], append(taken, row.place)
		report(0, 0)
		if err := offer(); err != nil {
			return nil, err
		}
	}
	*o.Effort += e.effort
	return e.vectors(c, true), nil
}

// pending is a row that the second phase has still to take in.
type pending struct {
	row   cone.Vector
	place int // among all rows
}

// splitRows separates the rows of the basis from those still to be taken in. Those of the
// basis, given by places, are taken in.
// The order of the others is kept, and places are those of the order that was asked for.
func splitRows(rows []cone.Vector, places []int) (basis []cone.Vector, left []pending, taken []int) {
	inBasis := make([]bool, len(rows))
	for _, i := range places {
		inBasis[i] = true
		basis = append(basis, rows[i])
	}
	for i, a := range rows {
		if !inBasis[i] {
			left = append(left, pending{a, i})
		}
	}
	return basis, left, slices.Clone(places)
}

// coordinates maps between all coordinates and those that are kept: the ones
// where the lineality space has no pivot.
// Lines have no entries in each other's pivots, so that a vector modulo them is its kept
// coordinates.
type coordinates struct {
	kept  []int
	place []int32 // by coordinate: its place among kept, or -1
}

// The pivot of a canonical line is its first entry.
func newCoordinates(dim int, lines []cone.Vector) *coordinates {
	c := &coordinates{place: make([]int32, dim)}
	for _, line := range lines {
		c.place[line[0].Index] = -1
	}
	for i := range c.place {
		if c.place[i] == 0 {
			c.place[i] = int32(len(c.kept))
			c.kept = append(c.kept, i)
		}
	}
	return c
}

// shrink writes out a vector that is zero outside the kept coordinates.
// It panics for one that is not, which is a mistake of the caller.
func (c *coordinates) shrink(v cone.Vector) rational.Vector {
	dense := make(rational.Vector, len(c.kept))
	for _, e := range v {
		if c.place[e.Index] < 0 {
			panic(fmt.Sprintf("doubledesc: ray %v is not reduced modulo the lines", v))
		}
		dense[c.place[e.Index]] = e.Value
	}
	return dense
}

// halfspace restricts a row to the kept coordinates.
// A row is zero on the lines, so that what is cut off does not matter for reduced vectors. It is made
// when a row's turn comes: of all rows they would take more memory than the rows.
func (c *coordinates) halfspace(a cone.Vector) *ray.Halfspace {
	var index []int32
	var values []rational.Int
	for _, e := range a {
		if c.place[e.Index] >= 0 {
			index = append(index, c.place[e.Index])
			values = append(values, e.Value)
		}
	}
	h := ray.NewHalfspace(index, values)
	return &h
}

// widen appends a ray in all coordinates to a piece of memory that it shares with others, or begins
// another piece where that is full: memory of its own would be half as much again.
// The coordinates of pivots are zero, as in the reduced vector.
func (c *coordinates) widen(r *ray.Vector, piece []cone.Entry) (v cone.Vector, rest []cone.Entry) {
	if cap(piece)-len(piece) < len(c.kept) {
		piece = make([]cone.Entry, 0, max(1<<10, len(c.kept)))
	}
	from := len(piece)
	for i, full := range c.kept {
		if x := r.At(int32(i)); !x.IsZero() {
			piece = append(piece, cone.Entry{Index: full, Value: x})
		}
	}
	return piece[from:len(piece):len(piece)], piece
}
