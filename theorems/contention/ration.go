package contention

import (
	"context"
	"fmt"
	"sort"

	"pstar/rational"
)

// Ration is the exact outcome of an online rationing algorithm on an instance whose
// targets lie in the ex-ante region (CRS-T1.1).
type Ration struct {
	Plan *ExAnte
	// Alpha is the guarantee of the scheme: LPOPT for the single-unit scheme, and
	// that of CRS-L4.4 for the knapsack scheme.
	Alpha  rational.Rat
	Choice Choice
	// Unit is the proof of Alpha and Tau are the thresholds of Algorithm 1, if the
	// single-unit scheme is used: it is if no agent has service Type I.
	Unit *Unit
	Tau  Choice
	// Sizes is the knapsack instance, and Law the law of Algorithm 3 on it, if the
	// knapsack scheme is used.
	Sizes []Element
	Law   *KnapsackLaw
	// Service is E[s_i(Y_i, D_i)] in each order, and Average its mean over both.
	Service Choice
	Average []rational.Rat
}

// Allocate runs the algorithm of CRS-T1.1 on the plan of the agents, exactly, and
// verifies for every agent that the expected service is at least E[c_Λ(i)]·β_i in the
// mean of both orders, and so at least α·β_i; for Algorithm 1 this holds in each
// order. The error is ctx.Err(), [ErrTooLarge], or that of [RunKnapsack]; it names the
// agent if the theorem should fail. It panics unless the plan is feasible.
func Allocate(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	if !plan.Feasible {
		panic("contention: the targets are not in the ex-ante region")
	}
	for _, a := range agents {
		if a.Service == TypeI {
			return allocateKnapsack(ctx, agents, plan)
		}
	}
	return allocateUnit(ctx, agents, plan)
}

// served returns the probability with which each level of agent i is served: its
// part of the quantiles up to q.
func served(levels []level, q rational.Rat) []rational.Rat {
	parts := make([]rational.Rat, len(levels))
	for k, l := range levels {
		parts[k] = rational.MinRat(l.probability, q)
		q = q.Sub(parts[k])
	}
	return parts
}

// idle returns the service of the demands that are not served: demand zero counts
// as served for Types I and III.
func (a Agent) idle(levels []level, parts []rational.Rat) rational.Rat {
	sum := zero
	for k, l := range levels {
		sum = sum.Add(l.probability.Sub(parts[k]).Mul(a.serve(zero, l.demand)))
	}
	return sum
}

// An amount is a value of the remaining supply with its probability.
type amount struct{ value, mass rational.Rat }

// allocateUnit runs Algorithm 1 with the optimal single-unit scheme.
func allocateUnit(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	u, err := Solve(ctx, plan.X)
	if err != nil {
		return nil, err
	}
	r := &Ration{Plan: plan, Alpha: u.Value, Choice: u.Choice, Unit: u}
	for _, o := range Orders {
		r.Tau[o] = make([]rational.Rat, len(agents))
		r.Service[o] = make([]rational.Rat, len(agents))
		remaining := []amount{{one, one}}
		for _, i := range o.Sequence(len(agents)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			levels := agents[i].levels()
			parts := served(levels, plan.Quantile[i])
			tau, ok := threshold(levels, parts, remaining, u.Choice[o][i].Mul(plan.X[i]))
			if !ok {
				return nil, fmt.Errorf("%s order, agent %d: no threshold reaches c·x", o, i+1)
			}
			r.Tau[o][i] = tau
			r.Service[o][i] = agents[i].expected(levels, parts, remaining, tau)
			if r.Service[o][i].Cmp(u.Choice[o][i].Mul(agents[i].Target)) < 0 {
				return nil, fmt.Errorf("%s order, agent %d: expected service %s is below c·β", o, i+1, r.Service[o][i])
			}
			if remaining, err = consume(levels, parts, remaining, tau); err != nil {
				return nil, err
			}
		}
	}
	return r, r.finish(agents)
}

// finish averages the orders and checks the guarantee.
func (r *Ration) finish(agents []Agent) error {
	for i, a := range agents {
		average := r.Service[Forward][i].Add(r.Service[Backward][i]).Mul(half)
		r.Average = append(r.Average, average)
		if average.Cmp(r.Choice.Average(i).Mul(a.Target)) < 0 || average.Cmp(r.Alpha.Mul(a.Target)) < 0 {
			return fmt.Errorf("agent %d: expected service %s is below α·β", i+1, average)
		}
	}
	return nil
}

