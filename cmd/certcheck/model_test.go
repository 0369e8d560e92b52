package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/fm"
	"pstar/format"
	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
	"pstar/witness"
)

const diet = `\ a diet
minimize
 cost: 3 bread + 2 milk + 5
subject to
 energy: 2 bread + milk >= 4
 protein: bread + 3 milk >= 6
 most: bread + milk <= 10
bounds
 milk <= 8
end
`

// certified writes the certificate of the optimum of a program in the LP format.
func certified(t *testing.T, folder, content string) string {
	t.Helper()
	return certifiedAs(t, "lp", folder, content)
}

// certifiedAs is certified for a program in the format of that name.
func certifiedAs(t *testing.T, from, folder, content string) string {
	t.Helper()
	kind, _ := format.ProgramNamed(from)
	p, err := kind.Read(strings.NewReader(content), "a.lp", program.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := lp.Solve(t.Context(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := witness.LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "c.json")
	if err := os.WriteFile(path, d, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func certcheck(args ...string) (int, string, string) {
	var stdout, stderr bytes.Buffer
	status := run(args, nil, &stdout, &stderr)
	return status, stdout.String(), stderr.String()
}

// A file of no kind that is known is said to have been read as a theorem file; of a theorem file that goes without saying.
func TestAgainstOtherFiles(t *testing.T) {
	folder := t.TempDir()
	for name, said := range map[string]bool{"table.dat": true, "table": true, "table.txt.gz": true, "table.thm": false, "TABLE.THM": false} {
		content := []byte("a,b\n1,2\n")
		if strings.HasSuffix(name, ".gz") {
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			w.Write(content)
			w.Close()
			content = b.Bytes()
		}
		status, _, stderr := certcheck("--against", put(t, folder, name, content), "../../fixtures/certificates/accepted/square.json")
		if status != exitUnread || !strings.Contains(stderr, name+":1:1: ") || strings.Contains(stderr, "as its name has no ending of a linear program or polyhedron") != said {
			t.Errorf("%s: status %d, %s", name, status, stderr)
		}
	}
}

// Names with blanks are read in fixed columns, where that is asked for, whatever the name of the file is.
func TestAgainstProgramsInFixedColumns(t *testing.T) {
	folder := t.TempDir()
	const spaces = "../../fixtures/lp/spaces.mps"
	content, err := os.ReadFile(spaces)
	if err != nil {
		t.Fatal(err)
	}
	nameless := filepath.Join(folder, "spaces.ine")
	if err := os.WriteFile(nameless, content, 0o600); err != nil {
		t.Fatal(err)
	}
	document := certifiedAs(t, "fixed", folder, string(content))
	for _, c := range []struct {
		args   []string
		status int
		want   string
	}{
		{[]string{"--from", "fixed", "--against", spaces}, exitValid, "is that of " + spaces},
		{[]string{"--from", "fixed", "--against", nameless}, exitValid, "is that of " + nameless},
		{[]string{"--against", spaces}, exitUnread, "-from fixed"},
		{[]string{"--from", "cards", "--against", spaces}, exitUnread, "--from cards: expected mps, fixed, lp, ine, porta"},
		{[]string{"--from", "fixed"}, exitUnread, "--from has no effect without --against"},
	} {
		if status, stdout, stderr := certcheck(append(c.args, document)...); status != c.status || !strings.Contains(stdout+stderr, c.want) {
			t.Errorf("%v: status %d\n%s%s", c.args, status, stdout, stderr)
		}
	}
}

// A certificate of a program is valid against its file, in any order and scale, and against no other; the first
// difference is named.
func TestAgainstPrograms(t *testing.T) {
	folder := t.TempDir()
	document := certified(t, folder, diet)
	for _, c := range []struct{ old, replacement, want string }{
		{"", "", "is that of "},
		{" energy: 2 bread + milk >= 4\n protein: bread + 3 milk >= 6\n", " protein: 2 bread + 6 milk >= 12\n energy: -milk - 2 bread <= -4\n", "is that of "},
		{"3 bread + 2 milk", "2 milk + 3 bread", "is that of "},
		{"most: bread + milk <= 10", "most: bread + milk <= 10\n again: 2 bread + 2 milk <= 20", "is that of "},
		{"energy: 2 bread + milk >= 4", "energy: 2 bread + milk >= 5", "INVALID as the certificate of the file: the certificate has fact 4, and the file has no such row"},
		{"energy: 2 bread + milk >= 4", "energy: 2 bread + milk = 4", "the file has no such row"},
		{"energy: 2 bread + milk >= 4", "energy: 2 bread + milk <= 4", "the file has no such row"},
		{" most: bread + milk <= 10\n", "", "the file has no such row"},
		{"most: bread + milk <= 10", "most: bread + milk <= 10\n other: bread - milk <= 7", `the file has row 4, "other", and the certificate has no such row`},
		{"milk <= 8", "milk <= 7", "the file has no such row"},
		{"milk <= 8", "milk >= 1", `the certificate has variable "milk" >= 0, and the file has no such row`},
		{"milk <= 8", "milk >= 0", "the file has no such row"},
		{"minimize", "maximize", "the certificate not"},
		{"3 bread", "4 bread", `the objective has 3 times variable "bread" in the certificate, 4 in the file`},
		{"+ 5", "+ 6", "the objective has the constant 5 in the certificate, 6 in the file"},
		{"most: bread + milk", "most: bread + cream + milk", "the certificate has 2 variables, the file 3"},
	} {
		path := filepath.Join(folder, "model.lp")
		if err := os.WriteFile(path, []byte(strings.Replace(diet, c.old, c.replacement, 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		status, stdout, stderr := certcheck("--against", path, document)
		if !strings.Contains(stdout, c.want) || stderr != "" || (status == exitValid) != (c.want == "is that of ") {
			t.Errorf("%q => %q: status %d\n%s%s", c.old, c.replacement, status, stdout, stderr)
		}
	}
	// Under other names, places are what is left, which is said.
	renamed := put(t, folder, "renamed.lp", []byte(strings.ReplaceAll(diet, "milk", "cheese")))
	if status, stdout, _ := certcheck("--against", renamed, document); status != exitValid || !strings.Contains(stdout, "\nits variables go by their places and not by names: variable 2 is \"milk\" in the certificate and \"cheese\" in the file\n") {
		t.Errorf("renamed: %d, %s", status, stdout)
	}
	status, stdout, _ := certcheck("--against", "../../fixtures/polyhedra/cube.ine", document)
	if status != exitInvalid || !strings.Contains(stdout, "it is not of a polyhedron") {
		t.Errorf("a polyhedron: %d, %s", status, stdout)
	}
	if status, stdout, stderr := certcheck("--against", "../../fixtures/polyhedra/cube.ext", document); status != exitInvalid || !strings.Contains(stdout, "it is not of a polyhedron") {
		t.Errorf("generators: %d, %s%s", status, stdout, stderr)
	}
	if status, _, stderr := certcheck("--against", filepath.Join(folder, "none.mps"), document); status != exitUnread || !strings.Contains(stderr, "none.mps") {
		t.Errorf("no file: %d, %s", status, stderr)
	}
}

// The object of --json.
func TestObject(t *testing.T) {
	folder := t.TempDir()
	document := certified(t, folder, diet)
	broken := filepath.Join(folder, "broken.json")
	content, _ := os.ReadFile(document)
	os.WriteFile(broken, bytes.Replace(content, []byte(`"minimise"`), []byte(`"maximise"`), 1), 0o600)
	for _, c := range []struct {
		files   []string
		status  int
		verdict string
		unread  int
	}{
		{[]string{document}, exitValid, "valid", 0},
		{[]string{document, broken}, exitInvalid, "invalid", 0},
		{[]string{folder}, exitUnread, "undecided", 1},
		{[]string{folder, document}, exitUnread, "undecided", 1},
		{[]string{folder, broken}, exitInvalid, "invalid", 1},
		{[]string{"--against", folder, document, broken}, exitUnread, "undecided", 2},
	} {
		status, stdout, _ := certcheck(append([]string{"--json"}, c.files...)...)
		var r jsonReport
		if err := json.Unmarshal([]byte(stdout), &r); err != nil || status != c.status || r.Verdict != c.verdict || len(r.Unread) != c.unread {
			t.Errorf("%v: status %d, %v\n%s", c.files, status, err, stdout)
		}
		for _, f := range r.Files {
			if valid := f.Verdict == "valid"; valid != (len(f.Claims) == 1 && f.Claims[0] == (certificate.FileClaim{Tag: "LP-OPTIMAL", Status: "proved"}) && f.Digest != "") || valid == (f.Place != "" && f.Reason != "") {
				t.Errorf("%+v", f)
			}
		}
	}
}

// Sizes of memory.
func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{"1": 1, "300M": 300 << 20, "2g": 2 << 30, "0": 0, "-1": 0, "M": 0, "1.5G": 0, "1T": 0, "9999999999999G": 0} {
		if n, err := parseSize(text); n != want || (err == nil) != (want > 0) {
			t.Errorf("%q: %d, %v", text, n, err)
		}
	}
	if status, _, stderr := certcheck("--max-mem", "much", "-"); status != exitUnread || !strings.Contains(stderr, "expected a size such as 300M") {
		t.Errorf("%d, %s", status, stderr)
	}
}

// A limit that the program itself exceeds ends it.
func TestMemoryLimitEnds(t *testing.T) {
	ended := make(chan int, 100)
	exit = func(status int) { ended <- status }
	defer func() { exit = os.Exit }()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	var stdout, stderr bytes.Buffer
	c := checker{json: true, left: []string{"a", "b"}, stdout: &stdout, stderr: &stderr}
	if err := c.limitMemory("1K"); err != nil {
		t.Fatal(err)
	}
	if status := <-ended; status != exitLimit || !strings.Contains(stderr.String(), "not checked in 1K of memory") || stdout.String() != `{"verdict":"undecided","files":[],"unread":["a","b"]}`+"\n" {
		t.Errorf("%d, %s%s", status, stdout.String(), stderr.String())
	}
}

const triangle = `H-representation
linearity 1 4
begin
 4 4 rational
 0 1 0 0
 0 0 1/2 0
 1 -1 -1 0
 0 1 1 -1
end
`

// A certificate of a projection is valid against the file of its system.
func TestAgainstInequalities(t *testing.T) {
	row := func(relation fm.Relation, constant int64, coefficients ...int64) fm.Row {
		r := fm.Row{Relation: relation, Constant: rational.NewRat(constant, 1)}
		for _, c := range coefficients {
			r.Coefficients = append(r.Coefficients, rational.NewRat(c, 1))
		}
		return r
	}
	s := &fm.System{Variables: []string{"x", "y", "z"}, Rows: []fm.Row{row(fm.Equal, 0, 1, 1, -1), row(fm.AtLeast, 0, 1, 0, 0), row(fm.AtLeast, 0, 0, 3, 0), row(fm.AtMost, 1, 1, 1, 0)}}
	folder := t.TempDir()
	document, file := eliminated(t, folder, s, 2), filepath.Join(folder, "t.ine")
	for _, c := range []struct{ old, replacement, want string }{
		{"", "", "is that of "},
		{"0 1 1 -1", "0 -2 -2 2", "is that of "},
		{"1 -1 -1 0", "2 -1 -1 0", "and the file has no such row"},
		// What lists of other programs have of unbounded polyhedra.
		{"4 4 rational\n 0 1 0 0\n 0 0 1/2 0\n 1 -1 -1 0\n 0 1 1 -1\n", "5 4 rational\n 0 1 0 0\n 0 0 1/2 0\n 1 -1 -1 0\n 0 1 1 -1\n 1 0 0 0\n", "is that of "},
		{"linearity 1 4", "linearity 1 3", "and the file has no such row"},
		{"linearity 1 4\n", "", "and the file has no such row"},
		{"4 4 rational\n 0 1 0 0\n 0 0 1/2 0\n 1 -1 -1 0\n 0 1 1 -1\n", "5 4 rational\n 0 1 0 0\n 0 0 1/2 0\n 1 -1 -1 0\n 0 1 1 -1\n 7 -1 0 0\n", "the file has row 5, and the certificate has no such row"},
	} {
		os.WriteFile(file, []byte(strings.Replace(triangle, c.old, c.replacement, 1)), 0o600)
		status, stdout, stderr := certcheck("--against", file, document)
		if !strings.Contains(stdout, c.want) || stderr != "" || (status == exitValid) != (c.want == "is that of ") {
			t.Errorf("%q => %q: status %d\n%s%s", c.old, c.replacement, status, stdout, stderr)
		}
	}
}

// An elimination of variables of a linear program is one of its rows and bounds; the objective is left out.
func TestAgainstEliminationOfProgram(t *testing.T) {
	row := func(relation fm.Relation, constant int64, bread, milk int64) fm.Row {
		return fm.Row{Relation: relation, Constant: rational.NewRat(constant, 1), Coefficients: rational.NewVector(bread, milk).Rats()}
	}
	s := &fm.System{Variables: []string{"milk", "bread"}, Rows: []fm.Row{row(fm.AtLeast, 6, 3, 1), row(fm.AtLeast, 4, 1, 2), row(fm.AtMost, 10, 1, 1),
		row(fm.AtLeast, 0, 1, 0), row(fm.AtMost, 8, 1, 0), row(fm.AtLeast, 0, 0, 1)}}
	folder := t.TempDir()
	document := eliminated(t, folder, s, 1)
	for _, c := range []struct{ old, replacement, want string }{
		{"minimize", "maximize", "is that of the rows and bounds of "},
		{"milk <= 8", "milk <= 9", "INVALID as the certificate of the file: the certificate has fact 5"},
		{"2 bread + milk >= 4", "2 bread + milk >= 5", "INVALID as the certificate of the file: the certificate has fact 2"},
		{"most: bread + milk", "most: bread + cream + milk", "the certificate has 2 variables, the file 3"},
	} {
		status, out, _ := certcheck("--against", put(t, folder, "t.lp", []byte(strings.Replace(diet, c.old, c.replacement, 1))), document)
		if !strings.Contains(out, c.want) || (status == exitValid) == strings.Contains(out, "INVALID") {
			t.Errorf("%q: status %d\n%s", c.replacement, status, out)
		}
	}
}

// What the reader takes for granted is said, integers are refused unless they are given up, and then the certificate
// is that of the relaxation.
func TestAgainstDialects(t *testing.T) {
	folder := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	document := certified(t, folder, diet)
	integers := strings.Replace(diet, "end\n", "general\n bread\nend\n", 1)
	for _, c := range []struct {
		args           []string
		status         int
		stdout, stderr string
	}{
		{[]string{"--against", file("strict.lp", strings.Replace(diet, "energy: 2 bread + milk >=", "energy: 2 bread + milk >", 1))}, exitValid, "is that of " + folder, `strict.lp:5: > is read as >=`},
		{[]string{"--against", file("big.lp", strings.Replace(diet, "milk <= 8", "milk <= 8\n bread <= 1e30", 1))}, exitValid, "is that of " + folder, "big.lp:10: a bound of 1e20 or more is read as infinity"},
		{[]string{"--against", file("integers.lp", integers)}, exitUnread, "", "integers.lp:11: expected a linear program"},
		{[]string{"--relax", "--against", file("integers.lp", integers)}, exitValid, "is that of the relaxation of " + folder, ""},
		{[]string{"--relax", "--against", file("square.ine", "H-representation\nbegin\n1 2 integer\n1 1\nend\n")}, exitUnread, "", "--relax has no effect"},
		{[]string{"--relax"}, exitUnread, "", "--relax has no effect"},
		{[]string{"--against", file("plain.ine", "begin\n1 2 integer\n1 1\nend\n")}, exitInvalid, "INVALID", "no line says H-representation"},
		{[]string{"--against", file("line\nevil.lp", strings.Replace(diet, ">=", ">", 1))}, exitValid, "", `line\nevil.lp:`},
	} {
		status, stdout, stderr := certcheck(append(c.args, document)...)
		if status != c.status || !strings.Contains(stdout, c.stdout) || !strings.Contains(stderr, c.stderr) || strings.Count(stderr, "\n") > 1 {
			t.Errorf("%v: status %d\n%s%s", c.args, status, stdout, stderr)
		}
	}
}
