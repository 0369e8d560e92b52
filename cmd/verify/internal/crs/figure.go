package crs

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"pstar/certificate"
	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
)

// A plot is a figure before it is drawn: its numbers are exact, or enclosed.
type plot struct {
	title  string
	panels []plotPanel
}

type plotPanel struct {
	title, xLabel, yLabel string
	xRange, yRange        chart.Range
	series                []plotSeries
}

type plotSeries struct {
	name   string
	style  chart.Style
	points []plotPoint
}

type plotPoint struct {
	x rational.Rat
	y enclose.Interval // a point if exact
}

// crsFigures lists the figures of contention resolution.
var crsFigures = []struct {
	name, text string
	make       func(ctx context.Context) (*plot, error)
}{
	{"guarantee", "the guarantee against ρ, and against N for ρ = 1", guaranteePlot},
	{"phi", "the functions φ of the single-unit and the knapsack problem, and what bounds them", phiPlot},
}

func figureNames() string {
	var names []string
	for _, f := range crsFigures {
		names = append(names, f.name+", "+f.text)
	}
	return strings.Join(names, "; ")
}

// makeFigure writes a figure to a file in the format that its name says.
func (job *crsJob) makeFigure(ctx context.Context) error {
	for _, f := range crsFigures {
		if f.name != job.figure {
			continue
		}
		write, err := figureFormat(job.output)
		if err != nil {
			return err
		}
		p, err := f.make(ctx)
		if err != nil {
			return err
		}
		if err := job.WriteFile(job.output, func(w io.Writer) error { return write(p, w) }); err != nil {
			return err
		}
		if !run.ToStandardOutput(job.output) {
			fmt.Fprintf(job.Stdout, "%s: %s\n", certificate.FileName(job.output), f.text)
		}
		return nil
	}
	return run.UsageErrorf("-figure: unknown figure %q, expected %s", job.figure, figureNames())
}

func figureFormat(path string) (func(*plot, io.Writer) error, error) {
	switch {
	case strings.HasSuffix(path, ".svg"):
		return (*plot).writeSVG, nil
	case strings.HasSuffix(path, ".csv"), path == "-":
		return (*plot).writeCSV, nil
	}
	return nil, run.UsageErrorf("-figure needs -o with a name that ends in .svg or .csv")
}

func (p *plot) writeSVG(w io.Writer) error {
	f := chart.Figure{Title: p.title}
	for _, panel := range p.panels {
		drawn := chart.Panel{Title: panel.title, XLabel: panel.xLabel, YLabel: panel.yLabel, XRange: panel.xRange, YRange: panel.yRange}
		for _, s := range panel.series {
			var points []chart.Point
			for _, q := range s.points {
				points = append(points, chart.Point{X: q.x.Float64(), Y: q.y.Mid().Float64()})
			}
			drawn.Series = append(drawn.Series, chart.Series{Name: s.name, Points: points, Style: s.style})
		}
		f.Panels = append(f.Panels, drawn)
	}
	return f.WriteSVG(w)
}

