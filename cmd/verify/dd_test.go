package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pstar/cmd/verify/internal/polyhedra"
	"pstar/cmd/verify/internal/run"
	"pstar/doubledesc"
)

const polyhedraFixtures = "../../fixtures/polyhedra/"

// inFile writes text into a file of the given name.
func inFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDDConverts(t *testing.T) {
	want := `V-representation
begin
 4 3 integer
 1 0 0
 1 0 1
 1 1 0
 1 1 1
end
`
	got := expect(t, 0, []string{"dd", polyhedraFixtures + "square.ine"})
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	expect(t, 0, []string{"dd", polyhedraFixtures + "octahedron.ext"}, "H-representation\nbegin\n 8 4 integer\n")
	text, err := os.ReadFile(polyhedraFixtures + "square.ine")
	if err != nil {
		t.Fatal(err)
	}
	if status, stdout, _ := verifyStdin(string(text), "dd", "-"); status != 0 || stdout != want {
		t.Errorf("from standard input: status %d\n%s", status, stdout)
	}
}

// Orders, workers and checks leave standard output alone, byte for byte.
func TestDDOutputDoesNotDependOnFlags(t *testing.T) {
	want := expect(t, 0, []string{"dd", polyhedraFixtures + "birkhoff.ine"})
	names := []string{"minindex"}
	for _, order := range doubledesc.Orders() {
		names = append(names, order.String())
	}
	for _, name := range names {
		if got := expect(t, 0, []string{"dd", "-order", name, "-j", "3", "-progress", "on", polyhedraFixtures + "birkhoff.ine"}); got != want {
			t.Errorf("-order %s changes the result:\n%s", name, got)
		}
	}
	if got := expect(t, 0, []string{"dd", "-verify", polyhedraFixtures + "birkhoff.ine"}, "2>verified, read back: every generator against every row"); got != want {
		t.Errorf("-verify changes the result:\n%s", got)
	}
}

func TestDDLists(t *testing.T) {
	out := expect(t, 0, []string{"dd", "-adjacency", "-incidence", polyhedraFixtures + "square.ine"},
		"* 1 2 : 2 3\n* 2 2 : 1 4\n", "* 1 2 : 1 2\n* 2 2 : 1 4\n* 3 2 : 2 3\n* 4 2 : 3 4\n")
	equation := inFile(t, "flat.ine", "H-representation\nlinearity 1 2\nnonnegative\nbegin\n2 3 integer\n1 -1 0\n0 0 1\nend\n")
	expect(t, 0, []string{"dd", "-incidence", equation},
		"* incidence: row, how many rows of the input are tight at it, which (from 3 on x_1 >= 0, x_2 >= 0, ... of nonnegative)\n* 1 3 : 2 3 4\n* 2 3 : 1 2 4\n")
	path := inFile(t, "again.ext", out)
	expect(t, 0, []string{"dd", path}, "H-representation\nbegin\n 4 3 integer")
}

// conversion is the object of dd -json.
type conversion struct {
	Representation                      string
	Columns                             int
	Empty, Verified                     bool
	Vertices, Rays, Lines, Inequalities *int
	Rows                                [][]string
	Linearity                           []int
	Adjacency, Incidence                [][]int
}

func TestDDJSON(t *testing.T) {
	var got conversion
	out := expect(t, 0, []string{"dd", "-json", "-verify", "-adjacency", "-q", polyhedraFixtures + "halfspace.ine"})
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Representation != "V-representation" || got.Columns != 3 || got.Empty || !got.Verified ||
		*got.Vertices != 1 || *got.Rays != 1 || *got.Lines != 1 || got.Inequalities != nil ||
		len(got.Linearity) != 1 || got.Linearity[0] != 3 || got.Rows[1][2] != "3/4" || len(got.Adjacency) != 2 {
		t.Errorf("%s", out)
	}
	for _, name := range []string{"empty.ine", "empty-generators.ext"} {
		expect(t, 0, []string{"dd", polyhedraFixtures + name}, "2>the polyhedron is empty")
	}
	if _, _, stderr := verify("dd", polyhedraFixtures+"whole-space.ext"); strings.Contains(stderr, "empty") {
		t.Errorf("the whole space: %s", stderr)
	}
	expect(t, 0, []string{"dd", "-json", "-verify", polyhedraFixtures + "empty.ine"}, `"empty":true`, `"rows":[]`)
	expect(t, 0, []string{"dd", "-json", "-adjacency", "-incidence", polyhedraFixtures + "empty.ine"}, `"adjacency":[],"incidence":[]`)
	if out := expect(t, 0, []string{"dd", "-json", polyhedraFixtures + "cube.ine"}); strings.Contains(out, "adjacency") {
		t.Errorf("adjacency was not asked for:\n%s", out)
	}
	expect(t, 0, []string{"dd", "-json", polyhedraFixtures + "empty-generators.ext"}, `"empty":true`, `"inequalities":1`)
	expect(t, 0, []string{"dd", "-json", polyhedraFixtures + "whole-space.ext"}, `"empty":false`, `"inequalities":0`)
}

func TestDDWritesFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "cube.ext")
	got := expect(t, 0, []string{"dd", "-o", path, polyhedraFixtures + "cube.ine"})
	if want := path + ": V-representation with 8 vertices, 0 rays and 0 lines\n"; got != want {
		t.Errorf("standard output %q, want %q", got, want)
	}
	expect(t, 0, []string{"dd", "-o", path + "2", path}, "H-representation with 6 inequalities and 0 equations")
	expect(t, 0, []string{"dd", "-o", path + "3", polyhedraFixtures + "empty.ine"}, "0 lines: the polyhedron is empty")
	// A name that promises something else is remarked on, and one that may be anything is not.
	for name, note := range map[string]string{"a.csv": "a.csv is no file of the format csv, which its name promises; -from ine reads it\n", "a.ine.gz": "a.ine.gz is not compressed",
		"a.txt": "", "a.ext": "", "a.json": ""} {
		for _, args := range []string{"dd", "redund", "dd -json"} {
			status, _, stderr := verify(append(strings.Fields(args), "-o", filepath.Join(t.TempDir(), name), polyhedraFixtures+"cube.ine")...)
			if status != 0 || !strings.Contains(stderr, note) || note == "" && stderr != "" {
				t.Errorf("%s -o %s: status %d, %q", args, name, status, stderr)
			}
		}
	}
	if _, _, stderr := verify("dd", "-to", "csv", "-o", filepath.Join(t.TempDir(), "a.csv"), polyhedraFixtures+"cube.ine"); stderr != "" {
		t.Errorf("-to csv: %s", stderr)
	}
	expect(t, 2, []string{"dd", "-o", filepath.Join(path, "no", "such"), polyhedraFixtures + "cube.ine"}, "2>cannot write")
}

func TestDDSaysWhatItIgnores(t *testing.T) {
	rows := "H-representation\nbegin\n1 2 integer\n0 1\nend\n"
	path := inFile(t, "a.ine", rows+"lexmax\nadjacency\nmaxoutput 3\nxyzzy\n")
	expect(t, 0, []string{"dd", path}, "2>"+path+":7: option adjacency has no effect", "2>a.ine:8: option maxoutput 3 has", "2>a.ine:9: \"xyzzy\" is not an option known here")
	if _, _, stderr := verify("dd", path); strings.Contains(stderr, "lexmax") {
		t.Errorf("an order that is honoured is said to be ignored:\n%s", stderr)
	}
	expect(t, 0, []string{"dd", "-order", "given", path}, "2>a.ine:6: option lexmax has no effect")
	if status, _, stderr := verify("dd", "-q", path); status != 0 || stderr != "" {
		t.Errorf("with -q: status %d, %q", status, stderr)
	}
}

func TestDDErrors(t *testing.T) {
	bad := inFile(t, "bad.ine", "H-representation\nbegin\n1 2 integer\n0 x\nend\n")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"dd"}, "expected one file, got 0"},
		{[]string{"dd", "a", "b"}, "expected one file, got 2"},
		{[]string{"dd", bad}, "bad.ine:4: row 1, column 2: cannot read \"x\""},
		{[]string{"dd", "no-such-file.ine"}, "no-such-file.ine"},
		{[]string{"dd", "-order", "nonsense", bad}, "expected one of auto, size, support, given"},
		{[]string{"dd", "-j", "0", bad}, "expected at least one worker"},
		{[]string{"redund"}, "expected one file, got 0"},
		{[]string{"redund", bad}, "bad.ine:4: row 1, column 2"},
		{[]string{"redund", "-o", polyhedraFixtures, polyhedraFixtures + "cube.ine"}, "it is a directory"},
	} {
		expect(t, 2, c.args, "2>"+c.want)
	}
}

