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
// witness of r holds, for solvers of linear real arithmetic such as z3 and cvc5. It
// carries the multipliers, so that nothing needs to be searched: the answer takes seconds
// for a thousand rows.
//
//   - Optimal: the point is not feasible or has another value; or the objective minus the
//     value is not, as a linear expression in the variables, the sum of multipliers times
//     (expression − bound); or the sum of slacks, expression − bound each, with these
//     multipliers can be negative while all rows and variables are within their bounds.
//   - Infeasible: the same for a negative number in place of the objective.
//   - Unbounded: the point is not feasible, or moving along the ray leaves a bound in
//     the end or does not improve the objective.
//
// Points, rays, rows and multipliers are multiplied by positive numbers, the bounds and the value
// with them, such that they are integers, unless these would be much longer: z3 takes a
// common factor out of every sum of fractions, which was most of its time.
//
// A result that [lp.Problem.Verify] rejects is an error.
//
// It writes as it goes, and returns the first error of w.
func Write(w io.Writer, p *lp.Problem, r *lp.Result) error {
	if err := p.Verify(r); err != nil {
		return err
	}
	// Rows are scaled once, and used so throughout.
	s := &writer{Writer: bufio.NewWriter(w), problem: p, scaled: integerRows(p)}
	s.names = program.FileNames(len(p.Variables), "x", func(j int) string { return p.Variables[j].Name }, isName)
	s.rows = program.FileNames(len(p.Rows), "r", func(i int) string { return p.Rows[i].Name }, isName)
	// Real arithmetic without quantifiers and products.
	s.WriteString("(set-logic QF_LRA)\n")
	switch r.Verdict {
	case lp.Optimal:
		s.optimal(r)
	case lp.Infeasible:
		s.infeasible(r)
	case lp.Unbounded:
		s.unbounded(r)
	}
	s.WriteString("(check-sat)\n(exit)\n")
	return s.Flush()
}

// Renamed returns a remark on the names of rows, and one on those of variables, that Write
// replaces, in so far as there are any. It panics for a nil problem.
func Renamed(p *lp.Problem) []string { return program.Renamed(p, isName) }

