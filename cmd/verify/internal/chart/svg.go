package chart

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"pstar/internal/each"
)

// Measures of the page, in points: letters are 8 points high at the width of the text of a paper, and whatever the width.
const (
	textWidth              = 468
	letters                = 8
	letter                 = 0.6 * letters // about the width of one
	marginLeft, marginSide = 36, 9         // of a panel; the left one holds the labels of the y axis
	titleHeight            = 17            // of the figure
	panelTitleHeight       = 16
	axisHeight             = 30 // below the plot: tick labels and the label of the x axis
	legendRow              = 11
	legendSample           = 22
	tickLength             = 3
	narrowest              = 170 // a panel beside another one
)

// WriteSVG writes the figure as one self-contained SVG document. The only errors
// are those of w.
func (f *Figure) WriteSVG(w io.Writer) error {
	width := f.Width
	if width == 0 {
		width = textWidth
	}
	// More than two side by side have no room for their labels at the width of a page.
	columns := min(2, len(f.Panels))
	// In a column of text two panels side by side could not be read.
	if width < 2*narrowest {
		columns = 1
	}
	p := page{plotWidth: width/float64(columns) - marginLeft - marginSide}
	// A wide panel alone would be as high as a page.
	p.plotHeight = min(0.74*p.plotWidth, 210)
	// Room for the letters of the first panel's title.
	top := 4.0
	if f.Title != "" {
		top = titleHeight
	}
	for i := 0; i < len(f.Panels); i += columns {
		rows := 0
		// The last row may have one panel, which stays at the left.
		for j := i; j < min(i+columns, len(f.Panels)); j++ {
			left := float64(j-i)*width/float64(columns) + marginLeft
			p.panel(&f.Panels[j], j, left, top+panelTitleHeight)
			// Panels of one row end together, whatever the length of their legends.
			rows = max(rows, len(f.Panels[j].legend()))
		}
		top += panelTitleHeight + p.plotHeight + axisHeight + float64(rows*legendRow) + 6
	}
	// The height is known only now, and stands in the first line.
	var head page
	head.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%spt" height="%spt" viewBox="0 0 %s %s" font-family="Helvetica, Arial, sans-serif" font-size="%d">`+"\n",
		number(width), number(top), number(width), number(top), letters)
	head.printf(`<rect width="%s" height="%s" fill="#ffffff"/>`+"\n", number(width), number(top))
	if f.Title != "" {
		head.centred(width/2, 11, 9, width, f.Title)
	}
	_, err := io.WriteString(w, head.String()+p.String()+"</svg>\n")
	return err
}

// legend returns the series that the legend lists.
func (p *Panel) legend() []Series {
	// In the order in which they are drawn.
	return each.Where(p.Series, func(s Series) bool { return s.Name != "" })
}

// A page collects the text of the document.
type page struct {
	strings.Builder
	plotWidth, plotHeight float64
}

// printf adds to the text.
func (p *page) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

// escape is for text between tags; attributes hold numbers and words of this package only.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// text writes a text at a place.
func (p *page) text(x, y float64, attributes, s string) {
	p.printf(`<text x="%s" y="%s" %s>%s</text>`+"\n", number(x), number(y), attributes, escape(s))
}

// centred writes a text around x, in letters small enough for the width. The width
// of a letter is a guess that is rather too large.
func (p *page) centred(x, y, size, width float64, s string) {
	const letter = 0.58 // of the size
	// Smaller letters are still read, and a title that is cut off is not.
	if count := utf8.RuneCountInString(s); float64(count)*letter*size > width {
		size = width / (letter * float64(count))
	}
	p.text(x, y, fmt.Sprintf(`text-anchor="middle" font-size="%s"`, number(size)), s)
}

// fitted writes a text from x on, in smaller letters if it would not end within the width.
func (p *page) fitted(x, y, width float64, s string) {
	attributes := `text-anchor="start"`
	if long := letter * float64(utf8.RuneCountInString(s)); long > width {
		attributes += fmt.Sprintf(` font-size="%s"`, number(letters*width/long))
	}
	p.text(x, y, attributes, s)
}

