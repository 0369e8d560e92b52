package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

const interval = `theorem "interval"
param a
param b
assume a >= 0
var x
s.t. lower: x >= a
s.t. upper: x <= b
maximize P: x
claim P = b
claim x >= 0
find feasible
`

// A certificate of a file is valid against the file, and against no file that says something else.
func TestAgainst(t *testing.T) {
	folder := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	systems, err := expand.Read(strings.NewReader(interval), "interval.thm")
	if err != nil {
		t.Fatal(err)
	}
	var results []*decide.Result
	for i := range systems[0].Claims {
		r, err := decide.Claim(t.Context(), systems[0], i)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, r)
	}
	var b bytes.Buffer
	if err := decide.Document(results).Write(&b); err != nil {
		t.Fatal(err)
	}
	document := write("c.json", b.String())
	check := func(content string) (int, string) {
		var stdout, stderr bytes.Buffer
		status := run([]string{"--against", write("t.thm", content), document}, nil, &stdout, &stderr)
		return status, stdout.String() + stderr.String()
	}
	status, text := check(interval)
	for _, want := range []string{"t.thm:9: P = b: proved\n", "t.thm:10: x >= 0: proved\n", "t.thm:11: find feasible: found; that none of it follows from the rest is not compared\n", "if the reader of theorem files is right\n"} {
		if status != exitValid || !strings.Contains(text, want) {
			t.Errorf("status %d, %s, want %s", status, text, want)
		}
	}
	if status, text := check(strings.ReplaceAll(interval, "var x\n", "# a remark\nvar x # x\n")); status != exitValid {
		t.Errorf("with remarks: status %d, %s", status, text)
	}
	for _, change := range [][2]string{{"a >= 0", "a > 0"}, {"x >= a", "x >= 2*a"}, {"x <= b", "x < b"}, {"P = b", "P <= b"}, {"claim x >= 0\n", ""}, {"claim x >= 0", "claim x >= -1"},
		{"var x", "var x >= 0"}, {"param b", "param c\nparam b"}, {"maximize P: x", "maximize P: x + a"}, {`"interval"`, `"other"`}, {"find feasible", "find P"}} {
		if status, text := check(strings.Replace(interval, change[0], change[1], 1)); status != exitInvalid || !strings.Contains(text, "INVALID as the certificate of the file") {
			t.Errorf("%v: status %d, %s", change, status, text)
		}
	}
	if status, text := check("claim"); status != exitUnread || !strings.Contains(text, ":1:6: expected") {
		t.Errorf("a file that is none: status %d, %s", status, text)
	}
}

// compared checks the certificate that the command would write for a file against another content under another name.
func compared(t *testing.T, content, other string, arguments ...string) (status int, text string) {
	t.Helper()
	results, err := decide.File(t.Context(), strings.NewReader(content), "first.thm")
	if err != nil {
		t.Fatal(err)
	}
	var document, stdout, stderr bytes.Buffer
	if err := decide.Document(results).Write(&document); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "second.thm")
	if err := os.WriteFile(path, []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	status = run(append(arguments, "--against", path, "-"), &document, &stdout, &stderr)
	return status, stdout.String() + stderr.String()
}

// A theorem without a name is the same wherever its file stands.
func TestAgainstFileOfAnotherName(t *testing.T) {
	const nameless = "param a\nassume a >= 1\nclaim a >= 0\nclaim a >= 2\n"
	if status, text := compared(t, nameless, nameless); status != exitValid || !strings.Contains(text, "second.thm:4: a >= 2: refuted") {
		t.Errorf("status %d, %s", status, text)
	}
	if status, text := compared(t, nameless, "theorem \"T\"\n"+nameless); status != exitInvalid {
		t.Errorf("of a theorem with a name: status %d, %s", status, text)
	}
}

// A certificate beside claims that it does not settle is one of the file, and leaves these open.
func TestAgainstOpenClaims(t *testing.T) {
	const part, open = "param a >= 0\nparam b\ngiven g: a*b >= 1\nclaim a*b >= 0\n", "claim a + b >= 2\n"
	for _, arguments := range [][]string{nil, {"--json"}} {
		status, text := compared(t, part+open, part+open, arguments...)
		for _, want := range []string{"second.thm:4: a*b >= 0: proved", "second.thm:5: a + b >= 2: not settled by the certificate", "leaves 1 of its claims open"} {
			if status != exitOpen || !strings.Contains(text, want) || strings.Contains(text, "INVALID") {
				t.Errorf("status %d, no %s in %s", status, want, text)
			}
		}
	}
	if status, text := compared(t, part+open, part); status != exitInvalid || !strings.Contains(text, "is none of the file") {
		t.Errorf("status %d, %s", status, text)
	}
}

