package ration

import (
	"context"
	"math/big"
	"math/bits"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// Where the law of the supply has too many values, it is enclosed between two laws on a grid, one that is stochastically smaller and one that is larger:
// what an agent is given grows with the supply and with its threshold, and so does what is left then with the supply, and falls with the threshold. So thresholds, and
// with them services, lie between those of the two.
const (
	gridBits = 17
	massBits = 62 - gridBits // so that sums of value times mass have 62 bits
	gridUnit = 1 << gridBits
	massUnit = 1 << massBits
)

// A gridLaw has the mass of each multiple of 1/gridUnit up to 1, in units of 1/massUnit, which sum to one. The lower law is rounded
// down, in values and by moving what is left of a mass to the smallest one, the upper law up.
//
// Both are laws of their own: the masses of each sum to one at every step, so that means are means and the bounds need
// no argument about lost mass. The width after n agents is about n grid steps, 1/1300 for 100 agents; a finer grid costs as
// much more time.
// It takes 3 MB for each law.
type gridLaw struct {
	mass  []uint64
	upper bool

	// Pr[R ≤ v], and the sum of value times mass over these.
	below, sum []uint64
}

// The three lists have an entry for 0, too, hence one more than the grid has steps.
func newGridLaw(upper bool) *gridLaw {
	l := &gridLaw{mass: make([]uint64, gridUnit+1), upper: upper, below: make([]uint64, gridUnit+1), sum: make([]uint64, gridUnit+1)}
	// At first the whole supply is there, in both laws.
	l.mass[gridUnit] = massUnit
	l.prefix()
	return l
}

// prefix is called after each change of the masses.
func (l *gridLaw) prefix() {
	// Sums of value times mass stay below 2^62, as the masses sum to one.
	var below, sum uint64
	for v, m := range l.mass {
		below, sum = below+m, sum+uint64(v)*m
		l.below[v], l.sum[v] = below, sum
	}
}

// least returns E[min(w, R)] for 0 ≤ w ≤ 1.
// The result is exact for this law; that the law is not the true one is for the caller to
// know.
func (l *gridLaw) least(w rational.Rat) rational.Rat {
	// E[min(w, R)] is the sum of the values up to w, and w times the mass above. For a w between two points of the
	// grid that is exact, too: no mass lies between them.
	scaled := w.Mul(rational.NewRat(gridUnit, 1))
	at, _ := scaled.Num().QuoRem(scaled.Den())
	v, _ := at.Int64()
	sum := ratOf(l.sum[v]).Add(scaled.Mul(ratOf(massUnit - l.below[v])))
	return sum.Mul(rational.NewRat(1, gridUnit)).Mul(rational.NewRat(1, massUnit))
}

func ratOf(x uint64) rational.Rat {
	return rational.RatFromInt(rational.IntFromBig(new(big.Int).SetUint64(x)))
}

// offeredAt returns E[Σ a_k min(d_k, R, τ)].
// As in [supplyLaw.threshold], with a law on the grid.
func (l *gridLaw) offeredAt(levels []level, parts []rational.Rat, tau rational.Rat) rational.Rat {
	sum := zero
	for k, part := range parts {
		// A level that is not served adds nothing, and costs two long products.
		if part.Sign() > 0 {
			sum = sum.Add(part.Mul(l.least(rational.MinRat(levels[k].demand, tau))))
		}
	}
	return sum
}

// threshold returns the smallest τ of the grid that reaches the goal, for the lower law, or the largest that does not exceed it, for the upper one.
// It takes 17 steps, in which the law is read and never changed.
func (l *gridLaw) threshold(levels []level, parts []rational.Rat, goal rational.Rat) rational.Rat {
	tau := func(v int) rational.Rat { return rational.NewRat(int64(v), gridUnit) }
	// By halving: the left side does not fall with τ.
	low, high := 0, gridUnit // for the upper law low never exceeds the goal, for the lower one high reaches it if any does
	for high-low > 1 {
		middle := (low + high) / 2
		c := l.offeredAt(levels, parts, tau(middle)).Cmp(goal)
		// Equality counts as reached for the one, and as not exceeded for the other.
		if c < 0 || c == 0 && l.upper {
			low = middle
		} else {
			high = middle
		}
	}
	// The ends themselves have not been looked at yet.
	if l.upper && l.offeredAt(levels, parts, tau(high)).Cmp(goal) > 0 || !l.upper && l.offeredAt(levels, parts, tau(low)).Cmp(goal) >= 0 {
		return tau(low)
	}
	return tau(high)
}

// take replaces the law by that after an agent with the threshold τ.
// The levels must be those of the threshold.
func (l *gridLaw) take(levels []level, parts []rational.Rat, tau rational.Rat) {
	next := make([]uint64, gridUnit+1)
	type move struct {
		chance uint64 // in units of 1/massUnit, rounded down
		steps  int
	}
	var moves []move
	stays := one
	// Levels that are not considered leave the supply as it is.
	for k, part := range parts {
		if part.IsZero() {
			continue
		}
		// What the parts leave is the probability that the supply stays.
		stays = stays.Sub(part)
		// What is given, in steps of the grid: rounded up where the least that is left is wanted, and down where the most is.
		w := rational.MinRat(levels[k].demand, tau).Mul(rational.NewRat(gridUnit, 1))
		steps, rest := w.Num().QuoRem(w.Den())
		n, _ := steps.Int64()
		if !l.upper && !rest.IsZero() {
			n++
		}
		moves = append(moves, move{fraction(part), int(n)})
	}
	moves = append(moves, move{fraction(stays), 0})
	// What rounding leaves of a mass goes where the least, or the most, is left: it is moved first here, and its chance is not asked for.
	slices.SortStableFunc(moves, func(a, b move) int {
		if l.upper {
			return a.steps - b.steps
		}
		return b.steps - a.steps
	})
	for v, m := range l.mass {
		if m == 0 {
			continue
		}
		// All parts but one are rounded down, and the first has the rest: so the masses sum to one exactly.
		left := m
		// What stays is one of the moves, by 0 steps.
		for _, x := range moves[1:] {
			// m·chance/2^massBits, with the whole product of 128 bits.
			high, low := bits.Mul64(m, x.chance)
			part := high<<(64-massBits) | low>>massBits
			left -= part
			next[max(0, v-x.steps)] += part
		}
		// A supply smaller than what would be given is used up.
		next[max(0, v-moves[0].steps)] += left
	}
	l.mass = next
	l.prefix()
}

// fraction is a probability in units of 1/massUnit, rounded down.
// Rounding down is right for both laws, as take gives the rest where it does not hurt.
func fraction(p rational.Rat) uint64 {
	// The quotient of two words' products, of which only the whole part is kept.
	scaled := p.Mul(rational.NewRat(massUnit, 1))
	whole, _ := scaled.Num().QuoRem(scaled.Den())
	// At most 2^massBits, which an int64 holds.
	n, _ := whole.Int64()
	return uint64(n)
}

// mirrored reports whether the agents, and with them plan and choice, are the same from both ends: then the
// services of the backward order are those of the forward one, read backwards.
// Targets and quantiles are compared although they follow from the rest: it costs nothing.
func (r *Ration) mirrored(agents []Agent) bool {
	for i, a := range agents {
		j := len(agents) - 1 - i
		// Levels are compared as the file has them: another spelling of one law is not
		// recognised.
		b := agents[j]
		if a.Service != b.Service || !a.Target.Equal(b.Target) || !slices.EqualFunc(a.Demand, b.Demand, Demand.equal) {
			return false
		}
		if !r.Plan.Quantile[i].Equal(r.Plan.Quantile[j]) || !r.Choice[contention.Forward][i].Equal(r.Choice[contention.Backward][j]) {
			return false
		}
	}
	return true
}

// encloseServices encloses the expected service of each agent in both orders, under Algorithm 1 with the choice of r. For Type II it is c·β exactly, as
// the expected allocation is calibrated. The error is ctx.Err().
//
// Why the two laws stay apart: let R₁ ≤ R ≤ R₂ in the stochastic order. For each τ what is given to the agent grows with R, so the
// threshold that reaches a goal is larger for R₁ and smaller for R₂ than the true one; and R − min(R, d, τ) grows with R and falls with
// τ. Rounding goes the same way at each step.
// It takes time in proportion to the agents, their levels, and the grid.
func (r *Ration) encloseServices(ctx context.Context, agents []Agent) (services [2][]enclose.Interval, err error) {
	for _, o := range contention.Orders {
		// Nothing is new in the backward order if the agents are the same from both ends.
		if o == contention.Backward && r.mirrored(agents) {
			services[o] = slices.Clone(services[contention.Forward])
			slices.Reverse(services[o])
			break
		}
		services[o] = make([]enclose.Interval, len(agents))
		lower, upper := newGridLaw(false), newGridLaw(true)
		for _, i := range o.Sequence(len(agents)) {
			if err := ctx.Err(); err != nil {
				return services, err
			}
			levels := agents[i].levels()
			// The same plan and choice as the exact computation, of which only the law is
			// another.
			parts := served(levels, r.Plan.Quantile[i])
			goal := r.Choice[o][i].Mul(r.Plan.X[i])
			// A smaller supply needs a larger threshold for the same goal, and a larger one a smaller.
			high, low := lower.threshold(levels, parts, goal), upper.threshold(levels, parts, goal)
			least := r.Choice[o][i].Mul(agents[i].Target)
			services[o][i] = enclose.Point(least)
			// Type II is linear in what is given in the mean, which the threshold makes
			// c·x.
			if agents[i].Service == TypeIII {
				// From below with the smaller supply and the smaller threshold, from above with the larger ones: the true supply
				// and the true threshold lie between them.
				from, to := idle(levels, parts), idle(levels, parts)
				for k, part := range parts {
					d := levels[k].demand
					// 0/0 is 1: demand zero is served.
					if part.IsZero() || d.IsZero() {
						from, to = from.Add(part), to.Add(part)
						continue
					}
					from = from.Add(part.Mul(lower.least(rational.MinRat(d, low))).Quo(d))
					to = to.Add(part.Mul(upper.least(rational.MinRat(d, high))).Quo(d))
				}
				// CRS-L2.2 knows c·β, which may be closer than the grid.
				services[o][i] = enclose.NewInterval(rational.MaxRat(least, from), rational.MaxRat(least, to))
			}
			// Most is taken from the smaller supply, so that it stays the smaller one.
			lower.take(levels, parts, high)
			upper.take(levels, parts, low)
		}
	}
	return services, nil
}
