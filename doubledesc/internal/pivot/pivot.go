package pivot

import (
	"context"

	"pstar/cone"
)

// Input is a pointed cone: inequalities and equations, by their coefficients.
type Input struct {
	// Coefficients are machine words; who has longer ones cannot walk.
	Rows, Equations [][]int64
	Coordinates     []int // what the coefficients belong to, in order: the places of the entries of a result
	Basis           []int // rows that are independent modulo the equations, as many as the dimension
}

// Limits say how far to go. There is no limit of time but ctx and GiveUp.
type Limits struct {
	// GiveUp is called at each basis with what is found so far, which it must not change.
	GiveUp func(*Result) bool
	// Keep, if set, is called now and then, and may ask for the state and the rays found so far; its
	// error ends the walk.
	Keep func(state func() (*Walk, []cone.Vector)) error
	// Resume, if set, is a state of the same input to go on from, and Found are the rays found
	// until then.
	Resume *Walk
	Found  []cone.Vector

	second bool // the level is the second one that is tried
}

// Rays walks over a cone. The result is not Done if numbers may get longer than two words, if
// the limits say so, or if the cone is 0.
//
// The walk needs a level that is positive on the cone. For a homogenised polytope the
// first coordinate is one; if it is not, as is seen from an edge without an end, the
// sum of the rows of the basis is tried, which is positive wherever these rows are not
// all zero.
func Rays(ctx context.Context, in *Input, l Limits) (*Result, error) {
	dim := len(in.Rows[0])
	// The first coordinate.
	unit := make([]int64, dim)
	unit[0] = 1
	result := &Result{}
	if l.Resume == nil || !l.Resume.Second {
		var err error
		result, err = from(ctx, in, unit, l)
		// Done, given up, or with numbers that are too long for any level: the second try
		// would be no better unless the level was wrong.
		if err != nil || result.Bases > 0 && !result.Unbounded {
			return result, err
		}
		l.Resume = nil // if there was one, it was no state of this input
	}
	l.second = true
	// Each ray of the cone is positive on some row of the basis, or it would be 0.
	sum := make([]int64, dim)
	for _, k := range in.Basis {
		for i, x := range in.Rows[k] {
			y := sum[i] + x
			// The sum has overflowed, and the cone is left to others.
			if (y > x) != (sum[i] > 0) {
				return result, nil
			}
			sum[i] = y
		}
	}
	return from(ctx, in, sum, l)
}

// from walks over the points of a level. Two bits are left for signs and for sums of
// two.
func from(ctx context.Context, in *Input, level []int64, l Limits) (*Result, error) {
	all := append(append(append([][]int64{}, in.Rows...), in.Equations...), level)
	// The level is a row of the matrix as well.
	n := bound(all, len(level))
	switch {
	case n <= 62:
		return walkWith[int64](ctx, &words64{bound: n}, in, level, l)
	case n <= 126:
		return walkWith[double](ctx, &words128{bound: n}, in, level, l)
	}
	return &Result{}, nil
}

// The number of steps to a feasible basis is bounded, since Bland's rule may take many;
// the cone is not walked over then.
func walkWith[W any](ctx context.Context, ops number[W], in *Input, level []int64, l Limits) (*Result, error) {
	result := &Result{}
	w := start(ops, in, level)
	// The level is 0, or no point was found.
	if w == nil || !w.feasible(4*(len(in.Rows)+len(level))) {
		return result, nil
	}
	w.arrange()
	err := w.walk(ctx, in.Coordinates, l, result)
	return result, err
}
