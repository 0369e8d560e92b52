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
// [rational.ParseRat], fractions included. Inf and Infinity are infinities in bounds.
// Where the format is known in several dialects:
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
//     Those between markers without any bound lie between 0 and 1 (*).
//   - A bound of 1e30 or more, of a variable or of a row, is none (*). For GLPK and
//     QSopt_ex it is a number.
//   - A comment *SENSE:Maximize, as PuLP writes it, is a comment: without OBJSENSE the
//     problem is to minimise (*).
//
// Where (*) stands most tools agree, but not all; o.Note hears of it.
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
		if m.comment(line) {
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
	bounded      []stated // for every variable
	sideLines    []int    // for every row, where its sides were stated last
	integers     bool     // between markers
	marked       []int    // the variables between markers
	senseComment int      // the line of a comment that says Maximize
}

// comment reports whether the line says nothing.
func (m *mpsReader) comment(line string) bool {
	const sense = "*SENSE:MAX"
	if len(line) >= len(sense) && strings.EqualFold(line[:len(sense)], sense) {
		m.senseComment = m.line
	}
	return strings.HasPrefix(line, "*") || strings.TrimSpace(line) == ""
}

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
	m.types, m.sideLines = append(m.types, strings.ToUpper(f[0])[0]), append(m.sideLines, m.line)
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
	m.bounded = append(m.bounded, stated{line: m.line})
	if m.integers {
		m.marked = append(m.marked, m.variables[name])
	}
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
