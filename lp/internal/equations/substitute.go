package equations

import (
	"context"
	"slices"

	"pstar/lp/internal/lists"
	"pstar/rational"
)

// Matrix solves linear equations with a square integer matrix exactly. A row or column
// of one entry, or one left when others are solved, is solved by substitution, in as
// many operations as there are entries and with numbers no longer than their answers;
// what remains, the nucleus, is lifted.
//
// Transposed equations go through the same lists the other way: what was solved last is
// solved first.
type Matrix struct {
	size    int
	columns Lines
	rows    Lines
	// A row whose other positions are solved before: when it is its turn, its equation
	// has one unknown.
	rowSingles []single
	// A column whose other rows belong to those before: no equation that is left needs
	// its unknown, which is found at the end.
	colSingles []single
	nucleus    []block // none if nothing remains
}

// Lines is a sparse matrix by lines. Each entry stands once; lines may be empty.
type Lines = lists.Of[rational.Int]

// transposed returns the matrix by the lines of the other kind, of which there are as
// many. It is a sort by counting, two passes over the entries.
func transposed(m *Lines) (t Lines) {
	n := len(m.Start) - 1
	next := make([]int32, n) // where the next entry of each line goes
	for _, i := range m.Index {
		next[i]++
	}
	t.Prepare(next)
	for k := range n {
		index, value := m.Part(k)
		for e, i := range index {
			t.Place(next, i, int32(k), value[e])
		}
	}
	return t
}

// single is the entry of a row at a position with which one unknown is solved.
type single struct {
	row, position int32
	pivot         rational.Int
}

// NewMatrix takes the matrix by columns, a prime, and a guess at good pivots for the
// nucleus. If the matrix is singular, or its nucleus modulo the prime, the result is nil,
// and positions and rows are positions that depend on others and as many rows, whose unit columns
// in their place make it regular modulo the prime.
//
// A matrix with an empty row or column has it in its nucleus, where it is found to be
// singular. It costs a pass over the entries, and the factorisation of the nucleus.
func NewMatrix(prime uint64, columns Lines, order, wish []int32) (m *Matrix, positions, rows []int32) {
	m = &Matrix{size: len(columns.Start) - 1, columns: columns, rows: transposed(&columns)}
	rowDone, colDone := m.peel()
	place := make([]int32, m.size) // of the rows of the nucleus, in it and then in their blocks
	for i, done := range rowDone {
		if done {
			place[i] = outside
		}
	}
	m.nucleus = m.blocks(unsolved(order, colDone), unsolved(wish, rowDone), place)
	for k := range m.nucleus {
		// All of the blocks are factored even if one is singular, to tell of all that is.
		dependent, empty := m.nucleus[k].factor(prime, &m.columns, place)
		positions, rows = append(positions, dependent...), append(rows, empty...)
	}
	if len(positions) > 0 {
		return nil, positions, rows
	}
	return m, nil, nil
}

// unsolved returns the lines of a list that are not done, in their order.
func unsolved(list []int32, done []bool) (rest []int32) {
	for _, k := range list {
		if !done[k] {
			rest = append(rest, k)
		}
	}
	return rest
}

// peel finds the singles. Columns first: their unknowns are in no other equation that
// is left, so that they make nothing longer. A single that has been put on a stack may
// have been used by its other line since.
func (m *Matrix) peel() (rowDone, colDone []bool) {
	rowDone, colDone = make([]bool, m.size), make([]bool, m.size)
	rowCount, colCount := make([]int32, m.size), make([]int32, m.size)
	var rows, cols []int32
	for k := range m.size {
		rowCount[k] = m.rows.Start[k+1] - m.rows.Start[k]
		colCount[k] = m.columns.Start[k+1] - m.columns.Start[k]
		if rowCount[k] == 1 {
			rows = append(rows, int32(k))
		}
		if colCount[k] == 1 {
			cols = append(cols, int32(k))
		}
	}
	for len(rows)+len(cols) > 0 {
		if n := len(cols); n > 0 {
			p := cols[n-1]
			cols = cols[:n-1]
			// Not if the row of its last entry has gone: then there is none.
			if i, v, ok := only(&m.columns, p, rowDone); ok && !colDone[p] {
				m.colSingles = append(m.colSingles, single{i, p, v})
				rowDone[i], colDone[p] = true, true
				cols = drop(&m.rows, i, colDone, colCount, cols)
			}
			continue
		}
		n := len(rows)
		i := rows[n-1]
		rows = rows[:n-1]
		if p, v, ok := only(&m.rows, i, colDone); ok && !rowDone[i] {
			m.rowSingles = append(m.rowSingles, single{i, p, v})
			rowDone[i], colDone[p] = true, true
			// The unknown of the row is known now, and so its column leaves the others;
			// the row itself leaves the columns.
			rows = drop(&m.columns, p, rowDone, rowCount, rows)
			cols = drop(&m.rows, i, colDone, colCount, cols)
		}
	}
	return rowDone, colDone
}

