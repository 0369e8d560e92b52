package knapsack

import (
	"fmt"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/rational/enclose"
	"pstar/theorems/contention"
	"pstar/theorems/contention/single"
)

// Size is one value of a random size with its probability.
// A size of 0 or a probability of 0 is allowed: the one takes no room, the other never
// happens.
type Size struct{ Size, Probability rational.Rat }

// Element is the law of one random size S on [0, 1] ∪ {∞}: its finite values, in any
// order; what is missing to probability 1 is that of ∞, the element being inactive.
type Element []Size

// Mean returns μ = E[S; S < ∞].
// The mean leaves inactivity out and is not divided by the probability of being active.
func (e Element) Mean() rational.Rat {
	mean := zero
	for _, s := range e {
		mean = mean.Add(s.Size.Mul(s.Probability))
	}
	return mean
}

// probability returns that of being active.
func (e Element) probability() rational.Rat {
	sum := zero
	for _, s := range e {
		sum = sum.Add(s.Probability)
	}
	return sum
}

// Validate reports what is wrong with an instance: there must be an element,
// sizes between 0 and 1, probabilities between 0 and 1 with sum at most 1 for each
// element, and Σμ ≤ 1. An element without sizes is one that is never active. What
// is wrong with one element is an [contention.InstanceError], which names the field.
// The first thing wrong is told.
func Validate(elements []Element) error {
	if len(elements) == 0 {
		return fmt.Errorf("expected at least one element, found none")
	}
	total := zero
	for i, e := range elements {
		// Elements are looked at one by one first, so that the sum is of numbers that are
		// sizes.
		if text := e.invalid(); text != "" {
			return &contention.InstanceError{Kind: "element", Index: i, Text: text}
		}
		// The premise of CRS-T1.4, of all elements together.
		total = total.Add(e.Mean())
	}
	if total.Cmp(one) > 0 {
		return fmt.Errorf("expected mean sizes with sum at most 1, found %s", total)
	}
	return nil
}

// invalid says what is wrong with an element, beginning with the field, or "" for nothing.
// A size is looked at before the sum, since negative probabilities could make a fine one.
func (e Element) invalid() string {
	for k, s := range e {
		if text := s.invalid(); text != "" {
			return fmt.Sprintf("size %d, %s", k+1, text)
		}
	}
	if sum := e.probability(); sum.Cmp(one) > 0 {
		return fmt.Sprintf("sizes: expected probabilities with sum at most 1, found %s", sum)
	}
	return ""
}

// invalid says what is wrong with a size, or "". That the probabilities of an element have a
// sum of at most 1 is asked of all its sizes together.
func (s Size) invalid() string {
	if s.Size.Sign() < 0 || s.Size.Cmp(one) > 0 {
		return fmt.Sprintf("size: expected a number between 0 and 1, found %s", s.Size)
	}
	if s.Probability.Sign() < 0 || s.Probability.Cmp(one) > 0 {
		return fmt.Sprintf("probability: expected a number between 0 and 1, found %s", s.Probability)
	}
	return ""
}

// Means returns the μ_i.
// They are what a choice is computed from; the laws matter for Algorithm 3 alone.
func Means(elements []Element) []rational.Rat {
	return each.Of(elements, Element.Mean)
}

// PhiChoice returns the choice of CRS-L4.4: c_σ(i) is the mean of φ(z) = 4/9 −
// 2z/9 over [μ_σ(i), μ_σ(i)+μ_i]. With m = Σμ ≤ 1, (c_f(i) + c_b(i))/2 = 4/9 − m/9 for
// every i, which is 1/3 for m = 1 and more otherwise.
// It depends on the mean sizes alone. It is not asked here whether their sum is at most 1;
// beyond that the numbers may be negative.
func PhiChoice(mu []rational.Rat) contention.Choice {
	var c contention.Choice
	for _, o := range contention.Orders {
		c[o] = make([]rational.Rat, len(mu))
		// The interval of the first element in this order begins at 0, and each at the end
		// of the one before.
		start := zero
		for _, i := range o.Sequence(len(mu)) {
			end := start.Add(mu[i])
			// φ is affine, so its mean is its value in the middle.
			// φ((a+b)/2) = 4/9 − (a+b)/9.
			c[o][i] = rational.NewRat(4, 9).Sub(start.Add(end).Mul(rational.NewRat(1, 9)))
			start = end
		}
	}
	return c
}

// Violation is a condition of Definition 5 that fails.
type Violation struct {
	Order     contention.Order
	Element   int    // 0-based
	Condition string // "probability", "monotone", "4.1" or "4.2"
}

