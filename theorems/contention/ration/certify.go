package ration

import (
	"pstar/certificate"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
)

// Certify returns the certificate of an instance of rationing: of the prices
// that refute its targets, or of the plan and, if r is not nil, of the outcome.
func Certify(agents []Agent, plan *ExAnte, r *Ration) *certificate.RationDocument {
	d := &certificate.RationDocument{}
	for _, a := range agents {
		agent := certificate.RationAgent{Service: a.Service.String(), Target: a.Target.Big()}
		for _, l := range a.levels() {
			agent.Demand = append(agent.Demand, certificate.Size{Value: l.demand.Big(), Probability: l.probability.Big()})
		}
		d.Agents = append(d.Agents, agent)
	}
	switch {
	case !plan.Feasible:
		prices := rationPrices(plan.Prices)
		d.Refutation = &prices
	case r != nil && r.Unit != nil:
		optimum := single.UnitOptimum(r.Unit)
		d.Optimum, d.Tau, d.Service = &optimum, contention.BothBigs(r.Tau), contention.Bigs(r.Average)
	case r != nil:
		d.Service = contention.Bigs(r.Average)
		if r.Law.Exact {
			d.Empty = knapsack.EmptyPart(r.Law)
		} else {
			d.Bits = knapsack.LawBits
		}
	}
	if plan.Feasible {
		d.Quantiles = contention.Bigs(plan.Quantile)
	}
	d.Claims = d.Derive()
	return d
}

// EncloseLaw is EncloseLaw for rationing. It changes nothing where there is no exact
// law of Algorithm 3.
func EncloseLaw(d *certificate.RationDocument) {
	if d.Empty.Forward != nil {
		d.Empty, d.Bits = certificate.TwoOrders{}, knapsack.LawBits
		d.Claims = d.Derive()
	}
}

// AddLargest adds to d, the certificate of agents, their largest uniform target.
func AddLargest(d *certificate.RationDocument, agents []Agent, t *UniformTarget) {
	q, _, _ := Quantiles(withTarget(agents, t.Value))
	d.Largest = &certificate.RationLargest{Target: t.Value.Big(), Quantiles: contention.Bigs(q), Prices: rationPrices(t.Prices)}
	d.Claims = d.Derive()
}

func rationPrices(p Prices) certificate.RationPrices {
	return certificate.RationPrices{Supply: p.Supply.Big(), Agents: contention.Bigs(p.Agent)}
}
