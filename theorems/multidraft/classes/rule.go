package classes

import (
	"fmt"
	"slices"

	"pstar/rational"
)

// A Rule says with which probabilities a draft gets a class.
type Rule struct {
	K, N    int // number of drafts and tokens
	Classes int
	Levels  []Level // at least one, by ascending ratio
}

// A Level has the probabilities of classes at a ratio q_i/p_i.
type Level struct {
	Ratio rational.Rat
	Class []Weight // by ascending class, without those of probability 0
}

// A Weight is the probability of a class, which is counted from 0.
type Weight struct {
	Class       int
	Probability rational.Rat
}

// Size counts the numbers of a rule: ratios, classes and probabilities.
func (r *Rule) Size() int {
	size := 0
	// A ratio, and a class and a probability each.
	for _, l := range r.Levels {
		size += 1 + 2*len(l.Class)
	}
	return size
}

// Check says what keeps r from being a rule, or returns nil.
func (r *Rule) Check() error {
	if len(r.Levels) == 0 || r.Classes < 1 {
		return fmt.Errorf("%d levels and %d classes, want at least one of each", len(r.Levels), r.Classes)
	}
	// The first fault is enough: files are written by programs.
	for b, l := range r.Levels {
		// Two levels of one ratio would leave open which of them counts.
		if b > 0 && r.Levels[b-1].Ratio.Cmp(l.Ratio) >= 0 {
			return fmt.Errorf("level %d: the ratio %v is not above the one before", b+1, l.Ratio)
		}
		if l.Ratio.Sign() < 0 {
			return fmt.Errorf("level %d: the ratio %v is negative", b+1, l.Ratio)
		}
		var sum rational.Rat
		for j, w := range l.Class {
			if w.Class < 0 || w.Class >= r.Classes || j > 0 && l.Class[j-1].Class >= w.Class {
				return fmt.Errorf("level %d: class %d, want ascending classes 1..%d", b+1, w.Class+1, r.Classes)
			}
			// Before the sum, which a negative one might make right.
			if w.Probability.Sign() < 0 {
				return fmt.Errorf("level %d: class %d has the probability %v", b+1, w.Class+1, w.Probability)
			}
			sum = sum.Add(w.Probability)
		}
		// Interpolation between two laws is a law; between what sums to something else it is none.
		if !sum.Equal(rational.NewRat(1, 1)) {
			return fmt.Errorf("level %d: the probabilities of the classes sum to %v, want 1", b+1, sum)
		}
	}
	return nil
}

// Normalized returns the rule with the probabilities of each level divided by their sum, and
// the sums that are neither 1 nor 0. It does not look for other faults.
func (r *Rule) Normalized() (*Rule, []rational.Rat) {
	var sums []rational.Rat
	out := *r
	// The rule that was given stays as it is.
	out.Levels = slices.Clone(r.Levels)
	for b, l := range out.Levels {
		var sum rational.Rat
		for _, w := range l.Class {
			sum = sum.Add(w.Probability)
		}
		// No factor makes a law of 0.
		if sum.IsZero() || sum.Equal(one) {
			continue
		}
		sums = append(sums, sum)
		out.Levels[b].Class = slices.Clone(l.Class)
		for j, w := range l.Class {
			out.Levels[b].Class[j].Probability = w.Probability.Quo(sum)
		}
	}
	return &out, sums
}

// at returns the levels that count for a ratio, b and b+1 with the weight of the first; or
// the same level twice.
func (r *Rule) at(ratio rational.Rat) (b, next int, first rational.Rat) {
	// The first level that is not below the ratio; beyond the ends the last one counts alone.
	after, _ := slices.BinarySearchFunc(r.Levels, ratio, func(l Level, x rational.Rat) int { return l.Ratio.Cmp(x) })
	last := len(r.Levels) - 1
	switch {
	case after == 0:
		return 0, 0, rational.NewRat(1, 1)
	case after > last:
		return last, last, rational.NewRat(1, 1)
	}
	low, high := r.Levels[after-1].Ratio, r.Levels[after].Ratio
	return after - 1, after, high.Sub(ratio).Quo(high.Sub(low))
}

// probabilities are those of all classes at a ratio.
func (r *Rule) probabilities(ratio rational.Rat) []rational.Rat {
	list := make([]rational.Rat, r.Classes)
	b, next, first := r.at(ratio)
	// Both levels may have the class: their parts add up.
	for _, w := range r.Levels[b].Class {
		list[w.Class] = list[w.Class].Add(first.Mul(w.Probability))
	}
	second := rational.NewRat(1, 1).Sub(first)
	for _, w := range r.Levels[next].Class {
		list[w.Class] = list[w.Class].Add(second.Mul(w.Probability))
	}
	return list
}
