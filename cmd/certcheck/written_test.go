package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pstar/certificate/kernel"
	"pstar/certificate/theorem"
	"pstar/fm"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems/statement/decide"
	"pstar/witness"
)

// linearFact is Σ c_j x_j + c_0 ≥ 0, or = 0.
func linearFact(relation kernel.Relation, constant kernel.Num, coefficients ...int64) kernel.Fact {
	var p kernel.Poly
	if constant.Sign() != 0 {
		p = kernel.Poly{{C: constant}}
	}
	for j, c := range coefficients {
		if c != 0 {
			p = append(p, kernel.Term{C: kernel.Int(c), M: kernel.Product(j)})
		}
	}
	return kernel.Fact{Relation: relation, Poly: p}
}

func put(t *testing.T, folder, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// eliminated writes the certificate of an elimination.
func eliminated(t *testing.T, folder string, s *fm.System, variables ...int) string {
	t.Helper()
	r, err := fm.Eliminate(t.Context(), s, variables, fm.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := witness.Projection(r)
	if err != nil {
		t.Fatal(err)
	}
	return put(t, folder, "c.json", d)
}

// A theorem that is written out is that of a program if its facts are the rows and bounds, whatever their order; its row is read as
// a bound of the objective.
func TestAgainstWrittenProgram(t *testing.T) {
	folder := t.TempDir()
	bound := linearFact(kernel.GE, theorem.Number(rational.NewRat(-34, 5).Big()), 3, 2)
	th := &kernel.Theorem{Name: "cost", Kind: kernel.Implied,
		Symbols: []kernel.Symbol{{Name: "bread", Nonnegative: true}, {Name: "milk", Nonnegative: true}},
		Facts: []kernel.Fact{linearFact(kernel.GE, kernel.Int(-6), 1, 3), linearFact(kernel.GE, kernel.Int(-8), 4, 2),
			linearFact(kernel.GE, kernel.Int(10), -1, -1), linearFact(kernel.GE, kernel.Int(8), 0, -1)},
		Rows: []kernel.Fact{bound}}
	document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{{Theorem: th, Rows: []witness.Step{witness.Combine{
		Products: []witness.Product{{Factor: rational.NewRat(1, 5), Facts: []int{0}}, {Factor: rational.NewRat(7, 10), Facts: []int{1}}}}}}}))
	for _, c := range []struct{ old, replacement, want string }{
		{"", "", "its row 0 says that the objective is at least 59/5"},
		{"", "", "theorem 0, \"cost\": sha256 "},
		{"", "", "\n  2 parameters, 0 unknowns, 4 facts, 1 row\n"},
		{"3 bread + 2 milk + 5", "6 bread + 4 milk", "its row 0 says that the objective is at least 68/5"},
		{"3 bread + 2 milk", "3 bread + milk", `theorem "cost", proved, is of the rows and bounds of `},
		{"protein: bread", "protein: 2 bread", `INVALID as the certificate of the file: the certificate has fact 0 of theorem "cost"`},
		{" most: bread + milk <= 10\n", "", `the certificate has fact 2 of theorem "cost"`},
		{" milk <= 8", " milk <= 9", `the certificate has fact 3 of theorem "cost"`},
		{"bounds", "bounds\n bread <= 7", `the file has a bound of variable "bread"`},
		{"bread", "bred", `theorem "cost" has the symbol "bread"`},
	} {
		file := put(t, folder, "a.lp", []byte(strings.ReplaceAll(diet, c.old, c.replacement)))
		if c.old == "" {
			file = put(t, folder, "a.lp", []byte(diet))
		}
		status, out, _ := certcheck("-against", file, document)
		if !strings.Contains(out, c.want) || (status == exitValid) == strings.Contains(out, "INVALID") {
			t.Errorf("%q: status %d\n%s", c.replacement, status, out)
		}
	}
}

