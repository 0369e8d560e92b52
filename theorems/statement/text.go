package statement

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// WriteText writes the system with all indices written out: symbols, facts with their labels, the
// objective, the claims.
//
// It is for people, and near to the language, but not a theorem file again: indices of
// names are part of them.
func (s *System) WriteText(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "theorem %q", s.Title)
	if s.Setting != "" {
		fmt.Fprintf(w, " with %s", s.Setting)
	}
	fmt.Fprintln(w)
	var parameters, unknowns []string
	for _, y := range s.Symbols {
		list, name := &parameters, y.Name
		if y.Unknown {
			list = &unknowns
		}
		// Only where no fact says it: see [Symbol].
		if y.Nonnegative {
			name += " >= 0"
		}
		*list = append(*list, name)
	}
	fmt.Fprintf(w, "%s: %s\n%s: %s\n", plural(len(parameters), "parameter"), strings.Join(parameters, ", "), plural(len(unknowns), "unknown"), strings.Join(unknowns, ", "))
	for _, f := range s.Facts {
		if f.Assumed {
			fmt.Fprintf(w, "assume %s\n", s.Text(f.Row))
		} else {
			fmt.Fprintf(w, "s.t. %s: %s\n", f.Label, s.Text(f.Row))
		}
	}
	for _, step := range s.Steps {
		fmt.Fprintln(w, s.StepText(step))
	}
	// Else a reader who counts rows would miss them.
	if s.Trivial > 0 {
		fmt.Fprintf(w, "# left out: %d rows that read 0 >= 0 or the like\n", s.Trivial)
	}
	if o := s.Objective; o != nil {
		fmt.Fprintf(w, "%s %s: %s\n", o.word(), o.Name, o.Form.Text(s.Name))
	}
	for _, y := range s.Symmetries {
		fmt.Fprintf(w, "symmetric %s\n", y.Set)
	}
	for _, c := range s.Claims {
		s.writeClaim(w, c)
	}
	return w.Flush()
}

func (o *Objective) word() string {
	if o.Maximize {
		return "maximize"
	}
	return "minimize"
}

// ClaimText is the claim in a line, without its rows and terms. It is the name of the
// claim in all output, next to its line.
func (s *System) ClaimText(c Claim) string {
	name := ""
	if s.Objective != nil {
		name = s.Objective.Name
	}
	extreme := map[bool]string{true: "min", false: "max"}[c.Least]
	switch c.Kind {
	case Infeasible:
		return "infeasible"
	case Feasible:
		return fmt.Sprintf("feasible iff %s", plural(len(c.Rows), "row"))
	case FindRows:
		return "find feasible"
	case FindValue:
		return "find " + name
	case Implied:
		// One row is shown itself, several by their number.
		if len(c.Rows) == 1 {
			return c.Rows[0].Label
		}
		return plural(len(c.Rows), "row")
	}
	sign := map[ClaimKind]string{Optimum: "=", AtMost: "<=", AtLeastAll: ">="}[c.Kind]
	if len(c.Terms) == 1 {
		return fmt.Sprintf("%s %s %s", name, sign, c.Terms[0].Form.Text(s.Name))
	}
	return fmt.Sprintf("%s %s %s(%s)", name, sign, extreme, plural(len(c.Terms), "term"))
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

func (s *System) writeClaim(w io.Writer, c Claim) {
	word := "claim "
	// Questions do not begin with claim in the file.
	if c.Kind == FindRows || c.Kind == FindValue {
		word = ""
	}
	fmt.Fprintf(w, "%s%s\n", word, s.ClaimText(c))
	// A single row is in the claim's line already.
	if len(c.Rows) > 1 || c.Kind == Feasible {
		for _, r := range c.Rows {
			fmt.Fprintf(w, "  %s\n", r.Label)
		}
	}
	if len(c.Terms) > 1 {
		for _, t := range c.Terms {
			fmt.Fprintf(w, "  %s\n", t.Form.Text(s.Name))
		}
	}
}
