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
	across, up := aroundMarks(points)
	return &chart.Figure{
		Title: fmt.Sprintf("%s drafts, %d tokens", list[0].Model(), list[0].N()),
		Panels: []chart.Panel{{
			XLabel: "number of drafts K", YLabel: "best acceptance probability P*",
			XRange: across, YRange: up, XWhole: true,
			// A line to see the shape, and marks as there is nothing between whole numbers.
			Series: []chart.Series{{Points: points}, {Points: points, Style: chart.Style{Kind: chart.Marks}}},
		}},
	}
}

// aroundMarks are ranges of the axes with room around all points, as the frame would cut marks that lie on it. Points are in the
// order of K; the next tick above 1 lies beyond the room, so that no probability above 1 is marked.
func aroundMarks(points []chart.Point) (across, up chart.Range) {
	first, last := points[0].X, points[len(points)-1].X
	// Half a draft, or the width of a mark where there are many.
	side := max(0.5, (last-first)/60)
	across = chart.Range{Min: first - side, Max: last + side}
	up = chart.Range{Min: points[0].Y, Max: points[0].Y}
	for _, q := range points {
		up = chart.Range{Min: min(up.Min, q.Y), Max: max(up.Max, q.Y)}
	}
	// Of values that are all the same, as all 1, no scale is the right one: that of probabilities.
	if up.Min == up.Max {
		up = chart.Range{Min: 0, Max: 1}
	}
	room := 0.05 * (up.Max - up.Min)
	return across, chart.Range{Min: up.Min - room, Max: up.Max + room}
}
