package check_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
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
