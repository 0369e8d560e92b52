package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"pstar/cmd/verify/internal/run"
	"pstar/cone"
	"pstar/format/ine"
)

const square = `square with a redundant row
H-representation
begin
 5 3 rational
 1 1 0
 1 -1 0
 1 0 1
 1 0 -1
 5 1 1
end
`

// runText runs the command and returns exit status and both outputs.
func runText(t *testing.T, stdin string, args ...string) (int, string, string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run.New(commands(), strings.NewReader(stdin), &stdout, &stderr).Main(args)
	return status, stdout.String(), stderr.String()
}

func TestFM(t *testing.T) {
	want := "H-representation\nbegin\n 2 2 integer\n 1 -1\n 1 1\nend\n"
	for _, args := range [][]string{
		{"fm", "-eliminate", "x2", "-"},
		{"fm", "-keep", "1", "-"},
		{"fm", "-", "-eliminate", "2", "-method", "dd"},
		{"fm", "-eliminate", "x2", "-order", "given", "-q", "-"},
	} {
		status, stdout, stderr := runText(t, square, args...)
		if status != run.ExitVerified || stdout != want {
			t.Errorf("%v: status %d, output\n%s%s", args, status, stdout, stderr)
		}
	}
	status, stdout, _ := runText(t, square+"project 1 1\n", "fm", "-")
	if status != run.ExitVerified || stdout != want {
		t.Errorf("project: status %d, output\n%s", status, stdout)
	}
}

func TestFMBadUsage(t *testing.T) {
	for args, want := range map[string]string{
		"-":                             "nothing to eliminate",
		"-eliminate x3 -":               `-eliminate: "x3": expected variables from x1 to x2`,
		"-keep y -":                     `-keep: "y": expected variables`,
		"-keep 0 -":                     `-keep: "0": expected variables`,
		"-eliminate x1,x1 -":            "x1 is named twice",
		"-keep x1..x2,2 -":              "x2 is named twice",
		"-eliminate x2..x1 -":           "expected variables",
		"-eliminate x1 -keep x2 -":      "not both",
		"-eliminate x1":                 "expected one file, got 0",
		"-eliminate x1 - -":             "expected one file, got 2",
		"-eliminate x1 -method lp -":    "expected auto, cone, dd or fm",
		"-eliminate x1 -order any -":    "expected auto or given",
		"-eliminate x1 -redundancy x -": "expected minimal",
		"-eliminate x1 -trace - -trace-style html -":     "expected text, markdown or latex",
		"-eliminate x1 -trace-style latex -":             "-trace-style has no effect without -trace",
		"-eliminate x1 -method dd -trace - -":            "-trace has no effect with -method dd",
		"-eliminate x1 -method dd -trace c -":            "-trace has no effect with -method dd",
		"-eliminate x1 -method dd -order given -":        "-order has no effect with -method dd",
		"-eliminate x1 -method dd -redundancy minimal -": "-redundancy has no effect with -method dd",
		"-k 2 -n 3 -":                         "give a file, or -k and -n, not both",
		"-k 2 -n 3 -keep x1":                  "-keep has no effect with -k and -n",
		"-k 2":                                "-k 2 -n 0",
		"-eliminate x1 -o no/where -":         "no/where",
		"-eliminate x1 -o a -certificate a -": "the file of two flags",
		"-eliminate x1 -certificate a.md -trace a.md -": "the file of two flags",
	} {
		status, stdout, stderr := runText(t, square, append([]string{"fm"}, strings.Fields(args)...)...)
		if status != run.ExitUsage || !strings.Contains(stderr, want) || stdout != "" {
			t.Errorf("%s: status %d, %q, want %q", args, status, stderr, want)
		}
	}
	for option, want := range map[string]string{
		"eliminate 1 3":                        "standard input:11: eliminate: \"3\": expected variables",
		"eliminate 2 1":                        "standard input:11: eliminate: expected the number of variables",
		"project":                              "standard input:11: project: expected the number of variables",
		"eliminate 1 1\nproject 1 2":           "standard input:12: a second line on what to eliminate, after line 11",
		"strict_inequality 1 6":                "standard input:11: row 6 is in strict_inequality, but there are 5 rows",
		"strict_inequality 1 one":              "standard input:11: cannot read \"one\"",
		"linearity 1 1\nstrict_inequality 1 1": "standard input:12: row 1 is in strict_inequality and in the linearity",
	} {
		if status, _, stderr := runText(t, square+option+"\n", "fm", "-"); status != run.ExitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %q, want %q", option, status, stderr, want)
		}
	}
	if status, _, stderr := runText(t, "H-representation\nbegin\n1 2 integer\n1 x\nend\n", "fm", "-eliminate", "x1", "-"); status != run.ExitUsage || !strings.Contains(stderr, "standard input:4") {
		t.Errorf("bad number: status %d, %q", status, stderr)
	}
}

