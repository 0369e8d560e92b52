package instances

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
		"0.8":            wide(rational.NewRat(1, 1)),
	} {
		if got := Certain(e, 12); got != want {
			t.Errorf("%v: %s, want %s", e, got, want)
		}
	}
}

// A small gap is less than the power of ten that is printed, also where it is one itself.
func TestGapText(t *testing.T) {
	for gap, want := range map[string]string{
		"0": "0", "1/8": "1/8 = 0.1250000000", "1e-6": "less than 1e-5", "1e-7": "less than 1e-6",
		"9/10000000": "less than 1e-6", "1/30000000": "less than 1e-7", "1e-9": "less than 1e-8",
	} {
		x, err := rational.ParseRat(gap)
		if err != nil {
			t.Fatal(err)
		}
		if got := gapText(x); got != want {
			t.Errorf("a gap of %s is printed as %q, want %q", gap, got, want)
		}
	}
}
