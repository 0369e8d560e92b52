package listing_test

import (
	"encoding/json"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/listing"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
	"pstar/theorems"
)

// registry has a row in two papers, one that nothing reaches, and one of our own.
func registry() *theorems.Registry {
	return theorems.NewRegistry([]theorems.Paper{{Key: "A", Title: "First"}, {Key: "B", Title: "Second"}}, theorems.Family{Name: "f", Theorems: []theorems.Theorem{
		{Tag: "A-T1", Statement: strings.Repeat("long ", 40) + "end", Sources: []theorems.Source{{Paper: "A", Number: "Theorem 1"}, {Paper: "B", Number: "Theorem 7"}},
			Engine: theorems.Proved, Scope: "for all", Commands: []theorems.Command{{Line: "verify x", Shows: "A-T1 proved"}}, Coq: theorems.Coq{Names: []string{"A_T1"}}, Misprint: "x for y"},
		{Tag: "A-R1", Statement: "a remark", Sources: []theorems.Source{{Paper: "A", Number: "Remark 1"}}, Engine: theorems.OutOfReach, Scope: "it is about the weather."},
		{Tag: "O-1", Statement: "ours", Engine: theorems.Checked, Scope: "here", Commands: []theorems.Command{{Line: "verify y"}}},
	}})
}

var commands = runtest.Commands(listing.ListCommand(registry), listing.ExplainCommand(registry))

func expect(t *testing.T, status int, line string, texts ...string) string {
	t.Helper()
	return commands.Expect(t, status, runtest.Words(line), texts...)
}

// A row stands once, under the paper that was asked for or its first one; lines are cut.
func TestList(t *testing.T) {
	all := expect(t, run.ExitVerified, "list", "[A] First\n  A-T1 ", "Theorem 1", "…\n", "[ours] not numbered in a paper\n  O-1 ", "3 rows: by the engine 1 proved, 1 checked, 1 out of reach; by Coq 1 proved in general")
	if strings.Contains(all, "[B]") || strings.Contains(all, "end\n") {
		t.Errorf("a row stands twice, or is not cut:\n%s", all)
	}
	expect(t, run.ExitVerified, "list -paper b -whole", "[B] Second\n  A-T1           Theorem 7", "end\n", "1 rows")
	expect(t, run.ExitVerified, "list -paper ours", "O-1", "1 rows")
	expect(t, run.ExitVerified, "list o", "O-1", "1 rows")
	if out := expect(t, run.ExitVerified, "list -status proved a", "A-T1", "1 rows"); strings.Contains(out, "A-R1") {
		t.Errorf("-status lets another pass:\n%s", out)
	}
	expect(t, run.ExitUsage, "list -status true", `2>"true" is no standing, expected one of proved, concluded, checked, refuted, out of reach`)
	expect(t, run.ExitUsage, "list -status vacuous", `2>"vacuous" is no standing`)
	expect(t, run.ExitUsage, "list -paper C", "2>expected one of")
	var object struct {
		Papers   []theorems.Paper
		Theorems []theorems.Theorem
	}
	if err := json.Unmarshal([]byte(expect(t, run.ExitVerified, "list -json -paper A")), &object); err != nil || len(object.Papers) != 2 || len(object.Theorems) != 2 || object.Theorems[0].Engine != theorems.Proved {
		t.Errorf("%v, %+v", err, object)
	}
}

// A row is found by its tag and by its place; what is not found says what is near.
func TestExplain(t *testing.T) {
	for _, name := range []string{"A-T1", "a-t1"} {
		expect(t, run.ExitVerified, "explain "+name, "A-T1", "[A] Theorem 1, [B] Theorem 7", "x for y", "verify x")
	}
	expect(t, run.ExitVerified, "explain B theorem 7", "A-T1")
	expect(t, run.ExitVerified, "explain A-R1", "out of reach", "it is about the weather.", "no command")
	expect(t, run.ExitUsage, "explain A-T2", "2>did you mean")
	expect(t, run.ExitUsage, "explain", "2>")
	var row theorems.Theorem
	if err := json.Unmarshal([]byte(expect(t, run.ExitVerified, "explain -json O-1")), &row); err != nil || row.Tag != "O-1" || row.Engine != theorems.Checked {
		t.Errorf("%v, %+v", err, row)
	}
}