// Claims and steps that say the same are told apart, and so are instances, if their values are too long for a name.
func TestAgainstLongNames(t *testing.T) {
	var content string
	for _, c := range "abcd" {
		content += fmt.Sprintf("let %c%s = 1..2\n", c, strings.Repeat("v", 50))
	}
	content += "param x >= 0\n"
	for _, c := range "cd" {
		content += fmt.Sprintf("have %s%c: x + 1 >= 0\n", strings.Repeat("ü", 50), c)
	}
	content += "claim x + 2 >= 0\nclaim x + 2 >= 0\n"
	status, text := compared(t, content, content)
	if status != exitValid || strings.Count(text, ": have ") != 32 || strings.Count(text, ": x + 2 >= 0: proved") != 32 {
		t.Errorf("status %d, %s", status, text)
	}
}

// Steps of a proof by hand are theorems of the certificate: a changed one is none of it, and one that it leaves out is named.
func TestAgainstSteps(t *testing.T) {
	const content = "param x >= 0\nparam y\nparam r\ngiven larger: y >= x\ngiven product: r = x*y\nhave square: r >= x^2 by combine x*larger + product\nhave twice: 2*r = 2*x*y\n" +
		"have difference: (x - y)^2 >= 0\nclaim r + 1 > 0\n"
	status, text := compared(t, content, content)
	for _, want := range []string{"second.thm:6: have square: r >= x^2: proved\n", "second.thm:7: have twice: 2*r = 2*x*y: proved\n", "second.thm:8: have difference: x^2 + y^2 >= 2*x*y: proved\n", "second.thm:9: r + 1 > 0: proved\n"} {
		if status != exitValid || !strings.Contains(text, want) {
			t.Errorf("status %d, no %s in %s", status, want, text)
		}
	}
	for _, change := range [][2]string{{"(x - y)^2 >= 0", "(x - y)^2 >= 5"}, {"have difference: (x - y)^2 >= 0\n", ""}, {"have twice: 2*r = 2*x*y", "have twice: 2*r >= 2*x*y"}, {"difference", "distance"}, {"product: r = x*y", "product: r >= x*y"}} {
		if status, text := compared(t, content, strings.Replace(content, change[0], change[1], 1)); status != exitInvalid || !strings.Contains(text, "is none of the file") {
			t.Errorf("%v: status %d, %s", change, status, text)
		}
	}
	for _, step := range []string{"have more: r >= 0\n", "have open: x^4 + y^4 + r^2*x^2 + 1 >= 2*x*y\n"} {
		other := strings.Replace(content, "claim", step+"claim", 1)
		status, text := compared(t, content, other)
		if status != exitOpen || !strings.Contains(text, "second.thm:9: have ") || !strings.Contains(text, ": not settled by the certificate\n") || !strings.Contains(text, "leaves 1 of its steps by hand open") {
			t.Errorf("with %s: status %d, %s", step, status, text)
		}
	}
	open := strings.Replace(content, "claim", "have open: x^4 + y^4 + r^2*x^2 + 1 >= 2*x*y\nclaim", 1)
	if status, text := compared(t, open, open); status != exitOpen || !strings.Contains(text, "have open: ") {
		t.Errorf("an undecided step: status %d, %s", status, text)
	}
}

// What is vacuous for the command is vacuous here, and what is proved is proved; a step that is refuted is named.
func TestAgainstSaysWhatTheCommandSays(t *testing.T) {
	for _, content := range []string{
		"param a\nassume a > 1\nassume a < 1\nclaim a = 5\nclaim infeasible\nclaim feasible iff {\n a = 2\n}\nfind feasible\n",
		"param a\nassume a > 1\nvar x\ns.t. r: x >= a\ns.t. s: x <= 0\nclaim x >= a\nclaim a = 5\nclaim infeasible\nclaim feasible iff {\n 0 >= 1\n}\nfind feasible\n",
		"param a >= 0\nparam b\ngiven g: a*b >= 1\ngiven h: a*b < 1\nclaim a*b >= 7\nclaim infeasible\n",
		"param a >= 0\nparam b\ngiven g: a*b >= 1\nhave w: b >= 2\nclaim a*b >= 0\n",
	} {
		results, err := decide.File(t.Context(), strings.NewReader(content), "t.thm")
		if err != nil {
			t.Fatal(err)
		}
		_, text := compared(t, content, content)
		for _, r := range results {
			if want := ": " + r.Text() + ": " + r.Status.String(); !strings.Contains(text, want) {
				t.Errorf("no %s in\n%s", want, text)
			}
		}
	}
}
