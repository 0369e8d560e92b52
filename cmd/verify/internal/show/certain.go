package show

import (
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
)

// Certain prints a number to at most so many digits behind the point, fewer if an interval is not known
// to one of the last: what is printed is off by one of the last digit at most. Of an interval that is too wide for
// a digit, and of what would be rounded to an integer that it is not known to be, it prints the ends, low..high.
func Certain(e enclose.Interval, digits int) string {
	if e.Exact() {
		return decimal(e, e.Lo, digits)
	}
	// No digit behind the point is known to one: both ends, rounded outwards.
	if e.Width().Cmp(rational.NewRat(1, 10)) > 0 {
		return Ends(e, 1)
	}
	// One digit less as long as the interval is wider than one of the last.
	for width := e.Width(); width.Cmp(rational.NewRat(10, 1).Pow(-digits)) > 0; {
		digits--
	}
	// The middle is off by half a width, and is rounded by half a digit: by one of the last
	// digit together.
	return decimal(e, e.Mid(), digits)
}

// decimal rounds a member of e, unless the text would be that of an integer.
func decimal(e enclose.Interval, x rational.Rat, digits int) string {
	text := x.Decimal(digits)
	integer := strings.HasSuffix(strings.TrimRight(text, "0"), ".")
	// 1 says of a P* that it is 1, and 0 of a gap that there is none: no rounded number may.
	if integer && !(e.Exact() && x.IsInt()) {
		return Ends(e, digits)
	}
	return text
}

// Ends prints the ends of an interval, rounded outwards to so many digits: low..high.
func Ends(e enclose.Interval, digits int) string {
	low, high := e.Decimals(digits)
	return low + ".." + high
}
