package contention_test

import (
	"context"
	"math/big"
	"math/rand/v2"
	"sort"
	"testing"

	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
	"pstar/theorems/contention/ration"
	"pstar/theorems/contention/single"
)

// The algorithms once more, from the paper and on big.Rat: every scenario is kept
// for itself, nothing is merged, and nothing of the package is used.

func frac(a, b int64) *big.Rat       { return big.NewRat(a, b) }
func plus(a, b *big.Rat) *big.Rat    { return new(big.Rat).Add(a, b) }
func minus(a, b *big.Rat) *big.Rat   { return new(big.Rat).Sub(a, b) }
func times(a, b *big.Rat) *big.Rat   { return new(big.Rat).Mul(a, b) }
func over(a, b *big.Rat) *big.Rat    { return new(big.Rat).Quo(a, b) }
func smaller(a, b *big.Rat) *big.Rat { return []*big.Rat{b, a}[(1-a.Cmp(b))/2] }

// value is one value of a random size or demand.
type value struct{ at, probability *big.Rat }

// scenario is one history: the load, or the supply that remains.
type scenario struct{ at, probability *big.Rat }

func arrivals(n int, order contention.Order) []int {
	list := make([]int, n)
	for t := range n {
		list[t] = t
		if order == contention.Backward {
			list[t] = n - 1 - t
		}
	}
	return list
}

// phiMeans is the choice of CRS-L4.4 by integration: ∫φ = 4z/9 − z²/9.
func phiMeans(mu []*big.Rat, order contention.Order) []*big.Rat {
	integral := func(z *big.Rat) *big.Rat { return minus(times(frac(4, 9), z), times(frac(1, 9), times(z, z))) }
	c := make([]*big.Rat, len(mu))
	start := new(big.Rat)
	for _, i := range arrivals(len(mu), order) {
		end := plus(start, mu[i])
		if mu[i].Sign() == 0 {
			c[i] = minus(frac(4, 9), times(frac(2, 9), start))
		} else {
			c[i] = over(minus(integral(end), integral(start)), mu[i])
		}
		start = end
	}
	return c
}

// algorithm3 returns the probability with which each size of each element is accepted.
func algorithm3(elements [][]value, c []*big.Rat, order contention.Order) [][]*big.Rat {
	accepted := make([][]*big.Rat, len(elements))
	scenarios := []scenario{{new(big.Rat), frac(1, 1)}}
	for _, i := range arrivals(len(elements), order) {
		empty := new(big.Rat)
		for _, s := range scenarios {
			if s.at.Sign() == 0 {
				empty = plus(empty, s.probability)
			}
		}
		var next []scenario
		rest := frac(1, 1)
		for _, size := range elements[i] {
			rest = minus(rest, size.probability)
			room := minus(frac(1, 1), size.at)
			middle := new(big.Rat) // Pr[0 < T ≤ 1 − s]
			for _, s := range scenarios {
				if s.at.Sign() > 0 && s.at.Cmp(room) <= 0 {
					middle = plus(middle, s.probability)
				}
			}
			total := new(big.Rat)
			for _, s := range scenarios {
				coin := new(big.Rat)
				switch {
				case s.at.Sign() > 0 && s.at.Cmp(room) <= 0:
					coin = smaller(frac(1, 1), over(c[i], middle))
				case s.at.Sign() == 0 && c[i].Cmp(middle) > 0:
					coin = smaller(frac(1, 1), over(minus(c[i], middle), empty))
				}
				total = plus(total, times(s.probability, coin))
				weight := times(s.probability, size.probability)
				next = append(next, scenario{plus(s.at, size.at), times(weight, coin)},
					scenario{s.at, times(weight, minus(frac(1, 1), coin))})
			}
			accepted[i] = append(accepted[i], total)
		}
		for _, s := range scenarios {
			next = append(next, scenario{s.at, times(s.probability, rest)})
		}
		scenarios = next[:0]
		for _, s := range next {
			if s.probability.Sign() > 0 {
				scenarios = append(scenarios, s)
			}
		}
	}
	return accepted
}

