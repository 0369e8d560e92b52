package curves

import (
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
)

// A Figure is panels side by side.
type Figure struct {
	Title  string
	Panels []Panel
}

// A Panel is curves over one axis, with the names of both axes.
type Panel struct {
	Title, X, Y string
	Series      []Series
}

// A Series is a curve, or points that are no curve, by what it shows.
type Series struct {
	Name   string
	Points []Point
}

// A Point is exact if its interval is one number.
type Point struct {
	X rational.Rat
	Y enclose.Interval
}

var one = rational.Whole(1)

// panel begins a panel.
func (f *Figure) panel(title, x, y string) {
	f.Panels = append(f.Panels, Panel{Title: title, X: x, Y: y})
}

// add adds a series to the last panel.
func (f *Figure) add(name string, points ...Point) {
	last := &f.Panels[len(f.Panels)-1]
	last.Series = append(last.Series, Series{name, points})
}

// across adds a constant, which has two points.
func (f *Figure) across(name string, from, to rational.Rat, y enclose.Real) {
	f.add(name, at(from, y), at(to, y))
}

// steps adds a curve at a hundred and one points from 0 to an end.
func (f *Figure) steps(name string, end rational.Rat, value func(z rational.Rat) enclose.Real) {
	// Curves of e^z: more points cannot be seen at the width of a page.
	const steps = 100
	var points []Point
	for i := range steps + 1 {
		z := end.Mul(rational.NewRat(int64(i), steps))
		points = append(points, at(z, value(z)))
	}
	f.add(name, points...)
}

// at is a point whose value is enclosed, so closely that its middle can be drawn: small ones, such as gaps, to a part of a
// million of what they are. Of 0, which no enclosure tells from what is small, it is 2^−640.
func at(x rational.Rat, y enclose.Real) Point {
	// Finer than any printer for numbers near 1.
	width := rational.NewRat(1, 1<<40)
	// How small the number is, is not known before: the width shrinks until it is a small part of
	// it.
	for tries := 0; ; tries++ {
		// Whether this width was reached does not matter: the one that was is looked at
		// below.
		e, _ := y.Enclose(width)
		if e.Width().Mul(rational.NewRat(1_000_000, 1)).Cmp(e.Mid().Abs()) <= 0 || tries == 15 {
			return Point{x, e}
		}
		width = width.Mul(rational.NewRat(1, 1<<40))
	}
}

// exactly is a point whose value is a fraction.
func exactly(x, y rational.Rat) Point { return Point{x, enclose.Point(y)} }

// short writes powers of e as they fit into a legend.
func short(name string) string {
	return strings.NewReplacer("e^(−1/2)", "1/√e", "e^(−1)", "1/e", "e^(−2)", "1/e²").Replace(name)
}
