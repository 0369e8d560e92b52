package multidraft

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
)

// A Distribution is an exact probability vector over any number of tokens in
// integers: token i has probability weights[i]/unit, and the weights sum to unit.
// It does not change once made, so that its weights may be shared.
type Distribution struct {
	// Weights are not negative and sum to Unit, which need not be the least: the same law can
	// have several units.
	Weights rational.Packed
	Unit    rational.Int
}

// errEmptyDistribution is what a distribution without entries gives.
var errEmptyDistribution = errors.New("empty distribution")

// ErrZeroVector is the error of weights that sum to zero.
var ErrZeroVector = errors.New("all weights are zero")

// A SumError is the error of probabilities that do not sum to 1.
type SumError struct {
	Name string
	Sum  rational.Rat
}

func (e *SumError) Error() string { return fmt.Sprintf("%s sums to %v, want exactly 1", e.Name, e.Sum) }

// NewDistribution returns p as a distribution in its smallest unit. It fails, naming
// the entry name_(i+1) or the sum, if p is empty, has a negative entry or does not sum
// to exactly 1, which is a [*SumError].
func NewDistribution(name string, p []rational.Rat) (Distribution, error) {
	// Nobody could draft or select anything.
	if len(p) == 0 {
		return Distribution{}, fmt.Errorf("%s: %w", name, errEmptyDistribution)
	}
	for i, x := range p {
		if x.Sign() < 0 {
			return Distribution{}, fmt.Errorf("%s_%d = %v is negative", name, i+1, x)
		}
	}
	// Over one denominator the check is a sum of integers, not of fractions.
	d := InCommonUnit(p)
	// Exactly: a sum that is nearly 1 is another law, and normalising it is the caller's decision.
	if total := d.Weights.Sum(); !total.Equal(d.Unit) {
		return Distribution{}, &SumError{name, rational.RatFromInts(total, d.Unit)}
	}
	return d, nil
}

// FromWeights returns the distribution proportional to the weights: weights[i]
// over their sum. It fails if there is none, if one is negative, or if all are
// zero (ErrZeroVector). Taking weights that share a unit saves the common
// denominator of a large vocabulary.
func FromWeights(name string, weights []rational.Int) (Distribution, error) {
	return FromPacked(name, rational.Pack(weights))
}

// FromPacked is [FromWeights] for a packed list, which is kept and not copied.
func FromPacked(name string, weights rational.Packed) (Distribution, error) {
	if weights.Len() == 0 {
		return Distribution{}, fmt.Errorf("%s: %w", name, errEmptyDistribution)
	}
	if i := weights.Negative(); i >= 0 {
		return Distribution{}, fmt.Errorf("%s_%d is negative", name, i+1)
	}
	sum := weights.Sum()
	if sum.IsZero() {
		return Distribution{}, fmt.Errorf("%s: %w", name, ErrZeroVector)
	}
	// Over their sum they sum to 1.
	return Distribution{Weights: weights, Unit: sum}, nil
}

// N returns the number of tokens.
func (d Distribution) N() int { return d.Weights.Len() }

// At returns the probability of token i.
func (d Distribution) At(i int) rational.Rat {
	return rational.RatFromInts(d.Weights.At(i), d.Unit)
}

// Rats returns all probabilities. The caller owns the slice.
// Each is reduced: for long lists that costs a greatest common divisor an entry.
func (d Distribution) Rats() []rational.Rat {
	return each.To(d.N(), d.At)
}

// FirstDifference returns the first token to which d and e give different
// probabilities, or -1. It panics if they have different lengths.
func (d Distribution) FirstDifference(e Distribution) int {
	if d.N() != e.N() {
		panic(fmt.Sprintf("multidraft: distributions over %d and %d tokens", d.N(), e.N()))
	}
	// Crosswise, since units may differ: neither side is reduced for it.
	for i, w := range d.Weights.All() {
		if !w.Mul(e.Unit).Equal(e.Weights.At(i).Mul(d.Unit)) {
			return i
		}
	}
	return -1
}

// Positive counts the tokens of positive probability.
func (d Distribution) Positive() int {
	count := 0
	for _, w := range d.Weights.All() {
		// No weight is negative, so that signs count.
		count += w.Sign()
	}
	return count
}

// mass returns the weight of the set s.
// In units of 1/Unit. The set has tokens of the alphabet only.
func (d Distribution) mass(s Set) rational.Int {
	var sum rational.Int
	// Bit by bit from the lowest: as many steps as tokens.
	for ; s != 0; s &= s - 1 {
		sum = sum.Add(d.Weights.At(s.Lowest()))
	}
	return sum
}

// probability returns the probability of the set s.
func (d Distribution) probability(s Set) rational.Rat {
	return rational.RatFromInts(d.mass(s), d.Unit)
}

// MassOf returns the weight of a list of tokens.
func (d Distribution) MassOf(tokens []int) rational.Int {
	// One accumulator: a vocabulary has long lists.
	var sum rational.Sum
	for _, i := range tokens {
		sum.Add(d.Weights.At(i))
	}
	return sum.Int()
}

// Only returns the distribution conditioned on the tokens that keep is true
// for; they must have positive weight together.
// Its unit is the weight kept, so that the same weights serve.
func (d Distribution) Only(keep func(i int) bool) Distribution {
	restricted := Distribution{Weights: rational.NewPacked(d.Weights.Len())}
	for i, w := range d.Weights.All() {
		if keep(i) {
			restricted.Weights.Set(i, w)
			// Entries left out stay 0 and keep their numbers.
			restricted.Unit = restricted.Unit.Add(w)
		}
	}
	return restricted
}

// InCommonUnit writes rationals over their least common denominator, whatever their
// sum.
func InCommonUnit(p []rational.Rat) Distribution {
	weights, unit := rational.RatVector(p).Integers()
	return Distribution{Weights: rational.Pack(weights), Unit: unit}
}

// Sum returns the sum of the list.
func Sum(list []rational.Int) rational.Int {
	var total rational.Sum
	for _, x := range list {
		total.Add(x)
	}
	return total.Int()
}

// Likeliest returns the tokens of the count largest probabilities, of equal ones
// the first.
func (d Distribution) Likeliest(count int) []int {
	// By place and not by value: the tokens are what is asked for.
	order := Identity(d.Weights.Len())
	slices.SortFunc(order, func(i, j int) int {
		// Ties by number, so that any sorting algorithm gives the same list.
		return cmp.Or(d.Weights.At(j).Cmp(d.Weights.At(i)), i-j)
	})
	return order[:min(count, len(order))]
}
