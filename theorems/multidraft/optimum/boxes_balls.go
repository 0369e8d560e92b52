package optimum

import (
	"math"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
)

// A ball says that no set T with |p_k(T) - center_k| <= radius for all k < K is better than the
// best.
type ball struct {
	center []float64
	radius float64 // rounded down by more than centers are wrong
}

// holds reports whether a box lies in the ball.
func (c ball) holds(b box) bool {
	for k, at := range c.center {
		if b.from[k] < at-c.radius || b.to[k] > at+c.radius {
			return false
		}
	}
	return true
}

// roughly is more than what floats are off by in a guess. A guess that is off by more would cost time and
// nothing else.
const roughly = 1e-9

// guess is nearly the ball around a set that has the base, and nearly g of the set: what is worth exact
// arithmetic.
func (x *boxSearch) guess(set []int) (b ball, value float64) {
	in := make([]bool, x.q.N())
	for _, i := range set {
		in[i] = true
	}
	masses := slices.Clone(x.mass)
	for place, i := range x.free {
		if in[i] {
			value += x.f[place]
			for k := range masses {
				masses[k] += x.p[k][place]
			}
		}
	}
	value -= product(masses)
	c, weights := products(masses), slices.Clone(masses)
	for j := range weights {
		all := 1.0
		for k, p := range masses {
			switch {
			case k < j:
				all *= 1 + p
			case k > j:
				all *= p
			}
		}
		weights[j] = all - c[j]
	}
	b = ball{center: masses[:len(masses)-1], radius: 1}
	for place := range x.free {
		s, weight := x.f[place], 0.0
		for k := range c {
			s -= c[k] * x.p[k][place]
			weight += weights[k] * x.p[k][place]
		}
		// As for slopes whose sign is wrong such a radius is small: the set is left, or nearly so.
		b.radius = min(b.radius, math.Abs(s)/max(weight, math.SmallestNonzeroFloat64))
	}
	return b, value
}

// around returns the ball around a set that has the base, of radius 0 if the set is not its own
// tangent's.
func (x *boxSearch) around(set []int) ball {
	masses := make([]rational.Rat, len(x.rows))
	// A radius 0 is no ball: it holds boxes of one point only.
	b := ball{}
	for k, row := range x.rows {
		masses[k] = rational.RatFromInts(row.MassOf(set), row.Unit)
		if k < len(x.rows)-1 {
			b.center = append(b.center, masses[k].Float64())
		}
	}
	slopes, ok := x.slopes(set, masses)
	// The argument is about a set that is its own tangent's; of another nothing follows.
	if !ok {
		return b
	}
	weights := remainderWeights(masses)
	radius := one
	for place, i := range x.free {
		var weight rational.Rat
		// w_j p_j(i), summed over the drafts: how much a difference in token i can move the
		// remainder.
		for k, row := range x.rows {
			if !row.Weights.At(i).IsZero() {
				weight = weight.Add(weights[k].Mul(row.At(i)))
			}
		}
		// Compared by a product: the quotient is needed only where the radius shrinks.
		if s := slopes[place].Abs(); s.Cmp(radius.Mul(weight)) < 0 {
			radius = s.Quo(weight)
		}
	}
	// Less than the exact radius by more than the floats of center and radius are wrong together.
	b.radius = radius.Float64()*(1-0x1p-40) - 0x1p-50
	return b
}

// slopes are the s_i of the free tokens at a set, of which the p_k(S) are given. They are not
// ok if one has the wrong sign: then another set is better, or the set is no minimum.
func (x *boxSearch) slopes(set []int, masses []rational.Rat) (list []rational.Rat, ok bool) {
	in := make([]bool, x.q.N())
	for _, i := range set {
		in[i] = true
	}
	// c_k is the mass of the set under all the other drafts.
	c := each.To(len(masses), func(k int) rational.Rat { return productBut(masses, k) })
	for _, i := range x.free {
		s := x.q.At(i)
		for k, row := range x.rows {
			if !row.Weights.At(i).IsZero() {
				s = s.Sub(c[k].Mul(row.At(i)))
			}
		}
		// A token of S with s_i > 0 would be better left out, one off S with s_i < 0 better
		// taken in.
		if s.Sign() > 0 && in[i] || s.Sign() < 0 && !in[i] {
			return nil, false
		}
		list = append(list, s)
	}
	return list, true
}

// remainderWeights are the w_j for p_k(S): each set of two or more drafts is counted for its last.
func remainderWeights(masses []rational.Rat) []rational.Rat {
	w := make([]rational.Rat, len(masses))
	for j := range w {
		all := one // of the sets with the last draft j, and of {j} too
		for k, p := range masses {
			switch {
			// Each earlier draft is in the set A or not.
			case k < j:
				all = all.Mul(one.Add(p))
			// No later one is, as j is the last.
			case k > j:
				all = all.Mul(p)
			}
		}
		// Without A = {j} itself, which is the linear part.
		w[j] = all.Sub(productBut(masses, j))
	}
	return w
}

// productBut is the product of all entries but one.
func productBut(list []rational.Rat, but int) rational.Rat {
	product := one
	for k, v := range list {
		if k != but {
			product = product.Mul(v)
		}
	}
	return product
}
