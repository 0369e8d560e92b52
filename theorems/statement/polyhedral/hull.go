package polyhedral

import (
	"fmt"
	"slices"

	"pstar/cone"
	"pstar/rational"
	"pstar/theorems/statement"
)

// Titles of the theorems of [Hull].
const (
	// hullTitle is that of what generators and rows have to do with each other.
	hullTitle = "rows and generators of one polyhedron"
	// soundTitle is that of the half of it that any list of some generators has.
	soundTitle = "generators that have the rows; that none is missing is not claimed"
)

// Hull says of a polyhedron in both representations that a point is a combination of the
// generators exactly if it has the rows; or, if it is to be sound only, that every
// combination has the rows. Parameters are the coordinates, by their names, and unknowns
// the weights of generators. There must be a generator.
func Hull(rows, generators *cone.Polyhedron, names []string, sound bool) *statement.System {
	n := generators.Columns - 1
	s := &statement.System{Title: hullTitle}
	// One claim about all rows together.
	claim := statement.Claim{Kind: statement.Feasible}
	if sound {
		s.Title, claim.Kind = soundTitle, statement.Implied
	}
	for _, name := range names {
		s.Symbols = append(s.Symbols, statement.Symbol{Name: name})
	}
	// Coordinates have names of the file's choice, and may be called w1 themselves. Only a
	// name that begins with the prefix and goes on could be one of w1, w2, ...
	prefix := "w"
	for slices.ContainsFunc(names, func(name string) bool { return len(name) > len(prefix) && name[:len(prefix)] == prefix }) {
		prefix += "_" // no coordinate has the name of a weight
	}
	one := rational.NewRat(1, 1)
	sums := make([][]statement.Term, n+1) // of the first column, and of the coordinates
	for k, g := range generators.Rows {
		s.Symbols = append(s.Symbols, statement.Symbol{Name: fmt.Sprintf("%s%d", prefix, k+1), Unknown: true})
		// Symbols are numbered as they stand in the list: coordinates first, then weights.
		weight := statement.Of(n + k)
		// Vertices and rays come with weights that are not negative; a line has any weight.
		if !g.Linear {
			s.Facts = append(s.Facts, statement.Fact{Row: statement.Row{Label: fmt.Sprintf("weight %d", k+1), Form: statement.Collect([]statement.Term{{C: one, M: weight}})}})
		}
		for j := range sums {
			// With minus signs, so that the row reads: coordinate less the sum is 0.
			if x := g.At(j); !x.IsZero() {
				sums[j] = append(sums[j], statement.Term{C: x.Neg(), M: weight})
			}
		}
	}
	for j, terms := range sums {
		// Column 0 is 1 for vertices and 0 for rays and lines: 1 less the sum of the
		// vertices' weights is 0.
		label, left := "sum of the weights of vertices", statement.Term{C: one, M: statement.One}
		if j > 0 {
			label, left = names[j-1], statement.Term{C: one, M: statement.Of(j - 1)}
		} else if len(terms) == 0 {
			continue // a cone without a vertex: its apex is a combination with weights 0
		}
		s.Facts = append(s.Facts, statement.Fact{Row: statement.Row{Label: label, Relation: statement.Equal, Form: statement.Collect(append(terms, left))}})
	}
	// Rows have the numbers that they have in the file, so that the theorem can be compared
	// with it.
	for i, row := range rows.Rows {
		claim.Rows = append(claim.Rows, rowOf(row, i))
	}
	s.Claims = []statement.Claim{claim}
	return s
}

// rowOf is a row of an H-representation.
//
// Entry 0 of the vector is the constant and entry j the coefficient of coordinate j-1,
// over one denominator: the row reads b + a·x >= 0, or = 0.
func rowOf(row cone.Row, i int) statement.Row {
	r := statement.Row{Label: fmt.Sprintf("row %d", i+1)}
	if row.Linear {
		r.Relation = statement.Equal
	}
	// In the order of the columns, with zeros left out.
	var terms []statement.Term
	for _, e := range row.Vector {
		m := statement.One
		if e.Index > 0 {
			m = statement.Of(e.Index - 1)
		}
		terms = append(terms, statement.Term{C: rational.RatFromInts(e.Value, row.Denominator()), M: m})
	}
	r.Form = statement.Collect(terms)
	return r
}
