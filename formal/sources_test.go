package formal

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Every file of the checker is there, and stands after those that it requires, or it could not be a module of one file.
func TestChecker(t *testing.T) {
	required := regexp.MustCompile(`(?m)^Require (?:Import )?([a-z ]+)\.$`)
	var before []string
	for _, name := range Checker {
		for _, line := range required.FindAllStringSubmatch(Source(name), -1) {
			for _, other := range strings.Fields(line[1]) {
				if !slices.Contains(before, other) {
					t.Errorf("%s requires %s, which does not stand before it", name, other)
				}
			}
		}
		before = append(before, path.Base(name))
	}
	if len(before) < 10 {
		t.Errorf("%d files", len(before))
	}
}

// What a statement means changes with the files that define it, which the digests of statements.tsv do not see: whoever changes
// one of these reads the statements again, and writes the list with sha256sum, in this folder.
func TestDefinitions(t *testing.T) {
	files, err := filepath.Glob("definitions/*.v")
	if err != nil || len(files) < 7 {
		t.Fatalf("%d files of definitions: %v", len(files), err)
	}
	var now strings.Builder
	for _, name := range append(files, "checker/meaning.v", "checker/polynomial.v") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&now, "%x  %s\n", sha256.Sum256(text), filepath.ToSlash(name))
	}
	listed, err := os.ReadFile("definitions.sha256")
	if err != nil || string(listed) != now.String() {
		t.Errorf("definitions.sha256 does not list the definitions as they are (%v); they are\n%s", err, &now)
	}
}