// An implication says nothing of there being points, and the rows of a refuted one are not told as if they held.
func TestAgainstWrittenSaysWhatIsOpen(t *testing.T) {
	folder := t.TempDir()
	proof := func(row kernel.Fact, products ...witness.Product) witness.LiteralProof {
		return witness.LiteralProof{Theorem: &kernel.Theorem{Name: "cost", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x", Nonnegative: true}},
			Facts: []kernel.Fact{linearFact(kernel.GE, kernel.Int(-1), 1), linearFact(kernel.GE, kernel.Int(0), -1)}, Rows: []kernel.Fact{row}},
			Rows: []witness.Step{witness.Combine{Products: products}}}
	}
	both := []witness.Product{{Factor: rational.NewRat(7, 1), Facts: []int{0}}, {Factor: rational.NewRat(7, 1), Facts: []int{1}}, {Factor: rational.NewRat(1, 1), Facts: []int{-1}}}
	refuted := proof(linearFact(kernel.GE, kernel.Int(-7), 1))
	refuted.Theorem.Facts, refuted.Refuted = refuted.Theorem.Facts[:1], &witness.Refutation{Point: []rational.Rat{rational.NewRat(1, 1)}}
	const open, never, end = "it says what all points have, and not that there is any", "it says that there is no point", "\nend\n"
	for _, c := range []struct {
		proof             witness.LiteralProof
		name, file        string
		want, notSaidThen string
	}{
		{proof(linearFact(kernel.GE, kernel.Int(-7), 1), both...), "a.lp", "min\n o: x\nst\n a: x >= 1\n b: x <= 0" + end, open, "no point"},
		{proof(linearFact(kernel.GE, kernel.Int(-7)), both[:2]...), "a.lp", "min\n o: x\nst\n a: x >= 1\n b: x <= 0" + end, never, open},
		{refuted, "a.lp", "min\n o: x\nst\n a: x >= 1" + end, `theorem "cost", refuted, is of the rows`, "the objective is"},
		{refuted, "a.lp", "min\n o: x\nst\n a: x >= 1" + end, "at some point that has these, not all of its rows hold", open},
		{refuted, "a.ine", "H-representation\nbegin\n 2 2 integer\n -1 1\n 0 1" + end, "variable 1 is \"x\" in the certificate and \"x1\" in the file", open},
		{refuted, "a.ine", "H-representation\nnames x\nbegin\n 2 2 integer\n -1 1\n 0 1" + end, "not all of its rows hold", "places"},
	} {
		document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{c.proof}))
		status, out, _ := certcheck("-against", put(t, folder, c.name, []byte(c.file)), document)
		if status != exitValid || !strings.Contains(out, c.want) || strings.Contains(out, c.notSaidThen) {
			t.Errorf("%s: status %d, want %q and not %q\n%s", c.file, status, c.want, c.notSaidThen, out)
		}
	}
}

// A bound is read from its row alone, without the unknown that stands for 0 where there is one, and a row on it alone is none.
func TestBoundsOfManyRows(t *testing.T) {
	folder := t.TempDir()
	const n = 50
	zeros := linearFact(kernel.EQ, kernel.Int(0), 0, 1)
	th := &kernel.Theorem{Name: "many", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x", Nonnegative: true}, {Name: "(zero)", Unknown: true}}}
	m := &programModel{problem: &lp.Problem{Variables: []lp.Variable{{Name: "x", Cost: rational.Whole(1)}}}}
	var proof []witness.Step
	for k := range n {
		th.Facts = append(th.Facts, linearFact(kernel.GE, kernel.Int(int64(-k)), 1))
		row, want := linearFact(kernel.GE, kernel.Int(int64(-k)), 1, int64(k)), fmt.Sprintf("at least %d", k)
		step := witness.Combine{Goal: k, Products: []witness.Product{{Factor: rational.Whole(1), Facts: []int{k}}}}
		if k%2 == 1 {
			row, want, step.Products = linearFact(kernel.GE, kernel.Int(0), 0, int64(k)), "", nil
		}
		// Symbol 1 is (zero), with the factor k; the fact that it is 0 is number n.
		if k > 0 {
			step.Equations = []witness.Equation{{Poly: kernel.Poly{{C: kernel.Int(int64(k))}}, Fact: n}}
		}
		th.Rows, proof = append(th.Rows, row), append(proof, step)
		if got := m.bound(row, 1, 1, func(s int) int { return s }); got != want {
			t.Errorf("row %d: %q, want %q", k, got, want)
		}
	}
	th.Facts = append(th.Facts, zeros)
	var file strings.Builder
	file.WriteString("min\n o: x\nst\n")
	for k := range n {
		fmt.Fprintf(&file, " c%d: x >= %d\n", k, k)
	}
	document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{{Theorem: th, Rows: proof}}))
	status, out, _ := certcheck("-against", put(t, folder, "a.lp", []byte(file.String()+"end\n")), document)
	if status != exitValid || strings.Count(out, "says that the objective is at least") != n/2 || !strings.Contains(out, "its row 48 says that the objective is at least 48\n") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// A row is a bound of the objective if it is a multiple of it, whichever variables these have; in all rows and objectives of three variables.
