package cplex

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// Write writes p in the CPLEX LP format, exactly: numbers that are not short
// decimals are written as fractions, see [Read], which also reads the same problem
// back, variables in the same order. Names are kept where the format has them;
// others are replaced, see [Renamed]. It returns the errors of w, those of [lp.Problem.Validate],
// and one for a bound of 1e20 or a side of 1e30 or more, which the format cannot express.
func Write(w io.Writer, p *lp.Problem) error {
	if err := program.Writable(p); err != nil {
		return err
	}
	out := &writer{Writer: bufio.NewWriter(w), problem: p}
	out.label, out.rows, out.columns = program.Names(p, isName)
	// The order of the sections is that of the format; variables are declared by their first occurrence.
	out.objective()
	out.constraints()
	out.bounds()
	out.WriteString("End\n")
	return out.Flush()
}

// Renamed returns a remark on the names of rows, and one on those of variables, that Write
// replaces, in so far as there are any. It panics for a nil problem.
func Renamed(p *lp.Problem) []string { return program.Renamed(p, isName) }

// isName reports whether s can be a name: no number, no keyword.
//
// A name that is refused is replaced by another, and no error.
func isName(s string) bool {
	// Stricter than the reader, so that other readers take the name as well.
	if s == "" || len(s) > program.MaxName || isDigit(s[0]) || s[0] == '.' {
		return false
	}
	// ASCII only, although the reader takes more.
	for i := range len(s) {
		if s[i] >= 0x80 || !isNameByte(s[i]) && (i == 0 || s[i] != '[' && s[i] != ']') {
			return false
		}
	}
	lower := strings.ToLower(s)
	// After a number, e1 could be an exponent.
	if lower[0] == 'e' && (len(s) == 1 || isDigit(s[1])) {
		return false
	}
	return section(lower) == "" && !beginsTwoWords(lower) && program.InfinitySign(s) == 0 && lower != "free"
}

// writer writes one file; its names are legal and distinct.
//
// width is kept so that lines can be broken between words, where a line end counts as a
// blank.
type writer struct {
	*bufio.Writer
	problem       *lp.Problem
	label         string // of the objective
	rows, columns []string
	width         int // of the line so far
}

// put writes a word, on a new line if the present one is long.
func (w *writer) put(s string) {
	// Old readers have buffers of a few hundred characters for a line.
	const widest = 200
	if w.width+len(s) > widest {
		w.WriteString("\n  ")
		w.width = 2
	}
	w.WriteString(s)
	w.width += len(s)
}

// line ends a line.
func (w *writer) line() {
	w.WriteString("\n")
	w.width = 0
}

// term writes a signed term.
//
// A coefficient of 1 is left out, one of 0 is written.
func (w *writer) term(c rational.Rat, name string) {
	// Written between terms, and before the first as well.
	sign := " + "
	if c.Sign() < 0 {
		sign, c = " - ", c.Neg()
	}
	if c.Equal(rational.NewRat(1, 1)) {
		w.put(sign + name)
		return
	}
	w.put(sign + program.ExactText(c) + " " + name)
}

// objective writes sense and objective. With coefficients of zero it declares variables that would come
// in another order, or not at all.
func (w *writer) objective() {
	if w.problem.Sense == lp.Maximise {
		w.WriteString("Maximize")
	} else {
		w.WriteString("Minimize")
	}
	w.line()
	// A label, which many readers ask for.
	w.put(" " + w.label + ":")
	// The order of the variables is part of the problem: certificates refer to it.
	all := !w.ordered()
	for j, v := range w.problem.Variables {
		// Zeros only where they are needed: they make the file longer.
		if all || !v.Cost.IsZero() {
			w.term(v.Cost, w.columns[j])
		}
	}
	// As a term without a variable, which Read takes for a constant.
	if c := w.problem.Constant; c.Sign() < 0 {
		w.put(" - " + program.ExactText(c.Neg()))
	} else if c.Sign() > 0 {
		w.put(" + " + program.ExactText(c))
	}
	w.line()
}

