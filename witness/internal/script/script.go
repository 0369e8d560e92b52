// Package script writes the steps of a proof that is text. It is for proofs that are
// the same for all sizes, which are easier to read as text than as code that writes
// them.
package script

import (
	"fmt"
	"strings"

	"pstar/certificate/kernel"
	"pstar/certificate/statement"
	"pstar/witness/internal/proof"
)

// A script is a proof as text, in the names of the text of its theorem. Each line is a step:
//
//	exp NAME = FORM             a symbol for e^FORM
//	bound NAME: E n             the fact NAME, that E is at least a Taylor polynomial with n terms
//	product NAME: E F = G       the fact NAME, that the products are equal; 1 is the empty one
//	quotient NAME = FORM / FACT a symbol, with the fact NAME
//	have NAME: FACT by HINTS    a new fact
//	row K by HINTS              settles a goal
//	split FORM                  the facts pos and neg; then else, end
//	invariant NAME: FACT        one line for each; then start, step, end
//
// HINTS are parted by spaces: products of facts, as in a*b*b, whose multiples may be used, where a nonnegative symbol is a fact too; =a,
// multiples of the equation a; and /a, the strict fact a, by which the goal is multiplied. The numbers of a combination are found by a linear
// program. Facts of the theorem are f0, f1, …, those of its process w0, w1, …
type scripted struct {
	*proof.Writer
	forms   *statement.Forms
	theorem *kernel.Theorem
	lines   []string
	names   map[string]int // of facts
	facts   []kernel.Fact
	goals   []kernel.Fact
	// The scope that is open has numbers of symbols and facts that the checker counts
	// in the same way.
	signs []bool // of symbols: nonnegative
	// exponents are those of the symbols that are exponentials.
	exponents map[int]kernel.Poly
}

// Run writes the steps of a proof of the rows. A text that is no proof is a panic. It
// runs once through the lines. Sums are found anew each time, by small linear programs,
// so that only hints stand in the text.
func Run(w *proof.Writer, t *kernel.Theorem, names *statement.Forms, text string) {
	s := &scripted{Writer: w, theorem: t, forms: names, names: map[string]int{}, goals: t.Rows, exponents: map[int]kernel.Poly{}}
	// Exponentials of the theorem may be used in bounds and products.
	for _, a := range t.Exponentials {
		s.exponents[a.Symbol] = a.Value
	}
	for _, symbol := range t.Symbols {
		s.signs = append(s.signs, symbol.Nonnegative)
	}
	for k, f := range t.Facts {
		s.fact(fmt.Sprint("f", k), f)
	}
	// Blank lines and spaces around lines do not count.
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			s.lines = append(s.lines, line)
		}
	}
	// Steps take their lines away; what is left was not run.
	s.steps()
	// It ended a scope that was not open.
	if len(s.lines) > 0 {
		panic("witness: a proof goes on behind its end: " + s.lines[0])
	}
}

// fact gives the next fact its name. A name that is used again means the later one.
func (s *scripted) fact(name string, f kernel.Fact) {
	s.names[name] = len(s.facts)
	s.facts = append(s.facts, f)
}

// number is that of a fact. A name that is none is a fault of the script, and would mean
// fact 0 otherwise.
func (s *scripted) number(name string) int {
	k, known := s.names[name]
	if !known {
		panic("witness: no fact " + name)
	}
	return k
}

// symbol adds a symbol behind those that there are.
func (s *scripted) symbol(name string, nonnegative bool) int {
	n := len(s.signs)
	s.forms.Set(name, n)
	s.signs = append(s.signs, nonnegative)
	return n
}

// inner runs f as an inner scope: what it adds is gone afterwards. Goals are changed by
// some scopes, and come back.
func (s *scripted) inner(member string, f func()) {
	// The checker forgets in the same way, so that numbers stay those of both.
	facts, signs, goals := len(s.facts), len(s.signs), s.goals
	s.List(member, f)
	s.facts, s.signs, s.goals = s.facts[:facts], s.signs[:signs], goals
	// Names of facts of the inner scope must not be found afterwards.
	for name, k := range s.names {
		if k >= facts {
			delete(s.names, name)
		}
	}
}

// steps runs lines until one that ends a scope, which it leaves. Words that end a scope
// are left for who opened it.
func (s *scripted) steps() {
	for len(s.lines) > 0 {
		// The first word says which step it is.
		word, rest, _ := strings.Cut(s.lines[0], " ")
		switch word {
		case "start", "step", "else", "end":
			return
		}
		s.lines = s.lines[1:]
		s.line(word, rest)
	}
}

