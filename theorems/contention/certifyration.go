package contention

import (
	"pstar/certificate"
)

// CertifyRation returns the certificate of an instance of rationing: of the prices
// that refute its targets, or of the plan and, if r is not nil, of the outcome.
func CertifyRation(agents []Agent, plan *ExAnte, r *Ration) *certificate.RationDocument {
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
		optimum := unitOptimum(r.Unit)
		d.Optimum, d.Tau, d.Service = &optimum, bothBigs(r.Tau), bigs(r.Average)
	case r != nil:
		d.Service = bigs(r.Average)
		if r.Law.Exact {
			d.Empty = empty(r.Law)
		} else {
			d.Bits = lawBits
		}
	}
	if plan.Feasible {
		d.Quantiles = bigs(plan.Quantile)
	}
	d.Claims = d.Derive()
	return d
}

// EncloseRationLaw is EncloseLaw for rationing. It changes nothing where there is no exact
// law of Algorithm 3.
func EncloseRationLaw(d *certificate.RationDocument) {
	if d.Empty.Forward != nil {
		d.Empty, d.Bits = certificate.TwoOrders{}, lawBits
		d.Claims = d.Derive()
	}
}

// AddLargest adds to d, the certificate of agents, their largest uniform target.
func AddLargest(d *certificate.RationDocument, agents []Agent, t *UniformTarget) {
	q, _, _ := Quantiles(withTarget(agents, t.Value))
	d.Largest = &certificate.RationLargest{Target: t.Value.Big(), Quantiles: bigs(q), Prices: rationPrices(t.Prices)}
	d.Claims = d.Derive()
}

func rationPrices(p Prices) certificate.RationPrices {
	return certificate.RationPrices{Supply: p.Supply.Big(), Agents: bigs(p.Agent)}
}
