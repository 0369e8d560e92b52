package family_test

import (
	"path/filepath"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
)

// The certificate of a cell of bounds has MD-W2, and what it does not have is told.
func TestBoundsCertificate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json.gz")
	expect(t, run.ExitVerified, []string{"bounds", "-k", "3", "-n", "4", "-instances", "1", "-certificate", path},
		"MD-W2     proved", "MD-W1     concluded", "(MD-W2 proved; MD-W1, MD-W3 concluded; ",
		"2>c.json.gz, without MD-W1 concluded, MD-R2 checked, MD-W3 concluded, MD-more checked")
	expect(t, run.ExitVerified, []string{"check", path}, `"MD-W2, 3 draws, 2 tokens in S" proved`, `"MD-W1 for sets, 3 draws, 3 tokens in S" proved`)
}

// Of one draft nothing is proved, and a report of what is checked has no certificate: in a grid it is missing, in text and JSON alike, also
// where the cell was kept by an earlier run. How many statements are not about a cell is told.
func TestBoundsCertificateMissing(t *testing.T) {
	dir := t.TempDir()
	grid := []string{"bounds", "-k", "1..2", "-n", "3", "-instances", "1", "-certificate", filepath.Join(dir, "c")}
	const none = "2>k1-n3.json.gz: there is none for MD-W1 checked, MD-R2 checked, MD-W2 checked, "
	for range 2 {
		text := expect(t, run.ExitUsage, append(grid, "-state", filepath.Join(dir, "s")), none, "\n  4 statements not compared\n",
			"verdict: certificates missing, 2 of 2 cells verified; not written: 1 certificate, k1-n3.json.gz\n")
		if strings.Count(text, "not compared") != 1 { // all are about two drafts
			t.Errorf("%s", text)
		}
	}
	expect(t, run.ExitUsage, append(grid, "-json"), `"verdict": "certificates missing"`, `"k1-n3.json.gz"`)
	expect(t, run.ExitVerified, []string{"bounds", "-k", "3", "-n", "2..3", "-instances", "1"}, "MD-more", "; 9 statements not compared\n", "; 4 statements not compared\n")
}
