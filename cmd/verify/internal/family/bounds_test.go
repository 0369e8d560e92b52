package family_test

import (
	"path/filepath"
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
