package main

import (
	"fmt"
	"slices"
	"strings"

	"pstar/certificate"
	"pstar/certificate/kernel"
	"pstar/cone"
	"pstar/format/ine"
	"pstar/lp"
	"pstar/rational"
)

// A model is what a certificate is compared with.
// The reader's own file is the one thing that the maker of a certificate has no part in.
type model interface {
	// compare returns lines that say what the certificate settles of the model, or an
	// [*otherError].
	compare(report *certificate.Report) (string, error)
}

// A linear is a row Σ coefficients·variables + constant ≥, > or = 0, with where it comes from.
// It is what rows of programs, polyhedra and theorems have in common.
// Coefficients of 0 may be there, and mean nothing; a variable that is absent has 0.
type linear struct {
	relation     kernel.Relation
	constant     rational.Rat
	coefficients map[int]rational.Rat
	from         string
}

// key is the same for rows that are multiples of each other: the first coefficient is 1, or −1
// in an inequality. Up to a positive factor for inequalities, and any for equations: those
// describe the same points.
// Two rows with the same key have the same relation, so none is weaker than the other.
func (l *linear) key() string {
	var variables []int
	for j, c := range l.coefficients {
		if !c.IsZero() {
			variables = append(variables, j)
		}
	}
	slices.Sort(variables)
	// A row without variables is scaled to its constant, whose sign in an inequality stays.
	scale := l.constant
	if len(variables) > 0 {
		scale = l.coefficients[variables[0]]
	}
	// A row of nothing but its relation, 0 ≥ 0 or 0 > 0.
	if scale.IsZero() {
		return l.relation.String()
	}
	// Multiplying by less than 0 would turn an inequality round.
	if scale.Sign() < 0 && l.relation != kernel.EQ {
		scale = scale.Neg()
	}
	var b strings.Builder
	// In ascending order: a map has none, and one row must have one key.
	fmt.Fprintf(&b, "%s %v", l.relation, l.constant.Quo(scale))
	for _, j := range variables {
		fmt.Fprintf(&b, " %d:%v", j, l.coefficients[j].Quo(scale))
	}
	return b.String()
}

// sameRows names the first row that one of the lists has and the other has not.
// Both lists must hold the other: a certificate of fewer rows would bound less, one of more
// rows would be of another problem. How often a row is there makes no difference.
// Both directions are looked at in one loop, which differ only in what is said.
func sameRows(document, file []linear) error {
	for _, pair := range []struct {
		some, others []linear
		text         string
	}{{document, file, "the certificate has %s, and the file has no such row"}, {file, document, "the file has %s, and the certificate has no such row"}} {
		// Keys are made for one list at a time, so that memory is that of the longer list.
		there := map[string]bool{}
		for i := range pair.others {
			there[pair.others[i].key()] = true
		}
		for i := range pair.some {
			// Lists of some programs have the row 1 >= 0, which says nothing.
			if pair.some[i].trivial() {
				continue
			}
			if !there[pair.some[i].key()] {
				return &otherError{fmt.Sprintf(pair.text, pair.some[i].from)}
			}
		}
	}
	return nil
}

// trivial reports whether a row holds whatever the variables are.
func (l *linear) trivial() bool {
	for _, c := range l.coefficients {
		if !c.IsZero() {
			return false
		}
	}
	switch l.relation {
	case kernel.EQ:
		return l.constant.IsZero()
	case kernel.GT:
		return l.constant.Sign() > 0
	}
	return l.constant.Sign() >= 0
}

// linearOf is a fact, without the symbol that stands for 0; column says which variable a symbol
// is. The fact must be linear: a product would be read as its first symbol. Facts of builders
// are, and what somebody has written out is asked with isLinear before.
func linearOf(t *kernel.Theorem, k int, zero int, column func(s int) int) linear {
	l := linear{relation: t.Facts[k].Relation, coefficients: map[int]rational.Rat{}, from: fmt.Sprintf("fact %d", k)}
	for _, term := range t.Facts[k].Poly {
		c := rational.RatFromBig(term.C.Rat())
		switch {
		case len(term.M) == 0:
			l.constant = c
		case term.M.Symbol(0) != zero:
			l.coefficients[column(term.M.Symbol(0))] = c
		}
	}
	return l
}

