package ration

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// randomAgents returns n agents with small demands laws and random targets.
func randomAgents(r *rand.Rand, n int, types []Service) []Agent {
	agents := make([]Agent, n)
	for i := range agents {
		count := 1 + r.IntN(3)
		weights, total := make([]int64, count), int64(0)
		for k := range weights {
			weights[k] = 1 + r.Int64N(4)
			total += weights[k]
		}
		a := Agent{Service: types[r.IntN(len(types))], Target: rational.NewRat(r.Int64N(9), 10)}
		for k, w := range weights {
			value := rational.NewRat(r.Int64N(9), 4)
			if k == 0 && value.IsZero() && a.Service == TypeII {
				value = one // a positive mean
			}
			a.Demand = append(a.Demand, Demand{value, rational.NewRat(w, total)})
		}
		agents[i] = a
	}
	return agents
}

// CRS-T1.1 on random instances; targets outside the region are scaled into it.
func TestCRST11_RandomInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 11))
	ctx := context.Background()
	counts := map[bool]int{}
	for run := range 300 {
		types := []Service{TypeII, TypeIII}
		if run%3 == 0 {
			types = []Service{TypeI, TypeII, TypeIII}
		}
		agents := randomAgents(r, 1+r.IntN(4), types)
		plan, err := CheckTargets(ctx, agents)
		if err != nil {
			t.Fatal(err)
		}
		counts[plan.Feasible]++
		u, err := LargestUniform(ctx, agents)
		if err != nil {
			t.Fatal(err)
		}
		if !plan.Feasible {
			agents = withTarget(agents, u.Value)
			if plan, err = CheckTargets(ctx, agents); err != nil || !plan.Feasible {
				t.Fatalf("%v: the largest uniform target is not feasible: %v", agents, err)
			}
			above := withTarget(agents, rational.MinRat(one, u.Value.Add(rational.NewRat(1, 1000))))
			if more, _ := CheckTargets(ctx, above); more.Feasible && u.Value.Cmp(above[0].Target) < 0 {
				t.Fatalf("%v: more than the largest uniform target is feasible", agents)
			}
		}
		ration, err := Allocate(ctx, agents, plan)
		if err != nil {
			t.Fatalf("%+v: %v", agents, err)
		}
		if third := rational.NewRat(1, 3); ration.Alpha.Cmp(third) < 0 {
			t.Fatalf("α = %s", ration.Alpha)
		}
	}
	if counts[true] < 50 || counts[false] < 50 {
		t.Errorf("the instances are one-sided: %v", counts)
	}
}

// The threshold by brute force: the left side of (2.8) evaluated at τ is the goal.
func TestThresholdCalibrates(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 11))
	for range 300 {
		a := randomAgents(r, 1, []Service{TypeII})[0]
		levels := a.levels()
		parts := served(levels, rational.NewRat(1+r.Int64N(10), 10))
		count := rational.NewInt
		supply := &supplyLaw{count(4), count(6), []amount{{count(1), count(2)}, {count(2), count(1)}, {count(4), count(3)}}, maxWork}
		offer := supply.offered(levels, parts)
		left := func(tau rational.Rat) rational.Rat {
			sum := zero
			for k, l := range levels {
				for _, m := range supply.atoms {
					y := rational.MinRat(rational.MinRat(l.demand, rational.RatFromInts(m.value, supply.unit)), tau)
					sum = sum.Add(parts[k].Mul(rational.RatFromInts(m.mass, supply.whole)).Mul(y))
				}
			}
			return sum
		}
		most := left(one)
		goal := most.Mul(rational.NewRat(r.Int64N(11), 10))
		tau, ok := supply.threshold(offer, goal)
		if !ok || !left(tau).Equal(goal) || tau.Sign() < 0 || tau.Cmp(one) > 0 {
			t.Fatalf("%v: τ = %s gives %s, want %s", a, tau, left(tau), goal)
		}
		if _, ok := supply.threshold(offer, most.Add(one)); ok {
			t.Fatal("an impossible goal was reached")
		}
	}
}

