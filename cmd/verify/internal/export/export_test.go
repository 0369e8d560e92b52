package export

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/cmd/verify/internal/run"
)

// A document of two theorems, one of them refuted; its symmetry and its strict facts are used.
const certified = "../../../certcheck/testdata/literal.json"

func export(t *testing.T, args ...string) (status int, out string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = run.New(run.Table{{Name: "export", Make: Command}}, nil, &stdout, &stderr).Main(append([]string{"export"}, args...))
	return status, stdout.String() + stderr.String()
}

func TestExport(t *testing.T) {
	dir := t.TempDir()
	coq, literal := filepath.Join(dir, "file.v"), filepath.Join(dir, "literal.json")
	if status, out := export(t, "-coq", coq, "-literal", literal, certified); status != 0 || out != "" {
		t.Fatalf("status %d: %s", status, out)
	}
	document, err := os.ReadFile(literal)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kernel.Check(document, statement.Builders); err != nil {
		t.Errorf("the literal document: %v", err)
	}
	text, err := os.ReadFile(coq)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Module kernel.", "Theorem theorem_0 (R : realFieldType) : meaning R (read_theorem statement_0).",
		"Lemma checked_1 : accepts false true statement_1 proof_1 = true."} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the file for Coq has no %q", want)
		}
	}
	if status, out := export(t, "-coq", coq, "-theorem", "1", certified); status != 0 || out != "" {
		t.Fatalf("status %d: %s", status, out)
	}
	if text, err = os.ReadFile(coq); err != nil || bytes.Contains(text, []byte("theorem_0")) || !bytes.Contains(text, []byte("Lemma checked_1 :")) {
		t.Errorf("the file of theorem 1 is not of it alone: %v", err)
	}
}

// What a file does not have of the certificate is said, and not with -q.
func TestExportSaysWhatIsMissing(t *testing.T) {
	const cell = "../../../../fixtures/certificates/accepted/cell-2-3.json"
	to := filepath.Join(t.TempDir(), "to")
	for _, c := range []struct {
		want string
		args []string
	}{
		{"verify: " + to + ": steps 33, identities 23, queries 5; no query of 6 define, 2 dualise, 2 sort\n", []string{"-smt2", to, cell}},
		{"", []string{"-q", "-smt2", to, cell}},
	} {
		if status, out := export(t, c.args...); status != 0 || out != c.want {
			t.Errorf("%v: status %d, %q", c.args, status, out)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	document, err := os.ReadFile(certified)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	broken, to := filepath.Join(dir, "b\nother.json: valid"), filepath.Join(dir, "file.v")
	if err := os.WriteFile(broken, bytes.Replace(document, []byte("feasible"), []byte("implied"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		status int
		want   string
		args   []string
	}{
		{1, `b\nother.json: valid": INVALID`, []string{"-coq", to, broken}},
		{2, "no format is asked for", []string{certified}},
		{2, "expected one certificate", []string{"-coq", to}},
		{2, "no theorem with that number", []string{"-coq", to, "-theorem", "7", certified}},
		{2, "-theorem has no effect without -coq", []string{"-smt2", to, "-theorem", "0", certified}},
		{2, "no such file", []string{"-coq", to, filepath.Join(dir, "missing.json")}},
	} {
		if status, out := export(t, c.args...); status != c.status || !strings.Contains(out, c.want) {
			t.Errorf("%v: status %d, %s", c.args, status, out)
		}
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("a file was written although the certificate was refused")
	}
}

// Where one format has no form for the certificate, no file of another is written, whichever comes first.
func TestExportWritesAllOrNone(t *testing.T) {
	dir := t.TempDir()
	smt, vipr, literal := filepath.Join(dir, "a.smt2"), filepath.Join(dir, "a.vipr"), filepath.Join(dir, "a.json")
	if status, out := export(t, "-smt2", smt, "-vipr", vipr, "-literal", literal, certified); status != 2 || !strings.Contains(out, "cannot be written with -vipr") {
		t.Errorf("status %d, %s", status, out)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 0 {
		t.Errorf("there are files: %v, %v", files, err)
	}
}

// What check refuses is refused here, too: further members of a gzip file, and what is behind them.
func TestExportReadsWhatCheckReads(t *testing.T) {
	document, err := os.ReadFile(certified)
	if err != nil {
		t.Fatal(err)
	}
	member := func(text []byte) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		w.Write(text)
		w.Close()
		return b.Bytes()
	}
	half := len(document) / 2
	for name, c := range map[string]struct {
		content []byte
		status  int
		want    string
	}{
		"one":    {member(document), 0, ""},
		"two":    {slices.Concat(member(document[:half]), member(document[half:])), 1, "INVALID at document (line 1, byte 0): the gzip file goes on after its first member"},
		"behind": {append(member(document), 0), 1, "the gzip file goes on after its first member"},
		"half":   {member(document)[:half/8], 1, "not a gzip file"},
	} {
		dir := t.TempDir()
		path, to := filepath.Join(dir, name), filepath.Join(dir, "to.smt2")
		if err := os.WriteFile(path, c.content, 0o600); err != nil {
			t.Fatal(err)
		}
		status, out := export(t, "-smt2", to, path)
		_, err := certificate.CheckFile(path)
		if status != c.status || !strings.Contains(out, c.want) || (err == nil) != (status == 0) {
			t.Errorf("%s: status %d, %s; the checker says %v", name, status, out, err)
		}
	}
}
