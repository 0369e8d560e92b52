package plane

import (
	"context"
	"slices"

	"pstar/rational"
)

// An instance has x_i = u/v and 1 − x_i = w/v, and 1 + Σ_{j>i} x_j over a common unit.
type instance struct {
	u, v, w, after []rational.Int
	unit           rational.Int
}

func newInstance(x []rational.Rat) *instance {
	// The sum for each element is filled from the last one on.
	in := &instance{unit: rational.RatVector(x).Denominator(), after: make([]rational.Int, len(x))}
	for _, r := range x {
		in.u, in.v, in.w = append(in.u, r.Num()), append(in.v, r.Den()), append(in.w, r.Den().Sub(r.Num()))
	}
	// 1 + Σ_{j>i} x_j from the end, over the common denominator of the x.
	sum := in.unit
	for i := len(x) - 1; i >= 0; i-- {
		in.after[i] = sum
		sum = sum.Add(in.u[i].Mul(in.unit.DivExact(in.v[i])))
	}
	return in
}

// A Solution is a value with a choice that attains it, by order, forward first, and a dual point
// that allows no more, if the caller finds that it is one.
type Solution struct {
	Value  rational.Rat
	Choice [2][]rational.Rat // of the backward order 2·Value less that of the forward one
	Y      [2][]rational.Rat
	Xi     []rational.Rat
}

// Solve solves LP-SI for probabilities x with numbers of so many bits, and more for what
// the instance multiplies errors by. It returns nil if they do not suffice; the error is ctx.Err().
func Solve(ctx context.Context, x []rational.Rat, bits uint) (*Solution, error) {
	in := newInstance(x)
	// The search, in rounded numbers.
	r := round(in, bits+in.growth())
	basis, ok, err := r.guess(ctx)
	if err != nil || !ok || basis[0].kind == noCut || basis[1].kind == noCut {
		return nil, err
	}
	// From here on all is exact. A basis that is no pair of tight cuts is found out by the caller, if not here.
	first, second := in.weigh(basis[0]), in.weigh(basis[1])
	// t·first + t'·second cancels A, with t = r'/k and t' = −r/k.
	// Make the determinant positive, so that the weights of a basis are not negative.
	k := first.r.Mul(second.q).Sub(second.r.Mul(first.q)) // over the product of the denominators, and unit
	t, u := second.r, first.r.Neg()
	if k.Sign() < 0 {
		k, t, u = k.Neg(), t.Neg(), u.Neg()
	}
	// Parallel lines, or two that bound β from the same side of A: no basis of a maximum.
	if k.IsZero() || t.Sign() < 0 || u.Sign() < 0 {
		return nil, nil
	}
	// The point where both lines are 0, by Cramer's rule.
	beta := rational.RatFromInts(t.Mul(first.p).Add(u.Mul(second.p)).Mul(in.unit), k)
	a := rational.RatFromInts(first.p.Mul(second.q).Sub(second.p.Mul(first.q)), first.q.Mul(second.r).Sub(second.q.Mul(first.r)))
	// The value of β at the vertex; that nothing is larger is shown by the dual point.
	s := &Solution{Value: beta}
	s.dual(ctx, in, [2]*weights{first, second}, [2]rational.Int{t, u}, k)
	s.Choice = in.path(ctx, r, beta, a)
	return s, ctx.Err()
}

// growth is the bits that the instance needs besides: by the product of 1/(1 − x_i) an error can grow, here and back, and ends
// of intervals can differ by the square of the smallest probability, which is to be seen with half the bits.
func (in *instance) growth() uint {
	// The product of the 1/(1 − x_i), as bits, counted twice; an element with x = 1 has no such factor.
	bits, tiny := 0, 0
	for i, w := range in.w {
		if !w.IsZero() {
			bits += 2 * max(0, in.v[i].BitLen()-w.BitLen()+1)
		}
		if !in.u[i].IsZero() {
			tiny = max(tiny, in.v[i].BitLen()-in.u[i].BitLen())
		}
	}
	return uint(min(bits+4*tiny, maxGrowth))
}

const maxGrowth = 1 << 14

// dual combines the weights of the cuts, times t and over k > 0, and completes ξ: its half is the
// smaller one of the two sides that y gives an element. It ends early when ctx does.
//
// All numbers are over the one determinant k, with which a numerator has little in common: they are
// reduced together.
func (s *Solution) dual(ctx context.Context, in *instance, cuts [2]*weights, t [2]rational.Int, k rational.Int) {
	n := len(in.u)
	// y of an element is what the two cuts say of its row, times their weights.
	var y [2][]rational.Int // over k/unit
	for o := range y {
		y[o] = make([]rational.Int, n)
		for c, w := range cuts {
			list := w.forward
			if o == 1 {
				list = w.backward
			}
			for i, v := range list {
				y[o][i] = y[o][i].Add(v.Mul(t[c]))
			}
		}
	}
	var side [2][]rational.Int // over k/unit·v
	for o := range side {
		side[o] = make([]rational.Int, n)
		// Nobody is behind the last one to arrive.
		later := rational.NewInt(0)
		for place := range n {
			if ctx.Err() != nil {
				return
			}
			// The last one to arrive first: later is the sum of the y of those behind an element.
			i := n - 1 - place
			if o == 1 {
				i = place
			}
			side[o][i] = y[o][i].Mul(in.v[i]).Add(later.Mul(in.u[i]))
			later = later.Add(y[o][i])
		}
		for i := range n {
			y[o][i] = y[o][i].Mul(in.unit)
		}
	}
	xi := make([]rational.Int, n)
	for i := range n {
		// Both orders must allow ξ/2, so that it is the smaller side.
		least := side[0][i]
		if side[1][i].Cmp(least) < 0 {
			least = side[1][i]
		}
		xi[i] = least.Add(least).Mul(in.unit.DivExact(in.v[i]))
	}
	over := slices.Repeat([]rational.Int{k}, n)
	for _, x := range []struct {
		nums []rational.Int
		into *[]rational.Rat
	}{{y[0], &s.Y[0]}, {y[1], &s.Y[1]}, {xi, &s.Xi}} {
		if ctx.Err() != nil {
			return
		}
		*x.into = rational.RatsFromInts(x.nums, over, k)
	}
}
