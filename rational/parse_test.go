package rational

import (
	"math/big"
	"strconv"
	"strings"
	"testing"
)

func TestParseIntAccepts(t *testing.T) {
	long := "1" + strings.Repeat("0", MaxDigits-1)
	for _, s := range []string{"0", "7", "-7", "10", "999999999999999999", "1000000000000000000",
		"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", long, "-" + long} {
		x, err := ParseInt(s)
		if err != nil || x.String() != s {
			t.Errorf("ParseInt(%.40q) = %.40v, %v", s, x, err)
		}
		checkCanonical(t, s, x)
	}
	if x, err := ParseInt("-0"); err != nil || !x.IsZero() {
		t.Errorf("ParseInt(-0) = %v, %v", x, err)
	}
}

func TestParseIntRejects(t *testing.T) {
	for _, c := range []struct{ in, reason string }{
		{"", "expected an integer in decimal digits"},
		{"-", "expected an integer in decimal digits"},
		{"+1", "expected an integer in decimal digits"},
		{"--1", "expected an integer in decimal digits"},
		{" 1", "expected an integer in decimal digits"},
		{"1 ", "expected an integer in decimal digits"},
		{"1_000", "expected an integer in decimal digits"},
		{"1.0", "expected an integer in decimal digits"},
		{"1e3", "expected an integer in decimal digits"},
		{"0x10", "expected an integer in decimal digits"},
		{"٣", "expected an integer in decimal digits"},
		{"1\x00", "expected an integer in decimal digits"},
		{"010", "expected no leading zero"},
		{"-00", "expected no leading zero"},
		{strings.Repeat("1", MaxDigits+1), "expected at most 10000 digits"},
	} {
		checkRejected(t, "ParseInt", c.in, c.reason, func(s string) error { _, err := ParseInt(s); return err })
	}
}

// checkRejected requires an error that quotes the input, shortened, and names
// what was expected.
func checkRejected(t *testing.T, what, in, reason string, parse func(string) error) {
	t.Helper()
	err := parse(in)
	if err == nil {
		t.Errorf("%s(%.60q) was accepted", what, in)
		return
	}
	quoted := strconv.Quote(in[:min(len(in), 40)])
	if message := err.Error(); !strings.Contains(message, reason) || !strings.Contains(message, quoted) || len(message) > 250 {
		t.Errorf("%s(%.60q): error %q, want %q and the input", what, in, message, reason)
	}
}

func TestParseRatAccepts(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"0", "0"}, {"-0", "0"}, {"+0", "0"}, {"42", "42"}, {"+42", "42"}, {"-42", "-42"},
		{"3/7", "3/7"}, {"-3/7", "-3/7"}, {"+6/14", "3/7"}, {"0/5", "0"}, {"8/4", "2"},
		{"9223372036854775808/9223372036854775807", "9223372036854775808/9223372036854775807"},
		{"0.25", "1/4"}, {"-0.25", "-1/4"}, {"0.0", "0"}, {"1.50", "3/2"}, {".5", "1/2"}, {"5.", "5"}, {"0.1", "1/10"},
		{"1e-3", "1/1000"}, {"1E3", "1000"}, {"2.5e+07", "25000000"}, {"1e-05", "1/100000"}, {".5e1", "5"}, {"0e4096", "0"},
		{"1.e2", "100"}, {"1e0000000002", "100"},
		{"1.17549435e-38", "23509887/2000000000000000000000000000000000000000000000"},
		{"0x1.8p-3", "3/16"}, {"-0x1.8p-3", "-3/16"}, {"0X.8P1", "1"}, {"0x1p4", "16"}, {"0xffp0", "255"}, {"0x1.p+1", "2"},
		{"0x00.0p0", "0"}, {"0xABCDEFp-24", "11259375/16777216"},
		{"0x1.0000000000001p-1", "4503599627370497/9007199254740992"},
	} {
		x, err := ParseRat(c.in)
		if err != nil || x.String() != c.want {
			t.Errorf("ParseRat(%q) = %v, %v; want %s", c.in, x, err, c.want)
		}
		checkRat(t, c.in, x, x.Big())
	}
}

