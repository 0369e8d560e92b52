package figures

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
)

// A plot is a figure of contention resolution: the drawing, and its numbers, which are
// exact or enclosed, as rows of a table.
type plot struct {
	chart.Figure
	rows [][]string
}

// A plotPoint is a point of a curve, exact if the interval is one number.
// In the table a point is its interval, and in the drawing the middle of it.
type plotPoint struct {
	x rational.Rat
	y enclose.Interval
}

// plots are the figures with a name of their own, with the flags that they know.
var plots = []struct {
	// flags is "rho" where the sum of the probabilities is asked for, and else empty.
	name, text, flags string
	make              func(ctx context.Context, o plotOptions) (*plot, error)
}{
	{"guarantee", "the guarantee of contention resolution against ρ, and against N for one ρ with the bound of CRS-T3.4", "rho", guaranteePlot},
	{"phi", "the functions φ of the single-unit problem for one ρ and of the knapsack problem, and what bounds them", "rho", phiPlot},
	{"knapsack", "the guarantee of the knapsack problem against the mean sizes, and what the instances of CRS-T1.5 allow", "", knapsackPlot},
	{"ration", "the service of each agent of FILE against α·β, as \"figure ration FILE\"", "", rationPlot},
}

// plotOptions are what the command line says.
type plotOptions struct {
	// The sum of the probabilities of the single-unit problem; the knapsack has none.
	rho rational.Rat
	// The agents and their names in the order of the file; only "ration" has them.
	agents []ration.Agent
	names  []string
}

// plotNames lists the figures with a name for the help text.
// Their order is that of the table, in which they are looked up too.
func plotNames() string {
	var names []string
	for _, f := range plots {
		names = append(names, f.name+", "+f.text)
	}
	return strings.Join(names, "; ")
}

// panel begins a panel.
func (p *plot) panel(panel chart.Panel) { p.Panels = append(p.Panels, panel) }

// curve adds a curve to the panel.
func (p *plot) curve(name string, style chart.Style, points ...plotPoint) {
	// Panels are begun one by one; a curve belongs to the last.
	panel := &p.Panels[len(p.Panels)-1]
	var drawn []chart.Point
	for _, q := range points {
		// The middle, for the eye alone: what is known of the value stands in the table.
		drawn = append(drawn, chart.Point{X: q.x.Float64(), Y: q.y.Mid().Float64()})
		value := ""
		// The column of exact values is empty where there is no fraction to write.
		// A fraction, and not a number that was enclosed.
		if q.y.Width().IsZero() {
			value = q.y.Lo.String()
		}
		// Exact values have ends too: who reads the table needs no case of its own for them.
		lower, upper := ends(q.y)
		p.rows = append(p.rows, []string{panel.Title, name, q.x.String(), value, lower, upper})
	}
	panel.Series = append(panel.Series, chart.Series{Name: name, Points: drawn, Style: style})
}

// writeCSV writes one row for each point: exact numbers as fractions, others by two
// decimals that enclose them.
func (p *plot) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"panel", "series", "x", "exact", "lower", "upper"}); err != nil {
		return err
	}
	return out.WriteAll(p.rows)
}

// ends prints decimals that enclose the interval, with more digits if it is of small numbers: the first ten would be zeros.
func ends(y enclose.Interval) (lower, upper string) {
	// As many digits behind the first that is not 0 as other numbers have.
	digits, ten := show.Decimals, rational.NewRat(10, 1)
	// One digit more for each zero behind the point; 0 itself has no end of them.
	for v := y.Mid().Abs().Mul(ten); v.Sign() > 0 && v.Cmp(one) < 0; v = v.Mul(ten) {
		digits++
	}
	// The brackets and the comma are those of an interval; a number that is exact to these
	// digits has neither.
	text := strings.Trim(y.Decimal(digits), "[]")
	lower, upper, found := strings.Cut(text, ", ")
	// Exact to the digits shown: both ends are one decimal.
	if !found {
		upper = lower
	}
	return lower, upper
}

// at is a point whose value is enclosed, so closely that its middle can be drawn: small ones, such as gaps, to a part of a
// million of what they are. Of 0, which no enclosure tells from what is small, it is 2^−640.
func at(x rational.Rat, y enclose.Real) plotPoint {
	// Finer than any printer for numbers near 1.
	width := rational.NewRat(1, 1<<40)
	// How small the number is, is not known before: the width shrinks until it is a small part of
	// it.
	for tries := 0; ; tries++ {
		// Whether this width was reached does not matter: the one that was is looked at
		// below.
		e, _ := y.Enclose(width)
		if e.Width().Mul(rational.NewRat(1_000_000, 1)).Cmp(e.Mid().Abs()) <= 0 || tries == 15 {
			return plotPoint{x, e}
		}
		width = width.Mul(rational.NewRat(1, 1<<40))
	}
}

