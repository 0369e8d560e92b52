package statement

import (
	"fmt"
	"slices"
	"strings"

	"pstar/certificate/theorem"
	"pstar/internal/each"
	"pstar/theorems/statement/syntax"
)

// A Problem is a theorem as the kernel of certificates knows them, over parameters θ and unknowns x.
// Write Θ for the facts without unknowns.
//
// A problem is what one theorem of a certificate is about, made from a claim: it says
// nothing yet of whether it holds. How many of them a claim comes to, and what each of
// them shows of it, is in [Against] and in package decide.
type Problem struct {
	Name string
	// Iff: for every θ with Θ there are x with the facts if and only if θ has the rows. Otherwise: every
	// (θ, x) with the facts has the rows.
	Iff     bool
	Symbols []Symbol // those of the system, then perhaps more
	Facts   []Row    // with integers
	Rows    []Row    // of an equation the two inequalities, unless it is a combination of equations
	// Optimum is the symbol of the optimum or a bound of it, or -1.
	Optimum int
	// Actions generate a symmetry of the facts, if there are any: then Rows are representatives of their orbits, and Images
	// are the other rows; see the method Reduced.
	Actions []Action
	Images  []Image
}

// problem begins a problem with the facts of the system. In an iff rows on parameters only are
// conditions, not assumptions, and so must hold an unknown: one that is 0.
//
// Such a row, y·θ >= 0 in s.t., asks for something of θ before there can be unknowns.
// Without the added unknown the kernel would take it for an assumption, and the iff
// would say nothing of parameters that violate it.
func (s *System) problem(name string, iff bool) *Problem {
	p := &Problem{Name: name, Iff: iff, Symbols: slices.Clone(s.Symbols), Optimum: -1}
	zero := -1
	for _, f := range s.Facts {
		row := f.Row
		if iff && !f.Assumed && !s.HoldsUnknown(f.Form) {
			if zero < 0 {
				zero = len(p.Symbols)
				p.Symbols = append(p.Symbols, Symbol{Name: "(zero)", Unknown: true})
			}
			row.Form = row.Form.Plus(Form{{plusOne, Of(zero)}})
		}
		p.fact(row)
	}
	if zero >= 0 {
		// It is said to be 0 behind all rows that hold it, once.
		p.Facts = append(p.Facts, Row{Label: "(zero)", Relation: Equal, Form: Form{{plusOne, Of(zero)}}})
	}
	return p
}

// fact appends a fact, in an iff multiplied by a positive number so that its
// coefficients are integers. A multiple says the same; integers of a machine word are
// what the kernel is quickest with.
func (p *Problem) fact(r Row) {
	if p.Iff {
		r.Form = r.Form.integral()
	}
	p.Facts = append(p.Facts, r)
}

// add appends rows to those of the problem, after other rows of the system have been stated.
//
// An equation is one row if it is a combination of equations, which is one identity;
// otherwise each of its two inequalities has a proof of its own.
func (p *Problem) add(rows []Row) {
	for _, r := range rows {
		if r.Relation != Equal || p.spanned(r.Form) {
			p.Rows = append(p.Rows, r)
			continue
		}
		p.Rows = append(p.Rows, Row{r.Label, AtLeast, r.Form, r.At}, Row{r.Label, AtLeast, r.Form.Scale(minusOne), r.At})
	}
}

// spanned reports whether a form is a combination of the equations among the facts. It
// solves the equations anew each time: rows that are equations are few.
func (p *Problem) spanned(f Form) bool {
	var e Equations
	for i, fact := range p.Facts {
		if fact.Relation == Equal {
			e.Add(i, fact.Form)
		}
	}
	rest, _ := e.Reduce(f)
	return len(rest) == 0
}

// strict reports whether a row of the system is strict, so that an optimum need not be
// attained. Strict assumptions do not count: they restrict the parameters, not the
// unknowns.
func (s *System) strict() bool {
	return slices.ContainsFunc(s.Facts, func(f Fact) bool { return f.Relation == Above && !f.Assumed })
}

// Strict reports whether the optimum of the system is a supremum or infimum that need not be attained.
func (s *System) Strict() bool { return s.strict() }

// named is the name of a theorem of the file: its title, the instance, and the rest, which
// tells it from other theorems of the file.
//
// Certificates have room for 200 bytes, and letters that are not ASCII take several. What is
// too long for half of that gives way to a number, and the title is cut: were the end cut off, two
// claims would have one name, and the format has no two theorems of one name.
func (s *System) named(rest string) string {
	setting := s.Setting
	if len(escaped(setting)) > maxName/2 {
		setting = fmt.Sprintf("instance %d", s.Instance)
	}
	if setting != "" {
		rest = ", " + setting + rest
	}
	title := []rune(s.Title)
	for len(title) > 0 && len(escaped(string(title)+rest+ofNothing)) > maxName {
		title = title[:len(title)-1]
	}
	return string(title) + rest
}

// ofNothing is what the name of a claim's theorem ends with that says that it is vacuous.
const ofNothing = " speaks of nothing"

