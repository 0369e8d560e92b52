package format_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pstar/format/cplex"
	"pstar/format/mps"
	"pstar/format/program"
	"pstar/format/text"
	"pstar/format/vipr"
	"pstar/lp"
	"pstar/rational"
)

// same reports whether two problems mean the same, variable by variable and row by row.
func same(a, b *lp.Problem) bool {
	if a.Sense != b.Sense || !a.Constant.Equal(b.Constant) || len(a.Variables) != len(b.Variables) || len(a.Rows) != len(b.Rows) {
		return false
	}
	equal := func(x, y lp.Bound) bool { return x.Finite == y.Finite && x.Value.Equal(y.Value) }
	for j, v := range a.Variables {
		w := b.Variables[j]
		if !v.Cost.Equal(w.Cost) || !equal(v.Lower, w.Lower) || !equal(v.Upper, w.Upper) {
			return false
		}
	}
	for i, r := range a.Rows {
		s := b.Rows[i]
		if !equal(r.Lower, s.Lower) || !equal(r.Upper, s.Upper) || len(r.Summed()) != len(s.Summed()) {
			return false
		}
		coefficient := map[int]rational.Rat{}
		for _, e := range r.Summed() {
			coefficient[e.Variable] = e.Coefficient
		}
		for _, e := range s.Summed() {
			if !coefficient[e.Variable].Equal(e.Coefficient) {
				return false
			}
		}
	}
	return true
}

func TestFilesRoundTrip(t *testing.T) {
	r := rand.New(rand.NewPCG(31, 1))
	crossed := 0
	for trial := range 2000 {
		p := randomProblem(r, r.IntN(6), r.IntN(6), trial%2 == 0)
		var text bytes.Buffer
		if err := cplex.Write(&text, p); err != nil {
			t.Fatal(err)
		}
		q, err := cplex.Read(strings.NewReader(text.String()), "p.lp", program.Options{})
		if err != nil || !same(p, q) {
			t.Fatalf("%v\n%s\n%+v\n%+v", err, text.String(), p, q)
		}
		text.Reset()
		if err := mps.Write(&text, p); err != nil {
			if strings.Contains(err.Error(), "crossed") {
				crossed++
				continue
			}
			t.Fatal(err)
		}
		q, err = mps.Read(strings.NewReader(text.String()), "p.mps", program.Options{})
		if err != nil || !same(p, q) {
			t.Fatalf("%v\n%s\n%+v\n%+v", err, text.String(), p, q)
		}
	}
	if crossed > 1000 {
		t.Errorf("%d of 2000 problems have no MPS file", crossed)
	}
}

// mpsExample uses most of the format: y is unbounded below by the convention on
// negative upper bounds.
const mpsExample = `* a comment
NAME          example
OBJSENSE
    MAX
ROWS
 N  cost
 L  lim1
 G  lim2
 E  eq
 E  eq2
 N  other
COLUMNS
    x         cost      1              lim1      1
    x         lim2      1e0
    y         cost      2/3            lim1      1.0
    y         eq        -1
    z         cost      -1.5           eq2       1
    z         other     4
    w         lim2      0
RHS
    RHS       cost      -10            lim1      4
    RHS       lim2      1              eq        7
RANGES
    RNG       lim1      2.5            lim2      -3
    RNG       eq        -2             eq2       5
BOUNDS
 UP BND       x         4
 UP BND       y         -1
 MI BND       z
 UP BND       z         Inf
 FR BND       w
ENDATA
`

const lpExampleFile = `\\ a comment
Maximize
 cost: x + 2/3 y - 1.5 z
  + 0 w + 10
Subject To
 lim1: 1.5 <= x + y <= 4
 lim2: 1 <= x <= 4
 eq: 5 <= -y <= 7
 eq2: 0 <= z <= 5
 other: 4 z >= -inf
Bounds
 x <= 4
 -inf <= y <= -1
 z free
 -Infinity <= w <= +inf
End
`

var (
	mpsSeeds = []string{mpsExample, "NAME\nROWS\nCOLUMNS\nENDATA\n",
		"NAME x\nROWS\n N obj\nCOLUMNS\n    MARKER  'MARKER'  'INTORG'\n x obj 1\nBOUNDS\n BV BND x\nENDATA\n",
		"ROWS\n N  c\n L  a b\nCOLUMNS\n    x y       c                 1.   a b               2.\nENDATA\n"}
	lpSeeds = []string{lpExampleFile, "min\n x\nst\n a: x >= 1 b: x >= 2\nend", "min\nst\nend", "max: 3/7x+-2e1y\nst\n2>=x\nc:-1<=0<=2\nbounds\nx free\ngeneral\nx\nend",
		"minimize x subject to\n such that\n x >= 1e2 e1\n"}
)