// randomSizes returns n laws of sizes with Σμ = 1: sizes 0 and 1 and elements that
// are always active among them.
func randomSizes(r *rand.Rand, n int) [][]value {
	elements := make([][]value, n)
	total := new(big.Rat)
	for i := range elements {
		for range 1 + r.IntN(2) {
			v := value{frac(r.Int64N(7), 6), frac(1+r.Int64N(6), 12)}
			elements[i] = append(elements[i], v)
			total = plus(total, times(v.at, v.probability))
		}
	}
	if total.Cmp(frac(1, 1)) > 0 {
		for i := range elements {
			for k := range elements[i] {
				elements[i][k].probability = over(elements[i][k].probability, total)
			}
		}
		return elements
	}
	last := value{frac(1, 1), minus(frac(1, 1), total)}
	return append(elements, []value{last})
}

func TestCRST14_OracleOfAlgorithm3(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 14))
	third := frac(1, 3)
	for range 120 {
		sizes := randomSizes(r, 1+r.IntN(4))
		elements := make([]knapsack.Element, len(sizes))
		mu := make([]*big.Rat, len(sizes))
		for i, law := range sizes {
			mu[i] = new(big.Rat)
			for _, v := range law {
				mu[i] = plus(mu[i], times(v.at, v.probability))
				elements[i] = append(elements[i], knapsack.Size{Size: rational.RatFromBig(v.at), Probability: rational.RatFromBig(v.probability)})
			}
		}
		choice := knapsack.PhiChoice(knapsack.Means(elements))
		law, err := knapsack.Run(context.Background(), elements, choice)
		if err != nil || !law.Exact {
			t.Fatalf("%v: %v", elements, err)
		}
		mean := make([]*big.Rat, len(sizes))
		for _, o := range contention.Orders {
			c := phiMeans(mu, o)
			for i, sizes := range algorithm3(sizes, c, o) {
				for k, p := range sizes {
					if p.Cmp(c[i]) != 0 || law.Accept[o][i][k].Big().Cmp(p) != 0 || choice[o][i].Big().Cmp(p) != 0 {
						t.Fatalf("%v, %s, element %d, size %d: accepted with %s, c = %s, the package says %s and %s",
							elements, o, i+1, k+1, p, c[i], law.Accept[o][i][k], choice[o][i])
					}
				}
				if mean[i] == nil {
					mean[i] = new(big.Rat)
				}
				mean[i] = plus(mean[i], times(frac(1, 2), c[i]))
			}
		}
		for i, m := range mean {
			if m.Cmp(third) != 0 { // Σμ = 1: attained with equality
				t.Fatalf("%v: element %d is accepted with %s, not 1/3", elements, i+1, m)
			}
		}
	}
}

// agent is one agent as the paper has it.
type agent struct {
	service ration.Service
	demand  []value // ascending
	target  *big.Rat
	mean    *big.Rat
}

func (a agent) serve(y, d *big.Rat) *big.Rat {
	switch {
	case a.service == ration.TypeII:
		return over(y, a.mean)
	case d.Sign() == 0:
		return frac(1, 1)
	}
	return over(y, d)
}

// quantile returns the parts of each demand that are served up to the least quantile
// that reaches the target, and the supply that this takes; ok is false if none does.
func (a agent) quantile() (parts []*big.Rat, x *big.Rat, ok bool) {
	left, x := a.target, new(big.Rat)
	for _, d := range a.demand {
		most := smaller(d.at, frac(1, 1))
		part, gain := d.probability, a.serve(most, d.at)
		switch {
		case left.Sign() == 0:
			part = new(big.Rat)
		case gain.Sign() > 0 && times(part, gain).Cmp(left) > 0:
			part = over(left, gain)
		}
		left, x = minus(left, times(part, gain)), plus(x, times(part, most))
		parts = append(parts, part)
	}
	return parts, x, left.Sign() == 0
}

