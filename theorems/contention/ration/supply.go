package ration

import (
	"context"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/contention"
	"pstar/theorems/contention/knapsack"
)

// A supplyLaw is the law of the supply that remains. Values and masses are integers in
// common units, which only grow: Algorithm 1 subtracts thresholds with long
// denominators many times over, and nothing needs to be reduced on the way.
//
// Thresholds have the denominators of all thresholds before them, so that numbers grow by some words with each agent, and atoms
// by a factor of up to one more than the levels. An agent costs as much as there are digits in all atoms.
type supplyLaw struct {
	unit  rational.Int // values count 1/unit
	whole rational.Int // masses count 1/whole
	atoms []amount     // by ascending value, with positive mass
	work  int          // what may yet be spent on atoms, in words
}

// maxWork is about the words of the atoms of a law, each time that they are moved: some seconds.
const maxWork = 1 << 26

// Both are in the units of the law that has it.
type amount struct{ value, mass rational.Int }

// fullSupply is the law before the first agent. Its unit suits all demands.
func fullSupply(agents []Agent) *supplyLaw {
	// Thresholds will make it finer.
	unit := rational.NewInt(1)
	for _, a := range agents {
		for _, d := range a.Demand {
			unit = rational.LCM(unit, d.Value.Den())
		}
	}
	// All of the supply is there for certain.
	return &supplyLaw{unit, rational.NewInt(1), []amount{{unit, rational.NewInt(1)}}, maxWork}
}

// An offer is what is given to an agent: up to its demand at each level that is
// served, with these probabilities.
// It belongs to the law that made it: refining the one means refining the other.
type offer struct {
	demand []rational.Int // in units of the supply, ascending
	part   []rational.Int // probabilities, in units of 1/whole
	whole  rational.Int
}

// offered brings the levels of an agent and their parts to the units of the law.
// The parts are those of [served]; the sum of them may be less than 1.
func (l *supplyLaw) offered(levels []level, parts []rational.Rat) offer {
	// Probabilities over their common denominator, demands in units of the law, in which they are whole.
	part, whole := rational.RatVector(parts).Integers()
	demand := each.Of(levels[:len(parts)], func(x level) rational.Int { return x.demand.Mul(rational.RatFromInt(l.unit)).Num() })
	return offer{demand, part, whole}
}

// threshold returns the least τ with E[Σ_k a_k min(d_k, Rem, τ)] = goal, which is
// (2.8), or false if τ = 1 does not reach it. Between neighbouring values of the
// demand and of the remaining supply the left side is affine in τ, with slope
// Σ_k a_k [d_k > τ] · Pr[Rem > τ].
// The goal is not negative. It takes one pass over the values of both lists.
func (l *supplyLaw) threshold(o offer, goal rational.Rat) (tau rational.Rat, ok bool) {
	// In units of 1/scale everything below is an integer but the goal, whose denominator is kept apart.
	scale := l.unit.Mul(l.whole).Mul(o.whole)
	goal = goal.Mul(rational.RatFromInt(scale))
	left, den := goal.Num(), goal.Den() // what is to be reached yet is left/den
	// The probability that the demand, or the supply, is above what τ is so far.
	demandAbove, supplyAbove := rational.NewInt(0), l.whole
	for _, p := range o.part {
		demandAbove = demandAbove.Add(p)
	}
	// The place on the axis of τ, and how far both lists lie below it.
	at, k, j := rational.NewInt(0), 0, 0
	// Invariant: E of the sum at τ = at is the goal minus left/den, and at ascends.
	for !left.IsZero() {
		// Demands and supplies up to here no longer grow with τ.
		for ; k < len(o.demand) && o.demand[k].Cmp(at) <= 0; k++ {
			demandAbove = demandAbove.Sub(o.part[k])
		}
		for ; j < len(l.atoms) && l.atoms[j].value.Cmp(at) <= 0; j++ {
			supplyAbove = supplyAbove.Sub(l.atoms[j].mass)
		}
		// Nothing grows any more, and the goal is not reached.
		if k == len(o.demand) || j == len(l.atoms) {
			return rational.Rat{}, false
		}
		// The next value at which the slope changes.
		next := l.atoms[j].value
		if o.demand[k].Cmp(next) < 0 {
			next = o.demand[k]
		}
		slope := demandAbove.Mul(supplyAbove).Mul(den)
		gain := slope.Mul(next.Sub(at))
		// The goal lies within this piece.
		// A piece of slope 0 is flat, and cannot reach a goal that is not reached yet.
		if gain.Cmp(left) >= 0 && !slope.IsZero() {
			last := rational.RatFromInts(left, slope)
			return rational.RatFromInt(at).Add(last).Quo(rational.RatFromInt(l.unit)), true
		}
		left, at = left.Sub(gain), next
	}
	// The goal was reached at the end of a piece, or was 0.
	return rational.RatFromInts(at, l.unit), true
}

