package instances_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// Of logits the value of the rounded softmax is told with an interval for the value itself.
// The numbers are those of a computation with 60 decimal digits.
func TestLogitsHaveAnInterval(t *testing.T) {
	for _, c := range []struct{ args, value string }{
		// Without replacement the second draft has the law of what is hardly there: e^-40 and e^-39.
		{"-k 2 -drafts without-replacement -p 0,40,1 -q 3,2,1", "0.603700465595173"},
		{"-k 2 -drafts without-replacement -p 0,30,0 -q 3,2,1", "0.834759044225178"},
		{"-k 2 -drafts without-replacement -p 0,400,1 -q 3,2,1", "0.603700465595173"},
	} {
		status, out, _ := verify(append([]string{"pstar", "-logits", "-json"}, words(c.args)...)...)
		var got struct {
			Logits struct{ Lower, Upper string } `json:"of_the_logits"`
		}
		if err := json.Unmarshal([]byte(out), &got); status != run.ExitVerified || err != nil {
			t.Fatalf("%s: status %v, %v", c.args, status, err)
		}
		// Decimals of the same length compare as text, and those of the ends agree to eleven digits.
		if lower, upper := got.Logits.Lower, got.Logits.Upper; !(lower <= c.value && c.value <= upper) || lower[:13] != c.value[:13] {
			t.Errorf("%s: between %s and %s, want %s", c.args, lower, upper, c.value)
		}
	}
	// Fewer than 923 binary digits are held: beyond them nothing is said.
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -drafts without-replacement -p 0,630,629 -q 3,2,1"), "P*(acc) of the logits: between 0.")
	expect(t, run.ExitUsage, words("pstar -k 2 -logits -drafts without-replacement -p 0,900,0 -q 3,2,1"), "2>positive probability to 1 tokens")
}

// What is equal only after rounding decides nothing.
func TestLogitsLeaveOpenWhatRoundingDecides(t *testing.T) {
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -p 0,0 -q 0,0"), "P*(acc) = 1\n", "P*(acc) of the logits: between 0.99999999999", "P* = 1: not decided\n")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -p 0,1 -q 1,0"), "P* = 1: no\n")
	// Two of three equal tokens have exactly two thirds: whether top-p keeps a third is not told by
	// a softmax that is rounded.
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -top-p 2/3 -p 0,0,0 -q 0,0,0"), "2 of 3 tokens kept, and which is not certain", "P*(acc) of the logits: between 0.0")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -top-p 0.66 -p 0,0,0 -q 0,0,0"), "2 of 3 tokens kept\n", "P*(acc) of the logits: between 0.99999999999")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -min-p 1 -p 0,0,0 -q 0,0,0"), "P*(acc) of the logits: between 0.0")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -min-p 0.99 -p 0,0,0 -q 0,0,0"), "P*(acc) of the logits: between 0.99999999999")
	// top-k goes by the logits, whatever their softmax is rounded to.
	expect(t, run.ExitVerified, words("pstar -k 1 -logits -top-k 1 -temperature 7 -p 1,1.0000000000000000001,0 -q 0,3,0"), "P*(acc) = 1\n")
}

// In a table the bound is that of the largest number of drafts.
func TestLogitsOfATable(t *testing.T) {
	bound := func(k string) string {
		_, out, _ := verify(words("pstar -k " + k + " -logits -p 1,2,3 -q 3,2,1")...)
		for _, line := range strings.Split(out, "\n") {
			if strings.Contains(line, "P* is off") {
				return line
			}
		}
		return out
	}
	if bound("1..3") != bound("3") || bound("1..3") == bound("1") {
		t.Errorf("%q for 1..3, %q for 3, %q for 1", bound("1..3"), bound("3"), bound("1"))
	}
}

// JSON tells the empty set from one that is not known, and what is not decided from no.
func TestPStarJSONTellsWhatIsKnown(t *testing.T) {
	for args, wants := range map[string][]string{
		"-k 2 -p 1/3,1/3,1/3 -q 1/3,1/4,5/12":   {`"one": true`, `"smallest": []`},
		"-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":      {`"one": false`, `"smallest": [`},
		"-k 2 -logits -p 0,0 -q 0,0":            {`"of_the_logits": {`},
		"-k 2 -p 1/2,1/4,1/4 -q 1/4,1/4,1/2":    {`"smallest": [`},
		"-k 2 -p 1/2,1/2 -p 1/2,1/2 -q 1/2,1/2": {`"smallest": []`},
	} {
		_, out, _ := verify(append([]string{"pstar", "-json"}, words(args)...)...)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %s, want %s", args, out, want)
			}
		}
		if strings.Contains(args, "-logits") && strings.Contains(out, `"one"`) {
			t.Errorf("%s: %s decides", args, out)
		}
	}
}
