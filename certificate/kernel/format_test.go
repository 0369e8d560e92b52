package kernel

import (
	"os"
	"strings"
	"testing"
)

// The page on the format is short, in lines that can be read, and has every rule.
func TestFormatPageIsShort(t *testing.T) {
	const maxLines, maxBytes, maxTableBytes = 400, 110, 145
	page, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(page), "\n"), "\n")
	if len(lines) > maxLines {
		t.Errorf("%d lines, at most %d", len(lines), maxLines)
	}
	for k, line := range lines {
		limit := maxBytes
		if strings.HasPrefix(line, "|") {
			limit = maxTableBytes
		}
		if len(line) > limit {
			t.Errorf("line %d has %d bytes, at most %d", k+1, len(line), limit)
		}
	}
	flat := strings.ReplaceAll(string(page), "\n  ", " ")
	for rule := range ruleTable() {
		if n := strings.Count(flat, "\n- **"+rule+"** `{\"rule\":\""+rule+"\""); n != 1 {
			t.Errorf("the rule %s stands on the page %d times", rule, n)
		}
	}
}
