// Package smt2 writes results of linear programs as queries in SMT-LIB 2 that solvers of
// linear real arithmetic answer with unsat if and only if the result is right.
package smt2

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"pstar/format/program"
	"pstar/lp"
	"pstar/rational"
)

// Write writes a query in SMT-LIB 2 that has the answer unsat if and only if the
// result r is right, for solvers of linear real arithmetic such as z3 and cvc5.
//
//   - Optimal: either some feasible point is better than the value, or the point of
//     the result is not feasible or has another value.
//   - Infeasible: some point is feasible.
//   - Unbounded: the point is not feasible, or moving along the ray leaves a bound in
//     the end or does not improve the objective.
//
// The multipliers do not occur; the solver finds its own. A result that
// [lp.Problem.Verify] rejects is an error.
func Write(w io.Writer, p *lp.Problem, r *lp.Result) error {
	if err := p.Verify(r); err != nil {
		return err
	}
	s := &writer{Writer: bufio.NewWriter(w), problem: p}
	s.names = program.FileNames(len(p.Variables), "x", func(j int) string { return p.Variables[j].Name }, isName)
	s.WriteString("(set-logic QF_LRA)\n")
	switch r.Verdict {
	case lp.Optimal:
		s.optimal(r)
	case lp.Infeasible:
		s.declare()
		s.WriteString("(assert ")
		s.feasible("any ", false)
		s.WriteString(")\n")
	case lp.Unbounded:
		s.unbounded(r)
	}
	s.WriteString("(check-sat)\n(exit)\n")
	return s.Flush()
}

// isName reports whether s can stand between bars.
func isName(s string) bool { return program.PrintableASCII(s) && !strings.ContainsAny(s, `|\`) }

// writer writes one query. The coordinates of any point, of the point of the result
// and of its ray have a prefix and a space before the name of the variable: between bars
// true and |true| are the same symbol, so a name alone could be one of the standard's.
type writer struct {
	*bufio.Writer
	problem *lp.Problem
	names   []string
}

func (s *writer) declare() {
	for _, name := range s.names {
		fmt.Fprintf(s, "(declare-fun |any %s| () Real)\n", name)
	}
}

// define gives the coordinates of a vector names with the prefix.
func (s *writer) define(prefix string, x []rational.Rat) {
	for j, v := range x {
		fmt.Fprintf(s, "(define-fun |%s%s| () Real %s)\n", prefix, s.names[j], number(v))
	}
}

func (s *writer) optimal(r *lp.Result) {
	s.declare()
	s.define("point ", r.Primal)
	better := "<"
	if s.problem.Sense == lp.Maximise {
		better = ">"
	}
	value := number(r.Value.Sub(s.problem.Constant))
	s.WriteString("(assert (or (and ")
	s.feasible("any ", false)
	fmt.Fprintf(s, "\n(%s ", better)
	s.objective("any ")
	fmt.Fprintf(s, " %s))\n(not (and ", value)
	s.feasible("point ", false)
	s.WriteString("\n(= ")
	s.objective("point ")
	fmt.Fprintf(s, " %s)))))\n", value)
}

func (s *writer) unbounded(r *lp.Result) {
	s.define("point ", r.Primal)
	s.define("ray ", r.Ray)
	better := "<"
	if s.problem.Sense == lp.Maximise {
		better = ">"
	}
	s.WriteString("(assert (not (and ")
	s.feasible("point ", false)
	s.WriteString("\n")
	s.feasible("ray ", true)
	fmt.Fprintf(s, "\n(%s ", better)
	s.objective("ray ")
	s.WriteString(" 0.0))))\n")
}

// feasible writes that the vector of the prefix respects all bounds, or all bounds with
// zero in their place if homogeneous.
func (s *writer) feasible(prefix string, homogeneous bool) {
	s.WriteString("(and true")
	for j, v := range s.problem.Variables {
		s.between(v.Lower, v.Upper, homogeneous, func() { fmt.Fprintf(s, "|%s%s|", prefix, s.names[j]) })
	}
	for _, row := range s.problem.Rows {
		s.between(row.Lower, row.Upper, homogeneous, func() { s.sum(prefix, row.Summed()) })
	}
	s.WriteString(")")
}

// between writes what the bounds say of an expression.
func (s *writer) between(lower, upper lp.Bound, homogeneous bool, expression func()) {
	if homogeneous {
		lower.Value, upper.Value = rational.Rat{}, rational.Rat{}
	}
	write := func(relation string, b lp.Bound) {
		fmt.Fprintf(s, "\n(%s ", relation)
		expression()
		fmt.Fprintf(s, " %s)", number(b.Value))
	}
	if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
		write("=", lower)
		return
	}
	if lower.Finite {
		write(">=", lower)
	}
	if upper.Finite {
		write("<=", upper)
	}
}

func (s *writer) objective(prefix string) {
	var terms []lp.Term
	for j, v := range s.problem.Variables {
		if !v.Cost.IsZero() {
			terms = append(terms, lp.Term{Variable: j, Coefficient: v.Cost})
		}
	}
	s.sum(prefix, terms)
}

// sum writes a linear expression.
func (s *writer) sum(prefix string, terms []lp.Term) {
	s.WriteString("(+ 0.0 0.0")
	for _, t := range terms {
		fmt.Fprintf(s, " (* %s |%s%s|)", number(t.Coefficient), prefix, s.names[t.Variable])
	}
	s.WriteString(")")
}

// number spells a number as the standard wants reals.
func number(x rational.Rat) string {
	text := x.Abs().Num().String() + ".0"
	if !x.IsInt() {
		text = "(/ " + text + " " + x.Den().String() + ".0)"
	}
	if x.Sign() < 0 {
		text = "(- " + text + ")"
	}
	return text
}