// A worked instance: two agents of Type II with demand 1 and target 1/2 each.
func TestRationByHand(t *testing.T) {
	agent := Agent{Service: TypeII, Demand: []Demand{{one, one}}, Target: half}
	agents := []Agent{agent, agent}
	plan, err := CheckTargets(context.Background(), agents)
	if err != nil || !plan.Feasible || plan.X[0].String() != "1/2" || plan.Quantile[1].String() != "1/2" {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	r, err := Allocate(context.Background(), agents, plan)
	if err != nil {
		t.Fatal(err)
	}
	// LPOPT(1/2, 1/2) = 3/4.
	if r.Alpha.String() != "3/4" || r.Average[0].Cmp(rational.NewRat(3, 8)) != 0 {
		t.Errorf("α = %s, services %v", r.Alpha, r.Average)
	}
	agents[1].Target = rational.NewRat(51, 100)
	plan, err = CheckTargets(context.Background(), agents)
	if err != nil || plan.Feasible || !plan.Prices.Refutes(agents) {
		t.Errorf("targets with sum 101/100: %+v, %v", plan, err)
	}
	plan.Prices.Supply = plan.Prices.Supply.Add(one)
	if plan.Prices.Refutes(agents) {
		t.Error("wrong prices refute")
	}
}

// Demand zero counts as served for Types I and III also outside the quantiles.
func TestZeroDemand(t *testing.T) {
	for _, s := range []Service{TypeI, TypeIII} {
		a := Agent{Service: s, Demand: []Demand{{one, half}, {zero, half}}, Target: rational.NewRat(1, 4)}
		plan, err := CheckTargets(context.Background(), []Agent{a})
		if err != nil || plan.Quantile[0].String() != "1/4" || !plan.X[0].IsZero() {
			t.Fatalf("plan %+v, %v", plan, err)
		}
		r, err := Allocate(context.Background(), []Agent{a}, plan)
		if err != nil || !r.Average[0].Equal(half) {
			t.Errorf("service %v, want 1/2: %v", r, err)
		}
	}
}

// largestRation returns the agents with their largest uniform target, and its outcome.
func largestRation(t *testing.T, agents []Agent) ([]Agent, *Ration) {
	t.Helper()
	u, err := LargestUniform(context.Background(), agents)
	if err != nil {
		t.Fatal(err)
	}
	agents = withTarget(agents, u.Value)
	plan, err := CheckTargets(context.Background(), agents)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Allocate(context.Background(), agents, plan)
	if err != nil {
		t.Fatal(err)
	}
	return agents, r
}

// A simulation fits what was computed, and notices a wrong expectation, wrong
// thresholds and wrong coins.
func TestSimulationFits(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 11))
	for run := range 6 {
		types := []Service{TypeII, TypeIII}
		if run%2 == 0 {
			types = []Service{TypeI, TypeIII}
		}
		agents, r := largestRation(t, randomAgents(random, 3, types))
		simulate := func(agents []Agent) error {
			s, err := r.Simulate(context.Background(), agents, 20000, 7)
			if err != nil {
				t.Fatal(err)
			}
			return s.Fits(r)
		}
		if err := simulate(agents); err != nil {
			t.Errorf("%+v: %v", agents, err)
		}
		tau, law, average := r.Tau, r.Law, r.Average
		changes := []func(){func() {
			r.Average = append([]rational.Rat(nil), average...)
			r.Average[2] = average[2].Add(rational.NewRat(1, 10))
		}}
		if r.Law == nil {
			changes = append(changes, func() { r.Tau = contention.Choice{make([]rational.Rat, 3), make([]rational.Rat, 3)} })
		} else {
			always := *r.Law
			for _, o := range contention.Orders {
				always.Fresh[o] = nil
				for _, coins := range r.Law.Fresh[o] {
					always.Fresh[o] = append(always.Fresh[o], make([]enclose.Interval, len(coins)))
				}
			}
			changes = append(changes, func() { r.Law = &always })
		}
		for k, change := range changes {
			change()
			if simulate(agents) == nil {
				t.Errorf("%+v: change %d was not noticed", agents, k)
			}
			r.Tau, r.Law, r.Average = tau, law, average
		}
	}
}

// The tolerance is what Hoeffding's inequality says, and hardly more.
func TestHoeffding(t *testing.T) {
	alarm := rational.NewRat(1, 1_000_000)
	for _, m := range []rational.Rat{one, rational.NewRat(7, 3)} {
		for _, runs := range []int{1, 500, MaxRuns} {
			bound := func(tolerance rational.Rat) enclose.Interval {
				x := tolerance.Quo(m)
				return enclose.Exp(x.Mul(x).Mul(rational.NewRat(-2*int64(runs), 1)), 60).Scale(two)
			}
			tolerance := hoeffding(m, runs, alarm)
			if bound(tolerance).Hi.Cmp(alarm) > 0 || bound(tolerance.Mul(rational.NewRat(999, 1000))).Lo.Cmp(alarm) < 0 {
				t.Errorf("m = %s, %d runs: tolerance %s", m, runs, tolerance.Decimal(9))
			}
		}
	}
}

// The seed decides all: the result does not depend on anything else.
func TestSimulateIsDeterministic(t *testing.T) {
	agents, r := largestRation(t, randomAgents(rand.New(rand.NewPCG(4, 11)), 4, []Service{TypeI, TypeII}))
	run := func(seed uint64) string {
		s, err := r.Simulate(context.Background(), agents, 300, seed)
		if err != nil {
			t.Fatal(err)
		}
		return rational.RatVector(s.Mean).String()
	}
	if run(5) != run(5) || run(5) == run(6) {
		t.Error("the means do not depend on the seed alone")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Simulate(ctx, agents, 300, 1); err == nil {
		t.Error("a cancelled context is ignored")
	}
}

func TestValidateAgents(t *testing.T) {
	good := Agent{Service: TypeI, Demand: []Demand{{one, one}}, Target: half}
	for _, c := range []struct {
		change func(a *Agent)
		want   string
	}{
		{func(a *Agent) { a.Service = NoService }, "agent 2, service"},
		{func(a *Agent) { a.Target = two }, "agent 2, target"},
		{func(a *Agent) { a.Demand = nil }, "sum 1, found 0"},
		{func(a *Agent) { a.Demand = []Demand{{one, half}} }, "sum 1, found 1/2"},
		{func(a *Agent) { a.Demand = []Demand{{one.Neg(), one}} }, "agent 2, demand 1"},
		{func(a *Agent) { a.Demand = []Demand{{one, two}, {one, one.Neg()}} }, "probability"},
		{func(a *Agent) { a.Service, a.Demand = TypeII, []Demand{{zero, one}} }, "positive mean"},
	} {
		bad := good
		c.change(&bad)
		if err := Validate([]Agent{good, bad}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want %q", err, c.want)
		}
	}
	if Validate(nil) == nil {
		t.Error("no agents were accepted")
	}
	for _, service := range []Service{TypeI, TypeIII} {
		idle := Agent{Service: service, Demand: []Demand{{zero, one}}, Target: one}
		if err := Validate([]Agent{good, idle}); err != nil {
			t.Errorf("an agent of type %s who wants nothing: %v", service, err)
		}
	}
	if _, err := ParseService("IV"); err == nil {
		t.Error("service IV was accepted")
	}
}