// exactly is a point whose value is a fraction.
func exactly(x, y rational.Rat) plotPoint { return plotPoint{x, enclose.Point(y)} }

var one = rational.NewRat(1, 1)

// guaranteePlot compares LPOPT for equal probabilities, which is exact by CRS-U, with
// α_0, with what other orders allow, and with the bound of CRS-T3.4.
func guaranteePlot(ctx context.Context, o plotOptions) (*plot, error) {
	p := &plot{Figure: chart.Figure{Title: "Best guarantee of forward-backward contention resolution"}}
	p.panel(chart.Panel{
		Title: "(a) against ρ", XLabel: "ρ", YLabel: "guarantee",
		// Above 1, where all curves begin, and below 1/4, where one ends: what lies on the frame is not seen.
		XRange: chart.Range{Min: 0, Max: 3}, YRange: chart.Range{Min: 0.2, Max: 1.02},
	})
	against := func(name string, style chart.Style, value func(rho rational.Rat) plotPoint) {
		var points []plotPoint
		// Forty points to the unit from 0 to 3: more cannot be seen.
		// At each point the value is computed for this ρ, and none is interpolated.
		for i := range 121 {
			points = append(points, value(rational.NewRat(int64(i), 40)))
		}
		p.curve(name, style, points...)
	}
	// Three numbers of elements are enough to see how fast LPOPT falls to α_0.
	// Of 3 at least: ρ goes up to 3, and ρ/N has to be a probability.
	for k, n := range []int{3, 5, 11} {
		style := chart.Style{Kind: []chart.Kind{chart.Dashed, chart.DashDot, chart.Dotted}[k], Colour: 1 + k}
		against(fmt.Sprintf("LPOPT, %d equal elements", n), style, func(rho rational.Rat) plotPoint { return exactly(rho, single.UniformValue(n, rho)) })
	}
	// What CRS-T1.2 guarantees for every instance: LPOPT of each N lies above it.
	against("α₀(ρ), many elements", chart.Style{Thick: true}, func(rho rational.Rat) plotPoint { return at(rho, single.Alpha(rho)) })
	// Dashed as well as of another colour, for who prints without: it lies far from the other dashed one.
	against("fixed order, many elements: 1/(1 + ρ)", chart.Style{Kind: chart.Dashed, Colour: 4}, func(rho rational.Rat) plotPoint { return exactly(rho, single.FixedOrderLimit(rho)) })
	against("any order, many elements: (1 − e^(−ρ))/ρ", chart.Style{Colour: 5}, func(rho rational.Rat) plotPoint {
		if rho.IsZero() {
			return exactly(rho, one) // the limit
		}
		return at(rho, single.AnyOrderLimit(rho))
	})
	// The other panels are for one ρ of the user's, a single point of the axis of (a).
	if err := p.againstN(ctx, o.rho); err != nil {
		return nil, err
	}
	return p, nil
}

// parities are the two kinds of N, told apart by shape as well as colour.
var parities = []struct {
	name  string
	style chart.Style
}{
	{"N odd", chart.Style{Kind: chart.Marks, Colour: 1}},
	{"N even", chart.Style{Kind: chart.Marks, Colour: 2, Shape: chart.Triangle}},
}

// byN are the points of one parity, for the N up to 101 for which ρ/N is a probability.
func byN(ctx context.Context, parity int, rho rational.Rat, value func(n rational.Rat, v rational.Rat) plotPoint) (points []plotPoint, err error) {
	// Up to 101: beyond, points of both parities cannot be told apart.
	// In steps of two from 1 or 2: the two forms of CRS-U are drawn apart.
	for n := 1 + parity; n <= 101; n += 2 {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// N below ρ would make ρ/N no probability.
		if single.ValidateUniform(n, rho) == nil {
			points = append(points, value(rational.NewRat(int64(n), 1), single.UniformValue(n, rho)))
		}
	}
	return points, nil
}

