package study

import (
	"context"
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/optimum"
	"pstar/theorems/multidraft/scheme"
)

// A Line is the function A + B t.
type Line struct{ A, B rational.Rat }

// At returns the value at t.
func (l Line) At(t rational.Rat) rational.Rat { return l.A.Add(l.B.Mul(t)) }

// A Family is a family of iid instances with one parameter t in [From, To]: the
// entries of p and q are lines in t.
type Family struct {
	Title     string
	Parameter string // the name of t
	Axis      string // what t is, for the axis of a drawing; may be empty
	K         int
	P, Q      []Line
	From, To  rational.Rat
}

// CurveOptimal is the curve of P* over a family; the other curves are named by
// their schemes.
const CurveOptimal = "optimal"

// Figure2 returns the two families of [MD] Fig. 2 (MD-F2): two drafts, p uniform
// on three tokens, and q = (1/3, t, 2/3 - t) and (1/6, t, 5/6 - t).
func Figure2() []*Family {
	// The paper has K = 2 and three tokens, of which p is uniform.
	third := Line{A: rational.NewRat(1, 3)}
	family := func(first int64) *Family {
		head := rational.NewRat(1, first)
		rest := one.Sub(head)
		return &Family{
			Title:     fmt.Sprintf("q = (%v, q_2, %v − q_2)", head, rest),
			Parameter: "q_2", Axis: "target probability of token 2", K: 2, P: []Line{third, third, third},
			Q:  []Line{{A: head}, {B: one}, {A: rest, B: one.Neg()}},
			To: rest,
		}
	}
	return []*Family{family(3), family(6)}
}

// MaxCurveDrafts is the largest K of a family: its curves are exact, and take the time of K residuals at each corner, with K times
// the digits of p.
const MaxCurveDrafts = 4096

// Validate reports the first thing wrong with a family: K must be at most MaxCurveDrafts, and p and q must be
// distributions at both ends, hence everywhere between.
func (f *Family) Validate() error {
	if f.K > MaxCurveDrafts {
		return fmt.Errorf("%d drafts, want at most %d for exact curves", f.K, MaxCurveDrafts)
	}
	// An interval of one point has no curve.
	if f.From.Cmp(f.To) >= 0 {
		return fmt.Errorf("the parameter runs from %v to %v, want an interval", f.From, f.To)
	}
	// Sums and signs of lines: what is 1 at both ends is 1 between, and what is not negative at
	// both ends is so between.
	for _, t := range []rational.Rat{f.From, f.To} {
		if _, err := f.At(t); err != nil {
			return fmt.Errorf("at %s = %v: %w", f.Parameter, t, err)
		}
	}
	return nil
}

// At returns the instance at t.
func (f *Family) At(t rational.Rat) (*multidraft.Instance, error) {
	// The lines are checked as a law at each t, not only at the ends.
	p, err := multidraft.NewDistribution("p", valuesAt(f.P, t))
	if err != nil {
		return nil, err
	}
	q, err := multidraft.NewDistribution("q", valuesAt(f.Q, t))
	if err != nil {
		return nil, err
	}
	return multidraft.New(multidraft.ModelIID, f.K, []multidraft.Distribution{p}, q)
}

func valuesAt(lines []Line, t rational.Rat) []rational.Rat {
	return each.Of(lines, func(l Line) rational.Rat { return l.At(t) })
}

// fixedDrafts reports whether p does not depend on t.
func (f *Family) fixedDrafts() bool {
	return !slices.ContainsFunc(f.P, func(l Line) bool { return !l.B.IsZero() })
}

// A Curve is an acceptance probability over a family.
type Curve struct {
	Name string
	// Knots are the ends of the linear pieces of the curve, ends of the interval
	// included, if it is piecewise linear and known as such: between knots the
	// values at the knots determine it exactly. Otherwise nil: then only the
	// values at the points asked for are known.
	Knots []CurvePoint
	// The value, and what a scheme has chosen at t, in words, where that may change the value at once: "" elsewhere.
	at func(ctx context.Context, t rational.Rat) (value enclose.Interval, choice string, err error)
}

// A CurvePoint is a point of a curve.
type CurvePoint struct {
	T     rational.Rat
	Value enclose.Interval
}

// At returns the value at t, exactly or, for K-SEQ, enclosed.
func (c *Curve) At(ctx context.Context, t rational.Rat) (enclose.Interval, error) {
	value, _, err := c.at(ctx, t)
	return value, err
}

