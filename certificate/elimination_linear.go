package certificate

import (
	"math/big"
	"slices"
)

// linear checks documents of the family fm. Vectors are dense: the constant,
// then the variables.
type linear struct {
	variables int
	rows      []linearRow
	eliminate []int
	result    []linearRow

	equation                []bool // by row: used as an equation
	current                 map[int]bool
	known                   map[int]linearRow // the rows of the elimination by number
	equations               []linearRow       // of the projection
	next                    int               // number of the next new row
	trivial                 int               // number of the row 1 > 0
	eliminated              map[int]bool      // the variables of the steps so far
	infeasible              bool
	steps, created, dropped int
}

// linearRow is v >= 0, or > 0 if strict, or = 0.
type linearRow struct {
	v             []*big.Rat
	strict, equal bool
	nonzero       []int // the columns of v that are not zero, if they are listed
}

// listed lists the columns of a row that will be added many times.
func (row linearRow) listed() linearRow {
	for i, x := range row.v {
		if x.Sign() != 0 {
			row.nonzero = append(row.nonzero, i)
		}
	}
	return row
}

// addTo adds c times a listed row to v.
func (row linearRow) addTo(v []*big.Rat, c *big.Rat) {
	for _, i := range row.nonzero {
		v[i] = add(v[i], mul(c, row.v[i]))
	}
}

func (f *linear) readStatement(r *reader) {
	r.member("variables", func() { f.variables = int(r.integer(0, maxSystemVariables)) })
	r.member("rows", func() { f.rows = f.readRows(r) })
	r.member("eliminate", func() {
		r.list(f.variables, func(int) {
			v := int(r.integer(1, int64(f.variables)))
			if slices.Contains(f.eliminate, v) {
				r.rejectLast("variable %d is eliminated twice", v)
			}
			f.eliminate = append(f.eliminate, v)
		})
	})
	r.member("result", func() { f.result = f.readRows(r) })
}

func (f *linear) readRows(r *reader) (rows []linearRow) {
	r.list(maxSystemRows, func(int) {
		f.room(r, len(rows)+1)
		var row linearRow
		r.tuple(2, func(i int) {
			if i == 1 {
				row.v = f.sparse(r, 0, f.variables)
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
		rows = append(rows, row)
	})
	return rows
}

// room rejects documents that would need too much memory.
func (f *linear) room(r *reader, rows int) {
	if rows*(f.variables+1) > maxSystemEntries {
		r.rejectNext("the system is too large")
	}
}

// sparse reads a vector with indices from..to, strictly increasing, and nonzero
// values.
func (f *linear) sparse(r *reader, from, to int) []*big.Rat {
	v := make([]*big.Rat, to-from+1)
	last := from - 1
	r.list(len(v), func(int) {
		r.tuple(2, func(i int) {
			if i == 0 {
				last = int(r.integer(int64(last+1), int64(to)))
				return
			}
			if v[last-from] = r.rational(); v[last-from].Sign() == 0 {
				r.rejectLast("a zero is listed")
			}
		})
	})
	for i, x := range v {
		if x == nil {
			v[i] = ratZero
		}
	}
	return v
}

// accumulate adds c·w to v.
func accumulate(v []*big.Rat, c *big.Rat, w []*big.Rat) {
	for i, x := range w {
		if x.Sign() != 0 {
			v[i] = add(v[i], mul(c, x))
		}
	}
}

func (f *linear) zero() []*big.Rat {
	v := make([]*big.Rat, f.variables+1)
	for i := range v {
		v[i] = ratZero
	}
	return v
}

func allZero(v []*big.Rat) bool {
	return !slices.ContainsFunc(v, func(x *big.Rat) bool { return x.Sign() != 0 })
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
func (f *linear) combination(r *reader) (multipliers, sum []*big.Rat, strict bool) {
	multipliers, sum = f.sparse(r, 1, len(f.rows)), f.zero()
	for i, y := range multipliers {
		if y.Sign() < 0 && !f.rows[i].equal {
			r.rejectNext("the multiplier of inequality %d is negative", i+1)
		}
		accumulate(sum, y, f.rows[i].v)
		strict = strict || f.rows[i].strict && y.Sign() > 0
	}
	return multipliers, sum, strict
}

// farkas checks a contradictory combination: 0 > 0 or a negative constant >= 0.
func (f *linear) farkas(r *reader) {
	_, sum, strict := f.combination(r)
	if len(f.result) > 0 || !allZero(sum[1:]) || sum[0].Sign() > 0 || sum[0].Sign() == 0 && !strict {
		r.rejectNext("the multipliers give no contradiction, or there is a result beside them")
	}
}

// vanishing checks a combination 0 >= 0; its inequalities count as equations
// from here on.
func (f *linear) vanishing(r *reader) {
	multipliers, sum, strict := f.combination(r)
	if strict || !allZero(sum) {
		r.rejectNext("the combination does not vanish")
	}
	for i, y := range multipliers {
		f.equation[i] = f.equation[i] || y.Sign() > 0
	}
}

// solvedLine is an equation v = 0 that is solved for a column.
type solvedLine struct {
	column int
	v      []*big.Rat
}

// mix reads multipliers: any on equations, none on inequalities but on origin,
// which has a positive one. origin is -1 for none.
func (f *linear) mix(r *reader, origin int) []*big.Rat {
	multipliers, sum := f.sparse(r, 1, len(f.rows)), f.zero()
	for i, y := range multipliers {
		if i != origin && y.Sign() != 0 && !f.equation[i] || i == origin && y.Sign() <= 0 {
			r.rejectNext("row %d is no equation, or its multiplier is not positive", i+1)
		}
		accumulate(sum, y, f.rows[i].v)
	}
	return sum
}

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
				line.v = f.mix(r, -1)
			}
		})
		if line.v[line.column].Sign() == 0 {
			r.rejectNext("equation %d does not hold variable %d", i+1, line.column)
		}
		for _, earlier := range lines {
			if slices.Contains(f.eliminate, earlier.column) && line.v[earlier.column].Sign() != 0 {
				r.rejectNext("equation %d holds variable %d, which has been solved for", i+1, earlier.column)
			}
		}
		if !slices.Contains(f.eliminate, line.column) {
			for _, v := range f.eliminate {
				if line.v[v].Sign() != 0 {
					r.rejectNext("equation %d is solved for a variable that is kept, but holds the eliminated %d", i+1, v)
				}
			}
			f.equations = append(f.equations, linearRow{v: line.v, equal: true})
		}
		lines = append(lines, line)
	})
	return lines
}

