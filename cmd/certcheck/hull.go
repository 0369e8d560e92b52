package main

import (
	"fmt"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/rational"
)

// compareHull compares a theorem on the combinations of some generators with the rows of
// the file: parameters are the coordinates, unknowns the weights, and its rows are those of
// the file, up to order and scaling. Which generators they are is what the theorem itself
// says.
// It takes the coordinates to be the first symbols, and all symbols behind them to be
// weights. The file has the inequalities; its generators come from the certificate, and
// nothing compares them.
// "Implied" shows one direction: each combination has the rows, and more points may have them.
func (m *polyhedronModel) compareHull(shown kernel.Shown, symbols []kernel.Symbol) (string, error) {
	t := shown.Theorem
	other := func(format string, a ...any) (string, error) {
		return "", &otherError{fmt.Sprintf("theorem %q is not of combinations of generators in %d coordinates: ", t.Name, m.n) + fmt.Sprintf(format, a...)}
	}
	// A weight that is a parameter would be given and not sought, and a coordinate that is
	// unknown would not be what the rows speak of.
	for s, symbol := range symbols {
		if symbol.Unknown != (s >= m.n) {
			return other("symbol %q is in the place of another kind of symbol", symbol.Name)
		}
	}
	// The weights are in no file, and keep their numbers, which are above those of all
	// coordinates.
	columns, remark := columnsOf(symbols[:m.n], m.names)
	column := func(s int) int {
		if s < m.n {
			return columns[s]
		}
		return s
	}
	facts, err := factsOf(t, column)
	if err != nil {
		return "", err
	}
	// Each at most once: two sums for one coordinate would be a condition on the weights,
	// and the points no longer all combinations.
	defined := make([]bool, m.n+1) // coordinates that are sums, and behind them the sum that is 1
	for _, l := range facts {
		at, ok := m.defines(l)
		if !ok || at >= 0 && defined[at] {
			return other("%s", l.from)
		}
		if at >= 0 {
			defined[at] = true
		}
	}
	// A coordinate that no fact defines could be anything. The sum of weights may be
	// missing: without it the hull is a cone.
	for j, name := range m.names {
		if !defined[j] {
			return other("nothing says what %s is", name)
		}
	}
	rows, k := conclusionsOf(t, column)
	if k >= 0 {
		return other("row %d is not linear", k)
	}
	if err := sameRows(rows, m.rows); err != nil {
		return "", err
	}
	what := map[kernel.Kind]map[bool]string{
		kernel.Feasible: {true: "are exactly the points with the rows of", false: "are not exactly the points with the rows of"},
		kernel.Implied:  {true: "have the rows of", false: "do not all have the rows of"},
	}[t.Kind][shown.Outcome == kernel.Proved]
	return fmt.Sprintf("theorem %q, %s: combinations of its %d generators %s %s, if its reader is right\n%s",
		t.Name, outcome(shown), len(symbols)-m.n, what, certificate.FileName(m.file), remark), nil
}

// conclusionsOf are the rows of a theorem, and the number of one that is not linear, or -1: a product
// would be read as its first symbol, and the row taken for one of the file.
func conclusionsOf(t *kernel.Theorem, column func(s int) int) (rows []linear, product int) {
	for k, row := range t.Rows {
		if !isLinear(row.Poly) {
			return nil, k
		}
		l := linearOf(&kernel.Theorem{Facts: t.Rows}, k, -1, column)
		l.from = fmt.Sprintf("row %d of theorem %q", k, t.Name)
		rows = append(rows, l)
	}
	return rows, -1
}

// defines reports whether a row has its place among those that say what combinations are: a
// weight that is not negative, a coordinate that is a sum of multiples of weights, of which
// the place is returned, or weights whose sum is 1, at place n. It is -1 for the first.
// It looks at one row; that each place is taken once is for the caller to see.
func (m *polyhedronModel) defines(l linear) (place int, ok bool) {
	place = -1
	weights := 0
	allEqual := true // weights have the negative of the constant
	for v, c := range l.coefficients {
		switch {
		// A coefficient of 0 is no part of the row.
		case c.IsZero():
		case v < m.n:
			if place >= 0 {
				return 0, false // two coordinates
			}
			place = v
		default:
			weights++
			allEqual = allEqual && c.Equal(l.constant.Neg())
		}
	}
	// A weight without such a fact is one of a line, unless its sign is declared.
	switch {
	case l.relation == kernel.GE: // of which there may be one weight alone, with a positive factor
		return -1, place < 0 && weights == 1 && l.constant.IsZero() && positive(l.coefficients)
	// A strict weight would leave out the faces of the hull.
	case l.relation != kernel.EQ:
		return 0, false
	// The coordinate may have any factor but 0: dividing by it gives the sum.
	case place >= 0:
		return place, l.constant.IsZero()
	}
	// The sum of weights is 1 whatever the row is multiplied by. Weights of rays are not in
	// it.
	return m.n, !l.constant.IsZero() && weights > 0 && allEqual
}

// positive reports whether no coefficient is negative.
// It looks at all coefficients, also those of coordinates.
func positive(coefficients map[int]rational.Rat) bool {
	for _, c := range coefficients {
		if c.Sign() < 0 {
			return false
		}
	}
	return true
}
