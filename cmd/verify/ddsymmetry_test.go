package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// Representatives stand for all rows, and with -all-rows all are written, in the bytes of a conversion without symmetries.
func TestDDSymmetry(t *testing.T) {
	eachPolyhedron(t, func(path string) bool {
		status, want, _ := verify("dd", path)
		if status != 0 || strings.Contains(path, "slow") {
			return false
		}
		if got := expect(t, 0, []string{"dd", "-symmetry", "-all-rows", "-j", "2", path}); got != want {
			t.Errorf("%s: with -all-rows\n%s\nwant\n%s", path, got, want)
		}
		var one struct {
			Rows      [][]string
			Linearity []int
			Symmetry  *struct {
				Sizes []string `json:"orbit_sizes"`
				Rows  string
			}
		}
		if err := json.Unmarshal([]byte(expect(t, 0, []string{"dd", "-symmetry", "-json", path})), &one); err != nil {
			t.Fatal(err)
		}
		if one.Symmetry != nil && len(one.Rows) != len(one.Symmetry.Sizes)+len(one.Linearity) {
			t.Errorf("%s: %d rows, %d sizes", path, len(one.Rows), len(one.Symmetry.Sizes))
		}
		for _, row := range one.Rows {
			if line := " " + strings.Join(row, " ") + "\n"; !strings.Contains(want, line) {
				t.Errorf("%s: %q is not in\n%s", path, line, want)
			}
		}
		return true
	})
}

func TestDDSymmetryOutput(t *testing.T) {
	cube := polyhedraFixtures + "cube.ine"
	expect(t, 0, []string{"dd", "-symmetry", "-progress", "on", "-v", cube}, "* up to symmetry", "* 1 8\n", "2>1 orbits under a group of order 48")
	path := filepath.Join(t.TempDir(), "a.ext")
	expect(t, 0, []string{"dd", "-symmetry", "-o", path, cube}, "1 vertex, 0 rays and 0 lines, up to symmetry, which stand for 8")
	// Read as a polyhedron it would be another one.
	expect(t, 2, []string{"dd", path}, "2>a.ext:1: the rows stand for orbits")
	object := expect(t, 0, []string{"dd", "-symmetry", "-json", cube})
	if status, _, stderr := verifyStdin(object, "dd", "-"); status != 2 || !strings.Contains(stderr, "the rows stand for orbits") {
		t.Errorf("status %d, %s", status, stderr)
	}
	expect(t, 0, []string{"dd", "-symmetry", "-all-rows", "-verify", "-adjacency", cube}, "* adjacency", "2>verified, read back")
	for _, args := range [][]string{
		{"-all-rows"}, {"-symmetry", "-order", "lexmin"}, {"-symmetry", "-method", "dd"}, {"-symmetry", "-verify"},
		{"-symmetry", "-adjacency"}, {"-symmetry", "-to", "csv"},
	} {
		expect(t, 2, append(append([]string{"dd"}, args...), cube))
	}
}
