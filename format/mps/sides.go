package mps

import (
	"fmt"
	"strings"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
	"pstar/rational"
)

// sideEntries reads a line of RHS or RANGES.
func (m *reader) sideEntries(f []string) error {
	// One or two pairs, with or without a name in front.
	if len(f) < 2 || len(f) > 5 {
		return m.Errorf("expected one or two pairs of row and value, found %d fields%s", len(f), m.blanks())
	}
	set := ""
	// An odd number of fields begins with the name of the set.
	if len(f)%2 == 1 {
		set, f = f[0], f[1:]
	}
	if err := m.oneSet(set); err != nil {
		return err
	}
	for k := 0; k < len(f); k += 2 {
		i, v, err := m.rowAndValue(f[k], f[k+1])
		if err != nil {
			return err
		}
		// Remarks on the side of a row name the line that stated it last.
		if i >= 0 {
			m.sideLines[i] = m.Line
		}
		if m.section == "RHS" {
			m.side(i, v)
		} else {
			m.rowRange(i, v, f[k])
		}
	}
	return nil
}

// oneSet refuses a second set in a section.
func (m *reader) oneSet(set string) error {
	// Of several sets a solver takes the first, or the one that was asked for; nobody can ask here.
	if first, any := m.sets[m.section]; any && first != set {
		return m.Errorf("expected one set in %s, found %s after %s", m.section, text.Quote(set), text.Quote(first))
	}
	// For the error alone.
	if len(set) > program.MaxName {
		_, err := m.Name(set)
		return err
	}
	// A clone, so that the line need not be kept.
	m.sets[m.section] = strings.Clone(set)
	return nil
}

// side sets the right side of a row, or the constant.
func (m *reader) side(i int, v rational.Rat) {
	// A right side of the objective. The equation obj - v = 0 with v on its right makes the
	// constant -v.
	if i < 0 {
		m.problem.Constant = v.Neg()
		return
	}
	// Sides of rows with a range are moved later, when all right sides are known.
	row := &m.problem.Rows[i]
	// The type of the row has said which sides there are.
	if row.Lower.Finite {
		row.Lower.Value = v
	}
	if row.Upper.Finite {
		row.Upper.Value = v
	}
}

// rowRange is the range of a row, whose right side may still come.
//
// The sections RHS and RANGES may come in either order.
type rowRange struct {
	row   int
	value rational.Rat
}

// rowRange notes the range of a row.
//
// The sign matters for equations alone, and is looked at when it is applied.
func (m *reader) rowRange(i int, v rational.Rat, name string) {
	// There is nothing to range over.
	if i < 0 || m.types[i] == 'N' {
		m.Remark(m.Line, fmt.Sprintf("the range of row %s of type N says nothing", text.Quote(name)), "such ranges")
		return
	}
	// In the order of the file; no row has two.
	m.ranges = append(m.ranges, rowRange{i, v})
}

// applyRanges sets the other sides of ranged rows, when all right sides are known.
func (m *reader) applyRanges() {
	for _, r := range m.ranges {
		row := &m.problem.Rows[r.row]
		// A range of 0 leaves an equation as it is, and makes one of any other row.
		length := r.value.Abs()
		far := rational.Rat.Add // from the side that the row has
		if program.InfiniteSide(length) {
			// The other side is as far as the range is long: in the numbers of those for whom
			// 1e30 is infinity the side that the row has makes no difference.
			// The side is then dropped as beyond all, with the remark that belongs to it.
			far = func(side, length rational.Rat) rational.Rat { return length }
		}
		switch t := m.types[r.row]; {
		// For E the side that was there stays, and the other one moves away from it.
		case t == 'G' || t == 'E' && r.value.Sign() > 0:
			row.Upper = lp.At(far(row.Lower.Value, length))
		case t == 'L' || t == 'E' && r.value.Sign() < 0:
			row.Lower = lp.At(far(row.Upper.Value.Neg(), length).Neg())
		}
	}
}

// bound reads a line of BOUNDS: a type, perhaps a set, a column, perhaps a value.
func (m *reader) bound(f []string) error {
	if len(f) < 2 {
		return m.Errorf("expected a bound type and a column, found %d fields", len(f))
	}
	// In either case, as types of rows.
	kind := strings.ToUpper(f[0])
	valued := false
	switch kind {
	// The types that have a value.
	case "UP", "LO", "FX", "UI", "LI":
		valued = true
	case "FR", "MI", "PL", "BV":
	// Such a variable is 0 or between its bounds: no linear program.
	case "SC", "SI":
		return m.Errorf("expected a linear program, found a semi-continuous variable (bound %s)", kind)
	default:
		return m.Errorf("expected a bound type UP, LO, FX, FR, MI, PL, BV, LI or UI, found %s", text.Quote(f[0]))
	}
	set, column, value, err := m.boundFields(f[1:], valued)
	if err != nil {
		return err
	}
	if err := m.oneSet(set); err != nil {
		return err
	}
	// Bounds of columns that are not there would change nothing, and are slips.
	j, ok := m.variables[column]
	if !ok {
		return m.Errorf("expected the name of a column, found %s", text.Quote(column))
	}
	return m.setBound(kind, j, value)
}

