package main

import (
	"math/bits"
	"math/rand/v2"

	"pstar/cone"
	"pstar/internal/each"
)

// field are families that the users of double description bring: random ones, those of
// combinatorial optimisation, and those of Bell inequalities and flux modes. The names
// say what dimension and how many points or rows there are; random ones are the same
// each time.
func field() []family {
	return []family{
		// Random 0/1 points: few coordinates and many points give facets of long
		// coefficients. One seed for all, so that files are the same on every machine.
		{"zeroone12-40.ext", func() *cone.Polyhedron { return zeroOneVertices(12, 40, 1) }},
		{"zeroone10-60.ext", func() *cone.Polyhedron { return zeroOneVertices(10, 60, 1) }},
		{"zeroone09-200.ext", func() *cone.Polyhedron { return zeroOneVertices(9, 200, 1) }},
		// The cube from its corners: 8192 of them and 26 facets, so that the work is in
		// leaving out what is no facet.
		{"cube13.ext", func() *cone.Polyhedron { return cubeVertices(13) }},
		// Simplicial, and simple: nothing is degenerate, and there are many facets or
		// vertices.
		{"sphere08-40.ext", func() *cone.Polyhedron { return sphereVertices(8, 40, 1) }},
		{"simple10-24.ine", func() *cone.Polyhedron { return randomRows(10, 24, 1) }},
		{"simple06-60.ine", func() *cone.Polyhedron { return randomRows(6, 60, 1) }},
		// Numbers near 22^12, of 54 bits: the coefficients of the facets need more than
		// a word.
		{"cyclic22-12.ext", func() *cone.Polyhedron { return cyclicVertices(22, 12) }},
		{"cyclic30-08.ext", func() *cone.Polyhedron { return cyclicVertices(30, 8) }},
		// Simple, though with 2^n - 2 rows, and as many vertices as there are
		// permutations.
		{"permuto7.ine", func() *cone.Polyhedron { return permutohedronRows(7) }},
		{"permuto8.ine", func() *cone.Polyhedron { return permutohedronRows(8) }},
		// Bell's polytopes, cuts, tours and orders: 0/1 points in many coordinates,
		// with very many of them on some facets.
		{"bell33-22.ext", func() *cone.Polyhedron { return bellVertices([]int{2, 2, 2}, []int{2, 2, 2}) }},
		{"bell22-33.ext", func() *cone.Polyhedron { return bellVertices([]int{3, 3}, []int{3, 3}) }},
		{"bell43-22.ext", func() *cone.Polyhedron { return bellVertices([]int{2, 2, 2, 2}, []int{2, 2, 2}) }},
		{"cut6.ext", func() *cone.Polyhedron { return cutVertices(6) }},
		// Cuts and metrics, from either side; those of 6 points have 368 facets.
		{"cutfacets5.ine", func() *cone.Polyhedron { return cutFacets(5) }},
		{"cutfacets6.ine", func() *cone.Polyhedron { return cutFacets(6) }},
		{"cut7.ext", func() *cone.Polyhedron { return cutVertices(7) }},
		{"metricpolytope7.ine", func() *cone.Polyhedron { return metricPolytopeRows(7) }},
		{"metricpoints5.ext", metricVertices},
		{"metricpolytope6.ine", func() *cone.Polyhedron { return metricPolytopeRows(6) }},
		{"tours6.ext", func() *cone.Polyhedron { return tourVertices(6) }},
		{"tours7.ext", func() *cone.Polyhedron { return tourVertices(7) }},
		{"orders5.ext", func() *cone.Polyhedron { return orderVertices(5) }},
		{"orders6.ext", func() *cone.Polyhedron { return orderVertices(6) }},
		{"orders7.ext", func() *cone.Polyhedron { return orderVertices(7) }},
		{"bell44-22.ext", func() *cone.Polyhedron { return bellVertices([]int{2, 2, 2, 2}, []int{2, 2, 2, 2}) }},
		// Products and hypersimplices have few facets with many vertices on each.
		{"simplices4-4-4.ext", func() *cone.Polyhedron { return simplicesVertices(4, 4, 4) }},
		{"hypersimplex4-12.ext", func() *cone.Polyhedron { return hypersimplexVertices(4, 12) }},
		// Doubly stochastic matrices: n! vertices, each on many more rows than it
		// needs.
		{"birkhoff5.ine", func() *cone.Polyhedron { return birkhoffRows(5) }},
		{"birkhoff6.ine", func() *cone.Polyhedron { return birkhoffRows(6) }},
		// A cone and not a polytope: rays are looked for, and there are equations.
		{"flux34-50.ine", func() *cone.Polyhedron { return fluxRows(34, 50, 1) }},
	}
}