// ordered reports whether all variables appear, and in their order, if only those
// with a cost are written in the objective.
//
// It goes over all terms once, and ends at the first that is out of order.
func (w *writer) ordered() bool {
	// By variable: whether it has occurred in the file so far.
	seen := make([]bool, len(w.problem.Variables))
	next := 0
	// next is the first variable that has not come yet: what comes new must be it.
	see := func(j int) bool {
		if !seen[j] && j != next {
			return false
		}
		if !seen[j] {
			seen[j] = true
			next++
		}
		return true
	}
	for j, v := range w.problem.Variables {
		if !v.Cost.IsZero() && !see(j) {
			return false
		}
	}
	for _, r := range w.problem.Rows {
		for _, t := range r.Terms {
			if !see(t.Variable) {
				return false
			}
		}
	}
	// A variable of no row and no cost would not be in the file.
	return next == len(seen)
}

// constraints writes a line for each row.
func (w *writer) constraints() {
	w.WriteString("Subject To\n")
	for i, r := range w.problem.Rows {
		if program.Failed(w.Writer) {
			return
		}
		// Each row has a label, its own or a new one.
		w.put(" " + w.rows[i] + ":")
		both := r.Lower.Finite && r.Upper.Finite && !r.Lower.Value.Equal(r.Upper.Value)
		// A range; QSopt_ex and GLPK read none, but no other way keeps one row one row.
		if both {
			w.put(" " + program.ExactText(r.Lower.Value) + " <=")
		}
		// As they stand: readers add terms of one variable.
		for _, t := range r.Terms {
			w.term(t.Coefficient, w.columns[t.Variable])
		}
		// An empty sum must have a term.
		if len(r.Terms) == 0 {
			w.put(w.nothing())
		}
		switch {
		case both:
			w.put(" <= " + program.ExactText(r.Upper.Value))
		// Both are equal here, as a range has been told above.
		case r.Lower.Finite && r.Upper.Finite:
			w.put(" = " + program.ExactText(r.Lower.Value))
		case r.Upper.Finite:
			w.put(" <= " + program.ExactText(r.Upper.Value))
		case r.Lower.Finite:
			w.put(" >= " + program.ExactText(r.Lower.Value))
		// A row without bounds: to be at least minus infinity.
		default:
			w.put(" >= -inf")
		}
		w.line()
	}
}

// nothing is an empty sum, for which the format has no other word.
//
// Of a program without variables it is the number 0, which our reader takes.
func (w *writer) nothing() string {
	if len(w.columns) > 0 {
		return " 0 " + w.columns[0]
	}
	return " 0"
}

// bounds writes what differs from the default, nonnegative.
func (w *writer) bounds() {
	w.WriteString("Bounds\n")
	for j, v := range w.problem.Variables {
		// By its name in the file, which may be a new one.
		name := w.columns[j]
		switch {
		case !v.Lower.Finite && !v.Upper.Finite:
			fmt.Fprintf(w, " %s free\n", name)
		case v.Lower.Finite && v.Upper.Finite && v.Lower.Value.Equal(v.Upper.Value):
			fmt.Fprintf(w, " %s = %s\n", name, program.ExactText(v.Lower.Value))
		// The lower bound is said too, since a negative upper one alone means different things.
		case v.Upper.Finite && !v.Lower.Finite:
			fmt.Fprintf(w, " -inf <= %s <= %s\n", name, program.ExactText(v.Upper.Value))
		case v.Upper.Finite:
			fmt.Fprintf(w, " %s <= %s <= %s\n", program.ExactText(v.Lower.Value), name, program.ExactText(v.Upper.Value))
		// 0 is the default, and needs no line.
		case !v.Lower.Value.IsZero():
			fmt.Fprintf(w, " %s >= %s\n", name, program.ExactText(v.Lower.Value))
		}
	}
}
