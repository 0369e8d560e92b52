package mps

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
)

// ReadBasis reads a basis of p in the MPS basis format, with the names of p: lines XU and XL
// make a column basic in the place of a row, which rests on its upper or lower bound; UL and
// LL put a column on its upper or lower bound, and BS makes it basic without a row. Rows without
// a line are basic, columns rest on their lower bounds. No column and no row may have two lines.
// A row with one bound, or with two equal ones, rests on it whatever the line says: writers that
// mean the slack of the row by its bound and those that mean the row do not agree on the
// word. A bound to rest on that p does not have is no error: [lp.Solve] puts right what does not
// fit. Names end at blanks, unless names of p have blanks, as the fixed format allows: then names
// begin in columns 5 and 15. Errors are those of [Read], and a nil problem is one.
func ReadBasis(r io.Reader, file string, p *lp.Problem) (*lp.Basis, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	m := &basisReader{
		Source:    program.NewSource(r, file),
		problem:   p,
		basis:     &lp.Basis{Variables: make([]lp.Status, len(p.Variables)), Rows: make([]lp.Status, len(p.Rows))},
		variables: index(len(p.Variables), func(j int) string { return p.Variables[j].Name }),
		rows:      index(len(p.Rows), func(i int) string { return p.Rows[i].Name }),
		fixed:     blankNames(p),
		lines:     map[string]int{},
	}
	// Rows without a line are basic, which is the zero value of a status.
	// What no line speaks of is at its lower bound, which for a free variable is put right
	// by the solver.
	for j := range m.basis.Variables {
		m.basis.Variables[j] = lp.AtLower
	}
	for {
		line, ok := m.Next()
		if !ok {
			// Either the reader has failed or the file was cut off.
			return nil, errors.Join(m.Err(), m.Errorf("expected ENDATA, found the end of the file"))
		}
		f := strings.Fields(line)
		switch {
		// The first line may name the problem, or say how many iterations led here; neither counts.
		case len(f) == 0 || line[0] == '*' || f[0] == "NAME":
			continue
		case f[0] == "ENDATA":
			return m.basis, nil
		}
		if err := m.take(m.names(line, f)); err != nil {
			return nil, err
		}
	}
}

// basisReader is a basis with what has been said of it.
type basisReader struct {
	*program.Source
	problem         *lp.Problem
	basis           *lp.Basis
	variables, rows map[string]int
	fixed           bool
	lines           map[string]int // where a column, or a row, has been given a place
}

// index maps names to places. A valid problem has no two equal names.
func index(n int, name func(int) string) map[string]int {
	// Made once: each line looks up one name or two.
	m := make(map[string]int, n)
	for i := range n {
		m[name(i)] = i
	}
	return m
}

// blankNames reports whether a name of p has blanks, so that fields do not end at them.
func blankNames(p *lp.Problem) bool {
	blank := func(name string) bool { return strings.ContainsRune(name, ' ') }
	return slices.ContainsFunc(p.Variables, func(v lp.Variable) bool { return blank(v.Name) }) ||
		slices.ContainsFunc(p.Rows, func(r lp.Row) bool { return blank(r.Name) })
}

// names returns the word of a line and its names, by columns if names have blanks and the names
// there are known, and otherwise f, the fields between blanks.
func (m *basisReader) names(line string, f []string) []string {
	column, row := columns(line, 1), columns(line, 2)
	_, isColumn := m.variables[column]
	_, isRow := m.rows[row]
	switch {
	case !m.fixed || !isColumn:
		return f
	case row == "":
		return []string{f[0], column}
	case isRow:
		return []string{f[0], column, row}
	}
	return f
}

// columns returns the k-th field of the fixed format, or what there is of it.
func columns(line string, k int) string {
	from, to := min(fixedColumns[k][0], len(line)), min(fixedColumns[k][1], len(line))
	return strings.TrimRight(line[from:to], " ")
}

// take takes the fields of a line.
func (m *basisReader) take(f []string) error {
	// What LL says, and UL, BS and pairs change.
	status, fields := lp.AtLower, 2
	switch f[0] {
	case "XU":
		status, fields = lp.AtUpper, 3
	// The row goes to its lower bound, which is the status to begin with.
	case "XL":
		fields = 3
	case "UL":
		status = lp.AtUpper
	case "BS":
		status = lp.Basic
	// It says what holds without it, and counts as a line all the same.
	case "LL":
	default:
		return m.Errorf("expected XU, XL, UL, LL or BS, found %s", text.Quote(f[0]))
	}
	if len(f) != fields {
		return m.Errorf("expected a column and, after XU and XL, a row; found %d fields", len(f))
	}
	// A row that is basic has no need of a line, and some writers give it one.
	if _, isColumn := m.variables[f[1]]; status == lp.Basic && !isColumn {
		_, err := m.place("column or row", f[1], m.rows)
		return err
	}
	j, err := m.place("column", f[1], m.variables)
	if err != nil {
		return err
	}
	// Only the column has a new place.
	if fields == 2 {
		m.basis.Variables[j] = status
		return nil
	}
	// The row that gives its place to the column.
	i, err := m.place("row", f[2], m.rows)
	if err != nil {
		return err
	}
	if b, one := onlyBound(m.problem.Rows[i]); one {
		status = b
	}
	m.basis.Variables[j], m.basis.Rows[i] = lp.Basic, status
	return nil
}

