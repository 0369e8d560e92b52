package main

import (
	"encoding/json"
	"flag"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// The JSON object of a run begins with the members of the report, in their order; the
// verdict is the one that the exit status has, and claims are those of the registry.
func TestReportsHaveOneHead(t *testing.T) {
	t.Chdir("../..")
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	for _, c := range []struct {
		args, command, verdict string
		status                 int
		seed, claims           bool
	}{
		{"-k 2 -n 3", "", "verified", run.ExitVerified, true, true},
		{"-k 3 -n 4 -exponent 2", "", "refuted", run.ExitRefuted, true, true},
		{"-k 2 -n 2..3", "", "verified", run.ExitVerified, true, false},
		{"bounds -k 2 -n 3 -instances 1", "bounds", "verified", run.ExitVerified, true, true},
		{"crs -x 1/2,1/3", "crs", "verified", run.ExitVerified, false, true},
		{"crs -upto 3", "crs", "verified", run.ExitVerified, false, true},
		{"units -k 2 -x 1/2,1/3", "units", "verified", run.ExitVerified, false, true},
		{"orders -best -x 1/2,1/3", "orders", "verified", run.ExitVerified, false, true},
		{"crs -n 2..3", "crs", "verified", run.ExitVerified, false, false},
		{"prove fixtures/theorems/md-t3.thm", "prove", "verified", run.ExitVerified, false, true},
		{"knapsack fixtures/contention/knapsack.json", "knapsack", "verified", run.ExitVerified, false, true},
		{"ration fixtures/contention/pantry.json", "ration", "verified", run.ExitVerified, true, true},
		{"ration fixtures/contention/refused.json", "ration", "refuted", run.ExitRefuted, true, true},
		{"pstar -k 2 -p 1/2,1/2 -q 1/4,3/4", "pstar", "solved", run.ExitVerified, false, false},
		{"scheme ss -k 2 -p 1/2,1/2 -q 1/4,3/4", "scheme", "solved", run.ExitVerified, true, false},
		{"dd fixtures/polyhedra/square.ine", "dd", "solved", run.ExitVerified, false, false},
		{"redund fixtures/polyhedra/square.ine", "redund", "solved", run.ExitVerified, false, false},
		{"fm -keep 1 fixtures/polyhedra/square.ine", "fm", "projected", run.ExitVerified, false, false},
		{"fm -method dd -keep 1 fixtures/polyhedra/square.ine", "fm", "projected", run.ExitVerified, false, false},
		{"lp fixtures/lp/diet.lp", "lp", "optimal", run.ExitVerified, false, false},
		{"lp fixtures/lp/contradiction.lp", "lp", "infeasible", run.ExitVerified, false, false},
		{"blocks -length 2 -p 2/3,1/3 -q 1/3,2/3", "blocks", "solved", run.ExitVerified, false, false},
		{"crs -prophet fixtures/contention/prophet.json", "crs", "verified", run.ExitVerified, false, true},
		{"report fixtures/campaigns/grid", "report", "verified", run.ExitVerified, false, false},
		{"list -paper MD", "list", "solved", run.ExitVerified, false, false},
		{"explain MD-T3", "explain", "solved", run.ExitVerified, false, false},
		{"check fixtures/certificates/accepted/cell-2-3.json", "check", "valid", run.ExitVerified, false, true},
		{"check fixtures/certificates/accepted/cell-2-3.json fixtures/certificates/rejected/digest.json", "check", "invalid", run.ExitRefuted, false, true},
		{"check fixtures/certificates/rejected/digest.json", "check", "invalid", run.ExitRefuted, false, false},
		{"check fixtures/certificates/accepted/cell-2-3.json no-such-file", "check", "undecided", run.ExitUsage, false, true},
		{"export -smt2 " + in("a.smt2") + " fixtures/certificates/accepted/cell-2-3.json", "export", "valid", run.ExitVerified, false, true},
		{"export -smt2 " + in("b.smt2") + " fixtures/certificates/rejected/digest.json", "export", "invalid", run.ExitRefuted, false, false},
		{"export -vipr " + in("c.vipr") + " fixtures/certificates/accepted/cell-2-3.json", "export", "valid", run.ExitUsage, false, true},
		{"figure 2 -o " + in("a.csv"), "figure", "solved", run.ExitVerified, false, false},
		{"steps -k 2 fixtures/instances/steps.jsonl", "steps", "solved", run.ExitVerified, false, false},
		{"scheme -compare -k 2 -p 1/2,1/2 -q 1/4,3/4", "scheme", "solved", run.ExitVerified, true, false},
	} {
		out := objectOf(expect(t, c.status, append(words(c.args), "-json")))
		var r theorems.Head
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
		var members []string
		for _, name := range membersOf(t, out) {
			if name != "seed" {
				members = append(members, name)
			}
		}
		if head := []string{"verdict", "claims", "command", "version"}; len(members) < 5 || !slices.Equal(members[:4], head) || slices.ContainsFunc(members[4:], func(m string) bool { return slices.Contains(head, m) }) {
			t.Errorf("%s: the object has the members %v", c.args, members)
		}
	}
}

// objectOf is the object of the run, before which steps prints one for each step.
func objectOf(out string) string {
	for strings.HasPrefix(out, `{"step":`) {
		_, out, _ = strings.Cut(out, "\n")
	}
	return out
}

// Every command that has -json shows an object on the page about output, where it is compared
// with what the command prints; each begins with the members of the head.
func TestEveryObjectIsDocumented(t *testing.T) {
	examples := examplesOf(t, "../../docs/output.md")
	var without []string
	for _, c := range run.DescribeAll(commands()) {
		if !slices.ContainsFunc(c.Flags, func(f *flag.Flag) bool { return f.Name == "json" }) {
			without = append(without, "`"+c.Name+"`")
			continue
		}
		begins := "go run ./cmd/verify " + c.Name + " "
		if c.Name == "" {
			begins = "go run ./cmd/verify -k"
		}
		shown := 0
		for _, e := range examples {
			if !strings.HasPrefix(e.command, begins) || !slices.Contains(strings.Fields(e.command), "-json") {
				continue
			}
			shown++
			if !strings.HasPrefix(strings.NewReplacer(" ", "", "\n", "").Replace(objectOf(e.output)), `{"verdict":"`) {
				t.Errorf("docs/output.md:%d: the object does not begin with its verdict", e.line)
			}
		}
		if shown == 0 {
			t.Errorf("docs/output.md shows no object of %q", c.Name)
		}
	}
	if list := "(" + strings.Join(without, ", ") + ") prints no JSON"; !strings.Contains(contents(t, "../../docs/output.md"), list) {
		t.Errorf("docs/output.md does not say %s", list)
	}
}

// membersOf lists the names of the members of an object, in order.
func membersOf(t *testing.T, object string) (names []string) {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(object))
	if _, err := decoder.Token(); err != nil {
		t.Fatal(err)
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			t.Fatal(err)
		}
		names = append(names, name.(string))
	}
	return names
}

