package ration

import (
	"context"
	"fmt"
	"slices"

	"pstar/lp"
	"pstar/rational"
)

// A scenario has one level of the demand of each agent, with its probability.
// Levels are by agent.
type scenario struct {
	levels      []level
	probability rational.Rat
}

// scenariosOf lists all of them, or says that there are too many, or too many agents of Type I.
//
// Their number is the product of the numbers of levels, so that this is for a dozen agents at most.
func scenariosOf(agents []Agent) (list []scenario, ok bool) {
	// One scenario with nobody in it, which each agent multiplies.
	list = []scenario{{probability: one}}
	for _, a := range agents {
		levels := a.levels()
		// With each agent there are as many times more scenarios as it has levels; and of Type I all subsets are tried.
		if len(list)*len(levels) > maxScenarios || len(wholly(agents)) > 10 {
			return nil, false
		}
		var next []scenario
		// Agents are independent, so probabilities multiply.
		for _, s := range list {
			for _, l := range levels {
				next = append(next, scenario{append(slices.Clone(s.levels), l), s.probability.Mul(l.probability)})
			}
		}
		list = next
	}
	return list, true
}

// wholly lists the agents of Type I, who are served wholly or not at all.
func wholly(agents []Agent) (list []int) {
	for i, a := range agents {
		if a.Service == TypeI {
			list = append(list, i)
		}
	}
	return list
}

// served lists the sets of agents of Type I whose demands in a scenario the supply covers, with what is left.
// Both lists are by set; the empty one is the first.
func (s scenario) served(typeI []int) (sets [][]int, left []rational.Rat) {
	// Subsets by the bits of a number: there are at most ten agents.
	for set := range 1 << len(typeI) {
		// A set is possible if the demands of its agents fit together.
		rest := one
		var who []int
		for k, i := range typeI {
			if set>>k&1 == 1 {
				who, rest = append(who, i), rest.Sub(s.levels[i].demand)
			}
		}
		// All of the supply may be used.
		if rest.Sign() >= 0 {
			sets, left = append(sets, who), append(left, rest)
		}
	}
	return sets, left
}

// offlineMost is the largest Σ w_i E[s_i(Y_i, D_i)] of any algorithm that sees all demands first, for weights that are not negative where an
// agent can be served: in each scenario the supply goes to those of Types II and III who make most of it, for each set of those of Type I.
//
// It ends early, with another number, when ctx does.
// The supply of each scenario is 1, whatever happens in others: it is divided anew.
func offlineMost(ctx context.Context, agents []Agent, scenarios []scenario, weights []rational.Rat) rational.Rat {
	// Only agents of Type I need a decision that is not a matter of degree.
	typeI := wholly(agents)
	total := zero
	for _, s := range scenarios {
		if ctx.Err() != nil {
			return total
		}
		// The empty set is always possible, so that there is a first one.
		most, first := zero, true
		sets, left := s.served(typeI)
		for k, set := range sets {
			if v := s.most(weights, set, left[k]); first || v.Cmp(most) > 0 {
				most, first = v, false
			}
		}
		total = total.Add(s.probability.Mul(most))
	}
	return total
}

// most is the largest weighted service in a scenario if these agents of Type I are served and so much is left for the others.
// It is not asked whether the set fits, which served has seen to.
func (s scenario) most(weights []rational.Rat, typeI []int, left rational.Rat) rational.Rat {
	// Weighted service of those served wholly, and of those who need nothing.
	sum := zero
	// Those whose service depends on what they get.
	var rest []int
	for i, l := range s.levels {
		switch {
		case l.kind == TypeI && slices.Contains(typeI, i):
			sum = sum.Add(weights[i])
		case l.kind == TypeI || l.demand.IsZero():
			sum = sum.Add(weights[i].Mul(l.serve(zero)))
		default:
			rest = append(rest, i)
		}
	}
	// Service is linear in the allocation for the others: the supply goes to who makes most of a unit, like a fractional knapsack.
	rate := func(i int) rational.Rat {
		return weights[i].Mul(s.levels[i].serve(s.levels[i].demand)).Quo(s.levels[i].demand)
	}
	slices.SortStableFunc(rest, func(i, j int) int { return rate(j).Cmp(rate(i)) })
	for _, i := range rest {
		// Until nothing is left; those behind get nothing.
		// A negative rate cannot come up, as weights are not negative where it matters.
		y := rational.MinRat(left, s.levels[i].demand)
		sum, left = sum.Add(rate(i).Mul(y)), left.Sub(y)
	}
	return sum
}

// maximise is the largest Σ w_i β_i over β ≥ 0 under some rows.
// The error is that of the solver, or says that the rows have no largest value.
func maximise(ctx context.Context, rows []RegionRow, weights []rational.Rat) (rational.Rat, error) {
	// Targets are at least 0, and no more is assumed of them.
	p := &lp.Problem{Name: "region", Sense: lp.Maximise}
	for _, w := range weights {
		p.AddVariable(lp.Variable{Cost: w, Lower: lp.At(zero)})
	}
	for _, r := range rows {
		row := lp.Row{Upper: lp.At(r.Limit)}
		for i, w := range r.Weights {
			// A row without an agent says nothing of it.
			if !w.IsZero() {
				row.Terms = append(row.Terms, lp.Term{Variable: i, Coefficient: w})
			}
		}
		p.AddRow(row)
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return zero, err
	}
	// A region is bounded: each target is at most what all demands give.
	if r.Verdict != lp.Optimal {
		return zero, fmt.Errorf("the rows do not bound the region")
	}
	return r.Value, nil
}

