package lu

import (
	"math"

	"pstar/lp/internal/lists"
)

// Larger thresholds are more accurate and make more fill.
const (
	pivotThreshold = 0.1   // a pivot is at least this part of the largest entry of its row
	smallestPivot  = 1e-11 // smaller ones count as zero
	searchedLines  = 4     // rows and columns looked at for a pivot of the nucleus
)

// Factorer holds the working storage of a factorisation. It is reused from one
// factorisation to the next, as there are thousands in a run.
type Factorer struct {
	*Factors
	// The matrix by positions and by rows.
	ofCol, ofRow lists.Of[float64]
	RowDone      []bool
	ColDone      []bool
	rowCount     []int32 // active entries
	colCount     []int32
	nucleus
}

// Factor factors the matrix whose position p has the entries that column yields,
// and returns the positions without a pivot together with as many rows without
// one, both empty if the matrix is regular as far as float64 can tell. A matrix that is
// nearly singular may be called either.
func (f *Factorer) Factor(size int, column func(p int) ([]int32, []float64)) (positions, rows []int32) {
	f.Factors.begin(size)
	f.load(size, column)
	// Singletons first: most of a basis of a large problem is triangular up to order.
	f.singletons()
	f.eliminateNucleus()
	if f.Complete() {
		f.Factors.finish()
		return nil, nil
	}
	// What is left has no entry large enough for a pivot.
	for i := range size {
		if !f.ColDone[i] {
			positions = append(positions, int32(i))
		}
		if !f.RowDone[i] {
			rows = append(rows, int32(i))
		}
	}
	return positions, rows
}

// begin forgets the factorisation before.
func (f *Factors) begin(size int) {
	f.Size = size
	f.PivotRow, f.PivotCol, f.pivot = f.PivotRow[:0], f.PivotCol[:0], f.pivot[:0]
	f.lowerRow = f.lowerRow[:0]
	f.lower.Reset()
	f.UpperRows.Reset()
}

// finish builds the rest of the indices. Rows of U by columns as well: solves with the
// matrix and with its transpose go through it in different directions.
func (f *Factors) finish() {
	f.stepOfCol = lists.Resized(f.stepOfCol, f.Size)
	f.stepOfRow = lists.Resized(f.stepOfRow, f.Size)
	// Steps by positions and by rows, to go from the one to the other.
	for k := range f.Size {
		f.stepOfCol[f.PivotCol[k]] = int32(k)
		f.stepOfRow[f.PivotRow[k]] = int32(k)
	}
	counts := make([]int32, f.Size)
	// How long each list of U by columns is.
	for _, p := range f.UpperRows.Index {
		counts[f.stepOfCol[p]]++
	}
	u := &f.upperCols
	u.Prepare(counts)
	for k := range f.Size {
		index, value := f.UpperRows.Part(k)
		for e, p := range index {
			u.Place(counts, f.stepOfCol[p], f.PivotRow[k], value[e])
		}
	}
}

// zeroed returns a slice of n zero values, in s if it has the room.
func zeroed[T any](s []T, n int) []T {
	s = lists.Resized(s, n)
	clear(s)
	return s
}

// load copies the matrix by columns and by rows, and counts entries.
func (f *Factorer) load(size int, column func(p int) ([]int32, []float64)) {
	f.RowDone, f.ColDone = zeroed(f.RowDone, size), zeroed(f.ColDone, size)
	f.rowCount, f.colCount = zeroed(f.rowCount, size), zeroed(f.colCount, size)
	f.ofCol.Reset()
	for p := range size {
		index, value := column(p)
		// The entries are copied one after the other, column by column.
		f.ofCol.Index, f.ofCol.Value = append(f.ofCol.Index, index...), append(f.ofCol.Value, value...)
		f.ofCol.End()
		f.colCount[p] = int32(len(index))
		for _, i := range index {
			f.rowCount[i]++
		}
	}
	next := append([]int32(nil), f.rowCount...)
	// The rows of the matrix, by counting.
	f.ofRow.Prepare(next)
	for p := range size {
		index, value := f.ofCol.Part(p)
		for e, i := range index {
			f.ofRow.Place(next, i, int32(p), value[e])
		}
	}
}

// singletons takes as pivots the entries that are alone in their column or row, as
// long as there are any. Each pivot can make others, so it goes on until both stacks
// are empty. Columns first: they cost no operation of L.
func (f *Factorer) singletons() {
	var cols, rows []int32
	for i := range f.Size {
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
			if !f.ColDone[p] && f.colCount[p] == 1 {
				cols, rows = f.columnSingleton(p, cols, rows)
			}
			continue
		}
		n := len(rows)
		r := rows[n-1]
		rows = rows[:n-1]
		if !f.RowDone[r] && f.rowCount[r] == 1 {
			cols, rows = f.rowSingleton(r, cols, rows)
		}
	}
}

// columnSingleton pivots on the only active entry of position p: its row becomes
// a row of U as it stands. Nothing is below the pivot. An entry that is too small
// leaves the position to the nucleus, which will not take it either.
func (f *Factorer) columnSingleton(p int32, cols, rows []int32) ([]int32, []int32) {
	index, value := f.ofCol.Part(int(p))
	// The only entry whose row is not done.
	e := activeOf(index, f.RowDone)
	r := index[e]
	if math.Abs(value[e]) < smallestPivot {
		return cols, rows
	}
	// The row of the pivot becomes a row of U, without the pivot.
	f.take(r, p, value[e])
	index, value = f.ofRow.Part(int(r))
	for e, j := range index {
		if f.ColDone[j] {
			continue
		}
		f.UpperRows.Add(j, value[e])
		// One entry less in each of its columns.
		if f.colCount[j]--; f.colCount[j] == 1 {
			cols = append(cols, j)
		}
	}
	f.UpperRows.End()
	return cols, rows
}

// rowSingleton pivots on the only active entry of row r: its column becomes an
// elementary operation. The other entries of the column are cleared by multiples of the
// pivot, which need not be carried out: the row has no other entries.
func (f *Factorer) rowSingleton(r int32, cols, rows []int32) ([]int32, []int32) {
	index, value := f.ofRow.Part(int(r))
	e := activeOf(index, f.ColDone)
	p, pivot := index[e], value[e]
	if math.Abs(pivot) < smallestPivot {
		return cols, rows
	}
	// The other entries of the column are what L takes off.
	index, value = f.ofCol.Part(int(p))
	f.take(r, p, pivot)
	f.UpperRows.End()
	any := false
	for e, i := range index {
		if f.RowDone[i] {
			continue
		}
		any = true
		f.lower.Add(i, value[e]/pivot)
		// One entry less in each of its rows.
		if f.rowCount[i]--; f.rowCount[i] == 1 {
			rows = append(rows, i)
		}
	}
	// Without entries below it needs no operation.
	if any {
		f.lowerRow = append(f.lowerRow, r)
		f.lower.End()
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
func (f *Factorer) take(r, p int32, pivot float64) {
	f.RowDone[r], f.ColDone[p] = true, true
	f.PivotRow, f.PivotCol = append(f.PivotRow, r), append(f.PivotCol, p)
	f.pivot = append(f.pivot, pivot)
}
