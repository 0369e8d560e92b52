package contention

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
)

// KnapsackLaw is the law of Algorithm 3 in both orders.
type KnapsackLaw struct {
	// Exact says that all numbers are exact, each interval being a point. Else the
	// numbers outgrew the limit and are enclosed; the conclusion is no weaker.
	Exact bool
	// Empty is Pr[T_σ(i) = 0], the probability that the load is zero when i arrives.
	Empty [2][]rational.Interval
	// Accept is Pr[i accepted | S_i = s, σ] for each size of i in the order of its
	// law. Where Exact is not set it is c_σ(i) by Lemma 4.2, whose premise has been
	// decided by enclosures.
	Accept [2][][]rational.Rat
	// Loaded and Fresh are the probabilities of the coins that accept size k of i if
	// the load is positive and leaves room, and if it is zero.
	Loaded, Fresh [2][][]rational.Interval
}

// Confirms reports the first element, size and order for which Algorithm 3 does
// not accept with probability exactly c_σ(i), or nil (CRS-T4.1).
func (l *KnapsackLaw) Confirms(c Choice) error {
	for _, o := range Orders {
		for i, accept := range l.Accept[o] {
			for k, p := range accept {
				if !p.Equal(c[o][i]) {
					return fmt.Errorf("%s order, element %d, size %d: accepted with probability %s, not %s", o, i+1, k+1, p, c[o][i])
				}
			}
		}
	}
	return nil
}

// Limits of the enumeration.
const (
	maxLoads      = 200_000 // distinct loads
	maxMassBits   = 20_000  // of an exact probability, before enclosures take over
	enclosureBits = 512
)

// ErrTooLarge says that a law has more atoms than the enumeration admits.
var ErrTooLarge = errors.New("the law has too many distinct values to enumerate")

var errManyBits = errors.New("the exact probabilities have too many digits")

// RunKnapsack enumerates Algorithm 3 for the choice c: the load after each element
// has finitely many values, which are kept as exact integers in a common unit and
// merged where equal. The probabilities are exact as long as they stay short; each
// element that the algorithm thins out divides by a probability, so that their
// digits can double with every size, and beyond a limit they are enclosed instead.
//
// The error is that of [ValidateKnapsack] or [ValidateChoice], ctx.Err(), [ErrTooLarge]
// with some 10^5 distinct loads, or one that says that the enclosures do not decide.
func RunKnapsack(ctx context.Context, elements []Element, c Choice) (*KnapsackLaw, error) {
	if err := ValidateKnapsack(elements); err != nil {
		return nil, err
	}
	if err := ValidateChoice(len(elements), c); err != nil {
		return nil, err
	}
	law, err := runKnapsack(ctx, elements, c, 0)
	if errors.Is(err, errManyBits) {
		return runKnapsack(ctx, elements, c, enclosureBits)
	}
	return law, err
}

// runKnapsack rounds probabilities outward to the given number of bits, or never
// for 0.
func runKnapsack(ctx context.Context, elements []Element, c Choice, bits uint) (*KnapsackLaw, error) {
	law := &KnapsackLaw{Exact: bits == 0}
	unit := rational.NewInt(1)
	for _, e := range elements {
		for _, s := range e {
			unit = rational.LCM(unit, s.Size.Den())
		}
	}
	for _, o := range Orders {
		n := len(elements)
		law.Empty[o] = make([]rational.Interval, n)
		law.Accept[o] = make([][]rational.Rat, n)
		law.Loaded[o] = make([][]rational.Interval, n)
		law.Fresh[o] = make([][]rational.Interval, n)
		loads := loadLaw{unit: unit, bits: bits, atoms: []load{{mass: rational.Point(one)}}}
		for _, i := range o.Sequence(n) {
			law.Empty[o][i] = loads.atoms[0].mass
			coins := make([]coin, len(elements[i]))
			for k, s := range elements[i] {
				err := ctx.Err()
				if err != nil {
					return nil, err
				}
				if coins[k], err = loads.coin(s.Size, c[o][i], bits == 0); err != nil {
					return nil, fmt.Errorf("%s order, element %d, size %d: %w", o, i+1, k+1, err)
				}
				law.Accept[o][i] = append(law.Accept[o][i], coins[k].accept)
				law.Loaded[o][i] = append(law.Loaded[o][i], coins[k].loaded)
				law.Fresh[o][i] = append(law.Fresh[o][i], coins[k].fresh())
			}
			if err := loads.advance(ctx, elements[i], coins); err != nil {
				return nil, err
			}
		}
	}
	return law, nil
}

// A loadLaw is the law of the load: atoms by ascending load, the first one at zero.
type loadLaw struct {
	unit  rational.Int // loads count 1/unit
	bits  uint
	atoms []load
}