// isLinear reports whether no term is a product of symbols.
func isLinear(p kernel.Poly) bool {
	return !slices.ContainsFunc(p, func(t kernel.Term) bool { return t.M.Degree() > 1 })
}

// programModel is a linear program.
type programModel struct {
	file    string
	problem *lp.Problem
	relaxed bool // integers are not asked for
}

// A certificate may be of the program, of its rows as a polyhedron, or written out: each is
// compared with what it speaks of. Of other builders nothing is in such a file.
func (m *programModel) compare(report *certificate.Report) (string, error) {
	builder, s := report.Built()
	switch builder {
	case "program":
	case "literal":
		return m.compareWritten(report)
	case "polyhedron":
		return m.compareRows(s.Theorem(0))
	default:
		return "", &otherError{"it is not of a linear program"}
	}
	t := s.Theorem(0)
	// E is the symbol that stands for 0; the first fact says so.
	n := t.Facts[0].Poly[0].M.Symbol(0) // E stands behind the variables
	columns, remark, err := m.columns(t.Symbols[:n])
	if err != nil {
		return "", err
	}
	column := func(s int) int { return columns[s] }
	first := 1
	// With V and Z there is an objective.
	// Without them the theorem is that of feasibility, and the file's objective does not
	// matter.
	if len(t.Symbols) > n+1 {
		first = 3
		if err := m.objective(t, n, column); err != nil {
			return "", err
		}
	}
	// Signs of symbols are rows as well: the file has them as bounds.
	var document []linear
	for s, symbol := range t.Symbols[:n] {
		if symbol.Nonnegative {
			document = append(document, linear{kernel.GE, rational.Rat{}, map[int]rational.Rat{columns[s]: one}, fmt.Sprintf("variable %q >= 0", symbol.Name)})
		}
	}
	for k := range t.Facts[first:] {
		document = append(document, linearOf(t, first+k, n, column))
	}
	if err := sameRows(document, m.rows()); err != nil {
		return "", err
	}
	return fmt.Sprintf("the certificate is that of %s, if its reader is right\n%s", m.name(), remark), nil
}

