package knapsack

import (
	"context"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/contention"
)

// A loadLaw is the law of the load: atoms by ascending load, the first one at zero.
// The masses have the sum 1, or enclose it. The first atom is there even without mass.
type loadLaw[M any] struct {
	arithmetic[M]
	unit  rational.Int // loads count 1/unit
	atoms []load[M]
}

type load[M any] struct {
	at   rational.Int
	mass M
}

// A coin is what Algorithm 3 does with one size of one element.
// With the mass at load zero in place of a probability no division by a mass is needed,
// which may be close to 0.
type coin[M any] struct {
	size   rational.Int // in units
	room   rational.Int // loads up to this leave room
	loaded M            // probability of acceptance at a positive load with room
	fresh  M            // mass accepted at load zero
	accept rational.Rat // in all

	// Times the probability of the size.
	likelyLoaded, likelyFresh M
}

// coin returns the coin for a size and the target c: with P = Pr[0 < T ≤ 1−s], it
// accepts with probability min(1, c/P) at positive loads with room, and takes the
// mass c − P, if positive, at load zero.
// The error is that of the arithmetic, which says whether the premise holds.
func (l *loadLaw[M]) coin(s Size, c rational.Rat) (coin[M], error) {
	// In units sizes are whole: the unit is a multiple of all their denominators.
	k := coin[M]{size: s.Size.Mul(rational.RatFromInt(l.unit)).Num()}
	// Loads too large for this size meet no coin, and the element is refused there.
	k.room = l.unit.Sub(k.size)
	// P = Pr[0 < T ≤ 1−s]: the atoms after the first one, at load zero, up to what leaves room.
	p := l.of(zero)
	for _, a := range l.atoms[1:] {
		// Atoms ascend: none behind this one leaves room.
		if a.at.Cmp(k.room) > 0 {
			break
		}
		p = l.add(p, a.mass)
	}
	// What positive loads give of c they give first, all of it if they can.
	k.loaded = l.share(l.of(c), p)
	var err error
	// What is missing is taken at load zero, if there is as much: the premise of Lemma 4.2.
	if k.fresh, k.accept, err = l.settle(c, p, k.loaded, l.atoms[0].mass); err != nil {
		return k, err
	}
	probability := l.of(s.Probability)
	k.likelyLoaded, k.likelyFresh = l.mul(probability, k.loaded), l.mul(probability, k.fresh)
	return k, nil
}

// advance replaces the law by that after an element with the given law of its
// size and its coins.
// An error is that of ctx or of charge, or [ErrTooLarge].
func (l *loadLaw[M]) advance(ctx context.Context, e Element, coins []coin[M]) error {
	// Loads that stay, as nothing was active, nothing fits, or a coin said no; then those that move, size by size.
	// What stays is computed from the law before, of which every size takes its own share.
	next := each.Numbered(l.atoms, func(t int, a load[M]) load[M] { return load[M]{a.at, l.keep(t, coins)} })
	for k, s := range e {
		if err := ctx.Err(); err != nil {
			return err
		}
		// Accepting a size 0 moves nothing.
		if s.Size.IsZero() || s.Probability.IsZero() {
			continue // the load does not change
		}
		// The number is looked at after each size: one element with many sizes could exceed
		// any memory.
		if next = contention.Merge(next, l.moved(coins[k]), l.compare, l.join); len(next) > MaxLoads {
			return ErrTooLarge
		}
	}
	l.atoms = next
	// Long fractions are paid for here, once for each use that the next element makes of them.
	for _, a := range next {
		if err := l.charge(a.mass, len(e)); err != nil {
			return err
		}
	}
	return nil
}

// moved returns the loads after a size is accepted.
// They ascend, as all loads are moved by the same size.
func (l *loadLaw[M]) moved(k coin[M]) []load[M] {
	var moved []load[M]
	for t, a := range l.atoms {
		// Atoms ascend here, too.
		if a.at.Cmp(k.room) > 0 {
			break
		}
		// At load zero it is a mass already; at others it is a share of the atom.
		mass := k.likelyFresh
		if t > 0 {
			mass = l.mul(a.mass, k.likelyLoaded)
		}
		// An atom without mass would be one more load for nothing.
		if !l.none(mass) {
			moved = append(moved, load[M]{a.at.Add(k.size), mass})
		}
	}
	return moved
}

// keep returns the mass that stays at atom t. At a positive load it is the mass times
// the probability of staying, so that it is enclosed well.
// Subtracting each share that moves would widen the enclosure of the atom by each of
// theirs.
func (l *loadLaw[M]) keep(t int, coins []coin[M]) M {
	a := l.atoms[t]
	// At load zero it starts from the mass, of which the coins take masses; at others from
	// 1.
	stays := l.of(one)
	if t == 0 {
		stays = a.mass
	}
	for _, k := range coins {
		switch {
		// This size does not move this load.
		case k.size.IsZero() || a.at.Cmp(k.room) > 0:
		case t == 0:
			stays = l.less(stays, k.likelyFresh)
		default:
			stays = l.less(stays, k.likelyLoaded)
		}
	}
	if t == 0 {
		return stays
	}
	return l.mul(a.mass, stays)
}

// compare orders atoms by their loads.
func (l *loadLaw[M]) compare(a, b load[M]) int { return a.at.Cmp(b.at) }

// join is one atom for two of the same load.
func (l *loadLaw[M]) join(a, b load[M]) load[M] { return load[M]{a.at, l.add(a.mass, b.mass)} }
