package lp

import (
	"errors"
	"io"
	"strings"

	"pstar/rational"
)

// ReadMPS reads a problem in the MPS format from r; file names it in errors, which are
// of type *[SyntaxError] unless r itself fails.
//
// Fields are separated by white space, or stand in the fixed columns of the original
// format (2, 5, 15, 25, 40 and 50) if o.Fixed is set. Numbers are read exactly, as by
// [rational.ParseRat], fractions included; no number stands for infinity, but Inf and
// Infinity do in bounds. Where the format is known in several dialects:
//
//   - The first row of type N is the objective. Others stay as rows without bounds.
//   - OBJSENSE, on a line of its own or followed by one, may say MIN or MAX; the
//     default is to minimise.
//   - A right side of the objective is the negative of the constant of the problem, as
//     most tools have it; GLPK takes it for the constant, and QSopt_ex ignores it.
//   - A range R of an equation is added above its right side if positive and below
//     if negative; for other rows the sign of R does not matter.
//   - Variables are nonnegative by default. A negative upper bound (UP), and no lower
//     bound anywhere, makes the lower bound −∞; an upper bound of zero does not.
//   - The bound MI leaves the upper bound alone.
//   - Names of the sets of right sides, ranges and bounds may be missing. There may be
//     one set of each.
//   - Integer variables (MARKER lines, BV, LI, UI) are refused unless o.Relax is set.
//     They have no implied upper bound.
//
// Entries given twice, unknown names and sections of other kinds of problems are
// errors. It takes time and memory in proportion to the file.
func ReadMPS(r io.Reader, file string, o ReadOptions) (*Problem, error) {
	m := &mpsReader{source: newSource(r, file), options: o, problem: &Problem{}, objective: "",
		rows: map[string]int{}, variables: map[string]int{}}
	for {
		line, ok := m.next()
		if !ok {
			if err := m.err(); err != nil {
				return nil, err
			}
			return nil, m.errorf("expected ENDATA, found the end of the file")
		}
		if strings.HasPrefix(line, "*") || strings.TrimSpace(line) == "" {
			continue
		}
		err := m.take(line)
		if errors.Is(err, errEnd) {
			return m.finish()
		}
		if err != nil {
			return nil, err
		}
	}
}

var errEnd = errors.New("end of data")

// mpsReader holds what has been read.
type mpsReader struct {
	*source
	options      ReadOptions
	problem      *Problem
	section      string
	objective    string // name of the objective row
	hasObjective bool
	rows         map[string]int // −1 is the objective
	variables    map[string]int
	types        []byte       // of every row
	column       string       // being read
	inColumn     map[int]bool // rows given in the column, or in a section of one set
	sets         map[string]string
	bounded      [][2]bool // for every variable, whether a lower and an upper bound were stated
	integers     bool      // between markers
}

// mpsSections are the sections in the order in which they may come.
var mpsSections = []string{"NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA"}

// take reads a line that is neither empty nor a comment.
func (m *mpsReader) take(line string) error {
	if line[0] != ' ' && line[0] != '\t' {
		return m.header(line)
	}
	f, err := m.fields(line)
	if err != nil {
		return err
	}
	switch m.section {
	case "OBJSENSE":
		return m.sense(strings.TrimSpace(line))
	case "ROWS":
		return m.row(f)
	case "COLUMNS":
		return m.entries(f)
	case "RHS", "RANGES":
		return m.sideEntries(f)
	case "BOUNDS":
		return m.bound(f)
	}
	return m.errorf("expected a section, found a data line")
}

