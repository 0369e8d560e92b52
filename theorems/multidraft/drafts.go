package multidraft

import (
	"errors"
	"fmt"
	"sync"

	"pstar/rational"
)

// The names of the draft models, as Drafts.Model returns them.
const (
	ModelIID                = "iid"
	ModelIndependent        = "independent"
	ModelWithoutReplacement = "without-replacement"
	ModelJoint              = "joint"
)

// MaxDrafts is the largest number of drafts a model accepts.
const MaxDrafts = 1 << 16

// Models lists the names of the draft models in their fixed order.
func Models() []string {
	return []string{ModelIID, ModelIndependent, ModelWithoutReplacement, ModelJoint}
}

// Drafts is a law of K draft tokens X_1, ..., X_K over the tokens 0..N-1,
// exact throughout. The models are IID, Independent, WithoutReplacement and
// Joint; values come from their constructors, never change, and may be shared
// by goroutines.
type Drafts interface {
	// Model returns the name of the model, one of Models.
	Model() string
	// K returns the number of drafts and N the size of the alphabet.
	K() int
	N() int
	// Word returns Pr(X = word). It panics unless the word has K tokens, all
	// in 0..N-1.
	Word(word []int) rational.Rat
	// B returns B(s) = Pr(all drafts lie in s), by the formula of the model.
	B(s Set) rational.Rat
	// SupportLaw returns b_T = Pr({X_1, ..., X_K} = T) for the T of
	// Supports(K, N), in that order. It panics where Supports does. The
	// caller owns the slice.
	SupportLaw() []rational.Rat

	// integerLaw returns the law of the support in its smallest common unit.
	integerLaw() *integerLaw
}

// An integerLaw is a law on Supports(K, N) in one unit: weights[j]/unit is the
// probability of support j, and unit is the least common denominator.
type integerLaw struct {
	supports []Set
	weights  []rational.Int
	unit     rational.Int
}

// newIntegerLaw brings weights over some common unit to the least one. It
// keeps and changes weights.
func newIntegerLaw(supports []Set, weights []rational.Int, unit rational.Int) *integerLaw {
	common := unit
	for _, w := range weights {
		if common.IsOne() {
			break
		}
		common = rational.GCD(common, w)
	}
	if !common.IsOne() {
		for j, w := range weights {
			weights[j] = w.DivExact(common)
		}
		unit = unit.DivExact(common)
	}
	return &integerLaw{supports: supports, weights: weights, unit: unit}
}

func (l *integerLaw) rats() []rational.Rat {
	law := make([]rational.Rat, len(l.weights))
	for j, w := range l.weights {
		law[j] = rational.RatFromInts(w, l.unit)
	}
	return law
}

// within returns the probability that the support is a subset of s.
func (l *integerLaw) within(s Set) rational.Rat {
	var sum rational.Int
	for j, t := range l.supports {
		if t.SubsetOf(s) {
			sum = sum.Add(l.weights[j])
		}
	}
	return rational.RatFromInts(sum, l.unit)
}

// draftBase is what all models have in common.
type draftBase struct {
	k, n int
	law  func() *integerLaw // computed once, when first needed
}

func (d *draftBase) K() int                     { return d.k }
func (d *draftBase) N() int                     { return d.n }
func (d *draftBase) SupportLaw() []rational.Rat { return d.law().rats() }
func (d *draftBase) integerLaw() *integerLaw    { return d.law() }

func (d *draftBase) checkWord(word []int) {
	if len(word) != d.k {
		panic(fmt.Sprintf("multidraft: word of %d tokens, want %d", len(word), d.k))
	}
	for _, x := range word {
		if x < 0 || x >= d.n {
			panic(fmt.Sprintf("multidraft: token %d outside 0..%d", x, d.n-1))
		}
	}
}

// checkSet panics unless s is a subset of the alphabet.
func (d *draftBase) checkSet(s Set) {
	if !s.SubsetOf(FullSet(d.n)) {
		panic(fmt.Sprintf("multidraft: %v is not a subset of the %d tokens", s, d.n))
	}
}

func newDraftBase(k, n int, law func() *integerLaw) draftBase {
	return draftBase{k: k, n: n, law: sync.OnceValue(law)}
}

// checkShape reports bad sizes as errors: they come from the user's input.
func checkShape(k, n int) error {
	switch {
	case k < 1 || k > MaxDrafts:
		return fmt.Errorf("K = %d drafts, want 1..%d", k, MaxDrafts)
	case n < 1 || n > MaxTokens:
		return fmt.Errorf("alphabet of %d tokens, want 1..%d", n, MaxTokens)
	}
	return nil
}

// errEmptyDistribution is what a distribution without entries gives.
var errEmptyDistribution = errors.New("empty distribution")

// A distribution is a probability vector in its smallest common unit: token i
// has probability weights[i]/unit, and the weights sum to unit.
type distribution struct {
	weights []rational.Int
	unit    rational.Int
}

// newDistribution checks that the entries of p are nonnegative and sum to
// exactly 1. Its errors call entry i name_(i+1).
func newDistribution(name string, p []rational.Rat) (distribution, error) {
	if len(p) == 0 {
		return distribution{}, fmt.Errorf("%s: %w", name, errEmptyDistribution)
	}
	for i, x := range p {
		if x.Sign() < 0 {
			return distribution{}, fmt.Errorf("%s_%d = %v is negative", name, i+1, x)
		}
	}
	d := inCommonUnit(p)
	var sum rational.Int
	for _, w := range d.weights {
		sum = sum.Add(w)
	}
	if !sum.Equal(d.unit) {
		return distribution{}, fmt.Errorf("%s sums to %v, want exactly 1", name, rational.RatFromInts(sum, d.unit))
	}
	return d, nil
}

// inCommonUnit writes rationals over their least common denominator.
func inCommonUnit(p []rational.Rat) distribution {
	unit := rational.NewInt(1)
	for _, x := range p {
		// Most entries of a long list add nothing new, and a remainder is
		// cheaper than a greatest common divisor.
		if _, rest := unit.QuoRem(x.Den()); !rest.IsZero() {
			unit = rational.LCM(unit, x.Den())
		}
	}
	weights := make([]rational.Int, len(p))
	for i, x := range p {
		weights[i] = unit.DivExact(x.Den()).Mul(x.Num())
	}
	return distribution{weights: weights, unit: unit}
}

// mass returns the weight of the set s.
func (d distribution) mass(s Set) rational.Int {
	var sum rational.Int
	for ; s != 0; s &= s - 1 {
		sum = sum.Add(d.weights[s.lowest()])
	}
	return sum
}

// probability returns the probability of the set s.
func (d distribution) probability(s Set) rational.Rat {
	return rational.RatFromInts(d.mass(s), d.unit)
}