func TestReadersAgreeOnTheExample(t *testing.T) {
	p, err := mps.Read(strings.NewReader(mpsExample), "e.mps", program.Options{})
	if err != nil {
		t.Fatal(err)
	}
	q, err := cplex.Read(strings.NewReader(lpExampleFile), "e.lp", program.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !same(p, q) {
		t.Errorf("\n%+v\n%+v", p, q)
	}
	for j, name := range []string{"x", "y", "z", "w"} {
		if p.Variables[j].Name != name || q.Variables[j].Name != name {
			t.Errorf("variable %d is called %s and %s", j, p.Variables[j].Name, q.Variables[j].Name)
		}
	}
	if p.Name != "example" || p.Rows[4].Name != "other" || q.Rows[4].Name != "other" {
		t.Errorf("names %q, %q, %q", p.Name, p.Rows[4].Name, q.Rows[4].Name)
	}
}

// Where dialects differ, and corners of the formats: the bounds of the one row or variable.
func TestDialects(t *testing.T) {
	rows := func(lines string) string {
		return "NAME d\nROWS\n N c\n E e\n L l\n G g\nCOLUMNS\n x c 1 e 1\n x l 1 g 1\nRHS\n R e 5 l 5\n R g 5\n" + lines + "ENDATA\n"
	}
	marked := func(lines string) string {
		return "ROWS\n N c\nCOLUMNS\n M 'MARKER' 'INTORG'\n x c 1\nBOUNDS\n" + lines + "ENDATA\n"
	}
	show := func(b lp.Bound) string {
		if !b.Finite {
			return "-"
		}
		return b.Value.String()
	}
	for _, c := range []struct{ text, want string }{ // bounds of x, then of the rows
		{rows(""), "0 - 5 5 - 5 5 -"},
		{rows("RANGES\n S e 2\n S l 2\n S g 2\n"), "0 - 5 7 3 5 5 7"},
		{rows("RANGES\n S e -2\n S l -2\n S g -2\n"), "0 - 3 5 3 5 5 7"},
		{rows("RANGES\n S e 0\n S l 0\n S g 0\n"), "0 - 5 5 5 5 5 5"},
		{rows("BOUNDS\n UP b x 0\n"), "0 0 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x -3\n"), "- -3 5 5 - 5 5 -"},
		{rows("BOUNDS\n LO b x 0\n UP b x -3\n"), "0 -3 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x -3\n LO b x -7/2\n"), "-7/2 -3 5 5 - 5 5 -"},
		{rows("BOUNDS\n MI b x\n"), "- - 5 5 - 5 5 -"},
		{rows("BOUNDS\n MI b x\n UP b x 3\n"), "- 3 5 5 - 5 5 -"},
		{rows("BOUNDS\n PL b x\n"), "0 - 5 5 - 5 5 -"},
		{rows("BOUNDS\n FX x .5\n"), "1/2 1/2 5 5 - 5 5 -"},
		{rows("BOUNDS\n BV b x\n"), "0 1 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x 1e30\n LO b x -1e31\n"), "- - 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x 1e20\n LO b x -1e20\n"), "- - 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x 1e19\n LO b x -9e19\n"), "-90000000000000000000 10000000000000000000 5 5 - 5 5 -"},
		{rows("BOUNDS\n UP b x -1e30\n"), "- -1000000000000000000000000000000 5 5 - 5 5 -"},
		{rows("RANGES\n S l 1e29\n"), "0 - 5 5 -99999999999999999999999999995 5 5 -"},
		{rows("RANGES\n S l 1e31\n S g 1e31\n"), "0 - 5 5 - 5 5 -"},
		{rows("RANGES\n S l 1e30\n S g 1e30\n"), "0 - 5 5 - 5 5 -"}, // 5 - 1e30 is less than 1e30 below 0
		{marked(""), "0 1"},
		{marked(" LO b x 0\n"), "0 -"},
		{marked(" MI b x\n"), "- -"},
		{marked(" PL b x\n"), "0 -"},
		{marked(" LI b x -2\n"), "-2 -"},
		{marked(" UP b x 7\n"), "0 7"},
		{marked(" UP b x 1e30\n"), "0 -"},
		{"min\n x\nst\n x <= 1e30\n -1e30 <= x <= 2\n x = 1e31\nbounds\n x >= -1e30\nend", "- - - - - 2 10000000000000000000000000000000 10000000000000000000000000000000"},
		{rows("BOUNDS\n LI b x 2\n UI b x 1e1\n"), "2 10 5 5 - 5 5 -"},
		{"min\n x\nst\n x + 2 <= 5\n 3 + x - 1 >= 1\n 1 <= x + 1 <= 2\nend", "0 - - 3 -1 - 0 1"},
		{"min\n x\nst\n 5 >= x\n 1 =< x < 3\n -2 => x => -inf\nend", "0 - - 5 1 3 - -2"},
		{"min\n x\nst\n c: 2 >= 1\nbounds\n -1e-1 <= x\n 3/7 >= x\nend", "-1/10 3/7 -1 -"},
		{"min\n x\nst\nbounds\n x = -+2\nend", "-2 -2"},
		{"min\n x\nst\nbounds\n x >= -inf\n x <= -4\nend", "- -4"},
		{"min\n x\nst\nbounds\n x <= 4\n x free\nend", "- -"},
		{"min\n x\nst\nbounds\n x free\n x <= 4\nend", "- 4"},
		{"min - x\nst - x <= 4\nbounds\nend", "0 - - 4"},
	} {
		read := mps.Read
		if strings.HasPrefix(c.text, "min") {
			read = cplex.Read
		}
		p, err := read(strings.NewReader(c.text), "d", program.Options{Relax: true})
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		got := show(p.Variables[0].Lower) + " " + show(p.Variables[0].Upper)
		for _, r := range p.Rows {
			got += " " + show(r.Lower) + " " + show(r.Upper)
		}
		if got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.text, got, c.want)
		}
	}
}

