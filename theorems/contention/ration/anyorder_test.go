package ration

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention/orders"
)

// CRS-REM2 on random instances: in any weighted orders the mean service is at least α·β, and it is that of Algorithm 1 with its thresholds run on every scenario
// of the demands, where no law of the supply is followed. With the forward and the backward order α is what it is without -order.
func TestREM2_RandomInstances(t *testing.T) {
	r := rand.New(rand.NewPCG(71, 1))
	ctx := context.Background()
	for range 60 {
		agents := randomAgents(r, 1+r.IntN(4), []Service{TypeII, TypeIII})
		n := len(agents)
		in := orders.Instance{}
		weights, total := []int64{}, int64(0)
		for range 1 + r.IntN(3) {
			in.Orders = append(in.Orders, r.Perm(n))
			weights = append(weights, 1+r.Int64N(3))
			total += weights[len(weights)-1]
		}
		for _, w := range weights {
			in.Weights = append(in.Weights, rational.NewRat(w, total))
		}
		report, err := Verify(ctx, agents, Options{Uniform: true, Orders: &in})
		if err != nil {
			t.Fatal(err)
		}
		if f := find(report, "CRS-REM2"); f.Status != theorems.Checked {
			t.Fatalf("%+v in %v: %+v", agents, in, f)
		}
		for i, got := range report.orders.Service {
			want := zero
			for o, order := range in.Orders {
				want = want.Add(in.Weights[o].Mul(meanService(t, report, in, order, o, i)))
			}
			if !got.Equal(want) || got.Cmp(report.orders.Alpha.Mul(report.Agents[i].Target)) < 0 {
				t.Fatalf("%+v in %v: agent %d is served %s, by all scenarios %s", agents, in, i+1, got, want)
			}
		}
		forward, backward := make([]int, n), make([]int, n)
		for i := range n {
			forward[i], backward[n-1-i] = i, i
		}
		both := orders.Equal(nil, forward, backward)
		again, err := Verify(ctx, agents, Options{Uniform: true, Orders: &both})
		if err != nil || !again.orders.Alpha.Equal(again.Outcome.Alpha) {
			t.Fatalf("%+v: α is %s, and %s for the two orders (%v)", agents, again.Outcome.Alpha, again.orders.Alpha, err)
		}
	}
}

// meanService is that of an agent in an order, over all scenarios of the demands and of which of them are considered, with the thresholds
// of Algorithm 1.
func meanService(t *testing.T, r *Report, in orders.Instance, order []int, o, agent int) rational.Rat {
	t.Helper()
	in.X = r.Plan.X
	u, err := orders.Solve(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	tau, _, err := alongOrder(context.Background(), r.Agents, r.Plan, order, u.Choice[o], &chain{})
	if err != nil {
		t.Fatal(err)
	}
	var visit func(t int, left rational.Rat) rational.Rat
	visit = func(t int, left rational.Rat) rational.Rat {
		if t == len(order) {
			return zero
		}
		i := order[t]
		levels := r.Agents[i].levels()
		sum := zero
		for k, part := range served(levels, r.Plan.Quantile[i]) {
			y := rational.MinRat(rational.MinRat(levels[k].demand, left), tau[i])
			for _, branch := range []struct{ chance, given rational.Rat }{{part, y}, {levels[k].probability.Sub(part), zero}} {
				if branch.chance.IsZero() {
					continue
				}
				v := visit(t+1, left.Sub(branch.given))
				if i == agent {
					v = v.Add(levels[k].serve(branch.given))
				}
				sum = sum.Add(branch.chance.Mul(v))
			}
		}
		return sum
	}
	return visit(0, one)
}

func find(r *Report, tag string) theorems.Claim {
	for _, f := range r.Findings {
		if f.Tag == tag {
			return f
		}
	}
	return theorems.Claim{}
}

// A law that is too large leaves what CRS-L2.2 gives in each order, and targets outside of the region leave nothing.
func TestREM2_TooLargeOrOutside(t *testing.T) {
	var agents []Agent
	for i := range int64(40) {
		third := rational.NewRat(1, 3)
		agents = append(agents, Agent{Service: TypeIII, Demand: []Demand{{rational.NewRat(7+i, 97), third}, {rational.NewRat(40+i, 89), third}, {two, third}}})
	}
	var order []int
	for i := range agents {
		order = append(order, i)
	}
	in := orders.Equal(nil, order)
	r, err := Verify(context.Background(), agents, Options{Uniform: true, Orders: &in})
	if f := find(r, "CRS-REM2"); err != nil || f.Status != theorems.Concluded || !strings.Contains(f.Statement, "CRS-L2.2 holds in each order") || r.orders.Service != nil {
		t.Errorf("%+v, %v", f, err)
	}
	for i := range agents {
		agents[i].Target = one
	}
	if r, err = Verify(context.Background(), agents, Options{Orders: &in}); err != nil || r.orders != nil || find(r, "CRS-D4").Status != theorems.Refuted {
		t.Errorf("%+v, %v", r.Findings, err)
	}
}
