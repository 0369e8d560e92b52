package contention

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/big"

	"pstar/certificate"
	"pstar/rational"
)

// CertifyUnit returns the certificate of u: its two points, the coins of Algorithm 2
// and an enclosure of α_0(ρ) that lies below the value, if one is found. The error is
// that u has more than [certificate.MaxElements] elements, or ctx.Err(). It panics if u
// does not verify.
func CertifyUnit(ctx context.Context, u *Unit) (*certificate.UnitDocument, error) {
	if n := len(u.X); n > certificate.MaxElements {
		return nil, fmt.Errorf("a certificate has at most %d elements, found %d", certificate.MaxElements, n)
	}
	law, err := Attain(ctx, u.X, u.Choice)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		panic("contention: " + err.Error())
	}
	d := &certificate.UnitDocument{X: bigs(u.X), Optimum: unitOptimum(u), Coins: bothBigs(law.Coin)}
	alpha := Alpha(rational.RatVector(u.X).Sum())
	for bits := 40; bits <= 640 && d.Alpha == nil; bits *= 2 {
		e, ok := alpha.Enclose(two.Pow(-bits))
		if e = e.Outward(uint(bits) + 24); ok && e.Hi.Cmp(u.Value) <= 0 {
			d.Alpha = &[2]*big.Rat{e.Lo.Big(), e.Hi.Big()}
		}
	}
	d.Claims = d.Derive()
	return d, nil
}

// AddHalved adds CRS-LB.1 to d: the optima of [Split] for each element of d.
func AddHalved(d *certificate.UnitDocument, halved []*Unit) {
	for _, u := range halved {
		d.Halved = append(d.Halved, unitOptimum(u))
	}
	d.Claims = d.Derive()
}

func unitOptimum(u *Unit) certificate.UnitOptimum {
	return certificate.UnitOptimum{
		Value: u.Value.Big(), Choice: bothBigs(u.Choice), Xi: bigs(u.Dual.Xi), Y: bothBigs(u.Dual.Y),
	}
}

// lawBits is the precision of the probabilities in a law that is enclosed.
const lawBits = 512

// CertifyKnapsack returns the certificate of a choice c, with the law of Algorithm 3
// unless law is nil: exact if law is, else enclosed.
func CertifyKnapsack(elements []Element, c Choice, law *KnapsackLaw) *certificate.KnapsackDocument {
	d := &certificate.KnapsackDocument{Choice: bothBigs(c)}
	for _, e := range elements {
		var sizes []certificate.Size
		for _, s := range e {
			sizes = append(sizes, certificate.Size{Value: s.Size.Big(), Probability: s.Probability.Big()})
		}
		d.Elements = append(d.Elements, sizes)
	}
	if law != nil && law.Confirms(c) == nil {
		if law.Exact {
			d.Empty = empty(law)
		} else {
			d.Bits = lawBits
		}
	}
	d.Claims = d.Derive()
	return d
}

// EncloseLaw puts an enclosed law in the place of the exact one of d, which takes the
// checker less time where the exact probabilities are long.
func EncloseLaw(d *certificate.KnapsackDocument) {
	d.Empty, d.Bits = certificate.TwoOrders{}, lawBits
	d.Claims = d.Derive()
}

// empty returns the probabilities of an empty knapsack of an exact law.
func empty(law *KnapsackLaw) certificate.TwoOrders {
	var p Choice
	for _, o := range Orders {
		for _, e := range law.Empty[o] {
			p[o] = append(p[o], e.Lo)
		}
	}
	return bothBigs(p)
}

// AddSingle adds CRS-T1.5 to d, the certificate of an instance no two of whose elements
// fit together: the optimum u of the single-unit problem that this makes of it, and a
// bound on how far its value is above 1/(2 + 1/e).
func AddSingle(d *certificate.KnapsackDocument, u *Unit) {
	optimum := unitOptimum(u)
	limit, _ := Alpha(two).Enclose(two.Pow(-40))
	d.Single, d.Above = &optimum, rational.Point(u.Value.Sub(limit.Lo)).Outward(40).Hi.Big()
	d.Claims = d.Derive()
}

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

// accepted returns nil if the checker accepts a document, and else why not.
func accepted(d interface{ Write(io.Writer) error }) error {
	var document bytes.Buffer
	if err := d.Write(&document); err != nil {
		return err
	}
	_, err := certificate.Check(&document)
	return err
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