// endless is a polyhedron that takes longer than a test may.
func endless(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("V-representation\nbegin\n***** 21 integer\n")
	seed := uint32(1)
	for range 300 {
		b.WriteString("1")
		for range 20 {
			seed = seed*1664525 + 1013904223
			b.WriteString([]string{" 0", " 1"}[seed>>31])
		}
		b.WriteByte('\n')
	}
	b.WriteString("end\n")
	return inFile(t, "big.ext", b.String())
}

func TestDDStopsAtItsLimits(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.ine")
	expect(t, 3, []string{"dd", "-timeout", "50ms", "-o", out, endless(t)}, "2>time limit of 50ms reached")
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("a stopped conversion left %s: %v", out, err)
	}
	expect(t, 3, []string{"dd", "-max-mem", "1M", endless(t)}, "2>memory limit of 1M reached")
	expect(t, 3, []string{"redund", "-timeout", "1ms", endless(t)}, "2>time limit of 1ms reached")
}

// pairs is F(2,n) as a file: u_i + v_T >= 0 for the pairs T. Its rows are many
// and each takes a moment.
func pairs(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	columns := 1 + n + n*(n-1)/2
	fmt.Fprintf(&b, "H-representation\nbegin\n***** %d integer\n", columns)
	pair := 0
	for i := range n {
		for j := range i {
			for _, k := range []int{i, j} {
				row := make([]string, columns)
				for c := range row {
					row[c] = "0"
				}
				row[1+k], row[1+n+pair] = "1", "1"
				b.WriteString(strings.Join(row, " ") + "\n")
			}
			pair++
		}
	}
	b.WriteString("end\n")
	return inFile(t, "pairs.ine", b.String())
}

