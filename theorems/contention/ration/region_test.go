package ration

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

var everyService = []Service{TypeI, TypeII, TypeIII}

// quarters are agents with demands in quarters, so that grids of eighths hold the best allocations.
func quarters(r *rand.Rand, n int) []Agent {
	agents := make([]Agent, n)
	for i := range agents {
		agents[i].Service = everyService[r.IntN(3)]
		first := r.Int64N(4)
		agents[i].Demand = []Demand{
			{Value: rational.NewRat(first, 4), Probability: rational.NewRat(1, 3)},
			{Value: rational.NewRat(first+1+r.Int64N(4), 4), Probability: rational.NewRat(2, 3)},
		}
	}
	return agents
}

// Targets lie in the region if and only if they satisfy its rows, of the projection and of the prices alike.
func TestRegionRowsDecideTargets(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 1))
	inside := 0
	for range 40 {
		agents := randomAgents(r, 1+r.IntN(3), everyService)
		all, err := Region(agents)
		if err != nil {
			t.Fatal(err)
		}
		shortest, err := ProjectRegion(context.Background(), agents)
		if err != nil {
			t.Fatalf("%+v: %v", agents, err)
		}
		if err := sameRegion(context.Background(), shortest, all); err != nil {
			t.Fatalf("%+v: %v", agents, err)
		}
		for range 20 {
			for i := range agents {
				agents[i].Target = rational.NewRat(r.Int64N(13), 12)
			}
			plan, err := CheckTargets(context.Background(), agents)
			if err != nil {
				t.Fatal(err)
			}
			for _, rows := range [][]RegionRow{all, shortest} {
				satisfied := true
				for _, row := range rows {
					sum := zero
					for i, w := range row.Weights {
						sum = sum.Add(w.Mul(agents[i].Target))
					}
					satisfied = satisfied && sum.Cmp(row.Limit) <= 0
				}
				if satisfied != plan.Feasible {
					t.Fatalf("%+v: the rows say %t, the program %t", agents, satisfied, plan.Feasible)
				}
			}
			if plan.Feasible {
				inside++
			}
		}
	}
	if inside == 0 {
		t.Error("no targets inside a region")
	}
	// Two agents whom no supply serves: their targets are 0, and the others are as they would be without them.
	hopeless := Agent{Service: TypeI, Demand: []Demand{{two, one}}}
	alone := Agent{Service: TypeI, Demand: []Demand{{half, half}, {one, half}}}
	rows, err := ProjectRegion(context.Background(), []Agent{hopeless, alone, hopeless})
	var texts []string
	for _, row := range rows {
		texts = append(texts, row.String())
	}
	if slices.Sort(texts); err != nil || !slices.Equal(texts, []string{"β1 ≤ 0", "β2 ≤ 1", "β3 ≤ 0"}) {
		t.Errorf("rows %q, %v", texts, err)
	}
	if _, ok := (RegionRow{[]rational.Rat{one, one}, zero}).zeroTarget(); ok {
		t.Error("β1 + β2 = 0 is a target that is 0")
	}
	if sameRegion(context.Background(), []RegionRow{{[]rational.Rat{one}, half}}, []RegionRow{{[]rational.Rat{one}, one}}) == nil {
		t.Error("another region is the same")
	}
	if sameRegion(context.Background(), []RegionRow{{[]rational.Rat{one}, one}}, []RegionRow{{[]rational.Rat{one}, one}, {[]rational.Rat{one}, half}}) == nil {
		t.Error("a row that cuts off a part is implied")
	}
}

// What policies make of weighted services, by trying all allocations in eighths: online by a recursion over what is left, offline for each scenario.
func TestPoliciesAgainstGrids(t *testing.T) {
	r := rand.New(rand.NewPCG(22, 1))
	for range 60 {
		agents := quarters(r, 1+r.IntN(3))
		weights := make([]rational.Rat, len(agents))
		for i := range weights {
			weights[i] = rational.NewRat(r.Int64N(5), 4)
		}
		online, ok := newOnline(agents)
		if !ok {
			t.Fatal("too large")
		}
		if got, want := online.most(weights), onGrid(agents, weights); !got.Equal(want) {
			t.Fatalf("%+v, weights %v: online %s, on the grid %s", agents, weights, got, want)
		}
		scenarios, ok := scenariosOf(agents)
		if !ok {
			t.Fatal("too many")
		}
		want := zero
		for _, s := range scenarios {
			want = want.Add(s.probability.Mul(s.onGrid(weights, 0, 8)))
		}
		if got := offlineMost(context.Background(), agents, scenarios, weights); !got.Equal(want) {
			t.Fatalf("%+v, weights %v: offline %s, on the grid %s", agents, weights, got, want)
		}
	}
}

func onGrid(agents []Agent, weights []rational.Rat) rational.Rat {
	total := zero
	for _, o := range contention.Orders {
		order := o.Sequence(len(agents))
		var value func(t, left int64) rational.Rat
		value = func(t, left int64) rational.Rat {
			if int(t) == len(order) {
				return zero
			}
			i := order[t]
			sum := zero
			for _, l := range agents[i].levels() {
				best := zero
				for y := int64(0); y <= left; y++ {
					amount := rational.NewRat(y, 8)
					if amount.Cmp(l.demand) > 0 {
						break
					}
					best = rational.MaxRat(best, weights[i].Mul(l.serve(amount)).Add(value(t+1, left-y)))
				}
				sum = sum.Add(l.probability.Mul(best))
			}
			return sum
		}
		total = total.Add(value(0, 8).Mul(half))
	}
	return total
}

// onGrid is the best weighted service of the agents from i on.
func (s scenario) onGrid(weights []rational.Rat, i int, left int64) rational.Rat {
	if i == len(s.levels) {
		return zero
	}
	best := zero
	for y := int64(0); y <= left; y++ {
		amount := rational.NewRat(y, 8)
		if amount.Cmp(s.levels[i].demand) > 0 {
			break
		}
		best = rational.MaxRat(best, weights[i].Mul(s.levels[i].serve(amount)).Add(s.onGrid(weights, i+1, left-y)))
	}
	return best
}

// Everything that the options ask for holds on random instances, Lemma 2.2 line by line among it.
func TestRegionAndOptimumHold(t *testing.T) {
	r := rand.New(rand.NewPCG(23, 1))
	seen := map[string]int{}
	for range 40 {
		agents := randomAgents(r, 1+r.IntN(3), everyService)
		report, err := Verify(context.Background(), agents, Options{Uniform: true, Region: true, Optimum: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Findings {
			if f.Status == theorems.Refuted {
				t.Fatalf("%+v: %+v", agents, f)
			}
			if f.Status == theorems.Checked {
				seen[f.Tag]++
			}
		}
	}
	for _, tag := range []string{"CRS-REM1", "CRS-L2.1", "CRS-OPT", "CRS-L2.2"} {
		if seen[tag] == 0 {
			t.Errorf("%s is never checked", tag)
		}
	}
	// A line of the chain that is wrong is found.
	n := &chain{}
	n.begin("forward order")
	levels := Agent{Service: TypeIII, Demand: []Demand{{half, one}}}.levels()
	n.agent(0, levels, []rational.Rat{one}, []rational.Rat{half}, []rational.Rat{half}, half, one, half, one, one)
	if n.wrong == nil {
		t.Error("a mean of 1/2 before the first agent is right")
	}
}
