package script

import (
	"fmt"
	"math/big"
	"strings"

	"pstar/certificate/kernel"
	"pstar/rational"
	"pstar/witness/internal/proof"
)

// invariant writes an invariant, whose first line is first. In the step, what an
// exponential E of the state becomes is named E'. Lines after the first one stand in
// the list of lines.
func (s *scripted) invariant(first string) {
	process := s.theorem.Process
	// Names are for the lines that follow.
	var names []string
	var facts []kernel.Fact
	// The first line has been taken off the list already, with its word.
	for line := "invariant " + first; ; line, s.lines = s.lines[0], s.lines[1:] {
		rest, more := strings.CutPrefix(line, "invariant ")
		// The word start ends the facts.
		if !more {
			if line != "start" {
				panic("witness: expected start")
			}
			break
		}
		name, text, _ := strings.Cut(rest, ":")
		names, facts = append(names, name), append(facts, s.forms.Fact(text))
	}
	// The rule has the facts first, then a proof of each at the beginning, and of each
	// after a step from all of them before it.
	s.Step("invariant", func() {
		s.List("facts", func() {
			for _, f := range facts {
				s.Fact(f)
			}
		})
		// At the beginning the state has the values of start.
		s.inner("start", func() {
			s.goals = s.changed(facts, process.Start)
			s.steps()
		})
		s.expect("step")
		// The symbols and facts of one step of the process are known within this scope
		// only.
		s.inner("step", func() {
			for _, symbol := range process.Symbols {
				s.signs = append(s.signs, symbol.Nonnegative)
			}
			// Exponentials of a step are known by their exponents.
			for _, a := range process.Exponentials {
				s.exponents[a.Symbol] = a.Value
			}
			// The facts of the process hold in each step.
			for k, f := range process.Facts {
				s.fact(fmt.Sprint("w", k), f)
			}
			for k, f := range facts {
				s.fact(names[k], f)
			}
			// What is to be shown is each fact after the step.
			s.goals = s.changed(facts, process.Update)
			s.steps()
		})
		s.expect("end")
	})
	// From here on the facts hold: in any state.
	for k, f := range facts {
		s.fact(names[k], f)
	}
}

// changed returns the facts when the state has other values, as the checker does. It
// must make the same polynomials as the checker, in the same order of symbols, since
// goals are numbered.
func (s *scripted) changed(facts []kernel.Fact, values []kernel.Assignment) (list []kernel.Fact) {
	replace := map[int]kernel.Poly{}
	// All values change at once.
	for _, a := range values {
		replace[a.Symbol] = a.Value
	}
	state := s.theorem.Process.State(s.theorem)
	// An exponential of the state changes with it, and becomes a new symbol with its
	// own exponent.
	for _, a := range s.theorem.Exponentials {
		// Exponentials that do not depend on the state stay.
		if state[a.Symbol] {
			w := s.symbol(s.theorem.Symbols[a.Symbol].Name+"'", false)
			s.exponents[w], replace[a.Symbol] = substituted(a.Value, replace), proof.Monomial(w)
		}
	}
	for _, f := range facts {
		list = append(list, kernel.Fact{Relation: f.Relation, Poly: substituted(f.Poly, replace)})
	}
	return list
}

// substituted puts polynomials in place of symbols. Terms are multiplied out one symbol
// at a time.
func substituted(p kernel.Poly, values map[int]kernel.Poly) (sum kernel.Poly) {
	for _, t := range p {
		term := kernel.Poly{{C: t.C}}
		// A symbol that stays is its own value.
		for k := range t.M.Degree() {
			factor, replaced := values[t.M.Symbol(k)]
			if !replaced {
				factor = proof.Monomial(t.M.Symbol(k))
			}
			term = term.Times(factor)
		}
		sum = sum.Plus(kernel.Int(1), term)
	}
	return sum
}

// taylorGap is s less the Taylor polynomial of e^l with n terms. It is s − Σ_{k<n}
// l^k/k!, as the checker makes it.
func taylorGap(s int, l kernel.Poly, n int) kernel.Poly {
	gap, power := proof.Monomial(s), proof.Number(big.NewRat(1, 1))
	for k := 1; k <= n; k++ {
		// l^(k−1)/(k−1)! goes off, and becomes the next one.
		gap = gap.Plus(kernel.Int(-1), power)
		power = power.Times(l).Times(proof.Number(big.NewRat(1, int64(k))))
	}
	return gap
}

// form writes a polynomial.
func (s *scripted) form(p kernel.Poly) { s.Poly(p, rational.NewRat(1, 1)) }
