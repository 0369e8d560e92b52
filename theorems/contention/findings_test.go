package contention

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/rational"
	"pstar/theorems"
)

// A ratio that is not reduced is written as the fraction that it is, whatever both sides have in common.
func TestAbridgedRatio(t *testing.T) {
	r := rand.New(rand.NewPCG(51, 1))
	long := rational.NewInt(10).Pow(400).Add(rational.NewInt(7))
	for range 400 {
		num, den := rational.NewInt(r.Int64N(1<<40)>>r.IntN(40)), rational.NewInt(1+r.Int64N(1<<40)>>r.IntN(40))
		switch r.IntN(4) {
		case 0: // short, after a factor of 400 digits
			num, den = num.Mul(long), den.Mul(long)
		case 1: // long in any case
			num, den = num.Mul(long), den.Mul(long).Add(rational.NewInt(1))
		case 2: // too long for a table, and no more than that
			num, den = num.Mul(rational.NewInt(1e15)).Add(rational.NewInt(1)), den.Mul(rational.NewInt(1e15))
		}
		if got, want := AbridgedRatio(num, den), Abridged(rational.RatFromInts(num, den)); got != want {
			t.Fatalf("%s/%s is written %q, not %q", num, den, got, want)
		}
	}
	for text, want := range map[string]string{
		"123456789012/12345678901": "123456789012/12345678901", "1234567890123/12345678901": "≈100.0000000019", "0": "0", "1/3": "1/3",
		"1/1" + strings.Repeat("0", 30): "≈1.0e-30",
	} {
		if x, err := rational.ParseRat(text); err != nil || Abridged(x) != want || AbridgedRatio(x.Num(), x.Den()) != want {
			t.Errorf("%s is written %q and %q, not %q (%v)", text, Abridged(x), AbridgedRatio(x.Num(), x.Den()), want, err)
		}
	}
}

// Only what was asked for and not found is told to be open.
func TestUnsettled(t *testing.T) {
	found := theorems.Claims{{Tag: "CRS-LP", Status: theorems.Checked}}
	Unsettled(&found, SingleRows, "CRS-LP", "CRS-T1.2")
	if len(found) != 2 || found[1].Tag != "CRS-T1.2" || found[1].Status != theorems.Undecided || !strings.Contains(found[1].Statement, "α_0(ρ)") {
		t.Errorf("%+v", found)
	}
}
