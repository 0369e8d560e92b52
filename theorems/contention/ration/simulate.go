package ration

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// Simulation is the outcome of random runs of a rationing algorithm.
// Both lists are by agent.
type Simulation struct {
	Runs int
	// Mean is the mean service of each agent, and Tolerance what Hoeffding's inequality
	// allows between it and the expectation: with services in [0, m] and n agents,
	//
	//	Pr[|Mean_i − E| ≥ t for some i] ≤ 2n·exp(−2·Runs·t²/m²).
	Mean, Tolerance []rational.Rat
}

// FalseAlarm bounds the probability that a [Simulation] of what was computed does not
// fit.
func FalseAlarm() rational.Rat { return rational.NewRat(1, 1_000_000) }

// MaxRuns is the largest number of runs that [Ration.Simulate] admits.
const MaxRuns = 100_000_000

// Fits reports the first agent whose mean is farther from the expected service of r
// than the tolerance, or nil. If r is right, it reports one with a probability of at
// most [FalseAlarm].
// The error is an [contention.InstanceError], so that the agent can be named.
func (s *Simulation) Fits(r *Ration) error {
	// The first agent that is off; the others may be, too.
	for i, mean := range s.Mean {
		if off := mean.Sub(r.Average[i]).Abs(); off.Cmp(s.Tolerance[i]) > 0 {
			return &contention.InstanceError{Kind: "agent", Index: i, Text: fmt.Sprintf("service: the mean of %d runs is ≈%s, expected %s up to %s",
				s.Runs, mean.Approximate(6), r.Average[i].Approximate(6), s.Tolerance[i].Approximate(6))}
		}
	}
	return nil
}

// Simulate runs the rationing algorithm of r on random demands and orders. The runs
// are exact but for the random numbers, which have 64 bits, and but for the coins of
// a law that is enclosed; the same seed gives the same result. The error is ctx.Err(),
// or one that says that so many runs would show the rounding of the random numbers.
// It panics unless runs is positive and at most [MaxRuns].
//
// It is a test of the program and not of the theorem: a wrong service would have to be far off to be seen, about 1/√runs.
func (r *Ration) Simulate(ctx context.Context, agents []Agent, runs int, seed uint64) (*Simulation, error) {
	if runs <= 0 || runs > MaxRuns {
		panic("ration: the number of runs must be positive and at most MaxRuns")
	}
	// One generator for orders, quantiles and coins: the same seed gives the same runs.
	s := newSimulation(r, agents, seed)
	// What rounding may add to the probability of a false alarm is taken from it; the test has the rest.
	left := FalseAlarm().Sub(s.rounding.Mul(rational.NewRat(int64(runs), 1)))
	if left.Cmp(FalseAlarm().Mul(half)) < 0 {
		return nil, fmt.Errorf("%d runs would show the rounding of the random numbers", runs)
	}
	result := &Simulation{Runs: runs, Mean: make([]rational.Rat, len(agents))}
	for run := range runs {
		// A run takes some microseconds, a look at the context is not free.
		if run%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		s.run(result.Mean)
	}
	// Sums and counts are exact, and so is the mean.
	count := rational.NewRat(int64(runs), 1)
	for i, sum := range result.Mean {
		result.Mean[i] = sum.Quo(count)
		// Half of the false alarm is for Hoeffding's inequality, divided among the agents
		// by the union bound.
		result.Tolerance = append(result.Tolerance, hoeffding(s.agents[i].most(), runs, FalseAlarm().Mul(half).Quo(rational.NewRat(int64(len(agents)), 1))))
	}
	return result, nil
}

// hoeffding returns a t for which 2·exp(−2·runs·t²/m²) is at most alarm, for means of
// numbers in [0, m].
// Only the upper ends of the enclosures are used: a tolerance that is too large is a weaker
// test, and not a wrong one.
func hoeffding(m rational.Rat, runs int, alarm rational.Rat) rational.Rat {
	// 20 bits are a millionth, far below the width of the tolerance.
	const bits = 20
	// t = m √(ln(2/alarm)/(2·runs)), rounded up at each step.
	exponent := enclose.Log(two.Quo(alarm), bits).Hi
	return m.Mul(enclose.Sqrt(exponent.Quo(rational.NewRat(2*int64(runs), 1)), bits).Hi)
}

// run adds the services of one run to sum.
// The mean is taken in the end; a sum of fractions stays exact.
func (s *simulation) run(sum []rational.Rat) {
	// The order, each with probability 1/2, and then a quantile for each agent as it arrives.
	o := contention.Orders[s.random.IntN(2)]
	supply := one
	for _, i := range o.Sequence(len(s.agents)) {
		// One word for demand and quantile: agents of a run are independent, since words are.
		k, inside := s.agents[i].draw(s.random.Uint64())
		y := zero
		if inside {
			y = s.allocation(o, i, k, supply)
		}
		sum[i] = sum[i].Add(s.agents[i].levels[k].serve(y))
		supply = supply.Sub(y)
	}
}

