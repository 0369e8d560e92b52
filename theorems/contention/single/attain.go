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
	// or 0 where the denominator is 0 and i is never reached. By order and element.
	Coin [2][]Coin
}

// A Coin is a probability num/den, which need not be in lowest terms: there is one for each element and order, and
// of long numbers a greatest common divisor costs more than all that is done with them.
type Coin struct{ num, den rational.Int }

// Rat returns the probability.
func (c Coin) Rat() rational.Rat { return rational.RatFromInts(c.num, c.den) }

// of returns the part of free/whole that the coin accepts, over whole, or false if that is no such number.
func (c Coin) of(free rational.Int) (accepted rational.Int, ok bool) {
	if c.den.Equal(free) {
		return c.num, true
	}
	accepted, rest := free.Mul(c.num).QuoRem(c.den)
	return accepted, rest.IsZero()
}

// Attain runs Algorithm 2 with the choice c on x exactly. The law is computed from
// the coins alone, by following the event that nothing was accepted yet, so that
// being selected with probability c is a verification (CRS-L3.1) and not a definition. It returns an
// error if c is not feasible for LP-SI, or if the two differ, which cannot happen;
// or ctx.Err().
//
// Coins are c over what is left, and what is left is followed by multiplying with them: with all of them over one denominator
// no long numbers are divided on the way.
func Attain(ctx context.Context, x []rational.Rat, c contention.Choice) (*Law, error) {
	if err := CheckChoice(ctx, x, c); err != nil {
		return nil, err
	}
	law := &Law{}
	// One denominator for all x, and one for each order of the choice.
	active, lists := scale(x)[0], scale(c[0], c[1])
	for _, o := range contention.Orders {
		n := len(x)
		law.Coin[o] = make([]Coin, n)
		chosen := lists[o]
		// The probability that nothing was accepted is free/whole; rest/whole is what the choice leaves.
		whole := active.den.Mul(chosen.den)
		free, rest := whole, whole
		for _, i := range o.Sequence(n) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			wanted := chosen.list[i].Mul(active.den) // c_σ(i), over whole
			// c over what is left, not reduced: see Coin.
			coin := Coin{wanted, rest}
			if rest.IsZero() {
				coin = Coin{rational.NewInt(0), rational.NewInt(1)}
			}
			// Kept also where it is never tossed.
			law.Coin[o][i] = coin
			selected, ok := coin.of(free)
			if !ok || !selected.Equal(wanted) {
				return nil, fmt.Errorf("%s order, element %d: Algorithm 2 does not select it with probability %s", o, i+1, c[o][i])
			}
			// An active element is selected or not; one that is not active changes nothing.
			taken, remainder := active.list[i].Mul(selected).QuoRem(active.den)
			if !remainder.IsZero() {
				return nil, fmt.Errorf("%s order, element %d: the probability that nothing is accepted is not what the choice leaves", o, i+1)
			}
			free, rest = free.Sub(taken), rest.Sub(active.list[i].Mul(chosen.list[i]))
		}
	}
	return law, nil
}
