package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// numbered are the kinds of statements that the papers number.
var numbered = regexp.MustCompile(`^(Problem|Definition|Theorem|Lemma|Proposition|Remark|Algorithm|Example|Figure|Table) \S+$`)

// Every numbered statement, algorithm, example, figure and table of the papers is in
// exactly one row, and no row names one that the papers do not have.
func TestRegistryHasWhatThePapersNumber(t *testing.T) {
	data, err := os.ReadFile("../../fixtures/papers/numbering.tsv")
	if err != nil {
		t.Fatal(err)
	}
	times := map[theorems.Source]int{}
	rows := map[string]int{}
	for _, row := range registry().All() {
		for _, s := range row.Sources {
			if numbered.MatchString(s.Number) {
				times[s]++
				rows[s.Paper]++
			}
		}
	}
	listed := map[string]int{}
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(strings.TrimSpace(line), "\t")
		if len(fields) != 4 {
			t.Fatalf("numbering.tsv: %d fields in %q, want 4", len(fields), line)
		}
		s := theorems.Source{Paper: fields[0], Number: fields[1] + " " + fields[2]}
		listed[s.Paper]++
		if times[s] != 1 {
			t.Errorf("%v (%s) is in %d rows, want 1", s, fields[3], times[s])
		}
		delete(times, s)
	}
	for s := range times {
		t.Errorf("%v is in a row, but not in the numbering of the paper", s)
	}
	for _, p := range registry().Papers {
		if rows[p.Key] != listed[p.Key] || listed[p.Key] == 0 {
			t.Errorf("[%s]: %d numbered statements in rows, %d in the paper", p.Key, rows[p.Key], listed[p.Key])
		}
	}
}

// Rows of which Coq proves less than the statement say so: they ask for finitely many values
// where the statement does not, or leave something out.
func TestRegistryRowsProvedInPart(t *testing.T) {
	parts := strings.Fields(`MD-L1 MD-I MD-S4
		CRS-T1.1 CRS-T1.4 CRS-T4.1 CRS-A1 CRS-A3 CRS-L2.1 CRS-L2.2 CRS-L4.2 CRS-LC.1 CRS-LC.2 CRS-LC.3 CRS-REM2`)
	less := regexp.MustCompile(`finitely many|finite demands|all but|not defined`)
	for _, row := range registry().All() {
		if part := slices.Contains(parts, row.Tag); part != row.Coq.Partly {
			t.Errorf("%s: a part is %v, want %v", row.Tag, row.Coq.Partly, part)
		}
		if !row.Coq.Partly && less.MatchString(row.Coq.Says) {
			t.Errorf("%s: Coq says %q, which is less than the statement", row.Tag, row.Coq.Says)
		}
		out := spaced(expect(t, run.ExitVerified, words("explain "+row.Tag)))
		for _, whole := range []string{"proves it whole", "the statement, for every size", "is proved by Coq", "proves the statement"} {
			if row.Coq.Partly && strings.Contains(out, whole) {
				t.Errorf("explain %s says %q of a part:\n%s", row.Tag, whole, out)
			}
		}
	}
}

// spaced is a text with single spaces.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// Every command of a row exists, and prints what the row says it does, with exit status
// 0; every tag that it prints is the tag of a row.
func TestRegistryCommands(t *testing.T) {
	t.Chdir("../..")
	outputs := map[string]string{}
	tagged := regexp.MustCompile(`(?m)^((?:MD|IS|CRS)-\S+)\s`)
	for _, row := range registry().All() {
		for _, c := range row.Commands {
			words := strings.Fields(c.Line)
			if words[0] == "go" {
				expectTest(t, row.Tag, words)
				continue
			}
			out, known := outputs[c.Line]
			if !known {
				var status int
				var stderr string
				if status, out, stderr = verify(words[1:]...); status != run.ExitVerified {
					t.Errorf("%s: %s: status %d\n%s%s", row.Tag, c.Line, status, out, stderr)
				}
				outputs[c.Line] = out
			}
			if words[0] != "verify" || c.Shows == "" || !strings.Contains(spaced(out), spaced(c.Shows)) {
				t.Errorf("%s: %s does not show %q, but\n%s", row.Tag, c.Line, c.Shows, out)
			}
			for _, tag := range tagged.FindAllStringSubmatch(out, -1) {
				if _, ok := registry().Find(tag[1]); !ok {
					t.Errorf("%s prints the tag %s, of which there is no row", c.Line, tag[1])
				}
			}
		}
	}
}

// expectTest checks that the test a row names, "go test ./FOLDER -run NAME", is there.
func expectTest(t *testing.T, tag string, words []string) {
	t.Helper()
	if len(words) != 5 || words[1] != "test" || words[3] != "-run" {
		t.Fatalf("%s: want go test ./FOLDER -run NAME, not %q", tag, words)
	}
	files, _ := filepath.Glob(filepath.Join(words[2], "*_test.go"))
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil && strings.Contains(string(data), "func "+words[4]+"(t *testing.T)") {
			return
		}
	}
	t.Errorf("%s: no test %s in %s", tag, words[4], words[2])
}

// The standing of a row is that of the line which its first command shows, where that
// line is a claim, of the row's own tag or of another.
func TestRegistryPromisesWhatCommandsShow(t *testing.T) {
	for _, row := range registry().All() {
		if len(row.Commands) == 0 {
			continue
		}
		words := strings.Fields(row.Commands[0].Shows)
		if len(words) < 2 {
			continue
		}
		if !slices.Contains(theorems.Standings, row.Engine) {
			t.Errorf("%s: %s is no standing of a row", row.Tag, row.Engine)
		}
		_, claim := registry().Find(words[0])
		if claim && row.Engine != theorems.Refuted && words[1] != row.Engine.String() {
			t.Errorf("%s: the row says %s, its first command shows %q", row.Tag, row.Engine, row.Commands[0].Shows)
		}
	}
}

// The statements of Theorems 2 and 3 are worded alike where they are listed and where a certificate claims them; only what
// is no ASCII is spelled otherwise.
func TestCertificatesHaveTheWordsOfTheRegistry(t *testing.T) {
	report, err := certificate.CheckFile("../../fixtures/certificates/accepted/cell-3-4.json.gz")
	if err != nil {
		t.Fatal(err)
	}
	ascii := strings.NewReplacer("≥", ">=", "−", "-")
	for k, c := range report.Claims {
		row, known := registry().Find(c.Tag)
		want := ascii.Replace(row.Statement) + ": "
		if same := strings.HasPrefix(report.Texts()[k], want); !known || !same && (c.Tag == "MD-T2" || c.Tag == "MD-T3") {
			t.Errorf("%s is claimed as %q, and listed as %q", c.Tag, report.Texts()[k], want)
		}
	}
}
