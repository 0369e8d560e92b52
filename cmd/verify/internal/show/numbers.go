package show

import (
	"fmt"
	"strings"

	"pstar/rational"
	"pstar/rational/enclose"
)

// Exact prints a number as a fraction and, unless it is an integer, as a
// decimal.
func Exact(x rational.Rat) string { return x.WithDecimal(Decimals) }

// Small prints a number that may be far below what decimals show.
func Small(x rational.Rat) string {
	// Short and not small: the fraction itself, with its decimals.
	if len(x.String()) <= 40 && (x.IsZero() || x.Abs().Cmp(rational.NewRat(1, 1_000_000)) > 0) {
		return Exact(x)
	}
	// The fraction is long, or its decimals are zeros: six digits and a power of ten.
	return "about " + x.Scientific(6)
}

// Decimals is the number of digits after the point in printed decimals.
//
// Decimals are for reading: nothing is decided by them, and beside them stands the
// fraction.
const Decimals = 10

// Decimal prints a number to [Decimals] digits, or two decimals that it lies between where one would be that of an integer.
func Decimal(x rational.Rat) string { return Certain(enclose.Point(x), Decimals) }

// A Number is a number with the name of what it belongs to, in JSON: exact, as a fraction.
// A string, since numbers of JSON are read as floats by most programs.
type Number struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Grouped puts a space into the numbers of a text, every three digits from the
// right, but for those after a point: 22843 becomes 22 843.
//
// All other runs of digits are grouped, those of names too: it is for texts that have none. An exponent, as in 1.2e-1234, stays together.
func Grouped(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); {
		// Digits behind a point are counted from the point, and stay together.
		end, decimals := i, i > 0 && text[i-1] == '.' || isExponent(text[:i])
		// The whole run has to be known before its first group.
		for end < len(text) && '0' <= text[end] && text[end] <= '9' {
			end++
		}
		for ; i < end; i++ {
			b.WriteByte(text[i])
			if left := end - i - 1; !decimals && left > 0 && left%3 == 0 {
				b.WriteByte(' ')
			}
		}
		if i < len(text) {
			b.WriteByte(text[i])
			i++
		}
	}
	return b.String()
}

// isExponent reports whether a text ends where the digits of an exponent begin: behind a digit, e and a sign, if there is one.
func isExponent(text string) bool {
	mantissa, found := strings.CutSuffix(strings.TrimRight(text, "+-"), "e")
	last := len(mantissa) - 1
	return found && last >= 0 && '0' <= mantissa[last] && mantissa[last] <= '9'
}

// Count prints a number of things.
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
