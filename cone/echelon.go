package cone

import (
	"sort"

	"pstar/rational"
)

// echelon returns the reduced row echelon form of the span of the vectors as
// primitive rows with positive leading entries, sorted by pivot column, and the
// pivot columns. The result depends on the span only.
func echelon(vectors []Vector) (rows []Vector, pivots []int) {
	// A map and not a slice: there are few pivots among the coordinates of a large cone.
	at := map[int]Vector{} // by pivot column
	// Forward: each vector is reduced at its leading coordinate until no other one leads there, or
	// nothing is left of it.
	for _, v := range vectors {
		// Entries would otherwise grow with each step: there is no division, and every step multiplies.
		v = v.Primitive()
		for len(v) > 0 {
			p, ok := at[v[0].Index]
			if !ok {
				at[v[0].Index] = v
				break
			}
			v = eliminate(v, p, v[0].Index)
		}
	}
	for c := range at {
		pivots = append(pivots, c)
	}
	sort.Ints(pivots)
	// Backward, the last pivot first: the rows below are reduced already, so that what is put in
	// place of an entry brings no other pivot with it.
	for k := len(pivots) - 1; k >= 0; k-- {
		row := at[pivots[k]]
		// The entries are those from before; a pivot among them is still there, scaled.
		for _, e := range row[1:] {
			if p, ok := at[e.Index]; ok {
				row = eliminate(row, p, e.Index)
			}
		}
		// The sign is the last freedom: with it the rows depend on the span alone.
		if row[0].Value.Sign() < 0 {
			row = row.Neg()
		}
		at[pivots[k]] = row
	}
	for _, c := range pivots {
		rows = append(rows, at[c])
	}
	return rows, pivots
}

// eliminate returns a primitive positive or negative multiple of v plus a
// multiple of p that is zero at column c, where p is not.
func eliminate(v, p Vector, c int) Vector {
	a, b := p.At(c), v.At(c)
	if b.IsZero() {
		return v
	}
	// The least multiples that meet, since a·b would be taken out again.
	if g := rational.GCD(a, b); !g.IsOne() {
		a, b = a.DivExact(g), b.DivExact(g)
	}
	return Combine(a, v, b.Neg(), p).Primitive()
}

// NullSpace returns a basis of {x in R^dim : a·x = 0 for every row a} in
// reduced echelon form, primitive: the same for every list of rows with the
// same span.
func NullSpace(rows []Vector, dim int) []Vector {
	basis, pivots := echelon(rows)
	isPivot := make([]bool, dim)
	// Each free coordinate gives one solution.
	for _, c := range pivots {
		isPivot[c] = true
	}
	// Column f of the echelon form, for free f, gives the solution with x_f = 1.
	columns := make([][]Entry, dim)
	for k, row := range basis {
		// In a reduced form all other entries are of free columns.
		for _, e := range row[1:] {
			columns[e.Index] = append(columns[e.Index], Entry{k, e.Value})
		}
	}
	var null []Vector
	for f := range dim {
		if !isPivot[f] {
			null = append(null, solution(f, columns[f], basis, pivots))
		}
	}
	// Each solution is right as it is; together they are brought to the one form of their span.
	null, _ = echelon(null)
	return null
}

// solution returns the primitive integer solution with the one free coordinate
// f nonzero: x_pivot = -x_f · entry / lead for each basis row with an entry in
// column f.
func solution(f int, column []Entry, basis []Vector, pivots []int) Vector {
	// The least value of x_f with which all others are integers.
	scale := rational.NewInt(1)
	for _, e := range column {
		scale = rational.LCM(scale, basis[e.Index][0].Value)
	}
	entries := []Entry{{f, scale}}
	for _, e := range column {
		lead := basis[e.Index][0].Value
		// Exact, as the scale is a multiple of every lead.
		entries = append(entries, Entry{pivots[e.Index], e.Value.Mul(scale).DivExact(lead).Neg()})
	}
	return MakeVector(entries...).Primitive()
}
