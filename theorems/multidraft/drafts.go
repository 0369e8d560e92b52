package multidraft

import (
	"fmt"
	"sync"

	"pstar/internal/each"
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
// exact throughout, for any N. The models are IID, Independent, WithoutReplacement and
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
	// B returns B(s) = Pr(all drafts lie in s), by the formula of the model. It
	// panics for more than MaxTokens tokens.
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
	// The greatest common divisor of the unit and all weights, by which all can be cut.
	common := unit
	for _, w := range weights {
		// It divides nothing any more, and the rest of a long list need not be looked at.
		if common.IsOne() {
			break
		}
		common = rational.GCD(common, w)
	}
	if !common.IsOne() {
		// In place: the list is the constructor's own.
		for j, w := range weights {
			weights[j] = w.DivExact(common)
		}
		unit = unit.DivExact(common)
	}
	return &integerLaw{supports: supports, weights: weights, unit: unit}
}

// rats are the probabilities as reduced fractions.
// Sums with them are dearer than in the unit, which is why sums are made before.
func (l *integerLaw) rats() []rational.Rat {
	return each.Of(l.weights, func(w rational.Int) rational.Rat { return rational.RatFromInts(w, l.unit) })
}

// within returns the probability that the support is a subset of s.
// O(number of supports): for one set. Models with a product formula have a faster way.
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

// K returns the number of drafts, N the number of tokens, and SupportLaw b_T by
// support: see [Drafts].
func (d *draftBase) K() int                     { return d.k }
func (d *draftBase) N() int                     { return d.n }
func (d *draftBase) SupportLaw() []rational.Rat { return d.law().rats() }
func (d *draftBase) integerLaw() *integerLaw    { return d.law() }

// checkWord panics unless the word has K tokens of the alphabet: words come from the program
// itself.
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

// newDraftBase keeps the way to the law of the support. That may take long and is often not
// needed; goroutines that want it together get it once.
func newDraftBase(k, n int, law func() *integerLaw) draftBase {
	return draftBase{k: k, n: n, law: sync.OnceValue(law)}
}

// CheckShape reports bad sizes of a cell as errors: they come from the user's input.
func CheckShape(k, n int) error {
	if err := checkCount(k); err != nil {
		return err
	}
	if n < 1 || n > MaxTokens {
		return fmt.Errorf("alphabet of %d tokens, want 1..%d", n, MaxTokens)
	}
	return nil
}

// checkCount reports a number of drafts that no model accepts.
func checkCount(k int) error {
	if k < 1 || k > MaxDrafts {
		return fmt.Errorf("K = %d drafts, want 1..%d", k, MaxDrafts)
	}
	return nil
}
