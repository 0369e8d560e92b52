package certificate

import (
	"fmt"
	"math/big"
)

// Tags of the claims on a rationing instance.
const (
	tagExAnte  = "CRS-D4"
	tagLargest = "CRS-D4-largest"
	tagRation  = "CRS-T1.1"
)

func (f *rationFamily) claims() []Claim {
	claims := []Claim{{tagExAnte, Checked}}
	if f.refuted {
		claims[0].Status = Refuted
	}
	if f.scheme != "" {
		claims = append(claims, Claim{tagRation, f.scheme})
	}
	if f.largest != nil {
		claims = append(claims, Claim{tagLargest, Checked})
	}
	return claims
}

// rationFamily checks documents on rationing.
type rationFamily struct {
	agents  []rationAgent
	refuted bool
	scheme  string // the status of the claim on it, or ""
	alpha   *big.Rat
	service []*big.Rat
	largest *big.Rat
}

// A rationAgent is an agent; level has what serving its k-th demand takes and gives.
type rationAgent struct {
	RationAgent
	mean  *big.Rat
	level []rationLevel
}

// A rationLevel has m = min(d,1) and s(m,d) for a demand d.
type rationLevel struct{ supply, service *big.Rat }

// A rationPlan has the probability part[k] with which an agent is served at its k-th
// demand, and the expected supply x that this takes.
type rationPlan struct {
	part []*big.Rat
	x    *big.Rat
}

func (f *rationFamily) readStatement(r *reader) {
	r.member("agents", func() {
		r.limited(MaxElements, func(int) { f.agents = append(f.agents, r.agent()) })
		if len(f.agents) == 0 {
			r.rejectNext("there are no agents")
		}
	})
}

func (r *reader) agent() rationAgent {
	a := rationAgent{mean: ratZero}
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
		a.mean = r.add(a.mean, r.mul(d.Value, d.Probability))
	}
	if a.mean.Sign() == 0 {
		r.rejectNext("the mean demand is 0")
	}
	for _, d := range a.Demand {
		m := r.least(d.Value, ratOne)
		a.level = append(a.level, rationLevel{m, a.serve(r, m, d.Value)})
	}
	return a
}

// demand reads a law of strictly ascending values that are not negative.
func (r *reader) demand() []Size {
	var list []Size
	total := ratZero
	r.limited(MaxSizes, func(int) {
		var d Size
		r.tuple(2, func(part int) {
			if part == 0 {
				d.Value = r.probability() // not negative, perhaps beyond 1
			} else {
				d.Probability = r.probability()
			}
		})
		if d.Probability.Sign() == 0 || len(list) > 0 && r.cmp(d.Value, list[len(list)-1].Value) <= 0 {
			r.rejectNext("demands must ascend strictly and have positive probability")
		}
		list = append(list, d)
		total = r.add(total, d.Probability)
	})
	if r.cmp(total, ratOne) != 0 {
		r.rejectNext("the probabilities sum to %s, not 1", short(total))
	}
	return list
}

// serve is the service s(y, d) for y ≤ d.
func (a *rationAgent) serve(r *reader, y, d *big.Rat) *big.Rat {
	switch {
	case a.Service == "II":
		return r.quo(y, a.mean)
	case r.cmp(y, d) == 0:
		return ratOne
	case a.Service == "III":
		return r.quo(y, d)
	}
	return ratZero
}

func (f *rationFamily) checkParts(r *reader) {
	f.refuted = r.optional("refutation", func() {
		r.object(func() {
			if value, _, bound := f.prices(r, nil); r.cmp(value, bound) <= 0 {
				r.rejectNext("the prices value the targets at %s, not more than the bound %s", short(value), short(bound))
			}
		})
	})
	if !f.refuted {
		var plan []rationPlan
		r.member("quantiles", func() { plan = f.quantiles(r, nil) })
		if !r.optional("unit", func() { r.object(func() { f.unit(r, plan) }) }) {
			r.optional("knapsack", func() { r.object(func() { f.knapsack(r, plan) }) })
		}
	}
	r.optional("largest", func() { r.object(func() { f.checkLargest(r) }) })
}

// target is the uniform target, or that of agent i if uniform is nil.
func (f *rationFamily) target(i int, uniform *big.Rat) *big.Rat {
	if uniform != nil {
		return uniform
	}
	return f.agents[i].Target
}

// prices reads λ ≥ 0 and v, and returns Σ v_i β_i, Σ v_i and the bound on the first
// for all targets in the region, λ + Σ f_ik max(0, v_i s_ik − λ m_ik).
func (f *rationFamily) prices(r *reader, uniform *big.Rat) (value, sum, bound *big.Rat) {
	var supply *big.Rat
	var prices []*big.Rat
	r.member("supply", func() { supply = r.probability() })
	r.member("agents", func() { prices = r.rationals(len(f.agents)) })
	value, sum, bound = ratZero, ratZero, supply
	for i := range f.agents {
		a := &f.agents[i]
		value = r.add(value, r.mul(prices[i], f.target(i, uniform)))
		sum = r.add(sum, prices[i])
		for k, d := range a.Demand {
			if gain := r.sub(r.mul(prices[i], a.level[k].service), r.mul(supply, a.level[k].supply)); gain.Sign() > 0 {
				bound = r.add(bound, r.mul(d.Probability, gain))
			}
		}
	}
	return value, sum, bound
}

// checkLargest checks that a uniform target lies in the region, and prices of sum at
// least 1 with which the bound is the target, so that no larger one does.
func (f *rationFamily) checkLargest(r *reader) {
	r.member("target", func() { f.largest = r.unitInterval("target") })
	r.member("quantiles", func() { f.quantiles(r, f.largest) })
	_, sum, bound := f.prices(r, f.largest)
	if r.cmp(sum, ratOne) < 0 || r.cmp(bound, f.largest) != 0 {
		r.rejectNext("prices of sum %s have the bound %s, which does not prove that %s is the largest target", short(sum), short(bound), short(f.largest))
	}
}

// quantiles reads quantiles and checks that each agent reaches its target when it is
// served up to its quantile, and that this takes a supply of at most 1.
func (f *rationFamily) quantiles(r *reader, uniform *big.Rat) []rationPlan {
	q := r.rationals(len(f.agents))
	plan := make([]rationPlan, len(q))
	total := ratZero
	for i, left := range q {
		a := &f.agents[i]
		if left.Sign() < 0 || r.cmp(left, ratOne) > 0 {
			r.rejectNext("quantile %s is not between 0 and 1", short(left))
		}
		x, served := ratZero, ratZero
		for k, d := range a.Demand {
			part := r.least(d.Probability, left)
			left = r.sub(left, part)
			plan[i].part = append(plan[i].part, part)
			x = r.add(x, r.mul(part, a.level[k].supply))
			served = r.add(served, r.mul(part, a.level[k].service))
		}
		if target := f.target(i, uniform); r.cmp(served, target) != 0 {
			r.rejectNext("quantile %d serves agent %d with %s, not with its target %s", i+1, i+1, short(served), short(target))
		}
		plan[i].x = x
		total = r.add(total, x)
	}
	if r.cmp(total, ratOne) > 0 {
		r.rejectNext("the quantiles take a supply of %s, more than 1", short(total))
	}
	return plan
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
	if f.scheme != "" {
		meaning[tagRation] = lawMeaning(f.scheme, "an online algorithm serves every agent in expectation with at least "+short(f.alpha)+" times its target")
	}
	if f.largest != nil {
		meaning[tagLargest] = "the largest target that all agents can have together in the ex-ante region is " + short(f.largest) + "."
	}
	return t.report(f.claims(), meaning)
}
