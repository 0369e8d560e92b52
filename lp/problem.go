package lp

import (
	"fmt"

	"pstar/rational"
)

// Sense says whether the least or the greatest value is asked for.
// Other numbers are none, and [Problem.Validate] refuses them.
type Sense int

const (
	Minimise Sense = iota
	Maximise
)

// String returns "minimise" or "maximise".
func (s Sense) String() string {
	switch s {
	case Minimise:
		return "minimise"
	case Maximise:
		return "maximise"
	}
	return fmt.Sprintf("Sense(%d)", int(s))
}

// Bound is a number or, as zero value, the absence of one: −∞ for a lower bound and
// +∞ for an upper one.
type Bound struct {
	Finite bool
	Value  rational.Rat
}

// At returns the bound v.
func At(v rational.Rat) Bound { return Bound{Finite: true, Value: v} }

// crossed reports whether no number lies between lower and upper.
// Equal bounds are not crossed.
func crossed(lower, upper Bound) bool {
	return lower.Finite && upper.Finite && lower.Value.Cmp(upper.Value) > 0
}

// Problem is a linear program: the least or greatest value of
// Constant + Σ Cost_j x_j over the x that respect the bounds of Variables and Rows.
// See the package documentation for the notation. The zero value is the empty
// problem of value 0.
type Problem struct {
	Name      string
	Sense     Sense
	Constant  rational.Rat
	Variables []Variable
	Rows      []Row
}

// Variable is a column of a [Problem]. A variable without bounds is free; note that
// the zero value is therefore free, not nonnegative, unlike the variables of
// [Builder.Var].
type Variable struct {
	Name         string
	Cost         rational.Rat
	Lower, Upper Bound
}

// Row is a constraint Lower ≤ Σ Terms ≤ Upper. Equal bounds make an equation; a row
// without bounds constrains nothing. Terms may come in any order, and terms of the
// same variable add up.
type Row struct {
	Name         string
	Terms        []Term
	Lower, Upper Bound
}

// Term is Coefficient times the variable of index Variable.
type Term struct {
	Variable    int
	Coefficient rational.Rat
}

// Summed returns the terms of the row, one for each variable, in the order of the
// variables' first terms and without zeros.
// at says where a variable's term is in the result.
// The row is not changed. It is linear in the terms.
func (r Row) Summed() []Term {
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

// AddVariable appends v and returns its index.
// It may be called at any time; indices of others do not change.
func (p *Problem) AddVariable(v Variable) int {
	p.Variables = append(p.Variables, v)
	return len(p.Variables) - 1
}

// AddRow appends r and returns its index.
func (p *Problem) AddRow(r Row) int {
	p.Rows = append(p.Rows, r)
	return len(p.Rows) - 1
}

// Validate reports the first thing that makes p malformed: that it is nil, an unknown sense,
// two variables or two rows of one name, or a term whose variable does not exist. Names may be
// empty, and a row may have the name of a variable. Crossed bounds are not malformed, but
// infeasible.
func (p *Problem) Validate() error {
	if p == nil {
		return errNilProblem
	}
	if p.Sense != Minimise && p.Sense != Maximise {
		return fmt.Errorf("lp: unknown sense %d", int(p.Sense))
	}
	// A witness and all that is written of it would mean one of the two, or neither.
	if err := distinct(len(p.Variables), "variables", func(j int) string { return p.Variables[j].Name }); err != nil {
		return err
	}
	if err := distinct(len(p.Rows), "rows", func(i int) string { return p.Rows[i].Name }); err != nil {
		return err
	}
	for i, r := range p.Rows {
		for _, t := range r.Terms {
			// The row is named, as a program of a file has thousands.
			if t.Variable < 0 || t.Variable >= len(p.Variables) {
				return fmt.Errorf("lp: %s refers to variable %d, but there are %d variables",
					p.RowName(i), t.Variable, len(p.Variables))
			}
		}
	}
	return nil
}

// distinct returns an error if two of n names are equal; empty ones are none.
func distinct(n int, kind string, name func(int) string) error {
	// Made at the first name: most problems that programs make have none.
	var seen map[string]bool
	for i := range n {
		s := name(i)
		switch {
		case s == "":
			continue
		case seen == nil:
			seen = make(map[string]bool, n-i)
		case seen[s]:
			return fmt.Errorf("lp: two %s have the name %q", kind, s)
		}
		seen[s] = true
	}
	return nil
}

// RowName returns "row NAME", or "row i" for one without a name. It panics if there is no row i.
func (p *Problem) RowName(i int) string {
	if p == nil || i < 0 || i >= len(p.Rows) {
		panic(fmt.Sprintf("lp: there is no row %d", i))
	}
	if name := p.Rows[i].Name; name != "" {
		return "row " + name
	}
	return fmt.Sprintf("row %d", i)
}

// VariableName returns "variable NAME", or "variable j" for one without a name. It panics if there
// is no variable j.
func (p *Problem) VariableName(j int) string {
	if p == nil || j < 0 || j >= len(p.Variables) {
		panic(fmt.Sprintf("lp: there is no variable %d", j))
	}
	if name := p.Variables[j].Name; name != "" {
		return "variable " + name
	}
	return fmt.Sprintf("variable %d", j)
}
