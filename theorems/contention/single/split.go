package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems/contention"
)

// Split returns x with element k (0-based) halved into two neighbours, the
// instance of CRS-LB.1. It panics if there is no such element.
func Split(x []rational.Rat, k int) []rational.Rat {
	// A mistake in code.
	if k < 0 || k >= len(x) {
		panic("single: no such element to split")
	}
	// A copy, as x is an instance of its own.
	s := append([]rational.Rat(nil), x[:k]...)
	s = append(s, x[k].Mul(half), x[k].Mul(half))
	return append(s, x[k+1:]...)
}

// Merge is the step that proves CRS-LB.1: from a choice c that is feasible for
// Split(x, k) it makes one for x, with the mean of the two halves for k, and
// verifies exactly that it is feasible and guarantees at least as much. The error
// is that of [CheckChoice] for c, or ctx.Err(); a correct lemma gives no other.
func Merge(ctx context.Context, x []rational.Rat, k int, c contention.Choice) (contention.Choice, error) {
	// The lemma speaks of feasible choices.
	if err := CheckChoice(ctx, Split(x, k), c); err != nil {
		return contention.Choice{}, err
	}
	// In each order the two halves are neighbours, and become one.
	var merged contention.Choice
	for _, o := range contention.Orders {
		merged[o] = append(merged[o], c[o][:k]...)
		merged[o] = append(merged[o], c[o][k].Add(c[o][k+1]).Mul(half))
		merged[o] = append(merged[o], c[o][k+2:]...)
	}
	if err := CheckChoice(ctx, x, merged); err != nil {
		return contention.Choice{}, fmt.Errorf("the merged choice is not feasible: %w", err)
	}
	// The mean of two sums that are each at least twice the guarantee is so too.
	if merged.Guarantee().Cmp(c.Guarantee()) < 0 {
		return contention.Choice{}, fmt.Errorf("the merged choice guarantees %s, less than %s", merged.Guarantee(), c.Guarantee())
	}
	return merged, nil
}
