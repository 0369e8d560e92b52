package redundancy_test

import (
	"context"
	"fmt"

	"pstar/cone"
	"pstar/doubledesc/redundancy"
	"pstar/rational"
)

// Of three rows on a line one is implied by another: x <= 3 by x <= 2.
func ExampleFind() {
	p := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2}
	for _, row := range [][]int64{{0, 1}, {3, -1}, {2, -1}} {
		p.Rows = append(p.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(row...))})
	}
	r, err := redundancy.Find(context.Background(), p, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, row := range r.Rows {
		if row.Implied == nil {
			fmt.Println("row", i+1, "is needed")
			continue
		}
		d := row.Implied[0]
		fmt.Println("row", i+1, "is", d.Terms[0].Factor, "times row", d.Terms[0].Row+1, "and", d.Constant)
	}
	// Output:
	// row 1 is needed
	// row 2 is 1 times row 3 and 1
	// row 3 is needed
}