// A panelByN is a panel whose axis counts elements.
type panelByN struct {
	chart.Panel
	// value is what is drawn of LPOPT = v for N = n elements.
	value func(n, v rational.Rat) plotPoint
	// bound is what CRS-T3.4 bounds it by, of the name boundName; nil for none.
	bound     func(n rational.Rat) plotPoint
	boundName string
}

// panelsByN are the panels for one ρ: the guarantee, its gap to α_0 on logarithmic axes, and N times the gap.
func panelsByN(rho rational.Rat, alpha enclose.Real) []panelByN {
	// The bound of CRS-T3.4 above α_0 is (ρ+2)/N.
	slack := rho.Add(rational.NewRat(2, 1))
	// Above 0 for every N, as a logarithmic axis needs: LPOPT is a fraction and at least α_0,
	// which is none.
	gap := func(v rational.Rat) enclose.Real { return enclose.RealOf(v).Sub(alpha) }
	// α_0 is below all LPOPT: the panel begins a little below it.
	lowest, _ := alpha.Enclose(rational.NewRat(1, 1<<40))
	low := lowest.Lo.Float64()
	if rho.Equal(one) { // the landmarks are drawn, of which a fixed order has the least
		low = 0.5
	}
	return []panelByN{
		{chart.Panel{Title: "(b) against N, ρ = " + rho.String(), XLabel: "number of equal elements N", YLabel: "guarantee",
			// Room below by a part of what is shown and a part of α_0, which for large ρ is
			// near 0.
			XRange: chart.Range{Min: 0, Max: 102}, YRange: chart.Range{Min: low - 0.07*(1-low) - 0.05*low, Max: 1.02}},
			exactly,
			func(n rational.Rat) plotPoint { return at(n, alpha.Add(enclose.RealOf(slack.Quo(n)))) },
			"α₀(ρ) + (ρ + 2)/N, N odd (CRS-T3.4)"},
		{chart.Panel{Title: "(c) the gap to α₀(ρ), ρ = " + rho.String(), XLabel: "number of equal elements N", YLabel: "LPOPT − α₀(ρ)", XLog: true, YLog: true,
			// An axis with logarithms cannot begin at 0; the points lie from 1 to 101.
			XRange: chart.Range{Min: 0.9, Max: 110}},
			func(n, v rational.Rat) plotPoint { return at(n, gap(v)) },
			func(n rational.Rat) plotPoint { return exactly(n, slack.Quo(n)) },
			"(ρ + 2)/N, N odd (CRS-T3.4)"},
		// No bound: N times (ρ + 2)/N is the constant ρ + 2.
		{chart.Panel{Title: "(d) N times the gap, ρ = " + rho.String(), XLabel: "number of equal elements N", YLabel: "N(LPOPT − α₀(ρ))",
			XRange: chart.Range{Min: 0, Max: 102}},
			func(n, v rational.Rat) plotPoint { return at(n, gap(v).Mul(enclose.RealOf(n))) },
			nil, ""},
	}
}

// againstN adds the panels for one ρ. The error is that of the context.
func (p *plot) againstN(ctx context.Context, rho rational.Rat) error {
	alpha := single.Alpha(rho)
	// One style in panels (b) and (c): it is the same bound.
	bound := chart.Style{Kind: chart.Dashed, Colour: 4}
	for _, panel := range panelsByN(rho, alpha) {
		p.panel(panel.Panel)
		// LPOPT is computed anew for each panel: at most 101 powers, less than a table of
		// them would take to explain.
		for k, parity := range parities {
			points, err := byN(ctx, k, rho, panel.value)
			if err != nil {
				return err
			}
			p.curve("LPOPT, "+parity.name, parity.style, points...)
		}
		// CRS-T3.4 speaks of odd N alone.
		if panel.bound != nil {
			// Of odd N; the value of LPOPT is not looked at, as the bound depends on N alone.
			points, err := byN(ctx, 0, rho, func(n, _ rational.Rat) plotPoint { return panel.bound(n) })
			if err != nil {
				return err
			}
			p.curve(panel.boundName, bound, points...)
		}
		switch last := &p.Panels[len(p.Panels)-1]; {
		// The ranges depend on the points: a gap of 10^−19 for large sums has no range that could be written down.
		case last.YLog:
			last.YRange = chart.LogRange(last.Series)
		case panel.bound == nil:
			last.YRange = chart.FromZero(last.Series)
		// Panel (b), whose axis has guarantees: constants can be drawn into it.
		default:
			p.across(rho, alpha)
		}
	}
	return nil
}

