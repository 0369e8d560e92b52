package mps

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/format/text"
	"pstar/lp"
)

// ReadBasis reads a basis of p in the MPS basis format, with the names of p: lines XU and XL
// make a column basic in the place of a row, which rests on its upper or lower bound; UL and
// LL put a column on its upper or lower bound. Rows without a line are basic, columns rest on
// their lower bounds. No column and no row may have two lines. A bound to rest on that p does not
// have is no error: [lp.Solve] puts right what does not fit. Errors are those of [Read].
func ReadBasis(r io.Reader, file string, p *lp.Problem) (*lp.Basis, error) {
	m := &basisReader{
		Source:    program.NewSource(r, file),
		basis:     &lp.Basis{Variables: make([]lp.Status, len(p.Variables)), Rows: make([]lp.Status, len(p.Rows))},
		variables: index(len(p.Variables), func(j int) string { return p.Variables[j].Name }),
		rows:      index(len(p.Rows), func(i int) string { return p.Rows[i].Name }),
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
		// Names with blanks cannot be read, as fields end at them.
		f := strings.Fields(line)
		switch {
		// The first line may name the problem, or say how many iterations led here; neither counts.
		case len(f) == 0 || line[0] == '*' || f[0] == "NAME":
			continue
		case f[0] == "ENDATA":
			return m.basis, nil
		}
		if err := m.take(f); err != nil {
			return nil, err
		}
	}
}

// basisReader is a basis with what has been said of it.
type basisReader struct {
	*program.Source
	basis           *lp.Basis
	variables, rows map[string]int
	lines           map[string]int // where a column, or a row, has been given a place
}

// index maps names to places; of equal names the last counts.
//
// Readers have no equal names; a problem made elsewhere may, and then the basis means one
// of them.
func index(n int, name func(int) string) map[string]int {
	// Made once: each line looks up one name or two.
	m := make(map[string]int, n)
	for i := range n {
		m[name(i)] = i
	}
	return m
}

// take takes a line.
func (m *basisReader) take(f []string) error {
	// What LL says, and UL and pairs change.
	status, pair := lp.AtLower, false
	switch f[0] {
	case "XU":
		status, pair = lp.AtUpper, true
	// The row goes to its lower bound, which is the status to begin with.
	case "XL":
		pair = true
	case "UL":
		status = lp.AtUpper
	// It says what holds without it, and counts as a line all the same.
	case "LL":
	default:
		return m.Errorf("expected XU, XL, UL or LL, found %s", text.Quote(f[0]))
	}
	// Fields are told apart by blanks: names with blanks, of the fixed format, have no
	// place here.
	if pair && len(f) != 3 || !pair && len(f) != 2 {
		return m.Errorf("expected a column and, after XU and XL, a row; found %d fields", len(f))
	}
	j, err := m.place("column", f[1], m.variables)
	if err != nil {
		return err
	}
	// Only the column has a new place.
	if !pair {
		m.basis.Variables[j] = status
		return nil
	}
	// The row that gives its place to the column.
	i, err := m.place("row", f[2], m.rows)
	if err != nil {
		return err
	}
	m.basis.Variables[j], m.basis.Rows[i] = lp.Basic, status
	return nil
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
// zero, which become variables at their lower bounds. Names must be those that [Write] keeps.
func WriteBasis(w io.Writer, p *lp.Problem, b *lp.Basis) error {
	// A basis of another problem, which is the mistake of a caller.
	if len(b.Variables) != len(p.Variables) || len(b.Rows) != len(p.Rows) {
		return fmt.Errorf("the basis has %d variables and %d rows, the problem %d and %d", len(b.Variables), len(b.Rows), len(p.Variables), len(p.Rows))
	}
	// Names that would be read as something else are refused, not changed: a basis is of use only
	// for a file with the same names.
	for _, v := range p.Variables {
		if !program.FreeName(v.Name) {
			return fmt.Errorf("the basis format cannot express the name %q", v.Name)
		}
	}
	// Written as it is made: a basis is as long as the program has columns.
	out := bufio.NewWriter(w)
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
			if !program.FreeName(p.Rows[row].Name) {
				return fmt.Errorf("the basis format cannot express the name %q", p.Rows[row].Name)
			}
			kind := "XL"
			// Rows at no bound, being free, count as those at their lower one.
			if b.Rows[row] == lp.AtUpper {
				kind = "XU"
			}
			fmt.Fprintf(out, " %s %s %s\n", kind, name, p.Rows[row].Name)
			row++
		// Columns at their lower bound are left out, as that is what no line means.
		case lp.AtUpper:
			fmt.Fprintf(out, " UL %s\n", name)
		}
	}
	out.WriteString("ENDATA\n")
	return out.Flush()
}
