package figures

import "pstar/cmd/verify/internal/chart"

// A look is how a panel is drawn: its ranges and scales, and the styles of its series, in their order.
type look struct {
	x, y       chart.Range
	whole, log bool // the numbers of the axis of x; both axes
	styles     []chart.Style
	// Of points whose range nobody knows beforehand: y is not looked at.
	fromZero bool
}

// dress gives a panel its look.
func (l look) dress(p *chart.Panel) {
	p.XRange, p.YRange, p.XWhole, p.XLog, p.YLog = l.x, l.y, l.whole, l.log, l.log
	for i := range p.Series {
		p.Series[i].Style = l.styles[i]
	}
	switch {
	// A gap of 10^−19 for large sums has no range that could be written down.
	case l.log:
		p.YRange = chart.LogRange(p.Series)
	case l.fromZero:
		p.YRange = chart.FromZero(p.Series)
	}
}

// last is the end of a curve on paper.
func last(s chart.Series) chart.Point { return s.Points[len(s.Points)-1] }

// guaranteeLooks tells odd numbers of elements from even ones by shape as well as colour.
func guaranteeLooks(f *plot) []look {
	against := []chart.Style{
		{Kind: chart.Dashed, Colour: 1}, {Kind: chart.DashDot, Colour: 2}, {Kind: chart.Dotted, Colour: 3}, // three numbers of elements
		{Thick: true}, // many
		// Dashed as well as of another colour, for who prints without: it lies far from the other dashed one.
		{Kind: chart.Dashed, Colour: 4},
		{Colour: 5},
	}
	// One style in panels (b) and (c): it is the same bound.
	byN := []chart.Style{{Kind: chart.Marks, Colour: 1}, {Kind: chart.Marks, Colour: 2, Shape: chart.Triangle}, {Kind: chart.Dashed, Colour: 4}}
	constants := []chart.Style{{}}
	across := f.Panels[1].Series[len(byN):]
	// The third is α_0(1), the curves' own limit, and the only one without dashes.
	if len(across) > 1 {
		constants = []chart.Style{{Kind: chart.Dotted, Colour: 3}, {Kind: chart.DashDot, Colour: 5}, {}, {Kind: chart.Dotted, Colour: 6}}
	}
	// α_0, or for ρ = 1 the least of the landmarks, is below all LPOPT: the panel begins a little below it.
	low := last(across[0]).Y
	for _, s := range across {
		low = min(low, last(s).Y)
	}
	elements := chart.Range{Min: 0, Max: 102}
	return []look{
		// Above 1, where all curves begin, and below 1/4, where one ends: what lies on the frame is not seen.
		{x: chart.Range{Min: 0, Max: 3}, y: chart.Range{Min: 0.2, Max: 1.02}, styles: against},
		// Room below by a part of what is shown and a part of α_0, which for large ρ is
		// near 0.
		{x: elements, y: chart.Range{Min: low - 0.07*(1-low) - 0.05*low, Max: 1.02}, styles: append(byN, constants...)},
		// An axis with logarithms cannot begin at 0; the points lie from 1 to 101.
		{x: chart.Range{Min: 0.9, Max: 110}, log: true, styles: byN},
		{x: elements, fromZero: true, styles: byN},
	}
}

func phiLooks(f *plot) []look {
	// φ falls: its last value is the lowest point of the panel, and 1 is the largest of the bound.
	phi := last(f.Panels[0].Series[0])
	// What is drawn lies between φ(ρ) and 1, with a margin on both sides.
	margin := 0.04 * (1 - phi.Y)
	single := []chart.Style{{Thick: true}, {Kind: chart.Dashed, Colour: 2}, {Kind: chart.Dotted, Colour: 1}}
	knapsack := []chart.Style{{Thick: true}, {Kind: chart.Dashed, Colour: 2}, {Kind: chart.DashDot, Colour: 3}, {Kind: chart.Dotted, Colour: 1}}
	return []look{
		{x: chart.Range{Min: 0, Max: phi.X}, y: chart.Range{Min: phi.Y - margin, Max: 1 + margin}, styles: single},
		// φ falls from 4/9 to 2/9; both bounds begin at 5/9.
		{x: chart.Range{Min: 0, Max: 1}, y: chart.Range{Min: 0.2, Max: 0.6}, styles: knapsack},
	}
}

func knapsackLooks(*plot) []look {
	landmarks := []chart.Style{{Kind: chart.DashDot, Colour: 5}, {Kind: chart.Dotted, Colour: 3}, {}, {Kind: chart.Dashed, Colour: 2}, {Kind: chart.Dotted, Colour: 6}}
	return []look{
		// The guarantees shown lie between 0.31 and 4/9: an axis from 0 would press them into one
		// line.
		{x: chart.Range{Min: 0, Max: 1}, y: chart.Range{Min: 0.3, Max: 0.46}, styles: append([]chart.Style{{Thick: true}}, landmarks...)},
		// 125/189 is the first point.
		{x: chart.Range{Min: 0, Max: 102}, y: chart.Range{Min: 0.3, Max: 0.7}, styles: append([]chart.Style{{Kind: chart.Marks, Colour: 1}}, landmarks...)},
	}
}

// rationLooks has one kind of mark for each kind of number, at each agent; none are joined, as agents have no order of size.
func rationLooks(f *plot) []look {
	agents := last(f.Panels[0].Series[0]).X
	return []look{{
		// Half a unit beside the first and the last agent, so that no mark lies on the frame. Heights from 0 compare as services do.
		x: chart.Range{Min: 0.5, Max: agents + 0.5}, whole: true, fromZero: true,
		styles: []chart.Style{
			{Kind: chart.Marks, Shape: chart.Cross, Colour: 7},
			// Triangle and square: the two orders are told apart without colours too.
			{Kind: chart.Marks, Shape: chart.Triangle, Colour: 3}, {Kind: chart.Marks, Shape: chart.Square, Colour: 1},
			{Kind: chart.Marks}, {Kind: chart.Marks, Shape: chart.Diamond, Colour: 2, Thick: true},
		},
	}}
}