// The fixed format has names with spaces.
func TestFixedMPS(t *testing.T) {
	text := "NAME          spaces\nROWS\n N  cost\n L  row one\nCOLUMNS\n" +
		"    col a     cost              1.     row one           2.\n" +
		"    col b     row one           3.\nRHS\n    rhs       row one           6.\nBOUNDS\n" +
		" UP bnd       col b             1.\n FR bnd       col a\nENDATA\n"
	p, err := mps.ReadFixed(strings.NewReader(text), "f.mps", program.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Variables) != 2 || p.Variables[0].Name != "col a" || p.Rows[0].Name != "row one" ||
		!p.Rows[0].Upper.Value.Equal(rational.NewRat(6, 1)) || p.Variables[0].Lower.Finite || !p.Variables[1].Upper.Finite {
		t.Errorf("%+v", p)
	}
	if _, err := mps.Read(strings.NewReader(text), "f.mps", program.Options{}); err == nil {
		t.Error("names with spaces are read in the free format")
	}
}

func TestRelaxation(t *testing.T) {
	markers := "ROWS\n N c\nCOLUMNS\n M 'MARKER' 'INTORG'\n x c 1\n M 'MARKER' 'INTEND'\n y c 1\nBOUNDS\n BV b y\n PL b x\nENDATA\n"
	text := "min\n x + y\nst\ngeneral\n x\nbinary\n y\nend\n"
	if _, err := mps.Read(strings.NewReader(markers), "i.mps", program.Options{}); err == nil || !strings.Contains(err.Error(), "i.mps:4: ") {
		t.Errorf("MPS: %v", err)
	}
	if _, err := cplex.Read(strings.NewReader(text), "i.lp", program.Options{}); err == nil || !strings.Contains(err.Error(), "i.lp:5: ") {
		t.Errorf("LP: %v", err)
	}
	p, err := mps.Read(strings.NewReader(markers), "i.mps", program.Options{Relax: true})
	if err != nil {
		t.Fatal(err)
	}
	q, err := cplex.Read(strings.NewReader(text), "i.lp", program.Options{Relax: true})
	if err != nil || !same(p, q) || !p.Variables[1].Upper.Finite {
		t.Errorf("%v\n%+v\n%+v", err, p, q)
	}
}