// across adds what does not depend on N: α_0(ρ), and for ρ = 1, of which the landmarks speak, those, one of which it is.
func (p *plot) across(rho rational.Rat, alpha enclose.Real) {
	// Across the whole panel, from frame to frame: a constant has two points.
	from, to := rational.Rat{}, rational.NewRat(102, 1)
	if !rho.Equal(one) {
		p.curve("α₀(ρ)", chart.Style{}, at(from, alpha), at(to, alpha))
		return
	}
	// The third is α_0(1), the curves' own limit, and the only one without dashes.
	kinds := []chart.Kind{chart.Dotted, chart.DashDot, chart.Line, chart.Dotted}
	for k, l := range single.Landmarks() {
		p.curve(short(l.Name), chart.Style{Kind: kinds[k], Colour: []int{3, 5, 0, 6}[k]}, at(from, l.Value), at(to, l.Value))
	}
}

// short writes powers of e as they fit into a legend.
func short(name string) string {
	return strings.NewReplacer("e^(−1/2)", "1/√e", "e^(−1)", "1/e", "e^(−2)", "1/e²").Replace(name)
}

// steps adds a curve at a hundred and one points from 0 to an end.
func (p *plot) steps(name string, style chart.Style, end rational.Rat, f func(z rational.Rat) enclose.Real) {
	// Curves of e^z: more points cannot be seen at the width of a page.
	const steps = 100
	var points []plotPoint
	for i := range steps + 1 {
		z := end.Mul(rational.NewRat(int64(i), steps))
		points = append(points, at(z, f(z)))
	}
	p.curve(name, style, points...)
}

// phiPlot shows φ and the bounds that make it feasible.
func phiPlot(_ context.Context, o plotOptions) (*plot, error) {
	p := &plot{Figure: chart.Figure{Title: "The functions φ and what bounds them"}}
	phi, rho := chart.Style{Thick: true}, o.rho
	// φ falls: its last value is the lowest point of the panel.
	end, _ := single.PhiAt(rho, rho).Enclose(rational.NewRat(1, 1<<40)) // the least value, and 1 is the largest of the bound
	margin := 0.04 * (1 - end.Lo.Float64())
	// What is drawn lies between φ(ρ) and 1, with a margin on both sides.
	p.panel(chart.Panel{
		Title: "(a) single unit, ρ = " + rho.String(), XLabel: "z", YLabel: "probability of acceptance",
		XRange: chart.Range{Min: 0, Max: rho.Float64()}, YRange: chart.Range{Min: end.Lo.Float64() - margin, Max: 1 + margin},
	})
	// φ has to lie below this bound for all z: that is feasibility when elements are many and
	// small.
	p.steps("φ(z)", phi, rho, func(z rational.Rat) enclose.Real { return single.PhiAt(rho, z) })
	p.steps("1 − ∫φ, the bound", chart.Style{Kind: chart.Dashed, Colour: 2}, rho, func(z rational.Rat) enclose.Real { return single.PhiBound(rho, z) })
	// The mean of φ at z and at ρ − z, the places of an element in the two orders, is the
	// same for all z: what each element is guaranteed.
	p.steps("α₀(ρ), the mean of φ(z) and φ(ρ−z)", chart.Style{Kind: chart.Dotted, Colour: 1}, rho, func(rational.Rat) enclose.Real { return single.Alpha(rho) })
	p.panel(chart.Panel{
		Title: "(b) knapsack", XLabel: "z", YLabel: "probability of acceptance",
		XRange: chart.Range{Min: 0, Max: 1}, YRange: chart.Range{Min: 0.2, Max: 0.6},
	})
	// φ falls from 4/9 to 2/9; both bounds begin at 5/9.
	p.steps("φ(z) = 4/9 − 2z/9", phi, one, func(z rational.Rat) enclose.Real { return enclose.RealOf(knapsack.PhiAt(z)) })
	p.steps("bound (4.16)", chart.Style{Kind: chart.Dashed, Colour: 2}, one, func(z rational.Rat) enclose.Real { b, _ := knapsack.PhiBounds(z); return b })
	p.steps("bound (4.17)", chart.Style{Kind: chart.DashDot, Colour: 3}, one, func(z rational.Rat) enclose.Real { _, b := knapsack.PhiBounds(z); return b })
	p.steps("1/3, the mean of φ(z) and φ(1−z)", chart.Style{Kind: chart.Dotted, Colour: 1}, one, func(rational.Rat) enclose.Real { return enclose.RealOf(rational.NewRat(1, 3)) })
	return p, nil
}
