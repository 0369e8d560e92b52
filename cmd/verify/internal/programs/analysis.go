package programs

import (
	"context"
	"fmt"
	"io"

	"pstar/cmd/verify/internal/show"
	"pstar/lp"
	"pstar/lp/analysis"
	"pstar/rational"
)

// answers is what was asked for about a result besides its witness. What does not fit the
// verdict stays nil.
//
// Ranges are by position: costs by variable, lower and upper by row, with an entry for
// each row also where it has no such bound.
type answers struct {
	alternative bool             // whether it was asked whether the optimal point is the only one
	other       []rational.Rat   // another optimal point
	costs       []analysis.Range // of the variables
	lower       []analysis.Range // of the lower bounds of the rows
	upper       []analysis.Range
	subsystem   []analysis.Side
}

// analyse solves the programs that tell.
//
// Everything is exact. The ranges take a few linear programs for each variable and each
// bound of a row; the other answers take one, or one for each bound in doubt.
func (job *lpJob) analyse(ctx context.Context, p *lp.Problem, r *lp.Result) (a answers, err error) {
	// What does not fit the verdict is passed over, see idle: several files may be solved with one set of flags.
	// The multipliers that refute the program are where the search begins: what has none is
	// left out at once.
	if r.Verdict == lp.Infeasible && job.iis {
		a.subsystem, err = analysis.Irreducible(ctx, p, r)
	}
	if r.Verdict != lp.Optimal {
		return a, err
	}
	// Nil from here means that there is no other: so the question itself is kept as well.
	if a.alternative = job.alternative; a.alternative {
		if a.other, err = analysis.Alternative(ctx, p, r); err != nil {
			return a, err
		}
	}
	if !job.ranging {
		return a, nil
	}
	// A few programs for each; the count shows how far it is.
	total := len(p.Variables) + len(p.Rows)
	for j := range p.Variables {
		job.talk.Update("range %d of %d", j+1, total)
		g, err := analysis.CostRange(ctx, p, r, j)
		if err != nil {
			return a, err
		}
		a.costs = append(a.costs, g)
	}
	for i := range p.Rows {
		job.talk.Update("range %d of %d", len(p.Variables)+i+1, total)
		lower, upper, err := analysis.SideRange(ctx, p, r, i)
		if err != nil {
			return a, err
		}
		a.lower, a.upper = append(a.lower, lower), append(a.upper, upper)
	}
	return a, nil
}

// idle returns the flags of questions that a verdict leaves without an answer.
func (job *lpJob) idle(v lp.Verdict) (flags []string) {
	if job.iis && v != lp.Infeasible {
		flags = append(flags, "-iis")
	}
	if job.alternative && v != lp.Optimal {
		flags = append(flags, "-alternative")
	}
	if job.ranging && v != lp.Optimal {
		flags = append(flags, "-ranging")
	}
	return flags
}

// writeAnalysis prints it.
//
// Errors of the writer are not looked at one by one: the one who prints learns of the
// first.
func (o *lpOutput) writeAnalysis(w io.Writer) {
	a := o.analysis
	switch {
	// It has the same value, and differs from the point above in some variable.
	case a.other != nil:
		o.section(w, lpSection{"another optimal point (variables not listed are 0)", a.other, o.variable})
	// It was asked for, and there is none.
	case a.alternative:
		fmt.Fprintln(w, "the optimal point is the only one")
	}
	// A program without variables or without rows has only one of the two lists.
	// These sets are of this point and these multipliers. With a degenerate optimum they
	// may be larger than those of a basis, which other solvers print.
	if a.costs != nil || a.lower != nil {
		fmt.Fprintln(w, "costs with which the point stays optimal:")
		for j, g := range a.costs {
			fmt.Fprintf(w, "  %s = %v: %s\n", show.Printable(o.variable(j)), o.problem.Variables[j].Cost, between(g))
		}
		fmt.Fprintln(w, "bounds of rows with which the multipliers stay optimal:")
		for i := range o.problem.Rows {
			for _, b := range o.rowRanges(i) {
				fmt.Fprintf(w, "  %s %s %v: %s\n", show.Printable(o.row(i)), b.relation, b.at, between(b.set))
			}
		}
	}
	// Not asked for, or the program is not infeasible: the empty subsystem does not exist.
	if a.subsystem == nil {
		return
	}
	fmt.Fprintf(w, "%s without a common point, which exists if any one of them is left out:\n", show.Count(len(a.subsystem), "bound", "bounds"))
	for _, s := range a.subsystem {
		b := o.side(s)
		fmt.Fprintf(w, "  %s %s %s %s\n", b.Kind, show.Printable(b.Name), b.Bound, b.Value)
	}
}

