package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
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
	systems, err := statement.Read(strings.NewReader(interval), "interval.thm")
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
	for _, want := range []string{"t.thm:9: P = b: proved\n", "t.thm:10: x >= 0: proved\n", "t.thm:11: find feasible: proved\n", "if the reader of theorem files is right\n"} {
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
