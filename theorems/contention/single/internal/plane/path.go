package plane

import (
	"context"
	"math/big"

	"pstar/rational"
)

// A step says how the lower end of what A_i must be, for A to be reached, comes from that of A_{i+1}.
type step int

const (
	stepZero    step = iota // it is 0
	stepWhole               // c_f(i) = 2β
	stepForward             // c_f(i) = 1 − A_i
)

// steps follows what A_i must at least be, from the last element backwards, and then the
// lower path from the first one as long as it is not below. It returns the element at which it falls below, n for none.
func (r *rounded) steps(z point) (steps []step, rises []bool, leaves int) {
	n := len(r.x)
	steps, rises = make([]step, n), make([]bool, n)
	must := make([]*big.Int, n+1)
	must[n] = z.a
	twice := new(big.Int).Lsh(z.beta, 1)
	for i := n - 1; i >= 0; i-- {
		b := must[i+1]
		whole := new(big.Int).Sub(b, r.mul(twice, r.x[i]))
		must[i], steps[i] = whole, stepWhole
		if r.odds[i] != nil {
			forward := new(big.Int).Sub(b, r.x[i])
			forward = r.quotient(forward, r.rest[i])
			// For x = 0 both are b, and the smaller bound is the one to use.
			if c := forward.Cmp(whole); c > 0 || r.x[i].Sign() == 0 && new(big.Int).Add(twice, b).Cmp(r.one) > 0 {
				must[i], steps[i] = forward, stepForward
			}
		}
		if must[i].Sign() < 0 {
			must[i], steps[i] = new(big.Int), stepZero
		}
	}
	low := new(big.Int)
	for i := range n {
		next := low
		floor := r.mul(r.after[i], z.beta)
		floor.Sub(floor, r.one).Sub(floor, z.a).Add(floor, low)
		if rise := r.odds[i] != nil && floor.Sign() > 0; rise {
			rises[i] = true
			next = new(big.Int).Add(low, r.mul(floor, r.odds[i]))
		}
		if next.Cmp(must[i+1]) < 0 && r.x[i].Sign() > 0 {
			return steps, rises, i
		}
		low = next
	}
	return steps, rises, n
}

// path returns the c_f(i) of the least path A_i from 0 to A: the lower path, and from where
// that would not reach A on what A_i must at least be.
//
// It ends early when ctx does.
func (in *instance) path(ctx context.Context, r *rounded, beta, a rational.Rat) []rational.Rat {
	n := len(in.u)
	steps, rises, leaves := r.steps(point{r.of(beta), r.of(a)})
	base := rational.LCM(beta.Den(), a.Den())
	b := beta.Num().Mul(base.DivExact(beta.Den())) // β over base
	end := a.Num().Mul(base.DivExact(a.Den()))
	scale := base.Mul(in.unit)
	c := make([]rational.Rat, n)

	// backwards: the sum is must/(scale·den)
	must, den := end.Mul(in.unit), one
	sums := make([][2]rational.Int, n+1)
	sums[n] = [2]rational.Int{must, den}
	for i := n - 1; i >= leaves; i-- {
		if ctx.Err() != nil {
			return nil
		}
		last := must
		switch steps[i] {
		case stepWhole:
			must = must.Sub(b.Add(b).Mul(in.u[i]).Mul(in.unit.DivExact(in.v[i])).Mul(den))
			c[i] = beta.Add(beta)
		case stepForward:
			must, den = must.Mul(in.v[i]).Sub(in.u[i].Mul(scale).Mul(den)), den.Mul(in.w[i])
			whole := scale.Mul(den)
			c[i] = rational.RatFromInts(whole.Sub(must), whole)
		default:
			if !in.u[i].IsZero() {
				c[i] = rational.RatFromInts(last.Mul(in.v[i]), scale.Mul(den).Mul(in.u[i]))
			}
			must, den = rational.Int{}, one
		}
		sums[i] = [2]rational.Int{must, den}
	}

	// forwards: the sum is low/(scale·den)
	low, den := rational.Int{}, one
	for i := range leaves {
		if ctx.Err() != nil {
			return nil
		}
		if !rises[i] {
			continue
		}
		// κ_i over scale
		kappa := b.Mul(in.after[i]).Mul(rational.NewInt(2)).Sub(scale).Sub(end.Mul(in.unit))
		floor := kappa.Mul(den).Add(low)
		low, den = low.Mul(in.w[i]).Add(floor.Mul(in.u[i])), den.Mul(in.w[i])
		c[i] = rational.RatFromInts(floor.Mul(in.v[i]), scale.Mul(den))
	}
	if leaves < n {
		next := sums[leaves+1]
		gap := rational.RatFromInts(next[0], scale.Mul(next[1])).Sub(rational.RatFromInts(low, scale.Mul(den)))
		c[leaves] = gap.Mul(rational.RatFromInts(in.v[leaves], in.u[leaves]))
	}
	return c
}
