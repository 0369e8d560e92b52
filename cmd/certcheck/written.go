package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/format/ine"
	"pstar/lp"
	"pstar/rational"
)

// What is compared here are theorems that are written out: the facts of each are the rows of
// the file, up to order and scaling, and what the theorem says of them, its rows, is printed
// with it.

// factsOf are the facts of a theorem and the signs of its symbols, as rows.
// A theorem with exponentials or a process speaks of more than rows: it is none of such a file.
// Column says which variable of the file a symbol is. The error is an otherError.
func factsOf(t *kernel.Theorem, column func(s int) int) (iter.Seq[*linear], error) {
	if t.Process != nil || len(t.Exponentials) > 0 {
		return nil, &otherError{fmt.Sprintf("theorem %q is not of a list of rows", t.Name)}
	}
	// The unknown that stands for 0, and the fact that says so, are no part of the file.
	// Rows that are compared must be those of the file, which has no such variable.
	zero, definition := zeroOf(t)
	// A product of variables, or of a variable and a parameter, is in no file of these
	// kinds.
	if k := slices.IndexFunc(t.Facts, func(f kernel.Fact) bool { return !isLinear(f.Poly) }); k >= 0 {
		return nil, &otherError{fmt.Sprintf("fact %d of theorem %q is not linear", k, t.Name)}
	}
	// A sign that is declared is a bound of the file.
	signs := signsOf(t.Symbols, zero, column, func(name string) string { return fmt.Sprintf("symbol %q >= 0 of theorem %q", name, t.Name) })
	// The number of a fact tells nothing without its theorem.
	return chain(signs, linearRows(t.Facts, definition, zero, column, func(k int) string { return fmt.Sprintf("fact %d of theorem %q", k, t.Name) })), nil
}

// zeroOf is the last symbol if it is no variable, but an unknown that a fact says is 0, and
// that fact: in an iff a row on parameters alone holds it, so as to be no assumption. Without
// one both are −1. Without it a row on parameters alone would be an assumption of the theorem,
// and the comparison would not notice that nothing was shown of it.
// Only by that name: a variable of the file may be fixed at 0 by a row of its own.
func zeroOf(t *kernel.Theorem) (symbol, fact int) {
	last := len(t.Symbols) - 1
	if last < 0 || t.Symbols[last].Name != "(zero)" || !t.Symbols[last].Unknown {
		return -1, -1
	}
	// The form is that of a number times the symbol, and any number will do.
	for k, f := range t.Facts {
		if f.Relation == kernel.EQ && len(f.Poly) == 1 && f.Poly[0].M.Degree() == 1 && f.Poly[0].M.Symbol(0) == last {
			return last, k
		}
	}
	return -1, -1
}

// variablesOf are the symbols of a theorem that are variables of the file.
// The symbol that stands for 0 is the last, so cutting is enough.
func variablesOf(t *kernel.Theorem) []kernel.Symbol {
	if zero, _ := zeroOf(t); zero >= 0 {
		return t.Symbols[:zero]
	}
	return t.Symbols
}

// outcome is what a certificate says of a theorem.
// Both are settled by a valid certificate; there is no third outcome of one.
func outcome(t kernel.Shown) string {
	if t.Outcome == kernel.Proved {
		return "proved"
	}
	return "refuted"
}

// reading says what a theorem leaves open that a reader might take from "proved" or "refuted", in a line.
// An implication is true of rows that no point has, whatever it concludes; and a refuted one has rows that do
// not all hold.
func reading(t kernel.Shown) string {
	switch implied := t.Theorem.Kind == kernel.Implied; {
	case t.Outcome != kernel.Proved && implied:
		return "at some point that has these, not all of its rows hold\n"
	case t.Outcome != kernel.Proved:
		return "its rows do not say for which parameters there are points\n"
	case implied && slices.ContainsFunc(t.Theorem.Rows, isNever):
		return "it says that there is no point\n"
	case implied:
		return "it says what all points have, and not that there is any\n"
	case slices.ContainsFunc(t.Theorem.Facts, func(f kernel.Fact) bool { return !f.Poly.Holds(t.Theorem.Unknowns()) }):
		return "it assumes the rows that hold no unknown, and does not show them\n"
	}
	return ""
}

