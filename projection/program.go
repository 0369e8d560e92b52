package projection

import (
	"fmt"

	"pstar/fm"
	"pstar/lp"
	"pstar/rational"
)

// OfProgram returns the rows of a program, then its bounds.
//
// Every row is a linear relation with all variables as unknowns; the objective is left
// out, and so are demands for integers. A row without bounds gives none.
func OfProgram(p *lp.Problem) *fm.System {
	s := &fm.System{}
	for j := range p.Variables {
		s.Variables = append(s.Variables, nameOr(p.Variables[j].Name, "x", j))
	}
	// A row of a program has two sides, and so is one row, two, or none.
	add := func(name string, coefficients rational.RatVector, lower, upper lp.Bound) {
		bound := func(r fm.Relation, b lp.Bound) {
			s.Rows = append(s.Rows, fm.Row{Name: name, Coefficients: coefficients, Relation: r, Constant: b.Value})
		}
		switch {
		// One equation, and not two inequalities: elimination can solve it for a variable.
		case lower.Finite && upper.Finite && lower.Value.Equal(upper.Value):
			bound(fm.Equal, lower)
			return
		case lower.Finite:
			bound(fm.AtLeast, lower)
		}
		// Beside the lower one, if there is one, and with the same name.
		if upper.Finite {
			bound(fm.AtMost, upper)
		}
	}
	for i, row := range p.Rows {
		coefficients := make(rational.RatVector, len(p.Variables))
		// A file may name a variable twice in a row.
		for _, t := range row.Summed() {
			coefficients[t.Variable] = t.Coefficient
		}
		add(nameOr(row.Name, "row", i), coefficients, row.Lower, row.Upper)
	}
	// Bounds come last, in the order of the variables.
	for j, v := range p.Variables {
		// A row with a single coefficient.
		coefficients := make(rational.RatVector, len(p.Variables))
		coefficients[j] = rational.NewRat(1, 1)
		add("bound of "+s.Variables[j], coefficients, v.Lower, v.Upper)
	}
	return s
}

// nameOr is a name, or kind and number.
func nameOr(name, kind string, index int) string {
	if name == "" {
		return fmt.Sprintf("%s%d", kind, index+1)
	}
	return name
}
