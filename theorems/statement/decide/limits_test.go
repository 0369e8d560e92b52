package decide

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// The page says where searches end.
func TestPageOfLimits(t *testing.T) {
	page, err := os.ReadFile("../../../docs/theorem-files.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\nA search for a step")
	for what, most := range map[string]int{
		"products of two rows, or of a row and a symbol, that are tried for a step": maxProducts,
		"squares of symbols, sums and differences that are tried for a step":        maxRoots,
		"squares in a proof":                          maxSquares,
		"terms of a form of which the root is sought": maxSquareTerms,
		"points that are tried for a counterexample":  trials,
	} {
		if line := fmt.Sprintf("| %s | %d |\n", what, most); !strings.Contains(strings.ReplaceAll(section, "5 000", "5000"), line) {
			t.Errorf("the page has not %s", line)
		}
	}
}
