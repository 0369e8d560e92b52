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
	"pstar/theorems/contention/single"
)

// A plot is a figure of contention resolution: the drawing, and its numbers, which are
// exact or enclosed, as rows of a table.
type plot struct {
	chart.Figure
	rows [][]string
}

// A plotPoint is a point of a curve, exact if the interval is one number.
type plotPoint struct {
	x rational.Rat
	y enclose.Interval
}

// plots are the figures with a name of their own.
var plots = []struct {
	name, text string
	make       func(ctx context.Context) (*plot, error)
}{
	{"guarantee", "the guarantee of contention resolution against ρ, and against N for ρ = 1", guaranteePlot},
	{"phi", "the functions φ of the single-unit and the knapsack problem, and what bounds them", phiPlot},
}

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
	panel := &p.Panels[len(p.Panels)-1]
	var drawn []chart.Point
	for _, q := range points {
		drawn = append(drawn, chart.Point{X: q.x.Float64(), Y: q.y.Mid().Float64()})
		value := ""
		// The column of exact values is empty where there is no fraction to write.
		if q.y.Width().IsZero() {
			value = q.y.Lo.String()
		}
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

// ends prints decimals that enclose the interval.
func ends(y enclose.Interval) (lower, upper string) {
	text := strings.Trim(y.Decimal(show.Decimals), "[]")
	lower, upper, found := strings.Cut(text, ", ")
	if !found {
		upper = lower
	}
	return lower, upper
}

func at(x rational.Rat, y enclose.Real) plotPoint {
	e, _ := y.Enclose(rational.NewRat(1, 1<<40))
	return plotPoint{x, e}
}

func exactly(x, y rational.Rat) plotPoint { return plotPoint{x, enclose.Point(y)} }

// guaranteePlot compares LPOPT for equal probabilities, which is exact by CRS-U, with
// α_0, and with what other orders allow.
func guaranteePlot(ctx context.Context) (*plot, error) {
	p := &plot{Figure: chart.Figure{Title: "Best guarantee of forward-backward contention resolution"}}
	p.panel(chart.Panel{
		Title: "against ρ", XLabel: "ρ", YLabel: "guarantee",
		XRange: chart.Range{Min: 0, Max: 3}, YRange: chart.Range{Min: 0.25, Max: 1},
	})
	one := rational.NewRat(1, 1)
	against := func(name string, style chart.Style, value func(rho rational.Rat) plotPoint) {
		var points []plotPoint
		for i := range 121 {
			points = append(points, value(rational.NewRat(int64(i), 40)))
		}
		p.curve(name, style, points...)
	}
	for k, n := range []int{3, 5, 11} {
		style := chart.Style{Kind: []chart.Kind{chart.Dashed, chart.DashDot, chart.Dotted}[k], Colour: 1 + k}
		against(fmt.Sprintf("LPOPT, %d equal elements", n), style, func(rho rational.Rat) plotPoint { return exactly(rho, single.UniformValue(n, rho)) })
	}
	against("α₀(ρ), the limit for many elements", chart.Style{Thick: true}, func(rho rational.Rat) plotPoint { return at(rho, single.Alpha(rho)) })
	against("fixed order, many elements: 1/(1 + ρ)", chart.Style{Colour: 4}, func(rho rational.Rat) plotPoint { return exactly(rho, single.FixedOrderLimit(rho)) })
	against("any order, many elements: (1 − e^(−ρ))/ρ", chart.Style{Colour: 5}, func(rho rational.Rat) plotPoint {
		if rho.IsZero() {
			return exactly(rho, one) // the limit
		}
		return at(rho, single.AnyOrderLimit(rho))
	})
	p.panel(chart.Panel{
		Title: "against N, ρ = 1", XLabel: "number of equal elements N", YLabel: "guarantee",
		XRange: chart.Range{Min: 0, Max: 102}, YRange: chart.Range{Min: 0.48, Max: 0.8},
	})
	for k, parity := range []string{"odd", "even"} {
		var points []plotPoint
		for n := 2 - (1 - k); n <= 101; n += 2 {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			points = append(points, exactly(rational.NewRat(int64(n), 1), single.UniformValue(n, one)))
		}
		p.curve("LPOPT, N "+parity, chart.Style{Kind: chart.Marks, Colour: 1 + k}, points...)
	}
	kinds := []chart.Kind{chart.Dotted, chart.DashDot, chart.Line, chart.Dashed}
	for k, l := range single.Landmarks() {
		p.curve(l.Name, chart.Style{Kind: kinds[k], Colour: 3 + k}, at(rational.NewRat(0, 1), l.Value), at(rational.NewRat(102, 1), l.Value))
	}
	return p, nil
}

// phiPlot shows φ and the bounds that make it feasible.
func phiPlot(context.Context) (*plot, error) {
	one := rational.NewRat(1, 1)
	p := &plot{Figure: chart.Figure{Title: "The functions φ and what bounds them"}}
	curve := func(name string, style chart.Style, f func(z rational.Rat) enclose.Real) {
		const steps = 100
		var points []plotPoint
		for i := range steps + 1 {
			z := rational.NewRat(int64(i), steps)
			points = append(points, at(z, f(z)))
		}
		p.curve(name, style, points...)
	}
	phi := chart.Style{Thick: true}
	p.panel(chart.Panel{
		Title: "single unit, ρ = 1", XLabel: "z", YLabel: "probability of acceptance",
		XRange: chart.Range{Min: 0, Max: 1}, YRange: chart.Range{Min: 0.3, Max: 1},
	})
	curve("φ(z)", phi, func(z rational.Rat) enclose.Real { return single.PhiAt(one, z) })
	curve("1 − ∫φ, the bound", chart.Style{Kind: chart.Dashed, Colour: 2}, func(z rational.Rat) enclose.Real { return single.PhiBound(one, z) })
	curve("α₀(1) = (φ(z) + φ(1−z))/2", chart.Style{Kind: chart.Dotted, Colour: 1}, func(rational.Rat) enclose.Real { return single.Alpha(one) })
	p.panel(chart.Panel{
		Title: "knapsack", XLabel: "z", YLabel: "probability of acceptance",
		XRange: chart.Range{Min: 0, Max: 1}, YRange: chart.Range{Min: 0.2, Max: 0.6},
	})
	curve("φ(z) = 4/9 − 2z/9", phi, func(z rational.Rat) enclose.Real { return enclose.RealOf(knapsack.PhiAt(z)) })
	curve("bound (4.16)", chart.Style{Kind: chart.Dashed, Colour: 2}, func(z rational.Rat) enclose.Real { b, _ := knapsack.PhiBounds(z); return b })
	curve("bound (4.17)", chart.Style{Kind: chart.DashDot, Colour: 3}, func(z rational.Rat) enclose.Real { _, b := knapsack.PhiBounds(z); return b })
	curve("1/3 = (φ(z) + φ(1−z))/2", chart.Style{Kind: chart.Dotted, Colour: 1}, func(rational.Rat) enclose.Real { return enclose.RealOf(rational.NewRat(1, 3)) })
	return p, nil
}
