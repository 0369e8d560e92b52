package lp

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"

	"pstar/rational"
)

// WriteVIPR writes the problem with the result r as a certificate in the format VIPR
// 1.1 (K. K. H. Cheung, A. M. Gleixner and D. E. Steffy, 2017), for the checkers of
// others: an optimum as a solution and a derivation of the bound, infeasibility as a
// derivation of an absurdity. The format has no constant in the objective, so the value
// it states is without [Problem.Constant], and no way to state that a problem is
// unbounded, which is an error here. A result that [Problem.Verify] rejects is an
// error too.
func WriteVIPR(w io.Writer, p *Problem, r *Result) error {
	if err := p.Verify(r); err != nil {
		return err
	}
	if r.Verdict == Unbounded {
		return errors.New("lp: the VIPR format cannot state that a problem is unbounded")
	}
	v := &viprWriter{Writer: bufio.NewWriter(w), problem: p}
	v.collect()
	v.statement()
	if r.Verdict == Optimal {
		v.optimum(r)
	} else {
		v.refutation(r)
	}
	return v.Flush()
}

// viprWriter writes one certificate. The constraints are the bounds of the variables,
// then those of the rows; a pair of equal bounds is one equation.
type viprWriter struct {
	*bufio.Writer
	problem     *Problem
	constraints []viprConstraint
	bounds      int    // how many of them are bounds of variables
	variables   []ends // the constraints of every variable
	rows        []ends // and of every row
}

// viprConstraint is a constraint of sense E, L or G.
type viprConstraint struct {
	name  string
	sense byte
	value rational.Rat
	terms []Term
}

// ends are the indices of the constraints that are the lower and the upper bound, −1
// where there is none.
type ends struct{ lower, upper int }

func (v *viprWriter) collect() {
	for j, x := range v.problem.Variables {
		v.variables = append(v.variables, v.both("b"+strconv.Itoa(j), x.Lower, x.Upper, []Term{{j, one}}))
	}
	v.bounds = len(v.constraints)
	for i, row := range v.problem.Rows {
		v.rows = append(v.rows, v.both("c"+strconv.Itoa(i), row.Lower, row.Upper, row.summed()))
	}
}

// both adds the constraints lower ≤ terms ≤ upper.
func (v *viprWriter) both(name string, lower, upper Bound, terms []Term) ends {
	e := ends{-1, -1}
	if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
		at := v.constraint(name, 'E', lower, terms)
		return ends{at, at}
	}
	if lower.Finite {
		e.lower = v.constraint(name+"l", 'G', lower, terms)
	}
	if upper.Finite {
		e.upper = v.constraint(name+"u", 'L', upper, terms)
	}
	return e
}

func (v *viprWriter) constraint(name string, sense byte, bound Bound, terms []Term) int {
	v.constraints = append(v.constraints, viprConstraint{name, sense, bound.Value, terms})
	return len(v.constraints) - 1
}

// summed returns the terms of the row, one for each variable, in the order of the
// variables' first terms and without zeros.
func (r Row) summed() []Term {
	at := make(map[int]int, len(r.Terms))
	var terms []Term
	for _, t := range r.Terms {
		k, seen := at[t.Variable]
		if !seen {
			at[t.Variable] = len(terms)
			terms = append(terms, t)
			continue
		}
		terms[k].Coefficient = terms[k].Coefficient.Add(t.Coefficient)
	}
	kept := terms[:0]
	for _, t := range terms {
		if !t.Coefficient.IsZero() {
			kept = append(kept, t)
		}
	}
	return kept
}

func (v *viprWriter) statement() {
	p := v.problem
	fmt.Fprintf(v, "VER 1.1\nVAR %d\n", len(p.Variables))
	for _, name := range fileNames(len(p.Variables), "x", func(j int) string { return p.Variables[j].Name }, mpsName) {
		fmt.Fprintf(v, "%s\n", name)
	}
	sense := "min"
	if p.Sense == Maximise {
		sense = "max"
	}
	fmt.Fprintf(v, "INT 0\nOBJ %s\n", sense)
	var cost []Term
	for j, x := range p.Variables {
		if !x.Cost.IsZero() {
			cost = append(cost, Term{j, x.Cost})
		}
	}
	v.sparse(cost)
	fmt.Fprintf(v, "\nCON %d %d\n", len(v.constraints), v.bounds)
	for _, c := range v.constraints {
		fmt.Fprintf(v, "%s %c %v ", c.name, c.sense, c.value)
		v.sparse(c.terms)
		v.WriteString("\n")
	}
}

// sparse writes the number of terms and then each index with its value.
func (v *viprWriter) sparse(terms []Term) {
	v.WriteString(strconv.Itoa(len(terms)))
	for _, t := range terms {
		fmt.Fprintf(v, " %d %v", t.Variable, t.Coefficient)
	}
}

func (v *viprWriter) optimum(r *Result) {
	value := r.Value.Sub(v.problem.Constant)
	fmt.Fprintf(v, "RTP range %v %v\nSOL 1\nopt ", value, value)
	var point []Term
	for j, x := range r.Primal {
		if !x.IsZero() {
			point = append(point, Term{j, x})
		}
	}
	v.sparse(point)
	up := v.problem.Sense == Minimise
	sense := byte('G')
	if !up {
		sense = 'L'
	}
	fmt.Fprintf(v, "\nDER 1\nbound %c %v OBJ", sense, value)
	var sum []Term
	sum = appendMultipliers(sum, v.rows, r.Dual, up)
	sum = appendMultipliers(sum, v.variables, r.Reduced, up)
	v.reason(sum)
}

// appendMultipliers adds the multipliers of the constraints; a positive one belongs
// to the lower bound if up is set and to the upper one otherwise.
func appendMultipliers(sum []Term, constraints []ends, y []rational.Rat, up bool) []Term {
	for k, m := range y {
		if m.IsZero() {
			continue
		}
		at := constraints[k].upper
		if m.Sign() > 0 == up {
			at = constraints[k].lower
		}
		sum = append(sum, Term{at, m})
	}
	return sum
}

func (v *viprWriter) reason(sum []Term) {
	v.WriteString(" { lin ")
	v.sparse(sum)
	v.WriteString(" } -1\n")
}

func (v *viprWriter) refutation(r *Result) {
	value, sum := v.conflict(r.Conflict)
	if r.Conflict.In == NoConflict {
		value, sum = v.farkas(r.Farkas)
	}
	fmt.Fprintf(v, "RTP infeas\nSOL 0\nDER 1\nabsurd G %v 0", value)
	v.reason(sum)
}

// conflict subtracts the upper from the lower one of two crossed bounds.
func (v *viprWriter) conflict(c Conflict) (rational.Rat, []Term) {
	if c.In == NoConflict {
		return rational.Rat{}, nil
	}
	e := v.rows
	if c.In == VariableConflict {
		e = v.variables
	}
	low, high := e[c.Index].lower, e[c.Index].upper
	return v.constraints[low].value.Sub(v.constraints[high].value), []Term{{low, one}, {high, minus}}
}

func (v *viprWriter) farkas(f []rational.Rat) (rational.Rat, []Term) {
	w := make([]rational.Rat, len(v.problem.Variables))
	s := newSum()
	for j, column := range v.problem.transpose() {
		s.start()
		combine(s, column, f, minus)
		w[j] = s.value()
	}
	sum := appendMultipliers(nil, v.rows, f, true)
	sum = appendMultipliers(sum, v.variables, w, true)
	total := newSum()
	for _, t := range sum {
		total.add(t.Coefficient, v.constraints[t.Variable].value)
	}
	return total.value(), sum
}
