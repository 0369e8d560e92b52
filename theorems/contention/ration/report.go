package ration

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/orders"
	"pstar/theorems/contention/single"
)

// A Report is what the theorems say of an instance, verified on it.
type Report struct {
	Agents  []Agent // with the targets that were verified
	Largest *UniformTarget
	Plan    *ExAnte
	// Outcome is that of the algorithm of CRS-T1.1: nil for targets that are refuted, and
	// if it is too large to compute.
	Outcome    *Ration
	Simulation *Simulation // see [Report.Simulate]
	Findings   theorems.Claims

	// Region are the rows of the ex-ante region besides β ≥ 0, if they were asked for.
	Region []RegionRow

	names    []string
	stopped  bool                   // before all was settled
	scheme   *Ration                // with α, even if the outcome is too large
	enclosed *[2][]enclose.Interval // the services, if the law of the supply is too large
	prices   []price
	orders   *anyOrder // of -orders
}

// A price is the largest uniform target in one sense of what can be had: what it is of, in words
// and as the JSON object calls it.
type price struct {
	of, member string
	value      rational.Rat
}

// Options steer [Verify].
type Options struct {
	// Uniform replaces the targets by the largest uniform one.
	Uniform bool
	// Region asks for the rows of the ex-ante region, and Optimum for the largest uniform targets of offline and of online policies, where
	// these are small enough.
	Region, Optimum bool
	// Orders, if not nil, asks for Algorithm 1 in these orders of arrival, whose X is not looked at: for agents of Types II and III.
	Orders *orders.Instance
	// Names are those of the agents, for what is wrong with one; may be nil.
	Names []string
}

// Verify decides whether the targets lie in the ex-ante region (CRS-D4), finds the
// largest uniform target, and verifies for targets in the region that the algorithm of
// CRS-T1.1 serves every agent with at least α times its target. Its errors are those of
// linear programs and the end of ctx, with a report of what was found until then; what does not hold is a finding.
func Verify(ctx context.Context, agents []Agent, o Options) (*Report, error) {
	r := &Report{Agents: slices.Clone(agents), names: o.Names}
	err := r.verify(ctx, o)
	if err != nil && ctx.Err() == nil {
		return nil, err
	}
	if r.stopped = err != nil; r.stopped {
		err = context.Cause(ctx)
		contention.Unsettled(&r.Findings, contention.RationRows(), o.asked()...)
	}
	contention.Prove(&r.Findings, Tags...)
	if r.Largest != nil {
		r.Findings.Add(nil, "CRS-D4-largest", theorems.Checked, "%s is %s", contention.Statement("CRS-D4-largest"), contention.Exact(r.Largest.Value))
	}
	return r, err
}

// asked are the tags of which something is to be found, largest target aside.
func (o Options) asked() []string {
	tags := []string{"CRS-D4", "CRS-T1.1"}
	if o.Region {
		tags = append(tags, "CRS-REM1", "CRS-L2.1")
	}
	if o.Optimum {
		tags = append(tags, "CRS-OPT")
	}
	if o.Orders != nil {
		tags = append(tags, "CRS-REM2")
	}
	return tags
}

