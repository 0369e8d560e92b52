package contention

import (
	"context"
	"math/big"
	"math/rand/v2"

	"pstar/rational"
)

// Simulate runs the rationing algorithm of r on random demands and orders, and
// returns the mean service of each agent: an estimate of what r.Average says. The
// runs are exact but for the random numbers, which have 64 bits; the same seed gives
// the same result. The error is ctx.Err(). It panics if runs is not positive.
func (r *Ration) Simulate(ctx context.Context, agents []Agent, runs int, seed uint64) ([]rational.Rat, error) {
	if runs <= 0 {
		panic("contention: the number of runs must be positive")
	}
	s := newSimulation(r, agents, seed)
	sum := make([]rational.Rat, len(agents))
	for run := range runs {
		if run%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		o := Orders[s.random.IntN(2)]
		supply := one
		for _, i := range o.Sequence(len(agents)) {
			k, inside := s.agents[i].draw(s.random.Uint64())
			demand := s.agents[i].levels[k].demand
			y := zero
			if inside {
				y = s.allocation(o, i, k, supply)
			}
			sum[i] = sum[i].Add(agents[i].serve(y, demand))
			supply = supply.Sub(y)
		}
	}
	for i := range sum {
		sum[i] = sum[i].Quo(rational.NewRat(int64(runs), 1))
	}
	return sum, nil
}

type simulation struct {
	ration *Ration
	random *rand.Rand
	agents []simulatedAgent
	// loaded and fresh are the coins of the knapsack scheme.
	loaded, fresh [2][][]chance
}

// A simulatedAgent draws its demand by a quantile of 64 bits: level k up to upTo[k],
// and served up to part[k].
type simulatedAgent struct {
	levels     []level
	upTo, part []chance
}

// A chance is a probability p as ⌊p·2^64⌋, or always.
type chance struct {
	below  uint64
	always bool
}

func chanceOf(p rational.Rat) chance {
	if p.Cmp(one) >= 0 {
		return chance{always: true}
	}
	n := new(big.Int).Lsh(p.Num().Big(), 64)
	return chance{below: n.Div(n, p.Den().Big()).Uint64()}
}

// hits reports whether a random word falls below the probability.
func (c chance) hits(word uint64) bool { return c.always || word < c.below }

func newSimulation(r *Ration, agents []Agent, seed uint64) *simulation {
	s := &simulation{ration: r, random: rand.New(rand.NewPCG(seed, 0))}
	for i, a := range agents {
		d := simulatedAgent{levels: a.levels()}
		start := zero
		for k, part := range served(d.levels, r.Plan.Quantile[i]) {
			d.part = append(d.part, chanceOf(start.Add(part)))
			start = start.Add(d.levels[k].probability)
			d.upTo = append(d.upTo, chanceOf(start))
		}
		s.agents = append(s.agents, d)
	}
	if r.Law != nil {
		for _, o := range Orders {
			s.loaded[o], s.fresh[o] = chances(r.Law.Loaded[o]), chances(r.Law.Fresh[o])
		}
	}
	return s
}

func chances(coins [][]rational.Interval) [][]chance {
	list := make([][]chance, len(coins))
	for i, c := range coins {
		for _, p := range c {
			list[i] = append(list[i], chanceOf(p.Mid()))
		}
	}
	return list
}

// draw returns the level of a quantile, and whether it is one that is served.
func (a simulatedAgent) draw(quantile uint64) (k int, inside bool) {
	for k < len(a.levels)-1 && !a.upTo[k].hits(quantile) {
		k++
	}
	return k, a.part[k].hits(quantile)
}

// allocation returns what agent i receives at demand level k.
func (s *simulation) allocation(o Order, i, k int, supply rational.Rat) rational.Rat {
	l := s.agents[i].levels[k]
	if s.ration.Law == nil {
		return rational.MinRat(rational.MinRat(l.demand, supply), s.ration.Tau[o][i])
	}
	coin := s.fresh[o][i][k]
	if supply.Cmp(one) < 0 {
		coin = s.loaded[o][i][k]
	}
	if l.supply.Cmp(supply) > 0 || !coin.hits(s.random.Uint64()) {
		return zero
	}
	return l.supply
}
