package multidraft

import (
	"fmt"
	"slices"

	"pstar/rational"
)

// WithoutReplacement is the model of K distinct drafts drawn one after another
// from p renormalised on the tokens not drawn yet:
//
//	Pr(x_1 ... x_K) = p(x_1) * p(x_2)/(1-p(x_1)) * p(x_3)/(1-p(x_1)-p(x_2)) ...
//
// Every support has K tokens.
type WithoutReplacement struct {
	draftBase
	row Distribution
}

// NewWithoutReplacement returns the law of k drafts from p without
// replacement. It fails if k is not in 1..MaxDrafts, if p is not a distribution, or if
// fewer than k tokens have positive probability.
func NewWithoutReplacement(k int, p []rational.Rat) (*WithoutReplacement, error) {
	if err := checkCount(k); err != nil {
		return nil, err
	}
	row, err := NewDistribution("p", p)
	if err != nil {
		return nil, err
	}
	return withoutReplacement(k, row)
}

func withoutReplacement(k int, row Distribution) (*WithoutReplacement, error) {
	// After that many draws nothing would be left to draw from.
	if positive := row.Positive(); positive < k {
		return nil, fmt.Errorf("p gives positive probability to %d tokens, want at least K = %d without replacement", positive, k)
	}
	// The law is expensive and may never be asked for: see newDraftBase.
	base := newDraftBase(k, row.N(), func() *integerLaw { return distinctLaw(k, row) })
	return &WithoutReplacement{draftBase: base, row: row}, nil
}

// Model returns ModelWithoutReplacement.
func (d *WithoutReplacement) Model() string { return ModelWithoutReplacement }

// P returns the distribution drawn from. The caller owns the slice.
func (d *WithoutReplacement) P() []rational.Rat { return d.row.Rats() }

// Word returns the probability of drawing the word's tokens in this order,
// zero if a token repeats.
func (d *WithoutReplacement) Word(word []int) rational.Rat {
	d.checkWord(word)
	// Numerator and denominator apart, and one reduction in the end.
	num, den := rational.NewInt(1), rational.NewInt(1)
	var drawn rational.Int // weight of the tokens before
	for k, x := range word {
		w := d.row.Weights.At(x)
		// Before the division: what is left may be 0 behind such a word.
		if w.IsZero() || slices.Contains(word[:k], x) {
			return rational.Rat{}
		}
		num = num.Mul(w)
		den = den.Mul(d.row.Unit.Sub(drawn)) // positive: it includes x
		drawn = drawn.Add(w)
	}
	return rational.RatFromInts(num, den)
}

// B returns the probability that all drafts lie in s, the sum of b_T over T
// within s. It panics where Supports does.
func (d *WithoutReplacement) B(s Set) rational.Rat {
	d.checkSet(s)
	return d.law().within(s)
}

// distinctLaw computes the law of the drawn set, one draft at a time. With
// f(T) the probability that the first |T| drafts are T in some order,
//
//	f(T) = sum over x in T of f(T - x) p(x) / (1 - p(T - x)),   f({}) = 1.
//
// All f of one size are kept over one denominator, so that only the
// denominators 1 - p(T - x) of a size need a common multiple.
func distinctLaw(k int, row Distribution) *integerLaw {
	n := row.Weights.Len()
	supports := Supports(k, n)
	f := make([]rational.Int, len(supports))
	// After the first draft the sets are the single tokens, which stand first in the list.
	unit := row.Unit
	// Each round turns f of one size into f of the next, over one more factor in the unit.
	copy(f, row.Weights.Ints())
	for size := 2; size <= k; size++ {
		first, end := CountSupports(size-1, n), CountSupports(size, n)
		previous := 0
		// Sets of one token stand at the beginning.
		if size > 2 {
			previous = CountSupports(size-2, n)
		}
		scale := divideByRest(supports[previous:first], f[previous:first], row)
		unit = unit.Mul(scale)
		for j := first; j < end; j++ {
			t := supports[j]
			var sum rational.Int
			// Whichever token of T came last.
			for rest := t; rest != 0; rest &= rest - 1 {
				x := rest.Lowest()
				sum = sum.Add(f[SupportIndex(n, t&^(1<<x))].Mul(row.Weights.At(x)))
			}
			f[j] = sum
		}
		clear(f[previous:first]) // no support of k drafts is smaller than k
	}
	return newIntegerLaw(supports, f, unit)
}

// divideByRest replaces each f(T) by scale * f(T) / (weight outside T), where
// scale is the least common multiple of the weights outside the T that have
// f(T) > 0, and returns scale. Those weights are positive, as more tokens have
// positive probability than such a T holds.
func divideByRest(supports []Set, f []rational.Int, row Distribution) (scale rational.Int) {
	// 1 − p(T) in weights, for the T that can have been drawn.
	scale = rational.NewInt(1)
	rest := make([]rational.Int, len(supports))
	for j, t := range supports {
		// The weight outside may be 0, and nothing is divided by it.
		if f[j].IsZero() {
			continue
		}
		rest[j] = row.Unit.Sub(row.mass(t))
		// Most divide the multiple so far: a remainder is cheaper than a greatest common divisor.
		if _, r := scale.QuoRem(rest[j]); !r.IsZero() {
			scale = rational.LCM(scale, rest[j])
		}
	}
	// Now all divisions have no rest.
	for j := range f {
		if !f[j].IsZero() {
			f[j] = f[j].Mul(scale.DivExact(rest[j]))
		}
	}
	return scale
}

// maxLawBits bounds the binary digits of a law of drafts without replacement that is worth writing out: they
// take a quarter of a gigabyte, and a flow in it some seconds.
const maxLawBits int64 = 1 << 31

// LongLaw reports whether the probabilities of the sets of drafts may be too long to be written out
// together. Those of drafts without replacement may be: their common denominator has a factor for each set of
// tokens after which there is another draft, by its probability, and there is a multiple of it for each set of K.
func (in *Instance) LongLaw() bool {
	d, ok := in.drafts.(*WithoutReplacement)
	if !ok {
		return false
	}
	bits := int64(d.row.Unit.BitLen())
	// What is left weighs at most the unit, and the numbers up to m have a common multiple of at most 3m/2 binary digits.
	all := maxLawBits
	if unit, small := d.row.Unit.Int64(); small {
		all = min(all, unit) * 3 / 2
	}
	n, kinds := int64(d.row.Positive()), int64(d.row.kinds())
	// Of as many tokens as there were drafts: sets, and sets that differ in what their tokens weigh.
	sets, differ, digits := int64(1), int64(1), bits
	for drafts := range int64(d.K()) {
		digits += min(differ*bits, all)
		sets = sets * (n - drafts) / (drafts + 1)
		differ = min(sets, differ*(kinds+drafts)/(drafts+1))
		if sets > maxLawBits/digits {
			return true
		}
	}
	return false
}

// kinds counts the positive weights that differ.
func (d Distribution) kinds() int {
	list := slices.DeleteFunc(d.Weights.Ints(), rational.Int.IsZero)
	slices.SortFunc(list, rational.Int.Cmp)
	return len(slices.CompactFunc(list, rational.Int.Equal))
}
