package rational

import (
	"fmt"
	"strings"
)

// Decimal returns x in decimal with exactly the given number of digits after the
// point (and no point for zero digits), rounded to the nearest such number, ties
// to the even digit. A number that rounds to zero prints without a sign. The
// string does not tell whether it is exact: [Rat.IsDecimal] does. It panics if
// digits is negative.
func (x Rat) Decimal(digits int) string {
	// Rounded once, as an integer: whatever is printed below is cut from its digits.
	scaled := x.scaledRound(digits)
	// Digits without a sign, which a cut from the left would count.
	s := scaled.Abs().String()
	if digits > 0 {
		// There is one digit before the point, 0 if need be.
		if missing := digits + 1 - len(s); missing > 0 {
			s = strings.Repeat("0", missing) + s
		}
		s = s[:len(s)-digits] + "." + s[len(s)-digits:]
	}
	// The sign of what was rounded and not of x: there is no −0.
	if scaled.Sign() < 0 {
		return "-" + s
	}
	return s
}

// IsDecimal reports whether x has a finite decimal expansion of at most the given
// number of digits after the point, that is, whether Decimal(digits) is exact.
func (x Rat) IsDecimal(digits int) bool {
	// In lowest terms the denominator must divide the power of ten.
	_, r := tenTo(digits).QuoRem(x.Den())
	return r.IsZero()
}

// scaledRound returns x · 10^digits rounded to an integer, ties to even.
func (x Rat) scaledRound(digits int) Int {
	// q is cut towards 0, and moves away from it by one if the rest is more than half.
	q, r := x.num.Mul(tenTo(digits)).QuoRem(x.Den())
	// One step in the direction of x; for x = 0 there is no rest, and no step.
	away := NewInt(int64(x.Sign()))
	half := r.Abs().Mul(NewInt(2)).Cmp(x.Den())
	if _, odd := q.QuoRem(NewInt(2)); half > 0 || half == 0 && !odd.IsZero() {
		return q.Add(away)
	}
	return q
}

// tenTo is 10^digits.
func tenTo(digits int) Int {
	if digits < 0 {
		panic("rational: negative number of digits")
	}
	return NewInt(10).Pow(uint(digits))
}

// WithDecimal returns x as a fraction and, unless it is an integer, in decimal with
// the given number of digits: "1/4 = 0.25" if that is exact, else "1/3 ≈ 0.33", as [Rat.Approximate] has it.
func (x Rat) WithDecimal(digits int) string {
	if x.IsInt() {
		return x.String()
	}
	// Cut digits are marked, so that no decimal is taken for the number.
	relation := "≈"
	if x.IsDecimal(digits) {
		relation = "="
	}
	return fmt.Sprintf("%v %s %s", x, relation, x.Approximate(digits))
}

// Approximate is [Rat.Decimal] of a number that does not come out as an integer, or is one. Of another, which is close to an integer, it
// returns the distance in two digits and a power of ten, rounded: 1.2e-37 and 1 - 1.2e-37. It panics if digits is negative.
func (x Rat) Approximate(digits int) string {
	text := x.Decimal(digits)
	whole, _, _ := strings.Cut(text, ".")
	// A P* of 1.0000000000 would be read as 1, and a gap of 0.0000000000 as none.
	if x.IsInt() || strings.Trim(text[len(whole):], ".0") != "" {
		return text
	}
	nearest := RatFromInt(x.scaledRound(0))
	off := x.Sub(nearest)
	switch {
	case nearest.IsZero():
		return x.Scientific(2)
	case off.Sign() < 0:
		return whole + " - " + off.Neg().Scientific(2)
	}
	return whole + " + " + off.Scientific(2)
}

// ApproximateRatio is [Rat.Approximate] of num/den, which need not be in lowest terms, for den > 0.
func ApproximateRatio(num, den Int, digits int) string {
	if den.Sign() <= 0 {
		panic("rational: a denominator must be positive")
	}
	// An integer has to be seen as one; but for that digits come by division, and ask for no more than the value.
	if whole, rest := num.QuoRem(den); rest.IsZero() {
		return RatFromInt(whole).Decimal(digits)
	}
	return lowest(num, den).Approximate(digits)
}

// Scientific returns x in at least two digits and a power of ten, rounded to the nearest such number, ties to the even digit:
// 1.2e-7. A number that is not 1 never comes out as 1.0e0, nor another as -1.0e0: it is rounded to the neighbour on its side. Unlike
// [Rat.Decimal] it has as many digits of a small number as of others. It panics if x is 0, which has no first digit, or digits is
// less than 2.
func (x Rat) Scientific(digits int) string {
	if x.IsZero() || digits < 2 {
		panic("rational: Scientific is for numbers other than 0 and at least two digits")
	}
	abs, ten := x.Abs(), NewRat(10, 1)
	// The lengths of numerator and denominator give the exponent, or one more.
	exponent := len(abs.Num().String()) - len(abs.Den().String())
	if abs.Cmp(ten.Pow(exponent)) < 0 {
		exponent--
	}
	// Scaled so that the digits wanted are an integer.
	mantissa := abs.Mul(ten.Pow(digits - 1 - exponent)).scaledRound(0)
	// Above or below 1, a probability means something else than at it: one of the last digit is added, or taken away.
	switch full := tenTo(digits - 1); {
	case exponent == 0 && mantissa.Equal(full) && !abs.Equal(NewRat(1, 1)):
		mantissa = mantissa.Add(NewInt(1))
	case mantissa.Equal(tenTo(digits)) && exponent == -1:
		mantissa = mantissa.Sub(NewInt(1))
	// Nines that are rounded up have one digit more, which is a 0.
	case mantissa.Equal(tenTo(digits)):
		mantissa, exponent = full, exponent+1
	}
	text := mantissa.String()
	text = fmt.Sprintf("%s.%se%d", text[:1], text[1:], exponent)
	if x.Sign() < 0 {
		return "-" + text
	}
	return text
}

// Tuple writes fractions as (a, b, c).
func Tuple(values []Rat) string {
	parts := make([]string, len(values))
	for i, v := range values {
		parts[i] = v.String()
	}
	return "(" + strings.Join(parts, ", ") + ")"
}
