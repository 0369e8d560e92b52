package instances_test

import (
	"encoding/json"
	"reflect"
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
	// Which tokens are kept is decided by the logits: two of three equal ones have exactly two thirds, and each is as likely as the likeliest.
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -top-p 2/3 -p 0,0,0 -q 0,0,0"), "2 of 3 tokens kept\n", "P*(acc) of the logits: between 0.99999999999")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -top-p 0.66 -p 0,0,0 -q 0,0,0"), "2 of 3 tokens kept\n", "P*(acc) of the logits: between 0.99999999999")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -min-p 1 -p 0,0,0 -q 0,0,0"), "P*(acc) of the logits: between 0.99999999999")
	expect(t, run.ExitVerified, words("pstar -k 2 -logits -min-p 1 -p 0,1,1.0000000000000000000001 -q 0,0,0"), "p: softmax at temperature 1, off by at most", "1 of 3 tokens kept\n", "P*(acc) of the logits: between 0.33333333333")
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
		"-k 2 -p 1/3,1/3,1/3 -q 1/3,1/4,5/12": {`"one": true`, `"smallest": []`},
		"-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":    {`"one": false`, `"smallest": [`},
		"-k 2 -logits -p 0,0 -q 0,0": {`"of_the_logits": {`, `"not_decided": [
    "one"
  ]`},
		"-k 2 -p 1/2,1/4,1/4 -q 1/4,1/4,1/2":    {`"smallest": [`},
		"-k 2 -p 1/2,1/2 -p 1/2,1/2 -q 1/2,1/2": {`"smallest": []`},
	} {
		_, out, _ := verify(append([]string{"pstar", "-json"}, words(args)...)...)
		for _, want := range wants {
			if !strings.Contains(out, want) {
				t.Errorf("%s: %s, want %s", args, out, want)
			}
		}
		if strings.Contains(args, "-logits") && strings.Contains(out, `"one":`) {
			t.Errorf("%s: %s decides", args, out)
		}
	}
}

// What steps print of logits says that it is of a rounded softmax, and by how much P* of any step may be off.
func TestStepsOfLogitsSayThatTheyAreRounded(t *testing.T) {
	p, q := npyFile(t, "<f4", []int{2, 3}, 0, 1, 2, 2, 1, 0), npyFile(t, "<f4", []int{2, 3}, 3, 2, 1, 0, 90, 0)
	line := []string{"steps", "-logits", "-k", "2", "-p", p, "-q", q, "-schemes", "ss,optimal"}
	out := expect(t, run.ExitVerified, line, "\nsteps,2,2\nsoftmax,rounded,off by at most 1.")
	// Each step by itself: the line has the larger bound of both.
	last := out[strings.LastIndex(out, "\nsoftmax"):]
	one := func(p, q string) string {
		_, out, _ := verify("pstar", "-logits", "-k", "2", "-p", p, "-q", q)
		_, bound, _ := strings.Cut(out, "P* is ")
		return strings.TrimSuffix(bound[:strings.Index(bound, "\n")], " by the softmax")
	}
	if a, b := one("0,1,2", "3,2,1"), one("2,1,0", "0,90,0"); a == b || !strings.HasSuffix(last, max(a, b)+"\n") {
		t.Errorf("%s, want the larger of %s and %s", last, a, b)
	}
	// In blocks that are kept it is the same.
	expect(t, run.ExitVerified, append(line, "-state", t.TempDir()), last)
	if out := expect(t, run.ExitVerified, words("steps -k 2 "+stepsFile)); strings.Contains(out, "softmax") {
		t.Errorf("of laws it says\n%s", out)
	}
}

// A rule of one's own has the members of a scheme, in the same shape.
func TestJSONOfSchemesAndRulesHasOneShape(t *testing.T) {
	var scheme, user map[string]any
	for _, c := range []struct {
		args string
		to   *map[string]any
	}{
		{"scheme ss -json -k 1 -p 1/2,1/2 -q 1/4,3/4", &scheme},
		{"scheme user -json -accept 1/2,1 -residual 0,1 -k 1 -p 1/2,1/2 -q 1/4,3/4", &user},
	} {
		_, out, _ := verify(words(c.args)...)
		if err := json.Unmarshal([]byte(out), c.to); err != nil {
			t.Fatal(err)
		}
	}
	for _, member := range []string{"k", "n", "drafts", "acceptance", "best", "gap", "lossless", "law"} {
		if a, b := scheme[member], user[member]; a == nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s is %v of a scheme, %v of a rule", member, a, b)
		}
	}
	// What is no rule has no P* that means anything of it.
	_, out, _ := verify(words("scheme user -json -accept 1/2,2 -residual 0,1 -k 1 -p 1/2,1/2 -q 1/4,3/4")...)
	for _, member := range []string{`"acceptance"`, `"best"`, `"gap"`, `"law"`} {
		if strings.Contains(out, member) {
			t.Errorf("of no rule it has %s:\n%s", member, out)
		}
	}
}