// line runs one step: it writes what the checker is to read, and keeps what the checker
// will then know.
func (s *scripted) line(word, rest string) {
	label, body, _ := strings.Cut(rest, ":")
	switch word {
	case "exp":
		name, form, _ := strings.Cut(rest, " = ")
		// Its exponent is needed for bounds and products.
		s.Rule("exponential", "symbol", func() { s.form(s.forms.Poly(form)) })
		exponent := s.forms.Poly(form)
		s.exponents[s.symbol(name, false)] = exponent
	case "bound":
		s.bound(label, strings.Fields(body))
	case "product":
		s.equalProducts(label, body)
	case "quotient":
		// Its fact is FACT·NAME = FORM, for a fact that is positive.
		name, form, _ := strings.Cut(rest, " = ")
		form, fact, _ := strings.Cut(form, " / ")
		divisor := s.number(fact)
		s.Rule("define", "quotient", func() {
			s.form(s.forms.Poly(form))
			s.Int(divisor)
		})
		// The sign of a quotient is not known from its form.
		w := s.symbol(name, false)
		// The equation defines the quotient.
		s.fact(name, kernel.Fact{Relation: kernel.EQ, Poly: s.facts[divisor].Poly.Times(proof.Monomial(w)).Plus(kernel.Int(-1), s.forms.Poly(form))})
	case "have":
		// What is to be shown, and by what.
		text, hints, _ := strings.Cut(body, " by ")
		f := s.forms.Fact(text)
		// The goal is new: it has no number, and is written out.
		s.combination(f, -1, hints)
		s.fact(label, f)
	case "row":
		number, hints, _ := strings.Cut(rest, " by ")
		// Goals are counted from 0.
		var k int
		fmt.Sscan(number, &k)
		// The goal may be that of a scope, such as an invariant after a step.
		s.combination(s.goals[k], k, hints)
	case "split":
		s.split(rest)
	case "invariant":
		s.invariant(rest)
	default:
		panic("witness: a line of a proof begins with " + word)
	}
}

// bound writes that E is greater than 0 (n = 0), or at least its Taylor polynomial with
// n terms, for even n: of odd degree it is below e^l for all l.
func (s *scripted) bound(name string, words []string) {
	var n int
	fmt.Sscan(words[1], &n)
	e := s.forms.Symbol(words[0])
	s.Rule("exponential", "bound", func() {
		s.Int(e)
		s.Int(n)
	})
	// n terms at least 2 make an inequality that may be an equation.
	relation := kernel.GT
	if n > 0 {
		relation = kernel.GE
	}
	s.fact(name, kernel.Fact{Relation: relation, Poly: taylorGap(e, s.exponents[e], n)})
}

// equalProducts adds the fact that two products of exponentials are equal, which the checker
// sees from their exponents.
func (s *scripted) equalProducts(name, body string) {
	left, right, _ := strings.Cut(body, "=")
	var sides [2][]int
	for k, side := range []string{left, right} {
		// Factors that are 1 are left out.
		for _, word := range strings.Fields(side) {
			if word != "1" {
				sides[k] = append(sides[k], s.forms.Symbol(word))
			}
		}
	}
	s.Rule("exponential", "product", func() {
		for _, side := range sides {
			s.Tuple(side...)
		}
	})
	s.fact(name, kernel.Fact{Relation: kernel.EQ, Poly: proof.Monomial(sides[0]...).Plus(kernel.Int(-1), proof.Monomial(sides[1]...))})
}

// split proves the rest in two cases, of which nothing comes after.
func (s *scripted) split(form string) {
	on := s.forms.Poly(form)
	s.Step("split", func() {
		s.Member("on")
		s.form(on)
		// In each case the form has a sign.
		s.inner("nonnegative", func() {
			s.fact("pos", kernel.Fact{Relation: kernel.GE, Poly: on})
			s.steps()
		})
		s.expect("else")
		s.inner("negative", func() {
			s.fact("neg", kernel.Fact{Relation: kernel.GT, Poly: kernel.Poly(nil).Plus(kernel.Int(-1), on)})
			s.steps()
		})
		s.expect("end")
	})
}

// expect takes the word that must come next.
func (s *scripted) expect(word string) {
	if len(s.lines) == 0 || s.lines[0] != word {
		panic("witness: expected " + word)
	}
	s.lines = s.lines[1:]
}
