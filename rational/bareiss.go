package rational

// Fraction-free elimination after E. H. Bareiss, Sylvester's identity and multistep
// integer-preserving Gaussian elimination, Math. Comp. 22 (1968).
//
// One step with pivot p in row r, column c replaces every other row i by
//
//	(p · row_i − a_ic · row_r) / d,
//
// where d is the previous pivot, one at the start. Every entry that arises is a
// minor of the matrix that was given, by Sylvester's identity; therefore the
// division is exact, and entries grow no longer than Hadamard's bound allows.
// Applied to all other rows instead of those below only (Gauss–Jordan), a step
// also turns the pivots found before into p, so that at the end all pivots are
// equal.

// elimination is a matrix during and after elimination.
type elimination struct {
	rows   []Vector
	pivots []int // column of the pivot of rows[i], in ascending order
	pivot  Int   // last pivot: with Gauss–Jordan, the value of all of them
}

// eliminate runs over a copy of m and takes pivots from its first cols columns.
// With full set it clears the pivot columns above the pivots as well.
func (m *Matrix) eliminate(cols int, full bool) *elimination {
	e := &elimination{rows: make([]Vector, m.rows), pivot: NewInt(1)}
	// A copy: matrices are not changed, and elimination works in place.
	data := append([]Int(nil), m.data...)
	for i := range e.rows {
		e.rows[i] = data[i*m.cols : (i+1)*m.cols]
	}
	// Columns beyond cols, such as a right-hand side, are carried along and never pivot.
	for c := 0; c < cols && len(e.pivots) < m.rows; c++ {
		// A column without a pivot is free, and the next one is tried in the same row.
		if e.choosePivot(c) {
			e.step(c, full)
		}
	}
	return e
}

// choosePivot brings the first row with a nonzero entry in column c to the place
// of the next pivot row, and reports whether there is one.
func (e *elimination) choosePivot(c int) bool {
	// Rows above r have their pivots already.
	r := len(e.pivots)
	// The first nonzero entry, not the largest: exact numbers have no rounding to keep small, and the
	// entries that arise are minors whichever is taken.
	for i := r; i < len(e.rows); i++ {
		if e.rows[i][c].IsZero() {
			continue
		}
		e.rows[i], e.rows[r] = e.rows[r], e.rows[i]
		return true
	}
	return false
}

// step eliminates column c with the next pivot row.
func (e *elimination) step(c int, full bool) {
	// The number of pivots so far is the row of the next one.
	r := len(e.pivots)
	row := e.rows[r]
	p, first := row[c], r+1
	// Gauss–Jordan: the rows above as well, which keeps all pivots equal.
	if full {
		first = 0
	}
	for i := first; i < len(e.rows); i++ {
		if i != r {
			e.reduceRow(e.rows[i], row, c, p)
		}
	}
	e.pivots, e.pivot = append(e.pivots, c), p
}

// reduceRow replaces target by (p·target − target[c]·source) / previous pivot.
func (e *elimination) reduceRow(target, source Vector, c int, p Int) {
	// Computed once for the row, before its entry in column c is overwritten.
	factor := target[c].Neg()
	// The row would be multiplied by p and divided by it.
	if factor.IsZero() && p.Equal(e.pivot) {
		return
	}
	// The factors are looked at once, not for each entry.
	words := p.wide == nil && factor.wide == nil && e.pivot.wide == nil
	for j, a := range target {
		b := source[j]
		if words && a.wide == nil && b.wide == nil {
			if q, ok := bareissWords(p.small, a.small, factor.small, b.small, e.pivot.small); ok {
				target[j] = Int{small: q}
				continue
			}
		}
		target[j] = p.Mul(a).Add(factor.Mul(b)).DivExact(e.pivot)
	}
}

// bareissWords returns (p·a + f·b) / d by way of 128 bits: the numerator has twice
// the length of the minor that remains.
func bareissWords(p, a, f, b, d int64) (int64, bool) {
	// Each product fits 128 bits; their sum may not.
	h1, l1 := mul128(p, a)
	h2, l2 := mul128(f, b)
	hi, lo, ok := add128(h1, l1, h2, l2)
	if !ok {
		return 0, false
	}
	// In the first step there is nothing to divide by.
	if d == 1 {
		return int64(lo), fits64(hi, lo)
	}
	return quo128(hi, lo, d)
}

// Rank returns the rank, by Bareiss elimination: O(rows · cols · rank) operations
// on numbers that are minors of m.
func (m *Matrix) Rank() int { return len(m.eliminate(m.cols, false).pivots) }
