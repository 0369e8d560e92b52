package format

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/cone"
	"pstar/format/matrix"
	"pstar/format/text"
	"pstar/rational"
)

// randomPolyhedron has rows of fractions, some of them equations or lines.
func randomPolyhedron(r *rand.Rand, kind cone.Representation) *cone.Polyhedron {
	p := &cone.Polyhedron{Representation: kind, Columns: 2 + r.IntN(4)}
	for range 1 + r.IntN(6) {
		row := cone.Row{Scale: rational.NewInt(1 + r.Int64N(3)), Linear: r.IntN(4) == 0}
		dense := make(rational.Vector, p.Columns)
		for i := range dense {
			dense[i] = rational.NewInt(r.Int64N(9) - 4)
		}
		dense[p.Columns-1] = rational.NewInt(1 + r.Int64N(99))
		if kind == cone.VRepresentation {
			dense[0] = rational.Int{}
			if !row.Linear && (len(p.Rows) == 0 || r.IntN(2) == 0) {
				dense[0] = row.Scale
			}
		}
		if len(p.Rows) == 0 {
			row.Linear = false
		}
		row.Vector = cone.Sparse(dense)
		p.Rows = append(p.Rows, row)
	}
	return p
}

// directions returns the primitive rows, equations and lines in both directions, sorted.
func directions(p *cone.Polyhedron) []string {
	var all []string
	for _, r := range p.Rows {
		all = append(all, r.Vector.Primitive().String())
		if r.Linear {
			all = append(all, r.Vector.Neg().Primitive().String())
		}
	}
	if p.Representation == cone.VRepresentation && !slices.ContainsFunc(p.Rows, cone.Row.IsVertex) {
		all = append(all, cone.Unit(0, 1).String())
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// What is written in a format is read back as the same rows, or generators.
func TestPolyhedraRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 1))
	for range 500 {
		for kind, convention := range map[cone.Representation]matrix.Convention{
			cone.HRepresentation: matrix.ConstantFirst, cone.VRepresentation: matrix.Homogeneous,
		} {
			p := randomPolyhedron(r, kind)
			for _, f := range polyhedra {
				var b bytes.Buffer
				if err := f.Write(&b, p); err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
				back, err := f.Read(bytes.NewReader(b.Bytes()), "f", convention)
				if err != nil {
					t.Fatalf("%s: %v\n%s", f.Name, err, &b)
				}
				if back.Representation != kind || back.Columns != p.Columns || !slices.Equal(directions(&back.Polyhedron), directions(p)) {
					t.Fatalf("%s: %v\nread back from\n%s\nwant %v", f.Name, directions(&back.Polyhedron), &b, directions(p))
				}
				if guess := PolyhedronOf("f", b.Bytes()); guess.Name != f.Name && f.Name != "matrix" && f.Name != "csv" {
					t.Fatalf("%s looks like %s", f.Name, guess.Name)
				}
			}
		}
	}
}

// Files as users have them, and the rows they stand for.
func TestPolyhedraRead(t *testing.T) {
	for _, c := range []struct {
		format     string
		convention matrix.Convention
		text       string
		want       string // the file in the format ine
	}{
		{"porta", "", "DIM = 3\n\nCOMMENT\nwhatever\nVALID\n1/2 0 0\n\nLOWER_BOUNDS\n0 0 0\nINEQUALITIES_SECTION\n( 12) -x1 + 2/3x2 >= 4 - x3\nx1 + x1 == 0\n+3x2<=7\nEND\n",
			"H-representation\nlinearity 1 2\nbegin\n3 4 rational\n-4 -1 2/3 1\n0 2 0 0\n7 0 -3 0\nend\n"},
		{"porta", "", "DIM\t=\t1\r\n\r\nINEQUALITIES_SECTION\trows\r\n(1)\tx1\t>=\t0\r\nEND\t\r\n", "H-representation\nbegin\n1 2 integer\n0 1\nend\n"},
		{"porta", "", "DIM=2\nCONE_SECTION\n1 0\n( 2) 0 1\nEND\n", "V-representation\nbegin\n2 3 integer\n0 1 0\n0 0 1\nend\n"},
		{"normaliz", "", "amb_space 2\n/* a square */ inhom_inequalities 2\n1 0 0\n0 -1\n1\nconstraints 2 1 1 <= 3 1 -1 = 0 ExtremeRays\n",
			"H-representation\nlinearity 1 4\nbegin\n4 3 integer\n0 1 0\n1 0 -1\n3 -1 -1\n0 1 -1\nend\n"},
		{"normaliz", "", "amb_space 1 /* 1 */vertices 1/**/1 2/* 2\n*//* 3 */cone 1\n3 /* 4 */\n", "V-representation\nbegin\n2 2 rational\n1 1/2\n0 3\nend\n"},
		{"normaliz", "", "amb_space 2\nequations 1\n1 -1\n", "H-representation\nlinearity 1 1\nbegin\n3 3 integer\n0 1 -1\n0 1 0\n0 0 1\nend\n"},
		{"normaliz", "", "amb_space 1\nvertices 1\n1 2\ncone 1\n3\n", "V-representation\nbegin\n2 2 rational\n1 1/2\n0 3\nend\n"},
		{"matrix", matrix.AtMost, "# A b\n1 0 1\n\n0 1/2 .5\n", "H-representation\nbegin\n2 3 rational\n1 -1 0\n1/2 0 -1/2\nend\n"},
		{"csv", matrix.AtLeast, "x,y,b\r\n1,\"0\",1\r\n", "H-representation\nbegin\n1 3 integer\n-1 1 0\nend\n"},
		{"csv", matrix.Points, "1;2\n007;-3\n", "V-representation\nbegin\n2 3 integer\n1 1 2\n1 7 -3\nend\n"},
		{"csv", matrix.Flux, "1\t-1\n", "H-representation\nlinearity 1 1\nbegin\n3 3 integer\n0 1 -1\n0 1 0\n0 0 1\nend\n"},
	} {
		f, _ := PolyhedronNamed(c.format)
		got, err := f.Read(strings.NewReader(c.text), "f", c.convention)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		want, err := readIne(strings.NewReader(c.want), "want", "")
		if err != nil {
			t.Fatal(err)
		}
		if got.Columns != want.Columns || got.Representation != want.Representation || !slices.Equal(directions(&got.Polyhedron), directions(&want.Polyhedron)) {
			t.Errorf("%q: %v, want %v", c.text, directions(&got.Polyhedron), directions(&want.Polyhedron))
		}
	}
}

