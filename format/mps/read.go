// Package mps reads and writes linear programs in the MPS format, free and fixed, with
// every number exact. What its many dialects disagree on is settled in one place, the
// documentation of [Read]; where a file rests on such a convention, the reader says so.
package mps

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
	"pstar/rational"
)

// Read reads a problem in the MPS format from r; file names it in errors, which are
// of type *[text.SyntaxError] unless r itself fails.
//
// Fields are separated by white space. Numbers are read exactly, as by
// [rational.ParseRat], fractions included. Inf and Infinity are infinities in bounds.
// Where the format is known in several dialects:
//
//   - The first row of type N is the objective, or the one that a section OBJNAME (or
//     OBJECT) names. Others stay as rows without bounds (*).
//   - OBJSENSE, on a line of its own or followed by one, anywhere, may say MIN or MAX;
//     the default is to minimise.
//   - ROWS, COLUMNS and then RHS, RANGES and BOUNDS in any order.
//   - A line that begins with an asterisk is a comment, and so is what follows a dollar
//     sign that begins the third field or a later one.
//   - A right side of the objective is the negative of the constant of the problem, as
//     most tools have it; GLPK takes it for the constant, and QSopt_ex ignores it.
//   - A range R of an equation is added above its right side if positive and below
//     if negative; for other rows the sign of R does not matter.
//   - Variables are nonnegative by default. A negative upper bound (UP), and no lower
//     bound anywhere, makes the lower bound −∞ (*), for CPLEX and QSopt_ex too, while it
//     stays 0 for GLPK, SCIP and HiGHS; an upper bound of zero does not.
//   - The bound MI leaves the upper bound alone; PL takes an earlier one away.
//   - A range of a row of type N says nothing (*).
//   - Names of the sets of right sides, ranges and bounds may be missing. There may be
//     one set of each.
//   - Integer variables (MARKER lines, BV, LI, UI) are refused unless o.Relax is set.
//     Those between markers without any bound lie between 0 and 1 (*).
//   - An upper bound of 1e20 or more of a variable is none (*), and a lower one of −1e20 or
//     less, as CPLEX, Gurobi, HiGHS and SCIP have it; for GLPK and QSopt_ex they are numbers.
//     A right side of a row is none from 1e30 on for L, and from −1e30 on for G (*); for
//     HiGHS and SCIP from 1e20 on, for GLPK and QSopt_ex never.
//   - Where infinity is out of reach, it is not meant: FX 1e20, LO 1e20, UP −1e20 and the
//     right sides E 1e30, G 1e30 and L −1e30 are numbers (*).
//   - A comment *SENSE:Maximize, as PuLP writes it, is a comment: without OBJSENSE the
//     problem is to minimise (*).
//
// Where (*) stands tools do not agree; o.Note hears of it.
//
// Entries given twice, unknown names and sections of other kinds of problems are
// errors. It takes time and memory in proportion to the file.
func Read(r io.Reader, file string, o program.Options) (*lp.Problem, error) {
	return read(r, file, o, false)
}

// ReadFixed is Read for the fixed columns of the original format, where fields begin in
// columns 2, 5, 15, 25, 40 and 50, and names may hold spaces.
func ReadFixed(r io.Reader, file string, o program.Options) (*lp.Problem, error) {
	return read(r, file, o, true)
}

// read is Read for either arrangement of fields.
func read(r io.Reader, file string, o program.Options, fixed bool) (*lp.Problem, error) {
	m := &reader{Source: program.NewSource(r, file), options: o, fixed: fixed, problem: &lp.Problem{},
		rows: map[string]int{}, variables: map[string]int{}}
	for {
		line, ok := m.Next()
		if !ok {
			// A file that cannot be read is another fault than one that ends early.
			if err := m.Err(); err != nil {
				return nil, err
			}
			// Without the last line nobody knows how much is missing: half a program is another
			// program.
			return nil, m.Errorf("expected ENDATA, found the end of the file")
		}
		// Comments may stand anywhere, also before the first section.
		if m.comment(line) {
			continue
		}
		// One line at a time; nothing of it is kept but names.
		err := m.take(line)
		if errors.Is(err, errEnd) {
			return m.finish()
		}
		if err != nil {
			return nil, err
		}
	}
}

// errEnd ends the reading without being an error.
var errEnd = errors.New("end of data")