// header begins a section.
func (m *mpsReader) header(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	if i := strings.IndexByte(word, '\t'); i >= 0 {
		word, rest = line[:i], line[i+1:]
	}
	rest = strings.TrimSpace(rest)
	order := func(name string) int {
		for k, s := range mpsSections {
			if s == name {
				return k
			}
		}
		return -1
	}
	switch at := order(word); {
	case at < 0:
		return m.errorf("expected a section of a linear program (%s), found %s", strings.Join(mpsSections, ", "), quoted(word))
	case at <= order(m.section):
		return m.errorf("section %s comes after %s; expected the order %s", word, m.section, strings.Join(mpsSections, ", "))
	case at > order("COLUMNS") && order(m.section) < order("COLUMNS"):
		return m.errorf("expected the sections ROWS and COLUMNS before %s", word)
	case word == "COLUMNS" && m.section != "ROWS":
		return m.errorf("expected the section ROWS before COLUMNS")
	}
	m.section = word
	m.column, m.inColumn, m.sets = "", nil, map[string]string{}
	switch {
	case word == "ENDATA":
		return errEnd
	case word == "NAME" && rest != "":
		name, err := m.name(rest)
		m.problem.Name = name
		return err
	case word == "OBJSENSE" && rest != "":
		return m.sense(rest)
	case rest != "" && !(word == "RHS" || word == "RANGES" || word == "BOUNDS"):
		return m.errorf("expected nothing after %s, found %s", word, quoted(rest))
	}
	return nil
}

func (m *mpsReader) sense(word string) error {
	switch strings.ToUpper(word) {
	case "MIN", "MINIMIZE", "MINIMISE":
		m.problem.Sense = Minimise
	case "MAX", "MAXIMIZE", "MAXIMISE":
		m.problem.Sense = Maximise
	default:
		return m.errorf("expected MIN or MAX, found %s", quoted(word))
	}
	return nil
}

// fields splits a data line. In the fixed format the first field is always there,
// perhaps empty, so that the positions of the others are known.
func (m *mpsReader) fields(line string) ([]string, error) {
	if m.section == "OBJSENSE" {
		return nil, nil
	}
	if !m.options.Fixed {
		return strings.Fields(line), nil
	}
	return m.fixedFields(line)
}

// fixedColumns are where the fields of the fixed format begin and end, from 0.
var fixedColumns = [][2]int{{1, 3}, {4, 12}, {14, 22}, {24, 36}, {39, 47}, {49, 61}}

// fixedFields returns the fields of a line of the fixed format without those that
// are missing, except that a row or bound type is dropped only where none belongs.
func (m *mpsReader) fixedFields(line string) ([]string, error) {
	if strings.ContainsRune(line, '\t') {
		return nil, m.errorf("expected no tabulator in the fixed format")
	}
	var fields []string
	last := 0
	for k, c := range fixedColumns {
		if gap := min(c[0], len(line)); strings.TrimSpace(line[min(last, gap):gap]) != "" {
			return nil, m.errorf("expected blanks up to column %d in the fixed format", c[0]+1)
		}
		last = c[1]
		if len(line) <= c[0] {
			break
		}
		f := strings.TrimRight(line[c[0]:min(c[1], len(line))], " ")
		if k == 0 || k == 3 || k == 5 {
			f = strings.TrimSpace(f)
		}
		if k == 0 && f == "" {
			continue
		}
		fields = append(fields, f)
	}
	if len(line) > last && strings.TrimSpace(line[last:]) != "" {
		return nil, m.errorf("expected nothing after column %d in the fixed format", last)
	}
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	return fields, nil
}

// row reads a line of ROWS.
func (m *mpsReader) row(f []string) error {
	if len(f) != 2 {
		return m.errorf("expected a row type and a name, found %d fields", len(f))
	}
	name, err := m.name(f[1])
	if err != nil {
		return err
	}
	if _, twice := m.rows[name]; twice {
		return m.errorf("row %s is defined twice", quoted(name))
	}
	zero := At(rational.Rat{})
	row := Row{Name: name}
	switch strings.ToUpper(f[0]) {
	case "N":
		if !m.hasObjective {
			m.hasObjective, m.objective = true, name
			m.rows[name] = -1
			return nil
		}
	case "L":
		row.Upper = zero
	case "G":
		row.Lower = zero
	case "E":
		row.Lower, row.Upper = zero, zero
	default:
		return m.errorf("expected a row type N, L, G or E, found %s", quoted(f[0]))
	}
	m.rows[name] = m.problem.AddRow(row)
	m.types = append(m.types, strings.ToUpper(f[0])[0])
	return nil
}