func TestFMEmpty(t *testing.T) {
	empty := "H-representation\nbegin\n2 3 integer\n-2 1 1\n1 -1 -1\nend\n"
	for _, method := range []string{"fm", "dd"} {
		status, stdout, _ := runText(t, empty, "fm", "-eliminate", "x1", "-method", method, "-")
		if status != run.ExitVerified || !strings.Contains(stdout, " -1 0\n") {
			t.Errorf("%s: status %d\n%s", method, status, stdout)
		}
	}
	path := filepath.Join(t.TempDir(), "empty.json")
	if status, _, stderr := runText(t, empty, "fm", "-method", "fm", "-eliminate", "x1", "-certificate", path, "-"); status != run.ExitVerified {
		t.Fatal(stderr)
	}
	if _, stdout, _ := runText(t, "", "check", path); !strings.Contains(stdout, "FM-I proved") {
		t.Error(stdout)
	}
}

// Where nothing is kept, the result is a verdict with its witness, and a certificate of it.
// An object says what the text says, also that the point is 0; and a limit ends no command without an object.
func TestFMVerdictObjects(t *testing.T) {
	expect(t, run.ExitVerified, []string{"fm", "-json", "-eliminate", "1,2", polyhedraFixtures + "square.ine"}, `"verdict":"feasible"`, `"point":[]`)
	for _, args := range []string{"fm -eliminate 1", "dd", "redund"} {
		expect(t, run.ExitUndecided, append(words(args), "-json", "-timeout", "1ns", polyhedraFixtures+"square.ine"), `{"verdict":"undecided","claims":[],"command":"`+words(args)[0]+`"`)
	}
}

func TestFMVerdict(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	for _, c := range []struct {
		rows, want string
		status     int
	}{
		{"strict_inequality 1 1\nbegin\n2 3 integer\n0 1 0\n-2 1 1\nend\nnames a b\n", "feasible\npoint: a = ", run.ExitVerified},
		{"begin\n3 2 integer\n-2 1\n1 -1\n5 1\nend\n", "infeasible\nmultipliers of a sum of rows that is a contradiction: row 1 = 1, row 2 = 1\n", run.ExitRefuted},
	} {
		all := map[bool]string{true: "a,b", false: "x1"}[strings.Contains(c.rows, "names")]
		status, stdout, stderr := runText(t, "H-representation\n"+c.rows, "fm", "-eliminate", all, "-certificate", path, "-")
		if status != c.status || !strings.HasPrefix(stdout, c.want) {
			t.Errorf("status %d\n%s%s\nwant %s", status, stdout, stderr, c.want)
		}
		if status, stdout, _ := runText(t, "", "check", path); status != run.ExitVerified || !strings.Contains(stdout, "valid") {
			t.Errorf("status %d, %s", status, stdout)
		}
		for _, method := range []string{"cone", "dd", "fm"} {
			if status, also, stderr := runText(t, "H-representation\n"+c.rows, "fm", "-method", method, "-eliminate", all, "-"); status != c.status || also != stdout {
				t.Errorf("-method %s: status %d\n%s%s\nwant %s", method, status, also, stderr, stdout)
			}
			result := filepath.Join(t.TempDir(), "r")
			status, _, stderr := runText(t, "H-representation\n"+c.rows, "fm", "-method", method, "-eliminate", all, "-o", result, "-")
			if written, _ := os.ReadFile(result); status != c.status || string(written) != stdout {
				t.Errorf("-method %s -o: status %d\n%s%s\nwant %s", method, status, written, stderr, stdout)
			}
		}
	}
	if status, stdout, _ := runText(t, "H-representation\nbegin\n1 2 integer\n-2 1\nend\n", "fm", "-eliminate", "x1", "-json", "-"); status != run.ExitVerified || !strings.Contains(stdout, `"verdict":"feasible"`) {
		t.Errorf("status %d, %s", status, stdout)
	}
}

