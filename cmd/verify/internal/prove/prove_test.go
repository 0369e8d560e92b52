package prove_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/cmd/verify/internal/prove"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems/statement"
	"pstar/theorems/statement/expand"
)

// against compares a certificate with its file.
func against(t *testing.T, path, document string, proved bool) []statement.Match {
	t.Helper()
	report, err := certificate.CheckFile(document)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	systems, err := expand.Read(f, path)
	if err != nil {
		t.Fatal(err)
	}
	var list []statement.Finding
	for _, shown := range report.Theorems() {
		list = append(list, statement.Finding{Theorem: shown.Theorem, Proved: shown.Outcome == kernel.Proved})
	}
	matches, open, err := statement.Against(systems, list)
	if err != nil || len(open) > 0 {
		t.Errorf("%s: %v, %v", path, err, open)
	}
	for _, m := range matches {
		if m.Step == nil && m.Proved != proved {
			t.Errorf("%s: claim %d is proved: %v", path, m.Claim, m.Proved)
		}
	}
	return matches
}

// verify runs the command.
func verify(stdin string, args ...string) (status int, stdout, stderr string) {
	var out, err bytes.Buffer
	status = run.New(run.Table{{}, {Name: "prove", Make: prove.Command}}, strings.NewReader(stdin), &out, &err).Main(append([]string{"prove"}, args...))
	return status, out.String(), err.String()
}

const interval = `theorem "T"
param a
param b
assume a + b >= 0
var x >= 0
s.t. lower: x >= a
s.t. upper: x <= b
`

