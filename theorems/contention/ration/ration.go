package ration

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/single"
)

// Ration is the exact outcome of an online rationing algorithm on an instance whose
// targets lie in the ex-ante region (CRS-T1.1).
// Lists of agents are in the order of the instance, whatever the order of arrival.
type Ration struct {
	Plan *ExAnte
	// Alpha is the guarantee of the scheme: LPOPT for the single-unit scheme, and
	// that of CRS-L4.4 for the knapsack scheme.
	Alpha  rational.Rat
	Choice contention.Choice
	// Unit is the proof of Alpha and Tau are the thresholds of Algorithm 1, if the
	// single-unit scheme is used: it is if no agent has service Type I.
	Unit *single.Unit
	Tau  contention.Choice
	// Sizes is the knapsack instance, and Law the law of Algorithm 3 on it, if the
	// knapsack scheme is used.
	Sizes []knapsack.Element
	Law   *knapsack.Law
	// Service is E[s_i(Y_i, D_i)] in each order, and Average its mean over both.
	Service contention.Choice
	Average []rational.Rat

	proof *chain // of Lemma 2.2, with the single-unit scheme
}

// Allocate runs the algorithm of CRS-T1.1 on the plan of the agents, exactly, and
// verifies for every agent that the expected service is at least E[c_Λ(i)]·β_i in the
// mean of both orders, and so at least α·β_i; for Algorithm 1 this holds in each
// order. The error is ctx.Err(), [knapsack.ErrTooLarge], or that of [knapsack.Run], and then the outcome may
// still have the scheme and α; it names the agent if the theorem should fail. It panics unless the plan is feasible.
//
// Why the guarantee holds: CRS-L2.2 for Algorithm 1, and for Type I that an agent is served wholly if its element is accepted, which
// happens whatever its size with probability c_σ(i). The check here uses neither: services are computed from laws.
func Allocate(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	// Misuse: a plan that is none has neither quantiles nor supplies.
	if !plan.Feasible {
		panic("ration: the targets are not in the ex-ante region")
	}
	// One agent of Type I is enough, as all share the supply.
	for _, a := range agents {
		if a.Service == TypeI {
			// A part of a demand is no service in Type I, and Algorithm 1 gives parts.
			return allocateKnapsack(ctx, agents, plan)
		}
	}
	return allocateUnit(ctx, agents, plan)
}

// served returns the probability with which each level of agent i is served: its
// part of the quantiles up to q.
// The parts have the sum q, if q is at most 1, and are positive for the first levels only.
func served(levels []level, q rational.Rat) []rational.Rat {
	// Whatever is left of q goes to the next level.
	parts := make([]rational.Rat, len(levels))
	for k, l := range levels {
		// Whole levels from the lowest on, and a part of the last one.
		parts[k] = rational.MinRat(l.probability, q)
		q = q.Sub(parts[k])
	}
	return parts
}

// idle returns the expected service of the demands that are not served: demand zero counts
// as served for Types I and III.
//
// It is the same in both orders, and no algorithm can make it less.
func idle(levels []level, parts []rational.Rat) rational.Rat {
	// What an agent gets of its own accord, without any supply.
	sum := zero
	for k, l := range levels {
		sum = sum.Add(l.probability.Sub(parts[k]).Mul(l.serve(zero)))
	}
	return sum
}

// allocateUnit runs Algorithm 1 with the optimal single-unit scheme.
// An outcome that comes with an error has α and its proof, and services of the orders that
// ended.
func allocateUnit(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	// x_i is the supply that agent i takes in the mean: the elements of the single-unit problem, whose sum is at most 1.
	u, err := single.Solve(ctx, plan.X)
	if err != nil {
		return nil, err
	}
	r := &Ration{Plan: plan, Alpha: u.Value, Choice: u.Choice, Unit: u, proof: &chain{}}
	for _, o := range contention.Orders {
		r.proof.begin(o.String() + " order")
		r.Tau[o], r.Service[o], err = alongOrder(ctx, agents, plan, o.Sequence(len(agents)), u.Choice[o], r.proof)
		var wrong *contention.InstanceError
		// Every other error is a limit or the end of ctx, where what was found still holds.
		if errors.As(err, &wrong) { // the theorem fails: there is no scheme to speak of
			return nil, err
		}
		if err != nil {
			return r, err
		}
	}
	return r, r.finish(agents)
}

