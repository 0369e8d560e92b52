package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pstar/certificate"
	"pstar/cone"
	"pstar/format/ine"
	"pstar/internal/each"
	"pstar/rational"
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
		if strings.Contains(stderr, "none of a list without generators") != (status == 2) {
			t.Errorf("%s: status %d, %s", file, status, stderr)
		}
		if status != 0 {
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
	expect(t, 0, []string{"check", path}, `"generators that have the rows; that none is missing is not claimed" proved`, "4096 unknowns")
	// By orbits, as ever: of the whole list, or of what is printed.
	expect(t, 0, []string{"dd", "-symmetry", "-all-rows", "-certificate", path, cube}, "2>not that none is missing: 4096 generators are more than")
	expect(t, 0, []string{"check", path}, `"generators that have the rows; that none is missing is not claimed" proved`, "4096 unknowns")
	expect(t, 0, []string{"dd", "-symmetry", "-certificate", path, cube}, "1 -1 -1 -1 -1", "2>not that none is missing: one of each orbit is listed")
	expect(t, 0, []string{"check", path}, `"generators that have the rows; that none is missing is not claimed" proved`, "1 unknown,")
	// What no certificate of all rows can hold, here for the length of a number, may be said by orbits.
	var list strings.Builder
	fmt.Fprintln(&list, "V-representation\nbegin\n 2051 3 integer")
	for i := range 2049 {
		fmt.Fprintln(&list, 1, i%50, i/50)
	}
	far := strings.Repeat("9", 6000)
	fmt.Fprintf(&list, "1 %s 0\n1 7 -%s\nend\n", far, far)
	points := temporary(t, "far.ext", list.String())
	expect(t, 2, []string{"dd", "-certificate", path, points}, "H-representation", "2>a number has more than the 10000 digits", "2>-symmetry without -all-rows lists one of each orbit")
}

// Of representatives, too, it is certified that the generators have the rows: of those that are printed, each of them, and no
// others.
func TestDDCertificateOfRepresentatives(t *testing.T) {
	representatives := 0
	eachPolyhedron(t, func(file string) bool {
		folder := t.TempDir()
		path, list := filepath.Join(folder, "c.json"), filepath.Join(folder, "list")
		status, _, stderr := verify("dd", "-symmetry", "-certificate", path, "-o", list, file)
		if status != 0 || strings.Contains(stderr, "without generators") {
			return false
		}
		in, out := listed(t, file), listed(t, list)
		report, err := certificate.CheckFile(path)
		if err != nil {
			t.Fatal(err)
		}
		shown := report.Theorems()[0]
		if shown.Name == "no point" {
			return true
		}
		sound := shown.Name == "generators that have the rows; that none is missing is not claimed"
		if said := strings.Contains(stderr, "not that none is missing: one of each orbit is listed"); sound != said || sound != strings.HasPrefix(contents(t, list), ine.Representatives) {
			t.Errorf("%s: %q, %s", file, shown.Name, stderr)
		}
		if !sound { // equations or lines alone, which are no orbits
			return true
		}
		representatives++
		rows, generators := in, out
		if rows.Representation != cone.HRepresentation {
			rows, generators = out, in
		}
		n := in.Columns - 1
		th := shown.Theorem
		got := newMatrix(len(th.Rows), 1+n)
		for i, f := range th.Rows {
			for _, term := range f.Poly {
				column := 0
				if len(term.M) > 0 {
					column = 1 + term.M.Symbol(0)
				}
				got[i][column] = term.C.Rat().RatString()
			}
		}
		if got, want := fmt.Sprint(got), entriesOf(rows.Rows, 0, n); got != want {
			t.Errorf("%s: rows\n%s\nwant\n%s", file, got, want)
		}
		// A fact for each coordinate, and before them, but of a cone, one of the sum of weights: less the entries of generators.
		got = newMatrix(len(th.Symbols)-n, len(th.Facts))
		for j, f := range th.Facts {
			for _, term := range f.Poly {
				if len(term.M) > 0 && term.M.Symbol(0) >= n {
					got[term.M.Symbol(0)-n][j] = term.C.Neg().Rat().RatString()
				}
			}
		}
		if got, want := fmt.Sprint(got), entriesOf(generators.Rows, 1+n-len(th.Facts), n); got != want {
			t.Errorf("%s: generators\n%s\nwant\n%s", file, got, want)
		}
		return true
	})
	if representatives < 10 {
		t.Errorf("only %d lists of representatives", representatives)
	}
}

// listed are the rows of a file, whatever they stand for.
func listed(t *testing.T, path string) *ine.File {
	t.Helper()
	f, err := ine.ReadListed(strings.NewReader(contents(t, path)), "list")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// newMatrix is a matrix of zeros.
func newMatrix(rows, columns int) [][]string {
	return each.To(rows, func(int) []string { return slices.Repeat([]string{"0"}, columns) })
}

// entriesOf prints the entries of rows, from a column to a column.
func entriesOf(rows []cone.Row, first, last int) string {
	m := newMatrix(len(rows), 1+last-first)
	for i, row := range rows {
		for j := range m[i] {
			m[i][j] = rational.RatFromInts(row.Vector.At(first+j), row.Denominator()).String()
		}
	}
	return fmt.Sprint(m)
}
