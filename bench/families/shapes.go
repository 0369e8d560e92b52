package main

import (
	"math/bits"
	"math/rand/v2"
	"slices"

	"pstar/cone"
	"pstar/rational"
)

// file collects rows of small integers. The first rows, as many as linear says, are
// equations.
func file(r cone.Representation, rows [][]int64, linear int) *cone.Polyhedron {
	// All rows are of one length.
	f := &cone.Polyhedron{Representation: r, Columns: len(rows[0])}
	for i, row := range rows {
		f.Rows = append(f.Rows, cone.Row{
			Vector: cone.Sparse(rational.NewVector(row...)),
			Linear: i < linear,
		})
	}
	return f
}

func inequalities(rows [][]int64) *cone.Polyhedron { return file(cone.HRepresentation, rows, 0) }

func vertices(rows [][]int64) *cone.Polyhedron { return file(cone.VRepresentation, rows, 0) }

// cubeRows is {x : -1 <= x_i <= 1}.
func cubeRows(n int) *cone.Polyhedron {
	// Two rows for each coordinate, from the first on.
	var rows [][]int64
	for i := range n {
		// Both sides of each coordinate.
		for _, sign := range []int64{1, -1} {
			row := make([]int64, n+1)
			row[0], row[i+1] = 1, sign
			rows = append(rows, row)
		}
	}
	return inequalities(rows)
}

// signVectors lists (1, ±1, ..., ±1).
func signVectors(n int) [][]int64 {
	// In the order of the masks, so that the first has no minus.
	var rows [][]int64
	for mask := range 1 << n {
		row := make([]int64, n+1)
		row[0] = 1
		// Bit i of the mask is the sign of coordinate i.
		for i := range n {
			row[i+1] = int64(1 - 2*(mask>>i&1))
		}
		rows = append(rows, row)
	}
	return rows
}

// cubeVertices lists the corners of the same cube.
func cubeVertices(n int) *cone.Polyhedron { return vertices(signVectors(n)) }

// crossRows is {x : ±x_1 ... ±x_n <= 1}.
func crossRows(n int) *cone.Polyhedron { return inequalities(signVectors(n)) }

// crossVertices lists ± the unit vectors.
func crossVertices(n int) *cone.Polyhedron {
	// Vertices of one are rows of the other: both are polar to each other.
	f := cubeRows(n) // the same matrix
	f.Representation = cone.VRepresentation
	return f
}

// cyclicVertices lists m points (t, t^2, ..., t^d). For t = 1..m; the convex hull has
// more faces than any other with as many points.
func cyclicVertices(m, d int) *cone.Polyhedron {
	var rows [][]int64
	// t + 1, so that no point is the origin, and all are on one side of it.
	for t := range m {
		row := make([]int64, d+1)
		row[0] = 1
		for i := range d {
			row[i+1] = row[i] * int64(t+1)
		}
		rows = append(rows, row)
	}
	return vertices(rows)
}

// zeroOneVertices lists m different points of {0,1}^d. Points that are drawn twice are
// drawn again. There must be m of them: 2^d is at least m, or this does not end.
func zeroOneVertices(d, m int, seed uint64) *cone.Polyhedron {
	random := rand.New(rand.NewPCG(seed, uint64(d)))
	// By mask, which is the point.
	seen := map[int]bool{}
	var rows [][]int64
	// The families take two thirds of all points at most: few draws are repeated.
	for len(rows) < m {
		mask := random.IntN(1 << d)
		if seen[mask] {
			continue
		}
		seen[mask] = true
		row := make([]int64, d+1)
		row[0] = 1
		for i := range d {
			row[i+1] = int64(mask >> i & 1)
		}
		rows = append(rows, row)
	}
	return vertices(rows)
}

// marginRows is the polytope of nonnegative matrices with given row and column
// sums; the last column sum, which follows from the others, is left out.
func marginRows(rowSums, columnSums []int64) *cone.Polyhedron {
	// m·n entries, a column for each.
	m, n := len(rowSums), len(columnSums)
	// The sum of each row of the matrix.
	var rows [][]int64
	for i := range m {
		// Column 0 is the constant; entry i, j of the matrix is in column 1 + i·n + j.
		row := make([]int64, m*n+1)
		row[0] = -rowSums[i]
		for j := range n {
			row[1+i*n+j] = 1
		}
		rows = append(rows, row)
	}
	// The last column is not written.
	for j := range n - 1 {
		row := make([]int64, m*n+1)
		row[0] = -columnSums[j]
		for i := range m {
			row[1+i*n+j] = 1
		}
		rows = append(rows, row)
	}
	// What follows are the inequalities.
	linear := len(rows)
	// Entries are nonnegative.
	for k := range m * n {
		row := make([]int64, m*n+1)
		row[1+k] = 1
		rows = append(rows, row)
	}
	return file(cone.HRepresentation, rows, linear)
}