// verify adds what is found on the instance until ctx ends.
func (r *Report) verify(ctx context.Context, o Options) (err error) {
	// First, as it needs no targets, and may replace them.
	if r.Largest, err = LargestUniform(ctx, r.Agents); err != nil {
		return err
	}
	// The targets of the file are not looked at then.
	if o.Uniform {
		for i := range r.Agents {
			r.Agents[i].Target = r.Largest.Value
		}
	}
	if r.Plan, err = CheckTargets(ctx, r.Agents); err != nil {
		return err
	}
	// Targets outside of the region are refuted whatever the algorithm does: it is not run.
	if r.Plan.Feasible {
		r.Findings.Add(nil, "CRS-D4", theorems.Checked, "the targets lie in the ex-ante region")
		r.Outcome, err = Allocate(ctx, r.Agents, r.Plan)
		if ctx.Err() != nil {
			r.scheme, r.Outcome = r.Outcome, nil // the services are those of some agents at most; α is known
			return ctx.Err()
		}
		if err != nil {
			r.scheme, r.Outcome = r.Outcome, nil
		} else {
			r.scheme = r.Outcome
		}
		if r.Outcome == nil && r.scheme != nil && r.scheme.Unit != nil {
			// α and the choice are known, only the law is not.
			services, err := r.scheme.encloseServices(ctx, r.Agents)
			if err != nil {
				return err
			}
			r.enclosed = &services
		}
		r.guarantee(err)
	} else {
		r.Findings.Add(nil, "CRS-D4", theorems.Refuted, "the targets lie outside the ex-ante region, so that no algorithm meets them, by CRS-L2.1")
	}
	if r.scheme != nil && r.scheme.Unit != nil {
		r.Findings.Add(nil, "CRS-LP", theorems.Checked, "LPOPT = %s for the supplies x", contention.Decimal(r.scheme.Alpha))
	}
	if r.Outcome != nil && r.Outcome.proof != nil {
		r.Outcome.proof.report(&r.Findings)
	}
	if o.Orders != nil && r.Plan.Feasible {
		if err := r.verifyOrders(ctx, *o.Orders); err != nil {
			return err
		}
	}
	return r.more(ctx, o)
}

// guarantee says what the algorithm of CRS-T1.1 gives.
func (r *Report) guarantee(err error) {
	// From what fails to what is known best.
	const tag = "CRS-T1.1"
	// One claim, whose status tells how much is known of it here.
	f := &r.Findings
	var wrong *contention.InstanceError
	switch {
	// The theorem does not hold for this agent: a refutation, which a correct program never prints.
	case errors.As(err, &wrong):
		f.Add(contention.Named(err, r.names), tag, theorems.Checked, "every agent is served with at least α times its target")
	// Types II and III with a law that is too large: the services are enclosed.
	case r.enclosed != nil:
		f.Add(nil, tag, theorems.Concluded, "every agent is served with at least α·β, α = %s, as CRS-T1.1 holds for all instances; how much more is enclosed by laws of the supply on a grid: %v", contention.Exact(r.scheme.Alpha), err)
	// Type I with a law that is too large: there is no enclosure, only what holds for all instances.
	case r.scheme != nil && err != nil:
		f.Add(nil, tag, theorems.Concluded, "every agent is served with at least α·β, α = %s, as CRS-T1.1 holds for all instances; here it is not computed how much more: %v", contention.Exact(r.scheme.Alpha), err)
	case err != nil:
		f.Add(nil, tag, theorems.Undecided, "%v", err)
	// Exactly, with the thresholds of Algorithm 1.
	case r.Outcome.Unit != nil:
		f.Add(nil, tag, theorems.Checked, "Algorithm 1 serves every agent with at least α·β, α = LPOPT = %s", contention.Exact(r.Outcome.Alpha))
	// Exactly, by the law of Algorithm 3.
	case r.Outcome.Law.Exact:
		f.Add(nil, tag, theorems.Checked, "the knapsack scheme serves every agent with at least α·β, α = %s", contention.Exact(r.Outcome.Alpha))
	default:
		f.Add(nil, tag, theorems.Concluded, "the knapsack scheme serves every agent with at least α·β, α = %s; acceptance %s", contention.Exact(r.Outcome.Alpha), knapsack.ByLemma42)
	}
}

