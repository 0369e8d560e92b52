package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"pstar/cmd/verify/internal/run"
)

const lpFixtures = "../../fixtures/lp/"

// Every fixture has the outcome that its table says, its certificate is accepted, and
// the program written in either format has the same outcome.
func TestLPFixtures(t *testing.T) {
	table, err := os.ReadFile(lpFixtures + "outcomes.txt")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	lines := strings.Split(strings.TrimSpace(string(table)), "\n")
	if len(lines) < 10 {
		t.Fatalf("only %d fixtures", len(lines))
	}
	for _, line := range lines {
		f := strings.Fields(line)
		path := lpFixtures + f[0]
		args := []string{"lp", path}
		texts := []string{": " + f[1] + "\n"}
		for _, extra := range f[2:] {
			if strings.ContainsFunc(extra, unicode.IsLetter) {
				args = append(args, extra)
			} else {
				texts = append(texts, "optimum: "+extra)
			}
		}
		certificate := filepath.Join(folder, f[0]+".json.gz")
		asLP, asMPS := filepath.Join(folder, f[0]+".lp"), filepath.Join(folder, f[0]+".mps")
		expect(t, 0, append(args, "-certificate", certificate, "-write-lp", asLP, "-write-mps", asMPS), texts...)
		expect(t, 0, []string{"check", certificate}, "LP-"+strings.ToUpper(f[1])+" proved")
		expect(t, 0, []string{"lp", asLP}, texts...)
		expect(t, 0, []string{"lp", asMPS}, texts...)
	}
}

func TestLPSolution(t *testing.T) {
	expect(t, 0, []string{"lp", lpFixtures + "beale.lp", "-solution"},
		"point (", "  x1 = 1/25 = 0.04", "  x3 = 1", "multipliers of the rows (")
	expect(t, 0, []string{"lp", lpFixtures + "contradiction.lp", "-solution"}, "refute the program", "  c1 = ")
	expect(t, 0, []string{"lp", lpFixtures + "crossed.lp", "-solution"}, "the bounds of variable y are crossed")
	expect(t, 0, []string{"lp", lpFixtures + "escape.mps", "-solution"}, "point (", "ray (", "  x = ")
}

func TestLPJSON(t *testing.T) {
	for file, members := range map[string][]string{
		"diet.lp": {"value", "decimal", "point", "dual"}, "contradiction.lp": {"farkas"},
		"crossed.lp": {"crossed"}, "escape.mps": {"ray"},
	} {
		out := expect(t, 0, []string{"lp", "-json", "-solution", lpFixtures + file})
		var v map[string]any
		if err := json.Unmarshal([]byte(out), &v); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for _, m := range append(members, "verdict", "variables", "rows") {
			if v[m] == nil {
				t.Errorf("%s: no %s in %s", file, m, out)
			}
		}
	}
}

func TestLPProofFiles(t *testing.T) {
	folder := t.TempDir()
	vipr, smt2 := filepath.Join(folder, "p.vipr"), filepath.Join(folder, "p.smt2")
	expect(t, 0, []string{"lp", lpFixtures + "diet.lp", "-vipr", vipr, "-smt2", smt2})
	for path, want := range map[string]string{vipr: "RTP range 223/80 223/80\n", smt2: "(check-sat)\n"} {
		text, err := os.ReadFile(path)
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %v, no %q", path, err, want)
		}
	}
	// The verdict has no such file, which is no failure.
	expect(t, run.ExitVerified, []string{"lp", lpFixtures + "escape.mps", "-vipr", vipr, "-smt2", smt2}, ": unbounded", "2>p.vipr is not written: the program is unbounded, which the format of -vipr cannot state")
	if text, err := os.ReadFile(smt2); err != nil || !strings.Contains(string(text), "|ray x|") {
		t.Errorf("what could be written was not: %v", err)
	}
}

