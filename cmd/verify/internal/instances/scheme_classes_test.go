package instances_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// What pstar writes, scheme user reads.
func TestRuleByClasses(t *testing.T) {
	rule := filepath.Join(t.TempDir(), "rule.json")
	instance := []string{"-k", "2", "-p", "1/3,1/3,1/3", "-q", "1/3,0,2/3"}
	expect(t, run.ExitVerified, append([]string{"pstar", "-compact", "-write-rule", rule}, instance...), "P*(acc) = 8/9")
	expect(t, run.ExitVerified, append([]string{"scheme", "user", rule, "-tuple", "3,2"}, instance...),
		"selection rule: yes, by 3 classes at 3 levels of q/p, 9 numbers\n", "acceptance: 8/9 ", "gap to P*: 0\n", "lossless: yes",
		"draft 1, token 3: chosen with probability 1, then accepted with 1\n", "draft 2, token 2: chosen with probability 0, ")
	expect(t, run.ExitVerified, append([]string{"scheme", "user", rule, "-json"}, instance...), "\"gap\": {\n    \"value\": \"0\"", `"lossless": true`)
	expect(t, run.ExitVerified, append([]string{"scheme", "user", rule, "-json", "-tuple", "3,2"}, instance...), `"tuple": [`, `"token": "3",
      "chosen": "1",
      "accepted": "1"`)

	// Another rule is lossless, too, and accepts less: the first draft is chosen.
	first := write(t, "first.json", `{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1, 1]]}]}`)
	expect(t, run.ExitVerified, append([]string{"scheme", "user", first}, instance...), "acceptance: 2/3 ", "gap to P*: 2/9 ", "lossless: yes")
	none := write(t, "none.json", `{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1, "1/2"]]}]}`)
	expect(t, run.ExitRefuted, append([]string{"scheme", "user", none}, instance...), "selection rule: NO, level 1: the probabilities of the classes sum to 1/2, want 1\n")
	expect(t, run.ExitRefuted, append([]string{"scheme", "user", none, "-json"}, instance...), `"rule": false`)

	for args, want := range map[string]string{
		"scheme user " + first + " -k 3 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                           "the rule is for K = 2",
		"scheme user " + first + " -tuple 1 -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                  "1 tokens, want K = 2",
		"scheme user " + first + " -tuple 1,4 -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                `"4" is no token`,
		"scheme user " + first + " -simulate 5 -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                               "closed form",
		"scheme user " + first + " -drafts without-replacement -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":               "for iid drafts",
		"scheme ss -tuple 1,2 -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                                "rule of your own",
		"pstar -compact -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                                      "without -write-rule",
		"pstar -write-rule r.json -gap -1 -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3":                                    "-gap -1",
		"pstar -write-rule " + rule + " -compact -drafts without-replacement -k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3": "for iid drafts",
	} {
		if status, _, stderr := verify(strings.Fields(args)...); status != run.ExitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %q, want %q", args, status, stderr, want)
		}
	}
	for text, want := range map[string]string{
		`{"k": 2, "n": 3, "levels": []}`:                                                             `"levels\" go with`,
		`{"k": 2, "n": 3, "classes": 1000000000, "levels": []}`:                                      "expected at most 100000 classes, found 1000000000",
		`{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1}]}`:                                   `levels[0]: member "class" is missing`,
		`{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1]]}]}`:                   "expected a pair",
		`{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": []}], "beta": []}`:          "with no table",
		`{"k": 2, "n": 3, "classes": 1, "levels": [{"ratio": 1, "class": [[1, 1]], "colour": "x"}]}`: "colour",
	} {
		bad := write(t, "bad.json", text)
		status, _, stderr := verify(append([]string{"scheme", "user", bad}, instance...)...)
		if status != run.ExitUsage || !strings.Contains(stderr, strings.ReplaceAll(want, `\"`, `"`)) {
			t.Errorf("%s: status %d, %q, want %q", text, status, stderr, want)
		}
	}
}

// The rule that chooses the highest token is lossless as a table and by classes, where acceptance means something else: of a
// table draws after a rejection count if they are drafts. Levels of a rounded rule are divided by their sums.
func TestAcceptanceOfTablesAndClasses(t *testing.T) {
	instance := strings.Fields("-k 2 -p 1/3,1/3,1/3 -q 1/2,1/3,1/6")
	table := write(t, "table.json", `{"beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [3], "choose": [[3, 1]]},
		{"set": [1, 2], "choose": [[2, 1]]}, {"set": [1, 3], "choose": [[3, 1]]}, {"set": [2, 3], "choose": [[3, 1]]}]}`)
	byClasses := func(weight string) string {
		return write(t, "classes.json", `{"k": 2, "n": 3, "classes": 3, "levels": [{"ratio": "1/2", "class": [[3, `+weight+`]]},
			{"ratio": 1, "class": [[2, 1]]}, {"ratio": "3/2", "class": [[1, 1]]}]}`)
	}
	for _, c := range []struct {
		args string
		want []string
	}{
		{table, []string{"acceptance: 23/30 ≈ 0.7666666667, the probability that the output is among the drafts\n", "without draws after a rejection: 11/18 ≈ 0.6111111111\n"}},
		{byClasses("1"), []string{"acceptance: 11/18 ≈ 0.6111111111, the probability that the draft chosen is accepted\n"}},
		{byClasses("0.9996") + " -normalize", []string{"1 list of the rule, the farthest from 1 summed to 2499/2500", "acceptance: 11/18"}},
		{table + " -json", []string{`"accepted": "11/18"`, `"value": "23/30"`}},
	} {
		status, stdout, stderr := verify(append(append([]string{"scheme", "user"}, strings.Fields(c.args)...), instance...)...)
		for _, want := range c.want {
			if status != run.ExitVerified || !strings.Contains(stdout, want) {
				t.Errorf("%s: status %d, %s%s, want %q", c.args, status, stdout, stderr, want)
			}
		}
	}
	status, _, stderr := verify(append([]string{"scheme", "user", byClasses("0.9"), "-normalize"}, instance...)...)
	if status != run.ExitUsage || !strings.Contains(stderr, "off by more than 1/1000") || strings.Contains(stderr, "-weights") {
		t.Errorf("status %d, %q", status, stderr)
	}
}
