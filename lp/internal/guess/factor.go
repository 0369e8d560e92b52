package guess

import "math"

// Larger thresholds are more accurate and make more fill.
const (
	pivotThreshold = 0.1   // a pivot is at least this part of the largest entry of its row
	smallestPivot  = 1e-11 // smaller ones count as zero
	searchedLines  = 4     // rows and columns looked at for a pivot of the nucleus
)

// factorer holds the working storage of a factorisation. It is reused from one
// factorisation to the next, as there are thousands in a run.
type factorer struct {
	*lu
	// The matrix by positions and by rows.
	ofCol, ofRow luParts
	rowDone      []bool
	colDone      []bool
	rowCount     []int32 // active entries
	colCount     []int32
	nucleus
}

// factor factors the matrix whose position p has the entries that column yields,
// and returns the positions without a pivot together with as many rows without
// one, both empty if the matrix is regular as far as float64 can tell. A matrix that is
// nearly singular may be called either.
func (f *factorer) factor(size int, column func(p int) ([]int32, []float64)) (positions, rows []int32) {
	f.lu.begin(size)
	f.load(size, column)
	// Singletons first: most of a basis of a large problem is triangular up to order.
	f.singletons()
	f.eliminateNucleus()
	if len(f.pivot) == size {
		f.lu.finish()
		return nil, nil
	}
	// What is left has no entry large enough for a pivot.
	for i := range size {
		if !f.colDone[i] {
			positions = append(positions, int32(i))
		}
		if !f.rowDone[i] {
			rows = append(rows, int32(i))
		}
	}
	return positions, rows
}

// begin forgets the factorisation before.
func (f *lu) begin(size int) {
	f.size = size
	f.pivotRow, f.pivotCol, f.pivot = f.pivotRow[:0], f.pivotCol[:0], f.pivot[:0]
	f.lowerRow = f.lowerRow[:0]
	f.lower.reset()
	f.upperRows.reset()
}

// finish builds the rest of the indices. Rows of U by columns as well: solves with the
// matrix and with its transpose go through it in different directions.
func (f *lu) finish() {
	f.stepOfCol = resized(f.stepOfCol, f.size)
	f.stepOfRow = resized(f.stepOfRow, f.size)
	// Steps by positions and by rows, to go from the one to the other.
	for k := range f.size {
		f.stepOfCol[f.pivotCol[k]] = int32(k)
		f.stepOfRow[f.pivotRow[k]] = int32(k)
	}
	counts := make([]int32, f.size)
	// How long each list of U by columns is.
	for _, p := range f.upperRows.index {
		counts[f.stepOfCol[p]]++
	}
	u := &f.upperCols
	u.prepare(counts)
	for k := range f.size {
		index, value := f.upperRows.part(k)
		for e, p := range index {
			u.place(counts, f.stepOfCol[p], f.pivotRow[k], value[e])
		}
	}
}

// prepare makes room for counts[k] entries in list k, and turns counts into the
// places of the next entries. It is the first half of a sort by counting.
func (p *luParts) prepare(counts []int32) {
	p.start = resized(p.start, len(counts)+1)
	p.start[0] = 0
	for k, c := range counts {
		p.start[k+1] = p.start[k] + c
		counts[k] = p.start[k]
	}
	total := int(p.start[len(counts)])
	p.index, p.value = resized(p.index, total), resized(p.value, total)
}

// place puts the next entry into list k.
func (p *luParts) place(next []int32, k, index int32, value float64) {
	at := next[k]
	next[k]++
	p.index[at], p.value[at] = index, value
}

// resized returns a slice of length n, s if it has the room. New room is a little
// larger, as sizes grow slowly.
func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// zeroed returns a slice of n zero values, in s if it has the room.
func zeroed[T any](s []T, n int) []T {
	s = resized(s, n)
	clear(s)
	return s
}