// Curve returns the curve of P* (CurveOptimal) or of a scheme over the family.
// If p does not depend on t, P* is a minimum of lines and recursive rejection is
// piecewise linear in q, and their pieces are found exactly.
func (f *Family) Curve(ctx context.Context, name string, o scheme.Options) (*Curve, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if name == CurveOptimal {
		c := &Curve{Name: name, at: func(ctx context.Context, t rational.Rat) (enclose.Interval, string, error) {
			_, value, err := f.lowest(ctx, t)
			return enclose.Point(value), "", err
		}}
		var err error
		// Else p(S)^K is a polynomial of degree K in t, and there are no linear pieces to find.
		if f.fixedDrafts() {
			c.Knots, err = f.optimalKnots(ctx)
		}
		return c, err
	}
	chosen, err := scheme.Lookup(name)
	// A name that is no scheme is told before anything is drawn.
	if err != nil {
		return nil, err
	}
	c := &Curve{Name: name, at: func(ctx context.Context, t rational.Rat) (enclose.Interval, string, error) {
		s, err := f.At(t)
		if err != nil {
			return enclose.Interval{}, "", err
		}
		e, err := chosen.Evaluate(ctx, s, o)
		if err != nil {
			return enclose.Interval{}, "", err
		}
		return e.Acceptance, choice(e.Parameters), nil
	}}
	// The only scheme whose residuals are known to stay piecewise linear; others are sampled.
	if name == scheme.Recursive && f.fixedDrafts() {
		c.Knots, err = f.recursiveKnots(ctx)
	}
	return c, err
}

// lowest returns P* at t, and for fixed p the line q(S) + 1 - p(S)^K that
// attains it there.
func (f *Family) lowest(ctx context.Context, t rational.Rat) (Line, rational.Rat, error) {
	if err := ctx.Err(); err != nil {
		return Line{}, rational.Rat{}, err
	}
	s, err := f.At(t)
	if err != nil {
		return Line{}, rational.Rat{}, err
	}
	// Over prefixes by q/p, where the minimum of iid drafts is: no flow is needed.
	minimum := optimum.MinOverPrefixes(s.K(), s.Rows()[0], s.Target())
	line := Line{A: one}
	var drafted rational.Rat
	// The set that attains the minimum at t gives a line that lies on or above P* everywhere and
	// touches it at t.
	for _, i := range minimum.Tokens {
		line.A, line.B = line.A.Add(f.Q[i].A), line.B.Add(f.Q[i].B)
		drafted = drafted.Add(f.P[i].A)
	}
	line.A = line.A.Sub(drafted.Pow(f.K))
	return line, minimum.Value, nil
}

// optimalKnots finds the lower envelope of the lines q(S) + 1 - p(S)^K. Where
// the lines of two points meet, either the envelope passes, and has a knot, or a
// third line lies lower, which is looked for on both sides (Eisner and Severance
// 1976).
func (f *Family) optimalKnots(ctx context.Context) ([]CurvePoint, error) {
	// The lines that are lowest at the two ends.
	first, _, err := f.lowest(ctx, f.From)
	if err != nil {
		return nil, err
	}
	last, _, err := f.lowest(ctx, f.To)
	if err != nil {
		return nil, err
	}
	points := []CurvePoint{{f.From, enclose.Point(first.At(f.From))}}
	inner, err := f.between(ctx, f.From, f.To, first, last)
	points = append(points, inner...)
	points = append(points, CurvePoint{f.To, enclose.Point(last.At(f.To))})
	return corners(points), err
}

// between returns the envelope's points inside (from, to), given lines that
// attain it at the ends.
func (f *Family) between(ctx context.Context, from, to rational.Rat, a, b Line) ([]CurvePoint, error) {
	// P* is concave, as a minimum of lines, so that it lies above the chord; a line of the family
	// lies above P*. One that meets it at both ends is P* between them.
	if a.At(to).Equal(b.At(to)) || b.At(from).Equal(a.At(from)) {
		return nil, nil // one of the lines attains it at both ends
	}
	// a is strictly lower at from, and b at to: the slopes differ, and the lines meet strictly
	// between.
	t := b.A.Sub(a.A).Quo(a.B.Sub(b.B))
	c, value, err := f.lowest(ctx, t)
	if err != nil {
		return nil, err
	}
	here := CurvePoint{t, enclose.Point(value)}
	// No third line is lower where both meet, hence none anywhere between.
	if value.Equal(a.At(t)) {
		return []CurvePoint{here}, nil
	}
	// c is a line that was not there before, and there are finitely many: the recursion ends.
	left, err := f.between(ctx, from, t, a, c)
	if err != nil {
		return nil, err
	}
	right, err := f.between(ctx, t, to, c, b)
	return append(append(left, here), right...), err
}

// corners drops the points at which the curve goes straight on.
func corners(points []CurvePoint) []CurvePoint {
	// A capacity of one, so that appending does not write into points, which is still read.
	kept := points[:1:1]
	for j := 1; j < len(points)-1; j++ {
		if before := kept[len(kept)-1]; !straight(before, points[j], points[j+1]) {
			kept = append(kept, points[j])
		}
	}
	return append(kept, points[len(points)-1])
}

// straight reports whether three points lie on a line, by comparing slopes without division. The
// values are exact here, so that one end of the interval is the value.
func straight(a, b, c CurvePoint) bool {
	// Products across: (b - a)/(tb - ta) = (c - b)/(tc - tb).
	left := b.Value.Lo.Sub(a.Value.Lo).Mul(c.T.Sub(b.T))
	right := c.Value.Lo.Sub(b.Value.Lo).Mul(b.T.Sub(a.T))
	return left.Equal(right)
}
