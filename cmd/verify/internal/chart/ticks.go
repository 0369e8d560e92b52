package chart

import (
	"math"
	"strconv"
	"strings"
)

// A tick is a marked value of an axis.
type tick struct {
	value float64
	label string
}

// ticks returns the multiples of a step 1, 2 or 5 times a power of ten within r,
// the step as small as gives at most limit intervals.
func ticks(r Range, limit int) []tick {
	step, decimals := tickStep((r.Max - r.Min) / float64(limit))
	var marks []tick
	// The tolerance keeps a tick that rounding has put just outside the range.
	const tolerance = 1e-9
	for i := math.Ceil(r.Min/step - tolerance); i*step <= r.Max+tolerance*step; i++ {
		marks = append(marks, tick{i * step, label(i*step, decimals)})
	}
	return marks
}

// tickStep returns the least step of the form 1, 2 or 5 times 10^e that is at
// least the given one, and the decimals that its multiples need.
func tickStep(least float64) (step float64, decimals int) {
	e := math.Floor(math.Log10(least))
	for {
		for _, m := range []float64{1, 2, 5} {
			if step = m * math.Pow(10, e); step >= least*(1-1e-9) {
				return step, int(max(0, -e))
			}
		}
		e++
	}
}

// label is a number at an axis: with a minus sign of its own, and none for what is printed as 0.
func label(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}

// decades returns the powers of ten in a range, and where those are few also their 2 and 5 fold.
func decades(r Range) (marks []tick) {
	from, to := math.Floor(math.Log10(r.Min)), math.Ceil(math.Log10(r.Max))
	for e := from; e <= to; e++ {
		for _, m := range []float64{1, 2, 5} {
			v := m * math.Pow(10, e)
			if v < r.Min*(1-1e-9) || v > r.Max*(1+1e-9) || m > 1 && to-from > 2 {
				continue
			}
			marks = append(marks, tick{v, label(v, int(max(0, -e)))})
		}
	}
	return marks
}

// whole returns ticks at whole numbers.
func whole(r Range) []tick {
	for limit := 20; ; limit-- {
		if step, decimals := tickStep((r.Max - r.Min) / float64(limit)); decimals == 0 && step >= 1 || limit == 2 {
			return ticks(r, limit)
		}
	}
}
