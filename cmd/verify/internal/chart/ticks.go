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

func label(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}
