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
	// Decimals as many as the step needs, the same for all labels.
	step, decimals := tickStep((r.Max - r.Min) / float64(limit))
	var marks []tick
	// The tolerance keeps a tick that rounding has put just outside the range.
	const tolerance = 1e-9
	// By a count and not by adding the step, so that errors of rounding do not add up.
	for i := math.Ceil(r.Min/step - tolerance); i*step <= r.Max+tolerance*step; i++ {
		marks = append(marks, tick{i * step, label(i*step, decimals)})
	}
	return marks
}

// tickStep returns the least step of the form 1, 2 or 5 times 10^e that is at
// least the given one, and the decimals that its multiples need.
func tickStep(least float64) (step float64, decimals int) {
	// The power of ten at or below: one of its three steps is large enough, or the first of the
	// next.
	e := math.Floor(math.Log10(least))
	for {
		for _, m := range []float64{1, 2, 5} {
			// Powers of ten below 1 are no floats: a step that misses by rounding alone counts.
			if step = m * math.Pow(10, e); step >= least*(1-1e-9) {
				return step, int(max(0, -e))
			}
		}
		e++
	}
}

// label is a number at an axis: with a minus sign of its own, and none for what is printed as 0.
func label(v float64, decimals int) string {
	// Digits behind the point as the step has them.
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	// Rounded to zero: "-0.0" would be a number of its own to a reader.
	if strings.Trim(s, "-0.") == "" {
		return strings.TrimPrefix(s, "-")
	}
	return strings.Replace(s, "-", "−", 1)
}

// mostDecades is how many powers of ten an axis marks.
const mostDecades = 8

// decades returns the powers of ten in a range, and where those are few also their 2 and 5 fold; where they are too many, those
// of every second exponent, or third. Where decimals would have more digits than fit beside an axis all are written as powers.
func decades(r Range) (marks []tick) {
	// The range lies above 0, see [Panel].
	from, to := math.Floor(math.Log10(r.Min)), math.Ceil(math.Log10(r.Max))
	every := math.Ceil((to - from) / mostDecades)
	for e := math.Ceil(from/every) * every; e <= to; e += every {
		for _, m := range []float64{1, 2, 5} {
			v := m * math.Pow(10, e)
			if v < r.Min*(1-1e-9) || v > r.Max*(1+1e-9) || m > 1 && to-from > 2 {
				continue
			}
			// Below 1 it takes as many decimals as the power has zeros.
			text := label(v, int(max(0, -e)))
			if from < -4 || to > 5 {
				if text = power(int(e)); m > 1 {
					text = label(m, 0) + "·" + text
				}
			}
			marks = append(marks, tick{v, text})
		}
	}
	return marks
}

// power writes a power of ten.
func power(e int) string {
	return "10" + strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(strconv.Itoa(e))
}

// scaled returns ticks as [ticks] does. Where all values are so small that their decimals would not fit beside an axis, they are in
// units of a power of ten, which the second result names, to be said with what the axis shows.
func scaled(r Range, limit int) (marks []tick, unit string) {
	largest := max(math.Abs(r.Min), math.Abs(r.Max))
	// Up to three zeros behind the point fit beside the axis.
	if largest >= 1e-3 || largest == 0 {
		return ticks(r, limit), ""
	}
	// The power of the largest value, which then has one digit before the point.
	e := math.Floor(math.Log10(largest))
	// All values are divided by it, and so of ordinary size.
	one := math.Pow(10, e)
	marks = ticks(Range{r.Min / one, r.Max / one}, limit)
	// The labels stay as they are: they count in units of the power.
	for k := range marks {
		marks[k].value *= one
	}
	return marks, ", in " + power(int(e))
}

// whole returns ticks at whole numbers.
func whole(r Range) []tick {
	// As many ticks as give whole steps; a range below one unit ends with one interval, whole or
	// not.
	for limit := 20; ; limit-- {
		// A step below 1 would mark what is no whole number.
		if step, decimals := tickStep((r.Max - r.Min) / float64(limit)); decimals == 0 && step >= 1 || limit == 1 {
			return ticks(r, limit)
		}
	}
}
