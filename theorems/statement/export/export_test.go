package export_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/export"
)

func results(t *testing.T, content string) (list []*decide.Result) {
	t.Helper()
	systems, err := statement.Read(strings.NewReader(content), "t.thm")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range systems {
		for i := range s.Claims {
			r, err := decide.Claim(t.Context(), s, i)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, r)
		}
	}
	return list
}

const interval = `theorem "T_1"
param a[i in {"x"}] >= 0
param b
var x >= 0
s.t. lower: x >= a["x"] / 3
s.t. upper: x <= b
claim feasible iff {
  a["x"] <= 3*b
}
claim b > 1
`

func TestSMT2(t *testing.T) {
	var b bytes.Buffer
	if err := export.SMT2(&b, results(t, interval)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"(set-logic QF_LRA)\n(push 1)\n; T_1, claim 1: does a row fail?\n(set-info :status unsat)\n(declare-const |a[x]| Real)\n(declare-const |b| Real)\n(declare-const |x| Real)\n(assert (>= |x| 0))\n",
		"(assert (>= (+ (* (- 1) |a[x]|) (* 3 |x|)) 0))",
		"(assert (or false\n  (not (>= (+ (* (- 1) |a[x]|) (* 3 |b|)) 0))",
		"; T_1, claim 2: does a row fail?\n(set-info :status sat)",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

// Where z3 is installed, its answers are those that are promised.
func TestSolverAgrees(t *testing.T) {
	z3, err := exec.LookPath("z3")
	if err != nil {
		t.Skip("no z3")
	}
	for _, name := range []string{"", "md-t3", "md-t3-false", "hk-false", "gelfand-pinsker", "max-flow", "shannon-false", "ingleton"} {
		content := interval
		if name != "" {
			data, err := os.ReadFile("../../../fixtures/theorems/" + name + ".thm")
			if err != nil {
				t.Fatal(err)
			}
			content = string(data)
		}
		path := filepath.Join(t.TempDir(), "q.smt2")
		var b bytes.Buffer
		if err := export.SMT2(&b, results(t, content)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		out, _ := exec.Command(z3, "-T:20", path).CombinedOutput()
		var want []string
		for line := range strings.Lines(b.String()) {
			if status, ok := strings.CutPrefix(line, "(set-info :status "); ok {
				want = append(want, strings.TrimSuffix(status, ")\n"))
			}
		}
		if got := strings.Fields(string(out)); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: z3 says %v, want %v", name, got, want)
		}
	}
}

func TestLaTeX(t *testing.T) {
	var b bytes.Buffer
	if err := export.LaTeX(&b, results(t, interval)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\\subsection*{T\\_1}\nParameters: $a_{x}$, $b$.\n\nUnknowns: $x \\ge 0$.\n",
		"x \\ge \\tfrac{1}{3} a_{x} \\tag*{lower}",
		"$3 b \\ge a_{x}$: $1\\cdot{}$[lower], $3\\cdot{}$[upper]",
		"(generator $1\\cdot{}$[lower], $3\\cdot{}$[upper])",
		"This point satisfies the system, and not b > 1:",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
	if open, end := strings.Count(b.String(), "\\begin{"), strings.Count(b.String(), "\\end{"); open != end {
		t.Errorf("%d environments begin, %d end", open, end)
	}
}