func TestParseRatRejects(t *testing.T) {
	const number = "expected a number such as 3, 3/7, 0.25, 1e-3 or 0x1.8p-3"
	long := strings.Repeat("7", MaxDigits+1)
	for _, c := range []struct{ in, reason string }{
		{"", number}, {"+", number}, {"-", number}, {".", number}, {"-.", number}, {"abc", number}, {"--1", number},
		{"+-1", number}, {" 1", number}, {"1 ", number}, {"1 /2", "integer numerator"}, {"1/ 2", "integer denominator"},
		{"1_000", number}, {"1,5", number}, {"1.2.3", number}, {"Inf", number}, {"NaN", number}, {"-inf", number},
		{"½", number}, {"1%", number}, {"1\n", number}, {"e5", number}, {".e5", number}, {"1.5f", number},
		{"010", "no leading zero"}, {"-010", "no leading zero"}, {"00.5", "no leading zero"}, {"01e5", "no leading zero"},
		{"010/3", "no leading zero"}, {"3/010", "no leading zero"}, {"0b1", number}, {"0o17", number},
		{"/", "integer numerator"}, {"1/", "integer denominator"}, {"/2", "integer numerator"},
		{"1/0", "nonzero denominator"}, {"0/0", "nonzero denominator"},
		{"1/-2", "unsigned integer denominator"}, {"1/+2", "unsigned integer denominator"},
		{"1/2/3", "integer denominator"}, {"1.5/2", "integer numerator"}, {"1/2.5", "integer denominator"},
		{"1e3/2", "integer numerator"}, {"1/2e3", "integer denominator"}, {"1/0x2", "integer denominator"},
		{"1e", "integer exponent"}, {"1e+", "integer exponent"}, {"1e1.5", "integer exponent"}, {"1e1e1", "integer exponent"},
		{"1e 5", "integer exponent"}, {"1e--5", "integer exponent"},
		{"1e4097", "exponent of at most 4096"}, {"1e-4097", "exponent of at most 4096"},
		{"1e1000000", "exponent of at most 4096"}, {"0x1p99999999999999999999", "exponent of at most 4096"},
		{"0x10", "p-exponent"}, {"0x10/3", "p-exponent"}, {"0x", "p-exponent"}, {"0x1.8", "p-exponent"},
		{"0xp1", "hexadecimal digits"}, {"0x.p1", "hexadecimal digits"}, {"0xgp1", "hexadecimal digits"}, {"0x1.8.1p1", "hexadecimal digits"},
		{"0x_1p1", "hexadecimal digits"}, {"0x-1p1", "hexadecimal digits"}, {"0x@p1", "hexadecimal digits"}, {"0x1p", "integer exponent"},
		{"00x1p1", number},
		{long, "at most 10000 digits"}, {long + "/3", "at most 10000 digits"}, {"3/" + long, "at most 10000 digits"},
		{"0." + long, "at most 10000 digits"}, {"0x" + long + "p1", "at most 10000 digits"},
		{"1e" + strings.Repeat("0", 3*MaxDigits), "at most 10000 digits"},
	} {
		checkRejected(t, "ParseRat", c.in, c.reason, func(s string) error { _, err := ParseRat(s); return err })
	}
}

func TestParseRatAtCaps(t *testing.T) {
	nines := strings.Repeat("9", MaxDigits)
	for _, s := range []string{nines, "-" + nines + "/" + nines[1:] + "7", "0." + nines[1:], nines + "e4096", "1e-4096", "0x" + nines + "p-4096", "0x1p4096"} {
		x, err := ParseRat(s)
		if err != nil {
			t.Errorf("ParseRat(%.40q): %v", s, err)
			continue
		}
		if want, ok := new(big.Rat).SetString(s); !ok || x.Big().Cmp(want) != 0 {
			t.Errorf("ParseRat(%.40q) is wrong", s)
		}
	}
}

func TestParseRats(t *testing.T) {
	got, err := ParseRats("1/2, 0.25,\t-3 ,0")
	want := RatVector{NewRat(1, 2), NewRat(1, 4), NewRat(-3, 1), {}}
	if err != nil || !RatVector(got).Equal(want) {
		t.Errorf("got %v, %v", got, err)
	}
	for in, reason := range map[string]string{
		"":        `number 1 of 1: cannot read ""`,
		"1,":      `number 2 of 2: cannot read ""`,
		"1,,2":    `number 2 of 3: cannot read ""`,
		"1,2 3,4": `number 2 of 3: cannot read "2 3"`,
		"1;2":     `number 1 of 1: cannot read "1;2"`,
	} {
		if _, err := ParseRats(in); err == nil || !strings.HasPrefix(err.Error(), reason) {
			t.Errorf("ParseRats(%q): %v, want %s", in, err, reason)
		}
	}
}

// FuzzParseRat checks that an accepted text means what math/big reads, and that
// what is printed is read back. math/big accepts more, never less.
func FuzzParseRat(f *testing.F) {
	for _, s := range []string{"0", "-3/7", "0.25", "1e-3", "2.5E+07", "0x1.8p-3", "010/3", "0x10/3", "1_000", "1e1000000", "-", "1/0", ".5", "5.", "+1",
		"9223372036854775808", "-9223372036854775808/2", "0x.8p1", "1e-05", "1/2/3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x, err := ParseRat(s)
		if err != nil {
			if !x.IsZero() {
				t.Fatalf("%q: value %v with error %v", s, x, err)
			}
			return
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok {
			t.Fatalf("ParseRat(%q) = %v, math/big rejects it", s, x)
		}
		checkRat(t, s, x, want)
		if strings.ContainsAny(s, "_ ") {
			t.Fatalf("accepted %q", s)
		}
		if len(x.String()) <= MaxDigits {
			if back, err := ParseRat(x.String()); err != nil || !back.Equal(x) {
				t.Fatalf("%q prints as %q, which reads as %v, %v", s, x, back, err)
			}
		}
	})
}

// FuzzParseInt checks that exactly the canonical decimal texts, and -0, are read.
func FuzzParseInt(f *testing.F) {
	for _, s := range []string{"0", "-0", "-1", "+1", "00", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1_0", "0x1", " 1", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		z, ok := new(big.Int).SetString(s, 10)
		canonical := ok && (z.String() == s || s == "-0") && len(strings.TrimPrefix(s, "-")) <= MaxDigits
		x, err := ParseInt(s)
		if (err == nil) != canonical {
			t.Fatalf("ParseInt(%q) = %v, %v", s, x, err)
		}
		if err == nil {
			checkInt(t, s, x, z)
		}
	})
}
