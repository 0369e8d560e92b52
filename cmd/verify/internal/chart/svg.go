package chart

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Measures of the page, in pixels.
const (
	plotWidth, plotHeight  = 400, 300
	marginLeft, marginSide = 66, 22 // of a panel; the left one holds the labels of the y axis
	titleHeight            = 30     // of the figure
	panelTitleHeight       = 28
	axisHeight             = 46 // below the plot: tick labels and the label of the x axis
	legendRow              = 18
	legendSample           = 34
	tickLength             = 5
)

// WriteSVG writes the figure as one self-contained SVG document. The only errors
// are those of w.
func (f *Figure) WriteSVG(w io.Writer) error {
	var p page
	width := len(f.Panels) * (marginLeft + plotWidth + marginSide)
	top := 0
	if f.Title != "" {
		top = titleHeight
	}
	rows := 0
	for i := range f.Panels {
		rows = max(rows, len(f.Panels[i].legend()))
	}
	height := top + panelTitleHeight + plotHeight + axisHeight + rows*legendRow + 10
	p.printf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" font-family="Helvetica, Arial, sans-serif" font-size="12">`+"\n", width, height, width, height)
	p.printf(`<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", width, height)
	if f.Title != "" {
		p.centred(float64(width)/2, 21, 16, width, f.Title)
	}
	for i := range f.Panels {
		p.panel(&f.Panels[i], i, float64(i*(marginLeft+plotWidth+marginSide)+marginLeft), float64(top+panelTitleHeight))
	}
	p.printf("</svg>\n")
	_, err := io.WriteString(w, p.String())
	return err
}

// legend returns the series that the legend lists.
func (p *Panel) legend() []Series {
	var named []Series
	for _, s := range p.Series {
		if s.Name != "" {
			named = append(named, s)
		}
	}
	return named
}

// A page collects the text of the document.
type page struct{ strings.Builder }

func (p *page) printf(format string, args ...any) { fmt.Fprintf(p, format, args...) }

var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func (p *page) text(x, y float64, attributes, s string) {
	p.printf(`<text x="%s" y="%s" %s>%s</text>`+"\n", number(x), number(y), attributes, escape.Replace(s))
}

// centred writes a text around x, in letters small enough for the width. The width
// of a letter is a guess that is rather too large.
func (p *page) centred(x, y, size float64, width int, s string) {
	const letter = 0.58 // of the size
	if count := utf8.RuneCountInString(s); float64(count)*letter*size > float64(width) {
		size = float64(width) / (letter * float64(count))
	}
	p.text(x, y, fmt.Sprintf(`text-anchor="middle" font-size="%s"`, number(size)), s)
}

func (p *page) line(x1, y1, x2, y2 float64, attributes string) {
	p.printf(`<line x1="%s" y1="%s" x2="%s" y2="%s" %s/>`+"\n", number(x1), number(y1), number(x2), number(y2), attributes)
}

// number rounds to a hundredth of a pixel.
func number(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}

// panel draws one panel with the upper left corner of its plot at (left, top).
func (p *page) panel(panel *Panel, index int, left, top float64) {
	xRange, yRange := panel.ranges()
	place := func(q Point) (x, y float64) {
		return left + plotWidth*(q.X-xRange.Min)/(xRange.Max-xRange.Min),
			top + plotHeight*(yRange.Max-q.Y)/(yRange.Max-yRange.Min)
	}
	p.printf(`<clipPath id="plot%d"><rect x="%s" y="%s" width="%d" height="%d"/></clipPath>`+"\n", index, number(left), number(top), plotWidth, plotHeight)
	p.centred(left+plotWidth/2, top-10, 14, plotWidth+2*marginSide, panel.Title)
	p.axes(panel, left, top, xRange, yRange, place)
	p.printf(`<g clip-path="url(#plot%d)">`+"\n", index)
	for _, s := range panel.Series {
		p.series(s, place)
	}
	p.printf("</g>\n")
	p.printf(`<rect x="%s" y="%s" width="%d" height="%d" fill="none" stroke="#000000"/>`+"\n", number(left), number(top), plotWidth, plotHeight)
	for i, s := range panel.legend() {
		y := top + plotHeight + axisHeight + float64(i)*legendRow + 8
		p.sample(s.Style, left, y)
		p.text(left+legendSample+8, y+4, `text-anchor="start"`, s.Name)
	}
}

// axes draws the grid, the ticks and the labels of both axes.
func (p *page) axes(panel *Panel, left, top float64, xRange, yRange Range, place func(Point) (x, y float64)) {
	const grid, mark = `stroke="#e0e0e0"`, `stroke="#000000"`
	bottom := top + plotHeight
	for _, t := range apart(xRange) {
		x, _ := place(Point{t.value, yRange.Min})
		p.line(x, top, x, bottom, grid)
		p.line(x, bottom, x, bottom+tickLength, mark)
		p.text(x, bottom+tickLength+13, `text-anchor="middle"`, t.label)
	}
	for _, t := range ticks(yRange, 8) {
		_, y := place(Point{xRange.Min, t.value})
		p.line(left, y, left+plotWidth, y, grid)
		p.line(left-tickLength, y, left, y, mark)
		p.text(left-tickLength-4, y+4, `text-anchor="end"`, t.label)
	}
	p.centred(left+plotWidth/2, bottom+37, 12, plotWidth+2*marginSide, panel.XLabel)
	middle := top + plotHeight/2
	x := left - marginLeft + 16
	p.text(x, middle, fmt.Sprintf(`text-anchor="middle" transform="rotate(-90 %s %s)"`, number(x), number(middle)), panel.YLabel)
}

// apart returns the ticks of the horizontal axis, few enough for their labels.
func apart(r Range) []tick {
	const letter, gap = 7, 8
	for limit := 8; ; limit-- {
		marks, longest := ticks(r, limit), 0
		for _, t := range marks {
			longest = max(longest, utf8.RuneCountInString(t.label))
		}
		if limit == 2 || (len(marks)-1)*(letter*longest+gap) <= plotWidth {
			return marks
		}
	}
}

func (p *page) series(s Series, place func(Point) (x, y float64)) {
	if s.Style.Kind == Marks {
		for _, q := range s.Points {
			x, y := place(q)
			p.mark(s.Style, x, y)
		}
		return
	}
	var points []string
	for _, q := range s.Points {
		x, y := place(q)
		points = append(points, number(x)+","+number(y))
	}
	p.printf(`<polyline points="%s" %s/>`+"\n", strings.Join(points, " "), s.Style.attributes())
}

func (p *page) mark(s Style, x, y float64) {
	p.printf(`<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", number(x), number(y), number(markRadius(s)), s.ink())
}

func markRadius(s Style) float64 {
	if s.Thick {
		return 4
	}
	return 2.4
}

// sample draws the sample of a style in the legend.
func (p *page) sample(s Style, x, y float64) {
	if s.Kind == Marks {
		p.mark(s, x+legendSample/2, y)
	} else {
		p.line(x, y, x+legendSample, y, s.attributes())
	}
}

func (s Style) ink() string {
	return palette[((s.Colour%len(palette))+len(palette))%len(palette)]
}

// attributes are those of a line.
func (s Style) attributes() string {
	width := 1.5
	if s.Thick {
		width = 3
	}
	dashes := map[Kind]string{Dashed: ` stroke-dasharray="7 4"`, Dotted: ` stroke-dasharray="2 3"`, DashDot: ` stroke-dasharray="9 3 2 3"`}[s.Kind]
	return fmt.Sprintf(`fill="none" stroke="%s" stroke-width="%s" stroke-linejoin="round"%s`, s.ink(), number(width), dashes)
}
