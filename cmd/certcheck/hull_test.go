package main

import (
	"bytes"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement/decide"
	"pstar/witness"
)

// wedge is a theorem on the combinations of three points, and a ray.
const wedge = `theorem "hull"
param x1
param x2
var u
var v
var w
var r
s.t. first: u >= 0
s.t. second: v >= 0
s.t. third: w >= 0
s.t. fourth: r >= 0
s.t. total: u + v + w = 1
s.t. across: x1 = v + r
s.t. up: x2 = w
claim feasible iff {
  x1 >= 0
  x2 >= 0
  x2 <= 1
}
`

// documentOf is the certificate of a theorem file, on the disk.
func documentOf(t *testing.T, folder, content string) string {
	t.Helper()
	results, err := decide.File(t.Context(), strings.NewReader(content), "t.thm")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := decide.Document(results).Write(&b); err != nil {
		t.Fatal(err)
	}
	return put(t, folder, "c.json", b.Bytes())
}

// A theorem on combinations of generators is compared with the rows of a file, and a theorem
// on anything else is not taken for one.
func TestAgainstRowsOfAHull(t *testing.T) {
	folder := t.TempDir()
	const strip = "H-representation\nbegin\n 3 3 integer\n 0 1 0\n 0 0 2\n 1 0 -1\nend\n"
	for _, c := range []struct{ old, replacement, file, want string }{
		{"", "", strip, `theorem "hull", proved: combinations of its 4 generators are exactly the points with the rows of `},
		// Representatives of orbits are a list as any other here.
		{"", "", "* up to symmetry: 3 rows\n" + strip, `theorem "hull", proved: combinations of its 4 generators are exactly the points with the rows of `},
		{"", "", strings.Replace(strip, " 0 0 2\n", " 1 0 2\n", 1), "INVALID as the certificate of the file: the certificate has row 1"},
		{"", "", strings.NewReplacer("3 3 integer", "4 3 integer", "end", " 7 1 0\nend").Replace(strip), "the file has row 4"},
		{"", "", strings.Replace(strip, "begin", "names x2 x1\nbegin", 1), "INVALID as the certificate of the file: the certificate has row"},
		{"", "", "H-representation\nbegin\n 1 2 integer\n 0 1\nend\n", "is in the place of another kind of symbol"},
		{"claim feasible iff {\n  x1 >= 0\n  x2 >= 0\n  x2 <= 1\n}", "claim x1 >= 0", "H-representation\nbegin\n 1 3 integer\n 0 1 0\nend\n", "of its 4 generators have the rows of"},
		{"x2 <= 1\n", "x2 <= 1/2\n", strings.Replace(strip, "1 0 -1", "1 0 -2", 1), `refuted: combinations of its 4 generators are not exactly the points with`},
		{"claim feasible iff {\n  x1 >= 0\n  x2 >= 0\n  x2 <= 1\n}", "claim x1 >= 1", "H-representation\nbegin\n 1 3 integer\n -1 1 0\nend\n", "refuted: combinations of its 4 generators do not all have the rows of"},
		{"x2 <= 1", "x2 <= 2", strip, "INVALID as the certificate of the file"},
		{"x1 = v + r", "x1 = v + r + 1", strip, `is not of combinations of generators in 2 coordinates: fact`},
		{"x2 = w\n", "x2 = w + x1\n", strip, `is not of combinations of generators`},
		{"u + v + w = 1", "u + v + 2*w = 1", strip, `is not of combinations of generators`},
		{"r >= 0", "r >= 1", strip, `is not of combinations of generators`},
		{"s.t. up: x2 = w\n", "s.t. up: w = w\n", strip, ``},
	} {
		document := documentOf(t, folder, strings.Replace(wedge, c.old, c.replacement, 1))
		status, out, _ := certcheck("-against", put(t, folder, "a.ine", []byte(c.file)), document)
		if !strings.Contains(out, c.want) || (status == exitValid) == strings.Contains(out, "INVALID") || status == exitValid && !strings.Contains(c.want, "of its 4") {
			t.Errorf("%q: status %d, want %s\n%s", c.replacement, status, c.want, out)
		}
	}
}

