package certificate

import "math/big"

// linear checks documents of the family fm. Column 0 is the constant.
type linear struct {
	cell      *transportCell // nil if the document names none
	variables int
	rows      []linearRow
	eliminate []int
	result    []linearRow

	toGo       []bool      // by variable: it is to be eliminated
	equation   []bool      // by row: used as an equation
	equations  []linearRow // of the projection
	known      []*knownRow // the rows of the elimination; row number i is known[i-1]
	current    []int       // the numbers of those that are there, ascending
	trivial    int         // number of the row 1 > 0
	eliminated []bool      // by variable: by an earlier step
	sum        *rowSum
	held       uint64 // words of the rows that are there

	infeasible              bool
	steps, created, dropped int
}

// knownRow is a row of the elimination. before and used are the steps that began
// with it and that last used it in a proof.
type knownRow struct {
	linearRow
	there        bool
	before, used int
}

func (f *linear) readStatement(r *reader) {
	r.optional("cell", func() { f.cell = readCell(r) })
	r.member("variables", func() { f.variables = int(r.integer(0, maxSystemVariables)) })
	f.sum = newRowSum(r, f.variables+1)
	f.toGo, f.eliminated = make([]bool, f.variables+1), make([]bool, f.variables+1)
	r.member("rows", func() {
		f.rows = f.readRows(r)
		f.cell.checkSystem(r, f)
	})
	r.member("eliminate", func() {
		r.list(f.variables, func(int) {
			v := int(r.integer(1, int64(f.variables)))
			if f.toGo[v] {
				r.rejectLast("variable %d is eliminated twice", v)
			}
			f.toGo[v] = true
			f.eliminate = append(f.eliminate, v)
		})
		f.cell.checkEliminated(r, f)
	})
	r.member("result", func() {
		f.result = f.readRows(r)
		f.cell.checkResult(r, f.result)
	})
}

func (f *linear) readRows(r *reader) (rows []linearRow) {
	r.list(maxSystemRows, func(int) {
		var row linearRow
		r.tuple(2, func(i int) {
			if i == 1 {
				row.entries = f.sparse(r, 0, f.variables)
				return
			}
			switch relation := r.text(); relation {
			case ">=":
			case ">":
				row.strict = true
			case "=":
				row.equal = true
			default:
				r.rejectLast("expected \">=\", \">\" or \"=\", found %s", clip(relation))
			}
		})
		f.hold(r, row)
		rows = append(rows, row)
	})
	return rows
}

// hold rejects documents whose rows take too much memory.
func (f *linear) hold(r *reader, row linearRow) {
	if f.held += row.words(); f.held > maxHeld {
		r.rejectNext("checking the document takes too much memory")
	}
}

// sparse reads entries with indices from..to, strictly increasing, and nonzero
// values.
func (f *linear) sparse(r *reader, from, to int) (entries []linearEntry) {
	next := from
	r.list(to-from+1, func(int) {
		var e linearEntry
		r.tuple(2, func(i int) {
			if i == 0 {
				e.index = int(r.integer(int64(next), int64(to)))
				return
			}
			if e.value = r.rational(); e.value.Sign() == 0 {
				r.rejectLast("a zero is listed")
			}
		})
		next = e.index + 1
		e.small = small(e.value)
		entries = append(entries, e)
	})
	return entries
}

// checkParts reads Farkas multipliers, or the parts of a projection.
func (f *linear) checkParts(r *reader) {
	if r.optional("farkas", func() { f.farkas(r) }) {
		f.infeasible = true
		return
	}
	f.equation = make([]bool, len(f.rows))
	for i, row := range f.rows {
		f.equation[i] = row.equal
	}
	r.optional("vanishing", func() { f.vanishing(r) })
	var solved []solvedLine
	r.member("solved", func() { solved = f.readSolved(r) })
	r.member("base", func() { f.readBase(r, solved) })
	r.member("steps", func() {
		f.steps = r.list(2*f.variables+2, func(i int) { f.step(r, i+1) })
	})
	f.compare(r)
}

// combination reads multipliers of the rows, nonnegative on inequalities, and
// returns their sum and whether a strict row takes part.
func (f *linear) combination(r *reader) (multipliers, sum []linearEntry, strict bool) {
	multipliers = f.sparse(r, 1, len(f.rows))
	for _, y := range multipliers {
		row := f.rows[y.index-1]
		if y.value.Sign() < 0 && !row.equal {
			r.rejectNext("the multiplier of inequality %d is negative", y.index)
		}
		f.sum.add(row, y.value)
		strict = strict || row.strict
	}
	return multipliers, f.sum.take(), strict
}

// farkas checks a contradictory combination: 0 > 0 or a negative constant >= 0.
func (f *linear) farkas(r *reader) {
	_, sum, strict := f.combination(r)
	negative := len(sum) == 1 && sum[0].index == 0 && sum[0].value.Sign() < 0
	if len(f.result) > 0 || !negative && (len(sum) > 0 || !strict) {
		r.rejectNext("the multipliers give no contradiction, or there is a result beside them")
	}
}

// vanishing checks a combination 0 >= 0; its inequalities count as equations
// from here on.
func (f *linear) vanishing(r *reader) {
	multipliers, sum, strict := f.combination(r)
	if strict || len(sum) > 0 {
		r.rejectNext("the combination does not vanish")
	}
	for _, y := range multipliers {
		f.equation[y.index-1] = true
	}
}

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

// compare checks that the result lists the equations and then the rows that are
// left, each up to a factor, and that no eliminated variable occurs.
func (f *linear) compare(r *reader) {
	found := f.equations
	for _, number := range f.current {
		if number != f.trivial {
			found = append(found, f.known[number-1].linearRow)
		}
	}
	if len(found) != len(f.result) {
		r.rejectNext("the steps leave %d rows and equations, the result has %d", len(found), len(f.result))
	}
	for i, row := range found {
		stated := f.result[i]
		if row.equal != stated.equal || row.strict != stated.strict || !stated.positiveMultiple(r, row) {
			r.rejectNext("row %d of the result is not what the steps leave", i+1)
		}
		for _, e := range row.entries {
			if f.toGo[e.index] {
				r.rejectNext("row %d of the result holds the eliminated variable %d", i+1, e.index)
			}
		}
	}
}

func (f *linear) finish() Report {
	tag := tagProjection
	if f.infeasible {
		tag = tagInfeasible
	}
	claims := []Claim{{tag, Proved}}
	if f.cell != nil {
		claims = []Claim{{tagCell, Proved}, {tag, Proved}}
	}
	return Report{Claims: claims, account: f}
}