// Every error names the line and what was expected.
func TestMPSErrors(t *testing.T) {
	const rows, columns = "NAME\nROWS\n N c\n L a\n E e\n", "NAME\nROWS\n N c\n L a\n E e\nCOLUMNS\n x c 1 a 2\n"
	for _, c := range []struct{ text, want string }{
		{"", "1: expected ENDATA"},
		{columns, "7: expected ENDATA"},
		{" x c 1\n", "1: expected a section"},
		{"SOS\n", "1: expected a linear program, found special ordered sets"},
		{"NAME\nNAME\n", "2: section NAME comes twice"},
		{"COLUMNS\n", "1: expected the section ROWS before COLUMNS"},
		{"ROWS\nRHS\n", "2: expected the sections ROWS and COLUMNS before RHS"},
		{"OBJSENSE\n  BEST\n", "2: expected MIN or MAX"},
		{"ROWS x\n", "1: expected nothing after ROWS"},
		{"ROWS\n Q r\n", "2: expected a row type"},
		{"ROWS\n L\n", "2: expected a row type and a name"},
		{"ROWS\n L r\n G r\n", "3: row \"r\" is defined twice"},
		{rows + "COLUMNS\n x c\n", "7: expected a column and one or two pairs"},
		{rows + "COLUMNS\n x d 1\n", "7: expected the name of a row, found \"d\""},
		{rows + "COLUMNS\n x c 1 c 2\n", "7: the value for row \"c\" is given twice"},
		{rows + "COLUMNS\n x c 1\n y c 1\n x a 1\n", "9: column \"x\" is not in one piece"},
		{rows + "COLUMNS\n x c 1,5\n", "7: expected a number"},
		{rows + "COLUMNS\n x c 1e9999\n", "7: expected an exponent of at most 400"},
		{rows + "COLUMNS\n x c inf\n", "7: expected a number"},
		{rows + "COLUMNS\n m 'MARKER' 'SOSORG'\n", "7: expected a linear program, found special ordered sets"},
		{rows + "COLUMNS\n m 'MARKER' 'OTHER'\n", "7: expected 'INTORG' or 'INTEND'"},
		{columns + "SOSORG\n S1 s a\n", "8: expected a linear program, found special ordered sets"},
		{rows + "COLUMNS\n " + strings.Repeat("x", 256) + " c 1\n", "7: expected a name of at most 255 bytes"},
		{columns + "RHS\n r z 1\n", "9: expected the name of a row"},
		{columns + "RHS\n r a 1\n s e 1\n", "10: expected one set in RHS"},
		{columns + "RHS\n r a 1\n r a 1\n", "10: the value for row \"a\" is given twice"},
		{columns + "RANGES\n r\n", "9: expected one or two pairs"},
		{columns + "BOUNDS\n XX b x 1\n", "9: expected a bound type"},
		{columns + "BOUNDS\n UP b x\n", "9: expected the name of a column, found \"b\""},
		{columns + "BOUNDS\n UP b y 1\n", "9: expected the name of a column"},
		{columns + "BOUNDS\n UP b x 1\n UP b x 1\n", "10: a bound of \"x\" is given twice"},
		{columns + "BOUNDS\n LO b x inf\n", "9: expected a number for bound LO"},
		{columns + "BOUNDS\n UP\n", "9: expected a bound type and a column"},
		{columns + "BOUNDS\n UI b x 3\n", "9: expected a linear program, found an integer variable"},
		{"NAME\rROWS\r N c\r", "1: expected lines that end with LF"},
		{columns + "SOS\n S1 s\n", "8: expected a linear program, found special ordered sets"},
		{columns + "QUADOBJ\n x x 1\n", "8: expected a linear program, found a quadratic objective"},
		{columns + "BOUNDS\n SC b x 1\n", "9: expected a linear program, found a semi-continuous variable"},
		{"name\n", "1: expected a section of a linear program (NAME, OBJSENSE, OBJNAME, ROWS, COLUMNS, RHS, RANGES, BOUNDS, ENDATA), found \"name\"; sections are written"},
		{"NAME\nOBJNAME o\nROWS\n N p\n", "4: expected ENDATA"},
		{"NAME\nOBJNAME o\nROWS\n N p\nCOLUMNS\nENDATA\n", "6: expected a row \"o\" of type N"},
	} {
		_, err := mps.Read(strings.NewReader(c.text), "f", program.Options{})
		checkPlace(t, c.text, err, c.want)
	}
	_, err := mps.ReadFixed(strings.NewReader("ROWS\n N  cost  x\n"), "f", program.Options{})
	checkPlace(t, "fixed", err, "2: expected")
}