// reader holds what has been read.
//
// rows and variables find positions by name; problem has what is known of each so far.
type reader struct {
	*program.Source
	options      program.Options
	fixed        bool
	problem      *lp.Problem
	section      string
	seen         []string // sections so far
	chosen       bool     // the objective is named by OBJNAME
	ranges       []rowRange
	objective    string // name of the objective row
	hasObjective bool
	rows         map[string]int // −1 is the objective
	variables    map[string]int
	types        []byte   // of every row
	words        []string // of a line
	column       string   // being read
	inColumns    bool     // a column has begun
	part         int      // counts columns and sections of one set
	givenIn      []int    // the part that gave a value for the objective, and for every row
	sets         map[string]string
	bounded      []program.Stated // for every variable
	sideLines    []int            // for every row, where its sides were stated last
	integers     bool             // between markers
	marked       []int            // the variables between markers
	senseComment int              // the line of a comment that says Maximize
}

// comment reports whether the line says nothing.
func (m *reader) comment(line string) bool {
	// PuLP writes the sense in a comment, and reads it there; no other tool does.
	const sense = "*SENSE:MAX"
	if len(line) >= len(sense) && strings.EqualFold(line[:len(sense)], sense) {
		m.senseComment = m.Line
	}
	// Lines of blanks say nothing in either format.
	return strings.HasPrefix(line, "*") || strings.TrimSpace(line) == ""
}

// take reads a line that is neither empty nor a comment.
func (m *reader) take(line string) error {
	// Line ends of old Macintoshes make a file of one line, all of it a name.
	// A carriage return before the line end is taken off by the scanner.
	if strings.ContainsRune(line, '\r') {
		return m.Errorf("expected lines that end with LF or CR LF, found CR alone")
	}
	// Section words begin in the first column, data lines do not.
	if line[0] != ' ' && line[0] != '\t' {
		return m.header(line)
	}
	// Both formats have the same fields, from here on.
	f, err := m.fields(line)
	if err != nil {
		return err
	}
	switch m.section {
	// The word stands on a line of its own under the section's name.
	case "OBJSENSE":
		return m.sense(strings.TrimSpace(line))
	case "OBJNAME":
		return m.chosenObjective(strings.TrimSpace(line))
	}
	if len(f) == 0 {
		return nil
	}
	switch m.section {
	case "ROWS":
		return m.row(f)
	case "COLUMNS":
		return m.entries(f)
	case "RHS", "RANGES":
		return m.sideEntries(f)
	case "BOUNDS":
		return m.bound(f)
	}
	return m.Errorf("expected a section, found a data line")
}

// row reads a line of ROWS.
func (m *reader) row(f []string) error {
	if len(f) != 2 {
		return m.Errorf("expected a row type and a name, found %d fields%s", len(f), m.blanks())
	}
	name, err := m.Name(f[1])
	if err != nil {
		return err
	}
	// Entries could be of either.
	if _, twice := m.rows[name]; twice {
		return m.Errorf("row %s is defined twice", text.Quote(name))
	}
	// Right sides that are never given are 0.
	zero := lp.At(rational.Rat{})
	// No sides yet: the type gives them.
	row := lp.Row{Name: name}
	switch strings.ToUpper(f[0]) {
	case "N":
		// The first row of type N, or the one that was named.
		// It is no row of the problem: its entries are costs.
		if !m.hasObjective && (!m.chosen || m.objective == name) {
			m.hasObjective, m.objective = true, name
			m.rows[name] = -1
			return nil
		}
		m.Remark(m.Line, fmt.Sprintf("row %s of type N is not the objective: it stays as a row without bounds, which constrains nothing", text.Quote(name)), "such rows")
	case "L":
		row.Upper = zero
	case "G":
		row.Lower = zero
	case "E":
		row.Lower, row.Upper = zero, zero
	default:
		return m.Errorf("expected a row type N, L, G or E, found %s", text.Quote(f[0]))
	}
	// Its place among the rows, which a row of type N that is the objective does not have.
	m.rows[name] = m.problem.AddRow(row)
	m.types, m.sideLines = append(m.types, strings.ToUpper(f[0])[0]), append(m.sideLines, m.Line)
	return nil
}