// rowRange is a bound of a row with the set that it may come from.
type rowRange struct {
	relation string
	at       rational.Rat
	set      analysis.Range
}

// rowRanges returns the bounds that row i has; those of an equation are one.
//
// A row without bounds has no entry, and constrains nothing.
func (o *lpOutput) rowRanges(i int) []rowRange {
	row := o.problem.Rows[i]
	// Both move together, and have one set.
	if row.Lower.Finite && row.Upper.Finite && row.Lower.Value.Equal(row.Upper.Value) {
		return []rowRange{{"=", row.Lower.Value, o.analysis.lower[i]}}
	}
	var list []rowRange
	if row.Lower.Finite {
		list = append(list, rowRange{">=", row.Lower.Value, o.analysis.lower[i]})
	}
	if row.Upper.Finite {
		list = append(list, rowRange{"<=", row.Upper.Value, o.analysis.upper[i]})
	}
	return list
}

// between spells a range.
//
// Both ends belong to the set; an end that is infinite does not.
func between(g analysis.Range) string {
	// Of an end that is missing, as an optimum may allow any cost in that direction.
	low, high := "-inf", "inf"
	if g.Lower.Finite {
		low = g.Lower.Value.String()
	}
	if g.Upper.Finite {
		high = g.Upper.Value.String()
	}
	return low + " to " + high
}

// lpInterval is a range as JSON; a bound that does not exist is absent.
type lpInterval struct {
	Name  string `json:"name"`
	Bound string `json:"bound,omitempty"` // of a row: >=, <= or =
	Value string `json:"value"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// interval returns the range of a cost, or of the bound of a row that the relation names.
func interval(name, relation string, at rational.Rat, g analysis.Range) lpInterval {
	// Values as text, since they are exact.
	v := lpInterval{Name: name, Bound: relation, Value: at.String()}
	if g.Lower.Finite {
		v.From = g.Lower.Value.String()
	}
	if g.Upper.Finite {
		v.To = g.Upper.Value.String()
	}
	return v
}

// lpSide is a bound of an infeasible subsystem as JSON.
type lpSide struct {
	Kind  string `json:"kind"` // row or variable
	Name  string `json:"name"`
	Bound string `json:"bound"` // >= or <=
	Value string `json:"value"`
}

// lpAnalysis is the analysis as JSON.
type lpAnalysis struct {
	Unique      *bool         `json:"unique,omitempty"`
	Other       []show.Number `json:"other,omitempty"`
	CostRanges  []lpInterval  `json:"cost_ranges,omitempty"`
	BoundRanges []lpInterval  `json:"bound_ranges,omitempty"`
	Subsystem   []lpSide      `json:"subsystem,omitempty"`
}

// analysisJSON returns the answers, each absent if it was not asked for.
//
// Names are those of the text. Ends that are infinite are absent.
func (o *lpOutput) analysisJSON() (j lpAnalysis) {
	a := o.analysis
	if a.alternative {
		// A pointer tells "no" from "not asked".
		unique := a.other == nil
		j.Unique = &unique
		j.Other = numbers(a.other, o.variable)
	}
	for k, g := range a.costs {
		j.CostRanges = append(j.CostRanges, interval(o.variable(k), "", o.problem.Variables[k].Cost, g))
	}
	// There is an entry for each row if ranges were asked for, and none if not.
	for i := range a.lower {
		for _, b := range o.rowRanges(i) {
			j.BoundRanges = append(j.BoundRanges, interval(o.row(i), b.relation, b.at, b.set))
		}
	}
	for _, s := range a.subsystem {
		j.Subsystem = append(j.Subsystem, o.side(s))
	}
	return j
}

// side names a bound.
// The bound is named by what it is of, as several rows may have one value.
func (o *lpOutput) side(s analysis.Side) lpSide {
	// A lower bound of a row, unless said otherwise below.
	b := lpSide{Kind: "row", Bound: ">=", Value: analysis.Bound(o.problem, s).Value.String()}
	if s.Upper {
		b.Bound = "<="
	}
	if s.Variable {
		b.Kind, b.Name = "variable", o.variable(s.Index)
	} else {
		b.Name = o.row(s.Index)
	}
	return b
}