// sphereVertices are m points near a sphere, of integers. They are rounded from a cube
// of integers, so that nearly all are vertices and the polytope is simplicial.
func sphereVertices(d, m int, seed uint64) *cone.Polyhedron {
	// The dimension is part of the seed, so that families of one seed differ.
	random := rand.New(rand.NewPCG(seed, uint64(d)))
	var rows [][]int64
	// Directions of a cube, not of the sphere: that does not matter for the shape.
	for len(rows) < m {
		row := make([]int64, d+1)
		row[0] = 1
		norm := int64(0)
		for i := range d {
			row[i+1] = random.Int64N(2001) - 1000
			norm += row[i+1] * row[i+1]
		}
		length := int64(1)
		// The integer root is found by counting; there are few points.
		for length*length < norm {
			length++
		}
		for i := range d {
			// Near the sphere of radius 1000, but for rounding.
			row[i+1] = row[i+1] * 1000 / length
		}
		rows = append(rows, row)
	}
	return vertices(rows)
}

// permutohedronRows is the convex hull of the permutations of 1..n: the sum over a set of
// coordinates is at least 1 + 2 + ... up to its size, and over all as much. The mask of
// all coordinates comes first, and is the equation.
func permutohedronRows(n int) *cone.Polyhedron {
	var rows [][]int64
	for mask := 1<<n - 1; mask > 0; mask-- {
		// Each set of coordinates has a row.
		row := make([]int64, n+1)
		size := int64(bits.OnesCount(uint(mask)))
		row[0] = -size * (size + 1) / 2
		// The coordinates of the set count 1.
		for i := range n {
			row[i+1] = int64(mask >> i & 1)
		}
		rows = append(rows, row)
	}
	return file(cone.HRepresentation, rows, 1)
}

// bellVertices are the deterministic points of two parties that choose a setting each, by the
// numbers of outcomes of their settings: probabilities of all outcomes but the last of each
// setting, and of pairs of these. Bell's local polytope in the form without redundant
// coordinates.
func bellVertices(first, second []int) *cone.Polyhedron {
	answers := func(outcomes []int) [][]int64 { // indicators of the outcomes but the last
		// list begins with the empty answer, and becomes longer by one setting at a
		// time.
		list := [][]int64{nil}
		for _, n := range outcomes {
			// Deterministic answers to each setting, one after the other.
			var next [][]int64
			for _, head := range list {
				for o := range n {
					row := append([]int64(nil), head...)
					for k := range n - 1 {
						row = append(row, indicator(k == o))
					}
					next = append(next, row)
				}
			}
			list = next
		}
		return list
	}
	// All pairs of answers, in the order of the first party.
	var rows [][]int64
	for _, a := range answers(first) {
		for _, b := range answers(second) {
			row := append(append([]int64{1}, a...), b...)
			// Products are the joint probabilities. The answers of each
			// party are certain, so that they are independent.
			for _, x := range a {
				for _, y := range b {
					row = append(row, x*y)
				}
			}
			rows = append(rows, row)
		}
	}
	return vertices(rows)
}

