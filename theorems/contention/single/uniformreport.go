package single

import (
	"context"
	"fmt"

	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/contention"
)

// VerifyUniformFrom verifies CRS-U, CRS-T3.4 and CRS-T1.3 for every N from first to last of
// which they speak with this ρ, and has a claim for each of them: none if no such N has
// probabilities ρ/N of at most 1. The only error is the end of ctx.
func VerifyUniformFrom(ctx context.Context, first, last int, rho rational.Rat, o Options) (found theorems.Claims, err error) {
	// Each N is an instance of its own.
	for n := first; n <= last; n++ {
		if ValidateUniform(n, rho) != nil {
			continue // the probabilities would exceed 1
		}
		o.progress("N = %d of %d", n, last)
		// The claims of one number, of which refutations are told with it.
		var here theorems.Claims
		verifyUniform(ctx, n, rho, UniformValue(n, rho), &here)
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		for _, x := range here {
			if x.Status == theorems.Refuted {
				found.Add(fmt.Errorf("N = %d", n), x.Tag, theorems.Checked, "%s", x.Statement)
			} else {
				found = append(found, x)
			}
		}
	}
	return found, nil
}

// JoinUniform makes of the claims for every N up to upto those on all of them, or on the ones
// that are refuted, and proves the statements for every N and ρ.
func JoinUniform(upto int, rho rational.Rat, each theorems.Claims) (found theorems.Claims) {
	// How many N each statement was verified for.
	numbers := map[string]int{} // of elements, for each statement that speaks of them
	for _, x := range each {
		numbers[x.Tag]++
		// A refutation stands for itself.
		if x.Status == theorems.Refuted {
			found = append(found, x)
		}
	}
	// With a refutation there is nothing to say of all.
	if found == nil {
		summarise(upto, rho, numbers, &found)
	}
	contention.Prove(&found, append(Tags, "CRS-T1.5")...)
	return found
}

// summarise says of each statement for how many N it holds, of those up to upto of which it speaks: probabilities ρ/N are at
// most 1, CRS-T3.4 is about odd N, and the limit of CRS-T1.3 about those with probabilities of at most 1/2.
func summarise(upto int, rho rational.Rat, numbers map[string]int, found *theorems.Claims) {
	for _, x := range []struct {
		tag, statement string
		least          rational.Rat // N
		odd            bool
	}{
		{"CRS-U", "the primal and dual points verify", rho, false},
		{"CRS-T3.4", contention.BoundOfT34, rho, true},
		{"CRS-T1.3", boundOfT13, rho.Add(rho), true},
	} {
		// Zero for a statement that speaks of none of the N.
		count := numbers[x.tag]
		if count == 0 {
			continue
		}
		// The first number that the statement speaks of.
		first, all, odd := 1, 0, ""
		for rational.NewRat(int64(first), 1).Cmp(x.least) < 0 || x.odd && first%2 == 0 {
			first++
		}
		if all = upto - first + 1; x.odd {
			all, odd = (all+1)/2, "odd "
		}
		of := fmt.Sprintf("all %d", all) // unless the run ended, or is a part of one
		if count < all {
			of = fmt.Sprintf("%d of %d", count, all)
		}
		which := fmt.Sprintf("%s %sN from %d to %d", of, odd, first, upto)
		if all == 1 {
			which = fmt.Sprintf("N = %d", first)
		}
		found.Add(nil, x.tag, theorems.Checked, "ρ = %s: %s, for %s", rho, x.statement, which)
	}
}
