package contention

import (
	"math/big"

	"pstar/certificate"
	"pstar/rational"
)

// alphaWidth is the width of the enclosure of α_0 in a certificate.
var alphaWidth = rational.NewRat(1, 1<<40)

// CertifyUnit returns the certificate of u: its two points, the coins of Algorithm 2
// and, if it is narrow enough to lie below the value, an enclosure of α_0(ρ). It
// panics if u does not verify.
func CertifyUnit(u *Unit) *certificate.UnitDocument {
	law, err := Attain(u.X, u.Choice)
	if err != nil {
		panic("contention: " + err.Error())
	}
	d := &certificate.UnitDocument{X: bigs(u.X), Optimum: unitOptimum(u), Coins: bothBigs(law.Coin)}
	if alpha, ok := Alpha(rational.RatVector(u.X).Sum()).Enclose(alphaWidth); ok {
		if alpha = alpha.Outward(64); alpha.Hi.Cmp(u.Value) <= 0 {
			d.Alpha = &[2]*big.Rat{alpha.Lo.Big(), alpha.Hi.Big()}
		}
	}
	d.Claims = d.Derive()
	return d
}

func unitOptimum(u *Unit) certificate.UnitOptimum {
	return certificate.UnitOptimum{
		Value: u.Value.Big(), Choice: bothBigs(u.Choice), Xi: bigs(u.Dual.Xi), Y: bothBigs(u.Dual.Y),
	}
}

// CertifyKnapsack returns the certificate of a feasible choice c, with the law of
// Algorithm 3 if it is exact. law may be nil.
func CertifyKnapsack(elements []Element, c Choice, law *KnapsackLaw) *certificate.KnapsackDocument {
	d := &certificate.KnapsackDocument{Choice: bothBigs(c)}
	for _, e := range elements {
		var sizes []certificate.Size
		for _, s := range e {
			sizes = append(sizes, certificate.Size{Value: s.Size.Big(), Probability: s.Probability.Big()})
		}
		d.Elements = append(d.Elements, sizes)
	}
	if law != nil && law.Exact && law.Confirms(c) == nil {
		var empty Choice
		for _, o := range Orders {
			for _, e := range law.Empty[o] {
				empty[o] = append(empty[o], e.Lo)
			}
		}
		d.Empty = bothBigs(empty)
	}
	d.Claims = d.Derive()
	return d
}

// CertifyRation returns the certificate of an instance of rationing: of the prices
// that refute its targets, or of the plan and, if r is not nil and its law is exact,
// of the outcome.
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
		d.Refutation = &certificate.RationPrices{Supply: plan.Prices.Supply.Big(), Agents: bigs(plan.Prices.Agent)}
	case r != nil && r.Unit != nil:
		optimum := unitOptimum(r.Unit)
		d.Optimum, d.Tau, d.Service = &optimum, bothBigs(r.Tau), bigs(r.Average)
	case r != nil && r.Law.Exact:
		d.Knapsack, d.Service = true, bigs(r.Average)
	}
	if plan.Feasible {
		d.Quantiles = bigs(plan.Quantile)
	}
	d.Claims = d.Derive()
	return d
}

// CertifyPhi returns the certificate of CRS-P3.2 (certificate.PhiUnit), CRS-P3.6
// (PhiGamma) or CRS-P4.3 (PhiKnapsack, for which ρ is 1). The claims are those of
// [UnitPhi], [UnitGamma] or [KnapsackPhi].
func CertifyPhi(function string, rho rational.Rat, claims []Claim) *certificate.PhiDocument {
	d := &certificate.PhiDocument{Function: function, Rho: rho.Big()}
	name := map[string]string{
		certificate.PhiUnit: "slack", certificate.PhiGamma: "gamma-lipschitz", certificate.PhiKnapsack: "exponential",
	}[function]
	for _, c := range claims {
		if c.Name != name {
			continue
		}
		for k, cell := range c.Cells {
			if k == 0 {
				d.Breaks = append(d.Breaks, cell.From.Big())
			}
			d.Breaks = append(d.Breaks, cell.To.Big())
		}
	}
	d.Claims = d.Derive()
	return d
}

func bigs(v []rational.Rat) []*big.Rat {
	list := make([]*big.Rat, len(v))
	for i, x := range v {
		list[i] = x.Big()
	}
	return list
}

func bothBigs(c Choice) certificate.TwoOrders {
	return certificate.TwoOrders{Forward: bigs(c[Forward]), Backward: bigs(c[Backward])}
}
