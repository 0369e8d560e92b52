package certificate

import (
	"fmt"
	"io"
	"math/big"
	"sort"
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
	// Optimum and Tau are the single-unit scheme and its thresholds; without them,
	// and with Knapsack, the scheme is that of CRS-L4.4.
	Optimum  *UnitOptimum
	Tau      TwoOrders
	Knapsack bool
	// Service is the expected service of each agent, in the mean of both orders.
	Service []*big.Rat
}

// RationPrices are multipliers of the ex-ante program.
type RationPrices struct {
	Supply *big.Rat
	Agents []*big.Rat
}

// Derive returns the claims that d establishes if the checker accepts it.
func (d *RationDocument) Derive() []Claim {
	return rationClaims(d.Refutation != nil, d.Optimum != nil || d.Knapsack)
}

// Tags of the claims on a rationing instance.
const (
	tagExAnte = "CRS-D4"
	tagRation = "CRS-T1.1"
)

func rationClaims(refuted, scheme bool) []Claim {
	if refuted {
		return []Claim{{tagExAnte, Refuted}}
	}
	claims := []Claim{{tagExAnte, Checked}}
	if scheme {
		claims = append(claims, Claim{tagRation, Checked})
	}
	return claims
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
			e.text(",\n\"refutation\":{\"supply\":")
			e.bigRat(d.Refutation.Supply)
			e.text(",\"agents\":")
			e.rats(d.Refutation.Agents)
			e.text("}")
			return
		}
		e.text(",\n\"quantiles\":")
		e.rats(d.Quantiles)
		d.scheme(e)
	})
}

func (d *RationDocument) scheme(e *encoder) {
	switch {
	case d.Optimum != nil:
		e.text(",\n\"unit\":{")
		e.unitOptimum(d.Optimum)
		e.text(",\n")
		e.twoOrders("tau-", d.Tau)
	case d.Knapsack:
		e.text(",\n\"knapsack\":{")
	default:
		return
	}
	if d.Optimum != nil {
		e.text(",\n")
	}
	e.text("\"service\":")
	e.rats(d.Service)
	e.text("}")
}

// rationFamily checks documents on rationing.
type rationFamily struct {
	agents  []rationAgent
	refuted bool
	scheme  bool
	alpha   *big.Rat
	service []*big.Rat
}

// A rationAgent is an agent with its plan: the probability part[k] with which it is
// served at its k-th demand, and the expected supply x that this takes.
type rationAgent struct {
	RationAgent
	mean *big.Rat
	part []*big.Rat
	x    *big.Rat
}

func (f *rationFamily) readStatement(r *reader) {
	r.member("agents", func() {
		r.list(maxElements, func(int) { f.agents = append(f.agents, r.agent()) })
		if len(f.agents) == 0 {
			r.rejectNext("there are no agents")
		}
	})
}

func (r *reader) agent() rationAgent {
	a := rationAgent{mean: new(big.Rat)}
	r.object(func() {
		r.member("service", func() {
			if a.Service = r.text(); a.Service != "I" && a.Service != "II" && a.Service != "III" {
				r.rejectLast("unknown service type %s", clip(a.Service))
			}
		})
		r.member("demand", func() { a.Demand = r.demand() })
		r.member("target", func() { a.Target = r.unitInterval("target") })
	})
	for _, d := range a.Demand {
		r.bounded(a.mean.Add(a.mean, mul(d.Value, d.Probability)))
	}
	if a.mean.Sign() == 0 {
		r.rejectNext("the mean demand is 0")
	}
	return a
}

// demand reads a law of strictly ascending values that are not negative.
func (r *reader) demand() []Size {
	var list []Size
	total := new(big.Rat)
	r.list(maxAtoms, func(int) {
		var d Size
		r.tuple(2, func(part int) {
			if part == 0 {
				d.Value = r.probability() // not negative, perhaps beyond 1
			} else {
				d.Probability = r.probability()
			}
		})
		if d.Probability.Sign() == 0 || len(list) > 0 && d.Value.Cmp(list[len(list)-1].Value) <= 0 {
			r.rejectNext("demands must ascend strictly and have positive probability")
		}
		list = append(list, d)
		r.bounded(total.Add(total, d.Probability))
	})
	if total.Cmp(ratOne) != 0 {
		r.rejectNext("the probabilities sum to %s, not 1", short(total))
	}
	return list
}

// serve is the service s(y, d).
func (a *rationAgent) serve(y, d *big.Rat) *big.Rat {
	y = least(y, d)
	switch {
	case a.Service == "II":
		return quo(y, a.mean)
	case y.Cmp(d) == 0:
		return ratOne
	case a.Service == "III":
		return quo(y, d)
	}
	return ratZero
}