// only returns the entry of a line that crosses no line done, if there is exactly one.
func only(m *Lines, k int32, done []bool) (i int32, v rational.Int, ok bool) {
	index, value := m.Part(int(k))
	for e, j := range index {
		// Lines that are done are known, or not needed.
		if done[j] {
			continue
		}
		if ok {
			return 0, v, false
		}
		i, v, ok = j, value[e], true
	}
	return i, v, ok
}

// drop takes line k out of the counts of the lines that cross it, and lists those that are
// down to one entry. They may be listed more than once; only looks again.
func drop(m *Lines, k int32, done []bool, count, list []int32) []int32 {
	index, _ := m.Part(int(k))
	for _, j := range index {
		if count[j]--; count[j] == 1 && !done[j] {
			list = append(list, j)
		}
	}
	return list
}

// Solve returns the x with B x = b, or with Bᵀ x = b if transposed. It fails only if ctx
// ends. The entries of x are not all in lowest terms; see [Fraction].
func (m *Matrix) Solve(ctx context.Context, b []rational.Int, transposed bool) ([]Fraction, error) {
	x := slices.Repeat([]Fraction{fractionOf(rational.Rat{})}, m.size)
	// What is known beforehand; then the nucleus; then what needs it.
	first, last := m.rowSingles, m.colSingles
	if transposed {
		first, last = last, first
	}
	for _, s := range first {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m.substitute(s, b, x, transposed)
	}
	if err := m.solveNucleus(ctx, b, x, transposed); err != nil {
		return nil, err
	}
	// From the last to the first: each needs those that were taken after it.
	for k := len(last) - 1; k >= 0; k-- {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		m.substitute(last[k], b, x, transposed)
	}
	return x, nil
}

// substitute solves one equation for the unknown of a single. It is b less the known
// part, over the pivot.
func (m *Matrix) substitute(s single, b []rational.Int, x []Fraction, transposed bool) {
	lines, equation, unknown := &m.rows, s.row, s.position
	if transposed {
		lines, equation, unknown = &m.columns, s.position, s.row
	}
	index, value := lines.Part(int(equation))
	x[unknown] = minusProducts(b[equation], index, value, x, unknown).Over(s.pivot)
}

// solveNucleus solves for the unknowns of the nucleus, block by block.
func (m *Matrix) solveNucleus(ctx context.Context, b []rational.Int, x []Fraction, transposed bool) error {
	for k := range m.nucleus {
		if err := m.solveBlock(ctx, &m.nucleus[k], b, x, transposed); err != nil {
			return err
		}
	}
	return nil
}

// solveBlock solves for the unknowns of a block. The right sides get one denominator, since the
// lifter takes integers.
func (m *Matrix) solveBlock(ctx context.Context, part *block, b []rational.Int, x []Fraction, transposed bool) error {
	lines, equations, unknowns := &m.rows, part.rows, part.positions
	if transposed {
		lines, equations, unknowns = &m.columns, part.positions, part.rows
	}
	sides := make([]Fraction, len(equations))
	den := rational.NewInt(1)
	for k, q := range equations {
		index, value := lines.Part(int(q))
		sides[k] = minusProducts(b[q], index, value, x, -1)
		if d := sides[k].Den; !d.IsOne() && !d.Equal(den) {
			den = rational.LCM(den, d)
		}
	}
	right := make([]rational.Int, len(equations))
	for k, s := range sides {
		// Sides with that denominator need no product.
		if right[k] = s.Num; !s.Den.Equal(den) && !s.Num.IsZero() {
			right[k] = s.Num.Mul(den.DivExact(s.Den))
		}
	}
	num, common, err := part.lifter.solve(ctx, right, transposed)
	if err != nil {
		return err
	}
	// The sides were multiplied by den, and so was the solution.
	common = common.Mul(den)
	for k, u := range unknowns {
		x[u] = newFraction(num[k], common)
	}
	return nil
}