// load copies the matrix by columns and by rows, and counts entries.
func (f *factorer) load(size int, column func(p int) ([]int32, []float64)) {
	f.rowDone, f.colDone = zeroed(f.rowDone, size), zeroed(f.colDone, size)
	f.rowCount, f.colCount = zeroed(f.rowCount, size), zeroed(f.colCount, size)
	f.ofCol.reset()
	for p := range size {
		index, value := column(p)
		// The entries are copied one after the other, column by column.
		f.ofCol.index, f.ofCol.value = append(f.ofCol.index, index...), append(f.ofCol.value, value...)
		f.ofCol.end()
		f.colCount[p] = int32(len(index))
		for _, i := range index {
			f.rowCount[i]++
		}
	}
	next := append([]int32(nil), f.rowCount...)
	// The rows of the matrix, by counting.
	f.ofRow.prepare(next)
	for p := range size {
		index, value := f.ofCol.part(p)
		for e, i := range index {
			f.ofRow.place(next, i, int32(p), value[e])
		}
	}
}

// singletons takes as pivots the entries that are alone in their column or row, as
// long as there are any. Each pivot can make others, so it goes on until both stacks
// are empty. Columns first: they cost no operation of L.
func (f *factorer) singletons() {
	var cols, rows []int32
	for i := range f.size {
		// All lines with one entry are on a stack.
		if f.colCount[i] == 1 {
			cols = append(cols, int32(i))
		}
		if f.rowCount[i] == 1 {
			rows = append(rows, int32(i))
		}
	}
	for len(cols)+len(rows) > 0 {
		if n := len(cols); n > 0 {
			p := cols[n-1]
			cols = cols[:n-1]
			// It may have been used, or lost its entry, since it was put on the stack.
			// It is still of count one, and not done.
			if !f.colDone[p] && f.colCount[p] == 1 {
				cols, rows = f.columnSingleton(p, cols, rows)
			}
			continue
		}
		n := len(rows)
		r := rows[n-1]
		rows = rows[:n-1]
		if !f.rowDone[r] && f.rowCount[r] == 1 {
			cols, rows = f.rowSingleton(r, cols, rows)
		}
	}
}

// columnSingleton pivots on the only active entry of position p: its row becomes
// a row of U as it stands. Nothing is below the pivot. An entry that is too small
// leaves the position to the nucleus, which will not take it either.
func (f *factorer) columnSingleton(p int32, cols, rows []int32) ([]int32, []int32) {
	index, value := f.ofCol.part(int(p))
	// The only entry whose row is not done.
	e := activeOf(index, f.rowDone)
	r := index[e]
	if math.Abs(value[e]) < smallestPivot {
		return cols, rows
	}
	// The row of the pivot becomes a row of U, without the pivot.
	f.take(r, p, value[e])
	index, value = f.ofRow.part(int(r))
	for e, j := range index {
		if f.colDone[j] {
			continue
		}
		f.upperRows.add(j, value[e])
		// One entry less in each of its columns.
		if f.colCount[j]--; f.colCount[j] == 1 {
			cols = append(cols, j)
		}
	}
	f.upperRows.end()
	return cols, rows
}

// rowSingleton pivots on the only active entry of row r: its column becomes an
// elementary operation. The other entries of the column are cleared by multiples of the
// pivot, which need not be carried out: the row has no other entries.
func (f *factorer) rowSingleton(r int32, cols, rows []int32) ([]int32, []int32) {
	index, value := f.ofRow.part(int(r))
	e := activeOf(index, f.colDone)
	p, pivot := index[e], value[e]
	if math.Abs(pivot) < smallestPivot {
		return cols, rows
	}
	// The other entries of the column are what L takes off.
	index, value = f.ofCol.part(int(p))
	f.take(r, p, pivot)
	f.upperRows.end()
	any := false
	for e, i := range index {
		if f.rowDone[i] {
			continue
		}
		any = true
		f.lower.add(i, value[e]/pivot)
		// One entry less in each of its rows.
		if f.rowCount[i]--; f.rowCount[i] == 1 {
			rows = append(rows, i)
		}
	}
	// Without entries below it needs no operation.
	if any {
		f.lowerRow = append(f.lowerRow, r)
		f.lower.end()
	}
	return cols, rows
}

// activeOf is the first entry that is still in use; counts say that there is one.
func activeOf(index []int32, done []bool) int {
	for e, i := range index {
		if !done[i] {
			return e
		}
	}
	panic("lp: a line of count one without an entry")
}

// take makes the entry a pivot of the next step.
func (f *factorer) take(r, p int32, pivot float64) {
	f.rowDone[r], f.colDone[p] = true, true
	f.pivotRow, f.pivotCol = append(f.pivotRow, r), append(f.pivotCol, p)
	f.pivot = append(f.pivot, pivot)
}
