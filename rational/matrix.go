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
	// All rows in one piece of memory, so that elimination goes through it in order.
	m := newMatrix(len(rows), cols)
	for i, row := range rows {
		if len(row) != cols {
			panic(fmt.Sprintf("rational: row %d of length %d in a matrix of %d columns", i, len(row), cols))
		}
		// Rows are copied, so that whoever made them may go on with them.
		copy(m.Row(i), row)
	}
	return m
}

// newMatrix returns a matrix of zeros, which the caller fills.
func newMatrix(rows, cols int) *Matrix {
	if cols < 0 {
		panic("rational: negative number of columns")
	}
	return &Matrix{rows: rows, cols: cols, data: make([]Int, rows*cols)}
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
	// The capacity ends with the row: appending to it copies, and leaves the next row alone.
	return Vector(m.data[i*m.cols : (i+1)*m.cols : (i+1)*m.cols])
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

// String returns one line for each row, in the form of [Vector.String].
func (m *Matrix) String() string {
	var b strings.Builder
	for i := range m.rows {
		b.WriteString(m.Row(i).String())
		b.WriteByte('\n')
	}
	return b.String()
}
