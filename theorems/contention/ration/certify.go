package ration

import (
	"pstar/rational"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
	"pstar/witness"
)

// Tags are those of the claims that certificates prove for all instances, or conclude.
var Tags = []string{"CRS-L3.1", "CRS-T1.4", "CRS-T4.1", "CRS-L4.4", "CRS-L2.2", "CRS-T1.1"}

// Documents makes the certificate of the plan, or of the prices that refute the targets, of the largest uniform target, of
// α if it is that of a single unit, and of the service of the agents if that is known exactly. Later ones leave out what the format may not be able to hold. There is none if the run ended before all was settled.
func (r *Report) Documents() (makers []witness.Maker) {
	if r.stopped {
		return nil
	}
	add := func(i witness.ContentionInstance) {
		makers = append(makers, func() (witness.Document, error) { return witness.Contention(Tags, i) })
	}
	// The same for all documents: they differ in what they have besides.
	rations := r.rations()
	i := witness.ContentionInstance{Rations: rations}
	// α is the optimum of a single-unit instance, whose x are bound to the plan.
	if o := r.scheme; o != nil && o.Unit != nil {
		i.Unit = single.Optimum(o.Unit) // the plan is feasible, or there would be no scheme
	}
	// The services: with the thresholds, or with the choice, whose law the checker enumerates.
	if o := r.Outcome; o != nil && (o.Unit != nil || o.Law.Exact) {
		// A copy, as the documents without services share the plan.
		served := *i.Rations
		served.Served = &witness.Served{Parts: served.Parts, Guarantee: o.Alpha}
		with := witness.ContentionInstance{Unit: i.Unit, Rations: &served}
		if o.Unit != nil {
			served.Served.Thresholds = o.Tau
		} else {
			with.Choice = knapsack.FeasibleChoice(knapsack.Means(o.Sizes), o.Choice)
			with.Choice.Unclaimed = true // the command does not say so either
		}
		add(with)
	}
	if i.Unit != nil {
		add(i)
	}
	// Smaller documents follow, for one that meets a limit of the format.
	add(witness.ContentionInstance{Rations: rations})
	add(witness.ContentionInstance{})
	return makers
}

// rations are the agents with the plan, or the prices, and the largest target.
// The plan and the largest target are known, as the run was not stopped.
func (r *Report) rations() *witness.Rations {
	w := &witness.Rations{}
	for _, a := range r.Agents {
		agent := witness.RationAgent{Service: a.Service.String(), Target: a.Target}
		// The merged levels, which are what the parts of the plan are of.
		for _, l := range a.levels() {
			agent.Levels = append(agent.Levels, witness.RationLevel{Demand: l.demand, Probability: l.probability, Supply: l.supply, Service: l.service})
		}
		w.Agents = append(w.Agents, agent)
	}
	if r.Plan.Feasible {
		w.Parts = parts(r.Agents, r.Plan.Quantile)
	} else {
		w.Prices = witness.RationPrices{Supply: r.Plan.Prices.Supply, Agents: r.Plan.Prices.Agent}
	}
	// A largest target of 0 has no quantiles to divide by it; the format leaves it out.
	if t := r.Largest; t.Value.Sign() > 0 {
		q, _, _ := Quantiles(withTarget(r.Agents, t.Value))
		w.Largest = &witness.LargestTarget{Value: t.Value, Parts: parts(r.Agents, q), Prices: witness.RationPrices{Supply: t.Prices.Supply, Agents: t.Prices.Agent}}
	}
	return w
}

// parts are the probabilities with which the levels of each agent are served.
// In the shape of the levels, which the format has.
func parts(agents []Agent, quantiles []rational.Rat) (list [][]rational.Rat) {
	for i, a := range agents {
		list = append(list, served(a.levels(), quantiles[i]))
	}
	return list
}