// entries reads a line of COLUMNS: a column and one or two pairs of row and value.
func (m *reader) entries(f []string) error {
	// A marker line has the form of an entry.
	if len(f) >= 3 && f[1] == "'MARKER'" {
		return m.marker(f[len(f)-1])
	}
	// In the free format a name with a blank shows here first.
	if len(f) != 3 && len(f) != 5 {
		return m.Errorf("expected a column and one or two pairs of row and value, found %d fields%s", len(f), m.blanks())
	}
	// Entries of a column follow each other; a name that comes again later is an error.
	if f[0] != m.column || !m.inColumns {
		if err := m.beginColumn(f[0]); err != nil {
			return err
		}
	}
	// Pairs of row and value.
	for k := 1; k < len(f); k += 2 {
		if err := m.entry(f[k], f[k+1]); err != nil {
			return err
		}
	}
	return nil
}

// blanks hints at the format that a file may be in.
func (m *reader) blanks() string {
	if m.fixed {
		return ""
	}
	return "; if names contain blanks, the file is in the fixed format (-from fixed)"
}

// marker reads a marker line, between two of which the columns are integers.
func (m *reader) marker(kind string) error {
	switch kind {
	case "'INTORG'":
		m.integers = true
	case "'INTEND'":
		m.integers = false
	// The same kind of line opens a section of another kind of problem.
	case "'SOSORG'", "'SOSEND'":
		return m.Errorf("expected a linear program, found special ordered sets (marker %s)", kind)
	default:
		return m.Errorf("expected 'INTORG' or 'INTEND', found %s", text.Quote(kind))
	}
	// INTEND alone, or markers around nothing, demand nothing.
	if m.integers {
		return m.integer("a marker of integer variables")
	}
	return nil
}

// integer refuses a demand for integers unless it is to be relaxed.
func (m *reader) integer(what string) error {
	// Asked for: the relaxation is another problem.
	if m.options.Relax {
		return nil
	}
	return m.Errorf("expected a linear program, found %s (the option -relax drops that)", what)
}

// beginColumn adds a column, nonnegative until a bound says otherwise.
func (m *reader) beginColumn(word string) error {
	// Too long a name, or one that cannot be printed, is refused here.
	name, err := m.Name(word)
	if err != nil {
		return err
	}
	// GLPK refuses such a file too; QSopt_ex reads it.
	if _, twice := m.variables[name]; twice {
		return m.Errorf("column %s is not in one piece", text.Quote(name))
	}
	m.column, m.inColumns = name, true
	// The rows that this column gives a value begin with none.
	m.part++
	m.variables[name] = m.problem.AddVariable(lp.Variable{Name: name, Lower: lp.At(rational.Rat{})})
	m.bounded = append(m.bounded, program.Stated{Line: m.Line})
	// Bounds come later and tell whether the default of such columns counts.
	if m.integers {
		m.marked = append(m.marked, m.variables[name])
	}
	return nil
}

// entry adds a coefficient to the column at hand. Zeros are left out: they say nothing, and a row
// of zeros is an empty one.
func (m *reader) entry(row, value string) error {
	i, v, err := m.rowAndValue(row, value)
	if err != nil {
		return err
	}
	// Columns stand in one piece, so that the one at hand is the last.
	j := len(m.problem.Variables) - 1
	// The objective's coefficients are costs.
	if i < 0 {
		m.problem.Variables[j].Cost = v
	} else if !v.IsZero() {
		m.problem.Rows[i].Terms = append(m.problem.Rows[i].Terms, lp.Term{Variable: j, Coefficient: v})
	}
	return nil
}

// rowAndValue reads a pair. No row may have two in one part of the file.
func (m *reader) rowAndValue(row, value string) (int, rational.Rat, error) {
	// -1 is the objective, and is there as well.
	i, ok := m.rows[row]
	if !ok {
		return 0, rational.Rat{}, m.Errorf("expected the name of a row, found %s%s", text.Quote(row), m.blanks())
	}
	// Place 0 is the objective's; the list is made when all rows are known.
	if len(m.givenIn) <= len(m.problem.Rows) {
		m.givenIn = make([]int, len(m.problem.Rows)+1)
	}
	// Which of two values is meant the file does not say.
	if m.givenIn[i+1] == m.part {
		return 0, rational.Rat{}, m.Errorf("the value for row %s is given twice", text.Quote(row))
	}
	m.givenIn[i+1] = m.part
	// Last, so that a wrong name is told before a wrong number.
	v, err := m.Number(value)
	return i, v, err
}