func TestBoundsAreMultiplesOfTheObjective(t *testing.T) {
	numbers := []int64{-2, -1, 0, 1, 2}
	vectors := [][]int64{}
	for _, x := range numbers {
		for _, y := range numbers {
			for _, z := range numbers {
				vectors = append(vectors, []int64{x, y, z})
			}
		}
	}
	found := 0
	for _, objective := range vectors {
		m := &programModel{problem: &lp.Problem{Constant: rational.Whole(5)}}
		for _, c := range objective {
			m.problem.Variables = append(m.problem.Variables, lp.Variable{Cost: rational.Whole(c)})
		}
		for _, row := range vectors {
			// Parallel if all products over the cross agree, and in one direction if the sum of products is positive.
			parallel, product := true, int64(0)
			for i := range row {
				product += row[i] * objective[i]
				for j := range row {
					parallel = parallel && row[i]*objective[j] == row[j]*objective[i]
				}
			}
			want := ""
			if parallel && product != 0 {
				var squares int64
				for _, c := range objective {
					squares += c * c
				}
				// With row = s·objective, product = s·squares; the row says s·(objective − 5) >= 3.
				word := map[bool]string{true: "at least", false: "at most"}[product > 0]
				want = fmt.Sprintf("%s %v", word, rational.Whole(5).Add(rational.NewRat(3*squares, product)))
				found++
			}
			if got := m.bound(linearFact(kernel.GE, kernel.Int(-3), row...), -1, m.costs(), func(s int) int { return s }); got != want {
				t.Errorf("row %v, objective %v: %q, want %q", row, objective, got, want)
			}
		}
	}
	if found < 124 {
		t.Errorf("%d bounds", found)
	}
}

// A row with a product is no bound of an objective, whose variable is the first of the product.
func TestProductsBoundNoObjective(t *testing.T) {
	folder := t.TempDir()
	th := &kernel.Theorem{Name: "product", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x"}, {Name: "y"}},
		Facts: []kernel.Fact{linearFact(kernel.GE, kernel.Int(-1), 1, 0), linearFact(kernel.GE, kernel.Int(-3), 0, 1)},
		Rows:  []kernel.Fact{{Relation: kernel.GE, Poly: kernel.Poly{{C: kernel.Int(-3)}, {C: kernel.Int(1), M: kernel.Product(0, 1)}}}}}
	// (x-1)(y-3) + 3(x-1) + (y-3) = xy - 3
	document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{{Theorem: th, Rows: []witness.Step{witness.Combine{
		Products: []witness.Product{{Factor: rational.NewRat(1, 1), Facts: []int{0, 1}}, {Factor: rational.NewRat(3, 1), Facts: []int{0}}, {Factor: rational.NewRat(1, 1), Facts: []int{1}}}}}}}))
	file := put(t, folder, "a.lp", []byte("min\n o: x\nst\n a: x >= 1\n b: y >= 3\nbounds\n x free\n y free\nend\n"))
	status, out, _ := certcheck("-against", file, document)
	if status != exitValid || !strings.Contains(out, "is of the rows and bounds of ") || strings.Contains(out, "the objective is") ||
		!strings.Contains(out, "none of its rows bounds the objective, which is not compared\n") {
		t.Errorf("status %d\n%s", status, out)
	}
	// There is nothing to compare without an objective.
	feasible := put(t, folder, "b.lp", []byte("min\n o: 0 x\nst\n a: x >= 1\n b: y >= 3\nbounds\n x free\n y free\nend\n"))
	if status, out, stderr := certcheck("-against", feasible, document); status != exitValid || strings.Contains(out, "objective") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
}