// A report reads the object of every command, also behind the lines of steps; a certificate that is invalid
// counts as refuted.
func TestObjectsAreReported(t *testing.T) {
	t.Chdir("../..")
	for args, want := range map[string]string{
		"check fixtures/certificates/accepted/cell-2-3.json": "verdict: verified\n",
		"check fixtures/certificates/rejected/digest.json":   "verdict: refuted\n",
		"steps -k 2 fixtures/instances/steps.jsonl":          "verdict: solved\n",
	} {
		_, object, _ := verify(append(words(args), "-json")...)
		if _, out, stderr := verifyStdin(object, "report", "-"); !strings.Contains(out, want) || !strings.Contains(out, "verify "+words(args)[0]+"\n") {
			t.Errorf("%s: reported as\n%s%s", args, out, stderr)
		}
	}
}

// What dd, and fm, write with -json they read as the file that it stands for.
func TestObjectsAreReadBack(t *testing.T) {
	for _, name := range []string{"cube.ine", "halfspace.ine", "octahedron.ext", "empty.ine", "whole-space.ext", "implied-equation.ine"} {
		object := expect(t, run.ExitVerified, []string{"dd", "-q", "-json", polyhedraFixtures + name})
		plain := expect(t, run.ExitVerified, []string{"dd", "-q", polyhedraFixtures + name})
		_, got, stderr := verifyStdin(object, "dd", "-q", "-")
		if _, want, _ := verifyStdin(plain, "dd", "-q", "-"); got != want {
			t.Errorf("%s: the object is converted to\n%s%s\nthe file to\n%s", name, got, stderr, want)
		}
	}
	// An object of which one half would be lost is read by nobody.
	twice := inFile(t, "twice.json", `{"verdict": "verified",`+"\n"+expect(t, run.ExitVerified, []string{"dd", "-q", "-json", polyhedraFixtures + "cube.ine"})[1:])
	for _, command := range []string{"dd", "redund", "fm -keep 1", "report"} {
		expect(t, run.ExitUsage, append(words(command), twice), `2>twice.json:2: member "verdict" is there twice`)
	}
	object := expect(t, run.ExitVerified, words("fm -q -json -keep 1 "+polyhedraFixtures+"square.ine"))
	if status, out, stderr := verifyStdin(object, "redund", "-q", "-"); status != run.ExitVerified || !strings.Contains(out, "0 of 2 rows are redundant") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
	// Strict rows are read by fm alone, and refused elsewhere.
	strict := "H-representation\nstrict_inequality 1 1\nbegin\n 2 3 integer\n 0 1 -1\n 5 -1 1\nend\n"
	_, object, _ = verifyStdin(strict, "fm", "-q", "-json", "-keep", "x1,x2", "-")
	if status, out, stderr := verifyStdin(object, "fm", "-q", "-keep", "1,2", "-"); status != run.ExitVerified || out != strict {
		t.Errorf("status %d of\n%s\n%s%s", status, object, out, stderr)
	}
	if status, _, stderr := verifyStdin(object, "dd", "-"); status != run.ExitUsage || !strings.Contains(stderr, "strict_inequality") {
		t.Errorf("status %d of dd: %s", status, stderr)
	}
}

