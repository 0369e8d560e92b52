package check_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/theorems"
)

// Every digit of a certificate, changed to every other digit, is rejected with
// a place.
func TestCheckRejectsEveryChangedDigit(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "c.json")
	expect(t, run.ExitVerified, []string{"-k", "2", "-n", "3", "-instances", "1", "-certificate", path})
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, b := range data {
		if b < '0' || b > '9' {
			continue
		}
		changed++
		data[i] = '0' + (b-'0'+1+byte(i)%9)%10
		status, out, _ := verifyStdin(string(data), "check", "-")
		if status != run.ExitRefuted || !strings.HasPrefix(out, "-: INVALID at ") {
			t.Errorf("digit at byte %d changed from %c to %c: status %d, %s", i, b, data[i], status, out)
		}
		data[i] = b
	}
	if changed < 500 {
		t.Errorf("only %d digits", changed)
	}
}

func TestCheckStatuses(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.json.gz"), filepath.Join(dir, "bad.json")
	expect(t, run.ExitVerified, []string{"-k", "2", "-n", "2", "-certificate", good})
	if err := os.WriteFile(bad, []byte(`{"format":"pstar-certificate/1"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	expect(t, run.ExitVerified, []string{"check", good}, good+": valid: cell, K = 2 drafts, N = 2 tokens", "rules of the kernel applied")
	out := expect(t, run.ExitVerified, []string{"check", "--statement", good}, "MD-T2 proved")
	if strings.Contains(out, "rules of the kernel") {
		t.Errorf("--statement prints figures:\n%s", out)
	}
	expect(t, run.ExitRefuted, []string{"check", good, bad}, good+": valid", bad+": INVALID")
	expect(t, run.ExitRefuted, []string{"check", bad, filepath.Join(dir, "none")}, "INVALID", "2>no such file")
	expect(t, run.ExitUsage, []string{"check", good, filepath.Join(dir, "none")}, ": valid", "2>no such file")
}

// Who writes a certificate and who checks it print the same digests of theorems, so that the two can be compared.
func TestDigestsAreThoseOfTheProver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	status, _, said := verify("-k", "2", "-n", "3", "-certificate", path)
	_, checked, _ := verify("check", "-statement", path)
	var want strings.Builder
	for line := range strings.Lines(checked) {
		if strings.HasPrefix(line, "theorem ") {
			want.WriteString("verify: " + line)
		}
	}
	if status != run.ExitVerified || said != want.String() || strings.Count(said, "sha256 ") != 4 {
		t.Errorf("status %d, said\n%s, but the checker\n%s", status, said, checked)
	}
	if _, _, said := verify("-q", "-k", "2", "-n", "3", "-certificate", path); said != "" {
		t.Errorf("with -q said %s", said)
	}
}

// The object has the files as certcheck has them, what was not read, and the claims of all that are valid.
func TestCheckPrintsAnObject(t *testing.T) {
	dir := t.TempDir()
	good, bad, none := filepath.Join(dir, "good.json"), filepath.Join(dir, "bad.json"), filepath.Join(dir, "none")
	expect(t, run.ExitVerified, []string{"-k", "2", "-n", "2", "-certificate", good})
	if err := os.WriteFile(bad, []byte(`{"format":"pstar-certificate/1"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		files   []string
		status  int
		verdict string
		words   []string // of the files that were read
		unread  int
	}{
		{[]string{good}, run.ExitVerified, "valid", []string{"valid"}, 0},
		{[]string{good, bad}, run.ExitRefuted, "invalid", []string{"valid", "invalid"}, 0},
		{[]string{good, none}, run.ExitUsage, "undecided", []string{"valid"}, 1},
		{[]string{none}, run.ExitUsage, "undecided", []string{}, 1},
		{[]string{bad, none}, run.ExitRefuted, "invalid", []string{"invalid"}, 1},
	} {
		var got struct {
			theorems.Head
			Files  []certificate.File
			Unread []string
		}
		out := expect(t, c.status, append([]string{"check", "-json"}, c.files...))
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatal(err)
		}
		read := []string{}
		claims := 0
		for i, f := range got.Files {
			read = append(read, f.Verdict)
			report, err := certificate.CheckFile(f.File)
			if want := certificate.Describe(f.File, report, err); !reflect.DeepEqual(f, want) {
				t.Errorf("file %d is %+v, want %+v", i, f, want)
			}
			claims += len(f.Claims)
		}
		if got.Verdict != c.verdict || !slices.Equal(read, c.words) || len(got.Unread) != c.unread || len(got.Claims) != claims {
			t.Errorf("%v: %s", c.files, out)
		}
		for _, claim := range got.Claims {
			if claim.Status != theorems.Proved || claim.Statement == "" {
				t.Errorf("claim %+v", claim)
			}
		}
	}
	expect(t, run.ExitUsage, []string{"check", "-json", "-statement", good}, "2>-statement has no effect with -json")
}
