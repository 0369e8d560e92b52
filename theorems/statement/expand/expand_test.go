package expand_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"pstar/format/text"
	"pstar/theorems/statement"
	"pstar/theorems/statement/expand"
)

func systems(t *testing.T, content string) []*statement.System {
	t.Helper()
	list, err := expand.Read(strings.NewReader(content), "t.thm")
	if err != nil {
		t.Fatalf("%v\nin\n%s", err, content)
	}
	return list
}

func textOf(t *testing.T, content string) string {
	t.Helper()
	var b strings.Builder
	for _, s := range systems(t, content) {
		if err := s.WriteText(&b); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// Every example of the page on the language is a theorem file.
func TestExamplesOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../../docs/theorem-files.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(page), "```thm\n")
	if len(blocks) < 9 {
		t.Fatalf("%d examples", len(blocks)-1)
	}
	for _, b := range blocks[1:] {
		b, _, _ = strings.Cut(b, "```")
		systems(t, b)
	}
}

func TestFilesOfTheLibrary(t *testing.T) {
	files, err := filepath.Glob("../../../fixtures/theorems/*.thm")
	if err != nil || len(files) < 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := expand.Read(f, filepath.Base(path)); err != nil {
			t.Error(err)
		}
		f.Close()
	}
}

// What the parts of the language mean, by what they expand to.
func TestMeaning(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"ranges, conditions, chains", `
param x[i in 1..4 , j in {1,3} if i < j <= 3]
claim 0 <= sum(x[i,j] for j in {3,1} for i in 1..4 if i < j) <= 1`, `theorem "theorem"
2 parameters: x[1,3], x[2,3]
0 unknowns: 
claim 2 rows
  0 <= x[1,3] + x[2,3]
  x[1,3] + x[2,3] <= 1
`},
		{"subsets, inclusion, components, texts", `
set A = {"s","t"}
param w[p in A*A]
claim sum(w[p] for p in A*A if p[0] == "s" and not p[1] == "s") + 0.25*card({S for S in subsets(A) if S <= {"s"} and S < A}) < 3/2 * w["s","s"]`, `theorem "theorem"
4 parameters: w[s,s], w[s,t], w[t,s], w[t,t]
0 unknowns: 
claim w[s,t] + 1/2 < 3/2*w[s,s]
`},
		{"texts that could be read as something else", `
param c[i in {1, (1,2), "1", "1,2", "a\b"}]
claim c["1"] + c["1,2"] >= c[1] + c[1,2] - c["a\b"]`, `theorem "theorem"
5 parameters: c[1], c["1"], c["1,2"], c["a\b"], c[1,2]
0 unknowns: 
claim c["1"] + c["1,2"] >= c[1] - c["a\b"] + c[1,2]
`},
		{"a permutation acts on every factor of a product", `
set A = 1..2
param x[i in A] >= 0
symmetric A
given g: x[1]*x[2] >= 1
have h: x[i]^2*x[2] >= x[i] for i in A if i == 1 by combine x[i]*g
claim x[1]*x[2] >= 1`, `theorem "theorem"
2 parameters: x[1] >= 0, x[2] >= 0
0 unknowns: 
s.t. g: x[1]*x[2] >= 1
have h[1]: x[1]^2*x[2] >= x[1]
symmetric A
claim x[1]*x[2] >= 1
`},
		{"order of the file, instances, facts", `
theorem "T"
let n = 1..m
let m = 2
claim P <= p[n] / 2
maximize P: x - (y - x)
s.t. r: x + y = p[i] for i in A
assume p[i] >= 0 for i in A
set A = 1..n
var y
var x >= 0
param p[i in A]
assume 0 <= 1`, `theorem "T" with n = 1
1 parameter: p[1]
2 unknowns: y, x >= 0
s.t. r[1]: y + x = p[1]
assume p[1] >= 0
# left out: 1 rows that read 0 >= 0 or the like
maximize P: -y + 2*x
claim P <= 1/2*p[1]
theorem "T" with n = 2
2 parameters: p[1], p[2]
2 unknowns: y, x >= 0
s.t. r[1]: y + x = p[1]
s.t. r[2]: y + x = p[2]
assume p[1] >= 0
assume p[2] >= 0
# left out: 1 rows that read 0 >= 0 or the like
maximize P: -y + 2*x
claim P <= 1/2*p[2]
`},
		{"entropies", `
entropy A, B C
assume A / B / C
assume A . B
assume C : A,B
claim I(A;B|C) <= H(A)`, `theorem "theorem"
7 parameters: H(A), H(B), H(A,B), H(C), H(A,C), H(B,C), H(A,B,C)
0 unknowns: 
assume H(A,B,C) >= H(B,C)
assume H(A,B,C) >= H(A,C)
assume H(A,B,C) >= H(A,B)
assume H(A) + H(B) >= H(A,B)
assume H(A) + H(C) >= H(A,C)
assume H(B) + H(C) >= H(B,C)
assume H(A,B) + H(A,C) >= H(A) + H(A,B,C)
assume H(A,B) + H(B,C) >= H(B) + H(A,B,C)
assume H(A,C) + H(B,C) >= H(C) + H(A,B,C)
assume H(A,B) + H(B,C) = H(B) + H(A,B,C)
assume H(A) + H(B) = H(A,B)
assume H(A,B,C) = H(A,B)
claim H(A) + H(C) + H(A,B,C) >= H(A,C) + H(B,C)
`},
		{"patterns, triples, set operations, powers", `
set T = {1}*{2,3}*{4}
set U = {(a,c) for (a,b,c) in T} union {(9,9)} diff {(9,9),(2,2)} inter {(9,9)}
param v[(a,b) in U]
claim feasible iff {
  v[1,4] = -2^3 + (-2)^2

  2^-1 >= v[1,4] if 1 == 1 or 1 in 2
  v[1,4] >= 0 if 1 > 2
}`, `theorem "theorem"
1 parameter: v[1,4]
0 unknowns: 
claim feasible iff 2 rows
  v[1,4] = -4
  1/2 >= v[1,4]
`},
	} {
		if diff := cmp.Diff(c.want, textOf(t, c.in)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// Mistakes are told with their place.
func TestErrors(t *testing.T) {
	deep := strings.Repeat("(", 200) + "1" + strings.Repeat(")", 200)
	for _, c := range []struct{ in, want string }{
		{"param x\nclaim x == 1", `t.thm:2:9: expected one of = <= >= < >, found "==" (equations are written with =)`},
		{"var x\nvar y\ns.t. r: x*y <= 1\nclaim infeasible", "t.thm:3:10: bilinear: a product of an unknown and an unknown"},
		{"param p\nvar y\ns.t. r: 1 <= (p+1)*(2*y)\nclaim infeasible", "t.thm:3:19: bilinear: a product of a parameter and an unknown"},
		{"param p\nparam p\nclaim p >= 0", `t.thm:2:7: the name "p" is used in line 1 already`},
		{"var x\ns.t. a: x >= 0\ns.t. a: x >= 1\nclaim infeasible", `t.thm:3:6: the label "a" is used in line 2 already`},
		{"param x >= 0\nparam y\nparam g\ngiven x: y >= 5\ngiven g: y >= 5\nhave s: x*y >= 5*x by combine x*g", `t.thm:4:7: the label "x" is a name declared in line 1, and sums of rows could mean either (choose another label)`},
		{"param y\ngiven a: y >= 5\nhave g: y >= 4\nlet g = 2", `t.thm:3:6: the label "g" is a name declared in line 4`},
		{"param alpha\nclaim Alpha >= 0", `t.thm:2:7: unknown name "Alpha" (did you mean alpha?)`},
		{"param q[i in 1..2]\nclaim q[3] >= 0", "t.thm:2:8: there is no q[3]: it is not among the indices declared in line 1"},
		{"param q[i in 1..2]\nclaim q[1,2] >= 0", "t.thm:2:8: there is no q[1,2]"},
		{"param q[i in 1..2, j in 1..2]\nclaim q[1] >= 0", "t.thm:2:8: q is declared with 2 indices in line 1, found 1"},
		{"param p\nclaim p >= 1/0", "t.thm:2:13: division by zero"},
		{"param p\nclaim p >= 1/(1-1)", "t.thm:2:13: division by zero"},
		{"param p\nclaim 1/p >= 1", "t.thm:2:8: a quotient by an expression in param and var is not linear"},
		{"set A = subsets(subsets(1..20))\nparam p\nclaim p >= 0", "t.thm:1:17: a set of 20 elements has more than 262144 such subsets"},
		{"set A = subsets(1..17)\nset B = subsets(1..18)\nparam p\nclaim p >= 0", "t.thm:2:9: such subsets of a set of 18 elements hold more than 2097152 elements together"},
		{"set A = 1..p\nparam p\nclaim p >= 0", "t.thm:1:12: p is a param, a var or a random variable, no value (only numbers"},
		{"param p[i in 1..2 if q >= 0]\nparam q\nclaim q >= 0", "t.thm:1:22: q is a param, a var or a random variable, no value"},
		{"entropy A B\nset S = 1..2\nclaim H(S) >= 0", "t.thm:3:9: S is no random variable"},
		{"param p\nclaim p >= {1,2}^0", "t.thm:2:17: expected a number, found a set"},
		{"set A = {(1, 1 == 1), (1, 1 == 2)}\nparam p\nclaim p >= card(A)", "t.thm:1:16: a condition is no component of a tuple"},
		{"param x >= 0\nparam z >= 0\nvar y >= 0\ngiven g: y <= x\nmaximize P: y\nclaim P <= x*z", "t.thm:6:1: in a proof by hand with products of symbols only rows can be claimed"},
		{"param x >= 0\nvar y >= 0\ngiven g: y <= 1\nmaximize P: x*y\nclaim P = x", "t.thm:5:1: in a proof by hand with products"},
		{"param x >= 0\nvar y >= 0\ngiven g: y <= 1\nmaximize P: x*y\nfind P", "t.thm:5:1: in a proof by hand with products"},
		{"param x >= 0\nvar y >= 0\ngiven g: y <= 1\nclaim feasible iff {\n x*x <= 3\n}", "t.thm:4:1: in a proof by hand with products"},
		{"set A = 1..1000000000000\nparam p\nclaim p >= 0", "t.thm:1:10: a range has more than 262144 elements"},
		{"set A = 1..2000\nset B = A*A\nparam p\nclaim p >= 0", "t.thm:2:10: a product of sets has more than 262144 elements"},
		{"set A = 1..1000\nparam p\nclaim sum(1 for i in A for j in A for k in A) + p >= 0", "t.thm:3:11: the expansion takes more than 8388608 steps"},
		{"let k = 10^1000\nlet l = k^1000\nparam p\nclaim p >= 0", "t.thm:2:10: a number has more than 8192 bits"},
		{"let a = b\nlet b = a\nparam p\nclaim p >= 0", "t.thm:1:1: a is defined by itself"},
		{"param p\nclaim " + deep + " >= 0", "t.thm:2:107: nested more than 100 deep"},
		{"param p\nclaim p ≥ 0", "t.thm:2:9: the sign '≥' is not part of the language (write >=)"},
		{"subject to c: x >= 0", "t.thm:1:1: expected a statement"},
		{"param p\nclaim p >= 0 for i 1..2", `t.thm:2:20: expected "in", found "1" (for i in SET)`},
		{"param p\nassume x: p >= 0\nvar y\nassume y >= p\nclaim p>=0", "t.thm:4:8: an assumption is on parameters only"},
		{"param p\nvar x\nmaximize P: x\nclaim P + 1 = p", "t.thm:4:7: the optimum P can stand alone on one side of a claim"},
		{"param p\nvar x\nmaximize P: x\nclaim P = max(p, 0)", "t.thm:4:1: the maximum of a linear program is not bounded by such a list (a maximum is min(…) of terms)"},
		{"param p\nclaim p >= 2p", `t.thm:2:12: a number runs into a name`},
		{"param p\nclaim p >= (1 +", `t.thm:2:16: expected an expression, found the end of the file`},
		{"entropy A B\nclaim H(A|C) >= 0", `t.thm:2:11: unknown name "C"`},
		{"entropy A B\nclaim A >= 0", "t.thm:2:7: A is a random variable, not a number (write H(A))"},
		{"set A0 = {1}\n" + doubled("set A%d = A%d * A%[2]d\n") + "param q[a in A20]\nclaim q[a] >= 0 for a in A20", "t.thm:14:15: a component of a tuple, or an element of a set, holds more than 4096 numbers and texts"},
		{"set A0 = {1}\n" + doubled("set A%d = {(a,a) for a in A%d}\n") + "param q[a in A20]\nclaim q[a] >= 0 for a in A20", "t.thm:14:12: a component of a tuple, or an element of a set, holds"},
		{"set A = 1..5000\nparam p\nclaim p >= card({A})", "t.thm:3:18: a component of a tuple, or an element of a set, holds"},
		{"param p", "t.thm:1:1: the file claims nothing (add claim … or find …)"},
		{"let n = 1..2000\nparam p\nclaim p >= n", "t.thm:1:10: the file has more than 1000 instances"},
		{"param p\nlet n = 3..2\nclaim p >= n", "t.thm:2:10: n has no values: the set is empty (as in let n = 2..5)"},
		{"let n = {(1,2)}\nparam p\nclaim p >= 0", "t.thm:1:9: n is a set, but not of numbers"},
		{"param p\n\xff", "t.thm:2:1: this is not UTF-8"},
		{"set A = 1..2\nparam w[p in A*A]\nclaim w[i] >= 0 for (i,j,k) in A*A", "t.thm:3:17: a pattern of 3 names does not fit (1,1)"},
	} {
		_, err := expand.Read(strings.NewReader(c.in), "t.thm")
		var wrong *text.SyntaxError
		if !errors.As(err, &wrong) || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s\ngot  %v\nwant %s", c.in[:min(len(c.in), 200)], err, c.want)
		}
	}
}

// A set has as many elements as it has, whatever the set is of which they are subsets.
func TestSubsetsOfLargeSets(t *testing.T) {
	s := systems(t, "set A = subsets(1..2000, 1)\nparam p\nclaim p >= card(A)")[0]
	if got, want := s.ClaimText(s.Claims[0]), "p >= 2000"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// The name of an instance has the lets that are a choice in it, and no others.
func TestSettingOfDependentLets(t *testing.T) {
	var got []string
	for _, s := range systems(t, "let n = 0..1\nlet m = (1..2, 5)[n]\nparam p\nclaim p >= m") {
		got = append(got, s.Setting)
	}
	if diff := cmp.Diff([]string{"n = 0, m = 1", "n = 0, m = 2", "n = 1"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// What the elements of a set are made of is found out once for each set, not along each path of a chain of them.
func TestLongChainsOfSets(t *testing.T) {
	var b strings.Builder
	b.WriteString("set A0 = {1,2}\n")
	for i := range 200 {
		fmt.Fprintf(&b, "set A%d = {i for i in A%d for k in A%[2]d if k == i}\n", i+1, i)
	}
	systems(t, b.String()+"param p[i in A200]\nclaim p[1] >= 0")
}

// doubled defines sets, each from the one before.
func doubled(line string) string {
	var b strings.Builder
	for i := range 20 {
		fmt.Fprintf(&b, line, i+1, i)
	}
	return b.String()
}

// Permutations of a set act wherever its elements stand as indices, and must fix the system.
func TestSymmetry(t *testing.T) {
	const border = `
set I = 1..2
set Ty = 1..3
set Prof = Ty * Ty
param w[p in Prof] >= 0
param M[i in I, s in Ty]
var x[i in I, p in Prof] >= 0
s.t. one: sum(x[i,p] for i in I) <= w[p] for p in Prof
s.t. interim: sum(x[i,p] for p in Prof if p[i-1] == s) = M[i,s] for i in I for s in Ty
find feasible
symmetric `
	s := systems(t, border+"Ty")[0]
	if len(s.Symmetries) != 1 || len(s.Symmetries[0].Generators) != 2 {
		t.Fatal(s.Symmetries)
	}
	if g := s.Symmetries[0].Generators[1]; s.Name(g[0]) != "w[2,2]" { // w[1,1] by the cycle
		t.Errorf("w[1,1] goes to %s", s.Name(g[0]))
	}
	systems(t, "let n = 4\nset N = 1..n\nset P = subsets(N, 2)\nentropy X[i in N]\nparam q[T in P, i in T]\nassume q[T,i] >= 0 for T in P for i in T\nclaim H(X[1]) >= 0\nsymmetric N")
	systems(t, "set N = 1..3\nset A = {(i,j) for i in N for j in N if i != j}\nparam c[a in A] >= 0\nclaim c[1,2] >= 0\nsymmetric N")
	for in, want := range map[string]string{
		border + "I":    "t.thm:11:11: a permutation of I takes the row",
		border + "Prof": "t.thm:11:11: the set Prof is made of others",
		border + "w":    "t.thm:11:11: w is no set",
		"set N = 1..3\nparam c[(i,j) in {(i,j) for i in N for j in N if i < j}]\nclaim c[1,2] >= 0\nsymmetric N": "t.thm:4:11: a permutation of N takes c[1,2] to c[2,1], which is not declared",
		"set N = 1..2\nvar x[i in N] >= 0\nmaximize P: x[1]\nfind P\nsymmetric N":                                "t.thm:5:11: a permutation of N changes the objective to x[2]",
	} {
		if _, err := expand.Read(strings.NewReader(in), "t.thm"); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// Long files cost what their length is worth.
func TestLongFiles(t *testing.T) {
	comments := strings.Repeat("# "+strings.Repeat("x", 98)+"\n", 100_000)
	systems(t, comments+"param p\nclaim p + 1 > p")
	sum := systems(t, "param p\nclaim p"+strings.Repeat(" + p", 200_000)+" >= 0")
	if got, want := sum[0].ClaimText(sum[0].Claims[0]), "200001*p >= 0"; got != want {
		t.Errorf("a long sum is %s, want %s", got, want)
	}
}

// Any text is a file, or an error with a place.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../../../fixtures/theorems/*.thm")
	for _, path := range files {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(content))
	}
	f.Fuzz(func(t *testing.T, content string) {
		list, err := expand.Read(strings.NewReader(content), "t.thm")
		var wrong *text.SyntaxError
		if err != nil && (!errors.As(err, &wrong) || wrong.Line < 1 || wrong.Column < 0) {
			t.Fatal(err)
		}
		for _, s := range list {
			for _, fact := range s.Facts {
				if fact.Form.Degree() > 1 && !strings.Contains(content, "given") && !strings.Contains(content, "have") {
					t.Fatal("a product in a linear file")
				}
			}
		}
	})
}
