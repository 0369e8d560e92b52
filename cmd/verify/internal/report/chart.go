package report

import (
	"html/template"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/chart"
)

// chart draws the quantities of a grid over its columns, a line for each row; nothing if no
// row has two of them. It shows what a table of numbers hides: how a quantity grows, and where
// it suddenly does not, because another method took over.
//
// Numbers are floating point here and nowhere else in a report: they are places on paper.
func (p *page) chart() template.HTML {
	// One figure with a panel for each quantity: their scales have nothing in common.
	figure := chart.Figure{}
	// Rows of the grid are told apart without colours, too.
	kinds := []chart.Kind{chart.Line, chart.Dashed, chart.DashDot, chart.Dotted}
	for _, q := range quantities {
		// By number of the row of the grid; tasks come in the order of columns, so that the
		// points of a line do, too.
		lines := map[int][]chart.Point{}
		var numbers []int
		names := map[int]string{} // "K = 2"
		for _, r := range p.Rows {
			if n, known := q.of(r); known && r.Cell != nil {
				if lines[r.Cell.Row] == nil {
					numbers = append(numbers, r.Cell.Row)
					// Names are "K = 2, n = 3": the first half is what the points of a line
					// share.
					names[r.Cell.Row], _, _ = strings.Cut(r.Name(), ",")
				}
				lines[r.Cell.Row] = append(lines[r.Cell.Row], chart.Point{X: float64(r.Cell.Column), Y: float64(n) / 1000})
			}
		}
		// Tasks of files may come in any order, and the legend must not depend on it.
		slices.Sort(numbers)
		panel := chart.Panel{Title: q.title, XLabel: "n", XWhole: true}
		for i, k := range numbers {
			// One point is no line, and the maps show it.
			if len(lines[k]) > 1 {
				panel.Series = append(panel.Series, chart.Series{Name: names[k], Points: lines[k], Style: chart.Style{Kind: kinds[i%len(kinds)], Colour: i}})
			}
		}
		if len(panel.Series) > 0 {
			figure.Panels = append(figure.Panels, panel)
		}
	}
	if len(figure.Panels) == 0 {
		return ""
	}
	var b strings.Builder
	figure.WriteSVG(&b) // it fails if the writer does
	// It was made here, of numbers and names that the drawing escapes.
	return template.HTML(b.String())
}