// algorithm1 returns the expected service of each agent in the order, for the choice c.
func algorithm1(t *testing.T, agents []agent, c []*big.Rat, order contention.Order) []*big.Rat {
	service := make([]*big.Rat, len(agents))
	scenarios := []scenario{{frac(1, 1), frac(1, 1)}}
	for _, i := range arrivals(len(agents), order) {
		a := agents[i]
		parts, x, _ := a.quantile()
		spent := func(tau *big.Rat) *big.Rat {
			sum := new(big.Rat)
			for _, s := range scenarios {
				for k, d := range a.demand {
					y := smaller(smaller(d.at, s.at), tau)
					sum = plus(sum, times(times(s.probability, parts[k]), y))
				}
			}
			return sum
		}
		tau := calibrate(t, a, scenarios, spent, times(c[i], x))
		service[i] = new(big.Rat)
		var next []scenario
		for _, s := range scenarios {
			for k, d := range a.demand {
				y := smaller(smaller(d.at, s.at), tau)
				off := minus(d.probability, parts[k])
				service[i] = plus(service[i], times(s.probability, plus(times(parts[k], a.serve(y, d.at)), times(off, a.serve(new(big.Rat), d.at)))))
				next = append(next, scenario{minus(s.at, y), times(s.probability, parts[k])}, scenario{s.at, times(s.probability, off)})
			}
		}
		scenarios = scenarios[:0]
		for _, s := range next {
			if s.probability.Sign() > 0 {
				scenarios = append(scenarios, s)
			}
		}
	}
	return service
}

// calibrate solves spent(τ) = goal; spent is piecewise affine and nondecreasing, with
// breaks at the demands and the supplies that remain.
func calibrate(t *testing.T, a agent, scenarios []scenario, spent func(*big.Rat) *big.Rat, goal *big.Rat) *big.Rat {
	breaks := []*big.Rat{new(big.Rat), frac(1, 1)}
	for _, d := range a.demand {
		breaks = append(breaks, d.at)
	}
	for _, s := range scenarios {
		breaks = append(breaks, s.at)
	}
	sort.Slice(breaks, func(i, j int) bool { return breaks[i].Cmp(breaks[j]) < 0 })
	low, high := 0, len(breaks)-1
	for high-low > 1 {
		if middle := (low + high) / 2; spent(breaks[middle]).Cmp(goal) < 0 {
			low = middle
		} else {
			high = middle
		}
	}
	from, to := spent(breaks[low]), spent(breaks[high])
	if from.Cmp(to) == 0 {
		return breaks[low]
	}
	tau := plus(breaks[low], times(minus(breaks[high], breaks[low]), over(minus(goal, from), minus(to, from))))
	if spent(tau).Cmp(goal) != 0 {
		t.Fatal("the oracle found no threshold")
	}
	return tau
}

func randomAgent(r *rand.Rand) agent {
	a := agent{service: ration.TypeII + ration.Service(r.IntN(2)), mean: new(big.Rat)}
	demands := map[int64]bool{1 + r.Int64N(8): true}
	for range r.IntN(3) {
		demands[r.Int64N(9)] = true
	}
	total := int64(0)
	var weights []int64
	for d := range int64(9) {
		if demands[d] {
			weights = append(weights, 1+r.Int64N(4))
			total += weights[len(weights)-1]
			a.demand = append(a.demand, value{frac(d, 5), nil})
		}
	}
	for k, w := range weights {
		a.demand[k].probability = frac(w, total)
		a.mean = plus(a.mean, times(a.demand[k].at, a.demand[k].probability))
	}
	return a
}

