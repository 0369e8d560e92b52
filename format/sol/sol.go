// Package sol writes points of linear programs in the format SOL of Gurobi, a line "name value"
// for each variable, which many solvers read as a start and checkers as a solution.
package sol

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"pstar/format/program"
	"pstar/lp"
)

// Write writes the point of r, the result of p: the optimal one, or of an unbounded program a
// feasible one, below comments that say which. Numbers with a finite decimal expansion of at
// most 18 digits are decimals, others fractions a/b, which stay exact but which few
// tools read. There is no point if p is infeasible, and none can be written
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
		fmt.Fprintf(out, "# Objective value = %s\n", program.ExactText(r.Value))
	} else {
		out.WriteString("# A feasible point; the program is unbounded\n")
	}
	for j, v := range p.Variables {
		fmt.Fprintf(out, "%s %s\n", v.Name, program.ExactText(r.Primal[j]))
	}
	return out.Flush()
}