// writeCSV writes one row for each point: exact numbers as fractions, others by two
// decimals that enclose them.
func (p *plot) writeCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"panel", "series", "x", "exact", "lower", "upper"}}
	for _, panel := range p.panels {
		for _, s := range panel.series {
			for _, q := range s.points {
				value := ""
				if q.y.Width().IsZero() {
					value = q.y.Lo.String()
				}
				lower, upper := ends(q.y)
				rows = append(rows, []string{panel.title, s.name, q.x.String(), value, lower, upper})
			}
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return out.Error()
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
	against := plotPanel{
		title: "against ρ", xLabel: "ρ", yLabel: "guarantee",
		xRange: chart.Range{Min: 0, Max: 3}, yRange: chart.Range{Min: 0.25, Max: 1},
	}
	for k, n := range []int{3, 5, 11} {
		s := plotSeries{name: fmt.Sprintf("LPOPT, %d equal elements", n), style: chart.Style{Kind: []chart.Kind{chart.Dashed, chart.DashDot, chart.Dotted}[k], Colour: 1 + k}}
		for i := range 121 {
			rho := rational.NewRat(int64(i), 40)
			s.points = append(s.points, exactly(rho, single.UniformValue(n, rho)))
		}
		against.series = append(against.series, s)
	}
	alpha := plotSeries{name: "α₀(ρ), the limit for many elements", style: chart.Style{Thick: true}}
	for i := range 121 {
		rho := rational.NewRat(int64(i), 40)
		alpha.points = append(alpha.points, at(rho, single.Alpha(rho)))
	}
	one := rational.NewRat(1, 1)
	fixed := plotSeries{name: "fixed order, many elements: 1/(1 + ρ)", style: chart.Style{Colour: 4}}
	any := plotSeries{name: "any order, many elements: (1 − e^(−ρ))/ρ", style: chart.Style{Colour: 5}}
	for _, p := range alpha.points {
		fixed.points = append(fixed.points, exactly(p.x, single.FixedOrderLimit(p.x)))
		if p.x.Sign() > 0 {
			any.points = append(any.points, at(p.x, single.AnyOrderLimit(p.x)))
		}
	}
	against.series = append(against.series, alpha, fixed, any)
	counts := plotPanel{
		title: "against N, ρ = 1", xLabel: "number of equal elements N", yLabel: "guarantee",
		xRange: chart.Range{Min: 0, Max: 102}, yRange: chart.Range{Min: 0.48, Max: 0.8},
	}
	for k, parity := range []string{"odd", "even"} {
		s := plotSeries{name: "LPOPT, N " + parity, style: chart.Style{Kind: chart.Marks, Colour: 1 + k}}
		for n := 2 - (1 - k); n <= 101; n += 2 {
			if ctx.Err() != nil {
				return nil, context.Cause(ctx)
			}
			s.points = append(s.points, exactly(rational.NewRat(int64(n), 1), single.UniformValue(n, one)))
		}
		counts.series = append(counts.series, s)
	}
	kinds := []chart.Kind{chart.Dotted, chart.DashDot, chart.Line, chart.Dashed}
	for k, l := range single.Landmarks() {
		s := plotSeries{name: l.Name, style: chart.Style{Kind: kinds[k], Colour: 3 + k}}
		for _, n := range []int64{0, 102} {
			s.points = append(s.points, at(rational.NewRat(n, 1), l.Value))
		}
		counts.series = append(counts.series, s)
	}
	return &plot{"Best guarantee of forward-backward contention resolution", []plotPanel{against, counts}}, nil
}

// phiPlot shows φ and the bounds that make it feasible.
func phiPlot(context.Context) (*plot, error) {
	const steps = 100
	one := rational.NewRat(1, 1)
	unit := plotPanel{
		title: "single unit, ρ = 1", xLabel: "z", yLabel: "probability of acceptance",
		xRange: chart.Range{Min: 0, Max: 1}, yRange: chart.Range{Min: 0.3, Max: 1},
	}
	second := plotPanel{
		title: "knapsack", xLabel: "z", yLabel: "probability of acceptance",
		xRange: chart.Range{Min: 0, Max: 1}, yRange: chart.Range{Min: 0.2, Max: 0.6},
	}
	curve := func(name string, style chart.Style, f func(z rational.Rat) enclose.Real) plotSeries {
		s := plotSeries{name: name, style: style}
		for i := range steps + 1 {
			z := rational.NewRat(int64(i), steps)
			s.points = append(s.points, at(z, f(z)))
		}
		return s
	}
	phi := chart.Style{Thick: true}
	unit.series = []plotSeries{
		curve("φ(z)", phi, func(z rational.Rat) enclose.Real { return single.PhiAt(one, z) }),
		curve("1 − ∫φ, the bound", chart.Style{Kind: chart.Dashed, Colour: 2}, func(z rational.Rat) enclose.Real { return single.PhiBound(one, z) }),
		curve("α₀(1) = (φ(z) + φ(1−z))/2", chart.Style{Kind: chart.Dotted, Colour: 1}, func(rational.Rat) enclose.Real { return single.Alpha(one) }),
	}
	second.series = []plotSeries{
		curve("φ(z) = 4/9 − 2z/9", phi, func(z rational.Rat) enclose.Real { return enclose.RealOf(knapsack.PhiAt(z)) }),
		curve("bound (4.16)", chart.Style{Kind: chart.Dashed, Colour: 2}, func(z rational.Rat) enclose.Real { b, _ := knapsack.PhiBounds(z); return b }),
		curve("bound (4.17)", chart.Style{Kind: chart.DashDot, Colour: 3}, func(z rational.Rat) enclose.Real { _, b := knapsack.PhiBounds(z); return b }),
		curve("1/3 = (φ(z) + φ(1−z))/2", chart.Style{Kind: chart.Dotted, Colour: 1}, func(rational.Rat) enclose.Real { return enclose.RealOf(rational.NewRat(1, 3)) }),
	}
	return &plot{"The functions φ and what bounds them", []plotPanel{unit, second}}, nil
}