// isName reports whether s can stand between bars. Other names are replaced by numbered
// ones.
func isName(s string) bool { return program.PrintableASCII(s) && !strings.ContainsAny(s, `|\`) }

// writer writes one query. The coordinates of any point, of the point of the result
// and of its ray have a prefix and a space before the name of the variable: between bars
// true and |true| are the same symbol, so a name alone could be one of the standard's.
type writer struct {
	*bufio.Writer
	problem     *lp.Problem
	scaled      []scaledRow
	names, rows []string
}

// declare makes the coordinates of any point: free, and so universally quantified in
// what is refuted.
func (s *writer) declare() {
	for _, name := range s.names {
		fmt.Fprintf(s, "(declare-fun |any %s| () Real)\n", name)
	}
}

// define gives the coordinates of a vector names with the prefix.
func (s *writer) define(prefix string, x []rational.Rat) {
	// Defined, not declared: they are numbers.
	for j, v := range x {
		fmt.Fprintf(s, "(define-fun |%s%s| () Real %s)\n", prefix, s.names[j], number(v))
	}
}

// optimal refutes that the point is wrong or that something is better: see Write.
func (s *writer) optimal(r *lp.Result) {
	s.declare()
	// Of the point alone: bounds are multiplied where they are compared with it.
	scale := commonScale(r.Primal)
	s.define("point ", scaleAll(r.Primal, scale))
	// Without the constant, which the format of the objective has not either.
	used, total := s.used(r), r.Value.Sub(s.problem.Constant)
	by := enlarge(used)
	s.slacks(used)
	// One of the three must be so if the result is wrong.
	s.WriteString("(assert (or (not (and ")
	s.feasible("point ", scale)
	s.WriteString("\n(= ")
	s.objective("point ")
	fmt.Fprintf(s, " %s)))\n", number(total.Mul(scale)))
	fmt.Fprintf(s, "(not (= (* %s (- ", number(by))
	s.objective("any ")
	fmt.Fprintf(s, " %s)) ", number(total))
	s.combination(used)
	s.WriteString("))\n")
	s.negative(used)
	s.WriteString("))\n")
}

// infeasible refutes that any point is feasible.
func (s *writer) infeasible(r *lp.Result) {
	used := s.used(r)
	enlarge(used)
	var total rational.Rat
	for _, u := range used {
		// The sum of the multipliers times bounds, which must be positive: total is its
		// negative.
		total = total.Sub(u.multiplier.Mul(u.bound))
	}
	// Any point, and a slack for each bound used.
	s.declare()
	s.slacks(used)
	fmt.Fprintf(s, "(assert (or (not (and (< %s 0.0) (= %s ", number(total), number(total))
	s.combination(used)
	s.WriteString(")))\n")
	s.negative(used)
	s.WriteString("))\n")
}

// bound is a bound of a row or a variable with its multiplier: a lower one, whose slack
// is expression − bound, if the multiplier is positive, otherwise an upper one.
type bound struct {
	name         string
	terms        []lp.Term
	lower, upper lp.Bound
	bound        rational.Rat
	multiplier   rational.Rat
	below        bool // the bound is the lower one
}

// used lists the bounds that prove the result.
func (s *writer) used(r *lp.Result) (list []bound) {
	for _, u := range program.Uses(s.problem, r) {
		v := bound{multiplier: u.Multiplier, below: u.Lower}
		if u.In == lp.RowConflict {
			row := s.scaled[u.Index]
			v.name, v.terms, v.lower, v.upper = "row "+s.rows[u.Index], row.terms, row.lower, row.upper
			// It is of the row as it was, and is brought to the scaled one.
			v.multiplier = u.Multiplier.Quo(row.scale)
		} else {
			of := s.problem.Variables[u.Index]
			v.name, v.lower, v.upper = "bound "+s.names[u.Index], of.Lower, of.Upper
			v.terms = []lp.Term{{Variable: u.Index, Coefficient: rational.NewRat(1, 1)}}
		}
		// Of crossed bounds both are used.
		side := "upper "
		if v.bound = v.upper.Value; u.Lower {
			side, v.bound = "lower ", v.lower.Value
		}
		v.name = side + v.name
		list = append(list, v)
	}
	return list
}

// slacks declares one number for every bound that is used. A slack stands for
// expression − bound, or its negative, and is any number: see negative.
func (s *writer) slacks(used []bound) {
	for _, u := range used {
		fmt.Fprintf(s, "(declare-fun |slack %s| () Real)\n", u.name)
	}
}

// combination writes Σ multiplier·(expression − bound).
func (s *writer) combination(used []bound) {
	// Two zeros in front, as a sum needs two terms.
	s.WriteString("(+ 0.0 0.0")
	for _, u := range used {
		fmt.Fprintf(s, "\n(* %s (- ", number(u.multiplier))
		s.sum("any ", u.terms)
		fmt.Fprintf(s, " %s))", number(u.bound))
	}
	s.WriteString(")")
}

// negative writes that rows and variables may respect their bounds although their slacks, times
// the absolute values of the multipliers, add up to something negative. It is said in terms of
// the slacks, so that solvers need not look at the expressions again, and of all at once: a
// disjunction of thousands takes cvc5 minutes.
func (s *writer) negative(used []bound) {
	s.WriteString("(and true")
	for _, u := range used {
		// The slack of a lower bound is added to it, that of an upper one taken off.
		value := "-"
		if u.below {
			value = "+"
		}
		s.between(u.lower, u.upper, func() { fmt.Fprintf(s, "(%s %s |slack %s|)", value, number(u.bound), u.name) })
	}
	s.WriteString("\n(< (+ 0.0 0.0")
	for _, u := range used {
		fmt.Fprintf(s, " (* %s |slack %s|)", number(u.multiplier.Abs()), u.name)
	}
	s.WriteString(") 0.0))")
}

// unbounded refutes that the point is not feasible, or that the ray leaves the region
// or does not improve.
func (s *writer) unbounded(r *lp.Result) {
	scale := commonScale(r.Primal)
	s.define("point ", scaleAll(r.Primal, scale))
	s.define("ray ", scaleAll(r.Ray, commonScale(r.Ray)))
	// A minimum falls along the ray.
	better := "<"
	if s.problem.Sense == lp.Maximise {
		better = ">"
	}
	s.WriteString("(assert (not (and ")
	s.feasible("point ", scale)
	s.WriteString("\n")
	// Along the ray the bounds are those of directions: 0 where there are any.
	s.feasible("ray ", rational.Rat{})
	fmt.Fprintf(s, "\n(%s ", better)
	s.objective("ray ")
	s.WriteString(" 0.0))))\n")
}

// feasible writes that the vector of the prefix respects all bounds times a number that
// is not negative.
func (s *writer) feasible(prefix string, scale rational.Rat) {
	s.WriteString("(and true")
	for j, v := range s.problem.Variables {
		s.between(times(v.Lower, scale), times(v.Upper, scale), func() { fmt.Fprintf(s, "|%s%s|", prefix, s.names[j]) })
	}
	for _, row := range s.scaled {
		s.between(times(row.lower, scale), times(row.upper, scale), func() { s.sum(prefix, row.terms) })
	}
	s.WriteString(")")
}

// between writes what the bounds say of an expression. An expression that is equal to
// both bounds is said once, which solvers prefer.
func (s *writer) between(lower, upper lp.Bound, expression func()) {
	// The expression is written anew for each bound.
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

// objective is the sum of costs, without a constant.
func (s *writer) objective(prefix string) {
	// Variables without a cost are left out.
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
	// Zeros in front, as + takes two arguments at least.
	s.WriteString("(+ 0.0 0.0")
	for _, t := range terms {
		fmt.Fprintf(s, " (* %s |%s%s|)", number(t.Coefficient), prefix, s.names[t.Variable])
	}
	s.WriteString(")")
}

// number spells a number as the standard wants reals. Reals are written with a point,
// and negative ones with the operator -.
func number(x rational.Rat) string {
	// The magnitude, as the format has no negative numbers.
	text := x.Abs().Num().String() + ".0"
	// A real number has a point, an integer too.
	if !x.IsInt() {
		text = "(/ " + text + " " + x.Den().String() + ".0)"
	}
	if x.Sign() < 0 {
		text = "(- " + text + ")"
	}
	return text
}