// theoremName is that of a claim's theorem in a certificate. One claim needs no number;
// a file that has one claim in each instance has the instance in its name.
func (s *System) theoremName(c int) string {
	if len(s.Claims) > 1 {
		return s.named(fmt.Sprintf(", claim %d", c+1))
	}
	return s.named("")
}

// Feasibility is the problem of when there are unknowns: if and only if the parameters have the rows.
func (s *System) Feasibility(c int, rows []Row) *Problem {
	p := s.problem(s.theoremName(c), true)
	p.add(rows)
	return p
}

// stepName is that of a step's theorem in a certificate.
func (s *System) stepName(k int) string {
	label := s.Steps[k].Label
	if len(escaped(label)) > maxName/4 {
		label = fmt.Sprintf("%d", k+1)
	}
	return s.named(", have " + label)
}

// StepProblem is the problem of whether a step follows from the facts.
func (s *System) StepProblem(k int) *Problem {
	p := s.problem(s.stepName(k), false)
	p.add([]Row{s.Steps[k].Row})
	return p
}

// Nothing is the problem of whether a claim speaks of nothing: no point has the facts, or, of a claim on whether there is a point, not even the
// assumptions.
//
// This keeps a contradiction among assumptions from looking like a proof of everything.
// It is proved like any implication, of the row 0 >= 1.
func (s *System) Nothing(c int) *Problem {
	claim := s.Claims[c]
	p := s.problem(s.theoremName(c)+ofNothing, false)
	// A claim on whether there is a point speaks of each θ with the assumptions,
	// whether there is a point for it or not.
	if claim.Exists() {
		p.Facts = nil
		for _, f := range s.Facts {
			if f.Assumed {
				p.fact(f.Row)
			}
		}
	}
	p.add([]Row{Never(claim.At)})
	return p
}

// Never is a row that nothing has. Its form is −1, so that it reads −1 >= 0, and any
// system that has it is infeasible.
func Never(at syntax.Position) Row {
	return Row{Label: "0 >= 1", Form: ConstantForm(minusOne), At: at}
}

// Implication is the problem of whether rows follow. The optimum has no symbol: a bound on it from its better side is one on the objective
// at every point.
//
// Facts may be strict; rows, too. For a maximum, "P <= t" is "objective <= t at every
// point", which is true of the supremum as well.
func (s *System) Implication(c int, rows []Row) *Problem {
	p := s.problem(s.theoremName(c), false)
	p.add(rows)
	return p
}

// better is f − g if the optimum is a maximum, else g − f.
func (s *System) better(f, g Form) Form {
	if s.Objective.Maximize {
		return f.Minus(g)
	}
	return g.Minus(f)
}

// Bounds are the rows that say of each term that the objective is not better. A strict
// one among the rows of the system makes the supremum no more than the objective's
// bound, which need not be attained: still these rows are not strict.
func (s *System) Bounds(terms []Row) (rows []Row) {
	for _, t := range terms {
		rows = append(rows, Row{t.Label, AtLeast, s.better(t.Form, s.Objective.Form), t.At})
	}
	return rows
}

// withOptimum adds a parameter P, which the objective reaches: objective >= P; or exceeds, if the optimum need not be
// attained.
//
// The set of P that are reached is what a program's value is known by: all numbers up
// to the maximum, or below the supremum.
func (s *System) withOptimum(p *Problem, name string) {
	p.Optimum = len(p.Symbols)
	p.Symbols = append(p.Symbols, Symbol{Name: name})
	r := AtLeast
	if s.strict() {
		r = Above
	}
	f := s.better(s.Objective.Form, Form{{plusOne, Of(p.Optimum)}})
	// If the objective holds parameters only, or is a number, there is nothing to
	// optimize, and the row is a condition on θ and P alone: as a fact without unknowns
	// it would be taken for an assumption. An unknown that is 0 keeps it a row.
	if !s.HoldsUnknown(s.Objective.Form) { // the fact must not become an assumption
		zero := len(p.Symbols)
		p.Symbols = append(p.Symbols, Symbol{Name: "(nothing)", Unknown: true})
		p.Facts = append(p.Facts, Row{Label: "(nothing)", Relation: Equal, Form: Form{{plusOne, Of(zero)}}})
		f = f.Plus(Form{{plusOne, Of(zero)}})
	}
	p.fact(Row{Label: s.Objective.Name, Relation: r, Form: f, At: s.Objective.At})
}

// OptimumOf is the problem of the optimum: there are unknowns as good as P if and only if P is not better than any term, and the conditions hold.
//
// Terms and conditions may be empty: then it is the beginning of a question, and rows
// are added when they are found.
func (s *System) OptimumOf(c int, terms, conditions []Row) *Problem {
	p := s.problem(s.theoremName(c), true)
	s.withOptimum(p, s.Objective.Name)
	r := AtLeast
	if s.strict() {
		r = Above
	}
	// P is not better than the term; with strict facts, it is worse than the term,
	// since the supremum is not reached.
	for _, t := range terms {
		p.Rows = append(p.Rows, Row{t.Label, r, s.better(t.Form, Form{{plusOne, Of(p.Optimum)}}), t.At})
	}
	p.add(conditions)
	return p
}

