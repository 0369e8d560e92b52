package elimination

import (
	"maps"
	"slices"

	"pstar/certificate/theorem"
	"pstar/fm"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// Document returns the document of the builder "polyhedron": the system and its projection, and steps that show that these say the same; or
// that the system has no solution. Names are made printable; they mean nothing. The
// error is the checker's, of the statement. A result that is infeasible has the claim
// FM-I, any other the claim FM-P, both proved.
func Document(r *fm.Result) ([]byte, error) {
	// Numbers of rows, lines and factors are filled in as the steps go.
	p := &projector{result: r, of: map[int]int{}, lines: map[int]rational.RatVector{}}
	p.system()
	// The statement is read as the checker reads it, for the theorem that it makes:
	// proofs name it by its digest.
	s, err := proof.Read(func(w *proof.Writer) {
		p.Writer = w
		p.statement()
	})
	if err != nil {
		return nil, err
	}
	claim := "FM-P"
	// Infeasible systems have a theorem of their own kind.
	if r.Verdict == fm.Infeasible {
		claim = "FM-I"
	}
	return proof.Document(func(w *proof.Writer) {
		p.Writer = w
		p.statement()
	}, [][2]string{{claim, "proved"}}, func(*proof.Writer) {
		if r.Verdict == fm.Infeasible {
			p.Proof(0, s.Theorem(0), p.contradiction, nil)
		} else {
			p.Proof(0, s.Theorem(0), p.follow, p.exist)
		}
	}), nil
}

// The relations of rows.
const (
	atLeast = ">="
	above   = ">"
	exactly = "="
)

// projector writes the document of a result of package fm.
//
// To show that there are values it writes the steps of the rule project, whose rows it keeps as the checker has them. Those of fm
// are these up to positive factors and to multiples of equations in columns that are kept, which the rule has as rows and
// fm uses to clear columns.
type projector struct {
	*proof.Writer
	result     *fm.Result
	theorem    *theorem.Theorem // nil if it is that of the builder polyhedron, in which the last symbol is E
	eliminated []bool           // by column
	projection []elimRow
	rows       []elimRow
	started    bool                       // the equations with eliminated columns have been used
	of         map[int]int                // the row of a row of fm
	lines      map[int]rational.RatVector // the rows of fm
	factors    map[int]rational.Rat       // by which the rows are multiples of these
	kept       span                       // of the equations among the rows
	keys       map[string]int             // of the rows of the projection; see match
}

// elimRow is a row that reads v ≥ 0, > 0 or = 0: the columns are the constant, the symbols of the theorem, and E, the last of
// these. E is a symbol of the theorem of the builder that is 0: rows without eliminated
// columns get it added, as an iff takes facts without unknowns for assumptions.
type elimRow struct {
	v        rational.RatVector
	relation string
	gone     bool
	fm       int // its number there, -1 if it has none
}

// system prepares the rows of the theorem: E = 0, and those of the system.
func (p *projector) system() {
	s := p.result.System
	// The constant, symbols, variables, and E.
	columns := 2 + len(s.Symbols) + len(s.Variables)
	p.eliminated = make([]bool, columns)
	for _, v := range p.result.Eliminate {
		p.eliminated[1+len(s.Symbols)+v] = true
	}
	e := make(rational.RatVector, columns)
	e[columns-1] = rational.NewRat(1, 1)
	p.rows = []elimRow{{v: e, relation: exactly, fm: -1}}
	for _, row := range s.Rows {
		// Rows of the theorem have their number one after those of fm, as E = 0 is the
		// first.
		x := p.row(row)
		x.fm = len(p.rows) - 1
		// Without eliminated columns.
		if !p.holdsEliminated(x.v) {
			x.v = x.v.Add(e)
		}
		p.rows = append(p.rows, x)
	}
	// The projection has no eliminated columns, and no E.
	for _, o := range p.result.Rows {
		p.projection = append(p.projection, p.row(o.Row))
	}
}

// holdsEliminated reports whether a row has a column that is to be eliminated.
func (p *projector) holdsEliminated(v rational.RatVector) bool {
	for k, x := range v {
		if p.eliminated[k] && !x.IsZero() {
			return true
		}
	}
	return false
}

// row turns a row of fm to the side that is at least 0. A row of fm reads
// coefficients·x REL constant + symbols·θ.
func (p *projector) row(row fm.Row) elimRow {
	// The constant moves to the side of the coefficients.
	v := make(rational.RatVector, len(p.eliminated))
	v[0] = row.Constant.Neg()
	for k, x := range row.Symbols {
		v[1+k] = x.Neg()
	}
	copy(v[1+len(p.result.System.Symbols):], row.Coefficients)
	// The other sign of it is at least 0.
	if row.Relation == fm.AtMost || row.Relation == fm.Below {
		v = v.Scale(rational.NewRat(-1, 1))
	}
	text := map[fm.Relation]string{fm.AtLeast: atLeast, fm.AtMost: atLeast, fm.Above: above, fm.Below: above, fm.Equal: exactly}[row.Relation]
	return elimRow{v: v, relation: text, fm: -1}
}

// statement writes the members of the statement. Names are only for readers; rows refer
// to columns by number.
func (p *projector) statement() {
	s := p.result.System
	p.Member("builder")
	p.Text("polyhedron")
	p.List("variables", func() {
		for k, name := range append(append([]string(nil), s.Symbols...), s.Variables...) {
			p.Open('[')
			p.Text(proof.Printable(name))
			p.Text(map[bool]string{false: "keep", true: "eliminate"}[p.eliminated[1+k]])
			p.Close(']')
		}
	})
	p.List("rows", func() {
		for _, row := range s.Rows {
			p.fact(p.row(row))
		}
	})
	// An empty list is the form of the claim that there is no solution. No rows follow
	// in that case.
	if p.result.Verdict == fm.Infeasible {
		p.List("infeasible", nil)
		return
	}
	p.List("projection", func() {
		for _, row := range p.projection {
			p.fact(row)
		}
	})
}

// fact writes a row as a FACT.
func (p *projector) fact(row elimRow) {
	p.Relation(row.relation, func() {
		p.Open('[')
		// The constant has no symbol; others are numbered from 0.
		for k, x := range row.v {
			switch {
			case x.IsZero():
			case k == 0:
				p.RatTerm(x.Big())
			default:
				p.RatTerm(x.Big(), k-1)
			}
		}
		p.Close(']')
	})
}

// follow shows the rows of the projection. A row that is an equation is shown in both
// directions, unless only equations have a share: these may be used with any sign.
func (p *projector) follow() {
	// The multipliers are those of rows of the system; equations are told apart by sum.
	for i, o := range p.result.Rows {
		p.Step("combine", func() {
			p.Member("goal")
			p.Int(i)
			if p.sum(o.Multipliers, rational.Rat{}) && p.projection[i].relation == exactly {
				p.Member("converse")
				p.Open('{')
				p.sum(o.Converse, rational.Rat{})
				p.Close('}')
			}
		})
	}
}

// sum writes the products and equations of multipliers of the system, less a multiple
// of E, and says whether there are products. The multipliers are those of fm, which are
// nonnegative at inequalities.
func (p *projector) sum(multipliers rational.RatVector, e rational.Rat) (products bool) {
	e = e.Neg()
	p.Lists(func() {
		// Products are of inequalities only.
		for i, m := range multipliers {
			if row := p.rows[1+i]; row.relation != exactly && !m.IsZero() {
				p.RatTerm(m.Big(), 1+i)
				products = true
			}
		}
	}, func() {
		for i, m := range multipliers {
			row := p.rows[1+i]
			// What E adds up to is taken off again, as a multiple of E = 0.
			if e = e.Sub(m.Mul(row.v[len(p.eliminated)-1])); row.relation == exactly && !m.IsZero() {
				p.Equation(1+i, func() { p.RatTerm(m.Big()) })
			}
		}
		if !e.IsZero() {
			p.Equation(0, func() { p.RatTerm(e.Big()) })
		}
	})
	return products
}

// contradiction shows −1 ≥ 0: a sum of rows is a negative constant; or it is 0, and one of them is strict.
//
// The sum of the rows by Farkas' multipliers has no variables left.
func (p *projector) contradiction() {
	var constant rational.Rat
	strict := -1
	// Whether a strict row has a share is needed if the constant is 0.
	for i, m := range p.result.Farkas {
		constant = constant.Add(m.Mul(p.rows[1+i].v[0]))
		if !m.IsZero() && p.rows[1+i].relation == above {
			strict = i
		}
	}
	multipliers := slices.Clone(p.result.Farkas)
	p.Step("combine", func() {
		p.Member("goal")
		p.Int(0)
		// A positive constant cannot come from inequalities; that of equations may have
		// either sign.
		if !constant.IsZero() { // of equations only, if it is positive
			p.sum(multipliers.Scale(constant.Neg().Inv()), rational.Rat{})
			return
		}
		// The goal is multiplied by the strict row, whose own share is taken out.
		p.Ints("by", 1+strict)
		multipliers = multipliers.Scale(multipliers[strict].Inv())
		multipliers[strict] = rational.Rat{}
		p.sum(multipliers, p.rows[1+strict].v[len(p.eliminated)-1])
	})
}

// combination writes products and equations that show a row: a multiple of the row of the projection with this number, if there is one, and what is
// left of the equations of the projection, which are facts from first on. The row is
// one that is left at the end; it must follow from the rows of the projection, which
// are facts in this scope.
func (p *projector) combination(goal, first int, row elimRow) {
	var equations span
	// Equations of the projection are facts that may be added with any factor.
	for i, o := range p.projection {
		if o.relation == exactly {
			equations.insert(first+i, o.v)
		}
	}
	rest := row.v
	at := p.match(row, &equations)
	var c rational.Rat
	// Without a match it is a combination of equations alone.
	if at >= 0 {
		a, _ := equations.reduce(row.v)
		b, _ := equations.reduce(p.projection[at].v)
		c, _ = ratio(a, b)
		rest = row.v.Sub(p.projection[at].v.Scale(c))
	}
	// What is left is in their span.
	_, of := equations.reduce(rest)
	p.Combine(goal, func() {
		if !c.IsZero() {
			p.RatTerm(c.Big(), first+at)
		}
	}, func() {
		for _, k := range slices.Sorted(maps.Keys(of)) {
			p.Equation(k, func() { p.RatTerm(of[k].Big()) })
		}
	})
}

// match is the number of the row of the projection of which this one is a multiple
// apart from equations, or -1. In the result of fm rows keep their numbers, which tell;
// for a theorem rows have been made anew by images, and are found by what they say.
func (p *projector) match(row elimRow, equations *span) int {
	if p.theorem == nil {
		// Equal up to a factor and equations.
		return slices.IndexFunc(p.result.Rows, func(o fm.Output) bool { return o.Number >= 0 && o.Number == row.fm })
	}
	key := func(v rational.RatVector) string {
		v, _ = equations.reduce(v)
		return v.Primitive().String()
	}
	// Made once: the projection has thousands of rows for some cells.
	if p.keys == nil {
		p.keys = map[string]int{}
		for i, o := range p.projection {
			if o.relation != exactly {
				p.keys[key(o.v)] = i
			}
		}
	}
	if i, found := p.keys[key(row.v)]; found && row.relation != exactly {
		return i
	}
	return -1
}
