package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/lp"
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
	// A weight that is a parameter would be given, and an unknown coordinate not what the rows speak of.
	for s, symbol := range symbols {
		if symbol.Unknown != (s >= m.n) {
			return other("symbol %q is in the place of another kind of symbol", symbol.Name)
		}
	}
	if reason := notHull(t); reason != "" {
		return other("%s", reason)
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
	for l := range facts {
		at, ok := m.defines(l)
		if !ok || at >= 0 && defined[at] {
			return other("%s", l.from())
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
	if err := sameRows(rows, m.set); err != nil {
		return "", err
	}
	what := map[kernel.Kind]map[bool]string{
		kernel.Feasible: {true: "are exactly the points with the rows of", false: "are not exactly the points with the rows of"},
		kernel.Implied:  {true: "have the rows of", false: "do not all have the rows of"},
	}[t.Kind][shown.Outcome == kernel.Proved]
	return fmt.Sprintf("theorem %q, %s: combinations of its %d generators %s %s, if its reader is right\n%s",
		t.Name, outcome(shown), len(symbols)-m.n, what, certificate.FileName(m.file), remark), nil
}

// notHull says why a theorem with such symbols says something else of combinations than that they are, or have, its rows; "" if it
// does not. The images of rows are rows, too, which no file lists; and what is said to hold if and only if there are weights is not
// said where a fact without any does not hold, such as that a coordinate is 0.
func notHull(t *kernel.Theorem) string {
	if len(t.Generators) > 0 {
		return "its rows stand for all their images under permutations"
	}
	unknowns := t.Unknowns()
	k := slices.IndexFunc(t.Facts, func(f kernel.Fact) bool { return !f.Poly.Holds(unknowns) })
	if t.Kind == kernel.Feasible && k >= 0 {
		return fmt.Sprintf("fact %d holds no weight, and is assumed", k)
	}
	return ""
}

// conclusionsOf are the rows of a theorem, and the number of one that is not linear, or -1: a product
// would be read as its first symbol, and the row taken for one of the file.
func conclusionsOf(t *kernel.Theorem, column func(s int) int) (rows iter.Seq[*linear], product int) {
	return linearRows(t.Rows, -1, -1, column, func(k int) string { return fmt.Sprintf("row %d of theorem %q", k, t.Name) }),
		slices.IndexFunc(t.Rows, func(f kernel.Fact) bool { return !isLinear(f.Poly) })
}

// defines reports whether a row has its place among those that say what combinations are: a
// weight that is not negative, a coordinate that is a sum of multiples of weights, of which
// the place is returned, or weights whose sum is 1, at place n. It is -1 for the first.
// It looks at one row; that each place is taken once is for the caller to see.
func (m *polyhedronModel) defines(l *linear) (place int, ok bool) {
	place = -1
	weights := 0
	allEqual := true // weights have the negative of the constant
	for _, t := range l.terms {
		switch v, c := t.Variable, t.Coefficient; {
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
		return -1, place < 0 && weights == 1 && l.constant.IsZero() && positive(l.terms)
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
func positive(terms []lp.Term) bool {
	for _, t := range terms {
		if t.Coefficient.Sign() < 0 {
			return false
		}
	}
	return true
}

// same compares the rows of a system with those of the file. Of generators the weights may
// stand in any order, and those of one generator twice: what is compared is the set of generators.
func (m *polyhedronModel) same(symbols []kernel.Symbol, document iter.Seq[*linear]) error {
	// Of a file of inequalities any symbol may be an unknown: which are eliminated is not
	// in the file.
	if m.weights == 0 {
		if len(symbols) != m.n {
			return &otherError{fmt.Sprintf("the certificate has %d variables, the file %d", len(symbols), m.n)}
		}
		return sameRows(document, m.set)
	}
	d := m.n - m.weights
	// Coordinates that were unknowns would make another theorem: that some point is in the hull.
	for s := range max(d, len(symbols)) {
		if s >= len(symbols) || symbols[s].Unknown != (s >= d) {
			return &otherError{fmt.Sprintf("variables 1 to %d should be parameters, the coordinates, and those behind them unknowns, weights of the generators", d)}
		}
	}
	theirs, bad := generatorsOf(document, d)
	if bad != "" {
		return &otherError{"it is not of combinations of generators: " + bad}
	}
	// Once for all theorems of all certificates.
	if m.generators == nil {
		if m.generators, bad = generatorsOf(each(m.rows), d); bad != "" {
			panic("certcheck: the hull of a file is not that of generators: " + bad)
		}
	}
	if g := firstWithout(theirs, m.generators); g != nil {
		return &otherError{fmt.Sprintf("the certificate has the generator %s, and the file has not", g.text(d))}
	}
	if g := firstWithout(m.generators, theirs); g != nil {
		return &otherError{fmt.Sprintf("the file has the generator %s, and the certificate has not", g.text(d))}
	}
	return nil
}

// firstWithout is the first generator of a list, in the order of keys, that is not in another; nil if all are.
func firstWithout(list, other map[string]*generator) *generator {
	for _, k := range slices.Sorted(maps.Keys(list)) {
		if other[k] == nil {
			return list[k]
		}
	}
	return nil
}

// A generator has its numbers that are not 0, by place, where the place behind the coordinates is that of the sum that is 1. A document of some
// megabytes may have hundreds of thousands of generators, and the file a thousand coordinates: all zeros would be gigabytes.
type generator struct {
	entries []lp.Term
	signed  bool // its weight is not negative
}

// generatorsOf are the generators whose combinations the rows describe, by keys that are the
// same up to the factor that a ray or a line may have. Bad says what is no such row, if anything is.
func generatorsOf(rows iter.Seq[*linear], d int) (list map[string]*generator, bad string) {
	m := &polyhedronModel{n: d}
	byWeight, signed, defined := map[int]*generator{}, map[int]bool{}, make([]bool, d+1)
	for l := range rows {
		at, ok := m.defines(l)
		// Twice would be a condition on the weights.
		if !ok || at >= 0 && defined[at] {
			return nil, l.from()
		}
		// The coordinate plus c times the weight and so on is 0, and the constant plus c times it.
		scale := l.constant
		if at >= 0 && at < d {
			scale = l.terms[slices.IndexFunc(l.terms, func(t lp.Term) bool { return t.Variable == at })].Coefficient
		}
		for _, t := range l.terms {
			switch v, c := t.Variable, t.Coefficient; {
			case v < d || c.IsZero():
			case at < 0:
				signed[v] = true
			default:
				if byWeight[v] == nil {
					byWeight[v] = &generator{}
				}
				g := byWeight[v]
				g.entries = append(g.entries, lp.Term{Variable: at, Coefficient: c.Quo(scale).Neg()})
			}
		}
		if at >= 0 {
			defined[at] = true
		}
	}
	for j := range d {
		if !defined[j] {
			return nil, fmt.Sprintf("nothing says what coordinate %d is", j+1)
		}
	}
	list = map[string]*generator{}
	for v, g := range byWeight {
		// Coordinates come in any order.
		slices.SortFunc(g.entries, func(a, b lp.Term) int { return cmp.Compare(a.Variable, b.Variable) })
		g.signed = signed[v]
		list[g.key(d)] = g
	}
	return list, ""
}

// each are the rows of a list.
func each(list []linear) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		for k := range list {
			if !yield(&list[k]) {
				return
			}
		}
	}
}

// scaled is what kind of generator it is, of d coordinates, and by what its numbers are divided, so that they are the same for multiples of
// a ray, by a positive number, and of a line, by any.
func (g *generator) scaled(d int) (kind string, scale rational.Rat) {
	scale = g.entries[0].Coefficient
	switch last := g.entries[len(g.entries)-1]; {
	// A vertex has no factor. One whose weight may be negative is none, and is that of no file.
	case last.Variable == d:
		return map[bool]string{true: "", false: "of any weight "}[g.signed], one
	case g.signed:
		return "of a ray ", scale.Abs()
	}
	return "of a line ", scale
}

// key is the same for the same generator, and of its length.
func (g *generator) key(d int) string {
	kind, scale := g.scaled(d)
	var b strings.Builder
	b.WriteString(kind)
	for _, e := range g.entries {
		if e.Variable < d {
			fmt.Fprintf(&b, "%d:%v ", e.Variable, e.Coefficient.Quo(scale))
		}
	}
	return b.String()
}

// text writes it with all its coordinates.
func (g *generator) text(d int) string {
	kind, scale := g.scaled(d)
	x := make([]string, d)
	for j := range x {
		x[j] = "0"
	}
	for _, e := range g.entries {
		if e.Variable < d {
			x[e.Variable] = e.Coefficient.Quo(scale).String()
		}
	}
	return kind + "(" + strings.Join(x, ", ") + ")"
}