func TestDDStopsWhenInterrupted(t *testing.T) {
	cmd := subprocess(t, "dd", "-progress", "on", pairs(t, 16))
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(30*time.Second, func() { cmd.Process.Kill() })
	defer timer.Stop()
	talk, buffer := "", make([]byte, 1024)
	for !strings.Contains(talk, "rays so far") {
		n, err := stderr.Read(buffer)
		if err != nil {
			t.Fatalf("no progress: %v\n%s", err, talk)
		}
		talk += string(buffer[:n])
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState.ExitCode() != run.ExitInterrupted {
		t.Errorf("status %d (%v), want 130", cmd.ProcessState.ExitCode(), err)
	}
	if !strings.Contains(string(rest), "verify: interrupted") {
		t.Errorf("standard error:\n%s", rest)
	}
}

// Output that would take long, or that nobody takes, ends at the limit.
func TestDDStopsWhileItWrites(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wide.ine")
	if err := os.WriteFile(path, []byte("H-representation\nbegin\n0 20000 integer\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	unread, stdout := io.Pipe()
	defer unread.Close()
	for _, c := range []struct {
		args   string
		stdout io.Writer
	}{
		{"", io.Discard}, {"-json", io.Discard}, {"-verify", io.Discard}, {"-o " + path + ".out", io.Discard}, {"", stdout},
	} {
		var stderr bytes.Buffer
		args := append([]string{"dd", "-q", "-timeout", "150ms"}, append(strings.Fields(c.args), path)...)
		status := run.New(commands(), strings.NewReader(""), c.stdout, &stderr).Main(args)
		if status != run.ExitUndecided || !strings.Contains(stderr.String(), "time limit of 150ms reached") {
			t.Errorf("verify %s: status %d, %s", args, status, stderr.String())
		}
	}
	if _, err := os.Stat(path + ".out"); err == nil {
		t.Error("part of a result was left")
	}
}

func TestRedundGivesReasons(t *testing.T) {
	got := expect(t, 0, []string{"redund", polyhedraFixtures + "implied-equation.ine"})
	want := `a segment; whose equation follows from two inequalities
H-representation
linearity 1 1
begin
 3 3 integer
 -1 1 1
 0 1 0
 0 0 1
end
`
	if !strings.HasPrefix(got, want) || !strings.Contains(got, "* row 1: an equation: its negative = 1·row 2\n* row 1: needed: ") ||
		!strings.Contains(got, "* row 5: redundant: = -1·row 1 + 1·row 3 + 6\n* 2 of 5 rows are redundant\n") {
		t.Errorf("got\n%s", got)
	}
	expect(t, 0, []string{"redund", polyhedraFixtures + "segment.ext"}, "* row 3: redundant: = 1/2·row 1 + 1/2·row 2\n")
	expect(t, 0, []string{"redund", polyhedraFixtures + "lines-and-rays.ext"}, "* row 5: redundant: and its negative = -1·row 3 - 1·row 4\n")
	rays := inFile(t, "rays.ext", "V-representation\nbegin\n4 3 integer\n1 0 0\n0 1 1\n0 -2 -2\n0 1 0\nend\n")
	expect(t, 0, []string{"redund", rays}, "linearity 1 2\n", "* row 2: a line: its negative = 1/2·row 3\n", "* row 3: redundant: = -2·row 2\n")
	absurd := inFile(t, "absurd.ine", "H-representation\nbegin\n3 2 integer\n-1 1\n0 -1\n5 -1\nend\n")
	expect(t, 0, []string{"redund", absurd}, "* row 3: redundant: ", "* the polyhedron is empty: -1 = 1·row 1 + 1·row 2\n")
	expect(t, 0, []string{"redund", "-json", absurd}, `"empty":{"absurd":true,"rows":[{"row":1,"factor":"1"},{"row":2,"factor":"1"}]`)
	expect(t, 0, []string{"redund", "-canonical", absurd}, "1 2 integer\n -1 0\nend\n")
	third := inFile(t, "third.ine", "H-representation\nbegin\n3 3 integer\n-1 1 0\n0 -1 0\n5 -1 7\nend\n")
	expect(t, 0, []string{"redund", third}, "* row 3: redundant: the rows kept have no solution, -1 = 1·row 1 + 1·row 2\n")
	apex := inFile(t, "apex.ext", "V-representation\nbegin\n1 2 integer\n0 0\nend\n")
	expect(t, 0, []string{"redund", apex}, "* row 1: redundant: = 0\n")
}

// The unique form is that of conversions: every fixture is converted there and back.
func TestRedundCanonical(t *testing.T) {
	paths, err := filepath.Glob(polyhedraFixtures + "*.*e*")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d fixtures, %v", len(paths), err)
	}
	inside := func(text string) string {
		text = text[strings.Index(text, "-representation"):]
		return text[:strings.Index(text, "\nend")]
	}
	for _, path := range paths {
		there := inFile(t, "there", expect(t, 0, []string{"dd", path}))
		want := inside(expect(t, 0, []string{"dd", there}))
		if got := inside(expect(t, 0, []string{"redund", "-canonical", path})); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", path, got, want)
		}
	}
}

// Rows are numbered as in the file also if the file asks for more of them.
func TestRedundNamesNonnegativeRows(t *testing.T) {
	path := inFile(t, "a.ine", "H-representation\nnonnegative\nbegin\n3 3 integer\n1 -1 -1\n1 1 0\n3 -1 -1\nend\n")
	got := expect(t, 0, []string{"redund", path}, "* row 1: needed", "* row 2: redundant: = 1·(x_1 >= 0) + 1\n",
		"* row 3: redundant: = 1·row 1 + 2\n", "* x_1 >= 0: needed", "* x_2 >= 0: needed", "* 2 of 5 rows are redundant\n")
	if !strings.Contains(got, " 3 3 integer\n 1 -1 -1\n 0 1 0\n 0 0 1\nend\n") {
		t.Errorf("rows kept:\n%s", got)
	}
	expect(t, 0, []string{"redund", "-json", path}, `"kept":[1],"kept_nonnegative":[1,2]`, `{"nonnegative":2,"needed":true`, `"rows":[{"nonnegative":1,"factor":"1"}]`)
}

func TestRedundJSONAndFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kept.ine")
	out := expect(t, 0, []string{"redund", "-json", "-o", path, polyhedraFixtures + "point.ine"})
	var got struct {
		Kept    []int
		Reasons []struct {
			Needed  bool
			Witness []string
			Implied []struct{ Constant string }
		}
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Kept) != 2 || len(got.Reasons) != 5 || !got.Reasons[0].Needed || len(got.Reasons[0].Witness) != 3 ||
		got.Reasons[4].Needed || len(got.Reasons[4].Implied) != 1 || got.Reasons[4].Implied[0].Constant != "13/2" {
		t.Errorf("%s", out)
	}
	expect(t, 0, []string{"dd", path}, "1 1/2 3")
}

