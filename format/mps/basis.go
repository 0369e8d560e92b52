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
// their lower bounds. Errors are those of [Read].
func ReadBasis(r io.Reader, file string, p *lp.Problem) (*lp.Basis, error) {
	s := program.NewSource(r, file)
	b := &lp.Basis{Variables: make([]lp.Status, len(p.Variables)), Rows: make([]lp.Status, len(p.Rows))}
	for j := range b.Variables {
		b.Variables[j] = lp.AtLower
	}
	variables := index(len(p.Variables), func(j int) string { return p.Variables[j].Name })
	rows := index(len(p.Rows), func(i int) string { return p.Rows[i].Name })
	for {
		line, ok := s.Next()
		if !ok {
			return nil, errors.Join(s.Err(), s.Errorf("expected ENDATA, found the end of the file"))
		}
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || line[0] == '*' || f[0] == "NAME":
			continue
		case f[0] == "ENDATA":
			return b, nil
		}
		if err := basisLine(s, b, f, variables, rows); err != nil {
			return nil, err
		}
	}
}

func index(n int, name func(int) string) map[string]int {
	m := make(map[string]int, n)
	for i := range n {
		m[name(i)] = i
	}
	return m
}

func basisLine(s *program.Source, b *lp.Basis, f []string, variables, rows map[string]int) error {
	status, pair := lp.AtLower, false
	switch f[0] {
	case "XU":
		status, pair = lp.AtUpper, true
	case "XL":
		pair = true
	case "UL":
		status = lp.AtUpper
	case "LL":
	default:
		return s.Errorf("expected XU, XL, UL or LL, found %s", text.Quote(f[0]))
	}
	if pair && len(f) != 3 || !pair && len(f) != 2 {
		return s.Errorf("expected a column and, after XU and XL, a row; found %d fields", len(f))
	}
	j, ok := variables[f[1]]
	if !ok {
		return s.Errorf("expected the name of a column, found %s", text.Quote(f[1]))
	}
	if !pair {
		b.Variables[j] = status
		return nil
	}
	i, ok := rows[f[2]]
	if !ok {
		return s.Errorf("expected the name of a row, found %s", text.Quote(f[2]))
	}
	b.Variables[j], b.Rows[i] = lp.Basic, status
	return nil
}

// WriteBasis writes a basis of p so that [ReadBasis] returns it, but for free variables at
// zero, which become variables at their lower bounds. Names must be those that [Write] keeps.
func WriteBasis(w io.Writer, p *lp.Problem, b *lp.Basis) error {
	if len(b.Variables) != len(p.Variables) || len(b.Rows) != len(p.Rows) {
		return fmt.Errorf("the basis has %d variables and %d rows, the problem %d and %d", len(b.Variables), len(b.Rows), len(p.Variables), len(p.Rows))
	}
	for _, v := range p.Variables {
		if !program.FreeName(v.Name) {
			return fmt.Errorf("the basis format cannot express the name %q", v.Name)
		}
	}
	out := bufio.NewWriter(w)
	out.WriteString("NAME\n")
	row := 0
	for j, s := range b.Variables {
		name := p.Variables[j].Name
		switch s {
		case lp.Basic:
			for row < len(b.Rows) && b.Rows[row] == lp.Basic {
				row++
			}
			if row == len(b.Rows) {
				return errors.New("the basis has more basic variables than rows")
			}
			if !program.FreeName(p.Rows[row].Name) {
				return fmt.Errorf("the basis format cannot express the name %q", p.Rows[row].Name)
			}
			kind := "XL"
			if b.Rows[row] == lp.AtUpper {
				kind = "XU"
			}
			fmt.Fprintf(out, " %s %s %s\n", kind, name, p.Rows[row].Name)
			row++
		case lp.AtUpper:
			fmt.Fprintf(out, " UL %s\n", name)
		}
	}
	out.WriteString("ENDATA\n")
	return out.Flush()
}