func checkPlace(t *testing.T, input string, err error, want string) {
	t.Helper()
	var syntax *text.SyntaxError
	if !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), "f:"+want) {
		t.Errorf("%.60q: got %v, want f:%s", input, err, want)
	}
}

func TestLPErrors(t *testing.T) {
	const start = "min\n x + y\nst\n"
	for _, c := range []struct{ text, want string }{
		{"", "1: expected minimize or maximize"},
		{"find\n x\n", "1: expected minimize or maximize"},
		{"min\n x\n", "2: expected subject to"},
		{"min\n x y\nst\n", "2: expected a sign or subject to"},
		{"min\n x + \nst\n", "3: expected a term after the sign"},
		{"min\n x * y\nst\n", "2: expected a linear program, found a product sign"},
		{"min\n [ x ^ 2 ]\nst\n", "2: expected a linear program, found quadratic terms"},
		{"min\n 3/0 x\nst\n", "2: expected a number"},
		{"min\n 1e999 x\nst\n", "2: expected an exponent"},
		{"min\n x \x01\nst\n", "2: expected a name, a number or an operator"},
		{start + " x + y\nend", "5: expected <=, >= or ="},
		{start + " x >< 3\n", "4: expected <=, >= or ="},
		{start + " c: >= x\n", "4: expected an expression or a number, found \">=\""},
		{start + " c: <= 5\n", "4: expected an expression or a number, found \"<=\""},
		{start + " 3 <= <= 1\n", "4: expected an expression or a number, found \"<=\""},
		{start + " d: 3 <=\nend\n", "5: expected an expression or a number, found \"end\""},
		{start + " x >= 1\nSemi-Continuous\n x\nend\n", "6: expected a linear program, found semi-continuous variables"},
		{start + " x >= 1\nsemis\n x\nend\n", "6: expected a linear program, found semi-continuous variables"},
		{start + " x <= y\n", "4: expected a number on the right side, found \"y\""},
		{start + " x >= 3 y\n x >= 1\n", "4: expected one number on the right side of a constraint, found \"y\""},
		{start + " x >= 2 + 4\n", "4: expected one number on the right side"},
		{start + " 1 <= x <= 3 y <= 2\n", "4: expected one number on the right side"},
		{start + " 1 <= x >= 3\n", "4: expected <= again in a range"},
		{start + " c: x <= 1\n c: y <= 1\n", "5: constraint \"c\" is defined twice"},
		{start + " x <= -inf\n", "4: expected no infinity that nothing can reach"},
		{start + " inf + x <= 2\n", "4: expected"},
		{start + "generals\n z\n", "5: expected a variable of the objective or the constraints"},
		{start + "bounds\n x <= \nend", "6: expected a number"},
		{start + "bounds\n x <= -1\nend\n", "5: expected a lower bound"},
		{start + "bounds\n 1 <= x >= 2\nend\n", "5: expected bounds such as 1 <= x <= 2, found \">=\" after <="},
		{start + "bounds\n 1 = x = 2\nend\n", "5: expected one relation beside =, found \"=\" too"},
		{start + "bounds\n 1 <= x >= 2\nend\n", "5: expected bounds such as 1 <= x <= 2"},
		{start + "sos\n s1: x:1\n", "5: expected a linear program, found special ordered sets"},
		{start + "integer\n x\n", "5: expected a linear program, found the general variable"},
		{start + "end\nx", "5: expected nothing after end"},
		{"min\n " + strings.Repeat("x", 256) + "\nst\n", "2: expected a name of at most 255 bytes"},
	} {
		_, err := cplex.Read(strings.NewReader(c.text), "f", program.Options{})
		checkPlace(t, c.text, err, c.want)
	}
}

