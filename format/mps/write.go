package mps

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/lp"
)

// Write writes p in the free MPS format, exactly: numbers that are not short
// decimals are written as fractions, see [Read]. Names are kept where the format has
// them (visible ASCII, distinct); others are replaced, see [Renamed]. Terms of the same variable
// are added. It returns the errors of w, those of [lp.Problem.Validate], and an error for
// a row with crossed bounds or a bound of 1e20 or a side of 1e30 or more, which the format cannot express.
func Write(w io.Writer, p *lp.Problem) error {
	if err := program.Writable(p); err != nil {
		return err
	}
	// A range is written as its length, which cannot be negative.
	for i, r := range p.Rows {
		if r.Lower.Finite && r.Upper.Finite && r.Lower.Value.Cmp(r.Upper.Value) > 0 {
			return fmt.Errorf("the MPS format cannot express the crossed bounds of %s", p.RowName(i))
		}
	}
	// Errors of w stay in the buffered writer until Flush, which returns the first.
	out := &writer{Writer: bufio.NewWriter(w), problem: p}
	out.objective, out.rows, out.columns = program.Names(p, program.FreeName)
	out.head()
	out.body()
	out.sides()
	out.bounds()
	out.WriteString("ENDATA\n")
	return out.Flush()
}

// Renamed returns a remark on the names of rows, and one on those of variables, that Write
// replaces, in so far as there are any. It panics for a nil problem.
func Renamed(p *lp.Problem) []string { return program.Renamed(p, program.FreeName) }

// writer writes one file; names are legal and distinct.
//
// rows and columns go by the positions of the problem.
type writer struct {
	*bufio.Writer
	problem       *lp.Problem
	objective     string
	rows, columns []string
}

// head writes name, sense and rows.
func (w *writer) head() {
	// Blanks would end the name.
	name := strings.Join(strings.Fields(w.problem.Name), "_")
	// The name of a problem is for people, and is left out if it cannot be written.
	if program.FreeName(name) {
		fmt.Fprintf(w, "NAME %s\n", name)
	} else {
		w.WriteString("NAME\n")
	}
	if w.problem.Sense == lp.Maximise {
		w.WriteString("OBJSENSE\n    MAX\n")
	}
	fmt.Fprintf(w, "ROWS\n N  %s\n", w.objective)
	// In the order of the problem, which is that of the reader.
	for i, r := range w.problem.Rows {
		fmt.Fprintf(w, " %c  %s\n", rowType(r), w.rows[i])
	}
}

// rowType returns the type of a row; one with two bounds is an equation with a range.
//
// A row without bounds is one of type N behind the objective, which comes first.
func rowType(r lp.Row) byte {
	switch {
	case !r.Lower.Finite && !r.Upper.Finite:
		return 'N'
	case !r.Lower.Finite:
		return 'L'
	case !r.Upper.Finite:
		return 'G'
	}
	return 'E'
}

// body writes the columns, each in one piece.
func (w *writer) body() {
	w.WriteString("COLUMNS\n")
	// The problem has rows, the format columns: all terms are held once more.
	byColumn := make([][]lp.Term, len(w.problem.Variables)) // Variable is the row here
	for i, r := range w.problem.Rows {
		if program.Failed(w.Writer) {
			return
		}
		// The format allows one value for each row and column.
		for _, t := range r.Summed() {
			byColumn[t.Variable] = append(byColumn[t.Variable], lp.Term{Variable: i, Coefficient: t.Coefficient})
		}
	}
	for j, v := range w.problem.Variables {
		if program.Failed(w.Writer) {
			return
		}
		// A line for each entry, or one that only names the column.
		empty := true
		// The objective is the first row of the file, and stands first in its column.
		if !v.Cost.IsZero() {
			fmt.Fprintf(w, " %s %s %s\n", w.columns[j], w.objective, program.ExactText(v.Cost))
			empty = false
		}
		// In the order of the rows, as they were gone through in it.
		for _, t := range byColumn[j] {
			fmt.Fprintf(w, " %s %s %s\n", w.columns[j], w.rows[t.Variable], program.ExactText(t.Coefficient))
			empty = false
		}
		// A column without entries must be named all the same.
		if empty {
			fmt.Fprintf(w, " %s %s 0\n", w.columns[j], w.objective)
		}
	}
}

// sides writes right sides that are not zero, and ranges if there are any.
func (w *writer) sides() {
	w.WriteString("RHS\n")
	if !w.problem.Constant.IsZero() {
		// The negative of the constant, as nearly all readers have it.
		fmt.Fprintf(w, " RHS %s %s\n", w.objective, program.ExactText(w.problem.Constant.Neg()))
	}
	// Whether there is a section RANGES to write.
	ranged := false
	for i, r := range w.problem.Rows {
		// A row of two sides is an equation with a range above it.
		b := r.Lower
		if !b.Finite {
			b = r.Upper
		}
		// 0 is the default.
		if b.Finite && !b.Value.IsZero() {
			fmt.Fprintf(w, " RHS %s %s\n", w.rows[i], program.ExactText(b.Value))
		}
		ranged = ranged || isRange(r)
	}
	// Without ranges the section says nothing.
	if !ranged {
		return
	}
	w.WriteString("RANGES\n")
	for i, r := range w.problem.Rows {
		if isRange(r) {
			fmt.Fprintf(w, " RNG %s %s\n", w.rows[i], program.ExactText(r.Upper.Value.Sub(r.Lower.Value)))
		}
	}
}

// isRange reports whether a row has two sides that differ.
func isRange(r lp.Row) bool {
	return r.Lower.Finite && r.Upper.Finite && !r.Lower.Value.Equal(r.Upper.Value)
}

// bounds writes what differs from the default, nonnegative.
func (w *writer) bounds() {
	w.WriteString("BOUNDS\n")
	for j, v := range w.problem.Variables {
		// The name as the columns have it.
		name := w.columns[j]
		switch {
		case !v.Lower.Finite && !v.Upper.Finite:
			fmt.Fprintf(w, " FR BND %s\n", name)
			continue
		// One line for both; a bound of 1e20 is a number here, too.
		case v.Lower.Finite && v.Upper.Finite && v.Lower.Value.Equal(v.Upper.Value):
			fmt.Fprintf(w, " FX BND %s %s\n", name, program.ExactText(v.Lower.Value))
			continue
		// MI says nothing of the upper bound, which follows.
		case !v.Lower.Finite:
			fmt.Fprintf(w, " MI BND %s\n", name)
		// A lower bound of zero is said beside a negative upper one, which would take it away.
		case !v.Lower.Value.IsZero() || v.Upper.Finite && v.Upper.Value.Sign() < 0:
			fmt.Fprintf(w, " LO BND %s %s\n", name, program.ExactText(v.Lower.Value))
		}
		if v.Upper.Finite {
			fmt.Fprintf(w, " UP BND %s %s\n", name, program.ExactText(v.Upper.Value))
		}
	}
}