// What is wrong is said with its line.
func TestPolyhedraErrors(t *testing.T) {
	for _, c := range []struct {
		format, text, want string
	}{
		{"porta", "DIM = 0\n", "f:1: expected DIM = n, with n from 1 to"},
		{"porta", "DIM = 2\nCONV_SECTION\n1 2 3\nEND\n", "f:3: expected 2 numbers in this row, found 3"},
		{"porta", "DIM = 2\nINEQUALITIES_SECTION\nx1 < 3\nEND\n", "f:3: expected one of <=, >=, =="},
		{"porta", "DIM = 2\nINEQUALITIES_SECTION\nx3 <= 3\nEND\n", "f:3: expected a variable x1 to x2, found"},
		{"porta", "DIM = 2\nINEQUALITIES_SECTION\nx1 <= \nEND\n", "f:3: expected terms on both sides"},
		{"porta", "DIM = 2\nINEQUALITIES_SECTION\nx1 <= 1e\nEND\n", "f:3: expected a term"},
		{"porta", "DIM = 12\nINEQUALITIES_SECTION\nx1 2 <= 3\nEND\n", `f:3: expected a sign between "x1" and "2"`},
		{"porta", "DIM = 12\nINEQUALITIES_SECTION\nx1 + 1 .5 <= 3\nEND\n", `f:3: expected a sign between "1" and ".5"`},
		{"porta", "DIM = 2\nINEQUALITIES_SECTION\nCONV_SECTION\nEND\n", "f:3: a file has rows or generators"},
		{"porta", "CONV_SECTION\n", "f:1: expected a line DIM = n"},
		{"porta", "DIM = 2\nhello\n", "f:2: expected the name of a section"},
		{"porta", "DIM = 2\nEND\n", "f:2: expected a section"},
		{"porta", "DIM = 2\nELIMINATION_ORDER\n1\nEND\n", "f:3: expected 2 numbers, one for each variable, found 1"},
		{"porta", "DIM = 2\nELIMINATION_ORDER\n1 1\nEND\n", "f:3: number 2: expected 0, or a number from 1 that stands once, found \"1\""},
		{"porta", "DIM = 2\nELIMINATION_ORDER\n0 -1\nEND\n", "f:3: number 2: expected 0, or a number from 1"},
		{"porta", "DIM = 3\nELIMINATION_ORDER\n3 0 1\nEND\n", "f:3: 2 variables are to be eliminated, and none of them as number 2"},
		{"porta", "DIM = 1\nELIMINATION_ORDER\n1\n0\nEND\n", "f:4: a second order of elimination, after that in line 3"},
		{"porta", "DIM = 3\nINEQUALITIES_SECTION\nx3 >= 0\nDIM = 1\nEND\n", "f:4: a second line DIM"},
		{"porta", "DIM = 2\nCONV_SECTION\n1 2\n", "f:4: the file ends without a line END"},
		{"normaliz", "cone 3\n", "f:1: expected amb_space n"},
		{"normaliz", "amb_space auto\ncone\n[[1 2]]\n", "f:1: amb_space auto is not read here; expected the dimension"},
		{"normaliz", "amb_space 2\nconstraints 1 symbolic\nx[1] >= 2 x[2];\n", "f:2: symbolic constraints are not read here"},
		{"normaliz", "amb_space 2\nlattice 1\n1 2\n", `f:2: "lattice" is no type of input`},
		{"normaliz", "amb_space 2\ncone 2\n1 2\n3\n", "the file ends within cone"},
		{"normaliz", "amb_space 2\ncone 1\n1 z\n", "f:3: column 2 of a row of cone"},
		{"normaliz", "amb_space 1\nvertices 1\n1 0\n", "f:3: the last number of a row of vertices is its denominator"},
		{"normaliz", "amb_space 1\ncone 1\n1\ninequalities 1\n1\n", "f:4: inequalities beside rows of the other kind"},
		{"normaliz", "amb_space 1\nconstraints 1\n1 < 2\n", "f:3: a strict constraint"},
		{"normaliz", "amb_space 1\n/* no end\n", "f:2: the comment /* is not closed"},
		{"normaliz", "amb_space 1\n/*/ no\nend*/x 1\n", `f:3: "x" is no type of input`},
		{"matrix", "1 2\n1\n", "f:2: expected 2 numbers in this row, found 1"},
		{"matrix", "1 2\n1 x\n", "f:2: column 2: "},
		{"matrix", "\n# nothing\n", "f:1: expected rows of numbers"},
	} {
		f, _ := PolyhedronNamed(c.format)
		_, err := f.Read(strings.NewReader(c.text), "f", matrix.ConstantFirst)
		var syntax *text.SyntaxError
		if !errors.As(err, &syntax) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s, %q: error %v, want %q", c.format, c.text, err, c.want)
		}
	}
	if _, err := readMatrix(strings.NewReader("1 2\n"), "f", ""); err == nil || !strings.Contains(err.Error(), "expected -convention") {
		t.Errorf("no convention: %v", err)
	}
}

