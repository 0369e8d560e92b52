package single

import (
	"context"
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/contention"
)

// scaled is a list of fractions over one denominator, den: sums and comparisons of long
// fractions along an order then divide nothing.
// The numbers are not reduced against the denominator. den is positive.
type scaled struct {
	list []rational.Int
	den  rational.Int
}

// scale brings lists of fractions to a common denominator.
// All of them have the same one, the least that does.
func scale(lists ...[]rational.Rat) []scaled {
	// Long denominators first: most others divide them, and a division costs less than a gcd.
	dens := []rational.Int{}
	for _, list := range lists {
		for _, v := range list {
			dens = append(dens, v.Den())
		}
	}
	slices.SortFunc(dens, func(a, b rational.Int) int { return b.BitLen() - a.BitLen() })
	// The least common multiple: those that divide it already, which after the long ones are most, cost one division.
	den := rational.NewInt(1)
	for _, d := range dens {
		if _, rest := den.QuoRem(d); !rest.IsZero() {
			den = rational.LCM(den, d)
		}
	}
	// Each numerator is multiplied up by what its denominator lacks.
	all := make([]scaled, len(lists))
	for k, list := range lists {
		all[k] = scaled{make([]rational.Int, len(list)), den}
		for i, v := range list {
			all[k].list[i] = v.Num().Mul(den.DivExact(v.Den()))
		}
	}
	return all
}

// It is in lowest terms.
func (s scaled) rat(v rational.Int) rational.Rat { return rational.RatFromInts(v, s.den) }

// rats are the fractions themselves.
func (s scaled) rats() []rational.Rat {
	// In lowest terms, each by itself.
	return each.Of(s.list, s.rat)
}

// sum is over den.
// It is the numerator of the sum.
func (s scaled) sum() rational.Int {
	// Integers over one denominator add up as they are.
	sum := rational.NewInt(0)
	for _, v := range s.list {
		sum = sum.Add(v)
	}
	return sum
}

// equals reports whether num/den is the fraction v.
// den is positive. Nothing is reduced.
func equals(num, den rational.Int, v rational.Rat) bool {
	return num.Mul(v.Den()).Equal(v.Num().Mul(den))
}

// A scaledUnit is a [Unit] over common denominators: choice and dual each have one for both orders.
type scaledUnit struct {
	x, xi     scaled
	c, y      [2]scaled
	value     rational.Rat
	symmetric bool // x is its own mirror image, and the backward lists are those of the forward ones
}

// scaled brings a unit to common denominators, in which it is verified.
// Only verify is asked of it, which never takes symmetric for granted for a unit from
// outside.
func (u *Unit) scaled() *scaledUnit {
	// Both orders together, so that they share a denominator.
	c, y := scale(u.Choice[0], u.Choice[1]), scale(u.Dual.Y[0], u.Dual.Y[1])
	return &scaledUnit{x: scale(u.X)[0], xi: scale(u.Dual.Xi)[0], c: [2]scaled{c[0], c[1]}, y: [2]scaled{y[0], y[1]}, value: u.Value}
}

// orders are those that must be looked at.
func (u *scaledUnit) orders() []contention.Order {
	// The second order would ask the same of the same numbers.
	if u.symmetric {
		return contention.Orders[:1]
	}
	return contention.Orders[:]
}

// verify is [Unit.Verify].
// All is compared in integers; fractions are made for messages only.
func (u *scaledUnit) verify(ctx context.Context) error {
	// Feasibility of the choice first: without it its guarantee means nothing.
	for _, o := range u.orders() {
		if err := feasible(ctx, u.x, u.c[o], o); err != nil {
			return err
		}
	}
	// The guarantee is half of the least sum of both orders.
	// Each element has a sum of both orders, and the least of them counts.
	least := u.c[0].list[0].Add(u.c[1].list[0])
	for i, v := range u.c[0].list {
		if both := v.Add(u.c[1].list[i]); both.Cmp(least) < 0 {
			least = both
		}
	}
	if den := u.c[0].den.Add(u.c[0].den); !equals(least, den, u.value) {
		return fmt.Errorf("the choice guarantees %s, not %s", rational.RatFromInts(least, den), u.value)
	}
	// The dual point must be feasible, whatever its value is.
	if err := u.checkDual(ctx); err != nil {
		return err
	}
	// Weak duality: a feasible dual point of the same value allows no more.
	// A value that is less than the choice's cannot be, and one that is more proves
	// nothing.
	if sum := u.y[0].sum().Add(u.y[1].sum()); !equals(sum, u.y[0].den, u.value) {
		return fmt.Errorf("the dual point has value %s, not %s", u.y[0].rat(sum), u.value)
	}
	return nil
}

