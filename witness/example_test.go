package witness_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"pstar/certificate/theorem"
	"pstar/fm"
	"pstar/lp"
	"pstar/rational"
	"pstar/witness"
)

// The certificate of a linear program in a file, which the checker has accepted before it is written.
func ExampleLinearProgram() {
	rat, ctx := rational.NewRat, context.Background()
	p := &lp.Problem{Sense: lp.Maximise}
	x := p.AddVariable(lp.Variable{Name: "x", Cost: rat(3, 1), Lower: lp.At(rat(0, 1))})
	y := p.AddVariable(lp.Variable{Name: "y", Cost: rat(5, 1), Lower: lp.At(rat(0, 1)), Upper: lp.At(rat(3, 1))})
	for _, row := range [][3]int64{{3, 2, 10}, {1, 1, 6}} { // hours, and space
		p.AddRow(lp.Row{Upper: lp.At(rat(row[2], 1)), Terms: []lp.Term{{Variable: x, Coefficient: rat(row[0], 1)}, {Variable: y, Coefficient: rat(row[1], 1)}}})
	}
	r, err := lp.Solve(ctx, p, lp.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	folder, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	place := witness.Place{Path: filepath.Join(folder, "hours.json.gz"), Replace: func(path string, content []byte) error { return os.WriteFile(path, content, 0o666) }}
	written, err := witness.Write(ctx, place, func() (witness.Document, error) { return witness.LinearProgram(p, r) })
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(written.Report.Summary())
	// Output:
	// program, linear program, 2 variables, 2 rows: LP-OPTIMAL proved
}

// The certificate of an elimination: a triangle, and its projection on one coordinate.
func ExampleProjection() {
	ctx := context.Background()
	s := &fm.System{Variables: []string{"x", "y"}, Rows: []fm.Row{
		{Coefficients: rational.NewVector(0, 1).Rats(), Relation: fm.AtLeast},
		{Coefficients: rational.NewVector(1, -1).Rats(), Relation: fm.AtLeast},
		{Coefficients: rational.NewVector(1, 1).Rats(), Relation: fm.AtMost, Constant: rational.NewRat(2, 1)},
	}}
	r, err := fm.Eliminate(ctx, s, []int{1}, fm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	document, err := witness.Projection(r)
	if err != nil {
		fmt.Println(err)
		return
	}
	accepted, err := witness.Accept(ctx, document)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(accepted.Report().Claims)
	// Output:
	// [FM-P proved]
}

// A theorem of one's own: there is an x with b ≤ x ≤ a, x ≥ 0 if and only if a ≥ 0 and a ≥ b. The proof
// has two parts, that the rows follow, and that there is an x where they hold, here by an elimination.
func ExampleLiteral() {
	rat := rational.NewRat
	a, b, x := theorem.Product(0), theorem.Product(1), theorem.Product(2)
	one, minus := theorem.Int(1), theorem.Int(-1)
	t := &theorem.Theorem{Name: "an x between", Kind: theorem.Feasible,
		Symbols: []theorem.Symbol{{Name: "a"}, {Name: "b"}, {Name: "x", Unknown: true, Nonnegative: true}},
		Facts: []theorem.Fact{
			{Relation: theorem.GE, Poly: theorem.Poly{{C: one, M: a}, {C: minus, M: x}}},
			{Relation: theorem.GE, Poly: theorem.Poly{{C: minus, M: b}, {C: one, M: x}}},
		},
		Rows: []theorem.Fact{
			{Relation: theorem.GE, Poly: theorem.Poly{{C: one, M: a}}},
			{Relation: theorem.GE, Poly: theorem.Poly{{C: one, M: a}, {C: minus, M: b}}},
		}}
	sum := func(goal int, facts ...int) witness.Combine {
		c := witness.Combine{Goal: goal}
		for _, k := range facts {
			c.Products = append(c.Products, witness.Product{Factor: rat(1, 1), Facts: []int{k}})
		}
		return c
	}
	// x ≥ 0 is fact −1−2, and row 2 of the elimination. In the second part the rows are facts 2 and 3.
	document := witness.Literal([]witness.LiteralProof{{Theorem: t,
		Rows: []witness.Step{sum(0, 0, -3), sum(1, 0, 1)},
		Exists: []witness.Step{witness.Project{
			Eliminate: []witness.Eliminated{{Symbol: 2, Pairs: &witness.Pairs{Kept: [][2]int{{1, 0}, {2, 0}}}}},
			Steps:     []witness.Step{sum(0, 3), sum(1, 2)},
		}},
	}})
	accepted, err := witness.Accept(context.Background(), document)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(accepted.Report().StatementText())
	// Output:
	// "an x between" proved: the theorem as it is written out
	// theorem 0, "an x between": sha256 8a2b79921ab84ff6747d6888e1a69881cabd79353037744a4fddc22b750ea66e
	//   2 parameters, 1 unknown, 2 facts, 2 rows
	//   parameters: a, b
	//   unknowns: x >= 0
	//   facts:
	//     a - x >= 0
	//     -b + x >= 0
	//   for all parameters with the facts that hold no unknown, there are unknowns with the others if and only if these rows hold:
	//     a >= 0
	//     a - b >= 0
}

// The certificate of the theorems of multi-draft sampling for three drafts of four tokens.
func ExampleCell() {
	ctx := context.Background()
	document, err := witness.Cell(ctx, 3, 4)
	if err != nil {
		fmt.Println(err)
		return
	}
	accepted, err := witness.Accept(ctx, document)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(accepted.Report().Summary())
	// Output:
	// cell, K = 3 drafts, N = 4 tokens: MD-T1 proved, MD-T2 proved, MD-T3 proved, MD-T4 proved
}
