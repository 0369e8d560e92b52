package doubledesc_test

import (
	"context"
	"fmt"

	"pstar/cone"
	"pstar/doubledesc"
	"pstar/rational"
)

// A square by its rows, converted to its vertices, with the proof that none is missing.
func ExampleConvert() {
	square := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for _, row := range [][]int64{{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}} {
		square.Rows = append(square.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(row...))})
	}
	c, err := doubledesc.Convert(context.Background(), square, doubledesc.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range c.Out.Rows {
		fmt.Println(row.At(1), row.At(2))
	}
	fmt.Println("error:", doubledesc.CheckConversion(context.Background(), square, c.Out, doubledesc.Options{}))
	// Output:
	// -1 -1
	// -1 1
	// 1 -1
	// 1 1
	// error: <nil>
}

// The edges of the square: each vertex has two neighbours.
func ExampleConversion_Adjacency() {
	ctx := context.Background()
	square := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 3}
	for _, row := range [][]int64{{1, 1, 0}, {1, -1, 0}, {1, 0, 1}, {1, 0, -1}} {
		square.Rows = append(square.Rows, cone.Row{Vector: cone.Sparse(rational.NewVector(row...))})
	}
	c, err := doubledesc.Convert(ctx, square, doubledesc.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	graph, err := c.Adjacency(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(graph.Neighbours)
	// Output:
	// [[1 2] [0 3] [0 3] [1 2]]
}