// A report on folders of steps has the verdict that the run had, says of a block that is not solved why, and has one for each block.
func TestReportOfSteps(t *testing.T) {
	good := `{"p": ["1/3", "1/3", "1/3"], "q": ["1/3", 0, "2/3"], "k": 2}` + "\n"
	file := func(text string) string { return write(t, "s.jsonl", text) }
	for _, c := range []struct {
		args             string
		status, reported int // of a report, which knows no bad input of others
		verdict          string
		texts            []string
	}{
		{"-schemes optimal " + file(good), run.ExitVerified, run.ExitVerified, "solved", []string{"1 task: 1 done\nverdict: solved\n"}},
		{"-schemes optimal " + file(strings.Repeat(good, 1001)), run.ExitVerified, run.ExitVerified, "solved", []string{"2 tasks: 2 done\n"}},
		{"-schemes optimal " + file(strings.Repeat(good, 1001)+"{\n"), run.ExitUsage, run.ExitUndecided, "undecided",
			[]string{"2 tasks: 1 undecided, 1 done\nundecided: steps 1001 to 1002: 1 of 2 steps could not be read\nverdict: undecided\n"}},
		{"-schemes spectr -bits 20 -within 1e-9 " + file(good), run.ExitUndecided, run.ExitUndecided, "undecided",
			[]string{"1 task: 1 undecided\nundecided: steps 1 to 1: 1 value is undecided: the instance is too large, or the interval wider than asked\n"}},
		// Lossy, and bad besides: the refutation is what is told.
		{"-schemes spectr -gamma 1 " + file(good+"{\n"), run.ExitRefuted, run.ExitRefuted, "refuted",
			[]string{"1 task: 1 refuted\nrefuted: steps 1 to 2: 1 value is of a scheme that is not lossless at its step, and may be above P*; 1 of 2 steps could not be read\n"}},
	} {
		state := t.TempDir()
		run := expect(t, c.status, words("steps -json -state "+state+" "+c.args))
		if object := objectOf(run); !strings.HasPrefix(object, `{"verdict":"`+c.verdict+`"`) {
			t.Errorf("%s prints\n%s", c.args, object)
		}
		expect(t, c.reported, words("report "+state), c.texts...)
		page := filepath.Join(t.TempDir(), "r.html")
		expect(t, c.reported, words("report -json "+state+" -o "+page), `"verdict": "`+c.verdict+`"`)
		if text := contents(t, page); !strings.Contains(text, "steps 1 to ") || !strings.Contains(text, c.verdict) {
			t.Errorf("%s: the page is\n%s", c.args, text)
		}
	}
}

// Blocks of steps that no shard has done are missing from the report, by their names.
func TestReportOfShardsOfSteps(t *testing.T) {
	path := write(t, "s.jsonl", strings.Repeat(`{"p": ["1/2", "1/2"], "q": ["1/4", "3/4"], "k": 2}`+"\n", 2001))
	first, third := t.TempDir(), t.TempDir()
	steps := func(state, shard string) []string {
		return words("steps -schemes optimal " + path + " -state " + state + " -shard " + shard)
	}
	expect(t, run.ExitVerified, steps(first, "1/3"))
	expect(t, run.ExitVerified, steps(third, "3/3"))
	expect(t, run.ExitUndecided, words("report "+first+" "+third), "3 tasks: 1 missing, 2 done\nmissing: steps-1001-2000\n", "verdict: undecided")
	expect(t, run.ExitVerified, steps(third, "2/3"))
	expect(t, run.ExitVerified, words("report "+first+" "+third), "3 tasks: 3 done\nverdict: solved\n")
}