// Reached is the problem of whether the optimum is as good as the worst of the terms where there are unknowns at all. Let x' be
// parameters that have the facts in place of the unknowns; then for every w that is not better than any term there are
// unknowns as good as w.
//
// For a maximum: whenever w is at most each term, and there are unknowns at all, there
// are some with objective >= w. Together with the bounds it says that the maximum is
// the least of the terms. The rows of the iff are none: it says that unknowns always
// exist, under what is assumed.
func (s *System) Reached(c int, terms []Row) *Problem {
	p := s.problem(s.theoremName(c), true)
	s.withOptimum(p, "(bound)")
	r := AtLeast
	if s.strict() {
		r = Above
	}
	for _, t := range terms {
		// They hold w, a parameter here, and no unknown: assumptions of this theorem.
		p.fact(Row{t.Label, r, s.better(t.Form, Form{{plusOne, Of(p.Optimum)}}), t.At})
	}
	// The premise "unknowns exist" is expressed without a quantifier: parameters x'
	// that satisfy the rows.
	copies := map[int]int{}
	for i, y := range s.Symbols {
		if y.Unknown {
			copies[i] = len(p.Symbols)
			p.Symbols = append(p.Symbols, Symbol{Name: y.Name + "'", Nonnegative: y.Nonnegative, At: y.At})
		}
	}
	for _, f := range s.Facts {
		if !f.Assumed {
			// The copies are parameters, so that these facts are assumptions, too.
			row := f.Row
			row.Label += "'"
			row.Form = row.Form.Renamed(copies)
			p.fact(row)
		}
	}
	return p
}

// Renamed has other symbols in place of some. It is sorted anew: the order of symbols
// may have changed.
func (f Form) Renamed(to map[int]int) Form {
	var list []Term
	for _, t := range f {
		m := One
		for _, s := range t.M.Symbols() {
			if k, ok := to[s]; ok {
				s = k
			}
			m = m.Times(Of(s))
		}
		list = append(list, Term{t.C, m})
	}
	return Collect(list)
}

// HoldsUnknown reports whether an unknown stands in the form.
func (p *Problem) HoldsUnknown(f Form) bool { return holdsUnknown(p.Symbols, f) }

// NameOf is the name of a symbol.
func (p *Problem) NameOf(symbol int) string { return p.Symbols[symbol].Name }

// Theorem is the problem as certificates have it. Order and numbers are those of the
// problem; nothing is scaled or left out here.
func (p *Problem) Theorem() *theorem.Theorem {
	t := &theorem.Theorem{Name: printable(p.Name), Kind: theorem.Implied}
	if p.Iff {
		t.Kind = theorem.Feasible
	}
	seen := map[string]bool{}
	for i, s := range p.Symbols {
		name := printable(s.Name)
		// Two names that are cut off may be the same, and the format wants them to be
		// different. Ten characters are enough for # and a number below 65 536 many
		// times over.
		if seen[name] { // cut off
			name = fmt.Sprintf("%s#%d", name[:min(len(name), maxName-10)], i)
		}
		seen[name] = true
		t.Symbols = append(t.Symbols, theorem.Symbol{Name: name, Unknown: s.Unknown, Nonnegative: s.Nonnegative})
	}
	for _, f := range p.Facts {
		t.Facts = append(t.Facts, f.fact())
	}
	for _, r := range p.Rows {
		t.Rows = append(t.Rows, r.fact())
	}
	for _, a := range p.Actions {
		g := each.Of(a.Symbols, func(k int) int32 { return int32(k) })
		t.Generators = append(t.Generators, g)
	}
	return t
}

// relations of the kernel. The format has its own.
var relations = [...]theorem.Relation{AtLeast: theorem.GE, Above: theorem.GT, Equal: theorem.EQ}

func (r Row) fact() theorem.Fact {
	return theorem.Fact{Relation: relations[r.Relation], Poly: r.Form.Poly()}
}

// Poly is the form as certificates have it. The bytes of a product are the same there.
func (f Form) Poly() theorem.Poly {
	return each.Of(f, func(t Term) theorem.Term { return theorem.Term{C: theorem.Number(t.C.Big()), M: theorem.Mono(t.M)} })
}

// maxName is that of the format of certificates.
const maxName = 200

// printable writes a name in the characters that certificates have, and cuts it to the
// length that they have room for. A name that is cut off ends within a code perhaps; it is
// for people then, and the numbers of the symbols tell them apart.
func printable(name string) string {
	text := escaped(name)
	return text[:min(len(text), maxName)]
}

// escaped writes a name in the characters that certificates have, one-to-one: others as
// $CODE$. The dollar sign itself is written so, too, so that no name can imitate what
// stands for another character.
func escaped(name string) string {
	var b strings.Builder
	for _, c := range name {
		if c < 0x20 || c > 0x7e || c == '"' || c == '\\' || c == '$' {
			fmt.Fprintf(&b, "$%x$", c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}
