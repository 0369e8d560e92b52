// Package vipr writes results of linear programs as certificates in the format VIPR, which
// checkers of others accept or refuse without trusting the solver.
package vipr

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"

	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// Write writes the problem with the result r as a certificate in the format VIPR
// 1.1 (K. K. H. Cheung, A. M. Gleixner and D. E. Steffy, 2017), for the checkers of
// others: an optimum as a solution and a derivation of the bound, infeasibility as a
// derivation of an absurdity. The format has no constant in the objective, so the value
// it states is without [lp.Problem.Constant], and no way to state that a problem is
// unbounded, which is an error here. A result that [lp.Problem.Verify] rejects is an
// error too.
//
// The certificate is written whole or an error is returned, but only the caller can
// take back what w has got by then. Names that the format cannot express are replaced;
// numbers in it are those of variables and constraints, counted from 0.
func Write(w io.Writer, p *lp.Problem, r *lp.Result) error {
	if err := p.Verify(r); err != nil {
		return err
	}
	// Its ray would need a kind of derivation that the format has not.
	if r.Verdict == lp.Unbounded {
		return errors.New("the VIPR format cannot state that a problem is unbounded")
	}
	v := &writer{Writer: bufio.NewWriter(w), problem: p}
	// First all constraints, since their number stands before them.
	v.collect()
	v.statement()
	// Nothing else is left: the checks above have excluded unbounded programs.
	if r.Verdict == lp.Optimal {
		v.optimum(r)
	} else {
		v.refutation(r)
	}
	return v.Flush()
}

// Remarks says which names of rows and of variables Write replaces, and that it leaves out a constant of the
// objective, in so far as there are any. It panics for a nil problem.
func Remarks(p *lp.Problem) []string {
	list := program.Renamed(p, isName)
	if !p.Constant.IsZero() {
		list = append(list, fmt.Sprintf("the format has no constant in the objective: the optimum there is without %v", p.Constant))
	}
	return list
}

// writer writes one certificate. The constraints are the bounds of the variables,
// then those of the rows; a pair of equal bounds is one equation.
type writer struct {
	// What the constraints of the file are, is decided before anything is written.
	*bufio.Writer
	problem     *lp.Problem
	names       []string // of the variables
	constraints []constraint
	bounds      int    // how many of them are bounds of variables
	variables   []ends // the constraints of every variable
	rows        []ends // and of every row
}

// constraint is a constraint of sense E, L or G. E is =, L is ≤, G is ≥.
type constraint struct {
	name  string
	sense byte
	value rational.Rat
	terms []lp.Term
}

// ends are the indices of the constraints that are the lower and the upper bound, −1
// where there is none.
type ends struct{ lower, upper int }

// collect lists all constraints before any is written, as derivations refer to them by
// number.
func (v *writer) collect() {
	v.names = program.FileNames(len(v.problem.Variables), "x", func(j int) string { return v.problem.Variables[j].Name }, isName)
	rows := program.FileNames(len(v.problem.Rows), "r", func(i int) string { return v.problem.Rows[i].Name }, isName)
	for j, x := range v.problem.Variables {
		// Names of bounds come from those of variables.
		v.variables = append(v.variables, v.both("bound_"+v.names[j], x.Lower, x.Upper, []lp.Term{{Variable: j, Coefficient: rational.NewRat(1, 1)}}))
	}
	v.bounds = len(v.constraints)
	for i, row := range v.problem.Rows {
		v.rows = append(v.rows, v.both(rows[i], row.Lower, row.Upper, row.Summed()))
	}
	// What is made of a name may be the name of another one: a row bound_x beside the bounds of
	// x. Rows come first, since their names are those of the program, and none has the name of a
	// derivation.
	n := len(v.constraints)
	at := func(k int) *constraint { return &v.constraints[(k+v.bounds)%n] }
	for k, name := range program.FileNames(n, "c", func(k int) string { return at(k).name }, isName, bound, absurd) {
		at(k).name = name
	}
}

// The names of derivations.
const bound, absurd = "bound", "absurd"

// isName reports whether s can be a name: a percent sign would begin a comment.
func isName(s string) bool { return program.FreeName(s) && s[0] != '%' }