// indicator is 1 if a condition holds.
func indicator(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// cutVertices are the cuts of the complete graph on n points. Each cut is given by the
// side of the points but the last, which stays.
func cutVertices(n int) *cone.Polyhedron {
	// A point that stays on one side, so that no cut comes twice.
	var rows [][]int64
	for mask := range 1 << (n - 1) {
		// The constant, and a coordinate for each pair.
		row := []int64{1}
		for j := range n {
			for i := range j {
				// 1 if the two are on different sides.
				row = append(row, int64((mask>>i^mask>>j)&1))
			}
		}
		rows = append(rows, row)
	}
	return vertices(rows)
}

// cutFacets are the facets of the cut polytope on 5 or 6 points: sum of b_i·b_j·x_ij at most
// (s²-1)/4 for the vectors b, up to sign, of entries ±1 in 3 or 5 places, or ±1 and one ±2 in 6, and
// their sum s. The vectors are gone through by recursion, each entry from −2 to 2; the
// first entry that is not 0 is positive, as −b gives the same row.
func cutFacets(n int) *cone.Polyhedron {
	var rows [][]int64
	// The vector at hand, an entry at a time.
	b := make([]int64, n)
	var next func(i int)
	next = func(i int) {
		// All vectors with entries from −2 to 2.
		if i < n {
			for b[i] = -2; b[i] <= 2; b[i]++ {
				next(i + 1)
			}
			// b is left as it was found: the level above goes on with it.
			b[i] = 0
			return
		}
		// How many entries are not 0, how many are ±2, their sum, and the first that is not 0.
		places, twos, sum, first := 0, 0, int64(0), int64(0)
		row := []int64{0}
		for j, x := range b {
			if sum += x; x != 0 {
				places++
				if first == 0 {
					first = x
				}
			}
			// Entries ±2, of which one is permitted.
			if x*x == 4 {
				twos++
			}
			for i := range j {
				// At most becomes at least 0 with the signs turned.
				row = append(row, -b[i]*x)
			}
		}
		// s is odd for all vectors that are taken below, so that this is an integer.
		row[0] = (sum*sum - 1) / 4
		// The families of facets for 5 and 6 points, one of each pair ±b.
		if first > 0 && (twos == 0 && (places == 3 || places == 5) || twos == 1 && places == 6) {
			rows = append(rows, row)
		}
	}
	next(0)
	return inequalities(rows)
}

// metricVertices are the vertices of the metric polytope on 5 points: the cuts, and the point whose
// distances are 2/3 with its switchings. Switching by a cut takes x_ij to 1 − x_ij,
// here in thirds.
func metricVertices() *cone.Polyhedron {
	// Two points of each cut: the cut itself, and 2/3 everywhere switched by it.
	var rows [][]int64
	for _, row := range cutVertices(5).Rows {
		cut := []int64{1}
		switched := []int64{3}
		for i := 1; i <= 10; i++ {
			x, _ := row.Vector.At(i).Int64()
			// The switched point, in thirds.
			cut, switched = append(cut, x), append(switched, 2-x)
		}
		rows = append(rows, cut, switched)
	}
	return vertices(rows)
}

// metricPolytopeRows are the triangle and perimeter inequalities on n points. Four for
// each triple: three triangle inequalities, and x + y + z ≤ 2.
func metricPolytopeRows(n int) *cone.Polyhedron {
	pair := func(i, j int) int { return 1 + j*(j-1)/2 + i } // i < j
	// In the order of the largest point of a triple.
	var rows [][]int64
	for k := range n {
		for j := range k {
			for i := range j {
				of := [3]int{pair(i, j), pair(i, k), pair(j, k)}
				// Three triangle inequalities, and the perimeter.
				for minus := range 4 {
					row := make([]int64, n*(n-1)/2+1)
					for x, column := range of {
						// One distance against the two others, or all three against the
						// perimeter.
						row[column] = 1 - 2*indicator(x == minus || minus == 3)
					}
					row[0] = 2 * indicator(minus == 3)
					rows = append(rows, row)
				}
			}
		}
	}
	return inequalities(rows)
}

// tourVertices are the Hamiltonian cycles of the complete graph on n points. One point
// stays last, and of the two directions of a cycle one is taken.
func tourVertices(n int) *cone.Polyhedron {
	// (n-1)!/2 of them.
	var rows [][]int64
	// All orders of the other points.
	permutations(n-1, func(order []int) {
		// The two neighbours of the last point tell the directions apart.
		if order[0] > order[n-2] {
			return // the same cycle the other way round
		}
		row := make([]int64, n*(n-1)/2+1)
		row[0] = 1
		last := n - 1
		// A copy: order belongs to permutations, which goes on with it.
		for _, x := range append(order[:n-1:n-1], n-1) {
			i, j := min(x, last), max(x, last)
			// The edge between two neighbours on the tour.
			row[1+j*(j-1)/2+i] = 1
			last = x
		}
		rows = append(rows, row)
	})
	return vertices(rows)
}

// orderVertices are the linear orders of n things: x_ij = 1 if i is before j.
func orderVertices(n int) *cone.Polyhedron {
	// n! of them.
	var rows [][]int64
	// place says where each thing stands.
	permutations(n, func(place []int) {
		row := []int64{1}
		for j := range n {
			for i := range j {
				// The pair is in order.
				row = append(row, indicator(place[i] < place[j]))
			}
		}
		rows = append(rows, row)
	})
	return vertices(rows)
}

// permutations calls a function with each permutation of 0..n-1. The list is one and
// the same, and must not be kept.
func permutations(n int, call func([]int)) {
	// One list, in which entries are exchanged.
	list := each.To(n, func(i int) int { return i })
	var next func(k int)
	next = func(k int) {
		// No return is needed: the loop below is empty at the end.
		if k == n {
			call(list)
		}
		for i := k; i < n; i++ {
			// Each of what is left comes to place k, and goes back after it.
			list[k], list[i] = list[i], list[k]
			next(k + 1)
			list[k], list[i] = list[i], list[k]
		}
	}
	next(0)
}

// simplicesVertices is a product of simplices of these dimensions.
func simplicesVertices(dims ...int) *cone.Polyhedron {
	rows := [][]int64{{1}}
	for _, d := range dims {
		var next [][]int64
		for _, head := range rows {
			// A vertex of each simplex, in all combinations. They are the
			// unit vectors, and 0 as the last.
			for v := range d + 1 {
				row := append([]int64(nil), head...)
				for i := range d {
					row = append(row, indicator(i == v))
				}
				next = append(next, row)
			}
		}
		rows = next
	}
	return vertices(rows)
}

// hypersimplexVertices are the vectors of n coordinates of which k are 1 and the others 0.
func hypersimplexVertices(k, n int) *cone.Polyhedron {
	// By masks, in ascending order of their numbers.
	var rows [][]int64
	for mask := range 1 << n {
		// The mask of a vertex; n is 12 at most, so that all masks can be looked
		// through.
		if bits.OnesCount(uint(mask)) == k {
			row := []int64{1}
			for i := range n {
				row = append(row, int64(mask>>i&1))
			}
			rows = append(rows, row)
		}
	}
	return vertices(rows)
}

// fluxRows is the cone of flux modes of a random network: in a steady state of m metabolites
// the n reactions, of which each turns one or two of them into one or two, run forward.
// Which reactions they are chance decides, with the seed; the first m rows are
// equations.
func fluxRows(m, n int, seed uint64) *cone.Polyhedron {
	// The number of reactions is part of the seed.
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	// The steady state first, then the signs of the reactions.
	rows := make([][]int64, m+n)
	for i := range rows {
		rows[i] = make([]int64, n+1)
	}
	for j := range n {
		// Each reaction runs forward.
		rows[m+j][j+1] = 1
		for _, sign := range []int64{-1, 1} {
			// One in five of these takes from, or gives to, the outside.
			if random.IntN(5) == 0 {
				continue // taken in, or given off
			}
			for range 1 + random.IntN(2) {
				// The same metabolite may be drawn twice, or once as used and once as
				// made: then the later one counts.
				rows[random.IntN(m)][j+1] = sign
			}
		}
	}
	return file(cone.HRepresentation, rows, m)
}
