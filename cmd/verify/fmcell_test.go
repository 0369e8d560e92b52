package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// A certificate that is too large for the checker is not written; the result is.
func TestFMCertificateTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	zeros := strings.Repeat("0", 6000)
	file := "H-representation\nbegin\n2 3 integer\n0 1" + zeros + " 1\n0 -1 1" + zeros + "\nend\n"
	status, stdout, stderr := runText(t, file, "fm", "-method", "fm", "-eliminate", "x1", "-certificate", path, "-")
	if status != run.ExitUsage || !strings.Contains(stderr, "digits that the format allows") || !strings.Contains(stdout, "begin") {
		t.Errorf("status %d\n%.200s\n%s", status, stdout, stderr)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("the certificate was written")
	}
}
