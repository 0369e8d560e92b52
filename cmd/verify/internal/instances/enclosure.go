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
	return show.Ends(e, enclosureDigits)
}
