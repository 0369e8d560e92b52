package lp

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// mpsName reports whether s can be a name in free MPS. An asterisk would begin a
// comment, a dollar sign does in some dialects.
func mpsName(s string) bool {
	return printableASCII(s) && s[0] != '*' && s[0] != '$' && s != "'MARKER'"
}

// WriteMPS writes p in the free MPS format, exactly: numbers that are not short
// decimals are written as fractions, see [ReadMPS]. Names are kept where the format has
// them (visible ASCII, distinct); others are replaced. Terms of the same variable
// are added. It returns the errors of w, those of [Problem.Validate], and an error for
// a row with crossed bounds or a bound of 1e30 or more, which the format cannot express.
func WriteMPS(w io.Writer, p *Problem) error {
	if err := writable(p); err != nil {
		return err
	}
	for i, r := range p.Rows {
		if crossed(r.Lower, r.Upper) {
			return fmt.Errorf("lp: the MPS format cannot express the crossed bounds of %s", p.rowName(i))
		}
	}
	out := &mpsWriter{Writer: bufio.NewWriter(w), problem: p, objective: objectiveName(p)}
	out.rows = fileNames(len(p.Rows), "r", func(i int) string { return p.Rows[i].Name }, mpsName, out.objective)
	out.columns = fileNames(len(p.Variables), "x", func(j int) string { return p.Variables[j].Name }, mpsName)
	out.head()
	out.body()
	out.sides()
	out.bounds()
	out.WriteString("ENDATA\n")
	return out.Flush()
}

type mpsWriter struct {
	*bufio.Writer
	problem       *Problem
	objective     string
	rows, columns []string
}

func (w *mpsWriter) head() {
	name := strings.Join(strings.Fields(w.problem.Name), "_")
	if mpsName(name) {
		fmt.Fprintf(w, "NAME %s\n", name)
	} else {
		w.WriteString("NAME\n")
	}
	if w.problem.Sense == Maximise {
		w.WriteString("OBJSENSE\n    MAX\n")
	}
	fmt.Fprintf(w, "ROWS\n N  %s\n", w.objective)
	for i, r := range w.problem.Rows {
		fmt.Fprintf(w, " %c  %s\n", mpsType(r), w.rows[i])
	}
}

// mpsType returns the type of a row; one with two bounds is an equation with a range.
func mpsType(r Row) byte {
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

func (w *mpsWriter) body() {
	w.WriteString("COLUMNS\n")
	byColumn := make([][]Term, len(w.problem.Variables)) // Variable is the row here
	for i, r := range w.problem.Rows {
		for _, t := range r.Terms {
			list := byColumn[t.Variable]
			if n := len(list); n > 0 && list[n-1].Variable == i {
				list[n-1].Coefficient = list[n-1].Coefficient.Add(t.Coefficient)
				continue
			}
			byColumn[t.Variable] = append(list, Term{i, t.Coefficient})
		}
	}
	for j, v := range w.problem.Variables {
		empty := true
		if !v.Cost.IsZero() {
			fmt.Fprintf(w, " %s %s %s\n", w.columns[j], w.objective, exactText(v.Cost))
			empty = false
		}
		for _, t := range byColumn[j] {
			if !t.Coefficient.IsZero() {
				fmt.Fprintf(w, " %s %s %s\n", w.columns[j], w.rows[t.Variable], exactText(t.Coefficient))
				empty = false
			}
		}
		if empty {
			fmt.Fprintf(w, " %s %s 0\n", w.columns[j], w.objective)
		}
	}
}

func (w *mpsWriter) sides() {
	w.WriteString("RHS\n")
	if !w.problem.Constant.IsZero() {
		fmt.Fprintf(w, " RHS %s %s\n", w.objective, exactText(w.problem.Constant.Neg()))
	}
	ranged := false
	for i, r := range w.problem.Rows {
		b := r.Lower
		if !b.Finite {
			b = r.Upper
		}
		if b.Finite && !b.Value.IsZero() {
			fmt.Fprintf(w, " RHS %s %s\n", w.rows[i], exactText(b.Value))
		}
		ranged = ranged || isRange(r)
	}
	if !ranged {
		return
	}
	w.WriteString("RANGES\n")
	for i, r := range w.problem.Rows {
		if isRange(r) {
			fmt.Fprintf(w, " RNG %s %s\n", w.rows[i], exactText(r.Upper.Value.Sub(r.Lower.Value)))
		}
	}
}

func isRange(r Row) bool {
	return r.Lower.Finite && r.Upper.Finite && !r.Lower.Value.Equal(r.Upper.Value)
}

func (w *mpsWriter) bounds() {
	w.WriteString("BOUNDS\n")
	for j, v := range w.problem.Variables {
		name := w.columns[j]
		switch {
		case !v.Lower.Finite && !v.Upper.Finite:
			fmt.Fprintf(w, " FR BND %s\n", name)
			continue
		case v.Lower.Finite && v.Upper.Finite && v.Lower.Value.Equal(v.Upper.Value):
			fmt.Fprintf(w, " FX BND %s %s\n", name, exactText(v.Lower.Value))
			continue
		case !v.Lower.Finite:
			fmt.Fprintf(w, " MI BND %s\n", name)
		case !v.Lower.Value.IsZero() || v.Upper.Finite && v.Upper.Value.Sign() < 0:
			fmt.Fprintf(w, " LO BND %s %s\n", name, exactText(v.Lower.Value))
		}
		if v.Upper.Finite {
			fmt.Fprintf(w, " UP BND %s %s\n", name, exactText(v.Upper.Value))
		}
	}
}
