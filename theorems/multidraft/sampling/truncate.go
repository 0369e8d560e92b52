package sampling

import (
	"sort"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A Truncation says which tokens are kept. Each member that is 0 keeps all. They are applied in this
// order, each to what the one before left, as libraries do it.
type Truncation struct {
	TopK int          // this number of likeliest tokens, of equal ones the first
	TopP rational.Rat // the fewest likeliest tokens of at least this total probability, up to 1
	MinP rational.Rat // the tokens of at least this part of the largest probability, up to 1, at which equal ones stay
}

// Drops reports whether any token may be dropped.
func (t Truncation) Drops() bool { return t.TopK > 0 || !t.TopP.IsZero() || !t.MinP.IsZero() }

// Apply sets the weight of all other tokens to 0; the weights are those of the law afterwards, and need
// no longer sum to what they did. The order is from the likeliest on; nil for that of the weights. For the law of a softmax it
// has to be that of what the law means, [Law.Meant].
//
// Top-k and min-p are decided by the logits, and top-p, too, unless there are more than some thousand different ones. It reports whether the
// errors of a rounded law leave open which tokens top-p keeps. Their weight counts as loose from then on.
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
	var loose rational.Rat
	if !t.TopP.IsZero() {
		// The probabilities are those of what is left so far.
		var weight rational.Int
		keep, weight = t.nucleus(l, order[:keep])
		// Weights that are exact leave nothing open.
		if largest := weights.At(order[0]); l.Rounded && !largest.IsZero() {
			loose = rational.RatFromInts(weight, largest).Mul(rational.NewRat(101, 100)) // of errors of the weight, too
		}
	}
	if !t.MinP.IsZero() {
		keep = t.frequent(l, order[:keep])
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
// returns the weight of those between the least and the largest number that the errors allow, 0 if the logits decide.
func (t Truncation) nucleus(l *Law, order []int) (keep int, open rational.Int) {
	// All of the probability are all tokens, whatever was rounded away.
	if t.TopP.Equal(rational.NewRat(1, 1)) {
		return len(order), open
	}
	sum := multidraft.Distribution{Weights: l.Weights}.MassOf(order)
	all := rational.RatFromInt(sum)
	// The errors widen the border at which the sum reaches TopP: low and high are its two ends.
	error := l.relative.Add(l.relative) // of a part of the sum
	if !sum.IsZero() {
		error = error.Add(l.loose.Mul(rational.RatFromInts(l.Weights.At(order[0]), sum)))
	}
	low, goal, high := t.TopP.Sub(error).Mul(all), t.TopP.Mul(all), t.TopP.Add(error).Mul(all)
	var reached, first, last rational.Int
	var fewest, most int
	keep = -1
	for j, i := range order {
		// Token i is kept if the sum before it has not reached the goal.
		before := rational.RatFromInt(reached)
		reached = reached.Add(l.Weights.At(i))
		after := rational.RatFromInt(reached)
		// It is kept, whatever the errors are.
		if before.Cmp(low) < 0 {
			fewest, first = j+1, reached
		}
		// It is kept if the errors are bad; between first and last nobody knows.
		if before.Cmp(high) < 0 {
			most, last = j+1, reached
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
	open = last.Sub(first)
	if !open.IsZero() {
		if decided, ok := t.decide(l, order, fewest, most); ok {
			return decided, rational.Int{}
		}
	}
	return keep, open
}

// frequent counts the first tokens of the order that have at least the part MinP of the largest
// weight, or of a softmax the largest exponential, whatever the weights are rounded to.
func (t Truncation) frequent(l *Law, order []int) (keep int) {
	largest := rational.RatFromInt(l.Weights.At(order[0])).Mul(t.MinP)
	// The order descends: behind the first that has less all have.
	return sort.Search(len(order), func(j int) bool {
		if l.exponent != nil {
			return l.below(order[j], order[0], t.MinP)
		}
		return rational.RatFromInt(l.Weights.At(order[j])).Cmp(largest) < 0
	})
}