// alongOrder runs Algorithm 1 along an order of arrival, with the probabilities c of acceptance that a scheme has in it, and returns the
// thresholds and the expected services, by agent. The chain is shown every agent. The error is that of [Allocate].
func alongOrder(ctx context.Context, agents []Agent, plan *ExAnte, order []int, c []rational.Rat, n *chain) (tau, service []rational.Rat, err error) {
	// Both lists by agent, as the caller's.
	tau, service = make([]rational.Rat, len(agents)), make([]rational.Rat, len(agents))
	// The law of what is left, of which the algorithm needs the whole, not a mean.
	remaining := fullSupply(agents)
	// The order decides what is left for whom; lists are by agent all the same.
	for place, i := range order {
		levels := agents[i].levels()
		parts := served(levels, plan.Quantile[i])
		// Demands that are not considered, or 0, are given nothing.
		offer := remaining.offered(levels, parts)
		// c·x is what Lemma 2.2 says the agent takes in this order, in the mean.
		threshold, ok := remaining.threshold(offer, c[i].Mul(plan.X[i]))
		// The scheme's c is at most the probability that the unit is left, which makes the
		// goal attainable.
		if !ok {
			return nil, nil, &contention.InstanceError{Kind: "agent", Index: i, Text: n.order + ": no threshold reaches c·x"}
		}
		// The threshold has a denominator of its own, which the law must have, too.
		limit := remaining.refine(&offer, threshold)
		// Who is not considered is served as by nothing.
		got, given := idle(levels, parts), remaining.given(offer, limit)
		for k, y := range given {
			// Service is linear in the allocation for Types II and III.
			got = got.Add(parts[k].Mul(levels[k].serve(y)))
		}
		// Each order for itself: the mean over both follows, and is checked besides.
		if got.Cmp(c[i].Mul(agents[i].Target)) < 0 {
			return nil, nil, &contention.InstanceError{Kind: "agent", Index: i, Text: fmt.Sprintf("%s: the expected service %s is below c·β", n.order, got)}
		}
		tau[i], service[i] = threshold, got
		// The chain compares what was given without a threshold, too, so it is shown both.
		n.agent(i, levels, parts, remaining.given(offer, remaining.unit), given, remaining.mean(), c[i], plan.X[i], got, agents[i].Target)
		// The others to come tell whether it is worth going on.
		if err := remaining.take(ctx, offer, limit, len(agents)-1-place); err != nil {
			return tau, service, err
		}
	}
	return tau, service, nil
}

// finish averages the orders and checks the guarantee.
// It is asked of both numbers: by the choice, and by α, which is at most that.
func (r *Ration) finish(agents []Agent) error {
	for i, a := range agents {
		// E[s] is what the theorem is about, over demands and the order.
		average := r.Service[contention.Forward][i].Add(r.Service[contention.Backward][i]).Mul(half)
		r.Average = append(r.Average, average)
		if average.Cmp(r.Choice.Average(i).Mul(a.Target)) < 0 || average.Cmp(r.Alpha.Mul(a.Target)) < 0 {
			return &contention.InstanceError{Kind: "agent", Index: i, Text: fmt.Sprintf("the expected service %s is below α·β", average)}
		}
	}
	return nil
}

// sizes are those of the knapsack problem of a plan.
// They are in the order of the levels, of which the first ones are served.
func sizes(agents []Agent, plan *ExAnte) []knapsack.Element {
	elements := make([]knapsack.Element, len(agents))
	for i, a := range agents {
		levels := a.levels()
		for k, part := range served(levels, plan.Quantile[i]) {
			// A size with probability 0 would be an atom for nothing.
			if part.Sign() > 0 {
				elements[i] = append(elements[i], knapsack.Size{Size: levels[k].supply, Probability: part})
			}
		}
	}
	return elements
}

// allocateKnapsack serves agent i fully or not at all: element i is active with size
// min(D_i, 1) for quantiles up to q_i, and is served if Algorithm 3 accepts it.
// An error may come with α and the choice, which do not depend on the law.
func allocateKnapsack(ctx context.Context, agents []Agent, plan *ExAnte) (*Ration, error) {
	// Only sizes that are considered, with the probability of that.
	r := &Ration{Plan: plan, Sizes: sizes(agents, plan)}
	// The choice of CRS-L4.4 for the mean sizes, whose sum is at most 1 in the region.
	r.Choice = knapsack.PhiChoice(knapsack.Means(r.Sizes))
	r.Alpha = r.Choice.Guarantee()
	var err error
	if r.Law, err = knapsack.Run(ctx, r.Sizes, r.Choice); err != nil {
		return r, err
	}
	for _, o := range contention.Orders {
		r.Service[o] = make([]rational.Rat, len(agents))
		for i, a := range agents {
			levels := a.levels()
			parts := served(levels, plan.Quantile[i])
			sum := idle(levels, parts)
			// It is the same list as parts without its zeros.
			for k := range r.Sizes[i] { // the levels served are the first ones
				// The probability of being served wholly, given that the demand is this one and considered.
				p := r.Law.Accept[o][i][k]
				// Served wholly or not at all: in Type I and in the others.
				gain := p.Mul(levels[k].service).Add(one.Sub(p).Mul(levels[k].serve(zero)))
				sum = sum.Add(parts[k].Mul(gain))
			}
			r.Service[o][i] = sum
		}
	}
	return r, r.finish(agents)
}

var (
	zero = rational.Rat{}
	one  = rational.Whole(1)
	two  = rational.Whole(2)
	half = rational.Half()
)
