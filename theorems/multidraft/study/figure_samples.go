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
	// Jumps are by curve points close on both sides of where its scheme goes over to another branch or set, ascending: there a
	// curve need not be continuous.
	Jumps [][]CurvePoint
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
		values, jumps, err := s.evaluate(ctx, curve)
		if err != nil {
			return nil, err
		}
		s.Values, s.Jumps = append(s.Values, values), append(s.Jumps, jumps)
	}
	return s, nil
}

// evaluate is a curve at every point, those of other curves' breakpoints too, and its jumps between them.
func (s *Samples) evaluate(ctx context.Context, curve *Curve) (values []enclose.Interval, jumps []CurvePoint, err error) {
	at := func(t rational.Rat) (CurvePoint, string, error) {
		value, choice, err := curve.at(ctx, t)
		if err != nil {
			err = fmt.Errorf("at %s = %v: %w", s.Family.Parameter, t, err)
		}
		return CurvePoint{t, value}, choice, err
	}
	var before CurvePoint
	var chosen string
	for j, t := range s.Points {
		here, choice, err := at(t)
		if err != nil {
			return nil, nil, err
		}
		values = append(values, here.Value)
		if j > 0 && choice != chosen {
			left, right, err := narrow(at, before, here, chosen)
			if err != nil {
				return nil, nil, err
			}
			jumps = append(jumps, left, right)
		}
		before, chosen = here, choice
	}
	return values, jumps, nil
}

// jumpHalvings leave of the interval between two points so little that no eye sees it.
const jumpHalvings = 10

// narrow halves the interval between two points, of which the left has the choice and the right another, and returns its ends.
func narrow(at func(rational.Rat) (CurvePoint, string, error), left, right CurvePoint, chosen string) (CurvePoint, CurvePoint, error) {
	for range jumpHalvings {
		middle, choice, err := at(left.T.Add(right.T).Mul(rational.NewRat(1, 2)))
		if err != nil {
			return left, right, err
		}
		if choice == chosen {
			left = middle
		} else {
			right = middle
		}
	}
	return left, right, nil
}

// choice is what a scheme has chosen, of its parameters: a branch, or a set of tokens.
func choice(parameters []scheme.Parameter) string {
	for _, p := range parameters {
		switch p.Name {
		case "branch", "Ω_0", "T":
			return p.Value
		}
	}
	return ""
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
