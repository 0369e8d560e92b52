package study

import (
	"context"
	"sync"

	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/multidraft"
	"pstar/theorems/multidraft/scheme"
)

// A StepValue is the acceptance of one scheme at one step, or the reason why it
// has none there.
type StepValue struct {
	Scheme     string // or CurveOptimal
	Acceptance enclose.Interval
	// Variation is how far the output of a rule of one's own is from q, if that is within its tolerance.
	Variation rational.Rat
	// Lossy is that the output of the scheme has another law than q, with the γ that was given.
	Lossy bool
	// Wide is that the acceptance is not known as narrowly as the options ask, see [scheme.Scheme.Asked].
	Wide bool
	Err  error
}

// EvaluateStep returns the acceptance of every scheme of the list at one step of
// a sequence; CurveOptimal stands for P*. It fails only if ctx ends.
func EvaluateStep(ctx context.Context, s *multidraft.Instance, schemes []string, o scheme.Options) ([]StepValue, error) {
	// One for each name, in their order, those without a value included.
	values := make([]StepValue, len(schemes))
	for j, name := range schemes {
		values[j] = testedValue(ctx, s, name, o)
		// A value that failed because the time was up is none: the step is not told at all.
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// stepValue is the acceptance of a scheme, or of an optimal rule, on one instance. It is an
// interval of no width where the value is exact. The error is that of the scheme, or
// [*theorems.Unsettled] for what is too large.
func stepValue(ctx context.Context, s *multidraft.Instance, name string, o scheme.Options) (enclose.Interval, error) {
	v := testedValue(ctx, s, name, o)
	return v.Acceptance, v.Err
}

// testedValue is that, and whether the scheme is lossless.
func testedValue(ctx context.Context, s *multidraft.Instance, name string, o scheme.Options) StepValue {
	v := StepValue{Scheme: name}
	if name == CurveOptimal {
		// An enclosure is enough for a mean, and is there for vocabularies where the exact value
		// is not.
		v.Acceptance, v.Err = o.Optimum(ctx, s)
		v.Wide = v.Err == nil && v.Acceptance.Width().Cmp(o.AskedOfOptimum(s)) > 0
		return v
	}
	// A name that is no scheme is an error of this value alone.
	c, err := scheme.Lookup(name)
	if err != nil {
		v.Err = err
		return v
	}
	lossless := true
	v.Acceptance, lossless, v.Err = c.Tested(ctx, s, o)
	v.Lossy = v.Err == nil && !lossless
	v.Wide = v.Err == nil && v.Acceptance.Width().Cmp(c.Asked(o)) > 0
	return v
}

// meanDigits are the decimal digits to which a Mean rounds each value outwards.
const meanDigits = 30

// A Mean encloses the mean of a sequence. Every value is rounded outwards to 30
// digits, so that the memory does not grow with the number of values as the
// denominators of an exact sum would; the enclosure is at most 1e-30 wider than
// the values' own. The zero value is an empty sequence. It may be shared by
// goroutines.
type Mean struct {
	lock         sync.Mutex
	count        int
	lower, upper rational.Int // sums in units of 1e-30
}

// Add adds a value to the sequence.
func (m *Mean) Add(v enclose.Interval) {
	// Rounded down, whether or not it is exact.
	lower, _ := floorAt(v.Lo, meanDigits)
	upper, exact := floorAt(v.Hi, meanDigits)
	// Upwards: the floor plus one is above a value that is no multiple of the unit, and equal to
	// none that is.
	if !exact {
		upper = upper.Add(rational.NewInt(1))
	}
	m.lock.Lock()
	defer m.lock.Unlock()
	m.count++
	m.lower, m.upper = m.lower.Add(lower), m.upper.Add(upper)
}

// Count returns the length of the sequence.
func (m *Mean) Count() int {
	m.lock.Lock()
	defer m.lock.Unlock()
	return m.count
}

// Value encloses the mean. It panics if the sequence is empty.
func (m *Mean) Value() enclose.Interval {
	m.lock.Lock()
	defer m.lock.Unlock()
	if m.count == 0 {
		panic("study: mean of an empty sequence")
	}
	// One division in the end, of sums that are whole numbers.
	unit := rational.NewInt(10).Pow(meanDigits).Mul(rational.NewInt(int64(m.count)))
	return enclose.Interval{Lo: rational.RatFromInts(m.lower, unit), Hi: rational.RatFromInts(m.upper, unit)}
}

// A Sum is what a [Mean] keeps of its sequence: with it the sequence goes on elsewhere.
type Sum struct {
	Count int          `json:"count"`
	Lower rational.Rat `json:"lower"` // whole numbers, in units of 1e-30
	Upper rational.Rat `json:"upper"`
}

// Sum returns that of the sequence.
func (m *Mean) Sum() Sum {
	m.lock.Lock()
	defer m.lock.Unlock()
	// Whole numbers as fractions, so that files have them as they have all numbers.
	one := rational.NewInt(1)
	return Sum{m.count, rational.RatFromInts(m.lower, one), rational.RatFromInts(m.upper, one)}
}

// Append adds a sequence at the end.
func (m *Mean) Append(s Sum) {
	m.lock.Lock()
	defer m.lock.Unlock()
	m.count += s.Count
	// Integers, so that the order of sequences does not change the sums.
	m.lower, m.upper = m.lower.Add(s.Lower.Num()), m.upper.Add(s.Upper.Num())
}

// floorAt returns the largest integer at most v 10^digits, for v >= 0, and
// whether it is equal.
func floorAt(v rational.Rat, digits uint) (rational.Int, bool) {
	// v >= 0, for which the quotient towards 0 is the floor.
	q, r := v.Num().Mul(rational.NewInt(10).Pow(digits)).QuoRem(v.Den())
	return q, r.IsZero()
}
