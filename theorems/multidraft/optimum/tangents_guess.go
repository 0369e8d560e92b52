package optimum

import (
	"math"
	"slices"

	"pstar/rational"
	"pstar/theorems/multidraft"
)

// A pairGuess looks for sets and tangents in floating point. Nothing is decided by
// it: a pairSearch compares every set and proves every bound in integers.
type pairGuess struct{ a, b, q []float64 }

func newPairGuess(p1, p2, q multidraft.Distribution) *pairGuess {
	return &pairGuess{a: Floats(p1), b: Floats(p2), q: Floats(q)}
}

// Floats are probabilities up to a few of their last digits, and 0 where they are too
// small for a float.
func Floats(d multidraft.Distribution) []float64 {
	list := make([]float64, d.Weights.Len())
	// Mantissas and exponents apart: weights may be beyond what a float holds.
	unit, shift := d.Unit.Leading()
	for i, w := range d.Weights.All() {
		m, e := w.Leading()
		list[i] = math.Ldexp(float64(m)/float64(unit), e-shift)
	}
	return list
}

// starts returns the sets that a coarse grid of tangents leads to.
func (g *pairGuess) starts() (sets [][]int) {
	const steps = 6
	for i := range steps + 1 {
		// From both axes: l is a slope for the first law, m a part of the second.
		for j := range steps + 1 {
			set := g.descend(rational.NewRat(int64(i), steps), rational.NewRat(int64(j), steps))
			if !slices.ContainsFunc(sets, func(known []int) bool { return slices.Equal(known, set) }) {
				sets = append(sets, set)
			}
		}
	}
	return sets
}

// descend iterates from a tangent to a set that is its own.
func (g *pairGuess) descend(slope, part rational.Rat) []int {
	// Floats from here on: the set that comes out is compared exactly elsewhere.
	l, m := slope.Float64(), part.Float64()
	var set []int
	for range 50 {
		var a, b float64
		// Strictly negative terms only, as in the exact set.
		next := make([]int, 0, len(set))
		for i, q := range g.q {
			if q < l*g.a[i]+m*g.b[i] {
				next, a, b = append(next, i), a+g.a[i], b+g.b[i]
			}
		}
		// Its own tangent's set. A set that is none is a guess all the same.
		if slices.Equal(next, set) {
			break
		}
		set, l, m = next, b, a
	}
	return set
}

// bound is G(l, m), and a(S) for the set S that attains it.
func (g *pairGuess) bound(l, m float64) (value, a float64) {
	value = l * m
	for i, q := range g.q {
		// Terms that are not negative are 0 in the minimum.
		if t := q - l*g.a[i] - m*g.b[i]; t < 0 {
			value, a = value+t, a+g.a[i]
		}
	}
	return value, a
}

// tangent returns the l with the largest of the smaller G(l, m) at two ends, which
// is concave in l. Most often it lies between 0 and 1.
func (g *pairGuess) tangent(from, to rational.Rat) rational.Rat {
	// A pair of floats: what is found is proved or thrown away.
	m1, m2 := from.Float64(), to.Float64()
	rises := func(l float64) bool {
		v1, a1 := g.bound(l, m1)
		v2, a2 := g.bound(l, m2)
		// The smaller of the two counts, and its slope in l is m - a(S).
		if v2 < v1 {
			return m2 > a2
		}
		return m1 > a1
	}
	// A law of q far above p can push the tangent out; beyond this no float helps.
	const widest = 1 << 60
	low, high := 0.0, 1.0
	for step := 1.0; !rises(low) && step < widest; step *= 2 {
		low, high = -step, low
	}
	for step := 2.0; rises(high) && step < widest; step *= 2 {
		low, high = high, step
	}
	// Fifty halvings leave less than a float can tell apart.
	for range 50 {
		l := (low + high) / 2
		if rises(l) {
			low = l
		} else {
			high = l
		}
	}
	l, _ := rational.RatFromFloat64((low + high) / 2)
	return l
}

// hopeless reports whether a bound is so far below the value of a set that an exact
// comparison is not worth its time.
func (g *pairGuess) hopeless(slope, from, to rational.Rat, set []int) bool {
	var a, b, q float64
	for _, i := range set {
		a, b, q = a+g.a[i], b+g.b[i], q+g.q[i]
	}
	v1, _ := g.bound(slope.Float64(), from.Float64())
	v2, _ := g.bound(slope.Float64(), to.Float64())
	// By more than all roundings here: a hopeless bound is never a tight one.
	return math.Min(v1, v2) < q-a*b-1e-9
}
