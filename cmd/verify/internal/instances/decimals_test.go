package instances

import (
	"fmt"
	"testing"

	"pstar/rational"
	"pstar/rational/enclose"
)

// Enclosures are printed to as many digits as the width that was asked for deserves, rounded outwards.
func TestEnclosuresHaveTheDigitsAskedFor(t *testing.T) {
	number := func(text string) rational.Rat {
		x, err := rational.ParseRat(text)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	two := number("2/3")
	for _, c := range []struct {
		width, asked, want string
	}{
		{"1e-12", "1e-12", "between 0.666666666666666 and 0.666666666667667"}, // never fewer than the usual ones
		{"1e-40", "1", "between 0.666666666666666 and 0.666666666666667"},     // nor more unless they are asked for
		{"1e-14", "1e-14", "between 0.666666666666666 and 0.666666666666677"},
		{"1e-15", "1e-15", "between 0.6666666666666666 and 0.6666666666666677"},
		{"1e-40", "1e-20", "between 0.666666666666666666666 and 0.666666666666666666667"},
		{"1e-16", "1e-20", "between 0.66666666666666666 and 0.66666666666666677"}, // not reached
		{"0", "1e-20", "2/3 ≈ 0.6666666667"},
	} {
		e := enclose.Interval{Lo: two, Hi: two.Add(number(c.width))}
		got := enclosureText(e, number(c.asked))
		if got != c.want {
			t.Errorf("width %s, asked for %s: %s, want %s", c.width, c.asked, got, c.want)
		}
		var low, high string
		if _, err := fmt.Sscanf(got, "between %s and %s", &low, &high); err != nil {
			continue // exact
		}
		// Both ends hold, and what was reached of the width that was asked for is widened by a fifth at most.
		shown := number(high).Sub(number(low))
		if number(low).Cmp(e.Lo) > 0 || number(high).Cmp(e.Hi) < 0 || shown.Cmp(rational.MaxRat(e.Width(), number(c.asked)).Mul(number("1.2"))) > 0 {
			t.Errorf("%v is printed as %s", e, got)
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
