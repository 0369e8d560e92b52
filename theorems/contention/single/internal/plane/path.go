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
// rises says of each element before leaves whether the lower path rises there. Numbers are
// rounded, so that what comes of the steps counts only if it verifies.
func (r *rounded) steps(z point) (steps []step, rises []bool, leaves int) {
	n := len(r.x)
	// rises is false where the lower path keeps its value.
	steps, rises = make([]step, n), make([]bool, n)
	// Backwards from A: the least A_i from which A_{i+1} can be reached, which is with c_f(i) as large as it may be.
	must := make([]*big.Int, n+1)
	must[n] = z.a
	twice := new(big.Int).Lsh(z.beta, 1)
	for i := n - 1; i >= 0; i-- {
		b := must[i+1]
		// With c = 2β, the sum before was less by 2βx.
		whole := new(big.Int).Sub(b, r.mul(twice, r.x[i]))
		must[i], steps[i] = whole, stepWhole
		if r.odds[i] != nil {
			// With c = 1 − A, A_{i+1} = A + x(1 − A), solved for A. The larger of the two is what is needed: c is at most both.
			forward := new(big.Int).Sub(b, r.x[i])
			forward = r.quotient(forward, r.rest[i])
			// For x = 0 both are b, and the smaller bound is the one to use.
			if c := forward.Cmp(whole); c > 0 || r.x[i].Sign() == 0 && new(big.Int).Add(twice, b).Cmp(r.one) > 0 {
				must[i], steps[i] = forward, stepForward
			}
		}
		// Nothing need have been accepted before: the sum is 0, and c less than it may be.
		if must[i].Sign() < 0 {
			must[i], steps[i] = new(big.Int), stepZero
		}
	}
	// Forwards: the lower path, while what is needed is reached by it.
	low := new(big.Int)
	for i := range n {
		next := low
		floor := r.mul(r.after[i], z.beta)
		floor.Sub(floor, r.one).Sub(floor, z.a).Add(floor, low)
		if rise := r.odds[i] != nil && floor.Sign() > 0; rise {
			rises[i] = true
			next = new(big.Int).Add(low, r.mul(floor, r.odds[i]))
		}
		// Here it would fall below: from this element on the path is what must be. An element that is never active moves
		// no sum, so that it cannot be the one.
		if next.Cmp(must[i+1]) < 0 && r.x[i].Sign() > 0 {
			return steps, rises, i
		}
		low = next
	}
	return steps, rises, n
}

// A walk follows a path A_i exactly, with β and A = end/base, over scale = base·unit.
// base is common to β and A, unit to the x.
type walk struct {
	*instance
	beta    rational.Rat
	b, end  rational.Int // β and A over base
	scale   rational.Int
	c       [2][]rational.Rat // c_f, and 2β less these
	pending chain
}

// A chain is fractions along the elements whose denominators divide one another: over scale·den for
// a den that grows. They are reduced together, with those that 2β is more.
type chain struct {
	places     []int
	nums, dens []rational.Int
}

// add adds num/(scale·den) as the c_f of an element, whole being scale·den.
// The pair of c_f and 2β − c_f is reduced together.
func (w *walk) add(i int, num, den, whole rational.Int) {
	twice := w.b.Add(w.b).Mul(w.unit).Mul(den) // 2β, over whole
	h := &w.pending
	h.places = append(h.places, i)
	h.nums, h.dens = append(h.nums, num, twice.Sub(num)), append(h.dens, whole, whole)
}

// reduce ends the chain: its denominators divide the last one.
func (w *walk) reduce() {
	h := w.pending
	if w.pending = (chain{}); len(h.places) == 0 {
		return
	}
	// One gcd for the chain, and divisions for the rest.
	list := rational.RatsFromInts(h.nums, h.dens, h.dens[len(h.dens)-1])
	for k, i := range h.places {
		w.c[0][i], w.c[1][i] = list[2*k], list[2*k+1]
	}
}

