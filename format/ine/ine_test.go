package ine

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/format/text"
	"pstar/rational"

	"github.com/google/go-cmp/cmp"
)

func readString(t *testing.T, name, text string) *File {
	t.Helper()
	f, err := Read(strings.NewReader(text), name)
	if err != nil {
		t.Fatalf("ReadFile: %v", err)
	}
	return f
}

// written returns what Write makes of f.
func written(t *testing.T, f *File) string {
	t.Helper()
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return b.String()
}

func TestReadFileKeepsEveryNumberExactly(t *testing.T) {
	f := readString(t, "a.ine", `* a comment
a square, more or less
H-representation
linearity 1 3
begin
 4 3 real
 0.1 -1.25e-1 0
 1 0 .5  # rows may be commented
 0x1p-1 1/3
    2
 -1e2 0 +7
end
lexmin
`)
	want := `a square, more or less
H-representation
linearity 1 3
begin
 4 3 rational
 1/10 -1/8 0
 1 0 1/2
 1/2 1/3 2
 -100 0 7
end
lexmin
`
	if diff := cmp.Diff(want, written(t, f)); diff != "" {
		t.Errorf("written again (-want +got):\n%s", diff)
	}
	if f.Lines[2] != 9 || f.Lines[3] != 11 {
		t.Errorf("rows 3 and 4 begin on lines %d and %d, want 9 and 11", f.Lines[2], f.Lines[3])
	}
	if got := f.Rows[0].At(1); got.Cmp(rational.NewRat(-1, 8)) != 0 {
		t.Errorf("row 1, column 2 is %v, want -1/8", got)
	}
	if len(f.Options) != 1 || f.Options[0].Word != "lexmin" || f.Options[0].Line != 13 {
		t.Errorf("options %v, want lexmin on line 13", f.Options)
	}
}

