package pivot

import (
	"math/big"
	"slices"
)

// walker is a walk over the bases of a cone; see the package documentation.
type walker[W any] struct {
	t       *table[W] // column 0 is the level
	rows    int       // labels below are rows
	recover [][]W     // by coordinate: its coefficients in the columns of the first table
	first   []int32   // labels of these columns
	scale   W         // their denominator
}

// start writes all rows in terms of a basis: those of the equations, and dim less these rows
// that are independent, one of which is the level. It returns nil if the level is 0 where the
// equations hold.
//
// Functionals have labels: first rows, then equations, the level, and coordinates. The
// table begins with the coordinates as columns, and pivots bring the basis in.
func start[W any](ops number[W], in *Input, level []int64) *walker[W] {
	rows, equations := len(in.Rows), len(in.Equations)
	all := slices.Concat(in.Rows, in.Equations, [][]int64{level})
	dim := len(level)
	// The denominator of the first table is 1.
	t := &table[W]{number: ops, denominator: ops.fromBig(big.NewInt(1))}
	for k := range all {
		t.slots = append(t.slots, int32(k))
	}
	for i := range dim {
		t.columns = append(t.columns, int32(len(all)+i))
	}
	// Coordinates in the columns: entries are the coefficients.
	for i := range dim {
		for _, row := range all {
			t.entries = append(t.entries, ops.fromBig(big.NewInt(row[i])))
		}
	}
	// Each label is in a slot or a column.
	t.place = make([]int32, len(all)+dim)
	for s, label := range t.slots {
		t.place[label] = int32(-1 - s)
	}
	for c, label := range t.columns {
		t.place[label] = int32(c)
	}
	// enter brings a functional into the columns, in place of one of those that may
	// leave.
	enter := func(label int, leaves func(label int32) bool) bool {
		s := int(-1 - t.place[label])
		for c := range t.columns {
			// Any pivot that is not 0 will do; the first one is taken.
			if leaves(t.columns[c]) && t.sign(t.column(c)[s]) != 0 {
				t.pivot(c, s)
				return true
			}
		}
		return false
	}
	// Rows that have entered must not leave again.
	coordinate := func(label int32) bool { return int(label) >= len(all) }
	for e := range equations {
		enter(rows+e, coordinate) // or it follows from those before
	}
	// Rows of the basis, one after the other, in place of coordinates.
	for _, k := range in.Basis {
		if !enter(k, coordinate) {
			return nil
		}
	}
	// The level takes the place of one row of the basis.
	if !enter(rows+equations, func(label int32) bool { return int(label) < rows }) {
		return nil
	}
	return reduce(t, rows, equations)
}

// reduce drops the equations, which are 0, and the coordinates, which it keeps for
// later. What is left is small: a column for the level and one for each row of the
// basis but one, and a slot for each other row.
func reduce[W any](t *table[W], rows, equations int) *walker[W] {
	level := int32(rows + equations)
	w := &walker[W]{rows: rows, scale: t.denominator}
	small := &table[W]{number: t.number, denominator: t.denominator, place: make([]int32, level+1)}
	var columns []int
	// Columns of rows stay; those of equations are 0 and go.
	for c, label := range t.columns {
		if label < int32(rows) {
			columns = append(columns, c)
		}
	}
	// The level comes first.
	columns = slices.Insert(columns, 0, int(t.place[level]))
	coordinates := len(t.place) - int(level) - 1
	// A coordinate that is still a column depends on nothing: the basis has not the
	// full rank.
	for _, label := range t.columns {
		if label > level {
			return nil // the basis was none
		}
	}
	// Coordinates in terms of the columns: by these rays are written in the end.
	w.recover = make([][]W, coordinates)
	for s, label := range t.slots {
		if label < int32(rows) {
			small.place[label] = int32(-1 - len(small.slots))
			small.slots = append(small.slots, label)
		}
		// A coordinate in a slot is a combination of the columns, which is kept for the
		// rays.
		if label > level {
			row := make([]W, len(columns))
			for i, c := range columns {
				row[i] = t.column(c)[s]
			}
			w.recover[label-level-1] = row
		}
	}
	for i, c := range columns {
		label := t.columns[c]
		small.place[label] = int32(i)
		small.columns = append(small.columns, label)
		// Slots of equations and coordinates are left out.
		for s, x := range t.column(c) {
			if t.slots[s] < int32(rows) {
				small.entries = append(small.entries, x)
			}
		}
	}
	w.t = small
	// A copy, since pivots change the labels of the columns.
	w.first = slices.Clone(small.columns)
	return w
}

// feasible pivots until no row is negative where those of the columns are 0 and the level is 1,
// each time the row of least number that is (Bland's rule, on the dual). It returns false if
// there is no such point, or if it takes more than so many steps.
//
// On the dual, as the reduced costs of it are zero: any basis is dual feasible.
func (w *walker[W]) feasible(steps int) bool {
	t := w.t
	for range steps {
		x := t.column(0)
		slot := -1
		for s, label := range t.slots {
			// The row of least number, so that no basis comes twice.
			if t.sign(x[s]) < 0 && (slot < 0 || label < t.slots[slot]) {
				slot = s
			}
		}
		// All rows hold at this point.
		if slot < 0 {
			return true
		}
		enter := -1
		for c := 1; c < len(t.columns); c++ {
			// Of the columns, too, the one of least number.
			if t.sign(t.column(c)[slot]) > 0 && (enter < 0 || t.columns[c] < t.columns[enter]) {
				enter = c
			}
		}
		// The row is negative at the level whatever the others are: no point has all
		// rows.
		if enter < 0 {
			return false
		}
		// The row holds now, as it is 0.
		t.pivot(enter, slot)
	}
	return false
}

// arrange numbers the rows anew, the one that is moved most first, such that the basis at hand is
// feasible where rows are moved by less and less in that order: those of the columns
// come last. The numbers of the rows are the order in which they are moved: with this
// one the basis is feasible for the moved rows, too, since rows in slots are moved by
// more than all in columns.
func (w *walker[W]) arrange() {
	order := slices.Clone(w.t.slots)
	// Rows in slots first, in their order, then those of the columns.
	slices.Sort(order)
	last := slices.Clone(w.t.columns[1:])
	slices.Sort(last)
	// By the old label.
	number := make([]int32, w.rows)
	for k, label := range append(order, last...) {
		number[label] = int32(k)
	}
	// Places are those of the labels as they were.
	place := slices.Clone(w.t.place)
	for label, k := range number {
		place[k] = w.t.place[label]
	}
	w.t.place = place
	for _, labels := range [][]int32{w.t.columns, w.t.slots, w.first} {
		for i, label := range labels {
			if int(label) < w.rows {
				labels[i] = number[label]
			}
		}
	}
}