// Damaged files give errors of their syntax, or other polyhedra, but nothing else.
func TestPolyhedraDamaged(t *testing.T) {
	r := rand.New(rand.NewPCG(91, 2))
	for range 300 {
		p := randomPolyhedron(r, cone.Representation(1+r.IntN(2)))
		for _, f := range polyhedra {
			var b bytes.Buffer
			if err := f.Write(&b, p); err != nil {
				t.Fatal(err)
			}
			data := b.Bytes()
			for range 1 + r.IntN(4) {
				switch i := r.IntN(len(data)); r.IntN(3) {
				case 0:
					data[i] = byte(r.IntN(256))
				case 1:
					data = slices.Delete(data, i, i+1)
				default:
					data = slices.Insert(data, i, "0-/x=\n("[r.IntN(7)])
				}
			}
			var syntax *text.SyntaxError
			if _, err := f.Read(bytes.NewReader(data), "f", matrix.Homogeneous); err != nil && !errors.As(err, &syntax) {
				t.Fatalf("%s: %v\n%s", f.Name, err, data)
			}
		}
	}
}

func TestRecognise(t *testing.T) {
	for start, want := range map[string]string{
		"* comment\nNAME x\n": "MPS: use verify lp", "Maximize\n obj: x": "the CPLEX LP format: use verify lp", "theorem \"t\"\n": "a theorem file: use verify prove",
		"DIM = 2\n": "PORTA: use -from porta", "amb_space 2": "Normaliz: use -from normaliz", "\x1f\x8b\x08": "gzip: unpack it first",
		"{\"format\": \"x\"}": "a certificate: use verify check", "{ \"rows\": []": "JSON: use -from ine",
		"[\n 1":              `JSON: expected an object with "representation", "columns" and "rows", as -json writes it`,
		"(set-logic QF_LRA)": "SMT-LIB: use z3 or cvc5", "1 2 3\n": "",
	} {
		got := Recognise([]byte(start))
		if want != "" {
			want = "this looks like " + want
		}
		if got != want {
			t.Errorf("%q: %q, want %q", start, got, want)
		}
	}
}

// A strict row is no row of a format that has none: it would be read as another one.
func TestStrictRowsAreNotWritten(t *testing.T) {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.Row{{Vector: cone.Unit(1, 1), Strict: true}}}
	for _, f := range polyhedra {
		err := f.Write(io.Discard, p)
		if want := f.Name != "ine"; (err != nil) != want {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// Lines of a comment may begin like those that mean something.
func TestPortaComment(t *testing.T) {
	f, _ := PolyhedronNamed("porta")
	if _, err := f.Read(strings.NewReader("DIM = 2\nCOMMENT\nDIMENSIONS of a square\nINEQUALITIES_SECTION\nx1 >= 0\nEND\n"), "f", ""); err != nil {
		t.Error(err)
	}
}
