package rational

import (
	"fmt"
	"math/big"
	"strings"
)

// Caps on what the parsers accept, so that a few bytes of input cannot ask for
// megabytes of digits.
const (
	// MaxDigits bounds the digits of an integer, of each side of a fraction, and
	// of the significand of a decimal or hexadecimal number.
	MaxDigits = 10000
	// MaxExponent bounds the absolute value of a written exponent.
	MaxExponent = 4096
)

// ParseInt reads an integer in its one decimal form: -?(0|[1-9][0-9]*), except
// that -0 is read as 0. Everything else is an error, a plus sign, leading zeros,
// spaces and underscores included, and so are more than [MaxDigits] digits. The
// error quotes the input and says what was expected.
func ParseInt(s string) (Int, error) {
	// A plus sign is no part of the form: a number has one way to be written.
	digits, negative := strings.CutPrefix(s, "-")
	// Digits alone: the sign has been taken off.
	x, err := parseNatural(digits, "an integer")
	if err != nil {
		return Int{}, unreadable(s, err)
	}
	if negative {
		x = x.Neg()
	}
	return x, nil
}

// ParseRat reads a number exactly. After an optional sign, + or -, it accepts
//
//	integers                 0, 42
//	fractions of integers    3/7, 6/14
//	decimals                 0.25, .25, 25., 1e-3, 2.5E+07
//	hexadecimal floats       0x1.8p-3, 0X.8P1 (the exponent is a power of two)
//
// Leading zeros are rejected where they could be taken for octal: in integers, in
// both sides of a fraction, and before the point of a decimal. So are spaces,
// underscores, a sign in a denominator, a denominator of zero, hexadecimal
// integers, infinities and NaN. There may be at most [MaxDigits] digits on each
// side of a fraction and in a significand, and exponents of at most
// [MaxExponent] in absolute value. The error quotes the input and says what was
// expected.
func ParseRat(s string) (Rat, error) {
	x, err := parseSigned(s)
	if err != nil {
		return Rat{}, unreadable(s, err)
	}
	return x, nil
}

// ParseRats reads numbers separated by commas, each as by [ParseRat]; spaces and
// tabs around a number are ignored. There must be at least one number, and none
// may be missing. The error says which number is at fault, counting from one.
func ParseRats(s string) ([]Rat, error) {
	// An empty text is one empty field, and so an error.
	fields := strings.Split(s, ",")
	out := make([]Rat, len(fields))
	for i, field := range fields {
		x, err := ParseRat(strings.Trim(field, " \t"))
		if err != nil {
			return nil, fmt.Errorf("number %d of %d: %w", i+1, len(fields), err)
		}
		out[i] = x
	}
	return out, nil
}

// unreadable names the input, shortened, before the reason.
func unreadable(s string, reason error) error {
	// A message with megabytes of input would help nobody.
	const shown = 40
	if len(s) > shown {
		return fmt.Errorf("cannot read %q... (%d bytes): %w", s[:shown], len(s), reason)
	}
	return fmt.Errorf("cannot read %q: %w", s, reason)
}

// parseSigned reads a sign and what follows it.
func parseSigned(s string) (Rat, error) {
	// No accepted number is longer: two runs of digits, a sign and a separator. The
	// check comes first so that hostile input costs nothing.
	if len(s) > 2*MaxDigits+16 {
		return Rat{}, tooManyDigits()
	}
	// The sign is taken off before the form is known; fractions have theirs in front.
	body, negative := s, false
	if body != "" && (body[0] == '+' || body[0] == '-') {
		body, negative = body[1:], body[0] == '-'
	}
	x, err := parseUnsigned(body)
	if negative {
		x = x.Neg()
	}
	return x, err
}

// parseUnsigned tells the three forms apart by what only one of them can have.
func parseUnsigned(s string) (Rat, error) {
	// |0x20 makes a letter small: 0x and 0X.
	if len(s) > 1 && s[0] == '0' && s[1]|0x20 == 'x' {
		return parseHexFloat(s[2:])
	}
	if num, den, ok := strings.Cut(s, "/"); ok {
		return parseFraction(num, den)
	}
	return parseDecimal(s)
}

// parseFraction reads the two sides of a fraction, neither of which has a sign of its own.
func parseFraction(num, den string) (Rat, error) {
	a, err := parseNatural(num, "an integer numerator")
	if err != nil {
		return Rat{}, err
	}
	b, err := parseNatural(den, "an unsigned integer denominator")
	if err != nil {
		return Rat{}, err
	}
	// An error and not a panic: it stands in a text.
	if b.IsZero() {
		return Rat{}, fmt.Errorf("expected a nonzero denominator")
	}
	return reduce(a, b), nil
}