type load struct {
	at   rational.Int
	mass rational.Interval
}

// A coin is what Algorithm 3 does with one size of one element.
type coin struct {
	room   rational.Int      // loads up to this leave room
	loaded rational.Interval // probability of acceptance at a positive load with room
	empty  rational.Interval // mass at load zero
	taken  rational.Interval // mass accepted at load zero
	accept rational.Rat      // in all
}

// fresh returns the probability of acceptance at load zero.
func (c coin) fresh() rational.Interval {
	inverse, ok := c.empty.Inv()
	if !ok {
		return rational.Point(zero)
	}
	return c.taken.Mul(inverse)
}

// coin returns the coin for the size s and the target c: with P = Pr[0 < T ≤ 1−s],
// it accepts with probability min(1, c/P) at positive loads with room, and takes the
// mass c − P, if positive, at load zero.
func (l *loadLaw) coin(s, c rational.Rat, exact bool) (coin, error) {
	size := s.Mul(rational.RatFromInt(l.unit)).Num()
	k := coin{room: l.unit.Sub(size), empty: l.atoms[0].mass, accept: c}
	p := rational.Point(zero)
	for _, a := range l.atoms[1:] {
		if a.at.Cmp(k.room) <= 0 {
			p = p.Add(a.mass)
		}
	}
	k.loaded = rational.Interval{Lo: share(c, p.Hi), Hi: share(c, p.Lo)}
	missing := rational.Interval{
		Lo: rational.MaxRat(zero, c.Sub(p.Hi)),
		Hi: rational.MaxRat(zero, c.Sub(p.Lo)),
	}
	if exact {
		k.taken = rational.Point(rational.MinRat(missing.Lo, k.empty.Lo))
		k.accept = p.Lo.Mul(k.loaded.Lo).Add(k.taken.Lo)
		return k, nil
	}
	if missing.Hi.Cmp(k.empty.Lo) > 0 {
		return k, fmt.Errorf("enclosures of %d bits do not decide whether Pr[T = 0] suffices", l.bits)
	}
	k.taken = missing
	return k, nil
}

// share returns min(1, c/p), and 1 for p = 0.
func share(c, p rational.Rat) rational.Rat {
	if c.Cmp(p) >= 0 {
		return one
	}
	return c.Quo(p)
}

// advance replaces the law by that after an element with the given law of its
// size and its coins.
func (l *loadLaw) advance(ctx context.Context, e Element, coins []coin) error {
	kept := make([]load, len(l.atoms))
	for t, a := range l.atoms {
		kept[t] = load{a.at, l.keep(t, a.mass, e, coins)}
	}
	next := kept
	for k, s := range e {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.Size.IsZero() || s.Probability.IsZero() {
			continue // the load does not change
		}
		size := s.Size.Mul(rational.RatFromInt(l.unit)).Num()
		var moved []load
		for t, a := range l.atoms {
			if a.at.Cmp(coins[k].room) > 0 {
				break
			}
			mass := coins[k].taken
			if t > 0 {
				mass = a.mass.Mul(coins[k].loaded)
			}
			if mass = mass.Scale(s.Probability); mass.Hi.Sign() > 0 {
				moved = append(moved, load{a.at.Add(size), mass})
			}
		}
		if next = mergeLoads(next, moved); len(next) > maxLoads {
			return ErrTooLarge
		}
	}
	for t := range next {
		if l.bits > 0 {
			next[t].mass = next[t].mass.Outward(l.bits)
		} else if next[t].mass.Lo.Den().BitLen() > maxMassBits {
			return errManyBits
		}
	}
	l.atoms = next
	return nil
}

// keep returns the mass that stays at atom t.
func (l *loadLaw) keep(t int, mass rational.Interval, e Element, coins []coin) rational.Interval {
	if t == 0 {
		for k, s := range e {
			if !s.Size.IsZero() {
				mass = mass.Sub(coins[k].taken.Scale(s.Probability))
			}
		}
		return mass
	}
	stays := rational.Point(one)
	for k, s := range e {
		if !s.Size.IsZero() && l.atoms[t].at.Cmp(coins[k].room) <= 0 {
			stays = stays.Sub(coins[k].loaded.Scale(s.Probability))
		}
	}
	return mass.Mul(stays)
}

// mergeLoads merges two lists of atoms with ascending loads.
func mergeLoads(a, b []load) []load {
	merged := make([]load, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch a[0].at.Cmp(b[0].at) {
		case -1:
			merged, a = append(merged, a[0]), a[1:]
		case 1:
			merged, b = append(merged, b[0]), b[1:]
		default:
			merged = append(merged, load{a[0].at, a[0].mass.Add(b[0].mass)})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(merged, a...), b...)
}
