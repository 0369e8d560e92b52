package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/contention"
)

// Law is the exact law of Algorithm 2 in both orders.
type Law struct {
	// Coin is the probability with which the algorithm accepts i, given that i is
	// active and nothing was accepted before: c_σ(i)/(1 − Σ_{j <_σ i} x_j c_σ(j)),
	// or 0 where the denominator is 0 and i is never reached.
	Coin contention.Choice
}

// Attain runs Algorithm 2 with the choice c on x exactly. The law is computed from
// the coins alone, by following the event that nothing was accepted yet, so that
// being selected with probability c is a verification (CRS-L3.1) and not a definition. It returns an
// error if c is not feasible for LP-SI, or if the two differ, which cannot happen;
// or ctx.Err().
func Attain(ctx context.Context, x []rational.Rat, c contention.Choice) (*Law, error) {
	if err := CheckChoice(ctx, x, c); err != nil {
		return nil, err
	}
	law := &Law{}
	active, lists := scale(x)[0], scale(c[0], c[1])
	for _, o := range contention.Orders {
		n := len(x)
		law.Coin[o] = make([]rational.Rat, n)
		chosen := lists[o]
		// The probability that nothing was accepted is free/whole; rest/whole is what the choice leaves.
		whole := active.den.Mul(chosen.den)
		free, rest := whole, whole
		for _, i := range o.Sequence(n) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if !rest.IsZero() {
				law.Coin[o][i] = rational.RatFromInts(chosen.list[i].Mul(active.den), rest)
			}
			coin := law.Coin[o][i]
			if selected := free.Mul(coin.Num()); !selected.Equal(chosen.list[i].Mul(active.den).Mul(coin.Den())) {
				return nil, fmt.Errorf("%s order, element %d: Algorithm 2 selects it with probability %s, not %s",
					o, i+1, rational.RatFromInts(selected, whole.Mul(coin.Den())), c[o][i])
			}
			// free·(1 − x·coin), in units of 1/whole again
			den := active.den.Mul(coin.Den())
			left, remainder := free.Mul(den.Sub(active.list[i].Mul(coin.Num()))).QuoRem(den)
			if !remainder.IsZero() {
				return nil, fmt.Errorf("%s order, element %d: the probability that nothing is accepted is not what the choice leaves", o, i+1)
			}
			free, rest = left, rest.Sub(active.list[i].Mul(chosen.list[i]))
		}
	}
	return law, nil
}
