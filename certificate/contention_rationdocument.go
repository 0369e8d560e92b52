package certificate

import (
	"io"
	"math/big"
)

// RationAgent is an agent of a rationing instance.
type RationAgent struct {
	Service string // "I", "II" or "III"
	Demand  []Size // values strictly ascending, probabilities positive with sum 1
	Target  *big.Rat
}

// RationDocument is a certificate on one rationing instance: prices that refute its
// targets, or quantiles that meet them ex ante, and then if it has a scheme, that the
// algorithm of CRS-T1.1 serves every agent with at least α times its target.
type RationDocument struct {
	Agents     []RationAgent
	Claims     []Claim
	Refutation *RationPrices
	Quantiles  []*big.Rat // nil with a refutation
	// Optimum and Tau are the single-unit scheme and its thresholds. Without them the
	// scheme is that of CRS-L4.4, if Empty or Bits has its law as in a
	// [KnapsackDocument].
	Optimum *UnitOptimum
	Tau     TwoOrders
	Empty   TwoOrders
	Bits    int
	// Service is the expected service of each agent, in the mean of both orders.
	Service []*big.Rat
	// Largest is, if not nil, the largest target that all agents can have ex ante.
	Largest *RationLargest
}

// RationLargest is a uniform target with quantiles that meet it, and prices that allow
// no more.
type RationLargest struct {
	Target    *big.Rat
	Quantiles []*big.Rat
	Prices    RationPrices
}

// RationPrices are multipliers of the ex-ante program.
type RationPrices struct {
	Supply *big.Rat
	Agents []*big.Rat
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *RationDocument) Derive() []Claim {
	f := rationFamily{refuted: d.Refutation != nil}
	switch {
	case f.refuted:
	case d.Optimum != nil || d.Empty.Forward != nil:
		f.scheme = Checked
	case d.Bits > 0:
		f.scheme = Concluded
	}
	if d.Largest != nil {
		f.largest = d.Largest.Target
	}
	return f.claims()
}

// Write writes d as one JSON document; see [Document.Write].
func (d *RationDocument) Write(w io.Writer) error {
	return write(w, func(e *encoder) {
		e.open(ContentionRationing)
		e.text(",\"agents\":")
		e.list(len(d.Agents), ",\n", func(i int) {
			e.text("{\"service\":")
			e.quoted(d.Agents[i].Service)
			e.text(",\"demand\":")
			e.sizes(d.Agents[i].Demand)
			e.text(",\"target\":")
			e.bigRat(d.Agents[i].Target)
			e.text("}")
		})
		e.text("}")
		e.claims(d.Claims)
		if d.Refutation != nil {
			e.text(",\n\"refutation\":{")
			e.prices(*d.Refutation)
			e.text("}")
		} else {
			e.text(",\n\"quantiles\":")
			e.rats(d.Quantiles)
			d.scheme(e)
		}
		if l := d.Largest; l != nil {
			e.text(",\n\"largest\":{\"target\":")
			e.bigRat(l.Target)
			e.text(",\n\"quantiles\":")
			e.rats(l.Quantiles)
			e.text(",\n")
			e.prices(l.Prices)
			e.text("}")
		}
	})
}

func (e *encoder) prices(p RationPrices) {
	e.text("\"supply\":")
	e.bigRat(p.Supply)
	e.text(",\"agents\":")
	e.rats(p.Agents)
}

func (d *RationDocument) scheme(e *encoder) {
	switch {
	case d.Optimum != nil:
		e.text(",\n\"unit\":{")
		e.unitOptimum(d.Optimum)
		e.text(",\n")
		e.twoOrders("tau-", d.Tau)
	case d.Empty.Forward != nil:
		e.text(",\n\"knapsack\":{\"law\":{")
		e.twoOrders("empty-", d.Empty)
		e.text("}")
	case d.Bits > 0:
		e.text(",\n\"knapsack\":{\"enclosed-law\":")
		e.integer(int64(d.Bits))
	default:
		return
	}
	e.text(",\n\"service\":")
	e.rats(d.Service)
	e.text("}")
}