// entries reads a line of COLUMNS: a column and one or two pairs of row and value.
func (m *mpsReader) entries(f []string) error {
	if len(f) >= 3 && f[1] == "'MARKER'" {
		return m.marker(f[len(f)-1])
	}
	if len(f) != 3 && len(f) != 5 {
		return m.errorf("expected a column and one or two pairs of row and value, found %d fields", len(f))
	}
	if f[0] != m.column || m.inColumn == nil {
		if err := m.beginColumn(f[0]); err != nil {
			return err
		}
	}
	for k := 1; k < len(f); k += 2 {
		if err := m.entry(f[k], f[k+1]); err != nil {
			return err
		}
	}
	return nil
}

func (m *mpsReader) marker(kind string) error {
	switch kind {
	case "'INTORG'":
		m.integers = true
	case "'INTEND'":
		m.integers = false
	default:
		return m.errorf("expected 'INTORG' or 'INTEND', found %s", quoted(kind))
	}
	if m.integers {
		return m.integer("a marker of integer variables")
	}
	return nil
}

// integer refuses a demand for integers unless it is to be relaxed.
func (m *mpsReader) integer(what string) error {
	if m.options.Relax {
		return nil
	}
	return m.errorf("expected a linear program, found %s (the option -relax drops that)", what)
}

func (m *mpsReader) beginColumn(text string) error {
	name, err := m.name(text)
	if err != nil {
		return err
	}
	if _, twice := m.variables[name]; twice {
		return m.errorf("column %s is not in one piece", quoted(name))
	}
	m.column, m.inColumn = name, cleared(m.inColumn)
	m.variables[name] = m.problem.AddVariable(Variable{Name: name, Lower: At(rational.Rat{})})
	m.bounded = append(m.bounded, [2]bool{})
	return nil
}

// cleared returns the map emptied, or a new one.
func cleared(given map[int]bool) map[int]bool {
	if given == nil {
		return map[int]bool{}
	}
	clear(given)
	return given
}

func (m *mpsReader) entry(row, value string) error {
	i, v, err := m.rowAndValue(row, value, m.inColumn)
	if err != nil {
		return err
	}
	j := len(m.problem.Variables) - 1
	if i < 0 {
		m.problem.Variables[j].Cost = v
	} else if !v.IsZero() {
		m.problem.Rows[i].Terms = append(m.problem.Rows[i].Terms, Term{j, v})
	}
	return nil
}

// rowAndValue reads a pair; given holds the rows that have been given already.
func (m *mpsReader) rowAndValue(row, value string, given map[int]bool) (int, rational.Rat, error) {
	i, ok := m.rows[row]
	if !ok {
		return 0, rational.Rat{}, m.errorf("expected the name of a row, found %s", quoted(row))
	}
	if given[i] {
		return 0, rational.Rat{}, m.errorf("the value for row %s is given twice", quoted(row))
	}
	given[i] = true
	v, err := m.number(value)
	return i, v, err
}

// sideEntries reads a line of RHS or RANGES.
func (m *mpsReader) sideEntries(f []string) error {
	if len(f) < 2 || len(f) > 5 {
		return m.errorf("expected one or two pairs of row and value, found %d fields", len(f))
	}
	set := ""
	if len(f)%2 == 1 {
		set, f = f[0], f[1:]
	}
	if err := m.oneSet(set); err != nil {
		return err
	}
	if m.inColumn == nil {
		m.inColumn = cleared(nil)
	}
	for k := 0; k < len(f); k += 2 {
		i, v, err := m.rowAndValue(f[k], f[k+1], m.inColumn)
		if err != nil {
			return err
		}
		if m.section == "RHS" {
			m.side(i, v)
		} else if err := m.rowRange(i, v, f[k]); err != nil {
			return err
		}
	}
	return nil
}

// oneSet refuses a second set in a section.
func (m *mpsReader) oneSet(set string) error {
	if first, any := m.sets[m.section]; any && first != set {
		return m.errorf("expected one set in %s, found %s after %s", m.section, quoted(set), quoted(first))
	}
	if len(set) > MaxName {
		_, err := m.name(set)
		return err
	}
	m.sets[m.section] = strings.Clone(set)
	return nil
}

