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
// generators exactly if it has the rows. Parameters are the coordinates, by their names, and unknowns
// the weights of generators. There must be a generator.
func Hull(rows, generators *cone.Polyhedron, names []string) *statement.System {
	s := combinations(generators, names)
	s.Title = hullTitle
	var facts []statement.Fact
	// Vertices and rays come with weights that are not negative; a line has any weight.
	for k, g := range generators.Rows {
		if !g.Linear {
			weight := []statement.Term{{C: rational.NewRat(1, 1), M: statement.Of(len(names) + k)}}
			facts = append(facts, statement.Fact{Row: statement.Row{Label: fmt.Sprintf("weight %d", k+1), Form: statement.Collect(weight)}})
		}
	}
	s.Facts = append(facts, s.Facts...)
	// One claim about all rows together.
	s.Claims = []statement.Claim{{Kind: statement.Feasible, Rows: rowsOf(rows)}}
	return s
}

// Sound says of generators that every combination has the rows, and how: shares are, for each row, those of the facts.
// The row b + a·x is b times the fact that the weights of vertices have the sum 1, and a_j times that of coordinate j. What
// is left are multiples of weights by the products of the row and each generator, and weights are
// declared to be nonnegative: nothing is sought, and nothing is written for each row and generator.
func Sound(rows, generators *cone.Polyhedron, names []string) (s *statement.System, shares [][]statement.Share) {
	s = combinations(generators, names)
	s.Title = soundTitle
	for k, g := range generators.Rows {
		s.Symbols[len(names)+k].Nonnegative = !g.Linear
	}
	s.Claims = []statement.Claim{{Kind: statement.Implied, Rows: rowsOf(rows)}}
	// Of a cone without a vertex there is no fact of the sum, and constants are nonnegative by themselves.
	first := len(names) - len(s.Facts)
	for _, row := range rows.Rows {
		var list []statement.Share
		for _, e := range row.Vector {
			if number := e.Index - 1 - first; number >= 0 {
				list = append(list, statement.Share{Number: number, Factor: rational.RatFromInts(e.Value, row.Denominator())})
			}
		}
		shares = append(shares, list)
	}
	return s, shares
}

// combinations has the symbols of both theorems, and the facts that each coordinate is a sum.
func combinations(generators *cone.Polyhedron, names []string) *statement.System {
	n := generators.Columns - 1
	s := &statement.System{}
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
		for _, e := range g.Vector {
			// With minus signs, so that the row reads: coordinate less the sum is 0.
			x := rational.RatFromInts(e.Value, g.Denominator())
			sums[e.Index] = append(sums[e.Index], statement.Term{C: x.Neg(), M: statement.Of(n + k)})
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
	return s
}

// rowsOf are the rows of an H-representation. They have the numbers that they have in the file, so that the theorem
// can be compared with it.
func rowsOf(rows *cone.Polyhedron) (list []statement.Row) {
	for i, row := range rows.Rows {
		list = append(list, rowOf(row, i))
	}
	return list
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