// threshold returns the least τ with E[Σ_k a_k min(d_k, Rem, τ)] = goal, which is
// (2.8), or false if τ = 1 does not reach it. Between neighbouring values of the
// demand and of the remaining supply the left side is affine in τ, with slope
// Σ_k a_k [d_k > τ] · Pr[Rem > τ].
func threshold(levels []level, parts []rational.Rat, remaining []amount, goal rational.Rat) (rational.Rat, bool) {
	var breaks []rational.Rat
	demandAbove, supplyAbove := zero, zero
	for k, l := range levels {
		breaks = append(breaks, l.demand)
		demandAbove = demandAbove.Add(parts[k])
	}
	for _, r := range remaining {
		breaks = append(breaks, r.value)
		supplyAbove = supplyAbove.Add(r.mass)
	}
	sort.Slice(breaks, func(i, j int) bool { return breaks[i].Cmp(breaks[j]) < 0 })
	tau, k, j := zero, 0, 0
	for _, next := range breaks {
		for ; k < len(levels) && levels[k].demand.Cmp(tau) <= 0; k++ {
			demandAbove = demandAbove.Sub(parts[k])
		}
		for ; j < len(remaining) && remaining[j].value.Cmp(tau) <= 0; j++ {
			supplyAbove = supplyAbove.Sub(remaining[j].mass)
		}
		if goal.IsZero() {
			return tau, true
		}
		slope := demandAbove.Mul(supplyAbove)
		if gain := next.Sub(tau).Mul(slope); gain.Cmp(goal) >= 0 {
			return tau.Add(goal.Quo(slope)), true
		} else {
			goal = goal.Sub(gain)
		}
		tau = next
	}
	return tau, goal.IsZero()
}

// expected returns E[s(Y, D)] with Y = min(D, Rem, τ) on the served part.
func (a Agent) expected(levels []level, parts []rational.Rat, remaining []amount, tau rational.Rat) rational.Rat {
	sum := a.idle(levels, parts)
	for k, l := range levels {
		if parts[k].IsZero() {
			continue
		}
		mean := zero
		for _, r := range remaining {
			y := rational.MinRat(rational.MinRat(l.demand, r.value), tau)
			mean = mean.Add(r.mass.Mul(a.serve(y, l.demand)))
		}
		sum = sum.Add(parts[k].Mul(mean))
	}
	return sum
}

// consume returns the law of the remaining supply after the agent, by ascending
// value and merged.
func consume(levels []level, parts []rational.Rat, remaining []amount, tau rational.Rat) ([]amount, error) {
	passed := one
	for _, p := range parts {
		passed = passed.Sub(p)
	}
	var next []amount
	for _, r := range remaining {
		next = append(next, amount{r.value, r.mass.Mul(passed)})
		for k, l := range levels {
			y := rational.MinRat(rational.MinRat(l.demand, r.value), tau)
			next = append(next, amount{r.value.Sub(y), r.mass.Mul(parts[k])})
		}
	}
	sort.Slice(next, func(i, j int) bool { return next[i].value.Cmp(next[j].value) < 0 })
	merged := next[:0]
	for _, n := range next {
		last := len(merged) - 1
		switch {
		case n.mass.IsZero():
		case last >= 0 && merged[last].value.Equal(n.value):
			merged[last].mass = merged[last].mass.Add(n.mass)
		default:
			merged = append(merged, n)
		}
	}
	if len(merged) > maxLoads {
		return nil, ErrTooLarge
	}
	return merged, nil
}

// allocateKnapsack serves agent i fully or not at all: element i is active with size
// min(D_i, 1) for quantiles up to q_i, and is served if Algorithm 3 accepts it.
func allocateKnapsack(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	r := &Ration{Plan: plan, Sizes: make([]Element, len(agents))}
	for i, a := range agents {
		levels := a.levels()
		for k, part := range served(levels, plan.Quantile[i]) {
			if part.Sign() > 0 {
				r.Sizes[i] = append(r.Sizes[i], Size{levels[k].supply, part})
			}
		}
	}
	r.Choice = KnapsackChoice(Means(r.Sizes))
	r.Alpha = r.Choice.Guarantee()
	var err error
	if r.Law, err = RunKnapsack(ctx, r.Sizes, r.Choice); err != nil {
		return nil, err
	}
	for _, o := range Orders {
		r.Service[o] = make([]rational.Rat, len(agents))
		for i, a := range agents {
			levels := a.levels()
			parts := served(levels, plan.Quantile[i])
			sum := a.idle(levels, parts)
			for k := range r.Sizes[i] { // the levels served are the first ones
				p := r.Law.Accept[o][i][k]
				gain := p.Mul(levels[k].service).Add(one.Sub(p).Mul(a.serve(zero, levels[k].demand)))
				sum = sum.Add(parts[k].Mul(gain))
			}
			r.Service[o][i] = sum
		}
	}
	return r, r.finish(agents)
}