func TestCRST11_OracleOfAlgorithm1(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 14))
	feasible := 0
	for feasible < 60 {
		agents := make([]agent, 1+r.IntN(4))
		instance := make([]ration.Agent, len(agents))
		supply, reached := new(big.Rat), true
		for i := range agents {
			agents[i] = randomAgent(r)
			agents[i].target = frac(r.Int64N(8), 2*int64(len(agents))+6)
			instance[i] = ration.Agent{Service: agents[i].service, Target: rational.RatFromBig(agents[i].target)}
			for _, d := range agents[i].demand {
				instance[i].Demand = append(instance[i].Demand, ration.Demand{Value: rational.RatFromBig(d.at), Probability: rational.RatFromBig(d.probability)})
			}
			_, x, ok := agents[i].quantile()
			supply, reached = plus(supply, x), reached && ok
		}
		plan, err := ration.CheckTargets(context.Background(), instance)
		if err != nil {
			t.Fatal(err)
		}
		if want := reached && supply.Cmp(frac(1, 1)) <= 0; plan.Feasible != want {
			t.Fatalf("%+v: feasible is %t, want %t", instance, plan.Feasible, want)
		}
		if !plan.Feasible {
			continue
		}
		feasible++
		ration, err := ration.Allocate(context.Background(), instance, plan)
		if err != nil {
			t.Fatalf("%+v: %v", instance, err)
		}
		average := make([]*big.Rat, len(agents))
		for _, o := range contention.Orders {
			c := make([]*big.Rat, len(agents))
			for i := range c {
				c[i] = ration.Choice[o][i].Big()
			}
			for i, s := range algorithm1(t, agents, c, o) {
				if s.Cmp(ration.Service[o][i].Big()) != 0 {
					t.Fatalf("%+v, %s, agent %d: service %s, the package says %s", instance, o, i+1, s, ration.Service[o][i])
				}
				if average[i] == nil {
					average[i] = new(big.Rat)
				}
				average[i] = plus(average[i], times(frac(1, 2), s))
			}
		}
		for i, a := range agents {
			if average[i].Cmp(times(ration.Alpha.Big(), a.target)) < 0 {
				t.Fatalf("%+v: agent %d is served %s, below α·β", instance, i+1, average[i])
			}
		}
	}
}

// α_0(ρ) ≤ LPOPT, with e^(ρ/2) bounded from above by its series: E/(1 + ρE) grows with E.
func TestCRST12_OracleOfAlpha(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 14))
	for _, rho := range []*big.Rat{frac(1, 2), frac(1, 1), frac(3, 2), frac(2, 1), frac(3, 1)} {
		series, term := frac(1, 1), frac(1, 1)
		for k := int64(1); k <= 30; k++ {
			term = times(term, over(times(rho, frac(1, 2)), frac(k, 1)))
			series = plus(series, term)
		}
		series = plus(series, term) // more than the rest
		alpha := over(series, plus(frac(1, 1), times(rho, series)))
		for range 40 {
			n := 4 + r.IntN(9)
			weights, total := make([]int64, n), int64(0)
			for i := range weights {
				weights[i] = r.Int64N(10)
				total += weights[i]
			}
			x := make([]rational.Rat, n)
			fits := total > 0
			for i, w := range weights {
				if !fits {
					break
				}
				v := times(rho, frac(w, total))
				fits = v.Cmp(frac(1, 1)) <= 0
				x[i] = rational.RatFromBig(v)
			}
			if !fits {
				continue
			}
			u, err := single.Solve(context.Background(), x)
			if err != nil {
				t.Fatal(err)
			}
			if u.Value.Big().Cmp(alpha) < 0 {
				t.Fatalf("x = %v: LPOPT = %s is below α_0(%s)", x, u.Value, rho)
			}
			s, err := single.Solve(context.Background(), single.Split(x, r.IntN(n)))
			if err != nil || s.Value.Cmp(u.Value) > 0 {
				t.Fatalf("x = %v: splitting gives %v, more than %s (%v)", x, s, u.Value, err)
			}
		}
	}
}