// compareRows compares the rows that a polyhedron has with those of the program, whose
// objective is left out.
// It is what feasibility and projection need; nothing is said of an optimum.
func (m *programModel) compareRows(t *kernel.Theorem) (string, error) {
	columns, remark, err := m.columns(t.Symbols[:len(t.Symbols)-1])
	if err == nil {
		err = sameRows(rowsOf(t, columns), m.rows())
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the certificate is that of the rows and bounds of %s, if its reader is right\n%s", m.name(), remark), nil
}

// rowsOf are the facts of a polyhedron behind the first; the last symbol, E, is none of the
// variables.
// columns are those of the symbols but the last.
func rowsOf(t *kernel.Theorem, columns []int) []linear {
	var list []linear
	for k := range t.Facts[1:] {
		list = append(list, linearOf(t, 1+k, len(t.Symbols)-1, func(s int) int { return columns[s] }))
	}
	return list
}

// name is the file, or its relaxation.
// That integers were left out is part of what was compared, and is said each time.
func (m *programModel) name() string {
	if m.relaxed {
		return "the relaxation of " + certificate.FileName(m.file)
	}
	return certificate.FileName(m.file)
}

var one = rational.Whole(1)

// columns says which variable of the file each symbol is, see [columnsOf].
// The error is an otherError.
func (m *programModel) columns(symbols []kernel.Symbol) (columns []int, remark string, err error) {
	// By place or by name, there must be as many.
	if len(symbols) != len(m.problem.Variables) {
		return nil, "", &otherError{fmt.Sprintf("the certificate has %d variables, the file %d", len(symbols), len(m.problem.Variables))}
	}
	var names []string
	for _, v := range m.problem.Variables {
		names = append(names, v.Name)
	}
	columns, remark = columnsOf(symbols, names)
	return columns, remark, nil
}

// columnsOf says which variable each symbol is: that of its name if names tell, else the one at
// its place. If any name does not tell, none does: names and places are not mixed, which could
// make two orders of variables one.
// Two symbols of one name, or two variables, are no names that tell. That places were taken is
// a remark, a line, unless they are what the names say: two files may have the same rows, and
// mean different things by their columns.
func columnsOf(symbols []kernel.Symbol, names []string) (columns []int, remark string) {
	named, columns := map[string]int{}, make([]int, len(symbols))
	for j, name := range names {
		named[name] = j
	}
	seen := map[int]bool{}
	for s, symbol := range symbols {
		j, known := named[symbol.Name]
		// A second symbol for the same variable would leave another one without any.
		if !known || seen[j] {
			return byPlace(symbols, names)
		}
		seen[j], columns[s] = true, j
	}
	return columns, ""
}

// byPlace takes the variable at the place of each symbol, and names the first two that are
// called by different names. A file without names has none.
func byPlace(symbols []kernel.Symbol, names []string) (columns []int, remark string) {
	for s, symbol := range symbols {
		columns = append(columns, s)
		if remark == "" && len(names) > 0 && names[s] != symbol.Name {
			remark = fmt.Sprintf("its variables go by their places and not by names: variable %d is %q in the certificate and %q in the file\n", s+1, symbol.Name, names[s])
		}
	}
	return columns, remark
}

// objective compares sense and objective. The facts are that V and Z are in order, and
// objective − Z = 0. An optimum of another objective, or of the same one turned round, is
// another number.
// The error says which number differs.
func (m *programModel) objective(t *kernel.Theorem, n int, column func(s int) int) error {
	z := len(t.Symbols) - 1
	// The sense is in the fact that orders V and Z, and in nothing else.
	// When maximising it is Z − V ≥ 0, the values V that some point attains or exceeds;
	// else V − Z ≥ 0.
	upward := false // Z has a positive sign in what is at least 0 when maximising
	for _, term := range t.Facts[1].Poly {
		if len(term.M) > 0 && term.M.Symbol(0) == z {
			upward = term.C.Sign() > 0
		}
	}
	if upward != (m.problem.Sense == lp.Maximise) {
		return &otherError{fmt.Sprintf("the file says %v, the certificate not", m.problem.Sense)}
	}
	document := linearOf(t, 2, z, column)
	// Exactly, not up to a factor: a multiple of the objective has another optimum.
	for j, v := range m.problem.Variables {
		if !document.coefficients[j].Equal(v.Cost) {
			return &otherError{fmt.Sprintf("the objective has %v times variable %q in the certificate, %v in the file", document.coefficients[j], v.Name, v.Cost)}
		}
	}
	// A constant moves the optimum, though it changes no optimal point.
	if !document.constant.Equal(m.problem.Constant) {
		return &otherError{fmt.Sprintf("the objective has the constant %v in the certificate, %v in the file", document.constant, m.problem.Constant)}
	}
	return nil
}

// rows are what the bounds of variables and rows say.
// In the same way in which the builder makes facts of bounds: an equation if both are equal,
// and so on.
func (m *programModel) rows() (list []linear) {
	// between makes the rows of lower ≤ Σ ≤ upper; from says what they are in messages.
	between := func(lower, upper lp.Bound, coefficients map[int]rational.Rat, from string) {
		// sign −1 turns "at most" round, so that all are at least 0; the constant comes
		// with its sign.
		add := func(relation kernel.Relation, sign, constant rational.Rat) {
			l := linear{relation, constant, map[int]rational.Rat{}, from}
			for j, c := range coefficients {
				l.coefficients[j] = c.Mul(sign)
			}
			list = append(list, l)
		}
		// One fact in the certificate, and so one row here.
		if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
			add(kernel.EQ, one, lower.Value.Neg())
			return
		}
		// A bound that is absent says nothing.
		if lower.Finite {
			add(kernel.GE, one, lower.Value.Neg())
		}
		if upper.Finite {
			add(kernel.GE, one.Neg(), upper.Value)
		}
	}
	for j, v := range m.problem.Variables {
		between(v.Lower, v.Upper, map[int]rational.Rat{j: one}, fmt.Sprintf("a bound of variable %q", v.Name))
	}
	for i, row := range m.problem.Rows {
		coefficients := map[int]rational.Rat{}
		for _, t := range row.Terms {
			// A file may name a variable twice in a row.
			coefficients[t.Variable] = coefficients[t.Variable].Add(t.Coefficient)
		}
		between(row.Lower, row.Upper, coefficients, fmt.Sprintf("row %d, %q", i+1, row.Name))
	}
	return list
}