func TestReadFileActsOnOptions(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"equality and linearity may stand on either side of the rows",
			"H-representation\nequality 1 1\nbegin\n2 2 integer\n1 1\n0 1\nend\nlinearity 1 2\n",
			"H-representation\nlinearity 2 1 2\nbegin\n 2 2 integer\n 1 1\n 0 1\nend\n"},
		{"partial enumeration makes equations, as in cddlib",
			"H-representation\npartial_enumeration 1 2\nbegin\n2 2 integer\n1 1\n0 1\nend\n",
			"H-representation\nlinearity 1 2\nbegin\n 2 2 integer\n 1 1\n 0 1\nend\n"},
		{"hull is an old word for a V-representation",
			"hull\nbegin\n1 2 integer\n1 3\nend\n",
			"V-representation\nbegin\n 1 2 integer\n 1 3\nend\n"},
		{"nonnegative adds rows, as in lrs",
			"H-representation\nnonnegative\nbegin\n1 3 integer\n1 -1 -1\nend\n",
			"H-representation\nbegin\n 3 3 integer\n 1 -1 -1\n 0 1 0\n 0 0 1\nend\n"},
		{"the number of rows may be left open, as in the output of lrs",
			"*lrs:lrslib\nV-representation\nbegin\n***** 2 rational\n 1  1/2 \n 0  1 \nend\n*Totals: vertices=1\n",
			"V-representation\nbegin\n 2 2 rational\n 1 1/2\n 0 1\nend\n"},
		{"no rows at all", "H-representation\nbegin\n0 3 integer\nend", "H-representation\nbegin\n 0 3 integer\nend\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, written(t, readString(t, "a", c.text))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What cddlib and lrs read, in forms seldom seen; see the package documentation.
// The peers themselves read these files in the tests of the command.
func TestReadFileReadsWhatPeersRead(t *testing.T) {
	const rows = "1 -1 0\n1 0 -1\n0 1 0\n0 0 1\nend\n"
	const want = "H-representation\nbegin\n 4 3 integer\n 1 -1 0\n 1 0 -1\n 0 1 0\n 0 0 1\nend\n"
	equations := strings.Replace(want, "begin", "linearity 2 1 2\nbegin", 1)
	for _, c := range []struct{ name, text, want, note string }{
		{"begin and sizes on one line", "H-representation\nbegin 4 3 integer\n" + rows, want, ""},
		{"sizes on many lines", "H-representation\nbegin\n4\n3\ninteger " + rows, want, ""},
		{"everything on one line", "H-representation begin 4 3 integer " + strings.ReplaceAll(rows, "\n", " "), want, ""},
		{"linearity goes on", "H-representation\nlinearity 2 1\n* first\n 2\nbegin\n4 3 integer\n" + rows, equations, ""},
		{"linearity begins on the next line", "H-representation\nlinearity\n2\n1 2\nbegin\n4 3 integer\n" + rows, equations, ""},
		{"linearity goes on after the rows", "H-representation\nbegin\n4 3 integer\n" + rows + "linearity 2 1\n2", equations, ""},
		{"linearity beside end", "H-representation\nbegin\n4 3 integer\n" + strings.TrimSpace(rows) + " linearity 2 1 2\n", equations, ""},
		{"line ends of DOS", strings.ReplaceAll("H-representation\nlinearity 2 1 2\nbegin\n4 3 integer\n"+rows, "\n", "\r\n"), equations, ""},
		{"byte order mark", text.ByteOrderMark + "H-representation\nbegin\n4 3 integer\n" + rows, want, ""},
		{"signs and leading zeros", "H-representation\nbegin\n4 3 integer\n+01 -001 00\n1 -0 -01\n+0 01 0\n0 0 +1\nend\n", want, ""},
		{"zeros in fractions", "H-representation\nbegin\n1 2 rational\n010/04 -02/0006\nend\n",
			"H-representation\nbegin\n 1 2 rational\n 5/2 -1/3\nend\n", ""},
		{"fraction among integers", "H-representation\nbegin\n1 2 integer\n5/2 1/3\nend\n",
			"H-representation\nbegin\n 1 2 rational\n 5/2 1/3\nend\n", `a:4: "5/2" in a file of integers is read as the fraction`},
		{"more rows than the size line says", "H-representation\nbegin\n4 3 integer\n" + strings.Replace(rows, "end", "1 1 1\n-5 0 2\nend", 1), want,
			"a:8: the rows from here on are ignored, as in lrs (cddlib refuses the file): the size line says 4 rows, and 6 follow"},
		{"homogeneous vertex", "V-representation\nbegin\n1 2 integer\n2 1\nend\n",
			"V-representation\nbegin\n 1 2 integer\n 2 1\nend\n", "a:4: row 1 begins with 2: the vertex is the rest divided by it"},
		{"title with an option's word", "random polytope\nH-representation\nbegin\n4 3 integer\n" + rows, "random polytope\n" + want, ""},
		{"title with a colon", "linearity: none\nH-representation\nbegin\n4 3 integer\n" + rows, "'linearity: none\n" + want, ""},
		{"title about linearity", "linearity is nice\nH-representation\nbegin\n4 3 integer\n" + rows,
			"'linearity is nice\n" + want, `a:1: "linearity is nice" is taken as the title`},
		{"title about hulls", "hull of points\nH-representation\nbegin\n4 3 integer\n" + rows,
			"hull of points\n" + want, `a:1: "hull of points" is taken as the title`},
		{"title about orthants", "nonnegative orthant\nH-representation\nbegin\n4 3 integer\n" + rows,
			"'nonnegative orthant\n" + want, `a:1: "nonnegative orthant" is taken as the title`},
		{"title about diagrams", "voronoi cell\nH-representation\nbegin\n4 3 integer\n" + rows, "voronoi cell\n" + want, `a:1: "voronoi cell" is taken as the title`},
		{"nonnegative with more on the line", "a title\nH-representation\nnonnegative orthant\nbegin\n4 3 integer\n" + rows,
			"a title\n" + want, `a:3: "nonnegative orthant" is not an option known here, and is ignored`},
		{"nonnegative after the rows", "H-representation\nbegin\n4 3 integer\n" + rows + "nonnegative\n", want,
			"a:9: nonnegative has no effect after the rows"},
		{"nonnegative is honoured", "H-representation\nnonnegative\nbegin\n0 2 integer\nend\n",
			"H-representation\nbegin\n 1 2 integer\n 0 1\nend\n", "a:2: nonnegative adds the rows x_i >= 0, as in lrs"},
		{"title with a representation", "the H-representation of a square\nH-representation\nbegin\n4 3 integer\n" + rows,
			"the H-representation of a square\n" + want, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := readString(t, "a", c.text)
			if diff := cmp.Diff(c.want, written(t, f)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if notes := strings.Join(f.Notes, "\n"); (notes == "") != (c.note == "") || !strings.HasPrefix(notes, c.note) {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
		})
	}
}

func TestReadFileNotesWhatItIgnores(t *testing.T) {
	f := readString(t, "a.ine", "title\nfrobnicate 3\nbegin\n0 2 integer\nend\nxyzzy\nmaximize 0 1\n")
	want := []string{
		`a.ine:2: "frobnicate 3" is not an option known here, and is ignored`,
		`a.ine:6: "xyzzy" is not an option known here, and is ignored`,
		"a.ine: no line says H-representation or V-representation; read as H-representation",
	}
	if diff := cmp.Diff(want, f.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Option{{"maximize", []string{"0", "1"}, 7}}, f.Options); diff != "" {
		t.Errorf("options (-want +got):\n%s", diff)
	}
}

func TestReadFileErrorsNameThePlace(t *testing.T) {
	h := "H-representation\n"
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "f:1: no line says begin"},
		{"no begin", h + "1 2 integer\n", "f:2: no line says begin"},
		{"ends after begin", h + "begin\n", "f:2: the file ends before the rows"},
		{"size line", h + "begin\n1 2\n", "f:3: the file ends before the rows; expected the numbers of rows and columns"},
		{"negative rows", h + "begin\n-1 2 integer\n", `f:3: cannot read "-1" as the number of rows`},
		{"rows overflow", h + "begin\n99999999999999999999 2 integer\n", `f:3: cannot read "99999999999999999999" as the number of rows`},
		{"too many columns", h + "begin\n1 99999999 integer\n", "f:3: cannot read \"99999999\" as the number of columns; expected a whole number from 1 to 131072"},
		{"no columns", h + "begin\n1 0 integer\n", `f:3: cannot read "0" as the number of columns`},
		{"number type", h + "begin\n1 2 complex\n", `f:3: cannot read number type "complex"; expected integer, rational or real`},
		{"huge header, little data", h + "begin\n1000000000 100000 integer\n1 2\n", "f:5: the file ends within the rows; expected number 3 of row 1"},
		{"short row", h + "begin\n2 2 integer\n1 2\n3\nend\n", "f:6: end after 1 rows and 1 numbers; expected number 2 of row 2"},
		{"missing row", h + "begin\n2 2 integer\n1 2\nend\n", "f:5: end after 1 rows and 0 numbers; expected row 2"},
		{"extra number", h + "begin\n1 2 integer\n1 2\n3\nend\n", "f:6: end after 1 rows and 1 numbers; expected end after 1 rows"},
		{"numbers after no rows", h + "begin\n0 2 integer\n3 4\nend\n", `f:4: cannot read "3"; expected end after 0 rows`},
		{"word beyond the rows", h + "begin\n1 2 integer\n1 2\n3 x\nend\n", `f:5: row 2, column 2: cannot read "x"`},
		{"equation beyond the rows", h + "linearity 1 2\nbegin\n1 2 integer\n1 2\n3 4\nend\n", "f:2: row 2 is in the linearity, but there are 1 rows"},
		{"row for type", h + "begin\n1 2\n1 2\nend\n", `f:4: cannot read number type "1"; expected integer`},
		{"decimal among integers", h + "begin\n1 2 integer\n1\n0.5\nend\n", "f:5: row 1, column 2: cannot read \"0.5\"; expected an integer"},
		{"no end", h + "begin\n1 2 integer\n1 2\n", "f:5: the file ends within the rows; expected end after 1 rows"},
		{"decimal among fractions", h + "begin\n1 2 rational\n1 0.5\nend\n", "f:4: row 1, column 2: cannot read \"0.5\"; expected a fraction"},
		{"word among numbers", h + "begin\n1 2 rational\n1 x\nend\n", `f:4: row 1, column 2: cannot read "x"`},
		{"zero denominator", h + "begin\n1 2 rational\n1 1/0\nend\n", "f:4: row 1, column 2: cannot read \"1/0\": expected a nonzero denominator"},
		{"endless word", h + "begin\n1 2 integer\n" + strings.Repeat("1", maxWord+1), "f:4: word is longer than"},
		{"linearity count", "linearity 2 1\n", "f:1: linearity announces 2 rows and lists 1"},
		{"linearity without count", "linearity\n", "f:1: linearity without a count"},
		{"linearity of nonsense", "linearity 1 x\n", `f:1: cannot read "x"; expected the number of a row`},
		{"linearity out of range", h + "linearity 1 7\nbegin\n0 2 integer\nend\n", "f:2: row 7 is in the linearity, but there are 0 rows"},
		{"both representations", h + "V-representation\n", "f:2: the file says V-representation here and H-representation on line 1"},
		{"strict inequality", h + "strict_inequality 1 1\n", "f:2: strict_inequality would change what the rows mean"},
		{"end before begin", "end\n", "f:1: end before begin"},
		{"second system", h + "begin\n0 2 integer\nend\nbegin\n", "f:5: a second begin; expected one system"},
		{"list with a hole", h + "linearity 2 1\nbegin\n", "f:2: linearity announces 2 rows and lists 1"},
		{"list too long", h + "linearity 2 1\n2 3\nbegin\n", "f:2: linearity announces 2 rows and lists 3"},
		{"lower case", "v-representation\nbegin\n0 2 integer\nend\n", "f:1: no line begins with H-representation or V-representation, though"},
		{"within a line", "the V-representation\nbegin\n0 2 integer\nend\n", "f:1: no line begins with"},
		{"after the rows", "begin\n0 2 integer\nend\nV-representation\n", "f:4: no line begins with"},
		{"capitals", h + "Begin\n0 2 integer\nend\n", "f:2: cannot read \"Begin\"; expected begin, in this spelling"},
		{"colon", "t\nV-representation: cube\nbegin\n0 2 integer\nend\n", "f:2: no line begins with"},
		{"vertex with a negative sign", "V-representation\nbegin\n1 2 rational\n-1/3 1\nend\n", "f:4: row 1 begins with -1/3"},
		{"vertex in the linearity", "V-representation\nlinearity 1 1\nbegin\n1 2 integer\n1 1\nend\n", "f:5: row 1 is in the linearity and begins"},
		{"nonnegative generators", "V-representation\nnonnegative\nbegin\n0 2 integer\nend\n", "f:2: nonnegative speaks of inequalities"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(c.text), "f")
			if err == nil || !strings.HasPrefix(err.Error(), c.want) {
				t.Errorf("error %v, want %s...", err, c.want)
			}
		})
	}
}

