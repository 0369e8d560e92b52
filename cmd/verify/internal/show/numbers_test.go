package show

import (
	"testing"

	"pstar/rational"
)

func TestGrouped(t *testing.T) {
	for in, want := range map[string]string{"": "", "7": "7", "999": "999", "1000": "1 000", "1234.56789": "1 234.56789", "a 22843 b 1234567": "a 22 843 b 1 234 567",
		"about 1.16e-1263, 2e12345": "about 1.16e-1263, 2e12345", "e-1263 of 1000-1263": "e-1 263 of 1 000-1 263", "the-1000": "the-1 000"} {
		if got := Grouped(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A short number is told exactly; of a long or a small one six digits, and a power of ten.
func TestSmall(t *testing.T) {
	long := rational.NewRat(10, 1).Pow(50)
	for _, c := range []struct {
		x    rational.Rat
		want string
	}{
		{rational.Rat{}, "0"},
		{rational.NewRat(1, 3), "1/3 ≈ 0.3333333333"},
		{rational.NewRat(-1, 4), "-1/4 = -0.2500000000"},
		{rational.NewRat(2, 3_000_000), "about 6.66667e-7"},
		{rational.NewRat(2, 3).Sub(long.Inv()), "about 6.66667e-1"},
		{rational.NewRat(1, 1).Sub(long.Inv()), "about 9.99999e-1"},
		{rational.NewRat(1, 1).Add(long.Inv()), "about 1.00001e0"},
	} {
		if got := Small(c.x); got != c.want {
			t.Errorf("%v: %s, want %s", c.x, got, c.want)
		}
	}
}
