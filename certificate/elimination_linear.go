package certificate

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
	r.member("variables", func() { f.variables = int(r.size(0, maxSystemVariables)) })
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
	r.limited(maxSystemRows, func(int) {
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