// polyhedronModel is a list of inequalities and equations in variables 1..n.
// Points and rays are brought into this form, too, see hull.
type polyhedronModel struct {
	file  string
	n     int
	names []string // those of the file, or x1, x2, ...; none of weights
	rows  []linear
	// weights are the last of the variables, those of generators, which are to be unknowns.
	weights int
}

// modelOf makes a model of a polyhedron that was read. An error names the file.
func modelOf(f *ine.File, path string, note func(string)) (model, error) {
	// What the reader takes for granted where programs differ.
	for _, remark := range f.Notes {
		note(remark)
	}
	// Generators become the system that their combinations satisfy.
	if f.Representation != cone.HRepresentation {
		// The empty set has no generators, and combinations of none are a point.
		if len(f.Rows) == 0 {
			return nil, fmt.Errorf("%s: there are no generators; that there is no point is said of inequalities (.ine)", certificate.FileName(path))
		}
		return hull(f, path), nil
	}
	m := &polyhedronModel{file: path, n: f.Columns - 1}
	for j := range m.n {
		m.names = append(m.names, fmt.Sprintf("x%d", j+1))
	}
	// Names as some programs write them behind the matrix; without them variables are numbered.
	// A list of another length belongs to something else.
	for _, o := range f.Options {
		if o.Word == "names" && len(o.Args) == m.n {
			m.names = o.Args
		}
	}
	for i, row := range f.Rows {
		l := linear{coefficients: map[int]rational.Rat{}, from: fmt.Sprintf("row %d", i+1)}
		switch {
		// A row of the linearity is an equation.
		case row.Linear:
			l.relation = kernel.EQ
		case row.Strict:
			l.relation = kernel.GT
		}
		for _, e := range row.Vector {
			// The first column is the constant: b + A x ≥ 0, as facts are written too.
			if x := rational.RatFromInts(e.Value, rational.NewInt(1)); e.Index == 0 {
				l.constant = x
			} else {
				l.coefficients[e.Index-1] = x
			}
		}
		m.rows = append(m.rows, l)
	}
	return m, nil
}

// The builder's polyhedron is compared by place if its names do not tell.
func (m *polyhedronModel) compare(report *certificate.Report) (string, error) {
	builder, s := report.Built()
	switch builder {
	case "polyhedron":
	case "literal":
		return m.compareWritten(report)
	default:
		return "", &otherError{"it is not of a polyhedron"}
	}
	t := s.Theorem(0)
	n := len(t.Symbols) - 1 // E is the last
	columns, remark := columnsOf(t.Symbols[:n], m.names)
	if err := m.same(t.Symbols[:n], rowsOf(t, columns)); err != nil {
		return "", err
	}
	return fmt.Sprintf("the certificate is that of %s, if its reader is right\n%s", certificate.FileName(m.file), remark), nil
}
