package exchange

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/fm"
	"pstar/format/ine"
	"pstar/format/vipr"
	"pstar/lp"
	"pstar/rational"
	"pstar/witness"
)

func text(t *testing.T, write func(context.Context, io.Writer, []byte) error, document []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(t.Context(), &b, document); err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	return b.String()
}

func randomProgram(rng *rand.Rand) *lp.Problem {
	p := &lp.Problem{Sense: lp.Sense(rng.IntN(2)), Constant: rational.NewRat(rng.Int64N(5)-2, 1)}
	pair := func() (lower, upper lp.Bound) {
		bound := func() lp.Bound {
			if rng.IntN(3) == 0 {
				return lp.Bound{}
			}
			return lp.At(rational.NewRat(rng.Int64N(13)-6, 1+rng.Int64N(3)))
		}
		lower, upper = bound(), bound()
		if lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) > 0 && rng.IntN(10) > 0 {
			lower, upper = upper, lower
		}
		return lower, upper
	}
	for range 1 + rng.IntN(4) {
		v := lp.Variable{Cost: rational.NewRat(rng.Int64N(9)-4, 1)}
		v.Lower, v.Upper = pair()
		p.Variables = append(p.Variables, v)
	}
	for range rng.IntN(5) {
		var row lp.Row
		row.Lower, row.Upper = pair()
		for j := range p.Variables {
			if c := rng.Int64N(7) - 3; c != 0 {
				row.Terms = append(row.Terms, lp.Term{Variable: j, Coefficient: rational.NewRat(c, 1+rng.Int64N(2))})
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p
}

// What is read back of a certificate is the program and a result that is right: the VIPR file is
// that of the solver's own result, or of one with other multipliers.
func TestVIPR(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	seen := map[lp.Verdict]int{}
	for range 400 {
		p := randomProgram(rng)
		r, err := lp.Solve(t.Context(), p, lp.Options{})
		if err != nil {
			t.Fatal(err)
		}
		document, err := witness.LinearProgram(p, r)
		if err != nil {
			t.Fatal(err)
		}
		seen[r.Verdict]++
		var b, want bytes.Buffer
		_, err = VIPR(t.Context(), &b, document)
		if wrong := vipr.Write(&want, p, r); (err == nil) != (wrong == nil) {
			t.Fatalf("%v, the writer itself %v\n%s", err, wrong, document)
		}
		got, expected := b.String(), want.String()
		if r.Verdict == lp.Infeasible { // multipliers are divided by what they show, and checked before they are written
			got, _, _ = strings.Cut(got, "absurd")
			expected, _, _ = strings.Cut(expected, "absurd")
		}
		if err == nil && got != expected {
			t.Fatalf("%s\nwant\n%s", got, expected)
		}
	}
	if seen[lp.Optimal] < 50 || seen[lp.Infeasible] < 50 || seen[lp.Unbounded] < 50 {
		t.Errorf("%v", seen)
	}
}

// documents are certificates of all kinds of steps.
func documents(t *testing.T) map[string][]byte {
	t.Helper()
	cell, err := witness.Cell(t.Context(), 2, 3)
	if err != nil {
		t.Fatal(err)
	}
	p := &lp.Problem{Variables: []lp.Variable{{Cost: rational.NewRat(2, 1), Lower: lp.At(rational.NewRat(1, 3))}, {Cost: rational.NewRat(1, 1), Lower: lp.At(rational.Rat{})}},
		Rows: []lp.Row{{Terms: []lp.Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}, {Variable: 1, Coefficient: rational.NewRat(3, 1)}}, Lower: lp.At(rational.NewRat(5, 2))}}}
	r, err := lp.Solve(t.Context(), p, lp.Options{})
	if err != nil {
		t.Fatal(err)
	}
	program, err := witness.LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	p.Rows = append(p.Rows, lp.Row{Terms: []lp.Term{{Variable: 0, Coefficient: rational.NewRat(1, 1)}}, Upper: lp.At(rational.Rat{})})
	if r, err = lp.Solve(t.Context(), p, lp.Options{}); err != nil || r.Verdict != lp.Infeasible {
		t.Fatal(r, err)
	}
	infeasible, err := witness.LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	return map[string][]byte{"cell": cell, "program": program, "infeasible": infeasible, "unbounded": unbounded(t),
		"projection": projection(t), "prefix": fixture(t, "vocabulary-2-4"), "refuted": fixture(t, "exponent-2-2")}
}