func (f *rationFamily) checkParts(r *reader) {
	f.refuted = r.optional("refutation", func() { f.refutation(r) })
	if f.refuted {
		return
	}
	r.member("quantiles", func() { f.quantiles(r, r.rationals(len(f.agents))) })
	unit := r.optional("unit", func() { r.object(func() { f.unit(r) }) })
	knapsack := !unit && r.optional("knapsack", func() { r.object(func() { f.knapsack(r) }) })
	f.scheme = unit || knapsack
}

// refutation checks prices: Σ v_i β_i > λ + Σ f_ik max(0, v_i s_ik − λ m_ik).
func (f *rationFamily) refutation(r *reader) {
	var supply *big.Rat
	var prices []*big.Rat
	r.object(func() {
		r.member("supply", func() { supply = r.probability() })
		r.member("agents", func() { prices = r.rationals(len(f.agents)) })
	})
	value, bound := new(big.Rat), new(big.Rat).Set(supply)
	for i := range f.agents {
		a := &f.agents[i]
		r.bounded(value.Add(value, mul(prices[i], a.Target)))
		for _, d := range a.Demand {
			m := least(d.Value, ratOne)
			if gain := sub(mul(prices[i], a.serve(m, d.Value)), mul(supply, m)); gain.Sign() > 0 {
				r.bounded(bound.Add(bound, mul(d.Probability, gain)))
			}
		}
	}
	if value.Cmp(bound) <= 0 {
		r.rejectNext("the prices value the targets at %s, not more than the bound %s", short(value), short(bound))
	}
}

// quantiles checks that each agent reaches its target when it is served up to its
// quantile, and that this takes a supply of at most 1.
func (f *rationFamily) quantiles(r *reader, q []*big.Rat) {
	total := new(big.Rat)
	for i := range f.agents {
		a := &f.agents[i]
		left := q[i]
		if left.Sign() < 0 || left.Cmp(ratOne) > 0 {
			r.rejectNext("quantile %s is not between 0 and 1", short(left))
		}
		a.x = new(big.Rat)
		served := new(big.Rat)
		for _, d := range a.Demand {
			part := least(d.Probability, left)
			left = sub(left, part)
			m := least(d.Value, ratOne)
			a.part = append(a.part, part)
			r.bounded(a.x.Add(a.x, mul(part, m)))
			served.Add(served, mul(part, a.serve(m, d.Value)))
		}
		if served.Cmp(a.Target) != 0 {
			r.rejectNext("quantile %d serves agent %d with %s, not with its target %s", i+1, i+1, short(served), short(a.Target))
		}
		r.bounded(total.Add(total, a.x))
	}
	if total.Cmp(ratOne) > 0 {
		r.rejectNext("the quantiles take a supply of %s, more than 1", short(total))
	}
}

// unit checks the single-unit scheme and Algorithm 1.
func (f *rationFamily) unit(r *reader) {
	n := len(f.agents)
	x := make([]*big.Rat, n)
	for i := range x {
		x[i] = f.agents[i].x
		if f.agents[i].Service == "I" {
			r.rejectNext("the single-unit scheme does not serve Type I")
		}
	}
	o := r.unitOptimum(x)
	f.alpha = o.value
	tau := r.twoOrders("tau-", n)
	service := zeroRats(n)
	var work effort
	for order := range tau {
		remaining := []atom{{ratOne, ratOne}}
		for _, i := range sequence(order, n) {
			a := &f.agents[i]
			given, s := a.allocate(remaining, tau[order][i])
			if want := mul(o.choice[order][i], a.x); given.Cmp(want) != 0 || tau[order][i].Sign() < 0 {
				r.rejectNext("%s order: threshold %s of agent %d gives %s, not c·x = %s",
					orderNames[order], short(tau[order][i]), i+1, short(given), short(want))
			}
			service[i].Add(service[i], mul(s, ratHalf))
			remaining = r.consume(&work, a, remaining, tau[order][i])
		}
	}
	f.services(r, service)
}

// allocate returns the expected allocation min(D, Rem, τ) on the quantiles served,
// and the expected service.
func (a *rationAgent) allocate(remaining []atom, tau *big.Rat) (given, service *big.Rat) {
	given, service = new(big.Rat), new(big.Rat)
	for k, d := range a.Demand {
		service.Add(service, mul(sub(d.Probability, a.part[k]), a.serve(ratZero, d.Value)))
		for _, m := range remaining {
			y := least(least(d.Value, m.load), tau)
			w := mul(a.part[k], m.mass)
			given.Add(given, mul(w, y))
			service.Add(service, mul(w, a.serve(y, d.Value)))
		}
	}
	return given, service
}

