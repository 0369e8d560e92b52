package orbits

import (
	"errors"

	"pstar/cone"
	"pstar/rational"
)

// A rayMap is what a symmetry does to rays, when it takes row i of a core, divided by its
// weight, to its image.
type rayMap struct {
	dim     int
	columns []cone.Vector // of a positive multiple of the matrix
}

// newRayMap finds the matrix M with a_to(i)/w_to(i) · M x = a_i/w_i · x for rows i of a
// basis, and so for all.
//
// to must be a symmetry: it is not tried here. What it is applied to is checked by the
// rows of the ray's image elsewhere.
func newRayMap(c *core, to permutation) (*rayMap, error) {
	rows := c.basis()
	var images []rational.Vector
	for _, i := range rows {
		images = append(images, c.rows[to[i]].Dense(c.dim))
	}
	inverse, ok := inverted(images)
	if !ok { // images of a basis are one
		return nil, errors.New("orbits: a symmetry has no inverse")
	}
	// M = (rows of images)⁻¹ · diag(w_to(i)/w_i) · (rows of the basis).
	matrix := make([]rational.RatVector, c.dim)
	over := rational.NewInt(1)
	for j := range matrix {
		matrix[j] = make(rational.RatVector, c.dim)
		for k, i := range rows {
			f := inverse[j][k].Mul(rational.RatFromInts(c.weights[to[i]], c.weights[i]))
			for _, x := range c.rows[i] {
				matrix[j][x.Index] = matrix[j][x.Index].Add(f.Mul(rational.RatFromInt(x.Value)))
			}
		}
		over = rational.LCM(over, matrix[j].Denominator()) // a multiple of the matrix does the same to rays
	}
	// Columns, since a ray is a sum of them, one for each of its few entries.
	m := &rayMap{dim: c.dim}
	for x := range c.dim {
		var column cone.Vector
		for j := range matrix {
			if v := matrix[j][x]; v.Sign() != 0 {
				column = append(column, cone.Entry{Index: j, Value: v.Num().Mul(over.DivExact(v.Den()))})
			}
		}
		m.columns = append(m.columns, column)
	}
	return m, nil
}

// of returns the image of a ray.
//
// It is primitive, and extreme if x is.
func (m *rayMap) of(x cone.Vector) cone.Vector {
	sums := make([]rational.Sum, m.dim)
	for _, e := range x { // by columns, as both are sparse
		for _, c := range m.columns[e.Index] {
			sums[c.Index].AddMul(e.Value, c.Value)
		}
	}
	dense := make(rational.Vector, m.dim)
	for j := range sums {
		dense[j] = sums[j].Int()
	}
	return cone.Sparse(dense).Primitive()
}