// Ranges, other optimal points and infeasible subsystems are printed and listed.
func TestLPAnalysis(t *testing.T) {
	diet := lpFixtures + "diet.lp"
	expect(t, 0, []string{"lp", diet, "-alternative", "-ranging"}, "the optimal point is the only one",
		"  bread = 3/5: 4/9 to 8/5\n", "  fish = 2: 3/4 to inf\n", "  energy >= 20: 73/4 to 83/4\n", "  both <= 6: 93/16 to inf\n")
	expect(t, 0, []string{"lp", lpFixtures + "contradiction.lp", "-iis", "-ranging", "-alternative"}, "2 bounds without a common point",
		"  row c1 >= 5/2\n", "  row c2 <= 4\n", "2>contradiction.lp: -alternative says nothing, as the program is infeasible", "2>-ranging says nothing")
	expect(t, 0, []string{"lp", diet, "-iis"}, "optimal", "2>diet.lp: -iis says nothing, as the program is optimal")
	expect(t, 0, []string{"lp", lpFixtures + "escape.mps", "-iis", "-ranging"}, "unbounded", "2>-iis says nothing, as the program is unbounded", "2>-ranging says nothing")
	expect(t, 0, []string{"lp", lpFixtures + "crossed.lp", "-iis"}, "  variable y >= 3\n", "  variable y <= 2\n")
	status, out, talk := verifyStdin("max x + y\nst c: x + y <= 1\nd: x - y = 0\ne: x <= 1\nend\n", "lp", "-from", "lp", "-", "-alternative", "-json", "-ranging")
	var v struct {
		Unique      *bool
		BoundRanges []struct{ Name, Bound, Value, From, To string } `json:"bound_ranges"`
	}
	if err := json.Unmarshal([]byte(out), &v); status != 0 || err != nil || v.Unique == nil || !*v.Unique || len(v.BoundRanges) != 3 ||
		v.BoundRanges[1].Bound != "=" || v.BoundRanges[1].From != "-1" || v.BoundRanges[1].To != "1" {
		t.Errorf("status %d, %v\n%s%s", status, err, out, talk)
	}
	expect(t, 0, []string{"lp", diet, "-alternative", "-json"}, `"unique":true`)
	status, out, talk = verifyStdin("max x + y\nst c: x + y <= 1\nend\n", "lp", "-from", "lp", "-", "-alternative")
	if status != 0 || !strings.Contains(out, "another optimal point (") {
		t.Errorf("status %d\n%s%s", status, out, talk)
	}
}

// The point is written for other solvers; there is none if the program is infeasible.
func TestLPWriteSolution(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.sol")
	expect(t, 0, []string{"lp", lpFixtures + "diet.lp", "-write-sol", path})
	if got, err := os.ReadFile(path); err != nil || string(got) != "# Objective value = 2.7875\nbread 1.3125\nmilk 4.5\nfish 0.25\n" {
		t.Errorf("%q %v", got, err)
	}
	expect(t, run.ExitVerified, []string{"lp", lpFixtures + "contradiction.lp", "-write-sol", path}, ": infeasible", "2>p.sol is not written: the program is infeasible and has no point")
	basis := filepath.Join(t.TempDir(), "p.bas")
	expect(t, run.ExitVerified, []string{"lp", lpFixtures + "crossed.lp", "-write-basis", basis}, ": infeasible", "2>p.bas is not written: the bounds of a row or variable are crossed")
	if _, err := os.Stat(basis); err == nil {
		t.Error("a basis is written where there is none")
	}
}