// feasible reports the first constraint of LP-SI that a list violates in an order, or nil;
// or ctx.Err().
// It takes O(n) products. The error says which element it is, and by how much.
func feasible(ctx context.Context, x, c scaled, o contention.Order) error {
	if len(c.list) != len(x.list) {
		return fmt.Errorf("%s: expected %d probabilities of acceptance, found %d", o, len(x.list), len(c.list))
	}
	// All in units of 1/whole: products of an x and a c are whole numbers of these.
	whole := c.den.Mul(x.den)
	free := whole // less Σ_{j <_σ i} x_j c_σ(j)
	for _, i := range o.Sequence(len(x.list)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		// Over c.den; the comparison below brings it to the common unit.
		v := c.list[i]
		if v.Sign() < 0 {
			return fmt.Errorf("%s order, element %d: c = %s is negative", o, i+1, c.rat(v))
		}
		// c_σ(i) ≤ 1 − Σ x_j c_σ(j).
		if v.Mul(x.den).Cmp(free) > 0 {
			return fmt.Errorf("%s order, element %d: c = %s exceeds %s, the probability that nothing is accepted before",
				o, i+1, c.rat(v), rational.RatFromInts(free, whole))
		}
		free = free.Sub(v.Mul(x.list[i]))
	}
	return nil
}

// checkDual reports the first constraint of the dual that y and ξ violate.
// It takes O(n) products, as the sum of later multipliers is carried along.
func (u *scaledUnit) checkDual(ctx context.Context) error {
	// As many as elements, in each of the three lists.
	n := len(u.x.list)
	if len(u.xi.list) != n || len(u.y[0].list) != n || len(u.y[1].list) != n {
		return fmt.Errorf("the dual point does not have %d entries in each list", n)
	}
	// y + x·later ≥ ξ/2 times 2·(the denominators of x, y and ξ), of which those of y and ξ are often the same
	den := u.y[0].den
	// Multipliers of both sides of the inequality.
	left, right := u.xi.den.Add(u.xi.den), den.Mul(u.x.den)
	// Where the denominator of ξ divides the others it is cancelled, and the products are
	// shorter.
	if quotient, rest := right.QuoRem(u.xi.den); rest.IsZero() {
		left, right = rational.NewInt(2), quotient
	}
	for _, o := range u.orders() {
		later := rational.NewInt(0) // Σ_{j >_σ i} y_σ(j)
		order := o.Sequence(n)
		// From the last one to arrive, so that the sum of those behind an element is at hand.
		for t := n - 1; t >= 0; t-- {
			if err := ctx.Err(); err != nil {
				return err
			}
			i := order[t]
			y, xi := u.y[o].list[i], u.xi.list[i]
			// ξ is looked at in each order; a negative one would count for too little in
			// the sum.
			if y.Sign() < 0 || xi.Sign() < 0 {
				return fmt.Errorf("%s order, element %d: a multiplier is negative", o, i+1)
			}
			if y.Mul(u.x.den).Add(u.x.list[i].Mul(later)).Mul(left).Cmp(xi.Mul(right)) < 0 {
				return fmt.Errorf("%s order, element %d: the dual constraint is violated", o, i+1)
			}
			// The next one to be looked at arrives before this one.
			later = later.Add(y)
		}
	}
	// Σ ξ ≥ 1: a guarantee of β for each element is one of β for their mean with weights ξ.
	if sum := u.xi.sum(); sum.Cmp(u.xi.den) < 0 {
		return fmt.Errorf("the multipliers ξ sum to %s, less than 1", u.xi.rat(sum))
	}
	return nil
}
