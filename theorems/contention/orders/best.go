package orders

import (
	"context"

	"pstar/rational"
)

// All lists the n! orders, lexicographically.
// order is the prefix at hand, used has its elements.
// It has n! entries of length n: callers bound n before.
func All(n int) (list [][]int) {
	// Both change with the visit, and are as they were when it ends.
	order, used := make([]int, 0, n), make([]bool, n)
	// Depth first, with the smallest element that is not used yet first: lexicographic.
	var visit func()
	visit = func() {
		if len(order) == n {
			// order changes while the visit goes on, so the list has a copy.
			list = append(list, append([]int(nil), order...))
			return
		}
		for i := range n {
			if !used[i] {
				used[i], order = true, append(order, i)
				visit()
				used[i], order = false, order[:len(order)-1]
			}
		}
	}
	visit()
	return list
}

// Equal is the instance of some orders with equal weights.
// The orders are not validated, and not copied: [Instance.Validate] says whether they fit
// x.
func Equal(x []rational.Rat, orders ...[]int) Instance {
	// Weights are as many as orders.
	in := Instance{X: x, Orders: orders}
	// Equal weights, whose sum is 1.
	for range orders {
		in.Weights = append(in.Weights, rational.NewRat(1, int64(len(orders))))
	}
	return in
}

// Best returns the first of the pairs of orders, with weights 1/2, whose guarantee is the largest, with how many pairs were solved; those
// whose weights ξ of an earlier pair allow no more than what was found need not be. An error is that of [Solve], and then the best of the
// pairs that were looked at comes with it, if there was one. progress, if not nil, is told how many pairs of how many are done.
//
// Of pairs that are equally good the lexicographically first is returned, whatever bounds spare.
func Best(ctx context.Context, x []rational.Rat, progress func(done, all int)) (best *Optimum, solved, pairs int, err error) {
	// There are n!(n!+1)/2 pairs, about 260 thousand for 6 elements; the caller bounds n.
	all := All(len(x))
	pairs = len(all) * (len(all) + 1) / 2
	// Also those that were spared by a bound.
	done := 0
	var bounds [][]rational.Rat // the weights that showed something, the last one first
	for k, first := range all {
		// A pair and its exchange are the same instance.
		// The slice begins at k itself: an order may be paired with itself, which is that
		// order alone.
		for _, second := range all[k:] {
			// 256 pairs are looked at in a moment, and telling each would take longer than
			// looking.
			if done++; done%256 == 0 {
				if ctx.Err() != nil {
					return best, solved, pairs, context.Cause(ctx)
				}
				if progress != nil {
					progress(done, pairs)
				}
			}
			in := Equal(x, first, second)
			// Weights that showed an earlier optimum often show that this pair is no better, and cost no program.
			if best != nil && in.bounded(best.Value, bounds) {
				continue
			}
			// A program of two orders.
			u, err := Solve(ctx, in)
			if err != nil {
				return best, solved, pairs, err
			}
			solved++
			// Only what is strictly better replaces the best: that keeps the first of
			// equals.
			if best == nil || u.Value.Cmp(best.Value) > 0 {
				best = u
			}
			// The last ones first: neighbours in the list are alike.
			if bounds = append([][]rational.Rat{u.Xi}, bounds...); len(bounds) > maxBounds {
				bounds = bounds[:maxBounds]
			}
		}
	}
	return best, solved, pairs, nil
}

// maxBounds is how many weights are tried before a program is solved. More spare hardly a
// program, and trying them costs time for each pair.
const maxBounds = 24

// bounded reports whether one of the weights shows that the guarantee is no more than the value.
// It errs on the safe side: false says only that these weights do not show it.
func (in Instance) bounded(value rational.Rat, weights [][]rational.Rat) bool {
	// The first that shows it is enough.
	for _, xi := range weights {
		if most, err := in.Bound(xi); err == nil && most.Cmp(value) <= 0 {
			return true
		}
	}
	return false
}