// line draws a line, in the units of the page.
func (p *page) line(x1, y1, x2, y2 float64, attributes string) {
	p.printf(`<line x1="%s" y1="%s" x2="%s" y2="%s" %s/>`+"\n", number(x1), number(y1), number(x2), number(y2), attributes)
}

// number rounds to a hundredth of a pixel.
func number(v float64) string {
	// Without an exponent, which not every reader of SVG takes.
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	// Rounding leaves the sign of a small negative number.
	if s == "-0" {
		return "0"
	}
	return s
}

// panel draws one panel with the upper left corner of its plot at (left, top).
func (p *page) panel(panel *Panel, index int, left, top float64) {
	// Once, so that axes and curves have the same.
	xRange, yRange := panel.ranges()
	place := func(q Point) (x, y float64) {
		return left + p.plotWidth*share(q.X, xRange, panel.XLog), top + p.plotHeight*(1-share(q.Y, yRange, panel.YLog))
	}
	p.printf(`<clipPath id="plot%d"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath>`+"\n", index, number(left), number(top), number(p.plotWidth), number(p.plotHeight))
	p.centred(left+p.plotWidth/2, top-5, letters, p.plotWidth+2*marginSide, panel.Title)
	// Below the curves; the frame comes last, above what the clip path cuts off.
	p.axes(panel, left, top, xRange, yRange, place)
	p.printf(`<g clip-path="url(#plot%d)">`+"\n", index)
	for _, s := range panel.Series {
		p.series(panel.drawn(s), place)
	}
	p.printf("</g>\n")
	p.printf(`<rect x="%s" y="%s" width="%s" height="%s" fill="none" stroke="#000000" stroke-width="0.6"/>`+"\n", number(left), number(top), number(p.plotWidth), number(p.plotHeight))
	for i, s := range panel.legend() {
		// Below the labels of the axis, a row for each name.
		y := top + p.plotHeight + axisHeight + float64(i)*legendRow + 4
		// In the left margin, which the labels of the axis leave free below the plot: names get
		// the whole width.
		p.sample(s.Style, left-legendSample-4, y)
		p.fitted(left, y+2.8, p.plotWidth+marginSide, s.Name)
	}
}

// share is where a value lies in a range, from 0 to 1.
func share(v float64, r Range, logarithmic bool) float64 {
	// Beyond the range the share is below 0 or above 1, and the clip path hides it.
	if logarithmic {
		return math.Log(v/r.Min) / math.Log(r.Max/r.Min)
	}
	return (v - r.Min) / (r.Max - r.Min)
}

// drawn is a series without the points that have no place on a logarithmic axis.
func (panel *Panel) drawn(s Series) Series {
	// A new list: the series may be drawn on a plain axis as well.
	points := each.Where(s.Points, func(q Point) bool { return (q.X > 0 || !panel.XLog) && (q.Y > 0 || !panel.YLog) })
	s.Points = points
	return s
}

// axes draws the grid, the ticks and the labels of both axes.
func (p *page) axes(panel *Panel, left, top float64, xRange, yRange Range, place func(Point) (x, y float64)) {
	const grid, mark = `stroke="#e0e0e0" stroke-width="0.5"`, `stroke="#000000" stroke-width="0.6"`
	// The axis of x is at the bottom of the plot.
	bottom := top + p.plotHeight
	across := apart(xRange, p.plotWidth)
	up, unit := scaled(yRange, int(p.plotHeight/18))
	// Ticks between whole numbers would mark nothing.
	if panel.XWhole {
		across = whole(xRange)
	}
	if panel.XLog {
		across = decades(xRange)
	}
	// Powers say their size themselves, and need no unit.
	if panel.YLog {
		up, unit = decades(yRange), ""
	}
	// The grid line first: ticks and curves are drawn over it.
	for _, t := range across {
		x, _ := place(Point{t.value, yRange.Min})
		p.line(x, top, x, bottom, grid)
		p.line(x, bottom, x, bottom+tickLength, mark)
		p.text(x, bottom+tickLength+8, `text-anchor="middle"`, t.label)
	}
	for _, t := range up {
		_, y := place(Point{xRange.Min, t.value})
		p.line(left, y, left+p.plotWidth, y, grid)
		p.line(left-tickLength, y, left, y, mark)
		p.text(left-tickLength-2, y+2.8, `text-anchor="end"`, t.label)
	}
	p.centred(left+p.plotWidth/2, bottom+22, letters, p.plotWidth+2*marginSide, panel.XLabel)
	// Read from below, as usual at a y axis.
	middle := top + p.plotHeight/2
	x := left - marginLeft + 8
	p.text(x, middle, fmt.Sprintf(`text-anchor="middle" transform="rotate(-90 %s %s)"`, number(x), number(middle)), panel.YLabel+unit)
}

