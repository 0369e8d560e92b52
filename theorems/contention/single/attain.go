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
	// Free is the probability that nothing was accepted before i.
	Free contention.Choice
	// Selected is the probability that i is accepted, given that it is active.
	Selected contention.Choice
}

// Attain runs Algorithm 2 with the choice c on x exactly. The law is computed from
// the coins alone, by following the event that nothing was accepted yet, so that
// Selected = c is a verification (CRS-L3.1) and not a definition. It returns an
// error if c is not feasible for LP-SI, or if the two differ, which cannot happen;
// or ctx.Err().
func Attain(ctx context.Context, x []rational.Rat, c contention.Choice) (*Law, error) {
	if err := CheckChoice(ctx, x, c); err != nil {
		return nil, err
	}
	law := &Law{}
	for _, o := range contention.Orders {
		n := len(x)
		law.Coin[o] = make([]rational.Rat, n)
		law.Free[o] = make([]rational.Rat, n)
		law.Selected[o] = make([]rational.Rat, n)
		taken, free := zero, one
		for _, i := range o.Sequence(n) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if rest := one.Sub(taken); !rest.IsZero() {
				law.Coin[o][i] = c[o][i].Quo(rest)
			}
			law.Free[o][i] = free
			law.Selected[o][i] = free.Mul(law.Coin[o][i])
			if !law.Selected[o][i].Equal(c[o][i]) {
				return nil, fmt.Errorf("%s order, element %d: Algorithm 2 selects it with probability %s, not %s", o, i+1, law.Selected[o][i], c[o][i])
			}
			free = free.Mul(one.Sub(x[i].Mul(law.Coin[o][i])))
			taken = taken.Add(x[i].Mul(c[o][i]))
		}
	}
	return law, nil
}
