package rational

import (
	"fmt"
	"strings"
)

// Matrix is a dense matrix of integers with a fixed number of rows and columns,
// either of which may be zero. By convention it is not changed once built.
type Matrix struct {
	rows, cols int
	data       []Int // row by row
}

// NewMatrix returns the matrix with the given rows, which are copied. The number
// of columns is given separately so that a matrix may have no rows. It panics if
// a row has another length.
func NewMatrix(rows []Vector, cols int) *Matrix {
	m := newMatrix(len(rows), cols)
	for i, row := range rows {
		if len(row) != cols {
			panic(fmt.Sprintf("rational: row %d of length %d in a matrix of %d columns", i, len(row), cols))
		}
		copy(m.Row(i), row)
	}
	return m
}

func newMatrix(rows, cols int) *Matrix {
	if cols < 0 {
		panic("rational: negative number of columns")
	}
	return &Matrix{rows: rows, cols: cols, data: make([]Int, rows*cols)}
}

// Identity returns the n×n identity matrix.
func Identity(n int) *Matrix {
	m := newMatrix(n, n)
	for i := range n {
		m.data[i*n+i] = NewInt(1)
	}
	return m
}

// Rows returns the number of rows.
func (m *Matrix) Rows() int { return m.rows }

// Cols returns the number of columns.
func (m *Matrix) Cols() int { return m.cols }

// At returns the entry in row i and column j.
func (m *Matrix) At(i, j int) Int { return m.Row(i)[j] }

// Row returns row i. It shares storage with m and must not be changed.
func (m *Matrix) Row(i int) Vector {
	if i < 0 || i >= m.rows {
		panic(fmt.Sprintf("rational: row %d of a matrix of %d rows", i, m.rows))
	}
	return Vector(m.data[i*m.cols : (i+1)*m.cols : (i+1)*m.cols])
}

// Equal reports whether m and n have the same shape and entries.
func (m *Matrix) Equal(n *Matrix) bool {
	return m.rows == n.rows && m.cols == n.cols && Vector(m.data).Equal(n.data)
}

// Transpose returns the transposed matrix.
func (m *Matrix) Transpose() *Matrix {
	t := newMatrix(m.cols, m.rows)
	for i := range m.rows {
		for j, c := range m.Row(i) {
			t.data[j*m.rows+i] = c
		}
	}
	return t
}

// Mul returns the product m · n. It panics unless m has as many columns as n rows.
func (m *Matrix) Mul(n *Matrix) *Matrix {
	if m.cols != n.rows {
		panic(fmt.Sprintf("rational: product of a %d×%d and a %d×%d matrix", m.rows, m.cols, n.rows, n.cols))
	}
	out, columns := newMatrix(m.rows, n.cols), n.Transpose()
	for i := range m.rows {
		row := out.Row(i)
		for j := range row {
			row[j] = m.Row(i).Dot(columns.Row(j))
		}
	}
	return out
}

// MulVector returns m · x. It panics unless x has one entry for each column.
func (m *Matrix) MulVector(x Vector) Vector {
	out := make(Vector, m.rows)
	for i := range out {
		out[i] = m.Row(i).Dot(x)
	}
	return out
}

// String returns one line for each row, in the form of [Vector.String].
func (m *Matrix) String() string {
	var b strings.Builder
	for i := range m.rows {
		b.WriteString(m.Row(i).String())
		b.WriteByte('\n')
	}
	return b.String()
}