// apart returns the ticks of the horizontal axis, few enough for their labels.
func apart(r Range, width float64) []tick {
	const gap = 6
	// Fewer ticks have shorter labels and more room; with two intervals there is nothing left to
	// drop.
	for limit := 8; ; limit-- {
		marks, longest := ticks(r, limit), 0
		for _, t := range marks {
			longest = max(longest, utf8.RuneCountInString(t.label))
		}
		if limit == 2 || float64(len(marks)-1)*(letter*float64(longest)+gap) <= width {
			return marks
		}
	}
}

// series draws the points of a series, or a line through them; place maps them onto the page.
func (p *page) series(s Series, place func(Point) (x, y float64)) {
	// Points that nothing joins.
	if s.Style.Kind == Marks {
		for _, q := range s.Points {
			x, y := place(q)
			p.mark(s.Style, x, y)
		}
		return
	}
	// One line through all points, in their order.
	var points []string
	for _, q := range s.Points {
		x, y := place(q)
		points = append(points, number(x)+","+number(y))
	}
	p.printf(`<polyline points="%s" %s/>`+"\n", strings.Join(points, " "), s.Style.attributes())
}

// mark draws a mark; those that are not circles are outlines, so that what lies below them shows.
func (p *page) mark(s Style, x, y float64) {
	// Half the width of a mark, in points.
	r := 1.5
	if s.Thick {
		r = 2.4
	}
	outline := func(points ...float64) {
		var list []string
		for i := 0; i < len(points); i += 2 {
			list = append(list, number(x+r*points[i])+","+number(y+r*points[i+1]))
		}
		p.printf(`<polygon points="%s" fill="none" stroke="%s" stroke-width="0.7"/>`+"\n", strings.Join(list, " "), s.ink())
	}
	switch s.Shape {
	case Square:
		outline(-1, -1, 1, -1, 1, 1, -1, 1)
	case Triangle:
		outline(0, -1.3, 1.2, 0.9, -1.2, 0.9)
	case Diamond:
		outline(0, -1.4, 1.4, 0, 0, 1.4, -1.4, 0)
	case Cross:
		// Two lines, as a cross has no inside.
		ink := fmt.Sprintf(`stroke="%s" stroke-width="0.8"`, s.ink())
		p.line(x-r, y-r, x+r, y+r, ink)
		p.line(x-r, y+r, x+r, y-r, ink)
	default:
		p.printf(`<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", number(x), number(y), number(r), s.ink())
	}
}

// sample draws the sample of a style in the legend.
func (p *page) sample(s Style, x, y float64) {
	// One mark in the middle of where a line would be.
	if s.Kind == Marks {
		p.mark(s, x+legendSample/2, y)
	} else {
		p.line(x, y, x+legendSample, y, s.attributes())
	}
}

// ink is the colour of a style, for any index.
func (s Style) ink() string {
	// The remainder has the sign of the index, which may be negative.
	return palette[((s.Colour%len(palette))+len(palette))%len(palette)]
}

// attributes are those of a line.
func (s Style) attributes() string {
	// In points: thin enough for a column, thick enough for a copier.
	width := 0.9
	if s.Thick {
		width = 1.8
	}
	// In points, long enough to be told apart at the width of a column.
	dashes := map[Kind]string{Dashed: ` stroke-dasharray="4.5 2.5"`, Dotted: ` stroke-dasharray="1.2 1.8"`, DashDot: ` stroke-dasharray="6 2 1.2 2"`}[s.Kind]
	return fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"%s`, s.ink(), number(width), dashes)
}
