package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// eachPolyhedron visits the files of polyhedra among the fixtures; of at least ten it has to be said that they were tried.
func eachPolyhedron(t *testing.T, visit func(file string) (tried bool)) {
	t.Helper()
	entries, err := os.ReadDir(polyhedraFixtures)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); (ext == ".ine" || ext == ".ext") && visit(polyhedraFixtures+e.Name()) {
			tried++
		}
	}
	if tried < 10 {
		t.Errorf("only %d files", tried)
	}
}

// Each conversion of a fixture has a certificate, which the checker accepts; what it says is
// that rows and generators are of one polyhedron.
func TestDDCertificate(t *testing.T) {
	eachPolyhedron(t, func(file string) bool {
		path := filepath.Join(t.TempDir(), "c.json")
		status, _, stderr := verify("dd", "-certificate", path, file)
		if status != 0 || strings.Contains(stderr, "without generators") {
			return false
		}
		if _, stdout, _ := verify("check", path); !strings.Contains(stdout, `"rows and generators of one polyhedron" proved`) && !strings.Contains(stdout, `"no point" proved`) {
			t.Errorf("%s: %s\n%s", file, stderr, stdout)
		}
		return true
	})
	cube := polyhedraFixtures + "cube.ine"
	path := filepath.Join(t.TempDir(), "c.json.gz")
	expect(t, 0, []string{"dd", "-v", "-symmetry", "-all-rows", "-certificate", path, cube}, "2>certificate checked and written")
	expect(t, 2, []string{"dd", "-symmetry", "-certificate", path, cube})
	expect(t, 2, []string{"dd", "-o", path, "-certificate", path, cube})
	expect(t, 2, []string{"dd", "-certificate", filepath.Join(t.TempDir(), "no", "such"), cube}, "V-representation", "2>cannot write")
}

// Of more generators than the checker has time for it is certified that they have the rows,
// and the theorem says that this is all.
func TestDDCertificateBeyondTheLimit(t *testing.T) {
	var rows [][]int64
	const n = 12
	for i := range n {
		for _, sign := range []int64{1, -1} {
			row := make([]int64, n+1)
			row[0], row[i+1] = 1, sign
			rows = append(rows, row)
		}
	}
	cube := writeInput(t, "cube12.ine", "H-representation", rows)
	path := filepath.Join(t.TempDir(), "c.json.gz")
	expect(t, 0, []string{"dd", "-certificate", path, cube}, "2>the certificate shows that the generators have the rows, not that none is missing")
	expect(t, 0, []string{"check", path}, `"generators that have the rows; that none is missing is not claimed" proved`)
}