// It is for one goroutine: the generator has a state.
type simulation struct {
	ration *Ration
	random *rand.Rand
	agents []simulatedAgent
	// loaded and fresh are the coins of the knapsack scheme.
	loaded, fresh [2][][]chance
	// rounding bounds the probability that a run differs from one with true random
	// numbers: it does only if a word falls where a threshold was rounded.
	rounding rational.Rat
}

// A simulatedAgent draws its demand by a quantile of 64 bits: level k up to upTo[k],
// and served up to part[k].
type simulatedAgent struct {
	levels     []level
	upTo, part []chance
}

// A chance is a probability p as ⌊p·2^64⌋, or always.
// The error of rounding down is less than 2^−64.
type chance struct {
	below  uint64
	always bool
}

func chanceOf(p rational.Rat) chance {
	// 2^64 is no word: what is certain needs no draw.
	if p.Cmp(one) >= 0 {
		return chance{always: true}
	}
	// The word is rounded down, so that the chance is never too large.
	n := new(big.Int).Lsh(p.Num().Big(), 64)
	return chance{below: n.Div(n, p.Den().Big()).Uint64()}
}

// hits reports whether a random word falls below the probability.
func (c chance) hits(word uint64) bool { return c.always || word < c.below }

// most returns the greatest service.
// It is the m of Hoeffding's inequality.
func (a simulatedAgent) most() rational.Rat {
	// 0 where nothing can be served, whose mean is exact.
	most := zero
	for _, l := range a.levels {
		most = rational.MaxRat(most, l.service)
	}
	return most
}

// The second word of the seed is fixed, so that one number is the whole seed.
func newSimulation(r *Ration, agents []Agent, seed uint64) *simulation {
	// 2^-64, in two factors that are words.
	word := rational.NewRat(1, 1<<32).Mul(rational.NewRat(1, 1<<32))
	s := &simulation{ration: r, random: rand.New(rand.NewPCG(seed, 0))}
	for i, a := range agents {
		d := simulatedAgent{levels: a.levels()}
		// Quantiles: a level ends where its probability and those below it do, and is served up to its part.
		start := zero
		for k, part := range served(d.levels, r.Plan.Quantile[i]) {
			d.part = append(d.part, chanceOf(start.Add(part)))
			start = start.Add(d.levels[k].probability)
			d.upTo = append(d.upTo, chanceOf(start))
			// Two thresholds for each level, each rounded once.
			s.rounding = s.rounding.Add(word.Mul(two))
		}
		s.agents = append(s.agents, d)
	}
	// Coins of Algorithm 3 may be enclosed: the middle is drawn with, and the width is rounding.
	if r.Law != nil {
		for _, o := range contention.Orders {
			s.loaded[o], s.fresh[o] = chances(r.Law.Loaded[o]), chances(r.Law.Fresh[o])
			for _, coins := range [][][]enclose.Interval{r.Law.Loaded[o], r.Law.Fresh[o]} {
				for _, c := range coins {
					for _, p := range c {
						s.rounding = s.rounding.Add(word).Add(p.Width())
					}
				}
			}
		}
	}
	return s
}

// Of a coin that is enclosed the middle is at most half the width away from the true one.
func chances(coins [][]enclose.Interval) [][]chance {
	// By agent and level, as the coins are.
	list := make([][]chance, len(coins))
	for i, c := range coins {
		for _, p := range c {
			list[i] = append(list[i], chanceOf(p.Mid()))
		}
	}
	return list
}

// draw returns the level of a quantile, and whether it is one that is served.
// Quantiles that are not served are the upper ones of a level.
func (a simulatedAgent) draw(quantile uint64) (k int, inside bool) {
	// The last level takes what rounding leaves of the words.
	for k < len(a.levels)-1 && !a.upTo[k].hits(quantile) {
		k++
	}
	return k, a.part[k].hits(quantile)
}

// allocation returns what agent i receives at demand level k.
// The supply is what is left before this agent.
func (s *simulation) allocation(o contention.Order, i, k int, supply rational.Rat) rational.Rat {
	// The demand as it was drawn, which may exceed the supply.
	l := s.agents[i].levels[k]
	// Algorithm 1: the demand, what is left, or the threshold.
	if s.ration.Law == nil {
		return rational.MinRat(rational.MinRat(l.demand, supply), s.ration.Tau[o][i])
	}
	// Algorithm 3 has one coin for an empty knapsack, and one for a load that leaves room.
	// No load is the whole supply.
	coin := s.fresh[o][i][k]
	if supply.Cmp(one) < 0 {
		coin = s.loaded[o][i][k]
	}
	// It does not fit, or the coin says no: nothing is given.
	if l.supply.Cmp(supply) > 0 || !coin.hits(s.random.Uint64()) {
		return zero
	}
	return l.supply
}