func (m *mpsReader) side(i int, v rational.Rat) {
	if i < 0 {
		m.problem.Constant = v.Neg()
		return
	}
	row := &m.problem.Rows[i]
	if row.Lower.Finite {
		row.Lower.Value = v
	}
	if row.Upper.Finite {
		row.Upper.Value = v
	}
}

func (m *mpsReader) rowRange(i int, v rational.Rat, name string) error {
	if i < 0 || m.types[i] == 'N' {
		return m.errorf("expected no range of %s, a row of type N", quoted(name))
	}
	row := &m.problem.Rows[i]
	switch t := m.types[i]; {
	case t == 'G' || t == 'E' && v.Sign() > 0:
		row.Upper = At(row.Lower.Value.Add(v.Abs()))
	case t == 'L' || t == 'E' && v.Sign() < 0:
		row.Lower = At(row.Upper.Value.Sub(v.Abs()))
	}
	return nil
}

// bound reads a line of BOUNDS: a type, perhaps a set, a column, perhaps a value.
func (m *mpsReader) bound(f []string) error {
	if len(f) < 2 {
		return m.errorf("expected a bound type and a column, found %d fields", len(f))
	}
	kind := strings.ToUpper(f[0])
	valued := false
	switch kind {
	case "UP", "LO", "FX", "UI", "LI":
		valued = true
	case "FR", "MI", "PL", "BV":
	default:
		return m.errorf("expected a bound type UP, LO, FX, FR, MI, PL, BV, LI or UI, found %s", quoted(f[0]))
	}
	set, column, value, err := m.boundFields(f[1:], valued)
	if err != nil {
		return err
	}
	if err := m.oneSet(set); err != nil {
		return err
	}
	j, ok := m.variables[column]
	if !ok {
		return m.errorf("expected the name of a column, found %s", quoted(column))
	}
	return m.setBound(kind, j, value)
}

// boundFields finds the set, the column and the value among the fields after the type.
func (m *mpsReader) boundFields(f []string, valued bool) (set, column, value string, err error) {
	most := 2
	if valued {
		most = 3
	}
	switch {
	case valued && len(f) == most-1:
		return "", f[0], f[1], nil
	case valued && len(f) == most:
		return f[0], f[1], f[2], nil
	case !valued && len(f) == 1:
		return "", f[0], "", nil
	case !valued && (len(f) == 2 || len(f) == 3):
		return f[0], f[1], "", nil // a value after it says nothing
	}
	return "", "", "", m.errorf("expected a set, a column and, for some types, a value; found %d fields", len(f))
}

func (m *mpsReader) setBound(kind string, j int, text string) error {
	v := &m.problem.Variables[j]
	var bound Bound
	if text != "" {
		x, infinity, err := m.boundNumber(text)
		if err != nil {
			return err
		}
		if infinity != 0 && (kind == "FX" || infinity > 0 != (kind == "UP" || kind == "UI")) {
			return m.errorf("expected a number for bound %s, found %s", kind, quoted(text))
		}
		bound = Bound{infinity == 0, x}
	}
	lower := kind == "LO" || kind == "LI" || kind == "FX" || kind == "FR" || kind == "MI" || kind == "BV"
	upper := kind == "UP" || kind == "UI" || kind == "FX" || kind == "FR" || kind == "PL" || kind == "BV"
	if lower && m.bounded[j][0] || upper && m.bounded[j][1] {
		return m.errorf("a bound of %s is given twice", quoted(v.Name))
	}
	m.bounded[j] = [2]bool{m.bounded[j][0] || lower, m.bounded[j][1] || upper}
	if lower {
		v.Lower = bound
	}
	if upper {
		v.Upper = bound
	}
	switch kind {
	case "BV":
		v.Lower, v.Upper = At(rational.Rat{}), At(rational.NewRat(1, 1))
		return m.integer("a binary variable")
	case "LI", "UI":
		return m.integer("an integer variable")
	}
	return nil
}

// finish applies the convention on negative upper bounds.
func (m *mpsReader) finish() (*Problem, error) {
	for j, b := range m.bounded {
		v := &m.problem.Variables[j]
		if !b[0] && v.Upper.Finite && v.Upper.Value.Sign() < 0 {
			v.Lower = Bound{}
		}
	}
	return m.problem, nil
}