// Names are those of the file, and stay.
func TestFMNames(t *testing.T) {
	const file = "H-representation\nbegin\n3 4 integer\n0 1 0 0\n0 -1 1 0\n0 0 -1 1\nend\nnames low middle high\n"
	status, stdout, stderr := runText(t, file, "fm", "-eliminate", "middle", "-")
	before := strings.Replace(strings.Replace(file, "names low middle high\n", "", 1), "begin", "names low middle high\nbegin", 1)
	if _, also, _ := runText(t, before, "fm", "-eliminate", "middle", "-"); also != stdout {
		t.Errorf("names before the rows: %s", also)
	}
	if want := "H-representation\nbegin\n 2 3 integer\n 0 -1 1\n 0 1 0\nend\nnames low high\n"; status != run.ExitVerified || stdout != want {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
	for line, want := range map[string]string{"names a b": "expected 3 names", "names a a b": "stands twice", "names a b c,d": "cannot be a name"} {
		if status, _, stderr := runText(t, strings.Replace(file, "names low middle high", line, 1), "fm", "-eliminate", "1", "-"); status != run.ExitUsage || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %s", line, status, stderr)
		}
	}
	path := filepath.Join(t.TempDir(), "m.lp")
	if err := os.WriteFile(path, []byte("min u\nst\n c: u + v >= 2\n d: u + w = 1\nbounds\n v <= 4\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	status, stdout, stderr = runText(t, "", "fm", "-keep", "u", path)
	if want := "H-representation\nbegin\n 2 2 integer\n 0 1\n 1 -1\nend\nnames u\n"; status != run.ExitVerified || stdout != want {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
}

// Demands for integers are an error that says what to do, and fm does it.
func TestFMRelax(t *testing.T) {
	const path = "../../fixtures/lp/integers.lp"
	if status, _, stderr := runText(t, "", "fm", "-keep", "x", path); status != run.ExitUsage || !strings.Contains(stderr, "-relax") {
		t.Errorf("status %d, %s", status, stderr)
	}
	status, stdout, stderr := runText(t, "", "fm", "-relax", "-keep", "x", path)
	if want := "H-representation\nbegin\n 2 2 integer\n 0 1\n 3 -2\nend\nnames x\n"; status != run.ExitVerified || stdout != want {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
	if status, _, stderr := runText(t, "H-representation\nbegin\n1 2 integer\n0 1\nend\n", "fm", "-relax", "-keep", "1", "-"); status != run.ExitUsage || !strings.Contains(stderr, "-relax has no effect") {
		t.Errorf("status %d, %s", status, stderr)
	}
}

// A projection that is ended says how far it came and what to try.
func TestFMAdvice(t *testing.T) {
	var file strings.Builder
	fmt.Fprintf(&file, "H-representation\nnames a b c d e f g h i j k l\nbegin\n60 13 integer\n")
	r := rand.New(rand.NewPCG(1, 4))
	for range 60 {
		fmt.Fprintf(&file, "%d", 10+r.IntN(50))
		for range 12 {
			fmt.Fprintf(&file, " %d", r.IntN(19)-9)
		}
		fmt.Fprintln(&file)
	}
	file.WriteString("end\n")
	for method, want := range map[string]*regexp.Regexp{
		"auto": regexp.MustCompile(`neither way was done: \d+ generators of the projection cone after \d+ of 60 rows; \d+ vertices and rays after \d+ of 61 rows\n.*more time may do, or -method fm`),
		"cone": regexp.MustCompile(`not done: \d+ generators of the projection cone after \d+ of 60 rows\n.*-method auto tries another way`),
		"dd":   regexp.MustCompile(`not done: \d+ vertices and rays after \d+ of 61 rows\n.*-method fm eliminates`),
		"fm":   regexp.MustCompile(`eliminated \d+ of 6 variables, with \d+ rows then; -method auto does without`),
	} {
		var status int
		var stdout, stderr string
		for _, limit := range []string{"300ms", "3s", "30s"} { // a busy machine may spend the first ones on reading
			if status, stdout, stderr = runText(t, file.String(), "fm", "-keep", "a,b,c,d,e,f", "-method", method, "-timeout", limit, "-"); want.MatchString(stderr) {
				break
			}
		}
		if status != run.ExitUndecided || stdout != "" || !want.MatchString(stderr) {
			t.Errorf("-method %s: status %d, %s%s", method, status, stdout, stderr)
		}
	}
}

// All routes write the same, and leave certificates.
func TestFMRoutes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json.gz")
	first := ""
	for _, method := range []string{"fm", "auto", "cone", "dd"} {
		status, stdout, stderr := runText(t, square, "fm", "-eliminate", "x2", "-method", method, "-certificate", path, "-")
		if first == "" {
			first = stdout
		}
		if status != run.ExitVerified || stdout != first {
			t.Errorf("%s: status %d\n%s%swant\n%s", method, status, stdout, stderr, first)
		}
		if status, stdout, _ := runText(t, "", "check", path); status != run.ExitVerified {
			t.Errorf("%s: %s", method, stdout)
		}
	}
}

func TestFMTrace(t *testing.T) {
	for style, want := range map[string]string{"text": "step 1", "markdown": "## Fourier", "latex": "\\begin{itemize}"} {
		result := filepath.Join(t.TempDir(), "r.ine")
		status, stdout, stderr := runText(t, square, "fm", "-eliminate", "x2", "-o", result, "-trace", "-", "-trace-style", style, "-")
		if status != run.ExitVerified || !strings.Contains(strings.ToLower(stdout), strings.ToLower(want)) {
			t.Errorf("%s: status %d\n%s%s", style, status, stdout, stderr)
		}
		if !strings.Contains(contents(t, result), "end\n") {
			t.Errorf("%s: no result", style)
		}
	}
	status, stdout, stderr := runText(t, square, "fm", "-eliminate", "x2", "-trace", "-", "-")
	result, trace, _ := strings.Cut(stdout, "end\n")
	if status != run.ExitVerified || !strings.HasPrefix(result, "H-representation\n") || !strings.Contains(strings.ToLower(trace), "step 1") || strings.Contains(stderr, "step 1") {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
}

// TestFMMethodsAgree compares elimination with projection through rays on
// random polyhedraFixtures, many with equations: the files must be the same to the byte,
// and no row can be left out of them.
func TestFMMethodsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 5))
	equations, empty := 0, 0
	for range 200 {
		n, m := 2+rng.IntN(3), 3+rng.IntN(6)
		var b strings.Builder
		b.WriteString("H-representation\n" + []string{"", "linearity 1 1\n", "linearity 2 1 3\n"}[rng.IntN(3)])
		fmt.Fprintf(&b, "begin\n%d %d integer\n", m, n+1)
		for range m {
			fmt.Fprint(&b, rng.IntN(7)-2)
			for range n {
				fmt.Fprint(&b, " ", rng.IntN(7)-3)
			}
			b.WriteString("\n")
		}
		b.WriteString("end\n")
		var results []string
		for _, method := range []string{"fm", "dd"} {
			status, stdout, stderr := runText(t, b.String(), "fm", "-eliminate", "x1", "-method", method, "-")
			if status != run.ExitVerified {
				t.Fatalf("%s: %s\n%s", method, stderr, b.String())
			}
			results = append(results, stdout)
		}
		if results[0] != results[1] {
			t.Errorf("the methods differ on\n%s\n%s\n%s", b.String(), results[0], results[1])
		}
		if strings.Contains(results[0], "linearity") {
			equations++
		}
		if strings.Contains(results[0], "\n 1 "+strconv.Itoa(n)+" integer\n -1"+strings.Repeat(" 0", n-1)+"\n") {
			empty++
			continue
		}
		if _, reasons, _ := runText(t, results[0], "redund", "-"); strings.Contains(reasons, ": redundant") {
			t.Errorf("a row can be left out of\n%s%s", results[0], reasons)
		}
	}
	if equations < 40 || empty < 10 {
		t.Errorf("the polyhedra are too much alike: %d with equations, %d empty", equations, empty)
	}
}

// TestFMThroughRaysWithEquations projects the polyhedra among the fixtures on which a conversion that
// measures ranks in the whole space, and not modulo the equations, goes wrong: once as they
// are, and once with each equation as two rows.
func TestFMThroughRaysWithEquations(t *testing.T) {
	for _, name := range []string{"chsh", "flux", "fractions", "instrument"} {
		in, err := ine.Open(polyhedraFixtures + "equations/" + name + ".ine")
		if err != nil {
			t.Fatal(err)
		}
		pairs := &cone.Polyhedron{Representation: in.Representation, Columns: in.Columns}
		for _, r := range in.Rows {
			pairs.Rows = append(pairs.Rows, cone.Row{Vector: r.Vector})
			if r.Linear {
				pairs.Rows = append(pairs.Rows, cone.Row{Vector: r.Vector.Neg()})
			}
		}
		if len(pairs.Rows) == len(in.Rows) {
			t.Fatalf("%s has no equation", name)
		}
		var results [2]string
		for i, p := range []*cone.Polyhedron{&in.Polyhedron, pairs} {
			var text bytes.Buffer
			if err := ine.Write(&text, p); err != nil {
				t.Fatal(err)
			}
			status, stdout, stderr := runText(t, text.String(), "fm", "-method", "dd", "-keep", "1.."+strconv.Itoa(in.Columns/2), "-")
			if status != run.ExitVerified {
				t.Errorf("%s: status %d\n%s", name, status, stderr)
			}
			results[i] = stdout
		}
		if results[0] != results[1] || strings.Count(results[0], "\n") < 10 {
			t.Errorf("%s: with equations\n%s\nwith pairs of rows\n%s", name, results[0], results[1])
		}
	}
}

// TestFMStrict: a row of the projection is strict if one that it needs is.
func TestFMStrict(t *testing.T) {
	const rows = "begin\n4 3 integer\n0 1 -1\n0 0 1\n5 -1 0\n9 0 -1\nend\n" // x1 >= x2 >= 0, x1 <= 5, x2 <= 9
	const out = "begin\n 2 2 integer\n 0 1\n 5 -1\nend\n"
	for strict, want := range map[string]string{
		"":                          "",
		"strict_inequality 1 1\n":   "strict_inequality 1 1\n",
		"strict_inequality 1 2\n":   "strict_inequality 1 1\n",
		"strict_inequality 1 3\n":   "strict_inequality 1 2\n",
		"strict_inequality 1 4\n":   "",
		"strict_inequality 2 1 3\n": "strict_inequality 2 1 2\n",
	} {
		status, stdout, stderr := runText(t, "H-representation\n"+strict+rows, "fm", "-eliminate", "x2", "-q", "-")
		if status != run.ExitVerified || stdout != "H-representation\n"+want+out {
			t.Errorf("%q: status %d\n%s%s", strict, status, stdout, stderr)
		}
	}
	strict := "H-representation\nstrict_inequality 1 2\n" + rows
	if _, stdout, _ := runText(t, strict, "fm", "-eliminate", "x2", "-json", "-"); !strings.Contains(stdout, `"strict_inequality":[1]`) {
		t.Error(stdout)
	}
	for _, method := range []string{"auto", "cone", "dd", "fm"} {
		if status, stdout, stderr := runText(t, strict, "fm", "-eliminate", "x2", "-method", method, "-"); status != run.ExitVerified || !strings.Contains(stdout, "strict_inequality 1 1\n") {
			t.Errorf("%s: status %d, %s%s", method, status, stdout, stderr)
		}
	}
	// x2 > 0 and x2 < 0: empty, by a certificate.
	path := filepath.Join(t.TempDir(), "empty.json")
	status, stdout, stderr := runText(t, "H-representation\nstrict_inequality 1 1\nbegin\n2 3 integer\n0 0 1\n0 0 -1\nend\n",
		"fm", "-method", "fm", "-eliminate", "x2", "-certificate", path, "-")
	if status != run.ExitVerified || !strings.Contains(stdout, " -1 0\n") {
		t.Errorf("empty: status %d\n%s%s", status, stdout, stderr)
	}
	if _, stdout, _ := runText(t, "", "check", path); !strings.Contains(stdout, "FM-I proved") {
		t.Error(stdout)
	}
}

// TestMDT2_FMCell projects transport polytopes from the command line, by both
// methods, and checks the certificate.
func TestMDT2_FMCell(t *testing.T) {
	for _, c := range []struct{ k, n, rows string }{{"2", "4", "21"}, {"3", "4", "25"}, {"4", "5", "56"}} {
		path := filepath.Join(t.TempDir(), "cell.json.gz")
		status, stdout, stderr := runText(t, "", "fm", "-k", c.k, "-n", c.n, "-certificate", path)
		if status != run.ExitVerified || !strings.Contains(stdout, "\n "+c.rows+" ") || !strings.Contains(stderr, "that of MD-T2") {
			t.Errorf("%v: status %d\n%s%s", c, status, stdout, stderr)
		}
		if _, report, _ := runText(t, "", "check", path); !strings.Contains(report, "K = "+c.k+" drafts, N = "+c.n) || !strings.Contains(report, "FM-C proved, MD-L2 proved, MD-L3 proved, MD-L4 proved") {
			t.Errorf("%v: %s", c, report)
		}
		if _, dd, _ := runText(t, "", "fm", "-k", c.k, "-n", c.n, "-method", "dd"); dd != stdout {
			t.Errorf("%v: through rays\n%s", c, dd)
		}
	}
}

// Writing a long certificate ends with the context.
func TestCertificateWritingIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	// The context ends while the document is written.
	long := func(w io.Writer) error {
		for range 100 {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return err
			}
			cancel(run.ErrInterrupted)
		}
		return nil
	}
	path := filepath.Join(t.TempDir(), "c.json")
	command := run.Command{Run: func(c *run.Call, _ []string) error {
		c.Flags().Limits().Context()
		return c.WriteFile(path, long)
	}}
	c := run.New(run.Table{{Make: func() run.Command { return command }}}, strings.NewReader(""), io.Discard, io.Discard)
	c.Polled = func(context.Context, context.CancelCauseFunc) context.Context { return ctx }
	if status := c.Main([]string{"-x"}); status != run.ExitInterrupted {
		t.Errorf("status %d", status)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("part of a certificate was left")
	}
}
