package show

import (
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
)

// An enclosed number is printed with the digits that are known.
func TestCertainDigits(t *testing.T) {
	third := rational.NewRat(1, 3)
	wide := func(width rational.Rat) enclose.Interval { return enclose.Interval{Lo: third, Hi: third.Add(width)} }
	for want, e := range map[string]enclose.Interval{
		"0.333333333333": enclose.Point(third),
		"0.3333333334":   wide(rational.NewRat(1, 1e10)), // one of the last digit
		"0.33334":        wide(rational.NewRat(1, 1e5)),
		"0.4":            wide(rational.NewRat(1, 10)),
		"0.3..1.4":       wide(rational.NewRat(1, 1)), // no digit is known
	} {
		if got := Certain(e, 12); got != want {
			t.Errorf("%v: %s, want %s", e, got, want)
		}
	}
}

// A decimal is that of an integer only if the number is known to be it: 1 would say that P* is 1, and 0 that there is no gap.
func TestIntegersAreNotRounded(t *testing.T) {
	one, tiny, small := rational.NewRat(1, 1), rational.NewRat(1, 1e15), rational.NewRat(1, 1e9)
	for _, c := range []struct {
		lo, hi rational.Rat
		want   string
	}{
		{one, one, "1.0000000000"},
		{rational.Rat{}, rational.Rat{}, "0.0000000000"},
		{one.Sub(tiny), one.Sub(tiny), "0.9999999999..1.0000000000"},
		{one.Sub(tiny), one, "0.9999999999..1.0000000000"},
		{one.Sub(small), one, "0.999999999..1.000000000"},
		{one.Add(tiny), one.Add(tiny), "1.0000000000..1.0000000001"},
		{tiny, tiny, "0.0000000000..0.0000000001"},
		{rational.Rat{}, tiny, "0.0000000000..0.0000000001"},
		{tiny.Neg(), tiny.Neg(), "-0.0000000001..0.0000000000"},
		{one.Sub(rational.NewRat(6, 100)), one, "0.9..1.0"},
		{one.Sub(rational.NewRat(1, 1e10)), one.Sub(rational.NewRat(1, 1e10)), "0.9999999999"},
	} {
		if got := Certain(enclose.Interval{Lo: c.lo, Hi: c.hi}, 10); got != c.want {
			t.Errorf("%v..%v: %s, want %s", c.lo, c.hi, got, c.want)
		}
	}
}
