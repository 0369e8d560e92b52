package decide_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/theorems"
)

// without leaves out what a file says of symmetries, and keeps the lines.
func without(content string) string {
	lines := strings.Split(content, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "symmetric") {
			lines[i] = "#"
		}
	}
	return strings.Join(lines, "\n")
}

// same compares what is decided with and without symmetry, and lets the checker accept both. Which assumptions a proof does not use, and which of
// several images of a row fails at the point that is shown, may differ.
func same(t *testing.T, content string) (status []theorems.Status) {
	t.Helper()
	var a, b []string
	for _, r := range settle(t, content) {
		r.Unused = nil
		a = append(a, line(r))
		status = append(status, r.Status)
	}
	for _, r := range settle(t, without(content)) {
		r.Unused = nil
		b = append(b, line(r))
	}
	if strings.Join(a, "\n") != strings.Join(b, "\n") {
		t.Errorf("%s\nis settled with symmetry\n%s\nwithout\n%s", content, strings.Join(a, "\n"), strings.Join(b, "\n"))
	}
	return status
}

func TestSymmetryChangesNothing(t *testing.T) {
	files, _ := filepath.Glob("../../../fixtures/theorems/*.thm")
	n := 0
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(content), "\nsymmetric") {
			same(t, string(content))
			n++
		}
	}
	if n < 8 {
		t.Errorf("only %d files say something of symmetry", n)
	}
}

// Random systems over three or two things that may be exchanged, with claims of which some are symmetric, some not, some true, some false.
func TestRandomSymmetricSystems(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 28))
	count := map[theorems.Status]int{}
	for range 80 {
		row := func() string {
			c := func() int64 { return r.Int64N(4) - 1 }
			sign := []string{"<=", "<=", "="}[r.IntN(3)]
			return fmt.Sprintf("%d*x[i] + %d*sum(x[j] for j in A) + %d*y %s %d*c[i] + %d*d + %d", c(), c(), c(), sign, c(), c(), c())
		}
		text := fmt.Sprintf("set A = 1..%d\nparam c[i in A]\nassume sum(c[i] for i in A) >= -1\nparam d\nassume d >= 0\nvar x[i in A] >= 0\nvar y\nsymmetric A\n", 2+r.IntN(2))
		for k := range 1 + r.IntN(2) {
			text += fmt.Sprintf("s.t. r%d: %s for i in A\n", k, row())
		}
		text += "s.t. total: sum(x[i] for i in A) <= d + sum(c[i] for i in A)\ns.t. top: y <= d + 1\nmaximize P: y + sum(x[i] for i in A)\n"
		text += "find P\nfind feasible\nclaim feasible iff {\n c[i] >= 0 for i in A\n}\nclaim feasible iff {\n c[1] >= 0\n}\nclaim x[i] <= d + 1 for i in A\nclaim x[1] <= 2*d\nclaim P >= d\nclaim P = min(c[i] + d for i in A)\n"
		for _, s := range same(t, text) {
			count[s]++
		}
		if t.Failed() {
			return
		}
	}
	for _, s := range []theorems.Status{theorems.Proved, theorems.Refuted, theorems.Found, theorems.Vacuous} {
		if count[s] < 5 {
			t.Errorf("only %d claims are %v", count[s], s)
		}
	}
}

// Images do much of the work for Border's theorem for two bidders with five types: the certificate has few steps.
func TestImagesOfBorder(t *testing.T) {
	content := `set S = 1..5
set T = 1..5
param w[s in S, t in T] >= 0
param M[s in S]
param N[t in T]
var x[s in S, t in T] >= 0
var y[s in S, t in T] >= 0
s.t. one: x[s,t] + y[s,t] <= w[s,t] for s in S for t in T
s.t. first: sum(x[s,t] for t in T) = M[s] for s in S
s.t. second: sum(y[s,t] for s in S) = N[t] for t in T
symmetric S, T
claim feasible iff {
  M[s] >= 0 for s in S
  N[t] >= 0 for t in T
  sum(M[s] for s in A) + sum(N[t] for t in B) <= sum(w[s,t] for s in S for t in T if s in A or t in B) for A in subsets(S) for B in subsets(T)
}
`
	r := settle(t, content)[0]
	if r.Status != theorems.Proved || len(r.Form.Conditions) != 921 {
		t.Errorf("%v, %d rows", r.Status, len(r.Form.Conditions))
	}
	if s := r.Settled[0]; len(s.Problem.Rows) > 40 || len(s.Problem.Rows)+len(s.Images) < 1000 {
		t.Errorf("%d representatives, %d images", len(s.Problem.Rows), len(s.Images))
	}
}