// parseDecimal reads digits, optionally with a point and an e-exponent.
func parseDecimal(s string) (Rat, error) {
	// An exponent of its own is 0.
	significand, e := s, 0
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		var err error
		if e, err = parseExponent(s[i+1:]); err != nil {
			return Rat{}, err
		}
		significand = s[:i]
	}
	whole, part, _ := strings.Cut(significand, ".")
	// The point only says by which power of ten the digits count.
	digits := whole + part
	if !allIn(digits, isDecimal) {
		return Rat{}, fmt.Errorf("expected a number such as 3, 3/7, 0.25, 1e-3 or 0x1.8p-3")
	}
	// 0.5 has one zero, 00.5 might be meant as anything.
	if len(whole) > 1 && whole[0] == '0' {
		return Rat{}, leadingZero()
	}
	if len(digits) > MaxDigits {
		return Rat{}, tooManyDigits()
	}
	// Both caps together bound the power: at most MaxExponent and MaxDigits.
	m, e := natural(digits), e-len(part)
	if e < 0 {
		return reduce(m, NewInt(10).Pow(uint(-e))), nil
	}
	// An integer is in lowest terms as it is.
	return Rat{num: m.Mul(NewInt(10).Pow(uint(e)))}, nil
}

// parseHexFloat reads what follows 0x. The exponent is required, as in Go and
// unlike in C, so that 0x10/3 or 0x10 cannot be meant as integers.
func parseHexFloat(s string) (Rat, error) {
	// Between the digits and p no other letter stands: e is a digit here.
	i := strings.IndexAny(s, "pP")
	if i < 0 {
		return Rat{}, fmt.Errorf("expected a hexadecimal float with a p-exponent, such as 0x1.8p-3")
	}
	e, err := parseExponent(s[i+1:])
	if err != nil {
		return Rat{}, err
	}
	whole, part, _ := strings.Cut(s[:i], ".")
	digits := whole + part
	if !allIn(digits, isHexadecimal) {
		return Rat{}, fmt.Errorf("expected hexadecimal digits between 0x and the exponent")
	}
	if len(digits) > MaxDigits {
		return Rat{}, tooManyDigits()
	}
	// The digits were looked at, so that this cannot fail.
	m, _ := new(big.Int).SetString(digits, 16)
	return Dyadic(narrow(m), e-4*len(part)), nil
}

// parseExponent reads an optional sign and digits; leading zeros are common here
// (1e-05) and mean nothing else.
func parseExponent(s string) (int, error) {
	// e+07 and e-07 are what printf writes.
	digits, negative := s, false
	if s != "" && (s[0] == '+' || s[0] == '-') {
		digits, negative = s[1:], s[0] == '-'
	}
	if !allIn(digits, isDecimal) {
		return 0, fmt.Errorf("expected an integer exponent")
	}
	e := 0
	// Stopped at the cap, so that no run of digits overflows.
	for _, c := range []byte(digits) {
		if e = 10*e + int(c-'0'); e > MaxExponent {
			return 0, fmt.Errorf("expected an exponent of at most %d in absolute value", MaxExponent)
		}
	}
	if negative {
		e = -e
	}
	return e, nil
}

// parseNatural reads 0|[1-9][0-9]* within the cap; what names it in the error.
func parseNatural(s, what string) (Int, error) {
	switch {
	case !allIn(s, isDecimal):
		return Int{}, fmt.Errorf("expected %s in decimal digits", what)
	case len(s) > 1 && s[0] == '0':
		return Int{}, leadingZero()
	case len(s) > MaxDigits:
		return Int{}, tooManyDigits()
	}
	return natural(s), nil
}

// natural returns the value of a nonempty run of decimal digits.
func natural(digits string) Int {
	// Eighteen digits fit a word, whatever they are.
	if len(digits) > 18 {
		z, _ := new(big.Int).SetString(digits, 10)
		return narrow(z)
	}
	// Without a check for overflow: see above.
	var v int64
	for _, c := range []byte(digits) {
		v = 10*v + int64(c-'0')
	}
	return Int{small: v}
}

// leadingZero is an error: C and Go read 010 as eight, people as ten.
func leadingZero() error { return fmt.Errorf("expected no leading zero") }

// tooManyDigits is an error: see [MaxDigits].
func tooManyDigits() error { return fmt.Errorf("expected at most %d digits", MaxDigits) }

// allIn reports whether s is nonempty and made of bytes of the class.
func allIn(s string, class func(byte) bool) bool {
	for i := range len(s) {
		if !class(s[i]) {
			return false
		}
	}
	return s != ""
}

// isDecimal is for ASCII digits only: those of other scripts look like them.
func isDecimal(c byte) bool { return '0' <= c && c <= '9' }

// isHexadecimal is for letters of either case.
func isHexadecimal(c byte) bool {
	return isDecimal(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}
