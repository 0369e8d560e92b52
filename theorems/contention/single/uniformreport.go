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
	for n := first; n <= last; n++ {
		if ValidateUniform(n, rho) != nil {
			continue // the probabilities would exceed 1
		}
		o.progress("N = %d of %d", n, last)
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
	numbers := map[string]int{} // of elements, for each statement that speaks of them
	for _, x := range each {
		numbers[x.Tag]++
		if x.Status == theorems.Refuted {
			found = append(found, x)
		}
	}
	if found == nil {
		summarise(upto, rho, numbers, &found)
	}
	contention.Prove(&found, append(Tags, "CRS-T1.5")...)
	return found
}

// summarise says of each statement for how many N it holds.
func summarise(upto int, rho rational.Rat, numbers map[string]int, found *theorems.Claims) {
	for _, x := range []struct{ tag, statement string }{
		{"CRS-U", "the primal and dual points verify"},
		{"CRS-T3.4", "LPOPT ≤ α_0(ρ) + (ρ+2)/N"},
		{"CRS-T1.3", "LPOPT ≤ 1/(ρ + exp(-(ρ/2)(1 + 1/N)(1 + ρ/N))), which tends to α_0(ρ)"},
	} {
		if count := numbers[x.tag]; count > 0 {
			plural := "s"
			if count == 1 {
				plural = ""
			}
			found.Add(nil, x.tag, theorems.Checked, "ρ = %s: %s, for %d number%s N up to %d", rho, x.statement, count, plural, upto)
		}
	}
}
