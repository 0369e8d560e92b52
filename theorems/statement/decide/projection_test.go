package decide_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pstar/fm"
	"pstar/rational"
	"pstar/theorems"
	"pstar/theorems/statement/decide"
	"pstar/theorems/statement/expand"
)

// Random systems with equations, strict rows and unknowns of any sign: what elimination leaves of the unknowns is true of the
// system, and the same again in the minimal form.
func TestRandomSystemsAgainstElimination(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 14))
	signs := []string{"<=", "<=", "<", "="}
	count := map[string]int{}
	for n := range 300 {
		k, m := 1+r.IntN(3), 1+r.IntN(3)
		var text strings.Builder
		names := &fm.System{}
		for i := range k {
			fmt.Fprintf(&text, "param t%d\n", i)
			names.Variables = append(names.Variables, fmt.Sprintf("t%d", i))
		}
		for i := range m {
			fmt.Fprintf(&text, "var x%d\n", i)
			names.Variables = append(names.Variables, fmt.Sprintf("x%d", i))
		}
		relations := map[string]fm.Relation{"<=": fm.AtMost, "<": fm.Below, "=": fm.Equal}
		for i := range 2 + r.IntN(4) {
			row := fm.Row{Constant: rational.NewRat(r.Int64N(5)-1, 1)}
			var terms []string
			for _, v := range names.Variables {
				c := rational.NewRat(r.Int64N(5)-2, 1+r.Int64N(2))
				row.Coefficients = append(row.Coefficients, c)
				terms = append(terms, fmt.Sprintf("(%v)*%s", c, v))
			}
			sign := signs[r.IntN(len(signs))]
			row.Relation = relations[sign]
			names.Rows = append(names.Rows, row)
			fmt.Fprintf(&text, "s.t. r%d: %s %s %v\n", i, strings.Join(terms, " + "), sign, row.Constant)
		}
		var eliminate []int
		for i := range m {
			eliminate = append(eliminate, k+i)
		}
		e, err := fm.Eliminate(t.Context(), names, eliminate, fm.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		for _, row := range e.Rows {
			rows = append(rows, names.Text(row.Row))
			count[row.Relation.String()]++
		}
		if e.Verdict == fm.Infeasible {
			rows = []string{"0 >= 1"}
			count["infeasible"]++
		}
		// fm writes 2 t1 for 2*t1
		list := strings.ReplaceAll(strings.Join(rows, "\n  "), " t", "*t")
		for _, sign := range []string{"+", "-", ">=", "=", ">"} {
			list = strings.ReplaceAll(list, sign+"*t", sign+" t")
		}
		list = strings.ReplaceAll(list, "\n *t", "\n  t")
		results := decided(t, text.String()+"claim feasible iff {\n  "+list+"\n}\nfind feasible\n", true)
		if results[0].Status != theorems.Proved || len(results[0].Unneeded) > 0 || e.Verdict != fm.Infeasible && len(results[0].Form.Conditions) != len(e.Rows) {
			t.Fatalf("system %d:\n%sfm:\n  %s\n%s\n%s", n, text.String(), list, line(results[0]), line(results[1]))
		}
		if results[1].Status != theorems.Found || line(results[1])[5:] != line(results[0])[6:] {
			t.Errorf("claimed %s\nfound %s", line(results[0]), line(results[1]))
		}
	}
	for _, what := range []string{">=", ">", "=", "infeasible"} {
		if count[what] < 10 {
			t.Errorf("only %d rows or systems are %s", count[what], what)
		}
	}
}

// Whatever a small file says, it is decided, the checker accepts the certificate, and a counterexample is one.
func FuzzDecide(f *testing.F) {
	f.Add("param a\nvar x\ns.t. r: x < a\nmaximize P: x\nclaim P = a\nfind feasible")
	f.Add("param a\nparam b\nassume a <= b\nvar x\ns.t. l: a <= x <= b\nclaim feasible iff {\n a <= b\n}\nclaim x >= a")
	f.Add("set A = 1..2\nparam c[i in A]\nvar x[i in A] >= 0\ns.t. r: x[i] <= c[i] for i in A\ns.t. s: x[1] + x[2] = 1\nmaximize P: x[1] + x[2]\nsymmetric A\nfind P\nclaim x[i] <= 1 for i in A")
	f.Add("param a\nassume a > 1\nvar x >= 0\ns.t. r: x + a <= 1\nclaim a >= 5 > x\nclaim infeasible\nclaim feasible iff {\n a < 0\n a = 3\n}")
	f.Add("param a >= 0\nparam b\ngiven g: a <= b\nclaim a*a <= b*b\nclaim b >= 1")
	f.Fuzz(func(t *testing.T, content string) {
		systems, err := expand.Read(strings.NewReader(content), "t.thm")
		if err != nil || len(systems) > 3 {
			return
		}
		for _, s := range systems {
			if len(s.Symbols) > 6 || len(s.Facts) > 10 || len(s.Claims) > 5 {
				return
			}
			for i := range s.Claims {
				var wrong *decide.StepError
				if _, err := decide.Claim(t.Context(), s, i); errors.As(err, &wrong) {
					return // a step of a proof by hand that is none
				}
			}
		}
		decided(t, content, true)
	})
}