func TestReadFileDoesNotGuessForExt(t *testing.T) {
	_, err := Read(strings.NewReader("begin\n0 2 integer\nend\n"), "cube.ext")
	if err == nil || !strings.Contains(err.Error(), "cube.ext:1: the file is named .ext") {
		t.Errorf("error %v, want a complaint about the missing V-representation", err)
	}
}

// The row that grows with its square is stopped before it has grown.
func TestReadFileCapsOneRow(t *testing.T) {
	var row strings.Builder
	row.WriteString("H-representation\nbegin\n1 900 rational\n")
	d := rational.NewInt(10).Pow(1000)
	for range 900 {
		d = d.Add(rational.NewInt(1))
		row.WriteString("1/" + d.String() + "\n")
	}
	row.WriteString("end\n")
	_, err := Read(strings.NewReader(row.String()), "f")
	want := "f:4: row 1 takes more than 268435456 bits on the common denominator of its 900 fractions"
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
}

// Notes are capped, and say so.
func TestReadFileNotesAreCapped(t *testing.T) {
	f := readString(t, "f", "H-representation\nbegin\n0 1 integer\nend\n"+strings.Repeat("x\n", maxNotes+5))
	if len(f.Notes) != maxNotes+1 || !strings.HasPrefix(f.Notes[maxNotes], "f:105: there is more to say") {
		t.Errorf("%d notes, the last %q", len(f.Notes), f.Notes[len(f.Notes)-1])
	}
}