func TestReadersPassOnErrors(t *testing.T) {
	broken := io.MultiReader(strings.NewReader("ROWS\n N c\n"), brokenReader{})
	if _, err := mps.Read(broken, "f", program.Options{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
	broken = io.MultiReader(strings.NewReader("min\n x\n"), brokenReader{})
	if _, err := cplex.Read(broken, "f", program.Options{}); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

// A bound that would be read as none is not written.
func TestWritersRefuseInfiniteBounds(t *testing.T) {
	huge, _ := rational.ParseRat("1e30")
	large, _ := rational.ParseRat("1e20")
	for _, p := range []*lp.Problem{
		{Variables: []lp.Variable{{Lower: lp.At(large.Neg())}}},
		{Rows: []lp.Row{{Name: "r", Lower: lp.At(rational.Rat{}), Upper: lp.At(huge)}}},
	} {
		if cplex.Write(io.Discard, p) == nil || mps.Write(io.Discard, p) == nil {
			t.Errorf("%+v is written", p)
		}
	}
	p := &lp.Problem{Variables: []lp.Variable{{Name: "x", Lower: lp.At(huge), Upper: lp.At(huge)}}}
	var text bytes.Buffer
	if err := mps.Write(&text, p); err != nil {
		t.Fatal(err)
	}
	if q, err := mps.Read(&text, "f", program.Options{}); err != nil || !same(p, q) {
		t.Errorf("%v\n%+v", err, q)
	}
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrClosedPipe }

// Names that a format does not have are replaced, others are kept.
// Two things of one name are an error, not renamed.
func TestWritersRefuseDuplicates(t *testing.T) {
	for _, p := range []*lp.Problem{
		{Variables: []lp.Variable{{Name: "x"}, {Name: "x"}}},
		{Rows: []lp.Row{{Name: "r"}, {Name: "r"}}},
	} {
		for _, write := range []func(io.Writer, *lp.Problem) error{mps.Write, cplex.Write} {
			if err := write(io.Discard, p); err == nil || !strings.Contains(err.Error(), "have the name") {
				t.Errorf("got %v", err)
			}
		}
	}
}

func TestWritersReplaceNames(t *testing.T) {
	zero := lp.At(rational.Rat{})
	p := &lp.Problem{Name: "two words"}
	for _, name := range []string{"x", "x_", "", "α(1)", "3x", "e1", "free", "a b"} {
		p.AddVariable(lp.Variable{Name: name, Cost: rational.NewRat(1, 1), Lower: zero})
	}
	p.AddRow(lp.Row{Name: "obj", Lower: zero, Terms: []lp.Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}}})
	for name, c := range map[string]struct {
		write func(io.Writer, *lp.Problem) error
		read  func(io.Reader, string, program.Options) (*lp.Problem, error)
		want  string
	}{
		"MPS": {mps.Write, mps.Read, "x x_ x3 _(1) 3x e1 free a_b"},
		"LP":  {cplex.Write, cplex.Read, "x x_ x3 _(1) x5 x6 x7 a_b"},
	} {
		var text bytes.Buffer
		if err := c.write(&text, p); err != nil {
			t.Fatal(err)
		}
		// Some tools refuse a row with the name of the objective.
		if !strings.Contains(text.String(), " obj_1") {
			t.Errorf("%s: the objective has the name of a row\n%s", name, text.String())
		}
		q, err := c.read(&text, "f", program.Options{})
		if err != nil || !same(p, q) {
			t.Fatalf("%s: %v\n%s", name, err, text.String())
		}
		var names []string
		for _, v := range q.Variables {
			names = append(names, v.Name)
		}
		if got := strings.Join(names, " "); got != c.want || q.Rows[0].Name != "obj" {
			t.Errorf("%s: %s, row %s", name, got, q.Rows[0].Name)
		}
	}
}

// A name that a format does not have is replaced with a remark; what has no name is not.
func TestRenamed(t *testing.T) {
	p := &lp.Problem{}
	for _, name := range []string{"x", "e1", ""} {
		p.AddVariable(lp.Variable{Name: name})
	}
	for _, name := range []string{"1c", "a b", "c", "c", ""} {
		p.AddRow(lp.Row{Name: name})
	}
	for _, c := range []struct{ got, want []string }{
		{cplex.Renamed(p), []string{
			`3 of the names of rows are not names of the format, or not distinct: "1c" is written as r1`,
			`1 of the names of variables are not names of the format, or not distinct: "e1" is written as x2`}},
		{mps.Renamed(p), []string{`2 of the names of rows are not names of the format, or not distinct: "a b" is written as a_b`}},
		{mps.Renamed(&lp.Problem{}), nil},
		{vipr.Remarks(&lp.Problem{}), nil},
		{vipr.Remarks(&lp.Problem{Constant: rational.NewRat(-3, 2)}), []string{"the format has no constant in the objective: the optimum there is without -3/2"}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
