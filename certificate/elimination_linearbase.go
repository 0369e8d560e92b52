package certificate

import "math/big"

// solvedLine is an equation that is solved for a column.
type solvedLine struct {
	column int
	linearRow
}

// mix reads multipliers: any on equations, none on inequalities but on origin,
// which has a positive one. origin is -1 for none.
func (f *linear) mix(r *reader, origin int) linearRow {
	found := origin < 0
	for _, y := range f.sparse(r, 1, len(f.rows)) {
		i := y.index - 1
		if i != origin && !f.equation[i] || i == origin && y.value.Sign() <= 0 {
			r.rejectNext("row %d is no equation, or its multiplier is not positive", i+1)
		}
		found = found || i == origin
		f.sum.add(f.rows[i], y.value)
	}
	if !found {
		r.rejectNext("row %d has no multiplier", origin+1)
	}
	row := linearRow{entries: f.sum.take()}
	f.hold(r, row)
	return row
}

// lookCost is that of finding an entry of a row.
const lookCost = 100

// readSolved reads the equations that are used. Those for eliminated variables
// come first and are triangular: no later one holds an earlier one's variable.
// The others hold no eliminated variable, and belong to the projection.
func (f *linear) readSolved(r *reader) (lines []solvedLine) {
	r.list(len(f.rows), func(i int) {
		var line solvedLine
		r.tuple(2, func(k int) {
			if k == 0 {
				line.column = int(r.integer(1, int64(f.variables)))
			} else {
				line.linearRow = f.mix(r, -1)
			}
		})
		if line.sign(line.column) == 0 {
			r.rejectNext("equation %d does not hold variable %d", i+1, line.column)
		}
		f.holdsSolved(r, lines, line.linearRow, "equation", i+1)
		if !f.toGo[line.column] {
			for _, e := range line.entries {
				if f.toGo[e.index] {
					r.rejectNext("equation %d is solved for a variable that is kept, but holds the eliminated %d", i+1, e.index)
				}
			}
			line.equal = true
			f.equations = append(f.equations, line.linearRow)
		}
		lines = append(lines, line)
	})
	return lines
}

// holdsSolved rejects a row that holds an eliminated variable solved for before.
func (f *linear) holdsSolved(r *reader, solved []solvedLine, row linearRow, what string, number int) {
	r.spend(len(solved), lookCost)
	for _, line := range solved {
		if f.toGo[line.column] && row.sign(line.column) != 0 {
			r.rejectNext("%s %d holds variable %d, which has been solved for", what, number, line.column)
		}
	}
}

// readBase reads the base rows and checks that with the equations they say all
// that the system says.
func (f *linear) readBase(r *reader, solved []solvedLine) {
	base := make([]*knownRow, len(f.rows)) // by origin
	r.list(len(f.rows), func(int) {
		origin := 0
		var row linearRow
		r.tuple(2, func(k int) {
			if k == 0 {
				origin = int(r.integer(1, int64(len(f.rows)))) - 1
				if f.equation[origin] || base[origin] != nil {
					r.rejectLast("row %d is an equation or has a base row", origin+1)
				}
			} else {
				row = f.mix(r, origin)
			}
		})
		f.holdsSolved(r, solved, row, "the base row of row", origin+1)
		row.strict = f.rows[origin].strict
		base[origin] = f.enter(row)
	})
	f.enter(linearRow{entries: []linearEntry{{0, ratOne, 1}}, strict: true})
	f.trivial = len(f.known)
	f.covered(r, solved, base)
}

// enter numbers a row that is there from now on.
func (f *linear) enter(row linearRow) *knownRow {
	k := &knownRow{linearRow: row, there: true}
	f.known = append(f.known, k)
	f.current = append(f.current, len(f.known))
	return k
}

// covered checks each row of the system: when the equations are taken off one
// after the other, it becomes a positive multiple of its base row, 0 = 0, or a
// true constant.
func (f *linear) covered(r *reader, solved []solvedLine, base []*knownRow) {
	for i, row := range f.rows {
		r.spend(len(solved), lookCost)
		f.sum.add(row, ratOne)
		for _, line := range solved {
			if c := f.sum.at(line.column); c.Sign() != 0 {
				f.sum.add(line.linearRow, r.quo(new(big.Rat).Neg(c), line.at(line.column)))
			}
		}
		left := linearRow{entries: f.sum.take()}
		constant := len(left.entries) == 0 && !row.strict || len(left.entries) == 1 && left.sign(0) > 0
		switch {
		case f.equation[i] && len(left.entries) == 0:
		case base[i] != nil && left.positiveMultiple(r, base[i].linearRow):
		case !f.equation[i] && constant:
		default:
			r.rejectNext("row %d of the system is lost when the equations are used", i+1)
		}
	}
}