// unbounded is the certificate of a program with a ray.
func unbounded(t *testing.T) []byte {
	t.Helper()
	one := rational.NewRat(1, 1)
	p := &lp.Problem{Sense: lp.Maximise, Variables: []lp.Variable{{Name: "a b", Cost: one, Lower: lp.At(rational.NewRat(-1, 3))}, {Name: "y", Cost: one, Lower: lp.At(rational.Rat{})}},
		Rows: []lp.Row{{Terms: []lp.Term{{Variable: 0, Coefficient: one}, {Variable: 1, Coefficient: rational.NewRat(-2, 1)}}, Upper: lp.At(one)}}}
	r, err := lp.Solve(t.Context(), p, lp.Options{})
	if err != nil || r.Verdict != lp.Unbounded {
		t.Fatal(r, err)
	}
	document, err := witness.LinearProgram(p, r)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// fixture is a certificate of the folder that other checkers are tested with.
func fixture(t *testing.T, name string) []byte {
	t.Helper()
	document, err := os.ReadFile("../../fixtures/certificates/accepted/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return document
}

// projection is the certificate of the projection of a pyramid on two of its coordinates.
func projection(t *testing.T) []byte {
	t.Helper()
	row := func(relation fm.Relation, constant int64, coefficients ...int64) fm.Row {
		r := fm.Row{Relation: relation, Constant: rational.NewRat(constant, 1)}
		for _, c := range coefficients {
			r.Coefficients = append(r.Coefficients, rational.NewRat(c, 1))
		}
		return r
	}
	s := &fm.System{Variables: []string{"x", "y", "z"}, Rows: []fm.Row{
		row(fm.AtLeast, 0, 0, 0, 1), row(fm.AtMost, 1, 1, 0, 1), row(fm.AtMost, 1, -1, 0, 1), row(fm.AtMost, 1, 0, 1, 1), row(fm.AtMost, 1, 0, -1, 1),
	}}
	r, err := fm.Eliminate(t.Context(), s, []int{2}, fm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := witness.Projection(r)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Solvers answer unsat to every query, and sat where a number is changed.
func TestSMT(t *testing.T) {
	for name, document := range documents(t) {
		var b bytes.Buffer
		asked, err := SMT(t.Context(), &b, document)
		if err != nil || asked.Queries == 0 {
			t.Fatal(name, asked, err)
		}
		queries := asked.Queries
		query := b.String()
		silent := 0
		for rule, n := range asked.Silent {
			silent += n
			if !strings.Contains(query, "("+rule+"): there is no query of this step") {
				t.Errorf("%s: no comment on %s", name, rule)
			}
		}
		steps := bytes.Count(document, []byte(`"rule":`))
		if asked.Steps != steps || silent != strings.Count(query, "there is no query") || !strings.Contains(query, "; "+asked.String()) {
			t.Errorf("%s: %v, of %d steps", name, asked, steps)
		}
		if name != "cell" && silent > 0 {
			t.Errorf("%s: %v, want a query of each step", name, asked)
		}
		if n := strings.Count(query, "(check-sat)"); n != queries {
			t.Errorf("%s: %d queries, said to be %d", name, n, queries)
		}
		wrong := strings.Replace(query, "\n 0.0)", "\n 1.0)", 1)
		for _, solver := range []string{"z3", "cvc5"} {
			path, err := exec.LookPath(solver)
			if err != nil {
				t.Logf("no %s to ask", solver)
				continue
			}
			if unsat, sat := ask(t, path, query); unsat != queries || sat != 0 {
				t.Errorf("%s: %s answers %d unsat, %d sat, of %d", name, solver, unsat, sat, queries)
			}
			if unsat, sat := ask(t, path, wrong); sat != 1 || unsat != queries-1 {
				t.Errorf("%s, one changed: %s answers %d unsat, %d sat, of %d", name, solver, unsat, sat, queries)
			}
		}
	}
}

// ask counts the answers of a solver.
func ask(t *testing.T, solver, query string) (unsat, sat int) {
	t.Helper()
	args := []string{"-in"}
	if strings.HasSuffix(solver, "cvc5") {
		args = []string{"--lang", "smt2", "-"}
	}
	command := exec.CommandContext(t.Context(), solver, args...)
	command.Stdin = strings.NewReader(query)
	output, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for answer := range strings.Lines(string(output)) {
		switch strings.TrimSpace(answer) {
		case "unsat":
			unsat++
		case "sat":
			sat++
		}
	}
	return unsat, sat
}

// The rows of a polyhedron and of its projection can be read as files of cddlib and lrs.
func TestPolyhedron(t *testing.T) {
	document := projection(t)
	for name, c := range map[string]struct {
		write   func(context.Context, io.Writer, []byte) error
		columns int
		rows    int
	}{"system": {System, 4, 5}, "projection": {Projection, 3, 4}} {
		content := text(t, c.write, document)
		f, err := ine.Read(strings.NewReader(content), name+".ine")
		if err != nil || f.Columns != c.columns || len(f.Rows) != c.rows {
			t.Errorf("%s: %v\n%s", name, err, content)
		}
	}
	if err := System(t.Context(), io.Discard, slices.Concat(document, []byte(" "))); err == nil {
		t.Error("a certificate that the checker rejects")
	}
	if _, err := kernel.Check(document, statement.Builders); err != nil {
		t.Error(err)
	}
	if _, err := VIPR(t.Context(), io.Discard, document); err == nil || !strings.Contains(err.Error(), `of the builder "program" alone, and this one is of "polyhedron"`) {
		t.Error(err)
	}
	if _, err := VIPR(t.Context(), io.Discard, unbounded(t)); err == nil || !strings.Contains(err.Error(), "cannot state that a program is unbounded") {
		t.Error(err)
	}
}

// The point of a refutation is named as one: there what a row says does not hold. Points of witnesses, at which it does, are not.
func TestRefutationsAreNamed(t *testing.T) {
	number := func(n int64) kernel.Poly {
		if n == 0 {
			return nil
		}
		return kernel.Poly{{C: kernel.Int(n)}}
	}
	for _, c := range []struct {
		relation kernel.Relation
		rest     kernel.Poly
		want     bool
	}{
		{kernel.GE, number(-1), true}, {kernel.GE, number(0), false}, {kernel.GE, number(1), false},
		{kernel.GT, number(-1), true}, {kernel.GT, number(0), true}, {kernel.GT, number(1), false},
		{kernel.EQ, number(-1), true}, {kernel.EQ, number(0), false}, {kernel.EQ, number(1), true},
		{kernel.GE, kernel.Poly{{C: kernel.Int(-1), M: kernel.Product(0)}}, false}, {kernel.GE, append(number(-1), kernel.Term{C: kernel.Int(1), M: kernel.Product(0)}), false},
	} {
		if got := violated(&kernel.Identity{Relation: c.relation, Rest: c.rest}); got != c.want {
			t.Errorf("%v %v 0 is violated: %v", c.rest, c.relation, got)
		}
	}
	refuted := witness.Literal([]witness.LiteralProof{{Theorem: &kernel.Theorem{Name: "a", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x"}},
		Rows: []kernel.Fact{{Relation: kernel.GE, Poly: kernel.Poly{{C: kernel.Int(1), M: kernel.Product(0)}}}}}, Refuted: &witness.Refutation{Point: []rational.Rat{rational.NewRat(-1, 1)}}}})
	var b bytes.Buffer
	if _, err := SMT(t.Context(), &b, refuted); err != nil || !strings.Contains(b.String(), "; theorem 0: refuted: what is not >= 0, at values\n") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