// The unknown that a fact says is 0 is nothing in a row that bounds the objective.
func TestZeroInABound(t *testing.T) {
	folder := t.TempDir()
	th := &kernel.Theorem{Name: "zero", Kind: kernel.Implied, Symbols: []kernel.Symbol{{Name: "x", Nonnegative: true}, {Name: "(zero)", Unknown: true}},
		Facts: []kernel.Fact{linearFact(kernel.EQ, kernel.Int(0), 0, 1), linearFact(kernel.GE, kernel.Int(-1), 1)},
		Rows:  []kernel.Fact{linearFact(kernel.GE, kernel.Int(-1), 1, 1)}}
	document := put(t, folder, "c.json", witness.Literal([]witness.LiteralProof{{Theorem: th, Rows: []witness.Step{witness.Combine{
		Products:  []witness.Product{{Factor: rational.NewRat(1, 1), Facts: []int{1}}},
		Equations: []witness.Equation{{Poly: theorem.Poly{{C: theorem.Int(1)}}, Fact: 0}}}}}}))
	file := put(t, folder, "a.lp", []byte("min\n o: x\nst\n a: x >= 1\nend\n"))
	if status, out, stderr := certcheck("-against", file, document); status != exitValid || !strings.Contains(out, "its row 0 says that the objective is at least 1\n") {
		t.Errorf("status %d\n%s%s", status, out, stderr)
	}
}

// The hull of points and rays is the projection of the list of weights; it is valid against the file of these, and no other.
func TestAgainstGenerators(t *testing.T) {
	const ext = "V-representation\nbegin\n 3 3 rational\n 1 0 0\n 1 1/2 2\n 0 1 0\nend\n"
	row := func(relation fm.Relation, constant rational.Rat, v rational.Vector) fm.Row {
		return fm.Row{Coefficients: v.Rats(), Relation: relation, Constant: constant}
	}
	s := &fm.System{Variables: []string{"x", "y", "u", "v", "w"}, Rows: []fm.Row{
		row(fm.AtLeast, rational.Rat{}, rational.NewVector(0, 0, 1, 0, 0)),
		row(fm.AtLeast, rational.Rat{}, rational.NewVector(0, 0, 0, 1, 0)),
		row(fm.AtLeast, rational.Rat{}, rational.NewVector(0, 0, 0, 0, 1)),
		row(fm.Equal, rational.NewRat(1, 1), rational.NewVector(0, 0, 1, 1, 0)),
		row(fm.Equal, rational.Rat{}, rational.NewVector(2, 0, 0, -1, -2)),
		row(fm.Equal, rational.Rat{}, rational.NewVector(0, 1, 0, -2, 0)),
	}}
	folder := t.TempDir()
	document := eliminated(t, folder, s, 2, 3, 4)
	for _, c := range []struct{ old, replacement, want string }{
		{"1 0 0", "1 0 0", "is that of "},
		{"V-rep", "* up to symmetry: 3 rows\nV-rep", "is that of "},
		{"1 0 0", "1 0 1", "INVALID as the certificate of the file: the certificate has the generator (0, 0), and the file has not"},
		{"1 1/2 2", "0 1/2 2", "INVALID as the certificate of the file: the certificate has the generator (1/2, 2), and the file has not"},
		{" 3 3 rational\n", " 4 3 rational\n 1 1 1\n", "the file has the generator (1, 1), and the certificate has not"},
		{"begin", "linearity 1 3\nbegin", "the certificate has the generator of a ray (1, 0), and the file has not"},
		// As a peer may list them: in another order, one twice, a ray by a factor.
		{" 3 3 rational\n 1 0 0\n 1 1/2 2\n 0 1 0\n", " 4 3 rational\n 0 5 0\n 1 1/2 2\n 1 0 0\n 1 1/2 2\n", "is that of "},
		{" 0 1 0\n", " 0 -1 0\n", "the certificate has the generator of a ray (1, 0), and the file has not"},
		{" 3 3 rational\n", " 3 4 rational\n", ""},
	} {
		file := put(t, folder, "a.ext", []byte(strings.Replace(ext, c.old, c.replacement, 1)))
		status, out, _ := certcheck("-against", file, document)
		if !strings.Contains(out, c.want) || c.want != "" && (status == exitValid) == strings.Contains(out, "INVALID") || c.want == "" && status != exitUnread {
			t.Errorf("%q: status %d\n%s", c.replacement, status, out)
		}
	}
}

