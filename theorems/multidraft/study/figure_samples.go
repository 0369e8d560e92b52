package study

import (
	"context"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft/scheme"
)

// Samples are curves over a family at common points.
type Samples struct {
	Family *Family
	Curves []*Curve
	Points []rational.Rat       // ascending
	Values [][]enclose.Interval // by curve, then point
}

// Sample evaluates the curves of these names at the ends of so many equal intervals and at all
// breakpoints, so that straight lines between neighbouring points are a piecewise linear curve and not
// near it. Schemes have their default options. The error is that of a curve.
func (f *Family) Sample(ctx context.Context, names []string, intervals int) (*Samples, error) {
	s := &Samples{Family: f}
	// Above 0, as [Family.Validate] demands.
	width := f.To.Sub(f.From)
	for j := range intervals + 1 {
		s.Points = append(s.Points, f.From.Add(width.Mul(rational.NewRat(int64(j), int64(intervals)))))
	}
	for _, name := range names {
		curve, err := f.Curve(ctx, name, scheme.Options{})
		if err != nil {
			return nil, err
		}
		// Its breakpoints are added before any curve is evaluated, since all curves share the
		// points.
		s.Curves = append(s.Curves, curve)
		for _, knot := range curve.Knots {
			s.Points = append(s.Points, knot.T)
		}
	}
	slices.SortFunc(s.Points, rational.Rat.Cmp)
	// A breakpoint may lie on the grid, and several curves may share one.
	s.Points = slices.CompactFunc(s.Points, rational.Rat.Equal)
	for _, curve := range s.Curves {
		values := make([]enclose.Interval, len(s.Points))
		// Every curve at every point, those of other curves' breakpoints too.
		for j, t := range s.Points {
			var err error
			if values[j], err = curve.At(ctx, t); err != nil {
				return nil, fmt.Errorf("at %s = %v: %w", f.Parameter, t, err)
			}
		}
		s.Values = append(s.Values, values)
	}
	return s, nil
}

// Breaks names the curves that have a breakpoint at t, not counting the ends.
func (s *Samples) Breaks(t rational.Rat) (names []string) {
	for _, curve := range s.Curves {
		for j, knot := range curve.Knots {
			// The ends are knots of every curve, and say nothing.
			if j > 0 && j < len(curve.Knots)-1 && knot.T.Equal(t) {
				names = append(names, curve.Name)
			}
		}
	}
	return names
}

// Exact reports whether a curve has a single exact value at every point.
func (s *Samples) Exact(curve int) bool {
	// Looked up in the values and not by the name: a scheme that encloses some numbers may
	// have exact ones all along.
	return !slices.ContainsFunc(s.Values[curve], func(e enclose.Interval) bool { return !e.Exact() })
}

// Least is the smallest lower end of all values, at most 1.
func (s *Samples) Least() rational.Rat {
	least := one
	for _, values := range s.Values {
		for _, v := range values {
			least = rational.MinRat(least, v.Lo)
		}
	}
	return least
}