// A row with a product is not the row of its first symbol: x1 * x1 >= 0 is not x1 >= 0.
func TestProductsAreNoRowsOfAHull(t *testing.T) {
	folder := t.TempDir()
	th := &kernel.Theorem{Name: "square", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x1"}, {Name: "u", Unknown: true}},
		Facts: []kernel.Fact{linearFact(kernel.GE, kernel.Int(0), 0, 1), linearFact(kernel.EQ, kernel.Int(0), 1, -1)},
		Rows:  []kernel.Fact{{Relation: kernel.GE, Poly: kernel.Poly{{C: kernel.Int(1), M: kernel.Product(0, 0)}}}}}
	document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{{Theorem: th, Rows: []witness.Step{witness.Combine{
		Products:  []witness.Product{{Factor: rational.NewRat(1, 1), Facts: []int{0, 0}}},
		Equations: []witness.Equation{{Poly: linearFact(kernel.GE, kernel.Int(0), 1, 1).Poly, Fact: 1}}}}}}))
	file := put(t, folder, "a.ine", []byte("H-representation\nbegin\n 1 2 integer\n 0 1\nend\n"))
	status, out, _ := certcheck("-against", file, document)
	if status == exitValid || !strings.Contains(out, "row 0 is not linear") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// Of generators the numbers that are not 0 are kept: each of 20 000 in a thousand coordinates has one of them.
func TestManyGeneratorsInManyCoordinates(t *testing.T) {
	const d, count = 1000, 20_000
	from := func() string { return "" }
	rows := make([]linear, d, d+count)
	for j := range rows {
		rows[j] = linear{relation: kernel.EQ, terms: []lp.Term{{Variable: j, Coefficient: one}}, from: from}
	}
	for v := range count {
		row, size := &rows[v%d], rational.NewRat(int64(-1-v/d), 1)
		row.terms = append(row.terms, lp.Term{Variable: d + v, Coefficient: size})
		rows = append(rows, linear{relation: kernel.GE, terms: []lp.Term{{Variable: d + v, Coefficient: one}}, from: from})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	list, bad := generatorsOf(each(rows), d)
	runtime.ReadMemStats(&after)
	// Rays of one direction are one generator.
	if len(list) != d || bad != "" {
		t.Errorf("%d generators, %q, want %d", len(list), bad, d)
	}
	// All coordinates of all would be 480 MB.
	if used := after.TotalAlloc - before.TotalAlloc; used > 64<<20 {
		t.Errorf("it takes %d MiB", used>>20)
	}
}

// What a theorem says of more than its rows, or only where something is assumed, is not said to be of the rows of a file: of a quadrant,
// one row and an exchange of the coordinates, which a file of this row alone does not mean; and of a ray in the plane, one coordinate
// of which is assumed to be 0. Both documents are valid.
func TestNoHullOfImagesOrAssumptions(t *testing.T) {
	folder := t.TempDir()
	ray := put(t, folder, "ray.ext", []byte("V-representation\nbegin\n 1 3 integer\n 0 0 1\nend\n"))
	for _, c := range []struct{ document, row, want string }{
		{"orbits-of-rows.json", "0 1 0", "its rows stand for all their images under permutations"},
		{"assumed-coordinate.json", "0 0 1", "fact 0 holds no weight, and is assumed"},
	} {
		file := put(t, folder, "a.ine", []byte("H-representation\nbegin\n 1 3 integer\n "+c.row+"\nend\n"))
		document := filepath.Join("testdata", c.document)
		if status, out, _ := certcheck(document); status != exitValid {
			t.Errorf("%s: status %d by itself\n%s", document, status, out)
		}
		if status, out, _ := certcheck("-against", file, document); status != exitInvalid || !strings.Contains(out, c.want) {
			t.Errorf("%s: status %d, want %s\n%s", document, status, c.want, out)
		}
	}
	status, out, _ := certcheck("-against", ray, filepath.Join("testdata", "assumed-coordinate.json"))
	if status != exitValid || !strings.Contains(out, "it assumes the rows that hold no unknown, and does not show them") {
		t.Errorf("of the generators: status %d\n%s", status, out)
	}
}