// A list is shown to be complete, or says that it was not, with -json in the object too,
// whatever the order and the number of workers.
func TestCompletenessIsNotPromisedUnchecked(t *testing.T) {
	const square = polyhedraFixtures + "square.ine"
	expect(t, run.ExitVerified, []string{"dd", "-json", square}, `"completeness":"checked"`)
	expect(t, run.ExitVerified, []string{"dd", "-v", square}, "2>completeness shown in")
	for _, args := range [][]string{{"dd", square}, {"dd", "-verify", square}} {
		if _, _, stderr := verify(args...); strings.Contains(stderr, "not checked") {
			t.Errorf("%v: %s", args, stderr)
		}
	}
	for _, j := range []string{"1", "2"} {
		expect(t, run.ExitVerified, []string{"dd", "-json", "-j", j, unevenRows(t)}, `"completeness":"not checked"`, "2>completeness not checked")
		expect(t, run.ExitVerified, []string{"dd", "-json", "-j", j, cellRows(t, 9)}, `"completeness":"checked"`)
	}
	for _, method := range []string{"fm", "dd", "cone", "auto"} {
		expect(t, run.ExitVerified, []string{"fm", "-method", method, "-json", "-keep", "1", square}, `"completeness":"checked"`)
	}
	expect(t, run.ExitVerified, []string{"fm", "-v", "-method", "fm", "-keep", "1", square}, "2>verified in")
	expect(t, run.ExitVerified, []string{"fm", "-json", "-method", "dd", "-keep", "1..7", unevenRows(t)}, `"completeness":"not checked"`, "2>completeness not checked")
}

// cellRows writes the rows u_i + v_T >= 0 for all i in T, T two or three of n tokens, with
// u_n = 0. For large n a proof of completeness takes longer than the conversion.
func cellRows(t *testing.T, n int) string {
	t.Helper()
	var sets []int
	for mask := range 1 << n {
		if size := bits.OnesCount(uint(mask)); size == 2 || size == 3 {
			sets = append(sets, mask)
		}
	}
	var rows []string
	for k, mask := range sets {
		for i := range n {
			if mask>>i&1 == 1 {
				row := make([]int, n+len(sets))
				if row[n+k] = 1; i < n-1 {
					row[1+i] = 1
				}
				rows = append(rows, strings.Trim(fmt.Sprint(row), "[]"))
			}
		}
	}
	return write(t, "cell.ine", fmt.Sprintf("H-representation\nbegin\n%d %d integer\n%s\nend\n", len(rows), n+len(sets), strings.Join(rows, "\n")))
}

// unevenRows writes 80 rows 1 ± x_1 ± ... ± x_8 >= 0 without symmetries, for which no proof of completeness
// gets far that may take half of the conversion.
func unevenRows(t *testing.T) string {
	t.Helper()
	const n, count = 8, 80
	var rows []string
	seen := map[int64]bool{}
	for x := int64(1); len(rows) < count; {
		x = (x*1103515245 + 12345) % (1 << 31) // the same rows each time
		signs := (x >> 12) % (1 << n)
		if seen[signs] {
			continue
		}
		seen[signs] = true
		row := "1"
		for i := range n {
			row += fmt.Sprint(" ", 2*(signs>>i&1)-1)
		}
		rows = append(rows, row)
	}
	return write(t, "uneven.ine", fmt.Sprintf("H-representation\nbegin\n%d %d integer\n%s\nend\n", count, 1+n, strings.Join(rows, "\n")))
}

// A conversion that fails its own check is the program's fault, and says what else to try.
func TestFaultOfAConversion(t *testing.T) {
	command := polyhedra.DDCommand()
	command.Run = func(*run.Call, []string) error {
		return fmt.Errorf("converting: %w", &doubledesc.Fault{Err: errors.New("ray 5 is not extreme")})
	}
	var stderr strings.Builder
	status := run.New(run.Table{{Name: "dd", Make: func() run.Command { return command }}}, strings.NewReader(""), io.Discard, &stderr).Main([]string{"dd", "x"})
	if status != run.ExitFault || !strings.Contains(stderr.String(), run.FaultText+"\nverify: another -order may do") {
		t.Errorf("status %d, %s", status, stderr.String())
	}
}
