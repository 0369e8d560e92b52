package programs

import (
	"fmt"
	"io"

	"pstar/certificate"
	"pstar/cmd/verify/internal/run"
	"pstar/cmd/verify/internal/show"
	"pstar/lp"
	"pstar/rational"
	"pstar/theorems"
)

// lpOutput is a solved program ready to be printed.
type lpOutput struct {
	head     theorems.Head // of the object
	problem  *lp.Problem
	result   *lp.Result
	path     string
	solution bool
	analysis answers
}

// writeText prints the verdict, and more if it was asked for.
//
// Names from the file are quoted where a terminal would obey them; numbers are fractions,
// with decimals beside them.
func (o *lpOutput) writeText(w io.Writer) error {
	// The file in front: several may be solved in one run.
	if _, err := fmt.Fprintf(w, "%s: %v\n", certificate.FileName(o.path), o.result.Verdict); err != nil {
		return err
	}
	// Unbounded and infeasible programs have no value.
	if o.result.Verdict == lp.Optimal {
		fmt.Fprintf(w, "optimum: %s\n", show.Exact(o.result.Value))
	}
	// Without the flag two lines are the whole output, however large the program.
	if o.solution {
		o.conflict(w)
		// What the verdict does not have is nil.
		for _, section := range o.sections() {
			if section.values != nil {
				o.section(w, section)
			}
		}
	}
	o.writeAnalysis(w)
	return nil
}

// section prints a vector.
func (o *lpOutput) section(w io.Writer, s lpSection) {
	fmt.Fprintf(w, "%s:\n", s.title)
	for k, v := range s.values {
		// Most entries of a large program are zero; the titles say that those are left out.
		if !v.IsZero() {
			fmt.Fprintf(w, "  %s = %s\n", show.Printable(s.name(k)), show.Exact(v))
		}
	}
}

// conflict names crossed bounds.
//
// Such a program is infeasible before anything is solved, and there are no multipliers to
// print: naming the bounds is the whole proof.
func (o *lpOutput) conflict(w io.Writer) {
	// Neither if the verdict rests on multipliers.
	switch c := o.result.Conflict; c.In {
	case lp.RowConflict:
		fmt.Fprintf(w, "the bounds of row %s are crossed\n", show.Printable(o.row(c.Index)))
	case lp.VariableConflict:
		fmt.Fprintf(w, "the bounds of variable %s are crossed\n", show.Printable(o.variable(c.Index)))
	}
}

// lpSection is one vector of the witness.
// values is nil if the verdict has no such vector, and empty if the program has no such
// row or variable.
type lpSection struct {
	title  string
	values []rational.Rat
	name   func(int) string
}

// sections are the vectors in the order in which they are printed.
//
// Text and object go by this one list, so that neither can leave one out.
func (o *lpOutput) sections() []lpSection {
	r := o.result
	return []lpSection{
		{"point (variables not listed are 0)", r.Primal, o.variable},
		{"ray (variables not listed are 0)", r.Ray, o.variable},
		{"multipliers of the rows (rows not listed have 0)", r.Dual, o.row},
		{"reduced costs of the variables (those not listed are 0)", r.Reduced, o.variable},
		{"multipliers of the rows that refute the program (rows not listed have 0)", r.Farkas, o.row},
		{"distances of the rows from the nearer bound (rows not listed are on one, or have none)", o.slacks(), o.row},
	}
}

// slacks are told of an optimal point only.
func (o *lpOutput) slacks() []rational.Rat {
	if o.result.Verdict != lp.Optimal {
		return nil
	}
	return o.problem.Distances(o.result)
}

// variable and row name a variable or a row as the file does, or by its position.
func (o *lpOutput) variable(j int) string { return nameOr(o.problem.Variables[j].Name, "variable", j) }

// row is variable for rows.
func (o *lpOutput) row(i int) string { return nameOr(o.problem.Rows[i].Name, "row", i) }

// nameOr counts from one, as people do.
// A file may leave names out; two places must not look the same then.
func nameOr(name, kind string, index int) string {
	if name == "" {
		return fmt.Sprintf("%s %d", kind, index+1)
	}
	return name
}

// lpJSON is the result as JSON. Vectors list what is not zero, in the order of the file.
// Members that the verdict does not have, or that were not asked for, are absent: an
// empty list cannot be told from a vector of zeros.
type lpJSON struct {
	File      string        `json:"file"`
	Value     string        `json:"value,omitempty"`
	Decimal   string        `json:"decimal,omitempty"`
	Variables int           `json:"variables"`
	Rows      int           `json:"rows"`
	Crossed   string        `json:"crossed,omitempty"`
	Point     []show.Number `json:"point,omitempty"`
	Ray       []show.Number `json:"ray,omitempty"`
	Dual      []show.Number `json:"dual,omitempty"`
	Reduced   []show.Number `json:"reduced,omitempty"`
	Farkas    []show.Number `json:"farkas,omitempty"`
	Slack     []show.Number `json:"slack,omitempty"`
	lpAnalysis
}

// writeJSON prints one object on one line, numbers as strings, since they are exact.
//
// It has no decimals but that of the optimum.
func (o *lpOutput) writeJSON(w io.Writer) error {
	// Sizes tell a reader that this is the program that was meant.
	j := lpJSON{File: o.path, Variables: len(o.problem.Variables), Rows: len(o.problem.Rows)}
	if o.result.Verdict == lp.Optimal {
		j.Value, j.Decimal = o.result.Value.String(), show.Decimal(o.result.Value)
	}
	if o.solution {
		switch c := o.result.Conflict; c.In {
		case lp.RowConflict:
			j.Crossed = o.row(c.Index)
		case lp.VariableConflict:
			j.Crossed = o.variable(c.Index)
		}
		// The order is that of sections.
		for k, target := range []*[]show.Number{&j.Point, &j.Ray, &j.Dual, &j.Reduced, &j.Farkas, &j.Slack} {
			// Named by variables or by rows, as the list says.
			section := o.sections()[k]
			*target = numbers(section.values, section.name)
		}
	}
	j.lpAnalysis = o.analysisJSON()
	return run.WriteLine(w, o.head, j)
}

// numbers lists what is not zero.
func numbers(values []rational.Rat, name func(int) string) (list []show.Number) {
	for i, v := range values {
		if !v.IsZero() {
			list = append(list, show.Number{Name: name(i), Value: v.String()})
		}
	}
	return list
}