// isNever says whether a row holds nowhere whatever the symbols are: a number that is not as it should be.
func isNever(f kernel.Fact) bool {
	switch {
	case len(f.Poly) == 0:
		return f.Relation == kernel.GT
	case len(f.Poly) > 1 || len(f.Poly[0].M) > 0:
		return false
	}
	return f.Relation == kernel.EQ || f.Poly[0].C.Sign() < 0
}

// compareWritten compares theorems whose symbols have the names of the variables. A row that
// bounds the objective is named. The facts must be all rows of the file and no others. What the
// theorem concludes, its author has chosen, and is printed.
func (m *programModel) compareWritten(report *certificate.Report) (string, error) {
	// The text has one line for each theorem and for each row that bounds the objective.
	// The first theorem that is not of the file is the error.
	var b strings.Builder
	for _, shown := range report.Theorems() {
		columns, err := m.columnsByName(shown.Theorem)
		if err != nil {
			return "", err
		}
		column := func(s int) int { return columns[s] }
		document, err := factsOf(shown.Theorem, column)
		if err == nil {
			err = sameRows(document, m.rowSet())
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "theorem %q, %s, is of the rows and bounds of %s, if its reader is right\n%s", shown.Name, outcome(shown), m.name(), reading(shown))
		// Of a refuted one some row is false, and it is not known here which.
		if shown.Outcome != kernel.Proved {
			continue
		}
		bounded, costs := false, m.costs()
		// The unknown that stands for 0 may be in rows, too, where it is nothing.
		zero, _ := zeroOf(shown.Theorem)
		for k, f := range shown.Theorem.Rows {
			if text := m.bound(f, zero, costs, column); text != "" {
				bounded = true
				fmt.Fprintf(&b, "its row %d says that the objective is %s\n", k, text)
			}
		}
		// As of a theorem that says only that there are points: a file with another objective would do.
		if !bounded && costs > 0 {
			b.WriteString("none of its rows bounds the objective, which is not compared\n")
		}
	}
	return b.String(), nil
}

// columnsByName says which variable of the file each symbol is.
// Only by names: with unknowns and parameters apart, places would not be those of the file.
// The error names the first symbol that the file has not.
func (m *programModel) columnsByName(t *kernel.Theorem) ([]int, error) {
	// Later variables of a name replace earlier ones.
	named := map[string]int{}
	for j, v := range m.problem.Variables {
		named[v.Name] = j
	}
	symbols := variablesOf(t)
	// Two variables of one name cannot be told apart, and count as one.
	if len(symbols) != len(named) {
		return nil, &otherError{fmt.Sprintf("theorem %q has %d symbols, the file %d variables", t.Name, len(symbols), len(named))}
	}
	columns := make([]int, len(symbols))
	for s, symbol := range symbols {
		j, known := named[symbol.Name]
		if !known {
			return nil, &otherError{fmt.Sprintf("theorem %q has the symbol %q, and the file no such variable", t.Name, symbol.Name)}
		}
		columns[s] = j
	}
	return columns, nil
}

// bound says what a row says of the objective: "at least v", for a row objective − v ≥ 0, and
// so on; "" for another row. Any multiple of the objective will do: the sign of the factor says
// which way the bound is. Zero is the symbol that stands for 0, or −1, costs how many variables have one. It takes time of
// the row alone: a theorem may have hundreds of thousands of facts, symbols and rows.
func (m *programModel) bound(f kernel.Fact, zero, costs int, column func(s int) int) string {
	// The objective of a file has no products, which would be read as their first symbols.
	if !isLinear(f.Poly) {
		return ""
	}
	var row linear
	row.read(f, zero, column)
	// A variable that the row has and the objective has not makes it a bound of something else, and so does one
	// that it has not. An objective without any variable is a constant, and has no bounds to tell.
	if len(row.terms) != costs || costs == 0 {
		return ""
	}
	var scale rational.Rat
	for k, t := range row.terms {
		cost := m.problem.Variables[t.Variable].Cost
		// The factor, from the first variable; the others must have the same.
		if k == 0 && !cost.IsZero() {
			scale = t.Coefficient.Quo(cost)
		}
		if cost.IsZero() || !t.Coefficient.Equal(cost.Mul(scale)) {
			return ""
		}
	}
	word := map[bool]string{true: "at least", false: "at most"}[scale.Sign() > 0]
	// The relation of the row, and the sign of the factor, say what it is a bound of.
	switch row.relation {
	case kernel.EQ:
		word = "equal to"
	case kernel.GT:
		word = map[bool]string{true: "more than", false: "less than"}[scale.Sign() > 0]
	}
	// The objective in the file has a constant, which the row has not: it moves the
	// bound.
	return fmt.Sprintf("%s %v", word, m.problem.Constant.Sub(row.constant.Quo(scale)))
}

