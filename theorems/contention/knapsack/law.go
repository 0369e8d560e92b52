package knapsack

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
)

// Law is the law of Algorithm 3 in both orders.
// Lists are by order and element, and some of them by size, in the order of the element's
// law.
type Law struct {
	// Exact says that all numbers are exact, each interval being a point. Else the
	// numbers outgrew a limit and are enclosed; the conclusion is no weaker.
	Exact bool
	// Empty is Pr[T_σ(i) = 0], the probability that the load is zero when i arrives.
	Empty [2][]enclose.Interval
	// Accept is Pr[i accepted | S_i = s, σ] for each size of i in the order of its
	// law. Where Exact is not set it is c_σ(i) by Lemma 4.2, whose premise has been
	// decided by enclosures.
	Accept [2][][]rational.Rat
	// Loaded and Fresh are the probabilities of the coins that accept size k of i if
	// the load is positive and leaves room, and if it is zero.
	Loaded, Fresh [2][][]enclose.Interval
}

// Confirms reports the first element, size and order for which Algorithm 3 does
// not accept with probability exactly c_σ(i), or nil (CRS-T4.1).
// Orders, elements and sizes are gone through in this order; the error counts them from 1.
func (l *Law) Confirms(c contention.Choice) error {
	for _, o := range contention.Orders {
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

// MaxLoads is the number of distinct loads that the enumeration admits.
// It is looked at after each size of an element, so that memory is bounded on the way, too.
const MaxLoads = 200_000

// enclosureBits are tried in turn: at loads that are reached seldom little is left of the first ones.
// More bits cost in proportion, so the few come first; what 8192 do not decide is left
// undecided.
var enclosureBits = []uint{512, 1024, 2048, 8192}

// ErrTooLarge says that a law has more atoms than the enumeration admits.
// It is no fault of the instance: the run has said that it cannot tell.
var ErrTooLarge = errors.New("the law has too many distinct values to enumerate")

// ErrNotAttained says that Algorithm 3 does not attain a choice, which enclosures show too.
// It is a proof: with the true numbers the coin would have to exceed 1.
var ErrNotAttained = errors.New("the load is zero with too small a probability")

// Run enumerates Algorithm 3 for the choice c: the load after each element
// has finitely many values, which are kept as exact integers in a common unit and
// merged where equal. The probabilities are exact as long as they stay short; each
// element that the algorithm thins out divides by a probability, so that their
// digits can double with every size. Where they grow beyond a limit, or all of them
// together would take more than some seconds, they are enclosed instead, in multiples
// of 2^−512, or of smaller ones where those do not decide, which takes a time in proportion to the loads.
//
// The error is that of [Validate] or [contention.ValidateChoice], ctx.Err(), [ErrTooLarge]
// with some 10^5 distinct loads, [ErrNotAttained], or one that says that the enclosures do not decide.
//
// Loads that are equal are one atom, so that sizes with a common denominator d have at most d + 1 atoms; sizes without any have
// exponentially many.
func Run(ctx context.Context, elements []Element, c contention.Choice) (*Law, error) {
	if err := Validate(elements); err != nil {
		return nil, err
	}
	if err := contention.ValidateChoice(len(elements), c); err != nil {
		return nil, err
	}
	return run(ctx, elements, c, nil)
}

// run is [Run], with the induction shown each law as long as they are exact.
func run(ctx context.Context, elements []Element, c contention.Choice, n *induction) (*Law, error) {
	// One pool of work for both orders and all elements.
	exact := &exactMasses{work: maxExactWork}
	// Of enclosed laws the inequalities of the induction are not decided.
	if n != nil {
		exact.watch = n.element
	}
	law, err := enumerate(ctx, elements, c, exact)
	// The enclosures begin anew: what was computed exactly until then is too long to go on with.
	if errors.Is(err, errLongExact) {
		return runEnclosed(ctx, elements, c)
	}
	return law, err
}

// The last error is returned if no number of bits decides.
func runEnclosed(ctx context.Context, elements []Element, c contention.Choice) (law *Law, err error) {
	for _, bits := range enclosureBits {
		// Only few bits are a reason for more of them: too many loads stay too many.
		if law, err = enumerate(ctx, elements, c, newEnclosedMasses(bits)); !errors.Is(err, errFewBits) {
			break
		}
	}
	return law, err
}

// grid is what sizes are rounded up to multiples of where the loads are too many: 1/grid.
// There are then at most grid + 1 loads, within MaxLoads.
const grid = 1 << 14

// RunRounded is [Run] with enclosures and every size rounded up to a multiple of 1/16384, so that there are as many loads at most.
// Elements fit if the rounded ones do, and so this is a scheme for them: Algorithm 3 as Remark 7 of the paper has it, with a load
// that is not the true one. That the law confirms the choice is then true of this scheme.
func RunRounded(ctx context.Context, elements []Element, c contention.Choice) (*Law, error) {
	// The sizes that come out are valid: rounding keeps those at most 1. Their means may be
	// more than 1 in sum, which enumerate does not ask.
	if err := contention.ValidateChoice(len(elements), c); err != nil {
		return nil, err
	}
	rounded := make([]Element, len(elements))
	for i, e := range elements {
		for _, s := range e {
			whole, rest := s.Size.Num().Mul(rational.NewInt(grid)).QuoRem(s.Size.Den())
			if !rest.IsZero() {
				// Up, never down: what fits by rounded sizes must fit by true ones. A size of at most 1 stays one.
				whole = whole.Add(rational.NewInt(1))
			}
			rounded[i] = append(rounded[i], Size{rational.RatFromInts(whole, rational.NewInt(grid)), s.Probability})
		}
	}
	return runEnclosed(ctx, rounded, c)
}

// enumerate runs Algorithm 3 in both orders with one of the arithmetics.
//
// Both orders are independent of each other. It stops at the first element, in the order of arrival, that fails.
// The coins of an element are computed from the law that it meets, before any of its sizes
// moves.
func enumerate[M any](ctx context.Context, elements []Element, c contention.Choice, a arithmetic[M]) (*Law, error) {
	law := &Law{Exact: a.exact()}
	// One unit for all sizes, so that loads are whole numbers of it.
	// Equal loads must be found equal, which whole numbers are without reducing fractions.
	unit := rational.NewInt(1)
	for _, e := range elements {
		for _, s := range e {
			unit = rational.LCM(unit, s.Size.Den())
		}
	}
	for _, o := range contention.Orders {
		n := len(elements)
		law.Empty[o] = make([]enclose.Interval, n)
		law.Accept[o] = make([][]rational.Rat, n)
		law.Loaded[o] = make([][]enclose.Interval, n)
		law.Fresh[o] = make([][]enclose.Interval, n)
		// Before the first element the load is zero for certain.
		loads := loadLaw[M]{arithmetic: a, unit: unit, atoms: []load[M]{{mass: a.of(one)}}}
		for _, i := range o.Sequence(n) {
			// The first atom is at load zero, always, even if its mass is 0.
			law.Empty[o][i] = a.interval(loads.atoms[0].mass)
			// The induction looks at the law that the element meets, before it is changed.
			a.see(o, i, unit, loads.atoms)
			coins := make([]coin[M], len(elements[i]))
			for k, s := range elements[i] {
				err := ctx.Err()
				if err != nil {
					return nil, err
				}
				// The error names the place, as the arithmetic does not know it.
				if coins[k], err = loads.coin(s, c[o][i]); err != nil {
					return nil, fmt.Errorf("%s order, element %d, size %d: %w", o, i+1, k+1, err)
				}
				law.Accept[o][i] = append(law.Accept[o][i], coins[k].accept)
				law.Loaded[o][i] = append(law.Loaded[o][i], a.interval(coins[k].loaded))
				law.Fresh[o][i] = append(law.Fresh[o][i], fresh(a.interval(coins[k].fresh), law.Empty[o][i]))
			}
			// The law moves on also after the last element, as its digits are bounded
			// there.
			if err := loads.advance(ctx, elements[i], coins); err != nil {
				return nil, err
			}
		}
	}
	return law, nil
}

// fresh returns the probability of acceptance at load zero, from the mass that is
// accepted there and all of it.
// Both are enclosed, and the quotient encloses the true one.
func fresh(taken, empty enclose.Interval) enclose.Interval {
	inverse, ok := empty.Inv()
	if !ok {
		// Load zero has no mass, or is not known to have any: nothing is accepted there.
		return enclose.Point(zero)
	}
	return taken.Mul(inverse)
}
