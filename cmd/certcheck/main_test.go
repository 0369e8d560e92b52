package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const fixtures = "../../fixtures/certificates/"

const (
	good  = fixtures + "accepted/cell-2-3.json"
	zip   = fixtures + "accepted/cell-3-4.json.gz"
	wrong = fixtures + "rejected/sign.json"
)

func TestExitStatus(t *testing.T) {
	absent := filepath.Join(t.TempDir(), "absent")
	for _, c := range []struct {
		name           string
		args           []string
		stdin          string
		status         int
		stdout, stderr string // must occur
	}{
		{"one valid", []string{good}, "", 0, good + ": valid: cell, K = 2 drafts, N = 3 tokens: MD-T1 proved, MD-T2 proved", ""},
		{"two valid", []string{good, zip}, "", 0, zip + ": valid: cell, K = 3 drafts, N = 4", ""},
		{"figures", []string{good}, "", 0, "\nrules of the kernel applied: ", ""},
		{"refuted", []string{fixtures + "accepted/exponent-2-2.json"}, "", 0, "\nMD-T2 refuted: it is false that for all 2 drafts, iid from p, M = 1 iff q(S) >= p(S)^1 for all S\n", ""},
		{"one invalid", []string{wrong}, "", 1, wrong + ": INVALID at theorem 0, exists, step 0 (dualise), steps, step 0 (sort), steps, step 3 (combine) (line 4, byte 810): the number of a product must be positive\n", ""},
		{"invalid among valid", []string{good, wrong, zip}, "", 1, zip + ": valid", ""},
		{"absent", []string{absent}, "", 2, "", "absent: no such file"},
		{"absent among others", []string{absent, good}, "", 2, good + ": valid", "no such file"},
		{"absent and invalid", []string{absent, wrong, good}, "", 1, good + ": valid", "no such file"},
		{"folder", []string{fixtures}, "", 2, "", "certcheck: "},
		{"no file", nil, "", 2, "", "no file given\nusage: "},
		{"unknown flag", []string{"-fast", good}, "", 2, "", "not defined: -fast\nusage: "},
		{"a flag behind a file", []string{good, "--against", good}, "", 2, "", "--against stands behind a file: flags come before files"},
		{"an unset variable", []string{"--against", "", good}, "", 2, "", "--against has an empty value"},
		{"no size", []string{"--max-mem=", good}, "", 2, "", "--max-mem has an empty value"},
		{"help", []string{"-h"}, "", 0, "usage: certcheck", ""},
		{"long help", []string{"--help"}, "", 0, "usage: certcheck", ""},
		{"version", []string{"--version"}, "", 0, "\ncommit unknown\ngo1", ""},
		{"standard input", []string{"-"}, "{", 1, "-: INVALID at document", ""},
	} {
		var stdout, stderr bytes.Buffer
		status := run(c.args, strings.NewReader(c.stdin), &stdout, &stderr)
		if status != c.status {
			t.Errorf("%s: status %d, want %d", c.name, status, c.status)
		}
		if !strings.Contains(stdout.String(), c.stdout) || c.stdout == "" && stdout.Len() > 0 {
			t.Errorf("%s: standard output\n%s\nwant\n%s", c.name, stdout.String(), c.stdout)
		}
		if !strings.Contains(stderr.String(), c.stderr) || c.stderr == "" && stderr.Len() > 0 {
			t.Errorf("%s: standard error\n%s\nwant\n%s", c.name, stderr.String(), c.stderr)
		}
	}
}

// A name cannot forge a line, nor the verdict of a line.
func TestFileNamesAreQuoted(t *testing.T) {
	data, err := os.ReadFile(wrong)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range []string{"x\nall.json: valid: multidraft K=2 N=3", "x: valid: multidraft", "\x1b[2Kx", "x\u2028y", "x\x85", "x\"y"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, p := range []string{path, filepath.Join(path, "none"), path + " none"} {
			var stdout, stderr bytes.Buffer
			status := run([]string{p}, nil, &stdout, &stderr)
			out := stdout.String() + stderr.String()
			if want := strconv.Quote(p); status == 0 || strings.Count(out, "\n") != 1 || !strings.Contains(out, want) {
				t.Errorf("%q: status %d, %q", p, status, out)
			}
		}
	}
}

func TestStatementAlone(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if status := run([]string{"--statement", good}, nil, &stdout, &stderr); status != 0 {
		t.Fatal(status, stderr.String())
	}
	if s := stdout.String(); !strings.Contains(s, "MD-T2 proved: M = 1 iff q(S) >= B(S) for all S; iid: q(S) >= p(S)^K: ") || strings.Contains(s, "\nsha256") {
		t.Errorf("standard output\n%s", s)
	}
}

// A verdict that could not be printed is not a success, and a refusal stays one.
func TestBrokenOutput(t *testing.T) {
	for _, c := range []struct {
		args   []string
		writes int // up to the end of the result
		status int
	}{
		{[]string{good}, 2, exitUnread},
		{[]string{"--statement", good}, 2, exitUnread},
		{[]string{"--json", good}, 1, exitUnread},
		{[]string{"-h"}, 1, exitUnread},
		{[]string{wrong}, 1, exitInvalid},
		{[]string{"--json", wrong}, 1, exitInvalid},
		{[]string{good, wrong}, 3, exitInvalid},
		{[]string{good, good + ".none"}, 2, exitUnread},
	} {
		for after := range c.writes {
			var stderr bytes.Buffer
			status := run(c.args, nil, &breaking{after}, &stderr)
			if status != c.status || !strings.Contains(stderr.String(), "certcheck: cannot write the result to standard output: broken pipe\n") {
				t.Errorf("%v, broken after %d writes: status %d, %s", c.args, after, status, stderr.String())
			}
		}
	}
}

// breaking fails after some writes.
type breaking struct{ left int }

func (b *breaking) Write(p []byte) (int, error) {
	if b.left == 0 {
		return 0, errors.New("broken pipe")
	}
	b.left--
	return len(p), nil
}

func TestReadsStandardInput(t *testing.T) {
	file, err := os.Open(zip)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var stdout, stderr bytes.Buffer
	if status := run([]string{"-"}, file, &stdout, &stderr); status != 0 || !strings.HasPrefix(stdout.String(), "-: valid: ") {
		t.Errorf("status %d\n%s%s", status, stdout.String(), stderr.String())
	}
}