// A few bytes with exponents or coprime denominators must not ask for much
// memory.
func TestReadFileCapsTheDigitsOfItsNumbers(t *testing.T) {
	exponents := "H-representation\nbegin\n***** 1 real\n" + strings.Repeat("1e4096\n", 100) + "end\n"
	var denominators strings.Builder
	denominators.WriteString("H-representation\nbegin\n1 100 rational\n")
	for i := range 100 {
		d := rational.NewInt(1).Add(rational.NewInt(10).Pow(100)).Add(rational.NewInt(int64(2 * i)))
		denominators.WriteString("1/" + d.String() + "\n")
	}
	denominators.WriteString("end\n")
	for _, text := range []string{exponents, denominators.String()} {
		_, err := readWithin(strings.NewReader(text), "f", 1_000_000)
		if err == nil || !strings.Contains(err.Error(), "bits when written out") {
			t.Errorf("error %v, want the cap on bits", err)
		}
		if _, err := readWithin(strings.NewReader(text), "f", 10_000_000); err != nil {
			t.Errorf("error %v below the cap", err)
		}
	}
	long := "H-representation\nbegin\n1 1 real\n" + strings.Repeat("9", 9000) + "e4000\nend\n"
	if _, err := Read(strings.NewReader(long), "f"); err == nil || !strings.Contains(err.Error(), "f:4: row 1, column 1: more than 10000 digits") {
		t.Errorf("error %v, want the cap on digits", err)
	}
}

