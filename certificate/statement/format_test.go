package statement

import (
	"os"
	"strings"
	"testing"
)

// The page on the format has every builder, and says how long the file of theorems is that it leaves apart.
func TestFormatPageHasBuilders(t *testing.T) {
	page, err := os.ReadFile("../kernel/FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	flat := strings.ReplaceAll(string(page), "\n  ", " ")
	for builder := range Builders {
		if n := strings.Count(flat, "\n- **"+builder+"** `{\"builder\":\""+builder+"\""); n != 1 {
			t.Errorf("the builder %s stands on the page %d times", builder, n)
		}
	}
	said := 0
	for line := range strings.Lines(contentionText) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			said++
		}
	}
	if said != 498 || !strings.Contains(string(page), "contention.txt`](../statement/contention.txt): 498 lines of statements") {
		t.Errorf("the file of theorems has %d lines, and the page says otherwise", said)
	}
}