// set sets the c_f of an element.
// It is for numbers that are short already.
func (w *walk) set(i int, v rational.Rat) { w.c[0][i], w.c[1][i] = v, w.beta.Add(w.beta).Sub(v) }

// path returns the c_f(i) of the least path A_i from 0 to A: the lower path, and from where
// that would not reach A on what A_i must at least be; and 2β less these.
//
// It ends early when ctx does.
func (in *instance) path(ctx context.Context, r *rounded, beta, a rational.Rat) [2][]rational.Rat {
	// The search knows the shape of the path; its numbers are computed again.
	n := len(in.u)
	steps, rises, leaves := r.steps(point{r.of(beta), r.of(a)})
	// One denominator for β and A, so that the sums are integers over it.
	base := rational.LCM(beta.Den(), a.Den())
	w := &walk{instance: in, beta: beta, b: beta.Num().Mul(base.DivExact(beta.Den())), end: a.Num().Mul(base.DivExact(a.Den())),
		scale: base.Mul(in.unit), c: [2][]rational.Rat{make([]rational.Rat, n), make([]rational.Rat, n)}}
	// First from the end, as the gap needs both sides.
	must := w.backwards(ctx, steps, leaves)
	low := w.forwards(ctx, rises[:leaves])
	// The gap is what x·c of this element must add.
	if leaves < n && ctx.Err() == nil {
		// From the lower path up to what must be reached behind this element.
		gap := must.Sub(low)
		w.set(leaves, gap.Mul(rational.RatFromInts(in.v[leaves], in.u[leaves])))
	}
	return w.c
}

// backwards sets the c_f of the elements behind the one where the lower path is left, from what A_i must at least be, and returns
// what that is just behind it. There it is above the lower path, and so nowhere 0 behind: no step is stepZero.
func (w *walk) backwards(ctx context.Context, steps []step, leaves int) rational.Rat {
	// Beginning with A, over the scale of the walk.
	must, den := w.end.Mul(w.unit), one // the sum is must/(scale·den)
	for i := len(steps) - 1; i > leaves; i-- {
		if ctx.Err() != nil {
			return rational.Rat{}
		}
		if steps[i] == stepWhole {
			// The sum falls by 2βx, in units of the walk.
			must = must.Sub(w.b.Add(w.b).Mul(w.u[i]).Mul(w.unit.DivExact(w.v[i])).Mul(den))
			w.set(i, w.beta.Add(w.beta))
			continue
		}
		// With c = 1 − A the sum before is (A − x)/(1 − x).
		must, den = must.Mul(w.v[i]).Sub(w.u[i].Mul(w.scale).Mul(den)), den.Mul(w.instance.w[i])
		// The denominator has grown with the division by 1 - x.
		whole := w.scale.Mul(den)
		w.add(i, whole.Sub(must), den, whole)
	}
	w.reduce()
	return rational.RatFromInts(must, w.scale.Mul(den))
}

// forwards sets the c_f along the lower path, 0 where it does not rise, and returns its end.
func (w *walk) forwards(ctx context.Context, rises []bool) rational.Rat {
	// Beginning with A_1 = 0.
	low, den := rational.Int{}, one // the sum is low/(scale·den)
	for i, rise := range rises {
		if ctx.Err() != nil {
			return rational.Rat{}
		}
		if !rise {
			w.set(i, rational.Rat{})
			continue
		}
		// κ_i over scale
		kappa := w.b.Mul(w.after[i]).Mul(rational.NewInt(2)).Sub(w.scale).Sub(w.end.Mul(w.unit))
		floor := kappa.Mul(den).Add(low)
		low, den = low.Mul(w.instance.w[i]).Add(floor.Mul(w.u[i])), den.Mul(w.instance.w[i])
		w.add(i, floor.Mul(w.v[i]), den, w.scale.Mul(den))
	}
	w.reduce()
	return rational.RatFromInts(low, w.scale.Mul(den))
}
