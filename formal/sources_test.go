package formal

import (
	"path"
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
