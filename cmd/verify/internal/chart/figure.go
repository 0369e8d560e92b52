package chart

// Figure has panels, two in a row if it is wide enough, under a title, which may be empty.
type Figure struct {
	Title  string
	Width  float64 // of the page in points; 0 for that of the text of a paper, 468
	Panels []Panel
}

// Panel is one pair of axes with the series drawn on them. A range with
// Min = Max, the zero value included, is replaced by the range of the points. An axis
// that is logarithmic has a range above 0, and points that are not above 0 are left out.
type Panel struct {
	Title          string
	XLabel, YLabel string
	XRange, YRange Range
	XLog, YLog     bool
	XWhole         bool // values of x are whole numbers
	Series         []Series
}

// Range is an interval of one axis.
type Range struct{ Min, Max float64 }

// Series is a named list of points. A series without a name is not listed in the
// legend.
type Series struct {
	Name   string
	Points []Point
	Style  Style
}

// Point is a point of the plane, in the units of the axes.
type Point struct{ X, Y float64 }

// Style says how a series is drawn. The zero value is a solid line in the first
// colour.
type Style struct {
	Kind Kind
	// Colour is an index into the palette, taken modulo its length: black, blue,
	// vermilion, green, purple, orange, sky, grey. They are told apart also by
	// the colour-blind (after M. Okabe and K. Ito).
	Colour int
	// Thick doubles the width of the line.
	Thick bool
	Shape Shape // of marks
}

// Shape is that of a mark; shapes tell series apart in print without colours.
type Shape int

// The shapes of marks.
const (
	Circle Shape = iota
	Square
	Triangle
	Diamond
	Cross
)

// Kind is the way in which points become ink.
type Kind int

// The kinds of series.
const (
	Line Kind = iota
	Dashed
	Dotted
	DashDot
	Marks
)

// palette is the colours of a [Style], in their order.
var palette = []string{"#000000", "#0072b2", "#d55e00", "#009e73", "#aa3377", "#e69f00", "#56b4e9", "#888888"}

// ranges returns the ranges that the panel is drawn with.
func (p *Panel) ranges() (x, y Range) {
	// What is set is kept, also if points lie outside.
	x, y = p.XRange, p.YRange
	// Axes fit the points unless somebody has set them.
	if x.Min == x.Max {
		x = p.span(func(q Point) float64 { return q.X })
	}
	if y.Min == y.Max {
		y = p.span(func(q Point) float64 { return q.Y })
	}
	return x, y
}

// span is the range of a coordinate of all points, widened if it is a single
// value so that it can be drawn.
func (p *Panel) span(coordinate func(Point) float64) Range {
	var r Range
	// Without a point the zero range, which is widened below.
	first := true
	for _, s := range p.Series {
		for _, q := range s.Points {
			v := coordinate(q)
			if first {
				r, first = Range{v, v}, false
			}
			r = Range{min(r.Min, v), max(r.Max, v)}
		}
	}
	// A single value would be mapped by a division by 0.
	if r.Min == r.Max {
		return Range{r.Min - 1, r.Max + 1}
	}
	return r
}

// FromZero is a range from 0 to a little more than all points of some series.
func FromZero(list []Series) Range {
	// Values are not negative where this is used.
	r := Range{0, 0}
	for _, s := range list {
		for _, q := range s.Points {
			// Six parts in a hundred above the highest mark, which would lie on the frame.
			r.Max = max(r.Max, 1.06*q.Y)
		}
	}
	return r
}

// LogRange is the range of the points above 0, and a little more, for a logarithmic axis.
func LogRange(list []Series) Range {
	// Without a point above 0 some range all the same.
	r := Range{1, 1}
	first := true
	for _, s := range list {
		for _, q := range s.Points {
			// What is not above 0 has no place on such an axis, and no say about its range.
			if q.Y > 0 && (first || q.Y < r.Min) {
				r.Min = q.Y
			}
			if q.Y > 0 && (first || q.Y > r.Max) {
				r.Max = q.Y
			}
			first = first && q.Y <= 0
		}
	}
	// A factor, as distances on this axis are ratios.
	return Range{r.Min / 1.3, r.Max * 1.3}
}
