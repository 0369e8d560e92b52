// Package sol writes points of linear programs in the format SOL of Gurobi, a line "name value"
// for each variable, which many solvers read as a start and checkers as a solution.
package sol

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// Write writes the point of r, the result of p: the optimal one, or of an unbounded program a
// feasible one, below comments that say which, and of how many values a decimal is not exact.
// Numbers with a finite decimal expansion of at most 18 digits are decimals, others are rounded
// to 17 significant digits or one more: what reads such files reads decimals, and takes a fraction
// 1/3 for 1. The point itself is in r. There is no point if p is infeasible, and none can be written
// if variables have no names, or names that are not one word; both are errors, as is a
// result that [lp.Problem.Verify] rejects.
//
// Nothing is written if the names are wrong.
func Write(w io.Writer, p *lp.Problem, r *lp.Result) error {
	if err := p.Verify(r); err != nil {
		return err
	}
	if r.Primal == nil {
		return errors.New("an infeasible program has no point")
	}
	for _, v := range p.Variables {
		// A name that begins so would be a comment.
		if !program.FreeName(v.Name) || v.Name[0] == '#' {
			return fmt.Errorf("the solution format cannot express the name %q", v.Name)
		}
	}
	out := bufio.NewWriter(w)
	if r.Verdict == lp.Optimal {
		value, _ := decimal(r.Value)
		fmt.Fprintf(out, "# Objective value = %s\n", value)
	} else {
		out.WriteString("# A feasible point; the program is unbounded\n")
	}
	// Made before any is written, as their number stands in front.
	values, rounded := make([]string, len(r.Primal)), 0
	for j, x := range r.Primal {
		var exact bool
		if values[j], exact = decimal(x); !exact {
			rounded++
		}
	}
	if rounded > 0 {
		fmt.Fprintf(out, "# Rounded values: %d of %d\n", rounded, len(values))
	}
	for j, v := range p.Variables {
		fmt.Fprintf(out, "%s %s\n", v.Name, values[j])
	}
	return out.Flush()
}

// decimal spells a number as a decimal, and reports whether that is the number.
func decimal(x rational.Rat) (text string, exact bool) {
	if text = program.ExactText(x); !strings.Contains(text, "/") {
		return text, true
	}
	num, den, _ := strings.Cut(strings.TrimPrefix(text, "-"), "/")
	// The first digit that is not 0 stands where the lengths say, or one place behind that. Below all
	// that a float64 holds there is nothing to be read.
	const significant, least = 17, 340
	return x.Decimal(min(max(1, significant+len(den)-len(num)), least)), false
}
