package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pstar/doubledesc"
	"pstar/format/ine"
)

// peer returns the command of another program, or "" if it is not installed.
func peer(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// otherWay returns a file converted, as text: the same for equal polyhedra.
func otherWay(t *testing.T, f *ine.File) string {
	t.Helper()
	c, err := doubledesc.Convert(context.Background(), &f.Polyhedron, doubledesc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := ine.Write(&b, c.Out); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Files in seldom forms mean what cddlib and lrs take them for. The result is
// known; the peers that agree, where they are installed, print it too.
func TestDDReadsFilesAsPeersDo(t *testing.T) {
	const (
		rows    = "1 -1 0\n1 0 -1\n0 1 0\n0 0 1\nend\n"
		square  = " 1 0 0\n 1 0 1\n 1 1 0\n 1 1 1\nend\n"
		edge    = " 1 1 0\n 1 1 1\nend\n"
		corner  = " 1 1 1\nend\n"
		open    = "3 3 integer\n1 -1 0\n1 0 -1\n1 1 1\nend\n"
		simplex = " 1 -2 1\n 1 1 -2\n 1 1 1\nend\n"
		both    = "cddlib lrs"
	)
	commands := map[string]string{"cddlib": peer("lcdd_gmp", "/usr/lib/cdd-tools/lcdd_gmp"), "lrs": peer("lrs")}
	for _, c := range []struct{ name, text, want, peers string }{
		{"sizes beside begin", "H-representation\nbegin 4 3 integer\n" + rows, square, both},
		{"sizes on three lines", "H-representation\nbegin\n4\n3\ninteger " + rows, square, both},
		{"all on one line", "H-representation begin 4 3 integer " + strings.ReplaceAll(rows, "\n", " "), square, both},
		{"linearity on two lines", "H-representation\nlinearity 2 1\n2\nbegin\n4 3 integer\n" + rows, corner, "lrs"},
		{"linearity on its own line", "H-representation\nlinearity\n1 1\nbegin\n4 3 integer\n" + rows, edge, "lrs"},
		{"linearity after end", "H-representation\nbegin\n4 3 integer\n" + rows + "linearity 1 1\n", edge, both},
		{"linearity beside end", "H-representation\nbegin\n4 3 integer\n" + strings.TrimSpace(rows) + " linearity 1 1\n", edge, both},
		{"no linearity", "H-representation\nlinearity 0\nbegin\n4 3 integer\n" + rows, square, "cddlib"},
		{"equality", "H-representation\nequality 1 1\nbegin\n4 3 integer\n" + rows, edge, "cddlib"},
		{"partial enumeration", "H-representation\npartial_enumeration 1 1\nbegin\n4 3 integer\n" + rows, edge, "cddlib"},
		{"fraction among integers", "H-representation\nbegin\n4 3 integer\n5/2 -1 0\n1 0 -1\n0 1 0\n0 0 1\nend\n", " 1 0 0\n 1 0 1\n 1 5/2 0\n 1 5/2 1\nend\n", both},
		{"signs and zeros", "H-representation\nbegin\n4 3 integer\n+01 -001 0\n1 0 -01\n0 1 00\n0 -0 1\nend\n", square, both},
		{"zeros in fractions", "H-representation\nbegin\n4 3 rational\n010/04 -01 0\n1 0 -02/002\n0 1 0\n0 0 1\nend\n", " 1 0 0\n 1 0 1\n 1 5/2 0\n 1 5/2 1\nend\n", both},
		{"no representation", "begin\n4 3 integer\n" + rows, square, both},
		{"DOS", strings.ReplaceAll("H-representation\nlinearity 1 1\nbegin\n4 3 integer\n"+rows, "\n", "\r\n"), edge, both},
		{"byte order mark", "\uFEFFH-representation\nbegin\n4 3 integer\n" + rows, square, both},
		{"title with hull", "hull of points\nH-representation\nbegin\n4 3 integer\n" + rows, square, both},
		{"title with random", "random polytope\nH-representation\nbegin\n4 3 integer\n" + rows, square, both},
		{"title with linearity", "linearity is nice\nH-representation\nbegin\n4 3 integer\n" + rows, square, "cddlib"},
		{"title with nonnegative", "nonnegative orthant\nH-representation\nbegin\n" + open, simplex, "cddlib"},
		{"nonnegative before begin", "H-representation\nnonnegative\nbegin\n" + open, square, "lrs"},
		{"nonnegative after end", "H-representation\nbegin\n" + open + "nonnegative\n", simplex, both},
		{"homogeneous vertices", "V-representation\nbegin\n3 3 integer\n2 2 0\n1 1 0\n3 0 3\nend\n", " 0 0 1\n 1 0 -1\n -1 1 1\nend\n", both},
		{"more rows than the size line says", "H-representation\nbegin\n4 3 integer\n" + strings.Replace(rows, "end", "1 -2 -2\nend", 1), square, "lrs"},
		{"hull before begin", "hull\nbegin\n3 2 integer\n1 0\n1 3\n1 2\nend\n", " 0 1\n 3 -1\nend\n", "lrs"},
		{"hull after end", "begin\n3 2 integer\n1 0\n1 3\n1 2\nend\nhull\n", " 0 1\n 3 -1\nend\n", "cddlib"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := inFile(t, "in", c.text)
			got := expect(t, 0, []string{"dd", "-q", "-verify", path})
			if !strings.HasSuffix(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			ours, err := ine.Read(strings.NewReader(got), "ours")
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range strings.Fields(c.peers) {
				if commands[name] == "" {
					continue
				}
				out, err := exec.Command(commands[name], path).Output()
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				theirs, err := ine.Read(bytes.NewReader(out), name)
				if err != nil {
					t.Fatalf("%s: %v\n%s", name, err, out)
				}
				if want, got := otherWay(t, theirs), otherWay(t, ours); want != got {
					t.Errorf("%s prints\n%swe print\n%s", name, out, got)
				}
			}
		})
	}
}

// The lists of -adjacency and -incidence are those of cddlib, for the rows that
// both print: cddlib prints the facet at infinity, and no apex of a cone.
func TestDDListsAreThoseOfCddlib(t *testing.T) {
	command := peer("cddexec_gmp")
	files, err := filepath.Glob(polyhedraFixtures + "*.*e*")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d fixtures, %v", len(files), err)
	}
	files = append(files, inFile(t, "flat.ine", "H-representation\nlinearity 1 5\nbegin\n7 4 integer\n"+
		"1 -1 0 0\n1 0 -1 0\n0 1 0 0\n0 0 1 0\n0 0 0 1\n0 1 1 0\n0 0 0 0\nend\n"))
	compared := 0
	for _, path := range files {
		if command == "" {
			break // TestDDLists and the tests of the graph know what is right
		}
		if strings.HasSuffix(path, "nonnegative.ine") {
			continue // which cddlib ignores
		}
		var j conversion
		if err := json.Unmarshal([]byte(expect(t, 0, []string{"dd", "-q", "-json", "-adjacency", "-incidence", path})), &j); err != nil {
			t.Fatal(err)
		}
		in, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(command, "--repall")
		cmd.Stdin = in
		out, err := cmd.Output()
		in.Close()
		parts := strings.SplitAfter(string(out), "\nend\n")
		if err != nil || len(parts) < 3 || len(j.Linearity) > 0 || len(j.Rows) == 0 {
			continue // cddlib declines it, or rows have many forms
		}
		theirs, err := ine.Read(strings.NewReader(parts[0]), path)
		if err != nil {
			t.Fatal(err)
		}
		ours, err := ine.Read(strings.NewReader(expect(t, 0, []string{"dd", "-q", path})), "ours")
		if err != nil {
			t.Fatal(err)
		}
		compareLists(t, path, ours, theirs, j, listsOf(t, parts[1]), listsOf(t, parts[2]))
		compared++
	}
	if command != "" && compared < 20 {
		t.Errorf("only %d files compared", compared)
	}
}

// listsOf reads lists such as "3 2 : 1 4"; a negative count stands for the
// complement of what follows.
func listsOf(t *testing.T, text string) [][]int {
	t.Helper()
	number := func(word string) int {
		n, err := strconv.Atoi(word)
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		return n
	}
	lines := strings.Split(text[strings.Index(text, "begin\n")+len("begin\n"):], "\n")
	all := number(strings.Fields(lines[0])[1])
	var lists [][]int
	for _, line := range lines[1:] {
		words := strings.Fields(line)
		if len(words) < 3 {
			break
		}
		var list []int
		for _, word := range words[3:] {
			list = append(list, number(word))
		}
		if number(words[1]) < 0 || number(words[1]) == 0 && len(list) > 0 {
			var rest []int
			for i := 1; i <= all; i++ {
				if !slices.Contains(list, i) {
					rest = append(rest, i)
				}
			}
			list = rest
		}
		lists = append(lists, list)
	}
	return lists
}

func compareLists(t *testing.T, path string, ours, theirs *ine.File, j conversion, incidence, adjacency [][]int) {
	t.Helper()
	place := map[string]int{} // of a row of theirs among ours, from 1
	for i, r := range ours.Rows {
		place[r.Vector.Primitive().Key()] = i + 1
	}
	found := map[int]int{} // ours by theirs, from 1
	for k, r := range theirs.Rows {
		if i, ok := place[r.Vector.Primitive().Key()]; ok {
			found[k+1] = i
		}
	}
	in, err := ine.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for k, i := range found {
		var want []int
		for _, x := range adjacency[k-1] {
			if found[x] > 0 && x != k {
				want = append(want, found[x])
			}
		}
		slices.Sort(want)
		var got []int
		for _, x := range j.Adjacency[i-1] {
			for _, y := range found {
				if x == y {
					got = append(got, x)
				}
			}
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: row %d is adjacent to %v, for cddlib to %v", path, i, got, want)
		}
		want = slices.DeleteFunc(slices.Clone(incidence[k-1]), func(x int) bool { return x > len(in.Rows) })
		if !slices.Equal(want, j.Incidence[i-1]) {
			t.Errorf("%s: row %d meets %v, for cddlib %v", path, i, j.Incidence[i-1], want)
		}
	}
}