// A projection has the variables to keep first, and where a row holds none of the others a symbol that is 0: names say which variable of the
// file is which, and without them the order.
func TestAgainstReorderedVariables(t *testing.T) {
	const written = "theorem \"projection\"\nparam x2\nparam x3\nvar x1\ns.t. low: x1 >= x2\ns.t. high: x1 < x3\ns.t. sign: x2 >= 0\nfind feasible\n"
	results, err := decide.File(t.Context(), strings.NewReader(written), "t.thm")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := decide.Document(results).Write(&b); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	document := put(t, folder, "c.json", b.Bytes())
	const head, inOrder, reordered = "H-representation\nstrict_inequality 1 2\n", "begin\n 3 4 integer\n 0 1 -1 0\n 0 -1 0 1\n 0 0 1 0\nend\n", "begin\n 3 4 integer\n 0 -1 0 1\n 0 0 1 -1\n 0 1 0 0\nend\n"
	for _, c := range []struct{ name, content, want string }{
		{"a.ine", head + inOrder, `theorem "projection", proved, is of the rows of `},
		{"a.ine", head + "names x1 x2 x3\n" + inOrder, "is of the rows of "},
		{"a.ine", head + reordered, "INVALID as the certificate of the file: the certificate has fact 0"},
		{"a.ine", head + "names x2 x3 x1\n" + reordered, "is of the rows of "},
		{"a.ine", head + "names x2 x1 x3\n" + inOrder, "INVALID as the certificate of the file: the certificate has fact 0"},
		{"a.ine", head + "names a b c\n" + reordered, "is of the rows of "},
		{"a.ine", "H-representation\n" + inOrder, "INVALID as the certificate of the file: the certificate has fact 1"},
		{"a.ine", head + strings.Replace(inOrder, "3 4 integer\n", "4 4 integer\n 1 0 1 0\n", 1), "INVALID"},
		{"a.ine", head + strings.NewReplacer("3 4", "2 4", " 0 0 1 0\n", "").Replace(inOrder), "INVALID as the certificate of the file: the certificate has fact 2"},
		{"a.lp", "minimize\n x1\nsubject to\n x1 - x2 >= 0\n x3 - x1 >= 0\n x2 >= 0\nbounds\n x1 free\n x2 free\n x3 free\nend\n", "INVALID as the certificate of the file: the certificate has fact 1"},
	} {
		status, out, _ := certcheck("-against", put(t, folder, c.name, []byte(c.content)), document)
		if !strings.Contains(out, c.want) || (status == exitValid) == strings.Contains(out, "INVALID") {
			t.Errorf("%s: status %d, want %s\n%s", c.content, status, c.want, out)
		}
	}
}
