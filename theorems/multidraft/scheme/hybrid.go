package scheme

import (
	"context"
	"strconv"

	"pstar/theorems/multidraft"
)

// defaultFew is ℓ in the experiments of [IS].
const defaultFew = 2

// planHybrid is the hybrid of [IS] (B.3, App. C): if p or q has at most ℓ tokens
// of positive probability, optimal importance sampling, whose weights then have
// a simple form; else a baseline.
func planHybrid(ctx context.Context, s *multidraft.Instance, o Options) (plan, error) {
	few := orDefault(o.Few, defaultFew)
	// 0 was read as the default before.
	if few < 0 {
		return plan{}, optionErrorf("few", "ℓ = %d, want at least 1", few)
	}
	branch, planned := Recursive, planRecursive
	switch o.Baseline {
	// The default, or asked for by name.
	case "", Recursive:
	case KSEQ:
		branch, planned = KSEQ, planKSEQ
	default:
		return plan{}, optionErrorf("baseline", "%q, want %s or %s", o.Baseline, Recursive, KSEQ)
	}
	// Few tokens of either law make few sets that matter; whichever branch is taken is told.
	if s.Rows()[0].Positive() <= few || s.Target().Positive() <= few {
		branch, planned = Importance, planImportance
	}
	// The branch gets the options too: K-SEQ has its own.
	p, err := planned(ctx, s, o)
	// Behind an error the parameters are not looked at.
	p.parameters = append([]Parameter{{"ℓ", strconv.Itoa(few)}, {"branch", branch}}, p.parameters...)
	return p, err
}