// costs is how many variables are in the objective.
func (m *programModel) costs() (n int) {
	for _, v := range m.problem.Variables {
		if !v.Cost.IsZero() {
			n++
		}
	}
	return n
}

// hull is the list of rows that says that a point is a combination of the generators of a file:
// variables are the coordinates, and then a weight for each generator. Each coordinate is the
// sum of the weights times those of the generators; weights of vertices and rays are ≥ 0, those
// of vertices, if there are any, have the sum 1. The hull of generators is itself a projection,
// of their weights: a certificate of it has the coordinates as parameters and proves for which
// of these there are weights.
func hull(f *ine.File, path string) *polyhedronModel {
	// The first column is homogeneous, the others are coordinates.
	d := f.Columns - 1
	m := &polyhedronModel{file: path, n: d + len(f.Rows), weights: len(f.Rows)}
	// Coordinate j minus its sum of weights, for each j, and at the end the sum of the
	// weights minus 1.
	rows := make([]linear, d+1) // the last is that of the vertices
	for j := range rows {
		rows[j] = linear{relation: kernel.EQ, terms: []lp.Term{{Variable: j, Coefficient: one}}, from: func() string { return fmt.Sprintf("column %d", j+2) }}
	}
	rows[d] = linear{relation: kernel.EQ, constant: one.Neg(), from: func() string { return "column 1" }}
	for i, row := range f.Rows {
		// Homogeneous generators are scaled: that of a vertex is 1 in front.
		scale := one // a vertex has 1 in the first column
		for _, e := range row.Vector {
			if e.Index == 0 {
				scale = rational.RatFromInts(e.Value, rational.NewInt(1))
			}
		}
		for _, e := range row.Vector {
			x := rational.RatFromInts(e.Value, rational.NewInt(1)).Quo(scale)
			// The constant 1 or nothing: rays and lines, which have 0 there, are not in the
			// sum.
			to := &rows[d]
			if e.Index > 0 {
				to, x = &rows[e.Index-1], x.Neg()
			}
			to.terms = append(to.terms, lp.Term{Variable: d + i, Coefficient: x})
		}
		// A line has a weight of either sign.
		if !row.Linear {
			m.rows = append(m.rows, linear{kernel.GE, rational.Rat{}, []lp.Term{{Variable: d + i, Coefficient: one}}, func() string { return fmt.Sprintf("the weight of row %d, >= 0", i+1) }})
		}
	}
	// Of rays alone the hull is a cone, and there is no sum of weights.
	// The row without weights would say 0 = 1.
	if len(rows[d].terms) == 0 {
		rows = rows[:d]
	}
	m.rows = append(m.rows, rows...)
	return m
}

// compareWritten compares theorems whose symbols have the names of the variables, or are the
// variables in order.
// An error is the first difference; theorems before it are not told then.
func (m *polyhedronModel) compareWritten(report *certificate.Report) (string, error) {
	var b strings.Builder
	for _, shown := range report.Theorems() {
		// Names first, place if they do not tell, as with a polyhedron that a builder makes.
		symbols := variablesOf(shown.Theorem)
		// More symbols than the file has coordinates: the rest can only be weights of
		// generators.
		if m.weights == 0 && len(symbols) > m.n {
			text, err := m.compareHull(shown, symbols)
			if err != nil {
				return "", err
			}
			b.WriteString(text)
			continue
		}
		columns, remark := columnsOf(symbols, m.names)
		document, err := factsOf(shown.Theorem, func(s int) int { return columns[s] })
		if err == nil {
			err = m.same(symbols, document)
		}
		if err != nil {
			return "", err
		}
		what := "rows"
		if m.weights > 0 {
			what = "generators"
		}
		fmt.Fprintf(&b, "theorem %q, %s, is of the %s of %s, if its reader is right\n%s%s", shown.Name, outcome(shown), what, certificate.FileName(m.file), remark, reading(shown))
	}
	return b.String(), nil
}
