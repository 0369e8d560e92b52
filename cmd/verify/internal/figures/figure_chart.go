package figures

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"pstar/cmd/verify/internal/chart"
	"pstar/rational"
	"pstar/theorems/multidraft/scheme"
	"pstar/theorems/multidraft/study"
)

// chartOf draws the curves; a piecewise linear one from its breakpoints alone.
func chartOf(panels []*study.Samples) *chart.Figure {
	figure := &chart.Figure{Title: commonTitle(panels)}
	for j, s := range panels {
		title := s.Family.Title
		// Letters, so that a text can speak of one of them.
		if len(panels) > 1 {
			title = fmt.Sprintf("(%c) %s", 'a'+j, title)
		}
		least := floor(s)
		p := chart.Panel{
			Title:  subscripts(title),
			XLabel: subscripts(axisLabel(s.Family)),
			YLabel: "acceptance probability",
			XRange: chart.Range{Min: s.Family.From.Float64(), Max: s.Family.To.Float64()},
			// A little above 1, which curves reach and the frame would hide, and below the next tick.
			YRange: chart.Range{Min: least, Max: 1 + min(0.02, (1-least)/15)},
		}
		// In the order of the file, which the legend has too.
		for c, curve := range s.Curves {
			p.Series = append(p.Series, chart.Series{Name: curveTitle(curve.Name), Points: line(s, c), Style: curveStyle(c)})
		}
		figure.Panels = append(figure.Panels, p)
	}
	return figure
}

// commonTitle says what all panels share: K, and p if it is fixed.
func commonTitle(panels []*study.Samples) string {
	first := panels[0].Family
	// What differs between panels is said by their own titles.
	for _, s := range panels[1:] {
		if s.Family.K != first.K || !slices.EqualFunc(s.Family.P, first.P, sameLine) {
			return ""
		}
	}
	title := fmt.Sprintf("%d independent drafts", first.K)
	p := make([]rational.Rat, len(first.P))
	for i, l := range first.P {
		// A law that moves with the parameter is no common one.
		if p[i] = l.A; !l.B.IsZero() {
			return title
		}
	}
	return title + " from p = " + rational.Tuple(p)
}

// axisLabel is the name of the parameter, with what it is.
func axisLabel(f *study.Family) string {
	// The parameter alone, if the file says nothing about it.
	if f.Axis == "" {
		return f.Parameter
	}
	return f.Parameter + ", " + f.Axis
}

// sameLine reports whether two entries are the same function of the parameter.
func sameLine(a, b study.Line) bool { return a.A.Equal(b.A) && a.B.Equal(b.B) }

// subscripts sets the digits after an underscore low.
func subscripts(text string) string {
	var pairs []string
	// Digits alone: Unicode has a low form of each, and of few letters.
	for d := range 10 {
		pairs = append(pairs, "_"+strconv.Itoa(d), string(rune('₀'+d)))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// line is the polyline of a curve in floats, for paper only. Of what is enclosed it has the lower
// end, which no eye tells from the upper.
func line(s *study.Samples, c int) []chart.Point {
	var line []chart.Point
	// A piecewise linear curve is its knots: more points would only round more.
	if knots := s.Curves[c].Knots; knots != nil {
		for _, k := range knots {
			line = append(line, chart.Point{X: k.T.Float64(), Y: k.Value.Lo.Float64()})
		}
		return line
	}
	jumps := s.Jumps[c]
	for j, t := range s.Points {
		// A jump is upright, and not as slanted as points are far from each other.
		for ; len(jumps) > 0 && jumps[0].T.Cmp(t) < 0; jumps = jumps[1:] {
			line = append(line, chart.Point{X: jumps[0].T.Float64(), Y: jumps[0].Value.Lo.Float64()})
		}
		line = append(line, chart.Point{X: t.Float64(), Y: s.Values[c][j].Lo.Float64()})
	}
	return line
}

// floor is the largest tenth that no value is below, for the axis, and below 1.
func floor(s *study.Samples) float64 {
	least := s.Least()
	// The quotient rounds towards 0, which is down for probabilities.
	tenths, _ := least.Num().Mul(rational.NewInt(10)).QuoRem(least.Den())
	n, _ := tenths.Int64()
	// Curves that are 1 everywhere are seen below the top of the axis.
	return float64(min(n, 9)) / 10
}

// curveTitle is what the legend calls a curve: names of the papers for the schemes of Figure 2,
// else that of the scheme.
func curveTitle(name string) string {
	switch name {
	case study.CurveOptimal:
		return "Optimal, P*"
	case scheme.KSEQ:
		return "SpecTr"
	case scheme.Recursive:
		return "SpecInfer"
	}
	return name
}

// curveStyle tells curves apart by dashes as well as by colours.
func curveStyle(c int) chart.Style {
	// Four ways to draw a line times seven colours: 28 curves before two look alike.
	kinds := []chart.Kind{chart.Line, chart.Dashed, chart.DashDot, chart.Dotted}
	// Of seven colours besides black; dashes tell apart what has the same one.
	colour := 0 // black, for the first curve alone
	if c > 0 {
		colour = 1 + (c-1)%7
	}
	return chart.Style{Kind: kinds[c%len(kinds)], Colour: colour, Thick: c == 0}
}
