package fm

import (
	"strings"

	"pstar/rational"
)

// Text writes a row of the system with its names, as in "x1 - 2 x3 >= 4 + q1".
func (s *System) Text(r Row) string {
	left := sum(nil, s.Variables, r.Coefficients)
	var constants []string
	if !r.Constant.IsZero() {
		constants = append(constants, r.Constant.String())
	}
	right := constants
	if r.Symbols != nil {
		right = sum(constants, s.Symbols, r.Symbols)
	}
	return orZero(left) + " " + r.Relation.String() + " " + orZero(right)
}

// sum appends the terms of a linear form, each with its sign after the first.
func sum(terms []string, names []string, coefficients rational.RatVector) []string {
	for i, c := range coefficients {
		if c.IsZero() {
			continue
		}
		text := names[i]
		// A factor 1 is not written.
		if magnitude := c.Abs(); !magnitude.Equal(rational.NewRat(1, 1)) {
			text = magnitude.String() + " " + text
		}
		switch {
		case len(terms) == 0 && c.Sign() < 0:
			text = "-" + text
		case len(terms) > 0 && c.Sign() < 0:
			text = "- " + text
		case len(terms) > 0:
			text = "+ " + text
		}
		// Appended to what stands before, a constant: the first term alone has no space behind
		// its sign.
		terms = append(terms, text)
	}
	return terms
}

func orZero(terms []string) string {
	if len(terms) == 0 {
		return "0"
	}
	return strings.Join(terms, " ")
}

// text writes the row with the given number.
func (r *Result) text(id int) string {
	relation := AtLeast
	if r.table[id].strict {
		relation = Above
	}
	return r.System.Text(r.System.row(r.expand(r.table[id]), relation))
}