// both adds the constraints lower ≤ terms ≤ upper.
func (v *writer) both(name string, lower, upper lp.Bound, terms []lp.Term) ends {
	e := ends{-1, -1}
	// Equal bounds are one equation, so that its multiplier may have any sign.
	if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
		at := v.constraint(name, 'E', lower, terms)
		return ends{at, at}
	}
	// Each finite bound is a constraint of its own.
	if lower.Finite {
		e.lower = v.constraint(name+"_lower", 'G', lower, terms)
	}
	if upper.Finite {
		e.upper = v.constraint(name+"_upper", 'L', upper, terms)
	}
	return e
}

// constraint appends one and returns its number.
func (v *writer) constraint(name string, sense byte, at lp.Bound, terms []lp.Term) int {
	v.constraints = append(v.constraints, constraint{name, sense, at.Value, terms})
	return len(v.constraints) - 1
}

// statement writes the program: its variables, the objective, the constraints.
func (v *writer) statement() {
	p := v.problem
	fmt.Fprintf(v, "VER 1.1\nVAR %d\n", len(p.Variables))
	for _, name := range v.names {
		fmt.Fprintf(v, "%s\n", name)
	}
	// INT 0: no variable is an integer.
	sense := "min"
	if p.Sense == lp.Maximise {
		sense = "max"
	}
	fmt.Fprintf(v, "INT 0\nOBJ %s\n", sense)
	// Variables without cost have no term.
	var cost []lp.Term
	for j, x := range p.Variables {
		if !x.Cost.IsZero() {
			cost = append(cost, lp.Term{Variable: j, Coefficient: x.Cost})
		}
	}
	v.sparse(cost)
	// The second number is that of bounds, which stand first.
	fmt.Fprintf(v, "\nCON %d %d\n", len(v.constraints), v.bounds)
	for _, c := range v.constraints {
		fmt.Fprintf(v, "%s %c %v ", c.name, c.sense, c.value)
		v.sparse(c.terms)
		v.WriteString("\n")
	}
}

// sparse writes the number of terms and then each index with its value.
func (v *writer) sparse(terms []lp.Term) {
	v.WriteString(strconv.Itoa(len(terms)))
	for _, t := range terms {
		fmt.Fprintf(v, " %d %v", t.Variable, t.Coefficient)
	}
}

// optimum writes the value as a range of one number, the point that attains it, and the
// derivation of the bound: a sum of constraints that is the objective.
func (v *writer) optimum(r *lp.Result) {
	// The objective of the file is without the constant.
	value := r.Value.Sub(v.problem.Constant)
	fmt.Fprintf(v, "RTP range %v %v\nSOL 1\nopt ", value, value)
	var point []lp.Term
	for j, x := range r.Primal {
		// Coordinates that are 0 are not written.
		if !x.IsZero() {
			point = append(point, lp.Term{Variable: j, Coefficient: x})
		}
	}
	v.sparse(point)
	// For a minimum the sum bounds the objective from below.
	sense := byte('G')
	if v.problem.Sense == lp.Maximise {
		sense = 'L'
	}
	fmt.Fprintf(v, "\nDER 1\n%s %c %v OBJ", bound, sense, value)
	v.reason(v.sum(r))
}

// sum is the sum of constraints that proves the result; its terms are those of constraints.
func (v *writer) sum(r *lp.Result) (sum []lp.Term) {
	for _, u := range program.Uses(v.problem, r) {
		of := v.variables
		if u.In == lp.RowConflict {
			of = v.rows
		}
		at := of[u.Index].upper
		if u.Lower {
			at = of[u.Index].lower
		}
		sum = append(sum, lp.Term{Variable: at, Coefficient: u.Multiplier})
	}
	return sum
}

// reason writes that a constraint is the sum of others; −1 says that it is used to the
// end.
func (v *writer) reason(sum []lp.Term) {
	v.WriteString(" { lin ")
	v.sparse(sum)
	v.WriteString(" } -1\n")
}

// refutation derives 0 ≥ a positive number.
func (v *writer) refutation(r *lp.Result) {
	sum := v.sum(r)
	// The sum of multipliers times bounds, positive by Farkas' lemma.
	var total rational.Rat
	for _, t := range sum {
		total = total.Add(t.Coefficient.Mul(v.constraints[t.Variable].value))
	}
	fmt.Fprintf(v, "RTP infeas\nSOL 0\nDER 1\n%s G %v 0", absurd, total)
	v.reason(sum)
}
