package export_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/export"
)

func results(t *testing.T, content string) (list []*decide.Result) {
	t.Helper()
	list, err := decide.File(t.Context(), strings.NewReader(content), "t.thm")
	if err != nil {
		t.Fatal(err)
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

// The logic is that of the rows, too: products of symbols need not stand in a fact.
func TestSMT2Logic(t *testing.T) {
	var b bytes.Buffer
	if err := export.SMT2(&b, results(t, "param x\nparam y\nhave s: (x - y)^2 >= 0\nclaim x >= x")); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(b.String(), "(set-logic QF_NRA)\n") {
		t.Errorf("products in a linear logic:\n%s", b.String())
	}
}

// What is undecided is asked for, too, without a promise: a solver may know what no sum shows.
func TestSMT2OfTheUndecided(t *testing.T) {
	var b bytes.Buffer
	if err := export.SMT2(&b, results(t, "param x >= 0\nparam y\ngiven g: y >= x\nclaim y^2 >= x^2\nclaim x^4 - x^2 + 1 > 0\n")); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"(set-info :status unsat)\n", "; theorem, claim 2: does a row fail?\n(set-info :status unknown)\n", "(not (> (+ 1 (* (- 1) |x| |x|) (* |x| |x| |x| |x|)) 0))"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
	if z3, err := exec.LookPath("z3"); err == nil {
		ask := exec.Command(z3, "-T:20", "-in")
		ask.Stdin = &b
		if out, err := ask.Output(); string(out) != "unsat\nunsat\n" {
			t.Errorf("z3 says %q, %v", out, err)
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
		"\\item $3 b \\ge a_{x}$: $1\\cdot{}$[lower], $3\\cdot{}$[upper]",
		"(generator $1\\cdot{}$[lower], $3\\cdot{}$[upper])",
		"This point satisfies the system, and not b \\textgreater{} 1: all $0$.",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
	if open, end := strings.Count(b.String(), "\\begin{"), strings.Count(b.String(), "\\end{"); open != end {
		t.Errorf("%d environments begin, %d end", open, end)
	}
}

const corners = `theorem "100% of {corners} & [more]"
set A = {"s", "t'", 1}
param θ[i in A]
param b
assume named: 0 <= θ[1] <= b
var x[i in A]
s.t. r: x[i] <= θ[i] for i in A
s.t. fixed: b <= 7
claim b >= 1
claim x[1] <= b
claim feasible iff {
  b <= 7
}
maximize P: x[1]
find P
find feasible
claim P <= -1
claim P >= θ[1]
claim infeasible
`

// Each reference is to a tag, or to a line above, and no list is empty: then TeX takes it.
func TestLaTeXReferences(t *testing.T) {
	contents := map[string]string{"corners": corners, "vacuous": "var x\nparam a\ns.t. r: x >= a\nassume a >= 1\nassume a <= 0\nfind feasible", "hand": "param x\nparam y\ngiven g: x*y >= 1\nhave sq: (x-y)^2 >= 0\nclaim (x+y)^2 >= 4\nhave off: x >= 2\n"}
	for _, name := range []string{"md-t3", "hk-false", "border-2-2", "balke-pearl-lower", "shannon", "max-flow", "hoffman", "birkhoff", "crs-u-3"} {
		data, err := os.ReadFile("../../../fixtures/theorems/" + name + ".thm")
		if err != nil {
			t.Fatal(err)
		}
		contents[name] = string(data)
	}
	tag, reference := regexp.MustCompile(`\\tag\*\{(.*)\}`), regexp.MustCompile(`cdot\{\}\$\[(.*?)\](?:, \$|\)|\.?$)`)
	count := 0
	for name, content := range contents {
		var b bytes.Buffer
		if err := export.LaTeX(&b, results(t, content)); err != nil {
			t.Fatal(err)
		}
		tags, lines, last := map[string]bool{}, 0, ""
		for line := range strings.Lines(b.String()) {
			line = strings.TrimSpace(line)
			if m := tag.FindStringSubmatch(line); m != nil {
				tags[m[1]] = true
			}
			switch {
			case line == "\\begin{enumerate}":
				lines = 0
			case strings.HasPrefix(line, "\\item"):
				lines++
			case strings.HasPrefix(line, "\\paragraph"):
				delete(tags, "P") // each proof has its own
			}
			for _, m := range reference.FindAllStringSubmatch(line, -1) {
				count++
				n, isLine := 0, strings.Contains(m[1], "line ")
				if isLine {
					_, _ = fmt.Sscanf(m[1][strings.Index(m[1], "line "):], "line %d", &n)
				}
				if isLine && (n < 1 || n > lines) || !isLine && !tags[m[1]] {
					t.Errorf("%s: nothing has the tag %q of\n%s", name, m[1], line)
				}
			}
			if strings.HasPrefix(last, "\\begin{") && strings.HasPrefix(line, "\\end{") || strings.Contains(line, ": ,") || strings.Contains(line, "[]") {
				t.Errorf("%s: %s %s", name, last, line)
			}
			last = line
		}
	}
	if count < 500 {
		t.Errorf("only %d references", count)
	}
}
