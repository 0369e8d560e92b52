package rational

import "slices"

// NullSpace returns the basis of {x : m x = 0} in reduced row echelon form, as
// primitive integer vectors with positive leading entries: it depends on the space
// alone. It is empty if the space is {0}, and there are Cols() − Rank() vectors in
// general.
func (m *Matrix) NullSpace() []Vector {
	// With the columns reversed, the pivots stand as far right as possible. Then the
	// kernel vector of a free column has no other nonzero entry to its left and none
	// in the other free columns, which is the reduced echelon form.
	e := m.reverseColumns().eliminate(m.cols, true)
	var basis []Vector
	for free := m.cols - 1; free >= 0; free-- {
		if !slices.Contains(e.pivots, free) {
			basis = append(basis, e.kernelVector(free, m.cols))
		}
	}
	return basis
}

// reverseColumns returns m with its columns in the opposite order.
func (m *Matrix) reverseColumns() *Matrix {
	out := newMatrix(m.rows, m.cols)
	copy(out.data, m.data)
	for i := range out.rows {
		slices.Reverse(out.Row(i))
	}
	return out
}

// kernelVector returns the kernel vector of a free column of the reversed matrix,
// with its entries in the original order. Each row i reads
// pivot · x[pivots[i]] + rows[i][free] · x[free] = 0.
func (e *elimination) kernelVector(free, cols int) Vector {
	x := make(Vector, cols)
	// x[free] = pivot makes all other entries whole: x[c] = -rows[i][free].
	x[free] = e.pivot
	for i, c := range e.pivots {
		x[c] = e.rows[i][free].Neg()
	}
	slices.Reverse(x)
	// The free entry is the pivot itself, and leads: it is to be positive.
	if e.pivot.Sign() < 0 {
		x = x.Neg()
	}
	return x.Primitive()
}

// Solve returns one solution of m x = b, the one whose entries outside the pivot
// columns of m are zero, and true; or nil and false if there is none. It panics
// unless b has one entry for each row.
func (m *Matrix) Solve(b RatVector) (x RatVector, ok bool) {
	sameLength("Solve", m.rows, len(b))
	// Integers alone are eliminated; the denominator of b comes back with the solution.
	scaled, d := b.Integers()
	e := m.augment(scaled).eliminate(m.cols+1, true)
	// Entries of columns without a pivot stay 0.
	x = make(RatVector, m.cols)
	for i, c := range e.pivots {
		if c == m.cols {
			return nil, false // a row reads 0 = pivot
		}
		// rows[i] reads pivot · x[c] = entry, for the scaled right side.
		x[c] = reduce(e.rows[i][m.cols], e.pivot.Mul(d))
	}
	return x, true
}

// augment returns m with one more column.
func (m *Matrix) augment(column Vector) *Matrix {
	out := newMatrix(m.rows, m.cols+1)
	for i := range m.rows {
		copy(out.Row(i), m.Row(i))
		out.Row(i)[m.cols] = column[i]
	}
	return out
}
