package cone_test

import (
	"fmt"

	"pstar/cone"
	"pstar/rational"
)

// The cone over a square, by its rows: which vectors lie in it, and which of those are
// extreme.
func ExampleH() {
	rows := func(list ...[]int64) (vectors []cone.Vector) {
		for _, row := range list {
			vectors = append(vectors, cone.Sparse(rational.NewVector(row...)))
		}
		return vectors
	}
	square := &cone.H{Dim: 3, Inequalities: rows([]int64{1, 1, 0}, []int64{1, -1, 0}, []int64{1, 0, 1}, []int64{1, 0, -1})}
	rank := cone.Rank(square.Rows(), square.Dim)
	for _, x := range rows([]int64{1, 1, -1}, []int64{1, 0, 1}, []int64{1, 2, 0}) {
		if row, _, inside := square.Violated(x); !inside {
			fmt.Println(x.Dense(3), "violates row", row+1)
			continue
		}
		fmt.Println(x.Dense(3), "lies inside; extreme:", square.IsExtreme(x, rank))
	}
	// Output:
	// [1 1 -1] lies inside; extreme: true
	// [1 0 1] lies inside; extreme: false
	// [1 2 0] violates row 2
}

// Equal cones have the same canonical generators, whatever was chosen modulo the lines.
func ExampleV_Canonical() {
	v := &cone.V{
		Dim:   3,
		Rays:  []cone.Vector{cone.Sparse(rational.NewVector(2, 5, 6)), cone.Sparse(rational.NewVector(1, -3, 3))},
		Lines: []cone.Vector{cone.Sparse(rational.NewVector(0, -2, 0))},
	}
	c := v.Canonical()
	fmt.Println("rays", c.Rays[0].Dense(3), "of", len(c.Rays), "lines", c.Lines[0].Dense(3))
	// Output:
	// rays [1 0 3] of 1 lines [0 1 0]
}

// A segment is a polyhedron by rows; the cone one dimension up has one row more.
func ExamplePolyhedron() {
	segment := &cone.Polyhedron{Representation: cone.HRepresentation, Columns: 2, Rows: []cone.Row{
		{Vector: cone.Sparse(rational.NewVector(3, -2)), Scale: rational.NewInt(2)}, // 3/2 - x >= 0
		{Vector: cone.Unit(1, 1)}, // x >= 0
	}}
	fmt.Println(segment.Rows[0].At(0), segment.Rows[0].At(1), len(segment.H().Inequalities))
	// Output:
	// 3/2 -1 3
}
