package sampling

import (
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Truncation says which tokens are kept. Each member that is 0 keeps all. They are applied in this
// order, each to what the one before left, as libraries do it.
type Truncation struct {
	TopK int          // this number of likeliest tokens, of equal ones the first
	TopP rational.Rat // the fewest likeliest tokens of at least this total probability, up to 1
	MinP rational.Rat // the tokens of at least this part of the largest probability, up to 1
}

// Drops reports whether any token may be dropped.
func (t Truncation) Drops() bool { return t.TopK > 0 || !t.TopP.IsZero() || !t.MinP.IsZero() }

// Apply sets the weight of all other tokens to 0; the weights are those of the law afterwards, and need
// no longer sum to what they did. The order is from the likeliest on; nil for that of the weights.
//
// It reports whether the errors of a rounded law leave open which tokens are to be kept. Their weight
// counts as loose from then on.
func (t Truncation) Apply(l *Law, order []int) (open bool) {
	if !t.Drops() || l.Weights.Len() == 0 {
		return false
	}
	weights := l.Weights
	if order == nil {
		order = multidraft.Distribution{Weights: weights}.Likeliest(weights.Len())
	}
	keep := len(order)
	if t.TopK > 0 {
		keep = min(keep, t.TopK)
	}
	largest := weights.At(order[0])
	var loose rational.Rat
	doubt := func(weight rational.Int) {
		// Weights that are exact leave nothing open.
		if l.Rounded && !largest.IsZero() {
			loose = loose.Add(rational.RatFromInts(weight, largest).Mul(rational.NewRat(101, 100))) // of errors of the weight, too
		}
	}
	if !t.TopP.IsZero() {
		// The probabilities are those of what is left so far.
		var weight rational.Int
		keep, weight = t.nucleus(l, order[:keep])
		doubt(weight)
	}
	if !t.MinP.IsZero() {
		var weight rational.Int
		keep, weight = t.frequent(l, order[:keep])
		doubt(weight)
	}
	l.Weights = rational.NewPacked(weights.Len())
	// What is not kept has weight 0.
	for _, i := range order[:keep] {
		l.Weights.Set(i, weights.At(i))
	}
	l.loose = l.loose.Add(loose)
	return !loose.IsZero()
}

// nucleus counts the first tokens of the order whose weights reach the part TopP of all in it, and
// returns the weight of those between the least and the largest number that the errors allow.
func (t Truncation) nucleus(l *Law, order []int) (keep int, open rational.Int) {
	sum := multidraft.Distribution{Weights: l.Weights}.MassOf(order)
	all := rational.RatFromInt(sum)
	// The errors widen the border at which the sum reaches TopP: low and high are its two ends.
	error := l.relative.Add(l.relative) // of a part of the sum
	if !sum.IsZero() {
		error = error.Add(l.loose.Mul(rational.RatFromInts(l.Weights.At(order[0]), sum)))
	}
	low, goal, high := t.TopP.Sub(error).Mul(all), t.TopP.Mul(all), t.TopP.Add(error).Mul(all)
	var reached, first, last rational.Int
	keep = -1
	for j, i := range order {
		// Token i is kept if the sum before it has not reached the goal.
		before := rational.RatFromInt(reached)
		reached = reached.Add(l.Weights.At(i))
		after := rational.RatFromInt(reached)
		// It is kept, whatever the errors are.
		if before.Cmp(low) < 0 {
			first = reached
		}
		// It is kept if the errors are bad; between first and last nobody knows.
		if before.Cmp(high) < 0 {
			last = reached
		}
		if keep < 0 && after.Cmp(goal) >= 0 {
			keep = j + 1
		}
		// No later token can be in doubt.
		if keep > 0 && after.Cmp(high) >= 0 {
			break
		}
	}
	// The goal is a part of the sum, so that only an empty order comes here.
	if keep < 0 {
		keep = len(order)
	}
	return keep, last.Sub(first)
}

// frequent counts the first tokens of the order that have at least the part MinP of the largest
// weight, and returns the weight of those near that part within the errors.
func (t Truncation) frequent(l *Law, order []int) (keep int, open rational.Int) {
	largest := rational.RatFromInt(l.Weights.At(order[0]))
	error := t.MinP.Mul(l.relative).Add(l.loose).Mul(largest)
	// Here too the border is wide, by what both the weight and the largest one may be off.
	least := t.MinP.Mul(largest)
	low, high := least.Sub(error), least.Add(error)
	for j, i := range order {
		w := rational.RatFromInt(l.Weights.At(i))
		// The order descends: all others are certainly below.
		if w.Cmp(low) < 0 {
			break
		}
		if w.Cmp(least) >= 0 {
			keep++
		}
		// The first is the largest if no other is in doubt, and is kept as that.
		if j == 1 && rational.RatFromInt(l.Weights.At(order[0])).Cmp(high) < 0 {
			open = open.Add(l.Weights.At(order[0]))
		}
		// Kept or not, it is in doubt.
		if j > 0 && w.Cmp(high) < 0 {
			open = open.Add(l.Weights.At(i))
		}
	}
	return keep, open
}
