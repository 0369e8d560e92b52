package polyhedral

import (
	"fmt"
	"slices"

	"pstar/fm"
	"pstar/rational"
	"pstar/theorems/statement"
)

// Projection is a system as one of package statement: the variables kept are its parameters. It asks for the rows, or, if none is kept,
// claims that there is no point.
func Projection(system *fm.System, kept, eliminated []int) *statement.System {
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
