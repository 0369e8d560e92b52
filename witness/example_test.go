package witness_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

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
