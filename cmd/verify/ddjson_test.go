package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Every object that has a polyhedron is read back as that one: what dd prints of a fixture, and
// what redund does, as it was and in the unique form.
func TestPolyhedraOfObjectsAreReadBack(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(polyhedraFixtures + "*.*e*")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	unique := func(path string) string {
		text := expect(t, 0, []string{"redund", "-q", "-canonical", path})
		return text[strings.Index(text, "-representation"):strings.Index(text, "\nend")]
	}
	for _, path := range paths {
		want := unique(path)
		for _, form := range [][]string{{"redund", "-json"}, {"redund", "-json", "-canonical"}} {
			object := expect(t, 0, append(form, "-q", path))
			if got := unique(inFile(t, "object.json", object)); got != want {
				t.Errorf("%v %s is read back as\n%s\nwant\n%s", form, path, got, want)
			}
		}
		there := inFile(t, "there.json", expect(t, 0, []string{"dd", "-q", "-json", path}))
		back := expect(t, 0, []string{"dd", "-q", "-json", there})
		if got := unique(inFile(t, "back.json", back)); got != want {
			t.Errorf("dd -json %s, there and back:\n%s\nwant\n%s", path, got, want)
		}
	}
}