func TestOutput(t *testing.T) {
	for _, c := range []struct {
		name, claim string
		args        []string
		status      int
		want        string
	}{
		{"proved", "claim feasible iff {\n a <= b\n b >= 0\n 2*b >= a\n}", nil, run.ExitVerified, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  feasible iff 3 rows: proved for all parameters as assumed
    the others imply the row b >= 0
    the others imply the row 2*b >= a
verdict: verified
`},
		{"refuted", "claim feasible iff {\n b >= 0\n}", nil, run.ExitRefuted, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  feasible iff 1 row: refuted
    these parameters have all the rows, but no solution:
      parameters: a = 1; others 0
      this sum of rows is a contradiction: 1 × lower, 1 × upper
verdict: refuted
`},
		{"found", "maximize P: 2*x + 1\nfind P", nil, run.ExitVerified, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  find P: found
    P = min of
      2*b + 1
    feasible if and only if
      b >= a
verdict: verified
`},
		{"values", "maximize P: x\nclaim P = a", nil, run.ExitRefuted, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  P = a: refuted
    here P is larger than claimed:
      parameters: b = 1; others 0
      unknowns: x = 1
      claimed 0, true 1
      multipliers of the rows show that it is not better: 1 × upper
verdict: refuted
`},
		{"regions", "s.t. third: x <= a + 1\nmaximize P: x\nfind P", []string{"-regions"}, run.ExitVerified, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 3 rows
  find P: found
    P = min of
      a + 1
        where b >= a + 1
      b
        where a + 1 >= b
    feasible if and only if
      a + 1 >= 0
      b >= a
verdict: verified
`},
		{"equal rows", "claim feasible iff {\n a <= b\n 0 <= b\n a <= b\n 2*a <= 2*b\n}", nil, run.ExitVerified, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  feasible iff 4 rows: proved for all parameters as assumed
    the assumption of line 4 is not used
    the others imply the row 0 <= b
    the row a <= b is there more than once
    the row 2*a <= 2*b says the same as a <= b
verdict: verified
`},
		{"a step that is false", "param r\ngiven e: r = a*a\nhave w: r >= 1\nhave u: r >= 0\nhave v: (a + 1)^2 >= 0\nclaim r + 2*a >= -1", nil, run.ExitRefuted, `-: "T"
  3 parameters, 1 assumption; 1 unknown, 3 rows
  have w: r >= 1: refuted
    this point satisfies the rows, and not the step:
      parameters: all 0
      unknowns: all 0
  2*a + r >= -1: proved for all parameters as assumed
verdict: refuted
`},
		{"conditions", "maximize P: x\nclaim P = b", nil, run.ExitVerified, `-: "T"
  2 parameters, 1 assumption; 1 unknown, 2 rows
  P = b: proved for all parameters as assumed
    feasible if and only if
      b >= a
verdict: verified
`},
		{"vacuous", "assume b <= -1\nassume a <= 0\nclaim a >= b", nil, run.ExitUndecided, `-: "T"
  2 parameters, 3 assumptions; 1 unknown, 2 rows
  a >= b: vacuous
    the assumptions contradict each other, so the claim speaks of nothing
verdict: undecided
`},
		{"expanded", "claim b >= a", []string{"-expand"}, run.ExitVerified, `theorem "T"
2 parameters: a, b
1 unknown: x >= 0
assume a + b >= 0
s.t. lower: x >= a
s.t. upper: b >= x
claim b >= a
`},
	} {
		status, out, err := verify(interval+c.claim, append(c.args, "-")...)
		if status != c.status || err != "" {
			t.Errorf("%s: exit status %d, want %d; %s", c.name, status, c.status, err)
		}
		if diff := cmp.Diff(c.want, out); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// The checker says which assumptions a proof does not use: those that the command names, and of symmetric ones none that an image of a used one is.
func TestUnusedAssumptions(t *testing.T) {
	symmetric := "set A = 1..2\nparam c[i in A] >= 0\nparam d\nassume d >= 0\nparam e\nassume e >= d\nvar x[i in A] >= 0\ns.t. r: x[i] <= c[i] for i in A\nsymmetric A\nclaim feasible iff {\n c[i] >= 0 for i in A\n}\nclaim x[i] <= c[i] + d for i in A\n"
	path := filepath.Join(t.TempDir(), "c.json")
	if status, out, err := verify(symmetric, "-certificate", path, "-"); status != run.ExitVerified || !strings.Contains(out, "assumption of line 4 is not used") || !strings.Contains(out, "assumption of line 6 is not used") {
		t.Fatalf("exit status %d\n%s%s", status, out, err)
	}
	report, err := certificate.CheckFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := report.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"theorem 0: the proof uses 4 of 6 facts:\n",
		"and not:\n  d >= 0\n  -d + e >= 0\ntheorem 1",
		"theorem 1: the proof uses 3 of 6 facts:\n",
		"and not:\n  c[1] >= 0\n  c[2] >= 0\n  -d + e >= 0\nrules",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

// A certificate that makes use of a symmetry is one of the same file without the declaration, and of no other.
func TestAgainstOtherFiles(t *testing.T) {
	const path = "../../../../fixtures/theorems/border-2-2.thm"
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	document := filepath.Join(t.TempDir(), "c.json")
	if status, _, err := verify("", "-certificate", document, path); status != run.ExitVerified {
		t.Fatal(err)
	}
	report, err := certificate.CheckFile(document)
	if err != nil {
		t.Fatal(err)
	}
	shown := report.Theorems()[0]
	if len(shown.Theorem.Generators) == 0 {
		t.Error("the certificate makes no use of the symmetry")
	}
	for _, c := range []struct {
		old, new string
		fits     bool
	}{
		{"symmetric A, B\n", "symmetric A, B\n", true},
		{"symmetric A, B\n", "", true},
		{"symmetric A, B\n", "symmetric B\n", true},
		{"  M[i] >= 0 for i in A\n", "  M[i] >= -1 for i in A\n", false},
		{"symmetric A, B\nclaim feasible iff {\n  M[i] >= 0 for i in A\n", "claim feasible iff {\n  M[1] >= 0\n", false},
		{"x[i,j] + y[i,j] <= w[i,j]", "x[i,j] + y[i,j] <= 2*w[i,j]", false},
	} {
		text := strings.Replace(string(content), c.old, c.new, 1)
		systems, err := expand.Read(strings.NewReader(text), path)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = statement.Against(systems, []statement.Finding{{Theorem: shown.Theorem, Proved: true}})
		if (err == nil) != c.fits {
			t.Errorf("with %q in place of %q: %v", c.new, c.old, err)
		}
	}
}

// Help fits a screen of 24 lines.
func TestHelp(t *testing.T) {
	status, out, _ := verify("", "-h")
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if status != run.ExitVerified || len(lines) > 24 {
		t.Errorf("status %d, %d lines:\n%s", status, len(lines), out)
	}
	for _, line := range lines {
		if len(line) > 80 {
			t.Errorf("%d characters: %s", len(line), line)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, c := range []struct {
		in   string
		args []string
		want string
	}{
		{"claim", []string{"-"}, `verify: standard input:1:6: expected an expression, found the end of the line`},
		{"", []string{}, "verify: expected a file"},
		{"", []string{"no-such.thm"}, "verify: cannot read no-such.thm"},
		{"param a\nclaim a > a + 1", []string{"-expand", "-json", "-"}, "verify: -json"},
	} {
		status, _, err := verify(c.in, c.args...)
		if status != run.ExitUsage || !strings.HasPrefix(err, c.want) {
			t.Errorf("%q %v: exit status %d, %s; want %s", c.in, c.args, status, err, c.want)
		}
	}
}

// The object of -json says what the text says, and the certificate is one.
func TestJSONAndCertificate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.gz")
	status, out, err := verify(interval+"maximize P: x\nclaim P = a\nclaim a <= b\nfind P", "-json", "-q", "-certificate", path, "-")
	if status != run.ExitRefuted || err != "" {
		t.Fatalf("exit status %d, %s", status, err)
	}
	var o struct {
		Verdict string
		Claims  []struct{ Tag, Status string }
		Results []struct {
			Status         string
			Terms          []string
			Counterexample *struct{ Claimed, True string }
		}
	}
	if err := json.Unmarshal([]byte(out), &o); err != nil {
		t.Fatal(err)
	}
	if o.Verdict != "refuted" || len(o.Claims) != 3 || o.Claims[1].Status != "proved" || o.Results[0].Counterexample.True != "1" || o.Results[2].Terms[0] != "b" {
		t.Errorf("got %s", out)
	}
	report, bad := certificate.CheckFile(path)
	if bad != nil {
		t.Fatal(bad)
	}
	if got, want := report.Summary(), `"T, claim 1" refuted`; !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}

// The claims of -json have the words of its results, which are those of the text.
func TestOneWordForEachClaim(t *testing.T) {
	const file = "param a >= 0\nparam b\nvar x\ns.t. l: x >= a\ns.t. r: x <= b\nmaximize P: x\nfind P\nfind feasible\nclaim P = b\nclaim P = a\n"
	const hand = "param a >= 0\nparam b\ngiven g: a*b >= 1\nclaim a*b >= 0\nclaim a*b >= 2\nclaim a^4 + b^4 + 4 >= 4*a*b\nhave w: b >= a\nhave v: a^4 + b^4 + 2 >= 4*a*b\n"
	for _, c := range []struct{ file, words string }{
		{file, "found found proved refuted"},
		{file + "assume b <= -1\nclaim x >= a\nclaim infeasible\n", "vacuous found vacuous vacuous vacuous proved"},
		{file + "assume b <= a - 1\nassume b >= a\n", "vacuous vacuous vacuous vacuous"},
		{hand, "refuted undecided proved refuted undecided"},
	} {
		var o struct {
			Claims  []struct{ Status, Statement string }
			Results []struct{ Status, Claim string }
		}
		_, out, _ := verify(c.file, "-json", "-")
		if err := json.Unmarshal([]byte(out), &o); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		_, text, _ := verify(c.file, "-")
		var words []string
		for i, r := range o.Results {
			words = append(words, r.Status)
			if o.Claims[i].Status != r.Status || o.Claims[i].Statement != r.Claim || !strings.Contains(text, "  "+r.Claim+": "+r.Status) {
				t.Errorf("%+v, %+v in\n%s", o.Claims[i], r, text)
			}
		}
		if got := strings.Join(words, " "); got != c.words {
			t.Errorf("%s\nare %s, want %s", c.file, got, c.words)
		}
	}
}

// The certificate of a claim on nothing shows that there is nothing, and the checker calls it so.
func TestVacuousClaimsHaveCertificates(t *testing.T) {
	dir := t.TempDir()
	for _, file := range []string{
		"param a\nassume a > 1\nassume a < 1\nclaim a = 5\n",
		"param a\nassume a >= 1\nvar x >= 0\ns.t. r: x <= -a\nmaximize P: x\nclaim P = 0\n",
		"param a\nassume a >= 1\nvar x >= 0\ns.t. r: x <= -a\nmaximize P: x\nclaim P <= 3\n",
		"param a\nassume a >= 1\nvar x >= 0\ns.t. r: x <= -a\nmaximize P: x\nfind P\n",
	} {
		path, document := filepath.Join(dir, "v.thm"), filepath.Join(dir, "v.json")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		status, out, stderr := verify("", "-certificate", document, path)
		if status != run.ExitUndecided || !strings.Contains(out, ": vacuous\n") {
			t.Errorf("status %d\n%s%s", status, out, stderr)
			continue
		}
		for _, m := range against(t, path, document, true) {
			if !m.Vacuous {
				t.Errorf("%s\nclaim %d is not vacuous", file, m.Claim)
			}
		}
	}
}

// A dual with many rays that touch strict rows has a certificate, too: its scopes are few.
func TestStrictRowsHaveCertificates(t *testing.T) {
	dir := t.TempDir()
	path, document := filepath.Join(dir, "s.thm"), filepath.Join(dir, "s.json.gz")
	const file = "set A = 1..5\nparam c[i in A]\nvar x[i in A]\ns.t. a: x[i] < c[i] for i in A\ns.t. b: x[i] - x[j] <= 1 for (i,j) in A*A if i < j\nmaximize P: sum(x[i] for i in A)\nfind P\n"
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, stderr := verify("", "-certificate", document, path); status != run.ExitVerified {
		t.Fatalf("status %d\n%s%s", status, out, stderr)
	}
	against(t, path, document, true)
}

// A limit does not take what was settled before it. The cone of multipliers has far more generators than any
// machine finds in a second.
func TestLimitKeepsVerdicts(t *testing.T) {
	file := "set A = 1..10\nset S = subsets(A,3)\nparam c[s in S] >= 0\nvar x[i in A] >= 0\ns.t. r: sum(x[i] for i in s) <= c[s] for s in S\nmaximize P: sum(x[i] for i in A)\nclaim x[1] >= 0\nclaim P <= -1\nfind P\nclaim P <= 3\n"
	path := filepath.Join(t.TempDir(), "c.json")
	status, out, err := verify(file, "-timeout", "1s", "-certificate", path, "-")
	if !strings.Contains(out, "find P: undecided\n    the run ended before it was settled") {
		// A machine with much else to do may use up a second before it comes to the third claim.
		status, out, err = verify(file, "-timeout", "20s", "-certificate", path, "-")
	}
	for _, want := range []string{"x[1] >= 0: proved", "P <= -1: refuted", "find P: undecided\n    the run ended before it was settled, and was at ", " generators of the cone of multipliers after ", "P <= 3: undecided\n    the run ended before it was begun", "verdict: refuted"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	if status != run.ExitRefuted || !strings.Contains(err, "time limit") || !strings.Contains(err, "is not written") {
		t.Errorf("status %d, %s", status, err)
	}
	file = strings.Replace(file, "claim P <= -1\n", "", 1)
	status, out, _ = verify(file, "-timeout", "1s", "-json", "-")
	if strings.Contains(out, `"claims":[]`) { // nor before it comes to the first
		status, out, _ = verify(file, "-timeout", "20s", "-json", "-")
	}
	if status != run.ExitUndecided || !strings.Contains(out, `"verdict": "undecided"`) {
		t.Errorf("status %d, %s", status, out)
	}
}

// A title of the length that is allowed, in letters that take several bytes in certificates,
// leaves the names of claims and steps apart: their certificate is accepted, as that of the file.
func TestLongTitlesHaveCertificates(t *testing.T) {
	file := filepath.Join(t.TempDir(), "long.thm")
	text := "theorem \"" + strings.Repeat("漢字", 75) + "\"\nlet k = 1..2\nparam a >= 0\nhave h: 2*a >= 0 by combine a\nclaim k*a >= 0\nclaim k*a + a >= 0\nclaim a + 1 > 0\n"
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "c.json.gz")
	if status, out, err := verify("", "-q", "-certificate", path, file); status != run.ExitVerified || err != "" {
		t.Fatalf("exit status %d, %s%s", status, out, err)
	}
	if got := len(against(t, file, path, true)); got != 8 {
		t.Errorf("%d theorems, want three claims and a step, twice", got)
	}
}

// Each file of the library has the verdict that its name promises, and a certificate that is its own.
func TestLibrary(t *testing.T) {
	files, err := filepath.Glob("../../../../fixtures/theorems/*.thm")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		want := run.ExitVerified
		if strings.HasSuffix(path, "-false.thm") {
			want = run.ExitRefuted
		}
		document := filepath.Join(t.TempDir(), "c.gz")
		if status, out, err := verify("", "-certificate", document, path); status != want {
			t.Errorf("%s: exit status %d, want %d\n%s%s", filepath.Base(path), status, want, out, err)
			continue
		}
		against(t, path, document, want == run.ExitVerified)
	}
}
