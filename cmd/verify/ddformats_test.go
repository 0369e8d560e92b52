package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/runtest"
	"pstar/doubledesc"
	"pstar/format"
	"pstar/format/ine"
)

// Every fixture converts to the same polyhedron whatever the format it is read in, and the
// result reads back as itself from those in which it can be written.
func TestDDFormats(t *testing.T) {
	files, err := filepath.Glob(polyhedraFixtures + "*.*e*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	written := 0
	for _, path := range files {
		in, err := ine.Open(path)
		if err != nil {
			continue // for tests of errors
		}
		want := otherWay(t, in)
		convention := "b+A"
		if in.Representation.String() == "V-representation" {
			convention = "1x"
		}
		for _, name := range format.Polyhedra() {
			f, _ := format.PolyhedronNamed(name)
			var b bytes.Buffer
			if f.Write(&b, &in.Polyhedron) != nil {
				continue // no coordinates, or empty
			}
			written++
			args := []string{"dd", "-q", "-from", name, inFile(t, "in", b.String())}
			if name == "matrix" || name == "csv" {
				args = append(args, "-convention", convention)
			}
			got := expect(t, run.ExitVerified, args)
			if got != want {
				t.Errorf("%s as %s: got\n%s\nwant\n%s", path, name, got, want)
			}
			if f.Write(&b, ddConversion(t, in).Out) != nil || len(ddConversion(t, in).Out.Rows) == 0 {
				continue
			}
			expect(t, run.ExitVerified, []string{"dd", "-q", "-to", name, path})
		}
	}
	if written < 150 {
		t.Errorf("only %d files were written", written)
	}
}

// The rows that redund keeps are those of dd, there and back, in every format that dd writes; the reasons
// are the same whatever the format, and stand on standard output.
func TestRedundFormats(t *testing.T) {
	for _, name := range []string{"implied-equation.ine", "cube.ine", "forty-digits.ine", "lines-and-rays.ext", "segment.ext", "wedge.ine"} {
		path, written := polyhedraFixtures+name, filepath.Join(t.TempDir(), "rows")
		back := inFile(t, "back", expect(t, run.ExitVerified, []string{"dd", "-q", path}))
		reasons := expect(t, run.ExitVerified, []string{"redund", "-q", "-canonical", "-o", written, path})
		for _, to := range format.Polyhedra() {
			want := expect(t, run.ExitVerified, []string{"dd", "-q", "-to", to, back})
			if got := expect(t, run.ExitVerified, []string{"redund", "-q", "-canonical", "-to", to, "-o", written, path}); got != reasons {
				t.Errorf("%s as %s: the reasons are\n%swithout -to\n%s", name, to, got, reasons)
			}
			got := contents(t, written)
			if to == "ine" { // a title may come first
				got = got[strings.Index(got, "-representation")-1:]
			}
			if got != want {
				t.Errorf("%s as %s:\n%sdd has\n%s", name, to, got, want)
			}
			if to == "ine" {
				continue
			}
			if alone := expect(t, run.ExitVerified, []string{"redund", "-q", "-canonical", "-to", to, path}); alone != got {
				t.Errorf("%s as %s on standard output:\n%sin the file\n%s", name, to, alone, got)
			}
		}
	}
}

func ddConversion(t *testing.T, f *ine.File) *doubledesc.Conversion {
	t.Helper()
	c, err := doubledesc.Convert(context.Background(), &f.Polyhedron, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Normaliz reads what is written for it as the same polyhedron.
func TestDDNormaliz(t *testing.T) {
	command := peer("normaliz")
	if command == "" {
		t.Skip("normaliz is not installed")
	}
	for _, name := range []string{"birkhoff", "cube", "octahedron", "orthant", "wedge", "lines-and-rays", "transport", "implied-equation", "forty-digits"} {
		in, err := ine.Open(polyhedraFixtures + name + ".ine")
		if err != nil {
			t.Fatal(err)
		}
		f, _ := format.PolyhedronNamed("normaliz")
		var b bytes.Buffer
		if err := f.Write(&b, &in.Polyhedron); err != nil {
			t.Fatal(err)
		}
		b.WriteString("SupportHyperplanes\nExtremeRays\n")
		path := inFile(t, "n.in", b.String())
		if out, err := exec.Command(command, "-x=1", path).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		out, err := os.ReadFile(strings.TrimSuffix(path, ".in") + ".out")
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := ine.Read(strings.NewReader(normalizGenerators(string(out), in.Columns)), "normaliz")
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out)
		}
		ours := &ine.File{Polyhedron: *ddConversion(t, in).Out}
		if want, got := otherWay(t, theirs), otherWay(t, ours); want != got {
			t.Errorf("%s: Normaliz finds the generators of\n%swe those of\n%s", name, want, got)
		}
	}
}

// normalizGenerators makes a file of the generators that Normaliz has printed.
func normalizGenerators(out string, columns int) string {
	var rows, linear []string
	count := 0
	lines := strings.Split(out, "\n")
	for i, line := range lines {
		isLine := strings.HasSuffix(line, "basis elements of maximal subspace:")
		if !isLine && !strings.HasSuffix(line, "vertices of polyhedron:") && !strings.HasSuffix(line, "extreme rays of recession cone:") {
			continue
		}
		n, _ := strconv.Atoi(strings.Fields(line)[0])
		for _, row := range lines[i+1 : i+1+n] {
			words := strings.Fields(row)
			rows = append(rows, strings.Join(append(words[columns-1:], words[:columns-1]...), " "))
			if count++; isLine {
				linear = append(linear, strconv.Itoa(count))
			}
		}
	}
	text := "V-representation\n"
	if len(linear) > 0 {
		text += "linearity " + strconv.Itoa(len(linear)) + " " + strings.Join(linear, " ") + "\n"
	}
	return text + "begin\n" + strconv.Itoa(count) + " " + strconv.Itoa(columns) + " rational\n" + strings.Join(rows, "\n") + "\nend\n"
}

func TestDDFormatFlags(t *testing.T) {
	network := inFile(t, "n.csv", "a,b,c\n1,-1,0\n0,1,-1\n")
	mps := inFile(t, "m.txt", "NAME m\nROWS\n N c\n")
	square := polyhedraFixtures + "square.ine"
	rows := inFile(t, "rows.csv", "0,1,0\n0,0,1\n4,-1,-1\n8,-2,-2\n")
	named := inFile(t, "named.csv", "one,p,q\n0,1,0\n0,0,1\n4,-1,-1\n")
	fmel := inFile(t, "fmel.ieq", "DIM = 3\nELIMINATION_ORDER\n2 0 1\nINEQUALITIES_SECTION\nx1 >= 0\nx3 >= 0\nx1 + x2 + x3 <= 4\nEND\n\nDIM = 3\n")
	strict := inFile(t, "strict.ine", "H-representation\nstrict_inequality 1 1\nbegin\n2 3 integer\n0 1 0\n1 0 1\nend\n")
	porta := inFile(t, "rows.ieq", "DIM = 2\nINEQUALITIES_SECTION\n(1) x1 >= 0\n(2) x2 >= 0\n(3) x1 + x2 <= 4\nEND\n")
	for _, c := range []struct {
		status int
		args   string
		wants  string
	}{
		{run.ExitVerified, "dd -q -convention flux " + network, " 0 1 1 1\n"},
		{run.ExitVerified, "dd -convention flux -reversible b,c " + network, "2>2 reversible reactions are split into two, and the modes folded back; 2 cycles of a reaction and its reverse left out"},
		{run.ExitVerified, "dd -q -convention flux -reversible a,b,c " + network, " 0 -1 -1 -1\n"},
		{run.ExitVerified, "dd -q -convention flux -reversible 1,2,3 -eliminate-reversible lines " + network, "linearity 1 2\n"},
		{run.ExitVerified, "dd -convention flux -reversible 2 -eliminate-reversible lines -certificate " + os.DevNull + " " + network, "2>certcheck -against compares it with the result; against the network it fails"},
		{run.ExitUsage, "dd " + mps, "2>this looks like MPS: use verify lp"},
		{run.ExitUsage, "dd -from ine " + mps, "2>this looks like MPS: use verify lp"},
		{run.ExitUsage, "dd " + network, "2>expected -convention"},
		{run.ExitUsage, "dd -from x " + square, "2>-from x: expected one of"},
		{run.ExitUsage, "dd -to x " + square, "2>-to x: expected one of"},
		{run.ExitUsage, "dd -convention x " + square, "2>-convention x: expected one of"},
		{run.ExitUsage, "dd -reversible 1 " + square, "2>-reversible goes with"},
		{run.ExitUsage, "dd -convention flux -eliminate-reversible lines " + network, "2>expected split or lines, beside -reversible"},
		{run.ExitUsage, "dd -convention flux -reversible d " + network, "2>expected a column by its name"},
		{run.ExitUsage, "dd -to porta -json " + square, "2>has no place for -json"},
		{run.ExitVerified, "redund -convention b+A " + rows, "* row 4: redundant: = 2·row 3\n"},
		{run.ExitVerified, "redund " + porta, "* 0 of 3 rows are redundant\n"},
		{run.ExitVerified, "fm -q -eliminate x2 -from csv -convention b+A " + rows, "begin\n 2 2 integer\n 0 1\n 4 -1\nend\n"},
		{run.ExitVerified, "fm -q -keep x1 " + porta, "begin\n 2 2 integer\n 0 1\n 4 -1\nend\n"},
		{run.ExitUsage, "redund " + rows, "2>expected -convention"},
		{run.ExitVerified, "redund -to porta " + porta, "2>-to porta has no place for the reasons; -o FILE writes them"},
		{run.ExitUsage, "redund -to porta -json " + square, "2>-to porta has no place for -json"},
		{run.ExitUsage, "redund -to json " + square, "2>-to json: -json does that"},
		{run.ExitUsage, "redund -to x " + square, "2>-to x: expected one of"},
		{run.ExitVerified, "redund -q -convention b+A " + named, "names p q\n"},
		{run.ExitVerified, "redund -convention b+A -to csv " + named, "2>-to csv has no place for names of columns, which are left out"},
		{run.ExitVerified, "fm -keep q -convention b+A -to csv " + named, "2>-to csv has no place for names of columns, which are left out"},
		{run.ExitVerified, "fm -keep x1 -to csv " + square, "0,1\n1,-1\n"},
		{run.ExitVerified, "fm -order given -trace - " + fmel, ": eliminate x3;"},
		{run.ExitVerified, "fm " + fmel, "begin\n 1 2 integer\n 4 -1\nend\n"},
		{run.ExitVerified, "fm -keep x1 " + fmel, "2>fmel.ieq:3: option eliminate 2 3 1 has no effect here"},
		{run.ExitVerified, "dd " + fmel, "2>fmel.ieq:10: what stands behind END is ignored"},
		{run.ExitUsage, "fm -keep x1 -to csv -json " + square, "2>-to csv has no place for -json"},
		{run.ExitUsage, "fm -keep x1 -to x " + square, "2>-to x: expected one of"},
		{run.ExitUsage, "fm -eliminate x1,x2 -to csv " + square, "2>-to csv is of rows, and without a variable that is kept the result is a verdict"},
		{run.ExitUsage, "fm -keep x1 -to csv " + strict, "2>-to csv: row 1, which is strict, has no form in a matrix"},
		{run.ExitUsage, "dd -convention points " + polyhedraFixtures + "square.ine", "2>-convention is of plain matrices, and"},
		{run.ExitUsage, "dd -to json " + rows, "2>-to json: -json does that"},
		{run.ExitUsage, "redund -from x " + rows, "2>-from x: expected one of"},
		{run.ExitUsage, "fm -keep x1 -convention x " + rows, "2>-convention x: expected one of"},
		{run.ExitUsage, "fm -k 2 -n 3 -from csv", "2>-from has no effect with -k and -n"},
		{run.ExitUsage, "dd -verify -convention flux -reversible a " + network, "2>have no -verify"},
	} {
		expect(t, c.status, strings.Fields(c.args), c.wants)
	}
	// Nobody is told to read a file as what it was read as.
	for name, content := range map[string]string{"bad.in": "amb_space 2\ncone 1\n1 x\n", "bad.ieq": "DIM = 2\nINEQUALITIES_SECTION\nx1 >= y\nEND\n", "bad.ine": "H-representation\nbegin\n1 2 integer\n1 x\nend\n"} {
		if status, _, stderr := verify("dd", inFile(t, name, content)); status != run.ExitUsage || strings.Contains(stderr, "looks like") {
			t.Errorf("%s: status %d, %s", name, status, stderr)
		}
	}
}

// Compressed files are read whatever they are called, and damage behind the last line shows, too.
func TestDDReadsCompressedFiles(t *testing.T) {
	zipped := func(text string) string {
		var b strings.Builder
		w := gzip.NewWriter(&b)
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	const square = polyhedraFixtures + "square.ine"
	const porta = "DIM = 2\nINEQUALITIES_SECTION\nx1 >= 0\nx2 >= 0\nx1 <= 1\nx2 <= 1\nEND\n"
	text := contents(t, square)
	want := expect(t, 0, []string{"dd", "-q", square})
	for name, content := range map[string]string{"a.ine.gz": text, "a": text, "a.ieq.gz": porta} {
		if got := expect(t, 0, []string{"dd", "-q", inFile(t, name, zipped(content))}); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	if status, got, stderr := verifyStdin(zipped(text), "dd", "-q", "-"); status != 0 || got != want {
		t.Errorf("from standard input: status %d\n%s%s", status, got, stderr)
	}
	for name, c := range map[string][2]string{
		"cut.ieq.gz":  {zipped(porta)[:len(zipped(porta))-5], "cut.ieq.gz: unexpected EOF"},
		"half.ieq.gz": {zipped(porta)[:40], "half.ieq.gz: unexpected EOF"},
		"cut.in.gz":   {zipped("amb_space 1\ncone 1\n1\n")[:20], "cut.in.gz: unexpected EOF"},
		"cut.ine.gz":  {zipped(text)[:40], "cut.ine.gz:"},
		"text.ine.gz": {text, "text.ine.gz: it is not compressed with gzip"},
		"empty.ine":   {" \r\n", "empty.ine: the file is empty"},
		"wide.ine":    {"\xff\xfeH\x00-\x00", "this looks like UTF-16: write it as UTF-8"},
	} {
		for _, command := range []string{"dd", "redund"} {
			expect(t, run.ExitUsage, []string{command, inFile(t, name, c[0])}, "2>"+c[1])
		}
	}
}

// What a format has no words for is said of the flag, and is no fault of the program.
func TestDDFormatWithoutWords(t *testing.T) {
	for _, to := range []string{"porta", "normaliz"} {
		expect(t, 2, []string{"dd", "-to", to, polyhedraFixtures + "empty.ine"}, "2>-to "+to+": the empty polyhedron, without generators, has no form in")
		expect(t, 2, []string{"dd", "-to", to, polyhedraFixtures + "dimension-zero.ine"}, "2>a polyhedron without coordinates has no form in")
	}
	// A matrix without rows cannot be read back: it does not even say how many columns it has.
	plane := inFile(t, "plane.ext", "V-representation\nlinearity 2 2 3\nbegin\n3 3 integer\n1 0 0\n0 1 0\n0 0 1\nend\n")
	for to, row := range map[string]string{"matrix": "1 0 0\n", "csv": "1,0,0\n"} {
		expect(t, 2, []string{"dd", "-to", to, polyhedraFixtures + "empty.ine"}, "2>-to "+to+": the empty polyhedron, without generators, has no form in")
		if got := output(t, "dd", "-to", to, plane); got != row {
			t.Errorf("%s of the plane: %q", to, got)
		}
	}
}

// Names of columns stay with these in .ine files, and it is said where there is no place for them.
func TestColumnNamesAreKept(t *testing.T) {
	square := inFile(t, "square.ine", "H-representation\nbegin\n4 3 integer\n1 -1 0\n1 0 -1\n0 1 0\n0 0 1\nend\nnames a b\n")
	table := inFile(t, "points.csv", "a,b\n0,0\n1,0\n0,1\n1,1\n")
	blanks := inFile(t, "blanks.csv", "a,the other\n0,0\n1,0\n0,1\n1,1\n")
	const line, none, left = "end\nnames a b\n", "has no place for names of columns", "names of columns with blanks in them are left out"
	for _, c := range []struct{ args, out, said string }{
		{"dd " + square, line, ""},
		{"dd -verify " + square, line, ""},
		{"dd -convention points " + table, line, ""},
		{"redund " + square, line, ""},
		{"redund -convention points " + table, line, ""},
		{"dd -to csv " + square, "1,0,0", none},
		{"redund -to csv " + square, "0,0,1", none},
		{"dd -convention points " + blanks, "end\n", left},
		{"redund -convention points " + blanks, "end\n", left},
	} {
		status, stdout, stderr := runtest.Table(commands()).Run(strings.Fields(c.args)...)
		if status != run.ExitVerified || !strings.Contains(stdout, c.out) || strings.Contains(stdout, "names") != (c.out == line) {
			t.Errorf("%s: status %d\n%s\n%s", c.args, status, stdout, stderr)
		}
		if !strings.Contains(stderr, c.said) || c.said == "" && strings.Contains(stderr, "names") {
			t.Errorf("%s: said %q", c.args, stderr)
		}
	}
}