// transportRows has margins of which no partial sums of rows and columns agree, but for
// those of 4 by 5, where three do. So the smaller polytopes are simple, and that
// one has some degenerate vertices.
func transportRows(m, n int) *cone.Polyhedron {
	rowSums, columnSums := make([]int64, m), make([]int64, n)
	total := int64(0)
	// Quadratic numbers, small and all different; nothing else about them matters.
	for i := range m {
		rowSums[i] = 100 + int64(7*i*i)
		total += rowSums[i]
	}
	// Sums of columns that differ, with the last one making up the total.
	for j := range n {
		columnSums[j] = total/int64(n) + int64(3*j*j) - int64(2*j)
	}
	rest := total
	for j := range n - 1 {
		rest -= columnSums[j]
	}
	columnSums[n-1] = rest
	return marginRows(rowSums, columnSums)
}

// birkhoffRows is the polytope of doubly stochastic matrices, which is highly
// degenerate: every partial sum of rows is one of columns.
func birkhoffRows(n int) *cone.Polyhedron {
	// Margins of 1.
	ones := slices.Repeat([]int64{1}, n)
	return marginRows(ones, ones)
}

// redundantRows is the cone over a cube in R^(d-1) with m rows, most of them sums
// of facets, some of them repeated. Sums of up to four facets; at the end stand the
// facets themselves, so that none of these is missing.
func redundantRows(d, m int, seed uint64) *cone.Polyhedron {
	random := rand.New(rand.NewPCG(seed, uint64(d)))
	// The facets of which rows are made.
	facets := cubeRows(d - 1)
	var rows [][]int64
	// Rows are homogeneous: a cone over the cube, with a coordinate more.
	for len(rows) < m {
		row := make([]int64, d+1)
		for range 1 + random.IntN(4) {
			// A facet that is drawn twice counts twice.
			facet := facets.Rows[random.IntN(len(facets.Rows))].Vector
			for _, e := range facet {
				x, _ := e.Value.Int64()
				row[e.Index+1] += x
			}
		}
		rows = append(rows, row)
	}
	// Facets take the places of the last rows. m is larger than their number, 2(d - 1).
	for i, r := range facets.Rows {
		row := make([]int64, d+1)
		for _, e := range r.Vector {
			row[e.Index+1], _ = e.Value.Int64()
		}
		rows[len(rows)-1-i] = row
	}
	return inequalities(rows)
}

// metricRows is the cone of semimetrics on n points: the triangle inequalities. A row
// for each point and pair of others.
func metricRows(n int) *cone.Polyhedron {
	// Pairs are numbered by their larger point first, and stand after the constant.
	pair := func(i, j int) int { return 1 + max(i, j)*(max(i, j)-1)/2 + min(i, j) }
	// By pairs, then by third points.
	var rows [][]int64
	for i := range n {
		for j := range i {
			for k := range n {
				// A pair and a third point.
				if k == i || k == j {
					continue
				}
				row := make([]int64, n*(n-1)/2+1)
				row[pair(i, j)], row[pair(i, k)], row[pair(j, k)] = -1, 1, 1
				rows = append(rows, row)
			}
		}
	}
	return inequalities(rows)
}

// randomRows is a simple polytope: m random halfspaces around the origin. The constant
// is positive, so that the origin is inside.
func randomRows(d, m int, seed uint64) *cone.Polyhedron {
	random := rand.New(rand.NewPCG(seed, uint64(d)))
	// Coefficients from -1000 to 1000, all of them drawn.
	var rows [][]int64
	for range m {
		row := make([]int64, d+1)
		// So every row is at a distance from the origin, and none goes through a vertex
		// of others but by chance.
		row[0] = 1000
		for i := range d {
			row[i+1] = random.Int64N(2001) - 1000
		}
		rows = append(rows, row)
	}
	return inequalities(rows)
}

// cellRows is the feasibility cone F(K,n) with u_n = 0: u_i + v_T >= 0 for all
// sets T of 2 to K tokens and i in T.
func cellRows(k, n int) *cone.Polyhedron {
	var sets []int
	for size := 2; size <= min(k, n); size++ {
		for mask := range 1 << n {
			if bits.OnesCount(uint(mask)) == size {
				sets = append(sets, mask)
			}
		}
	}
	// A row for each set and token of it.
	var rows [][]int64
	for t, mask := range sets {
		// Tokens of the set only.
		for i := range n {
			if mask>>i&1 == 0 {
				continue
			}
			row := make([]int64, n+len(sets))
			// u_n is 0, and has no column.
			if i < n-1 {
				row[1+i] = 1
			}
			row[n+t] = 1
			rows = append(rows, row)
		}
	}
	return inequalities(rows)
}
