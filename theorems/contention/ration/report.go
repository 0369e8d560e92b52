package ration

import (
	"context"
	"errors"
	"slices"

	"pstar/theorems"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
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

	names  []string
	scheme *Ration // with α, even if the outcome is too large
}

// Options steer [Verify].
type Options struct {
	// Uniform replaces the targets by the largest uniform one.
	Uniform bool
	// Names are those of the agents, for what is wrong with one; may be nil.
	Names []string
}

// Verify decides whether the targets lie in the ex-ante region (CRS-D4), finds the
// largest uniform target, and verifies for targets in the region that the algorithm of
// CRS-T1.1 serves every agent with at least α times its target. Its errors are those of
// linear programs and the end of ctx; what does not hold is a finding.
func Verify(ctx context.Context, agents []Agent, o Options) (*Report, error) {
	r := &Report{Agents: slices.Clone(agents), names: o.Names}
	var err error
	if r.Largest, err = LargestUniform(ctx, agents); err != nil {
		return nil, err
	}
	if o.Uniform {
		for i := range r.Agents {
			r.Agents[i].Target = r.Largest.Value
		}
	}
	if r.Plan, err = CheckTargets(ctx, r.Agents); err != nil {
		return nil, err
	}
	// Targets outside of the region are refuted whatever the algorithm does: it is not run.
	if r.Plan.Feasible {
		r.Findings.Add(nil, "CRS-D4", theorems.Checked, "the targets lie in the ex-ante region")
		r.Outcome, err = Allocate(ctx, r.Agents, r.Plan)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if err != nil {
			r.scheme, r.Outcome = r.Outcome, nil
		} else {
			r.scheme = r.Outcome
		}
		r.guarantee(err)
	} else {
		r.Findings.Add(nil, "CRS-D4", theorems.Refuted, "the targets lie outside the ex-ante region, so that no algorithm meets them, by CRS-L2.1")
	}
	if r.scheme != nil && r.scheme.Unit != nil {
		r.Findings.Add(nil, "CRS-LP", theorems.Checked, "LPOPT = %s for the supplies x", contention.Decimal(r.scheme.Alpha))
	}
	contention.Prove(&r.Findings, Tags...)
	r.Findings.Add(nil, "CRS-D4-largest", theorems.Checked, "the largest target that all agents can have together in the ex-ante region is %s", contention.Exact(r.Largest.Value))
	return r, nil
}

// guarantee says what the algorithm of CRS-T1.1 gives.
func (r *Report) guarantee(err error) {
	const tag = "CRS-T1.1"
	f := &r.Findings
	var wrong *contention.InstanceError
	switch {
	case errors.As(err, &wrong):
		f.Add(contention.Named(err, r.names), tag, theorems.Checked, "every agent is served with at least α times its target")
	case r.scheme != nil && err != nil:
		f.Add(nil, tag, theorems.Concluded, "every agent is served with at least α·β, α = %s, as CRS-T1.1 holds for all instances; here it is not computed how much more: %v", contention.Exact(r.scheme.Alpha), err)
	case err != nil:
		f.Add(nil, tag, theorems.Undecided, "%v", err)
	case r.Outcome.Unit != nil:
		f.Add(nil, tag, theorems.Checked, "Algorithm 1 serves every agent with at least α·β, α = LPOPT = %s", contention.Exact(r.Outcome.Alpha))
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
		return context.Cause(ctx)
	}
	if err != nil {
		return err
	}
	r.Simulation = s
	r.Findings.Add(contention.Named(s.Fits(r.Outcome), r.names), "CRS-T1.1", theorems.Checked,
		"the means of %d simulated runs with seed %d fit the expected services; right ones fail this test with probability at most %s",
		s.Runs, seed, FalseAlarm)
	return nil
}
