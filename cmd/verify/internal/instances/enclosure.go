package instances

import (
	"fmt"

	"pstar/cmd/verify/internal/show"
	"pstar/rational"
	"pstar/rational/enclose"
)

// enclosureDigits are the digits to which enclosures are printed at least, rounded
// outwards; JSON and CSV have the ends themselves.
const enclosureDigits = 15

// enclosureText prints a number that is known exactly, or two decimals that it lies
// between, as [decimals] has them.
func enclosureText(e enclose.Interval, asked rational.Rat) string {
	if e.Exact() {
		return show.Exact(e.Lo)
	}
	low, high := decimals(e, asked)
	return fmt.Sprintf("between %s and %s", low, high)
}

// decimals are the ends of an enclosure, rounded outwards: to more digits than the usual ones where a
// smaller width was asked for and reached, so that rounding adds at most a fifth to it.
func decimals(e enclose.Interval, asked rational.Rat) (low, high string) {
	// Of what is wider than was asked for further digits say nothing.
	width := rational.MaxRat(asked, e.Width())
	digits, tenth := enclosureDigits, rational.NewRat(1, 10)
	for unit := tenth.Pow(digits); unit.Cmp(width.Mul(tenth)) > 0; unit = unit.Mul(tenth) {
		digits++
	}
	return e.Decimals(digits)
}

// Exactly prints a number as a fraction, or the decimals low..high that it lies between: a decimal alone would be taken
// for the number itself.
func Exactly(e enclose.Interval) string {
	if e.Exact() {
		return e.Lo.String()
	}
	low, high := e.Decimals(enclosureDigits)
	return low + ".." + high
}

// Certain prints a number to at most so many digits behind the point, fewer if an interval is not known
// to one of the last: what is printed is off by one of the last digit at most. Of an interval that is too wide for
// a digit it prints the ends, low..high.
func Certain(e enclose.Interval, digits int) string {
	if e.Exact() {
		return e.Lo.Decimal(digits)
	}
	// No digit behind the point is known to one: both ends, rounded outwards.
	if e.Width().Cmp(rational.NewRat(1, 10)) > 0 {
		low, high := e.Decimals(1)
		return low + ".." + high
	}
	// One digit less as long as the interval is wider than one of the last.
	for width := e.Width(); width.Cmp(rational.NewRat(10, 1).Pow(-digits)) > 0; {
		digits--
	}
	// The middle is off by half a width, and is rounded by half a digit: by one of the last
	// digit together.
	return e.Mid().Decimal(digits)
}
