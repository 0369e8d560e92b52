package main

import (
	"strings"
	"testing"
)

// The reader's own polyhedron may be in any format that has one, and another one is another
// one in each of them.
func TestAgainstFormatsOfPolyhedra(t *testing.T) {
	folder := t.TempDir()
	document := documentOf(t, folder, wedge)
	const rows, generators = "are exactly the points with the rows of ", "is of the generators of "
	const matrix = "0 1 0\n0 0 2\n1 0 -1\n"
	table := strings.ReplaceAll(matrix, " ", ",")
	for _, c := range []struct{ name, args, content, old, replacement, want string }{
		{"a.ieq", "", "DIM = 2\nINEQUALITIES_SECTION\n(1) x1 >= 0\n(2) x2 >= 0\n(3) x2 <= 1\nEND\n", "<= 1", "<= 2", rows},
		{"a.poi", "", "DIM = 2\nCONV_SECTION\n(1) 0 0\n(2) 1 0\n(3) 0 1\nCONE_SECTION\n(1) 1 0\nEND\n", "(3) 0 1", "(3) 0 2", generators},
		{"a.in", "", "amb_space 2\ninhom_inequalities 3\n1 0 0\n0 1 0\n0 -1 1\n", "-1 1", "-1 2", rows},
		{"a.json", "", `{"representation":"H-representation","columns":3,"rows":[["0","1","0"],["0","0","1"],["1","0","-1"]],"linearity":[]}`, `"1","0","-1"`, `"2","0","-1"`, rows},
		{"a.csv", "--convention b+A", table, "1,0,-1", "2,0,-1", rows},
		{"b.csv", "--convention b+A", "b,x1,x2\n" + table, "x1,x2", "x2,x1", rows},
		{"a.tsv", "--convention 1x", "1\t0\t0\n1\t1\t0\n1\t0\t1\n0\t1\t0\n", "1\t0\t1", "1\t0\t2", generators},
		{"a.mat", "--convention b+A", matrix, "1 0 -1", "2 0 -1", rows},
		{"a.txt", "--convention b+A", matrix, "1 0 -1", "2 0 -1", rows},
		{"a", "--from csv --convention b+A", table, "1,0,-1", "2,0,-1", rows},
		{"b.txt", "--from porta", "DIM = 2\nINEQUALITIES_SECTION\nx1 >= 0\nx2 >= 0\nx2 <= 1\nEND\n", "<= 1", "<= 2", rows},
	} {
		args := append(strings.Fields(c.args), "--against", put(t, folder, c.name, []byte(c.content)), document)
		if status, out, stderr := certcheck(args...); status != exitValid || !strings.Contains(out, c.want) {
			t.Errorf("%s: status %d, want %s\n%s%s", c.name, status, c.want, out, stderr)
		}
		put(t, folder, c.name, []byte(strings.Replace(c.content, c.old, c.replacement, 1)))
		if status, out, stderr := certcheck(args...); status != exitInvalid || !strings.Contains(out, "INVALID as the certificate of the file") {
			t.Errorf("%s with %s: status %d\n%s%s", c.name, c.replacement, status, out, stderr)
		}
	}
}

// What a matrix means is asked, and asked of a matrix only.
func TestConvention(t *testing.T) {
	folder := t.TempDir()
	document := documentOf(t, folder, wedge)
	table, square := put(t, folder, "a.csv", []byte("0,1,0\n")), "../../fixtures/polyhedra/square.ine"
	for args, want := range map[string]string{
		"--against " + table:                                  "expected --convention, one of [b+A",
		"--against " + folder + "/absent.ine":                 "certcheck: cannot read " + folder + "/absent.ine: no such file or directory\n",
		"--against " + folder:                                 "certcheck: cannot read " + folder + ": it is a directory\n",
		"--convention b --against " + table:                   "--convention b: expected one of [b+A",
		"--convention b+A --against " + square:                "--convention is of plain matrices",
		"--convention b+A":                                    "--convention",
		"--from polymake --against " + square:                 "--from polymake: expected mps, fixed, lp, ine",
		"--relax --convention b+A --against " + table:         "--relax has no effect",
		"--against " + put(t, folder, "a.json", []byte("{}")): `this looks like JSON, but not of a polyhedron`,
	} {
		if status, out, stderr := certcheck(append(strings.Fields(args), document)...); status != exitUnread || out != "" || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, want %s\n%s%s", args, status, want, out, stderr)
		}
	}
	// A name with a line end in it would be two lines.
	if _, _, stderr := certcheck("--against", folder+"/a\nb.csv", document); !strings.Contains(stderr, `/a\nb.csv" is a plain matrix`) {
		t.Errorf("a name with a line end: %s", stderr)
	}
}
