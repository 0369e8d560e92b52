package main

import (
	"fmt"
	"iter"

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

// programModel is a linear program.
type programModel struct {
	file    string
	problem *lp.Problem
	relaxed bool // integers are not asked for

	set *rowSet // see rowSet
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
	signs := signsOf(t.Symbols[:n], -1, column, func(name string) string { return fmt.Sprintf("variable %q >= 0", name) })
	facts := linearRows(t.Facts[first:], -1, n, column, func(k int) string { return fmt.Sprintf("fact %d", first+k) })
	if err := sameRows(chain(signs, facts), m.rowSet()); err != nil {
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
		err = sameRows(rowsOf(t, columns), m.rowSet())
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("the certificate is that of the rows and bounds of %s, if its reader is right\n%s", m.name(), remark), nil
}

// rowsOf are the facts of a polyhedron behind the first; the last symbol, E, is none of the
// variables.
// columns are those of the symbols but the last.
func rowsOf(t *kernel.Theorem, columns []int) iter.Seq[*linear] {
	return linearRows(t.Facts[1:], -1, len(t.Symbols)-1, func(s int) int { return columns[s] }, func(k int) string { return fmt.Sprintf("fact %d", 1+k) })
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
	var document linear
	document.read(t.Facts[2], z, column)
	coefficients := map[int]rational.Rat{}
	for _, term := range document.terms {
		coefficients[term.Variable] = term.Coefficient
	}
	// Exactly, not up to a factor: a multiple of the objective has another optimum.
	for j, v := range m.problem.Variables {
		if !coefficients[j].Equal(v.Cost) {
			return &otherError{fmt.Sprintf("the objective has %v times variable %q in the certificate, %v in the file", coefficients[j], v.Name, v.Cost)}
		}
	}
	// A constant moves the optimum, though it changes no optimal point.
	if !document.constant.Equal(m.problem.Constant) {
		return &otherError{fmt.Sprintf("the objective has the constant %v in the certificate, %v in the file", document.constant, m.problem.Constant)}
	}
	return nil
}

// rowSet are the rows of the program, for any number of certificates.
func (m *programModel) rowSet() *rowSet {
	if m.set == nil {
		m.set = newRowSet(m.rows(), func(n int) string {
			for l := range m.rows() {
				if n == 0 {
					return l.from()
				}
				n--
			}
			panic("certcheck: a program has fewer rows than before")
		})
	}
	return m.set
}

// rows are what the bounds of variables and rows say, as those of [linearRows].
// In the same way in which the builder makes facts of bounds: an equation if both are equal,
// and so on.
func (m *programModel) rows() iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		var l linear
		// between makes the rows of lower ≤ Σ ≤ upper; l.from says what they are in messages.
		between := func(lower, upper lp.Bound, terms []lp.Term) bool {
			// sign −1 turns "at most" round, so that all are at least 0; the constant comes
			// with its sign.
			add := func(relation kernel.Relation, sign, constant rational.Rat) bool {
				l.relation, l.constant, l.terms = relation, constant, l.terms[:0]
				for _, t := range terms {
					l.terms = append(l.terms, lp.Term{Variable: t.Variable, Coefficient: t.Coefficient.Mul(sign)})
				}
				return yield(&l)
			}
			// One fact in the certificate, and so one row here.
			if lower.Finite && upper.Finite && lower.Value.Equal(upper.Value) {
				return add(kernel.EQ, one, lower.Value.Neg())
			}
			// A bound that is absent says nothing.
			return (!lower.Finite || add(kernel.GE, one, lower.Value.Neg())) && (!upper.Finite || add(kernel.GE, one.Neg(), upper.Value))
		}
		for j, v := range m.problem.Variables {
			l.from = func() string { return fmt.Sprintf("a bound of variable %q", v.Name) }
			if !between(v.Lower, v.Upper, []lp.Term{{Variable: j, Coefficient: one}}) {
				return
			}
		}
		for i, row := range m.problem.Rows {
			l.from = func() string { return fmt.Sprintf("row %d, %q", i+1, row.Name) }
			// A file may name a variable twice in a row.
			if !between(row.Lower, row.Upper, row.Summed()) {
				return
			}
		}
	}
}

// polyhedronModel is a list of inequalities and equations in variables 1..n.
// Points and rays are brought into this form, too, see hull.
type polyhedronModel struct {
	file  string
	n     int
	names []string // those of the file, or x1, x2, ...; none of weights
	// Of inequalities set is what is compared, and the rows themselves are not kept; of generators rows are
	// the system that their combinations satisfy.
	set  *rowSet
	rows []linear
	// weights are the last of the variables, those of generators, which are to be unknowns.
	weights int
	// Of generators, once something was compared with them.
	generators map[string]*generator
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
	m.set = newRowSet(listedRows(f), func(n int) string { return fmt.Sprintf("row %d", n+1) })
	return m, nil
}

// listedRows are the rows of a list of inequalities and equations, as those of [linearRows].
func listedRows(f *ine.File) iter.Seq[*linear] {
	return func(yield func(*linear) bool) {
		var l linear
		for _, row := range f.Rows {
			l.relation, l.constant, l.terms = kernel.GE, rational.Rat{}, l.terms[:0]
			switch {
			// A row of the linearity is an equation.
			case row.Linear:
				l.relation = kernel.EQ
			case row.Strict:
				l.relation = kernel.GT
			}
			for _, e := range row.Vector {
				// The first column is the constant: b + A x ≥ 0, as facts are written too.
				if x := rational.RatFromInt(e.Value); e.Index == 0 {
					l.constant = x
				} else {
					l.terms = append(l.terms, lp.Term{Variable: e.Index - 1, Coefficient: x})
				}
			}
			if !yield(&l) {
				return
			}
		}
	}
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
