package input

import (
	"fmt"
	"slices"

	"pstar/internal/each"
	"pstar/rational"
	"pstar/theorems/multidraft"
)

// Vector is a list of nonnegative numbers as it was read: the exact values are
// weights over one unit, and need not sum to 1.
type Vector struct {
	// Number i is weights[i]/unit; all share the unit, so that sums are sums of integers.
	weights rational.Packed
	unit    rational.Int
	numbers // in place of them
}

// exactVector brings fractions over their common denominator.
func exactVector(values []rational.Rat) Vector {
	// One unit for all, so that sums are sums of integers.
	law := multidraft.InCommonUnit(values)
	return Vector{weights: law.Weights, unit: law.Unit}
}

// sum is what the numbers add up to, exactly.
func (v Vector) sum() rational.Rat {
	return rational.RatFromInts(v.weights.Sum(), v.unit)
}

func (v Vector) at(i int) rational.Rat { return rational.RatFromInts(v.weights.At(i), v.unit) }

// Rats are the numbers.
func (v Vector) Rats() []rational.Rat {
	return each.To(v.weights.Len(), v.at)
}

// CheckNear refuses a sum that rounding does not explain. Others says what is for such sums, if
// anything is.
func CheckNear(name string, sum rational.Rat, others string) error {
	// Probabilities with three digits, of many tokens, are off by less; counts and logits by more.
	if off := sum.Sub(rational.NewRat(1, 1)).Abs(); off.Cmp(rational.NewRat(1, 1000)) > 0 {
		return fmt.Errorf("%s sums to %s, which is off by more than 1/1000: -normalize is for rounded probabilities%s", name, DescribeSum(sum), others)
	}
	return nil
}

// distribution checks that v sums to exactly 1, or divides by the sum if that is
// wanted. It returns the sum that v had.
func (v Vector) distribution(name string, normalize, weights bool) (multidraft.Distribution, rational.Rat, error) {
	d, err := multidraft.FromPacked(name, v.weights)
	if err != nil {
		// Here the number can still be told, and not only its place.
		if i := v.weights.Negative(); i >= 0 {
			err = fmt.Errorf("%s_%d = %v is negative", name, i+1, v.at(i))
		}
		return d, rational.Rat{}, err
	}
	// The unit of a law is what its weights sum to: they are not summed up again.
	sum := rational.RatFromInts(d.Unit, v.unit)
	one := rational.NewRat(1, 1)
	// -weights takes any sum, -normalize only one that rounding explains.
	if normalize && !weights {
		if err := CheckNear(name, sum, ", -weights for others"); err != nil {
			return multidraft.Distribution{}, sum, err
		}
	}
	if !sum.Equal(one) && !normalize && !weights {
		return multidraft.Distribution{}, sum, fmt.Errorf("%s sums to %s, want exactly 1; -normalize divides by the sum", name, DescribeSum(sum))
	}
	return d, sum, nil
}

// Normalised divides a list of probabilities by its sum, which it returns. It fails if that is off by more than
// rounding explains. What is no law for another reason comes back as it is: empty, negative, or all 0.
func Normalised(name string, law []rational.Rat) (divided []rational.Rat, sum rational.Rat, err error) {
	sum = exactVector(law).sum()
	negative := func(x rational.Rat) bool { return x.Sign() < 0 }
	// That is told where laws are checked, with the numbers that were given.
	if sum.IsZero() || slices.ContainsFunc(law, negative) {
		return law, rational.NewRat(1, 1), nil
	}
	if err := CheckNear(name, sum, ""); err != nil {
		return nil, sum, err
	}
	return each.Of(law, func(x rational.Rat) rational.Rat { return x.Quo(sum) }), sum, nil
}

// DescribeSum writes a sum that should be 1: exactly if that takes few characters, and
// else by how much it is off, which decimals of the sum need not show.
func DescribeSum(sum rational.Rat) string {
	// Forty characters are what a line of an error still has room for.
	if exact := sum.String(); len(exact) <= 40 {
		return exact
	}
	off := sum.Sub(rational.NewRat(1, 1))
	sign := "+"
	if off.Sign() < 0 {
		sign, off = "-", off.Neg()
	}
	// The distance from 1 is often short where the sum is long: a power of ten or two.
	if exact := off.String(); len(exact) <= 80 {
		return "1 " + sign + " " + exact
	}
	return "1 " + sign + " about " + off.Scientific(6)
}

// AtMost writes a bound with two digits, rounded up by a tenth. That of nothing, as of no step at all, is 0, which has no
// power of ten.
func AtMost(x rational.Rat) string {
	if x.IsZero() {
		return "0"
	}
	return x.Mul(rational.NewRat(11, 10)).Scientific(2)
}