// readBase reads the base rows and checks that with the equations they say all
// that the system says.
func (f *linear) readBase(r *reader, solved []solvedLine) {
	f.known, f.current, f.eliminated = make(map[int]linearRow), make(map[int]bool), make(map[int]bool)
	base := make(map[int][]*big.Rat) // by origin
	number := 0
	r.list(len(f.rows), func(int) {
		origin := 0
		var v []*big.Rat
		r.tuple(2, func(k int) {
			if k == 0 {
				origin = int(r.integer(1, int64(len(f.rows)))) - 1
				if f.equation[origin] || base[origin] != nil {
					r.rejectLast("row %d is an equation or has a base row", origin+1)
				}
			} else {
				v = f.mix(r, origin)
			}
		})
		for _, line := range solved {
			if slices.Contains(f.eliminate, line.column) && v[line.column].Sign() != 0 {
				r.rejectNext("the base row of row %d holds variable %d, which has been solved for", origin+1, line.column)
			}
		}
		number++
		base[origin] = v
		f.known[number], f.current[number] = linearRow{v: v, strict: f.rows[origin].strict}.listed(), true
	})
	f.trivial = number + 1
	f.next = number + 2
	one := f.zero()
	one[0] = ratOne
	f.known[f.trivial], f.current[f.trivial] = linearRow{v: one, strict: true}.listed(), true
	f.covered(r, solved, base)
}

// covered checks each row of the system: when the equations are taken off one
// after the other, it becomes a positive multiple of its base row, 0 = 0, or a
// true constant.
func (f *linear) covered(r *reader, solved []solvedLine, base map[int][]*big.Rat) {
	for i, row := range f.rows {
		v := slices.Clone(row.v)
		for _, line := range solved {
			if c := v[line.column]; c.Sign() != 0 {
				accumulate(v, new(big.Rat).Neg(quo(c, line.v[line.column])), line.v)
			}
		}
		switch {
		case f.equation[i] && allZero(v):
		case base[i] != nil && positiveMultiple(v, base[i]):
		case !f.equation[i] && allZero(v[1:]) && (v[0].Sign() > 0 || v[0].Sign() == 0 && !row.strict):
		default:
			r.rejectNext("row %d of the system is lost when the equations are used", i+1)
		}
	}
}

// positiveMultiple says whether v = c·w with c > 0.
func positiveMultiple(v, w []*big.Rat) bool {
	var c *big.Rat
	for i, x := range w {
		switch {
		case x.Sign() == 0 && v[i].Sign() == 0:
		case x.Sign() == 0 || v[i].Sign() == 0:
			return false
		case c == nil:
			if c = quo(v[i], x); c.Sign() < 0 {
				return false
			}
		case mul(c, x).Cmp(v[i]) != 0:
			return false
		}
	}
	return true
}

// compare checks that the result lists the equations and then the rows that are
// left, each up to a factor, and that no eliminated variable occurs.
func (f *linear) compare(r *reader) {
	found := slices.Clone(f.equations)
	for number := 1; number < f.next; number++ {
		if f.current[number] && number != f.trivial {
			found = append(found, f.known[number])
		}
	}
	if len(found) != len(f.result) {
		r.rejectNext("the steps leave %d rows and equations, the result has %d", len(found), len(f.result))
	}
	for i, row := range found {
		stated := f.result[i]
		if row.equal != stated.equal || row.strict != stated.strict || !positiveMultiple(stated.v, row.v) {
			r.rejectNext("row %d of the result is not what the steps leave", i+1)
		}
		for _, v := range f.eliminate {
			if row.v[v].Sign() != 0 {
				r.rejectNext("row %d of the result holds the eliminated variable %d", i+1, v)
			}
		}
	}
}

func (f *linear) finish() Report {
	tag := tagProjection
	if f.infeasible {
		tag = tagInfeasible
	}
	return Report{Claims: []Claim{{tag, Proved}}, account: f}
}
