package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/theorems/multidraft"
)

const thirds = "-k 2 -p 1/3,1/3,1/3 -q 1/3,0,2/3"

func TestScheme(t *testing.T) {
	const five = "-k 3 -p 62/125,17/125,151/1000,1/125,209/1000 -q 37/250,21/500,149/200,1/20,3/200"
	for _, c := range []struct {
		args  string
		texts []string
	}{
		{"specinfer " + thirds, []string{"acceptance: 7/9 ≈", "P*(acc) for these drafts: 8/9", "gap to P*: 1/9", "token 3: 2/3", "lossless: yes"}},
		{"spectr " + thirds, []string{"γ* at least = ", "acceptance: between 0.811419515303554 and 0.811419515303555\n"}},
		{"spectr -k 2 -p 1/3,1/3,1/3 -q 1/3,1/4,5/12", []string{"γ = ", "acceptance: 35/36 ≈ 0.9722222222\n"}},
		{"spectr -gamma 3/2 " + thirds, []string{"γ = 3/2\n", "lossless: yes"}},
		{"specinfer -k 2 -p 373/1000,29/50,47/1000 -q 309/500,177/500,7/250", []string{"acceptance: 169277/200000"}},
		{"specinfer -k 3 " + instances + "named-tokens.csv", []string{"acceptance: 207227133/250000000", "output law, token an: 407/1000"}},
		{"specinfer-without-replacement " + five, []string{"law of the drafts: without-replacement", "acceptance: 76025810217187/101241861840000", "4440878158613/5062093092000"}},
		{"greedy " + five, []string{"law of the drafts: joint", "T = {1,5}\n", "gap to P*: 0\n"}},
		{"truncated-lp -size 1 " + thirds, []string{"|Ω_1| = 1\n"}},
		{"truncated-lp " + instances + "independent.csv", []string{"lossless: yes"}},
		{"truncated-alphabet-is -alphabet 1,3 " + thirds, []string{"Ω_0 = {1,3}\n"}},
		{"hybrid -baseline spectr -few 1 " + thirds, []string{"branch = spectr\n"}},
		{"specinfer -simulate 500 -seed 7 " + thirds, []string{"simulation: 500 draws, seed 7\n", "frequencies fit: yes"}},
	} {
		expect(t, exitVerified, append([]string{"scheme"}, words(c.args)...), c.texts...)
	}
}

func TestSchemeCompare(t *testing.T) {
	args := append([]string{"scheme", "-compare"}, words(thirds)...)
	text := expect(t, exitVerified, args, "scheme ", "7/9", "enclosed")
	for _, scheme := range multidraft.Schemes() {
		if !strings.Contains(text, "\n"+scheme.Name+" ") {
			t.Errorf("no line for %s", scheme.Name)
		}
	}
	table, err := csv.NewReader(strings.NewReader(expect(t, exitVerified, append(args, "-csv")))).ReadAll()
	if err != nil || len(table) != 1+len(multidraft.Schemes()) {
		t.Errorf("CSV of %d lines, error %v", len(table), err)
	}
	var object jsonComparison
	if err := json.Unmarshal([]byte(expect(t, exitVerified, append(args, "-json"))), &object); err != nil {
		t.Fatal(err)
	}
	for _, s := range object.Schemes {
		if s.Scheme == multidraft.SchemeRecursive && s.Acceptance.Value.String() != "7/9" {
			t.Errorf("specinfer accepts %v", s.Acceptance)
		}
	}
	// With three drafts the programs for two are left out, and said to be.
	expect(t, exitVerified, words("scheme -compare -k 3 -p 1/3,1/3,1/3 -q 1/3,0,2/3"), "left out: scheme truncated-lp is for K = 2")
}

func TestSchemeErrors(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "which scheme?"},
		{"best " + thirds, `unknown scheme "best"`},
		{"user", "needs the file of the rule"},
		{"user nowhere.json " + thirds, "cannot read nowhere.json"},
		{"spectr -gamma x " + thirds, "-gamma"},
		{"is -alphabet 1,x " + thirds, "-alphabet"},
		{"is -csv " + thirds, "-csv goes with -compare"},
		{"-compare -simulate 5 " + thirds, "-simulate draws from one scheme"},
		{"is -simulate -5 " + thirds, "-simulate -5"},
		{"spectr " + instances + "independent.csv", "not defined for independent drafts"},
		{"truncated-lp -k 3 -p 1/3,1/3,1/3 -q 1/3,0,2/3", "for K = 2"},
	} {
		expect(t, exitUsage, append([]string{"scheme"}, words(c.args)...), "2>"+c.want)
	}
}

// A user's rule with one weight changed is reported, with status 1.
func TestSchemeUser(t *testing.T) {
	rule := filepath.Join(t.TempDir(), "rule.json")
	expect(t, exitVerified, append([]string{"pstar", "-rule", rule}, words(thirds)...))
	data, err := os.ReadFile(rule)
	if err != nil {
		t.Fatal(err)
	}
	user := func(text string) []string {
		return append([]string{"scheme", "user", write(t, "r.json", text)}, words(thirds)...)
	}
	changed := strings.Replace(string(data), `{"set":[1,3],"choose":[[3,"1"]]}`, `{"set":[1,3],"choose":[[1,"1/10"],[3,"9/10"]]}`, 1)
	expect(t, exitRefuted, user(changed), "selection rule: yes", "lossless: NO, token 1 has probability", "optimal: no")
	broken := strings.Replace(string(data), `[[3,"1"]]}`, `[[3,"1/2"]]}`, 1)
	expect(t, exitRefuted, user(broken), "selection rule: NO, row {3} sums to 1/2", "lossless: NO")
	// β alone is completed by speculative sampling, which is lossless by design.
	beta := `{"beta": [{"set": [1], "choose": [[1, 1]]}, {"set": [2], "choose": [[2, 1]]}, {"set": [3], "choose": [[3, 1]]},
		{"set": [1, 2], "choose": [[1, 0.5], [2, 0.5]]}, {"set": [1, 3], "choose": [[3, 1]]}, {"set": [2, 3], "choose": [[3, 1]]}]}`
	expect(t, exitVerified, user(beta), "lossless: yes", "optimal: no")
	// The law of the output for each word.
	law := `{"rule": [{"word": [1, 1], "choose": [[1, 1]]}]}`
	expect(t, exitUsage, user(law), "2>no row for the drafts (1,2)")
	for _, c := range []struct{ text, want string }{
		{`{}`, `expected "beta" or "rule"`},
		{`{"beta": [], "rule": []}`, `there is "beta" already`},
		{`{"beta": [{"set": [1]}]}`, `expected "set" (or "word") and "choose"`},
		{`{"beta": [{"set": [1], "choose": [[1]]}]}`, "expected a pair"},
		{`{"beta": [{"set": [1], "choose": [[4, 1]]}]}`, "row 1: token 4, want 1..3"},
		{`{"rule": [], "accept": [1,1,1], "residual": [1,0,0]}`, `"accept" goes with "beta"`},
		{`{"beta": [], "accept": [1,1,1]}`, "go together"},
		{`{"k": 3, "beta": []}`, "the rule is for K = 3"},
	} {
		expect(t, exitUsage, user(c.text), "2>"+c.want)
	}
}
