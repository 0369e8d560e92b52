package main

import (
	"encoding/json"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// The JSON object of a run begins with the members of the report, in their order; the
// verdict is the one that the exit status has, and claims are those of the registry.
func TestReportsHaveOneHead(t *testing.T) {
	t.Chdir("../..")
	for _, c := range []struct {
		args, command, verdict string
		status                 int
		seed, claims           bool
	}{
		{"-k 2 -n 3", "", "verified", run.ExitVerified, true, true},
		{"-k 3 -n 4 -exponent 2", "", "refuted", run.ExitRefuted, true, true},
		{"-k 2 -n 2..3", "", "verified", run.ExitVerified, true, false},
		{"bounds -k 2 -n 3 -instances 1", "bounds", "no violation", run.ExitVerified, true, true},
		{"crs -x 1/2,1/3", "crs", "verified", run.ExitVerified, false, true},
		{"crs -upto 3", "crs", "verified", run.ExitVerified, false, true},
		{"knapsack fixtures/contention/knapsack.json", "knapsack", "verified", run.ExitVerified, false, true},
		{"ration fixtures/contention/pantry.json", "ration", "verified", run.ExitVerified, true, true},
		{"ration fixtures/contention/refused.json", "ration", "refuted", run.ExitRefuted, true, true},
		{"pstar -k 2 -p 1/2,1/2 -q 1/4,3/4", "pstar", "solved", run.ExitVerified, false, false},
		{"scheme ss -k 2 -p 1/2,1/2 -q 1/4,3/4", "scheme", "solved", run.ExitVerified, true, false},
		{"scheme -compare -k 2 -p 1/2,1/2 -q 1/4,3/4", "scheme", "solved", run.ExitVerified, true, false},
	} {
		out := expect(t, c.status, append(words(c.args), "-json"))
		var r theorems.Report
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatalf("%s: %v", c.args, err)
		}
		if r.Verdict != c.verdict || r.Command != c.command || (r.Seed != nil) != c.seed || r.Version == "" || r.Claims == nil || (len(r.Claims) > 0) != c.claims {
			t.Errorf("%s: %+v, want %+v", c.args, r, c)
		}
		for _, claim := range r.Claims {
			if _, ok := registry().Find(claim.Tag); !ok || claim.Statement == "" {
				t.Errorf("%s: claim %+v", c.args, claim)
			}
		}
		last := -1
		for _, member := range []string{"verdict", "claims", "command", "version"} {
			at := strings.Index(out, "\n  \""+member+"\": ")
			if at < 0 || at < last || strings.Count(out, "\n  \""+member+"\": ") != 1 {
				t.Errorf("%s: the member %s is missing, twice, or out of order", c.args, member)
			}
			last = at
		}
	}
}