// consume returns the law of the remaining supply after the agent.
func (r *reader) consume(work *effort, a *rationAgent, remaining []atom, tau *big.Rat) []atom {
	next := make(map[string]atom)
	put := func(value, mass *big.Rat) {
		key := value.RatString()
		if b, ok := next[key]; ok {
			mass = add(mass, b.mass)
		}
		if len(next) > maxLoads || mass.Denom().BitLen() > maxMassBits {
			r.rejectNext("the law of the remaining supply has too many values or digits")
		}
		work.spend(r, mass)
		next[key] = atom{value, mass}
	}
	idle := sub(ratOne, ratSum(a.part))
	for _, m := range remaining {
		put(m.load, mul(m.mass, idle))
		for k, d := range a.Demand {
			put(sub(m.load, least(least(d.Value, m.load), tau)), mul(m.mass, a.part[k]))
		}
	}
	keys := make([]string, 0, len(next))
	for k := range next {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	list := make([]atom, len(keys))
	for i, k := range keys {
		list[i] = next[k]
	}
	return list
}

// knapsack checks the knapsack scheme of CRS-L4.4 with Algorithm 3.
func (f *rationFamily) knapsack(r *reader) {
	elements := make([][]Size, len(f.agents))
	for i := range f.agents {
		a := &f.agents[i]
		for k, d := range a.Demand {
			if a.part[k].Sign() > 0 {
				elements[i] = append(elements[i], Size{least(d.Value, ratOne), a.part[k]})
			}
		}
	}
	choice := phiChoice(means(elements))
	f.alpha = guarantee(choice)
	r.definition5(means(elements), choice)
	var work effort
	for order := range choice {
		loads := map[string]atom{"0": {new(big.Rat), big.NewRat(1, 1)}}
		for _, i := range sequence(order, len(elements)) {
			loads = r.advance(&work, loads, elements[i], choice[order][i], orderNames[order], i)
		}
	}
	service := zeroRats(len(f.agents))
	for i := range f.agents {
		a := &f.agents[i]
		p := mul(add(choice[0][i], choice[1][i]), ratHalf)
		for k, d := range a.Demand {
			accepted := mul(p, a.part[k])
			service[i].Add(service[i], mul(accepted, a.serve(least(d.Value, ratOne), d.Value)))
			service[i].Add(service[i], mul(sub(d.Probability, accepted), a.serve(ratZero, d.Value)))
		}
	}
	f.services(r, service)
}

// phiChoice returns the choice of CRS-L4.4; see isPhiChoice.
func phiChoice(mu []*big.Rat) [2][]*big.Rat {
	var c [2][]*big.Rat
	for order := range c {
		c[order] = make([]*big.Rat, len(mu))
		start := new(big.Rat)
		for _, i := range sequence(order, len(mu)) {
			end := add(start, mu[i])
			c[order][i] = sub(big.NewRat(4, 9), mul(add(start, end), big.NewRat(1, 9)))
			start = end
		}
	}
	return c
}

// services compares the expected services with those of the document and with
// α times the targets.
func (f *rationFamily) services(r *reader, found []*big.Rat) {
	r.member("service", func() { f.service = r.rationals(len(f.agents)) })
	for i, s := range found {
		if s.Cmp(f.service[i]) != 0 {
			r.rejectNext("agent %d is served with %s, not with %s", i+1, short(s), short(f.service[i]))
		}
		if s.Cmp(mul(f.alpha, f.agents[i].Target)) < 0 {
			r.rejectNext("agent %d is served with %s, less than α times its target", i+1, short(s))
		}
	}
}

func zeroRats(n int) []*big.Rat {
	v := make([]*big.Rat, n)
	for i := range v {
		v[i] = new(big.Rat)
	}
	return v
}

func (f *rationFamily) finish() Report {
	t := &telling{name: fmt.Sprintf("%s n=%d", ContentionRationing, len(f.agents))}
	t.lines = []string{"A supply of 1 is rationed among agents with independent random demands, who arrive forward or backward, each with probability 1/2."}
	for i := range f.agents {
		a := &f.agents[i]
		line := fmt.Sprintf("agent %d: service type %s, target %s;", i+1, a.Service, short(a.Target))
		for _, d := range a.Demand {
			line += fmt.Sprintf(" demand %s with probability %s;", short(d.Value), short(d.Probability))
		}
		t.lines = append(t.lines, line)
	}
	for i, s := range f.service {
		t.detail = append(t.detail, fmt.Sprintf("agent %d: expected service %s", i+1, decimal(s)))
	}
	meaning := map[string]string{tagExAnte: "the targets lie in the ex-ante region."}
	if f.refuted {
		meaning[tagExAnte] = "the targets lie outside the ex-ante region: no algorithm, online or offline, meets them."
	}
	if f.scheme {
		meaning[tagRation] = "an online algorithm serves every agent in expectation with at least " + short(f.alpha) + " times its target."
	}
	return t.report(rationClaims(f.refuted, f.scheme), meaning)
}