func TestFileAsCone(t *testing.T) {
	// {x >= 0, x <= 3} as rows, and {1/2} + ray as generators.
	h := readString(t, "a.ine", "H-representation\nlinearity 1 2\nbegin\n2 2 integer\n3 -1\n-1 1\nend\n").H()
	wantH := &cone.H{Dim: 2, Inequalities: []cone.Vector{cone.Sparse(rational.NewVector(3, -1)), cone.Unit(0, 1)},
		Equations: []cone.Vector{cone.Sparse(rational.NewVector(-1, 1))}}
	if diff := cmp.Diff(wantH, h); diff != "" {
		t.Errorf("H (-want +got):\n%s", diff)
	}
	v := readString(t, "a.ext", "V-representation\nlinearity 1 3\nbegin\n3 3 rational\n1 1/2 0\n0 1 1\n0 0 2/3\nend\n").V()
	wantV := &cone.V{Dim: 3, Rays: []cone.Vector{cone.Sparse(rational.NewVector(2, 1, 0)), cone.Sparse(rational.NewVector(0, 1, 1))},
		Lines: []cone.Vector{cone.Sparse(rational.NewVector(0, 0, 2))}}
	if diff := cmp.Diff(wantV, v); diff != "" {
		t.Errorf("V (-want +got):\n%s", diff)
	}
	apex := readString(t, "a.ext", "V-representation\nbegin\n1 2 integer\n0 1\nend\n").V()
	if len(apex.Rays) != 2 || !apex.Rays[1].Equal(cone.Unit(0, 1)) {
		t.Errorf("rays without a vertex: %v, want the origin added", apex.Rays)
	}
	empty := readString(t, "a.ext", "V-representation\nbegin\n0 2 integer\nend\n").V()
	if len(empty.Rays) != 0 {
		t.Errorf("no generators: %v, want none", empty.Rays)
	}
}

