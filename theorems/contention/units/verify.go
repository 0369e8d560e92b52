package units

import (
	"context"
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
)

// Choice returns c_σ(i), the probability of accepting i given that it is active, by order
// and element.
// It is read off the variables a of the program; whether coins can do that,
// [Optimum.Attain] finds out.
func (u *Optimum) Choice() [][]rational.Rat {
	var c [][]rational.Rat
	for _, order := range u.Accept {
		list := each.Of(order, func(states []rational.Rat) rational.Rat { return rational.RatVector(states).Sum() })
		c = append(c, list)
	}
	return c
}

// Verify checks exactly that some scheme guarantees the value, [Optimum.Attain], and that
// none guarantees more, [Bound]. The error is ctx.Err() or says what is wrong.
// It uses the point, the weights and the value alone, not the basis or the multipliers of
// the solver. A value that is too small fails at the bound, one too large at an element.
func (u *Optimum) Verify(ctx context.Context) error {
	c, err := u.Attain(ctx)
	if err != nil {
		return err
	}
	// The orders are equally likely, so the guarantee of an element is their plain mean.
	orders := rational.NewRat(int64(len(c)), 1)
	for i := range u.X {
		mean := zero
		for _, list := range c {
			mean = mean.Add(list[i].Quo(orders))
		}
		// More is allowed: only the least accepted elements must attain the value.
		if mean.Cmp(u.Value) < 0 {
			return fmt.Errorf("element %d is accepted with probability %s, less than %s", i+1, mean, u.Value)
		}
	}
	// Duality without the program: whatever a scheme does, the weighted mean of its
	// probabilities is at most the bound, and the least of them is at most that mean.
	bound, err := u.Bound(ctx, u.Xi)
	if err == nil && !bound.Equal(u.Value) {
		err = fmt.Errorf("the weights ξ allow %s, not %s", bound, u.Value)
	}
	return err
}

// Attain runs the scheme that accepts an active element in a state with the coin a/p, and
// returns the probabilities of acceptance, by order and element. They are computed from
// the coins alone, so that being those of [Optimum.Choice] is a verification. It returns an
// error if a coin is none, if they are not, or ctx.Err().
// It takes O(nk) operations for each order.
func (u *Optimum) Attain(ctx context.Context) ([][]rational.Rat, error) {
	c := u.Choice()
	// The law is followed through each order for itself, as the coins may depend on the
	// order.
	for o, order := range u.orders() {
		// Pr[s units are gone], for the elements so far.
		law := make([]rational.Rat, min(u.K, len(u.X))+1) // of the state
		// Before the first element no unit is gone.
		law[0] = one
		for _, i := range order.Sequence(len(u.X)) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			accepted := zero
			// Who is not active changes nothing: what moves is taken from where it was.
			// law stays as it is while next is filled: state s + 1 must not see what came
			// from s just now.
			next := append([]rational.Rat(nil), law...)
			for s := range u.Accept[o][i] {
				coin := u.Coin(o, i, s)
				// a ≤ p was a row of the program, but nothing is believed of the solver
				// here.
				if coin.Sign() < 0 || coin.Cmp(one) > 0 {
					return nil, fmt.Errorf("%s order, element %d, %d units gone: the coin %s is no probability", order, i+1, s, coin)
				}
				// Being active is independent of the state, so that this is the probability
				// given activity.
				now := law[s].Mul(coin)
				accepted = accepted.Add(now)
				// Units go only when the element is active, hence the factor x.
				next[s], next[s+1] = next[s].Sub(u.X[i].Mul(now)), next[s+1].Add(u.X[i].Mul(now))
			}
			// The sums of a are what the guarantee is computed from. If the coins gave
			// others, the point would be none of a scheme.
			if !accepted.Equal(c[o][i]) {
				return nil, fmt.Errorf("%s order, element %d is accepted with probability %s, not %s", order, i+1, accepted, c[o][i])
			}
			law = next
		}
	}
	return c, nil
}

// Coin is the probability with which an active element is accepted in a state: a/p, or 0
// where the state does not occur. The order is an index of the lists.
// A coin of a state that does not occur is never thrown, and any value would do.
func (u *Optimum) Coin(order, element, state int) rational.Rat {
	p := u.State[order][element][state]
	// a ≤ p makes a zero, too, so that nothing is lost.
	if p.IsZero() {
		return zero
	}
	return u.Accept[order][element][state].Quo(p)
}

// Bound returns what no guarantee of a scheme exceeds, by nonnegative weights of the
// elements whose sum is 1: the mean over the orders of the dynamic program in the
// documentation of the package. An error is ctx.Err(), or says that the weights are none.
//
// With V_s(i) the worth of the elements from i on when s units are gone, V_s(i) = V_s(i') + max(0, ξ_i − x_i(V_s(i') − V_{s+1}(i'))).
// The bound holds for all nonnegative weights of that sum; only optimal ones make it the
// guarantee. It takes O(nk) operations for each order.
func (in Instance) Bound(ctx context.Context, xi []rational.Rat) (rational.Rat, error) {
	for _, w := range xi {
		// A negative weight would reward refusing, and Σ ξ_i c(i) would not bound the least
		// c.
		if w.Sign() < 0 {
			return zero, fmt.Errorf("the weight %s is negative", w)
		}
	}
	// With another sum the weighted mean were none, and the bound one of something else.
	if sum := rational.RatVector(xi).Sum(); !sum.Equal(one) {
		return zero, fmt.Errorf("the weights have the sum %s, expected 1", sum)
	}
	total := zero
	for _, order := range in.orders() {
		// The last state, with all units gone, is worth nothing.
		k := min(in.K, len(in.X))         // more units are never gone
		most := make([]rational.Rat, k+1) // V of the elements from here on; nothing with all units gone
		sequence := order.Sequence(len(in.X))
		// From the last element back: what a unit is worth depends on who is still to come.
		for t := len(sequence) - 1; t >= 0; t-- {
			if err := ctx.Err(); err != nil {
				return zero, err
			}
			i := sequence[t]
			for s := range k { // ascending: state s+1 still has its value of the next element
				// Accepting earns ξ_i, and costs x_i times what the unit would have earned
				// later.
				gain := xi[i].Sub(in.X[i].Mul(most[s].Sub(most[s+1])))
				// Who gains nothing by being accepted is refused.
				most[s] = most[s].Add(rational.MaxRat(zero, gain))
			}
		}
		// All units are there at the beginning, so the worth is that of state 0.
		total = total.Add(most[0])
	}
	return total.Quo(rational.NewRat(int64(len(in.orders())), 1)), nil
}