// refine makes the unit a multiple of the denominator of τ, and returns τ in it.
func (l *supplyLaw) refine(o *offer, tau rational.Rat) rational.Int {
	// A finer unit multiplies all values, which stay whole.
	// At least 1; it is 1 where the threshold fits.
	factor := rational.LCM(l.unit, tau.Den()).DivExact(l.unit)
	l.unit = l.unit.Mul(factor)
	for t, a := range l.atoms {
		l.atoms[t].value = a.value.Mul(factor)
	}
	for k, d := range o.demand {
		o.demand[k] = d.Mul(factor)
	}
	return tau.Mul(rational.RatFromInt(l.unit)).Num()
}

// given returns E[min(d_k, Rem, τ)] for each level, with τ in units.
// The order of the sums is that of the levels.
func (l *supplyLaw) given(o offer, tau rational.Int) []rational.Rat {
	means := make([]rational.Rat, len(o.demand))
	for k, d := range o.demand {
		// min(d, R, τ) is R below this number, and it from there on.
		most := leastInt(d, tau)
		// above is the mass at more than what is given at most.
		sum, above := rational.NewInt(0), l.whole
		for _, a := range l.atoms {
			if a.value.Cmp(most) > 0 {
				break
			}
			sum = sum.Add(a.mass.Mul(a.value))
			above = above.Sub(a.mass)
		}
		means[k] = rational.RatFromInts(sum.Add(above.Mul(most)), l.unit.Mul(l.whole))
	}
	return means
}

// mean returns E[Rem].
// It is for the chain of Lemma 2.2, which compares it with 1 − Σ c·x.
func (l *supplyLaw) mean() rational.Rat {
	// In units of both, and divided once.
	sum := rational.NewInt(0)
	for _, a := range l.atoms {
		sum = sum.Add(a.mass.Mul(a.value))
	}
	return rational.RatFromInts(sum, l.unit.Mul(l.whole))
}

// take replaces the law by that after the agent, behind whom so many others come yet. The
// error is ctx.Err() or [knapsack.ErrTooLarge].
//
// Given the demand level and that the agent is considered, the supply falls by min(R, d, τ); else it stays. The masses of the
// levels, and of not being considered, are mixed over o.whole.
func (l *supplyLaw) take(ctx context.Context, o offer, tau rational.Int, others int) error {
	// The probability that the agent is not considered: what its parts leave. The supply stays then.
	passed := o.whole
	for _, p := range o.part {
		passed = passed.Sub(p)
	}
	next := l.moved(func(v rational.Int) rational.Int { return v }, passed)
	for k, p := range o.part {
		if err := ctx.Err(); err != nil {
			return err
		}
		most := leastInt(o.demand[k], tau)
		// What remains grows with what there was, so that the order stays.
		next = contention.Merge(next, l.moved(func(v rational.Int) rational.Int { return v.Sub(leastInt(v, most)) }, p), amount.compare, amount.join)
		// The cost is counted after each level, so that memory does not run ahead of it.
		l.work -= l.cost(len(next))
		if len(next) > knapsack.MaxLoads || l.work < 0 {
			return knapsack.ErrTooLarge
		}
	}
	// Masses are over a larger whole now, and no factor is divided out.
	l.whole, l.atoms = l.whole.Mul(o.whole), next
	// Who comes yet moves as many atoms at least, of as many digits. That it will be too much is said
	// now: laws grow by a factor with each agent, and most of the time would go into the last ones.
	if l.cost(len(next))*others > l.work {
		return knapsack.ErrTooLarge
	}
	return nil
}

// cost is that of moving so many atoms once, in words.
// It is an estimate in words of 64 bits; 4 stand for what an atom takes besides.
func (l *supplyLaw) cost(atoms int) int {
	return atoms * (4 + (l.unit.BitLen()+l.whole.BitLen())/64)
}

// moved returns the atoms with values changed by a nondecreasing function, and masses
// times a factor.
// The order of values is kept by such a function, so that the result needs no sorting.
func (l *supplyLaw) moved(change func(rational.Int) rational.Int, factor rational.Int) []amount {
	// A level that is not served moves no mass.
	if factor.IsZero() {
		return nil
	}
	// As many at most: equal ones become one.
	list := make([]amount, 0, len(l.atoms))
	for _, a := range l.atoms {
		v, mass := change(a.value), a.mass.Mul(factor)
		// Several supplies can become one, which the order keeps together: nothing is left of each.
		if last := len(list) - 1; last >= 0 && list[last].value.Equal(v) {
			list[last].mass = list[last].mass.Add(mass)
			continue
		}
		list = append(list, amount{v, mass})
	}
	return list
}

func (a amount) compare(b amount) int { return a.value.Cmp(b.value) }

func (a amount) join(b amount) amount { return amount{a.value, a.mass.Add(b.mass)} }

func leastInt(x, y rational.Int) rational.Int {
	if x.Cmp(y) <= 0 {
		return x
	}
	return y
}
