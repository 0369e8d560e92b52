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

// A chain is fractions along the elements whose denominators divide one another: over scale·den for
// a den that grows. They are reduced together, with those that 2β is more.
type chain struct {
	twice      rational.Int // 2β over scale
	places     []int
	nums, dens []rational.Int
	into       *[2][]rational.Rat
}

// add adds num/(scale·den) as the c_f of an element, whole being scale·den.
func (h *chain) add(i int, num, den, whole rational.Int) {
	h.places = append(h.places, i)
	h.nums, h.dens = append(h.nums, num, h.twice.Mul(den).Sub(num)), append(h.dens, whole, whole)
}

// close ends the chain: its denominators divide the last one.
func (h *chain) close() {
	if len(h.places) == 0 {
		return
	}
	list := rational.RatsFromInts(h.nums, h.dens, h.dens[len(h.dens)-1])
	for k, i := range h.places {
		h.into[0][i], h.into[1][i] = list[2*k], list[2*k+1]
	}
	h.places, h.nums, h.dens = nil, nil, nil
}

// path returns the c_f(i) of the least path A_i from 0 to A: the lower path, and from where
// that would not reach A on what A_i must at least be; and 2β less these.
//
// It ends early when ctx does.
func (in *instance) path(ctx context.Context, r *rounded, beta, a rational.Rat) (c [2][]rational.Rat) {
	n := len(in.u)
	steps, rises, leaves := r.steps(point{r.of(beta), r.of(a)})
	base := rational.LCM(beta.Den(), a.Den())
	b := beta.Num().Mul(base.DivExact(beta.Den())) // β over base
	end := a.Num().Mul(base.DivExact(a.Den()))
	scale := base.Mul(in.unit)
	c = [2][]rational.Rat{make([]rational.Rat, n), make([]rational.Rat, n)}
	set := func(i int, v rational.Rat) { c[0][i], c[1][i] = v, beta.Add(beta).Sub(v) }
	h := &chain{twice: b.Add(b).Mul(in.unit), into: &c}

	// backwards: the sum is must/(scale·den)
	must, den := end.Mul(in.unit), one
	sums := make([][2]rational.Int, n+1)
	sums[n] = [2]rational.Int{must, den}
	for i := n - 1; i >= leaves; i-- {
		if ctx.Err() != nil {
			return c
		}
		last := must
		switch steps[i] {
		case stepWhole:
			must = must.Sub(b.Add(b).Mul(in.u[i]).Mul(in.unit.DivExact(in.v[i])).Mul(den))
			set(i, beta.Add(beta))
		case stepForward:
			must, den = must.Mul(in.v[i]).Sub(in.u[i].Mul(scale).Mul(den)), den.Mul(in.w[i])
			whole := scale.Mul(den)
			h.add(i, whole.Sub(must), den, whole)
		default: // to 0, from where a new chain begins
			set(i, rational.Rat{})
			if !in.u[i].IsZero() {
				set(i, rational.RatFromInts(last.Mul(in.v[i]), scale.Mul(den).Mul(in.u[i])))
			}
			h.close()
			must, den = rational.Int{}, one
		}
		sums[i] = [2]rational.Int{must, den}
	}
	h.close()

	// forwards: the sum is low/(scale·den)
	low, den := rational.Int{}, one
	for i := range leaves {
		if ctx.Err() != nil {
			return c
		}
		if !rises[i] {
			set(i, rational.Rat{})
			continue
		}
		// κ_i over scale
		kappa := b.Mul(in.after[i]).Mul(rational.NewInt(2)).Sub(scale).Sub(end.Mul(in.unit))
		floor := kappa.Mul(den).Add(low)
		low, den = low.Mul(in.w[i]).Add(floor.Mul(in.u[i])), den.Mul(in.w[i])
		h.add(i, floor.Mul(in.v[i]), den, scale.Mul(den))
	}
	h.close()
	if leaves < n {
		next := sums[leaves+1]
		gap := rational.RatFromInts(next[0], scale.Mul(next[1])).Sub(rational.RatFromInts(low, scale.Mul(den)))
		set(leaves, gap.Mul(rational.RatFromInts(in.v[leaves], in.u[leaves])))
	}
	return c
}