// Simulate runs the algorithm on random demands and orders, and tests whether the means
// fit the expected services. It fails as [Ration.Simulate] does, and panics if there is
// no outcome.
func (r *Report) Simulate(ctx context.Context, runs int, seed uint64) error {
	s, err := r.Outcome.Simulate(ctx, r.Agents, runs, seed)
	if ctx.Err() != nil {
		r.stopped = true
		r.Findings.Add(nil, "CRS-T1.1", theorems.Undecided, "the run ended before the simulated runs did")
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	r.Simulation = s
	r.Findings.Add(contention.Named(s.Fits(r.Outcome), r.names), "CRS-T1.1", theorems.Checked,
		"the means of %d simulated runs with seed %d fit the expected services; right ones fail this test with probability at most %s",
		s.Runs, seed, FalseAlarm())
	return nil
}

// more adds what the options ask for besides.
func (r *Report) more(ctx context.Context, o Options) error {
	if o.Region {
		// Both statements rest on the rows, and the second on the scenarios besides.
		rows, remark, lemma, decided, err := checkRegion(ctx, r.Agents)
		switch {
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case err != nil:
			r.Findings.Add(nil, "CRS-REM1", theorems.Undecided, "%v", err)
		default:
			r.Region = rows
			r.Findings.Add(remark, "CRS-REM1", theorems.Checked, "the ex-ante region has %s, by a projection; they are among those that the prices of the levels give, which follow from them", regionText(rows))
		}
		if decided {
			r.Findings.Add(lemma, "CRS-L2.1", theorems.Checked, "no algorithm, online or offline, violates a row of the ex-ante region: the best offline one for each row, over all scenarios of the demands")
		} else if err == nil {
			r.Findings.Add(nil, "CRS-L2.1", theorems.Undecided, "there are too many scenarios of the demands")
		}
	}
	if o.Optimum {
		return r.optima(ctx)
	}
	return nil
}

// optima finds the largest uniform targets.
func (r *Report) optima(ctx context.Context) error {
	// Each of the two programs may be too large on its own.
	offline, knowsOffline, err := offlineOptimum(ctx, r.Agents)
	if err != nil {
		return err
	}
	online, knowsOnline, err := onlineOptimum(ctx, r.Agents)
	if err != nil {
		return err
	}
	alpha, err := uniformAlpha(ctx, withTarget(r.Agents, r.Largest.Value))
	if err != nil {
		return err
	}
	chain := []price{{"α times that of the ex-ante region", "alpha_times_region", alpha.Mul(r.Largest.Value)}}
	// Programs that are too large are left out, and the others still compared.
	if knowsOnline {
		chain = append(chain, price{"online policies that know the order", "online", online})
	}
	if knowsOffline {
		chain = append(chain, price{"offline algorithms", "offline", offline})
	}
	r.prices = append(chain, price{"the ex-ante region", "region", r.Largest.Value})
	var wrong error
	// Each is at most the next one: an algorithm of one kind is one of the next.
	for k := 1; k < len(r.prices); k++ {
		if before := r.prices[k-1]; before.value.Cmp(r.prices[k].value) > 0 {
			wrong = fmt.Errorf("that of %s is larger than that of %s", before.of, r.prices[k].of)
		}
	}
	if !knowsOffline && !knowsOnline {
		r.Findings.Add(nil, "CRS-OPT", theorems.Undecided, "the programs of offline and online policies are too large")
		return nil
	}
	r.Findings.Add(wrong, "CRS-OPT", theorems.Checked, "the largest uniform targets are in this order, each by a policy and by weights of the agents that allow no more")
	return nil
}

// uniformAlpha is the guarantee of the scheme of CRS-T1.1 for targets of the ex-ante region.
func uniformAlpha(ctx context.Context, agents []Agent) (rational.Rat, error) {
	// Feasible, as the target is the largest of the region.
	plan, err := CheckTargets(ctx, agents)
	if err != nil {
		return zero, err
	}
	// The knapsack scheme, as for [Allocate].
	if len(wholly(agents)) > 0 {
		return knapsack.PhiChoice(knapsack.Means(sizes(agents, plan))).Guarantee(), nil
	}
	u, err := single.Solve(ctx, plan.X)
	if err != nil {
		return zero, err
	}
	return u.Value, nil
}
