package instances

import (
	"fmt"

	"pstar/cmd/verify/internal/chart"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/vocabulary"
)

// pstarChart draws P* against the number of drafts. The floats are places on paper.
// One law for all of them, so that the points differ in K alone.
func pstarChart(list []*multidraft.Instance, found []*vocabulary.Enclosure) *chart.Figure {
	var points []chart.Point
	// The middle of an interval is drawn; its width cannot be seen.
	for j, e := range found {
		points = append(points, chart.Point{X: float64(list[j].K()), Y: e.Value.Mid().Float64()})
	}
	return &chart.Figure{
		Title: fmt.Sprintf("%s drafts, %d tokens", list[0].Model(), list[0].N()),
		Panels: []chart.Panel{{
			XLabel: "number of drafts K", YLabel: "best acceptance probability P*",
			// A line to see the shape, and marks as there is nothing between whole numbers.
			Series: []chart.Series{{Points: points}, {Points: points, Style: chart.Style{Kind: chart.Marks}}},
		}},
	}
}
