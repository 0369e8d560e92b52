package format_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"pstar/format/smt2"
	"pstar/format/vipr"
	"pstar/lp"
	"pstar/rational"
)

// examples returns problems of every verdict, small ones and an assignment.
func examples(count int) []*lp.Problem {
	r := rand.New(rand.NewPCG(41, 1))
	var list []*lp.Problem
	for k := range count {
		if k%2 == 0 {
			list = append(list, randomProblem(r, 1+r.IntN(3), r.IntN(5), true))
		} else {
			list = append(list, randomProblem(r, 1+r.IntN(8), 1+r.IntN(8), false))
		}
	}
	return append(list, assignment(r, 5), smallProblem(), symbolNames(), derivedNames())
}

// derivedNames returns a problem whose rows have the names that could be made of those of others.
func derivedNames() *lp.Problem {
	one, two := lp.At(rational.NewRat(1, 1)), lp.At(rational.NewRat(2, 1))
	p := &lp.Problem{Variables: []lp.Variable{{Name: "x", Cost: one.Value, Lower: one, Upper: two}, {Name: "%", Lower: one}, {Name: "bound", Lower: one}}}
	for _, name := range []string{"bound_x", "x", "x_lower", "%", "bound", "absurd", "bound_x_lower", "", "c1"} {
		p.AddRow(lp.Row{Name: name, Terms: []lp.Term{{Variable: 0, Coefficient: one.Value}, {Variable: 1, Coefficient: one.Value}}, Lower: two})
	}
	p.Rows[1].Upper, p.Rows[4].Upper, p.Rows[5].Upper = two, two, two
	return p
}

// smallProblem is to minimise x + 2y where 1 ≤ x + y, x ≥ 0 and 0 ≤ y ≤ 4: the optimum is 1.
func smallProblem() *lp.Problem {
	zero, one, two := rational.Rat{}, rational.NewRat(1, 1), rational.NewRat(2, 1)
	return &lp.Problem{
		Variables: []lp.Variable{{Name: "x", Cost: one, Lower: lp.At(zero)}, {Name: "y", Cost: two, Lower: lp.At(zero), Upper: lp.At(two.Add(two))}},
		Rows:      []lp.Row{{Name: "sum", Terms: []lp.Term{{Variable: 0, Coefficient: one}, {Variable: 1, Coefficient: one}}, Lower: lp.At(one)}},
	}
}

// symbolNames returns a problem whose variables have the names of symbols that the
// formats and the solvers know.
func symbolNames() *lp.Problem {
	p := &lp.Problem{Sense: lp.Maximise}
	row := lp.Row{Upper: lp.At(rational.NewRat(10, 1))}
	for _, name := range []string{"and", "or", "not", "true", "+", "-", "*", "/", "<=", "=", "Real", "let", "assert", ".x", "@y", "!z", ";c", "1", "1.5", "OBJ", "VER", "%"} {
		j := p.AddVariable(lp.Variable{Name: name, Cost: rational.NewRat(1, 1), Lower: lp.At(rational.Rat{})})
		row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: rational.NewRat(1, 1)})
	}
	p.AddRow(row)
	return p
}

func TestVIPRIsAccepted(t *testing.T) {
	seen := map[lp.Verdict]int{}
	for _, p := range examples(1000) {
		r := solve(t, p)
		seen[r.Verdict]++
		var text bytes.Buffer
		err := vipr.Write(&text, p, r)
		if r.Verdict == lp.Unbounded {
			if err == nil {
				t.Fatal("an unbounded problem was written")
			}
			continue
		}
		if err == nil {
			err = viprCheck(text.String())
		}
		if err != nil {
			t.Fatalf("%v\n%s", err, text.String())
		}
	}
	if seen[lp.Optimal] < 100 || seen[lp.Infeasible] < 100 {
		t.Fatalf("too few of a kind: %v", seen)
	}
}

// The checker of the tests must be able to refuse.
func TestVIPRForgeriesAreRefused(t *testing.T) {
	p := smallProblem()
	var text bytes.Buffer
	if err := vipr.Write(&text, p, solve(t, p)); err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{"RTP range 1 1", "RTP range 2 2"}, {"opt 1 0 1", "opt 1 0 2"}, {"opt 1 0 1", "opt 1 0 1/2"},
		{"lin 2 ", "lin 1 "}, {"bound G 1", "bound G 2"}, {"OBJ min", "OBJ max"}, {"VER 1.1", "VER 1.0"},
		{"} -1", "} -1 x"}, {"RTP range 1 1", "RTP infeas"},
	} {
		forged := strings.Replace(text.String(), c[0], c[1], 1)
		if forged == text.String() {
			t.Fatalf("%q does not occur in\n%s", c[0], forged)
		}
		if viprCheck(forged) == nil {
			t.Errorf("%q for %q is accepted", c[1], c[0])
		}
	}
	if err := vipr.Write(&text, p, &lp.Result{Verdict: lp.Infeasible, Farkas: []rational.Rat{rational.NewRat(1, 1)}}); err == nil {
		t.Error("a wrong result is written")
	}
}

// The queries of right results have the answer unsat, and of a wrong value sat.
func TestSMTSolversAnswerUnsat(t *testing.T) {
	directory := t.TempDir()
	solvers := 0
	for _, solver := range []string{"z3", "cvc5"} {
		if _, err := exec.LookPath(solver); err != nil {
			t.Logf("%s is not installed: its answers are not checked", solver)
			continue
		}
		solvers++
		for k, p := range examples(24) {
			var text bytes.Buffer
			if err := smt2.Write(&text, p, solve(t, p)); err != nil {
				t.Fatal(err)
			}
			if got := answer(t, solver, filepath.Join(directory, "q.smt2"), text.String()); got != "unsat" {
				t.Fatalf("%s, example %d: %s\n%s", solver, k, got, text.String())
			}
		}
		var text bytes.Buffer
		p := smallProblem()
		if err := smt2.Write(&text, p, solve(t, p)); err != nil {
			t.Fatal(err)
		}
		for _, c := range [][2]string{{") 1.0)))\n(not", ") 2.0)))\n(not"}, {") 1.0)) (+ 0.0 0.0\n", ") 2.0)) (+ 0.0 0.0\n"}, {"|point x| () Real 1.0", "|point x| () Real 2.0"}} {
			forged := strings.Replace(text.String(), c[0], c[1], 1)
			if forged == text.String() {
				t.Fatalf("%q does not occur in\n%s", c[0], forged)
			}
			if got := answer(t, solver, filepath.Join(directory, "q.smt2"), forged); got != "sat" {
				t.Fatalf("%s: %s on a forged query\n%s", solver, got, forged)
			}
		}
	}
	t.Logf("%d solvers", solvers)
}

func answer(t *testing.T, solver, file, text string) string {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command(solver, file).CombinedOutput()
	return strings.TrimSpace(string(out))
}