// onlyBound returns the one bound that a row can rest on, if there is no other.
func onlyBound(r lp.Row) (lp.Status, bool) {
	switch {
	case !r.Upper.Finite && !r.Lower.Finite:
		return lp.AtZero, true
	case !r.Lower.Finite:
		return lp.AtUpper, true
	}
	return lp.AtLower, !isRange(r)
}

// place returns the index of a column or row, which must not have been given a place before: two
// lines contradict each other, or one of them says nothing.
func (m *basisReader) place(kind, name string, all map[string]int) (int, error) {
	k, ok := all[name]
	if !ok {
		return 0, m.Errorf("expected the name of a %s, found %s", kind, text.Quote(name))
	}
	// A row and a column may have one name.
	key := kind + " " + name
	if line, twice := m.lines[key]; twice {
		return 0, m.Errorf("expected one line for %s %s, found a second one after line %d", kind, text.Quote(name), line)
	}
	m.lines[key] = m.Line
	return k, nil
}

// WriteBasis writes a basis of p so that [ReadBasis] returns it, but for free variables at
// zero, which become variables at their lower bounds. A row with one bound rests on its lower
// one (XL) in the file, be it an upper one in p: what is meant by it is the slack, which is 0
// there, as QSopt_ex writes and wants it. Names with blanks are written in fixed columns, and must
// have at most 8 bytes then, with all others; names that are empty, end with a blank or have
// signs that are not visible cannot be written. Nil arguments are an error.
func WriteBasis(w io.Writer, p *lp.Problem, b *lp.Basis) error {
	if err := p.Validate(); err != nil {
		return err
	}
	switch {
	case b == nil:
		return errors.New("mps: the basis is nil")
	// A basis of another problem, which is the mistake of a caller.
	case len(b.Variables) != len(p.Variables) || len(b.Rows) != len(p.Rows):
		return fmt.Errorf("the basis has %d variables and %d rows, the problem %d and %d", len(b.Variables), len(b.Rows), len(p.Variables), len(p.Rows))
	}
	// Written as it is made: a basis is as long as the program has columns.
	out := &basisWriter{Writer: bufio.NewWriter(w), fixed: blankNames(p)}
	out.WriteString("NAME\n")
	// Rows are gone through once, beside the columns: the k-th basic column stands with the
	// k-th row that is not basic.
	row := 0
	for j, s := range b.Variables {
		name := p.Variables[j].Name
		switch s {
		case lp.Basic:
			// Each basic column is written with a row that is not; which one does not matter, as the
			// lines are read as sets.
			for row < len(b.Rows) && b.Rows[row] == lp.Basic {
				row++
			}
			// A basis has as many basic variables as it has rows that are not basic.
			if row == len(b.Rows) {
				return errors.New("the basis has more basic variables than rows")
			}
			word := "XL"
			// Rows at no bound, being free, count as those at their lower one.
			if b.Rows[row] == lp.AtUpper && isRange(p.Rows[row]) {
				word = "XU"
			}
			out.line(word, name, p.Rows[row].Name)
			row++
		// Columns at their lower bound are left out, as that is what no line means.
		case lp.AtUpper:
			out.line("UL", name)
		}
	}
	out.WriteString("ENDATA\n")
	return errors.Join(out.err, out.Flush())
}

// basisWriter writes the lines of a basis, and keeps the first name that cannot be written.
type basisWriter struct {
	*bufio.Writer
	fixed bool
	err   error
}

// line writes a word and names.
func (w *basisWriter) line(word string, names ...string) {
	fmt.Fprintf(w, " %s", word)
	for k, name := range names {
		w.legal(name)
		w.WriteString(" " + name)
		// The first begins in column 5, the second in column 15, counted in bytes.
		if width := fixedColumns[1][1] - fixedColumns[1][0] + 1; w.fixed && k < len(names)-1 {
			w.WriteString(strings.Repeat(" ", max(0, width-len(name))))
		}
	}
	w.WriteString("\n")
}

// legal keeps an error if a name would be read as something else. Names are refused then, not
// changed: a basis is of use only for a file with the same names.
func (w *basisWriter) legal(name string) {
	unseen := func(c rune) bool { return c != ' ' && (unicode.IsSpace(c) || unicode.IsControl(c)) }
	ok := name != "" && len(name) <= program.MaxName && !strings.ContainsFunc(name, unseen)
	if w.fixed {
		ok = ok && len(name) <= fixedColumns[1][1]-fixedColumns[1][0] && name[len(name)-1] != ' '
	}
	if !ok && w.err == nil {
		w.err = fmt.Errorf("the basis format cannot express the name %q", name)
	}
}