// Names can make no terminal do anything, and no line look like another.
func TestLPNamesAreQuoted(t *testing.T) {
	model := "NAME n\nROWS\n N o\n G c\x1b[31m\nCOLUMNS\n"
	for _, name := range []string{"x\x1b[31m", "y\u202ez", "w\x9b", "v\x07"} {
		model += " " + name + " o 1 c\x1b[31m 1\n"
	}
	model += "RHS\n r c\x1b[31m 4\nBOUNDS\n"
	for _, name := range []string{"x\x1b[31m", "y\u202ez", "w\x9b", "v\x07"} {
		model += " UP b " + name + " 1\n"
	}
	status, out, talk := verifyStdin(model+"ENDATA\n", "lp", "-from", "mps", "-solution", "-")
	if status != 0 || strings.ContainsAny(out, "\x1b\x07\u202e") || strings.Contains(out, "\x9b") || !strings.Contains(out, `"x\x1b[31m" = 1`) {
		t.Errorf("status %d\n%q\n%s", status, out, talk)
	}
	path := filepath.Join(t.TempDir(), "a\nb.lp: valid: all.lp")
	if err := os.WriteFile(path, []byte("min\n x\nst\n x >= 1\nend\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if out := expect(t, 0, []string{"lp", path}, `a\nb.lp: valid: all.lp": optimal`); strings.Count(out, "\n") != 2 {
		t.Errorf("%q", out)
	}
}

func TestLPStandardInput(t *testing.T) {
	status, out, _ := verifyStdin("min\n x\nst\n x >= 2/3\nend\n", "lp", "-from", "lp", "-")
	if status != 0 || !strings.Contains(out, "optimum: 2/3 ≈ 0.6666666667") {
		t.Errorf("status %d\n%s", status, out)
	}
}

func TestLPUsage(t *testing.T) {
	folder := t.TempDir()
	bad := filepath.Join(folder, "bad.lp")
	if err := os.WriteFile(bad, []byte("min\n x\nst\n x >= y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{}, "expected a file"},
		{[]string{"a.txt"}, "the ending is neither"},
		{[]string{"-"}, "the ending is neither"},
		{[]string{"-from", "cplex", "a.lp"}, "expected mps, fixed or lp"},
		{[]string{"none.lp"}, "cannot read none.lp"},
		{[]string{bad}, "bad.lp:4: expected a number on the right side, found \"y\""},
		{[]string{lpFixtures + "integers.lp"}, "the option -relax drops that"},
		{[]string{lpFixtures + "diet.lp", "-certificate", "/nowhere/at/all"}, "cannot write"},
		{[]string{lpFixtures + "diet.lp", "-vipr", bad + ".out", "-smt2", bad + ".out"}, "expected different files"},
		{[]string{bad, "-write-lp", bad}, "is the file to read and to write"},
	} {
		expect(t, 2, append([]string{"lp"}, c.args...), "2>"+c.want)
	}
	expect(t, 0, []string{"lp", "-h"}, "usage: verify lp", "-certificate")
}

// A limit stops the solver in order.
func TestLPTimeLimit(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "cube.lp")
	var text strings.Builder
	text.WriteString("max\n")
	for j := range 40 {
		text.WriteString(" + x" + strings.Repeat("i", j+1))
	}
	text.WriteString("\nst\n")
	for i := range 60 {
		for j := range 40 {
			text.WriteString(" + " + []string{"1.0123", "3/7", "2", "0.75", "5/11"}[(i*7+j*j)%5] + " x" + strings.Repeat("i", j+1))
		}
		text.WriteString(" <= 10\n")
	}
	if err := os.WriteFile(path, []byte(text.String()+"end\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, 3, []string{"lp", path, "-timeout", "1ns"}, "2>time limit of 1ns reached")
	expect(t, 0, []string{"lp", path}, "optimal")
}

// Several files are solved in turn, standard input may be compressed, and a basis that was
// written leads back to its optimum.
func TestLPSeveralFilesAndBases(t *testing.T) {
	expect(t, 0, []string{"lp", lpFixtures + "diet.lp", lpFixtures + "crossed.lp"}, "diet.lp: optimal", "crossed.lp: infeasible")
	// One that cannot be read decides the status, and keeps no other from being solved.
	expect(t, run.ExitUsage, []string{"lp", lpFixtures + "diet.lp", "none.lp", lpFixtures + "integers.lp", lpFixtures + "crossed.lp"}, "diet.lp: optimal", "crossed.lp: infeasible",
		"2>cannot read none.lp", "2>the option -relax drops that")
	expect(t, 0, []string{"lp", "-json", lpFixtures + "diet.lp", lpFixtures + "crossed.lp"}, `"file":"../../fixtures/lp/diet.lp"`, `"file":"../../fixtures/lp/crossed.lp"`)
	expect(t, run.ExitUsage, []string{"lp", lpFixtures + "diet.lp", lpFixtures + "crossed.lp", "-vipr", filepath.Join(t.TempDir(), "v")}, "2>expected one program if something is to be written, got 2")

	text, err := os.ReadFile(lpFixtures + "afiro.mps")
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(text); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	if status, stdout, stderr := verifyStdin(packed.String(), "lp", "-", "-from", "mps"); status != 0 || !strings.Contains(stdout, ": optimal") {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}

	basis := filepath.Join(t.TempDir(), "b.bas")
	optimum := expect(t, 0, []string{"lp", lpFixtures + "afiro.mps", "-write-basis", basis})
	if again := expect(t, 0, []string{"lp", lpFixtures + "afiro.mps", "-basis", basis}); again != optimum {
		t.Errorf("%s\nfrom the basis\n%s", optimum, again)
	}
	expect(t, run.ExitUsage, []string{"lp", lpFixtures + "diet.lp", "-basis", basis}, "2>expected the name of a ")
}

// Names that a format cannot hold are others in its file, which is said by both commands that write it.
func TestRenamingIsSaid(t *testing.T) {
	dir := t.TempDir()
	document, path := filepath.Join(dir, "c.json"), filepath.Join(dir, "x.vipr")
	const renamed = `x.vipr: 2 of the names of variables are not names of the format, or not distinct: "col a" is written as col_a`
	expect(t, run.ExitVerified, []string{"lp", "-from", "fixed", "-certificate", document, "-vipr", path, lpFixtures + "spaces.mps"}, "2>"+renamed)
	expect(t, run.ExitVerified, []string{"export", "-vipr", path, document}, "2>"+renamed)
	if _, _, said := verify("export", "-q", "-vipr", path, document); said != "" {
		t.Errorf("with -q said %s", said)
	}
	// What has no form is refused, with the reason.
	expect(t, run.ExitUsage, []string{"export", "-ine", path, document}, `2>for statements of the builder "polyhedron" alone, and this one is of "program"`)
}
