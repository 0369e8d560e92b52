package contention

import (
	"math/rand/v2"

	"pstar/rational"
)

// Simulate runs the rationing algorithm of r on random demands and orders, and
// returns the mean service of each agent. It estimates, in floats, what r.Average
// says exactly, and decides nothing. The same seed gives the same numbers. It panics
// if runs is not positive.
func (r *Ration) Simulate(agents []Agent, runs int, seed uint64) []float64 {
	if runs <= 0 {
		panic("contention: the number of runs must be positive")
	}
	random := rand.New(rand.NewPCG(seed, 0))
	s := simulation{ration: r, random: random}
	for i, a := range agents {
		s.agents = append(s.agents, simulated(a, r.Plan.Quantile[i]))
	}
	sum := make([]float64, len(agents))
	for range runs {
		o := Orders[random.IntN(2)]
		supply := 1.0
		for _, i := range o.Sequence(len(agents)) {
			k, inside := s.agents[i].draw(random)
			y := 0.0
			if inside {
				y = min(s.allocation(o, i, k, supply), supply)
			}
			sum[i] += s.agents[i].serve(y, k)
			supply -= y
		}
	}
	for i := range sum {
		sum[i] /= float64(runs)
	}
	return sum
}

type simulation struct {
	ration *Ration
	random *rand.Rand
	agents []simulatedAgent
}

// simulatedAgent holds an agent's levels as floats.
type simulatedAgent struct {
	service            Service
	mean               float64
	demand, mass, part []float64
}

func simulated(a Agent, q rational.Rat) simulatedAgent {
	s := simulatedAgent{service: a.Service, mean: a.mean().Float64()}
	levels := a.levels()
	for k, p := range served(levels, q) {
		s.demand = append(s.demand, levels[k].demand.Float64())
		s.mass = append(s.mass, levels[k].probability.Float64())
		s.part = append(s.part, p.Float64())
	}
	return s
}

// draw returns a level, and whether the quantile is one that is served.
func (a simulatedAgent) draw(random *rand.Rand) (k int, inside bool) {
	u := random.Float64()
	for k = 0; k < len(a.mass)-1 && u >= a.mass[k]; k++ {
		u -= a.mass[k]
	}
	return k, u < a.part[k]
}

func (a simulatedAgent) serve(y float64, k int) float64 {
	d := a.demand[k]
	const rounding = 1e-9 // the allocation was a chain of float subtractions
	switch {
	case a.service == TypeII:
		return min(y, d) / a.mean
	case y >= d-rounding:
		return 1
	case a.service == TypeIII:
		return y / d
	}
	return 0
}

// allocation returns what agent i receives at demand level k.
func (s simulation) allocation(o Order, i, k int, supply float64) float64 {
	d := s.agents[i].demand[k]
	if s.ration.Law == nil {
		return min(d, s.ration.Tau[o][i].Float64())
	}
	const rounding = 1e-9
	size := min(d, 1)
	coin := s.ration.Law.Fresh[o][i][k]
	if supply < 1-rounding {
		coin = s.ration.Law.Loaded[o][i][k]
	}
	if size > supply+rounding || s.random.Float64() >= coin.Mid().Float64() {
		return 0
	}
	return size
}