// maxProgram bounds the variables of the programs of this file and of online.go.
// Beyond it the report says that the program is too large.
const maxProgram = 6000

// offlineOptimum is the largest t for which some algorithm that sees all demands first serves every agent with at least t in expectation,
// or false if the program is too large. It is verified by its dual: the weights of the agents, for which [offlineMost] is t.
//
// An algorithm draws, for each scenario, a set of agents of Type I that it serves, and divides what is left among the others: the
// variables are the probability of scenario and set, and the allocations times that.
// It panics if the dual does not show the optimum, which the solver rules out.
func offlineOptimum(ctx context.Context, agents []Agent) (t rational.Rat, ok bool, err error) {
	scenarios, ok := scenariosOf(agents)
	if !ok {
		return zero, false, nil
	}
	typeI := wholly(agents)
	p := &lp.Problem{Name: "offline", Sense: lp.Maximise}
	target := p.AddVariable(lp.Variable{Name: "t", Cost: one, Lower: lp.At(zero)})
	// Row i reads: the service of agent i is at least t.
	services := make([]lp.Row, len(agents))
	for i := range agents {
		services[i].Terms = []lp.Term{{Variable: target, Coefficient: one.Neg()}}
	}
	for _, s := range scenarios {
		sets, left := s.served(typeI)
		// The sets of a scenario share its probability: the policy may draw one of them.
		chance := lp.Row{Lower: lp.At(s.probability), Upper: lp.At(s.probability)}
		// Every set that fits, as mixtures of them are allowed.
		for k, set := range sets {
			q := p.AddVariable(lp.Variable{Lower: lp.At(zero)}) // this scenario, and this set
			chance.Terms = append(chance.Terms, lp.Term{Variable: q, Coefficient: one})
			// What is given beside a set, times its probability, is at most what the set leaves.
			supply := lp.Row{Upper: lp.At(zero), Terms: []lp.Term{{Variable: q, Coefficient: left[k].Neg()}}}
			for i, l := range s.levels {
				switch {
				case l.kind == TypeI && slices.Contains(set, i):
					services[i].Terms = append(services[i].Terms, lp.Term{Variable: q, Coefficient: one})
				// Not served, or served without anything: demand zero has its service with whatever set is drawn.
				case l.kind == TypeI || l.demand.IsZero():
					services[i].Terms = append(services[i].Terms, lp.Term{Variable: q, Coefficient: l.serve(zero)})
				default:
					y := p.AddVariable(lp.Variable{Lower: lp.At(zero)})
					supply.Terms = append(supply.Terms, lp.Term{Variable: y, Coefficient: one})
					// What is given is at most the demand, in proportion to how often this
					// set is drawn.
					p.AddRow(lp.Row{Upper: lp.At(zero), Terms: []lp.Term{{Variable: y, Coefficient: one}, {Variable: q, Coefficient: l.demand.Neg()}}})
					services[i].Terms = append(services[i].Terms, lp.Term{Variable: y, Coefficient: l.serve(l.demand).Quo(l.demand)})
				}
			}
			p.AddRow(supply)
		}
		p.AddRow(chance)
		// Counted after each scenario, so that no more is built than is solved.
		if len(p.Variables) > maxProgram {
			return zero, false, nil
		}
	}
	weights, t, err := solveServices(ctx, p, services)
	if err != nil {
		return zero, false, err
	}
	if most := offlineMost(ctx, agents, scenarios, weights); ctx.Err() != nil {
		return zero, false, context.Cause(ctx)
	} else if !most.Equal(t) {
		panic("ration: the weights of the agents do not show the offline optimum")
	}
	return t, true, nil
}

// solveServices adds the rows of the services, each at least t, and returns the multipliers of them, which sum to 1, and the optimum.
// The error is that of the solver.
func solveServices(ctx context.Context, p *lp.Problem, services []lp.Row) (weights []rational.Rat, t rational.Rat, err error) {
	// The rows before are those of the program itself.
	first := len(p.Rows)
	for _, row := range services {
		row.Lower = lp.At(zero)
		p.AddRow(merged(row))
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		return nil, zero, err
	}
	for i := range services {
		// The multiplier of a service row is the weight of its agent, up to the sign that the sense of the row gives.
		weights = append(weights, r.Dual[first+i].Abs())
	}
	return weights, r.Value, nil
}

// merged has one term for each variable.
// Rows are written with a variable once, which programs ask for.
func merged(row lp.Row) lp.Row {
	// In the order in which variables first appear: the bytes of a program do not depend on a map.
	sums := map[int]rational.Rat{}
	var order []int
	for _, t := range row.Terms {
		if _, seen := sums[t.Variable]; !seen {
			order = append(order, t.Variable)
		}
		sums[t.Variable] = sums[t.Variable].Add(t.Coefficient)
	}
	row.Terms = nil
	for _, v := range order {
		if !sums[v].IsZero() {
			row.Terms = append(row.Terms, lp.Term{Variable: v, Coefficient: sums[v]})
		}
	}
	return row
}