// String names the order, the element from 1, and the condition.
func (v Violation) String() string {
	return fmt.Sprintf("%s order, element %d: condition %s", v.Order, v.Element+1, v.Condition)
}

// Definition5 decides whether c is feasible for the mean sizes mu (Definition 5)
// and returns every violated condition; none means feasible. In each order σ,
// with i_1 the first element and M = Σ_{j <_σ i} c_σ(j)μ_j:
//
//	probability: 0 ≤ c_σ(i) ≤ 1,
//	monotone:    c_σ(i) is at most that of the element before,
//	4.1:         c_σ(i) ≤ 1 − c_σ(i_1) − M,
//	4.2:         c_σ(i) ≤ 1 − 2M − c_σ(i_1)·exp(−2M/c_σ(i_1)),
//
// where the last term is 0 for c_σ(i_1) = 0. Condition 4.2 compares sums of
// exponentials, so that equality is decided too. It panics unless c has one entry
// for each element.
//
// It is a sufficient condition, not a necessary one: see [Report.attained] for what a violation means.
func Definition5(mu []rational.Rat, c contention.Choice) []Violation {
	var violated []Violation
	for _, o := range contention.Orders {
		if len(c[o]) != len(mu) {
			panic("knapsack: choice and instance differ in length")
		}
		order := o.Sequence(len(mu))
		first := c[o][order[0]]
		m := zero
		for t, i := range order {
			// All violations are listed: which one comes first says little about a choice.
			report := func(condition string) {
				violated = append(violated, Violation{o, i, condition})
			}
			v := c[o][i]
			if v.Sign() < 0 || v.Cmp(one) > 0 {
				report("probability")
			}
			// The first element has none before it.
			if t > 0 && v.Cmp(c[o][order[t-1]]) > 0 {
				report("monotone")
			}
			// The first element has M = 0 and is compared with itself: c ≤ 1/2.
			if v.Cmp(one.Sub(first).Sub(m)) > 0 {
				report("4.1")
			}
			// The sign of a sum of exponentials, which is decided, zero included.
			if slack42(v, first, m).Sign() < 0 {
				report("4.2")
			}
			// M sums over those before, so it grows last.
			m = m.Add(v.Mul(mu[i]))
		}
	}
	return violated
}

// slack42 returns 1 − 2M − c·exp(−2M/c) − v for c = c_σ(i_1).
func slack42(v, first, m rational.Rat) enclose.ExpSum {
	slack := enclose.ExpSumOf(one.Sub(m.Mul(two)).Sub(v))
	// The limit of c·exp(−2M/c) as c falls to 0.
	// A negative number was reported as no probability, and has no exponential worth
	// computing.
	if first.Sign() <= 0 {
		return slack
	}
	// The exponent is rational, so that the sum is one of exponentials of fractions.
	exponent := m.Mul(two).Neg().Quo(first)
	return slack.Sub(enclose.ExpOf(exponent).Scale(first))
}

// Hard returns the instance of CRS-T1.5 for m ≥ 1: 2m+1 elements of size
// 1/2 + 1/m (for m = 1 that is 3/2, which no scheme accepts; use m ≥ 2), active with
// probability ρ/(2m+1), ρ = 2m/(m+2), so that Σμ = 1. No two of them fit together,
// so a knapsack scheme for it is a single-unit scheme for x_i = ρ/(2m+1), and its
// best guarantee is [HardValue]. It panics if m < 2.
// ρ is less than 2, and x_i below 1 for every m.
func Hard(m int) []Element {
	// With all elements alike, one number describes the instance.
	size := half.Add(rational.NewRat(1, int64(mustBeHard(m))))
	elements := make([]Element, 2*m+1)
	for i := range elements {
		elements[i] = Element{{size, hardRho(m).Quo(rational.NewRat(int64(2*m+1), 1))}}
	}
	return elements
}

// HardValue returns the best guarantee on [Hard], by CRS-U. With m
// growing it falls to 1/(2 + e^−1), the bound of CRS-T1.5. It panics if m < 2.
// The number of elements is odd, so that CRS-U has its first form.
func HardValue(m int) rational.Rat { return single.UniformValue(2*mustBeHard(m)+1, hardRho(m)) }

func hardRho(m int) rational.Rat { return rational.NewRat(int64(2*m), int64(m+2)) }

func mustBeHard(m int) int {
	if m < 2 {
		panic("knapsack: the hard instance needs m ≥ 2")
	}
	return m
}

var (
	zero = rational.Rat{}
	one  = rational.Whole(1)
	two  = rational.Whole(2)
	half = rational.Half()
)
