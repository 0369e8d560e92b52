package fm_test

import (
	"context"
	"fmt"
	"os"

	"pstar/fm"
	"pstar/rational"
)

// The shadow of a triangle: x from 0 to 2 remains when y is eliminated.
func ExampleEliminate() {
	s := &fm.System{Variables: []string{"x", "y"}, Rows: []fm.Row{
		{Coefficients: rational.NewVector(0, 1).Rats(), Relation: fm.AtLeast},
		{Coefficients: rational.NewVector(1, -1).Rats(), Relation: fm.AtLeast},
		{Coefficients: rational.NewVector(1, 1).Rats(), Relation: fm.AtMost, Constant: rational.NewRat(2, 1)},
	}}
	r, err := fm.Eliminate(context.Background(), s, []int{1}, fm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range r.Rows {
		fmt.Println(s.Text(row.Row), "by", row.Multipliers)
	}
	fmt.Println(r.Verify(context.Background()))
	// Output:
	// x >= 0 by [1 1 0]
	// -x >= -2 by [1 0 1]
	// <nil>
}

// A point of the shadow is lifted to one of the triangle above it; outside there is none.
func ExampleResult_Lift() {
	s := &fm.System{Variables: []string{"x", "y"}, Rows: []fm.Row{
		{Coefficients: rational.NewVector(2, -1).Rats(), Relation: fm.AtMost},
		{Coefficients: rational.NewVector(0, 1).Rats(), Relation: fm.AtMost, Constant: rational.NewRat(3, 1)},
	}}
	r, err := fm.Eliminate(context.Background(), s, []int{1}, fm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range []int64{1, 2} {
		point, ok := r.Lift(rational.NewVector(x, 0).Rats(), nil)
		fmt.Println(point, ok)
	}
	// Output:
	// [1 2] true
	// [] false
}

// The trace of an elimination with a symbol c on the right.
func ExampleResult_WriteTrace() {
	s := &fm.System{Variables: []string{"x", "y"}, Symbols: []string{"c"}, Rows: []fm.Row{
		{Coefficients: rational.NewVector(1, 1).Rats(), Relation: fm.Equal, Symbols: rational.NewVector(1).Rats()},
		{Coefficients: rational.NewVector(1, 0).Rats(), Relation: fm.AtLeast},
		{Coefficients: rational.NewVector(0, 1).Rats(), Relation: fm.AtLeast},
	}}
	r, err := fm.Eliminate(context.Background(), s, []int{0, 1}, fm.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := r.WriteTrace(os.Stdout, fm.Plain); err != nil {
		fmt.Println(err)
	}
	// Output:
	// Fourier-Motzkin elimination
	// Equations are used for:
	//   x by x + y = c
	// The inequalities are then:
	//   row 1: -y >= -c
	//   row 2: y >= 0
	// Step 1: eliminate y; 2 rows in, 1 new, 0 dropped, 1 out.
	//   row 4 = row 2 + row 1: 0 >= -c
	// The projection has 1 rows:
	//   0 >= -c
}