// boundFields finds the set, the column and the value among the fields after the type.
//
// Types without a value may have one in the file, as some writers put it there; it says
// nothing.
func (m *reader) boundFields(f []string, valued bool) (set, column, value string, err error) {
	// Without a value there is a set, perhaps, and the column.
	most := 2
	if valued {
		most = 3
	}
	switch {
	// Without the name of the set there is one field less.
	case valued && len(f) == most-1:
		return "", f[0], f[1], nil
	case valued && len(f) == most:
		return f[0], f[1], f[2], nil
	case !valued && len(f) == 1:
		return "", f[0], "", nil
	case !valued && (len(f) == 2 || len(f) == 3):
		return f[0], f[1], "", nil // a value after it says nothing
	}
	return "", "", "", m.Errorf("expected a set, a column and, for some types, a value; found %d fields", len(f))
}

// setBound sets what a line of BOUNDS says of column j. Whatever is not said keeps the default,
// which finish settles.
func (m *reader) setBound(kind string, j int, word string) error {
	v := &m.problem.Variables[j]
	var bound lp.Bound
	// Only types with a value have a word here.
	if word != "" {
		x, infinity, err := m.BoundNumber(word)
		if err != nil {
			return err
		}
		// An infinity that nothing can reach: FX inf, LO inf or UP -inf.
		if infinity != 0 && (kind == "FX" || infinity > 0 != (kind == "UP" || kind == "UI")) {
			return m.Errorf("expected a number for bound %s, found %s", kind, text.Quote(word))
		}
		bound = lp.Bound{Finite: infinity == 0, Value: x}
	}
	// Which sides the type speaks of; a value that is missing leaves them without a bound.
	lower := kind == "LO" || kind == "LI" || kind == "FX" || kind == "FR" || kind == "MI" || kind == "BV"
	upper := kind == "UP" || kind == "UI" || kind == "FX" || kind == "FR" || kind == "PL" || kind == "BV"
	// What has been stated of this column, in any line before.
	b := &m.bounded[j]
	if lower && b.Lower || upper && b.Upper && kind != "PL" {
		// Solvers differ on which of the two counts: QSopt_ex and HiGHS keep the first, SCIP the
		// last, GLPK refuses.
		hint := ""
		if b.Lower && b.Upper && !v.Lower.Finite && !v.Upper.Finite {
			hint = "; for an upper bound alone write MI and UP in the place of FR"
		}
		return m.Errorf("a bound of %s is given twice%s", text.Quote(v.Name), hint)
	}
	// The line of the last statement is where remarks on the bounds point.
	*b = program.Stated{Lower: b.Lower || lower, Upper: b.Upper || upper, Line: m.Line}
	if lower {
		v.Lower = bound
	}
	if upper {
		v.Upper = bound
	}
	switch kind {
	// The only type whose values are not in the line.
	case "BV":
		v.Lower, v.Upper = lp.At(rational.Rat{}), lp.At(rational.NewRat(1, 1))
		return m.integer("a binary variable")
	// The bounds are set before: a relaxation keeps them.
	case "LI", "UI":
		return m.integer("an integer variable")
	}
	return nil
}

// finish applies the conventions on what was not stated, and on infinity.
func (m *reader) finish() (*lp.Problem, error) {
	// OBJNAME may name a row that never came.
	if m.chosen && !m.hasObjective {
		return nil, m.Errorf("expected a row %s of type N, which OBJNAME names", text.Quote(m.objective))
	}
	// Before sides are looked at for infinity: a range makes new ones.
	m.applyRanges()
	if m.senseComment > 0 && m.problem.Sense != lp.Maximise {
		m.Remark(m.senseComment, "the comment *SENSE:Maximize does not count, the problem is read as one to minimise; the section OBJSENSE would change that", "such comments")
	}
	// An old convention that all but a few solvers keep: integers between markers are binary by default.
	for _, j := range m.marked {
		if b, v := m.bounded[j], &m.problem.Variables[j]; !b.Lower && !b.Upper {
			v.Upper = lp.At(rational.NewRat(1, 1))
			m.Remark(b.Line, fmt.Sprintf("column %s is between markers and without bounds: it is read with the bounds 0 and 1, as most solvers have it; a bound PL would leave it without an upper one", text.Quote(v.Name)), "such columns")
		}
	}
	for j, b := range m.bounded {
		v := &m.problem.Variables[j]
		// Only a bound that was stated counts, so this waits for the end of the file.
		if !b.Lower && v.Upper.Finite && v.Upper.Value.Sign() < 0 {
			v.Lower = lp.Bound{}
			m.Remark(b.Line, fmt.Sprintf("column %s has a negative upper bound and no lower one: it is read without a lower bound, as CPLEX documents it and QSopt_ex has it; for GLPK, SCIP and HiGHS the lower bound stays 0", text.Quote(v.Name)), "such columns")
		}
		m.Unbounded(b.Line, &v.Lower, &v.Upper)
	}
	// In the order of rows, so that remarks come in one order.
	for i, line := range m.sideLines {
		m.UnboundedRow(line, &m.problem.Rows[i].Lower, &m.problem.Rows[i].Upper)
	}
	// When all is known, so that remarks of one kind are told together.
	m.Report(m.options.Note)
	return m.problem, nil
}
