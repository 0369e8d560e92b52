package project

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"pstar/cmd/verify/internal/show"
	"pstar/fm"
	"pstar/rational"
	"pstar/theorems/statement"
	"pstar/theorems/statement/decide"
)

// Theorem is a system as one of package statement: the variables kept are its parameters. It asks for the rows, or, if none is kept,
// claims that there is no point.
func Theorem(system *fm.System, kept, eliminated []int) *statement.System {
	s := &statement.System{Title: "projection", Claims: []statement.Claim{{Kind: statement.FindRows}}}
	// Without parameters there is no row to find: the question is whether there is a point.
	if len(kept) == 0 {
		s.Title, s.Claims[0].Kind = "no point", statement.Infeasible
	}
	// From the number in the system to that in the statement.
	number := make([]int, len(system.Variables))
	// The parameters come first, in the order of the rows of the projection.
	for k, v := range slices.Concat(kept, eliminated) {
		number[v] = k
		s.Symbols = append(s.Symbols, statement.Symbol{Name: system.Variables[v], Unknown: k >= len(kept)})
	}
	// Rows are written as at least, or more than, 0.
	// Those that are not listed, at least and at most, are the zero value.
	relations := map[fm.Relation]statement.Relation{fm.Equal: statement.Equal, fm.Above: statement.Above, fm.Below: statement.Above}
	for i, row := range system.Rows {
		// left - right: the constant of the row stands on its right.
		terms := []statement.Term{{C: row.Constant.Neg()}}
		for v, c := range row.Coefficients {
			terms = append(terms, statement.Term{C: c, M: statement.Of(number[v])})
		}
		form := statement.Collect(terms)
		// Multipliers that are found later are of the row with this sign.
		if row.Relation == fm.AtMost || row.Relation == fm.Below {
			form = form.Scale(rational.NewRat(-1, 1))
		}
		label := row.Name
		// A name for the multipliers to speak of.
		if label == "" {
			label = fmt.Sprintf("row %d", i+1)
		}
		s.Facts = append(s.Facts, statement.Fact{Row: statement.Row{Label: label, Relation: relations[row.Relation], Form: form}})
	}
	return s
}

// A Verdict is what is left of a system when all variables have been eliminated: feasible, with a point, or infeasible,
// with multipliers of a sum of rows that is a contradiction.
type Verdict struct {
	Verdict     string        `json:"-"`
	Point       []show.Number `json:"point,omitempty"` // what is not 0; not nil if there is a point
	Multipliers []show.Number `json:"multipliers,omitempty"`
}

// NewVerdict is that of a result about [Theorem].
func NewVerdict(r *decide.Result) Verdict {
	v := Verdict{Verdict: "infeasible"}
	x := r.Counterexample // of the claim that there is no point
	// The claim that there is no point is proved, by one sum of rows.
	if x == nil {
		// The claim is a single implication, of -1 >= 0, and so there is one sum.
		for _, share := range r.Settled[0].Follow[0].Shares {
			v.Multipliers = append(v.Multipliers, show.Number{Name: r.System.Facts[share.Number].Label, Value: share.Factor.String()})
		}
		return v
	}
	// Not nil, even if all is 0: there is a point.
	v.Verdict, v.Point = "feasible", []show.Number{}
	// Zeros are left out; the order is that of the symbols.
	for k, value := range x.Point {
		if !value.IsZero() {
			v.Point = append(v.Point, show.Number{Name: r.System.Name(k), Value: value.String()})
		}
	}
	return v
}

// Write prints the verdict.
// Two lines: the verdict, then what shows it.
func (v Verdict) Write(w io.Writer) error {
	// One of the two lists is there.
	what, numbers := "point", v.Point
	if v.Point == nil {
		what, numbers = "multipliers of a sum of rows that is a contradiction", v.Multipliers
	}
	list := []string{}
	for _, n := range numbers {
		list = append(list, n.Name+" = "+n.Value)
	}
	if len(list) == 0 {
		list = []string{"all 0"}
	}
	_, err := fmt.Fprintf(w, "%s\n%s: %s\n", v.Verdict, what, strings.Join(list, ", "))
	return err
}
