package scheme

import (
	"context"
	"errors"
	"fmt"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/vocabulary"
)

// Optimum is P* of the instance, as narrowly as Within asks, or [vocabulary.DefaultWidth], if that can be had, and else a wider interval. It
// fails as [vocabulary.Enclose] does where there is none.
func (o Options) Optimum(ctx context.Context, s *multidraft.Instance) (enclose.Interval, error) {
	best, err := vocabulary.Enclose(ctx, s, o.width(s))
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

// width is the width that is asked for of P*.
func (o Options) width(s *multidraft.Instance) rational.Rat {
	if o.Within != nil {
		return *o.Within
	}
	return vocabulary.DefaultWidth(s.K())
}

// wider says of an interval that a width which was asked for was not reached, and nothing where none was.
func (o Options) wider(name string, x enclose.Interval) []Parameter {
	if o.Within == nil {
		return nil
	}
	return wider(name, x, *o.Within)
}

func wider(name string, x enclose.Interval, within rational.Rat) []Parameter {
	if x.Width().Cmp(within) <= 0 {
		return nil
	}
	return []Parameter{{"width of " + name, fmt.Sprintf("%.4g, more than %.4g: what is known in the time there is", x.Width().Float64(), within.Float64())}}
}
