package scheme

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme/internal/rejection"
	"pstar/theorems/multidraft/vocabulary"
)

// Optimum is P* of the instance, as narrowly as [Options.AskedOfOptimum] says, if that can be had, and else a wider interval. It
// fails as [vocabulary.Enclose] does where there is none.
func (o Options) Optimum(ctx context.Context, s *multidraft.Instance) (enclose.Interval, error) {
	best, err := vocabulary.Enclose(ctx, s, o.AskedOfOptimum(s))
	var unsettled *theorems.Unsettled
	// An interval that is wider than asked is true all the same, and is told with its width.
	if best != nil && errors.As(err, &unsettled) {
		err = nil
	}
	if err != nil {
		return enclose.Interval{}, err
	}
	return best.Value, nil
}

// AskedOfOptimum is the width that is good enough for P*: Within, or [vocabulary.DefaultWidth]. Who does not get it has no answer to
// what was asked.
func (o Options) AskedOfOptimum(s *multidraft.Instance) rational.Rat {
	if o.Within != nil {
		return *o.Within
	}
	return vocabulary.DefaultWidth(s.K())
}

// Asked is the width that is good enough for the acceptance of the scheme: that of the options, or 1e-9. Digits of γ* that were given are
// what was asked for, and any width is good enough then.
func (c Scheme) Asked(o Options) rational.Rat {
	switch {
	case o.Within != nil:
		return *o.Within
	case o.Bits > 0 && slices.Contains(c.Options, "bits"):
		return one
	}
	return rejection.DefaultWidth
}

// wider says of an interval that the width asked for was not reached.
func wider(name string, x enclose.Interval, within rational.Rat) []Parameter {
	if x.Width().Cmp(within) <= 0 {
		return nil
	}
	return []Parameter{{"width of " + name, fmt.Sprintf("%.4g, more than %.4g: what is known in the time there is", x.Width().Float64(), within.Float64())}}
}
