package doubledesc

import (
	"context"
	"errors"

	"pstar/cone"
	"pstar/doubledesc/internal/pivot"
	"pstar/doubledesc/internal/simplicial"
)

// Method is a way to find the rays.
type Method int

const (
	// Automatic walks from basis to basis where that promises to be quick, and goes over to
	// double description where it is not: where rays have many bases.
	Automatic Method = iota
	// DoubleDescription takes in row by row.
	DoubleDescription
	// Pivoting walks from basis to basis, unless numbers may get longer than two words.
	Pivoting
)

// Methods lists all methods, the default first.
func Methods() []Method { return []Method{Automatic, DoubleDescription, Pivoting} }

// String returns the name of the method, as command lines have it.
func (m Method) String() string {
	names := [...]string{"auto", "dd", "pivot"}
	if m < 0 || int(m) >= len(names) {
		return "unknown method"
	}
	return names[m]
}

// largestTable is the number of entries of a table beyond which walking is not tried.
const largestTable = 1 << 14

// basesPerRay is how many bases a walk may visit for each ray before it is given up. The
// facets of 60 random points of {0,1}^10 have ten, and a walk takes somewhat longer than
// double description; those of 30 have less than three, and it takes somewhat less.
const basesPerRay = 4

// walk finds the rays by pivoting, or returns nil if that is not possible or promises not to pay.
func walk(ctx context.Context, equations *cone.V, rows []cone.Vector, first *simplicial.Cone, lines []cone.Vector, o Options) ([]cone.Vector, error) {
	c := newCoordinates(equations.Dim, lines)
	if o.Method == Automatic && (len(rows)-len(first.Basis)+1)*len(first.Basis) > largestTable {
		return nil, nil
	}
	in := &pivot.Input{Basis: first.Basis, Coordinates: c.kept}
	var ok bool
	if in.Rows, ok = c.dense(rows); !ok {
		return nil, nil
	}
	if in.Equations, ok = c.dense(equations.Lines); !ok {
		return nil, nil
	}
	tooMuch := false
	limits := pivot.Limits{GiveUp: func(r *pivot.Result) bool {
		if r.Bases&255 == 0 && o.Progress != nil {
			o.Progress(Progress{Bases: r.Bases, Rows: len(rows), Rays: len(r.Rays)})
		}
		// Few bases for each ray do not mean few: the cube in thirty dimensions has a
		// thousand million, one for each vertex.
		tooMuch = o.Most > 0 && effortOf(r) > o.Most
		return tooMuch || o.Method == Automatic && r.Bases > 16+basesPerRay*len(r.Rays)
	}}
	if o.Resume != nil {
		limits.Resume, limits.Found = o.Resume.walk, o.Resume.rays
	}
	if o.Keep != nil {
		limits.Keep = func(state func() (*pivot.Walk, []cone.Vector)) error {
			return o.Keep(false, func() *Checkpoint {
				walk, rays := state()
				return &Checkpoint{of: o.digest, rays: rays, walk: walk}
			})
		}
	}
	result, err := pivot.Rays(ctx, in, limits)
	if errors.Is(err, pivot.ErrState) {
		err = ErrCheckpoint
	}
	// Double description, which makes more than the rays, would hardly take less.
	if err == nil && tooMuch {
		err = ErrMost
	}
	if err != nil || !result.Done {
		return nil, err
	}
	*o.Effort += effortOf(result)
	return result.Rays, nil
}

// effortOf is what a walk counts for the bases that it visited.
func effortOf(r *pivot.Result) int64 {
	return int64(r.Bases) * (effortBasis + effortEntry*int64(r.Entries))
}

// What Options.Effort counts for each basis, and for each entry of its table.
const (
	effortBasis = 1000
	effortEntry = 4
)

// dense writes out rows in the kept coordinates, if their entries are machine words.
func (c *coordinates) dense(rows []cone.Vector) ([][]int64, bool) {
	list := make([][]int64, len(rows))
	all := make([]int64, len(rows)*len(c.kept))
	for k, row := range rows {
		list[k], all = all[:len(c.kept):len(c.kept)], all[len(c.kept):]
		for _, e := range row {
			if at := c.place[e.Index]; at >= 0 {
				x, ok := e.Value.Int64()
				if !ok || x == -1<<63 {
					return nil, false
				}
				list[k][at] = x
			}
		}
	}
	return list, true
}