func TestWriteDividesVertices(t *testing.T) {
	v := &cone.V{Dim: 3, Rays: []cone.Vector{cone.Sparse(rational.NewVector(2, 1, -4)), cone.Sparse(rational.NewVector(0, 1, 1))},
		Lines: []cone.Vector{cone.Unit(2, 1)}}
	want := "V-representation\nlinearity 1 3\nbegin\n 3 3 rational\n 1 1/2 -2\n 0 1 1\n 0 0 1\nend\n"
	f := &File{Polyhedron: *cone.PolyhedronByGenerators(v)}
	if diff := cmp.Diff(want, written(t, f)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !cone.Equal(v, f.V()) {
		t.Errorf("V of PolyhedronByGenerators differs from the cone it came from")
	}
}

func TestWriteWritesEquations(t *testing.T) {
	h := &cone.H{Dim: 2, Inequalities: []cone.Vector{cone.Sparse(rational.NewVector(1, -1))}, Equations: []cone.Vector{cone.Unit(1, 2)}}
	want := "H-representation\nlinearity 1 2\nbegin\n 2 2 integer\n 1 -1\n 0 2\nend\n"
	if diff := cmp.Diff(want, written(t, &File{Polyhedron: *cone.PolyhedronByRows(h)})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestWriteKeepsTitlesTitles(t *testing.T) {
	for _, name := range []string{"begin", "linearity", "* star", "hull", "hull of points", "random polytope", "V-representation", "of the V-representation", "a begin", "equality 1 1", "a\nb", "  spaced ", "lexmin", "end"} {
		f := &File{Name: name, Polyhedron: cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2}}
		again := readString(t, "f", written(t, f))
		if again.Name == "" || len(again.Rows) != 0 || len(again.Options) != 0 {
			t.Errorf("title %q is read back as %+v", name, again)
		}
	}
}

func TestOpenFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ine")
	if _, err := Open(path); !os.IsNotExist(err) {
		t.Errorf("error %v, want not exist", err)
	}
	if err := os.WriteFile(path, []byte("H-representation\nbegin\n0 2 integer\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := Open(path); err != nil || f.Columns != 2 {
		t.Errorf("OpenFile: %v, %v", f, err)
	}
}

// Strict rows are read on request, and survive writing.
func TestReadStrictFile(t *testing.T) {
	const text = "H-representation\nlinearity 1 3\nstrict_inequality 2 1 2\nbegin\n 3 2 integer\n 0 1\n 5 -1\n 0 0\nend\n"
	f, err := ReadStrict(strings.NewReader(text), "f")
	if err != nil {
		t.Fatal(err)
	}
	if !f.Rows[0].Strict || !f.Rows[1].Strict || f.Rows[2].Strict {
		t.Errorf("strict rows: %+v", f.Rows)
	}
	var b strings.Builder
	if err := f.Write(&b); err != nil || b.String() != text {
		t.Errorf("written as %q, %v", b.String(), err)
	}
	for change, want := range map[string]string{
		"strict_inequality 1 3":                   "f:3: row 3 is in strict_inequality and in the linearity",
		"strict_inequality 1 4":                   "f:3: row 4 is in strict_inequality, but there are 3 rows",
		"strict_inequality 2 1":                   "f:3: strict_inequality announces 2 rows and lists 1",
		"V-representation\nstrict_inequality 1 1": "f:3: the file says V-representation here",
	} {
		_, err := ReadStrict(strings.NewReader(strings.Replace(text, "strict_inequality 2 1 2", change, 1)), "f")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", change, err, want)
		}
	}
}
