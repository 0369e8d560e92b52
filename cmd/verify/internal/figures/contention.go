package figures

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention/curves"
	"pstar/theorems/contention/ration"
)

// A plot is a figure of contention resolution: its curves, which are exact or enclosed, and the drawing.
type plot struct {
	chart.Figure
	of *curves.Figure
}

// plots are the figures with a name of their own, with the flags that they know.
var plots = []struct {
	// flags is "rho" where the sum of the probabilities is asked for, and else empty.
	name, text, flags string
	make              func(ctx context.Context, o plotOptions) (*curves.Figure, error)
	looks             func(f *plot) []look // of the panels
}{
	{"guarantee", "the guarantee of contention resolution against ρ, and against N for one ρ with the bound of CRS-T3.4", "rho",
		func(ctx context.Context, o plotOptions) (*curves.Figure, error) { return curves.Guarantee(ctx, o.rho) }, guaranteeLooks},
	{"phi", "the functions φ of the single-unit problem for one ρ and of the knapsack problem, and what bounds them", "rho",
		func(_ context.Context, o plotOptions) (*curves.Figure, error) { return curves.Phi(o.rho), nil }, phiLooks},
	{"knapsack", "the guarantee of the knapsack problem against the mean sizes, and what the instances of CRS-T1.5 allow", "",
		func(ctx context.Context, _ plotOptions) (*curves.Figure, error) { return curves.Knapsack(ctx) }, knapsackLooks},
	{"ration", "the service of each agent of FILE against α·β, as \"figure ration FILE\"", "", rationCurves, rationLooks},
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

// rationCurves asks the family for the services: the figure shows what it says, and nothing of its own.
func rationCurves(ctx context.Context, o plotOptions) (*curves.Figure, error) {
	r, err := ration.Verify(ctx, o.agents, ration.Options{Names: o.names})
	if err != nil {
		return nil, err
	}
	// There is nothing to draw but targets.
	if r.Outcome == nil {
		return nil, run.UsageErrorf("the services are not computed: the targets lie outside the ex-ante region, or the law of the supply is too large")
	}
	return curves.Ration(r), nil
}

// newPlot draws the curves.
func newPlot(f *curves.Figure, looks func(f *plot) []look) *plot {
	p := &plot{Figure: chart.Figure{Title: f.Title}, of: f}
	for _, panel := range f.Panels {
		drawn := chart.Panel{Title: panel.Title, XLabel: panel.X, YLabel: panel.Y}
		for _, s := range panel.Series {
			// The middle, for the eye alone: what is known of the value stands in the table.
			points := each.Of(s.Points, func(q curves.Point) chart.Point { return chart.Point{X: q.X.Float64(), Y: q.Y.Mid().Float64()} })
			drawn.Series = append(drawn.Series, chart.Series{Name: s.Name, Points: points})
		}
		p.Panels = append(p.Panels, drawn)
	}
	for i, l := range looks(p) {
		l.dress(&p.Panels[i])
	}
	return p
}

// writeCSV writes one row for each point: exact numbers as fractions, others by two
// decimals that enclose them.
func (p *plot) writeCSV(w io.Writer) error {
	rows := [][]string{{"panel", "series", "x", "exact", "lower", "upper"}}
	for _, panel := range p.of.Panels {
		for _, s := range panel.Series {
			for _, q := range s.Points {
				value := ""
				// The column of exact values is empty where there is no fraction to write.
				if q.Y.Width().IsZero() {
					value = q.Y.Lo.String()
				}
				// Exact values have ends too: who reads the table needs no case of its own for them.
				lower, upper := ends(q.Y)
				rows = append(rows, []string{panel.Title, s.Name, q.X.String(), value, lower, upper})
			}
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

var one = rational.Whole(1)

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
