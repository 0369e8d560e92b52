package figures

import (
	"context"
	"fmt"

	"pstar/cmd/verify/internal/chart"
	"pstar/cmd/verify/internal/run"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
)

// knapsackPlot shows what the choice of CRS-L4.4 guarantees, and what no scheme exceeds on the instances of CRS-T1.5.
func knapsackPlot(ctx context.Context, _ plotOptions) (*plot, error) {
	p := &plot{Figure: chart.Figure{Title: "Guarantees for the knapsack problem"}}
	// What is known does not depend on the instance: lines across both panels.
	landmarks := func(from, to rational.Rat) {
		kinds := []chart.Kind{chart.DashDot, chart.Dotted, chart.Line, chart.Dashed, chart.Dotted}
		for k, l := range knapsack.Landmarks() {
			p.curve(short(l.Name), chart.Style{Kind: kinds[k], Colour: []int{5, 3, 0, 2, 6}[k]}, at(from, l.Value), at(to, l.Value))
		}
	}
	// The guarantees shown lie between 0.31 and 4/9: an axis from 0 would press them into one
	// line.
	p.panel(chart.Panel{
		Title: "(a) against the mean sizes", XLabel: "sum of the mean sizes", YLabel: "guarantee",
		XRange: chart.Range{Min: 0, Max: 1}, YRange: chart.Range{Min: 0.3, Max: 0.46},
	})
	// One element of that mean size stands for all instances: the guarantee depends on the
	// sum alone.
	p.steps("choice of CRS-L4.4: 4/9 − Σμ/9", chart.Style{Thick: true}, one, func(m rational.Rat) enclose.Real {
		return enclose.RealOf(knapsack.PhiChoice([]rational.Rat{m}).Guarantee())
	})
	landmarks(rational.Rat{}, one)
	p.panel(chart.Panel{
		Title: "(b) the instances of CRS-T1.5", XLabel: "number of elements 2m + 1", YLabel: "guarantee",
		XRange: chart.Range{Min: 0, Max: 102}, YRange: chart.Range{Min: 0.3, Max: 0.7}, // 125/189 is the first point
	})
	var best []plotPoint
	// Sizes 1/2 + 1/m; for m = 1 no element fits.
	for m := 2; m <= 50; m++ {
		// Each m is computed by itself: who interrupts does not wait for the others.
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		// An instance of 2m + 1 elements, which is what the axis counts.
		best = append(best, exactly(rational.NewRat(int64(2*m+1), 1), knapsack.HardValue(m)))
	}
	p.curve("best guarantee of any scheme", chart.Style{Kind: chart.Marks, Colour: 1}, best...)
	landmarks(rational.Rat{}, rational.NewRat(102, 1))
	return p, nil
}

// rationPlot shows the exact service of each agent, in both orders and in the mean, beside its target and α times that.
func rationPlot(ctx context.Context, o plotOptions) (*plot, error) {
	// The command of the family computes: the figure shows what it says, and nothing of its own.
	r, err := ration.Verify(ctx, o.agents, ration.Options{Names: o.names})
	if err != nil {
		return nil, err
	}
	out := r.Outcome
	// There is nothing to draw but targets.
	if out == nil {
		return nil, run.UsageErrorf("the services are not computed: the targets lie outside the ex-ante region, or the law of the supply is too large")
	}
	p := &plot{Figure: chart.Figure{Title: "Service of " + contention.Count(len(o.agents), "agent", "agents")}}
	// α as a decimal; the table has the exact services that it bounds.
	p.panel(chart.Panel{
		Title: "α = " + out.Alpha.Decimal(6), XLabel: "agent", YLabel: "expected service",
		// Half a unit beside the first and the last agent, so that no mark lies on the frame.
		XRange: chart.Range{Min: 0.5, Max: float64(len(o.agents)) + 0.5}, XWhole: true,
	})
	// One kind of mark for each kind of number, at each agent; none are joined, as agents have no order of size.
	add := func(name string, style chart.Style, value func(i int) rational.Rat) {
		var points []plotPoint
		for i := range o.agents {
			points = append(points, exactly(rational.NewRat(int64(i+1), 1), value(i)))
		}
		style.Kind = chart.Marks
		p.curve(name, style, points...)
	}
	add("target β", chart.Style{Shape: chart.Cross, Colour: 7}, func(i int) rational.Rat { return r.Agents[i].Target })
	for _, order := range contention.Orders {
		// Triangle and square: the two orders are told apart without colours too.
		add(fmt.Sprintf("service, %s order", order), chart.Style{Shape: []chart.Shape{chart.Triangle, chart.Square}[order], Colour: []int{3, 1}[order]},
			func(i int) rational.Rat { return out.Service[order][i] })
	}
	add("service, mean of both", chart.Style{}, func(i int) rational.Rat { return out.Average[i] })
	add("α·β, the guarantee", chart.Style{Shape: chart.Diamond, Colour: 2, Thick: true}, func(i int) rational.Rat { return out.Alpha.Mul(r.Agents[i].Target) })
	// From 0: heights then compare as services do.
	p.Panels[0].YRange = chart.FromZero(p.Panels[0].Series)
	return p, nil
}
