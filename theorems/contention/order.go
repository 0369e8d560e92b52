package contention

import (
	"fmt"

	"pstar/rational"
)

// Order is one of the two orders of arrival.
// It is an index of [Choice] and of lists like it.
type Order int

// The two orders, each drawn with probability 1/2.
const (
	Forward Order = iota
	Backward
)

// Orders lists both.
var Orders = [2]Order{Forward, Backward}

// String returns "forward" or "backward".
// Numbers that are none of the two read as forward.
func (o Order) String() string {
	// Only two orders exist.
	if o == Backward {
		return "backward"
	}
	return "forward"
}

// Sequence returns the elements 0..n-1 in the order of their arrival.
func (o Order) Sequence(n int) []int {
	// By time of arrival.
	s := make([]int, n)
	// The backward order is the forward one read from its end.
	for t := range s {
		s[t] = t
		if o == Backward {
			s[t] = n - 1 - t
		}
	}
	return s
}

// Choice gives every element its probability of acceptance c_σ(i) in both orders,
// indexed by [Order] and element.
type Choice [2][]rational.Rat

// ValidateChoice reports whether c has a probability between 0 and 1 for each of n
// elements in both orders, naming the first one that it lacks.
// It does not ask whether a scheme has these probabilities: that is for the packages of the
// problems.
func ValidateChoice(n int, c Choice) error {
	for _, o := range Orders {
		// The length before the entries, which would be of other elements.
		if len(c[o]) != n {
			return fmt.Errorf("choice, %s: expected %s, one for each element, found %d", o, Count(n, "probability", "probabilities"), len(c[o]))
		}
		for i, v := range c[o] {
			if text := InvalidProbability(v); text != "" {
				return fmt.Errorf("choice, %s, element %d: %s", o, i+1, text)
			}
		}
	}
	return nil
}

// InvalidProbability says what is wrong with a number that is to be a probability, or "".
// The caller says of which one, before or after it.
func InvalidProbability(v rational.Rat) string {
	// Zero and one are probabilities.
	if v.Sign() < 0 || v.Cmp(one) > 0 {
		return fmt.Sprintf("expected a probability between 0 and 1, found %s", v)
	}
	return ""
}

// Guarantee returns the least (c_f(i) + c_b(i))/2. It panics if there are no
// elements.
// Both orders have probability 1/2, so that this is the guarantee of whoever has the choice
// c.
func (c Choice) Guarantee() rational.Rat {
	// A scheme guarantees what it gives to the worst served.
	least := c.Average(0)
	// Elements are as many as there are forward probabilities.
	for i := range c[Forward] {
		least = rational.MinRat(least, c.Average(i))
	}
	return least
}

// Average returns (c_f(i) + c_b(i))/2.
// It panics if there is no element i.
func (c Choice) Average(i int) rational.Rat {
	return c[Forward][i].Add(c[Backward][i]).Mul(half)
}

var (
	one  = rational.Whole(1)
	half = rational.Half()
)
