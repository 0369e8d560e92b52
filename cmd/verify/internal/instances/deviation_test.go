package instances_test

import (
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// Of a rule that is lossy it is told how much.
func TestSchemeUserTellsHowLossy(t *testing.T) {
	instance := []string{"-k", "1", "-p", "1/2,1/2", "-q", "1/4,3/4"}
	user := func(args ...string) []string { return append(append([]string{"scheme", "user"}, args...), instance...) }

	// The right rule, as vectors and as arrays.
	expect(t, run.ExitVerified, user("-accept", "1/2,1", "-residual", "0,1"), "acceptance: 3/4 ", "lossless: yes", "optimal: yes")
	accept, residual := npyFile(t, "<f4", []int{2}, 0.5, 1), npyFile(t, "<f8", []int{2}, 0, 1)
	expect(t, run.ExitVerified, user("-accept", accept, "-residual", residual), "acceptance: 3/4 ", "lossless: yes")

	// The residual is q, not (q - p)^+.
	expect(t, run.ExitRefuted, user("-accept", "1/2,1", "-residual", "1/4,3/4"), "lossless: NO, token 1 has probability 5/16, want 1/4\n",
		"total variation from q: 1/16 ", "of 16 outputs one differs", "largest ratio to q: 5/4 = 1.2500000000, at token 1\n",
		"worst tokens, of 2 that differ: 1 by 1/16 = 0.0625000000 more, 2 by 1/16 = 0.0625000000 less\n")
	expect(t, run.ExitVerified, user("-accept", "1/2,1", "-residual", "1/4,3/4", "-tolerance", "1/16"), "lossless: within 1/16, not exactly\n")
	expect(t, run.ExitRefuted, user("-accept", "1/2,1", "-residual", "1/4,3/4", "-tolerance", "1/17", "-json"), `"total_variation": "1/16"`, `"within_tolerance": false`)

	// Whose reciprocal is no integer, and one that no ten decimals show.
	expect(t, run.ExitRefuted, user("-accept", "1/2,1/7", "-residual", "1/4,3/4"), "expected effect: of about 5.9 outputs one differs")
	expect(t, run.ExitRefuted, user("-accept", "1/2,1", "-residual", "1/10000000000,9999999999/10000000000"),
		"1 by about 2.50000e-11 more, 2 by about 2.50000e-11 less\n", "of 40000000000 outputs one differs")

	// Rounded, and what is near 1 is not said to be 1.
	long := []string{"scheme", "user", "-accept", "1,1", "-residual", "0,1", "-k", "1", "-p"}
	expect(t, run.ExitRefuted, append(long, "1,0", "-q", "1/1000003,1000002/1000003"), "of about 1 + 1.0e-6 outputs one differs")
	expect(t, run.ExitRefuted, append(long, "99999999999999999999/200000000000000000001,100000000000000000002/200000000000000000001", "-q", "1/2,1/2", "-json"), `"total_variation_about": "7.50000e-21"`)
	expect(t, run.ExitRefuted, append(long, "100000000000000000001/200000000000000000001,100000000000000000000/200000000000000000001", "-q", "1/2,1/2"), "largest ratio to q: about 1.00001e0, at token 1\n")
	expect(t, run.ExitRefuted, append(long, "1,0", "-q", "1/1000003,1000002/1000003", "-json"), `"total_variation_about": "9.99999e-1"`)
	expect(t, run.ExitRefuted, append(long, "1/3,2/3", "-q", "1,0", "-json"), `"total_variation": "2/3"`, `"total_variation_about": "6.66667e-1"`)

	// Acceptance above P*.
	expect(t, run.ExitRefuted, user("-accept", "1,1", "-residual", "0,1"), "gap to P*: -1/4 ", "acceptance above P*: no contradiction")
	expect(t, run.ExitRefuted, []string{"scheme", "user", "-accept", "1,1", "-residual", "0,1", "-k", "1", "-p", "1/2,1/2", "-q", "0,1"},
		"largest ratio to q: infinite, at token 1")

	// A residual rounded to float32.
	off := user("-accept", "1/2,1", "-residual", "0,33554433/33554432")
	expect(t, run.ExitRefuted, off, "selection rule: NO, the residual sums to 33554433/33554432\n")
	expect(t, run.ExitVerified, append(off, "-normalize"), "normalised: 1 list of the rule, the farthest from 1 summed to 33554433/33554432\n", "lossless: yes")
	rule := write(t, "r.json", `{"beta": [{"set": [1], "choose": [[1, 0.99999]]}, {"set": [2], "choose": [[2, 1]]}]}`)
	expect(t, run.ExitVerified, append(user(rule), "-normalize"), "normalised: 1 list of the rule")
	rule = write(t, "r.json", `{"beta": [{"set": [1], "choose": [[1, 0.9]]}, {"set": [2], "choose": [[2, 1]]}]}`)
	expect(t, run.ExitUsage, append(user(rule), "-normalize"), "2>the rule sums to 9/10, which is off by more than 1/1000")

	expect(t, run.ExitUsage, user("-accept", "1/2,1", "-residual", "0,1", "-simulate", "5"), "2>-simulate is for tables")
	expect(t, run.ExitUsage, user("-accept", "1,1"), "2>-accept and -residual go together")
	expect(t, run.ExitUsage, user("-accept", "1,1", "-residual", "1"), "2>residual has 1 entries, want n = 2")
	expect(t, run.ExitUsage, []string{"scheme", "user", "-accept", "1,1", "-residual", "0,1", "-k", "2", "-p", "1/2,1/2", "-q", "1/4,3/4"}, "2>a rule for one draft")
	expect(t, run.ExitUsage, append([]string{"scheme", "ss", "-accept", "1,1", "-residual", "0,1"}, instance...), "2>are for verify scheme user")
	expect(t, run.ExitUsage, user("-accept", "1,1", "-residual", "0,1", "-tolerance", "-1"), "2>-tolerance -1")
	expect(t, run.ExitUsage, user("-accept", "1,1", "-residual", "0,1", "-tolerance", "1"), "2>-tolerance 1: expected a number from 0 to less than 1")
}

// A file of a rule and the flags say the same of the same numbers, be they no probabilities, and of those that -normalize makes some of.
func TestRuleOfFileIsThatOfFlags(t *testing.T) {
	for _, c := range []struct {
		accept, residual, more string
		status                 int
		text                   string
	}{
		{"1/2,1", "0,33554433/33554432", "", run.ExitRefuted, "selection rule: NO, the residual sums to 33554433/33554432\n"},
		{"1/2,1", "0,33554433/33554432", "-normalize", run.ExitVerified, "lossless: yes"},
		{"1/2,33554433/33554432", "0,1", "-normalize", run.ExitRefuted, "selection rule: NO, token 2 is accepted with probability 33554433/33554432\n"},
		{"-1/2,1", "0,1", "", run.ExitRefuted, "selection rule: NO, token 1 is accepted with probability -1/2\n"},
		{"1/2,1", "-1/2,3/2", "", run.ExitRefuted, "selection rule: NO, the residual gives token 1 the weight -1/2\n"},
		{"1/2,1", "0,9/8", "-normalize", run.ExitUsage, "2>a list of the rule sums to 9/8, which is off by more than 1/1000"},
	} {
		list := func(numbers string) string { return `["` + strings.ReplaceAll(numbers, ",", `","`) + `"]` }
		file := write(t, "r.json", `{"beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}], "accept": `+list(c.accept)+`, "residual": `+list(c.residual)+`}`)
		instance := words("-k 1 -p 1/2,1/2 -q 1/4,3/4 " + c.more)
		flags := expect(t, c.status, append([]string{"scheme", "user", "-accept=" + c.accept, "-residual=" + c.residual}, instance...), c.text)
		if of := expect(t, c.status, append([]string{"scheme", "user", file}, instance...), c.text); of != flags {
			t.Errorf("of a file it prints\n%s\nand of flags\n%s", of, flags)
		}
	}
	// Of other lists, too.
	row := write(t, "r.json", `{"rule": [{"set": [1], "choose": [[1, "33554433/33554432"]]}, {"set": [2], "choose": [[2, 1]]}]}`)
	expect(t, run.ExitRefuted, words("scheme user "+row+" -k 1 -p 1/2,1/2 -q 1/2,1/2"), "selection rule: NO, row {1} sums to 33554433/33554432\n")
	expect(t, run.ExitVerified, words("scheme user "+row+" -normalize -k 1 -p 1/2,1/2 -q 1/2,1/2"), "lossless: yes")
	classes := write(t, "r.json", `{"k": 2, "n": 2, "classes": 1, "levels": [{"ratio": 1, "class": [[1, "33554433/33554432"]]}]}`)
	expect(t, run.ExitVerified, words("scheme user "+classes+" -normalize -k 2 -p 1/2,1/2 -q 1/4,3/4"), "lossless: yes")
	expect(t, run.ExitRefuted, words("scheme user "+classes+" -k 2 -p 1/2,1/2 -q 1/4,3/4"), "selection rule: NO, level 1: the probabilities of the classes sum to 33554433/33554432, want 1")
}
