package multidraft

import (
	"errors"
	"fmt"

	"pstar/rational"
)

// A Distribution is an exact probability vector over any number of tokens, kept
// as integer weights over one unit. It does not change once made.
type Distribution struct{ d distribution }

// ErrZeroVector is the error of weights that sum to zero.
var ErrZeroVector = errors.New("all weights are zero")

// NewDistribution returns p as a distribution. It fails, naming the entry or
// the sum, if p is empty, has a negative entry or does not sum to exactly 1.
func NewDistribution(name string, p []rational.Rat) (Distribution, error) {
	d, err := newDistribution(name, p)
	return Distribution{d}, err
}

// FromWeights returns the distribution proportional to the weights: weights[i]
// over their sum. It fails if there is none, if one is negative, or if all are
// zero (ErrZeroVector). Taking weights that share a unit saves the common
// denominator of a large vocabulary.
func FromWeights(name string, weights []rational.Int) (Distribution, error) {
	if len(weights) == 0 {
		return Distribution{}, fmt.Errorf("%s: %w", name, errEmptyDistribution)
	}
	var sum rational.Int
	for i, w := range weights {
		if w.Sign() < 0 {
			return Distribution{}, fmt.Errorf("%s_%d is negative", name, i+1)
		}
		sum = sum.Add(w)
	}
	if sum.IsZero() {
		return Distribution{}, fmt.Errorf("%s: %w", name, ErrZeroVector)
	}
	return Distribution{distribution{weights: weights, unit: sum}}, nil
}

// N returns the number of tokens.
func (d Distribution) N() int { return len(d.d.weights) }

// At returns the probability of token i.
func (d Distribution) At(i int) rational.Rat {
	return rational.RatFromInts(d.d.weights[i], d.d.unit)
}

// Rats returns all probabilities. The caller owns the slice.
func (d Distribution) Rats() []rational.Rat { return d.d.rats() }

// FirstDifference returns the first token to which d and e give different
// probabilities, or -1. It panics if they have different lengths.
func (d Distribution) FirstDifference(e Distribution) int {
	if d.N() != e.N() {
		panic(fmt.Sprintf("multidraft: distributions over %d and %d tokens", d.N(), e.N()))
	}
	for i, w := range d.d.weights {
		if !w.Mul(e.d.unit).Equal(e.d.weights[i].Mul(d.d.unit)) {
			return i
		}
	}
	return -1
}

// Positive counts the tokens of positive probability.
func (d Distribution) Positive() int { return d.d.positive() }

func (d distribution) rats() []rational.Rat {
	p := make([]rational.Rat, len(d.weights))
	for i, w := range d.weights {
		p[i] = rational.RatFromInts(w, d.unit)
	}
	return p
}

func (d distribution) positive() int {
	count := 0
	for _, w := range d.weights {
		count += w.Sign()
	}
	return count
}

// massOf returns the weight of a list of tokens.
func (d distribution) massOf(tokens []int) rational.Int {
	var sum rational.Int
	for _, i := range tokens {
		sum = sum.Add(d.weights[i])
	}
	return sum
}

// only returns the distribution conditioned on the tokens that keep is true
// for; they must have positive weight together.
func (d distribution) only(keep func(i int) bool) distribution {
	restricted := distribution{weights: make([]rational.Int, len(d.weights))}
	for i, w := range d.weights {
		if keep(i) {
			restricted.weights[i] = w
			restricted.unit = restricted.unit.Add(w)
		}
	}
	return restricted
}

// The smaller and the larger of two integers.
func minInt(x, y rational.Int) rational.Int {
	if y.Cmp(x) < 0 {
		return y
	}
	return x
}

func positivePart(x rational.Int) rational.Int {
	if x.Sign() < 0 {
		return rational.Int{}
	}
	return x
}

// CommonUnit writes rationals as integer multiples of 1/unit, where unit is
// their least common denominator.
func CommonUnit(p []rational.Rat) (weights []rational.Int, unit rational.Int) {
	d := inCommonUnit(p)
	return d.weights, d.unit
}
